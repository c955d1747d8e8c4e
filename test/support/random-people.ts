// Seeded random subjects for a real pack: the facts of one of its cases, several of them changed, lost or moved to a boundary.
import { chanceOf } from './random-policies.ts';
import type { Fact, Policy, SubjectKind, Vocabulary } from '../../src/policy/model.ts';
import { addDays, addYears, formatDate } from '../../src/policy/calendar.ts';

/** A subject in the contract's form. */
export interface RandomInput {
  readonly id: number;
  readonly subject: SubjectKind;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What random values are drawn from. */
export interface RandomSource {
  readonly vocabulary: Vocabulary;
  readonly policy: Policy;
  /** Facts of the pack's cases, flat: `用人单位.规上` beside `学历`. */
  readonly bases: readonly Readonly<Record<string, unknown>>[];
  readonly places: readonly number[];
  readonly universities: readonly string[];
}

const EMPLOYER = '用人单位.';

/** One list of facts without groups, so that each can be changed alone. */
export function flatten(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): [string, unknown][] =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).map(([inner, item]) => [`${name}.${inner}`, item]) : [[name, value]],
    ),
  );
}

/** Subjects by a seed: the same seed gives the same subjects everywhere. */
export function randomPeople(source: RandomSource, seed: number, count: number): RandomInput[] {
  const draw = chanceOf(seed);
  const chance = (): number => draw.below(1 << 30) / (1 << 30);
  const pick = <T>(items: readonly T[]): T => items[draw.below(items.length)] as T;
  return Array.from({ length: count }, (_, index) => {
    const facts: Record<string, unknown> = { ...pick(source.bases) };
    // Some carry a second life as well, so that benefits meet and exclude each other.
    if (chance() < 0.4) Object.assign(facts, pick(source.bases));
    for (const fact of source.vocabulary.facts) {
      if (fact.name in facts) {
        const fate = chance();
        if (fate < 0.07) delete facts[fact.name];
        else if (fate < 0.12) facts[fact.name] = null;
        else if (fate < 0.27) facts[fact.name] = randomValue(fact, source, chance, pick);
      } else if (chance() < 0.12) facts[fact.name] = randomValue(fact, source, chance, pick);
    }
    return { id: index + 1, subject: source.vocabulary.subject, facts: nest(facts) };
  });
}

function nest(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const employer: Record<string, unknown> = {};
  const nested: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith(EMPLOYER)) employer[name.slice(EMPLOYER.length)] = value;
    else nested[name] = value;
  }
  return Object.keys(employer).length === 0 ? nested : { ...nested, 用人单位: employer };
}

function randomValue(fact: Fact, source: RandomSource, chance: () => number, pick: <T>(items: readonly T[]) => T): unknown {
  switch (fact.type) {
    case 'flag':
      return chance() < 0.5;
    case 'level':
    case 'kind':
      return pick(fact.values ?? []);
    case 'kinds':
      return (fact.values ?? []).filter(() => chance() < 0.3);
    case 'place':
      return String(pick([220200, 220202, 220271, 220281, 220000, 220100, 220105, 110101, pick(source.places)]));
    case 'places':
      return Array.from({ length: Math.floor(chance() * 3) }, () => String(pick([220202, 220000, 110101])));
    case 'date': {
      const anchor = addYears(pick([20260630, 20210101, 20210901, 20200229, 20240229]), -Math.floor(chance() * 12) * (chance() < 0.5 ? 1 : 0));
      // Nothing of a life comes before birth; such lines are refused and tested elsewhere.
      if (fact.name === '出生日期') return formatDate(addYears(anchor, -30));
      return formatDate(addDays(anchor, Math.floor(chance() * 5) - 2));
    }
    case 'money':
      return pick([0, 0.01, 149999.99, 150000, 2000000, 5000000, 5000000.01, 333333.33, Math.floor(chance() * 1e8) / 100]);
    case 'years':
      return pick([0, 0.5, 2.9, 3, 4.99, 5, 9, 10, 29, 30, 31]);
    case 'text':
      return pick([...source.universities.slice(0, 12), '农经师', '电商营销师', '工程师', '北华大学', pick(source.universities)]);
    default:
      return Math.floor(chance() * 3);
  }
}
