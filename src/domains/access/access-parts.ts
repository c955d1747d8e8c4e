// What access needs from outside: the ports that other domains and adapters fill.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import type { Papers } from '../registry/index.ts';
import type { PasswordHasher } from './hash-password.ts';

/** Whom a message is for: an account, or a telephone that belongs to none yet. */
export type Receiver = { readonly accountId: string } | { readonly phone: string; readonly language: 'zh' | 'en' };

/** Messages that access sends; their words stand with the messages, and none holds anything about a person but a code. */
export type AccessMessage = { readonly to: Receiver } & (
  | { readonly template: 'code.sign-in' | 'code.recover' | 'code.change-phone'; readonly values: { readonly code: string; readonly minutes: number } }
  | { readonly template: 'agent.asked' | 'family.asked'; readonly values: { readonly days: number } }
  | {
      readonly template: 'account.password-changed' | 'account.phone-changed' | 'account.recovered' | 'account.second-factor-changed' | 'agent.ended';
      readonly values: Readonly<Record<string, never>>;
    }
);

/** Hands a message over in the transaction of what it tells of. */
export type SendAccessMessage = (tx: Tx, scope: Scope, message: AccessMessage) => Promise<unknown>;

/** A person of the registry, as far as access must know. */
export interface PersonRecord {
  readonly partyId: string;
  readonly name: string;
  readonly identityNumber: string | null;
  readonly phone: string | null;
}

/** Whoever asks the registry about people on behalf of access. */
export type RecordScope = Scope<'claim.make' | 'claim.decide' | 'family.manage' | 'family.confirm' | 'recovery.open' | 'recovery.confirm' | 'access.enter' | 'agent.appoint'>;

/** What access asks of the registry. */
export interface PeopleRecords {
  /** The people with this number in any of its forms; undefined for a text that is no number. */
  readNumber(text: string): { readonly canonical: string; readonly birthDate: string | null } | undefined;
  findByNumber(tx: Tx, scope: RecordScope, canonical: string): Promise<readonly PersonRecord[]>;
  findPerson(tx: Tx, scope: RecordScope, partyId: string): Promise<PersonRecord | undefined>;
  /** Adds a person of whom only name and number are known. @returns the new party's id. */
  addPerson(tx: Tx, scope: RecordScope, person: { readonly name: string; readonly identityNumber: string }): Promise<string>;
  /** The jurisdiction of an organisation; undefined where there is none such. */
  jurisdictionOf(tx: Tx, scope: RecordScope, organisationId: string): Promise<string | undefined>;
  /** The names of organisations, for whom they asked to act for them. */
  namesOf(tx: Tx, tenantId: number, organisationIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The settings of an issuer. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  readonly returnUrl: string;
}

/** What a visit to an issuer needs to be ended by. */
export interface ProviderVisit {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Signs in by OpenID Connect: authorization code with PKCE, state and nonce. */
export interface IdentityProviders {
  /** @throws Refusal provider-unreachable */
  begin(settings: ProviderSettings): Promise<ProviderVisit & { readonly goTo: string }>;
  /** The subject that the issuer confirms. @param query what stands behind the question mark of the address of return. @throws Refusal provider-refused, provider-unreachable */
  end(settings: ProviderSettings, visit: ProviderVisit, query: string): Promise<{ readonly subject: string }>;
}

/** What access stands on. */
export interface AccessParts {
  readonly protector: Protector;
  readonly hasher: PasswordHasher;
  readonly sendMessage: SendAccessMessage;
  readonly people: PeopleRecords;
  /** Whether a paper that an officer names may be rested on. */
  readonly papers: Papers;
  readonly providers: IdentityProviders;
  /** The version of the notice on personal information that people accept when they register. */
  readonly noticeVersion: string;
  /** The name under which an authenticator shows its codes. */
  readonly issuerName: string;
}

/** From where somebody calls. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
  readonly language: 'zh' | 'en';
  /** The cookie of a browser in which somebody entered before; it opens nothing, its attempts only are counted apart. */
  readonly browser: string | undefined;
}
