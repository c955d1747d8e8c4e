// Bank accounts: entered by those whom they belong to, shown masked, opened only to pay.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { spellIdentityNumber } from '../../contract/identity-number.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { rowOf } from '../protection/index.ts';
import { type BankAccountRow, closeBankAccountRow, countOtherHolders, insertBankAccount, readBankAccounts } from './bank-account-store.ts';
import { nameActor, type PartyKind } from './party.ts';
import { getPartyInReach } from './party-store.ts';
import type { RegistryTools } from './registry-tools.ts';

/** An account as entered. */
export interface NewBankAccount {
  readonly bankName: string;
  readonly holderName: string;
  readonly number: string;
}

/** An account as others see it. */
export interface BankAccountView {
  readonly bankAccountId: string;
  readonly bankName: string;
  readonly holderName: string;
  /** The last four digits: **** 1234. */
  readonly maskedNumber: string;
  /** Whether the number satisfies the check of bank cards; accounts of organisations do not have it. */
  readonly isNumberChecked: boolean;
  readonly recordedAt: Date;
  readonly closedAt: Date | null;
}

/** Whether a card number satisfies Luhn's check (ISO/IEC 7812-1): 13 to 19 digits. */
function isCardNumber(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits)) return false;
  const sum = Array.from(digits).reverse().reduce((total, digit, at) => {
    const doubled = at % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** An account number as it is stored, and what is doubtful of the account: told, and entered all the same. */
export interface CheckedBankAccount {
  readonly number: string;
  readonly isNumberChecked: boolean;
  readonly warnings: readonly ErrorDetail[];
}

/** What is said of an account that others have too. */
export const otherHolderWarning: ErrorDetail = {
  field: 'number', zh: '这个账号也登记在别人名下，付款前会核对。', en: 'This account is registered for somebody else too; it is checked before anything is paid.',
};

/** Checks an account as entered for a party. @returns what is wrong where it cannot be entered. */
export function checkBankAccount(party: { readonly kind: PartyKind; readonly name: string }, input: NewBankAccount): CheckedBankAccount | ErrorDetail {
  const number = spellIdentityNumber(input.number);
  if (!/^\d{6,32}$/.test(number)) {
    return { field: 'number', zh: '银行账号只能是数字，请照银行卡或开户许可填写。', en: 'An account number consists of digits; write it as on the card or the licence of the account.' };
  }
  const isNumberChecked = isCardNumber(number);
  const warnings: ErrorDetail[] = [];
  if (party.kind === 'person' && !isNumberChecked) {
    warnings.push({ field: 'number', zh: '卡号的末位对不上，多半有一位写错了；如果是存折账号，请再核对一次。', en: 'The last digit does not fit a card number: most likely one digit is wrong. Compare it once more.' });
  }
  if (input.holderName.trim() !== party.name) {
    warnings.push({ field: 'holderName', zh: '户名和登记的名称不一致，付款前会核对。', en: 'The holder’s name differs from the one registered; it is checked before anything is paid.' });
  }
  return { number, isNumberChecked, warnings };
}

/**
 * Enters an account. What is doubtful (no card's check; to officers, an account of somebody else too) is told and entered all the same.
 * @throws Refusal not-found, input-invalid.
 */
export async function addBankAccount(
  tx: Tx,
  scope: Scope<'bank-account.write'>,
  { protector }: RegistryTools,
  partyId: string,
  input: NewBankAccount,
  now: Date,
): Promise<{ readonly partyId: string; readonly bankAccountId: string; readonly warnings: readonly ErrorDetail[] }> {
  const { tenantId } = scope;
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const checked = checkBankAccount(party, input);
  if ('field' in checked) throw new Refusal('input-invalid', { count: 1 }, [checked]);
  const searches = protector.searchKeys(tenantId, 'bank-account', checked.number);
  // Told to officers alone: by it anybody could ask whether an account number is registered. Before anything is paid it is looked at whoever entered it.
  const isShared = scope.reach.kind === 'jurisdictions' && (await countOtherHolders(tx, scope, searches, party.ids)) > 0;
  const row = sealBankAccount(protector, tenantId, party.partyId, input, checked, { recordedAt: now, recordedBy: nameActor(scope.actor), givenById: null });
  await insertBankAccount(tx, scope, row);
  return { partyId: party.partyId, bankAccountId: row.bankAccountId, warnings: isShared ? [...checked.warnings, otherHolderWarning] : checked.warnings };
}

/** The row of a new account, its number sealed. */
export function sealBankAccount(
  protector: RegistryTools['protector'],
  tenantId: number,
  partyId: string,
  { bankName, holderName }: NewBankAccount,
  { number, isNumberChecked }: CheckedBankAccount,
  recorded: Pick<BankAccountRow, 'recordedAt' | 'recordedBy' | 'givenById'>,
): BankAccountRow {
  const bankAccountId = newId();
  return {
    partyId,
    bankAccountId,
    bankName: bankName.trim(),
    holderName: holderName.trim(),
    numberSealed: protector.seal({ tenantId, table: 'bank_accounts', column: 'number_sealed', row: rowOf(partyId, bankAccountId) }, number),
    numberSearch: protector.searchKey(tenantId, 'bank-account', number),
    isNumberChecked,
    closedAt: null,
    ...recorded,
  };
}

/** The accounts of a party, masked. @throws Refusal not-found. */
export async function listBankAccounts(
  tx: Tx,
  scope: Scope<'bank-account.read'>,
  tools: RegistryTools,
  partyId: string,
): Promise<{ readonly partyId: string; readonly accounts: readonly BankAccountView[] }> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const rows = await readBankAccounts(tx, scope, party.ids);
  return {
    partyId: party.partyId,
    accounts: rows.map((row) => ({
      bankAccountId: row.bankAccountId,
      bankName: row.bankName,
      holderName: row.holderName,
      maskedNumber: `**** ${openBankAccount(tools, scope.tenantId, row).slice(-4)}`,
      isNumberChecked: row.isNumberChecked,
      recordedAt: row.recordedAt,
      closedAt: row.closedAt,
    })),
  };
}

/** An account's number in full, to pay. @throws Refusal not-found. */
export async function revealBankAccount(tx: Tx, scope: Scope<'bank-account.reveal'>, tools: RegistryTools, partyId: string, bankAccountId: string): Promise<{ readonly partyId: string; readonly number: string }> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const row = (await readBankAccounts(tx, scope, party.ids)).find((one) => one.bankAccountId === bankAccountId);
  if (row === undefined) throw new Refusal('not-found');
  return { partyId: party.partyId, number: openBankAccount(tools, scope.tenantId, row) };
}

/** Closes an account: nothing is paid to it any more. @throws Refusal not-found, for one that is closed too. */
export async function closeBankAccount(tx: Tx, scope: Scope<'bank-account.write'>, partyId: string, bankAccountId: string, now: Date): Promise<{ readonly partyId: string }> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const row = (await readBankAccounts(tx, scope, party.ids)).find((one) => one.bankAccountId === bankAccountId);
  if (row === undefined || !(await closeBankAccountRow(tx, scope, row.partyId, bankAccountId, now))) throw new Refusal('not-found');
  return { partyId: party.partyId };
}

/** The number in a row, opened. */
export function openBankAccount({ protector }: RegistryTools, tenantId: number, row: BankAccountRow): string {
  return protector.openText({ tenantId, table: 'bank_accounts', column: 'number_sealed', row: rowOf(row.partyId, row.bankAccountId) }, row.numberSealed);
}
