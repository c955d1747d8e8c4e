// A long list of benefits is put where its reader looks for it.
import { expect, test } from 'vitest';
import { byQuestion, shelve, waitsFor } from './sort-results.ts';
import type { ResultView } from './view.ts';

/** A benefit of which only what sorting looks at is filled. */
function sample(benefit: string, about: Partial<ResultView>): ResultView {
  return {
    city: 'sample', levelTitle: '', policy: 'sample', benefit, title: benefit, kind: 'grant', group: 'possible', status: 'unknown', isLeft: false, amountTold: '', stateTold: '', payments: [],
    lead: '', funds: [], clause: '', readings: [], reasons: [], failing: [], asks: [], reviews: [], ...about,
  };
}

const school = { fact: '毕业院校', title: '毕业的学校' };
const pay = { fact: '年薪', title: '一年的工资' };

test('money stands first, services later, and what is empty is left out', () => {
  const shelves = shelve([sample('card', { kind: 'right' }), sample('grant', {}), sample('prize', { kind: 'award' }), sample('second', {})]);
  expect(shelves.map(({ shelf, results }) => [shelf, results.map(({ benefit }) => benefit)])).toEqual([
    ['money', ['grant', 'second']],
    ['awards', ['prize']],
    ['services', ['card']],
  ]);
});

test('benefits stand under the question that they wait for, the one that moves most money first', () => {
  const groups = byQuestion([
    sample('small', { asks: [school], amount: { kind: 'exact', totalFen: 50_000 } }),
    sample('large', { asks: [pay, school], amount: { kind: 'upTo', maxFen: 20_000_000 } }),
    sample('other', { asks: [school] }),
    sample('settled', {}),
  ]);
  expect(groups.map(({ title, results }) => [title, results.map(({ benefit }) => benefit)])).toEqual([
    ['一年的工资', ['large']],
    ['毕业的学校', ['small', 'other']],
  ]);
});

test('an open benefit waits for an answer, for what was skipped, or for a review', () => {
  expect(waitsFor(sample('a', { asks: [school] }))).toBe('answer');
  expect(waitsFor(sample('b', {}))).toBe('skipped');
  expect(waitsFor(sample('c', { status: 'review' }))).toBe('review');
});
