// Separate consents: given for one purpose until a day, withdrawn at any time, and in force in between.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { type Purpose, purposes } from '../../contract/purposes.ts';
import { isMinor, type SensitiveGroupCode } from '../../contract/sensitive-facts.ts';
import { addYears, formatDate, parseDate } from '../../policy/calendar.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type Consent, insertConsent, readConsents, withdrawConsentRow } from './consent-store.ts';
import { dayOf, nameActor } from './party.ts';
import type { Papers } from './papers-port.ts';
import { getPartyInReach } from './party-store.ts';
import { readPeople } from './person-store.ts';

/** A consent as given. */
export interface NewConsent {
  readonly purpose: Purpose;
  readonly groups: readonly SensitiveGroupCode[];
  /** The last day, `YYYY-MM-DD`; at most so many years ahead that people still remember. */
  readonly expiresOn: string;
  /** Which wording of the notice was shown. */
  readonly wordingVersion: string;
  /** What the person signed; needed where somebody else than the person or its guardian takes the consent down. */
  readonly evidenceId?: string | undefined;
}

/** The papers that a consent taken down for somebody rests on. */
const SIGNED = ['单独同意书'];
/** A consent longer than this is asked for anew. */
const MOST_YEARS = 5;

/** What a consent is worth on a day. */
export type ConsentState = 'in-force' | 'expired' | 'withdrawn';

/** A consent with its state today. */
export interface ConsentView extends Consent {
  readonly state: ConsentState;
}

/** The state of a consent on a day of Asia/Shanghai. */
export function stateOfConsent(consent: Pick<Consent, 'expiresOn' | 'withdrawnAt'>, day: string): ConsentState {
  if (consent.withdrawnAt !== null) return 'withdrawn';
  return consent.expiresOn < day ? 'expired' : 'in-force';
}

/**
 * Gives a consent. Whoever takes it down at a window names the paper that the person signed: 个人信息保护法 第二十九条 wants the person's own separate consent.
 * @throws Refusal not-found, input-invalid, evidence-unfit.
 */
export async function giveConsent(
  tx: Tx,
  scope: Scope<'consent.write'>,
  papers: Papers,
  partyId: string,
  { purpose, groups, expiresOn, wordingVersion, evidenceId }: NewConsent,
  now: Date,
): Promise<{ readonly partyId: string; readonly consentId: string }> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const today = dayOf(now);
  const details: ErrorDetail[] = [];
  if (party.kind !== 'person') details.push({ field: 'partyId', zh: '单独同意由个人给出。', en: 'Consents are given by people.' });
  if (purposes[purpose].basis === 'duty') {
    details.push({ field: 'purpose', zh: '这个目的依法不需要同意，所以也不能请人同意。', en: 'Law asks for no consent for this purpose, so nobody is asked for one.' });
  }
  const [person] = await readPeople(tx, scope, [party.partyId]);
  const { capacity } = scope.actor;
  if (person !== undefined && isMinor(person.birthDate, today) && capacity.kind === 'person' && party.ids.includes(capacity.partyId)) {
    details.push({ field: 'partyId', zh: '不满十四周岁，要由监护人同意。', en: 'Under fourteen a guardian consents.' });
  }
  const latest = formatDate(addYears(parseDate(today) ?? 0, MOST_YEARS));
  if (expiresOn < today || expiresOn > latest) {
    details.push({ field: 'expiresOn', zh: `同意的最后一天应当在今天到 ${latest} 之间。`, en: `The last day of a consent lies between today and ${latest}.` });
  }
  if (capacity.kind !== 'person' && evidenceId === undefined) {
    details.push({ field: 'evidenceId', zh: '代为登记同意，要有本人（或者监护人）签字的同意书：先上传到本人名下，再填它的编号。', en: 'A consent that is taken down for somebody rests on the paper that the person, or its guardian, signed: upload it as theirs first, and give its id.' });
  }
  if (details.length > 0) throw new Refusal('input-invalid', { count: details.length }, details);
  if (evidenceId !== undefined) await papers.require(tx, scope, { evidenceId, partyIds: party.ids, on: today, kinds: SIGNED });
  const consent: Consent = {
    partyId: party.partyId,
    consentId: newId(),
    purpose,
    factGroups: [...new Set(groups)].sort(),
    wordingVersion,
    givenAt: now,
    givenBy: nameActor(scope.actor),
    evidenceId: evidenceId ?? null,
    expiresOn,
    withdrawnAt: null,
    withdrawnBy: null,
  };
  await insertConsent(tx, scope, consent);
  return { partyId: party.partyId, consentId: consent.consentId };
}

/** Withdraws a consent: from now on the facts are not read for its purpose. @throws Refusal not-found, consent-withdrawn. */
export async function withdrawConsent(tx: Tx, scope: Scope<'consent.write'>, partyId: string, consentId: string, now: Date): Promise<{ readonly partyId: string }> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const consent = (await readConsents(tx, scope, party.ids)).find((one) => one.consentId === consentId);
  if (consent === undefined) throw new Refusal('not-found');
  if (!(await withdrawConsentRow(tx, scope, consent.partyId, consentId, nameActor(scope.actor), now))) throw new Refusal('consent-withdrawn');
  return { partyId: party.partyId };
}

/** Every consent of a person, the latest first. @throws Refusal not-found. */
export async function listConsents(tx: Tx, scope: Scope<'consent.read'>, partyId: string, now: Date): Promise<readonly ConsentView[]> {
  const party = await getPartyInReach(tx, scope, partyId, 'own');
  const today = dayOf(now);
  return (await readConsents(tx, scope, party.ids)).map((consent) => ({ ...consent, state: stateOfConsent(consent, today) }));
}
