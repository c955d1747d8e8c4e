// The chain of a jurisdiction, and the days on which something is in force.

import { expect, test } from 'vitest';
import { isBenefitInForce, isInForce } from './in-force.ts';
import { levelsOf } from './levels.ts';

const cities = [{ id: 'city', parent: 'province' }, { id: 'district', parent: 'city' }, { id: 'province' }, { id: 'stray', parent: 'nowhere' }, { id: 'a', parent: 'b' }, { id: 'b', parent: 'a' }];
const chain = (id: string): string[] => levelsOf(cities, id).map((city) => city.id);

test('the chain goes up from the jurisdiction itself and ends', () => {
  expect(chain('district')).toEqual(['district', 'city', 'province']);
  expect(chain('province')).toEqual(['province']);
  expect(chain('stray')).toEqual(['stray']);
  expect(chain('a')).toEqual(['a', 'b']);
  expect(chain('nowhere')).toEqual([]);
});

test('the first and the last day both count; a benefit has its own days or those of its policy', () => {
  const policy = { from: 20210101, to: 20221231 };
  expect([20201231, 20210101, 20221231, 20230101].map((day) => isInForce(policy, day))).toEqual([false, true, true, false]);
  expect(isInForce({}, 20210101)).toBe(true);
  const own = { from: 20220101, to: 20220630 };
  expect([20211231, 20220101, 20220630, 20220701].map((day) => isBenefitInForce(policy, own, day))).toEqual([false, true, true, false]);
  expect([20201231, 20210101, 20221231, 20230101].map((day) => isBenefitInForce(policy, {}, day))).toEqual([false, true, true, false]);
});
