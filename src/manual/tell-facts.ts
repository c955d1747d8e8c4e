// Tells facts as people hand them in: the answers of a worked example, in words.

import { formatYuan, tellDate, type Vocabulary } from '../policy/index.ts';
import type { Fact } from '../policy/model.ts';
import type { ConditionTeller } from './tell-condition.ts';
import type { PolicyScene } from './source.ts';
import { join } from './words.ts';

/** Facts of the contract's form by full name: those of the employer stand as `用人单位.X`. */
function flatFacts(facts: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(facts).flatMap(([name, value]): (readonly [string, unknown])[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).map(([inner, held]) => [`${name}.${inner}`, held]) : [[name, value]],
  );
}

/** What was handed in, each with its name, in the order in which it was written. */
export function tellFacts(facts: Readonly<Record<string, unknown>>, vocabulary: Vocabulary, scene: PolicyScene, teller: ConditionTeller): readonly { readonly name: string; readonly value: string }[] {
  return flatFacts(facts).map(([name, value]) => {
    const fact = vocabulary.facts.find((one) => one.name === name);
    return { name: fact === undefined ? name : teller.factName(fact), value: fact === undefined ? JSON.stringify(value) : tellValue(fact, value, vocabulary, scene) };
  });
}

function tellValue(fact: Fact, value: unknown, vocabulary: Vocabulary, scene: PolicyScene): string {
  const { language, say, source } = scene;
  if (value === null || value === undefined) return say('不知道', 'not known');
  if (Array.isArray(value)) return join(value.map((item) => tellValue(fact, item, vocabulary, scene)), language) || say('无', 'none');
  if (typeof value === 'boolean') return value ? say('是', 'yes') : say('否', 'no');
  const written = typeof value === 'string' ? value : JSON.stringify(value);
  if (fact.type === 'date') return tellDate(written, language);
  if (fact.type === 'place' || fact.type === 'places') {
    const [code] = typeof value === 'number' ? [value] : source.reference.findPlaces(written);
    return code === undefined ? written : (source.reference.placeName(code) ?? written);
  }
  if (typeof value === 'number') {
    if (fact.type === 'money') return `${formatYuan(Math.round(value * 100))} ${say('元', 'yuan')}`;
    if (fact.type === 'years') return say(`${value} 年`, value === 1 ? '1 year' : `${value} years`);
    const unit = source.questions[vocabulary.subject]?.[fact.name]?.unit?.[language];
    return unit === undefined ? written : `${value} ${language === 'en' && value === 1 ? unit.replace(/s$/, '') : unit}`;
  }
  const at = fact.values?.indexOf(written) ?? -1;
  return language === 'zh' || at < 0 ? written : (fact.valuesEn?.[at] ?? written);
}
