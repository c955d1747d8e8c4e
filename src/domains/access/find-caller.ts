// Whom a token stands for: the one place that turns a session or a key into a caller.
import type { Tx } from '../../storage/database.ts';
import { type Caller, type Capacity, jobScope, type Scope } from '../permissions/index.ts';
import { resolveParties } from '../registry/index.ts';
import { chinaDay } from './china-day.ts';
import { isAdministrator, isOfficerRole, sessionLife } from './duty.ts';
import { isAlive, renewSession } from './session.ts';
import { findFeedKey, findSession, listActsFor, listJurisdictionsBelow, renewTimes, type ResolvedSession } from './session-store.ts';
import { digestToken, kindOfToken } from './token.ts';

/**
 * The caller of a session's token or a feed's key; undefined for one that is unknown, expired, idle for too long or revoked, and where
 * the account, the appointment or the agency that it rests on has ended. Rights are read anew with every call, never from the session.
 */
export async function findCaller(tx: Tx, tenantId: number, token: string, now: Date): Promise<Caller | undefined> {
  const kind = kindOfToken(token);
  if (kind !== 'session' && kind !== 'feed') return undefined;
  const scope = jobScope(tenantId, 'find-caller', 'access.resolve');
  const today = chinaDay(now);
  if (kind === 'feed') {
    const key = await findFeedKey(tx, scope, digestToken(token), now, today);
    if (key === undefined) return undefined;
    return { tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'feed', departmentId: key.departmentId, keyId: key.keyId } } };
  }
  const found = await findSession(tx, scope, digestToken(token), today);
  const session = found?.isMerged === true ? await followMerges(tx, scope, found) : found;
  if (session === undefined || !session.isUsable || !isAlive(session.times, now)) return undefined;
  const capacity = await capacityOf(tx, scope, session, today);
  if (capacity === undefined) return undefined;
  const renewed = renewSession(session.times, sessionLife(session.duty), now);
  if (renewed !== undefined) await renewTimes(tx, scope, session.sessionId, renewed);
  return { tenantId, actor: { accountId: session.accountId, sessionId: session.sessionId, capacity } };
}

/** The session of somebody, or of an agent, whose record was merged: it goes on with the record that was kept. */
async function followMerges(tx: Tx, scope: Scope<'access.resolve'>, session: ResolvedSession): Promise<ResolvedSession> {
  const { partyId, agency } = session;
  const kept = await resolveParties(tx, scope, [partyId, agency?.organisationId ?? null].filter((id) => id !== null));
  return {
    ...session,
    partyId: partyId === null ? null : (kept.get(partyId) ?? partyId),
    agency: agency && { ...agency, organisationId: kept.get(agency.organisationId) ?? agency.organisationId },
  };
}

/** The capacity of a session; undefined where what it rests on has ended. */
async function capacityOf(tx: Tx, scope: Scope<'access.resolve'>, session: ResolvedSession, today: string): Promise<Capacity | undefined> {
  const { duty, appointment, agency, choice, partyId } = session;
  if (choice.appointmentId !== null) {
    if (duty !== 'officer' || appointment === undefined) return undefined;
    const codes = await listJurisdictionsBelow(tx, scope, appointment.jurisdictionCode);
    return { kind: 'officer', departmentId: appointment.departmentId, codes, roles: appointment.roles.filter(isOfficerRole) };
  }
  if (choice.agencyId !== null) {
    return agency === undefined || partyId === null ? undefined : { kind: 'agent', organisationId: agency.organisationId, partyId };
  }
  if (isAdministrator(duty)) return { kind: 'administrator', role: duty };
  if (duty === 'officer' || partyId === null) return { kind: 'account' };
  return { kind: 'person', partyId, ...(await listActsFor(tx, scope, partyId, today)) };
}
