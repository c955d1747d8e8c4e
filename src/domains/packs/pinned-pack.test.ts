// What a pinned pack says of one benefit is what it says of all: whoever was asked about in between, and whatever was asked first.
import { expect, test } from 'vitest';
import { inputOf, knowingPeople, openRealPacks } from '../../../test/support/real-packs.ts';
import { interpretPolicy, openReference } from '../../policy/index.ts';
import { pinPack } from './pinned-pack.ts';

const today = '2026-06-30';
const real = openRealPacks();
const { vocabularies, reference } = real.workspace;

test.each(real.policies.map((policy) => [policy.id, policy] as const))('%s: each benefit of random people and organisations', (_id, policy) => {
  const pack = pinPack({ packHash: '', policy, vocabularies, compiled: interpretPolicy(policy, vocabularies), reference: openReference(reference) }, { parameters: {}, readings: {}, promises: {} });
  const statuses = new Set<string>();
  for (const kind of ['person', 'organisation'] as const) {
    const ids = policy.benefits.filter(({ subject }) => subject === kind).map(({ id }) => id);
    // All are read before the first is asked about.
    const asked = knowingPeople(real, kind, today, 60, 40).map((facts) => ({ alone: pack.evaluate(inputOf(kind, facts), today), whole: pack.evaluate(inputOf(kind, facts), today) }));
    for (const { alone, whole } of asked) {
      expect(ids.flatMap((id) => alone.result(id) ?? [])).toEqual(whole.results);
      expect(ids.flatMap((id) => whole.result(id) ?? [])).toEqual(whole.results);
      for (const { status } of whole.results) statuses.add(status);
      expect(alone.plan).toEqual(whole.plan);
    }
    expect(asked[0]?.alone.result('nothing-of-this-name')).toBeUndefined();
  }
  expect(statuses.size).toBeGreaterThan(1);
});
