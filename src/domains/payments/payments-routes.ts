// The HTTP of payments.
import { z } from 'zod';
import { Refusal } from '../../contract/errors.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import {
  adoptRepaymentEndpoint, approveBatchEndpoint, approveWriteOffEndpoint, bankFileEndpoint, bookReturnEndpoint, cancelBatchEndpoint, cancelInstalmentEndpoint, cancelRepaymentEndpoint, checkInstalmentsEndpoint,
  demandRepaymentEndpoint, exportBatches, exportDoubts, exportInstalments, exportRepayments, getBatchEndpoint, getInstalmentEndpoint, getRepaymentEndpoint, importResultEndpoint,
  listBatchesEndpoint, listDoubtsEndpoint, listInstalmentsEndpoint, listPaymentsEndpoint, listRepaymentsEndpoint, nameFundEndpoint, offsetRepaymentEndpoint, prepareBatchEndpoint, proposeRepaymentEndpoint,
  proposeWriteOffEndpoint, receiveRepaymentEndpoint, retryInstalmentEndpoint, sendBatchEndpoint, settleDoubtEndpoint,
} from '../../contract/payments-endpoints.ts';
import type { Tx } from '../../storage/database.ts';
import { noteShown } from '../audit/index.ts';
import { etagOf, reply, type Route, route, versionOf } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { adoptRepayment, cancelRepayment, demandRepayment, proposeRepayment } from './ask-back.ts';
import { type BatchRow, getBatch, listBatches, listLines, readPaymentsOf } from './batch-store.ts';
import { bookReturn, importResult } from './book-results.ts';
import { approveBatch, cancelBatch, sendBatch } from './carry-batch.ts';
import { checkInstalments } from './check-instalments.ts';
import { listDoubts, readDoubts } from './doubt-store.ts';
import { placeOfInstalment, writeBatches, writeDoubts, writeInstalments, writeRepayments } from './export-payments.ts';
import { getInstalment, type InstalmentQuestion, listInstalments, type PaymentScope, readShares } from './instalment-store.ts';
import { nameFund } from './name-fund.ts';
import { readGivenBefore } from './paid-before.ts';
import type { PaymentParts } from './ports.ts';
import { prepareBatch } from './prepare-batch.ts';
import { getRepayment, listRepayments, type RepaymentQuestion } from './repayment-store.ts';
import { cancelInstalment, retryInstalment, settleDoubt } from './settle-doubt.ts';
import { offsetRepayment, proposeWriteOff, receiveRepayment, writeOffRepayment } from './settle-repayment.ts';
import { namesOf, tellBatch, tellBatchWhole, tellDoubt, tellInstalment, tellPayment, tellRepayment, tellRepaymentWhole } from './tell-payments.ts';
import { writeBankFile } from './write-bank-file.ts';

/** The routes of payments. */
export function paymentsRoutes(parts: PaymentParts): readonly Route[] {
  return [...instalmentRoutes(parts), ...batchRoutes(parts), ...repaymentRoutes(parts)];
}

function instalmentRoutes(parts: PaymentParts): readonly Route[] {
  return [
    route(listInstalmentsEndpoint, async ({ tx, scope, query, audit }) => {
      const question = { ...conditionsOf(query), after: readPlace(query.cursor, query.sort), limit: query.limit + 1 };
      const rows = await listInstalments(tx, scope, question);
      const names = await namesOf(tx, scope, parts, rows);
      audit(noteShown(idsOf(rows, query.limit)));
      return pageFrom(rows, query.limit, (row) => placeOfInstalment(question, row), (row) => tellInstalment(row, names));
    }),
    route(exportInstalments, async ({ tx, scope, query, language, audit }) => {
      const file = await writeInstalments(tx, scope, parts, conditionsOf(query), query.format, language);
      audit({ detail: { rows: file.rows, state: query.state ?? null } });
      return file;
    }),
    route(getInstalmentEndpoint, async ({ tx, scope, params, audit }) => {
      const row = await getInstalment(tx, scope, params.instalmentId);
      audit({ object: { kind: 'instalment', id: row.instalmentId }, detail: { partyId: row.partyId } });
      const names = await namesOf(tx, scope, parts, [row]);
      const shares = (await readShares(tx, scope, [row.instalmentId])).get(row.instalmentId) ?? [];
      const doubts = await readDoubts(tx, scope, [row.instalmentId]);
      const earlier = await readGivenBefore(tx, scope, parts, doubts);
      const payments = await readPaymentsOf(tx, scope, [row.instalmentId]);
      return {
        ...tellInstalment(row, names),
        shares: shares.map(({ fund, jurisdictionCode, year, amountFen, offsetFen }) => ({ fund, jurisdictionCode, year, fen: amountFen, offsetFen })),
        // What officers wrote is for officers; the payee sees what is missing.
        doubts: doubts.map((doubt) => ({ ...tellDoubt(parts, scope.tenantId, doubt, earlier), ...(isOfficer(scope) ? {} : { reason: null }) })),
        payments: payments.map((payment) => tellPayment(parts, scope.tenantId, payment, names)),
      };
    }),
    route(checkInstalmentsEndpoint, ({ tx, scope, body, now, audit }) => {
      audit({ detail: { instalments: body.instalmentIds.length } });
      return checkInstalments(tx, scope, parts, body.instalmentIds, now);
    }),
    route(retryInstalmentEndpoint, async ({ tx, scope, params, now, audit }) => {
      audit({ object: { kind: 'instalment', id: params.instalmentId } });
      const row = await retryInstalment(tx, scope, params.instalmentId, now);
      return tellInstalment(row, await namesOf(tx, scope, parts, [row]));
    }),
    route(cancelInstalmentEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'instalment', id: params.instalmentId }, detail: { document: body.document, andLater: body.andLater } });
      const row = await cancelInstalment(tx, scope, parts, params.instalmentId, body, now);
      return tellInstalment(row, await namesOf(tx, scope, parts, [row]));
    }),
    route(nameFundEndpoint, async ({ tx, scope, params, body: { document, ...named }, now, audit }) => {
      audit({ object: { kind: 'instalment', id: params.instalmentId }, detail: { ...named, document } });
      const row = await nameFund(tx, scope, parts, params.instalmentId, named, now);
      return tellInstalment(row, await namesOf(tx, scope, parts, [row]));
    }),
    route(listDoubtsEndpoint, async ({ tx, scope, query, audit }) => {
      const { status, kind, jurisdictionCode, sort, limit } = query;
      const rows = await listDoubts(tx, scope, { status, kind, jurisdictionCode, sort, after: readIdCursor(query.cursor), limit: limit + 1 });
      const names = await namesOf(tx, scope, parts, rows);
      const earlier = await readGivenBefore(tx, scope, parts, rows);
      audit(noteShown(idsOf(rows, limit)));
      return pageFrom(rows, limit, ({ doubtId }) => [doubtId], (row) => ({
        ...tellDoubt(parts, scope.tenantId, row, earlier),
        caseId: row.caseId, caseNumber: row.caseNumber, partyId: names.idOf(row.partyId), name: names.nameOf(row.partyId), instalmentNumber: row.instalmentNumber,
        benefitId: row.benefitId, dueOn: row.dueOn, amountFen: row.amountFen, jurisdictionCode: row.jurisdictionCode,
      }));
    }),
    route(exportDoubts, async ({ tx, scope, query, language, audit }) => {
      const { status, kind, jurisdictionCode, sort } = query;
      const file = await writeDoubts(tx, scope, parts, { status, kind, jurisdictionCode, sort }, query.format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),
    route(settleDoubtEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'payment-doubt', id: params.doubtId }, detail: { as: body.as } });
      const row = await settleDoubt(tx, scope, parts, params.doubtId, body, now);
      return tellInstalment(row, await namesOf(tx, scope, parts, [row]));
    }),
  ];
}

/** Whom the page of these rows shows; one row more than the page was read. */
function idsOf(rows: readonly { readonly partyId: string }[], limit: number): readonly string[] {
  return rows.slice(0, limit).map(({ partyId }) => partyId);
}

function batchRoutes(parts: PaymentParts): readonly Route[] {
  const whole = (tx: Tx, scope: PaymentScope, batch: BatchRow) => tellBatchWhole(tx, scope, parts, batch);
  return [
    route(prepareBatchEndpoint, async ({ tx, scope, body, now, audit }) => {
      const { policyId, benefitId, instalmentIds, ...rest } = body;
      const { batch, leftOut } = await prepareBatch(tx, scope, parts, { ...rest, policyId, benefitId, instalmentIds }, now);
      audit({ object: { kind: 'payment-batch', id: batch.batchId }, detail: { payments: batch.lineCount, fen: batch.totalFen, leftOut } });
      return reply({ batch: await whole(tx, scope, batch), leftOut }, { status: 201, location: `/payment-batches/${batch.batchId}`, etag: etagOf(batch.version) });
    }),
    route(listBatchesEndpoint, async ({ tx, scope, query }) => {
      const { state, jurisdictionCode, sort, limit } = query;
      const rows = await listBatches(tx, scope, { state, jurisdictionCode, sort, after: readIdCursor(query.cursor), limit: limit + 1 });
      return pageFrom(rows, limit, ({ batchId }) => [batchId], (row) => tellBatch(parts, scope.tenantId, row));
    }),
    route(exportBatches, async ({ tx, scope, query, language, audit }) => {
      const { state, jurisdictionCode, sort } = query;
      const file = await writeBatches(tx, scope, { state, jurisdictionCode, sort }, query.format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),
    route(getBatchEndpoint, async ({ tx, scope, params }) => {
      const batch = await getBatch(tx, scope, params.batchId);
      return reply(await whole(tx, scope, batch), { etag: etagOf(batch.version) });
    }),
    route(listPaymentsEndpoint, async ({ tx, scope, params, query, audit }) => {
      await getBatch(tx, scope, params.batchId);
      const rows = await listLines(tx, scope, params.batchId, { state: query.state, after: readNumberCursor(query.cursor), limit: query.limit + 1 });
      const names = await namesOf(tx, scope, parts, rows);
      audit(noteShown(idsOf(rows, query.limit), { batchId: params.batchId }));
      return pageFrom(rows, query.limit, ({ lineNumber }) => [lineNumber], (row) => tellPayment(parts, scope.tenantId, row, names));
    }),
    route(approveBatchEndpoint, async ({ tx, scope, params, headers, now, audit }) => {
      audit({ object: { kind: 'payment-batch', id: params.batchId } });
      const { batch, takenOut } = await approveBatch(tx, scope, parts, params.batchId, versionOf(headers.ifMatch), now);
      return reply({ batch: await whole(tx, scope, batch), takenOut }, { etag: etagOf(batch.version) });
    }),
    route(sendBatchEndpoint, async ({ tx, scope, params, headers, now, audit }) => {
      const { batch, takenOut } = await sendBatch(tx, scope, parts, params.batchId, versionOf(headers.ifMatch), now);
      audit({ object: { kind: 'payment-batch', id: params.batchId }, detail: { payments: batch.sentCount, fen: batch.sentFen } });
      return reply({ batch: await whole(tx, scope, batch), takenOut }, { etag: etagOf(batch.version) });
    }),
    route(cancelBatchEndpoint, async ({ tx, scope, params, headers, body, now, audit }) => {
      audit({ object: { kind: 'payment-batch', id: params.batchId } });
      const batch = await cancelBatch(tx, scope, parts, params.batchId, versionOf(headers.ifMatch), body.reason, now);
      return reply(await whole(tx, scope, batch), { etag: etagOf(batch.version) });
    }),
    route(bankFileEndpoint, async ({ tx, scope, params, query, language, audit }) => {
      const { batch, ...file } = await writeBankFile(tx, scope, parts, params.batchId, query.format, language);
      audit({ object: { kind: 'payment-batch', id: batch.batchId }, detail: { rows: file.rows } });
      return file;
    }),
    route(importResultEndpoint, async ({ tx, scope, params, query, bytes, now, audit }) => {
      const { batch, ...counts } = await importResult(tx, scope, parts, params.batchId, { fileName: query.fileName, bytes }, now);
      audit({ object: { kind: 'payment-batch', id: batch.batchId }, detail: counts });
      return { batch: await whole(tx, scope, batch), ...counts };
    }),
    route(bookReturnEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'payment', id: params.paymentId }, detail: { on: body.on } });
      const payment = await bookReturn(tx, scope, parts, params.paymentId, { on: body.on, reason: body.reason, bankReference: body.bankReference ?? null }, now);
      return tellPayment(parts, scope.tenantId, payment, await namesOf(tx, scope, parts, [payment]));
    }),
  ];
}

function repaymentRoutes(parts: PaymentParts): readonly Route[] {
  return [
    route(proposeRepaymentEndpoint, async ({ tx, scope, body, now, audit }) => {
      const wish = { ...body, payments: body.payments.map(({ paymentId, fen }) => ({ paymentId, fen })), aboutId: body.aboutId ?? null };
      const row = await proposeRepayment(tx, scope, parts, wish, now);
      audit({ object: { kind: 'repayment', id: row.repaymentId }, detail: { fen: row.amountFen, partyId: row.partyId } });
      return reply(await tellRepaymentWhole(tx, scope, parts, row), { status: 201, location: `/repayments/${row.repaymentId}` });
    }),
    route(listRepaymentsEndpoint, async ({ tx, scope, query, now, audit }) => {
      const rows = await listRepayments(tx, scope, { ...repaymentConditions(query, now), after: readIdCursor(query.cursor), limit: query.limit + 1 });
      const names = await namesOf(tx, scope, parts, rows);
      audit(noteShown(idsOf(rows, query.limit)));
      return pageFrom(rows, query.limit, ({ repaymentId }) => [repaymentId], (row) => tellRepayment(row, names));
    }),
    route(exportRepayments, async ({ tx, scope, query, now, language, audit }) => {
      const file = await writeRepayments(tx, scope, parts, repaymentConditions(query, now), query.format, language);
      audit({ detail: { rows: file.rows } });
      return file;
    }),
    route(getRepaymentEndpoint, async ({ tx, scope, params, audit }) => {
      const row = await getRepayment(tx, scope, params.repaymentId);
      audit({ object: { kind: 'repayment', id: row.repaymentId }, detail: { partyId: row.partyId } });
      return reply(await tellRepaymentWhole(tx, scope, parts, row), { etag: etagOf(row.version) });
    }),
    route(adoptRepaymentEndpoint, async ({ tx, scope, params, now, audit }) => {
      audit({ object: { kind: 'repayment', id: params.repaymentId } });
      return tellRepaymentWhole(tx, scope, parts, await adoptRepayment(tx, scope, params.repaymentId, now));
    }),
    route(demandRepaymentEndpoint, async ({ tx, scope, params, now, audit }) => {
      audit({ object: { kind: 'repayment', id: params.repaymentId } });
      return tellRepaymentWhole(tx, scope, parts, await demandRepayment(tx, scope, parts, params.repaymentId, now));
    }),
    route(cancelRepaymentEndpoint, async ({ tx, scope, params, now, audit }) => {
      audit({ object: { kind: 'repayment', id: params.repaymentId } });
      return tellRepaymentWhole(tx, scope, parts, await cancelRepayment(tx, scope, params.repaymentId, now));
    }),
    route(receiveRepaymentEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'repayment', id: params.repaymentId }, detail: { fen: body.fen, on: body.on } });
      return tellRepaymentWhole(tx, scope, parts, await receiveRepayment(tx, scope, parts, params.repaymentId, body, now));
    }),
    route(offsetRepaymentEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'repayment', id: params.repaymentId }, detail: { instalmentId: body.instalmentId } });
      return tellRepaymentWhole(tx, scope, parts, await offsetRepayment(tx, scope, parts, params.repaymentId, { instalmentId: body.instalmentId, fen: body.fen }, now));
    }),
    route(proposeWriteOffEndpoint, async ({ tx, scope, params, body, now, audit }) => {
      audit({ object: { kind: 'repayment', id: params.repaymentId }, detail: { document: body.document } });
      const row = await proposeWriteOff(tx, scope, params.repaymentId, { document: body.document, fen: body.fen }, now);
      return reply(await tellRepaymentWhole(tx, scope, parts, row), { etag: etagOf(row.version) });
    }),
    route(approveWriteOffEndpoint, async ({ tx, scope, params, headers, now, audit }) => {
      audit({ object: { kind: 'repayment', id: params.repaymentId } });
      const row = await writeOffRepayment(tx, scope, parts, params.repaymentId, versionOf(headers.ifMatch), now);
      return reply(await tellRepaymentWhole(tx, scope, parts, row), { etag: etagOf(row.version) });
    }),
  ];
}

function isOfficer({ reach }: PaymentScope): boolean {
  return reach.kind === 'jurisdictions' || reach.kind === 'tenant';
}

function conditionsOf(query: Omit<z.output<NonNullable<(typeof exportInstalments)['query']>>, 'format'>): Omit<InstalmentQuestion, 'after' | 'limit'> {
  const { state, dueFrom, dueTo, jurisdictionCode, policyId, benefitId, partyId, caseId, sort } = query;
  return { states: state === undefined ? undefined : [state], dueFrom, dueTo, jurisdictionCode, policyId, benefitId, partyId, caseId, sort };
}

function repaymentConditions(query: Omit<z.output<NonNullable<(typeof exportRepayments)['query']>>, 'format'>, now: Date): Omit<RepaymentQuestion, 'after' | 'limit'> {
  const { state, jurisdictionCode, partyId, caseId, overdue, sort } = query;
  return { state, jurisdictionCode, partyId, caseId, overdueOn: overdue ? dayOf(now) : undefined, sort };
}

function pageFrom<Row, View>(rows: readonly Row[], limit: number, place: (row: Row) => readonly (string | number)[], tell: (row: Row) => View): { items: View[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items: items.map(tell), nextCursor: last === undefined ? null : writeCursor(place(last)) };
}

const ID = z.uuid();
const DAY = z.iso.date();

function readPlace(cursor: string | undefined, sort: InstalmentQuestion['sort']): InstalmentQuestion['after'] {
  if (cursor === undefined) return undefined;
  const [key, id] = readCursor(cursor, 2) ?? [];
  const isKey = sort === 'amount' ? Number.isSafeInteger(key) : DAY.safeParse(key).success;
  if (key === undefined || id === undefined || !isKey || !ID.safeParse(id).success) throw new Refusal('cursor-invalid');
  return [key, id];
}

function readIdCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = ID.safeParse(readCursor(cursor, 1)?.[0]);
  if (!id.success) throw new Refusal('cursor-invalid');
  return id.data;
}

function readNumberCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [number] = readCursor(cursor, 1) ?? [];
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0 || number > 1_000_000) throw new Refusal('cursor-invalid');
  return number;
}
