// The full explanation of an answer: for every benefit each condition with its outcome, the facts used and the clause,
// what is paid when and by whom, what is missing, and the readings that the answer rests on. tell-explanation.ts puts it
// in words. It is written as JSON text at once: most of it is the same for every subject and is spelled only once.

import type { Subject } from './bind.ts';
import { formatDate } from './calendar.ts';
import { type Amount, type BenefitResult, type Engine, type Evaluation, fundsOf } from './engine.ts';
import { factsLookedAt, papersNeeded } from './facts-looked-at.ts';
import { makeScene, type Scene, trace, type Trace } from './interpret.ts';
import type { Benefit, Fact, FactOrigin, Policy, Vocabulary } from './model.ts';
import type { Language } from './problems.ts';
import { ABSENT, FALSE, MICRO, TRUE, type Truth } from './values.ts';

export type ConditionOutcome = 'yes' | 'no' | 'unknown';

/** A fact's value in the contract's form; null while it is unknown. */
export type FactValue = boolean | number | string | readonly string[] | null;

/** A fact as an explanation shows it. */
export interface ExplainedFact {
  readonly value: FactValue;
  readonly from: FactOrigin;
  /** True where it was derived here from another fact. */
  readonly derived?: boolean;
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
  readonly reading?: string;
  /** Names of the facts that it looks at. */
  readonly facts?: readonly string[];
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
  readonly termMonths?: number;
  readonly remark?: string;
  readonly evidence: readonly { readonly name: string; readonly proves: readonly string[] }[];
  /** Open questions of the document that this rests on, the alternative in force and its meaning. */
  readonly readings: readonly { readonly name: string; readonly alternative: string; readonly words: string }[];
  readonly status: BenefitResult['status'];
  readonly amount?: Amount;
  readonly funds?: readonly { readonly fund: string; readonly fen: number }[];
  readonly missing: readonly string[];
  readonly condition: ExplainedCondition;
}

/** A full explanation. */
export interface Explanation {
  readonly id: string | number | null;
  readonly date: string;
  /** The day whose rules answer, where it is another. */
  readonly under?: string;
  readonly benefits: readonly ExplainedBenefit[];
  /** Definitions that conditions name, by `policy/name`, each explained once. */
  readonly definitions: Readonly<Record<string, ExplainedCondition>>;
  /** Every fact that a condition looked at or asks for, by name. */
  readonly facts: Readonly<Record<string, ExplainedFact>>;
  readonly plan: Evaluation['plan'];
}

/** Explains answers of one engine in one language. */
export interface Explainer {
  /** The explanation as JSON text. */
  toJson(subject: Subject): string;
  /**
   * The explanation as data; with `only` of that benefit alone, with the definitions and facts that it needs.
   * @param evaluation what the engine answered for this very subject, where it was asked already
   */
  explain(subject: Subject, only?: string, evaluation?: Evaluation): Explanation;
}

/** What explaining needs besides the engine that answers. */
export interface ExplainOptions {
  /** The engine's policies, whole. */
  readonly policies: readonly Policy[];
  readonly vocabulary: Vocabulary;
  readonly language: Language;
}

/** Makes an explainer for subjects of the vocabulary's kind. @throws Error where a policy of the engine is not given whole. */
export function makeExplainer(engine: Engine, options: ExplainOptions): Explainer {
  const writers = new Map(options.policies.map((policy) => [policy.id, new PolicyWriter(policy, engine, options)]));
  const facts = options.vocabulary.facts.map((fact) => `${JSON.stringify(fact.name)}:{"from":${JSON.stringify(fact.from)},"value":`);
  const toJson = (subject: Subject, only?: string, evaluation: Evaluation = engine.answer(subject)): string => {
    const used = new Set<number>();
    for (const writer of writers.values()) writer.begin(subject, used);
    let benefits = '';
    for (const result of evaluation.benefits) {
      if (only !== undefined && result.benefit !== only) continue;
      const writer = writers.get(result.policy);
      if (writer === undefined) throw new Error(`policy ${result.policy} is not given whole`);
      benefits += `${benefits === '' ? '' : ','}${writer.benefit(result)}`;
    }
    let definitions = '';
    for (const writer of writers.values()) for (const text of writer.definitions()) definitions += `${definitions === '' ? '' : ','}${text}`;
    let values = '';
    for (const slot of [...used].sort((a, b) => a - b)) {
      const fact = options.vocabulary.facts[slot];
      if (fact === undefined) continue;
      values += `${values === '' ? '' : ','}${facts[slot]}${JSON.stringify(factValue(fact, subject))}${subject.derived[slot] === 1 ? ',"derived":true' : ''}}`;
    }
    const { under, binding } = engine;
    const head = `{"id":${JSON.stringify(evaluation.id)},"date":"${formatDate(binding.date)}"${under === binding.date ? '' : `,"under":"${formatDate(under)}"`}`;
    return `${head},"benefits":[${benefits}],"definitions":{${definitions}},"facts":{${values}},"plan":${JSON.stringify(evaluation.plan)}}`;
  };
  return { toJson: (subject) => toJson(subject), explain: (subject, only, evaluation) => JSON.parse(toJson(subject, only, evaluation)) as Explanation };
}

const outcomes: Readonly<Record<Truth, ConditionOutcome>> = { 1: 'yes', 2: 'no', 3: 'unknown' };

/** Writes the conditions of one policy; what is the same for every subject is spelled once. */
class PolicyWriter {
  private readonly policy: Policy;
  private readonly engine: Engine;
  private readonly options: ExplainOptions;
  private readonly benefits: ReadonlyMap<string, { readonly benefit: Benefit; readonly head: string }>;
  private readonly tails = new WeakMap<object, string>();
  private scene: Scene | undefined;
  private used = new Set<number>();
  private defined = new Map<string, { readonly truth: Truth; readonly text: string }>();

  constructor(policy: Policy, engine: Engine, options: ExplainOptions) {
    this.policy = policy;
    this.engine = engine;
    this.options = options;
    // A benefit for several kinds of subject stands there once for each; this explains to one kind.
    const own = policy.benefits.filter(({ subject }) => subject === options.vocabulary.subject);
    this.benefits = new Map(own.map((benefit) => [benefit.id, { benefit, head: this.head(benefit) }]));
  }

  begin(subject: Subject, used: Set<number>): void {
    const setting = this.engine.settings.get(this.policy.id);
    if (setting === undefined) throw new Error(`policy ${this.policy.id} is not in this engine`);
    this.scene = makeScene(this.policy, this.options.vocabulary, subject, setting, this.engine.binding.literals);
    this.used = used;
    this.defined = new Map();
  }

  /** What is known of a benefit before anybody asks. */
  private head(benefit: Benefit): string {
    const { language, vocabulary } = this.options;
    const slots = factsLookedAt(benefit, this.policy, vocabulary.facts, this.engine.settings.get(this.policy.id)?.readings);
    const fixed = {
      policy: this.policy.id,
      benefit: benefit.id,
      title: benefit.title[language],
      kind: benefit.kind,
      clause: benefit.clause,
      lead: benefit.lead,
      support: benefit.support,
      ...(benefit.termMonths === undefined ? {} : { termMonths: benefit.termMonths }),
      ...(benefit.remark === undefined ? {} : { remark: benefit.remark[language] }),
      evidence: papersNeeded(benefit, slots, vocabulary.facts).map(({ name, proves }) => ({ name: name[language], proves })),
      readings: benefit.readings.map((name) => this.reading(name)),
    };
    return JSON.stringify(fixed).slice(0, -1);
  }

  private reading(name: string): ExplainedBenefit['readings'][number] {
    const chosen = this.engine.settings.get(this.policy.id)?.readings.get(name) ?? 0;
    const alternative = this.policy.readings.find((reading) => reading.name === name)?.alternatives[chosen];
    return { name, alternative: alternative?.name ?? '', words: alternative?.words[this.options.language] ?? '' };
  }

  benefit(result: BenefitResult): string {
    const known = this.benefits.get(result.benefit);
    if (known === undefined || this.scene === undefined) throw new Error(`no text for ${result.policy}/${result.benefit}`);
    const { benefit, head } = known;
    for (const name of result.missing) this.use(name);
    for (const name of result.amount?.missing ?? []) this.use(name);
    const condition = this.write(trace(benefit.condition, this.scene, this.settle));
    let text = `${head},"status":"${result.status}"`;
    if (result.amount !== undefined) text += `,"amount":${JSON.stringify(result.amount)}`;
    if (result.amount?.kind === 'exact' && benefit.funds.length > 0) text += `,"funds":${JSON.stringify(fundsOf(benefit, result.amount.totalFen))}`;
    return `${text},"missing":${JSON.stringify(result.missing)},"condition":${condition}}`;
  }

  private use(name: string): void {
    const slot = slotsOf(this.options.vocabulary).get(name);
    if (slot !== undefined) this.used.add(slot);
  }

  definitions(): string[] {
    return [...this.defined].map(([name, { text }]) => `${JSON.stringify(`${this.policy.id}/${name}`)}:${text}`);
  }

  /** The truth of a definition, which is traced and written the first time it is named. */
  private readonly settle = (name: string): Truth => {
    const known = this.defined.get(name);
    if (known !== undefined) return known.truth;
    const definition = this.scene?.definitions.get(name);
    if (this.scene === undefined || definition === undefined || !('condition' in definition)) throw new Error(`no condition is defined as ${name}`);
    const found = trace(definition.condition, this.scene, this.settle);
    this.defined.set(name, { truth: found.truth, text: this.write(found) });
    return found.truth;
  };

  private write(item: Trace): string {
    for (const slot of item.facts) this.used.add(slot);
    let text = `{"outcome":"${outcomes[item.truth]}"${this.tail(item)}`;
    if (item.items.length > 0) {
      text += ',"items":[';
      for (let i = 0; i < item.items.length; i++) text += `${i === 0 ? '' : ','}${this.write(item.items[i] as Trace)}`;
      text += ']';
    }
    return `${text}}`;
  }

  /** What is the same of a condition for every subject. */
  private tail(item: Trace): string {
    let text = this.tails.get(item.condition);
    if (text === undefined) {
      text = `,${JSON.stringify(this.fixed(item)).slice(1, -1)}`;
      this.tails.set(item.condition, text);
    }
    return text;
  }

  private fixed({ op, condition, facts }: Trace): Omit<ExplainedCondition, 'outcome' | 'items'> {
    const { note } = condition;
    const named = condition.op === 'defined' ? this.policy.definitions.find(({ name }) => name === condition.definition) : undefined;
    const own = this.policy.definitions.find((definition) => 'condition' in definition && definition.condition === condition);
    const words = note?.words ?? named?.note.words ?? own?.note.words;
    const clause = named?.note.clause ?? note?.clause ?? own?.note.clause;
    return {
      kind: op,
      ...(words === undefined ? {} : { words: words[this.options.language] }),
      ...(clause === undefined || clause === '' ? {} : { clause }),
      ...(note?.text === undefined || op === 'defined' ? {} : { rule: note.text }),
      ...(condition.op === 'defined' ? { definition: condition.definition } : {}),
      ...(condition.op === 'reading' ? { reading: condition.reading } : {}),
      ...(facts.length === 0 ? {} : { facts: facts.map((slot) => this.options.vocabulary.facts[slot]?.name ?? '') }),
    };
  }
}

const slotIndexes = new WeakMap<Vocabulary, ReadonlyMap<string, number>>();

function slotsOf(vocabulary: Vocabulary): ReadonlyMap<string, number> {
  let index = slotIndexes.get(vocabulary);
  if (index === undefined) {
    index = new Map(vocabulary.facts.map((fact) => [fact.name, fact.slot]));
    slotIndexes.set(vocabulary, index);
  }
  return index;
}

/** A fact's value in the contract's form; null while it is unknown. */
function factValue(fact: Fact, subject: Subject): FactValue {
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
