// Gives names and types to an expression and turns it into the intermediate form, or says what is wrong with it and where.

import { dateOf } from '../policy/calendar.ts';
import type { Condition, Fact, Relation, SubjectKind, Value, ValueType, Vocabulary } from '../policy/model.ts';
import { factsOf } from '../policy/interpret.ts';
import { nearest } from '../policy/problems.ts';
import { MAX_FEN } from '../policy/values.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { formatExpression } from './format-expression.ts';
import { parseExpression } from './parse-expression.ts';
import type { Syntax } from './syntax.ts';
import type { Spot } from './yaml-source.ts';

/** The values that a level, a kind, a set or a reading can have; two operands compare only within one domain. */
export interface Domain {
  readonly name: string;
  readonly values: readonly string[];
}

/** A value with its type. */
export interface TypedValue {
  readonly value: Value;
  readonly type: ValueType;
  readonly domain?: Domain;
  /** True for a parameter that is set to a part of a year, which no date can be moved by. */
  readonly isPartial?: boolean;
}

/** What an expression turned out to be. */
export type Typed = { readonly condition: Condition } | TypedValue;

/** The names that an expression may use. */
export interface Scope {
  readonly subject: SubjectKind;
  readonly vocabulary: Vocabulary;
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  /** All names of definitions, parameters and readings, for suggestions. */
  readonly names: () => readonly string[];
  /** A definition, parameter or reading by name; `broken` where it exists but could not be read. */
  readonly find: (name: string, at: Place) => Typed | 'broken' | undefined;
  /** Finds a division by code or by a name that is unique; else the codes that share the name. */
  readonly place: (text: string) => { readonly code: number } | { readonly candidates: readonly string[] };
}

/** What a kind of subject is called in a message. */
export const subjectWords: Readonly<Record<SubjectKind, readonly [string, string]>> = {
  person: ['个人', 'a person'],
  organisation: ['单位', 'an organisation'],
  project: ['项目', 'a project'],
  team: ['团队', 'a team'],
};

/** What a type is called in a message. */
export function typeWords(type: ValueType | 'condition'): readonly [string, string] {
  const words: Record<ValueType | 'condition', readonly [string, string]> = {
    condition: ['条件（是或否）', 'a condition (true or false)'],
    flag: ['是或否', 'true or false'],
    number: ['没有单位的数', 'a number without unit'],
    money: ['金额（元）', 'money (yuan)'],
    date: ['日期', 'a date'],
    years: ['年数', 'a number of years'],
    months: ['月数', 'a number of months'],
    days: ['日数', 'a number of days'],
    share: ['比例（%）', 'a share (%)'],
    text: ['文字', 'text'],
    level: ['等级', 'a level'],
    kind: ['类别', 'a kind'],
    kinds: ['一组类别', 'a set'],
    place: ['地方', 'a place'],
    places: ['一组地方', 'a set of places'],
  };
  return words[type];
}

/** How far a date may be moved. */
const MAX_SHIFT = { years: 200, months: 2400, days: 60_000 } as const;

type Operation = Syntax & { readonly node: 'add' | 'subtract' | 'times' };

class Wrong extends Error {}

/** Reads one expression: parses it, gives it types, and returns its intermediate form with its canonical spelling. */
export function readExpression(spot: Spot, scope: Scope, diagnostics: Diagnostics): (Typed & { readonly text: string }) | undefined {
  const syntax = parseExpression(spot, diagnostics);
  if (syntax === undefined) return undefined;
  try {
    return { ...new Checker(spot, scope, diagnostics).check(syntax), text: formatExpression(syntax) };
  } catch (error) {
    if (error instanceof Wrong) return undefined;
    throw error;
  }
}

class Checker {
  private readonly spot: Spot;
  private readonly scope: Scope;
  private readonly diagnostics: Diagnostics;

  constructor(spot: Spot, scope: Scope, diagnostics: Diagnostics) {
    this.spot = spot;
    this.scope = scope;
    this.diagnostics = diagnostics;
  }

  check(syntax: Syntax): Typed {
    switch (syntax.node) {
      case 'and':
      case 'or':
        return { condition: { op: syntax.node === 'and' ? 'all' : 'any', items: syntax.items.map((item) => this.condition(item)) } };
      case 'not':
        return { condition: { op: 'not', item: this.condition(syntax.item) } };
      case 'compare':
        return { condition: this.compare(syntax) };
      case 'has':
        return { condition: this.guard(this.has(syntax)) };
      case 'among':
        return { condition: this.guard(this.among(syntax)) };
      case 'within':
        return { condition: this.guard(this.within(syntax)) };
      case 'name':
        return this.name(syntax);
      default:
        return this.value(syntax);
    }
  }

  private fail(code: Parameters<Diagnostics['add']>[0], at: Syntax, values: Readonly<Record<string, string>>): never {
    this.diagnostics.add(code, this.spot.place(at.start), values);
    throw new Wrong();
  }

  private textOf(syntax: Syntax): string {
    return this.spot.text.slice(syntax.start, syntax.end);
  }

  private condition(syntax: Syntax): Condition {
    const typed = this.check(syntax);
    if ('condition' in typed) return typed.condition;
    return this.wrongType(syntax, typed.type, 'condition');
  }

  private wrongType(syntax: Syntax, found: ValueType | 'condition', ...expected: (ValueType | 'condition')[]): never {
    return this.fail('wrong-type', syntax, {
      expected: expected.map((type) => typeWords(type)[0]).join('或'),
      expectedEn: expected.map((type) => typeWords(type)[1]).join(' or '),
      text: this.textOf(syntax),
      found: typeWords(found)[0],
      foundEn: typeWords(found)[1],
    });
  }

  /** Who has no employer meets no condition on the employer. */
  private guard(condition: Condition): Condition {
    const { vocabulary } = this.scope;
    const asksEmployer = factsOf(condition).some((slot) => vocabulary.facts[slot]?.employer === true && slot !== vocabulary.employerKindSlot);
    return asksEmployer ? { op: 'employed', item: condition } : condition;
  }

  private fact(name: string): Fact | undefined {
    return this.scope.vocabulary.facts.find((fact) => fact.name === name);
  }

  private name(syntax: Syntax & { node: 'name' }): Typed {
    const found = this.scope.find(syntax.name, this.spot.place(syntax.start));
    if (found === 'broken') throw new Wrong();
    if (found !== undefined) return found;
    const fact = this.fact(syntax.name);
    if (fact !== undefined) return this.factValue(fact);
    for (const [other, vocabulary] of Object.entries(this.scope.vocabularies)) {
      if (other === this.scope.subject || !vocabulary.facts.some((item) => item.name === syntax.name)) continue;
      const [own, alien] = [subjectWords[this.scope.subject], subjectWords[other as SubjectKind]];
      this.fail('wrong-subject', syntax, { fact: syntax.name, subject: own[0], subjectEn: own[1], other: alien[0], otherEn: alien[1] });
    }
    return this.fail('unknown-fact', syntax, { name: syntax.name, near: this.suggest(syntax.name) });
  }

  private suggest(name: string): string {
    // “非全日制” without a space is one name; people mean the negation.
    if (name.startsWith('非') && this.fact(name.slice(1)) !== undefined) return `非 ${name.slice(1)}`;
    return nearest(name, [...this.scope.names(), ...this.scope.vocabulary.facts.map((fact) => fact.name)]) ?? '';
  }

  private factValue(fact: Fact): Typed {
    if (fact.type === 'flag') return { condition: this.guard({ op: 'flag', slot: fact.slot }) };
    const domain = fact.values === undefined ? {} : { domain: { name: domainName(fact), values: fact.values } };
    return { value: { op: 'fact', slot: fact.slot }, type: fact.type, ...domain };
  }

  private value(syntax: Syntax): TypedValue {
    switch (syntax.node) {
      case 'name': {
        const typed = this.name(syntax);
        return 'condition' in typed ? this.wrongType(syntax, 'condition', 'money', 'number') : typed;
      }
      case 'number':
        return this.number(syntax);
      case 'date': {
        const date = dateOf(Number(syntax.text.slice(0, 4)), Number(syntax.text.slice(5, 7)), Number(syntax.text.slice(8)));
        return date === undefined ? this.fail('bad-date', syntax, { found: this.textOf(syntax) }) : { value: { op: 'constant', value: date }, type: 'date' };
      }
      case 'today':
        return { value: { op: 'today' }, type: 'date' };
      case 'quoted':
        return { value: { op: 'literal', text: syntax.text }, type: 'text' };
      case 'elapsed': {
        const [from, to] = [this.value(syntax.from), this.value(syntax.to)];
        if (from.type !== 'date') this.wrongType(syntax.from, from.type, 'date');
        if (to.type !== 'date') this.wrongType(syntax.to, to.type, 'date');
        return { value: { op: 'elapsed', from: from.value, to: to.value }, type: 'years' };
      }
      case 'add':
      case 'subtract':
        return this.sum(syntax, syntax.node);
      case 'times':
        return this.product(syntax);
      case 'call':
        return this.call(syntax);
      default:
        return this.wrongType(syntax, 'condition', 'money', 'number');
    }
  }

  private number(syntax: Syntax & { node: 'number' }): TypedValue {
    const scaled = (decimals: number, why: string, whyEn: string): number => {
      const [whole = '', part = ''] = syntax.digits.split('.');
      if (part.replace(/0+$/, '').length > decimals) this.fail('bad-number', syntax, { found: this.textOf(syntax), why, whyEn });
      const result = Number(whole + part.slice(0, decimals).padEnd(decimals, '0'));
      if (!(result <= MAX_FEN)) this.fail('bad-number', syntax, { found: this.textOf(syntax), why: '太大', whyEn: 'is too large' });
      return result;
    };
    const constant = (value: number, type: ValueType): TypedValue => ({ value: { op: 'constant', value }, type });
    switch (syntax.unit) {
      case '元':
        return constant(scaled(2, '最多到分，两位小数', 'can have at most two decimals (fen)'), 'money');
      case '万元':
        return constant(scaled(6, '最多到分，六位小数', 'can have at most six decimals (fen)'), 'money');
      case '亿元':
        return constant(scaled(10, '最多到分，十位小数', 'can have at most ten decimals (fen)'), 'money');
      case '%':
        return constant(scaled(4, '最多四位小数', 'can have at most four decimals'), 'share');
      case '年':
        return constant(scaled(2, '最多两位小数', 'can have at most two decimals') / 100, 'years');
      case '月':
        return constant(scaled(0, '应当是整月', 'must be whole months'), 'months');
      case '日':
        return constant(scaled(0, '应当是整日', 'must be whole days'), 'days');
      default:
        return constant(scaled(6, '最多六位小数', 'can have at most six decimals'), 'number');
    }
  }

  private sum(syntax: Operation, node: 'add' | 'subtract'): TypedValue {
    const left = this.value(syntax.left);
    const right = this.value(syntax.right);
    if (left.type === 'date') {
      if (right.type !== 'years' && right.type !== 'months' && right.type !== 'days') this.wrongType(syntax.right, right.type, 'years', 'months', 'days');
      if (right.value.op !== 'constant' && right.value.op !== 'parameter') {
        const [found, foundEn] = ['因人而异的年数', 'a number of years that differs from person to person'];
        this.fail('wrong-type', syntax.right, { expected: '写定的年数、月数、日数或参数', expectedEn: 'a fixed number of years, months or days, or a parameter', text: this.textOf(syntax.right), found, foundEn });
      }
      const size = right.value.op === 'constant' ? right.value.value : 0;
      if (!Number.isInteger(size) || right.isPartial === true) {
        this.fail('bad-number', syntax.right, { found: this.textOf(syntax.right), why: '应当是整数', whyEn: 'must be a whole number' });
      }
      if (size > MAX_SHIFT[right.type]) this.fail('bad-number', syntax.right, { found: this.textOf(syntax.right), why: '太大', whyEn: 'is too large' });
      return { value: { op: 'shift', date: left.value, unit: right.type as 'years', by: right.value, sign: node === 'add' ? 1 : -1 }, type: 'date' };
    }
    if (node === 'subtract') {
      const [found, foundEn] = typeWords(left.type);
      this.fail('wrong-type', syntax.left, { expected: '日期（求两个数的差请用 超出(甲, 乙)）', expectedEn: 'a date (for the difference of two amounts use 超出(a, b))', text: this.textOf(syntax.left), found, foundEn });
    }
    if (!isQuantity(left.type)) this.wrongType(syntax.left, left.type, 'money', 'number', 'years', 'date');
    if (left.type !== right.type) this.wrongUnit(syntax.left, left, syntax.right, right);
    return { value: { op: 'sum', items: [left.value, right.value] }, type: left.type };
  }

  private product(syntax: Operation): TypedValue {
    const operands = [this.value(syntax.left), this.value(syntax.right)] as const;
    const [left, right] = operands;
    const isFactor = (type: ValueType): boolean => type === 'share' || type === 'number';
    if (left.type === 'money' && isFactor(right.type)) return { value: { op: 'times', left: left.value, right: right.value }, type: 'money' };
    if (isFactor(left.type) && right.type === 'money') return { value: { op: 'times', left: right.value, right: left.value }, type: 'money' };
    if (isFactor(left.type) && isFactor(right.type)) {
      return { value: { op: 'times', left: left.value, right: right.value }, type: left.type === 'share' && right.type === 'share' ? 'share' : 'number' };
    }
    const at = isFactor(left.type) || left.type === 'money' ? syntax.right : syntax.left;
    return this.wrongType(at, at === syntax.right ? right.type : left.type, 'share', 'number', ...(left.type === 'money' ? [] : (['money'] as const)));
  }

  private call(syntax: Syntax & { node: 'call' }): TypedValue {
    const items = syntax.items.map((item) => this.value(item));
    const [first] = items;
    const firstSyntax = syntax.items[0];
    if (first === undefined || firstSyntax === undefined || items.length < 2 || (syntax.name === '超出' && items.length !== 2)) {
      return this.fail('bad-expression', syntax, { expected: `${syntax.name}(甲, 乙)`, expectedEn: `${syntax.name}(a, b)`, found: `“${this.textOf(syntax)}”`, foundEn: `"${this.textOf(syntax)}"` });
    }
    items.forEach((item, index) => {
      const at = syntax.items[index] ?? firstSyntax;
      if (!isQuantity(item.type) && (item.type !== 'date' || syntax.name === '超出')) this.wrongType(at, item.type, 'money', 'number', 'years', 'share');
      if (item.type !== first.type) this.wrongUnit(firstSyntax, first, at, item);
    });
    if (syntax.name === '超出') {
      const second = items[1] ?? first;
      return { value: { op: 'above', left: first.value, right: second.value }, type: first.type };
    }
    return { value: { op: syntax.name === '取小' ? 'least' : 'greatest', items: items.map((item) => item.value) }, type: first.type };
  }

  private compare(syntax: Syntax & { node: 'compare' }): Condition {
    const nodes = [syntax.first, ...syntax.rest.map(({ right }) => right)];
    const operands = this.operands(nodes, syntax);
    const items = syntax.rest.map(({ relation }, index): Condition => {
      const [left, right] = [operands[index], operands[index + 1]];
      const [leftNode, rightNode] = [nodes[index] ?? syntax, nodes[index + 1] ?? syntax];
      if (left === undefined || right === undefined) throw new Wrong();
      this.mustCompare(syntax, relation as Relation, [left, leftNode], [right, rightNode]);
      return this.guard({ op: 'compare', relation: relation as Relation, left: left.value, right: right.value });
    });
    return items.length === 1 && items[0] !== undefined ? items[0] : { op: 'all', items };
  }

  /** Reads the sides of a comparison: a bare word beside a level or a kind is one of its values, whatever else bears the name. */
  private operands(nodes: readonly Syntax[], whole: Syntax): TypedValue[] {
    const isBare = (node: Syntax): boolean => node.node === 'quoted' || (node.node === 'number' && node.unit === '') || (node.node === 'name' && this.fact(node.name) === undefined);
    const firm = nodes.map((node) => (isBare(node) ? undefined : this.value2(node, whole)));
    const named = nodes.map((node) => (node.node === 'name' && isBare(node) ? this.scope.names().includes(node.name) : false));
    // Where no side is a fact, a reading or a definition gives the domain.
    const settled = firm.some((item) => item !== undefined) ? firm : nodes.map((node, index) => (named[index] === true ? this.value2(node, whole) : undefined));
    const model = settled.find((item) => item?.domain !== undefined);
    // A bare word beside a place is no place either; that a place is asked with 位于 is told of later.
    const isText = settled.some((item) => item?.type === 'text' || item?.type === 'place' || item?.type === 'places');
    return nodes.map((node, index) => {
      const known = settled[index];
      if (known !== undefined) return known;
      const word = wordOf(node);
      if (model?.domain !== undefined && (model.domain.values.includes(word) || named[index] !== true)) return this.domainValue(node, word, model.domain, model.type);
      if (named[index] === true) return this.value2(node, whole);
      if (isText) return { value: { op: 'literal', text: word }, type: 'text' };
      return this.value(node);
    });
  }

  private value2(node: Syntax, whole: Syntax): TypedValue {
    const typed = node.node === 'name' ? this.name(node) : this.value(node);
    if ('condition' in typed) {
      const text = this.textOf(whole);
      return this.fail('impossible-comparison', node, {
        text,
        why: `“${this.textOf(node)}”只有是或否，直接写“${this.textOf(node)}”或“非 ${this.textOf(node)}”`,
        whyEn: `"${this.textOf(node)}" is true or false; write it alone or with 非 before it`,
      });
    }
    return typed;
  }

  private domainValue(node: Syntax, word: string, domain: Domain, type: ValueType): TypedValue {
    const at = domain.values.indexOf(word);
    if (at < 0) this.fail('unknown-level', node, { fact: domain.name, value: word, near: nearest(word, domain.values) ?? '', known: domain.values.join('、') });
    return { value: { op: 'constant', value: at }, type, domain };
  }

  private mustCompare(whole: Syntax, relation: Relation, [left, leftNode]: readonly [TypedValue, Syntax], [right, rightNode]: readonly [TypedValue, Syntax]): void {
    const impossible = (why: string, whyEn: string): never => this.fail('impossible-comparison', leftNode, { text: this.textOf(whole), why, whyEn });
    const isOrder = relation !== '=' && relation !== '≠';
    for (const side of [left, right]) {
      if (side.type === 'kinds') impossible('一组类别要用“有”来问', 'a set is asked with 有');
      if (side.type === 'place' || side.type === 'places') impossible('地方要用“位于”来问', 'a place is asked with 位于');
    }
    if (left.type !== right.type) this.wrongUnit(leftNode, left, rightNode, right);
    if (left.domain?.name !== right.domain?.name) impossible(`“${left.domain?.name ?? ''}”和“${right.domain?.name ?? ''}”不是一回事`, 'the two sides are different things');
    if (isOrder && (left.type === 'kind' || left.type === 'text')) impossible('没有高低之分，只能用 = 或 ≠', 'it has no order; use = or ≠');
    if (left.type === 'text' && !isFixed(left.value) && !isFixed(right.value)) impossible('两段文字不能互相比，只能和写定的文字比', 'two texts cannot be compared with each other, only with a text that is written out');
    if (isFixed(left.value) && isFixed(right.value)) impossible('两边都是固定的，结果永远一样', 'both sides are fixed, so the outcome never changes');
  }

  private wrongUnit(leftNode: Syntax, left: TypedValue, rightNode: Syntax, right: TypedValue): never {
    const bare = rightNode.node === 'number' && rightNode.unit === '';
    const unit = left.type === 'money' ? '元' : left.type === 'years' ? '年' : left.type === 'share' ? '%' : '';
    return this.fail('wrong-unit', rightNode, {
      left: this.textOf(leftNode),
      leftType: typeWords(left.type)[0],
      leftTypeEn: typeWords(left.type)[1],
      right: this.textOf(rightNode),
      rightType: typeWords(right.type)[0],
      rightTypeEn: typeWords(right.type)[1],
      fix: bare && unit !== '' ? `${this.textOf(rightNode)}${unit}` : '',
    });
  }

  private has(syntax: Syntax & { node: 'has' }): Condition {
    const left = this.value2(syntax.left, syntax);
    if (left.type !== 'kinds' || left.domain === undefined) return this.wrongType(syntax.left, left.type, 'kinds');
    if (left.value.op !== 'fact') return this.notAFact(syntax.left);
    let mask = 0;
    for (const node of syntax.values) {
      const value = this.domainValue(node, this.wordAt(node), left.domain, 'kinds').value;
      if (value.op === 'constant') mask |= 1 << value.value;
    }
    return { op: 'has', slot: left.value.slot, mask };
  }

  /** Sets and places are asked of facts only, not of definitions that stand for them. */
  private notAFact(syntax: Syntax): never {
    return this.fail('wrong-type', syntax, { expected: '事实的名称', expectedEn: 'the name of a fact', text: this.textOf(syntax), found: '定义', foundEn: 'a definition' });
  }

  private among(syntax: Syntax & { node: 'among' }): Condition {
    const left = this.value2(syntax.left, syntax);
    const { domain, type } = left;
    if (type === 'text') return { op: 'among', left: left.value, right: syntax.values.map((node) => ({ op: 'literal', text: this.wordAt(node) })) };
    if (domain === undefined || (type !== 'level' && type !== 'kind')) return this.wrongType(syntax.left, type, 'level', 'kind', 'text');
    return { op: 'among', left: left.value, right: syntax.values.map((node) => this.domainValue(node, this.wordAt(node), domain, type).value) };
  }

  private wordAt(node: Syntax): string {
    if (node.node === 'name' || node.node === 'quoted' || (node.node === 'number' && node.unit === '')) return wordOf(node);
    return this.fail('bad-expression', node, { expected: '一个取值', expectedEn: 'a value', found: `“${this.textOf(node)}”`, foundEn: `"${this.textOf(node)}"` });
  }

  private within(syntax: Syntax & { node: 'within' }): Condition {
    const left = this.value2(syntax.left, syntax);
    if (left.type !== 'place' && left.type !== 'places') return this.wrongType(syntax.left, left.type, 'place');
    if (left.value.op !== 'fact') return this.notAFact(syntax.left);
    const word = this.wordAt(syntax.place);
    const found = this.scope.place(word);
    if ('candidates' in found) return this.fail('unknown-place', syntax.place, { found: word, near: found.candidates.join('、') });
    return { op: 'within', slot: left.value.slot, place: found.code, many: left.type === 'places' };
  }
}

function wordOf(node: Syntax): string {
  return node.node === 'name' ? node.name : node.node === 'quoted' ? node.text : node.node === 'number' ? node.digits : '';
}

function isQuantity(type: ValueType): boolean {
  return type === 'money' || type === 'number' || type === 'years' || type === 'share';
}

/** Values that cannot differ between two subjects. A parameter or a reading can differ between two evaluations. */
function isFixed(value: Value): boolean {
  return value.op === 'constant' || value.op === 'literal';
}

/** Facts of the employer and of an organisation share their values, and so do both university classes. */
function domainName(fact: Fact): string {
  return fact.name.replace(/^用人单位\./, '').replace(/^第一学历院校类别$/, '院校类别');
}

