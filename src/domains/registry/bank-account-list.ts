// Payee accounts that an employer gives for its people by a list: who is meant, what each row comes to, and writing it.
import type { ErrorDetail } from '../../contract/errors.ts';
import { maskIdentityNumber } from '../../contract/identity-number.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type BankAccountRow, closeBankAccountRow, findAccountHolders, insertBankAccount, listStaff, lockPayees, readBankAccounts } from './bank-account-store.ts';
import { type CheckedBankAccount, checkBankAccount, openBankAccount, otherHolderWarning, sealBankAccount } from './bank-account.ts';
import { foldName } from './name-likeness.ts';
import { dayOf } from './party.ts';
import { listMergedIds, resolveParties } from './party-store.ts';
import { readPeople, type StoredPerson } from './person-store.ts';
import type { RegistryTools } from './registry-tools.ts';
import { openNumber } from './seal-person.ts';

/** One row of a list. */
export interface ListedAccount {
  /** Of the employee. */
  readonly name: string;
  /** The employee's identity number in its one spelling, or with its middle hidden: 220***********1234. */
  readonly number: string;
  readonly bankName: string;
  readonly holderName: string;
  readonly accountNumber: string;
}

/** What became of one row. The fields of its details are those of a list's columns: `name`, `number`, `bank`, `account`, `holder`. */
export type GivenAccount =
  | { readonly outcome: 'added' | 'updated' | 'unchanged'; readonly partyId: string }
  /** In doubt as the single form tells it: written only if doubts are. */
  | { readonly outcome: 'double' | 'wrong'; readonly details: readonly ErrorDetail[] };

/** On whose behalf a list is taken in, and how. */
export interface AccountManner {
  readonly employerId: string;
  /** People for whom departments granted the employer a case: that they work there was looked into. */
  readonly grantedTo: readonly string[];
  readonly recordedBy: string;
  readonly now: Date;
  /** Only says what would be done. */
  readonly isTrial: boolean;
  /** Writes rows in doubt too. */
  readonly withDoubts: boolean;
}

const LONGEST_NAME = 100;
const byName = new Intl.Collator('zh');

const notStaff: ErrorDetail = {
  field: 'number',
  zh: '在职员工里没有这个人。请核对姓名和证件号码；部门还没有核实在本单位工作的，要等核实以后，或者请本人登记。',
  en: 'No such employee. Compare name and number. Somebody whose work here no department has confirmed yet has to wait for that, or enters the account in person.',
};
const nameDiffers: ErrorDetail = { field: 'name', zh: '姓名和这个证件号码对不上，请核对。', en: 'The name does not go with this number; compare them.' };
const severalMeant: ErrorDetail = {
  field: 'number', zh: '有几位员工同名、证件号码首尾也一样，请写完整的号码。', en: 'Several employees have this name and such a number; write the number in full.',
};
const ownAccount: ErrorDetail = {
  field: 'account', zh: '这位员工已经有本人或窗口登记的收款账户，要换请本人办理。', en: 'This employee has an account already, entered in person or at the window; only the employee can change it.',
};
const twice: ErrorDetail = { field: 'number', zh: '前面已经有一行写了这位员工。请只留对的那一行。', en: 'A row above is about this employee already. Keep the right one only.' };
const sharedInList: ErrorDetail = { field: 'account', zh: '表里另一位员工也写了这个账号，请核对。', en: 'Another employee of the list has this account number too; compare them.' };

/**
 * The people who work for an organisation today, merged ones as one: those of whom somebody else than the two says so, and those whom departments
 * granted it a case for. An employer's own word that somebody works for it gives it no hold on where money for that person goes.
 */
async function readStaff(tx: Tx, scope: Scope<'import.accounts'>, { employerId, grantedTo, now }: Pick<AccountManner, 'employerId' | 'grantedTo' | 'now'>): Promise<readonly StoredPerson[]> {
  const rows = await listStaff(tx, scope, await idsOf(tx, scope, employerId), dayOf(now));
  const kept = await resolveParties(tx, scope, [...rows.map(({ partyId }) => partyId), ...grantedTo]);
  const granted = new Set(grantedTo.map((id) => kept.get(id)));
  const staff = rows.flatMap(({ partyId, isConfirmed }) => {
    const id = kept.get(partyId);
    return id !== undefined && (isConfirmed || granted.has(id)) ? [id] : [];
  });
  return readPeople(tx, scope, [...new Set(staff)]);
}

async function idsOf(tx: Tx, scope: Scope<'import.accounts'>, partyId: string): Promise<readonly string[]> {
  const kept = (await resolveParties(tx, scope, [partyId])).get(partyId);
  return kept === undefined ? [] : [...(await listMergedIds(tx, scope, [kept])).keys()];
}

/** The open accounts of people, the latest first, by the person in force. */
async function readOpenAccounts(tx: Tx, scope: Scope<'import.accounts'>, partyIds: readonly string[]): Promise<ReadonlyMap<string, readonly BankAccountRow[]>> {
  const ids = await listMergedIds(tx, scope, partyIds);
  if (ids.size === 0) return new Map();
  const open = (await readBankAccounts(tx, scope, [...ids.keys()])).filter(({ closedAt }) => closedAt === null);
  return Map.groupBy(open, ({ partyId }) => ids.get(partyId) ?? partyId);
}

/**
 * The employees among some people who have no account in use, as they are shown to their employer: for the template of a list.
 * @param among ids of people, whether merged or not
 */
export async function listPayeesWithout(
  tx: Tx,
  scope: Scope<'import.accounts'>,
  { protector }: RegistryTools,
  employer: Pick<AccountManner, 'employerId' | 'grantedTo' | 'now'>,
  among: readonly string[],
): Promise<readonly { readonly name: string; readonly maskedNumber: string }[]> {
  const wanted = new Set((await resolveParties(tx, scope, among)).values());
  const staff = (await readStaff(tx, scope, employer)).filter(({ partyId }) => wanted.has(partyId));
  const accounts = await readOpenAccounts(tx, scope, staff.map(({ partyId }) => partyId));
  const without = staff.filter(({ partyId }) => !accounts.has(partyId)).map((person) => ({ name: person.name, maskedNumber: maskIdentityNumber(openNumber(protector, scope.tenantId, person) ?? '') }));
  return without.sort((one, other) => byName.compare(one.name, other.name) || (one.maskedNumber < other.maskedNumber ? -1 : 1));
}

/** Whom rows of a list mean, by the person in force: the same whether a number is written in full or with its middle hidden. Undefined where a row means nobody. */
export async function findListedPayees(
  tx: Tx,
  scope: Scope<'import.accounts'>,
  tools: RegistryTools,
  employer: Pick<AccountManner, 'employerId' | 'grantedTo' | 'now'>,
  rows: readonly Pick<ListedAccount, 'name' | 'number'>[],
): Promise<readonly (string | undefined)[]> {
  return findMeant(tools, scope.tenantId, await readStaff(tx, scope, employer), rows).map((one) => ('partyId' in one ? one.partyId : undefined));
}

/** Takes the rows of a list, or says what would become of them. In one transaction, each row by itself. */
export async function giveAccounts(tx: Tx, scope: Scope<'import.accounts'>, tools: RegistryTools, manner: AccountManner, rows: readonly ListedAccount[]): Promise<readonly GivenAccount[]> {
  const { tenantId } = scope;
  const { protector } = tools;
  const staff = await readStaff(tx, scope, manner);
  const isOfStaff = new Set(staff.map(({ partyId }) => partyId));
  const meant = onceEach(findMeant(tools, tenantId, staff, rows));
  const partyIds = [...new Set(meant.flatMap((one) => ('partyId' in one ? [one.partyId] : [])))];
  if (!manner.isTrial) await lockPayees(tx, scope, partyIds);
  const accounts = await readOpenAccounts(tx, scope, partyIds);
  const checked = rows.map((row, at) => checkRow(row, meant[at] ?? notStaff));
  const holders = await findHolders(tx, scope, tools, checked.flatMap((one) => ('account' in one ? [one.account.number] : [])));
  const inList = Map.groupBy(checked.flatMap((one) => ('account' in one ? [one] : [])), ({ account }) => account.number);
  const given: GivenAccount[] = [];
  for (const [at, one] of checked.entries()) {
    const row = rows[at];
    if (row === undefined) continue;
    if ('details' in one) {
      given.push({ outcome: 'wrong', details: one.details });
      continue;
    }
    const { partyId, account } = one;
    const open = accounts.get(partyId) ?? [];
    const [latest] = open;
    const isOurs = latest?.givenById === manner.employerId;
    const isSameNumber = latest !== undefined && openBankAccount(tools, tenantId, latest) === account.number;
    if (isSameNumber && (!isOurs || (latest.bankName === row.bankName.trim() && latest.holderName === row.holderName.trim()))) {
      given.push({ outcome: 'unchanged', partyId });
      continue;
    }
    if (latest !== undefined && !isOurs) {
      given.push({ outcome: 'wrong', details: [ownAccount] });
      continue;
    }
    // That people of other employers have it the employer does not learn; finance does, before anything is paid.
    const isElsewhere = (holders.get(account.number) ?? []).some((holder) => holder !== partyId && isOfStaff.has(holder));
    const isShared = (inList.get(account.number) ?? []).some((other) => other.partyId !== partyId);
    const doubts = [...account.warnings, ...(isElsewhere ? [otherHolderWarning] : [])].map(inColumn);
    if (isShared) doubts.push(sharedInList);
    if (doubts.length > 0 && (manner.isTrial || !manner.withDoubts)) {
      given.push({ outcome: 'double', details: doubts });
      continue;
    }
    if (!manner.isTrial) {
      for (const old of open.filter(({ givenById }) => givenById === manner.employerId)) await closeBankAccountRow(tx, scope, old.partyId, old.bankAccountId, manner.now);
      const entry = { bankName: row.bankName, holderName: row.holderName, number: row.accountNumber };
      await insertBankAccount(tx, scope, sealBankAccount(protector, tenantId, partyId, entry, account, { recordedAt: manner.now, recordedBy: manner.recordedBy, givenById: manner.employerId }));
    }
    given.push({ outcome: latest === undefined ? 'added' : 'updated', partyId });
  }
  return given;
}

type Meant = Pick<StoredPerson, 'partyId' | 'name'> | ErrorDetail;

/** Whom each row means; of hidden numbers, only those of who bears the name are opened. */
function findMeant({ protector }: RegistryTools, tenantId: number, staff: readonly StoredPerson[], rows: readonly Pick<ListedAccount, 'name' | 'number'>[]): readonly Meant[] {
  const bySearch = new Map(staff.flatMap((person) => (person.numberSearch === null ? [] : [[Buffer.from(person.numberSearch).toString('hex'), person] as const])));
  const named = Map.groupBy(staff, ({ name }) => foldName(name));
  const masked = new Map<string, string>();
  const maskOf = (person: StoredPerson): string => {
    const known = masked.get(person.partyId) ?? maskIdentityNumber(openNumber(protector, tenantId, person) ?? '');
    masked.set(person.partyId, known);
    return known;
  };
  return rows.map(({ name, number }): Meant => {
    const isHidden = number.includes('*');
    const found = isHidden
      ? (named.get(foldName(name)) ?? []).filter((person) => maskOf(person) === number)
      : protector.searchKeys(tenantId, 'identity-number', number).flatMap((key) => bySearch.get(Buffer.from(key).toString('hex')) ?? []);
    const [person, other] = found;
    if (person === undefined) return notStaff;
    if (other !== undefined && isHidden) return severalMeant;
    if (foldName(person.name) !== foldName(name)) return nameDiffers;
    return { partyId: person.partyId, name: person.name };
  });
}

/** Two people who were merged since a list was checked are one now: only the first row about them counts. */
function onceEach(meant: readonly Meant[]): readonly Meant[] {
  const taken = new Set<string>();
  return meant.map((one) => {
    if (!('partyId' in one)) return one;
    if (taken.has(one.partyId)) return twice;
    taken.add(one.partyId);
    return one;
  });
}

type CheckedRow = { readonly partyId: string; readonly account: CheckedBankAccount } | { readonly details: readonly ErrorDetail[] };

/** Everything that is wrong with a row at once. */
function checkRow(row: ListedAccount, meant: Meant): CheckedRow {
  const party = { kind: 'person', name: 'partyId' in meant ? meant.name : row.holderName } as const;
  const account = checkBankAccount(party, { bankName: row.bankName, holderName: row.holderName, number: row.accountNumber });
  const details = [...('partyId' in meant ? [] : [meant]), ...('field' in account ? [inColumn(account)] : [])];
  for (const [field, text] of [['bank', row.bankName], ['holder', row.holderName]] as const) {
    if (text.length > LONGEST_NAME) details.push({ field, zh: `最多 ${LONGEST_NAME} 个字。`, en: `At most ${LONGEST_NAME} characters.` });
  }
  return details.length > 0 || !('partyId' in meant) || 'field' in account ? { details } : { partyId: meant.partyId, account };
}

/** A detail of the single form, by the columns of a list. */
function inColumn(detail: ErrorDetail): ErrorDetail {
  return { ...detail, field: detail.field === 'holderName' ? 'holder' : 'account' };
}

/** Under whom account numbers are in use, by number; merged people as one. */
async function findHolders(tx: Tx, scope: Scope<'import.accounts'>, { protector }: RegistryTools, numbers: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const numberOf = new Map<string, string>();
  for (const number of new Set(numbers)) for (const key of protector.searchKeys(scope.tenantId, 'bank-account', number)) numberOf.set(Buffer.from(key).toString('hex'), number);
  const found = await findAccountHolders(tx, scope, [...numberOf.keys()].map((key) => Buffer.from(key, 'hex')));
  const kept = await resolveParties(tx, scope, found.map(({ partyId }) => partyId));
  const holders = new Map<string, string[]>();
  for (const { search, partyId } of found) {
    const number = numberOf.get(Buffer.from(search).toString('hex')) ?? '';
    holders.set(number, [...(holders.get(number) ?? []), kept.get(partyId) ?? partyId]);
  }
  return holders;
}
