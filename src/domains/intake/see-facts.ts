// The facts by which an application is judged for whoever files it: what the caller may see of the party, and no more.
import type { Tx } from '../../storage/database.ts';
import { jobScope, type Scope, scopeAlso } from '../permissions/index.ts';
import { dayOf, type EvaluationSubject, factsForEvaluation, type FactStatement, knownFacts, listMergedIds, openStatement, type PartyInReach, readEmployments, readOrganisationPlaces, readRegisterEntries, readStatements, type RegistryTools } from '../registry/index.ts';
import type { IntakeParts } from './intake-parts.ts';

/** The employer of a person on a day. */
export interface Employer {
  readonly partyId: string;
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly startedOn: string;
}

/**
 * With whom a person works on the day of `now`: the best trusted employment, then the one begun last; undefined where there is none.
 * @param organisationId asks for this employer only
 */
export async function findEmployer(tx: Tx, { tenantId }: Scope, { ids, kind }: Pick<PartyInReach, 'ids' | 'kind'>, now: Date, organisationId?: string): Promise<Employer | undefined> {
  if (kind !== 'person') return undefined;
  const today = dayOf(now);
  // Whoever files reaches the person already; where the case belongs follows from the employment, whoever may read it.
  const scope = jobScope(tenantId, 'intake', 'fact.read');
  const same = organisationId === undefined ? undefined : await listMergedIds(tx, scope, [organisationId]);
  const [employment] = (await readEmployments(tx, scope, ids))
    .filter(({ supersededAt, startedOn, endedOn }) => supersededAt === null && startedOn <= today && (endedOn === null || endedOn >= today))
    .filter((one) => same === undefined || same.has(one.organisationId))
    .sort((a, b) => a.trustClass.localeCompare(b.trustClass) || b.startedOn.localeCompare(a.startedOn) || b.recordedAt.getTime() - a.recordedAt.getTime());
  // Asked for nobody too, so that those who file at the same moment stay in step and share their statements.
  const [organisation] = await readOrganisationPlaces(tx, scope, employment === undefined ? [] : [organisationId ?? employment.organisationId]);
  return organisation === undefined || employment === undefined ? undefined : { partyId: organisation.partyId, name: organisation.name, jurisdictionCode: organisation.jurisdictionCode, startedOn: employment.startedOn };
}

/** Whose facts are asked for, and who told what an employer may use. */
export interface FactsWanted {
  readonly party: PartyInReach;
  readonly employer: Employer | undefined;
  /** Accounts whose statements about its people an organisation may use. */
  readonly toldBy: readonly string[];
  readonly now: Date;
}

/**
 * What is known of the party, as far as the caller may see it. An employer sees of its people what it told itself, their identity and its own
 * facts: what departments and the people themselves say is not the employer's to read, nor to find out by asking what the engine thinks.
 */
export async function seeFacts(tx: Tx, scope: Scope<'application.file'>, parts: Pick<IntakeParts, 'registry'>, wanted: FactsWanted): Promise<EvaluationSubject> {
  const { party, now } = wanted;
  return seesRecord(scope, party) ? readRecord(tx, scope, parts, party, now) : toldFacts(tx, scope.tenantId, parts.registry, wanted);
}

/** Whether the caller sees what is on record of the party, and not only what an employer told itself. */
export function seesRecord({ reach }: Scope<'application.file'>, { ids }: Pick<PartyInReach, 'ids'>): boolean {
  return reach.kind !== 'organisation' || ids.includes(reach.organisationId) || ids.includes(reach.partyId);
}

/** What is on record of a party that the caller {@link seesRecord} of. @throws Refusal not-found. */
export function readRecord(tx: Tx, scope: Scope<'application.file'>, { registry }: Pick<IntakeParts, 'registry'>, party: PartyInReach, now: Date): Promise<EvaluationSubject> {
  return factsForEvaluation(tx, scopeAlso(scope, 'fact.read'), registry, party, { on: dayOf(now), knownAt: now, purpose: 'eligibility', askedAt: now });
}

async function toldFacts(tx: Tx, tenantId: number, registry: RegistryTools, { party, employer, toldBy, now }: FactsWanted): Promise<EvaluationSubject> {
  const reading = jobScope(tenantId, 'intake', 'fact.read');
  const question = { on: dayOf(now), knownAt: now };
  const facts: Record<string, unknown> = {};
  const origins: Record<string, EvaluationSubject['origins'][string]> = {};
  const told = (await readStatements(tx, reading, party.ids, now))
    .filter(({ origin, recordedBy }) => origin === '申报' && toldBy.includes(recordedBy))
    .map((row) => openStatement(registry.protector, tenantId, row));
  for (const { name, value, statement } of knownFacts(told, question).values()) {
    if (name.startsWith('用人单位.')) continue;
    facts[name] = value;
    origins[name] = sourceOf(statement);
  }
  const [person] = await readRegisterEntries(tx, reading, [party.partyId]);
  const isChinese = person?.idKind === 'resident' || person?.idKind === 'hong-kong-macau-taiwan';
  const register = { 出生日期: person?.birthDate ?? undefined, 国籍: isChinese ? '中国' : undefined };
  for (const [name, value] of Object.entries(register)) {
    if (value === undefined || facts[name] !== undefined) continue;
    facts[name] = value;
    origins[name] = { source: 'register', partyId: party.partyId };
  }
  if (employer !== undefined) {
    facts['入职日期'] ??= employer.startedOn;
    const ids = [...(await listMergedIds(tx, reading, [employer.partyId])).keys()];
    const own: Record<string, unknown> = {};
    for (const { name, value, statement } of knownFacts(await readStatements(tx, reading, ids, now), question).values()) {
      own[name] = value;
      origins[`用人单位.${name}`] = sourceOf(statement);
    }
    if (Object.keys(own).length > 0) facts['用人单位'] = own;
  }
  return { id: party.partyId, subject: 'person', facts, origins, withheld: [] };
}

function sourceOf(statement: FactStatement): EvaluationSubject['origins'][string] {
  const { statementId, partyId, origin, trustClass, departmentId, evidenceId, asOf, recordedAt } = statement;
  return { source: 'statement', statementId, partyId, origin, trustClass, departmentId, evidenceId, asOf, recordedAt: recordedAt.toISOString() };
}
