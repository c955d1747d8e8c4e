// Enters and changes organisations: the code is checked by GB 32100 and belongs to one of them; names of before are kept.
import { readCreditCode, tellCreditCodeReason } from '../../contract/credit-code.ts';
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { hiddenWords, hidesCharacters } from '../../contract/hidden-characters.ts';
import { readMobileNumber, spellIdentityNumber } from '../../contract/identity-number.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { checkWritable, jurisdictionProblem, readWritableCodes } from './jurisdiction-store.ts';
import { findCodeHolders, insertOrganisations, type OrganisationRow, readOrganisations, updateOrganisationRow } from './organisation-store.ts';
import { dayOf, nameActor } from './party.ts';
import { countChange, getPartyInReach, insertParties } from './party-store.ts';
import { insertFormerName } from './person-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { openPhone, sealPhone } from './seal-person.ts';

/** An organisation as entered. */
export interface NewOrganisation {
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly creditCode?: string | undefined;
  /** `YYYY-MM-DD` */
  readonly registeredOn?: string | undefined;
  readonly address?: string | undefined;
  readonly phone?: string | undefined;
}

/** An organisation whose entries are checked. */
export interface CheckedOrganisation {
  readonly name: string;
  readonly jurisdictionCode: string;
  readonly creditCode: string | null;
  readonly registeredOn: string | null;
  readonly address: string | null;
  readonly phone: string | null;
}

const NAME_LENGTH = 100;

/** An organisation's name as it is stored: full-width brackets, as licences have them, and no spaces between Chinese characters. */
function spellOrganisationName(name: string): string {
  const spelled = name.normalize('NFKC').replace(/\s+/gu, ' ').trim();
  return spelled.replace(/(?<=[\p{Script=Han}()]) | (?=[\p{Script=Han}()])/gu, '').replaceAll('(', '（').replaceAll(')', '）');
}

/** Checks an organisation as entered. @returns it, or everything that is wrong with it. */
export function checkOrganisation(input: NewOrganisation, today: string): CheckedOrganisation | readonly ErrorDetail[] {
  const details: ErrorDetail[] = [];
  const name = spellOrganisationName(input.name);
  if (hidesCharacters(name)) details.push({ field: 'name', ...hiddenWords });
  else if (name === '' || name.length > NAME_LENGTH || !/\p{L}/u.test(name)) {
    details.push({ field: 'name', zh: `请照营业执照填写名称，最多 ${NAME_LENGTH} 个字。`, en: `Enter the name as on the licence, at most ${NAME_LENGTH} characters.` });
  }
  const code = input.creditCode === undefined ? undefined : readCreditCode(input.creditCode);
  if (code?.ok === false) details.push({ field: 'creditCode', zh: tellCreditCodeReason(code, 'zh'), en: tellCreditCodeReason(code, 'en') });
  if (input.registeredOn !== undefined && input.registeredOn > today) {
    details.push({ field: 'registeredOn', zh: '成立日期还没有到，请核对。', en: 'The date of registration is still to come; check it.' });
  }
  const phone = input.phone === undefined ? null : readPhone(input.phone);
  if (phone === undefined) details.push({ field: 'phone', zh: '电话请写手机号，或者带区号的固定电话，例如 0432-62012345。', en: 'Give a mobile number, or a fixed line with its area code, such as 0432-62012345.' });
  if (details.length > 0) return details;
  return {
    name,
    jurisdictionCode: input.jurisdictionCode,
    creditCode: code?.ok === true ? code.canonical : null,
    registeredOn: input.registeredOn ?? null,
    address: input.address?.trim() || null,
    phone: phone ?? null,
  };
}

/** A mobile number, or a fixed line of 10 to 12 digits with its area code. */
function readPhone(text: string): string | undefined {
  const spelled = spellIdentityNumber(text).replace(/[()]/g, '');
  return readMobileNumber(text) ?? (/^0\d{9,11}$/.test(spelled) ? spelled : undefined);
}

/** Makes the row of an organisation. */
export function sealOrganisation({ protector }: RegistryTools, tenantId: number, partyId: string, { phone, ...organisation }: CheckedOrganisation): OrganisationRow {
  return { partyId, ...organisation, ...sealPhone(protector, tenantId, 'organisations', partyId, phone) };
}

/** What became of one organisation of a batch. */
export type EnteredOrganisation = { readonly partyId: string } | { readonly details: readonly ErrorDetail[] } | { readonly exists: string };

/** Enters organisations, each by itself. */
export async function createOrganisations(
  tx: Tx,
  scope: Scope<'organisation.write'>,
  tools: RegistryTools,
  inputs: readonly NewOrganisation[],
  now: Date,
): Promise<readonly EnteredOrganisation[]> {
  const codes = await readWritableCodes(tx, scope);
  const checked = inputs.map((input) => {
    const organisation = checkOrganisation(input, dayOf(now));
    if (codes.has(input.jurisdictionCode)) return organisation;
    return [...(Array.isArray(organisation) ? (organisation as readonly ErrorDetail[]) : []), jurisdictionProblem(input.jurisdictionCode)];
  });
  const asked = checked.flatMap((one) => ('name' in one && one.creditCode !== null ? [one.creditCode] : []));
  const held = new Map(await findCodeHolders(tx, scope, asked));
  const rows: OrganisationRow[] = [];
  const entered = checked.map((one): EnteredOrganisation => {
    if (!('name' in one)) return { details: one };
    const holder = one.creditCode === null ? undefined : held.get(one.creditCode);
    if (holder !== undefined) return { exists: holder };
    const partyId = newId();
    if (one.creditCode !== null) held.set(one.creditCode, partyId);
    rows.push(sealOrganisation(tools, scope.tenantId, partyId, one));
    return { partyId };
  });
  const ids = rows.map((row) => row.partyId);
  await insertParties(tx, scope, 'organisation', ids, now);
  await insertOrganisations(tx, scope, rows).catch(refuseTakenCode);
  await refreshSearch(tx, scope, tools, 'organisation', ids);
  return entered;
}

/** Enters one organisation. @throws Refusal input-invalid, organisation-exists. */
export async function createOrganisation(tx: Tx, scope: Scope<'organisation.write'>, tools: RegistryTools, input: NewOrganisation, now: Date): Promise<{ readonly partyId: string }> {
  const [entered] = await createOrganisations(tx, scope, tools, [input], now);
  if (entered === undefined || 'exists' in entered) throw new Refusal('organisation-exists');
  if ('details' in entered) throw new Refusal('input-invalid', { count: entered.details.length }, entered.details);
  return entered;
}

/** What is changed of an organisation; what is not given stays, null takes it away. */
export interface OrganisationChanges {
  readonly name?: string | undefined;
  readonly jurisdictionCode?: string | undefined;
  readonly creditCode?: string | null | undefined;
  readonly registeredOn?: string | null | undefined;
  readonly address?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

/**
 * Changes an organisation.
 * @throws Refusal not-found, changed-meanwhile, input-invalid, organisation-exists.
 */
export async function updateOrganisation(
  tx: Tx,
  scope: Scope<'organisation.write'>,
  tools: RegistryTools,
  partyId: string,
  changes: OrganisationChanges,
  version: number | undefined,
  now: Date,
): Promise<{ readonly partyId: string; readonly version: number }> {
  const party = await getPartyInReach(tx, scope, partyId);
  const [present] = party.kind === 'organisation' ? await readOrganisations(tx, scope, [party.partyId]) : [];
  if (present === undefined) throw new Refusal('not-found');
  const newVersion = await countChange(tx, scope, party.partyId, version, now);
  if (changes.jurisdictionCode !== undefined && changes.jurisdictionCode !== present.jurisdictionCode) await checkWritable(tx, scope, changes.jurisdictionCode);
  const keep = <T>(given: T | null | undefined, there: T | null): T | undefined => (given === undefined ? (there ?? undefined) : (given ?? undefined));
  const checked = checkOrganisation(
    {
      name: changes.name ?? present.name,
      jurisdictionCode: changes.jurisdictionCode ?? present.jurisdictionCode,
      creditCode: keep(changes.creditCode, present.creditCode),
      registeredOn: keep(changes.registeredOn, present.registeredOn),
      address: keep(changes.address, present.address),
      phone: keep(changes.phone, openPhone(tools.protector, scope.tenantId, 'organisations', present)),
    },
    dayOf(now),
  );
  if (!('name' in checked)) throw new Refusal('input-invalid', { count: checked.length }, checked);
  if (checked.creditCode !== null && checked.creditCode !== present.creditCode) {
    const holder = (await findCodeHolders(tx, scope, [checked.creditCode])).get(checked.creditCode);
    if (holder !== undefined && holder !== party.partyId) throw new Refusal('organisation-exists');
  }
  if (checked.name !== present.name) {
    const row = { partyId: party.partyId, nameId: newId(), name: present.name, validTo: dayOf(now), recordedAt: now, recordedBy: nameActor(scope.actor) };
    await insertFormerName(tx, scope, row);
  }
  await updateOrganisationRow(tx, scope, sealOrganisation(tools, scope.tenantId, party.partyId, checked)).catch(refuseTakenCode);
  await refreshSearch(tx, scope, tools, 'organisation', party.ids);
  return { partyId: party.partyId, version: newVersion };
}

/** Turns a code that was entered by somebody else at the same moment into the refusal that it is. */
function refuseTakenCode(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === '23505' && 'constraint' in error && error.constraint === 'organisations_tenant_id_credit_code_key') {
    throw new Refusal('organisation-exists');
  }
  throw error;
}
