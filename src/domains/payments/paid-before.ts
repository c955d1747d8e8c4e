// What a person was given of the same benefit or matter by a grant that holds no more, and which instalments of a later one it covers.
import type { Tx } from '../../storage/database.ts';
import type { FoundDoubt } from './doubt.ts';
import { type InstalmentRow, type PaymentScope, readCaseNumbers, readCasesOf, readSchedules } from './instalment-store.ts';
import type { PaymentParts } from './ports.ts';

/** An earlier case and what of it was given and not asked back, in fen. */
export interface GivenBefore {
  readonly caseId: string;
  readonly caseNumber: string;
  readonly fen: number;
}

/** An instalment, as far as it is compared with what was given before. */
type Planned = Pick<InstalmentRow, 'instalmentId' | 'instalmentNumber' | 'caseId' | 'decisionId' | 'dueOn' | 'amountFen' | 'state'>;

/**
 * The instalments that an amount given before covers, the first due first: those that begin below it. What was cancelled since it was
 * covered still counts, or the next would stand for the same money; what an earlier decision of the case cancelled does not.
 */
export function coveredBy(givenFen: number, row: Planned, schedule: readonly Planned[]): boolean {
  const isFirst = (one: Planned): boolean => one.dueOn < row.dueOn || (one.dueOn === row.dueOn && one.instalmentNumber < row.instalmentNumber);
  const before = schedule.filter((one) => isFirst(one) && (one.state !== 'cancelled' || one.decisionId === row.decisionId));
  return before.reduce((sum, { amountFen }) => sum + amountFen, 0) < givenFen;
}

/** Doubts of instalments that give again what was paid, or is with the bank, by a case that is over; by instalment. */
export async function findPaidBefore(tx: Tx, scope: PaymentScope, parts: PaymentParts, rows: readonly InstalmentRow[], now: Date): Promise<ReadonlyMap<string, readonly FoundDoubt[]>> {
  const { tenantId } = scope;
  const ids = await parts.people.readIds(tx, tenantId, [...new Set(rows.map(({ partyId }) => partyId))]);
  const cases = await readCasesOf(tx, scope, [...new Set([...ids.values()].flat())]);
  const ofPerson = rows.map((row) => ({ row, others: cases.filter((one) => one.caseId !== row.caseId && (ids.get(row.partyId) ?? []).includes(one.partyId)) })).filter(({ others }) => others.length > 0);
  const matters = ofPerson.length === 0 ? undefined : await parts.cases.listSameMatter(tx, tenantId, [...new Set(ofPerson.map(({ row }) => benefitOf(row)))], now);
  const others = ofPerson.map(({ row, others: all }) => {
    const own = benefitOf(row);
    const same = all.filter((one) => benefitOf(one) === own || matters?.get(own)?.has(benefitOf(one)) === true);
    return { row, caseIds: [...new Set(same.map(({ caseId }) => caseId))].sort() };
  }).filter(({ caseIds }) => caseIds.length > 0);
  // Of nearly everybody there is no other case.
  if (others.length === 0) return new Map();
  const caseIds = [...new Set(others.flatMap((one) => one.caseIds))];
  const standings = await parts.cases.readStandings(tx, tenantId, caseIds);
  const given = await parts.ledger.readGiven(tx, scope, caseIds.filter((caseId) => (standings.get(caseId)?.stage ?? 'over') === 'over'));
  const schedules = Map.groupBy(await readSchedules(tx, scope, [...new Set(others.map(({ row }) => row.caseId))]), ({ caseId }) => caseId);
  return new Map(others.flatMap(({ row, caseIds: own }): readonly [string, readonly FoundDoubt[]][] => {
    const paid = own.filter((caseId) => (given.get(caseId) ?? 0) > 0);
    const givenFen = paid.reduce((sum, caseId) => sum + (given.get(caseId) ?? 0), 0);
    return coveredBy(givenFen, row, schedules.get(row.caseId) ?? []) ? [[row.instalmentId, paid.map((caseId) => ({ kind: 'paid-before', fact: null, aboutId: caseId }))]] : [];
  }));
}

function benefitOf({ policyId, benefitId }: Pick<InstalmentRow, 'policyId' | 'benefitId'>): string {
  return `${policyId}/${benefitId}`;
}

/** The earlier cases that doubts are about, with what of each is given now; by case. */
export async function readGivenBefore(tx: Tx, scope: PaymentScope, { ledger }: Pick<PaymentParts, 'ledger'>, doubts: readonly FoundDoubt[]): Promise<ReadonlyMap<string, GivenBefore>> {
  const caseIds = [...new Set(doubts.flatMap(({ kind, aboutId }) => (kind === 'paid-before' && aboutId !== null ? [aboutId] : [])))];
  if (caseIds.length === 0) return new Map();
  const given = await ledger.readGiven(tx, scope, caseIds);
  return new Map([...(await readCaseNumbers(tx, scope, caseIds))].map(([caseId, caseNumber]) => [caseId, { caseId, caseNumber, fen: given.get(caseId) ?? 0 }]));
}
