// What the conditions of a benefit come to for a subject, as one text: equal for all who meet and fail the same.

import type { Subject } from './bind.ts';
import type { Engine } from './engine.ts';
import { branchOf, judge, makeScene, type Scene } from './interpret.ts';
import type { Benefit, Condition, Policy, Vocabulary } from './model.ts';

/** By engine, since its readings say which branches hold; a benefit belongs to one policy. */
const leavesByEngine = new WeakMap<Engine, WeakMap<Benefit, readonly Condition[]>>();

/**
 * The truth of every condition of the benefit, and of the definitions that they name, that an explanation tells by itself; what is made of several
 * follows from them. Under one engine two subjects of one pattern have explanations that differ in facts and amounts alone.
 * @throws Error for a policy that is not in the engine
 */
export function truthPattern(engine: Engine, policy: Policy, vocabulary: Vocabulary, benefit: Benefit, subject: Subject): string {
  const setting = engine.settings.get(policy.id);
  if (setting === undefined) throw new Error(`policy ${policy.id} is not in this engine`);
  const scene = makeScene(policy, vocabulary, subject, setting, engine.binding.literals);
  const known = leavesByEngine.get(engine) ?? new WeakMap<Benefit, readonly Condition[]>();
  leavesByEngine.set(engine, known);
  const leaves = known.get(benefit) ?? leavesOf(benefit.condition, scene);
  known.set(benefit, leaves);
  let text = '';
  for (const leaf of leaves) text += judge(leaf, scene).truth;
  return text;
}

/** The conditions that are told by themselves, each definition's once: those that a trace would end at. */
function leavesOf(whole: Condition, scene: Scene): readonly Condition[] {
  const leaves: Condition[] = [];
  const followed = new Set<string>();
  const visit = (condition: Condition): void => {
    // What the pack states in words is told as that, whatever it is made of.
    if (condition.op !== 'defined' && condition.note?.text !== undefined) leaves.push(condition);
    else if (condition.op === 'all' || condition.op === 'any') condition.items.forEach(visit);
    else if (condition.op === 'not') visit(condition.item);
    else if (condition.op === 'reading') visit(branchOf(condition, scene));
    else if (condition.op !== 'defined') leaves.push(condition);
    else if (!followed.has(condition.definition)) {
      followed.add(condition.definition);
      const definition = scene.definitions.get(condition.definition);
      if (definition === undefined || !('condition' in definition)) throw new Error(`no condition is defined as ${condition.definition}`);
      visit(definition.condition);
    }
  };
  visit(whole);
  return leaves;
}
