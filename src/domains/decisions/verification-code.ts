// The code on a letter by which anybody can check it: random, without characters that look alike, written in groups.

import { randomInt } from 'node:crypto';

/** 25 characters, none of which looks like another: no 0 O Q D's kin, no 1 I L, and of 2 Z, 5 S, 6 G, 8 B, U V one each. */
const alphabet = '23456789ACDEFHJKMNPRTVWXY';
/** 16 of 25 are some 74 bits: nobody finds one by trying. */
const LENGTH = 16;
const GROUP = 4;

/** What people write for a character of the alphabet. */
const lookAlikes: Readonly<Record<string, string>> = { Z: '2', S: '5', G: '6', B: '8', U: 'V' };

/** A new code as it is stored: 16 characters without groups. */
export function makeCode(): string {
  return Array.from({ length: LENGTH }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** A code as it stands on a letter: `ACDE-FHJK-MNPR-TVWX`. */
export function groupCode(code: string): string {
  return (code.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

/** A code as somebody typed it, in its one spelling; undefined where it can be none. */
export function readCode(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s\-‐-―−·.]/gu, '');
  const code = Array.from(plain, (character) => lookAlikes[character] ?? character).join('');
  return code.length === LENGTH && Array.from(code).every((character) => alphabet.includes(character)) ? code : undefined;
}
