// Looks whether instalments may be paid: compares what is known now with what has to hold, and keeps the list of doubts true.
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import { accountDoubts, findDoubts, type FoundDoubt, isSameDoubt, standingDoubts, withoutSettled } from './doubt.ts';
import { type DoubtRow, insertDoubts, readDoubts, settleDoubts } from './doubt-store.ts';
import { findCasesOf, type InstalmentRow, lockInstalments, readShares } from './instalment-store.ts';
import type { InstalmentShare } from './instalment.ts';
import { findPaidBefore } from './paid-before.ts';
import type { OpenedAccount, PaymentParts } from './ports.ts';

type Looking = Scope<'payment.check' | 'payment.prepare' | 'payment.approve' | 'payment.send' | 'payment.recover'>;

/** An instalment, locked, and what speaks against paying it now. */
export interface Looked {
  readonly row: InstalmentRow;
  readonly shares: readonly InstalmentShare[];
  /** Its case is on its way still: nothing to doubt, and nothing to pay yet. */
  readonly isEarly: boolean;
  readonly doubts: readonly FoundDoubt[];
  readonly account: OpenedAccount | undefined;
}

/**
 * Locks instalments in reach and looks what speaks against paying them now; those out of reach are left out.
 * @param isWhole whether everything is looked at; else the case, the account and what was paid before alone, which can change from one moment to the next
 */
export async function lookAtInstalments(tx: Tx, scope: Looking, parts: PaymentParts, ids: readonly string[], isWhole: (row: InstalmentRow) => boolean, now: Date): Promise<readonly Looked[]> {
  const { tenantId } = scope;
  const today = dayOf(now);
  // Cases before their instalments, as everybody locks them who decides about a case.
  const standings = await parts.cases.readStandings(tx, tenantId, await findCasesOf(tx, scope, ids));
  const locked = await lockInstalments(tx, scope, ids);
  const instalmentIds = locked.map(({ instalmentId }) => instalmentId);
  const payees = [...new Set(locked.map(({ partyId }) => partyId))];
  const accounts = await parts.accounts.readOpen(tx, tenantId, payees);
  const names = await parts.people.readNames(tx, tenantId, payees);
  const shares = await readShares(tx, scope, instalmentIds);
  const settled = passesOf(await readDoubts(tx, scope, instalmentIds));
  const paidBefore = await findPaidBefore(tx, scope, parts, locked, now);
  const looked: Looked[] = [];
  for (const row of locked) {
    const standing = standings.get(row.caseId) ?? { stage: 'over', holds: [] };
    const account = accounts.get(row.partyId);
    const own = shares.get(row.instalmentId) ?? [];
    const isEarly = standing.stage === 'not-yet' && standing.holds.length === 0;
    let found: readonly FoundDoubt[] = [];
    if (!isEarly && isWhole(row)) {
      const payee = await parts.people.readState(tx, tenantId, row.partyId, row.checks, now);
      const isFunded = own.reduce((sum, share) => sum + share.amountFen, 0) === row.amountFen;
      found = findDoubts({ checks: row.checks, employerId: row.employerId, isFunded }, payee, account, standing, today);
    } else if (!isEarly) {
      found = [...standingDoubts(standing), ...accountDoubts(names.get(row.partyId) ?? '', account)];
    }
    if (!isEarly) found = [...found, ...(paidBefore.get(row.instalmentId) ?? [])];
    looked.push({ row, shares: own, isEarly, doubts: withoutSettled(found, settled.get(row.instalmentId) ?? []), account });
  }
  return looked;
}

/** What people said may be paid all the same, by instalment. */
function passesOf(doubts: readonly DoubtRow[]): ReadonlyMap<string, readonly FoundDoubt[]> {
  const passes = new Map<string, FoundDoubt[]>();
  for (const doubt of doubts) if (doubt.settledAs === 'pay') passes.set(doubt.instalmentId, [...(passes.get(doubt.instalmentId) ?? []), doubt]);
  return passes;
}

/** Keeps the list of doubts true: new ones are added, those that are gone are closed, those that stand stay as they are. */
export async function keepDoubts(tx: Tx, scope: Looking, looked: readonly Pick<Looked, 'row' | 'doubts'>[], now: Date): Promise<void> {
  const open = (await readDoubts(tx, scope, looked.map(({ row }) => row.instalmentId))).filter(({ settledAt }) => settledAt === null);
  const gone: string[] = [];
  const added: Parameters<typeof insertDoubts>[2][number][] = [];
  for (const { row, doubts } of looked) {
    const own = open.filter(({ instalmentId }) => instalmentId === row.instalmentId);
    gone.push(...own.filter((one) => !doubts.some((doubt) => isSameDoubt(one, doubt))).map(({ doubtId }) => doubtId));
    for (const doubt of doubts) {
      if (own.some((one) => isSameDoubt(one, doubt))) continue;
      added.push({ doubtId: newId(), instalmentId: row.instalmentId, jurisdictionCode: row.jurisdictionCode, ...doubt, openedAt: now });
    }
  }
  await settleDoubts(tx, scope, gone, { as: 'gone', by: nameActor(scope.actor), at: now, reasonSealed: null });
  await insertDoubts(tx, scope, added);
}

/** Closes every open doubt of instalments that are not going to be paid, or wait. */
export async function closeDoubts(tx: Tx, scope: Scope<'payment.check' | 'payment.schedule'>, instalmentIds: readonly string[], now: Date): Promise<void> {
  const open = (await readDoubts(tx, scope, instalmentIds)).filter(({ settledAt }) => settledAt === null);
  await settleDoubts(tx, scope, open.map(({ doubtId }) => doubtId), { as: 'gone', by: nameActor(scope.actor), at: now, reasonSealed: null });
}
