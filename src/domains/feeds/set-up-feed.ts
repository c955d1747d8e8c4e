// Sets up a feed: what a department agreed to deliver, checked against the vocabulary.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { FactBook } from '../registry/index.ts';
import type { Feed, FeedTerms } from './feed.ts';
import { getFeed, insertFeed, updateFeed } from './feeds-store.ts';

/**
 * Sets up a feed of a department.
 * @throws Refusal not-found where the caller may only set up another department's, feed-facts-wrong
 */
export async function createFeed(tx: Tx, scope: Scope<'feed.write'>, factBook: FactBook, departmentId: string, terms: FeedTerms, now: Date): Promise<Feed> {
  if (scope.reach.kind === 'department' && scope.reach.departmentId !== departmentId) throw new Refusal('not-found');
  checkFacts(factBook, terms);
  const feedId = newId();
  await insertFeed(tx, scope, { feedId, departmentId, terms: tidy(terms), at: now });
  return getFeed(tx, scope, feedId);
}

/**
 * Changes what was agreed. What was delivered before stays as it is; rows that still wait are taken by the new terms.
 * @throws Refusal not-found, changed-meanwhile, feed-facts-wrong
 */
export async function changeFeed(tx: Tx, scope: Scope<'feed.write'>, factBook: FactBook, feedId: string, version: number, terms: FeedTerms, now: Date): Promise<Feed> {
  const before = await getFeed(tx, scope, feedId);
  checkFacts(factBook, terms);
  // What rows say of people means nothing for organisations; a feed of the other kind is another feed.
  if (before.subjectKind !== terms.subjectKind) {
    const detail = { field: 'subjectKind', zh: '个人和单位不能互换，请另设一路。', en: 'People and organisations cannot be exchanged; set up another feed.' };
    throw new Refusal('input-invalid', { count: 1 }, [detail]);
  }
  await updateFeed(tx, scope, feedId, version, tidy(terms), now);
  return getFeed(tx, scope, feedId);
}

/** Facts have to be in the vocabulary, of the subject itself, and not derived from others. */
function checkFacts(factBook: FactBook, { subjectKind, facts }: FeedTerms): void {
  const wrong = facts.filter((name) => {
    const fact = factBook.fact(subjectKind, name);
    return fact === undefined || fact.by !== undefined || fact.employer === true;
  });
  if (wrong.length > 0) throw new Refusal('feed-facts-wrong', { facts: wrong.map((name) => name.slice(0, 30)).join('、') });
}

function tidy(terms: FeedTerms): FeedTerms {
  return { ...terms, facts: [...new Set(terms.facts)], contact: terms.contact === '' ? null : terms.contact };
}
