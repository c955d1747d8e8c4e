// Signs somebody in by password: the same work, the same answer, whether or not there is such an account.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { recordAudit } from '../audit/index.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Account, type AccountScope, findAccountByLogin, findAccountByPhone, renewHash } from './account-store.ts';
import { attemptAt, countAttempts, takeBackAttempts } from './count-attempts.ts';
import { isOutdated } from './hash-password.ts';
import { type Entry, isUsable, proceed } from './open-session.ts';
import { searchKeys } from './sealed-columns.ts';

/** What somebody typed, and from where. */
export interface PasswordEntry {
  readonly login: string;
  readonly password: string;
  readonly client: Client;
  /** The cookie of a browser in which this login was entered before. */
  readonly browser: string | undefined;
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
export async function signInByPassword(db: Database, parts: AccessParts, scope: Scope<'access.enter'>, typed: PasswordEntry, now: Date): Promise<Entry & { readonly browser: string | undefined }> {
  const { protector, hasher } = parts;
  const { tenantId } = scope;
  const { value } = readLogin(typed.login);
  const known = readBrowser(protector, tenantId, value, typed.browser);
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
    await inTenant(db, tenantId, (tx) => recordAudit(tx, scope, { action: 'sign-in.by-password', outcome: 'refused', ...aboutAccount(account) }));
    throw new Refusal('sign-in-refused');
  }
  const renewed = isOutdated(password.hash) ? await hasher.hash(typed.password) : undefined;
  const entry = await inTenant(db, tenantId, async (tx) => {
    await takeBackAttempts(tx, scope, attempts, now);
    if (renewed !== undefined) await renewHash(tx, scope, account.accountId, password.hash, renewed);
    return proceed(tx, scope, account, 'password', typed.client, now);
  });
  return { ...entry, browser: known === undefined ? writeBrowser(protector, tenantId, value) : undefined };
}

/** What the trail may say of an account. */
export function aboutAccount(account: Pick<Account, 'accountId'> | undefined): { object?: { kind: string; id: string } } {
  return account === undefined ? {} : { object: { kind: 'account', id: account.accountId } };
}

const browserDigest = (protector: Protector, tenantId: number, login: string, nonce: string): Buffer => Buffer.from(protector.digest(tenantId, `known-browser ${login} ${nonce}`));

/** A cookie by which a browser is known for one login; it opens nothing, it only is counted apart. */
function writeBrowser(protector: Protector, tenantId: number, login: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${browserDigest(protector, tenantId, login, nonce).toString('base64url')}`;
}

function readBrowser(protector: Protector, tenantId: number, login: string, cookie: string | undefined): string | undefined {
  const [nonce = '', mark = ''] = (cookie ?? '').split('.');
  const shown = Buffer.from(mark, 'base64url');
  const expected = browserDigest(protector, tenantId, login, nonce);
  return shown.length === expected.length && timingSafeEqual(shown, expected) ? nonce : undefined;
}
