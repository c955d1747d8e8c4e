// Instalments and shares of funds: every row and every column adds up, whatever the amounts.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitFen } from '../../policy/money.ts';
import { shareInstalments } from './share-instalments.ts';

const MICRO = 1_000_000;
const fund = (name: string, micro: number) => ({ fund: name, jurisdictionCode: '220202', micro });
const due = (at: number): string => `${2026 + at}-07-01`;

test('five years by one fund', () => {
  const parts = shareInstalments(Array.from({ length: 5 }, (_, at) => ({ due: due(at), fen: 2_400_000 })), [fund('县区人才专项资金', MICRO)]);
  expect(parts[4]).toEqual({ no: 5, due: '2030-07-01', fen: 2_400_000, shares: [{ fund: '县区人才专项资金', jurisdictionCode: '220202', fen: 2_400_000 }] });
});

test('odd fen by two funds go to one and the other in turn, never to nobody', () => {
  const parts = shareInstalments([{ due: due(0), fen: 1 }, { due: due(1), fen: 1 }, { due: due(2), fen: 3 }], [fund('市', 500_000), fund('县', 500_000)]);
  expect(parts.flatMap(({ shares }) => shares).filter((share) => share.fund === '市').reduce((sum, { fen }) => sum + fen, 0)).toBe(3);
  expect(parts.map(({ shares }) => shares.reduce((sum, { fen }) => sum + fen, 0))).toEqual([1, 1, 3]);
});

test('where no fund is named nothing is shared', () => {
  expect(shareInstalments([{ due: due(0), fen: 5 }], [])).toEqual([{ no: 1, due: due(0), fen: 5, shares: [] }]);
});

test.each([
  ['an instalment of nothing', [{ due: due(0), fen: 0 }], [fund('市', MICRO)]],
  ['half a fen', [{ due: due(0), fen: 0.5 }], [fund('市', MICRO)]],
  ['parts that do not add up', [{ due: due(0), fen: 5 }], [fund('市', 400_000), fund('县', 500_000)]],
  ['a negative part', [{ due: due(0), fen: 5 }], [fund('市', -1), fund('县', MICRO + 1)]],
])('%s is refused', (_what, instalments, funds) => {
  expect(() => shareInstalments(instalments, funds)).toThrow(RangeError);
});

const weights = fc.array(fc.nat({ max: MICRO }), { minLength: 1, maxLength: 6 }).map((numbers) => {
  const sum = numbers.reduce((total, number) => total + number, 0);
  const parts = sum === 0 ? [MICRO, ...numbers.slice(1)] : splitFen(MICRO, numbers);
  return parts.map((micro, at) => fund(`资金${at}`, micro));
});

test('any instalments by any funds: no fen is lost, none is made, each fund pays its part of the total', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 100_000_000_000 }), { minLength: 1, maxLength: 12 }), weights, (amounts, funds) => {
      const parts = shareInstalments(amounts.map((fen, at) => ({ due: due(at), fen })), funds);
      const total = amounts.reduce((sum, fen) => sum + fen, 0);
      parts.forEach(({ no, fen, shares }, at) => {
        expect([no, fen]).toEqual([at + 1, amounts[at]]);
        expect(shares.every((share) => Number.isSafeInteger(share.fen) && share.fen > 0)).toBe(true);
        expect(shares.reduce((sum, share) => sum + share.fen, 0)).toBe(fen);
      });
      const byFund = funds.map((one) => parts.flatMap(({ shares }) => shares).filter((share) => share.fund === one.fund).reduce((sum, { fen }) => sum + fen, 0));
      expect(byFund).toEqual(splitFen(total, funds.map(({ micro }) => micro)));
      // No share is far from its exact part: a fund of nothing pays nothing.
      funds.forEach(({ micro }, at) => expect(micro > 0 || byFund[at] === 0).toBe(true));
    }),
    { numRuns: 1000 },
  );
});
