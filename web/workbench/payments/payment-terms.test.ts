// Terms add up to the fen, one a month, on the last day where a month is too short.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeTerms } from './payment-terms.ts';

test('three terms from the end of January', () => {
  expect(makeTerms(10_000, 3, '2027-01-31')).toEqual([{ dueOn: '2027-01-31', fen: 3334 }, { dueOn: '2027-02-28', fen: 3333 }, { dueOn: '2027-03-31', fen: 3333 }]);
  expect(makeTerms(24, 2, '2026-12-15').map(({ dueOn }) => dueOn)).toEqual(['2026-12-15', '2027-01-15']);
});

test('whatever the sum, no fen is lost and each term comes after the one before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 1e12 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom('2026-11-30', '2027-01-31', '2028-02-29', '2026-12-01'), (fen, count, firstOn) => {
      const terms = makeTerms(fen, count, firstOn);
      expect(terms.reduce((sum, term) => sum + term.fen, 0)).toBe(fen);
      expect(terms.every((term, at) => term.fen > 0 && (at === 0 || term.dueOn > (terms[at - 1]?.dueOn ?? '')))).toBe(true);
    }),
  );
});
