// A refused case waits for no amount, and promises none.
import { expect, test } from 'vitest';
import { amountOf } from './case-amount.ts';

test.each([
  ['in-review', null, 2_400_000, 2_400_000],
  ['in-review', null, null, 'open'],
  ['settled', 1_800_000, 2_400_000, 1_800_000],
  ['refused', null, 2_400_000, 'none'],
  ['refused', null, null, 'none'],
  ['not-accepted', null, null, 'none'],
  ['withdrawn', null, 2_400_000, 'none'],
  ['revoked', 2_400_000, 2_400_000, 'none'],
  ['in-appeal', null, 2_400_000, 2_400_000],
] as const)('%s, granted %j, expected %j', (status, grantedFen, expectedFen, shown) => {
  expect(amountOf({ status, grantedFen, expectedFen })).toBe(shown);
});
