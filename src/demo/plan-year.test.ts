// The plan of a sample year: the same from the same wish, everybody with valid numbers, every fate in it.
import { expect, test } from 'vitest';
import { readCreditCode } from '../contract/credit-code.ts';
import { readIdentityNumber } from '../contract/identity-number.ts';
import { addDays, daysBetween, instantOf, weekdayOf } from './days.ts';
import { LEAST_PEOPLE, planYear } from './plan-year.ts';

const wish = { seed: 7, people: LEAST_PEOPLE, endOn: '2026-11-20' } as const;

test('the same wish plans the same year, another seed another', () => {
  expect(planYear(wish)).toEqual(planYear(wish));
  expect(planYear({ ...wish, seed: 8 })).not.toEqual(planYear(wish));
});

test.each([7, 8, 9, 1000])('seed %s: valid numbers, names of their own, every fate, every day within the year', (seed) => {
  for (const people of [LEAST_PEOPLE, 300]) {
    const plan = planYear({ ...wish, seed, people });
    expect(plan.people).toHaveLength(people);
    const everybody = [...plan.people, ...plan.employers.map(({ agent }) => agent)];
    for (const { number } of everybody) expect(readIdentityNumber(number, { today: wish.endOn }), `${number}`).toMatchObject({ ok: true });
    for (const { creditCode } of plan.employers) expect(readCreditCode(creditCode), `${creditCode}`).toMatchObject({ ok: true });
    for (const key of ['name', 'number', 'phone'] as const) expect(new Set(everybody.map((one) => one[key])).size).toBe(everybody.length);
    expect(new Set(plan.filings.map(({ fate }) => fate))).toEqual(
      new Set(['grant', 'refuse', 'appeal-open', 'appeal-upheld', 'appeal-reopened', 'decline', 'supplement', 'supplement-open', 'withdraw', 'promise', 'revoke', 'late', 'stay-filed', 'stay-review', 'stay-deciding', 'stay-granted']),
    );
    expect(plan.filings.every(({ on }) => on > plan.startOn && on <= plan.endOn)).toBe(true);
  }
});

test('fewer people than can show every state are refused', () => {
  expect(() => planYear({ ...wish, people: 10 })).toThrow(RangeError);
});

test('days and instants are those of the city', () => {
  expect(addDays('2026-02-27', 3)).toBe('2026-03-02');
  expect(daysBetween('2025-12-30', '2026-01-02')).toBe(3);
  expect(instantOf('2026-01-01', '07:30').toISOString()).toBe('2025-12-31T23:30:00.000Z');
  // 20 November 2026 is a Friday.
  expect([weekdayOf('2026-11-20'), weekdayOf('2026-11-22')]).toEqual([5, 7]);
});
