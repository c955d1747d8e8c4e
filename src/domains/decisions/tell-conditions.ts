// The conditions of a benefit in plain words for a letter: a line each, with its outcome and clause, and for what fails, what was known.

import { type ExplainedCondition, ExplainedTree, type Fact, type FactValue, formatYuan, isTelling, type Language, tellDate, type Vocabulary } from '../../policy/index.ts';
import type { DecisionKind, KeptExplanation, ToldCondition } from './decision.ts';

/**
 * The lines that a letter shows. Of a refusal or revocation, where the answer is no: those that fail, as deep as they can be told. Else every
 * condition of the first level; a choice between alternatives is one line.
 */
export function tellConditions(kept: KeptExplanation, kind: DecisionKind, vocabulary: Vocabulary, language: Language): readonly ToldCondition[] {
  const isAgainst = (kind === 'refuse' || kind === 'revoke') && kept.benefit.status === 'no';
  return new ConditionTeller(kept, vocabulary, language).tell(isAgainst);
}

/** A line without what was known, which stands in brackets at its end. */
export function withoutKnown(text: string): string {
  return text.replace(/（[^（）：]+：.*）$/u, '').replace(/ \([^():]+: .*\)$/u, '');
}

class ConditionTeller {
  private readonly kept: KeptExplanation;
  private readonly vocabulary: Vocabulary;
  private readonly isChinese: boolean;
  private readonly language: Language;
  private readonly tree: ExplainedTree;

  constructor(kept: KeptExplanation, vocabulary: Vocabulary, language: Language) {
    this.kept = kept;
    this.vocabulary = vocabulary;
    this.language = language;
    this.isChinese = language === 'zh';
    this.tree = new ExplainedTree(kept);
  }

  tell(isAgainst: boolean): readonly ToldCondition[] {
    const { benefit } = this.kept;
    const chosen = isAgainst ? this.tree.failures(benefit.condition, benefit.policy) : this.firstLevel(benefit.condition);
    const lines = chosen.filter(isTelling).flatMap((condition): ToldCondition[] => {
      const words = this.sentence(condition);
      if (words === '') return [];
      const known = condition.outcome === 'yes' ? '' : this.known(condition);
      return [{ outcome: condition.outcome, text: `${words}${known}`, clause: condition.clause ?? benefit.clause }];
    });
    // Two ways to one failure are told once.
    return lines.filter((line, at) => lines.findIndex((other) => other.text === line.text) === at);
  }

  /** Groups without words of their own are opened, since they say nothing. */
  private firstLevel(condition: ExplainedCondition): readonly ExplainedCondition[] {
    const isOpen = condition.words === undefined && condition.definition === undefined && (condition.kind === 'all' || condition.kind === 'reading');
    return isOpen ? (condition.items ?? []).flatMap((item) => this.firstLevel(item)) : [condition];
  }

  private sentence(condition: ExplainedCondition): string {
    const own = condition.words ?? condition.definition ?? condition.rule;
    if (own !== undefined) return own;
    const parts = this.tree.itemsOf(condition, this.kept.benefit.policy).map((item) => this.sentence(item)).filter((part) => part !== '');
    return parts.join(condition.kind === 'any' ? this.say('，或者', ', or ') : this.say('，并且', ', and '));
  }

  /** What was known of what a condition looks at, in brackets. */
  private known(condition: ExplainedCondition): string {
    const names = new Set(this.namesBelow(condition));
    const told = [...names].flatMap((name) => {
      const fact = this.vocabulary.facts.find((each) => each.name === name);
      if (fact === undefined || fact.type === 'place' || fact.type === 'places') return [];
      const value = this.kept.facts[name]?.value ?? null;
      return [`${this.isChinese ? name.replace('用人单位.', '用人单位的') : fact.en}${this.say('：', ': ')}${this.value(fact, value)}`];
    });
    return told.length === 0 ? '' : this.say(`（${told.join('，')}）`, ` (${told.join(', ')})`);
  }

  private namesBelow(condition: ExplainedCondition): readonly string[] {
    const own = this.tree.factsBelow(condition, this.kept.benefit.policy);
    return own.length > 0 ? own : this.tree.itemsOf(condition, this.kept.benefit.policy).filter(({ outcome }) => outcome !== 'yes').flatMap((item) => this.namesBelow(item));
  }

  private value(fact: Fact, value: FactValue): string {
    if (value === null) return this.say('不知道', 'not known');
    if (typeof value === 'boolean') return value ? this.say('是', 'yes') : this.say('否', 'no');
    if (typeof value === 'number') {
      if (fact.type === 'money') return `${formatYuan(Math.round(value * 100))} ${this.say('元', 'yuan')}`;
      return fact.type === 'years' ? this.say(`${value} 年`, value === 1 ? '1 year' : `${value} years`) : String(value);
    }
    if (typeof value === 'string') return fact.type === 'date' ? tellDate(value, this.language) : this.word(fact, value);
    return value.map((item) => this.word(fact, item)).join(this.say('、', ', ')) || this.say('无', 'none');
  }

  private word(fact: Fact, word: string): string {
    return this.isChinese ? word : (fact.valuesEn?.[fact.values?.indexOf(word) ?? -1] ?? word);
  }

  private say(zh: string, en: string): string {
    return this.isChinese ? zh : en;
  }
}
