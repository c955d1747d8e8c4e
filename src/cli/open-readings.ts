// The open readings of policies: the question, its alternatives, the one in force, the clause, and the benefits that rest on it.

import type { Engine } from '../policy/engine.ts';
import { isBenefitInForce } from '../policy/in-force.ts';
import type { Policy, Words } from '../policy/model.ts';

/** One open reading as it is told, in both languages. */
export interface OpenReading {
  readonly city: string;
  readonly policy: string;
  readonly policyTitle: Words;
  readonly reading: string;
  readonly question: Words;
  readonly clause: string;
  readonly clauseTitle: Words | undefined;
  readonly alternatives: readonly { readonly name: string; readonly words: Words; readonly isInForce: boolean }[];
  /** Benefits (`policy/benefit`) whose status, amount or same-matter groups rest on it, each once. */
  readonly benefits: readonly { readonly benefit: string; readonly title: Words }[];
}

/** The readings of the policies in their order; in force is what the engine was made with. */
export function openReadingsOf(policies: readonly Policy[], engine: Engine): OpenReading[] {
  return policies.flatMap((policy) =>
    policy.readings.map(({ name, question, clause, alternatives, inForce }): OpenReading => {
      const chosen = engine.settings.get(policy.id)?.readings.get(name) ?? inForce;
      return {
        city: policy.city,
        policy: policy.id,
        policyTitle: policy.short,
        reading: name,
        question,
        clause,
        clauseTitle: policy.clauses.find(({ id }) => id === clause)?.title,
        alternatives: alternatives.map((alternative, index) => ({ ...alternative, isInForce: index === chosen })),
        benefits: restingOn(policies, policy, name, engine),
      };
    }),
  );
}

/** A group of this policy may name benefits of others, and then they rest on its reading too. */
function restingOn(policies: readonly Policy[], own: Policy, reading: string, { under }: Engine): OpenReading['benefits'] {
  const grouped = new Set(own.matters.filter((matter) => matter.under?.reading === reading).flatMap(({ benefits }) => benefits));
  const titles = new Map<string, Words>();
  for (const policy of policies) {
    for (const benefit of policy.benefits) {
      const id = `${policy.id}/${benefit.id}`;
      const isResting = grouped.has(id) || (policy === own && benefit.readings.includes(reading));
      if (isResting && isBenefitInForce(policy, benefit, under)) titles.set(id, benefit.title);
    }
  }
  return [...titles].map(([benefit, title]) => ({ benefit, title }));
}
