// Which facts a benefit really looks at under the readings in force: what its condition, its amount and its payments need.

import { amountUnder } from './interpret.ts';
import type { Benefit, Fact, PlainAmountRule, Policy } from './model.ts';

/**
 * Slots of the facts that a benefit's rule looks at, in order of first mention; what a fact is derived from stands behind it.
 * @param readings indexes of the alternatives in force, by reading; the policy's own where one is absent
 */
export function factsLookedAt(benefit: Benefit, policy: Policy, facts: readonly Fact[], readings: ReadonlyMap<string, number> = new Map()): ReadonlySet<number> {
  const inForce = new Map(policy.readings.map(({ name, inForce: own }) => [name, readings.get(name) ?? own]));
  const found = new Set<number>();
  const opened = new Set<string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    if ('op' in node && node.op === 'reading' && 'reading' in node && 'branches' in node && Array.isArray(node.branches)) {
      visit(node.branches[inForce.get(String(node.reading)) ?? 0]);
      return;
    }
    if ('definition' in node && typeof node.definition === 'string') {
      const { definition } = node;
      if (opened.has(definition)) return;
      opened.add(definition);
      const named = policy.definitions.find(({ name }) => name === definition);
      visit(named === undefined ? undefined : 'condition' in named ? named.condition : named.value);
      return;
    }
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'slot' && typeof inner === 'number') found.add(inner);
      else if (key !== 'note') visit(inner);
    }
  };
  visit([benefit.condition, amountUnder<PlainAmountRule>(benefit.amount, { date: 0, parameters: new Map(), readings: inForce })]);
  const { schedule } = benefit;
  if (schedule !== undefined) for (const slot of [schedule.start, schedule.check]) if (slot !== undefined) found.add(slot);
  for (const slot of found) {
    const of = facts[slot]?.of;
    if (of !== undefined) found.add(of);
  }
  return found;
}

/** The papers that the rule has a use for: those that prove something it looks at, each with just that, and those of which no fact is named. */
export function papersNeeded(benefit: Benefit, slots: ReadonlySet<number>, facts: readonly Fact[]): Benefit['evidence'] {
  const used = new Set(facts.filter(({ slot }) => slots.has(slot)).map(({ name }) => name));
  return benefit.evidence.flatMap(({ name, proves }) => {
    const needed = proves.filter((fact) => used.has(fact));
    return proves.length > 0 && needed.length === 0 ? [] : [{ name, proves: needed }];
  });
}
