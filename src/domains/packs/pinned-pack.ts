// A version of a policy with what is set for a year, ready to answer: evaluates facts, explains, and keeps the engines that it made.
import { Refusal } from '../../contract/errors.ts';
import {
  type BenefitResult,
  type CompiledPolicy,
  type Engine,
  type Evaluation,
  type ExplainedBenefit,
  type Explainer,
  type Explanation,
  type Language,
  makeEngine,
  makeExplainer,
  type MatterInForce,
  parseDate,
  type Policy,
  type Reference,
  type SubjectKind,
  tellProblem,
  truthPattern,
  type Vocabulary,
} from '../../policy/index.ts';
import { tellFailures } from './tell-failures.ts';
import type { PackSettings } from './setting.ts';

/** What is known of somebody, in the form of the policy contract: what the employer is stands under 用人单位. */
export interface SubjectFacts {
  readonly subject: SubjectKind;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Vocabularies by kind of subject. */
export type Vocabularies = Readonly<Record<SubjectKind, Vocabulary>>;

/** What a policy's benefits are for one subject on one day. */
export interface EvaluatedBenefits {
  /** In the policy's order; only those of the subject's kind that are in force on the day. */
  readonly results: readonly BenefitResult[];
  readonly plan: Evaluation['plan'];
  /** One of `results`, in a fraction of the time of all; undefined where they have none of this benefit. */
  result(benefitId: string): BenefitResult | undefined;
  /** The whole explanation: benefits, the definitions that they name, and the facts used; with `only` that of one benefit, which takes a fraction of the time. */
  explanation(language: Language, only?: string): Explanation;
  /** @throws RangeError for a benefit that `results` does not have. */
  explain(benefitId: string, language: Language): ExplainedBenefit;
  /** The conditions of a benefit that are not met, in words. */
  failures(benefitId: string, language: Language): readonly string[];
}

/** A version of a policy with parameters and readings, as a case pins it. */
export interface PinnedPack extends PackSettings {
  /** SHA-256 of the typed policy and the vocabulary it was compiled with, in hexadecimal. */
  readonly packHash: string;
  readonly policyId: string;
  readonly policy: Policy;
  /** The facts that its rules may ask about. */
  readonly vocabularies: Vocabularies;
  /**
   * What the policy says on a day (`YYYY-MM-DD`), by the rules in force on it. Facts that this version knows nothing of are left out.
   * @throws Refusal facts-unfit, with a detail for every fact that is none.
   */
  evaluate(facts: SubjectFacts, on: string): EvaluatedBenefits;
  /** 同一事项: the groups of benefits of which one person gets one, as they hold on a day (`YYYY-MM-DD`) under the readings in force. */
  mattersOn(on: string): readonly MatterInForce[];
  /** The same version under other parameters, readings or promises: those of a stored decision, or what is being considered. */
  under(settings: Partial<PackSettings>): PinnedPack;
}

/** A version read from the database or the build, before anything is set. */
export interface OpenedPack {
  readonly packHash: string;
  readonly policy: Policy;
  readonly vocabularies: Vocabularies;
  readonly compiled: CompiledPolicy;
  readonly reference: Reference;
}

/** Days that a pack keeps an engine for: today's, and those that a list of older cases asks for. */
const MOST_ENGINES = 8;

/** Ways to fail that an engine remembers in words; people fail in few. */
const MOST_FAILURES = 2000;

/** An engine with its explainers. */
interface Answering {
  readonly engine: Engine;
  readonly explainers: Map<string, Explainer>;
  /** Of whom the same conditions fail the same is told. */
  readonly failures: Map<string, readonly string[]>;
}

/** Makes a version answer under settings. */
export function pinPack(opened: OpenedPack, settings: PackSettings): PinnedPack {
  const { policy, vocabularies, packHash } = opened;
  const engines = new Map<string, Answering>();

  const answeringOn = (on: string): Answering => {
    const known = engines.get(on);
    if (known !== undefined) return known;
    const date = parseDate(on);
    if (date === undefined) throw new RangeError(`${on} is no day`);
    const engine = makeEngine({
      policies: [opened.compiled],
      vocabularies,
      reference: opened.reference,
      date,
      parameters: new Map(Object.entries(settings.parameters)),
      readings: indexesOf(policy, settings.readings),
    });
    const made: Answering = { engine, explainers: new Map(), failures: new Map() };
    // The one made first goes first.
    if (engines.size >= MOST_ENGINES) for (const oldest of engines.keys()) {
      engines.delete(oldest);
      break;
    }
    engines.set(on, made);
    return made;
  };

  return {
    packHash,
    policyId: policy.id,
    policy,
    vocabularies,
    ...settings,
    evaluate({ subject: kind, facts }, on) {
      const { engine, explainers, failures } = answeringOn(on);
      const vocabulary = vocabularies[kind];
      const bound = engine.bindSubject({ subject: kind, facts: knownTo(vocabulary, facts) });
      if ('problems' in bound) {
        const details = bound.problems.map((problem) => ({ field: `facts.${problem.fact}`, zh: `${tellProblem(problem, 'zh')}。`, en: `${tellProblem(problem, 'en')}.` }));
        throw new Refusal('facts-unfit', { count: details.length }, details);
      }
      let answered: Evaluation | undefined;
      const evaluation = (): Evaluation => (answered ??= engine.answer(bound.subject));
      const explanation = (language: Language, only?: string): Explanation => {
        const key = `${kind} ${language}`;
        const explainer = explainers.get(key) ?? makeExplainer(engine, { policies: [policy], vocabulary, language });
        explainers.set(key, explainer);
        return explainer.explain(bound.subject, only, evaluation());
      };
      return {
        get results() {
          return evaluation().benefits;
        },
        get plan() {
          return evaluation().plan;
        },
        result: (benefitId) => (answered ?? engine.answer(bound.subject, benefitId)).benefits.find(({ benefit }) => benefit === benefitId),
        explanation,
        failures(benefitId, language) {
          const benefit = policy.benefits.find(({ id, subject }) => id === benefitId && subject === kind);
          if (benefit === undefined) throw new RangeError(`${policy.id} has no benefit ${benefitId} for ${kind}`);
          const key = `${kind} ${language} ${benefitId} ${truthPattern(engine, policy, vocabulary, benefit, bound.subject)}`;
          const known = failures.get(key);
          if (known !== undefined) return known;
          const told = tellFailures(explanation(language, benefitId), policy.id, benefitId, language);
          if (failures.size >= MOST_FAILURES) failures.clear();
          failures.set(key, told);
          return told;
        },
        explain(benefitId, language) {
          const found = explanation(language, benefitId).benefits.find(({ benefit }) => benefit === benefitId);
          if (found === undefined) throw new RangeError(`${policy.id} has no benefit ${benefitId} for ${kind} on ${on}`);
          return found;
        },
      };
    },
    mattersOn: (on) => answeringOn(on).engine.matters,
    under: (other) => pinPack(opened, { ...settings, ...other }),
  };
}

/** Readings by the indexes of their alternatives. */
function indexesOf(policy: Policy, chosen: PackSettings['readings']): ReadonlyMap<string, number> {
  return new Map(
    policy.readings.flatMap(({ name, alternatives }) => {
      const index = alternatives.findIndex((alternative) => alternative.name === chosen[name]);
      return index < 0 ? [] : [[name, index] as const];
    }),
  );
}

const EMPLOYER = '用人单位';

const factNames = new WeakMap<Vocabulary, ReadonlySet<string>>();

function namesOf(vocabulary: Vocabulary): ReadonlySet<string> {
  const names = factNames.get(vocabulary) ?? new Set(vocabulary.facts.map(({ name }) => name));
  factNames.set(vocabulary, names);
  return names;
}

/** The facts that a vocabulary has: one that came later cannot matter to rules that were written before. */
function knownTo(vocabulary: Vocabulary, facts: SubjectFacts['facts']): SubjectFacts['facts'] {
  const names = namesOf(vocabulary);
  const known: Record<string, unknown> = {};
  for (const name of Object.keys(facts)) {
    const value = facts[name];
    if (name === EMPLOYER && vocabulary.employerKindSlot !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      known[name] = Object.fromEntries(Object.entries(value).filter(([part]) => names.has(`${EMPLOYER}.${part}`)));
    } else if (names.has(name)) known[name] = value;
  }
  return known;
}
