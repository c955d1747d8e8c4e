// A member of staff activates the account: login, the telephone that the security administrator entered, and a password that nobody else knows.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Account, findAccount, setPassword } from './account-store.ts';
import { attemptAt, countAttempts, takeBackAttempts } from './count-attempts.ts';
import { isStaff } from './duty.ts';
import { type Entry, isUsable, proceed, recordEntry } from './open-session.ts';
import { checkPhoneCode, spendPhoneCode, type TypedCode } from './phone-codes.ts';
import { refuseUnfitPassword } from './refuse-unfit-password.ts';
import { phoneOfAccount } from './sealed-columns.ts';
import { aboutAccount, findByLogin, readLogin } from './sign-in-by-password.ts';

/**
 * Sets the first password, or the one after a reset; the second factor comes next.
 * @throws Refusal sign-in-refused for everything that does not fit, password-unfit, too-many-attempts
 */
export async function activateStaff(
  db: Database,
  parts: AccessParts,
  scope: Scope<'access.enter'>,
  typed: TypedCode & { readonly login: string; readonly password: string; readonly client: Client },
  now: Date,
  record: WriteAudit,
): Promise<Entry> {
  const { protector } = parts;
  const { tenantId } = scope;
  const attempts = [attemptAt(protector, tenantId, 'password', readLogin(typed.login).value), attemptAt(protector, tenantId, 'address', typed.client.address)];
  const checked = await inTenant(db, tenantId, async (tx): Promise<{ account: Account; phone: string } | Refusal> => {
    const { refused } = await countAttempts(tx, scope, attempts, now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    const phone = await checkPhoneCode(tx, parts, scope, typed, 'enter', now);
    const account = await findByLogin(tx, scope, protector, typed.login);
    const own = phoneOfAccount(protector, tenantId, account);
    if (phone !== undefined && account !== undefined && isStaff(account.duty) && own === phone && account.password === undefined && isUsable(account)) return { account, phone };
    await record(tx, { outcome: 'refused', ...aboutAccount(account) });
    return new Refusal('sign-in-refused');
  });
  if (checked instanceof Refusal) throw checked;
  const { account, phone } = checked;
  await inTenant(db, tenantId, (tx) => refuseUnfitPassword(tx, parts, scope, account, typed.password));
  const hash = await parts.hasher.hash(typed.password);
  return inTenant(db, tenantId, async (tx) => {
    await takeBackAttempts(tx, scope, attempts, now);
    await spendPhoneCode(tx, parts, scope, typed.codeId, phone, typed.client, now);
    await setPassword(tx, scope, account.accountId, { hash, isOneTime: false, expiresAt: null }, now);
    const fresh = await findAccount(tx, scope, account.accountId);
    return recordEntry(tx, record, await proceed(tx, scope, fresh ?? account, { method: 'password' }, typed.client, now));
  });
}
