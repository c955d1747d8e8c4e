// The only SQL on sessions and keys of feeds, and on the capacities that they stand for.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import { gather } from '../../storage/gather.ts';
import { byteaArray, uuidArray } from '../../storage/sql-arrays.ts';
import type { Scope } from '../permissions/index.ts';
import type { Duty } from './duty.ts';
import type { SessionTimes } from './session.ts';

/** Whoever opens or ends sessions. */
export type SessionScope = Scope<
  'access.enter' | 'access.own' | 'claim.make' | 'claim.decide' | 'staff.manage' | 'staff.confirm' | 'staff.found' | 'recovery.confirm' | 'agent.manage' | 'agent.become' | 'family.manage' | 'family.confirm'
>;

/** Why a session ended before its time. */
export type EndReason = 'signed-out' | 'revoked' | 'switched' | 'password-changed' | 'rights-changed' | 'recovered';

/** Which capacity a session acts in, besides the account's own. */
export interface CapacityChoice {
  readonly appointmentId: string | null;
  readonly agencyId: string | null;
}

/** A session with everything that says who calls. */
export interface ResolvedSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly duty: Duty;
  readonly times: SessionTimes;
  readonly isUsable: boolean;
  readonly partyId: string | null;
  /** Whether the person's or the organisation's record was merged into another one. */
  readonly isMerged: boolean;
  readonly appointment: { readonly appointmentId: string; readonly departmentId: string; readonly departmentName: string; readonly jurisdictionCode: string; readonly roles: readonly string[] } | undefined;
  readonly agency: { readonly agencyId: string; readonly organisationId: string } | undefined;
  readonly choice: CapacityChoice;
}

/** The session of a token, with its account, appointment or agency as they are on `today`. */
export async function findSession(tx: Tx, scope: Scope<'access.resolve'>, tokenDigest: Uint8Array, today: string): Promise<ResolvedSession | undefined> {
  return sessionsOf(tx, { tenantId: scope.tenantId, tokenDigest: Buffer.from(tokenDigest), today });
}

interface SessionWanted {
  readonly tenantId: number;
  readonly tokenDigest: Buffer;
  readonly today: string;
}

const sessionsOf = gather('reading', async (tx, wanted: readonly SessionWanted[]) => {
  const found = new Map<string, ResolvedSession>();
  const keyOf = (tokenDigest: Buffer, today: string): string => `${tokenDigest.toString('hex')} ${today}`;
  // All of one moment are of one day, but for those at midnight.
  for (const [today, own] of Map.groupBy(wanted, (one) => one.today)) {
    for (const row of await sessionRows(tx, own[0]?.tenantId ?? 0, own.map(({ tokenDigest }) => tokenDigest), today)) found.set(keyOf(row.token_digest, today), readSession(row, today));
  }
  return wanted.map(({ tokenDigest, today }) => found.get(keyOf(tokenDigest, today)));
});

function sessionRows(tx: Tx, tenantId: number, tokenDigests: readonly Buffer[], today: string) {
  return tx
    .selectFrom('sessions as s')
    .innerJoin('accounts as a', (join) => join.onRef('a.tenant_id', '=', 's.tenant_id').onRef('a.account_id', '=', 's.account_id'))
    .leftJoin('parties as p', (join) => join.onRef('p.tenant_id', '=', 'a.tenant_id').onRef('p.party_id', '=', 'a.party_id'))
    .leftJoin('appointments as t', (join) =>
      join
        .onRef('t.tenant_id', '=', 's.tenant_id')
        .onRef('t.appointment_id', '=', 's.appointment_id')
        .on('t.ended_at', 'is', null)
        .on('t.confirmed_at', 'is not', null)
        .on('t.valid_from', '<=', today)
        .on((on) => on.or([on('t.valid_to', 'is', null), on('t.valid_to', '>=', today)])),
    )
    .leftJoin('departments as d', (join) => join.onRef('d.tenant_id', '=', 't.tenant_id').onRef('d.department_id', '=', 't.department_id'))
    .leftJoin('agencies as g', (join) =>
      join
        .onRef('g.tenant_id', '=', 's.tenant_id')
        .onRef('g.agency_id', '=', 's.agency_id')
        .onRef('g.account_id', '=', 's.account_id')
        .on('g.revoked_at', 'is', null)
        .on((on) => on.or([on('g.valid_to', 'is', null), on('g.valid_to', '>=', today)])),
    )
    .leftJoin('parties as o', (join) => join.onRef('o.tenant_id', '=', 'g.tenant_id').onRef('o.party_id', '=', 'g.organisation_id'))
    .where('s.tenant_id', '=', tenantId)
    .where('s.token_digest', '=', sql<Buffer>`any(${byteaArray(tokenDigests)}::bytea[])`)
    .select([
      's.token_digest', 's.session_id', 's.account_id', 's.last_seen_at', 's.idle_expires_at', 's.expires_at', 's.ended_at', 's.appointment_id', 's.agency_id',
      'a.duty', 'a.confirmed_at', 'a.suspended_at', 'a.party_id', 'p.merged_into',
      't.appointment_id as own_appointment', 't.roles', 'd.department_id', 'd.name as department_name', 'd.jurisdiction_code', 'd.closed_on',
      'g.agency_id as own_agency', 'g.organisation_id', 'o.merged_into as organisation_merged_into',
    ])
    .execute();
}

function readSession(row: Awaited<ReturnType<typeof sessionRows>>[number], today: string): ResolvedSession {
  const isDepartmentOpen = row.department_id !== null && (row.closed_on === null || row.closed_on >= today);
  return {
    sessionId: row.session_id,
    accountId: row.account_id,
    duty: row.duty as Duty,
    times: { lastSeenAt: row.last_seen_at, idleExpiresAt: row.idle_expires_at, expiresAt: row.expires_at, endedAt: row.ended_at },
    isUsable: row.confirmed_at !== null && row.suspended_at === null,
    partyId: row.party_id,
    isMerged: row.merged_into !== null || row.organisation_merged_into !== null,
    appointment:
      row.own_appointment === null || row.roles === null || row.department_id === null || row.department_name === null || row.jurisdiction_code === null || !isDepartmentOpen
        ? undefined
        : { appointmentId: row.own_appointment, departmentId: row.department_id, departmentName: row.department_name, jurisdictionCode: row.jurisdiction_code, roles: row.roles },
    agency: row.own_agency === null || row.organisation_id === null ? undefined : { agencyId: row.own_agency, organisationId: row.organisation_id },
    choice: { appointmentId: row.appointment_id, agencyId: row.agency_id },
  };
}

/** A jurisdiction and all below it. */
export async function listJurisdictionsBelow(tx: Tx, scope: Scope<'access.resolve'>, code: string): Promise<readonly string[]> {
  const { rows } = await sql<{ code: string }>`
    with recursive below as (
      select code from jurisdictions where tenant_id = ${scope.tenantId} and code = ${code}
      union
      select j.code from jurisdictions j join below b on j.parent_code = b.code where j.tenant_id = ${scope.tenantId}
    )
    select code from below order by code`.execute(tx);
  return rows.map((row) => row.code);
}

/** For whom a person may act on a day, and for whom of them as the guardian of a child. */
export async function listActsFor(
  tx: Tx,
  scope: Scope<'access.resolve'>,
  partyId: string,
  today: string,
): Promise<{ readonly actsFor: readonly string[]; readonly guardianOf: readonly string[] }> {
  return actsFor(tx, { tenantId: scope.tenantId, partyId, today });
}

const actsFor = gather('reading', async (tx, wanted: readonly { readonly tenantId: number; readonly partyId: string; readonly today: string }[]) => {
  const links = await tx
    .selectFrom('family_links as f')
    .leftJoin('parties as p', (join) => join.onRef('p.tenant_id', '=', 'f.tenant_id').onRef('p.party_id', '=', 'f.for_party_id'))
    .where('f.tenant_id', '=', wanted[0]?.tenantId ?? 0)
    .where('f.party_id', '=', sql<string>`any(${uuidArray([...new Set(wanted.map(({ partyId }) => partyId))])}::uuid[])`)
    .where('f.confirmed_at', 'is not', null)
    .where('f.ended_at', 'is', null)
    .select(['f.party_id', 'f.for_party_id', 'f.basis', 'f.valid_to', 'p.merged_into'])
    .execute();
  const byParty = Map.groupBy(links, (link) => link.party_id);
  const idsOf = (own: typeof links): readonly string[] => [...new Set(own.flatMap((row) => row.merged_into ?? row.for_party_id ?? []))];
  return wanted.map(({ partyId, today }) => {
    const own = (byParty.get(partyId.toLowerCase()) ?? []).filter(({ valid_to }) => valid_to === null || valid_to >= today);
    return { actsFor: idsOf(own), guardianOf: idsOf(own.filter((row) => row.basis === 'guardian')) };
  });
});

/** Writes that a session was used. */
export async function renewTimes(tx: Tx, scope: Scope<'access.resolve'>, sessionId: string, times: SessionTimes): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ last_seen_at: times.lastSeenAt, idle_expires_at: times.idleExpiresAt })
    .where('tenant_id', '=', scope.tenantId)
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .execute();
}

/** The values of a new session. */
export interface NewSession {
  readonly sessionId: string;
  readonly accountId: string;
  readonly tokenDigest: Uint8Array;
  readonly choice: CapacityChoice;
  readonly createdAt: Date;
  readonly provedAt: Date;
  readonly times: SessionTimes;
  readonly address: string;
  readonly userAgent: string;
}

/** Adds a session. */
export async function insertSession(tx: Tx, scope: SessionScope, session: NewSession): Promise<void> {
  await tx
    .insertInto('sessions')
    .values({
      tenant_id: scope.tenantId,
      session_id: session.sessionId,
      account_id: session.accountId,
      token_digest: session.tokenDigest,
      appointment_id: session.choice.appointmentId,
      agency_id: session.choice.agencyId,
      created_at: session.createdAt,
      proved_at: session.provedAt,
      last_seen_at: session.times.lastSeenAt,
      idle_expires_at: session.times.idleExpiresAt,
      expires_at: session.times.expiresAt,
      address: session.address,
      user_agent: session.userAgent,
    })
    .execute();
}

/** What a session's holder may know of it. */
export interface OwnSession {
  readonly sessionId: string;
  readonly createdAt: Date;
  readonly provedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly address: string;
  readonly userAgent: string;
  readonly choice: CapacityChoice;
}

/** The living sessions of the caller's account. */
export async function listOwnSessions(tx: Tx, scope: Scope<'access.own'>, now: Date): Promise<readonly OwnSession[]> {
  const rows = await tx
    .selectFrom('sessions')
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', scope.actor.accountId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where('idle_expires_at', '>', now)
    .select(['session_id', 'created_at', 'proved_at', 'last_seen_at', 'expires_at', 'address', 'user_agent', 'appointment_id', 'agency_id'])
    .orderBy('last_seen_at', 'desc')
    .execute();
  return rows.map((row) => ({
    sessionId: row.session_id,
    createdAt: row.created_at,
    provedAt: row.proved_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    userAgent: row.user_agent,
    choice: { appointmentId: row.appointment_id, agencyId: row.agency_id },
  }));
}

/** Writes that the holder of the caller's session proved who they are. */
export async function markProof(tx: Tx, scope: Scope<'access.own'>, now: Date): Promise<void> {
  await tx.updateTable('sessions').set({ proved_at: now }).where('tenant_id', '=', scope.tenantId).where('session_id', '=', scope.actor.sessionId).execute();
}

/** Ends one session of the caller's account. @returns false where there is none such. */
export async function endOwnSession(tx: Tx, scope: Scope<'access.own'>, sessionId: string, because: EndReason, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('sessions')
    .set({ ended_at: now, ended_because: because })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', scope.actor.accountId)
    .where('session_id', '=', sessionId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Ends sessions of an account: all, all but one, or those of one agency. @returns how many ended. */
export async function endSessions(
  tx: Tx,
  scope: SessionScope,
  which: { readonly accountId: string; readonly except?: string | null; readonly agencyId?: string },
  because: EndReason,
  now: Date,
): Promise<number> {
  let query = tx
    .updateTable('sessions')
    .set({ ended_at: now, ended_because: because })
    .where('tenant_id', '=', scope.tenantId)
    .where('account_id', '=', which.accountId)
    .where('ended_at', 'is', null);
  if (typeof which.except === 'string') query = query.where('session_id', '<>', which.except);
  if (which.agencyId !== undefined) query = query.where('agency_id', '=', which.agencyId);
  const done = await query.executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** A key of a feed that serves on a day. */
export async function findFeedKey(tx: Tx, scope: Scope<'access.resolve'>, tokenDigest: Uint8Array, now: Date, today: string): Promise<{ keyId: string; departmentId: string } | undefined> {
  const row = await tx
    .selectFrom('feed_keys as k')
    .innerJoin('departments as d', (join) => join.onRef('d.tenant_id', '=', 'k.tenant_id').onRef('d.department_id', '=', 'k.department_id'))
    .where('k.tenant_id', '=', scope.tenantId)
    .where('k.token_digest', '=', Buffer.from(tokenDigest))
    .where('k.revoked_at', 'is', null)
    .where('k.expires_at', '>', now)
    .where((where) => where.or([where('d.closed_on', 'is', null), where('d.closed_on', '>=', today)]))
    .select(['k.key_id', 'k.department_id', 'k.last_used_on'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.last_used_on !== today) {
    await tx.updateTable('feed_keys').set({ last_used_on: today }).where('tenant_id', '=', scope.tenantId).where('key_id', '=', row.key_id).execute();
  }
  return { keyId: row.key_id, departmentId: row.department_id };
}
