// Parties: whoever can have facts, evidence, cases and money, and what the use cases of the registry work with.
import type { IdentityNumberKind } from '../../contract/identity-number.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Actor, Scope } from '../permissions/index.ts';

/** A person or an organisation. */
export type PartyKind = 'person' | 'organisation';

/** Kinds of documents of identity: numbers that can be read, and other documents, such as a passport. */
export type DocumentKind = IdentityNumberKind | 'other';

/** A party that may be touched, as other domains need it. */
export interface PartyInReach {
  /** The party in force: what a merged one was merged into. */
  readonly partyId: string;
  readonly kind: PartyKind;
  /** Every id under which rows of this party stand: its own and those merged into it. */
  readonly ids: readonly string[];
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly version: number;
}

/** Who recorded something: the account, or the job or feed by name. */
export function nameActor({ accountId, capacity }: Actor): string {
  if (accountId !== null) return accountId;
  return capacity.kind === 'job' ? `job:${capacity.name}` : capacity.kind === 'feed' ? `feed:${capacity.keyId}` : capacity.kind;
}

/** The calendar day of an instant in Asia/Shanghai (UTC+8, without summer time since 1992), `YYYY-MM-DD`. */
export function dayOf(instant: Date): string {
  const day = Math.floor((instant.getTime() + 8 * 3_600_000) / 86_400_000);
  // Nearly always the day of the call before.
  if (day !== last.day) last = { day, text: new Date(day * 86_400_000).toISOString().slice(0, 10) };
  return last.text;
}

let last = { day: 0, text: '1970-01-01' };

/** The last day of something that is over, else the day of `now`: until then a paper has to be valid that proves it. */
export function earlierDay(lastDay: string | null | undefined, now: Date): string {
  const today = dayOf(now);
  return lastDay !== null && lastDay !== undefined && lastDay < today ? lastDay : today;
}

/** Any scope: for questions that every permission may ask within its reach. */
export type AnyScope = Scope<Permission>;
