// Tells conditions, values and amount tables of a pack in words of either language, as its policy states them: nobody is judged here.
// What a pack says in its own words is said so; a bare expression is put into words from its parts.

import { type Fact, formatYuan, MICRO, type Policy, type Questions, type Reference, tellParameter, type Vocabulary } from '../policy/index.ts';
import type { Condition, Definition, Relation, Value, ValueType } from '../policy/model.ts';
import { timesMicro } from '../policy/money.ts';
import type { Addresses, Language } from './addresses.ts';
import type { Line, NodeOutcome, TreeNode } from './model.ts';
import { capital, link, tellDay, tellMonths } from './words.ts';

/** What telling the conditions of one policy to one kind of subject needs. */
export interface ConditionScene {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  readonly questions: Questions[keyof Questions];
  readonly reference: Reference;
  readonly language: Language;
  readonly addresses: Addresses;
}

/** A row of what an amount is: when, and how much; `when` is empty where there is one amount for all. */
export interface AmountRow {
  readonly when: readonly string[];
  readonly told: string;
}

function tellParameterNamed(name: string, { parameters }: Policy, language: Language): string {
  const parameter = parameters.find((one) => one.name === name);
  return parameter === undefined ? name : tellParameter(parameter, language);
}

/** What a value is of, so that its constants are told in the right unit. */
interface Sort {
  readonly type: ValueType | undefined;
  readonly fact?: Fact;
}

const opposite: Readonly<Record<Relation, Relation>> = { '=': '≠', '≠': '=', '<': '≥', '≥': '<', '>': '≤', '≤': '>' };

/** Tells what one policy asks of one kind of subject. */
export class ConditionTeller {
  private readonly scene: ConditionScene;
  private readonly definitions: ReadonlyMap<string, Definition>;
  private outcomeOf: ((condition: Condition) => NodeOutcome) | undefined;

  constructor(scene: ConditionScene) {
    this.scene = scene;
    this.definitions = new Map(scene.policy.definitions.map((definition) => [definition.name, definition]));
  }

  private say(zh: string, en: string): string {
    return this.scene.language === 'zh' ? zh : en;
  }

  /** What a fact is called. */
  factName(fact: Pick<Fact, 'name' | 'en'>): string {
    return this.say(fact.name.replace('用人单位.', '用人单位的'), fact.en);
  }

  /**
   * Conditions as a tree; a definition is opened where it is first named.
   * @param clause the clause that need not be said again. @param outcomeOf what came of a condition, in a worked example.
   */
  tree(condition: Condition, clause?: string, outcomeOf?: (condition: Condition) => NodeOutcome): readonly TreeNode[] {
    this.outcomeOf = outcomeOf;
    return this.nodes(condition, clause, new Set(), false);
  }

  private nodes(condition: Condition, clause: string | undefined, seen: Set<string>, isOption: boolean): TreeNode[] {
    const { note } = condition;
    // A reading says nothing itself: the branch in force does.
    if (condition.op === 'reading' && note?.words === undefined) return this.nodes(this.branch(condition), note?.clause ?? clause, seen, isOption);
    if (condition.op === 'always' && note?.words === undefined) return [];
    const own = this.clauseOf(condition) ?? clause;
    const isGroup = (condition.op === 'all' || condition.op === 'any') && note?.words === undefined && note?.text === undefined;
    if (isGroup && condition.op === 'all' && !isOption) return condition.items.flatMap((item) => this.nodes(item, own, seen, false));
    const below = this.below(condition, own, seen);
    const words = isGroup ? (condition.op === 'any' ? this.say('下面有一条就行', 'One of these') : this.say('下面几条都要', 'All of these')) : this.words(condition);
    const node: TreeNode = {
      line: [{ text: this.scene.language === 'en' ? capital(words) : words }, ...(own === undefined || own === clause ? [] : this.clausePieces(own))],
      // Words made for a group say themselves how its members belong together.
      ...(below.items.length === 0 || isGroup ? {} : { join: below.join }),
      // Where nothing is asked nothing was met.
      ...(this.outcomeOf === undefined || condition.op === 'always' ? {} : { outcome: this.outcomeOf(condition) }),
      items: below.items,
    };
    return [node];
  }

  private clauseOf(condition: Condition): string | undefined {
    const named = condition.op === 'defined' ? this.definitions.get(condition.definition)?.note.clause : undefined;
    const clause = named ?? condition.note?.clause;
    return clause === '' ? undefined : clause;
  }

  private clausePieces(clause: string): Line {
    return [{ text: this.say('　', '  ') }, { ...link(clause, this.scene.addresses.clause(this.scene.policy.city, clause)), tone: 'soft' }];
  }

  /** What stands below a condition that has words. */
  private below(condition: Condition, clause: string | undefined, seen: Set<string>): { readonly join: 'all' | 'any'; readonly items: readonly TreeNode[] } {
    const nothing = { join: 'all', items: [] } as const;
    switch (condition.op) {
      case 'all':
      case 'any':
        if (condition.note?.text !== undefined) return nothing;
        return { join: condition.op, items: condition.items.flatMap((item) => this.nodes(item, clause, seen, condition.op === 'any')) };
      case 'reading':
        return this.opened(this.branch(condition), clause, seen);
      case 'defined': {
        const definition = this.definitions.get(condition.definition);
        if (definition === undefined || !('condition' in definition) || seen.has(condition.definition)) return nothing;
        seen.add(condition.definition);
        return this.opened(definition.condition, clause, seen);
      }
      default:
        return nothing;
    }
  }

  /** The members of what a name stands for; one plain expression says no more than the name and is told beside it. */
  private opened(body: Condition, clause: string | undefined, seen: Set<string>): { readonly join: 'all' | 'any'; readonly items: readonly TreeNode[] } {
    const inner = body.op === 'reading' ? this.branch(body) : body;
    if ((inner.op === 'all' || inner.op === 'any') && inner.note?.text === undefined) {
      return { join: inner.op, items: inner.items.flatMap((item) => this.nodes(item, clause, seen, inner.op === 'any')) };
    }
    if (inner.op === 'always') return { join: 'all', items: [] };
    const text = this.expression(inner);
    return { join: 'all', items: [{ line: [{ text: this.scene.language === 'en' ? capital(text) : text, tone: 'soft' }], items: [] }] };
  }

  private branch(condition: Condition & { op: 'reading' }): Condition {
    const inForce = this.scene.policy.readings.find(({ name }) => name === condition.reading)?.inForce ?? 0;
    return condition.branches[inForce] ?? { op: 'always', value: true };
  }

  /** A condition in words: the pack's own, or its expression told. */
  words(condition: Condition): string {
    const own = condition.note?.words?.[this.scene.language];
    return own ?? this.expression(condition);
  }

  private expression(condition: Condition): string {
    switch (condition.op) {
      case 'always':
        return condition.value ? this.say('不另要求', 'nothing more is asked') : this.say('没有人符合', 'nobody meets it');
      case 'flag':
        return this.slotName(condition.slot);
      case 'not':
        return this.negation(condition.item);
      case 'compare':
        return this.comparison(condition.left, condition.relation, condition.right);
      case 'has': {
        const fact = this.scene.vocabulary.facts[condition.slot];
        const values = (fact?.values ?? []).flatMap((_, bit) => ((condition.mask & (1 << bit)) === 0 ? [] : [this.valueName(fact, bit)]));
        return `${this.slotName(condition.slot)}${this.say('：', ': ')}${this.either(values)}`;
      }
      case 'among': {
        const sort = this.sortOf(condition.left);
        return `${this.value(condition.left, sort)}${this.say('：', ': ')}${this.either(condition.right.map((item) => this.value(item, sort)))}`;
      }
      case 'within':
        return `${this.slotName(condition.slot)}${this.say('在', ' in ')}${this.place(condition.place)}`;
      case 'all':
      case 'any': {
        const parts = condition.items.map((item) => (item.op === (condition.op === 'all' ? 'any' : 'all') && item.note?.words === undefined ? this.say(`（${this.words(item)}）`, `(${this.words(item)})`) : this.words(item)));
        return parts.join(condition.op === 'all' ? this.say('，并且', ', and ') : this.say('，或者', ', or '));
      }
      case 'defined': {
        const definition = this.definitions.get(condition.definition);
        return definition?.note.words?.[this.scene.language] ?? condition.definition;
      }
      case 'reading':
        return this.words(this.branch(condition));
      case 'employed':
        return this.words(condition.item);
    }
  }

  /** That a condition does not hold, as people say it. */
  private negation(condition: Condition): string {
    const own = condition.note?.words?.[this.scene.language];
    if (own !== undefined) return this.say(`不符合“${own}”`, `not: ${own}`);
    switch (condition.op) {
      case 'flag':
        return this.say(`${this.slotName(condition.slot)}：否`, `${this.slotName(condition.slot)}: no`);
      case 'not':
        return this.words(condition.item);
      case 'compare':
        return condition.left.op === 'chosen' ? this.say(`不是“${this.words(condition)}”`, `not: ${this.words(condition)}`) : this.comparison(condition.left, opposite[condition.relation], condition.right);
      case 'has': {
        const fact = this.scene.vocabulary.facts[condition.slot];
        const values = (fact?.values ?? []).flatMap((_, bit) => ((condition.mask & (1 << bit)) === 0 ? [] : [this.valueName(fact, bit)]));
        return this.say(`${this.slotName(condition.slot)}：没有${this.neither(values)}`, `${this.slotName(condition.slot)}: ${this.neither(values)}`);
      }
      case 'among': {
        const sort = this.sortOf(condition.left);
        const values = condition.right.map((item) => this.value(item, sort));
        return this.say(`${this.value(condition.left, sort)}：不是${this.neither(values)}`, `${this.value(condition.left, sort)}: ${this.neither(values)}`);
      }
      case 'within':
        return `${this.slotName(condition.slot)}${this.say('不在', ' not in ')}${this.place(condition.place)}`;
      case 'all':
        return condition.items.map((item) => this.negation(item)).join(this.say('，或者', ', or '));
      case 'any':
        return condition.items.map((item) => this.negation(item)).join(this.say('，并且', ', and '));
      case 'reading':
        return this.negation(this.branch(condition));
      case 'employed':
        return this.negation(condition.item);
      case 'defined':
      case 'always':
        return this.say(`不符合“${this.words(condition)}”`, `not: ${this.words(condition)}`);
    }
  }

  private neither(values: readonly string[]): string {
    const [only] = values;
    if (values.length === 1 && only !== undefined) return this.say(only, `not ${only}`);
    return this.say(`${values.join('、')}中的任何一个`, `none of ${values.join(', ')}`);
  }

  private either(values: readonly string[]): string {
    if (values.length < 2) return values.join('');
    return this.say(`${values.join('、')}之一`, `one of ${values.join(', ')}`);
  }

  private slotName(slot: number): string {
    const fact = this.scene.vocabulary.facts[slot];
    return fact === undefined ? '' : this.factName(fact);
  }

  /** A value of a level, kind or set, as answers call it. */
  private valueName(fact: Fact | undefined, at: number): string {
    const value = fact?.values?.[at] ?? '';
    const label = fact === undefined ? undefined : this.scene.questions[fact.name]?.answers?.find((answer) => answer.value === value)?.label[this.scene.language];
    return label ?? (this.scene.language === 'zh' ? value : (fact?.valuesEn?.[at] ?? value));
  }

  private place(code: number): string {
    return this.scene.reference.placeName(code) ?? String(code);
  }

  private sortOf(value: Value): Sort {
    switch (value.op) {
      case 'fact': {
        const fact = this.scene.vocabulary.facts[value.slot];
        return fact === undefined ? { type: undefined } : { type: fact.type, fact };
      }
      case 'parameter':
        return { type: this.scene.policy.parameters.find(({ name }) => name === value.parameter)?.type };
      case 'defined': {
        const definition = this.definitions.get(value.definition);
        return { type: definition !== undefined && 'value' in definition ? definition.type : undefined };
      }
      case 'today':
      case 'shift':
        return { type: 'date' };
      case 'elapsed':
        return { type: 'years' };
      case 'literal':
        return { type: 'text' };
      case 'sum':
      case 'least':
      case 'greatest':
        return value.items.map((item) => this.sortOf(item)).find(({ type }) => type !== undefined) ?? { type: undefined };
      case 'times': {
        const sorts = [this.sortOf(value.left), this.sortOf(value.right)];
        return sorts.find(({ type }) => type === 'money') ?? sorts[0] ?? { type: undefined };
      }
      case 'above':
        return this.sortOf(value.left);
      case 'choose':
        return value.rows.map(({ then }) => this.sortOf(then)).find(({ type }) => type !== undefined) ?? { type: undefined };
      default:
        return { type: undefined };
    }
  }

  private comparison(left: Value, relation: Relation, right: Value): string {
    const sort = this.sortOf(left).type === undefined ? this.sortOf(right) : this.sortOf(left);
    if (left.op === 'chosen' && right.op === 'constant') return this.alternative(left.reading, right.value);
    const [a, b] = [this.value(left, sort), this.value(right, sort)];
    const isDate = sort.type === 'date';
    const isLevel = sort.type === 'level';
    switch (relation) {
      case '=':
        return this.say(`${a}：${b}`, `${a}: ${b}`);
      case '≠':
        return this.say(`${a}不是${b}`, `${a} is not ${b}`);
      case '<':
        return isDate ? this.say(`${a}在 ${b}以前`, `${a} before ${b}`) : isLevel ? this.say(`${a}低于${b}`, `${a} below ${b}`) : this.say(`${a}不到 ${b}`, `${a} under ${b}`);
      case '≤':
        return isDate ? this.say(`${a}不晚于 ${b}`, `${a} no later than ${b}`) : isLevel ? this.say(`${a}不高于${b}`, `${a} no higher than ${b}`) : this.say(`${a}不超过 ${b}`, `${a} at most ${b}`);
      case '>':
        return isDate ? this.say(`${a}在 ${b}以后`, `${a} after ${b}`) : isLevel ? this.say(`${a}高于${b}`, `${a} above ${b}`) : this.say(`${a}超过 ${b}`, `${a} over ${b}`);
      case '≥':
        return isDate ? this.say(`${a}不早于 ${b}`, `${a} no earlier than ${b}`) : isLevel ? this.say(`${a}不低于${b}`, `${a} at least ${b}`) : this.say(`${a}不少于 ${b}`, `${a} at least ${b}`);
    }
  }

  private alternative(reading: string, index: number): string {
    return this.scene.policy.readings.find(({ name }) => name === reading)?.alternatives[index]?.words[this.scene.language] ?? reading;
  }

  /** A value in words; a constant in the unit of its sort. */
  value(value: Value, sort: Sort = this.sortOf(value)): string {
    const { language, policy } = this.scene;
    switch (value.op) {
      case 'constant':
        return this.constant(value.value, sort);
      case 'literal':
        return value.text;
      case 'fact':
        return this.slotName(value.slot);
      case 'parameter':
        return tellParameterNamed(value.parameter, policy, language);
      case 'chosen':
        return this.alternative(value.reading, policy.readings.find(({ name }) => name === value.reading)?.inForce ?? 0);
      case 'today':
        return this.say('申请那天', 'the day of the application');
      case 'shift': {
        const span = this.constantSpan(value.by, value.unit);
        return value.sign > 0 ? this.say(`${this.value(value.date)}之后 ${span}`, `${span} after ${this.value(value.date)}`) : this.say(`${this.value(value.date)}之前 ${span}`, `${span} before ${this.value(value.date)}`);
      }
      case 'elapsed':
        return this.say(`从${this.value(value.from)}到${this.value(value.to)}的整年数`, `whole years from ${this.value(value.from)} to ${this.value(value.to)}`);
      case 'sum':
        return value.items.map((item) => this.value(item, sort)).join(' + ');
      case 'least':
      case 'greatest':
        return this.extreme(value.op, value.items, sort);
      case 'times':
        return this.product(value);
      case 'above':
        return this.say(`${this.value(value.left, sort)}超出 ${this.value(value.right, sort)}的部分`, `what ${this.value(value.left, sort)} exceeds ${this.value(value.right, sort)} by`);
      case 'choose':
        return this.rows(value).map(({ when, told }) => (when.length === 0 ? told : `${when.join(this.say('，', ', '))}${this.say('：', ': ')}${told}`)).join(this.say('；', '; '));
      case 'defined': {
        const definition = this.definitions.get(value.definition);
        return definition?.note.words?.[language] ?? value.definition;
      }
    }
  }

  private constantSpan(by: Value, unit: 'years' | 'months' | 'days'): string {
    if (by.op !== 'constant') return this.value(by);
    // Spans are whole numbers of their unit.
    if (unit === 'days') return this.say(`${by.value} 天`, by.value === 1 ? '1 day' : `${by.value} days`);
    return tellMonths(unit === 'years' ? by.value * 12 : by.value, this.scene.language);
  }

  /** The smaller or larger of some values; beside a fixed one that is a bound. */
  private extreme(op: 'least' | 'greatest', items: readonly Value[], sort: Sort): string {
    const tell = (item: Value): string => this.value(item, this.sortOf(item).type === undefined ? sort : this.sortOf(item));
    const [open, fixed] = [items.filter((item) => item.op !== 'constant').map(tell), items.filter((item) => item.op === 'constant').map(tell)];
    const which = (all: readonly string[]): string => {
      if (all.length === 1) return all.join('');
      return op === 'least' ? this.say(`${all.join('、')}里最小的一个`, `the smallest of ${all.join(', ')}`) : this.say(`${all.join('、')}里最大的一个`, `the largest of ${all.join(', ')}`);
    };
    if (open.length === 0 || fixed.length === 0) return which([...open, ...fixed]);
    return op === 'least' ? this.say(`${which(open)}，最多 ${which(fixed)}`, `${which(open)}, at most ${which(fixed)}`) : this.say(`${which(open)}，至少 ${which(fixed)}`, `${which(open)}, at least ${which(fixed)}`);
  }

  /** Money times a share or a count; constants of a product are in millionths beside money. */
  private product({ left, right }: Value & { op: 'times' }): string {
    const [money, factor] = this.sortOf(right).type === 'money' ? [right, left] : [left, right];
    const factorSort = this.sortOf(factor).type === undefined ? ({ type: 'share' } as const) : this.sortOf(factor);
    return `${this.factor(money, this.sortOf(money).type === undefined ? { type: 'money' } : this.sortOf(money))} × ${this.factor(factor, factorSort)}`;
  }

  /** A factor of a product; one of several parts stands in brackets. */
  private factor(value: Value, sort: Sort): string {
    const told = this.value(value, sort);
    const isWhole = !['sum', 'least', 'greatest', 'above', 'choose', 'elapsed'].includes(value.op);
    return isWhole ? told : this.say(`（${told}）`, `(${told})`);
  }

  private constant(value: number, { type, fact }: Sort): string {
    const { language } = this.scene;
    switch (type) {
      case 'money':
        return `${formatYuan(value)} ${this.say('元', 'yuan')}`;
      case 'date':
        return tellDay(value, language);
      case 'years':
        return tellMonths(value * 12, language);
      case 'months':
        return this.say(`${value} 个月`, value === 1 ? '1 month' : `${value} months`);
      case 'days':
        return this.say(`${value} 天`, value === 1 ? '1 day' : `${value} days`);
      case 'share':
        return value > 0 && value < MICRO ? `${value / 10_000}%` : String(value / MICRO);
      case 'number': {
        const unit = fact === undefined ? undefined : this.scene.questions[fact.name]?.unit?.[language];
        const number = String(value / MICRO);
        return unit === undefined ? number : `${number} ${language === 'en' && value === MICRO ? unit.replace(/s$/, '') : unit}`;
      }
      case 'level':
      case 'kind':
        return this.valueName(fact, value);
      case 'place':
      case 'places':
        return this.place(value);
      default:
        return String(value);
    }
  }

  /** An amount as rows of a table: which case pays how much, under the readings in force. */
  rows(value: Value): readonly AmountRow[] {
    return this.spread(value, (fen) => fen).map(({ when, value: fen, told }) => ({ when, told: fen === undefined ? told : this.constant(fen, { type: 'money' }) }));
  }

  /** Opens choices and what is named; a product with a constant is multiplied out. */
  private spread(value: Value, scale: (fen: number) => number): { readonly when: readonly string[]; readonly value?: number; readonly told: string }[] {
    switch (value.op) {
      case 'constant':
        return [{ when: [], value: scale(value.value), told: '' }];
      case 'defined': {
        const definition = this.definitions.get(value.definition);
        return definition !== undefined && 'value' in definition && this.isTable(definition.value) ? this.spread(definition.value, scale) : [{ when: [], told: this.value(value) }];
      }
      case 'times': {
        const { left, right } = value;
        if (right.op === 'constant' && this.isTable(left)) return this.spread(left, (fen) => scale(timesMicro(fen, right.value)));
        if (left.op === 'constant' && this.isTable(right)) return this.spread(right, (fen) => scale(timesMicro(left.value, fen)));
        return [{ when: [], told: this.value(value) }];
      }
      case 'choose': {
        const found: { when: readonly string[]; value?: number; told: string }[] = [];
        for (const { when, then } of value.rows) {
          const settled = this.settled(when);
          if (settled === false) continue;
          const words = settled === true ? [] : [this.scene.language === 'en' ? capital(this.words(when)) : this.words(when)];
          for (const row of this.spread(then, scale)) found.push({ ...row, when: [...words, ...row.when] });
          if (settled === true) return found;
        }
        if (value.otherwise !== undefined) {
          for (const row of this.spread(value.otherwise, scale)) if (row.value !== 0) found.push({ ...row, when: [this.say('其他情形', 'Otherwise'), ...row.when] });
        }
        return found;
      }
      default:
        return [{ when: [], told: this.value(value) }];
    }
  }

  /** Whether a value is made of constants and choices alone, so that it can be told as a table. */
  private isTable(value: Value): boolean {
    switch (value.op) {
      case 'constant':
        return true;
      case 'choose':
        return value.rows.every(({ then }) => this.isTable(then)) && (value.otherwise === undefined || this.isTable(value.otherwise));
      case 'defined': {
        const definition = this.definitions.get(value.definition);
        return definition !== undefined && 'value' in definition && this.isTable(definition.value);
      }
      case 'times':
        return (value.right.op === 'constant' && this.isTable(value.left)) || (value.left.op === 'constant' && this.isTable(value.right));
      default:
        return false;
    }
  }

  /** A condition on a reading is settled by the alternative in force. */
  private settled(condition: Condition): boolean | undefined {
    if (condition.op !== 'compare' || condition.left.op !== 'chosen' || condition.right.op !== 'constant') return undefined;
    const { reading } = condition.left;
    const inForce = this.scene.policy.readings.find(({ name }) => name === reading)?.inForce ?? 0;
    return condition.relation === '=' ? inForce === condition.right.value : condition.relation === '≠' ? inForce !== condition.right.value : undefined;
  }
}
