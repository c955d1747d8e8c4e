// Receives a list: looks at it as far as its heading, so that what is no list is refused at once, and keeps it sealed until it is worked through.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { rowOf } from '../protection/index.ts';
import { dayOf, nameActor, readOrganisations } from '../registry/index.ts';
import { columnsOf, matchColumns } from './columns.ts';
import type { ImportKind } from './import.ts';
import { findDepartmentJurisdiction, insertImport, insertPiece } from './imports-store.ts';
import { type ImportParts, openImportSheet } from './process-import.ts';

/** A list as it is handed in. */
export interface HandedIn {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly bytes: Buffer;
  /** `YYYY-MM-DD`; today where it is not given. */
  readonly asOf: string | undefined;
  readonly purpose: string;
  readonly papersSeen: boolean;
}

const PIECE_BYTES = 2 ** 20;

/**
 * Keeps a list to be checked.
 * @throws Refusal sheet-… where it is none, sheet-columns-missing, input-invalid for a date to come, not-permitted for somebody who belongs to no department or organisation.
 */
export async function receiveImport(tx: Tx, scope: Scope<'import.people' | 'import.organisations' | 'import.accounts'>, parts: ImportParts, file: HandedIn, now: Date): Promise<string> {
  const asOf = file.asOf ?? dayOf(now);
  if (asOf > dayOf(now)) throw new Refusal('input-invalid', { count: 1 }, [{ field: 'asOf', zh: '数据的日期还没有到，请核对。', en: 'The date of the data is still to come; check it.' }]);
  const sheet = await openImportSheet(parts, file, file.bytes);
  await sheet.close();
  const { missing } = matchColumns(sheet.headings, columnsOf(file.kind, parts.vocabularies[file.kind === 'people' ? 'person' : 'organisation']));
  if (missing.length > 0) throw new Refusal('sheet-columns-missing', { columns: missing.map(({ zh, en }) => `${zh} (${en})`).join('、') });
  const importId = newId();
  const owner = await ownerOf(tx, scope);
  await insertImport(tx, scope, {
    importId,
    kind: file.kind,
    fileName: file.fileName,
    fileBytes: file.bytes.length,
    ...owner,
    asOf,
    purpose: file.purpose,
    isChecked: file.papersSeen,
    createdAt: now,
    createdBy: nameActor(scope.actor),
  });
  const { protector } = parts.tools;
  for (let at = 0, piece = 0; at < file.bytes.length; at += PIECE_BYTES, piece++) {
    const place = { tenantId: scope.tenantId, table: 'import_pieces', column: 'content_sealed', row: rowOf(importId, piece) };
    await insertPiece(tx, scope, importId, piece, protector.seal(place, file.bytes.subarray(at, at + PIECE_BYTES)));
  }
  return importId;
}

interface Owner {
  readonly ownerKind: 'department' | 'organisation';
  readonly ownerId: string;
  readonly jurisdictionCode: string;
  readonly writableCodes: readonly string[];
}

/** On whose behalf somebody imports, and into which jurisdictions. */
async function ownerOf(tx: Tx, scope: Scope<'import.people' | 'import.organisations' | 'import.accounts'>): Promise<Owner> {
  const { reach } = scope;
  if (reach.kind === 'jurisdictions') {
    const jurisdictionCode = await findDepartmentJurisdiction(tx, scope, reach.departmentId);
    if (jurisdictionCode !== undefined) return { ownerKind: 'department', ownerId: reach.departmentId, jurisdictionCode, writableCodes: reach.codes };
  }
  if (reach.kind === 'organisation') {
    const [organisation] = await readOrganisations(tx, scope, [reach.organisationId]);
    if (organisation !== undefined) {
      const { jurisdictionCode } = organisation;
      return { ownerKind: 'organisation', ownerId: reach.organisationId, jurisdictionCode, writableCodes: [jurisdictionCode] };
    }
  }
  throw new Refusal('not-permitted', { permission: scope.permission });
}
