// Signs people in by an outside identity provider: a subject is an account, and a new subject claims a record like anybody.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import { type Scope, scopeAlso, type WriteAudit } from '../permissions/index.ts';
import type { AccessParts, Client, ProviderSettings } from './access-parts.ts';
import { type Account, findAccount, findOutsideIdentity, insertAccount, insertOutsideIdentity } from './account-store.ts';
import { insertVisit, takeVisit } from './entry-store.ts';
import { type Entry, isUsable, proceed, recordEntry } from './open-session.ts';
import { needRecentProof } from './own-account.ts';
import { listAllProviders, type Provider } from './provider-store.ts';
import { rowIn } from './sealed-columns.ts';
import { aboutAccount } from './sign-in-by-password.ts';
import { digestToken, makeToken } from './token.ts';

const VISIT_MINUTES = 10;

/** Providers that people may choose. */
export async function listOffered(tx: Tx, scope: Scope<'access.enter'>): Promise<readonly Provider[]> {
  return (await listAllProviders(tx, scope)).filter((provider) => provider.isOpen);
}

async function getProvider(tx: Tx, scope: Scope<'access.enter'>, providerId: string): Promise<Provider> {
  const [provider] = await listAllProviders(tx, scope, providerId);
  if (provider === undefined || !provider.isOpen) throw new Refusal('not-found');
  return provider;
}

function settingsOf({ protector }: AccessParts, tenantId: number, provider: Provider): ProviderSettings {
  const { issuer, clientId, returnUrl, providerId, secretSealed } = provider;
  const clientSecret = secretSealed === null ? null : rowIn(protector, tenantId, 'identity_providers', providerId).open('secret_sealed', secretSealed);
  return { issuer, clientId, returnUrl, clientSecret };
}

/**
 * Begins a visit: where to send the browser, and the cookie by which it is known when it comes back.
 * @throws Refusal not-found, provider-unreachable
 */
export async function beginVisit(db: Database, parts: AccessParts, scope: Scope<'access.enter'>, providerId: string, now: Date, record: WriteAudit): Promise<{ goTo: string; browser: string }> {
  const { tenantId } = scope;
  const provider = await inTenant(db, tenantId, (tx) => getProvider(tx, scope, providerId));
  // The issuer is asked outside of any transaction.
  const { goTo, state, nonce, verifier } = await parts.providers.begin(settingsOf(parts, tenantId, provider));
  const browser = makeToken('visit');
  const visitId = newId();
  const verifierSealed = rowIn(parts.protector, tenantId, 'provider_visits', visitId).seal('verifier_sealed', verifier);
  const expiresAt = new Date(now.getTime() + VISIT_MINUTES * 60_000);
  await inTenant(db, tenantId, async (tx) => {
    await insertVisit(tx, scope, { visitId, providerId, stateDigest: digestToken(state), browserDigest: digestToken(browser), verifierSealed, nonce, expiresAt });
    await record(tx, { object: { kind: 'identity-provider', id: providerId } });
  });
  return { goTo, browser };
}

/**
 * Ends a visit. A known subject enters its account; a new one is tied to the account that this browser is signed in to, or gets a new account
 * that has claimed nothing yet. Names, mail addresses and telephones that the issuer may tell are not looked at.
 * @throws Refusal provider-refused, provider-unreachable, notice-needed, proof-needed (to tie)
 */
export async function endVisit(
  db: Database,
  parts: AccessParts,
  scope: Scope<'access.enter'>,
  back: { readonly query: string; readonly browser: string | undefined; readonly noticeVersion: string | undefined; readonly client: Client },
  now: Date,
  record: WriteAudit,
): Promise<Entry> {
  const { tenantId } = scope;
  const state = new URLSearchParams(back.query).get('state') ?? '';
  const visit = await inTenant(db, tenantId, async (tx) => {
    const taken = await takeVisit(tx, scope, digestToken(state), digestToken(back.browser ?? ''), now);
    if (taken === undefined) await record(tx, { outcome: 'refused' });
    return taken && { ...taken, provider: await getProvider(tx, scope, taken.providerId) };
  });
  if (visit === undefined) throw new Refusal('provider-refused');
  const { provider, nonce, visitId, verifierSealed } = visit;
  const verifier = rowIn(parts.protector, tenantId, 'provider_visits', visitId).open('verifier_sealed', verifierSealed);
  let subject: string;
  try {
    ({ subject } = await parts.providers.end(settingsOf(parts, tenantId, provider), { state, nonce, verifier }, back.query));
  } catch (error) {
    const object = { kind: 'identity-provider', id: provider.providerId };
    if (error instanceof Refusal && error.code === 'provider-refused') await inTenant(db, tenantId, (tx) => record(tx, { outcome: 'refused', object }));
    throw error;
  }
  const outcome = await inTenant(db, tenantId, async (tx): Promise<Entry | Refusal> => {
    const account = await findOrTie(tx, parts, scope, { providerId: provider.providerId, subject }, back.noticeVersion, now);
    if (!isUsable(account)) {
      await record(tx, { outcome: 'refused', ...aboutAccount(account) });
      return new Refusal('provider-refused');
    }
    return recordEntry(tx, record, await proceed(tx, scope, account, { method: 'provider' }, back.client, now));
  });
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

async function findOrTie(
  tx: Tx,
  parts: AccessParts,
  scope: Scope<'access.enter'>,
  identity: { readonly providerId: string; readonly subject: string },
  noticeVersion: string | undefined,
  now: Date,
): Promise<Account> {
  const known = await findOutsideIdentity(tx, scope, identity.providerId, identity.subject);
  const accountId = known ?? scope.actor.accountId ?? newId();
  if (known === undefined) {
    if (scope.actor.accountId === null) {
      if (noticeVersion !== parts.noticeVersion) throw new Refusal('notice-needed', { version: parts.noticeVersion });
      await insertAccount(tx, scope, { accountId, duty: 'person', noticeVersion, createdBy: null, confirmedAt: now }, now);
    } else {
      // What opens the account for ever is not added by whoever finds a session open.
      await needRecentProof(tx, scopeAlso(scope, 'access.own'), now);
    }
    await insertOutsideIdentity(tx, scope, { ...identity, accountId }, now);
  }
  const account = await findAccount(tx, scope, accountId);
  if (account === undefined) throw new Refusal('provider-refused');
  return account;
}
