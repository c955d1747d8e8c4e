// Sums of money: yuan for people and for spreadsheets, below zero, and beyond what a double holds.

import { expect, test } from 'vitest';
import { formatSum, plainSum, sumsToJson } from './sums.ts';

test('yuan with separators, with fen only where there are some', () => {
  expect([0n, 5n, 100n, 123_456_700n, -2_000_000n, -1n].map(formatSum)).toEqual(['0', '0.05', '1', '1,234,567', '-20,000', '-0.01']);
  expect(plainSum(123_456_789n)).toBe('1234567.89');
});

test('a sum beyond 2^53 is exact, as text and in JSON', () => {
  const sum = 2n ** 60n + 1n;
  expect(formatSum(sum)).toBe('11,529,215,046,068,469.77');
  expect(sumsToJson({ sum, list: [-3n], text: '12' })).toBe('{"sum":1152921504606846977,"list":[-3],"text":"12"}');
});
