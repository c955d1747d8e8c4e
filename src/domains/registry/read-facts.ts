// What is known of a party for a day, as of an instant, with the origin of every fact; sensitive facts only with a consent or a duty.
import { type Purpose, purposes } from '../../contract/purposes.ts';
import { isMinor, type SensitiveGroupCode, sensitiveGroupCodes, sensitiveGroupOf } from '../../contract/sensitive-facts.ts';
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import { findOpenGroups } from './consent-store.ts';
import { type Employment, readEmployments } from './employment-store.ts';
import { readStatements, readStatementsOfParty } from './fact-store.ts';
import { type AsOf, type FactStatement, type KnownFact, knownFacts, type StatementOrigin, type TrustClass } from './known-facts.ts';
import { dayOf, type PartyInReach, type PartyKind } from './party.ts';
import { getPartyInReach, isReached, listIdsKnownAt } from './party-store.ts';
import { readRegisterEntries, type RegisterEntry } from './person-store.ts';
import type { RegistryTools } from './registry-tools.ts';
import { openStatement } from './statement.ts';

/** When and for what one asks. */
export interface FactQuestion extends AsOf {
  /** Without it sensitive facts are left out, unless they are one's own. */
  readonly purpose?: Purpose | undefined;
  /** When one asks: consents have to be in force then; now where it is not given. */
  readonly askedAt?: Date | undefined;
}

/** A sensitive fact that is held and was not given. */
export interface WithheldFact {
  readonly name: string;
  readonly group: SensitiveGroupCode;
}

/** What is known of a party. */
export interface KnownParty {
  readonly party: PartyInReach;
  readonly facts: ReadonlyMap<string, KnownFact>;
  /** Held and not given: no consent for this purpose is in force. */
  readonly withheld: readonly WithheldFact[];
}

/** What was said of a party. */
interface StatementsOfParty {
  readonly party: PartyInReach;
  /** The entry of a person. */
  readonly person: RegisterEntry | undefined;
  readonly statements: readonly FactStatement[];
  readonly withheld: readonly WithheldFact[];
}

/** Every statement of a party that was known at an instant, without the sensitive facts that this caller may not see. @throws Refusal not-found. */
export async function readStatementsOf(tx: Tx, scope: Scope<'fact.read'>, tools: RegistryTools, asked: string | PartyInReach, question: Omit<FactQuestion, 'on'>): Promise<StatementsOfParty> {
  const party = await reachParty(tx, scope, asked);
  return readSaid(tx, scope, tools, party, await listIdsKnownAt(tx, scope, party.partyId, question.knownAt), question);
}

/** The party, within reach. @throws Refusal not-found. */
async function reachParty(tx: Tx, scope: Scope<'fact.read'>, asked: string | PartyInReach): Promise<PartyInReach> {
  if (typeof asked === 'string') return getPartyInReach(tx, scope, asked, 'own');
  // A party that was read for another right has to be within reach of this one too.
  if (!(await isReached(tx, scope, asked, 'own'))) throw new Refusal('not-found');
  return asked;
}

/** What was said of a party in reach. @param then every id under which its rows stood at the instant of the question */
async function readSaid(tx: Tx, scope: Scope<'fact.read'>, tools: RegistryTools, party: PartyInReach, then: readonly string[], question: Omit<FactQuestion, 'on'>): Promise<StatementsOfParty> {
  const { knownAt, purpose, askedAt = new Date() } = question;
  const ids = idsToRead(scope, party, then);
  const [rows, [person]] = await Promise.all([readStatements(tx, scope, ids, knownAt), party.kind === 'person' ? readRegisterEntries(tx, scope, [party.partyId]) : []]);
  const isChild = person !== undefined && isMinor(person.birthDate, dayOf(askedAt));
  const open = isChild || rows.some((row) => row.sensitiveSealed !== null) ? await findReadableGroups(tx, scope, party, purpose, askedAt) : new Set<SensitiveGroupCode>();
  const withheld = new Map<string, SensitiveGroupCode>();
  const statements = rows.map((row) => {
    const statement = openStatement(tools.protector, scope.tenantId, row);
    const closed = new Set<string>();
    for (const name of Object.keys(statement.facts)) {
      const group = sensitiveGroupOf(name) ?? (isChild ? 'minor' : undefined);
      if (group === undefined || open.has(group)) continue;
      closed.add(name);
      withheld.set(name, group);
    }
    if (closed.size === 0) return statement;
    return { ...statement, facts: Object.fromEntries(Object.entries(statement.facts).filter(([name]) => !closed.has(name))) };
  });
  return { party, person, statements, withheld: [...withheld].map(([name, group]) => ({ name, group })) };
}

/** What is known of a party for a day, as of an instant. @throws Refusal not-found. */
export async function readKnownFacts(tx: Tx, scope: Scope<'fact.read'>, tools: RegistryTools, partyId: string, question: FactQuestion): Promise<KnownParty> {
  const { party, statements, withheld } = await readStatementsOf(tx, scope, tools, partyId, question);
  return { party, facts: knownFacts(statements, question), withheld };
}

/** A person who asks sees what now is theirs: facts of somebody else that a wrong merge once mixed in are not shown again. */
function idsToRead(scope: Scope<'fact.read'>, party: PartyInReach, then: readonly string[]): readonly string[] {
  const isOwn = scope.reach.kind === 'parties' || scope.reach.kind === 'organisation';
  return isOwn ? then.filter((id) => party.ids.includes(id)) : then;
}

/** The groups of sensitive facts that the caller may read for a purpose: one's own; by consent; by the duty to supervise. */
async function findReadableGroups(tx: Tx, scope: Scope<'fact.read'>, party: PartyInReach, purpose: Purpose | undefined, askedAt: Date): Promise<ReadonlySet<SensitiveGroupCode>> {
  if (scope.reach.kind === 'parties') return new Set(sensitiveGroupCodes);
  if (purpose === undefined) return new Set();
  if (purposes[purpose].basis === 'duty') {
    // Whoever names a duty must have it: the permission table says who supervises.
    return mayDo(() => scopeAlso(scope, 'fact.supervise')) === undefined || purpose !== 'supervision' ? new Set() : new Set(sensitiveGroupCodes);
  }
  const reading = mayDo(() => scopeAlso(scope, 'fact.read-sensitive'));
  return reading === undefined ? new Set() : findOpenGroups(tx, reading, party.ids, purpose, dayOf(askedAt));
}

function mayDo<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Where a fact of an evaluation comes from. */
export type FactSource =
  | {
      readonly source: 'statement';
      readonly statementId: string;
      readonly partyId: string;
      readonly origin: StatementOrigin;
      readonly trustClass: TrustClass;
      readonly departmentId: string | null;
      readonly evidenceId: string | null;
      readonly asOf: string;
      readonly recordedAt: string;
      /** As the source wrote it, where that differs. */
      readonly written?: unknown;
    }
  /** The party's own entry: the identity number tells birth date and nationality. */
  | { readonly source: 'register'; readonly partyId: string }
  | { readonly source: 'employment'; readonly partyId: string; readonly employmentId: string; readonly trustClass: TrustClass };

/** A subject for the policy engine, and where each of its facts comes from. */
export interface EvaluationSubject {
  readonly id: string;
  readonly subject: PartyKind;
  /** In the form of the policy contract; what the employer is stands under 用人单位. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** By name; facts of the employer as 用人单位.X. */
  readonly origins: Readonly<Record<string, FactSource>>;
  readonly withheld: readonly WithheldFact[];
}

const EMPLOYER = '用人单位';
const BIRTH_DATE = '出生日期';
const NATIONALITY = '国籍';
const ENTRY_DATE = '入职日期';

/**
 * The subject that rules are asked with. What no statement says is taken from the register (birth date, nationality) and from the employment
 * in force (date of entry). Where an employer is known, only what is known of that organisation stands under 用人单位; what the person said
 * of an employer counts where none is.
 * @param asked the party's id, or the party as it was read in this transaction
 * @throws Refusal not-found.
 */
export async function factsForEvaluation(tx: Tx, scope: Scope<'fact.read'>, tools: RegistryTools, asked: string | PartyInReach, question: FactQuestion): Promise<EvaluationSubject> {
  const party = await reachParty(tx, scope, asked);
  const isPerson = party.kind === 'person';
  const [then, ofNow] = await Promise.all([listIdsKnownAt(tx, scope, party.partyId, question.knownAt), isPerson ? readEmployments(tx, scope, party.ids) : []]);
  // Nearly always the ids of then are those of now.
  const employments = !isPerson || then.every((id) => party.ids.includes(id)) ? ofNow.filter(({ partyId }) => then.includes(partyId)) : await readEmployments(tx, scope, then);
  const employment = employmentOn(employments, question);
  const [{ person, statements: saidOfParty, withheld }, ofEmployer] = await Promise.all([
    readSaid(tx, scope, tools, party, then, question),
    employment === undefined ? new Map<string, KnownFact>() : readFactsOfEmployer(tx, scope, tools, employment, question),
  ]);
  const known = knownFacts(saidOfParty, question);
  const facts: Record<string, unknown> = {};
  const said: Record<string, unknown> = {};
  for (const fact of known.values()) {
    if (fact.name.startsWith(`${EMPLOYER}.`)) said[fact.name.slice(EMPLOYER.length + 1)] = fact.value;
    else facts[fact.name] = fact.value;
  }
  const fromRegister = person === undefined ? [] : addRegister(person, question.knownAt, facts);
  const entered = employment !== undefined && facts[ENTRY_DATE] === undefined ? employment : undefined;
  if (entered !== undefined) facts[ENTRY_DATE] = entered.startedOn;
  const employer: Record<string, unknown> = {};
  for (const fact of ofEmployer.values()) employer[fact.name] = fact.value;
  // What the person said of an employer counts where none is known.
  const ofGroup = employment === undefined ? said : employer;
  if (isPerson && Object.keys(ofGroup).length > 0) facts[EMPLOYER] = ofGroup;
  let origins: EvaluationSubject['origins'] | undefined;
  return {
    id: party.partyId,
    subject: party.kind,
    facts,
    // Rules do not ask for it: it is put together for whoever does.
    get origins() {
      return (origins ??= originsOf({ known, ofEmployer: employment === undefined ? undefined : ofEmployer, fromRegister, registered: party.partyId, entered }));
    },
    withheld,
  };
}

/** Of what the facts of a subject were taken. */
interface Taken {
  readonly known: ReadonlyMap<string, KnownFact>;
  /** undefined where no employer is known. */
  readonly ofEmployer: ReadonlyMap<string, KnownFact> | undefined;
  /** Names of what the register told. */
  readonly fromRegister: readonly string[];
  /** Whose entry that is. */
  readonly registered: string;
  /** The employment that told the date of entry. */
  readonly entered: Employment | undefined;
}

function originsOf({ known, ofEmployer, fromRegister, registered, entered }: Taken): EvaluationSubject['origins'] {
  const origins: Record<string, FactSource> = {};
  for (const fact of known.values()) if (ofEmployer === undefined || !fact.name.startsWith(`${EMPLOYER}.`)) origins[fact.name] = sourceOf(fact);
  for (const name of fromRegister) origins[name] = { source: 'register', partyId: registered };
  if (entered !== undefined) origins[ENTRY_DATE] = { source: 'employment', partyId: entered.partyId, employmentId: entered.employmentId, trustClass: entered.trustClass };
  for (const fact of ofEmployer?.values() ?? []) origins[`${EMPLOYER}.${fact.name}`] = sourceOf(fact);
  return origins;
}

/** What is known of the organisation that somebody works for. */
async function readFactsOfEmployer(tx: Tx, scope: Scope<'fact.read'>, { protector }: RegistryTools, { organisationId }: Employment, question: FactQuestion): Promise<ReadonlyMap<string, KnownFact>> {
  return knownFacts((await readStatementsOfParty(tx, scope, organisationId, question.knownAt)).map((row) => openStatement(protector, scope.tenantId, row)), question);
}

/** Adds what the entry itself tells and no statement says, and gives its names. */
function addRegister(person: RegisterEntry, knownAt: Date, facts: Record<string, unknown>): readonly string[] {
  if (person.createdAt.getTime() > knownAt.getTime()) return [];
  const isForeign = person.idKind === 'permanent-resident' || person.idKind === 'permanent-resident-old';
  const isChinese = person.idKind === 'resident' || person.idKind === 'hong-kong-macau-taiwan';
  const added: string[] = [];
  for (const [name, value] of [[BIRTH_DATE, person.birthDate], [NATIONALITY, isForeign ? '外国' : isChinese ? '中国' : null]] as const) {
    if (value === null || facts[name] !== undefined) continue;
    facts[name] = value;
    added.push(name);
  }
  return added;
}

/**
 * The employment that counts for a day, as of an instant: of those that hold, the best trusted, then the one begun last, then the one
 * recorded last.
 */
function employmentOn(employments: readonly Employment[], { on, knownAt }: AsOf): Employment | undefined {
  const at = knownAt.getTime();
  return employments
    .filter((one) => one.recordedAt.getTime() <= at && (one.supersededAt === null || one.supersededAt.getTime() > at))
    .filter((one) => one.startedOn <= on && (one.endedOn === null || one.endedOn >= on))
    .sort(
      (a, b) =>
        a.trustClass.localeCompare(b.trustClass) ||
        b.startedOn.localeCompare(a.startedOn) ||
        b.recordedAt.getTime() - a.recordedAt.getTime() ||
        b.employmentId.localeCompare(a.employmentId),
    )[0];
}

function sourceOf({ statement, written }: KnownFact): FactSource {
  return {
    source: 'statement',
    statementId: statement.statementId,
    partyId: statement.partyId,
    origin: statement.origin,
    trustClass: statement.trustClass,
    departmentId: statement.departmentId,
    evidenceId: statement.evidenceId,
    asOf: statement.asOf,
    recordedAt: statement.recordedAt.toISOString(),
    ...(written === undefined ? {} : { written }),
  };
}
