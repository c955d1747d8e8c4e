// Books what was paid wrongly: demanded back, recovered, free again, or written off by decision.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type AccountRole, potOf, type Reason } from './account.ts';
import { book, type Entry } from './book.ts';
import { transferIdOf } from './operation-id.ts';
import { getPart, getParts } from './part-store.ts';

type Paying = Scope<'ledger.pay'>;
type Amounts = readonly { readonly partId: string; readonly amount: number }[];

/** Demands back what was paid wrongly: paid → receivable. @throws Refusal ledger-part: less was paid of a part · ledger-conflict · not-found */
export async function demand(tx: Tx, scope: Paying, { demandId, parts, document }: { readonly demandId: string; readonly parts: Amounts; readonly document?: string | undefined }, now: Date): Promise<void> {
  await book(tx, scope, await entriesOf(tx, scope, { operationId: demandId, parts, document }, 'demand', 'paid', 'receivable', 'demand'), now);
}

/**
 * Money that was demanded has come: receivable → recovered → free of the fund's year `freeYear` (the part's own where it is not given), or, where
 * `isFree` is false, recovered and not free: it went back to the treasury.
 * @param settlementId one for each receipt: the same twice is one
 * @throws Refusal ledger-part: less was demanded · ledger-conflict · not-found
 */
export async function settleDemand(
  tx: Tx,
  scope: Paying,
  { settlementId, parts, document, isFree = true, freeYear }: { readonly settlementId: string; readonly parts: Amounts; readonly document?: string | undefined; readonly isFree?: boolean; readonly freeYear?: number | undefined },
  now: Date,
): Promise<void> {
  const booked = { operationId: settlementId, parts, document };
  const came = await entriesOf(tx, scope, booked, 'recover', 'receivable', 'recovered', 'recovery');
  const freed = isFree ? await entriesOf(tx, scope, booked, 'reuse', 'recovered', 'free', 'recovery-to-free') : [];
  await book(tx, scope, [...came, ...freed.map((entry) => (freeYear === undefined ? entry : { ...entry, to: { ...entry.to, year: freeYear } }))], now);
}

/** Gives up what was demanded, by decision: receivable → written-off. @param document its 文号 @throws Refusal ledger-part · ledger-conflict · not-found */
export async function writeOff(tx: Tx, scope: Paying, { writeOffId, parts, document }: { readonly writeOffId: string; readonly parts: Amounts; readonly document: string }, now: Date): Promise<void> {
  await book(tx, scope, await entriesOf(tx, scope, { operationId: writeOffId, parts, document }, 'write-off', 'receivable', 'written-off', 'write-off'), now);
}

async function entriesOf(
  tx: Tx,
  scope: Paying,
  { operationId, parts: amounts, document }: { readonly operationId: string; readonly parts: Amounts; readonly document: string | undefined },
  step: 'demand' | 'recover' | 'reuse' | 'write-off',
  from: AccountRole,
  to: AccountRole,
  kind: Reason,
): Promise<readonly Entry[]> {
  const parts = await getParts(tx, scope, amounts.map(({ partId }) => partId));
  return amounts.map(({ partId, amount }) => {
    const part = getPart(parts, partId);
    const reason = { kind, caseId: part.caseId, decisionId: part.decisionId, document };
    return { transferId: transferIdOf(operationId, step, partId), kind: 'posted', pendingId: null, from: { ...potOf(part), role: from }, to: { ...potOf(part), role: to }, amount, reason, partId, operationId };
  });
}
