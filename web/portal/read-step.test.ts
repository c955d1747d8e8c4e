// What is read of a step that the browser's history kept.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstStep, readStep } from './read-step.ts';

const titled = (zh: string): { zh: string; en: string } => ({ zh, en: zh });
const policies = [{ id: 'p', short: titled('政策') }];
const cities = [
  { id: 'province', title: titled('省'), code: 220000, policies: [] },
  { id: 'siping', title: titled('四平市'), code: 220300, policies },
  { id: 'erdao', title: titled('二道区'), code: 220105, policies },
];

test.each([
  [null, undefined],
  [{ wutong: null }, undefined],
  [{ wutong: 'work' }, undefined],
  [{ wutong: { screen: 'nowhere', depth: 1, isFromResults: false } }, undefined],
  [{ wutong: firstStep }, firstStep],
  [{ wutong: { screen: 'work', depth: 2, isFromResults: false, within: 220300 } }, { screen: 'work', depth: 2, isFromResults: false, within: 220300 }],
  // A district is looked for in its city.
  [{ wutong: { screen: 'work', depth: 2, isFromResults: false, within: 220100 } }, { screen: 'work', depth: 2, isFromResults: false, within: 220100 }],
  [{ wutong: { screen: 'work', within: 999999 } }, { screen: 'work', depth: 0, isFromResults: false }],
  [{ wutong: { screen: 'question', depth: -1, isFromResults: 'yes', at: 3 } }, { screen: 'question', depth: 0, isFromResults: false, at: 3 }],
  [{ wutong: { screen: 'question', depth: 4, isFromResults: true, at: 1.5 } }, { screen: 'question', depth: 4, isFromResults: true }],
])('%j is read as %j', (kept, step) => {
  expect(readStep(kept, cities)).toEqual(step);
});

test('whatever the history kept, what is read of it is a step or nothing', () => {
  const damaged = fc.record({ screen: fc.oneof(fc.constantFrom('work', 'question', 'results'), fc.jsonValue()), depth: fc.jsonValue(), isFromResults: fc.jsonValue(), within: fc.jsonValue(), at: fc.jsonValue() }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), damaged.map((wutong) => ({ wutong }))), (kept) => {
      const step = readStep(kept, cities);
      expect(readStep({ wutong: step ?? null }, cities)).toEqual(step);
    }),
  );
});
