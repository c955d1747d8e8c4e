// Takes in many people at once, with their facts and employers: what is new is added, what differs is added to, what is the same is left alone.
import type { ErrorDetail } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { type Employment, insertEmployments, readEmployments } from './employment-store.ts';
import type { FactBook } from './fact-book.ts';
import { insertStatements, readStatements, type StatementRow } from './fact-store.ts';
import { findDoublesOf, proposeNumberOfAnother } from './find-duplicates.ts';
import { type BroughtBefore, type ImportManner, type ImportSource, type Imported, newFacts, statementOf, there } from './import-facts.ts';
import { findHolders, findSameNamed, type SoughtDouble } from './import-people-store.ts';
import { otherName, sortStrangers } from './import-strangers.ts';
import { dayOf } from './party.ts';
import { countChange, insertParties } from './party-store.ts';
import { type CheckedPerson, checkPerson, isRefused, type NewPerson } from './person.ts';
import { insertPeople, type PersonRow, readPeople, type StoredPerson, updatePersonRow } from './person-store.ts';
import { enterSearch, refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { sealPerson, sealPhone } from './seal-person.ts';

/** One person of a batch. The jurisdiction counts for somebody new, and for others only where it is said to be `moves`. */
export interface PersonToImport {
  readonly person: NewPerson;
  readonly moves: boolean;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly employment: { readonly organisationId: string; readonly post: string | null; readonly startedOn: string } | null;
}

/** What the registry's own checks find wrong with a person and the facts given of it, without looking at the database. */
export function checkImportedPerson(tools: RegistryTools, row: Pick<PersonToImport, 'person' | 'facts'>, source: Pick<ImportSource, 'origin' | 'asOf'>, today: string): CheckedPerson | readonly ErrorDetail[] {
  const person = checkPerson(row.person, tools.factBook, today);
  const wrong = tools.factBook.check({ kind: 'person', facts: row.facts, origin: source.origin, asOf: source.asOf });
  return wrong.length === 0 ? person : [...(isRefused(person) ? person : []), ...wrong];
}

interface Sorted {
  readonly checked: readonly (CheckedPerson | readonly ErrorDetail[])[];
  /** By row: the party that has the row's number. */
  readonly holders: ReadonlyMap<number, string>;
  readonly before: BroughtBefore;
  readonly doubles: ReadonlySet<number>;
  readonly silent: ReadonlySet<number>;
  readonly standsFor: ReadonlyMap<number, string>;
  readonly refused: ReadonlyMap<number, readonly ErrorDetail[]>;
}

/**
 * Takes in a batch, of at most some thousand, each row by itself: a wrong one keeps no other from being written. Everybody has a number that
 * identifies them; rows with the same number must not stand in one batch.
 */
export async function importPeople(
  tx: Tx,
  scopes: { readonly person: Scope<'person.write'>; readonly fact: Scope<'fact.record'> },
  given: RegistryTools,
  source: ImportSource,
  rows: readonly PersonToImport[],
  manner: ImportManner,
): Promise<readonly Imported[]> {
  const tools: RegistryTools = { ...given, protector: rememberSearchKeys(given.protector), factBook: rememberUniversities(given.factBook) };
  const sorted = await sortRows(tx, scopes, tools, source, rows, manner);
  const { same } = sorted.before;
  const differing = new Map([...sorted.holders].filter(([at]) => !same.has(at) && !sorted.refused.has(at)));
  const changes = await changesOf(tx, scopes, tools, source, rows, { ...sorted, holders: differing }, manner.now);
  const added: PersonRow[] = [];
  const statements: StatementRow[] = [];
  const employments: Employment[] = [];
  const say = (partyId: string, facts: Readonly<Record<string, unknown>>): void => {
    if (!manner.isTrial && Object.keys(facts).length > 0) statements.push(statementOf(tools, scopes.fact.tenantId, source, partyId, facts, manner.now));
  };
  const employ = (partyId: string, { employment }: PersonToImport): void => {
    if (employment !== null) employments.push(employmentOf(source, partyId, employment, manner.now));
  };
  const updated: Change[] = [];
  const standIns: { readonly partyId: string; readonly holderId: string }[] = [];
  const doubles: string[] = [];
  const outcomes = rows.map((row, at): Imported => {
    const person = sorted.checked[at];
    if (person === undefined || isRefused(person)) return { outcome: 'wrong', details: person ?? [] };
    const refused = sorted.refused.get(at);
    if (refused !== undefined) return { outcome: 'wrong', details: refused };
    const holder = sorted.holders.get(at);
    if (holder !== undefined && same.has(at)) return { ...there, outcome: 'unchanged', partyId: holder };
    const change = changes.get(at);
    if (change !== undefined) {
      if ('details' in change) return { outcome: 'wrong', details: change.details };
      const { partyId, facts, isChange, isEmployed } = change;
      if (isChange) {
        updated.push(change);
        say(partyId, facts);
        if (isEmployed) employ(partyId, row);
      }
      return { ...there, outcome: sorted.silent.has(at) ? 'added' : isChange ? 'updated' : 'unchanged', partyId };
    }
    const isDouble = sorted.doubles.has(at);
    // An organisation is not told of doubles, so they are not put aside either: stewards get them at once.
    if (isDouble && source.changes !== null && !manner.withDoubles) return { outcome: 'double' };
    // Of a trial nothing is kept: nobody needs an id.
    const partyId = manner.isTrial ? '' : newId();
    const standsFor = sorted.standsFor.get(at) ?? null;
    if (standsFor !== null) standIns.push({ partyId, holderId: standsFor });
    // The number stays with who has it; birth date and sex, which it tells, are kept as the list's.
    if (!manner.isTrial) added.push(sealPerson(tools.protector, scopes.person.tenantId, partyId, standsFor === null ? person : { ...person, document: null }));
    if (isDouble && source.changes === null) doubles.push(partyId);
    say(partyId, standsFor === null ? row.facts : { ...toldByNumber(person), ...row.facts });
    employ(partyId, row);
    return { outcome: 'added', partyId, isNew: true, standsFor };
  });
  if (manner.isTrial) return outcomes;
  await insertParties(tx, scopes.person, 'person', added.map(({ partyId }) => partyId), manner.now);
  await insertPeople(tx, scopes.person, added);
  for (const { partyId, row } of updated) {
    await countChange(tx, scopes.person, partyId, undefined, manner.now);
    if (row !== undefined) await updatePersonRow(tx, scopes.person, row);
  }
  await insertStatements(tx, scopes.fact, statements);
  await insertEmployments(tx, scopes.fact, employments);
  const saidOf = Map.groupBy(statements, ({ partyId }) => partyId);
  const worksAt = Map.groupBy(employments, ({ partyId }) => partyId);
  const newcomers = added.map(({ partyId, name, jurisdictionCode }) => ({ partyId, name, jurisdictionCode, statements: saidOf.get(partyId) ?? [], employments: worksAt.get(partyId) ?? [] }));
  await enterSearch(tx, scopes.person, tools, 'person', newcomers);
  await refreshSearch(tx, scopes.person, tools, 'person', updated.map(({ partyId }) => partyId));
  for (const { partyId, holderId } of standIns) await proposeNumberOfAnother(tx, scopes.person, partyId, holderId, manner.now);
  for (const partyId of doubles) await findDoublesOf(tx, scopes.person, partyId, manner.now);
  return outcomes;
}

/** What the number would have said of somebody of whom it is not kept. */
function toldByNumber({ document }: CheckedPerson): Readonly<Record<string, unknown>> {
  return document?.kind === 'resident' || document?.kind === 'hong-kong-macau-taiwan' ? { 国籍: '中国' } : {};
}

async function sortRows(
  tx: Tx,
  scopes: { readonly person: Scope<'person.write'>; readonly fact: Scope<'fact.record'> },
  tools: RegistryTools,
  source: ImportSource,
  rows: readonly PersonToImport[],
  manner: ImportManner,
): Promise<Sorted> {
  const { person: scope } = scopes;
  const today = dayOf(manner.now);
  const checked = rows.map((row) => checkImportedPerson(tools, row, source, today));
  const rowsByKey = new Map<string, number>();
  const keys: Uint8Array[] = [];
  for (const [at, person] of checked.entries()) {
    if (isRefused(person) || person.document === null) continue;
    for (const key of tools.protector.searchKeys(scope.tenantId, 'identity-number', person.document.canonical)) {
      keys.push(key);
      rowsByKey.set(hexOf(key), at);
    }
  }
  const holders = new Map<number, string>();
  for (const { search, partyId } of await findHolders(tx, scope, keys)) {
    const at = rowsByKey.get(hexOf(search));
    if (at !== undefined) holders.set(at, partyId);
  }
  const sought = checked.flatMap((person, at): SoughtDouble[] => {
    if (isRefused(person) || holders.has(at) || person.birthDate === null) return [];
    return [{ at, name: person.name, birthDate: person.birthDate, idKind: person.document?.kind ?? null }];
  });
  const doubles = await findSameNamed(tx, scope, sought, manner.thereBefore);
  if (source.organisationId === null) return { checked, holders, before: await manner.before(holders), doubles, silent: new Set(), standsFor: new Map(), refused: new Map() };
  const people = new Map(checked.flatMap((person, at): [number, CheckedPerson][] => (isRefused(person) ? [] : [[at, person]])));
  return { checked, doubles, ...(await sortStrangers(tx, scopes, { organisationId: source.organisationId, people, holders }, manner)) };
}

interface Change {
  readonly partyId: string;
  readonly isChange: boolean;
  readonly row: PersonRow | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly isEmployed: boolean;
}

/** What rows about people who are there would change. */
async function changesOf(
  tx: Tx,
  scopes: { readonly person: Scope<'person.write'>; readonly fact: Scope<'fact.record'> },
  tools: RegistryTools,
  source: ImportSource,
  rows: readonly PersonToImport[],
  { checked, holders }: Sorted,
  now: Date,
): Promise<ReadonlyMap<number, Change | { readonly details: readonly ErrorDetail[] }>> {
  const changes = new Map<number, Change | { readonly details: readonly ErrorDetail[] }>();
  const ids = [...new Set(holders.values())];
  if (ids.length === 0) return changes;
  const people = new Map((await readPeople(tx, scopes.person, ids)).map((person) => [person.partyId, person]));
  const said = Map.groupBy(await readStatements(tx, scopes.fact, ids, now), ({ partyId }) => partyId);
  const employed = Map.groupBy(await readEmployments(tx, scopes.fact, ids), ({ partyId }) => partyId);
  for (const [at, partyId] of holders) {
    const [row, person, stored] = [rows[at], checked[at], people.get(partyId)];
    if (row === undefined || person === undefined || isRefused(person) || stored === undefined) continue;
    const details = conflictsOf(person, stored, source);
    if (details.length > 0) {
      changes.set(at, { details });
      continue;
    }
    const own = source.changes === null ? undefined : changedRow(tools, scopes.person.tenantId, person, stored, row.moves);
    const facts = newFacts(tools, scopes.fact.tenantId, source, said.get(partyId) ?? [], row.facts, now);
    const { employment } = row;
    const isEmployed =
      employment !== null &&
      !(employed.get(partyId) ?? []).some((one) => one.supersededAt === null && (source.changes !== null || one.origin === source.origin) && one.organisationId === employment.organisationId && one.startedOn === employment.startedOn && one.post === employment.post);
    const isChange = own !== undefined || isEmployed || Object.keys(facts).length > 0;
    changes.set(at, { partyId, isChange, row: own, facts, isEmployed });
  }
  return changes;
}

/** Why a row may not speak of the person who has its number. */
function conflictsOf(person: CheckedPerson, stored: StoredPerson, { changes }: ImportSource): readonly ErrorDetail[] {
  if (person.name !== stored.name) return [otherName];
  if (changes !== null && !changes.has(stored.jurisdictionCode)) {
    return [{ field: 'document.number', zh: '这个人由别的辖区管理，请由那个辖区更新，或先办转移。', en: 'Another jurisdiction looks after this person; let it make the change, or have the person moved first.' }];
  }
  return [];
}

function changedRow({ protector }: RegistryTools, tenantId: number, person: CheckedPerson, stored: StoredPerson, moves: boolean): PersonRow | undefined {
  const isMoved = moves && person.jurisdictionCode !== stored.jurisdictionCode;
  const { phone } = person;
  const isPhoneNew = phone !== null && !protector.searchKeys(tenantId, 'phone', phone).some((key) => stored.phoneSearch !== null && Buffer.from(key).equals(stored.phoneSearch));
  if (!isMoved && !isPhoneNew) return undefined;
  return {
    ...stored,
    jurisdictionCode: isMoved ? person.jurisdictionCode : stored.jurisdictionCode,
    ...(isPhoneNew ? sealPhone(protector, tenantId, 'people', stored.partyId, phone) : { phoneSealed: stored.phoneSealed, phoneSearch: stored.phoneSearch }),
  };
}

function employmentOf(source: ImportSource, partyId: string, employment: NonNullable<PersonToImport['employment']>, now: Date): Employment {
  return {
    partyId,
    employmentId: newId(),
    organisationId: employment.organisationId,
    post: employment.post,
    startedOn: employment.startedOn,
    endedOn: null,
    origin: source.origin,
    trustClass: source.trustClass,
    departmentId: source.departmentId,
    evidenceId: null,
    recordedAt: now,
    recordedBy: source.recordedBy,
    supersededAt: null,
  };
}

/** A protector that works out a search key once: a batch looks for a number and then writes it, and last four digits come again and again. */
function rememberSearchKeys(protector: Protector): Protector {
  const known = new Map<string, Uint8Array[]>();
  const searchKeys = (tenantId: number, purpose: string, value: string): Uint8Array[] => {
    const name = `${purpose}:${value}`;
    let keys = known.get(name);
    if (keys === undefined) known.set(name, (keys = protector.searchKeys(tenantId, purpose, value)));
    return keys;
  };
  return {
    seal: (place, plain) => protector.seal(place, plain),
    open: (place, sealed) => protector.open(place, sealed),
    openText: (place, sealed) => protector.openText(place, sealed),
    // The key in force is the first of those that serve.
    searchKey: (tenantId, purpose, value) => searchKeys(tenantId, purpose, value)[0] ?? protector.searchKey(tenantId, purpose, value),
    searchKeys,
    digest: (tenantId, value) => protector.digest(tenantId, value),
    sign: (data) => protector.sign(data),
    verify: (data, keyId, signature) => protector.verify(data, keyId, signature),
    isCurrent: (sealed) => protector.isCurrent(sealed),
  };
}

/** A fact book that recognises a university once: most people of a list come from a few. */
function rememberUniversities(factBook: FactBook): FactBook {
  const known = new Map<unknown, Readonly<Record<string, string>> | null>();
  return {
    ...factBook,
    recognise(facts) {
      // Only text facts are recognised; what else is given makes no difference.
      const texts = Object.entries(facts).filter(([name]) => factBook.fact('person', name)?.type === 'text');
      const written = JSON.stringify(texts);
      let found = known.get(written);
      if (found === undefined) known.set(written, (found = factBook.recognise(facts)));
      return found;
    },
  };
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
