// For what time a benefit is asked.
import { expect, test } from 'vitest';
import { periodOf } from './choose-benefits.ts';

test('what is given by the year is asked for a year, this one unless another is named', () => {
  expect(periodOf({ per: 'year' }, undefined, '2026-07-01')).toBe('2026');
  expect(periodOf({ per: 'year' }, 2025, '2026-07-01')).toBe('2025');
});

test('what is given once, or by instalments, is asked for once', () => {
  const schedule = { count: 5, months: 12, start: 18 };
  expect(periodOf({}, 2025, '2026-07-01')).toBe('once');
  expect(periodOf({ per: 'year', schedule }, 2025, '2026-07-01')).toBe('once');
  expect(periodOf({ per: 'month' }, undefined, '2026-07-01')).toBe('once');
});
