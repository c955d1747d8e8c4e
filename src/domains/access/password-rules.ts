// Which passwords are taken: long enough, not among the well known, nothing of one's own inside.
import { pinyin } from 'pinyin-pro';
import { wellKnownWords } from './well-known-passwords.ts';

/** Why a password is not taken. */
export type PasswordFault =
  /** Fewer characters than `leastLength` asks for. */
  | 'too-short'
  /** More than 128 characters. */
  | 'too-long'
  /** A well-known password, or one with figures behind it. */
  | 'well-known'
  /** Few different characters, or a run such as 1234567 or qwertyu. */
  | 'too-uniform'
  /** Holds the holder's telephone, identity number, birth date, name or login. */
  | 'holds-own-data'
  /** Staff: fewer than three of small letters, capital letters, figures, other signs (等保2.0 三级, 8.1.4.1 身份鉴别). */
  | 'too-few-kinds';

/** What of the holder must not stand in the password; unknown values are left out. */
export interface OwnData {
  readonly phone?: string | undefined;
  readonly identityNumber?: string | undefined;
  readonly name?: string | undefined;
  readonly login?: string | undefined;
}

const MOST_LENGTH = 128;

/** Least length in characters: people 10, officers and administrators 12. */
export function leastLength(isStaff: boolean): number {
  return isStaff ? 12 : 10;
}

/** Rows of keys and figures; a run of five of them, forwards or backwards, counts as one character. */
const runs = ['01234567890', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb6yhn7ujm', 'qazwsxedcrfvtgbyhnujm'].flatMap((row) => [
  row,
  Array.from(row).reverse().join(''),
]);
const RUN_LENGTH = 5;
const FEWEST_DIFFERENT = 6;

/** Signs that people put for letters. */
const lookAlikes: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' };

/** Every fault of `password`; none means that it is taken. Compares in one width and case, whatever was typed. */
export function findPasswordFaults(password: string, own: OwnData, isStaff: boolean): readonly PasswordFault[] {
  const faults: PasswordFault[] = [];
  const characters = Array.from(password.normalize('NFKC'));
  const folded = characters.join('').toLowerCase();
  if (characters.length < leastLength(isStaff)) faults.push('too-short');
  if (characters.length > MOST_LENGTH) return [...faults, 'too-long'];
  if (isWellKnown(folded)) faults.push('well-known');
  if (new Set(withoutRuns(folded)).size < FEWEST_DIFFERENT) faults.push('too-uniform');
  if (ownFragments(own).some((fragment) => folded.includes(fragment))) faults.push('holds-own-data');
  if (isStaff && countKinds(characters.join('')) < 3) faults.push('too-few-kinds');
  return faults;
}

/** A listed word once figures and signs around it are gone and look-alikes are letters again. */
function isWellKnown(folded: string): boolean {
  const core = folded.replace(/^[^a-z一-鿿]+|[^a-z一-鿿]+$/g, '');
  const plain = Array.from(folded, (each) => lookAlikes[each] ?? each).join('');
  const plainCore = plain.replace(/^[^a-z一-鿿]+|[^a-z一-鿿]+$/g, '');
  return [folded, core, plain, plainCore].some((each) => wellKnownWords.has(each)) || [folded, core].some(repeatsWellKnown);
}

/** passwordpassword and its like. */
function repeatsWellKnown(text: string): boolean {
  const half = text.slice(0, text.length / 2);
  return text.length > 0 && text.length % 2 === 0 && half + half === text && wellKnownWords.has(half);
}

/** The text with every run shortened to its first character. */
function withoutRuns(text: string): string {
  let rest = '';
  for (let at = 0; at < text.length; ) {
    let length = 1;
    while (at + length < text.length && runs.some((row) => row.includes(text.slice(at, at + length + 1)))) length++;
    rest += length >= RUN_LENGTH ? text.slice(at, at + 1) : text.slice(at, at + length);
    at += length;
  }
  return rest;
}

/** What must not stand in the password, in small letters; fragments of fewer than four characters say too little. */
function ownFragments({ phone, identityNumber, name, login }: OwnData): readonly string[] {
  const fragments: string[] = [];
  // The last eight figures of a telephone are what people use.
  if (phone !== undefined) fragments.push(phone.slice(-8));
  if (identityNumber !== undefined) {
    fragments.push(identityNumber.slice(-6));
    // The birth date, with and without the century.
    if (identityNumber.length === 18) fragments.push(identityNumber.slice(6, 14), identityNumber.slice(8, 14));
  }
  if (name !== undefined && name !== '') {
    fragments.push(pinyin(name, { toneType: 'none', type: 'array' }).join(''));
    if (/[一-鿿]/.test(name) && Array.from(name).length >= 2) fragments.push(name);
  }
  if (login !== undefined) fragments.push(login);
  return fragments.map((each) => each.toLowerCase()).filter((each) => each.length >= 4 || /[一-鿿]{2}/.test(each));
}

/** How many of four kinds of characters there are. */
function countKinds(text: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((kind) => kind.test(text)).length;
}
