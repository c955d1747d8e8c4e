// The full explanation of an answer: for every benefit each condition with its outcome, the facts used and the clause,
// what is paid when and by whom, what is missing, and the readings that the answer rests on. Data only; tell-explanation.ts puts it in words.

import type { Subject } from './bind.ts';
import { formatDate } from './calendar.ts';
import { type Amount, type Engine, type Evaluation, fundsOf } from './engine.ts';
import { makeScene, type Scene, trace, type Trace } from './interpret.ts';
import type { Benefit, Fact, FactOrigin, Policy, Vocabulary } from './model.ts';
import type { Language } from './problems.ts';
import { ABSENT, FALSE, MICRO, TRUE, type Truth } from './values.ts';

export type ConditionOutcome = 'yes' | 'no' | 'unknown';

/** A fact as an explanation shows it; `value` is null while it is unknown. */
export interface ExplainedFact {
  readonly name: string;
  readonly value: unknown;
  readonly from: FactOrigin;
  /** True where it was derived here from another fact. */
  readonly derived?: true;
}

/** A condition with its outcome. A definition is named here and explained once, beside the benefits. */
export interface ExplainedCondition {
  readonly outcome: ConditionOutcome;
  readonly kind: Trace['op'];
  readonly words?: string;
  readonly clause?: string;
  /** The rule as it is written. */
  readonly rule?: string;
  readonly definition?: string;
  readonly reading?: { readonly name: string; readonly alternative: string };
  readonly facts?: readonly ExplainedFact[];
  readonly items?: readonly ExplainedCondition[];
}

/** One benefit, explained. */
export interface ExplainedBenefit {
  readonly policy: string;
  readonly benefit: string;
  readonly title: string;
  readonly kind: Benefit['kind'];
  readonly clause: string;
  readonly lead: string;
  readonly support: readonly string[];
  readonly status: Evaluation['benefits'][number]['status'];
  readonly amount?: Amount;
  readonly termMonths?: number;
  readonly funds?: readonly { readonly fund: string; readonly fen: number }[];
  readonly missing: readonly { readonly name: string; readonly from: FactOrigin }[];
  readonly condition: ExplainedCondition;
  readonly readings: readonly { readonly name: string; readonly alternative: string }[];
  readonly evidence?: readonly { readonly name: string; readonly proves: readonly string[] }[];
  readonly remark?: string;
}

/** A full explanation. */
export interface Explanation {
  readonly id: string | number | null;
  readonly date: string;
  readonly benefits: readonly ExplainedBenefit[];
  /** Definitions that conditions name, by `policy/name`, each explained once. */
  readonly definitions: Readonly<Record<string, ExplainedCondition>>;
  readonly plan: Evaluation['plan'];
}

/** What explaining needs besides the engine that answered. */
export interface ExplainOptions {
  readonly policies: readonly Policy[];
  readonly vocabulary: Vocabulary;
  readonly language: Language;
}

/** Explains the answer for a bound subject. */
export function explain(engine: Engine, subject: Subject, options: ExplainOptions): Explanation {
  const evaluation = engine.answer(subject);
  const definitions: Record<string, ExplainedCondition> = {};
  const explainers = new Map(
    options.policies.map((policy) => {
      const setting = engine.settings.get(policy.id);
      if (setting === undefined) throw new Error(`policy ${policy.id} is not in this engine`);
      return [policy.id, new Explainer(makeScene(policy, options.vocabulary, subject, setting, engine.binding.literals), options, definitions)];
    }),
  );
  const benefits = evaluation.benefits.map((result): ExplainedBenefit => {
    const explainer = explainers.get(result.policy);
    const benefit = explainer?.benefit(result.benefit);
    if (explainer === undefined || benefit === undefined) throw new Error(`no text for ${result.policy}/${result.benefit}`);
    const { language } = options;
    const { amount } = result;
    return {
      policy: result.policy,
      benefit: result.benefit,
      title: benefit.title[language],
      kind: benefit.kind,
      clause: benefit.clause,
      lead: benefit.lead,
      support: benefit.support,
      status: result.status,
      ...(amount === undefined ? {} : { amount }),
      ...(benefit.termMonths === undefined ? {} : { termMonths: benefit.termMonths }),
      ...(amount?.kind === 'exact' && benefit.funds.length > 0 ? { funds: fundsOf(benefit, amount.totalFen) } : {}),
      missing: result.missing.map((name) => ({ name, from: explainer.originOf(name) })),
      condition: explainer.condition(benefit),
      readings: explainer.readings(benefit),
      ...(benefit.evidence.length === 0 ? {} : { evidence: benefit.evidence.map(({ name, proves }) => ({ name: name[language], proves })) }),
      ...(benefit.remark === undefined ? {} : { remark: benefit.remark[language] }),
    };
  });
  return { id: evaluation.id, date: formatDate(engine.binding.date), benefits, definitions, plan: evaluation.plan };
}

const outcomes: Readonly<Record<Truth, ConditionOutcome>> = { 1: 'yes', 2: 'no', 3: 'unknown' };

/** Explains conditions of one policy for one subject; each definition once. */
class Explainer {
  private readonly scene: Scene;
  private readonly options: ExplainOptions;
  private readonly definitions: Record<string, ExplainedCondition>;
  private readonly truths = new Map<string, Truth>();

  constructor(scene: Scene, options: ExplainOptions, definitions: Record<string, ExplainedCondition>) {
    this.scene = scene;
    this.options = options;
    this.definitions = definitions;
  }

  benefit(id: string): Benefit | undefined {
    return this.scene.policy.benefits.find((benefit) => benefit.id === id);
  }

  originOf(name: string): FactOrigin {
    return this.scene.vocabulary.facts.find((fact) => fact.name === name)?.from ?? '申报';
  }

  condition(benefit: Benefit): ExplainedCondition {
    return this.told(trace(benefit.condition, this.scene, this.defined));
  }

  readings(benefit: Benefit): { name: string; alternative: string }[] {
    return benefit.readings.map((name) => ({ name, alternative: this.alternative(name) }));
  }

  private alternative(name: string): string {
    return this.scene.policy.readings.find((reading) => reading.name === name)?.alternatives[this.scene.setting.readings.get(name) ?? 0]?.name ?? '';
  }

  private readonly defined = (name: string): Truth => {
    const known = this.truths.get(name);
    if (known !== undefined) return known;
    const definition = this.scene.definitions.get(name);
    if (definition === undefined || !('condition' in definition)) throw new Error(`no condition is defined as ${name}`);
    const inner = trace(definition.condition, this.scene, this.defined);
    this.truths.set(name, inner.truth);
    const { words, clause } = definition.note;
    this.definitions[`${this.scene.policy.id}/${name}`] = { ...this.told(inner), ...(words === undefined ? {} : { words: words[this.options.language] }), ...(clause === undefined ? {} : { clause }) };
    return inner.truth;
  };

  private told(item: Trace): ExplainedCondition {
    const { note } = item;
    const definition = item.op === 'defined' ? this.scene.definitions.get(item.name ?? '') : undefined;
    const words = note?.words ?? definition?.note.words;
    const clause = definition?.note.clause ?? note?.clause;
    return {
      outcome: outcomes[item.truth],
      kind: item.op,
      ...(words === undefined ? {} : { words: words[this.options.language] }),
      ...(clause === undefined || clause === '' ? {} : { clause }),
      ...(note?.text === undefined || item.op === 'defined' ? {} : { rule: note.text }),
      ...(item.op === 'defined' && item.name !== undefined ? { definition: item.name } : {}),
      ...(item.op === 'reading' && item.name !== undefined ? { reading: { name: item.name, alternative: this.alternative(item.name) } } : {}),
      ...(item.facts.length === 0 ? {} : { facts: item.facts.map((slot) => this.fact(slot)) }),
      ...(item.items.length === 0 ? {} : { items: item.items.map((inner) => this.told(inner)) }),
    };
  }

  private fact(slot: number): ExplainedFact {
    const fact = this.scene.vocabulary.facts[slot];
    if (fact === undefined) throw new Error(`no fact in slot ${slot}`);
    const value = factValue(fact, this.scene.subject);
    return { name: fact.name, value, from: fact.from, ...(this.scene.subject.derived[slot] === 1 ? { derived: true } : {}) };
  }
}

/** A fact's value in the contract's form; null while it is unknown. */
export function factValue(fact: Fact, subject: Subject): unknown {
  const value = subject.slots[fact.slot] ?? ABSENT;
  if (value === ABSENT) return null;
  switch (fact.type) {
    case 'flag':
      return value === TRUE ? true : value === FALSE ? false : null;
    case 'level':
    case 'kind':
      return fact.values?.[value] ?? null;
    case 'kinds':
      return (fact.values ?? []).filter((_, bit) => (value & (1 << bit)) !== 0);
    case 'date':
      return formatDate(value);
    case 'money':
      return value / 100;
    case 'number':
    case 'share':
      return value / MICRO;
    case 'place':
      return String(value);
    case 'places':
      return (subject.places[fact.slot] ?? []).map(String);
    case 'text':
      return subject.texts[fact.slot] ?? null;
    default:
      return value;
  }
}
