// Tests how long somebody is a minor.
import { expect, test } from 'vitest';
import { lastDayAsMinor } from './family.ts';

test.each([
  ['2010-06-30', '2028-06-29'],
  ['2010-01-01', '2027-12-31'],
  ['2012-02-29', '2030-02-28'],
  [null, undefined],
])('born on %s, a minor until %s', (birthDate, last) => {
  expect(lastDayAsMinor(birthDate)).toBe(last);
});
