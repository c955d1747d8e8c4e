// Why a benefit is what it is: the explained conditions as a tree for people, and the conditions that fail.
import { type ExplainedBenefit, type ExplainedCondition, ExplainedTree, type Explanation, isTelling } from '../../src/policy/index.ts';
import type { Answerer, Answers } from './answerer.ts';
import { nameOf, tellAnswer } from './tell-answers.ts';
import type { Language, ReasonView } from './view.ts';

/** A condition that fails, with the facts that it looked at. */
export interface Failure {
  readonly words: string;
  readonly facts: readonly string[];
  readonly clause?: string;
}

/** Tells the conditions of one explanation. */
export class ReasonTeller {
  private readonly answerer: Answerer;
  private readonly explanation: Explanation;
  private readonly answers: Answers;
  private readonly language: Language;
  private readonly tree: ExplainedTree;

  constructor(answerer: Answerer, explanation: Explanation, answers: Answers, language: Language) {
    this.answerer = answerer;
    this.explanation = explanation;
    this.answers = answers;
    this.language = language;
    this.tree = new ExplainedTree(explanation);
  }

  reasons({ condition, policy, clause }: ExplainedBenefit): readonly ReasonView[] {
    return this.tell(condition, policy, clause, new Set(), false);
  }

  /** What fails, deepest first said; the same condition once. */
  failures({ condition, policy }: ExplainedBenefit): readonly Failure[] {
    const found = this.tree.failures(condition, policy).map((item): Failure => {
      const inner = this.tree.itemsOf(item, policy);
      const isGroup = item.kind === 'any' && item.words === undefined;
      const facts = isGroup || item.kind === 'any' ? inner.flatMap((one) => this.tree.factsBelow(one, policy)) : this.tree.factsBelow(item, policy);
      return { words: this.words(item, policy), facts: [...new Set(facts)], ...(item.clause === undefined ? {} : { clause: item.clause }) };
    });
    return [...new Map(found.map((failure) => [failure.words, failure])).values()];
  }

  /** A failure in the form of a reason. */
  asReason({ words, facts, clause }: Failure): ReasonView {
    return { outcome: 'no', words, facts: this.facts(facts), ...(clause === undefined ? {} : { clause }), items: [] };
  }

  /** What was answered to a fact, as words; undefined while it is not known. */
  answerTo(fact: string): string | undefined {
    const value = this.explanation.facts[fact]?.value ?? this.answers[fact] ?? null;
    return value === null ? undefined : tellAnswer(this.answerer, fact, value, this.language);
  }

  private say(zh: string, en: string): string {
    return this.language === 'zh' ? zh : en;
  }

  private tell(condition: ExplainedCondition, policy: string, clause: string | undefined, seen: ReadonlySet<string>, isOption: boolean): ReasonView[] {
    if (!isTelling(condition)) return [];
    const isSilent = condition.words === undefined && (condition.kind === 'reading' || (condition.kind === 'all' && !isOption));
    const isKnown = condition.definition !== undefined && seen.has(condition.definition);
    // A negation that has words says what is needed; its inner fact stands in the sentence.
    const isClosed = isKnown || (condition.kind === 'not' && condition.words !== undefined);
    const next = condition.definition === undefined ? seen : new Set([...seen, condition.definition]);
    const isChoice = condition.kind === 'any' || this.tree.bodyOf(condition, policy)?.kind === 'any' || (isSilent && isOption);
    const own = condition.clause ?? clause;
    const items = isClosed ? [] : this.tree.itemsOf(condition, policy).flatMap((item) => this.tell(item, policy, own, next, isChoice));
    if (isSilent) return items;
    const isGroup = condition.words === undefined && (condition.kind === 'any' || condition.kind === 'all');
    return [
      {
        outcome: condition.outcome,
        words: isGroup ? (condition.kind === 'any' ? this.say('下面有一条就行', 'one of these') : this.say('下面几条都要', 'all of these')) : this.words(condition, policy),
        facts: items.length > 0 || isGroup ? [] : this.facts(this.tree.factsBelow(condition, policy)),
        // The clause is said where it changes, not on every line.
        ...(own === undefined || own === clause ? {} : { clause: own }),
        ...(items.length === 0 ? {} : { join: isChoice ? ('any' as const) : ('all' as const) }),
        items,
      },
    ];
  }

  private words(condition: ExplainedCondition, policy: string): string {
    const words = condition.words ?? condition.rule ?? condition.definition;
    if (words !== undefined) return words;
    const joined = condition.kind === 'any' ? this.say('，或者', ', or ') : this.say('，并且', ', and ');
    return this.tree.itemsOf(condition, policy).map((item) => this.words(item, policy)).join(joined);
  }

  private facts(names: readonly string[]): string[] {
    return names.map((name) => `${nameOf(this.answerer, name, this.language)}${this.say('：', ': ')}${this.answerTo(name) ?? this.say('还不知道', 'not known yet')}`);
  }
}
