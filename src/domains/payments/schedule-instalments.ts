// Schedules what a decision grants, instalment by instalment, with what each fund commits; and takes back what a later decision revokes.
import { v5 } from 'uuid';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { readPaymentsOf, updatePayments } from './batch-store.ts';
import { type InstalmentLife, type InstalmentShare, isBefore, payableFen, stepInstalment } from './instalment.ts';
import { type InstalmentRow, insertInstalments, lockSchedule, readSchedule, readShares, updateInstalments } from './instalment-store.ts';
import { closeDoubts } from './look-before-paying.ts';
import type { PaymentParts } from './ports.ts';

/** What one fund gives of an instalment; `partId` where whoever decided has given it one, else it follows from the decision. */
export interface ShareToPay {
  readonly partId?: string;
  readonly fund: string;
  readonly jurisdictionCode: string;
  readonly fen: number;
}

/** A decision that grants money. `StoredDecision` of the decisions fits, with the checks besides. */
export interface DecisionToPay {
  readonly decisionId: string;
  readonly caseId: string;
  readonly caseNumber: string;
  readonly partyId: string;
  /** With whom the payee has to be still before each payment; null where nothing rests on it. */
  readonly employerId: string | null;
  readonly policyId: string;
  readonly benefitId: string;
  /** Whose finance department pays. */
  readonly jurisdictionCode: string;
  /** `due` is `YYYY-MM-DD`; the shares add up to `fen`, or are none where no fund is named. */
  readonly instalments: readonly { readonly no: number; readonly due: string; readonly fen: number; readonly shares: readonly ShareToPay[] }[];
  /** Names of flags that have to be true before each payment (发前核对). */
  readonly checks: readonly string[];
}

/** The part of the ledger that a share of an instalment is committed under: the same for whoever asks, so that a retry commits nothing twice. */
function partIdOf(decisionId: string, instalmentNumber: number, shareNumber: number): string {
  return v5(`${instalmentNumber}/${shareNumber}`, decisionId);
}

/**
 * Schedules the instalments of a decision and commits what funds give. The same decision twice changes nothing.
 * @returns how many instalments were added
 * @throws Refusal of the ledger where a year's budget is not enough
 */
export async function scheduleInstalments(tx: Tx, scope: Scope<'payment.schedule'>, parts: Pick<PaymentParts, 'ledger'>, decision: DecisionToPay, now: Date): Promise<number> {
  const { decisionId, caseId } = decision;
  const rows = decision.instalments.map(({ no, due, fen, shares }) => ({
    instalmentId: newId(),
    decisionId,
    caseId,
    caseNumber: decision.caseNumber,
    instalmentNumber: no,
    partyId: decision.partyId,
    employerId: decision.employerId,
    policyId: decision.policyId,
    benefitId: decision.benefitId,
    jurisdictionCode: decision.jurisdictionCode,
    dueOn: due,
    amountFen: fen,
    offsetFen: 0,
    checks: decision.checks,
    state: 'waiting' as const,
    lookOn: due,
    checkedAt: null,
    attempts: 0,
    version: 1,
    createdAt: now,
    changedAt: now,
    shares: shares
      .filter((share) => share.fen > 0)
      .map((share, at): InstalmentShare => ({
        partId: share.partId ?? partIdOf(decisionId, no, at + 1),
        fund: share.fund,
        jurisdictionCode: share.jurisdictionCode,
        year: Number(due.slice(0, 4)),
        amountFen: share.fen,
        offsetFen: 0,
      })),
  }));
  const added = await insertInstalments(tx, scope, rows);
  const committed = rows.filter(({ instalmentId }) => added.has(instalmentId)).flatMap(({ shares }) => shares.map(({ amountFen, offsetFen: _, ...share }) => ({ ...share, fen: amountFen })));
  if (committed.length > 0) await parts.ledger.commit(tx, scope, { caseId, decisionId, parts: committed }, now);
  return added.size;
}

/** What became of a schedule that a later decision put an end to. */
export interface EndedSchedule {
  readonly cancelled: number;
  /** With the bank now: looked at again once the bank has answered. */
  readonly atBank: readonly string[];
  /** Payments that were made, and may have to be asked back. */
  readonly paid: readonly { readonly paymentId: string; readonly fen: number }[];
}

/** How far the schedule of a case is. */
export interface ScheduleStanding {
  /** What is neither with the bank nor paid, and so can be cancelled; the first due first. */
  readonly left: readonly { readonly due: string; readonly fen: number }[];
  /** What funds give of each instalment, cancelled ones included: how much of it went out stands in the ledger, by part. */
  readonly instalments: readonly { readonly due: string; readonly shares: readonly InstalmentShare[] }[];
}

/** Looks how far the schedule of a case is; nothing is locked. */
export async function standingOf(tx: Tx, scope: Scope<'payment.schedule'>, caseId: string): Promise<ScheduleStanding> {
  const rows = await readSchedule(tx, scope, caseId);
  const ids = rows.map(({ instalmentId }) => instalmentId);
  const isOpen = openOnes(await readPaymentsOf(tx, scope, ids));
  const shares = await readShares(tx, scope, ids);
  return {
    left: rows.filter((row) => cancelled(row, isOpen) !== undefined).map((row) => ({ due: row.dueOn, fen: payableFen(row) })),
    instalments: rows.map(({ instalmentId, dueOn }) => ({ due: dueOn, shares: shares.get(instalmentId) ?? [] })),
  };
}

function openOnes(payments: readonly { readonly instalmentId: string; readonly state: string }[]): ReadonlySet<string> {
  return new Set(payments.filter(({ state }) => state === 'open').map(({ instalmentId }) => instalmentId));
}

/** An instalment once it is cancelled; undefined where money of it is with the bank or paid, or it is over already. */
function cancelled(row: InstalmentRow, isOpen: ReadonlySet<string>): InstalmentLife | undefined {
  const out = isOpen.has(row.instalmentId) ? stepInstalment(row, { do: 'take-out' }) : row;
  return out === undefined || !(isBefore(out.state) || out.state === 'returned') ? undefined : stepInstalment(out, { do: 'cancel' });
}

/**
 * Cancels every instalment of a case of which no payment is with the bank or made, since another decision revoked or changed what it rested on;
 * payments in batches that have not gone are taken out. Of a revocation the payee is told; a change is told by its decision.
 */
export async function cancelSchedule(tx: Tx, scope: Scope<'payment.schedule'>, parts: PaymentParts, caseId: string, why: 'revoked' | 'changed', now: Date): Promise<EndedSchedule> {
  const rows = await lockSchedule(tx, scope, caseId);
  const payments = await readPaymentsOf(tx, scope, rows.map(({ instalmentId }) => instalmentId));
  const isOpen = openOnes(payments);
  const ended: InstalmentRow[] = [];
  for (const row of rows) {
    const over = cancelled(row, isOpen);
    if (over !== undefined) ended.push({ ...row, ...over, lookOn: null });
  }
  const dropped = payments.filter(({ state }) => state === 'open').map((payment) => ({ ...payment, state: 'dropped' as const }));
  await updatePayments(tx, scope, dropped);
  await updateInstalments(tx, scope, ended, now);
  await closeDoubts(tx, scope, ended.map(({ instalmentId }) => instalmentId), now);
  const shares = await readShares(tx, scope, ended.map(({ instalmentId }) => instalmentId));
  const partIds = [...shares.values()].flatMap((each) => each.map(({ partId }) => partId));
  if (partIds.length > 0) await parts.ledger.release(tx, scope, { partIds, reason: why }, now);
  if (why === 'revoked') await parts.tell?.(tx, scope.tenantId, ended.map((row) => ({ kind: 'cancelled', partyId: row.partyId, caseId: row.caseId, fen: row.amountFen, about: { kind: 'instalment', id: row.instalmentId } })));
  return {
    cancelled: ended.length,
    atBank: payments.filter(({ state }) => state === 'sent').map(({ paymentId }) => paymentId),
    paid: payments.filter(({ state }) => state === 'paid').map(({ paymentId, amountFen }) => ({ paymentId, fen: amountFen })),
  };
}
