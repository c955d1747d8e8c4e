// Takes in many organisations at once, with their facts: what is new is added, what differs is added to, what is the same is left alone.
import type { ErrorDetail } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type CheckedOrganisation, checkOrganisation, type NewOrganisation, sealOrganisation } from './enter-organisation.ts';
import { insertStatements, readStatements, type StatementRow } from './fact-store.ts';
import { type ImportManner, type ImportSource, type Imported, newFacts, statementOf, there } from './import-facts.ts';
import { findCodeHolders, insertOrganisations, type OrganisationRow, readOrganisations, type StoredOrganisation, updateOrganisationRow } from './organisation-store.ts';
import { dayOf } from './party.ts';
import { countChange, insertParties } from './party-store.ts';
import { isRefused } from './person.ts';
import { insertFormerName } from './person-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { sealPhone } from './seal-person.ts';

/** One organisation of a batch; the jurisdiction counts for a new one, and for others only where it is said to be `moves`. */
export interface OrganisationToImport {
  readonly organisation: NewOrganisation;
  readonly moves: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
}

interface Change {
  readonly stored: StoredOrganisation;
  readonly row: OrganisationRow | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What the registry's own checks find wrong with an organisation and the facts given of it, without looking at the database. */
export function checkImportedOrganisation(
  { factBook }: RegistryTools,
  row: Pick<OrganisationToImport, 'organisation' | 'facts'>,
  source: Pick<ImportSource, 'origin' | 'asOf'>,
  today: string,
): CheckedOrganisation | readonly ErrorDetail[] {
  const organisation = checkOrganisation(row.organisation, today);
  const wrong = factBook.check({ kind: 'organisation', facts: row.facts, origin: source.origin, asOf: source.asOf });
  return wrong.length === 0 ? organisation : [...(isRefused(organisation) ? organisation : []), ...wrong];
}

/**
 * Takes in a batch, of at most some thousand, each row by itself. Every organisation has a code; rows with the same code must not stand in
 * one batch.
 */
export async function importOrganisations(
  tx: Tx,
  scopes: { readonly organisation: Scope<'organisation.write'>; readonly fact: Scope<'fact.record'> },
  tools: RegistryTools,
  source: ImportSource,
  rows: readonly OrganisationToImport[],
  manner: ImportManner,
): Promise<readonly Imported[]> {
  const { tenantId } = scopes.organisation;
  const today = dayOf(manner.now);
  const checked = rows.map((row) => checkImportedOrganisation(tools, row, source, today));
  const codes = checked.flatMap((one) => (!isRefused(one) && one.creditCode !== null ? [one.creditCode] : []));
  const byCode = await findCodeHolders(tx, scopes.organisation, codes);
  const holders = new Map(checked.flatMap((one, at): [number, string][] => {
    const holder = isRefused(one) ? undefined : byCode.get(one.creditCode ?? '');
    return holder === undefined ? [] : [[at, holder]];
  }));
  const { same } = await manner.before(holders);
  const differing = new Map([...holders].filter(([at]) => !same.has(at)));
  const changes = await changesOf(tx, scopes, tools, source, rows, checked, differing, manner.now);
  const added: OrganisationRow[] = [];
  const statements: StatementRow[] = [];
  const updated: Change[] = [];
  const say = (partyId: string, facts: Readonly<Record<string, unknown>>): void => {
    if (!manner.isTrial && Object.keys(facts).length > 0) statements.push(statementOf(tools, tenantId, source, partyId, facts, manner.now));
  };
  const outcomes = rows.map((row, at): Imported => {
    const organisation = checked[at];
    if (organisation === undefined || isRefused(organisation)) return { outcome: 'wrong', details: organisation ?? [] };
    const holder = holders.get(at);
    if (holder !== undefined && same.has(at)) return { ...there, outcome: 'unchanged', partyId: holder };
    const change = changes.get(at);
    if (change !== undefined) {
      if ('details' in change) return { outcome: 'wrong', details: change.details };
      const { partyId } = change.stored;
      if (change.row === undefined && Object.keys(change.facts).length === 0) return { ...there, outcome: 'unchanged', partyId };
      updated.push(change);
      say(partyId, change.facts);
      return { ...there, outcome: 'updated', partyId };
    }
    const partyId = newId();
    if (!manner.isTrial) added.push(sealOrganisation(tools, tenantId, partyId, organisation));
    say(partyId, row.facts);
    return { outcome: 'added', partyId, isNew: true, standsFor: null };
  });
  if (manner.isTrial) return outcomes;
  await insertParties(tx, scopes.organisation, 'organisation', added.map(({ partyId }) => partyId), manner.now);
  await insertOrganisations(tx, scopes.organisation, added);
  for (const change of updated) await write(tx, scopes.organisation, change, source.recordedBy, manner.now);
  await insertStatements(tx, scopes.fact, statements);
  await refreshSearch(tx, scopes.organisation, tools, 'organisation', [...added.map(({ partyId }) => partyId), ...updated.map(({ stored }) => stored.partyId)]);
  return outcomes;
}

async function write(tx: Tx, scope: Scope<'organisation.write'>, { stored, row }: Change, recordedBy: string, now: Date): Promise<void> {
  const { partyId, name } = stored;
  await countChange(tx, scope, partyId, undefined, now);
  if (row === undefined) return;
  if (row.name !== name) await insertFormerName(tx, scope, { partyId, nameId: newId(), name, validTo: dayOf(now), recordedAt: now, recordedBy });
  await updateOrganisationRow(tx, scope, row);
}

async function changesOf(
  tx: Tx,
  scopes: { readonly organisation: Scope<'organisation.write'>; readonly fact: Scope<'fact.record'> },
  tools: RegistryTools,
  source: ImportSource,
  rows: readonly OrganisationToImport[],
  checked: readonly (CheckedOrganisation | readonly ErrorDetail[])[],
  holders: ReadonlyMap<number, string>,
  now: Date,
): Promise<ReadonlyMap<number, Change | { readonly details: readonly ErrorDetail[] }>> {
  const changes = new Map<number, Change | { readonly details: readonly ErrorDetail[] }>();
  const ids = [...new Set(holders.values())];
  if (ids.length === 0) return changes;
  const there = new Map((await readOrganisations(tx, scopes.organisation, ids)).map((one) => [one.partyId, one]));
  const said = Map.groupBy(await readStatements(tx, scopes.fact, ids, now), ({ partyId }) => partyId);
  for (const [at, partyId] of holders) {
    const [row, organisation, stored] = [rows[at], checked[at], there.get(partyId)];
    if (row === undefined || stored === undefined || organisation === undefined || isRefused(organisation)) continue;
    if (source.changes !== null && !source.changes.has(stored.jurisdictionCode)) {
      const detail = { field: 'creditCode', zh: '这家单位由别的辖区管理，请由那个辖区更新，或先办转移。', en: 'Another jurisdiction looks after this organisation; let it make the change, or have it moved first.' };
      changes.set(at, { details: [detail] });
      continue;
    }
    const facts = newFacts(tools, scopes.fact.tenantId, source, said.get(stored.partyId) ?? [], row.facts, now);
    changes.set(at, { stored, row: changedRow(tools, scopes.organisation.tenantId, organisation, stored, row.moves), facts });
  }
  return changes;
}

/** The row as it would be; what a cell leaves empty stays. Undefined where nothing differs. */
function changedRow({ protector }: RegistryTools, tenantId: number, given: CheckedOrganisation, stored: StoredOrganisation, moves: boolean): OrganisationRow | undefined {
  const row: OrganisationRow = {
    partyId: stored.partyId,
    name: given.name,
    jurisdictionCode: moves ? given.jurisdictionCode : stored.jurisdictionCode,
    creditCode: stored.creditCode,
    registeredOn: given.registeredOn ?? stored.registeredOn,
    address: given.address ?? stored.address,
    phoneSealed: stored.phoneSealed,
    phoneSearch: stored.phoneSearch,
  };
  const { phone } = given;
  const isPhoneNew = phone !== null && !protector.searchKeys(tenantId, 'phone', phone).some((key) => stored.phoneSearch !== null && Buffer.from(key).equals(stored.phoneSearch));
  const isSame =
    !isPhoneNew && row.name === stored.name && row.jurisdictionCode === stored.jurisdictionCode && row.registeredOn === stored.registeredOn && row.address === stored.address;
  if (isSame) return undefined;
  return isPhoneNew ? { ...row, ...sealPhone(protector, tenantId, 'organisations', stored.partyId, phone) } : row;
}
