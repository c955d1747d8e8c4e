// What fails is told once for all of whom the same conditions fail, and is for each what their own explanation says.
import { expect, test } from 'vitest';
import { inputOf, knowingPeople, openRealPacks } from '../../../test/support/real-packs.ts';
import { interpretPolicy, openReference } from '../../policy/index.ts';
import { pinPack } from './pinned-pack.ts';
import { tellFailures } from './tell-failures.ts';

const today = '2026-06-30';
const real = openRealPacks();
const { vocabularies, reference } = real.workspace;

test.each(real.policies.map((policy) => [policy.id, policy] as const))('%s: random people, under every alternative of every reading', (_id, policy) => {
  const opened = { packHash: '', policy, vocabularies, compiled: interpretPolicy(policy, vocabularies), reference: openReference(reference) };
  const base = pinPack(opened, { parameters: {}, readings: {}, promises: {} });
  const others = policy.readings.flatMap(({ name, alternatives }) => alternatives.map((one) => base.under({ readings: { [name]: one.name } })));
  let told = 0;
  for (const [at, pack] of [base, ...others].entries()) {
    for (const facts of knowingPeople(real, 'person', today, 40 + at, 60)) {
      const evaluated = pack.evaluate(inputOf('person', facts), today);
      for (const { benefit, status } of evaluated.results) {
        for (const language of ['zh', 'en'] as const) {
          const own = tellFailures(evaluated.explanation(language, benefit), policy.id, benefit, language);
          expect(evaluated.failures(benefit, language)).toEqual(own);
          expect(own.length > 0, `${benefit} ${status}`).toBe(status === 'no');
          told += own.length;
        }
      }
    }
  }
  expect(told).toBeGreaterThan(100);
});
