// Acting for an organisation: an officer appoints the first agent on evidence, agents with that right invite others, and who is invited accepts.
import { Refusal } from '../../contract/errors.ts';
import { maskPhone } from '../../contract/identity-number.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { findAccount, findAccountByPhone } from './account-store.ts';
import { type Agency, closeAgency, insertAgency, listActiveAgencies, listAgenciesFor, listAgenciesOf, takeAgency } from './agency-store.ts';
import { chinaDay } from './china-day.ts';
import { phoneOfAccount, rowIn, searchKey, searchKeys } from './sealed-columns.ts';
import { endSessions } from './session-store.ts';

/** Invitations lapse after so many days. */
const ANSWER_DAYS = 30;

/** What an agent is to get. */
export interface AgencyTerms {
  readonly phone: string;
  readonly canManage: boolean;
  readonly validTo: string | null;
}

/** Papers by which an organisation lets somebody act for it. */
const AUTHORISATIONS = ['授权委托书'];

/**
 * Appoints an agent of an organisation in the officer's jurisdiction, on evidence.
 * @throws Refusal not-found (no such organisation in reach), evidence-unfit
 */
export async function appointAgent(tx: Tx, parts: AccessParts, scope: Scope<'agent.appoint'>, organisationId: string, terms: AgencyTerms & { readonly evidenceId: string }, now: Date): Promise<string> {
  const { reach } = scope;
  const code = await parts.people.jurisdictionOf(tx, scope, organisationId);
  if (code === undefined || reach.kind !== 'jurisdictions' || !reach.codes.includes(code)) throw new Refusal('not-found');
  // The authorisation is the organisation's, or was handed in by whom it names.
  const agent = await findAccountByPhone(tx, scope, searchKeys(parts.protector, scope.tenantId, 'phone', terms.phone));
  const partyIds = [organisationId, agent?.partyId ?? organisationId];
  await parts.papers.require(tx, scope, { evidenceId: terms.evidenceId, partyIds, on: chinaDay(now), kinds: AUTHORISATIONS });
  return invite(tx, parts, scope, organisationId, { ...terms, grantedAs: 'officer' }, now);
}

/**
 * Invites an agent to the organisation that the caller acts for. The telephone is told, whether anybody has registered it or not.
 * @throws Refusal agent-cannot-manage, own-hands-refused (oneself)
 */
export async function inviteAgent(tx: Tx, parts: AccessParts, scope: Scope<'agent.manage'>, terms: AgencyTerms, now: Date): Promise<string> {
  const { organisationId } = await needManager(tx, scope, now);
  const own = scope.actor.accountId === null ? undefined : await findAccount(tx, scope, scope.actor.accountId);
  if (phoneOfAccount(parts.protector, scope.tenantId, own) === terms.phone) throw new Refusal('own-hands-refused');
  return invite(tx, parts, scope, organisationId, { ...terms, evidenceId: null, grantedAs: 'agent' }, now);
}

async function invite(
  tx: Tx,
  parts: AccessParts,
  scope: Scope<'agent.manage' | 'agent.appoint'>,
  organisationId: string,
  terms: AgencyTerms & { readonly evidenceId: string | null; readonly grantedAs: 'agent' | 'officer' },
  now: Date,
): Promise<string> {
  const { protector } = parts;
  const { tenantId, actor } = scope;
  if (actor.accountId === null) throw new Refusal('sign-in-required');
  const agencyId = newId();
  const phone = { sealed: rowIn(protector, tenantId, 'agencies', agencyId).seal('phone_sealed', terms.phone), search: searchKey(protector, tenantId, 'phone', terms.phone) };
  const { canManage, validTo, evidenceId, grantedAs } = terms;
  await insertAgency(tx, scope, { agencyId, organisationId, phone, canManage, validTo, evidenceId, grantedAs, invitedBy: actor.accountId }, now);
  await parts.sendMessage(tx, scope, { to: { phone: terms.phone, language: 'zh' }, template: 'agent.asked', values: { days: ANSWER_DAYS } });
  return agencyId;
}

/** The caller's agency for the organisation, if it carries the right to manage agents. @throws Refusal agent-cannot-manage */
async function needManager(tx: Tx, scope: Scope<'agent.manage'>, now: Date): Promise<Agency> {
  const { reach } = scope;
  const own = (await listActiveAgencies(tx, scope, chinaDay(now))).find((each) => reach.kind === 'organisation' && each.organisationId === reach.organisationId && each.canManage);
  if (own === undefined) throw new Refusal('agent-cannot-manage');
  return own;
}

/** An agency as it is shown. */
export interface SeenAgency extends Agency {
  readonly phone: string;
  readonly state: 'invited' | 'accepted' | 'ended';
}

function see({ protector }: AccessParts, tenantId: number, agency: Agency, now: Date): SeenAgency {
  const isOver = agency.revokedAt !== null || (agency.validTo !== null && agency.validTo < chinaDay(now)) || hasLapsed(agency, now);
  const phone = maskPhone(rowIn(protector, tenantId, 'agencies', agency.agencyId).open('phone_sealed', agency.phoneSealed));
  return { ...agency, phone, state: isOver ? 'ended' : agency.acceptedAt === null ? 'invited' : 'accepted' };
}

function hasLapsed(agency: Agency, now: Date): boolean {
  return agency.acceptedAt === null && now.getTime() - agency.invitedAt.getTime() > ANSWER_DAYS * 86_400_000;
}

/** The agents of the caller's organisation. */
export async function listAgents(tx: Tx, parts: AccessParts, scope: Scope<'agent.manage'>, now: Date): Promise<readonly SeenAgency[]> {
  return (await listAgenciesOf(tx, scope)).map((agency) => see(parts, scope.tenantId, agency, now));
}

/**
 * Ends an agent's authority and the sessions that rest on it.
 * @throws Refusal agent-cannot-manage, not-found (none of the caller's organisation)
 */
export async function endAgent(tx: Tx, parts: AccessParts, scope: Scope<'agent.manage'>, agencyId: string, now: Date): Promise<void> {
  await needManager(tx, scope, now);
  const agency = (await listAgenciesOf(tx, scope)).find((each) => each.agencyId === agencyId);
  await close(tx, parts, scope, agency, now);
}

async function close(tx: Tx, parts: AccessParts, scope: Scope<'agent.manage' | 'agent.become'>, agency: Agency | undefined, now: Date): Promise<void> {
  if (agency === undefined || !(await closeAgency(tx, scope, agency.agencyId, now))) throw new Refusal('not-found');
  if (agency.accountId === null) return;
  await endSessions(tx, scope, { accountId: agency.accountId, agencyId: agency.agencyId }, 'rights-changed', now);
  await parts.sendMessage(tx, scope, { to: { accountId: agency.accountId }, template: 'agent.ended', values: {} });
}

/** What the caller was offered, accepted or had. */
export async function listOwnAgencies(tx: Tx, parts: AccessParts, scope: Scope<'agent.become'>, now: Date): Promise<readonly SeenAgency[]> {
  const { tenantId, actor } = scope;
  const account = actor.accountId === null ? undefined : await findAccount(tx, scope, actor.accountId);
  const phone = phoneOfAccount(parts.protector, tenantId, account);
  const offered = await listAgenciesFor(tx, scope, phone === undefined ? [] : searchKeys(parts.protector, tenantId, 'phone', phone));
  return offered.map((agency) => see(parts, tenantId, agency, now));
}

/** Accepts an offer made to the caller's verified telephone. @throws Refusal not-found, own-hands-refused, settled-already */
export async function acceptAgency(tx: Tx, parts: AccessParts, scope: Scope<'agent.become'>, agencyId: string, now: Date): Promise<void> {
  const agency = (await listOwnAgencies(tx, parts, scope, now)).find((each) => each.agencyId === agencyId);
  if (agency === undefined) throw new Refusal('not-found');
  if (agency.invitedBy === scope.actor.accountId) throw new Refusal('own-hands-refused');
  if (agency.state !== 'invited' || !(await takeAgency(tx, scope, agencyId, now))) throw new Refusal('settled-already');
}

/** Stops acting for an organisation, or turns an offer down. @throws Refusal not-found */
export async function leaveAgency(tx: Tx, parts: AccessParts, scope: Scope<'agent.become'>, agencyId: string, now: Date): Promise<void> {
  const agency = (await listOwnAgencies(tx, parts, scope, now)).find((each) => each.agencyId === agencyId);
  await close(tx, parts, scope, agency, now);
}
