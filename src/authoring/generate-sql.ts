// Generates PostgreSQL 15 for a whole population: one SELECT that says of every row what interpret.ts says of one subject.
// Every number is a double precision, as in the engine: exact for fen up to 2^53, with the same infinity, and never an overflow error.

import { addDays, addMonths, addYears, isLeapYear, wholeYears } from '../policy/calendar.ts';
import { askedSlot, boundsOf, type Setting } from '../policy/interpret.ts';
import { WORD_BITS, wordCount } from '../policy/kernel.ts';
import type { AmountRule, Benefit, Condition, Fact, Policy, Relation, SubjectKind, Value, ValueType, Vocabulary } from '../policy/model.ts';
import { timesMicro } from '../policy/money.ts';
import { ABSENT, FALSE, MICRO, TRUE } from '../policy/values.ts';

/** What generated SQL needs to know besides policy and setting. */
export interface SqlOptions {
  /** A table as {@link generatePopulationTable} makes it. */
  readonly table: string;
  /** Names of universities, spelled as `spellUniversity` does, with the bits of their classes or -1. */
  readonly universities: readonly (readonly [string, number])[];
}

/** A column of the population table by the type of its fact. */
const columnTypes: Readonly<Record<ValueType, string>> = {
  flag: 'boolean',
  number: 'bigint',
  money: 'bigint',
  date: 'date',
  years: 'double precision',
  months: 'double precision',
  days: 'double precision',
  share: 'bigint',
  text: 'text',
  level: 'smallint',
  kind: 'smallint',
  kinds: 'integer',
  place: 'integer',
  places: 'integer[]',
};

/** The type of the column that holds a fact. */
export function columnType(fact: Fact): string {
  return columnTypes[fact.type];
}

/** Quotes a name; PostgreSQL would silently cut one of more than 63 bytes. */
export function quoteName(name: string): string {
  if (Buffer.byteLength(name) > 63) throw new Error(`PostgreSQL cuts names of more than 63 bytes: ${name}`);
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text, whatever `standard_conforming_strings` is set to. */
function quoteText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}

/**
 * The statement that creates a population table: `id bigint` and one column per fact, named as the fact. NULL is unknown; a
 * derived fact is NULL unless it was given. level, kind: index of the value; kinds: bits; money: fen; number, share: millionths;
 * place, places: current codes; text: trimmed.
 */
export function generatePopulationTable(vocabulary: Vocabulary, tableName: string): string {
  const columns = vocabulary.facts.map((fact) => `,\n  ${quoteName(fact.name)} ${columnType(fact)}`);
  return `create table ${quoteName(tableName)} (\n  id bigint primary key${columns.join('')}\n)`;
}

/**
 * The SELECT that yields, for every row of the table, `id` and for benefit number k of the policy for that kind of subject:
 * - `s<k>` smallint: 1 yes, 2 no, 3 unknown, 4 review;
 * - `m<k>_0`, `m<k>_1` … integer: facts that are missing for the status, in words of bits as in `KernelOutput`;
 * - `l<k>`, `h<k>` bigint: bounds of the amount in fen; `h<k>` is NULL where there is no upper bound (or one above 9e18);
 * - `a<k>_0`, `a<k>_1` … integer: facts that keep the amount from being exact;
 * - `p<k>_0` … integer: parameters that do, in the policy's order.
 *
 * Where the status is no, everything about the amount is NULL. Run it with `jit = off`: compiling it takes longer than running it.
 */
export function generateSql(policy: Policy, vocabulary: Vocabulary, subject: SubjectKind, setting: Setting, options: SqlOptions): string {
  const program = new Program(policy, vocabulary, setting, options);
  const benefits = policy.benefits.filter((benefit) => benefit.subject === subject);
  return program.assemble(benefits.flatMap((benefit, index) => program.outputsOf(benefit, index)));
}

/** An SQL expression. Beyond the first layer it mentions only columns `f1`, `c1` … and never a text of a pack. */
type Sql = string;

/** One word of a mask: bits that are always in it, expressions that add more, and all bits that may be in it. */
interface Word {
  readonly fixed: number;
  readonly terms: readonly Sql[];
  readonly bits: number;
}

/** What is missing: words of slots, then words of parameters. */
type Mask = readonly Word[];

/** What is missing of something when it is unknown. */
interface Gap {
  /** Whether it is unknown. */
  readonly isUnknown: Sql;
  readonly missing: Mask;
  /** True where `missing` is empty whenever this is known, so that nobody has to ask. */
  readonly isGuarded: boolean;
}

interface Outcome extends Gap {
  readonly truth: Sql;
  readonly constant?: boolean;
}

interface Measure extends Gap {
  readonly constant?: number;
  /** The value, NULL when unknown. */
  readonly known: Sql;
  readonly low: Sql;
  readonly high: Sql;
  readonly isUnbounded: boolean;
}

const EMPTY: Word = { fixed: 0, terms: [], bits: 0 };
const UNBOUNDED = number(Infinity);
const relations: Readonly<Record<Relation, Sql>> = { '=': '=', '≠': '<>', '<': '<', '≤': '<=', '>': '>', '≥': '>=' };
const compares: Readonly<Record<Relation, (left: number, right: number) => boolean>> = {
  '=': (left, right) => left === right,
  '≠': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '≤': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '≥': (left, right) => left >= right,
};

function number(value: number): Sql {
  return `float8 '${value}'`;
}

/** Collects columns in layers: each is computed once, one layer above the last column that it needs. */
class Program {
  readonly #policy: Policy;
  readonly #vocabulary: Vocabulary;
  readonly #setting: Setting;
  readonly #options: SqlOptions;
  readonly #conditions = new Map<string, Outcome>();
  readonly #values = new Map<string, Measure>();
  /** Columns beyond the first layer, by what they compute. */
  readonly #names = new Map<Sql, string>();
  readonly #columns = new Map<string, { readonly sql: Sql; readonly layer: number }>();
  readonly #slots = new Set<number>();
  readonly #literals = new Map<string, number>();
  readonly #slotWords: number;
  readonly #nothing: Mask;

  constructor(policy: Policy, vocabulary: Vocabulary, setting: Setting, options: SqlOptions) {
    this.#policy = policy;
    this.#vocabulary = vocabulary;
    this.#setting = setting;
    this.#options = options;
    this.#slotWords = wordCount(vocabulary.facts.length);
    this.#nothing = Array.from({ length: this.#slotWords + wordCount(policy.parameters.length) }, () => EMPTY);
  }

  /** The columns of the result for one benefit, as `expression as name`. */
  outputsOf(benefit: Benefit, index: number): Sql[] {
    const outcome = this.#judge(benefit.condition);
    const amount = this.#amount(benefit.amount);
    const missing = this.#settle(outcome).slice(0, this.#slotWords);
    const asked = missing.flatMap((word, w) => {
      const open = word.bits & ~this.#reviewedBits(w);
      return open === 0 ? [] : [`${wordOf(word)} & ${open} <> 0`];
    });
    const open = asked.length === 0 ? '4' : `case when ${asked.join(' or ')} then 3 else 4 end`;
    const isPaid = `${outcome.truth} is not false`;
    const incomplete = this.#settle(amount).map((word) => `case when ${isPaid} then ${wordOf(word)} end as `);
    // Casting more than a bigint holds would fail the whole query.
    const low = amount.isUnbounded ? `least(${amount.low}, ${number(9e18)})` : amount.low;
    const hasBound = amount.isUnbounded ? ` and ${amount.high} < ${number(9e18)}` : '';
    return [
      `(case when ${outcome.truth} then ${benefit.reviewed ? 4 : 1} when not ${outcome.truth} then 2 else ${open} end)::int2 as s${index}`,
      ...missing.map((word, w) => `${wordOf(word)} as m${index}_${w}`),
      `case when ${isPaid} then (${low})::int8 end as l${index}`,
      `case when ${isPaid}${hasBound} then (${amount.high})::int8 end as h${index}`,
      ...incomplete.slice(0, this.#slotWords).map((sql, w) => `${sql}a${index}_${w}`),
      ...incomplete.slice(this.#slotWords).map((sql, w) => `${sql}p${index}_${w}`),
    ];
  }

  /** Nests the layers; `offset 0` keeps PostgreSQL from merging them, which would compute shared columns again and again. */
  assemble(outputs: readonly Sql[]): string {
    const layers: string[][] = [[...this.#slots].map((slot) => `f${slot}`)];
    const lastUse = new Map<string, number>();
    const top = Math.max(0, ...[...this.#columns.values()].map(({ layer }) => layer)) + 1;
    for (const name of mentioned(outputs.join(' '))) lastUse.set(name, top);
    for (const [name, { sql, layer }] of this.#columns) {
      (layers[layer] ??= []).push(name);
      for (const used of mentioned(sql)) lastUse.set(used, Math.max(layer, lastUse.get(used) ?? 0));
    }
    let query = this.#factLayer(layers[0] ?? []);
    let carried = layers[0] ?? [];
    for (let layer = 1; layer < top; layer++) {
      carried = carried.filter((name) => (lastUse.get(name) ?? 0) > layer);
      const fresh = (layers[layer] ?? []).filter((name) => lastUse.has(name));
      query = `select ${['id', ...carried, ...fresh.map((name) => `${this.#columns.get(name)?.sql} as ${name}`)].join(', ')}\nfrom (${query}) as l${layer - 1} offset 0`;
      carried = [...carried, ...fresh];
      if (Math.max(carried.length, outputs.length) > 1_600) throw new Error(`${this.#policy.id} needs more columns than PostgreSQL has in a row`);
    }
    return `select ${['id', ...outputs].join(',\n  ')}\nfrom (${query}) as l${top - 1}`;
  }

  /** The first layer reads the table, spells numbers and dates as the engine does and looks universities up. */
  #factLayer(names: readonly string[]): Sql {
    const joins: Sql[] = [];
    const columns = names.map((name) => {
      const fact = this.#fact(Number(name.slice(1)));
      const column = `t.${quoteName(fact.name)}`;
      if (fact.of === undefined || fact.by !== 'university') return `${this.#readFact(fact, column)} as ${name}`;
      const base = `t.${quoteName(this.#fact(fact.of).name)}`;
      if (this.#options.universities.length === 0) return `coalesce(${column}, case when ${base} is not null then 0 end) as ${name}`;
      const [join, start] = [`u${joins.length}`, `v${joins.length}`];
      const spelling = spelled(base);
      joins.push(
        ` left join universities as ${join} on ${join}.name = ${spelling}` +
          ` left join universities as ${start} on ${join}.name is null and ${start}.name = left(${spelling}, position('大学' in ${spelling}) + 1)`,
      );
      // A listed name that goes on may be a school of the university or an independent college: its classes are not known.
      // Nor is anything known of a name in another script.
      const classes = `coalesce(${join}.classes, case when ${start}.classes <> 0 or ${spelling} ~ E'^[^\\u4e00-\\u9fff]+$|學' then ${ABSENT} else 0 end)`;
      return `coalesce(${column}, case when ${base} is not null then nullif(${classes}, ${ABSENT}) end) as ${name}`;
    });
    // Two entries of one name would double the people who went there.
    const listed = [...new Map(this.#options.universities)].map(([name, classes]) => `(${quoteText(name)}, ${classes})`);
    const lookup = joins.length === 0 ? '' : `with universities (name, classes) as (values ${listed.join(', ')})\n`;
    return `${lookup}select ${['t.id', ...columns].join(', ')}\nfrom ${quoteName(this.#options.table)} as t${joins.join('')} offset 0`;
  }

  #readFact(fact: Fact, column: Sql): Sql {
    switch (fact.type) {
      case 'flag':
      case 'kinds':
      case 'place':
      case 'places':
        return column;
      case 'date':
        return dateNumber(column);
      case 'text': {
        const known = [...this.#literals].map(([text, code]) => ` when ${quoteText(text)} then ${number(code)}`).join('');
        const other = `case when ${column} is not null then ${number(0)} end`;
        return known === '' ? other : `case ${column}${known} else ${other} end`;
      }
      default:
        return `${column}::float8`;
    }
  }

  /** The column that computes an expression; the same expression is computed once. */
  #column(sql: Sql): Sql {
    let name = this.#names.get(sql);
    if (name === undefined) {
      name = `c${this.#names.size}`;
      const layer = Math.max(0, ...mentioned(sql).map((used) => this.#columns.get(used)?.layer ?? 0)) + 1;
      this.#names.set(sql, name);
      this.#columns.set(name, { sql, layer });
    }
    return name;
  }

  #fact(slot: number): Fact {
    const fact = this.#vocabulary.facts[slot];
    if (fact === undefined) throw new Error(`no fact has slot ${slot}`);
    return fact;
  }

  /** The column of a fact in its own form: boolean, bits, place codes, otherwise a number; NULL when unknown. */
  #factColumn(slot: number): Sql {
    const fact = this.#fact(slot);
    this.#slots.add(slot);
    if (fact.of === undefined || fact.by === 'university') return `f${slot}`;
    const base = this.#factColumn(fact.of);
    return this.#column(`coalesce(f${slot}, ${elapsed(base, number(this.#setting.date), this.#setting.date)})`);
  }

  // Masks.

  /** The mask of one bit, counted from the first word given. */
  #bit(firstWord: number, at: number): Mask {
    const bits = 1 << (at % WORD_BITS);
    const word = firstWord + Math.floor(at / WORD_BITS);
    return this.#nothing.map((empty, w) => (w === word ? { fixed: bits, terms: [], bits } : empty));
  }

  #reviewedBits(word: number): number {
    const reviewed = this.#vocabulary.facts.filter((fact) => fact.from === '认定' && Math.floor(fact.slot / WORD_BITS) === word);
    return reviewed.reduce((bits, fact) => bits | (1 << (fact.slot % WORD_BITS)), 0);
  }

  #union(masks: readonly Mask[]): Mask {
    return this.#nothing.map((_, w) => {
      const words = masks.map((mask) => mask[w] ?? EMPTY);
      return {
        fixed: words.reduce((bits, word) => bits | word.fixed, 0),
        terms: [...new Set(words.flatMap((word) => word.terms))],
        bits: words.reduce((bits, word) => bits | word.bits, 0),
      };
    });
  }

  /** A mask that counts only under a condition. */
  #guard(condition: Sql, mask: Mask): Mask {
    return mask.map((word) => (word.bits === 0 ? EMPTY : { ...word, fixed: 0, terms: [`case when ${condition} then ${wordOf(word)} else 0 end`] }));
  }

  /** What is missing of something that may be known: then nothing. */
  #guarded(gap: Gap): Mask {
    return gap.isGuarded ? gap.missing : this.#guard(gap.isUnknown, gap.missing);
  }

  /** The same in columns of its own. */
  #settle(gap: Gap): Mask {
    return this.#guarded(gap).map((word) => (word.bits === 0 ? EMPTY : { ...word, fixed: 0, terms: [this.#column(wordOf(word))] }));
  }

  /** What is missing of a whole that is unknown only because a part is. */
  #missingOf(parts: readonly Gap[]): Mask {
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only.missing : this.#union(parts.map((part) => this.#guarded(part)));
  }

  #slotBit(slot: number): Mask {
    return this.#bit(0, askedSlot(this.#vocabulary, slot));
  }

  // Conditions.

  #always(constant: boolean): Outcome {
    return { truth: String(constant), constant, isUnknown: 'false', missing: this.#nothing, isGuarded: true };
  }

  #open(truth: Sql, missing: Mask): Outcome {
    return { truth, isUnknown: `${truth} is null`, missing, isGuarded: false };
  }

  /** A condition on one fact. */
  #leaf(slot: number, truth: Sql): Outcome {
    return this.#open(truth, this.#slotBit(slot));
  }

  #judge(condition: Condition): Outcome {
    switch (condition.op) {
      case 'always':
        return this.#always(condition.value);
      case 'flag':
        return this.#leaf(condition.slot, this.#factColumn(condition.slot));
      case 'compare':
        return this.#compare(condition.relation, this.#measure(condition.left), this.#measure(condition.right));
      case 'has':
        return this.#leaf(condition.slot, this.#column(`${this.#factColumn(condition.slot)} & ${condition.mask} <> 0`));
      case 'among':
        return this.#among(this.#measure(condition.left), condition.right.map((item) => this.#measure(item)));
      case 'within':
        return this.#leaf(condition.slot, this.#column(within(this.#factColumn(condition.slot), condition.place, condition.many)));
      case 'all':
      case 'any':
        return this.#combine(condition.items.map((item) => this.#judge(item)), condition.op === 'any');
      case 'not': {
        const inner = this.#judge(condition.item);
        return inner.constant === undefined ? { ...inner, truth: `(not ${inner.truth})` } : this.#always(!inner.constant);
      }
      case 'defined':
        return this.#definedCondition(condition.definition);
      case 'reading': {
        const branch = condition.branches[this.#setting.readings.get(condition.reading) ?? 0];
        if (branch === undefined) throw new Error(`reading ${condition.reading} has no such alternative`);
        return this.#judge(branch);
      }
      case 'employed': {
        const inner = this.#judge(condition.item);
        const slot = this.#vocabulary.employerKindSlot;
        if (slot === undefined || inner.constant === false) return inner;
        return this.#open(this.#column(`case when ${this.#factColumn(slot)} = 0 then false else ${inner.truth} end`), inner.missing);
      }
    }
  }

  #compare(relation: Relation, left: Measure, right: Measure): Outcome {
    if (left.constant !== undefined && right.constant !== undefined) return this.#always(compares[relation](left.constant, right.constant));
    const missing = this.#missingOf([left, right].filter((side) => side.constant === undefined));
    return this.#open(this.#column(`${left.known} ${relations[relation]} ${right.known}`), this.#onlySlots(missing));
  }

  #among(left: Measure, right: readonly Measure[]): Outcome {
    const items = right.map((item) => item.low);
    const truth = items.length === 0 ? `case when ${left.known} is not null then false end` : `${left.known} in (${items.join(', ')})`;
    return this.#open(this.#column(truth), this.#onlySlots(left.missing));
  }

  /** Conditions are kept open by facts; a parameter that is not set is no fact. */
  #onlySlots(mask: Mask): Mask {
    return mask.map((word, w) => (w < this.#slotWords ? word : EMPTY));
  }

  #combine(items: readonly Outcome[], decider: boolean): Outcome {
    if (items.some((item) => item.constant === decider)) return this.#always(decider);
    const open = items.filter((item) => item.constant === undefined);
    const [only] = open;
    if (only === undefined) return this.#always(!decider);
    if (open.length === 1) return only;
    return this.#open(this.#column(open.map((item) => item.truth).join(decider ? ' or ' : ' and ')), this.#missingOf(open));
  }

  #definedCondition(name: string): Outcome {
    let outcome = this.#conditions.get(name);
    if (outcome === undefined) {
      const definition = this.#policy.definitions.find((candidate) => candidate.name === name);
      if (definition === undefined || !('condition' in definition)) throw new Error(`no condition is defined as ${name}`);
      const inner = this.#judge(definition.condition);
      outcome = inner.isGuarded ? inner : { ...inner, missing: this.#settle(inner), isGuarded: true };
      this.#conditions.set(name, outcome);
    }
    return outcome;
  }

  // Values.

  #exactly(constant: number): Measure {
    const sql = number(constant);
    return { constant, known: sql, low: sql, high: sql, isUnknown: 'false', isUnbounded: constant === Infinity, missing: this.#nothing, isGuarded: true };
  }

  /** A value that is known or quite unknown. */
  #point(known: Sql, missing: Mask): Measure {
    const [low, high] = [`coalesce(${known}, ${number(0)})`, `coalesce(${known}, ${UNBOUNDED})`];
    return { known, low, high, isUnknown: `${known} is null`, isUnbounded: true, missing, isGuarded: false };
  }

  /** A value between two bounds, which may meet. */
  #interval(low: Sql, high: Sql, isUnbounded: boolean, missing: Mask): Measure {
    const isUnknown = `${low} <> ${high}`;
    return { known: `(case when ${low} = ${high} then ${low} end)`, low, high, isUnknown, isUnbounded, missing, isGuarded: false };
  }

  #measure(value: Value): Measure {
    switch (value.op) {
      case 'constant':
        return this.#exactly(value.value);
      case 'literal':
        if (!this.#literals.has(value.text)) this.#literals.set(value.text, this.#literals.size + 1);
        return this.#exactly(this.#literals.get(value.text) ?? ABSENT);
      case 'fact':
        return this.#point(this.#factNumber(value.slot), this.#slotBit(value.slot));
      case 'parameter': {
        const given = this.#setting.parameters.get(value.parameter) ?? null;
        if (given !== null) return this.#exactly(given);
        const index = this.#policy.parameters.findIndex((parameter) => parameter.name === value.parameter);
        if (index < 0) throw new Error(`no parameter is called ${value.parameter}`);
        return this.#interval(number(0), UNBOUNDED, true, this.#bit(this.#slotWords, index));
      }
      case 'chosen':
        return this.#exactly(this.#setting.readings.get(value.reading) ?? 0);
      case 'today':
        return this.#exactly(this.#setting.date);
      case 'shift':
        return this.#shift(value, this.#measure(value.date), this.#measure(value.by));
      case 'elapsed':
        return this.#lift([this.#measure(value.from), this.#measure(value.to)], ([from = 0, to = 0]) => wholeYears(from, to), ([from = '', to = ''], [, last]) => elapsed(from, to, last?.constant));
      case 'sum':
        return this.#spread(value.items, (items) => items.reduce((a, b) => a + b, 0), (items) => items.join(' + ') || number(0));
      case 'least':
        return this.#spread(value.items, (items) => Math.min(...items), (items) => `least(${items.join(', ')})`);
      case 'greatest':
        return this.#spread(value.items, (items) => Math.max(...items), (items) => `greatest(${items.join(', ')})`);
      case 'times':
        return this.#times(this.#measure(value.left), this.#measure(value.right));
      case 'above': {
        const [left, right] = [this.#measure(value.left), this.#measure(value.right)];
        if (left.constant !== undefined && right.constant !== undefined) return this.#exactly(Math.max(0, left.constant - right.constant));
        // Infinity behaves here as wanted: x - ∞ is below zero, and ∞ - x is ∞.
        const over = (a: Sql, b: Sql): Sql => this.#column(`greatest(${number(0)}, ${a} - ${b})`);
        return this.#bounded(over(left.low, right.high), over(left.high, right.low), left.isUnbounded, [left, right]);
      }
      case 'choose':
        return this.#choose(value);
      case 'defined':
        return this.#definedValue(value.definition);
    }
  }

  #factNumber(slot: number): Sql {
    const column = this.#factColumn(slot);
    switch (this.#fact(slot).type) {
      case 'flag':
        return this.#column(`case when ${column} then ${number(TRUE)} when not ${column} then ${number(FALSE)} end`);
      case 'kinds':
      case 'place':
        return this.#column(`${column}::float8`);
      case 'places':
        return this.#column(`cardinality(${column})::float8`);
      default:
        return column;
    }
  }

  /** A function that is known only where all its operands are. */
  #lift(operands: readonly Measure[], apply: (values: readonly number[]) => number, write: (known: readonly Sql[], operands: readonly Measure[]) => Sql): Measure {
    const open = operands.filter((operand) => operand.constant === undefined);
    if (open.length === 0) return this.#exactly(apply(operands.map((operand) => operand.constant ?? 0)));
    // Operands that are written more than once get a column.
    const known = operands.map((operand) => (operand.constant === undefined ? this.#atom(operand.known) : operand.known));
    return this.#point(this.#column(write(known, operands)), this.#missingOf(open));
  }

  /** A column for an expression that is not one already. */
  #atom(sql: Sql): Sql {
    return /^([cf]\d+|float8 '[^']*')$/.test(sql) ? sql : this.#column(sql);
  }

  #shift(value: Value & { op: 'shift' }, date: Measure, by: Measure): Measure {
    const move = value.unit === 'years' ? addYears : value.unit === 'months' ? addMonths : addDays;
    return this.#lift([date, by], ([from = 0, step = 0]) => move(from, value.sign * step), ([from = '', step = '']) => {
      const signed = `${value.sign === 1 ? '+' : '-'} ${step}`;
      if (value.unit === 'years') return movedYears(this.#column(`${from} ${signed} * ${number(10_000)}`));
      if (value.unit === 'days') return movedDays(from, signed);
      const count = this.#column(`trunc(${from} / 10000) * 12 + ${monthOf(from)} - 1 ${signed}`);
      const year = this.#column(`floor(${count} / 12)`);
      return movedMonths(from, year, this.#column(`${count} - ${year} * 12 + 1`));
    });
  }

  /** A function that grows with each operand: its bounds are those of the operands' bounds. */
  #spread(values: readonly Value[], apply: (values: readonly number[]) => number, write: (items: readonly Sql[]) => Sql): Measure {
    const items = values.map((item) => this.#measure(item));
    if (items.every((item) => item.constant !== undefined)) return this.#exactly(apply(items.map((item) => item.constant ?? 0)));
    const bound = (side: 'low' | 'high'): Sql => this.#column(write(items.map((item) => item[side])));
    return this.#bounded(bound('low'), bound('high'), items.some((item) => item.isUnbounded), items);
  }

  #bounded(low: Sql, high: Sql, isUnbounded: boolean, parts: readonly Measure[]): Measure {
    return this.#interval(low, high, isUnbounded, this.#missingOf(parts.filter((part) => part.constant === undefined)));
  }

  #times(left: Measure, right: Measure): Measure {
    if (left.constant !== undefined && right.constant !== undefined) return this.#exactly(timesMicro(left.constant, right.constant));
    const product = (side: 'low' | 'high'): Sql => {
      const [a, b] = [left, right].map((item) => this.#atom(item[side]));
      const finite = micros(a ?? '', b ?? '', left.constant, right.constant);
      const limits = side === 'low' ? [] : [[left, a] as const, [right, b] as const].flatMap(([item, sql]) => (item.isUnbounded ? [`${sql} = ${UNBOUNDED}`] : []));
      return this.#column(limits.length === 0 ? finite : `case when ${limits.join(' or ')} then ${UNBOUNDED} else ${finite} end`);
    };
    return this.#bounded(product('low'), product('high'), left.isUnbounded || right.isUnbounded, [left, right]);
  }

  /** The first row whose condition is true; while earlier rows are open, all rows that the known facts still allow. */
  #choose(value: Value & { op: 'choose' }): Measure {
    const rows: { when: Outcome; then: Measure }[] = [];
    let otherwise = value.otherwise;
    for (const row of value.rows) {
      const when = this.#judge(row.when);
      if (when.constant === true) {
        otherwise = row.then;
        break;
      }
      if (when.constant === undefined) rows.push({ when, then: this.#measure(row.then) });
    }
    if (rows.length === 0) return otherwise === undefined ? this.#exactly(0) : this.#measure(otherwise);
    // The number of the row that settles it; later rows are out of reach.
    const first = this.#column(`case${rows.map(({ when }, i) => ` when ${when.truth} then ${i}`).join('')} else ${rows.length} end`);
    const parts = rows.map(({ when, then }, i) => {
      const isReached = `${first} >= ${i}`;
      const isAllowed = i === 0 ? `${when.truth} is not false` : `${isReached} and ${when.truth} is not false`;
      const open = i === 0 ? this.#guarded(when) : this.#guard(isReached, this.#guarded(when));
      return { isAllowed, then, missing: this.#union([open, this.#guard(isAllowed, this.#guarded(then))]) };
    });
    if (otherwise !== undefined) {
      const then = this.#measure(otherwise);
      const isAllowed = `${first} = ${rows.length}`;
      parts.push({ isAllowed, then, missing: this.#guard(isAllowed, this.#guarded(then)) });
    }
    // `least` and `greatest` pass over NULL, here the rows that are not allowed; where none is, nothing is paid.
    const bound = (side: 'low' | 'high', pick: string): Sql =>
      this.#column(`coalesce(${pick}(${parts.map(({ isAllowed, then }) => `case when ${isAllowed} then ${then[side]} end`).join(', ')}), ${number(0)})`);
    const [low, high] = [bound('low', 'least'), bound('high', 'greatest')];
    return this.#interval(low, high, parts.some(({ then }) => then.isUnbounded), this.#union(parts.map((part) => part.missing)));
  }

  #definedValue(name: string): Measure {
    let measure = this.#values.get(name);
    if (measure === undefined) {
      const definition = this.#policy.definitions.find((candidate) => candidate.name === name);
      if (definition === undefined || !('value' in definition)) throw new Error(`no value is defined as ${name}`);
      const inner = this.#measure(definition.value);
      measure = inner.isGuarded ? inner : { ...inner, missing: this.#settle(inner), isGuarded: true };
      this.#values.set(name, measure);
    }
    return measure;
  }

  #amount(rule: AmountRule): Measure {
    const { low, high } = boundsOf(rule);
    const from = this.#measure(low);
    if (low === high) return from;
    const to = this.#measure(high);
    // The bounds may differ with nothing missing.
    return this.#interval(from.low, to.high, to.isUnbounded, this.#union([this.#guarded(from), this.#guarded(to)]));
  }
}

/** The bits of a word. */
function wordOf(word: Word): Sql {
  const parts = [...(word.fixed === 0 ? [] : [String(word.fixed)]), ...word.terms];
  return parts.length === 1 ? (parts[0] ?? '0') : parts.length === 0 ? '0' : `(${parts.join(' | ')})`;
}

/** Columns that an expression mentions. */
function mentioned(sql: Sql): string[] {
  return sql.match(/\b[cf]\d+\b/g) ?? [];
}

/** A name spelled as the list of universities does: without the white space that JavaScript knows and what cannot be seen, brackets half-width, no campus. */
function spelled(name: Sql): Sql {
  const spaces = String.raw` \t\n\x0b\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\u00ad\u200b\u200c\u200d\u200e\u200f\u2060`;
  // What has no counterpart in the last argument is removed.
  const plain = `translate(${name}, E'（）${spaces}', '()')`;
  // The pattern of spellUniversity, asked only where there is a campus.
  return `(case when ${name} like '%校%区%' then regexp_replace(${plain}, E'\\\\(?(大学城|学院路|大学路|大兴|大连|[^()大学院校]{0,8})校区\\\\)?$', '') else ${plain} end)`;
}

/** A date as the integer yyyymmdd. */
function dateNumber(date: Sql): Sql {
  return `(extract(year from ${date})::int4 * 10000 + extract(month from ${date})::int4 * 100 + extract(day from ${date})::int4)::float8`;
}

function monthOf(date: Sql): Sql {
  return `(trunc(${date} / 100) - trunc(${date} / 10000) * 100)`;
}

function dayOf(date: Sql): Sql {
  return `(${date} - trunc(${date} / 100) * 100)`;
}

function isLeap(year: Sql): Sql {
  return `(${year}::int8 % 4 = 0 and ${year}::int8 % 100 <> 0 or ${year}::int8 % 400 = 0)`;
}

/** `addYears`, given the date with its year already moved. */
function movedYears(moved: Sql): Sql {
  const year = `trunc(${moved} / 10000)`;
  return `case when ${moved} - ${year} * 10000 = 229 and not ${isLeap(year)} then ${moved} - 1 else ${moved} end`;
}

/** `addMonths`, given year and month where it ends. */
function movedMonths(date: Sql, year: Sql, month: Sql): Sql {
  const days = `case when ${month} = 2 then case when ${isLeap(year)} then 29 else 28 end when ${month} in (4, 6, 9, 11) then 30 else 31 end`;
  return `${year} * 10000 + ${month} * 100 + least(${dayOf(date)}, ${days})`;
}

/** `addDays`, given the sign and the days. */
function movedDays(date: Sql, signedDays: Sql): Sql {
  const start = `make_date(trunc(${date} / 10000)::int4, ${monthOf(date)}::int4, 1)`;
  const moved = dateNumber(`(${start} + (trunc(${dayOf(date)} ${signedDays})::int4 - 1))`);
  // A table without a row that fits gives the date 0; an error would fail the whole query.
  return `case when ${date} >= 10000 and ${monthOf(date)} between 1 and 12 then ${moved} end`;
}

/** `wholeYears`: of dates as yyyymmdd, the difference counts years, but for 29 February to 28 February of a common year. */
function elapsed(from: Sql, to: Sql, knownTo?: number): Sql {
  const years = `trunc((${to} - ${from}) / 10000)`;
  const isLeapling = `${from} - trunc(${from} / 10000) * 10000 = 229`;
  const isEve = knownTo === undefined ? ` and ${to} - trunc(${to} / 10000) * 10000 = 228 and not ${isLeap(`trunc(${to} / 10000)`)}` : '';
  const matters = knownTo === undefined || (knownTo % 10_000 === 228 && !isLeapYear(Math.floor(knownTo / 10_000)));
  return `case when ${to} <= ${from} then ${number(0)} else ${years}${matters ? ` + case when ${isLeapling}${isEve} then 1 else 0 end` : ''} end`;
}

/** `timesMicro` of two bounded numbers, by the same split. */
function micros(fen: Sql, micro: Sql, knownFen?: number, knownMicro?: number): Sql {
  const split = (sql: Sql, known?: number): [Sql, Sql] => {
    if (known === undefined) return [`floor(${sql} / ${MICRO})`, `(${sql} - floor(${sql} / ${MICRO}) * ${MICRO})`];
    return [number(Math.floor(known / MICRO)), number(known - Math.floor(known / MICRO) * MICRO)];
  };
  const [high, low] = split(fen, knownFen);
  const [microHigh, microLow] = split(micro, knownMicro);
  return `${high} * ${micro} + ${low} * ${microHigh} + floor((${low} * ${microLow} + ${MICRO / 2}) / ${MICRO})`;
}

/** Whether a place lies in another: true, false, or NULL for a wider place than asked about. */
function placeWithin(code: Sql, wanted: number): Sql {
  if (wanted % 10_000 === 0) return `${code} / 10000 = ${wanted / 10_000}`;
  const province = Math.floor(wanted / 10_000) * 10_000;
  if (wanted % 100 === 0) return `case when ${code} <> ${province} then ${code} / 100 = ${wanted / 100} end`;
  return `case when ${code} not in (${province}, ${Math.floor(wanted / 100) * 100}) then ${code} = ${wanted} end`;
}

function within(column: Sql, wanted: number, isMany: boolean): Sql {
  if (!isMany) return placeWithin(column, wanted);
  const each = `select ${placeWithin('code', wanted)} as inside from unnest(${column}) as code`;
  return `case when ${column} is not null then (select case when bool_or(inside) then true when bool_or(inside is null) then null else false end from (${each}) as places) end`;
}
