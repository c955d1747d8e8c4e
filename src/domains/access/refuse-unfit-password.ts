// Refuses a password that is not taken, with every reason in both languages.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { type RecordScope, type AccessParts } from './access-parts.ts';
import type { Account } from './account-store.ts';
import type { FactorScope } from './prove-factor.ts';
import { isStaff } from './duty.ts';
import { findPasswordFaults, leastLength, type PasswordFault } from './password-rules.ts';
import { rowIn } from './sealed-columns.ts';
import { scopeAlso } from '../permissions/index.ts';

const words: Readonly<Record<PasswordFault, { readonly zh: string; readonly en: string }>> = {
  'too-short': { zh: '至少 {least} 个字符', en: 'at least {least} characters' },
  'too-long': { zh: '最多 128 个字符', en: 'at most 128 characters' },
  'well-known': { zh: '太常见，别人一猜就中', en: 'too common: it is among the first to be guessed' },
  'too-uniform': { zh: '字符太少变化，或者是键盘上连着的一串', en: 'too few different characters, or a run of keys' },
  'holds-own-data': { zh: '不要含自己的手机号、证件号码、生日、姓名或登录名', en: 'must not hold your telephone, identity number, birth date, name or login' },
  'too-few-kinds': { zh: '小写字母、大写字母、数字、符号，至少要有三种', en: 'at least three of small letters, capitals, figures and signs' },
};

/** @throws Refusal password-unfit with one detail for each fault. */
export async function refuseUnfitPassword(tx: Tx, parts: AccessParts, scope: FactorScope, account: Account, password: string): Promise<void> {
  const row = rowIn(parts.protector, scope.tenantId, 'accounts', account.accountId);
  const recordScope: RecordScope = scopeAlso(scope, 'access.enter');
  const person = account.partyId === null ? undefined : await parts.people.findPerson(tx, recordScope, account.partyId);
  const staff = isStaff(account.duty);
  const faults = findPasswordFaults(
    password,
    {
      phone: account.phoneSealed === null ? undefined : row.open('phone_sealed', account.phoneSealed),
      login: account.loginSealed === null ? undefined : row.open('login_sealed', account.loginSealed),
      name: account.nameSealed === null ? person?.name : row.open('name_sealed', account.nameSealed),
      identityNumber: person?.identityNumber ?? undefined,
    },
    staff,
  );
  if (faults.length > 0) throw refusalOfFaults(faults, staff);
}

/** The refusal that tells every fault. */
export function refusalOfFaults(faults: readonly PasswordFault[], staff: boolean): Refusal {
  const details = faults.map((fault): ErrorDetail => {
    const fill = (text: string): string => text.replace('{least}', String(leastLength(staff)));
    return { field: 'password', zh: fill(words[fault].zh), en: fill(words[fault].en) };
  });
  return new Refusal('password-unfit', {}, details);
}
