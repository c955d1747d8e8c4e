// Which fact to ask for next: the one that can settle most, and none where no answer could change anything any more.
// It looks ahead over the values that a benefit can tell apart (representative-values.ts) and asks the reference interpreter.

import type { Subject } from './bind.ts';
import type { Engine } from './engine.ts';
import { isBenefitInForce } from './in-force.ts';
import { amountUnder, interpret, type Judgement, makeScene, type Scene, type Status } from './interpret.ts';
import type { Benefit, Fact, FactOrigin, PlainAmountRule, Policy, Vocabulary } from './model.ts';
import { type Classes, type Guess, guess, place, remove, type Views, viewsOf } from './representative-values.ts';
import { ABSENT } from './values.ts';

/** How people take to a question: nothing here changes whether it is asked, only when. */
export interface Manner {
  /** Facts in the order in which a person would ask for them; those that stand together belong together. */
  readonly order: ReadonlyMap<string, number>;
  /** How easily people answer, up to 1; 1 where nothing is said. */
  readonly ease: ReadonlyMap<string, number>;
  /** For a fact, the one that is asked before it as long as that is open. */
  readonly after: ReadonlyMap<string, string>;
}

/** What asking needs besides the engine that answers. */
export interface AskOptions {
  /** The engine's policies, whole. */
  readonly policies: readonly Policy[];
  readonly vocabulary: Vocabulary;
  readonly manner?: Manner;
}

/** The question to ask now. */
export interface NextQuestion {
  /** The fact's name in the vocabulary. */
  readonly fact: string;
  /** Benefits (`policy/benefit`) that wait for it, in the policies' order. */
  readonly serves: readonly string[];
  /** How many more questions there can be, this one included; it never grows as questions are answered or skipped. */
  readonly atMostLeft: number;
  /** Every fact of which some value could still change something, in the order of the vocabulary. */
  readonly open: readonly string[];
}

/** Finds questions for subjects of one kind. */
export interface Asker {
  /**
   * The question to ask next, or undefined where nothing that may be asked could change a status, an amount, a date or the plan.
   * @param skipped facts that are not to be asked
   * @param previous the fact answered last: where gains are close, its neighbour comes next
   */
  next(subject: Subject, skipped: readonly string[], previous?: string): NextQuestion | undefined;
  /** The texts that conditions compare a fact with, in the policies' order. */
  textsNamed(fact: string): readonly string[];
}

/** What a benefit is at one moment, as far as answers can change it. */
interface Outlook {
  readonly status: Status;
  readonly missing: readonly number[];
  readonly open: readonly number[];
  readonly low: number;
  readonly high: number;
  /** The date from which instalments count, where they are shown. */
  readonly start: number;
}

/** A benefit with all that is the same of it for every subject. */
interface Item {
  readonly id: string;
  readonly policy: Policy;
  readonly benefit: Benefit;
  readonly rule: PlainAmountRule;
  readonly views: ReadonlyMap<number, Views>;
}

const asked: ReadonlySet<FactOrigin> = new Set(['申报', '材料', '共享']);
// Joint look-ahead is given up here, and the fact is asked: one question too many is better than one too few.
const MOST_STEPS = 4000;
const NO_VIEWS: Views = { compares: [], constants: [], literals: [], places: [], isMeasured: false };

/** Makes an asker. @throws Error where the engine has no setting for a policy. */
export function makeAsker(engine: Engine, options: AskOptions): Asker {
  return new LookAhead(engine, options);
}

class LookAhead implements Asker {
  private readonly engine: Engine;
  private readonly vocabulary: Vocabulary;
  private readonly manner: Manner | undefined;
  private readonly items: readonly Item[];
  private readonly classes: Classes;

  constructor(engine: Engine, { policies, vocabulary, manner }: AskOptions) {
    this.engine = engine;
    this.vocabulary = vocabulary;
    this.manner = manner;
    const nobody = emptySubject(vocabulary);
    this.items = policies.flatMap((policy) => {
      const scene = this.sceneOf(policy, nobody);
      return policy.benefits
        .filter((benefit) => benefit.subject === vocabulary.subject && isBenefitInForce(policy, benefit, engine.under))
        .map((benefit): Item => ({
          id: `${policy.id}/${benefit.id}`,
          policy,
          benefit,
          rule: amountUnder<PlainAmountRule>(benefit.amount, scene.setting),
          views: viewsOf(benefit, scene),
        }));
    });
    const { reference } = engine.binding;
    const combinations = [...new Set([0, ...reference.data.universities.map(([, bits]) => bits)])].filter((bits) => bits >= 0).sort((a, b) => a - b);
    this.classes = { combinations, of: (name) => reference.universityClasses(name) };
  }

  next(subject: Subject, skipped: readonly string[], previous?: string): NextQuestion | undefined {
    const state = new State(this.vocabulary, this.items, this.classes, this.engine.binding.date, copyOf(subject), (policy, copy) => this.sceneOf(policy, copy), new Set(skipped));
    const open = state.openFacts();
    // What an employer is comes before anything about it.
    const { employerKindSlot } = this.vocabulary;
    const isEmployerAsked = employerKindSlot !== undefined && open.some(({ fact }) => fact.slot === employerKindSlot);
    const openNames = new Set(open.map(({ fact }) => fact.name));
    const waits = ({ fact }: OpenFact): boolean => {
      const first = this.manner?.after.get(fact.name);
      return (first !== undefined && openNames.has(first)) || (isEmployerAsked && fact.employer === true && fact.slot !== employerKindSlot);
    };
    const ready = open.filter((one) => !waits(one));
    const candidates = ready.length > 0 ? ready : open;
    let best: { readonly fact: Fact; readonly serves: readonly string[]; readonly score: number } | undefined;
    for (const { fact, gain, serves } of candidates) {
      const score = (gain + 1e-6) * (this.manner?.ease.get(fact.name) ?? 1) * this.nearness(fact.name, previous);
      if (best === undefined || score > best.score * (1 + 1e-9) || (score >= best.score * (1 - 1e-9) && this.rank(fact) < this.rank(best.fact))) best = { fact, serves, score };
    }
    return best === undefined ? undefined : { fact: best.fact.name, serves: best.serves, atMostLeft: open.length, open: [...openNames] };
  }

  textsNamed(fact: string): readonly string[] {
    const slot = this.vocabulary.facts.find(({ name }) => name === fact)?.slot ?? -1;
    return [...new Set(this.items.flatMap(({ views }) => views.get(slot)?.literals ?? []))];
  }

  private rank(fact: Fact): number {
    return this.manner?.order.get(fact.name) ?? 1000 + fact.slot;
  }

  private nearness(name: string, previous: string | undefined): number {
    const from = previous === undefined ? undefined : this.manner?.order.get(previous);
    const to = this.manner?.order.get(name);
    if (from === undefined || to === undefined) return 1;
    const distance = Math.abs(from - to);
    return distance === 1 ? 1.5 : distance === 2 ? 1.3 : 1;
  }

  private sceneOf(policy: Policy, subject: Subject): Scene {
    const setting = this.engine.settings.get(policy.id);
    if (setting === undefined) throw new Error(`policy ${policy.id} is not in this engine`);
    return makeScene(policy, this.vocabulary, subject, setting, this.engine.binding.literals);
  }
}

/** A fact that is open, and what it promises. */
interface OpenFact {
  readonly fact: Fact;
  readonly gain: number;
  readonly serves: readonly string[];
}

/** A benefit that waits for answers, as it is now. */
interface Waiting {
  readonly item: Item;
  readonly now: Outlook;
  readonly worth: number;
  readonly cost: number;
}

/** A policy with the facts as they are: once for looking ahead, where definitions are judged once for each supposition, and once without memory. */
interface Scenes {
  readonly plain: Scene;
  readonly quick: Scene;
  readonly settled: Map<string, Judgement>;
}

/** One subject at one moment; its copy of the facts is written on while looking ahead and always put back. */
class State {
  private readonly vocabulary: Vocabulary;
  private readonly items: readonly Item[];
  private readonly classes: Classes;
  private readonly subject: Subject;
  private readonly skipped: ReadonlySet<string>;
  private readonly scenes = new Map<Policy, Scenes>();
  private readonly date: number;
  private readonly makeSceneOf: (policy: Policy, subject: Subject) => Scene;

  constructor(vocabulary: Vocabulary, items: readonly Item[], classes: Classes, date: number, subject: Subject, sceneOf: (policy: Policy, subject: Subject) => Scene, skipped: ReadonlySet<string>) {
    this.vocabulary = vocabulary;
    this.items = items;
    this.classes = classes;
    this.date = date;
    this.subject = subject;
    this.makeSceneOf = sceneOf;
    this.skipped = skipped;
  }

  openFacts(): OpenFact[] {
    const waiting = new Map<number, Waiting[]>();
    for (const item of this.items) {
      const now = this.outlook(item);
      const slots = this.candidates(item, now);
      if (slots.length === 0) continue;
      const one = { item, now, worth: worthOf(item, now, this.vocabulary), cost: costOf(slots.length) };
      for (const slot of slots) {
        const list = waiting.get(slot);
        if (list === undefined) waiting.set(slot, [one]);
        else list.push(one);
      }
    }
    return [...waiting].sort(([a], [b]) => a - b).flatMap(([slot, list]) => this.openFact(slot, list) ?? []);
  }

  /** What a fact promises to the benefits that wait for it; undefined where no value of it can change anything. */
  private openFact(slot: number, list: readonly Waiting[]): OpenFact | undefined {
    const fact = this.vocabulary.facts[slot];
    if (fact === undefined) return undefined;
    const changed = new Set<Waiting>();
    let gain = 0;
    const values = this.guessesFor(fact, list);
    for (const value of values) {
      this.during(slot, value, () => {
        for (const one of list) {
          const then = this.outlook(one.item);
          gain += (one.worth * (one.cost - costOf(this.candidates(one.item, then).length))) / values.length;
          if (!changed.has(one) && isOther(one.now, then, slot)) changed.add(one);
        }
      });
    }
    if (changed.size === 0 && !list.some(({ item }) => this.canMatter(item, slot))) return undefined;
    return { fact, gain, serves: list.map(({ item }) => item.id) };
  }

  /** The values that any of the benefits can tell apart. */
  private guessesFor(fact: Fact, list: readonly Waiting[]): readonly Guess[] {
    const found = new Map<string, Guess>();
    for (const policy of new Set(list.map(({ item }) => item.policy))) {
      const views = mergeViews(list.flatMap(({ item }) => (item.policy === policy ? (item.views.get(fact.slot) ?? []) : [])));
      for (const value of guess(fact, views, this.sceneOf(policy).plain, this.classes)) found.set(keyOf(value), value);
    }
    return [...found.values()];
  }

  /** Whether some answers to the other questions leave it to this one to change something. */
  private canMatter(item: Item, slot: number): boolean {
    const steps = { left: MOST_STEPS };
    const seen = new Set<string>();
    const supposed: (readonly [slot: number, value: string])[] = [];
    const search = (): boolean => {
      const key = supposed.map(([other, value]) => `${other}=${value}`).sort().join();
      if (seen.has(key)) return false;
      seen.add(key);
      const now = this.outlook(item);
      const candidates = this.candidates(item, now);
      if (!candidates.includes(slot)) return false;
      // What only the amount looks at can only be hidden by what the amount looks at.
      const inStatus = now.missing.includes(slot) || slot === this.vocabulary.employerKindSlot;
      const inAmount = !now.missing.includes(slot) || now.open.includes(slot);
      const others = candidates.filter((other) => other !== slot && ((inStatus && now.missing.includes(other)) || (inAmount && now.open.includes(other))));
      for (const value of this.guesses(item, slot)) {
        if (steps.left-- <= 0 || isOther(now, this.supposing(item, slot, value), slot)) return true;
      }
      return others.some((other) => this.guesses(item, other).some((value) => {
        supposed.push([other, keyOf(value)]);
        const isFound = this.during(other, value, search);
        supposed.pop();
        return isFound;
      }));
    };
    return search();
  }

  private supposing(item: Item, slot: number, value: Guess): Outlook {
    return this.during(slot, value, () => this.outlook(item));
  }

  private during<T>(slot: number, value: Guess, work: () => T): T {
    place(this.subject, this.vocabulary, slot, value, this.date);
    this.forget();
    try {
      return work();
    } finally {
      remove(this.subject, this.vocabulary, slot);
      this.forget();
    }
  }

  /** What was settled was so for other facts. */
  private forget(): void {
    for (const { settled } of this.scenes.values()) settled.clear();
  }

  private guesses({ policy, views }: Item, slot: number): readonly Guess[] {
    const fact = this.vocabulary.facts[slot];
    return fact === undefined ? [] : guess(fact, views.get(slot) ?? NO_VIEWS, this.sceneOf(policy).plain, this.classes);
  }

  private sceneOf(policy: Policy): Scenes {
    let scenes = this.scenes.get(policy);
    if (scenes === undefined) {
      const plain = this.makeSceneOf(policy, this.subject);
      const settled = new Map<string, Judgement>();
      scenes = { plain, quick: { ...plain, settled }, settled };
      this.scenes.set(policy, scenes);
    }
    return scenes;
  }

  private outlook(item: Item): Outlook {
    const { status, missing, amount } = interpret(item.benefit, this.sceneOf(item.policy).quick);
    if (status === 'no') return { status, missing: [], open: [], low: 0, high: 0, start: ABSENT };
    const { schedule } = item.benefit;
    const isKnown = amount.low === amount.high;
    const isDated = schedule !== undefined && item.rule.kind === 'exact' && isKnown;
    return {
      status,
      missing,
      open: [...amount.missing].sort((a, b) => a - b),
      // A bound that no answer shows is no change.
      low: item.rule.kind === 'upTo' || (item.rule.kind === 'exact' && !isKnown && amount.parameters.size > 0) ? 0 : amount.low,
      high: item.rule.kind === 'atLeast' ? 0 : amount.high,
      start: isDated ? (this.subject.slots[schedule.start] ?? ABSENT) : ABSENT,
    };
  }

  /** The facts that may be asked for the benefit. */
  private candidates(item: Item, { status, missing, open }: Outlook): readonly number[] {
    if (status === 'no') return [];
    const slots = new Set([...missing, ...open]);
    const { schedule } = item.benefit;
    if (schedule !== undefined && item.rule.kind === 'exact') slots.add(schedule.start);
    const { employerKindSlot } = this.vocabulary;
    // No condition names it, and yet having no employer answers every question about one.
    if (employerKindSlot !== undefined && [...slots].some((slot) => this.vocabulary.facts[slot]?.employer === true)) slots.add(employerKindSlot);
    return [...slots].filter((slot) => this.mayAsk(slot));
  }

  private mayAsk(slot: number): boolean {
    const fact = this.vocabulary.facts[slot];
    return fact !== undefined && this.subject.slots[slot] === ABSENT && asked.has(fact.from) && !this.skipped.has(fact.name);
  }
}

/** How far a benefit is from being settled: 0 when nothing more can be asked for it, near 1 when much has to be. */
function costOf(questions: number): number {
  return 1 - 0.8 ** questions;
}

function keyOf({ value, classes, places }: Guess): string {
  return `${value} ${classes ?? ''} ${places?.join(' ') ?? ''}`;
}

function mergeViews(all: readonly Views[]): Views {
  return {
    compares: [...new Set(all.flatMap(({ compares }) => compares))],
    constants: [...new Set(all.flatMap(({ constants }) => constants))],
    literals: [...new Set(all.flatMap(({ literals }) => literals))],
    places: [...new Set(all.flatMap(({ places }) => places))],
    isMeasured: all.some(({ isMeasured }) => isMeasured),
  };
}

/** What it is worth to settle a benefit: by its yuan, less where a review has the last word. */
function worthOf({ benefit }: Item, { high, missing }: Outlook, { facts }: Vocabulary): number {
  const yuan = high === Infinity ? 100_000 : high / 100;
  const isReviewed = benefit.reviewed || missing.some((slot) => facts[slot]?.from === '认定');
  return (0.5 + Math.log10(1 + yuan / 1000)) * (isReviewed ? 0.4 : 1);
}

/** Whether two outlooks differ by more than that the fact is known. */
function isOther(now: Outlook, then: Outlook, slot: number): boolean {
  return now.status !== then.status || now.low !== then.low || now.high !== then.high || now.start !== then.start || !isSameBut(now.missing, then.missing, slot) || !isSameBut(now.open, then.open, slot);
}

function isSameBut(a: readonly number[], b: readonly number[], slot: number): boolean {
  let at = 0;
  for (const item of a) {
    if (item === slot) continue;
    if (b[at] === slot) at++;
    if (b[at] !== item) return false;
    at++;
  }
  return at === b.length || (at === b.length - 1 && b[at] === slot);
}

function emptySubject(vocabulary: Vocabulary): Subject {
  const count = vocabulary.facts.length;
  return { id: null, kind: vocabulary.subject, slots: new Float64Array(count).fill(ABSENT), places: [], texts: [], derived: new Uint8Array(count) };
}

function copyOf(subject: Subject): Subject {
  return { ...subject, slots: subject.slots.slice(), places: [...subject.places], texts: [...subject.texts], derived: subject.derived.slice() };
}
