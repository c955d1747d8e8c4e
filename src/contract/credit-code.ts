// 统一社会信用代码 (GB 32100-2015): reads the 18 characters that name an organisation and says what is wrong with a code that is none.

/** A code that was read. */
export interface CreditCode {
  readonly ok: true;
  readonly canonical: string;
  /** The division of the registering office, six digits. */
  readonly division: string;
}

/** A text that is no code. */
export interface NoCreditCode {
  readonly ok: false;
  readonly reason: CreditCodeReason;
  /** For `character`: which one, counted from 1. */
  readonly position?: number;
  /** For `check-character`: what the last character would be if the others are right. */
  readonly expected?: string;
}

/** Why a text is no code. */
export type CreditCodeReason = keyof typeof creditCodeReasons;

/** Words for each reason. */
export const creditCodeReasons = {
  length: { zh: '统一社会信用代码应当是 18 位，请对照营业执照核对位数。', en: 'A credit code has 18 characters. Compare it with the business licence.' },
  character: {
    zh: '第 {position} 位不能是这个字符：代码只用数字和大写字母，不用 I、O、S、V、Z，第 3 到 8 位是数字。',
    en: 'Character {position} cannot stand there: a code uses digits and capital letters without I, O, S, V and Z, and only digits from 3 to 8.',
  },
  'check-character': {
    zh: '最后一位和前面的对不上：前面都对的话应当是 {expected}，多半有一位写错了，请逐位核对。',
    en: 'The last character does not fit: if the others are right it is {expected}. Most likely one is wrong; compare them one by one.',
  },
} as const;

// GB 32100-2015 table 1: without I, O, S, V, Z, which are easily misread.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
// 3 to the power of the position, modulo 31.
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** The check character of the first 17. The outer remainder matters: a sum divisible by 31 gives 0, not 31. @throws RangeError for anything but 17 characters of the alphabet. */
export function creditCheckCharacter(seventeen: string): string {
  const values = Array.from(seventeen).map((character) => alphabet.indexOf(character));
  if (values.length !== 17 || values.includes(-1)) throw new RangeError('the check character needs 17 characters of the code’s alphabet');
  const sum = weights.reduce<number>((total, weight, at) => total + weight * (values[at] ?? 0), 0);
  return alphabet[(31 - (sum % 31)) % 31] ?? '';
}

/** Reads a code as people write it: full-width forms, spaces, dashes and small letters are put right. */
export function readCreditCode(text: string): CreditCode | NoCreditCode {
  const spelled = text.normalize('NFKC').replace(/[\s\u200b-\u200f\u2060\ufeff\-‐-―−]/gu, '').toUpperCase();
  if (spelled.length !== 18) return { ok: false, reason: 'length' };
  // The office and the kind may be letters (A1 to Y1 are in use); the division is six digits.
  const wrong = Array.from(spelled).findIndex((character, at) => (at >= 2 && at < 8 ? !/\d/.test(character) : !alphabet.includes(character)));
  if (wrong >= 0) return { ok: false, reason: 'character', position: wrong + 1 };
  const expected = creditCheckCharacter(spelled.slice(0, 17));
  if (spelled[17] !== expected) return { ok: false, reason: 'check-character', expected };
  return { ok: true, canonical: spelled, division: spelled.slice(2, 8) };
}

/** The words of a refusal in a language. */
export function tellCreditCodeReason({ reason, position, expected }: NoCreditCode, language: 'zh' | 'en'): string {
  return creditCodeReasons[reason][language].replace('{position}', String(position ?? '')).replace('{expected}', expected ?? '');
}
