// Identity numbers of people: reads the four kinds, checks what can be checked without asking anybody, and masks them for display.
import { dateOf, formatDate } from '../policy/calendar.ts';

/**
 * Kinds of numbers: resident 居民身份证 (GB 11643) · hong-kong-macau-taiwan 港澳台居民居住证 · permanent-resident 外国人永久居留身份证 (2023) ·
 * permanent-resident-old the same before December 2023, which stays valid.
 */
export type IdentityNumberKind = 'resident' | 'hong-kong-macau-taiwan' | 'permanent-resident' | 'permanent-resident-old';

/** Why a text is no identity number. */
export type IdentityNumberReason = keyof typeof identityNumberReasons;

/** A number that was read. */
export interface IdentityNumber {
  readonly ok: true;
  /** The one spelling under which it is stored and compared: 18 characters, the old permanent residence 15. */
  readonly canonical: string;
  readonly kind: IdentityNumberKind;
  /** `YYYY-MM-DD`; null where the number does not tell it. */
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | null;
  /** Six digits as in the number, retired ones included; null for people from abroad. */
  readonly division: string | null;
  /** True for a number of 15 digits, as cards had them until 1999; `canonical` is its 18-digit form. */
  readonly isUpgraded: boolean;
  /** unknown-division: no such division is or was known; it may still be right, since the list of retired ones is not complete. */
  readonly warnings: readonly 'unknown-division'[];
}

/** A text that is no identity number. */
export interface NoIdentityNumber {
  readonly ok: false;
  readonly reason: IdentityNumberReason;
}

/** What reading needs to know. */
export interface IdentityNumberCheck {
  /** Nobody is born after this day, `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether a six-digit code is or was a division; without it the two digits of the province decide. */
  readonly knowsDivision?: (code: number) => boolean;
}

/** Words for each reason, for whoever typed the number. */
export const identityNumberReasons = {
  length: {
    zh: '证件号码应当是 18 位（早年的身份证 15 位；2023 年 12 月以前的外国人永久居留身份证是 3 个字母加 12 位数字），请对照证件核对位数。',
    en: 'An identity number has 18 characters (15 on early cards; 3 letters and 12 digits on permanent residence cards from before December 2023). Compare it with the card.',
  },
  character: {
    zh: '证件号码只能是数字，最后一位可以是 X，请检查有没有多余的字符。',
    en: 'An identity number consists of digits; only the last may be X. Look for a character that does not belong there.',
  },
  division: { zh: '证件号码开头不是省、自治区、直辖市的代码，请核对前两位。', en: 'The number does not begin with the code of a province. Check the first two digits.' },
  'birth-date': { zh: '证件号码里的出生日期不存在，请核对第 7 位到第 14 位（15 位的证件是第 7 位到第 12 位）。', en: 'The birth date in the number does not exist. Check digits 7 to 14 (7 to 12 of a number of 15).' },
  'birth-date-later': { zh: '证件号码里的出生日期还没有到，请核对第 7 位到第 14 位。', en: 'The birth date in the number is still to come. Check digits 7 to 14.' },
  'check-digit': { zh: '证件号码的最后一位和前面的数字对不上，多半有一位写错了，请逐位核对。', en: 'The last character does not fit the others: most likely one digit is wrong. Compare them one by one.' },
} as const;

// GB 11643-1999 4.3, ISO 7064 MOD 11-2: weights of the 17 digits, and the check character for each remainder.
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';
const ZERO = 48;

// GB/T 2260: provinces and what ranks with them.
const provinceCodes = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65'.split(' '),
);
// 港澳台居民居住证 has the code of the region and no county.
const regionCodes: readonly string[] = ['810000', '820000', '830000'];

/** The check character of the first 17 digits of a number (GB 11643). @throws RangeError for anything but 17 digits. */
export function identityCheckCharacter(seventeen: string): string {
  if (!/^\d{17}$/.test(seventeen)) throw new RangeError('the check character needs 17 digits');
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += (weights[at] ?? 0) * (seventeen.charCodeAt(at) - ZERO);
  return checkCharacters[sum % 11] ?? '';
}

/** A number as it was typed or scanned, without what people put between: full-width forms, spaces, dashes, a small x. */
export function spellIdentityNumber(text: string): string {
  if (/^[0-9A-Z]*$/.test(text)) return text;
  return text.normalize('NFKC').replace(/[\s\u200b-\u200f\u2060\ufeff\-‐-―−]/gu, '').toUpperCase();
}

/** Reads an identity number; see {@link IdentityNumber} for what it tells. */
export function readIdentityNumber(text: string, check: IdentityNumberCheck): IdentityNumber | NoIdentityNumber {
  const spelled = spellIdentityNumber(text);
  if (/^[A-Z]{3}\d{12}$/.test(spelled)) {
    // Nationality, place, a birth date without its century, and a check digit whose rule is not public: the form is all that can be checked.
    return { ok: true, canonical: spelled, kind: 'permanent-resident-old', birthDate: null, sex: null, division: null, isUpgraded: false, warnings: [] };
  }
  if (spelled.length !== 18 && spelled.length !== 15) return { ok: false, reason: 'length' };
  if (!/^\d{17}[\dX]$|^\d{15}$/.test(spelled)) return { ok: false, reason: 'character' };
  // Until 1999 nobody had a century in the number; those who were given one then were born in the 1900s, or are found by their card.
  const isUpgraded = spelled.length === 15;
  const seventeen = isUpgraded ? `${spelled.slice(0, 6)}19${spelled.slice(6)}` : spelled.slice(0, 17);
  const kind = kindOf(seventeen);
  if (kind === undefined || (isUpgraded && kind !== 'resident')) return { ok: false, reason: 'division' };
  const birthDigits = Number(seventeen.slice(6, 14));
  const birth = dateOf(Math.floor(birthDigits / 10_000), Math.floor(birthDigits / 100) % 100, birthDigits % 100);
  if (birth === undefined) return { ok: false, reason: 'birth-date' };
  const birthDate = formatDate(birth);
  if (birthDate > check.today) return { ok: false, reason: 'birth-date-later' };
  const last = identityCheckCharacter(seventeen);
  if (!isUpgraded && spelled[17] !== last) return { ok: false, reason: 'check-digit' };
  const division = kind === 'permanent-resident' ? null : seventeen.slice(0, 6);
  const isDoubtful = kind === 'resident' && check.knowsDivision !== undefined && !check.knowsDivision(Number(division));
  return {
    ok: true,
    canonical: `${seventeen}${last}`,
    kind,
    birthDate,
    // An odd sequence number is a man's.
    sex: Number(seventeen[16]) % 2 === 1 ? 'male' : 'female',
    division,
    isUpgraded,
    warnings: isDoubtful ? ['unknown-division'] : [],
  };
}

/** The kind of a number of 18 by how it begins; undefined where no card begins so. */
function kindOf(seventeen: string): IdentityNumberKind | undefined {
  if (seventeen.startsWith('9')) return 'permanent-resident';
  if (regionCodes.includes(seventeen.slice(0, 6))) return 'hong-kong-macau-taiwan';
  return provinceCodes.has(seventeen.slice(0, 2)) ? 'resident' : undefined;
}

/**
 * A number as others than its holder see it: of one of 15 or 18 the first three and the last four, 220***********1234. Of a passport's and the
 * like the first and the last two, E******78: what is hidden has to be most of it.
 */
export function maskIdentityNumber(canonical: string): string {
  const length = canonical.length;
  if (length < 8) return '*'.repeat(length);
  const [head, tail] = length < 15 ? [1, 2] : [3, 4];
  return `${canonical.slice(0, head)}${'*'.repeat(length - head - tail)}${canonical.slice(-tail)}`;
}

/** A mobile number of the mainland as it is stored: 11 digits, without +86 and what people put between; undefined for another. */
export function readMobileNumber(text: string): string | undefined {
  const spelled = spellIdentityNumber(text).replace(/[()]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
  return /^1[3-9]\d{9}$/.test(spelled) ? spelled : undefined;
}

/** A telephone number as others see it: 138****5678. */
export function maskPhone(phone: string): string {
  return phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`;
}
