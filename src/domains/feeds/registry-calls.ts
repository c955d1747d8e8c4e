// What feeds ask of the registry, for many parties at once: whom keys name, what is held of them, and recording what was delivered.
import type { Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import {
  type FactStatement,
  findCodeHolders,
  listMergedIds,
  matchPeople,
  openStatement,
  readOrganisations,
  readPeople,
  readStatements,
  type Recorded,
  recordStatements,
  type RegistryTools,
} from '../registry/index.ts';
import { DELIVERED_TRUST } from './compare-delivered.ts';
import type { FeedSubject } from './feed.ts';

/** A party that a key names. */
export interface FoundParty {
  /** The party in force, after merges. */
  readonly partyId: string;
  readonly name: string;
  readonly jurisdictionCode: string;
}

/** What is recorded of a delivered row. */
export interface NewDeliveredStatement {
  readonly partyId: string;
  readonly departmentId: string;
  readonly deliveryId: string;
  readonly purpose: string;
  readonly asOf: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly corrects: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

const JOB = 'feeds';

/** The parties in force that canonical keys name; keys of nobody are left out. */
export async function findParties(tx: Tx, tools: RegistryTools, tenantId: number, subject: FeedSubject, keys: readonly string[], now: Date): Promise<ReadonlyMap<string, FoundParty>> {
  const holders = subject === 'person' ? await findPeople(tx, tools, tenantId, keys, now) : await findCodeHolders(tx, jobScope(tenantId, JOB, 'organisation.read'), keys);
  const ids = [...new Set(holders.values())];
  const rows = subject === 'person' ? await readPeople(tx, jobScope(tenantId, JOB, 'person.read'), ids) : await readOrganisations(tx, jobScope(tenantId, JOB, 'organisation.read'), ids);
  const byId = new Map(rows.map(({ partyId, name, jurisdictionCode }) => [partyId, { partyId, name, jurisdictionCode }]));
  const found = new Map<string, FoundParty>();
  for (const [key, partyId] of holders) {
    const party = byId.get(partyId);
    if (party !== undefined) found.set(key, party);
  }
  return found;
}

/** Who has these numbers, now or before; a number that several have waits for whoever reviews doubles. */
async function findPeople(tx: Tx, tools: RegistryTools, tenantId: number, numbers: readonly string[], now: Date): Promise<ReadonlyMap<string, string>> {
  const matched = await matchPeople(tx, jobScope(tenantId, JOB, 'person.match'), tools, numbers, now);
  const found = new Map<string, string>();
  numbers.forEach((number, at) => {
    const partyId = matched[at] ?? null;
    if (partyId !== null) found.set(number, partyId);
  });
  return found;
}

/** Everything that was said of parties and of those merged into them, sensitive values opened: for comparing, never for showing. */
export async function readHeld(tx: Tx, { protector }: Pick<RegistryTools, 'protector'>, tenantId: number, partyIds: readonly string[], now: Date): Promise<Map<string, readonly FactStatement[]>> {
  const scope = jobScope(tenantId, JOB, 'fact.read');
  const owners = await listMergedIds(tx, scope, partyIds);
  const held = new Map<string, FactStatement[]>(partyIds.map((partyId) => [partyId, []]));
  for (const row of await readStatements(tx, scope, [...owners.keys()], now)) held.get(owners.get(row.partyId) ?? '')?.push(openStatement(protector, tenantId, row));
  return new Map(held);
}

/** Records what was delivered, in the order given; a statement that the registry does not take says why. */
export async function recordDelivered(tx: Tx, tools: RegistryTools, tenantId: number, statements: readonly NewDeliveredStatement[], now: Date): Promise<readonly Recorded[]> {
  if (statements.length === 0) return [];
  const scope = jobScope(tenantId, JOB, 'fact.record');
  return recordStatements(tx, scope, tools, statements.map((statement) => ({ ...statement, origin: '共享', trustClass: DELIVERED_TRUST })), now);
}
