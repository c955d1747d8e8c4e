// Reads under which alternative of which reading something holds: 解读: { 名称: 读法 }.

import { nearest } from '../policy/problems.ts';
import { ABSENT } from '../policy/values.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Fields } from './fields.ts';

/** The reading and the index of its alternative; undefined where none is named, or none that there is. */
export function readUnder(fields: Fields, readings: ReadonlyMap<string, readonly string[]>, diagnostics: Diagnostics): { readonly reading: string; readonly alternative: number } | undefined {
  const [entry, second] = fields.named('解读');
  if (entry === undefined) return undefined;
  if (second !== undefined) diagnostics.add('wrong-shape', second.at, { key: '解读', expected: '一个解读和它的一种选择', expectedEn: 'one reading with one of its alternatives' });
  const alternatives = readings.get(entry.name);
  const word = fields.yaml.spot(entry.value)?.text ?? '';
  const alternative = alternatives?.indexOf(word) ?? ABSENT;
  if (alternatives === undefined) diagnostics.add('unknown-fact', entry.at, { name: entry.name, near: nearest(entry.name, readings.keys()) ?? '' });
  else if (alternative < 0) diagnostics.add('unknown-choice', entry.value.place, { key: entry.name, found: word, known: alternatives.join('、') });
  return alternative < 0 ? undefined : { reading: entry.name, alternative };
}
