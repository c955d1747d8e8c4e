// Tells facts as people hand them in: the answers of a worked example, in words.

import { formatYuan, tellDate, type Vocabulary } from '../policy/index.ts';
import type { Fact } from '../policy/model.ts';
import type { ConditionTeller } from './tell-condition.ts';
import type { PolicyScene } from './source.ts';
import { join } from './words.ts';

/** Facts of the contract's form by full name: those of the employer stand as `用人单位.X`. */
export function flatFacts(facts: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(facts).flatMap(([name, value]): (readonly [string, unknown])[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).map(([inner, held]) => [`${name}.${inner}`, held]) : [[name, value]],
  );
}

/** What was handed in, each with its name, in the order in which it was written. */
export function tellFacts(facts: Readonly<Record<string, unknown>>, vocabulary: Vocabulary, scene: PolicyScene, teller: ConditionTeller): readonly { readonly name: string; readonly value: string }[] {
  return flatFacts(facts).map(([name, value]) => {
    const fact = vocabulary.facts.find((one) => one.name === name);
    return { name: fact === undefined ? name : teller.factName(fact), value: fact === undefined ? String(value) : tellValue(fact, value, vocabulary, scene) };
  });
}

function tellValue(fact: Fact, value: unknown, vocabulary: Vocabulary, scene: PolicyScene): string {
  if (value === null || value === undefined) return scene.say('不知道', 'not known');
  if (Array.isArray(value)) return join(value.map((item) => tellValue(fact, item, vocabulary, scene)), scene.language) || scene.say('无', 'none');
  if (typeof value === 'boolean') return value ? scene.say('是', 'yes') : scene.say('否', 'no');
  if (fact.type === 'date') return tellDate(String(value), scene.language);
  if (fact.type === 'place' || fact.type === 'places') {
    const [code] = typeof value === 'number' ? [value] : scene.source.reference.findPlaces(String(value));
    return code === undefined ? String(value) : (scene.source.reference.placeName(code) ?? String(value));
  }
  if (typeof value === 'number') {
    if (fact.type === 'money') return `${formatYuan(Math.round(value * 100))} ${scene.say('元', 'yuan')}`;
    if (fact.type === 'years') return scene.say(`${value} 年`, value === 1 ? '1 year' : `${value} years`);
    const unit = scene.source.questions[vocabulary.subject]?.[fact.name]?.unit?.[scene.language];
    return unit === undefined ? String(value) : `${value} ${scene.language === 'en' && value === 1 ? unit.replace(/s$/, '') : unit}`;
  }
  const at = fact.values?.indexOf(String(value)) ?? -1;
  return scene.language === 'zh' || at < 0 ? String(value) : (fact.valuesEn?.[at] ?? String(value));
}
