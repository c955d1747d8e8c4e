// What an account is for, and what follows from it: which roles it can carry, what it must prove, how long a session lasts.
import { administratorRoles, moneyRoles, officerRoles } from '../../contract/permissions.ts';

/** 账号的用途: a person's own, an officer's, or that of one of the three administrators. Fixed when the account is made. */
export type Duty = 'person' | 'officer' | AdministratorRole;

/** One of the three administrators. */
export type AdministratorRole = (typeof administratorRoles)[number];

/** A role that an appointment can carry. */
export type OfficerRole = (typeof officerRoles)[number];

/** Whether a duty is that of one of the three administrators. */
export function isAdministrator(duty: Duty): duty is AdministratorRole {
  return (administratorRoles as readonly string[]).includes(duty);
}

/** Whether the account belongs to the offices: a second factor, a longer password, shorter sessions. */
export function isStaff(duty: Duty): boolean {
  return duty !== 'person';
}

/** Whether a text names a role of officers. */
export function isOfficerRole(role: string): role is OfficerRole {
  return (officerRoles as readonly string[]).includes(role);
}

/** Whether an appointment with these roles lets its holder release money, so that two administrators agree to it. */
export function releasesMoney(roles: readonly string[]): boolean {
  return moneyRoles.some((role) => roles.includes(role));
}

/** How long a session lives, in minutes. */
export interface SessionLife {
  /** Without a call. */
  readonly idleMinutes: number;
  /** In all. */
  readonly longestMinutes: number;
}

const MINUTES_OF_DAY = 24 * 60;

/** Officers and administrators: half an hour idle, twelve hours in all (等保2.0 三级: 登录连接超时自动退出). People: half a day idle, a week in all. */
export function sessionLife(duty: Duty): SessionLife {
  return isStaff(duty) ? { idleMinutes: 30, longestMinutes: MINUTES_OF_DAY / 2 } : { idleMinutes: MINUTES_OF_DAY / 2, longestMinutes: 7 * MINUTES_OF_DAY };
}

/** Acts that could lock the owner out ask for a proof that is no older than this. */
export const RECENT_PROOF_MINUTES = 15;

/** A password of staff is chosen anew after half a year (等保2.0 三级: 身份鉴别信息定期更换); those of people never have to be. */
const STAFF_PASSWORD_DAYS = 180;

/** Carriers give a number that was returned to somebody else after some months: a code alone opens no named account that was quiet for so long. */
const QUIET_DAYS = 180;

/** Whether an account with a name behind it has been quiet for so long that its telephone may be somebody else's by now. */
export function isLongQuiet(account: { readonly partyId: string | null; readonly lastEntryAt: Date | null }, now: Date): boolean {
  return account.partyId !== null && account.lastEntryAt !== null && now.getTime() - account.lastEntryAt.getTime() > QUIET_DAYS * 86_400_000;
}

/** After so long without signing in even a browser that is known may be used by somebody else, with a telephone that is somebody else's. */
const FAMILIAR_DAYS = 30;

/**
 * Whether a code to the telephone has to be joined by name and identity number: for an account with a name behind it and no second factor, in a
 * browser in which nobody entered it before, or after a month. Whoever was given the telephone anew knows neither.
 */
export function needsRealName(account: { readonly partyId: string | null; readonly hasSecondFactor: boolean; readonly lastEntryAt: Date | null }, isKnownBrowser: boolean, now: Date): boolean {
  if (account.partyId === null || account.hasSecondFactor) return false;
  return !isKnownBrowser || account.lastEntryAt === null || now.getTime() - account.lastEntryAt.getTime() > FAMILIAR_DAYS * 86_400_000;
}

/** A step that a sign-in still lacks. */
export type Step = 'new-password' | 'enrol-second-factor' | 'real-name' | 'second-factor';

/** What is known of an account when its first proof was right. */
export interface ProofState {
  readonly duty: Duty;
  readonly method: 'password' | 'phone-code' | 'provider';
  readonly hasSecondFactor: boolean;
  /** Whether the proof leaves open that the telephone is somebody else's by now: see {@link needsRealName}. */
  readonly isUnfamiliar?: boolean;
  readonly password: { readonly isOneTime: boolean; readonly changedAt: Date } | undefined;
}

/** The steps left after the first proof, in their order; none for a person without a second factor. */
export function stepsLeft({ duty, method, hasSecondFactor, isUnfamiliar, password }: ProofState, now: Date): readonly Step[] {
  const steps: Step[] = [];
  if (isUnfamiliar === true) steps.push('real-name');
  if (hasSecondFactor) steps.push('second-factor');
  const ageDays = password === undefined ? 0 : (now.getTime() - password.changedAt.getTime()) / 86_400_000;
  const isWorn = method === 'password' && password !== undefined && (password.isOneTime || (isStaff(duty) && ageDays > STAFF_PASSWORD_DAYS));
  if (isWorn) steps.push('new-password');
  if (isStaff(duty) && !hasSecondFactor) steps.push('enrol-second-factor');
  return steps;
}
