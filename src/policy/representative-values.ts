// The few values of a fact that stand for all of them: between two of them no condition of a benefit can tell the difference.
// What a comparison turns on is found by trying it, so that every kind of expression is covered alike.

import type { Subject } from './bind.ts';
import { addDays, wholeYears } from './calendar.ts';
import { amountUnder, measure, type Scene } from './interpret.ts';
import type { Benefit, Condition, Fact, PlainAmountRule, Value, Vocabulary } from './model.ts';
import { ABSENT, FALSE, MAX_FEN, MAX_NUMBER, MICRO, TRUE } from './values.ts';

/** A value that a fact may have, with what is derived from it, and how likely it is among the others. */
export interface Guess {
  readonly value: number;
  /** Classes of a university. */
  readonly classes?: number;
  readonly places?: readonly number[];
  readonly weight: number;
}

type Compare = Condition & { readonly op: 'compare' };

/** What the conditions and the amount of one benefit look at in one fact (and in what is derived from it). */
export interface Views {
  readonly compares: Compare[];
  /** Constants that it is compared with one by one. */
  readonly constants: number[];
  readonly literals: string[];
  readonly places: number[];
  /** True where an amount is computed from it. */
  isMeasured: boolean;
}

/** What a benefit looks at, by the slot of the fact that would be asked, under the readings in force. */
export function viewsOf(benefit: Benefit, scene: Scene): ReadonlyMap<number, Views> {
  const found = new Map<number, Views>();
  const { facts } = scene.vocabulary;
  const at = (slot: number): Views => {
    const asked = facts[slot]?.of ?? slot;
    const views = found.get(asked) ?? { compares: [], constants: [], literals: [], places: [], isMeasured: false };
    found.set(asked, views);
    return views;
  };
  const value = (node: Value, isAmount: boolean, slots: Set<number>): void => {
    switch (node.op) {
      case 'fact':
        slots.add(node.slot);
        if (isAmount) at(node.slot).isMeasured = true;
        return;
      case 'shift':
        value(node.date, isAmount, slots);
        return value(node.by, isAmount, slots);
      case 'elapsed':
        value(node.from, isAmount, slots);
        return value(node.to, isAmount, slots);
      case 'sum':
      case 'least':
      case 'greatest':
        for (const item of node.items) value(item, isAmount, slots);
        return;
      case 'times':
      case 'above':
        value(node.left, isAmount, slots);
        return value(node.right, isAmount, slots);
      case 'choose':
        for (const row of node.rows) {
          condition(row.when);
          value(row.then, isAmount, slots);
        }
        if (node.otherwise !== undefined) value(node.otherwise, isAmount, slots);
        return;
      case 'defined': {
        const definition = scene.definitions.get(node.definition);
        if (definition !== undefined && 'value' in definition) value(definition.value, isAmount, slots);
        return;
      }
      default:
    }
  };
  const condition = (node: Condition): void => {
    switch (node.op) {
      case 'flag':
      case 'has':
        at(node.slot);
        return;
      case 'within':
        at(node.slot).places.push(node.place);
        return;
      case 'compare': {
        const slots = new Set<number>();
        value(node.left, false, slots);
        value(node.right, false, slots);
        for (const slot of slots) {
          const views = at(slot);
          views.compares.push(node);
          for (const side of [node.left, node.right]) if (side.op === 'literal') views.literals.push(side.text);
        }
        return;
      }
      case 'among': {
        const slots = new Set<number>();
        value(node.left, false, slots);
        for (const slot of slots) {
          for (const item of node.right) {
            if (item.op === 'literal') at(slot).literals.push(item.text);
            else if (item.op === 'constant') at(slot).constants.push(item.value);
          }
        }
        return;
      }
      case 'all':
      case 'any':
        for (const item of node.items) condition(item);
        return;
      case 'not':
      case 'employed':
        return condition(node.item);
      case 'reading': {
        const branch = node.branches[scene.setting.readings.get(node.reading) ?? 0];
        if (branch !== undefined) condition(branch);
        return;
      }
      case 'defined': {
        const definition = scene.definitions.get(node.definition);
        if (definition !== undefined && 'condition' in definition) condition(definition.condition);
        return;
      }
      default:
    }
  };
  condition(benefit.condition);
  const rule = amountUnder<PlainAmountRule>(benefit.amount, scene.setting);
  for (const part of rule.kind === 'range' ? [rule.from, rule.to] : 'value' in rule ? [rule.value] : []) value(part, true, new Set());
  return found;
}

/** What guessing needs besides the scene: which classes universities can have, and the class of one that rules name. */
export interface Classes {
  readonly combinations: readonly number[];
  of(name: string): number;
}

/** The values of a fact that a benefit can tell apart in a scene in which the fact is not known; most natural first. */
export function guess(fact: Fact, views: Views, scene: Scene, classes: Classes): readonly Guess[] {
  switch (fact.type) {
    case 'flag':
      return evenly([TRUE, FALSE]);
    case 'level':
      return evenly((fact.values ?? []).map((_, index) => index));
    case 'kind':
      return evenly((fact.values ?? []).map((_, index) => index).filter((index) => index !== 0 || !isEmployed(fact, scene)));
    case 'kinds':
      return evenly([...new Set([0, ...(fact.values ?? []).map((_, bit) => 1 << bit), (1 << (fact.values ?? []).length) - 1])]);
    case 'place':
      return evenly(placesToTell(views.places));
    case 'places':
      return [[], ...placesToTell(views.places).map((place) => [place])].map((places, _, all) => ({ value: places.length, places, weight: 1 / all.length }));
    case 'text':
      return texts(fact, views, scene, classes);
    default:
      return numbers(fact, views, scene);
  }
}

function evenly(values: readonly number[]): Guess[] {
  return values.map((value) => ({ value, weight: 1 / values.length }));
}

/** Whoever has told something of the employer has one. */
function isEmployed(fact: Fact, { vocabulary, subject }: Scene): boolean {
  return fact.slot === vocabulary.employerKindSlot && vocabulary.facts.some(({ employer, slot }) => employer === true && slot !== fact.slot && subject.slots[slot] !== ABSENT);
}

/** For each place named: somewhere in it and in no narrower place named; and somewhere else. The codes need not exist. */
function placesToTell(named: readonly number[]): number[] {
  const inside = [...new Set(named)].map((place) => (place % 10000 === 0 ? place + 9999 : place % 100 === 0 ? place + 99 : place));
  return [...inside, 999_999];
}

function texts(fact: Fact, views: Views, scene: Scene, classes: Classes): Guess[] {
  const hasClasses = scene.vocabulary.facts.some(({ of, by }) => of === fact.slot && by === 'university');
  const named = [...new Set(views.literals)].map((text) => ({ value: scene.literals.get(text) ?? 0, ...(hasClasses ? { classes: classes.of(text) } : {}) }));
  const others = hasClasses ? classes.combinations.map((mask) => ({ value: 0, classes: mask })) : [{ value: 0 }];
  const all = [...others, ...named];
  return all.map((item) => ({ ...item, weight: 1 / all.length }));
}

/** The smallest step between two values that people give, and how far they go. */
interface Scale {
  readonly last: number;
  at(step: number): number;
}

const FIRST_DAY = 19000101;

function scaleOf(fact: Fact): Scale {
  switch (fact.type) {
    case 'date':
      return { last: 100_000, at: (step) => addDays(FIRST_DAY, step) };
    case 'years':
      return { last: 99_900, at: (step) => step / 100 };
    case 'money':
      return { last: MAX_FEN, at: (step) => step };
    default:
      return { last: MAX_NUMBER, at: (step) => step * MICRO };
  }
}

function numbers(fact: Fact, views: Views, scene: Scene): Guess[] {
  const scale = scaleOf(fact);
  // The steps at which something changes; the first of all begins the lowest stretch.
  const steps = new Set<number>();
  for (const compare of views.compares) {
    for (const isStrict of [false, true]) {
      const step = turn(compare, isStrict, fact, scale, scene);
      if (step !== undefined) steps.add(step);
    }
  }
  for (const constant of views.constants) {
    const step = firstStep(scale, (value) => value >= constant);
    for (const near of [step, step + 1]) steps.add(near);
  }
  if (views.isMeasured) for (const step of [0, 1, Math.floor(scale.last / 1_000_000), scale.last]) steps.add(step);
  const lowest = Math.min(...steps);
  if (steps.size === 0) steps.add(fact.type === 'date' ? firstStep(scale, (value) => value >= scene.setting.date) : 0);
  else if (lowest > 0) steps.add(lowest - 1);
  const values = [...steps].sort((a, b) => a - b).map((step) => scale.at(step));
  const [from, to] = fact.type === 'date' ? daysAllowed(fact, scene) : [0, Infinity];
  const allowed = values.filter((value) => value >= from && value <= to);
  return evenly(allowed.length > 0 ? allowed : [Math.min(Math.max(values[0] ?? from, from), to)]);
}

/** Nothing of a life comes before birth, and nobody is born after what is known of the life. */
function daysAllowed(fact: Fact, { vocabulary, subject, setting }: Scene): readonly [number, number] {
  const birth = vocabulary.facts.find(({ name }) => name === '出生日期');
  if (birth === undefined) return [0, Infinity];
  if (fact !== birth) return [subject.slots[birth.slot] ?? ABSENT, Infinity];
  const known = vocabulary.facts.flatMap(({ type, slot }) => (type === 'date' && slot !== birth.slot && subject.slots[slot] !== ABSENT ? [subject.slots[slot] ?? 0] : []));
  return [0, Math.min(setting.date, ...known)];
}

/** The first step at which left reaches (or passes, when strict) right, or at which it no longer does; undefined where there is none or other facts hide it. */
function turn(compare: Compare, isStrict: boolean, fact: Fact, scale: Scale, scene: Scene): number | undefined {
  const { subject } = scene;
  let isHidden = false;
  const holds = (value: number): boolean => {
    place(subject, scene.vocabulary, fact.slot, { value, weight: 1 }, scene.setting.date);
    const left = measure(compare.left, scene);
    const right = measure(compare.right, scene);
    if (left.low !== left.high || right.low !== right.high) isHidden = true;
    return isStrict ? left.low > right.low : left.low >= right.low;
  };
  try {
    const begin = holds(scale.at(0));
    if (isHidden || holds(scale.at(scale.last)) === begin) return undefined;
    return firstStep(scale, (value) => holds(value) !== begin);
  } finally {
    remove(subject, scene.vocabulary, fact.slot);
  }
}

/** The first step at which something that stays true once it is true becomes true. */
function firstStep(scale: Scale, isTrue: (value: number) => boolean): number {
  let low = 0;
  let high = scale.last;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(scale.at(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Supposes a value of a fact that is not known, and what follows from it. */
export function place(subject: Subject, vocabulary: Vocabulary, slot: number, { value, classes, places }: Guess, date: number): void {
  const { slots, derived } = subject;
  slots[slot] = value;
  if (places !== undefined) subject.places[slot] = places;
  for (const follower of followersOf(vocabulary, slot)) {
    // What was given counts, whatever would follow.
    if (slots[follower.slot] !== ABSENT && derived[follower.slot] !== 1) continue;
    slots[follower.slot] = follower.by === 'university' ? (classes ?? ABSENT) : wholeYears(value, date);
    derived[follower.slot] = 1;
  }
}

/** Takes back what was supposed. */
export function remove(subject: Subject, vocabulary: Vocabulary, slot: number): void {
  const { slots, derived } = subject;
  slots[slot] = ABSENT;
  subject.places[slot] = undefined;
  for (const follower of followersOf(vocabulary, slot)) {
    if (derived[follower.slot] !== 1) continue;
    slots[follower.slot] = ABSENT;
    derived[follower.slot] = 0;
  }
}

const followers = new WeakMap<Vocabulary, readonly (readonly Fact[])[]>();

function followersOf(vocabulary: Vocabulary, slot: number): readonly Fact[] {
  let lists = followers.get(vocabulary);
  if (lists === undefined) {
    lists = vocabulary.facts.map((fact) => vocabulary.facts.filter(({ of }) => of === fact.slot));
    followers.set(vocabulary, lists);
  }
  return lists[slot] ?? [];
}
