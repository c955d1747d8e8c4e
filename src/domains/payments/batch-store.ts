// The SQL of batches, their payments, and what the bank answered.
import { sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { BatchHands, BatchState, PaymentState } from './batch.ts';
import { reachedSql } from './instalment-store.ts';

/** A batch as stored. */
export interface BatchRow extends BatchHands {
  readonly batchId: string;
  readonly batchNumber: string;
  readonly jurisdictionCode: string;
  readonly departmentId: string;
  readonly lineCount: number;
  readonly totalFen: number;
  readonly preparedAt: Date;
  readonly firstApprovedAt: Date | null;
  readonly secondApprovedBy: string | null;
  readonly secondApprovedAt: Date | null;
  readonly sentBy: string | null;
  readonly sentAt: Date | null;
  readonly sentCount: number | null;
  readonly sentFen: number | null;
  readonly closedAt: Date | null;
  readonly cancelledBy: string | null;
  readonly cancelledAt: Date | null;
  readonly reasonSealed: Uint8Array | null;
  readonly version: number;
}

/** A payment as stored. Dates are `YYYY-MM-DD`. */
export interface PaymentRow {
  readonly paymentId: string;
  readonly batchId: string;
  readonly lineNumber: number;
  readonly paymentNumber: string;
  readonly instalmentId: string;
  readonly attempt: number;
  readonly partyId: string;
  readonly amountFen: number;
  readonly state: PaymentState;
  readonly accountId: string | null;
  readonly accountSealed: Uint8Array | null;
  readonly resultId: string | null;
  readonly settledOn: string | null;
  readonly bankReference: string | null;
  readonly reasonSealed: Uint8Array | null;
  readonly returnedOn: string | null;
  readonly returnSealed: Uint8Array | null;
}

type Reader = Scope<'payment.read' | 'payment.prepare' | 'payment.approve' | 'payment.send' | 'payment.book' | 'payment.export' | 'payment.fund' | 'payment.check' | 'payment.recover' | 'payment.recover-approve' | 'payment.schedule'>;
type Writer = Scope<'payment.prepare' | 'payment.approve' | 'payment.send' | 'payment.book' | 'payment.schedule'>;

/** The next number of a kind, for a jurisdiction and year; whoever else numbers waits until the transaction ends. */
export async function takeNumber(tx: Tx, scope: Scope<'payment.prepare' | 'payment.recover'>, kind: 'batch' | 'repayment', jurisdictionCode: string, year: number): Promise<number> {
  const row = await tx
    .insertInto('payment_numbers')
    .values({ tenant_id: scope.tenantId, kind, jurisdiction_code: jurisdictionCode, year, last_number: 1 })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'kind', 'jurisdiction_code', 'year']).doUpdateSet({ last_number: sql`payment_numbers.last_number + 1` }))
    .returning('last_number')
    .executeTakeFirstOrThrow();
  return row.last_number;
}

/** Adds a batch. */
export async function insertBatch(
  tx: Tx,
  scope: Scope<'payment.prepare'>,
  batch: Pick<BatchRow, 'batchId' | 'batchNumber' | 'jurisdictionCode' | 'departmentId' | 'lineCount' | 'totalFen' | 'preparedBy' | 'preparedAt'>,
): Promise<void> {
  await tx
    .insertInto('payment_batches')
    .values({
      tenant_id: scope.tenantId,
      batch_id: batch.batchId,
      batch_number: batch.batchNumber,
      jurisdiction_code: batch.jurisdictionCode,
      department_id: batch.departmentId,
      state: 'prepared',
      line_count: batch.lineCount,
      total_fen: batch.totalFen,
      prepared_by: batch.preparedBy,
      prepared_at: batch.preparedAt,
    })
    .execute();
}

const AT_ONCE = 1000;

/** Adds the payments of a batch. The database refuses one of an instalment that has another under way. */
export async function insertPayments(tx: Tx, scope: Scope<'payment.prepare'>, payments: readonly Pick<PaymentRow, 'paymentId' | 'batchId' | 'lineNumber' | 'paymentNumber' | 'instalmentId' | 'attempt' | 'partyId' | 'amountFen'>[]): Promise<void> {
  for (let from = 0; from < payments.length; from += AT_ONCE) {
    await tx
      .insertInto('payments')
      .values(
        payments.slice(from, from + AT_ONCE).map((each) => ({
          tenant_id: scope.tenantId,
          payment_id: each.paymentId,
          batch_id: each.batchId,
          line_number: each.lineNumber,
          payment_number: each.paymentNumber,
          instalment_id: each.instalmentId,
          attempt: each.attempt,
          party_id: each.partyId,
          amount_fen: each.amountFen,
          state: 'open',
        })),
      )
      .execute();
  }
}

/** A batch. @throws Refusal not-found, for one out of reach too. */
export async function getBatch(tx: Tx, scope: Reader, batchId: string): Promise<BatchRow> {
  return await batchOf(tx, scope, batchId, false);
}

/** A batch, locked: whoever does something with it waits until the transaction ends. @throws Refusal not-found. */
export async function lockBatch(tx: Tx, scope: Writer, batchId: string): Promise<BatchRow> {
  return await batchOf(tx, scope, batchId, true);
}

async function batchOf(tx: Tx, scope: Reader, batchId: string, isLocked: boolean): Promise<BatchRow> {
  let query = tx.selectFrom('payment_batches').selectAll().where('tenant_id', '=', scope.tenantId).where('batch_id', '=', batchId).where(placeSql(scope));
  if (isLocked) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfBatch(row);
}

/** Which batches to list; `after` is the id of the last one seen. */
export interface BatchQuestion {
  readonly state: BatchState | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly sort: 'newest' | 'oldest';
  readonly after: string | undefined;
  readonly limit: number;
}

/** Batches in reach that match. */
export async function listBatches(tx: Tx, scope: Scope<'payment.read' | 'payment.export'>, { state, jurisdictionCode, sort, after, limit }: BatchQuestion): Promise<readonly BatchRow[]> {
  let query = tx.selectFrom('payment_batches').selectAll().where('tenant_id', '=', scope.tenantId).where(placeSql(scope));
  if (state !== undefined) query = query.where('state', '=', state);
  if (jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', jurisdictionCode);
  if (after !== undefined) query = query.where('batch_id', sort === 'newest' ? '<' : '>', after);
  const rows = await query.orderBy('batch_id', sort === 'newest' ? 'desc' : 'asc').limit(limit).execute();
  return rows.map(rowOfBatch);
}

/** Writes what changed of a batch that was locked before. */
export async function updateBatch(tx: Tx, scope: Writer, batchId: string, change: Partial<Omit<BatchRow, 'batchId' | 'version'>>): Promise<void> {
  await tx
    .updateTable('payment_batches')
    .set((set) => ({
      version: set('version', '+', 1),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.firstApprovedBy === undefined ? {} : { first_approved_by: change.firstApprovedBy }),
      ...(change.firstApprovedAt === undefined ? {} : { first_approved_at: change.firstApprovedAt }),
      ...(change.secondApprovedBy === undefined ? {} : { second_approved_by: change.secondApprovedBy }),
      ...(change.secondApprovedAt === undefined ? {} : { second_approved_at: change.secondApprovedAt }),
      ...(change.sentBy === undefined ? {} : { sent_by: change.sentBy }),
      ...(change.sentAt === undefined ? {} : { sent_at: change.sentAt }),
      ...(change.sentCount === undefined ? {} : { sent_count: change.sentCount }),
      ...(change.sentFen === undefined ? {} : { sent_fen: change.sentFen }),
      ...(change.closedAt === undefined ? {} : { closed_at: change.closedAt }),
      ...(change.cancelledBy === undefined ? {} : { cancelled_by: change.cancelledBy }),
      ...(change.cancelledAt === undefined ? {} : { cancelled_at: change.cancelledAt }),
      ...(change.reasonSealed === undefined ? {} : { reason_sealed: change.reasonSealed === null ? null : Buffer.from(change.reasonSealed) }),
    }))
    .where('tenant_id', '=', scope.tenantId)
    .where('batch_id', '=', batchId)
    .execute();
}

/** The payments of a batch, by their lines. */
export async function readLines(tx: Tx, scope: Reader, batchId: string, states?: readonly PaymentState[]): Promise<readonly PaymentRow[]> {
  let query = tx.selectFrom('payments').selectAll().where('tenant_id', '=', scope.tenantId).where('batch_id', '=', batchId);
  if (states !== undefined) query = query.where('state', 'in', [...states]);
  return (await query.orderBy('line_number').execute()).map(rowOfPayment);
}

/** A page of the payments of a batch. */
export async function listLines(tx: Tx, scope: Scope<'payment.read' | 'payment.export'>, batchId: string, { state, after, limit }: { readonly state: PaymentState | undefined; readonly after: number; readonly limit: number }): Promise<readonly PaymentRow[]> {
  let query = tx.selectFrom('payments').selectAll().where('tenant_id', '=', scope.tenantId).where('batch_id', '=', batchId).where('line_number', '>', after);
  if (state !== undefined) query = query.where('state', '=', state);
  return (await query.orderBy('line_number').limit(limit).execute()).map(rowOfPayment);
}

/** How many payments of a batch are in each state, and their sum in fen. */
export async function sumLines(tx: Tx, scope: Reader, batchId: string): Promise<ReadonlyMap<PaymentState, { readonly count: number; readonly fen: number }>> {
  const rows = await tx
    .selectFrom('payments')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count'), eb.fn.sum<string>('amount_fen').as('fen')])
    .where('tenant_id', '=', scope.tenantId)
    .where('batch_id', '=', batchId)
    .groupBy('state')
    .execute();
  return new Map(rows.map((row) => [row.state as PaymentState, { count: Number(row.count), fen: Number(row.fen) }]));
}

/** The payments of instalments, in the order in which they were tried. */
export async function readPaymentsOf(tx: Tx, scope: Reader, instalmentIds: readonly string[]): Promise<readonly PaymentRow[]> {
  if (instalmentIds.length === 0) return [];
  const rows = await tx
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('instalment_id', '=', sql<string>`any(${[...instalmentIds]}::uuid[])`)
    .orderBy('instalment_id')
    .orderBy('attempt')
    .execute();
  return rows.map(rowOfPayment);
}

/** Payments by id, whatever their batch; the caller looks whether it reaches them. */
export async function readPayments(tx: Tx, scope: Reader, paymentIds: readonly string[]): Promise<readonly PaymentRow[]> {
  if (paymentIds.length === 0) return [];
  const rows = await tx.selectFrom('payments').selectAll().where('tenant_id', '=', scope.tenantId).where('payment_id', 'in', [...paymentIds]).orderBy('payment_id').execute();
  return rows.map(rowOfPayment);
}

/** What changes of a payment. */
export type PaymentChange = Pick<PaymentRow, 'paymentId' | 'state' | 'accountId' | 'accountSealed' | 'resultId' | 'settledOn' | 'bankReference' | 'reasonSealed' | 'returnedOn' | 'returnSealed'>;

/** Writes what changed of payments whose batch was locked before. */
export async function updatePayments(tx: Tx, scope: Writer, changes: readonly PaymentChange[]): Promise<void> {
  const bytes = (value: Uint8Array | null): Buffer | null => (value === null ? null : Buffer.from(value));
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    const some = changes.slice(from, from + AT_ONCE);
    await sql`
      update payments p
      set state = c.state, account_id = c.account_id, account_sealed = c.account_sealed, result_id = c.result_id, settled_on = c.settled_on,
          bank_reference = c.bank_reference, reason_sealed = c.reason_sealed, returned_on = c.returned_on, return_sealed = c.return_sealed
      from unnest(
        ${some.map((each) => each.paymentId)}::uuid[], ${some.map((each) => each.state)}::text[], ${some.map((each) => each.accountId)}::uuid[],
        ${some.map((each) => bytes(each.accountSealed))}::bytea[], ${some.map((each) => each.resultId)}::uuid[], ${some.map((each) => each.settledOn)}::date[],
        ${some.map((each) => each.bankReference)}::text[], ${some.map((each) => bytes(each.reasonSealed))}::bytea[], ${some.map((each) => each.returnedOn)}::date[],
        ${some.map((each) => bytes(each.returnSealed))}::bytea[]
      ) as c (payment_id, state, account_id, account_sealed, result_id, settled_on, bank_reference, reason_sealed, returned_on, return_sealed)
      where p.tenant_id = ${scope.tenantId} and p.payment_id = c.payment_id`.execute(tx);
  }
}

/** A file that the bank answered with. */
export interface ResultRow {
  readonly resultId: string;
  readonly batchId: string;
  readonly fileName: string;
  readonly paidCount: number;
  readonly failedCount: number;
  readonly returnedCount: number;
  /** Lines that said what was known already. */
  readonly knownCount: number;
  readonly importedBy: string;
  readonly importedAt: Date;
}

/** Keeps a result. @throws Refusal result-imported-already for a file that is kept already. */
export async function insertResult(tx: Tx, scope: Scope<'payment.book'>, result: ResultRow & { readonly fileDigest: Uint8Array; readonly contentSealed: Uint8Array }): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('payment_results')
    .values({
      tenant_id: scope.tenantId,
      result_id: result.resultId,
      batch_id: result.batchId,
      file_name: result.fileName,
      file_digest: Buffer.from(result.fileDigest),
      content_sealed: Buffer.from(result.contentSealed),
      paid_count: result.paidCount,
      failed_count: result.failedCount,
      returned_count: result.returnedCount,
      known_count: result.knownCount,
      imported_by: result.importedBy,
      imported_at: result.importedAt,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'file_digest']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) throw new Refusal('result-imported-already');
}

/** Whether a file was imported before. */
export async function isResultKnown(tx: Tx, scope: Scope<'payment.book'>, fileDigest: Uint8Array): Promise<boolean> {
  const row = await tx.selectFrom('payment_results').select('result_id').where('tenant_id', '=', scope.tenantId).where('file_digest', '=', Buffer.from(fileDigest)).executeTakeFirst();
  return row !== undefined;
}

/** The results of a batch, the first first. */
export async function readResults(tx: Tx, scope: Reader, batchId: string): Promise<readonly ResultRow[]> {
  const rows = await tx
    .selectFrom('payment_results')
    .select(['result_id', 'batch_id', 'file_name', 'paid_count', 'failed_count', 'returned_count', 'known_count', 'imported_by', 'imported_at'])
    .where('tenant_id', '=', scope.tenantId)
    .where('batch_id', '=', batchId)
    .orderBy('result_id')
    .execute();
  return rows.map((row) => ({
    resultId: row.result_id,
    batchId: row.batch_id,
    fileName: row.file_name,
    paidCount: row.paid_count,
    failedCount: row.failed_count,
    returnedCount: row.returned_count,
    knownCount: row.known_count,
    importedBy: row.imported_by,
    importedAt: row.imported_at,
  }));
}

function placeSql({ reach }: Reader): ReturnType<typeof reachedSql> {
  // Batches have no payee of their own: officers look at them, nobody else.
  return reachedSql(reach.kind === 'jurisdictions' || reach.kind === 'tenant' ? reach : { kind: 'none' });
}

type BatchDatabaseRow = Awaited<ReturnType<typeof anyBatch>>;
type PaymentDatabaseRow = Awaited<ReturnType<typeof anyPayment>>;
// Only for their types: what rows of the tables are.
const anyBatch = (tx: Tx) => tx.selectFrom('payment_batches').selectAll().executeTakeFirstOrThrow();
const anyPayment = (tx: Tx) => tx.selectFrom('payments').selectAll().executeTakeFirstOrThrow();

function rowOfBatch(row: BatchDatabaseRow): BatchRow {
  return {
    batchId: row.batch_id,
    batchNumber: row.batch_number,
    jurisdictionCode: row.jurisdiction_code,
    departmentId: row.department_id,
    state: row.state as BatchState,
    lineCount: row.line_count,
    totalFen: row.total_fen,
    preparedBy: row.prepared_by,
    preparedAt: row.prepared_at,
    firstApprovedBy: row.first_approved_by,
    firstApprovedAt: row.first_approved_at,
    secondApprovedBy: row.second_approved_by,
    secondApprovedAt: row.second_approved_at,
    sentBy: row.sent_by,
    sentAt: row.sent_at,
    sentCount: row.sent_count,
    sentFen: row.sent_fen,
    closedAt: row.closed_at,
    cancelledBy: row.cancelled_by,
    cancelledAt: row.cancelled_at,
    reasonSealed: row.reason_sealed,
    version: row.version,
  };
}

function rowOfPayment(row: PaymentDatabaseRow): PaymentRow {
  return {
    paymentId: row.payment_id,
    batchId: row.batch_id,
    lineNumber: row.line_number,
    paymentNumber: row.payment_number,
    instalmentId: row.instalment_id,
    attempt: row.attempt,
    partyId: row.party_id,
    amountFen: row.amount_fen,
    state: row.state as PaymentState,
    accountId: row.account_id,
    accountSealed: row.account_sealed,
    resultId: row.result_id,
    settledOn: row.settled_on,
    bankReference: row.bank_reference,
    reasonSealed: row.reason_sealed,
    returnedOn: row.returned_on,
    returnSealed: row.return_sealed,
  };
}
