// The reference interpreter: what a condition or an amount is for one subject, which facts are missing, and the trace of why.
// Generated JavaScript and SQL must agree with it; where they do not, this file says what is right.

import type { Subject } from './bind.ts';
import { addDays, addMonths, addYears, type DateNumber, wholeYears } from './calendar.ts';
import type { AmountRule, Benefit, Condition, Definition, Policy, Relation, Value, Vocabulary } from './model.ts';
import { timesMicro } from './money.ts';
import { placeWithin } from './reference.ts';
import { ABSENT, all, any, FALSE, not, TRUE, type Truth, truth, UNKNOWN } from './values.ts';

/** What the office has set for this evaluation: the date asked about, parameters, readings. */
export interface Setting {
  readonly date: DateNumber;
  /** Parameters by name; null while not set. */
  readonly parameters: ReadonlyMap<string, number | null>;
  /** The index of the alternative in force, by reading. */
  readonly readings: ReadonlyMap<string, number>;
}

/** One subject under one policy in one setting. */
export interface Scene {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  readonly subject: Subject;
  readonly setting: Setting;
  /** Numbers of the texts that rules compare with, as used in binding. */
  readonly literals: ReadonlyMap<string, number>;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Outcomes of definitions that are known already for this very subject; whoever changes the subject clears it. */
  readonly settled?: Map<string, Judgement>;
}

/** Why a condition came out as it did. Leaves are the conditions that stand in the pack as one expression. */
export interface Trace {
  readonly op: 'all' | 'any' | 'not' | 'leaf' | 'defined' | 'reading';
  readonly truth: Truth;
  readonly condition: Condition;
  /** Slots of the facts that the condition looks at, for leaves. */
  readonly facts: readonly number[];
  readonly items: readonly Trace[];
}

/** A condition's outcome with the facts that keep it from being decided. */
export interface Judgement {
  readonly truth: Truth;
  readonly missing: ReadonlySet<number>;
}

/** A value that lies between two bounds (equal when it is known), and what keeps it from being known. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly missing: ReadonlySet<number>;
  readonly parameters: ReadonlySet<string>;
}

const NONE: ReadonlySet<never> = new Set<never>();

/** Puts a scene together. */
export function makeScene(policy: Policy, vocabulary: Vocabulary, subject: Subject, setting: Setting, literals: ReadonlyMap<string, number>): Scene {
  return { policy, vocabulary, subject, setting, literals, definitions: definitionsOf(policy) };
}

const definitionIndexes = new WeakMap<Policy, ReadonlyMap<string, Definition>>();

function definitionsOf(policy: Policy): ReadonlyMap<string, Definition> {
  let index = definitionIndexes.get(policy);
  if (index === undefined) {
    index = new Map(policy.definitions.map((definition) => [definition.name, definition]));
    definitionIndexes.set(policy, index);
  }
  return index;
}

/** The slot that a missing fact is asked for: a derived fact is asked for by what it is derived from. */
export function askedSlot(vocabulary: Vocabulary, slot: number): number {
  return vocabulary.facts[slot]?.of ?? slot;
}

/** Whether a condition holds, by Kleene, and which facts keep it open. */
export function judge(condition: Condition, scene: Scene): Judgement {
  switch (condition.op) {
    case 'always':
      return { truth: truth(condition.value), missing: NONE };
    case 'flag': {
      const value = scene.subject.slots[condition.slot] ?? ABSENT;
      return value === ABSENT ? open(scene, condition.slot) : { truth: value as Truth, missing: NONE };
    }
    case 'compare': {
      const left = measure(condition.left, scene);
      const right = measure(condition.right, scene);
      if (isKnown(left) && isKnown(right)) return { truth: truth(relates(condition.relation, left.low, right.low)), missing: NONE };
      return { truth: UNKNOWN, missing: union(left.missing, right.missing) };
    }
    case 'has': {
      const value = scene.subject.slots[condition.slot] ?? ABSENT;
      return value === ABSENT ? open(scene, condition.slot) : { truth: truth((value & condition.mask) !== 0), missing: NONE };
    }
    case 'among': {
      const left = measure(condition.left, scene);
      if (!isKnown(left)) return { truth: UNKNOWN, missing: left.missing };
      return { truth: truth(condition.right.some((item) => measure(item, scene).low === left.low)), missing: NONE };
    }
    case 'within':
      return judgeWithin(condition, scene);
    case 'all':
    case 'any':
      return combine(condition.items.map((item) => judge(item, scene)), condition.op === 'all' ? FALSE : TRUE);
    case 'not': {
      const inner = judge(condition.item, scene);
      return { truth: not(inner.truth), missing: inner.missing };
    }
    case 'defined': {
      const known = scene.settled?.get(condition.definition);
      if (known !== undefined) return known;
      const found = judge(conditionOf(condition.definition, scene), scene);
      scene.settled?.set(condition.definition, found);
      return found;
    }
    case 'reading':
      return judge(branchOf(condition, scene), scene);
    case 'employed':
      return hasNoEmployer(scene) ? { truth: FALSE, missing: NONE } : judge(condition.item, scene);
  }
}

function open(scene: Scene, slot: number): Judgement {
  return { truth: UNKNOWN, missing: new Set([askedSlot(scene.vocabulary, slot)]) };
}

function hasNoEmployer(scene: Scene): boolean {
  const slot = scene.vocabulary.employerKindSlot;
  // 单位类型's first value is 无; the checker holds the vocabulary to that.
  return slot !== undefined && scene.subject.slots[slot] === 0;
}

function judgeWithin(condition: Condition & { op: 'within' }, scene: Scene): Judgement {
  const { slot, place } = condition;
  const value = scene.subject.slots[slot] ?? ABSENT;
  if (value === ABSENT) return open(scene, slot);
  if (!condition.many) {
    const inside = placeWithin(value, place);
    return inside === UNKNOWN ? open(scene, slot) : { truth: inside, missing: NONE };
  }
  let result: Truth = FALSE;
  for (const code of scene.subject.places[slot] ?? []) {
    const inside = placeWithin(code, place);
    if (inside === TRUE) return { truth: TRUE, missing: NONE };
    if (inside === UNKNOWN) result = UNKNOWN;
  }
  return result === UNKNOWN ? open(scene, slot) : { truth: result, missing: NONE };
}

/** And or or: `decider` settles it; else the unknown members keep it open. */
function combine(items: readonly Judgement[], decider: Truth): Judgement {
  const missing = new Set<number>();
  let isOpen = false;
  for (const item of items) {
    if (item.truth === decider) return { truth: decider, missing: NONE };
    if (item.truth === UNKNOWN) {
      isOpen = true;
      for (const slot of item.missing) missing.add(slot);
    }
  }
  return isOpen ? { truth: UNKNOWN, missing } : { truth: not(decider), missing: NONE };
}

function relates(relation: Relation, left: number, right: number): boolean {
  switch (relation) {
    case '=':
      return left === right;
    case '≠':
      return left !== right;
    case '<':
      return left < right;
    case '≤':
      return left <= right;
    case '>':
      return left > right;
    case '≥':
      return left >= right;
  }
}

function conditionOf(name: string, scene: Scene): Condition {
  const definition = scene.definitions.get(name);
  if (definition === undefined || !('condition' in definition)) throw new Error(`no condition is defined as ${name}`);
  return definition.condition;
}

/** The condition that holds under the reading in force. @throws Error where the reading has no such alternative. */
export function branchOf(condition: Condition & { op: 'reading' }, scene: Scene): Condition {
  const branch = condition.branches[scene.setting.readings.get(condition.reading) ?? 0];
  if (branch === undefined) throw new Error(`reading ${condition.reading} has no such alternative`);
  return branch;
}

function isKnown(interval: Interval): boolean {
  return interval.low === interval.high;
}

function exactly(value: number): Interval {
  return { low: value, high: value, missing: NONE, parameters: NONE };
}

/** The bounds of a value and what keeps it from being known. */
export function measure(value: Value, scene: Scene): Interval {
  switch (value.op) {
    case 'constant':
      return exactly(value.value);
    case 'literal':
      return exactly(scene.literals.get(value.text) ?? ABSENT);
    case 'fact': {
      const given = scene.subject.slots[value.slot] ?? ABSENT;
      if (given !== ABSENT) return exactly(given);
      return { low: 0, high: Infinity, missing: new Set([askedSlot(scene.vocabulary, value.slot)]), parameters: NONE };
    }
    case 'parameter': {
      const given = scene.setting.parameters.get(value.parameter) ?? null;
      return given === null ? { low: 0, high: Infinity, missing: NONE, parameters: new Set([value.parameter]) } : exactly(given);
    }
    case 'chosen':
      return exactly(scene.setting.readings.get(value.reading) ?? 0);
    case 'today':
      return exactly(scene.setting.date);
    case 'shift':
      return lift([value.date, value.by], scene, ([date = 0, by = 0]) => {
        const step = value.sign * by;
        return value.unit === 'years' ? addYears(date, step) : value.unit === 'months' ? addMonths(date, step) : addDays(date, step);
      });
    case 'elapsed':
      return lift([value.from, value.to], scene, ([from = 0, to = 0]) => wholeYears(from, to));
    case 'sum':
      return spread(value.items, scene, (items) => items.reduce((a, b) => a + b, 0));
    case 'least':
      return spread(value.items, scene, (items) => Math.min(...items));
    case 'greatest':
      return spread(value.items, scene, (items) => Math.max(...items));
    case 'times':
      return spread([value.left, value.right], scene, ([left = 0, right = 0]) => timesMicro(left, right));
    case 'above': {
      const left = measure(value.left, scene);
      const right = measure(value.right, scene);
      return bounded(right.high === Infinity ? 0 : Math.max(0, left.low - right.high), left.high === Infinity ? Infinity : Math.max(0, left.high - right.low), [left, right]);
    }
    case 'choose':
      return choose(value, scene);
    case 'defined': {
      const definition = scene.definitions.get(value.definition);
      if (definition === undefined || !('value' in definition)) throw new Error(`no value is defined as ${value.definition}`);
      return measure(definition.value, scene);
    }
  }
}

/** A function that is known only where all its operands are. */
function lift(operands: readonly Value[], scene: Scene, apply: (values: readonly number[]) => number): Interval {
  const items = operands.map((operand) => measure(operand, scene));
  return items.every(isKnown) ? exactly(apply(items.map((item) => item.low))) : bounded(0, Infinity, items);
}

/** A function that grows with each operand: its bounds are those of the operands' bounds. */
function spread(operands: readonly Value[], scene: Scene, apply: (values: readonly number[]) => number): Interval {
  const items = operands.map((operand) => measure(operand, scene));
  return bounded(apply(items.map((item) => item.low)), apply(items.map((item) => item.high)), items);
}

/** An interval made of others: what keeps those open keeps it open, unless its bounds meet. */
function bounded(low: number, high: number, parts: readonly Interval[]): Interval {
  if (low === high) return exactly(low);
  const missing = new Set<number>();
  const parameters = new Set<string>();
  for (const part of parts) {
    if (isKnown(part)) continue;
    for (const slot of part.missing) missing.add(slot);
    for (const name of part.parameters) parameters.add(name);
  }
  return { low, high, missing, parameters };
}

/** The first row whose condition is true; while earlier rows are open, all rows that the known facts still allow. */
function choose(value: Value & { op: 'choose' }, scene: Scene): Interval {
  let low = Infinity;
  let high = -Infinity;
  const parts: Interval[] = [];
  const conditions = new Set<number>();
  let settled = false;
  const take = (part: Interval): void => {
    low = Math.min(low, part.low);
    high = Math.max(high, part.high);
    parts.push(part);
  };
  for (const row of value.rows) {
    const outcome = judge(row.when, scene);
    if (outcome.truth === FALSE) continue;
    take(measure(row.then, scene));
    if (outcome.truth === TRUE) {
      settled = true;
      break;
    }
    for (const slot of outcome.missing) conditions.add(slot);
  }
  if (!settled && value.otherwise !== undefined) take(measure(value.otherwise, scene));
  // Where no row is left nothing is paid; the checker proves that this cannot be when the answer is yes.
  if (parts.length === 0) return exactly(0);
  return bounded(low, high, [...parts, { low: 0, high: 1, missing: conditions, parameters: NONE }]);
}

const NOTHING: Value = { op: 'constant', value: 0 };

/** The two values whose low and high end bound an amount; one and the same value unless the document itself leaves a range. */
export function boundsOf(rule: AmountRule): { readonly low: Value; readonly high: Value } {
  switch (rule.kind) {
    case 'exact':
    case 'upTo':
    case 'atLeast':
      return { low: rule.value, high: rule.value };
    case 'range':
      return { low: rule.from, high: rule.to };
    case 'byReading': {
      const bounds = rule.rules.map(boundsOf);
      const under = (side: 'low' | 'high'): Value => ({
        op: 'choose',
        rows: bounds.map((bound, index) => ({
          when: { op: 'compare', relation: '=', left: { op: 'chosen', reading: rule.reading }, right: { op: 'constant', value: index } },
          then: bound[side],
        })),
      });
      return { low: under('low'), high: under('high') };
    }
    default:
      return { low: NOTHING, high: NOTHING };
  }
}

/** The amount that holds under the readings in force. */
export function amountUnder<Rule extends { readonly kind: string }>(
  rule: Rule | { readonly kind: 'byReading'; readonly reading: string; readonly rules: readonly Rule[] },
  setting: Setting,
): Rule {
  if (!('rules' in rule)) return rule;
  const chosen = rule.rules[setting.readings.get(rule.reading) ?? 0];
  if (chosen === undefined) throw new Error(`reading ${rule.reading} has no such alternative`);
  return chosen;
}

/** The bounds of what a benefit pays, if the answer is yes. */
function measureAmount(rule: AmountRule, scene: Scene): Interval {
  const { low, high } = boundsOf(rule);
  const from = measure(low, scene);
  if (low === high) return from;
  const to = measure(high, scene);
  return bounded(from.low, to.high, [from, to]);
}

/** The status of a benefit as the engine counts them. */
export type Status = 'yes' | 'no' | 'unknown' | 'review';

/** What one benefit is for one subject. */
export interface Verdict {
  readonly status: Status;
  /** Slots of the facts that still matter to the status, in the order of the vocabulary. */
  readonly missing: readonly number[];
  readonly amount: Interval;
}

/** Interprets one benefit. */
export function interpret(benefit: Benefit, scene: Scene): Verdict {
  const outcome = judge(benefit.condition, scene);
  const missing = [...outcome.missing].sort((a, b) => a - b);
  const isReviewed = missing.every((slot) => scene.vocabulary.facts[slot]?.from === '认定');
  const status =
    outcome.truth === FALSE ? 'no' : outcome.truth === UNKNOWN ? (isReviewed ? 'review' : 'unknown') : benefit.reviewed ? 'review' : 'yes';
  return { status, missing, amount: measureAmount(benefit.amount, scene) };
}

const NO_FACTS: readonly number[] = [];
const NO_ITEMS: readonly Trace[] = [];

/** The trace of a condition: every condition below it that the pack states, with its outcome. Definitions are named, not followed. */
export function trace(condition: Condition, scene: Scene, defined: (name: string) => Truth): Trace {
  const isStated = condition.note?.text !== undefined && condition.op !== 'defined';
  switch (isStated ? 'leaf' : condition.op) {
    case 'all':
    case 'any': {
      const { op, items } = condition as Condition & { op: 'all' | 'any' };
      const traces = items.map((item) => trace(item, scene, defined));
      const truths = traces.map((item) => item.truth);
      return { op, truth: op === 'all' ? all(truths) : any(truths), condition, facts: NO_FACTS, items: traces };
    }
    case 'not': {
      const item = trace((condition as Condition & { op: 'not' }).item, scene, defined);
      return { op: 'not', truth: not(item.truth), condition, facts: NO_FACTS, items: [item] };
    }
    case 'defined':
      return { op: 'defined', truth: defined((condition as Condition & { op: 'defined' }).definition), condition, facts: NO_FACTS, items: NO_ITEMS };
    case 'reading': {
      const item = trace(branchOf(condition as Condition & { op: 'reading' }, scene), scene, defined);
      return { op: 'reading', truth: item.truth, condition, facts: NO_FACTS, items: [item] };
    }
    default:
      return { op: 'leaf', truth: judge(condition, scene).truth, condition, facts: factsOf(condition), items: NO_ITEMS };
  }
}

/** Slots of the facts that a condition or value looks at, definitions not followed, in order of first mention. */
export function factsOf(node: Condition | Value): readonly number[] {
  const known = factLists.get(node);
  if (known !== undefined) return known;
  const list = findFacts(node);
  factLists.set(node, list);
  return list;
}

const factLists = new WeakMap<Condition | Value, readonly number[]>();

function findFacts(node: Condition | Value): number[] {
  const found = new Set<number>();
  const visit = (item: unknown): void => {
    if (Array.isArray(item)) item.forEach(visit);
    else if (typeof item === 'object' && item !== null) {
      for (const [key, inner] of Object.entries(item)) {
        if (key === 'slot' && typeof inner === 'number') found.add(inner);
        else if (key !== 'note') visit(inner);
      }
    }
  };
  visit(node);
  return [...found];
}

function union(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return b.size === 0 ? a : a.size === 0 ? b : new Set([...a, ...b]);
}
