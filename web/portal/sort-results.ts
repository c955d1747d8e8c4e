// How the result puts its benefits in order, so that a long list stays calm: by what they wait for, then by what they are.
import type { ResultView } from './view.ts';

export type Shelf = 'money' | 'loans' | 'awards' | 'services' | 'posts';

const shelves: Readonly<Record<ResultView['kind'], Shelf>> = { grant: 'money', loan: 'loans', award: 'awards', right: 'services', recruitment: 'posts' };
const order: readonly Shelf[] = ['money', 'awards', 'posts', 'services', 'loans'];

/** Benefits on their shelves, money first; within a shelf as they came. Empty shelves are left out. */
export function shelve(results: readonly ResultView[]): { shelf: Shelf; results: ResultView[] }[] {
  return order.map((shelf) => ({ shelf, results: results.filter(({ kind }) => shelves[kind] === shelf) })).filter((one) => one.results.length > 0);
}

/** Benefits that wait for an answer of the person, by the question that each waits for first; the question that moves most comes first. */
export function byQuestion(results: readonly ResultView[]): { fact: string; title: string; results: ResultView[] }[] {
  const groups = new Map<string, { fact: string; title: string; results: ResultView[] }>();
  for (const result of results) {
    const ask = result.asks[0];
    if (ask === undefined) continue;
    const group = groups.get(ask.fact) ?? { ...ask, results: [] };
    group.results.push(result);
    groups.set(ask.fact, group);
  }
  return [...groups.values()].sort((a, b) => worth(b.results) - worth(a.results));
}

/** What a benefit that is neither certain nor excluded waits for: an answer, a question that was skipped, or a review. */
export function waitsFor({ status, asks }: ResultView): 'answer' | 'skipped' | 'review' {
  return status !== 'unknown' ? 'review' : asks.length > 0 ? 'answer' : 'skipped';
}

/** The most that these benefits could bring, in fen: only to order them, never to be shown. */
function worth(results: readonly ResultView[]): number {
  return Math.max(0, ...results.map(({ amount }) => (amount === undefined ? 0 : amount.kind === 'exact' ? amount.totalFen : 'maxFen' in amount ? amount.maxFen : 'minFen' in amount ? amount.minFen : 0)));
}
