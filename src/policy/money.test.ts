// Money against whole numbers of any size: products round half up once, and splits lose nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenOfYuan, formatYuan, splitFen, timesMicro } from './money.ts';
import { MAX_FEN, MICRO } from './values.ts';

const fens = fc.oneof(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: MAX_FEN }), fc.constantFrom(0, 1, MICRO - 1, MICRO, MAX_FEN));
const factors = fc.oneof(fc.integer({ min: 0, max: 2 * MICRO }), fc.integer({ min: 0, max: 90 * MICRO }), fc.constantFrom(0, 1, 333_333, 500_000, MICRO));

test('a product with millionths is rounded half up to the fen, exactly', () => {
  fc.assert(
    fc.property(fens, factors, (fen, micro) => {
      expect(timesMicro(fen, micro)).toBe(Number((BigInt(fen) * BigInt(micro) + 500_000n) / 1_000_000n));
    }),
    { seed: 1, numRuns: 3000 },
  );
  expect(timesMicro(1, 500_000)).toBe(1);
  expect(timesMicro(1, 499_999)).toBe(0);
});

test('anything times something without bound has no bound, nothing included', () => {
  expect(timesMicro(0, Infinity)).toBe(Infinity);
  expect(timesMicro(Infinity, 0)).toBe(Infinity);
});

test('the parts of a split add up, and none is a fen away from its share', () => {
  fc.assert(
    fc.property(fens, fc.array(fc.integer({ min: 0, max: MICRO }), { minLength: 1, maxLength: 6 }), (total, some) => {
      const weights = [1, ...some];
      const parts = splitFen(total, weights);
      const sum = BigInt(weights.reduce((a, b) => a + b, 0));
      expect(parts.reduce((a, b) => a + BigInt(b), 0n)).toBe(BigInt(total));
      weights.forEach((weight, index) => {
        const floor = (BigInt(total) * BigInt(weight)) / sum;
        expect([floor, floor + 1n]).toContain(BigInt(parts[index] ?? -1));
      });
    }),
    { seed: 2, numRuns: 1000 },
  );
  expect(splitFen(100, [1, 1, 1])).toEqual([34, 33, 33]);
  expect(splitFen(2, [600_000, 400_000])).toEqual([1, 1]);
});

test('yuan are read to the fen, or not at all', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: MAX_FEN }), (fen) => {
      expect(fenOfYuan(Number(`${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`))).toBe(fen);
    }),
    { seed: 3, numRuns: 1000 },
  );
  expect(fenOfYuan(0.1 + 0.2)).toBeUndefined();
  expect(fenOfYuan(1.005)).toBeUndefined();
  expect(fenOfYuan(Infinity)).toBeUndefined();
});

test('yuan are written with separators', () => {
  expect(formatYuan(12_000_000)).toBe('120,000');
  expect(formatYuan(123)).toBe('1.23');
  expect(formatYuan(5)).toBe('0.05');
  expect(formatYuan(-150)).toBe('-1.50');
  expect(formatYuan(-1_234_567_00)).toBe('-1,234,567');
  expect(formatYuan(100_000_000_000)).toBe('1,000,000,000');
});
