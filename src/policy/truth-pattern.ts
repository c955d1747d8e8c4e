// What the conditions of a benefit come to for a subject, as one text: equal for all who meet and fail the same.

import type { Subject } from './bind.ts';
import type { Engine } from './engine.ts';
import { makeScene, trace, type Trace } from './interpret.ts';
import type { Benefit, Policy, Vocabulary } from './model.ts';
import type { Truth } from './values.ts';

/**
 * The truths of every condition of the benefit and of the definitions that they name, in the order in which they are met. Under one engine two
 * subjects of one pattern have explanations that differ in facts and amounts alone.
 * @throws Error for a policy that is not in the engine
 */
export function truthPattern(engine: Engine, policy: Policy, vocabulary: Vocabulary, benefit: Benefit, subject: Subject): string {
  const setting = engine.settings.get(policy.id);
  if (setting === undefined) throw new Error(`policy ${policy.id} is not in this engine`);
  const scene = makeScene(policy, vocabulary, subject, setting, engine.binding.literals);
  const truths = new Map<string, Truth>();
  let text = '';
  const add = ({ truth, items }: Trace): void => {
    text += truth;
    for (const item of items) add(item);
  };
  const settle = (name: string): Truth => {
    const known = truths.get(name);
    if (known !== undefined) return known;
    const definition = scene.definitions.get(name);
    if (definition === undefined || !('condition' in definition)) throw new Error(`no condition is defined as ${name}`);
    const found = trace(definition.condition, scene, settle);
    truths.set(name, found.truth);
    add(found);
    return found.truth;
  };
  add(trace(benefit.condition, scene, settle));
  return text;
}
