// Settles what disagrees: by asking whom it is about, and by deciding for one value, or for each in its time.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { SendMessage } from '../messages/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { getPartyInReach, recordStatement, type RegistryTools } from '../registry/index.ts';
import { DELIVERED_TRUST } from './compare-delivered.ts';
import { type Disagreement, getDisagreement, markAnswered, markAsked, markSettled, type Settlement } from './disagreements-store.ts';
import { getFeed } from './feeds-store.ts';
import { readHeld } from './registry-calls.ts';

/** Finds the accounts through which a party can be asked: its own, or of the agents of an organisation. The domain that holds accounts gives it. */
export type FindAccounts = (tx: Tx, scope: Scope<'message.send'>, partyId: string) => Promise<readonly string[]>;

/** What settling stands on. */
export interface SettlingParts {
  readonly tools: RegistryTools;
  readonly sendMessage: SendMessage;
  readonly findAccounts: FindAccounts;
}

/** A first and last day, `YYYY-MM-DD`; null where there is no bound. */
export interface Bounds {
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** What somebody decided. */
export type Decision = { readonly reason: string } & ({ readonly settleAs: 'held' | 'delivered' } | { readonly settleAs: 'both'; readonly held: Bounds; readonly delivered: Bounds });

/**
 * Asks the party, which is told by a message and sees both values.
 * @throws Refusal not-found, changed-meanwhile, disagreement-settled, disagreement-unreachable
 */
export async function askParty(tx: Tx, scope: Scope<'disagreement.settle'>, parts: SettlingParts, disagreementId: string, version: number, now: Date): Promise<Disagreement> {
  const disagreement = await getOpen(tx, scope, disagreementId, version);
  const accounts = await findAccountsOf(tx, scope, parts, disagreement.partyId);
  if (accounts.length === 0) throw new Refusal('disagreement-unreachable');
  await markAsked(tx, scope, disagreementId, version, now);
  const { capacity } = scope.actor;
  const department = capacity.kind === 'officer' ? capacity.departmentId : disagreement.delivered.departmentId;
  for (const accountId of accounts) {
    await parts.sendMessage(tx, scope, { to: { accountId }, template: 'record.asked', values: { department }, about: { kind: 'disagreement', id: disagreementId } });
  }
  return getDisagreement(tx, scope, disagreementId);
}

/**
 * Takes down what the party answers; it decides nothing by itself.
 * @param partyIds ids of the parties for which the caller answers
 * @throws Refusal not-found, changed-meanwhile, disagreement-not-asked
 */
export async function answerDisagreement(
  tx: Tx,
  scope: Scope<'disagreement.answer'>,
  { protector }: RegistryTools,
  partyIds: readonly string[],
  { disagreementId, version, answer, words }: { readonly disagreementId: string; readonly version: number; readonly answer: 'held' | 'delivered' | 'neither'; readonly words: string | undefined },
  now: Date,
): Promise<Disagreement> {
  const disagreement = await getDisagreement(tx, scope, disagreementId, partyIds);
  if (disagreement.status !== 'asked') throw new Refusal('disagreement-not-asked');
  const place = { tenantId: scope.tenantId, table: 'disagreements', column: 'words_sealed', row: disagreementId };
  await markAnswered(tx, scope, disagreementId, version, { answer, wordsSealed: words === undefined || words === '' ? null : protector.seal(place, words), at: now });
  return getDisagreement(tx, scope, disagreementId, partyIds);
}

/**
 * Decides. For the held value nothing is recorded, and the same two values do not come up again; for the delivered one it takes the held one's place;
 * for both each is bounded to its time. What was held before stays readable as what was known until now.
 * @throws Refusal not-found, changed-meanwhile, disagreement-settled, disagreement-bounds-wrong
 */
export async function settleDisagreement(tx: Tx, scope: Scope<'disagreement.settle'>, parts: SettlingParts, disagreementId: string, version: number, decision: Decision, now: Date): Promise<Disagreement> {
  const { tools } = parts;
  const { tenantId } = scope;
  const disagreement = await getOpen(tx, scope, disagreementId, version);
  if (decision.settleAs === 'both' && !areApart(decision.held, decision.delivered)) throw new Refusal('disagreement-bounds-wrong');
  const place = { tenantId, table: 'disagreements', column: 'reason_sealed', row: disagreementId };
  // First of all: whoever was slower learns so before anything is recorded.
  await markSettled(tx, scope, disagreementId, version, { settledAs: decision.settleAs, reasonSealed: tools.protector.seal(place, decision.reason), at: now });
  if (decision.settleAs !== 'held') {
    await recordDecided(tx, scope, tools, disagreement, decision, now);
    await tell(tx, scope, parts, disagreement);
  } else if (disagreement.askedAt !== null) await tell(tx, scope, parts, disagreement);
  return getDisagreement(tx, scope, disagreementId);
}

async function recordDecided(tx: Tx, { tenantId }: Scope<'disagreement.settle'>, tools: RegistryTools, disagreement: Disagreement, decision: Decision, now: Date): Promise<void> {
  const { partyId, fact, held, delivered, disagreementId } = disagreement;
  // Who decided stands in the disagreement and in the audit trail; what was decided is recorded as what its source said.
  const recording = jobScope(tenantId, 'feeds', 'fact.record');
  const feed = await getFeed(tx, jobScope(tenantId, 'feeds', 'feed.process'), delivered.feedId);
  const { partyId: keptId } = await getPartyInReach(tx, recording, partyId);
  const statement = (await readHeld(tx, tools, tenantId, [keptId], now)).get(keptId)?.find(({ statementId }) => statementId === held.statementId);
  const bounds = decision.settleAs === 'both' ? decision.delivered : delivered;
  const value = openValue(tools, tenantId, disagreementId, 'delivered_sealed', delivered.sealed);
  if (decision.settleAs === 'both' && statement !== undefined) {
    const { origin, trustClass, departmentId, evidenceId, deliveryId, purpose, asOf, facts } = statement;
    await recordStatement(tx, recording, tools, { partyId: keptId, origin, trustClass, departmentId, evidenceId, deliveryId, purpose, asOf, ...decision.held, corrects: held.statementId, facts: { [fact]: facts[fact] } }, now);
  }
  await recordStatement(
    tx,
    recording,
    tools,
    {
      partyId: keptId,
      origin: '共享',
      trustClass: DELIVERED_TRUST,
      departmentId: delivered.departmentId,
      deliveryId: delivered.deliveryId,
      purpose: feed.purpose,
      asOf: delivered.asOf,
      validFrom: bounds.validFrom,
      validTo: bounds.validTo,
      // A statement that is gone, because its party asked for that, has nothing to be corrected.
      corrects: decision.settleAs === 'delivered' && statement !== undefined ? held.statementId : null,
      facts: { [fact]: value },
    },
    now,
  );
}

/** Tells the party that its record was settled. */
async function tell(tx: Tx, scope: Scope<'disagreement.settle'>, parts: SettlingParts, { disagreementId, partyId, delivered }: Disagreement): Promise<void> {
  const { capacity } = scope.actor;
  const department = capacity.kind === 'officer' ? capacity.departmentId : delivered.departmentId;
  for (const accountId of await findAccountsOf(tx, scope, parts, partyId)) {
    await parts.sendMessage(tx, scope, { to: { accountId }, template: 'record.corrected', values: { department }, about: { kind: 'disagreement', id: disagreementId } });
  }
}

function findAccountsOf(tx: Tx, { tenantId }: Scope, { findAccounts }: SettlingParts, partyId: string): Promise<readonly string[]> {
  return findAccounts(tx, jobScope(tenantId, 'feeds', 'message.send'), partyId);
}

async function getOpen(tx: Tx, scope: Scope<'disagreement.settle'>, disagreementId: string, version: number): Promise<Disagreement> {
  const disagreement = await getDisagreement(tx, scope, disagreementId);
  if (disagreement.status === 'settled') throw new Refusal('disagreement-settled');
  if (disagreement.version !== version) throw new Refusal('changed-meanwhile');
  return disagreement;
}

/** Opens one of the values. */
export function openValue({ protector }: Pick<RegistryTools, 'protector'>, tenantId: number, disagreementId: string, column: 'held_sealed' | 'delivered_sealed', sealed: Uint8Array): unknown {
  return JSON.parse(protector.openText({ tenantId, table: 'disagreements', column, row: disagreementId }, sealed)) as unknown;
}

/** Opens words or reason; null where there are none. */
export function openWords({ protector }: Pick<RegistryTools, 'protector'>, tenantId: number, disagreementId: string, column: 'words_sealed' | 'reason_sealed', sealed: Uint8Array | null): string | null {
  return sealed === null ? null : protector.openText({ tenantId, table: 'disagreements', column, row: disagreementId }, sealed);
}

/** Whether two spans are each in order and have no day in common. */
function areApart(a: Bounds, b: Bounds): boolean {
  const inOrder = ({ validFrom, validTo }: Bounds): boolean => validFrom === null || validTo === null || validFrom <= validTo;
  const isBefore = (one: Bounds, other: Bounds): boolean => one.validTo !== null && other.validFrom !== null && one.validTo < other.validFrom;
  return inOrder(a) && inOrder(b) && (isBefore(a, b) || isBefore(b, a));
}

/** A settlement in words, for the person's own copy. */
export const settlementWords: Readonly<Record<Settlement, { readonly zh: string; readonly en: string }>> = {
  held: { zh: '以原有记录为准', en: 'what was held stands' },
  delivered: { zh: '以报送的为准', en: 'what was delivered takes its place' },
  both: { zh: '两个都对，各管一段时间', en: 'both are right, each for its time' },
};
