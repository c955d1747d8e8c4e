// Credit codes: an example, the two cases that a well-known package gets wrong, every single-character error, and the reasons.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditCheckCharacter, readCreditCode, tellCreditCodeReason } from './credit-code.ts';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The first 17 characters of any code, letter-first ones included. */
const beginnings = fc
  .tuple(
    fc.constantFrom('91', '92', '12', '51', 'A1', 'N2', 'Y1'),
    fc.constantFrom('220200', '110105', '100000'),
    fc.array(fc.constantFrom(...Array.from(alphabet)), { minLength: 9, maxLength: 9 }),
  )
  .map(([office, division, rest]) => `${office}${division}${rest.join('')}`);

describe('a code that is right', () => {
  test('the published example', () => {
    expect(readCreditCode('91350100M000100Y43')).toEqual({ ok: true, canonical: '91350100M000100Y43', division: '350100' });
  });

  test('is put right where people write it otherwise', () => {
    expect(readCreditCode(' ９１３５０１００ m000-100y43 ')).toMatchObject({ ok: true, canonical: '91350100M000100Y43' });
  });

  test('a sum divisible by 31 has the check character 0', () => {
    const seventeen = '91220200000000019';
    const sums = Array.from(alphabet).map((last) => `${seventeen.slice(0, 16)}${last}`).filter((one) => creditCheckCharacter(one) === '0');
    expect(sums).toHaveLength(1);
    expect(readCreditCode(`${sums[0]}0`)).toMatchObject({ ok: true });
  });

  test('any beginning with its check character is a code, one that begins with a letter too', () => {
    fc.assert(
      fc.property(beginnings, (beginning) => {
        const code = `${beginning}${creditCheckCharacter(beginning)}`;
        expect(readCreditCode(code)).toEqual({ ok: true, canonical: code, division: beginning.slice(2, 8) });
      }),
    );
  });
});

describe('a code that is none', () => {
  test('any one wrong character is found', () => {
    fc.assert(
      fc.property(beginnings, fc.integer({ min: 0, max: 17 }), (beginning, at) => {
        const code = `${beginning}${creditCheckCharacter(beginning)}`;
        for (const other of alphabet) {
          const changed = `${code.slice(0, at)}${other}${code.slice(at + 1)}`;
          expect(readCreditCode(changed).ok).toBe(changed === code);
        }
      }),
    );
  });

  test.each([
    ['91350100M000100Y4', { ok: false, reason: 'length' }, '统一社会信用代码应当是 18 位，请对照营业执照核对位数。'],
    ['91350100M000100Y4I', { ok: false, reason: 'character', position: 18 }, '第 18 位不能是这个字符：代码只用数字和大写字母，不用 I、O、S、V、Z，第 3 到 8 位是数字。'],
    ['9135O100M000100Y43', { ok: false, reason: 'character', position: 5 }, '第 5 位不能是这个字符：代码只用数字和大写字母，不用 I、O、S、V、Z，第 3 到 8 位是数字。'],
    ['91350100M000100Y44', { ok: false, reason: 'check-character', expected: '3' }, '最后一位和前面的对不上：前面都对的话应当是 3，多半有一位写错了，请逐位核对。'],
  ] as const)('%s', (code, refused, zh) => {
    const read = readCreditCode(code);
    expect(read).toEqual(refused);
    expect(read.ok ? '' : tellCreditCodeReason(read, 'zh')).toBe(zh);
    expect(read.ok ? '' : tellCreditCodeReason(read, 'en')).not.toMatch(/[{}一-鿿]/);
  });

  test('a check character needs seventeen of the alphabet', () => {
    expect(() => creditCheckCharacter('9135010OM000100Y4')).toThrow(RangeError);
  });
});
