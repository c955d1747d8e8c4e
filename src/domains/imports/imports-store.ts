// The SQL of imports: the import itself, its file, what is wrong with it, and what was imported before.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { byteaArray, integerArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Reach, Scope } from '../permissions/index.ts';
import type { FileRefusal, ImportKind, ImportState, RowCounts, SheetSummary } from './import.ts';

/** An import as stored. */
export interface ImportRow {
  readonly importId: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly ownerKind: 'department' | 'organisation';
  readonly ownerId: string;
  readonly jurisdictionCode: string;
  readonly writableCodes: readonly string[];
  readonly asOf: string;
  readonly purpose: string;
  readonly isChecked: boolean;
  readonly state: ImportState;
  readonly refusal: FileRefusal | null;
  readonly sheet: SheetSummary | null;
  readonly rowsTotal: number | null;
  readonly rowsRead: number;
  readonly found: RowCounts | null;
  readonly done: RowCounts | null;
  readonly withDoubles: boolean | null;
  readonly writtenTo: number;
  /** How often work on it was begun since it last got anywhere, this time included. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly checkedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly confirmedBy: string | null;
  readonly cancelAskedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly emptiedAt: Date | null;
}

type Maker = Scope<'import.people' | 'import.organisations' | 'import.accounts'>;
type Reader = Scope<'import.read' | 'import.decide'>;
type Runner = Scope<'import.run'>;

/** Adds an import that waits to be checked. */
export async function insertImport(
  tx: Tx,
  scope: Maker,
  row: Pick<ImportRow, 'importId' | 'kind' | 'fileName' | 'fileBytes' | 'ownerKind' | 'ownerId' | 'jurisdictionCode' | 'writableCodes' | 'asOf' | 'purpose' | 'isChecked' | 'createdAt' | 'createdBy'>,
): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      tenant_id: scope.tenantId,
      import_id: row.importId,
      kind: row.kind,
      file_name: row.fileName,
      file_bytes: row.fileBytes,
      owner_kind: row.ownerKind,
      owner_id: row.ownerId,
      jurisdiction_code: row.jurisdictionCode,
      writable_codes: [...row.writableCodes],
      as_of: row.asOf,
      purpose: row.purpose,
      is_checked: row.isChecked,
      state: 'waiting',
      created_at: row.createdAt,
      created_by: row.createdBy,
    })
    .execute();
}

/** Adds a piece of the file. */
export async function insertPiece(tx: Tx, scope: Maker, importId: string, pieceNumber: number, contentSealed: Uint8Array): Promise<void> {
  await tx
    .insertInto('import_pieces')
    .values({ tenant_id: scope.tenantId, import_id: importId, piece_number: pieceNumber, content_sealed: Buffer.from(contentSealed) })
    .execute();
}

/** The file's pieces in their order, sealed. */
export async function readPieces(tx: Tx, scope: Runner | Reader, importId: string): Promise<readonly { readonly pieceNumber: number; readonly contentSealed: Uint8Array }[]> {
  const rows = await tx
    .selectFrom('import_pieces')
    .select(['piece_number', 'content_sealed'])
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .orderBy('piece_number')
    .execute();
  return rows.map((row) => ({ pieceNumber: row.piece_number, contentSealed: row.content_sealed }));
}

/** Rows that the check kept: from and up to which row of the sheet, how many, and a digest of what reading them depended on. */
export interface KeptSpan {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly rowCount: number;
  readonly readWith: string;
}

/** Keeps rows of a file as they were read. */
export async function insertKeptRows(tx: Tx, scope: Runner, importId: string, span: KeptSpan, rowsSealed: Uint8Array): Promise<void> {
  await tx
    .insertInto('import_rows')
    .values({
      tenant_id: scope.tenantId,
      import_id: importId,
      first_row: span.firstRow,
      last_row: span.lastRow,
      row_count: span.rowCount,
      read_with: span.readWith,
      rows_sealed: Buffer.from(rowsSealed),
    })
    // Only of a worker that has lost its lease, which is told of that next.
    .onConflict((conflict) => conflict.columns(['tenant_id', 'import_id', 'first_row']).doNothing())
    .execute();
}

/** Which rows of a file are kept, in their order. */
export async function listKeptSpans(tx: Tx, scope: Runner, importId: string): Promise<readonly KeptSpan[]> {
  const rows = await tx
    .selectFrom('import_rows')
    .select(['first_row', 'last_row', 'row_count', 'read_with'])
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .orderBy('first_row')
    .execute();
  return rows.map((row) => ({ firstRow: row.first_row, lastRow: row.last_row, rowCount: row.row_count, readWith: row.read_with }));
}

/** Kept rows, sealed, from the first of a span. */
export async function readKeptRows(tx: Tx, scope: Runner, importId: string, firstRow: number): Promise<Uint8Array> {
  const row = await tx
    .selectFrom('import_rows')
    .select('rows_sealed')
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .where('first_row', '=', firstRow)
    .executeTakeFirstOrThrow();
  return row.rows_sealed;
}

/** Forgets the kept rows of an import. */
export async function dropKeptRows(tx: Tx, scope: Runner, importId: string): Promise<void> {
  await tx.deleteFrom('import_rows').where('tenant_id', '=', scope.tenantId).where('import_id', '=', importId).execute();
}

/** The import, if it is in reach. */
export async function findImport(tx: Tx, scope: Reader | Maker | Runner, importId: string): Promise<ImportRow | undefined> {
  const row = await tx
    .selectFrom('imports')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .where(ownedSql(scope.reach))
    .executeTakeFirst();
  return row === undefined ? undefined : rowOfImport(row);
}

/** Imports in reach, the latest first. */
export async function listImports(tx: Tx, scope: Reader, page: { readonly before: string | undefined; readonly limit: number }): Promise<readonly ImportRow[]> {
  let query = tx.selectFrom('imports').selectAll().where('tenant_id', '=', scope.tenantId).where(ownedSql(scope.reach));
  if (page.before !== undefined) query = query.where('import_id', '<', page.before);
  const rows = await query.orderBy('import_id', 'desc').limit(page.limit).execute();
  return rows.map(rowOfImport);
}

type DatabaseRow = Awaited<ReturnType<typeof anyRow>>;
// Only for its type: what a row of the table is.
const anyRow = (tx: Tx) => tx.selectFrom('imports').selectAll().executeTakeFirstOrThrow();

function rowOfImport(row: DatabaseRow): ImportRow {
  return {
    importId: row.import_id,
    kind: row.kind as ImportKind,
    fileName: row.file_name,
    fileBytes: row.file_bytes,
    ownerKind: row.owner_kind as 'department' | 'organisation',
    ownerId: row.owner_id,
    jurisdictionCode: row.jurisdiction_code,
    writableCodes: row.writable_codes,
    asOf: row.as_of,
    purpose: row.purpose,
    isChecked: row.is_checked,
    state: row.state as ImportState,
    refusal: row.refusal as FileRefusal | null,
    sheet: row.sheet as SheetSummary | null,
    rowsTotal: row.rows_total,
    rowsRead: row.rows_read,
    found: row.found as RowCounts | null,
    done: row.done as RowCounts | null,
    withDoubles: row.with_doubles,
    writtenTo: row.written_to,
    attempts: row.attempts,
    createdAt: row.created_at,
    createdBy: row.created_by,
    checkedAt: row.checked_at,
    confirmedAt: row.confirmed_at,
    confirmedBy: row.confirmed_by,
    cancelAskedAt: row.cancel_asked_at,
    finishedAt: row.finished_at,
    emptiedAt: row.emptied_at,
  };
}

/** Confirms a checked import. @returns whether it was waiting for that. */
export async function confirmImport(tx: Tx, scope: Scope<'import.decide'>, importId: string, by: string, withDoubles: boolean, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('imports')
    .set({ state: 'confirmed', confirmed_at: now, confirmed_by: by, with_doubles: withDoubles, rows_read: 0 })
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .where(ownedSql(scope.reach))
    .where('state', '=', 'checked')
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Cancels an import nobody works on, and asks for it where somebody does. @returns whether it was not over yet. */
export async function cancelImport(tx: Tx, scope: Scope<'import.decide'>, importId: string, now: Date): Promise<boolean> {
  const result = await sql`
    update imports set cancel_asked_at = coalesce(cancel_asked_at, ${now}),
      state = case when state = 'checked' then 'cancelled' else state end,
      finished_at = case when state = 'checked' then ${now} else finished_at end
    where tenant_id = ${scope.tenantId} and import_id = ${importId} and ${ownedSql(scope.reach)}
      and state in ('waiting', 'checking', 'checked', 'confirmed', 'running')`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

/** A department's or an organisation's own imports; a job sees all. */
function ownedSql(reach: Reach) {
  switch (reach.kind) {
    case 'tenant':
      return sql<SqlBool>`true`;
    case 'department':
    case 'jurisdictions':
      return sql<SqlBool>`owner_kind = 'department' and owner_id = ${reach.departmentId}`;
    case 'organisation':
      return sql<SqlBool>`owner_kind = 'organisation' and owner_id = ${reach.organisationId}`;
    case 'parties':
    case 'none':
      return sql<SqlBool>`false`;
  }
}

/** Takes the oldest import that waits for work or whose worker was lost, and counts the attempt; undefined where nothing waits. */
export async function claimImport(tx: Tx, scope: Runner, worker: string, leaseSeconds: number): Promise<ImportRow | undefined> {
  const { rows } = await sql<DatabaseRow>`
    update imports set attempts = attempts + 1, lease_by = ${worker}, lease_until = now() + make_interval(secs => ${leaseSeconds})
    where tenant_id = ${scope.tenantId} and import_id = (
      select import_id from imports
      where tenant_id = ${scope.tenantId} and state in ('waiting', 'checking', 'confirmed', 'running') and (lease_until is null or lease_until < now())
      order by created_at limit 1 for update skip locked)
    returning *`.execute(tx);
  const [row] = rows;
  return row === undefined ? undefined : rowOfImport(row);
}

/** What a worker writes down of its progress. */
export interface ImportProgress {
  readonly state?: ImportState;
  readonly refusal?: FileRefusal;
  readonly sheet?: SheetSummary;
  readonly rowsTotal?: number;
  readonly rowsRead?: number;
  readonly found?: RowCounts;
  readonly done?: RowCounts;
  readonly writtenTo?: number;
  readonly checkedAt?: Date;
  readonly finishedAt?: Date;
}

/**
 * Writes progress and keeps the lease; without `leaseSeconds` gives it back.
 * @returns whether somebody asked to cancel; undefined where the lease was lost to another worker, which has taken over.
 */
export async function writeProgress(
  tx: Tx,
  scope: Runner,
  importId: string,
  worker: string,
  progress: ImportProgress,
  leaseSeconds: number | null,
): Promise<{ readonly isCancelAsked: boolean } | undefined> {
  const row = await tx
    .updateTable('imports')
    .set({
      ...(progress.state === undefined ? {} : { state: progress.state }),
      ...(progress.refusal === undefined ? {} : { refusal: JSON.stringify(progress.refusal) }),
      ...(progress.sheet === undefined ? {} : { sheet: JSON.stringify(progress.sheet) }),
      ...(progress.rowsTotal === undefined ? {} : { rows_total: progress.rowsTotal }),
      ...(progress.rowsRead === undefined ? {} : { rows_read: progress.rowsRead }),
      ...(progress.found === undefined ? {} : { found: JSON.stringify(progress.found) }),
      ...(progress.done === undefined ? {} : { done: JSON.stringify(progress.done) }),
      ...(progress.writtenTo === undefined ? {} : { written_to: progress.writtenTo }),
      ...(progress.checkedAt === undefined ? {} : { checked_at: progress.checkedAt }),
      ...(progress.finishedAt === undefined ? {} : { finished_at: progress.finishedAt }),
      // Given back in order, or got somewhere for good: a check that starts again from its first row did not.
      ...(leaseSeconds === null || progress.writtenTo !== undefined ? { attempts: 0 } : {}),
      lease_by: leaseSeconds === null ? null : worker,
      lease_until: leaseSeconds === null ? null : sql<Date>`now() + make_interval(secs => ${leaseSeconds})`,
    })
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .where('lease_by', '=', worker)
    .returning('cancel_asked_at')
    .executeTakeFirst();
  return row === undefined ? undefined : { isCancelAsked: row.cancel_asked_at !== null };
}

/** A row with what is wrong with it, sealed. */
export interface ProblemRow {
  readonly rowNumber: number;
  readonly problemsSealed: Uint8Array;
}

/** Replaces what is known to be wrong with the rows from one number to another. */
export async function replaceProblems(tx: Tx, scope: Runner, importId: string, rows: { readonly from: number; readonly to: number }, problems: readonly ProblemRow[]): Promise<void> {
  await tx
    .deleteFrom('import_problems')
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .where('row_number', '>=', rows.from)
    .where('row_number', '<=', rows.to)
    .execute();
  if (problems.length === 0) return;
  await sql`
    insert into import_problems (tenant_id, import_id, row_number, problems_sealed)
    select ${scope.tenantId}, ${importId}, * from unnest(${problems.map(({ rowNumber }) => rowNumber)}::integer[], ${problems.map(({ problemsSealed }) => problemsSealed)}::bytea[])`.execute(tx);
}

/** Rows with problems behind a row number, in their order. */
export async function listProblems(tx: Tx, scope: Reader | Runner, importId: string, after: number, limit: number): Promise<readonly ProblemRow[]> {
  const rows = await tx
    .selectFrom('import_problems')
    .select(['row_number', 'problems_sealed'])
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .where('row_number', '>', after)
    .orderBy('row_number')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ rowNumber: row.row_number, problemsSealed: row.problems_sealed }));
}

/** A row that was imported: a digest of what it says, and of whom. */
export interface ImportedRow {
  readonly rowDigest: Uint8Array;
  readonly partyId: string;
  /** The party was added with this row: nobody can have imported it before. */
  readonly isNew: boolean;
  /** In the file. */
  readonly rowNumber: number;
  /** Who has the number that the row gives, under another name. */
  readonly standsFor: string | null;
}

/** The digests, in hex, of the rows that the owner imported last of these parties, by party. */
export async function findImported(tx: Tx, scope: Runner, ownerId: string, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (partyIds.length === 0) return new Map();
  const { rows } = await sql<{ party_id: string; digest: string }>`
    select party_id, encode(row_digest, 'hex') as digest from imported_rows
    where tenant_id = ${scope.tenantId} and party_id = any(${[...partyIds]}::uuid[]) and owner_id = ${ownerId}`.execute(tx);
  return new Map(rows.map(({ party_id, digest }) => [party_id, digest]));
}

/** The people whom the owner's lists brought in with the number of somebody who goes by another name, by whom that is. */
export async function findStandIns(tx: Tx, scope: Runner, ownerId: string, holderIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (holderIds.length === 0) return new Map();
  const { rows } = await sql<{ party_id: string; stands_for: string }>`
    select party_id, stands_for from imported_rows
    where tenant_id = ${scope.tenantId} and stands_for = any(${uuidArray(holderIds)}::uuid[]) and owner_id = ${ownerId} order by party_id`.execute(tx);
  return new Map([...Map.groupBy(rows, ({ stands_for }) => stands_for)].map(([holderId, found]) => [holderId, found.map(({ party_id }) => party_id)]));
}

/** Remembers rows as imported. */
export async function rememberImported(tx: Tx, scope: Runner, ownerId: string, importId: string, rows: readonly ImportedRow[]): Promise<void> {
  // Being ready for a row that is there already costs each row that is not.
  await insertImported(tx, scope, ownerId, importId, rows.filter(({ isNew }) => isNew), sql``);
  const update = sql`on conflict (tenant_id, party_id, owner_id) do update set row_digest = excluded.row_digest, import_id = excluded.import_id, row_number = excluded.row_number`;
  await insertImported(tx, scope, ownerId, importId, rows.filter(({ isNew }) => !isNew), update);
}

async function insertImported(tx: Tx, scope: Runner, ownerId: string, importId: string, rows: readonly ImportedRow[], whereThere: RawBuilder<unknown>): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into imported_rows (tenant_id, party_id, owner_id, row_digest, import_id, row_number, stands_for)
    select ${scope.tenantId}, party_id, ${ownerId}, row_digest, ${importId}, row_number, stands_for
    from unnest(${uuidArray(rows.map((row) => row.partyId))}::uuid[], ${byteaArray(rows.map((row) => row.rowDigest))}::bytea[], ${integerArray(rows.map((row) => row.rowNumber))}::integer[],
      ${uuidArray(rows.map((row) => row.standsFor))}::uuid[]) as one(party_id, row_digest, row_number, stands_for)
    ${whereThere}`.execute(tx);
}

/** The names of jurisdictions, by their codes. */
export async function readJurisdictions(tx: Tx, scope: Maker | Runner | Reader, codes: readonly string[]): Promise<readonly { readonly code: string; readonly name: string }[]> {
  if (codes.length === 0) return [];
  return tx.selectFrom('jurisdictions').select(['code', 'name']).where('tenant_id', '=', scope.tenantId).where('code', 'in', [...codes]).orderBy('code').execute();
}

/** The jurisdiction of a department. */
export async function findDepartmentJurisdiction(tx: Tx, scope: Maker, departmentId: string): Promise<string | undefined> {
  const row = await tx.selectFrom('departments').select('jurisdiction_code').where('tenant_id', '=', scope.tenantId).where('department_id', '=', departmentId).executeTakeFirst();
  return row?.jurisdiction_code;
}

/** Imports that were over before an instant and still have their file. */
export async function listStale(tx: Tx, scope: Runner, before: Date, limit: number): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('imports')
    .select('import_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('finished_at', '<', before)
    .where('emptied_at', 'is', null)
    .limit(limit)
    .execute();
  return rows.map((row) => row.import_id);
}

/** Deletes the file of imports and what was wrong with it; their counts stay. */
export async function emptyImports(tx: Tx, scope: Runner | Scope<'subject-request.answer'>, importIds: readonly string[], now: Date): Promise<number> {
  if (importIds.length === 0) return 0;
  for (const table of ['import_problems', 'import_rows', 'import_pieces'] as const) {
    await tx.deleteFrom(table).where('tenant_id', '=', scope.tenantId).where('import_id', 'in', [...importIds]).execute();
  }
  const result = await tx.updateTable('imports').set({ emptied_at: now }).where('tenant_id', '=', scope.tenantId).where('import_id', 'in', [...importIds]).where('emptied_at', 'is', null).executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Imports that are over and in which parties stood. */
export async function listImportsOf(tx: Tx, scope: Scope<'subject-request.answer' | 'held-data.read'>, partyIds: readonly string[]): Promise<readonly { readonly importId: string; readonly fileName: string; readonly createdAt: Date }[]> {
  const rows = await tx
    .selectFrom('imported_rows as one')
    .innerJoin('imports', (join) => join.onRef('imports.tenant_id', '=', 'one.tenant_id').onRef('imports.import_id', '=', 'one.import_id'))
    .select(['imports.import_id', 'imports.file_name', 'imports.created_at'])
    .distinct()
    .where('one.tenant_id', '=', scope.tenantId)
    .where('one.party_id', 'in', [...partyIds])
    .where('imports.state', 'in', ['done', 'cancelled'])
    .execute();
  return rows.map((row) => ({ importId: row.import_id, fileName: row.file_name, createdAt: row.created_at }));
}

/**
 * The people or organisations whose row came last with this import, in the order of the file; those of a later list count with that one. Not in
 * the order of their ids: that would tell who was registered before.
 */
export async function listImportedParties(tx: Tx, scope: Reader, { importId, ownerId }: Pick<ImportRow, 'importId' | 'ownerId'>): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('imported_rows')
    .select('party_id')
    .where('tenant_id', '=', scope.tenantId)
    .where('import_id', '=', importId)
    .where('owner_id', '=', ownerId)
    .orderBy('row_number')
    .orderBy('row_digest')
    .execute();
  return rows.map((row) => row.party_id);
}

/** Forgets that parties were imported. @returns how many rows went. */
export async function forgetImported(tx: Tx, scope: Scope<'subject-request.answer'>, partyIds: readonly string[]): Promise<number> {
  const result = await tx.deleteFrom('imported_rows').where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).executeTakeFirst();
  return Number(result.numDeletedRows);
}
