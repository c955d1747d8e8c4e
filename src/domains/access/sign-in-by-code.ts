// Signs a person in by a code sent to the telephone, and registers whoever comes for the first time: one door, so none tells who is known.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Account, findAccountByPhone, insertAccount } from './account-store.ts';
import { isLongQuiet, needsRealName } from './duty.ts';
import { readBrowser, writeBrowser } from './known-browser.ts';
import { type Entry, isUsable, proceed, recordEntry } from './open-session.ts';
import { checkPhoneCode, spendPhoneCode, type TypedCode } from './phone-codes.ts';
import { rowIn, searchKey, searchKeys } from './sealed-columns.ts';
import { aboutAccount } from './sign-in-by-password.ts';

/** The entry, whether the account was made by it, and a cookie that makes this browser known for the telephone once the entry is complete. */
export type CodeEntry = Entry & { readonly isNew: boolean; readonly browser: string | undefined };

/**
 * Signs in or registers. Only whoever holds the telephone learns which of the two it was. A named account asks for name and number besides
 * where the browser or a long silence leaves open whose the telephone is: see `needsRealName`.
 * @throws Refusal code-refused, notice-needed (the code then still serves), recovery-needed (a named account that was quiet for half a year)
 */
export async function signInByCode(
  db: Database,
  parts: AccessParts,
  scope: Scope<'access.enter'>,
  typed: TypedCode & { readonly noticeVersion: string | undefined; readonly client: Client },
  now: Date,
  record: WriteAudit,
): Promise<CodeEntry> {
  const outcome = await inTenant(db, scope.tenantId, async (tx): Promise<CodeEntry | Refusal> => {
    const phone = await checkPhoneCode(tx, parts, scope, typed, 'enter', now);
    if (phone === undefined) {
      await record(tx, { outcome: 'refused' });
      return new Refusal('code-refused');
    }
    const found = await findAccountByPhone(tx, scope, searchKeys(parts.protector, scope.tenantId, 'phone', phone));
    if (found === undefined && typed.noticeVersion !== parts.noticeVersion) return new Refusal('notice-needed', { version: parts.noticeVersion });
    const account = found ?? (await register(tx, parts, scope, phone, now));
    await spendPhoneCode(tx, parts, scope, typed.codeId, phone, typed.client, now);
    if (!isUsable(account) || isLongQuiet(account, now)) {
      await record(tx, { outcome: 'refused', ...aboutAccount(account) });
      return new Refusal(isUsable(account) ? 'recovery-needed' : 'code-refused');
    }
    const { tenantId } = scope;
    const isKnown = readBrowser(parts.protector, tenantId, phone, typed.client.browser) !== undefined;
    const proof = { method: 'phone-code', isUnfamiliar: needsRealName(account, isKnown, now) } as const;
    const entry = await recordEntry(tx, record, await proceed(tx, scope, account, proof, typed.client, now));
    // Not before every step is done: the cookie stands for a browser in which the account was entered.
    return { ...entry, isNew: found === undefined, browser: isKnown || entry.next !== 'done' ? undefined : writeBrowser(parts.protector, tenantId, phone, typed.client.browser) };
  });
  // Thrown after the commit: a wrong try must stay counted.
  if (outcome instanceof Refusal) throw outcome;
  return outcome;
}

/** A person's account for a verified telephone. */
async function register(tx: Tx, parts: AccessParts, scope: Scope<'access.enter'>, phone: string, now: Date): Promise<Account> {
  const { protector, noticeVersion } = parts;
  const { tenantId } = scope;
  const accountId = newId();
  const sealed = rowIn(protector, tenantId, 'accounts', accountId).seal('phone_sealed', phone);
  const search = searchKey(protector, tenantId, 'phone', phone);
  await insertAccount(tx, scope, { accountId, duty: 'person', phone: { sealed, search }, noticeVersion, createdBy: null, confirmedAt: now }, now);
  // Two calls at once make one account: whoever came second finds the first one's.
  const account = await findAccountByPhone(tx, scope, searchKeys(protector, tenantId, 'phone', phone));
  if (account === undefined) throw new Error('an account that was just made is not there');
  return account;
}
