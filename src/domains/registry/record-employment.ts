// Records who works for whom and who belongs to whom; what was recorded before is superseded, never changed.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import { type Employment, type FamilyRelation, insertEmployments, insertRelative, readEmployments, readRelatives, type Relative, supersedeEmployment } from './employment-store.ts';
import type { StatementOrigin, TrustClass } from './known-facts.ts';
import { dayOf, earlierDay, nameActor } from './party.ts';
import { noPapers } from './papers-port.ts';
import { findPartyInReach, getPartyInReach, readKinds } from './party-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { checkDates, checkSource } from './statement.ts';

/** A period of work as entered. Dates are `YYYY-MM-DD`, the end is the last day. */
export interface NewEmployment {
  readonly partyId: string;
  readonly organisationId: string;
  readonly post?: string | null | undefined;
  readonly startedOn: string;
  readonly endedOn?: string | null | undefined;
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly evidenceId?: string | null | undefined;
  /** The row that this one takes the place of, such as one without its end. */
  readonly supersedes?: string | undefined;
}

/**
 * Records an employment.
 * @throws Refusal not-found (person, or superseded row), input-invalid, correction-too-weak, evidence-unfit.
 */
export async function recordEmployment(tx: Tx, scope: Scope<'fact.record'>, tools: RegistryTools, input: NewEmployment, now: Date): Promise<{ readonly partyId: string; readonly employmentId: string }> {
  const party = await getPartyInReach(tx, scope, input.partyId, 'own');
  const details: ErrorDetail[] = [...checkDates({ asOf: dayOf(now), validFrom: input.startedOn, validTo: input.endedOn }, dayOf(now))];
  const wrongSource = checkSource(scope.actor, input);
  if (wrongSource !== undefined) details.push(wrongSource);
  if (party.kind !== 'person') details.push({ field: 'partyId', zh: '只有个人有任职。', en: 'Only people have employments.' });
  // Organisations are public, so any of the city may be named.
  const kind = (await readKinds(tx, scope, [input.organisationId])).get(input.organisationId);
  if (kind !== 'organisation') details.push({ field: 'organisationId', zh: '没有这个单位，请先登记单位。', en: 'There is no such organisation; enter it first.' });
  if (details.length > 0) throw new Refusal('input-invalid', { count: details.length }, details);
  // What people tell of themselves rests on no paper.
  const evidenceId = input.origin === '申报' ? null : (input.evidenceId ?? null);
  // The employer's paper proves the employment as well as the person's; one that is over is proved by a paper of then.
  if (evidenceId !== null) await (tools.papers ?? noPapers).require(tx, scope, { evidenceId, partyIds: [party.partyId, input.organisationId], on: earlierDay(input.endedOn, now) });
  let holder = party.partyId;
  if (input.supersedes !== undefined) {
    const before = (await readEmployments(tx, scope, party.ids)).find((one) => one.employmentId === input.supersedes && one.supersededAt === null);
    if (before === undefined) throw new Refusal('not-found');
    if (input.trustClass > before.trustClass) throw new Refusal('correction-too-weak', { class: before.trustClass });
    holder = before.partyId;
    await supersedeEmployment(tx, scope, before.partyId, before.employmentId, now);
  }
  const { capacity } = scope.actor;
  const employment: Employment = {
    partyId: holder,
    employmentId: newId(),
    organisationId: input.organisationId,
    post: input.post?.trim() || null,
    startedOn: input.startedOn,
    endedOn: input.endedOn ?? null,
    origin: input.origin,
    trustClass: input.trustClass,
    departmentId: capacity.kind === 'officer' && input.origin !== '申报' ? capacity.departmentId : null,
    evidenceId,
    recordedAt: now,
    recordedBy: nameActor(scope.actor),
    supersededAt: null,
  };
  await insertEmployments(tx, scope, [employment]);
  await refreshSearch(tx, scope, tools, 'person', party.ids);
  return { partyId: party.partyId, employmentId: employment.employmentId };
}

/** An employment with the organisation's name. */
export interface EmploymentView extends Employment {
  readonly organisationName: string;
}

/** Every employment of a person, superseded ones included. @throws Refusal not-found. */
export async function listEmployments(tx: Tx, scope: Scope<'fact.read'>, partyId: string): Promise<readonly EmploymentView[]> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const employments = await readEmployments(tx, scope, party.ids);
  const reading = scopeAlso(scope, 'organisation.read');
  const names = new Map<string, string>();
  for (const id of new Set(employments.map((one) => one.organisationId))) {
    const organisation = await findPartyInReach(tx, reading, id);
    if (organisation !== undefined) names.set(id, organisation.name);
  }
  return employments.map((one) => ({ ...one, organisationName: names.get(one.organisationId) ?? '' }));
}

/** A relative as entered. */
export interface NewRelative {
  readonly partyId: string;
  readonly relativeId: string;
  /** What the relative is to the party. */
  readonly relation: FamilyRelation;
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly evidenceId?: string | null | undefined;
  readonly validFrom?: string | null | undefined;
  readonly validTo?: string | null | undefined;
}

/**
 * Records a relative; both have to be in reach, so that nobody ties themselves to a stranger.
 * @throws Refusal not-found, input-invalid, evidence-unfit.
 */
export async function recordRelative(tx: Tx, scope: Scope<'fact.record'>, { papers = noPapers }: RegistryTools, input: NewRelative, now: Date): Promise<{ readonly partyId: string; readonly relationId: string }> {
  const party = await getPartyInReach(tx, scope, input.partyId, 'own');
  const relative = await getPartyInReach(tx, scope, input.relativeId, 'own');
  const details: ErrorDetail[] = [...checkDates({ asOf: dayOf(now), validFrom: input.validFrom, validTo: input.validTo }, dayOf(now))];
  const wrongSource = checkSource(scope.actor, input);
  if (wrongSource !== undefined) details.push(wrongSource);
  if (party.kind !== 'person' || relative.kind !== 'person' || party.partyId === relative.partyId) {
    details.push({ field: 'relativeId', zh: '亲属应当是另一个人。', en: 'A relative is another person.' });
  }
  if (details.length > 0) throw new Refusal('input-invalid', { count: details.length }, details);
  // What people tell of themselves rests on no paper.
  const evidenceId = input.origin === '申报' ? null : (input.evidenceId ?? null);
  if (evidenceId !== null) await papers.require(tx, scope, { evidenceId, partyIds: [party.partyId, relative.partyId], on: earlierDay(input.validTo, now) });
  const row: Relative = {
    partyId: party.partyId,
    relationId: newId(),
    relativeId: relative.partyId,
    relation: input.relation,
    origin: input.origin,
    trustClass: input.trustClass,
    evidenceId,
    validFrom: input.validFrom ?? null,
    validTo: input.validTo ?? null,
    recordedAt: now,
    recordedBy: nameActor(scope.actor),
    supersededAt: null,
  };
  await insertRelative(tx, scope, row);
  return { partyId: party.partyId, relationId: row.relationId };
}

/** The relatives of a person. @throws Refusal not-found. */
export async function listRelatives(tx: Tx, scope: Scope<'fact.read'>, partyId: string): Promise<readonly Relative[]> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  return readRelatives(tx, scope, party.ids);
}
