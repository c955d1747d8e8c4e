// Codes on letters: no two alike, no characters that look alike, read back however people type them.

import { expect, test } from 'vitest';
import { groupCode, makeCode, readCode } from './verification-code.ts';

test('a code has sixteen characters, none of which looks like another, and none is made twice', () => {
  const codes = Array.from({ length: 2000 }, makeCode);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[2-9ACDEFHJKMNPRTVWXY]{16}$/);
  // Every character of the alphabet comes up.
  expect(new Set(codes.join('')).size).toBe(25);
});

test('a code is read back with and without groups, small, full-width, spaced, with strokes of any kind', () => {
  for (const code of Array.from({ length: 200 }, makeCode)) {
    const grouped = groupCode(code);
    expect(grouped).toMatch(/^.{4}-.{4}-.{4}-.{4}$/);
    const wide = Array.from(grouped, (character) => String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0)).join('');
    for (const typed of [code, grouped, grouped.toLowerCase(), ` ${grouped.replaceAll('-', ' ')}\n`, grouped.replaceAll('-', '—'), wide]) expect(readCode(typed)).toBe(code);
  }
});

test('what looks like a character of the alphabet is taken for it, and anything else is no code', () => {
  expect(readCode('2Z2Z-5S5S-6G6G-8B8B')).toBe('2222555566668888');
  expect(readCode('UVUV-UVUV-UVUV-UVUV')).toBe('VVVVVVVVVVVVVVVV');
  for (const wrong of ['', 'ACDE-FHJK-MN23', 'ACDE-FHJK-MN23-45677', 'ACDE-FHJK-MN23-456O', 'ACDE-FHJK-MN23-4561', 'ACDE-FHJK-MN23-456I', "ACDE-FHJK-MN23-456'", '零一二三四五六七八九零一二三四五']) expect(readCode(wrong)).toBeUndefined();
});
