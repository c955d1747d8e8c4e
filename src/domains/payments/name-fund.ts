// Names the fund that pays an instalment for which the document names none: promised in the ledger from then on, and looked at anew.
import { v5 } from 'uuid';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { listJurisdictions } from '../departments/index.ts';
import { jobScope, type Scope, scopeAlso } from '../permissions/index.ts';
import { checkInstalments } from './check-instalments.ts';
import { isBefore } from './instalment.ts';
import { getInstalment, type InstalmentRow, insertShares, lockInstalment, lockInstalments, readShares } from './instalment-store.ts';
import type { PaymentParts } from './ports.ts';
import { listLater } from './settle-doubt.ts';

/** The fund that is named. */
export interface NamedFund {
  readonly fund: string;
  /** Whose fund it is. */
  readonly jurisdictionCode: string;
  /** The later instalments of the same decision too, as far as nothing is named for them. */
  readonly andLater: boolean;
}

/**
 * Has a fund pay what no fund pays yet of an instalment: one of the case's own place, or of a place above it. It must have a budget in the
 * instalment's year; later years may wait for theirs.
 * @returns the instalment as it stands after it was looked at anew
 * @throws Refusal not-found · instalment-state-unfit: it is with the bank, paid or cancelled · instalment-funded · fund-elsewhere: another county's · fund-not-there · ledger-floor: the budget has not enough
 */
export async function nameFund(tx: Tx, scope: Scope<'payment.fund'>, parts: PaymentParts, instalmentId: string, { fund, jurisdictionCode, andLater }: NamedFund, now: Date): Promise<InstalmentRow> {
  const checking = scopeAlso(scope, 'payment.check');
  const first = await lockInstalment(tx, checking, instalmentId);
  if (!isBefore(first.state)) throw new Refusal('instalment-state-unfit', { state: first.state });
  const year = yearOf(first);
  await refuseElsewhere(tx, scope.tenantId, first.jurisdictionCode, jurisdictionCode);
  const isInReach = scope.reach.kind === 'jurisdictions' && scope.reach.codes.includes(jurisdictionCode);
  if (!isInReach || !(await parts.ledger.hasBudget(tx, scope, { fund, jurisdictionCode, year }))) throw new Refusal('fund-not-there', { fund, year });
  const rows = [first, ...(andLater ? await lockInstalments(tx, checking, await listLater(tx, checking, first)) : [])];
  const shares = await readShares(tx, checking, rows.map((row) => row.instalmentId));
  const named = rows.flatMap((row) => {
    const own = shares.get(row.instalmentId) ?? [];
    const missingFen = own.reduce((left, { amountFen }) => left - amountFen, row.amountFen);
    const shareNumber = own.length + 1;
    return missingFen === 0 ? [] : [{ row, shareNumber, share: { partId: v5(`fund/${shareNumber}`, row.instalmentId), fund, jurisdictionCode, year: yearOf(row), amountFen: missingFen, offsetFen: 0 } }];
  });
  if (!named.some(({ row }) => row.instalmentId === instalmentId)) throw new Refusal('instalment-funded');
  await insertShares(tx, scope, named.map(({ row, shareNumber, share }) => ({ instalmentId: row.instalmentId, shareNumber, share })));
  const promised = named.map(({ share: { amountFen, offsetFen: _, ...share } }) => ({ ...share, fen: amountFen }));
  await parts.ledger.commit(tx, scope, { caseId: first.caseId, decisionId: first.decisionId, parts: promised }, now);
  await checkInstalments(tx, checking, parts, named.map(({ row }) => row.instalmentId), now);
  return getInstalment(tx, checking, instalmentId);
}

/** @throws Refusal fund-elsewhere: a county pays for its own, and the city for all of them; nobody pays for the neighbour, whoever names the fund */
async function refuseElsewhere(tx: Tx, tenantId: number, placeCode: string, fundCode: string): Promise<void> {
  const jurisdictions = new Map((await listJurisdictions(tx, jobScope(tenantId, 'payments', 'department.read'))).map((one) => [one.code, one]));
  const seen = new Set<string>();
  for (let code: string | null = placeCode; code !== null && !seen.has(code); code = jurisdictions.get(code)?.parentCode ?? null) seen.add(code);
  if (!seen.has(fundCode)) throw new Refusal('fund-elsewhere', { place: jurisdictions.get(placeCode)?.name ?? placeCode, other: jurisdictions.get(fundCode)?.name ?? fundCode });
}

function yearOf({ dueOn }: Pick<InstalmentRow, 'dueOn'>): number {
  return Number(dueOn.slice(0, 4));
}
