// Amounts in capitals: the examples of the rule, amounts as banks write them, and every amount read back.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uppercaseAmount } from './uppercase-amount.ts';

/** 支付结算办法附件一, the form that it names first where it names two. */
const examples: readonly (readonly [yuan: string, words: string])[] = [
  ['1,409.50', '壹仟肆佰零玖元伍角'],
  ['6,007.14', '陆仟零柒元壹角肆分'],
  ['1,680.32', '壹仟陆佰捌拾元零叁角贰分'],
  ['107,000.53', '壹拾万柒仟元零伍角叁分'],
  ['16,409.02', '壹万陆仟肆佰零玖元零贰分'],
  ['325.04', '叁佰贰拾伍元零肆分'],
];

const more: readonly (readonly [yuan: string, words: string])[] = [
  ['0.00', '零元整'],
  ['0.01', '壹分'],
  ['0.10', '壹角'],
  ['0.53', '伍角叁分'],
  ['1.00', '壹元整'],
  ['1.01', '壹元零壹分'],
  ['10.00', '壹拾元整'],
  ['10.05', '壹拾元零伍分'],
  ['10.50', '壹拾元零伍角'],
  ['15.50', '壹拾伍元伍角'],
  ['100.00', '壹佰元整'],
  ['101.00', '壹佰零壹元整'],
  ['110.00', '壹佰壹拾元整'],
  ['1,000.00', '壹仟元整'],
  ['1,001.00', '壹仟零壹元整'],
  ['1,010.10', '壹仟零壹拾元零壹角'],
  ['10,000.00', '壹万元整'],
  ['10,001.00', '壹万零壹元整'],
  ['10,100.00', '壹万零壹佰元整'],
  ['24,000.00', '贰万肆仟元整'],
  ['100,000.00', '壹拾万元整'],
  ['100,500.00', '壹拾万零伍佰元整'],
  ['105,000.00', '壹拾万伍仟元整'],
  ['120,000.00', '壹拾贰万元整'],
  ['1,000,000.00', '壹佰万元整'],
  ['1,000,001.00', '壹佰万零壹元整'],
  ['10,000,000.00', '壹仟万元整'],
  ['10,010,010.00', '壹仟零壹万零壹拾元整'],
  ['100,000,000.00', '壹亿元整'],
  ['100,000,001.00', '壹亿零壹元整'],
  ['100,070,000.00', '壹亿零柒万元整'],
  ['110,000,000.00', '壹亿壹仟万元整'],
  ['123,456,789.12', '壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分'],
  ['1,000,000,000,000.00', '壹万亿元整'],
  ['1,000,100,000,000.00', '壹万零壹亿元整'],
  ['90,071,992,547,409.91', '玖拾万零柒佰壹拾玖亿玖仟贰佰伍拾肆万柒仟肆佰零玖元玖角壹分'],
];

const fenOf = (yuan: string): number => Number(yuan.replaceAll(/[,.]/g, ''));

describe('an amount in capitals', () => {
  test.each(examples)('of the rule: %s', (yuan, words) => {
    expect(uppercaseAmount(fenOf(yuan))).toBe(`人民币${words}`);
  });

  test.each(more)('%s', (yuan, words) => {
    expect(uppercaseAmount(fenOf(yuan))).toBe(`人民币${words}`);
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1])('%s is no amount', (fen) => {
    expect(() => uppercaseAmount(fen)).toThrow(RangeError);
  });
});

const values: Readonly<Record<string, number>> = { 零: 0, 壹: 1, 贰: 2, 叁: 3, 肆: 4, 伍: 5, 陆: 6, 柒: 7, 捌: 8, 玖: 9 };
const units: Readonly<Record<string, bigint>> = { 拾: 10n, 佰: 100n, 仟: 1000n };

/** Reads capitals back, as a person adds them up: another way than they were written. */
function readWords(words: string): bigint {
  const [whole = '', rest = ''] = words.includes('元') ? words.split('元') : ['', words];
  let [all, section, digit] = [0n, 0n, 0n];
  for (const character of whole) {
    const unit = units[character];
    if (character in values) digit = BigInt(values[character] ?? 0);
    else if (unit !== undefined) [section, digit] = [section + digit * unit, 0n];
    else if (character === '万') [all, section, digit] = [all + (section + digit) * 10_000n, 0n, 0n];
    else [all, section, digit] = [(all + section + digit) * 100_000_000n, 0n, 0n];
  }
  const jiao = values[/(.)角/.exec(rest)?.[1] ?? '零'] ?? 0;
  const fen = values[/(.)分/.exec(rest)?.[1] ?? '零'] ?? 0;
  return (all + section + digit) * 100n + BigInt(jiao * 10 + fen);
}

/** Amounts of every length, with many zeros in them. */
const amounts = fc.oneof(
  fc.nat({ max: 9_999_999 }),
  fc.maxSafeNat(),
  fc.array(fc.constantFrom('0', '0', '0', '1', '5', '9'), { minLength: 1, maxLength: 15 }).map((digits) => Number(digits.join(''))),
);

describe('every amount', () => {
  test('reads back as it was', () => {
    fc.assert(
      fc.property(amounts, (fen) => {
        expect(readWords(uppercaseAmount(fen).replace('人民币', ''))).toBe(BigInt(fen));
      }),
      { numRuns: 5000 },
    );
  });

  test('has 整 right after 元 and nowhere else, never two 零 together, none at the end or before a unit', () => {
    fc.assert(
      fc.property(amounts, (fen) => {
        const words = uppercaseAmount(fen).replace('人民币', '');
        expect(words.endsWith('元整')).toBe(fen % 100 === 0);
        expect(words.replace(/元整$/, '')).not.toContain('整');
        const isOdd = /零零|零[拾佰仟万亿元角分整]|零$|亿万/.test(words);
        // 零元整 is the one amount that is nothing but 零.
        expect(fen > 0 && isOdd).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  test('of yuan below a hundred thousand is written once only', () => {
    const written = new Set(Array.from({ length: 100_000 }, (_, yuan) => uppercaseAmount(yuan * 100)));
    expect(written.size).toBe(100_000);
  });
});
