// The SQL of doubts: why people look before something is paid, and what they said.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { DoubtKind, FoundDoubt } from './doubt.ts';
import { reachedSql } from './instalment-store.ts';

/** How a doubt was settled. */
export type DoubtSettlement = 'pay' | 'wait' | 'cancel' | 'gone';

/** A doubt as stored. */
export interface DoubtRow extends FoundDoubt {
  readonly doubtId: string;
  readonly instalmentId: string;
  readonly jurisdictionCode: string;
  readonly openedAt: Date;
  readonly settledAs: DoubtSettlement | null;
  readonly reasonSealed: Uint8Array | null;
  readonly settledAt: Date | null;
  readonly settledBy: string | null;
}

type Reader = Scope<'payment.read' | 'payment.check' | 'payment.prepare' | 'payment.approve' | 'payment.send' | 'payment.book' | 'payment.export' | 'payment.schedule' | 'payment.recover'>;
type Writer = Scope<'payment.check' | 'payment.prepare' | 'payment.approve' | 'payment.send' | 'payment.book' | 'payment.recover' | 'payment.schedule'>;

/** Adds doubts. */
export async function insertDoubts(tx: Tx, scope: Writer, doubts: readonly Pick<DoubtRow, 'doubtId' | 'instalmentId' | 'jurisdictionCode' | 'kind' | 'fact' | 'aboutId' | 'openedAt'>[]): Promise<void> {
  if (doubts.length === 0) return;
  await tx
    .insertInto('payment_doubts')
    .values(
      doubts.map((doubt) => ({
        tenant_id: scope.tenantId,
        doubt_id: doubt.doubtId,
        instalment_id: doubt.instalmentId,
        jurisdiction_code: doubt.jurisdictionCode,
        kind: doubt.kind,
        fact: doubt.fact,
        about_id: doubt.aboutId,
        opened_at: doubt.openedAt,
      })),
    )
    .execute();
}

/** Every doubt of instalments, settled ones too, in the order in which they came up. */
export async function readDoubts(tx: Tx, scope: Reader, instalmentIds: readonly string[]): Promise<readonly DoubtRow[]> {
  if (instalmentIds.length === 0) return [];
  const rows = await tx
    .selectFrom('payment_doubts')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('instalment_id', 'in', [...instalmentIds])
    .orderBy('doubt_id')
    .execute();
  return rows.map(rowOfDoubt);
}

/** A doubt in reach; undefined where there is none. */
export async function findDoubt(tx: Tx, scope: Scope<'payment.check'>, doubtId: string): Promise<DoubtRow | undefined> {
  const row = await tx.selectFrom('payment_doubts').selectAll().where('tenant_id', '=', scope.tenantId).where('doubt_id', '=', doubtId).where(placeSql(scope)).executeTakeFirst();
  return row === undefined ? undefined : rowOfDoubt(row);
}

/** Settles doubts that are open. @returns how many there were. */
export async function settleDoubts(
  tx: Tx,
  scope: Writer,
  doubtIds: readonly string[],
  settled: { readonly as: DoubtSettlement; readonly by: string; readonly at: Date; readonly reasonSealed: Uint8Array | null },
): Promise<number> {
  if (doubtIds.length === 0) return 0;
  const result = await tx
    .updateTable('payment_doubts')
    .set({ settled_as: settled.as, settled_by: settled.by, settled_at: settled.at, reason_sealed: settled.reasonSealed === null ? null : Buffer.from(settled.reasonSealed) })
    .where('tenant_id', '=', scope.tenantId)
    .where('doubt_id', 'in', [...doubtIds])
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Which doubts to list. */
export interface DoubtQuestion {
  readonly status: 'open' | 'settled' | undefined;
  readonly kind: DoubtKind | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly sort: 'oldest' | 'newest';
  readonly after: string | undefined;
  readonly limit: number;
}

/** A doubt with what it is about, for lists. */
export interface ListedDoubt extends DoubtRow {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly partyId: string;
  readonly instalmentNumber: number;
  readonly benefitId: string;
  readonly dueOn: string;
  readonly amountFen: number;
}

/** Doubts in reach that match. */
export async function listDoubts(tx: Tx, scope: Scope<'payment.check' | 'payment.export'>, question: DoubtQuestion): Promise<readonly ListedDoubt[]> {
  let query = tx
    .selectFrom('payment_doubts')
    .innerJoin('instalments', (join) => join.onRef('instalments.tenant_id', '=', 'payment_doubts.tenant_id').onRef('instalments.instalment_id', '=', 'payment_doubts.instalment_id'))
    .selectAll('payment_doubts')
    .select(['instalments.case_id', 'instalments.case_number', 'instalments.party_id', 'instalments.instalment_number', 'instalments.benefit_id', 'instalments.due_on', 'instalments.amount_fen'])
    .where('payment_doubts.tenant_id', '=', scope.tenantId)
    .where('instalments.tenant_id', '=', scope.tenantId);
  const { reach } = scope;
  if (reach.kind === 'jurisdictions') query = query.where('payment_doubts.jurisdiction_code', 'in', [...reach.codes]);
  else if (reach.kind !== 'tenant') return [];
  if (question.status === 'open') query = query.where('payment_doubts.settled_at', 'is', null);
  if (question.status === 'settled') query = query.where('payment_doubts.settled_at', 'is not', null);
  if (question.kind !== undefined) query = query.where('payment_doubts.kind', '=', question.kind);
  if (question.jurisdictionCode !== undefined) query = query.where('payment_doubts.jurisdiction_code', '=', question.jurisdictionCode);
  if (question.after !== undefined) query = query.where('payment_doubts.doubt_id', question.sort === 'oldest' ? '>' : '<', question.after);
  const rows = await query.orderBy('payment_doubts.doubt_id', question.sort === 'oldest' ? 'asc' : 'desc').limit(question.limit).execute();
  return rows.map((row) => ({
    ...rowOfDoubt(row),
    caseId: row.case_id,
    caseNumber: row.case_number,
    partyId: row.party_id,
    instalmentNumber: row.instalment_number,
    benefitId: row.benefit_id,
    dueOn: row.due_on,
    amountFen: row.amount_fen,
  }));
}

function placeSql({ reach }: Scope<'payment.check'>): ReturnType<typeof reachedSql> {
  // Doubts have no payee of their own: only those who check look at them.
  return reachedSql(reach.kind === 'jurisdictions' || reach.kind === 'tenant' ? reach : { kind: 'none' });
}

type DatabaseRow = Awaited<ReturnType<typeof anyRow>>;
// Only for its type: what a row of the table is.
const anyRow = (tx: Tx) => tx.selectFrom('payment_doubts').selectAll().executeTakeFirstOrThrow();

function rowOfDoubt(row: DatabaseRow): DoubtRow {
  return {
    doubtId: row.doubt_id,
    instalmentId: row.instalment_id,
    jurisdictionCode: row.jurisdiction_code,
    kind: row.kind as DoubtKind,
    fact: row.fact,
    aboutId: row.about_id,
    openedAt: row.opened_at,
    settledAs: row.settled_as as DoubtSettlement | null,
    reasonSealed: row.reason_sealed,
    settledAt: row.settled_at,
    settledBy: row.settled_by,
  };
}
