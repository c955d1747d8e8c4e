// A person settles a doubt with a reason: pay all the same, look again later, or do not pay; and what else people do with one instalment.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import { hardDoubts } from './doubt.ts';
import { findDoubt, readDoubts, settleDoubts } from './doubt-store.ts';
import { stepInstalment } from './instalment.ts';
import { type InstalmentRow, getInstalment, listInstalments, lockInstalments, lockInstalment, readShares, updateInstalments } from './instalment-store.ts';
import { closeDoubts } from './look-before-paying.ts';
import type { PaymentParts } from './ports.ts';
import { sealWords } from './seal-words.ts';

/** What waits is looked at again within this time: nobody puts off what is owed for ever. */
const MOST_WAIT_DAYS = 366;

/** How a person settles a doubt. */
export type Settling =
  | { readonly as: 'pay'; readonly reason: string }
  /** @see until `YYYY-MM-DD`, after today */
  | { readonly as: 'wait'; readonly reason: string; readonly until: string }
  /** `andLater`: the later instalments of the same decision too. */
  | { readonly as: 'cancel'; readonly reason: string; readonly andLater: boolean };

/** Settles a doubt. @returns its instalment @throws Refusal not-found, settled-already, doubt-not-passable, input-invalid */
export async function settleDoubt(tx: Tx, scope: Scope<'payment.check'>, parts: PaymentParts, doubtId: string, settling: Settling, now: Date): Promise<InstalmentRow> {
  const { tenantId } = scope;
  const seen = await findDoubt(tx, scope, doubtId);
  if (seen === undefined) throw new Refusal('not-found');
  const row = await lockInstalment(tx, scope, seen.instalmentId);
  const open = (await readDoubts(tx, scope, [row.instalmentId])).filter(({ settledAt }) => settledAt === null);
  const doubt = open.find((one) => one.doubtId === doubtId);
  if (doubt === undefined || row.state !== 'in-doubt') throw new Refusal('settled-already');
  if (settling.as === 'pay' && hardDoubts.includes(doubt.kind)) throw new Refusal('doubt-not-passable');
  if (settling.as === 'wait' && settling.until <= dayOf(now)) {
    throw new Refusal('input-invalid', { count: 1 }, [{ field: 'until', zh: '请填今天以后的日期。', en: 'Give a day after today.' }]);
  }
  const last = dayOf(new Date(now.getTime() + MOST_WAIT_DAYS * 86_400_000));
  if (settling.as === 'wait' && settling.until > last) {
    throw new Refusal('input-invalid', { count: 1 }, [{ field: 'until', zh: `最晚 ${last}：到那天再看一次。不再发放，请选“不发”。`, en: `At the latest ${last}: then somebody looks again. If it is not to be paid, choose that.` }]);
  }
  const reasonSealed = sealWords(parts.protector, tenantId, { table: 'payment_doubts', column: 'reason_sealed' }, doubtId, settling.reason);
  await settleDoubts(tx, scope, [doubtId], { as: settling.as, by: nameActor(scope.actor), at: now, reasonSealed });
  if (settling.as === 'cancel') {
    const ids = settling.andLater ? await listLater(tx, scope, row) : [];
    await cancelThese(tx, scope, parts, [row.instalmentId, ...ids], now);
  } else if (settling.as === 'wait') {
    await closeDoubts(tx, scope, [row.instalmentId], now);
    await updateInstalments(tx, scope, [{ ...row, state: 'waiting', lookOn: settling.until }], now);
  } else if (open.length === 1) {
    const next = stepInstalment(row, { do: 'settle' });
    if (next !== undefined) await updateInstalments(tx, scope, [{ ...row, ...next }], now);
  }
  return getInstalment(tx, scope, row.instalmentId);
}

/** Does not pay an instalment, for a reason of the case's own; no payment of it may be under way. @throws Refusal not-found, instalment-state-unfit */
export async function cancelInstalment(tx: Tx, scope: Scope<'payment.check'>, parts: PaymentParts, instalmentId: string, { document, andLater }: { readonly document: string; readonly andLater: boolean }, now: Date): Promise<InstalmentRow> {
  const row = await lockInstalment(tx, scope, instalmentId);
  if (stepInstalment(row, { do: 'cancel' }) === undefined) throw new Refusal('instalment-state-unfit', { state: row.state });
  await cancelThese(tx, scope, parts, [instalmentId, ...(andLater ? await listLater(tx, scope, row) : [])], now, document);
  return getInstalment(tx, scope, instalmentId);
}

/** Looks anew at an instalment whose money came back. @throws Refusal not-found, instalment-state-unfit */
export async function retryInstalment(tx: Tx, scope: Scope<'payment.check'>, instalmentId: string, now: Date): Promise<InstalmentRow> {
  const row = await lockInstalment(tx, scope, instalmentId);
  const next = stepInstalment(row, { do: 'retry' });
  if (next === undefined) throw new Refusal('instalment-state-unfit', { state: row.state });
  await updateInstalments(tx, scope, [{ ...row, ...next, lookOn: dayOf(now) }], now);
  return getInstalment(tx, scope, instalmentId);
}

/** The later instalments of the same decision on which nothing is under way. */
export async function listLater(tx: Tx, scope: Scope<'payment.check'>, { decisionId, instalmentNumber, caseId }: InstalmentRow): Promise<readonly string[]> {
  const rows = await listInstalments(tx, scope, {
    states: ['waiting', 'in-doubt', 'ready'], caseId, sort: 'due', limit: 1000,
    dueFrom: undefined, dueTo: undefined, jurisdictionCode: undefined, policyId: undefined, benefitId: undefined, partyId: undefined, after: undefined,
  });
  return rows.filter((one) => one.decisionId === decisionId && one.instalmentNumber > instalmentNumber).map(({ instalmentId }) => instalmentId);
}

async function cancelThese(tx: Tx, scope: Scope<'payment.check'>, parts: PaymentParts, ids: readonly string[], now: Date, document?: string): Promise<void> {
  const cancelled = (await lockInstalments(tx, scope, ids)).flatMap((row) => {
    const next = stepInstalment(row, { do: 'cancel' });
    return next === undefined ? [] : [{ ...row, ...next, lookOn: null }];
  });
  const cancelledIds = cancelled.map(({ instalmentId }) => instalmentId);
  await updateInstalments(tx, scope, cancelled, now);
  await closeDoubts(tx, scope, cancelledIds, now);
  const shares = await readShares(tx, scope, cancelledIds);
  const partIds = [...shares.values()].flatMap((each) => each.map(({ partId }) => partId));
  if (partIds.length > 0) await parts.ledger.release(tx, scope, { partIds, reason: 'condition-unmet', document }, now);
  await parts.tell?.(tx, scope.tenantId, cancelled.map((row) => ({ kind: 'cancelled', partyId: row.partyId, caseId: row.caseId, fen: row.amountFen, about: { kind: 'instalment', id: row.instalmentId } })));
}
