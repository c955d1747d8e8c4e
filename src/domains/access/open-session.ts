// Opens sessions, and sign-ins that still lack a step.
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { Account } from './account-store.ts';
import { markEntry } from './account-store.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { findFirstAppointment } from './appointment-store.ts';
import { chinaDay } from './china-day.ts';
import { type ProofState, sessionLife, type Step, stepsLeft } from './duty.ts';
import { insertPending } from './entry-store.ts';
import { beginSession } from './session.ts';
import { type CapacityChoice, insertSession, type SessionScope } from './session-store.ts';
import { digestToken, makeToken } from './token.ts';

/** What a proof led to: a session, or the next step. */
export interface Entry {
  readonly next: 'done' | Step;
  readonly accountId: string;
  readonly stepToken: string | null;
  readonly session: OpenedSession | undefined;
  readonly recoveryCodes?: readonly string[];
}

/** A session just opened. */
export interface OpenedSession {
  readonly sessionId: string;
  /** Leaves the server once, in a cookie. */
  readonly token: string;
  readonly lifeSeconds: number;
}

const STEP_MINUTES = 10;

/** Whether an account may be entered at all. */
export function isUsable(account: Account): boolean {
  return account.confirmedAt !== null && account.suspendedAt === null;
}

/** After a first proof that was right: the session, or a sign-in with the steps that are left. */
export async function proceed(
  tx: Tx,
  scope: Scope<'access.enter'>,
  account: Account,
  { method, isUnfamiliar = false }: Pick<ProofState, 'method' | 'isUnfamiliar'>,
  client: Client,
  now: Date,
): Promise<Entry> {
  const { duty, hasSecondFactor, password, accountId } = account;
  const steps = stepsLeft({ duty, method, hasSecondFactor, isUnfamiliar, password }, now);
  const [first] = steps;
  if (first === undefined) return { next: 'done', accountId, stepToken: null, session: await enter(tx, scope, account, client, now) };
  const stepToken = makeToken('step');
  const expiresAt = new Date(now.getTime() + STEP_MINUTES * 60_000);
  await insertPending(tx, scope, { signInId: newId(), accountId, steps, method, tokenDigest: digestToken(stepToken), createdAt: now, expiresAt });
  return { next: first, accountId, stepToken, session: undefined };
}

/** Writes down that a proof was right, in the transaction in which the session opens or the next step begins. */
export async function recordEntry<E extends Entry>(tx: Tx, record: WriteAudit, entry: E): Promise<E> {
  await record(tx, { object: { kind: 'account', id: entry.accountId }, detail: { next: entry.next, session: entry.session?.sessionId ?? null } });
  return entry;
}

/** Opens the session of somebody who has proved everything; an officer begins in the first appointment. */
export async function enter(tx: Tx, scope: Scope<'access.enter'>, account: Account, client: Client, now: Date): Promise<OpenedSession> {
  const appointmentId = account.duty === 'officer' ? ((await findFirstAppointment(tx, scope, account.accountId, chinaDay(now))) ?? null) : null;
  await markEntry(tx, scope, account.accountId, now);
  return openSession(tx, scope, { account, choice: { appointmentId, agencyId: null }, client, provedAt: now }, now);
}

/** What a session is opened with. */
export interface SessionPlan {
  readonly account: Pick<Account, 'accountId' | 'duty'>;
  readonly choice: CapacityChoice;
  readonly client: Client;
  /** When its holder last proved who they are. */
  readonly provedAt: Date;
  /** Where it takes another one's place, the end of that: changing capacity makes no day longer. */
  readonly endsAt?: Date;
}

/** Opens a session in a capacity, with an id and a token of its own. */
export async function openSession(
  tx: Tx,
  scope: SessionScope,
  { account, choice, client, provedAt, endsAt }: SessionPlan,
  now: Date,
): Promise<OpenedSession> {
  const life = sessionLife(account.duty);
  const times = beginSession(life, now);
  const expiresAt = endsAt !== undefined && endsAt < times.expiresAt ? endsAt : times.expiresAt;
  const token = makeToken('session');
  const sessionId = newId();
  await insertSession(tx, scope, {
    sessionId,
    accountId: account.accountId,
    tokenDigest: digestToken(token),
    choice,
    createdAt: now,
    provedAt,
    times: { ...times, expiresAt },
    address: client.address,
    userAgent: client.userAgent.slice(0, 200),
  });
  return { sessionId, token, lifeSeconds: Math.max(1, Math.floor((expiresAt.getTime() - now.getTime()) / 1000)) };
}

/** The digest under which a recovery code is stored. */
export function digestRecoveryCode(parts: AccessParts, tenantId: number, accountId: string, code: string): Uint8Array {
  return parts.protector.digest(tenantId, `recovery-code ${accountId} ${code}`);
}
