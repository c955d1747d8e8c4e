// How an account is reached by messages: its verified telephone.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { findAccount } from './account-store.ts';
import { phoneOfAccount } from './sealed-columns.ts';

/** The contact of an account, for the messages; undefined where there is no such account. */
export function makeFindContact(protector: Protector) {
  return async (tx: Tx, scope: Scope<'message.send'>, accountId: string): Promise<{ phone?: string; language: 'zh' | 'en' } | undefined> => {
    const account = await findAccount(tx, scope, accountId);
    if (account === undefined) return undefined;
    const phone = phoneOfAccount(protector, scope.tenantId, account);
    return phone === undefined ? { language: 'zh' } : { phone, language: 'zh' };
  };
}
