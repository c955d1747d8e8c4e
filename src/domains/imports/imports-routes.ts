// The HTTP of imports.
import { Refusal, tellError } from '../../contract/errors.ts';
import {
  accountsTemplate,
  cancelImportEndpoint,
  confirmImportEndpoint,
  getImportEndpoint,
  importAccountsEndpoint,
  importOrganisationsEndpoint,
  importPeopleEndpoint,
  type ImportView,
  listImportProblems,
  listImportsEndpoint,
  organisationsTemplate,
  peopleTemplate,
  wrongRowsSheet,
} from '../../contract/imports-endpoints.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import { cellPlace, xlsxType } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import { type Bytes, reply, type Route, route, type Scope } from '../permissions/index.ts';
import { listPayeesWithout, nameActor } from '../registry/index.ts';
import { columnsOf } from './columns.ts';
import { cancelling, mayConfirm, type RowProblem } from './import.ts';
import { cancelImport, confirmImport, findImport, type ImportRow, listImports, listProblems, readJurisdictions } from './imports-store.ts';
import { type ImportParts, openFile, openProblems } from './process-import.ts';
import { receiveImport } from './receive-import.ts';
import { writeTemplate } from './write-template.ts';
import { writeWrongRows } from './write-wrong-rows.ts';

/** The routes of imports. */
export function importsRoutes(parts: ImportParts): readonly Route[] {
  const template = async (kind: 'people' | 'organisations', tx: Tx, scope: Scope<'import.people' | 'import.organisations' | 'import.accounts'>, language: 'zh' | 'en'): Promise<Bytes> => {
    const codes = scope.reach.kind === 'jurisdictions' ? scope.reach.codes : [];
    const source = { factBook: parts.tools.factBook, jurisdictions: await readJurisdictions(tx, scope, codes), language };
    const bytes = await writeTemplate(kind, columnsOf(kind, parts.vocabularies[kind === 'people' ? 'person' : 'organisation']), source);
    return { bytes, contentType: xlsxType, fileName: templateNames[kind][language] };
  };

  return [
    route(peopleTemplate, ({ tx, scope, query, language }) => template('people', tx, scope, query.language ?? language)),
    route(organisationsTemplate, ({ tx, scope, query, language }) => template('organisations', tx, scope, query.language ?? language)),
    route(accountsTemplate, async ({ tx, scope, query, now, language: asked, audit }) => {
      const language = query.language ?? asked;
      const { rows, organisationId } = await listPayees(tx, scope, parts, now);
      audit({ object: { kind: 'organisation', id: organisationId }, detail: { rows: rows.length } });
      const columns = columnsOf('accounts', parts.vocabularies.person);
      const bytes = await writeTemplate('accounts', columns, { factBook: parts.tools.factBook, jurisdictions: [], language }, rows.map(({ name, maskedNumber }) => ({ name, number: maskedNumber })));
      return { bytes, contentType: xlsxType, fileName: templateNames.accounts[language] };
    }),
    route(importAccountsEndpoint, async ({ tx, scope, query, bytes, now, language, audit }) => {
      const importId = await receiveImport(tx, scope, parts, { kind: 'accounts', ...query, asOf: undefined, purpose: 'payment', papersSeen: false, bytes }, now);
      audit({ object: { kind: 'import', id: importId }, detail: { kind: 'accounts', bytes: bytes.length } });
      return created(await getMade(tx, scope, importId), language);
    }),
    route(importPeopleEndpoint, async ({ tx, scope, query, bytes, now, language, audit }) => {
      const importId = await receiveImport(tx, scope, parts, { kind: 'people', ...query, asOf: query.asOf, bytes }, now);
      audit({ object: { kind: 'import', id: importId }, detail: { kind: 'people', bytes: bytes.length } });
      return created(await getMade(tx, scope, importId), language);
    }),
    route(importOrganisationsEndpoint, async ({ tx, scope, query, bytes, now, language, audit }) => {
      const importId = await receiveImport(tx, scope, parts, { kind: 'organisations', ...query, asOf: query.asOf, bytes }, now);
      audit({ object: { kind: 'import', id: importId }, detail: { kind: 'organisations', bytes: bytes.length } });
      return created(await getMade(tx, scope, importId), language);
    }),
    route(listImportsEndpoint, async ({ tx, scope, query, language }) => {
      const rows = await listImports(tx, scope, { before: readIdCursor(query.cursor), limit: query.limit + 1 });
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items: items.map((row) => viewOf(row, language)), nextCursor: last === undefined ? null : writeCursor([last.importId]) };
    }),
    route(getImportEndpoint, async ({ tx, scope, params, language }) => viewOf(await getImport(tx, scope, params.importId), language)),
    route(listImportProblems, async ({ tx, scope, params, query, language, audit }) => {
      const found = await getImport(tx, scope, params.importId);
      audit({ object: { kind: 'import', id: params.importId } });
      const after = readNumberCursor(query.cursor);
      const rows = (await listProblems(tx, scope, params.importId, after, query.limit + 1)).map((row) => openProblems(parts, scope.tenantId, params.importId, row));
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return {
        items: items.map(({ rowNumber, outcome, problems }) => ({
          row: rowNumber,
          isDouble: outcome === 'double',
          problems: problems.map(({ column, ...words }) => ({
            heading: column === null ? null : (found.sheet?.headings[column] ?? null),
            place: column === null ? String(rowNumber) : cellPlace(rowNumber, column),
            reason: words[language],
          })),
        })),
        nextCursor: last === undefined ? null : writeCursor([last.rowNumber]),
      };
    }),
    route(wrongRowsSheet, async ({ tx, scope, params, query, language: asked, audit }) => {
      const language = query.language ?? asked;
      const found = await getImport(tx, scope, params.importId);
      if (found.emptiedAt !== null) throw new Refusal('import-file-gone');
      const wrong = new Map<number, readonly RowProblem[]>();
      for (let after = 0; ; ) {
        const rows = await listProblems(tx, scope, params.importId, after, 1000);
        for (const row of rows) wrong.set(row.rowNumber, openProblems(parts, scope.tenantId, params.importId, row).problems);
        const last = rows.at(-1);
        if (last === undefined) break;
        after = last.rowNumber;
      }
      if (wrong.size === 0) throw new Refusal('import-nothing-wrong');
      const source = { factBook: parts.tools.factBook, jurisdictions: await readJurisdictions(tx, scope, found.writableCodes), language };
      const file = await writeWrongRows(parts, found, await openFile(tx, scope, parts, params.importId), wrong, source);
      audit({ object: { kind: 'import', id: params.importId }, detail: { rows: file.rows } });
      return { bytes: file.bytes, contentType: xlsxType, fileName: wrongRowsNames[language] };
    }),
    route(confirmImportEndpoint, async ({ tx, scope, params, body, now, language, audit }) => {
      const found = await getImport(tx, scope, params.importId);
      if (!mayConfirm(found.state)) throw new Refusal('import-not-checked');
      const writes = (found.found?.added ?? 0) + (found.found?.updated ?? 0) + (body.withDoubles ? (found.found?.doubles ?? 0) : 0);
      if (writes === 0) throw new Refusal('import-nothing-to-do');
      audit({ object: { kind: 'import', id: params.importId }, detail: { withDoubles: body.withDoubles, ...found.found } });
      if (!(await confirmImport(tx, scope, params.importId, nameActor(scope.actor), body.withDoubles, now))) throw new Refusal('import-not-checked');
      return viewOf(await getImport(tx, scope, params.importId), language);
    }),
    route(cancelImportEndpoint, async ({ tx, scope, params, now, language, audit }) => {
      const found = await getImport(tx, scope, params.importId);
      audit({ object: { kind: 'import', id: params.importId } });
      if (cancelling(found.state) === 'too-late' || !(await cancelImport(tx, scope, params.importId, now))) throw new Refusal('import-over');
      return viewOf(await getImport(tx, scope, params.importId), language);
    }),
  ];
}

const templateNames = {
  people: { zh: '人员名单模板.xlsx', en: 'people-template.xlsx' },
  organisations: { zh: '单位名单模板.xlsx', en: 'organisations-template.xlsx' },
  accounts: { zh: '收款账户模板.xlsx', en: 'accounts-template.xlsx' },
} as const;
const wrongRowsNames = { zh: '要改的行.xlsx', en: 'rows-to-correct.xlsx' } as const;

/** The employees of the agent's organisation who have a case and no account. */
async function listPayees(tx: Tx, scope: Scope<'import.accounts'>, { tools, readCaseSubjects }: ImportParts, now: Date) {
  if (scope.reach.kind !== 'organisation') throw new Refusal('not-permitted', { permission: scope.permission });
  const { organisationId } = scope.reach;
  const subjects = await readCaseSubjects(tx, scope.tenantId, organisationId);
  const grantedTo = subjects.flatMap(({ partyId, isGranted }) => (isGranted ? [partyId] : []));
  const rows = await listPayeesWithout(tx, scope, tools, { employerId: organisationId, grantedTo, now }, subjects.map(({ partyId }) => partyId));
  return { organisationId, rows };
}

async function getImport(tx: Tx, scope: Scope<'import.read' | 'import.decide'>, importId: string): Promise<ImportRow> {
  const found = await findImport(tx, scope, importId);
  if (found === undefined) throw new Refusal('import-not-found');
  return found;
}

/** The import that this call has just made. */
async function getMade(tx: Tx, scope: Scope<'import.people' | 'import.organisations' | 'import.accounts'>, importId: string): Promise<ImportRow> {
  const made = await findImport(tx, scope, importId);
  if (made === undefined) throw new Error('the import that was just made is not there');
  return made;
}

function created(row: ImportRow, language: 'zh' | 'en') {
  return reply(viewOf(row, language), { status: 201, location: `/imports/${row.importId}` });
}

function viewOf(row: ImportRow, language: 'zh' | 'en'): ImportView {
  return {
    importId: row.importId,
    kind: row.kind,
    fileName: row.fileName,
    fileBytes: row.fileBytes,
    asOf: row.asOf,
    purpose: row.purpose,
    papersSeen: row.isChecked,
    state: row.state,
    refusal: row.refusal === null ? null : { code: row.refusal.code, message: tellError(row.refusal.code, row.refusal.values, language) },
    sheet: row.sheet === null ? null : { ...row.sheet, headings: [...row.sheet.headings], leftOut: [...row.sheet.leftOut], ignored: [...row.sheet.ignored] },
    rowsRead: row.rowsRead,
    rowsTotal: row.rowsTotal,
    found: row.found,
    done: row.done,
    withDoubles: row.withDoubles,
    createdAt: row.createdAt.toISOString(),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    isFileKept: row.emptiedAt === null,
  };
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = readCursor(cursor, 1) ?? [];
  if (typeof id !== 'string' || !ID.test(id)) throw new Refusal('cursor-invalid');
  return id;
}

function readNumberCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [number] = readCursor(cursor, 1) ?? [];
  if (!Number.isSafeInteger(number) || typeof number !== 'number' || number < 0 || number > 2 ** 31 - 1) throw new Refusal('cursor-invalid');
  return number;
}
