// The only SQL of parts: what was promised to cases, and how much of it is where.
import { type Selectable, sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { LedgerPartsRow } from '../../storage/row-types.ts';
import type { Scope } from '../permissions/index.ts';
import type { Part, Unit } from './account.ts';
import { type Booking, isDoubled } from './transfer-store.ts';

/** Where the amount of a part can be. */
export type PartPlace = 'committed' | 'paying' | 'paid' | 'released' | 'receivable' | 'recovered' | 'writtenOff';

/** By how much the places of a part change; together nothing. */
export type PartChange = { readonly partId: string } & Readonly<Record<PartPlace, number>>;

/** A part that is promised now. */
export type PromisedPart = Pick<Part, 'partId' | 'caseId' | 'decisionId' | 'unit' | 'jurisdictionCode' | 'fund' | 'year' | 'amount'>;

const ROWS_AT_ONCE = 1000;

/** Adds parts, in the order of their ids. @throws Refusal ledger-conflict where one is there; the transaction is lost then */
export async function insertParts(tx: Tx, scope: Booking, parts: readonly PromisedPart[], at: Date): Promise<void> {
  const sorted = [...parts].sort((a, b) => (a.partId < b.partId ? -1 : 1));
  for (let from = 0; from < sorted.length; from += ROWS_AT_ONCE) {
    const rows = sorted.slice(from, from + ROWS_AT_ONCE).map((part) => ({
      tenant_id: scope.tenantId,
      part_id: part.partId,
      case_id: part.caseId,
      decision_id: part.decisionId,
      unit: part.unit,
      jurisdiction_code: part.jurisdictionCode,
      fund: part.fund,
      year: part.year,
      amount: part.amount,
      committed: part.amount,
      recorded_at: at,
    }));
    await tx
      .insertInto('ledger_parts')
      .values(rows)
      .execute()
      .catch((error: unknown) => {
        throw isDoubled(error) ? new Refusal('ledger-conflict', { id: rows.length === 1 ? (rows[0]?.part_id ?? '') : '' }) : error;
      });
  }
}

/** Parts by id; what they are of never changes. @throws Refusal not-found where one is not there */
export async function getParts(tx: Tx, scope: Booking, partIds: readonly string[]): Promise<ReadonlyMap<string, Part>> {
  const rows = await tx.selectFrom('ledger_parts').selectAll().where('tenant_id', '=', scope.tenantId).where(sql<boolean>`part_id = any(${[...partIds]}::uuid[])`).execute();
  const parts = new Map(rows.map((row) => [row.part_id, partOf(row)]));
  if (partIds.some((partId) => !parts.has(partId))) throw new Refusal('not-found');
  return parts;
}

/** One of the parts that were read. */
export function getPart(parts: ReadonlyMap<string, Part>, partId: string): Part {
  const part = parts.get(partId);
  if (part === undefined) throw new Refusal('not-found');
  return part;
}

/** Locks parts until the transaction ends, in one order for everybody; their accounts are locked before. */
export async function lockParts(tx: Tx, scope: Booking, partIds: readonly string[]): Promise<readonly Part[]> {
  const rows = await tx
    .selectFrom('ledger_parts')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where(sql<boolean>`part_id = any(${[...partIds]}::uuid[])`)
    .orderBy('part_id')
    .forNoKeyUpdate()
    .execute();
  return rows.map(partOf);
}

/** Moves amounts between places; the database refuses what is not there. */
export async function changeParts(tx: Tx, scope: Booking, changes: readonly PartChange[]): Promise<void> {
  const column = (place: PartPlace) => sql`${changes.map((change) => change[place])}::bigint[]`;
  await sql`
    update ledger_parts p set committed = p.committed + c.committed, paying = p.paying + c.paying, paid = p.paid + c.paid, released = p.released + c.released,
      receivable = p.receivable + c.receivable, recovered = p.recovered + c.recovered, written_off = p.written_off + c.written_off
    from unnest(${changes.map(({ partId }) => partId)}::uuid[], ${column('committed')}, ${column('paying')}, ${column('paid')}, ${column('released')}, ${column('receivable')}, ${column('recovered')}, ${column('writtenOff')})
      as c (part_id, committed, paying, paid, released, receivable, recovered, written_off)
    where p.tenant_id = ${scope.tenantId} and p.part_id = c.part_id`.execute(tx);
}

/** Which parts to list; `after` is where the page before ended, newest first. */
export interface PartQuestion {
  readonly partIds?: readonly string[] | undefined;
  readonly caseIds?: readonly string[] | undefined;
  readonly decisionIds?: readonly string[] | undefined;
  readonly unit?: Unit | undefined;
  readonly jurisdictionCode?: string | undefined;
  readonly fund?: string | undefined;
  readonly year?: number | undefined;
  /** Only those of which something is there. */
  readonly place?: PartPlace | undefined;
  readonly after?: readonly [recordedAt: string, partId: string] | undefined;
  readonly limit?: number | undefined;
}

const columns = { committed: 'committed', paying: 'paying', paid: 'paid', released: 'released', receivable: 'receivable', recovered: 'recovered', writtenOff: 'written_off' } as const;

/** Parts within reach, newest first. */
export async function listParts(tx: Tx, scope: Scope<'ledger.read' | 'ledger.commit' | 'ledger.pay'>, question: PartQuestion): Promise<readonly Part[]> {
  const { partIds, caseIds, decisionIds, unit, jurisdictionCode, fund, year, place, after, limit } = question;
  let query = tx.selectFrom('ledger_parts').selectAll().where('tenant_id', '=', scope.tenantId);
  if (scope.reach.kind === 'jurisdictions') query = query.where('jurisdiction_code', 'in', [...scope.reach.codes]);
  else if (scope.reach.kind !== 'tenant') return [];
  if (partIds !== undefined) query = query.where(sql<boolean>`part_id = any(${[...partIds]}::uuid[])`);
  if (caseIds !== undefined) query = query.where(sql<boolean>`case_id = any(${[...caseIds]}::uuid[])`);
  if (decisionIds !== undefined) query = query.where(sql<boolean>`decision_id = any(${[...decisionIds]}::uuid[])`);
  if (unit !== undefined) query = query.where('unit', '=', unit);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (fund !== undefined) query = query.where('fund', '=', fund);
  if (year !== undefined) query = query.where('year', '=', year);
  if (place !== undefined) query = query.where(columns[place], '>', 0);
  if (after !== undefined) query = query.where(sql<boolean>`(recorded_at, part_id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  query = query.orderBy('recorded_at', 'desc').orderBy('part_id', 'desc');
  if (limit !== undefined) query = query.limit(limit);
  return (await query.execute()).map(partOf);
}

function partOf(row: Selectable<LedgerPartsRow>): Part {
  return {
    partId: row.part_id,
    caseId: row.case_id,
    decisionId: row.decision_id,
    unit: row.unit as Unit,
    jurisdictionCode: row.jurisdiction_code,
    fund: row.fund,
    year: row.year,
    amount: row.amount,
    committed: row.committed,
    paying: row.paying,
    paid: row.paid,
    released: row.released,
    receivable: row.receivable,
    recovered: row.recovered,
    writtenOff: row.written_off,
    recordedAt: row.recorded_at,
  };
}
