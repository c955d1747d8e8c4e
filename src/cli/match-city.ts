// Finds a jurisdiction by what people call it: id, title, division code, or its name without 市 or City where only one bears it.

import type { Words } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import type { Messages } from './messages.ts';
import { UsageError } from './usage-error.ts';

/** What a jurisdiction is called by. */
interface Named {
  readonly id: string;
  readonly title: Words;
  readonly code: number;
}

const han = /^\p{Script=Han}/u;

/** The jurisdiction of this name. @throws UsageError where there is none, or more than one. */
export function matchCity<T extends Named>(name: string, cities: readonly T[], say: Messages): T {
  const wanted = name.trim().toLowerCase();
  const whole = cities.find(({ id, title, code }) => [id, title.zh, title.en.toLowerCase(), String(code)].includes(wanted));
  if (whole !== undefined) return whole;
  const short = cities.filter(({ title }) => shortNames(title).includes(wanted));
  const [only] = short;
  if (only !== undefined && short.length === 1) return only;
  if (short.length > 1) throw new UsageError(say.ambiguousCity(name, short.map(({ id, title }) => say.cityChoice(title, id))));
  const names = cities.flatMap(({ id, title }) => [id, title.zh, title.en.toLowerCase(), ...shortNames(title)]);
  const near = nearest(wanted, names);
  const meant = cities.find(({ id, title }) => near !== undefined && [id, title.zh, title.en.toLowerCase(), ...shortNames(title)].includes(near));
  // What is suggested can be typed: an id for an id, the whole title for a title.
  const suggested = meant === undefined || near === meant.id ? near : han.test(near ?? '') ? meant.title.zh : meant.title.en;
  throw new UsageError(say.unknownCity(name, suggested, cities.map(({ id }) => id)));
}

/** 长春 for 长春市, changchun for Changchun City. */
function shortNames({ zh, en }: Words): string[] {
  return [zh.replace(/(?<=..)[省市区县州盟旗]$/, ''), en.toLowerCase().replace(/ (province|city|prefecture|district|county)$/, '')];
}
