// Proves of choice tables that they have no gap and no overlap, and of benefits that somebody can meet them, by search.
// Facts are given values one at a time, the one that keeps the question open first; three-valued logic prunes the rest.

import type { Subject } from '../policy/bind.ts';
import { addDays, addMonths, addYears, dateOf, formatDate } from '../policy/calendar.ts';
import { judge, makeScene, type Scene, type Setting } from '../policy/interpret.ts';
import type { Condition, Policy, SubjectKind, Value, Vocabulary } from '../policy/model.ts';
import { formatYuan } from '../policy/money.ts';
import { placeWithin, type ReferenceData } from '../policy/reference.ts';
import { ABSENT, FALSE, MICRO, TRUE, UNKNOWN } from '../policy/values.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { PolicySource } from './read-policy.ts';

/** How many partial subjects a proof may look at before it gives up. */
const MAX_STEPS = 20_000;

/** How many members of one set rules may ask about before its subsets are too many to try. */
const MAX_MEMBERS = 12;

interface Found {
  readonly subject: Subject;
  readonly setting: Setting;
}

/** How many it may look at for all pairs of rows of one table. */
const MAX_TABLE_STEPS = 300_000;

type Outcome = { readonly found: Found } | 'none' | 'gave-up';

/** Checks all tables and conditions of a policy. */
export function proveTables(source: PolicySource, vocabularies: Readonly<Record<SubjectKind, Vocabulary>>, reference: ReferenceData, diagnostics: Diagnostics): void {
  const { policy } = source;
  const tablesSeen = new Set<Value>();
  for (const { benefit, places } of source.benefits) {
    const prover = new Prover(policy, vocabularies[benefit.subject], benefit.subject, [benefit.condition, benefit.amount], reference);
    const met = prover.search([benefit.condition], []);
    if (met === 'none') diagnostics.add('never-met', places.condition, { id: benefit.title.zh });
    for (const table of tablesOf(benefit.amount, policy)) {
      const place = source.tables.get(table) ?? places.amount;
      if (table.otherwise === undefined) {
        const gap = prover.search([benefit.condition], table.rows.map((row) => row.when));
        if (gap === 'gave-up') diagnostics.add('table-unproved', place);
        else if (gap !== 'none') diagnostics.add('table-gap', place, { example: prover.example(gap.found, [benefit.condition, ...table.rows.map((row) => row.when)]) });
      }
      if (!tablesSeen.has(table)) {
        tablesSeen.add(table);
        proveOverlaps(table, prover, place, diagnostics);
      }
    }
  }
}

function proveOverlaps(table: Value & { op: 'choose' }, prover: Prover, place: Parameters<Diagnostics['add']>[1], diagnostics: Diagnostics): void {
  const limit = prover.spent + MAX_TABLE_STEPS;
  table.rows.forEach((second, j) => {
    table.rows.slice(0, j).forEach((first, i) => {
      if (prover.spent > limit) {
        diagnostics.add('table-unproved', place);
        return;
      }
      const both = prover.search([first.when, second.when], []);
      if (both === 'gave-up') diagnostics.add('table-unproved', place);
      else if (both !== 'none') {
        diagnostics.add('table-overlap', place, { first: String(i + 1), second: String(j + 1), example: prover.example(both.found, [first.when, second.when]) });
      }
    });
  });
}

/** Every choice table that an amount reaches, through definitions too. */
function tablesOf(root: unknown, policy: Policy): (Value & { op: 'choose' })[] {
  const found = new Set<Value & { op: 'choose' }>();
  const seen = new Set<unknown>();
  const visit = (item: unknown): void => {
    if (typeof item !== 'object' || item === null || seen.has(item)) return;
    seen.add(item);
    if ('op' in item && item.op === 'choose') found.add(item as Value & { op: 'choose' });
    if ('op' in item && item.op === 'defined') visit(policy.definitions.find(({ name }) => name === (item as { definition?: unknown }).definition));
    Object.values(item).forEach(visit);
  };
  visit(root);
  return [...found];
}

class Prover {
  private readonly policy: Policy;
  private readonly vocabulary: Vocabulary;
  private readonly kind: SubjectKind;
  private readonly reference: ReferenceData;
  /** Values to try for each fact; for a set of places, numbers of `placeSets`. Undefined where there are too many. */
  private readonly candidates: readonly (readonly number[] | undefined)[];
  private readonly placeSets: readonly (readonly number[])[];
  private readonly settings: readonly Setting[];
  private readonly literals: ReadonlyMap<string, number>;
  /** Conditions that compare what was computed from facts: values around the constants do not reach all their sides. */
  private readonly computing = new WeakMap<Condition, boolean>();
  private steps = 0;
  /** Partial subjects looked at in all searches so far. */
  spent = 0;

  constructor(policy: Policy, vocabulary: Vocabulary, kind: SubjectKind, roots: readonly unknown[], reference: ReferenceData) {
    this.policy = policy;
    this.reference = reference;
    // Derived facts are searched as facts of their own: any value of theirs can come about.
    this.vocabulary = { ...vocabulary, facts: vocabulary.facts.map(({ of: _, ...fact }) => fact) };
    this.kind = kind;
    const constants = collectConstants(roots, policy);
    this.literals = new Map([...constants.texts].map((text, index) => [text, index + 1]));
    const date = 20260630;
    const places = placesOf(constants.places, reference);
    this.placeSets = subsetsOf(places) ?? [];
    this.candidates = this.vocabulary.facts.map((fact) =>
      fact.type === 'place' ? places : fact.type === 'places' ? subsetsOf(places)?.map((_, index) => index) : candidatesOf(fact, constants, date),
    );
    this.settings = settingsOf(policy, date);
  }

  /** Looks for a subject for whom all of `wanted` are true and all of `unwanted` false, under any reading. */
  search(wanted: readonly Condition[], unwanted: readonly Condition[]): Outcome {
    this.steps = 0;
    for (const setting of this.settings) {
      const subject: Subject = {
        id: null,
        kind: this.kind,
        slots: new Float64Array(this.vocabulary.facts.length).fill(ABSENT),
        places: [],
        texts: [],
        derived: new Uint8Array(this.vocabulary.facts.length),
      };
      const scene = makeScene(this.policy, this.vocabulary, subject, setting, this.literals);
      const outcome = this.assign(scene, wanted, unwanted);
      if (outcome !== 'none') return outcome;
    }
    return [...wanted, ...unwanted].some((condition) => this.computes(condition)) ? 'gave-up' : 'none';
  }

  private computes(condition: Condition): boolean {
    const known = this.computing.get(condition);
    if (known !== undefined) return known;
    let found = false;
    walk(condition, this.policy, (item) => {
      const isSum = item['op'] === 'sum' || item['op'] === 'times' || item['op'] === 'above';
      if (isSum && collectSlots([item], this.policy).size > 0) found = true;
    });
    this.computing.set(condition, found);
    return found;
  }

  private assign(scene: Scene, wanted: readonly Condition[], unwanted: readonly Condition[]): Outcome {
    this.spent++;
    if (++this.steps > MAX_STEPS) return 'gave-up';
    let open: number | undefined;
    for (const [conditions, hoped] of [[unwanted, FALSE], [wanted, TRUE]] as const) {
      for (const condition of conditions) {
        const { truth, missing } = judge(condition, scene);
        if (truth !== UNKNOWN && truth !== hoped) return 'none';
        if (truth === UNKNOWN) open ??= [...missing].find((slot) => scene.subject.slots[slot] === ABSENT);
        // What hangs on a parameter alone cannot be searched, so it is taken as it is hoped for.
      }
    }
    if (open === undefined) return { found: { subject: scene.subject, setting: scene.setting } };
    const candidates = this.candidates[open];
    if (candidates === undefined) return 'gave-up';
    for (const value of candidates) {
      const places = this.vocabulary.facts[open]?.type === 'places' ? [...scene.subject.places] : scene.subject.places;
      if (this.vocabulary.facts[open]?.type === 'places') places[open] = this.placeSets[value] ?? [];
      const slots = scene.subject.slots.slice();
      slots[open] = value;
      const outcome = this.assign({ ...scene, subject: { ...scene.subject, slots, places } }, wanted, unwanted);
      if (outcome !== 'none') return outcome;
    }
    return 'none';
  }

  /** The found subject in words: readings other than those in force, then the facts that the given conditions look at. */
  example({ subject, setting }: Found, conditions: readonly Condition[]): string {
    const slots = collectSlots(conditions, this.policy);
    const readings = this.policy.readings.flatMap(({ name, alternatives, inForce }) => {
      const chosen = setting.readings.get(name) ?? inForce;
      return chosen === inForce ? [] : [`解读“${name}”取“${alternatives[chosen]?.name ?? ''}”`];
    });
    const parts = [...slots].flatMap((slot) => {
      const fact = this.vocabulary.facts[slot];
      const value = subject.slots[slot] ?? ABSENT;
      return fact === undefined || value === ABSENT ? [] : [`${fact.name} = ${this.tell(fact, value)}`];
    });
    return [...readings, ...(parts.length === 0 ? ['任何人'] : parts)].join('，');
  }

  private tell(fact: Vocabulary['facts'][number], value: number): string {
    switch (fact.type) {
      case 'flag':
        return value === TRUE ? '是' : '否';
      case 'level':
      case 'kind':
        return fact.values?.[value] ?? String(value);
      case 'kinds':
        return (fact.values ?? []).filter((_, bit) => (value & (1 << bit)) !== 0).join('、') || '无';
      case 'date':
        return formatDate(value);
      case 'money':
        return `${formatYuan(value)} 元`;
      case 'years':
        return `${value} 年`;
      case 'number':
      case 'share':
        return String(value / MICRO);
      case 'text':
        return [...this.literals].find(([, code]) => code === value)?.[0] ?? '其他';
      default:
        return (fact.type === 'places' ? (this.placeSets[value] ?? []) : [value]).map((code) => this.reference.placeNames[this.reference.places.indexOf(code)] ?? String(code)).join('、') || '无';
    }
  }
}

interface Constants {
  readonly numbers: ReadonlySet<number>;
  readonly places: ReadonlySet<number>;
  readonly masks: ReadonlyMap<number, number>;
  readonly texts: ReadonlySet<string>;
  /** How far dates are moved, and how far apart they are asked to be. */
  readonly spans: readonly { readonly unit: string; readonly size: number }[];
}

/** The constants that conditions compare with, definitions followed. */
function collectConstants(roots: readonly unknown[], policy: Policy): Constants {
  const numbers = new Set<number>();
  const places = new Set<number>();
  const masks = new Map<number, number>();
  const texts = new Set<string>();
  const spans: { unit: string; size: number }[] = [];
  const sizeOf = (value: unknown): number | undefined => {
    const { op, value: size, parameter } = (value ?? {}) as Record<string, unknown>;
    const given = op === 'constant' ? size : op === 'parameter' ? policy.parameters.find(({ name }) => name === parameter)?.value : undefined;
    return typeof given === 'number' ? Math.ceil(given) : undefined;
  };
  const addSpan = (unit: unknown, size: number | undefined): void => {
    if (size !== undefined && !spans.some((span) => span.unit === unit && span.size === size)) spans.push({ unit: String(unit), size });
  };
  walk(roots, policy, (item) => {
    if (item['op'] === 'constant' && typeof item['value'] === 'number') numbers.add(item['value']);
    if (item['op'] === 'shift') addSpan(item['unit'], sizeOf(item['by']));
    if (item['op'] === 'compare' && isElapsed(item['left'])) addSpan('years', sizeOf(item['right']));
    if (item['op'] === 'compare' && isElapsed(item['right'])) addSpan('years', sizeOf(item['left']));
    if (item['op'] === 'parameter') {
      const set = policy.parameters.find(({ name }) => name === item['parameter'])?.value;
      if (typeof set === 'number') numbers.add(set);
    }
    if (item['op'] === 'within' && typeof item['place'] === 'number') places.add(item['place']);
    if (item['op'] === 'has') masks.set(Number(item['slot']), (masks.get(Number(item['slot'])) ?? 0) | Number(item['mask']));
    if (item['op'] === 'literal' && typeof item['text'] === 'string') texts.add(item['text']);
  });
  return { numbers, places, masks, texts, spans };
}

function isElapsed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'op' in value && value.op === 'elapsed';
}

function collectSlots(roots: readonly unknown[], policy: Policy): Set<number> {
  const slots = new Set<number>();
  walk(roots, policy, (item) => {
    if (typeof item['slot'] === 'number') slots.add(item['slot']);
  });
  return slots;
}

function walk(root: unknown, policy: Policy, meet: (item: Record<string, unknown>) => void): void {
  const seen = new Set<unknown>();
  const visit = (item: unknown): void => {
    if (typeof item !== 'object' || item === null || seen.has(item)) return;
    seen.add(item);
    const record = item as Record<string, unknown>;
    meet(record);
    if (record['op'] === 'defined') visit(policy.definitions.find(({ name }) => name === record['definition']));
    Object.values(record).forEach(visit);
  };
  visit(root);
}

/**
 * Values of a fact that between them reach both sides of every comparison with a constant, and every order of two facts.
 * Undefined where there are too many.
 */
function candidatesOf(fact: Vocabulary['facts'][number], constants: Constants, date: number): number[] | undefined {
  switch (fact.type) {
    case 'flag':
      return [TRUE, FALSE];
    case 'level':
    case 'kind':
      return (fact.values ?? []).map((_, index) => index);
    case 'kinds': {
      const mask = constants.masks.get(fact.slot) ?? 0;
      const bits = (fact.values ?? []).map((_, bit) => 1 << bit).filter((bit) => (mask & bit) !== 0);
      return subsetsOf(bits)?.map((members) => members.reduce((set, bit) => set | bit, 0));
    }
    case 'text':
      return Array.from({ length: constants.texts.size + 1 }, (_, index) => index);
    case 'date':
      return datesOf(constants, date);
    case 'years': {
      const marks = [...new Set([0, ...constants.numbers])].filter((n) => n < 1000).sort((a, b) => a - b);
      const between = marks.map((n, index) => (n + (marks[index + 1] ?? n + 1)) / 2);
      return [...new Set([...marks, ...between, ...marks.map((n) => n + 1)])];
    }
    default:
      return [...new Set([0, ...constants.numbers].flatMap((n) => [n - 2, n - 1, n, n + 1, n + 2]))].filter((n) => n >= 0);
  }
}

/** The dates around every date that is named, before and after it by every span that is named, and some of the last years. */
function datesOf({ numbers, spans }: Constants, date: number): number[] {
  const named = [...numbers].filter((n) => dateOf(Math.floor(n / 10000), Math.floor(n / 100) % 100, n % 100) === n);
  const marks = [date, ...named].flatMap((anchor) => [
    anchor,
    ...spans.flatMap(({ unit, size }) => [-size, size].map((step) => (unit === 'years' ? addYears(anchor, step) : unit === 'months' ? addMonths(anchor, step) : addDays(anchor, step)))),
  ]);
  const recent = [1, 2, 3, 5, 6, 10, 31].flatMap((years) => [addYears(date, -years), addDays(addYears(date, -years), -1)]);
  const all = [...new Set([...marks.flatMap((mark) => [addDays(mark, -1), mark, addDays(mark, 1)]), ...recent])];
  // Days gone by first, the earliest of them first: they make the more natural examples.
  return [...all.filter((day) => day <= date).sort((a, b) => a - b), ...all.filter((day) => day > date)];
}

/** One place for each way in which a place can lie in the places that are named and outside the others. */
function placesOf(named: ReadonlySet<number>, reference: ReferenceData): number[] {
  // A wider place is not where anybody is: asked about a narrower one, it answers neither yes nor no.
  const wide = new Set(reference.places.flatMap((code) => (code % 100 !== 0 ? [code - (code % 100), code - (code % 10000)] : code % 10000 !== 0 ? [code - (code % 10000)] : [])));
  const found = new Map<string, number>();
  for (const code of reference.places) {
    const key = [...named].map((place) => placeWithin(code, place)).join('');
    if (!wide.has(code) && !found.has(key)) found.set(key, code);
  }
  return [...found.values()];
}

/** All subsets, smallest first members; undefined where there are too many. */
function subsetsOf(members: readonly number[]): number[][] | undefined {
  if (members.length > MAX_MEMBERS) return undefined;
  return Array.from({ length: 2 ** members.length }, (_, choice) => members.filter((_member, index) => ((choice >> index) & 1) === 1));
}

/** The readings in force, and each other alternative alone. */
function settingsOf(policy: Policy, date: number): Setting[] {
  const parameters = new Map(policy.parameters.map(({ name, value }) => [name, value]));
  const usual = new Map(policy.readings.map(({ name, inForce }) => [name, inForce]));
  const settings: Setting[] = [{ date, parameters, readings: usual }];
  for (const { name, alternatives, inForce } of policy.readings) {
    alternatives.forEach((_, index) => {
      if (index !== inForce) settings.push({ date, parameters, readings: new Map([...usual, [name, index]]) });
    });
  }
  return settings;
}
