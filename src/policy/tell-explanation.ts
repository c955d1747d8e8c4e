// Tells an explanation in plain words: first what is certain, then what is still open, then what is not and why.

import type { Amount } from './engine.ts';
import { ExplainedTree, isTelling } from './explained-tree.ts';
import type { ExplainedBenefit, ExplainedCondition, Explanation, FactValue } from './explain.ts';
import type { Fact, Parameter, Vocabulary } from './model.ts';
import { formatYuan } from './money.ts';
import { harmless, type Language } from './problems.ts';
import type { Reference } from './reference.ts';

/** What telling needs: names of facts, places, departments and funds in the language asked for. */
export interface TellOptions {
  readonly language: Language;
  readonly vocabulary: Vocabulary;
  readonly reference: Reference;
  /** English names of departments and funds by their Chinese names. */
  readonly names: Readonly<Record<string, string>>;
  /** Titles of benefits by `policy/benefit`. */
  readonly titles: ReadonlyMap<string, string>;
  /** Where a clause is to be looked up, by policy; absent where one document answers and says it by itself. */
  readonly sources?: ReadonlyMap<string, string>;
  /** Names under which packs put what nobody is named for. */
  readonly unnamed?: ReadonlySet<string>;
  /** What parameters are called, by name. */
  readonly parameters?: ReadonlyMap<string, string>;
}

/** A date for people: 2026年6月30日, or 30 June 2026. */
export function tellDate(date: string, language: Language): string {
  const [year, month, day] = date.split('-').map(Number);
  if (language === 'zh') return `${year}年${month}月${day}日`;
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  return `${day} ${months[(month ?? 1) - 1]} ${year}`;
}

/**
 * An amount for people, with its unit; never more certain than it is.
 * @param nameOf what facts and parameters are called that keep it open; where it is absent only Chinese names them
 */
export function tellAmount(amount: Amount | undefined, language: Language, nameOf?: (name: string) => string): string {
  if (amount === undefined) return '';
  const isChinese = language === 'zh';
  const per = amount.per === undefined ? '' : isChinese ? { month: '每月', year: '每年', person: '每人', project: '每个项目' }[amount.per] : ` a ${amount.per}`;
  // What it is paid for stands before the figure in Chinese, and right behind it in English.
  const yuan = (fen: number): string => (isChinese ? `${formatYuan(fen)} 元` : `${formatYuan(fen)} yuan${per}`);
  const isOpen = amount.kind === 'upTo' && amount.missing !== undefined;
  const byReview = (settledBy: 'facts' | 'review'): string => (settledBy === 'facts' || isOpen ? '' : isChinese ? '，数额由评审定' : ', settled by review');
  const told = ((): string => {
    switch (amount.kind) {
      case 'exact':
        return yuan(amount.totalFen);
      case 'range':
        return `${formatYuan(amount.minFen)} ${isChinese ? '到' : 'to'} ${yuan(amount.maxFen)}${byReview(amount.settledBy)}`;
      case 'upTo':
        return `${isChinese ? '最多' : 'up to'} ${yuan(amount.maxFen)}${byReview('review')}`;
      case 'atLeast':
        return `${isChinese ? '至少' : 'at least'} ${yuan(amount.minFen)}`;
      case 'share':
        return isChinese ? `${amount.percent}% 以上` : `at least ${amount.percent}%${per}`;
      case 'unstated':
        return amount.missing === undefined ? (isChinese ? '没有写数额' : 'no amount is named') : openAmountTold(amount.missing, language, nameOf);
      case 'none':
        return '';
    }
  })();
  // Whoever wrote no amount wrote no share of it either.
  if (!isChinese || (amount.kind === 'unstated' && amount.missing === undefined) || told === '') return told;
  return /^\d/.test(told) && per !== '' ? `${per} ${told}` : `${per}${told}`;
}

/** What an amount goes by whose figure nobody has set or told. */
function openAmountTold(missing: readonly string[], language: Language, nameOf: ((name: string) => string) | undefined): string {
  if (language === 'zh') return `按${missing.map((name) => nameOf?.(name) ?? name.replace('用人单位.', '用人单位的')).join('、')}算，数还没有定`;
  return nameOf === undefined ? 'by a figure that is not settled yet' : `by ${missing.map(nameOf).join(', ')}, not settled yet`;
}

/** What a parameter is called: its name, or what its English words begin with. */
export function tellParameter({ name, words }: Parameter, language: Language): string {
  return language === 'zh' ? name : words.en.replace(/;.*$/s, '').trim();
}

/** The whole explanation as lines of text. */
export function tellExplanation(explanation: Explanation, options: TellOptions): string {
  return new Teller(explanation, options).tell();
}

/** Whether a condition says only that no fact decides. */
function asksNothing({ kind, rule, facts, items }: ExplainedCondition): boolean {
  return kind === 'leaf' && rule === '不另要求' && facts === undefined && items === undefined;
}

const marks = { yes: '✓', no: '✗', unknown: '?' } as const;

class Teller {
  private readonly explanation: Explanation;
  private readonly options: TellOptions;
  private readonly isChinese: boolean;
  private readonly tree: ExplainedTree;
  private readonly lines: string[] = [];

  constructor(explanation: Explanation, options: TellOptions) {
    this.explanation = explanation;
    this.options = options;
    this.isChinese = options.language === 'zh';
    this.tree = new ExplainedTree(explanation);
  }

  private say(zh: string, en: string): string {
    return this.isChinese ? zh : en;
  }

  tell(): string {
    const { explanation, lines } = this;
    const of = (...statuses: ExplainedBenefit['status'][]): ExplainedBenefit[] => explanation.benefits.filter(({ status }) => statuses.includes(status));
    lines.push(`${explanation.id === null ? this.say('（没有编号）', '(no id)') : harmless(String(explanation.id))} · ${tellDate(explanation.date, this.options.language)}${this.under()}`, '');
    const [certain, open, denied] = [of('yes'), of('unknown', 'review'), of('no')];
    this.heading(this.say(`可以享受（${certain.length} 项）`, `Certain (${certain.length})`));
    if (certain.length === 0) lines.push(this.say('  现在还没有一项是确定的。', '  Nothing is certain yet.'), '');
    for (const benefit of certain) this.benefit(benefit);
    if (certain.length > 0) this.plan();
    if (open.length > 0) {
      this.heading(this.say(`还不能确定（${open.length} 项）`, `Still open (${open.length})`));
      for (const benefit of open) this.benefit(benefit);
    }
    if (denied.length > 0) {
      this.heading(this.say(`不能享受（${denied.length} 项）`, `Not met (${denied.length})`));
      for (const benefit of denied) this.denied(benefit);
      lines.push('');
    }
    return `${lines.join('\n').trimEnd()}\n`;
  }

  private under(): string {
    const { under } = this.explanation;
    if (under === undefined) return '';
    const day = tellDate(under, this.options.language);
    return this.say(`（按${day}施行的规则）`, ` (by the rules in force on ${day})`);
  }

  /** A clause with its document before it, where several answer. */
  private clauseOf({ policy, clause }: ExplainedBenefit): string {
    const source = this.options.sources?.get(policy);
    return source === undefined ? clause : `${source} ${clause}`;
  }

  private heading(text: string): void {
    this.lines.push(`【${text}】`);
  }

  private plan(): void {
    const { plan } = this.explanation;
    const name = (id: string): string => this.options.titles.get(id) ?? id;
    if (plan.totalFen > 0) this.lines.push(this.say(`  合在一起，确定能拿 ${formatYuan(plan.totalFen)} 元：${plan.take.map(name).join('、')}。`, `  Together certain: ${formatYuan(plan.totalFen)} yuan: ${plan.take.map(name).join(', ')}.`));
    for (const { benefit, because } of plan.leave) {
      this.lines.push(this.say(`  “${name(benefit)}”和“${name(because)}”只能选一样。`, `  "${name(benefit)}" and "${name(because)}" exclude each other: one of the two.`));
    }
    this.lines.push('');
  }

  private benefit(benefit: ExplainedBenefit): void {
    const { lines } = this;
    const money = tellAmount(benefit.amount, this.options.language, (name) => this.factName(name));
    const term = benefit.termMonths === undefined ? '' : this.say(`，期限 ${this.span(benefit.termMonths)}`, `, for ${this.span(benefit.termMonths)}`);
    const state = benefit.status === 'review' ? this.say('（等评审认定）', ' (to be settled by review)') : '';
    lines.push(`  ${benefit.title}${state}${money === '' ? '' : `　${money}`}${term}`);
    lines.push(`    ${this.say('依据', 'Clause')} ${this.clauseOf(benefit)} · ${this.departments([benefit.lead, ...benefit.support])}`);
    this.payments(benefit);
    if (benefit.missing.length > 0) {
      const facts = benefit.missing.map((name) => {
        const from = this.explanation.facts[name]?.from;
        return `${this.factName(name)}${from === undefined ? '' : this.say(`（${origins[from][0]}）`, ` (${origins[from][1]})`)}`;
      });
      lines.push(`    ${this.say('还缺：', 'Missing: ')}${facts.join(this.say('、', ', '))}`);
    }
    if (benefit.amount?.missing !== undefined) lines.push(`    ${this.say('数额还取决于：', 'The amount still depends on: ')}${benefit.amount.missing.map((name) => this.factName(name)).join(this.say('、', ', '))}`);
    this.condition(benefit.condition, benefit.policy, 2, new Set());
    if (benefit.evidence.length > 0) lines.push(`    ${this.say('要交：', 'Papers: ')}${benefit.evidence.map(({ name }) => name).join(this.say('、', ', '))}`);
    if (benefit.remark !== undefined) lines.push(`    ${this.say('注意：', 'Note: ')}${benefit.remark}`);
    if (benefit.readings.length > 0) {
      lines.push(`    ${this.say('按这样的理解：', 'Read so: ')}${benefit.readings.map(({ name, words }) => this.say(`${name}：${words}`, words)).join(this.say('；', '; '))}`);
    }
    lines.push('');
  }

  private departments(names: readonly string[]): string {
    const named = names.filter((name) => this.options.unnamed?.has(name) !== true);
    return named.length === 0 ? this.say('还没有写由谁负责', 'nobody is named yet') : `${this.say('由', 'by')} ${named.map((name) => this.name(name)).join(this.say('、', ', '))}`;
  }

  private payments(benefit: ExplainedBenefit): void {
    const { amount, funds } = benefit;
    const yuan = (fen: number): string => `${formatYuan(fen)} ${this.say('元', 'yuan')}`;
    if (amount?.kind === 'exact' && amount.instalments !== undefined) {
      const parts = amount.instalments.map(({ due, fen }) => `${tellDate(due, this.options.language)} ${yuan(fen)}`);
      this.lines.push(`    ${this.say('分次发放：', 'Paid in parts: ')}${parts.join(this.say('；', '; '))}`);
    }
    if (funds !== undefined) {
      this.lines.push(`    ${this.say('资金：', 'Paid by: ')}${funds.map(({ fund, fen }) => `${this.name(fund)} ${yuan(fen)}`).join(this.say('；', '; '))}`);
    }
  }

  /** Why not: only the conditions that fail, down to the facts. */
  private denied(benefit: ExplainedBenefit): void {
    this.lines.push(`  ${benefit.title} · ${this.clauseOf(benefit)}`);
    const failed = this.tree.failures(benefit.condition, benefit.policy).map((condition) => this.failure(condition, benefit.policy));
    for (const line of new Set(failed)) this.lines.push(`    ${marks.no} ${line}`);
  }

  private failure(condition: ExplainedCondition, policy: string): string {
    // Of alternatives none holds, so the sentence about them all says it best.
    if (condition.words !== undefined || condition.kind !== 'any') return this.sentence(condition, policy);
    return this.tree.itemsOf(condition, policy).map((item) => this.sentence(item, policy)).join(this.say('；或者', '; or '));
  }

  private condition(condition: ExplainedCondition, policy: string, depth: number, seen: ReadonlySet<string>, isOption = false): void {
    // A reading that asks nothing more leaves nothing to tell.
    if (!isTelling(condition)) return;
    const isSilent = condition.words === undefined && (condition.kind === 'reading' || (condition.kind === 'all' && !isOption));
    if (!isSilent) {
      const told = condition.words !== undefined || (condition.kind !== 'any' && condition.kind !== 'all') ? this.sentence(condition, policy) : condition.kind === 'any' ? this.say('下面有一条就行', 'one of these') : this.say('下面几条都要', 'all of these');
      // Where nothing is asked nothing was met.
      this.lines.push(`${'  '.repeat(depth)}${asksNothing(condition) ? '·' : marks[condition.outcome]} ${told}`);
    }
    if (condition.definition !== undefined && seen.has(condition.definition)) return;
    // A negation that has words says what is needed; its inner fact stands in the sentence.
    if (condition.kind === 'not' && condition.words !== undefined) return;
    const next = condition.definition === undefined ? seen : new Set([...seen, condition.definition]);
    const isChoice = condition.kind === 'any' || this.tree.bodyOf(condition, policy)?.kind === 'any' || (isSilent && isOption);
    for (const item of this.tree.itemsOf(condition, policy)) this.condition(item, policy, isSilent ? depth : depth + 1, next, isChoice);
  }

  private sentence(condition: ExplainedCondition, policy: string): string {
    const words = condition.words ?? condition.rule ?? condition.definition;
    // A group without words of its own is told by its members.
    if (words === undefined) return (condition.items ?? []).map((item) => this.sentence(item, policy)).join(condition.kind === 'any' ? this.say('，或者', ', or ') : this.say('，并且', ', and '));
    const facts = this.tree.factsBelow(condition, policy).map((name) => this.fact(name));
    const clause = condition.kind === 'leaf' || condition.clause === undefined ? '' : this.say(`　${condition.clause}`, `  ${condition.clause}`);
    return `${words}${facts.length === 0 ? '' : this.say(`（${facts.join('，')}）`, ` (${facts.join(', ')})`)}${clause}`;
  }

  private fact(name: string): string {
    const known = this.options.vocabulary.facts.find((fact) => fact.name === name);
    return `${this.factName(name)}${this.say('：', ': ')}${known === undefined ? '' : this.value(known, this.explanation.facts[name]?.value ?? null)}`;
  }

  private value(fact: Fact, value: FactValue): string {
    if (value === null) return this.say('不知道', 'not known');
    if (typeof value === 'boolean') return value ? this.say('是', 'yes') : this.say('否', 'no');
    if (typeof value === 'number') {
      if (fact.type === 'money') return `${formatYuan(Math.round(value * 100))} ${this.say('元', 'yuan')}`;
      return fact.type === 'years' ? this.say(`${value} 年`, value === 1 ? '1 year' : `${value} years`) : String(value);
    }
    if (typeof value === 'string') return this.word(fact, value);
    return value.map((item) => this.word(fact, item)).join(this.say('、', ', ')) || this.say('无', 'none');
  }

  private word(fact: Fact, word: string): string {
    if (fact.type === 'date') return tellDate(word, this.options.language);
    if (fact.type === 'place' || fact.type === 'places') return this.options.reference.placeName(Number(word)) ?? word;
    const at = fact.values?.indexOf(word) ?? -1;
    return this.isChinese || at < 0 ? harmless(word) : (fact.valuesEn?.[at] ?? word);
  }

  private factName(name: string): string {
    if (this.isChinese) return name.replace('用人单位.', '用人单位的');
    const parameter = this.options.parameters?.get(name);
    if (parameter !== undefined) return parameter;
    return this.options.vocabulary.facts.find((fact) => fact.name === name)?.en ?? name;
  }

  private name(name: string): string {
    return this.isChinese ? name : (this.options.names[name] ?? name);
  }

  private span(months: number): string {
    const years = months / 12;
    return Number.isInteger(years) ? this.say(`${years} 年`, years === 1 ? '1 year' : `${years} years`) : this.say(`${months} 个月`, `${months} months`);
  }
}

const origins = {
  申报: ['您来填', 'you tell it'],
  材料: ['凭材料', 'by a paper'],
  共享: ['别的部门有', 'another department holds it'],
  认定: ['由评审认定', 'settled by review'],
  推算: ['自动算出', 'derived'],
} as const;
