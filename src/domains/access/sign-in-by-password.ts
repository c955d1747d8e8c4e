// Signs somebody in by password: the same work, the same answer, whether or not there is such an account.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Account, type AccountScope, findAccountByLogin, findAccountByPhone, renewHash } from './account-store.ts';
import { attemptAt, countAttempts, takeBackAttempts } from './count-attempts.ts';
import { isOutdated } from './hash-password.ts';
import { readBrowser, writeBrowser } from './known-browser.ts';
import { type Entry, isUsable, proceed, recordEntry } from './open-session.ts';
import { searchKeys } from './sealed-columns.ts';

/** What somebody typed, and from where. */
export interface PasswordEntry {
  readonly login: string;
  readonly password: string;
  readonly client: Client;
}

/** One spelling of a login: telephones with spaces or +86, staff in capitals. */
export function readLogin(typed: string): { readonly kind: 'phone' | 'login'; readonly value: string } {
  const plain = typed.normalize('NFKC').trim();
  const phone = /^(?:\+?86)?(1[3-9]\d{9})$/.exec(plain.replace(/[\s-]/g, ''))?.[1];
  return phone === undefined ? { kind: 'login', value: plain.toLowerCase() } : { kind: 'phone', value: phone };
}

/** The account of a login: one question to the database for either kind. */
export function findByLogin(tx: Tx, scope: AccountScope, protector: Protector, typed: string): Promise<Account | undefined> {
  const { kind, value } = readLogin(typed);
  const keys = searchKeys(protector, scope.tenantId, kind, value);
  return kind === 'phone' ? findAccountByPhone(tx, scope, keys) : findAccountByLogin(tx, scope, keys);
}

/**
 * Signs in, or says which step is left; `browser` is a cookie that makes this browser known for this login.
 * @throws Refusal sign-in-refused for everything that is not right, too-many-attempts while the login or the address is closed.
 */
export async function signInByPassword(
  db: Database,
  parts: AccessParts,
  scope: Scope<'access.enter'>,
  typed: PasswordEntry,
  now: Date,
  record: WriteAudit,
): Promise<Entry & { readonly browser: string | undefined }> {
  const { protector, hasher } = parts;
  const { tenantId } = scope;
  const { value } = readLogin(typed.login);
  const known = readBrowser(protector, tenantId, value, typed.client.browser);
  const gate = known === undefined ? attemptAt(protector, tenantId, 'password', value) : attemptAt(protector, tenantId, 'known-browser', `${value} ${known}`);
  const attempts = [gate, attemptAt(protector, tenantId, 'address', typed.client.address)];
  const { account, refused } = await inTenant(db, tenantId, async (tx) => {
    const { refused } = await countAttempts(tx, scope, attempts, now);
    return { refused, account: refused > 0 ? undefined : await findByLogin(tx, scope, protector, typed.login) };
  });
  if (refused > 0) throw new Refusal('too-many-attempts', { seconds: refused });
  // Outside of any transaction: hashing takes its time.
  const isRight = await hasher.matches(account?.password?.hash, typed.password);
  const password = account?.password;
  const expiresAt = password?.expiresAt ?? null;
  const isExpired = expiresAt !== null && expiresAt <= now;
  if (account === undefined || password === undefined || !isRight || isExpired || !isUsable(account)) {
    await inTenant(db, tenantId, (tx) => record(tx, { outcome: 'refused', ...aboutAccount(account) }));
    throw new Refusal('sign-in-refused');
  }
  const renewed = isOutdated(password.hash) ? await hasher.hash(typed.password) : undefined;
  const entry = await inTenant(db, tenantId, async (tx) => {
    await takeBackAttempts(tx, scope, attempts, now);
    if (renewed !== undefined) await renewHash(tx, scope, account.accountId, password.hash, renewed);
    return recordEntry(tx, record, await proceed(tx, scope, account, { method: 'password' }, typed.client, now));
  });
  return { ...entry, browser: known === undefined ? writeBrowser(protector, tenantId, value, typed.client.browser) : undefined };
}

/** What the trail may say of an account. */
export function aboutAccount(account: Pick<Account, 'accountId'> | undefined): { object?: { kind: string; id: string } } {
  return account === undefined ? {} : { object: { kind: 'account', id: account.accountId } };
}
