// All that answers one kind of subject in one city on one date: engine, questions and explanations, made once from the portal's data.
import {
  type Asker, type Benefit, type Engine, type Explainer, type Fact, type FactValue, interpretPolicy, levelsOf, makeAsker, makeEngine, makeExplainer, makeReadingTrials, mannerOf, openReference,
  parseDate, type Policy, type Question, type ReadingTrials, type Reference, type Subject, type SubjectKind, type Vocabulary,
} from '../../src/policy/index.ts';
import type { PortalCity, PortalData } from './data.ts';
import type { Language } from './view.ts';

/** Answers as they are kept: the value by the fact's full name. */
export type Answers = Readonly<Record<string, FactValue>>;

/** A benefit with the policy and the jurisdiction that it is of. */
export interface KnownBenefit {
  readonly level: PortalCity;
  readonly policy: Policy;
  readonly benefit: Benefit;
}

export interface Answerer {
  readonly city: PortalCity;
  /** The jurisdiction and those above it, its own first. */
  readonly levels: readonly PortalCity[];
  /** Those in force, of all levels, the nearest level first. */
  readonly policies: readonly Policy[];
  readonly vocabulary: Vocabulary;
  readonly reference: Reference;
  readonly engine: Engine;
  readonly asker: Asker;
  readonly facts: ReadonlyMap<string, Fact>;
  readonly questions: Readonly<Record<string, Question>>;
  /** Benefits for this kind of subject by `policy/benefit`. */
  readonly benefits: ReadonlyMap<string, KnownBenefit>;
  /** Whether something with these first and last days is in force on the date. */
  readonly isInForce: (period: { readonly from?: number; readonly to?: number }) => boolean;
  /** What other readings of the documents would change; made when it is first needed. */
  readonly trials: ReadingTrials;
  explainer(language: Language): Explainer;
  /** The subject that the answers describe; answers that are not valid any more are left out. */
  subjectOf(answers: Answers): Subject;
}

const EMPLOYER = '用人单位.';

/** Makes an answerer. @param data the jurisdiction and those above it, at least. @throws RangeError for a city that is not there or a date that is none. */
export function makeAnswerer(data: PortalData, kind: SubjectKind, cityId: string, date: string): Answerer {
  const levels = levelsOf(data.cities, cityId);
  const [city] = levels;
  const day = parseDate(date);
  if (city === undefined || day === undefined) throw new RangeError(`no city ${cityId} or no date ${date}`);
  const vocabulary = data.vocabularies[kind];
  const reference = openReference(data.reference);
  // Only this kind's benefits are run, so that the rest costs nothing.
  const isInForce = ({ from = 0, to = day }: { readonly from?: number; readonly to?: number }): boolean => from <= day && day <= to;
  const known = levels.flatMap((level) =>
    level.policies.filter(isInForce).map((policy) => ({ level, policy: { ...policy, benefits: policy.benefits.filter((benefit) => benefit.subject === kind && isInForce(benefit)) } })),
  );
  const policies = known.map(({ policy }) => policy);
  const options: Parameters<typeof makeEngine>[0] = { policies: policies.map((policy) => interpretPolicy(policy, data.vocabularies)), vocabularies: data.vocabularies, reference, date: day };
  const engine = makeEngine(options);
  let trials: ReadingTrials | undefined;
  const questions = data.questions[kind];
  const facts = new Map(vocabulary.facts.map((fact) => [fact.name, fact]));
  const explainers = new Map<Language, Explainer>();
  return {
    city,
    levels,
    isInForce,
    policies,
    vocabulary,
    reference,
    engine,
    asker: makeAsker(engine, { policies, vocabulary, manner: mannerOf(questions) }),
    facts,
    questions,
    benefits: new Map(known.flatMap(({ level, policy }) => policy.benefits.map((benefit) => [`${policy.id}/${benefit.id}`, { level, policy, benefit }] as const))),
    get trials() {
      trials ??= makeReadingTrials(engine, options);
      return trials;
    },
    explainer(language) {
      const explainer = explainers.get(language) ?? makeExplainer(engine, { policies, vocabulary, language });
      explainers.set(language, explainer);
      return explainer;
    },
    subjectOf(answers) {
      let kept = Object.entries(answers).filter(([fact]) => facts.has(fact));
      for (;;) {
        const bound = engine.bindSubject(inputOf(kind, Object.fromEntries(kept)));
        if ('subject' in bound) return bound.subject;
        if (kept.length === 0) throw new Error('no answer can be read');
        // Answers that contradict each other may show only when others are gone.
        const wrong = new Set(bound.problems.map(({ fact }) => fact));
        const rest = kept.filter(([fact]) => !wrong.has(fact));
        kept = rest.length < kept.length ? rest : [];
      }
    },
  };
}

/** Answers in the contract's form: what concerns the employer stands in a group of its own. */
export function inputOf(subject: SubjectKind, answers: Answers): { readonly id: null; readonly subject: SubjectKind; readonly facts: Readonly<Record<string, unknown>> } {
  const employer: Record<string, FactValue> = {};
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(answers)) {
    if (name.startsWith(EMPLOYER)) employer[name.slice(EMPLOYER.length)] = value;
    else facts[name] = value;
  }
  return { id: null, subject, facts: Object.keys(employer).length === 0 ? facts : { ...facts, 用人单位: employer } };
}
