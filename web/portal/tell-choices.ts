// Benefits of which one person gets one only: which of them are still to be chosen between, and what each choice comes to.
import { type BenefitResult, type Evaluation, tellAmount } from '../../src/policy/index.ts';
import type { Answerer } from './answerer.ts';
import type { ChoiceView, Language } from './view.ts';

/** The person's choices as they stand: benefit by choice. */
export type Choices = Readonly<Record<string, string>>;

/** How many answers a benefit may still wait for and be shown as an option: almost none. */
const FEW_ANSWERS = 2;

/** Choices that still can be had: what is denied by now cannot be kept. */
export function keptOf(choices: Choices, { benefits }: Evaluation): string[] {
  return Object.values(choices).filter((id) => benefits.some((result) => idOf(result) === id && result.status !== 'no'));
}

export function idOf({ policy, benefit }: Pick<BenefitResult, 'policy' | 'benefit'>): string {
  return `${policy}/${benefit}`;
}

/** The same-matter groups with at least two benefits to choose between, where that makes a difference. */
export function choiceViews(answerer: Answerer, evaluation: Evaluation, choices: Choices, language: Language): ChoiceView[] {
  const { engine } = answerer;
  const results = new Map(evaluation.benefits.map((result) => [idOf(result), result]));
  const plan = engine.planKeeping(evaluation, keptOf(choices, evaluation));
  const isNear = ({ missing }: BenefitResult): boolean => missing.filter((fact) => answerer.facts.get(fact)?.from !== '认定').length <= FEW_ANSWERS;
  return engine.matters.flatMap((matter): ChoiceView[] => {
    const id = `${matter.policy}/${matter.name}`;
    const options = matter.benefits.flatMap((benefit) => {
      const result = results.get(benefit);
      return result === undefined || result.status === 'no' || (result.status === 'unknown' && !isNear(result)) ? [] : [result];
    });
    if (options.length < 2 || options.every(({ status }) => status === 'unknown')) return [];
    const views = options.map((result) => {
      const benefit = idOf(result);
      const isTaken = plan.take.includes(benefit);
      return {
        benefit,
        title: answerer.benefits.get(benefit)?.benefit.title[language] ?? benefit,
        levelTitle: answerer.benefits.get(benefit)?.level.title[language] ?? '',
        amountTold: tellAmount(result.amount, language),
        totalFen: engine.planKeeping(evaluation, [benefit, ...keptOf(without(answerer, choices, benefit), evaluation)]).totalFen,
        isTaken,
        isSure: result.status === 'yes',
      };
    });
    // The same thing from two levels, with nothing to gain by either, is no choice.
    const [first] = views;
    if (views.every(({ title, totalFen }) => title === first?.title && totalFen === first.totalFen)) return [];
    return [{ id, words: matter.words[language], clause: matter.clause, options: views.sort((a, b) => Number(b.isTaken) - Number(a.isTaken)) }];
  });
}

/** The choices that stand beside a benefit: those that it excludes fall away. */
export function without(answerer: Answerer, choices: Choices, benefit: string): Choices {
  const excludes = (other: string): boolean => other !== benefit && answerer.engine.matters.some(({ benefits }) => benefits.includes(benefit) && benefits.includes(other));
  return Object.fromEntries(Object.entries(choices).filter(([, other]) => !excludes(other)));
}
