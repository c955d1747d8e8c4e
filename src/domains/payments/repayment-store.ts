// The SQL of money asked back: the demand, what it is made of, its terms, and what came in.
import { sql } from 'kysely';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { reachedSql } from './instalment-store.ts';
import type { Debt, DebtPart, RepaymentState } from './repayment.ts';

/** A repayment as stored. */
export interface RepaymentRow extends Debt {
  readonly repaymentId: string;
  readonly repaymentNumber: string;
  readonly caseId: string;
  readonly partyId: string;
  readonly jurisdictionCode: string;
  readonly document: string;
  readonly aboutId: string | null;
  readonly reasonSealed: Uint8Array;
  readonly state: RepaymentState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** Who made the program's proposal one's own. */
  readonly adoptedBy: string | null;
  readonly adoptedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** A write-off that waits for its second person. */
  readonly writeOff: { readonly document: string; readonly fen: number; readonly by: string; readonly at: Date } | null;
  readonly settledAt: Date | null;
  readonly version: number;
}

/** One term of payment. */
export interface Term {
  readonly dueOn: string;
  readonly fen: number;
}

/** What came in, was set off or written off. */
export interface ReceiptRow {
  readonly receiptId: string;
  readonly repaymentId: string;
  readonly kind: 'received' | 'offset' | 'written-off';
  readonly amountFen: number;
  readonly instalmentId: string | null;
  readonly receivedOn: string;
  readonly bankReference: string | null;
  readonly recordedBy: string;
  readonly recordedAt: Date;
}

type Reader = Scope<'payment.read' | 'payment.recover' | 'payment.recover-approve' | 'payment.book' | 'payment.export'>;
type Writer = Scope<'payment.recover' | 'payment.recover-approve' | 'payment.book'>;

/** Adds a repayment that somebody proposes, with its parts and terms. */
export async function insertRepayment(
  tx: Tx,
  scope: Scope<'payment.recover'>,
  row: Pick<RepaymentRow, 'repaymentId' | 'repaymentNumber' | 'caseId' | 'partyId' | 'jurisdictionCode' | 'document' | 'aboutId' | 'reasonSealed' | 'amountFen' | 'proposedBy' | 'proposedAt'>,
  parts: readonly DebtPart[],
  terms: readonly Term[],
): Promise<void> {
  const { tenantId } = scope;
  await tx
    .insertInto('repayments')
    .values({
      tenant_id: tenantId,
      repayment_id: row.repaymentId,
      repayment_number: row.repaymentNumber,
      case_id: row.caseId,
      party_id: row.partyId,
      jurisdiction_code: row.jurisdictionCode,
      document: row.document,
      about_id: row.aboutId,
      reason_sealed: Buffer.from(row.reasonSealed),
      amount_fen: row.amountFen,
      state: 'proposed',
      proposed_by: row.proposedBy,
      proposed_at: row.proposedAt,
    })
    .execute();
  await tx
    .insertInto('repayment_parts')
    .values(parts.map((part) => ({ tenant_id: tenantId, repayment_id: row.repaymentId, payment_id: part.paymentId, part_id: part.partId, amount_fen: part.amountFen })))
    .execute();
  if (terms.length > 0) {
    await tx
      .insertInto('repayment_terms')
      .values(terms.map((term, at) => ({ tenant_id: tenantId, repayment_id: row.repaymentId, term_number: at + 1, due_on: term.dueOn, amount_fen: term.fen })))
      .execute();
  }
}

/** A repayment. @throws Refusal not-found, for one out of reach too. */
export async function getRepayment(tx: Tx, scope: Reader, repaymentId: string): Promise<RepaymentRow> {
  const row = await tx.selectFrom('repayments').selectAll().where('tenant_id', '=', scope.tenantId).where('repayment_id', '=', repaymentId).where(reachedSql(scope.reach)).executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfRepayment(row);
}

/** A repayment, locked. @throws Refusal not-found. */
export async function lockRepayment(tx: Tx, scope: Writer, repaymentId: string): Promise<RepaymentRow> {
  const row = await tx
    .selectFrom('repayments')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('repayment_id', '=', repaymentId)
    .where(reachedSql(scope.reach))
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Refusal('not-found');
  return rowOfRepayment(row);
}

/** The parts of a repayment, always in the same order. */
export async function readDebtParts(tx: Tx, scope: Reader, repaymentId: string): Promise<readonly DebtPart[]> {
  const rows = await tx.selectFrom('repayment_parts').selectAll().where('tenant_id', '=', scope.tenantId).where('repayment_id', '=', repaymentId).orderBy('payment_id').orderBy('part_id').execute();
  return rows.map((row) => ({ paymentId: row.payment_id, partId: row.part_id, amountFen: row.amount_fen, settledFen: row.settled_fen }));
}

/** What asks a payment back. */
export interface DebtOfPayment {
  readonly repayment: RepaymentRow;
  /** Its parts that are of this payment. */
  readonly parts: readonly DebtPart[];
  /** Whether it is of this payment alone. */
  readonly isAlone: boolean;
}

/** What asks payments back and was not cancelled, by payment; locked in the order of their ids. */
export async function lockDebtsOf(tx: Tx, scope: Scope<'payment.book'>, paymentIds: readonly string[]): Promise<ReadonlyMap<string, readonly DebtOfPayment[]>> {
  if (paymentIds.length === 0) return new Map();
  const of = await tx.selectFrom('repayment_parts').select('repayment_id').distinct().where('tenant_id', '=', scope.tenantId).where('payment_id', '=', sql<string>`any(${[...paymentIds]}::uuid[])`).execute();
  const ids = of.map((row) => row.repayment_id);
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('repayments').selectAll().where('tenant_id', '=', scope.tenantId).where('repayment_id', 'in', ids).where('state', '<>', 'cancelled').orderBy('repayment_id').forUpdate().execute();
  const debts = new Map<string, DebtOfPayment[]>(paymentIds.map((paymentId) => [paymentId, []]));
  for (const repayment of rows.map(rowOfRepayment)) {
    const byPayment = Map.groupBy(await readDebtParts(tx, scope, repayment.repaymentId), ({ paymentId }) => paymentId);
    for (const [paymentId, parts] of byPayment) debts.get(paymentId)?.push({ repayment, parts, isAlone: byPayment.size === 1 });
  }
  return debts;
}

/** What is already asked back of payments, by part: every repayment counts that was not cancelled. */
export async function sumAskedBack(tx: Tx, scope: Scope<'payment.recover' | 'payment.book'>, paymentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('repayment_parts as p')
    .innerJoin('repayments as r', (join) => join.onRef('r.tenant_id', '=', 'p.tenant_id').onRef('r.repayment_id', '=', 'p.repayment_id'))
    .select((eb) => ['p.part_id', eb.fn.sum<string>('p.amount_fen').as('fen')])
    .where('p.tenant_id', '=', scope.tenantId)
    .where('r.tenant_id', '=', scope.tenantId)
    .where('p.payment_id', 'in', [...paymentIds])
    .where('r.state', '<>', 'cancelled')
    .groupBy('p.part_id')
    .execute();
  return new Map(rows.map((row) => [row.part_id, Number(row.fen)]));
}

/** Writes how much of each part was settled now. */
export async function settleParts(tx: Tx, scope: Writer, repaymentId: string, settled: readonly { readonly part: DebtPart; readonly fen: number }[]): Promise<void> {
  for (const { part, fen } of settled) {
    await tx
      .updateTable('repayment_parts')
      .set((set) => ({ settled_fen: set('settled_fen', '+', fen) }))
      .where('tenant_id', '=', scope.tenantId)
      .where('repayment_id', '=', repaymentId)
      .where('payment_id', '=', part.paymentId)
      .where('part_id', '=', part.partId)
      .execute();
  }
}

/** Writes what changed of a repayment that was locked before. */
export async function updateRepayment(tx: Tx, scope: Writer, repaymentId: string, change: Partial<Omit<RepaymentRow, 'repaymentId' | 'version'>>): Promise<void> {
  await tx
    .updateTable('repayments')
    .set((set) => ({
      version: set('version', '+', 1),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.adoptedBy === undefined ? {} : { adopted_by: change.adoptedBy }),
      ...(change.adoptedAt === undefined ? {} : { adopted_at: change.adoptedAt }),
      ...(change.decidedBy === undefined ? {} : { decided_by: change.decidedBy }),
      ...(change.decidedAt === undefined ? {} : { decided_at: change.decidedAt }),
      ...(change.receivedFen === undefined ? {} : { received_fen: change.receivedFen }),
      ...(change.offsetFen === undefined ? {} : { offset_fen: change.offsetFen }),
      ...(change.writtenOffFen === undefined ? {} : { written_off_fen: change.writtenOffFen }),
      ...(change.settledAt === undefined ? {} : { settled_at: change.settledAt }),
      ...(change.writeOff === undefined
        ? {}
        : {
            write_off_document: change.writeOff?.document ?? null,
            write_off_fen: change.writeOff?.fen ?? null,
            write_off_by: change.writeOff?.by ?? null,
            write_off_at: change.writeOff?.at ?? null,
          }),
    }))
    .where('tenant_id', '=', scope.tenantId)
    .where('repayment_id', '=', repaymentId)
    .execute();
}

/** Adds a receipt. @returns false where one with its bank reference is there: it was booked before. */
export async function insertReceipt(tx: Tx, scope: Writer, receipt: ReceiptRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('repayment_receipts')
    .values({
      tenant_id: scope.tenantId,
      receipt_id: receipt.receiptId,
      repayment_id: receipt.repaymentId,
      kind: receipt.kind,
      amount_fen: receipt.amountFen,
      instalment_id: receipt.instalmentId,
      received_on: receipt.receivedOn,
      bank_reference: receipt.bankReference,
      received_reference: receipt.kind === 'received' ? receipt.bankReference : null,
      recorded_by: receipt.recordedBy,
      recorded_at: receipt.recordedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The receipts of a repayment, the first first. */
export async function readReceipts(tx: Tx, scope: Reader, repaymentId: string): Promise<readonly ReceiptRow[]> {
  const rows = await tx.selectFrom('repayment_receipts').selectAll().where('tenant_id', '=', scope.tenantId).where('repayment_id', '=', repaymentId).orderBy('receipt_id').execute();
  return rows.map((row) => ({
    receiptId: row.receipt_id,
    repaymentId: row.repayment_id,
    kind: row.kind as ReceiptRow['kind'],
    amountFen: row.amount_fen,
    instalmentId: row.instalment_id,
    receivedOn: row.received_on,
    bankReference: row.bank_reference,
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
  }));
}

/** A bank's number as it is compared: one number is one, in whatever width, case and groups it was typed. */
export function plainReference(written: string): string {
  return written.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

// The same in SQL: what was booked before numbers were kept as they are compared stands there as it was typed.
const plainSql = sql<string>`upper(regexp_replace(normalize(bank_reference, NFKC), ${'[\\s\\u1680\\u2028\\u2029\\ufeff]'}, '', 'g'))`;

/** Whether money with this bank reference, as it is compared, was booked on another repayment. */
export async function isReceivedElsewhere(tx: Tx, scope: Reader, repaymentId: string, bankReference: string): Promise<boolean> {
  const row = await tx
    .selectFrom('repayment_receipts')
    .select('receipt_id')
    .where('tenant_id', '=', scope.tenantId)
    .where(plainSql, '=', bankReference)
    .where('kind', '=', 'received')
    .where('repayment_id', '<>', repaymentId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The terms of a repayment. */
export async function readTerms(tx: Tx, scope: Reader, repaymentId: string): Promise<readonly Term[]> {
  const rows = await tx.selectFrom('repayment_terms').select(['due_on', 'amount_fen']).where('tenant_id', '=', scope.tenantId).where('repayment_id', '=', repaymentId).orderBy('term_number').execute();
  return rows.map((row) => ({ dueOn: row.due_on, fen: row.amount_fen }));
}

/** Which repayments to list; `after` is the id of the last one seen. */
export interface RepaymentQuestion {
  readonly state: RepaymentState | undefined;
  readonly jurisdictionCode: string | undefined;
  readonly partyId: string | undefined;
  readonly caseId: string | undefined;
  /** Only those of which a term is past and not met. */
  readonly overdueOn: string | undefined;
  readonly sort: 'newest' | 'oldest';
  readonly after: string | undefined;
  readonly limit: number;
}

/** Repayments in reach that match. */
export async function listRepayments(tx: Tx, scope: Scope<'payment.read' | 'payment.export'>, question: RepaymentQuestion): Promise<readonly RepaymentRow[]> {
  let query = tx.selectFrom('repayments').selectAll().where('tenant_id', '=', scope.tenantId).where(reachedSql(scope.reach));
  if (question.state !== undefined) query = query.where('state', '=', question.state);
  if (question.jurisdictionCode !== undefined) query = query.where('jurisdiction_code', '=', question.jurisdictionCode);
  if (question.partyId !== undefined) query = query.where('party_id', '=', question.partyId);
  if (question.caseId !== undefined) query = query.where('case_id', '=', question.caseId);
  if (question.overdueOn !== undefined) {
    query = query.where('state', '=', 'demanded').where(
      sql<boolean>`received_fen + offset_fen + written_off_fen < (
        select sum(t.amount_fen) from repayment_terms t
        where t.tenant_id = repayments.tenant_id and t.repayment_id = repayments.repayment_id and t.due_on < ${question.overdueOn}::date)`,
    );
  }
  if (question.after !== undefined) query = query.where('repayment_id', question.sort === 'newest' ? '<' : '>', question.after);
  const rows = await query.orderBy('repayment_id', question.sort === 'newest' ? 'desc' : 'asc').limit(question.limit).execute();
  return rows.map(rowOfRepayment);
}

type DatabaseRow = Awaited<ReturnType<typeof anyRow>>;
// Only for its type: what a row of the table is.
const anyRow = (tx: Tx) => tx.selectFrom('repayments').selectAll().executeTakeFirstOrThrow();

function rowOfRepayment(row: DatabaseRow): RepaymentRow {
  const { write_off_document: document, write_off_fen: fen, write_off_by: by, write_off_at: at } = row;
  return {
    repaymentId: row.repayment_id,
    repaymentNumber: row.repayment_number,
    caseId: row.case_id,
    partyId: row.party_id,
    jurisdictionCode: row.jurisdiction_code,
    document: row.document,
    aboutId: row.about_id,
    reasonSealed: row.reason_sealed,
    amountFen: row.amount_fen,
    receivedFen: row.received_fen,
    offsetFen: row.offset_fen,
    writtenOffFen: row.written_off_fen,
    state: row.state as RepaymentState,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    adoptedBy: row.adopted_by,
    adoptedAt: row.adopted_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    writeOff: document === null || fen === null || by === null || at === null ? null : { document, fen, by, at },
    settledAt: row.settled_at,
    version: row.version,
  };
}

/** Every repayment of parties, for what is held of them. */
export async function listHeldRepayments(tx: Tx, scope: Scope<'subject-request.answer' | 'held-data.read'>, partyIds: readonly string[]): Promise<readonly RepaymentRow[]> {
  const rows = await tx.selectFrom('repayments').selectAll().where('tenant_id', '=', scope.tenantId).where('party_id', 'in', [...partyIds]).orderBy('repayment_id').execute();
  return rows.map(rowOfRepayment);
}
