// A visit to the calculator: what was answered, what is asked next and what follows from it. Plain data and pure functions.
import {
  type Amount, countedFen, type Evaluation, type FactValue, formatYuan, type Subject, suggestUniversities, tellDate, tellProblem,
} from '../../src/policy/index.ts';
import { type Answerer, inputOf, makeAnswerer } from './answerer.ts';
import type { PortalData } from './data.ts';
import { levelOf } from './level-of.ts';
import { type PlaceTree, placeTree } from './place-tree.ts';
import { startVisit, type Visit } from './start-visit.ts';
import { nameOf, questionView, tellAnswer } from './tell-answers.ts';
import { choiceViews, type Choices, idOf, keptOf, without } from './tell-choices.ts';
import { tellMarks } from './tell-marks.ts';
import { ReasonTeller } from './tell-reasons.ts';
import { resultView, type Telling } from './tell-results.ts';
import type { Language, ReadingMark, ResultView, VisitView } from './view.ts';

/** Answers visits; made once. */
export interface Calculator {
  view(visit: Visit, language: Language): VisitView;
  /** The visit with an answer, or what is wrong with the value, in words. */
  answer(visit: Visit, fact: string, value: FactValue, language: Language): Visit | { readonly problem: string };
  skip(visit: Visit, fact: string): Visit;
  /** Asks the question before again. */
  back(visit: Visit): Visit;
  /** Asks a fact again, or for the first time: a result of a recognition may be told though it is never asked for. */
  change(visit: Visit, fact: string): Visit;
  /** Leaves a question that was asked again as it was answered. */
  keep(visit: Visit): Visit;
  /** Takes a benefit of those that exclude each other. */
  choose(visit: Visit, choice: string, benefit: string): Visit;
  restart(visit: Visit): Visit;
  /** Universities that may be meant, with their classes in words. */
  suggestUniversities(text: string): readonly { readonly name: string; readonly classes: string }[];
  places(city: string): PlaceTree;
  /** For each benefit (`policy/benefit`) of which another reading would say otherwise for this person: the readings that decide. */
  marks(visit: Visit, language: Language): ReadonlyMap<string, readonly ReadingMark[]>;
}

/** Makes the calculator. */
export function makeCalculator(data: PortalData): Calculator {
  return new VisitCalculator(data);
}

/** What is known of a visit, whatever the language. */
interface State {
  readonly answerer: Answerer;
  readonly subject: Subject;
  readonly evaluation: Evaluation;
  /** The plan with the person's choices. */
  readonly plan: Evaluation['plan'];
  readonly certainFen: number;
  readonly next: ReturnType<Answerer['asker']['next']>;
  readonly open: ReadonlySet<string>;
}

class VisitCalculator implements Calculator {
  private readonly data: PortalData;
  private readonly answerers = new Map<string, Answerer>();
  private readonly states = new WeakMap<Visit, State>();

  constructor(data: PortalData) {
    this.data = data;
  }

  view(visit: Visit, language: Language): VisitView {
    const state = this.stateOf(visit);
    const { answerer, evaluation, plan, certainFen, next } = state;
    const explanation = answerer.explainer(language).explain(state.subject);
    const titleOf = (id: string): string => answerer.benefits.get(id)?.benefit.title[language] ?? id;
    const telling: Telling = {
      answerer,
      language,
      teller: new ReasonTeller(answerer, explanation, visit.answers, language),
      open: state.open,
      skipped: new Set(visit.skipped),
      leftFor: new Map(plan.leave.map(({ benefit, because }) => [benefit, titleOf(because)])),
    };
    const explainedBy = new Map(explanation.benefits.map((explained) => [idOf(explained), explained]));
    const results = evaluation.benefits.map((result) => {
      const explained = explainedBy.get(idOf(result));
      if (explained === undefined) throw new Error(`${idOf(result)} is not explained`);
      return resultView(result, explained, telling);
    });
    const inGroup = (group: ResultView['group']): ResultView[] => results.filter((result) => result.group === group);
    const certain = inGroup('certain').sort(byAmount);
    const levels = answerer.levels.filter(({ id }) => results.some(({ city }) => city === id));
    const asked = visit.changing !== undefined && this.isAsked(visit, visit.changing) ? visit.changing : next?.fact;
    const change = this.changeOf(visit, state, results, language);
    const prospect = prospectOf(state, visit.choices);
    return {
      language,
      subject: visit.subject,
      city: answerer.city.title,
      placesOf: (answerer.levels.find(({ code }) => levelOf(code) === 'city') ?? answerer.city).title,
      policyTitle: policyTitle(answerer, language),
      isInForce: answerer.policies.length > 0,
      levels: levels.map(({ id, title, code }) => ({ id, title: title[language], level: levelOf(code) })),
      named: answerer.levels.flatMap(({ title, named }) => named.filter(answerer.isInForce).map((policy) => ({ id: policy.id, title: policy.title[language], words: policy.words[language], by: title[language] }))),
      date: visit.date,
      dateTold: tellDate(visit.date, language),
      question: asked === undefined ? undefined : questionView(answerer, asked, visit.answers[asked], asked === visit.changing, language),
      answered: visit.order.filter((fact) => this.isAsked(visit, fact)).map((fact) => {
        const value = visit.answers[fact];
        return { fact, title: nameOf(answerer, fact, language), ...(value === undefined ? {} : { told: tellAnswer(answerer, fact, value, language) }) };
      }),
      atMostLeft: next?.atMostLeft ?? 0,
      skippedOpen: skippedOpen(state, visit),
      certainFen,
      ...(change === undefined ? {} : { change }),
      possibleFen: prospect.fen,
      isMoreOpen: prospect.isMoreOpen,
      certain,
      possible: inGroup('possible').sort(byHope),
      excluded: inGroup('excluded').sort((a, b) => worthOf(answerer, b) - worthOf(answerer, a)),
      choices: choiceViews(answerer, evaluation, visit.choices, language),
      calendar: certain
        .filter(({ isLeft }) => !isLeft)
        .flatMap(({ payments, title }) => payments.map((payment) => ({ ...payment, title })))
        .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)),
    };
  }

  answer(visit: Visit, fact: string, value: FactValue, language: Language): Visit | { readonly problem: string } {
    const { answerer, certainFen } = this.stateOf(visit);
    const answers = { ...visit.answers, [fact]: value };
    const bound = answerer.engine.bindSubject(inputOf(visit.subject, answers));
    if ('problems' in bound) {
      const tell = (name: string): string => nameOf(answerer, name, language);
      return { problem: bound.problems.map((problem) => tellProblem({ ...problem, fact: tell(problem.fact) }, language)).join(language === 'zh' ? '；' : '; ') };
    }
    const before = visit.answers[fact];
    const last = { lastCertainFen: certainFen, lastCity: visit.city, lastFact: fact, ...(before === undefined ? {} : { lastValue: before }) };
    return { ...settled(visit, fact), answers, skipped: visit.skipped.filter((other) => other !== fact), ...last };
  }

  skip(visit: Visit, fact: string): Visit {
    const { [fact]: _taken, ...answers } = visit.answers;
    return { ...settled(visit, fact), answers, skipped: [...visit.skipped.filter((other) => other !== fact), fact] };
  }

  back(visit: Visit): Visit {
    const at = visit.changing === undefined ? visit.order.length : visit.order.indexOf(visit.changing);
    const before = visit.order[(at < 0 ? visit.order.length : at) - 1];
    return before === undefined ? visit : this.change(visit, before);
  }

  change(visit: Visit, fact: string): Visit {
    return this.isAsked(visit, fact) ? { ...visit, changing: fact } : visit;
  }

  keep(visit: Visit): Visit {
    if (visit.changing === undefined) return visit;
    const { changing: _changing, ...rest } = visit;
    return rest;
  }

  choose(visit: Visit, choice: string, benefit: string): Visit {
    const { answerer } = this.stateOf(visit);
    const matter = answerer.engine.matters.find(({ policy, name }) => `${policy}/${name}` === choice);
    if (matter?.benefits.includes(benefit) !== true) return visit;
    const { lastCertainFen: _last, lastCity: _city, lastFact: _fact, lastValue: _value, ...rest } = visit;
    return { ...rest, choices: { ...without(answerer, visit.choices, benefit), [choice]: benefit } };
  }

  restart({ subject, city, date }: Visit): Visit {
    return startVisit(subject, city, date);
  }

  suggestUniversities(text: string): readonly { readonly name: string; readonly classes: string }[] {
    const { reference } = this.data;
    const bits = new Map(reference.universities);
    return suggestUniversities(text, reference).map((name) => ({ name, classes: reference.universityClasses.filter((_, bit) => ((bits.get(name) ?? 0) & (1 << bit)) !== 0).join('、') }));
  }

  places(city: string): PlaceTree {
    return placeTree(this.data.reference, this.data.cities.find(({ id }) => id === city)?.code ?? 0);
  }

  marks(visit: Visit, language: Language): ReadonlyMap<string, readonly ReadingMark[]> {
    const { answerer, subject, evaluation } = this.stateOf(visit);
    return tellMarks(answerer, answerer.trials.effectsOn(subject, evaluation), language);
  }

  /** Whether there is a question for a fact; what a page kept may name one that is none. */
  private isAsked({ subject }: Visit, fact: string): boolean {
    return Object.hasOwn(this.data.questions[subject], fact);
  }

  private answererOf({ subject, city, date }: Visit): Answerer {
    const key = `${subject} ${city} ${date}`;
    let answerer = this.answerers.get(key);
    if (answerer === undefined) {
      answerer = makeAnswerer(this.data, subject, city, date);
      this.answerers.set(key, answerer);
    }
    return answerer;
  }

  private stateOf(visit: Visit): State {
    let state = this.states.get(visit);
    if (state === undefined) {
      state = makeState(this.answererOf(visit), visit);
      this.states.set(visit, state);
    }
    return state;
  }

  /** How the last answer moved the certain figure, and by what. */
  private changeOf(visit: Visit, { answerer, certainFen }: State, results: readonly ResultView[], language: Language): VisitView['change'] {
    const { lastCertainFen: fromFen, lastFact: fact, lastValue } = visit;
    const value = fact === undefined ? undefined : visit.answers[fact];
    if (visit.lastCity !== visit.city || fromFen === undefined || fact === undefined || value === undefined || fromFen === certainFen) return undefined;
    const { [fact]: _now, ...others } = visit.answers;
    const before = answerer.engine.answer(answerer.subjectOf(lastValue === undefined ? others : { ...others, [fact]: lastValue }));
    const wasCertain = new Set(before.benefits.filter(({ status }) => status === 'yes').map(idOf));
    const hasFallen = certainFen < fromFen;
    const moved = results.filter((result) => wasCertain.has(idOf(result)) === hasFallen && (result.status === 'yes') !== hasFallen && result.kind !== 'right').sort(byAmount).map(({ title }) => title);
    const said = tellAnswer(answerer, fact, value, language);
    const yuan = formatYuan(Math.abs(certainFen - fromFen));
    if (language === 'zh') {
      const list = moved.map((title) => `“${title}”`).join('、');
      if (moved.length === 0) return { fromFen, told: `您说“${said}”，所以确定的数${hasFallen ? '少' : '多'}了 ${yuan} 元` };
      return { fromFen, told: `您说“${said}”，所以${list}${hasFallen ? '不能再领' : '确定可以领'}` };
    }
    const list = moved.map((title) => `“${title}”`).join(', ');
    if (moved.length === 0) return { fromFen, told: `You said “${said}”: ${yuan} yuan ${hasFallen ? 'less' : 'more'} are certain` };
    return { fromFen, told: `You said “${said}”: ${list} ${hasFallen ? 'can no longer be had' : 'is certain now'}` };
  }
}

/** The policies that answer; where several levels do, each after its own jurisdiction. */
function policyTitle({ levels, policies }: Answerer, language: Language): string {
  const [between, after] = language === 'zh' ? ['；', '：'] : ['; ', ': '];
  const parts = levels.flatMap(({ title, policies: own }) => {
    const titles = policies.filter(({ id }) => own.some((policy) => policy.id === id)).map((policy) => policy.title[language]);
    return titles.length === 0 ? [] : [{ title: title[language], told: titles.join(between) }];
  });
  return parts.length === 1 ? (parts[0]?.told ?? '') : parts.map(({ title, told }) => `${title}${after}${told}`).join(between);
}

/** A visit in which a fact has just been dealt with. */
function settled(visit: Visit, fact: string): Visit {
  const { changing: _changing, lastCertainFen: _last, lastCity: _city, lastFact: _fact, lastValue: _value, ...rest } = visit;
  return { ...rest, order: visit.order.includes(fact) ? visit.order : [...visit.order, fact] };
}

function makeState(answerer: Answerer, visit: Visit): State {
  const subject = answerer.subjectOf(visit.answers);
  const evaluation = answerer.engine.answer(subject);
  const plan = answerer.engine.planKeeping(evaluation, keptOf(visit.choices, evaluation));
  const results = new Map(evaluation.benefits.map((result) => [idOf(result), result]));
  const certainFen = plan.take.reduce((sum, id) => {
    const result = results.get(id);
    return sum + (result?.status === 'yes' ? countedFen(result.amount) : 0);
  }, 0);
  const next = answerer.asker.next(subject, visit.skipped, visit.order.at(-1));
  return { answerer, subject, evaluation, plan, certainFen, next, open: new Set(next?.open ?? []) };
}

/** Skipped facts that could still change something, where nothing else is asked. */
function skippedOpen({ answerer, subject, next }: State, { skipped }: Visit): readonly string[] {
  if (next !== undefined || skipped.length === 0) return [];
  const open = new Set(answerer.asker.next(subject, [])?.open ?? []);
  return skipped.filter((fact) => open.has(fact));
}

/** The most that can still come of the answers, and whether some money could not be counted in. */
function prospectOf({ answerer, evaluation }: State, choices: Choices): { readonly fen: number; readonly isMoreOpen: boolean } {
  let isMoreOpen = false;
  const items = evaluation.benefits.flatMap((result) => {
    const { kind, condition } = answerer.benefits.get(idOf(result))?.benefit ?? {};
    // Loans are no income.
    if (result.status === 'no' || kind === 'loan') return [];
    const sure = result.status === 'yes' ? countedFen(result.amount) : 0;
    // What is open to everybody is no prospect of hers.
    const most = condition?.op === 'always' ? undefined : ceilingFen(result.amount);
    if (most === undefined && hasMoney(result.amount)) isMoreOpen = true;
    return [{ id: idOf(result), fen: Math.max(sure, most ?? 0) }];
  });
  return { fen: answerer.engine.planSupposing(items, keptOf(choices, evaluation)).totalFen, isMoreOpen };
}

/** The ceiling of an amount that is paid once; undefined where it has none: rates, shares, floors. */
function ceilingFen(amount: Amount | undefined): number | undefined {
  if (amount === undefined || amount.per !== undefined) return undefined;
  switch (amount.kind) {
    case 'exact':
      return amount.totalFen;
    case 'range':
    case 'upTo':
      return amount.maxFen;
    default:
      return undefined;
  }
}

function hasMoney(amount: Amount | undefined): boolean {
  return amount !== undefined && amount.kind !== 'none' && amount.kind !== 'unstated';
}

/** The most that an amount can be, as far as it is known. */
function mostFen(amount: Amount | undefined): number {
  switch (amount?.kind) {
    case 'range':
    case 'upTo':
      return amount.maxFen;
    default:
      return countedFen(amount);
  }
}

function byAmount(a: ResultView, b: ResultView): number {
  return mostFen(b.amount) - mostFen(a.amount);
}

/** First what an answer can settle, then what waits for a review, each by what it may bring; what brings no money last. */
function byHope(a: ResultView, b: ResultView): number {
  const rank = (result: ResultView): number => (mostFen(result.amount) === 0 ? 2 : result.asks.length > 0 ? 0 : 1);
  return rank(a) - rank(b) || byAmount(a, b);
}

/** What a benefit that is denied would bring, as far as its rule says it without the person. */
function worthOf(answerer: Answerer, result: ResultView): number {
  const rule = answerer.benefits.get(idOf(result))?.benefit.amount;
  if (rule === undefined) return 0;
  const numbers: number[] = [];
  JSON.stringify(rule, (_key, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'op' in value && value.op === 'constant' && 'value' in value && typeof value.value === 'number') numbers.push(value.value);
    return value;
  });
  return rule.kind === 'none' || rule.kind === 'unstated' ? 0 : Math.max(0, ...numbers);
}
