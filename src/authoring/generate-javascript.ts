// Generates JavaScript from a policy: one straight-line function that answers all its benefits for one kind of subject.
// Truths are the numbers 1, 2, 3 of values.ts; what is used in more than one place is computed once; what keeps an answer
// open is looked for only where it is open. What depends on the setting alone is computed when the kernel is made.

import { askedSlot, boundsOf } from '../policy/interpret.ts';
import { literalsIn } from '../policy/interpreted-policy.ts';
import { WORD_BITS, wordCount } from '../policy/kernel.ts';
import type { Benefit, Condition, Definition, Policy, Relation, Row, Value, Vocabulary } from '../policy/model.ts';

export { literalsIn as literalsOf };

/** Longest part in characters, at about 0.8 bytes of bytecode each: V8 never optimises a function of more than 60 KB of it. */
const MAX_PART = 70_000;

/**
 * The source of one exported function named after the vocabulary's kind of subject: a `KernelFactory` whose kernel
 * answers the policy's benefits for that kind.
 */
export function generateKernel(policy: Policy, vocabulary: Vocabulary): string {
  const setting = new Block();
  const names = { last: 0 };
  const benefits = policy.benefits.filter((benefit) => benefit.subject === vocabulary.subject);
  const parts = writeParts(benefits, 0, { policy, vocabulary, setting, names, literals: literalsIn(policy) });
  return [
    `export function ${vocabulary.subject}(rt, cfg) {`,
    'const { addYears, addMonths, addDays, wholeYears, timesMicro, placesWithin } = rt;',
    ...setting.lines,
    ...parts.map((part, index) => `function part${index}(F, P, O) {\nconst { status: S, low: L, high: H, missing: M, amountMissing: A, amountParameters: Q } = O;\n${part}\n}`),
    `return function ${vocabulary.subject}Kernel(F, P, O) {`,
    ...parts.map((_, index) => `part${index}(F, P, O);`),
    '};',
    '}',
    '',
  ].join('\n');
}

/** What all parts of a kernel have in common. */
interface Common {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  /** Runs once, when the kernel is made. */
  readonly setting: Block;
  readonly names: { last: number };
  readonly literals: readonly string[];
}

/** The bodies of the functions that answer these benefits: one, or more where one would be too long. */
function writeParts(benefits: readonly Benefit[], first: number, common: Common): string[] {
  const body = new PartWriter(benefits, common).write(first);
  if (body.length <= MAX_PART || benefits.length < 2) return [body];
  // What the parts share is computed by each of them, so that as few parts as possible are best.
  const size = Math.ceil(benefits.length / Math.ceil(body.length / MAX_PART));
  const starts = Array.from({ length: Math.ceil(benefits.length / size) }, (_, index) => index * size);
  return starts.flatMap((start) => writeParts(benefits.slice(start, start + size), first + start, common));
}

/** How generated code holds a value. */
type Form =
  /** Always known. */
  | { readonly kind: 'exact'; readonly at: string }
  /** Known, or negative for "anywhere from zero up". */
  | { readonly kind: 'open'; readonly at: string }
  /** Two bounds; known where they meet. */
  | { readonly kind: 'between'; readonly low: string; readonly high: string };

/** Lines of one block of generated code, and what is computed in it. */
class Block {
  readonly lines: string[] = [];
  readonly truths = new Map<string, string>();
  readonly forms = new Map<string, Form>();
}

/** The words of a mask that code adds bits to; a word that is never touched is not declared. */
class Masks {
  readonly name: string;
  readonly touched: Set<string>;
  /** Whether parameters count: they keep an amount open, and have no place among the missing facts of a condition. */
  readonly hasParameters: boolean;

  constructor(name: string, hasParameters: boolean, touched = new Set<string>()) {
    this.name = name;
    this.hasParameters = hasParameters;
    this.touched = touched;
  }

  factsOnly(): Masks {
    return new Masks(this.name, false, this.touched);
  }

  /** The variable of a word (`m0` of facts, `q0` of parameters), if this mask has it. */
  at(word: string): string {
    return `${this.name}${word}`;
  }
}

type Node = Condition | Value;
type Choice = Value & { readonly op: 'choose' };

const comparison: Readonly<Record<Relation, string>> = { '=': '===', '≠': '!==', '<': '<', '≤': '<=', '>': '>', '≥': '>=' };
const moving = { years: 'addYears', months: 'addMonths', days: 'addDays' } as const;

/** Writes the function of some benefits. */
class PartWriter {
  private readonly benefits: readonly Benefit[];
  private readonly common: Common;
  private readonly definitions: ReadonlyMap<string, Definition>;
  private readonly masks = new Map<string, Masks>();
  private readonly uses = new Map<string, number>();
  /** The blocks open now: the setting's, the function's, and those inside it. */
  private blocks: readonly Block[];

  constructor(benefits: readonly Benefit[], common: Common) {
    this.benefits = benefits;
    this.common = common;
    this.definitions = new Map(common.policy.definitions.map((definition) => [definition.name, definition]));
    this.blocks = [common.setting, new Block()];
    this.count(benefits);
  }

  /** The body of the function; `first` is the place of the first benefit in the output. */
  write(first: number): string {
    this.benefits.forEach((benefit, index) => this.writeBenefit(benefit, first + index));
    return this.block.lines.join('\n');
  }

  /** Counts how often everything is used; a definition's body counts once. */
  private count(root: unknown): void {
    visit(root, (node) => {
      const key = node.op === 'defined' ? `defined ${node.definition}` : keyOf(node);
      const uses = (this.uses.get(key) ?? 0) + 1;
      this.uses.set(key, uses);
      if ('slot' in node) this.uses.set(`slot ${node.slot}`, (this.uses.get(`slot ${node.slot}`) ?? 0) + 1);
      if (node.op === 'defined' && uses === 1) this.count(this.definitions.get(node.definition));
    });
  }

  // Blocks and names

  private get block(): Block {
    const last = this.blocks.at(-1);
    if (last === undefined) throw new Error('no block is open');
    return last;
  }

  private line(text: string): void {
    this.block.lines.push(text);
  }

  private fresh(prefix: string): string {
    return `${prefix}${++this.common.names.last}`;
  }

  /** Names an expression. */
  private named(prefix: string, expression: string): string {
    const name = this.fresh(prefix);
    this.line(`const ${name} = ${expression};`);
    return name;
  }

  /** Writes into the outermost `depth` blocks only: 1 is the setting, 2 the function. */
  private within<T>(depth: number, write: () => T): T {
    const { blocks } = this;
    this.blocks = blocks.slice(0, depth);
    const result = write();
    this.blocks = blocks;
    return result;
  }

  /** Writes a block of its own and gives its text; what outer blocks gain meanwhile comes before it. */
  private inner(write: () => void): string {
    const { blocks } = this;
    const block = new Block();
    this.blocks = [...blocks, block];
    write();
    this.blocks = blocks;
    return block.lines.join('\n');
  }

  /** Writes `if (condition) { … }`, or nothing where the block is empty. */
  private when(condition: string, write: () => void): void {
    const text = this.inner(write);
    if (text !== '') this.line(`if (${condition}) {\n${text}\n}`);
  }

  /** Where a node is computed: with the setting, at the head of the function where it is shared, else where it is used. */
  private home(node: Node, key: string): number {
    if (this.isSettled(node)) return 1;
    return (this.uses.get(key) ?? 0) > 1 ? 2 : this.blocks.length;
  }

  /** Whether a node depends on the setting alone. */
  private isSettled(node: Node): boolean {
    let settled = true;
    visit(node, (part) => {
      if ('slot' in part || (part.op === 'employed' && this.common.vocabulary.employerKindSlot !== undefined)) settled = false;
      if (part.op === 'defined' && settled) settled = this.isSettled(this.bodyOf(part.definition));
    });
    return settled;
  }

  private definition(name: string): Definition {
    const definition = this.definitions.get(name);
    if (definition === undefined) throw new Error(`nothing is defined as ${name}`);
    return definition;
  }

  private bodyOf(name: string): Node {
    const definition = this.definition(name);
    return 'condition' in definition ? definition.condition : definition.value;
  }

  private conditionOf(name: string): Condition {
    const definition = this.definition(name);
    if (!('condition' in definition)) throw new Error(`no condition is defined as ${name}`);
    return definition.condition;
  }

  private valueOf(name: string): Value {
    const definition = this.definition(name);
    if (!('value' in definition)) throw new Error(`no value is defined as ${name}`);
    return definition.value;
  }

  private isShared(name: string): boolean {
    return (this.uses.get(`defined ${name}`) ?? 0) > 1;
  }

  // Loads: the only places that know how facts are laid out

  /** The variable that holds a slot. */
  private load(slot: number): string {
    const key = `slot ${slot}`;
    const known = this.find((block) => block.truths.get(key));
    if (known !== undefined) return known;
    return this.within((this.uses.get(key) ?? 0) > 1 ? 2 : this.blocks.length, () => {
      const name = this.named('f', `F[${slot}]`);
      this.block.truths.set(key, name);
      return name;
    });
  }

  private loadPlaces(slot: number): string {
    return `P[${slot}]`;
  }

  private find<T>(look: (block: Block) => T | undefined): T | undefined {
    for (const block of this.blocks.toReversed()) {
      const found = look(block);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  // Conditions

  /** The variable (or the digit) that holds the truth of a condition. */
  private truth(condition: Condition): string {
    const key = condition.op === 'defined' ? `defined ${condition.definition}` : keyOf(condition);
    const known = this.find((block) => block.truths.get(key));
    if (known !== undefined) return known;
    return this.within(this.home(condition, key), () => {
      const name = this.writeTruth(condition);
      this.block.truths.set(key, name);
      return name;
    });
  }

  private writeTruth(condition: Condition): string {
    switch (condition.op) {
      case 'always':
        return condition.value ? '1' : '2';
      case 'flag':
        // An absent flag is -1, whose lowest two bits say unknown.
        return this.named('t', `${this.load(condition.slot)} & 3`);
      case 'compare': {
        const left = this.value(condition.left);
        const right = this.value(condition.right);
        return this.named('t', `${unless([left, right], '3')}${knownAt(left)} ${comparison[condition.relation]} ${knownAt(right)} ? 1 : 2`);
      }
      case 'has': {
        const slot = this.load(condition.slot);
        return this.named('t', `${slot} < 0 ? 3 : (${slot} & ${condition.mask}) !== 0 ? 1 : 2`);
      }
      case 'among': {
        const left = this.value(condition.left);
        const tests = condition.right.map((item) => `${knownAt(left)} === ${lowOf(this.value(item))}`);
        return this.named('t', `${unless([left], '3')}${tests.length === 0 ? '2' : `${tests.join(' || ')} ? 1 : 2`}`);
      }
      case 'within':
        return this.writeWithin(condition);
      case 'all':
      case 'any':
        return this.writeJunction(condition.items, condition.op === 'all');
      case 'not': {
        const item = this.truth(condition.item);
        return item === '1' ? '2' : item === '2' ? '1' : this.named('t', `(${item} << 1 | ${item} >> 1) & 3`);
      }
      case 'defined':
        return this.truth(this.conditionOf(condition.definition));
      case 'reading': {
        const name = this.fresh('t');
        this.line(`let ${name};`);
        this.writeBranches(condition, (branch) => this.line(`${name} = ${this.truth(branch)};`));
        return name;
      }
      case 'employed': {
        const item = this.truth(condition.item);
        const slot = this.common.vocabulary.employerKindSlot;
        return slot === undefined || item === '2' ? item : this.named('t', `${this.load(slot)} === 0 ? 2 : ${item}`);
      }
    }
  }

  private writeWithin(condition: Condition & { readonly op: 'within' }): string {
    const slot = this.load(condition.slot);
    const { place } = condition;
    if (condition.many) return this.named('t', `${slot} < 0 ? 3 : placesWithin(${this.loadPlaces(condition.slot)}, ${place})`);
    const size = place % 10000 === 0 ? 10000 : place % 100 === 0 ? 100 : 1;
    const inside = size === 1 ? `${slot} === ${place}` : `${slot} >= ${place} && ${slot} < ${place + size}`;
    // Only the places around the wanted one are too wide to tell.
    const wider = [100, 10000].filter((width) => width > size).map((width) => Math.floor(place / width) * width);
    const open = [`${slot} < 0`, ...[...new Set(wider)].map((code) => `${slot} === ${code}`)].join(' || ');
    return this.named('t', `${inside} ? 1 : ${open} ? 3 : 2`);
  }

  private writeJunction(items: readonly Condition[], isAll: boolean): string {
    const [neutral, decider] = isAll ? ['1', '2'] : ['2', '1'];
    const names = [...new Set(items.map((item) => this.truth(item)))].filter((name) => name !== neutral);
    if (names.includes(decider)) return decider;
    const [only] = names;
    if (only === undefined) return neutral;
    if (names.length === 1) return only;
    const both = names.join(' & ');
    const either = names.join(' | ');
    return this.named('t', isAll ? `${both} & 1 | (${either}) & 2` : `(${either}) & 1 | ${both} & 2`);
  }

  /** Writes every branch of a reading, of which the setting chooses one. */
  private writeBranches(condition: Condition & { readonly op: 'reading' }, write: (branch: Condition) => void): void {
    const reading = knownAt(this.value({ op: 'chosen', reading: condition.reading }));
    const texts = condition.branches.map((branch) => this.inner(() => write(branch)));
    if (texts.every((text) => text === '')) return;
    const last = texts.length - 1;
    this.line(texts.map((text, index) => (index === last ? `{\n${text}\n}` : `if (${reading} === ${index}) {\n${text}\n}`)).join(' else '));
  }

  // Values

  private value(value: Value): Form {
    const key = value.op === 'defined' ? `defined ${value.definition}` : keyOf(value);
    const known = this.find((block) => block.forms.get(key));
    if (known !== undefined) return known;
    return this.within(this.home(value, key), () => {
      const form = this.writeValue(value);
      this.block.forms.set(key, form);
      return form;
    });
  }

  private writeValue(value: Value): Form {
    switch (value.op) {
      case 'constant':
        return exact(String(value.value));
      case 'literal':
        return exact(this.named('x', `cfg.literals[${this.common.literals.indexOf(value.text)}]`));
      case 'fact':
        return open(this.load(value.slot));
      case 'parameter':
        return open(this.named('p', `cfg.parameters[${indexIn(this.common.policy.parameters, value.parameter)}] ?? -1`));
      case 'chosen':
        return exact(this.named('r', `cfg.readings[${indexIn(this.common.policy.readings, value.reading)}]`));
      case 'today':
        return exact(this.named('today', 'cfg.date'));
      case 'shift': {
        const date = this.value(value.date);
        const by = this.value(value.by);
        return this.lifted([date, by], `${moving[value.unit]}(${knownAt(date)}, ${value.sign < 0 ? '-' : ''}${knownAt(by)})`);
      }
      case 'elapsed': {
        const from = this.value(value.from);
        const to = this.value(value.to);
        return this.lifted([from, to], `wholeYears(${knownAt(from)}, ${knownAt(to)})`);
      }
      case 'sum':
        return this.spread(value.items, (items) => items.join(' + '));
      case 'least':
        return this.spread(value.items, (items) => `Math.min(${items.join(', ')})`);
      case 'greatest':
        return this.spread(value.items, (items) => `Math.max(${items.join(', ')})`);
      case 'times': {
        const left = this.value(value.left);
        const right = this.value(value.right);
        // A product with a factor that may be anything may be anything.
        if (left.kind !== 'between' && right.kind !== 'between') return this.lifted([left, right], `timesMicro(${knownAt(left)}, ${knownAt(right)})`);
        return this.spread([value.left, value.right], (items) => `timesMicro(${items.join(', ')})`);
      }
      case 'above': {
        const left = this.value(value.left);
        const right = this.value(value.right);
        if (left.kind === 'exact' && right.kind === 'exact') return exact(this.named('v', `Math.max(0, ${left.at} - ${right.at})`));
        // Low bounds are finite, so that no infinity meets another here.
        const low = this.named('l', `Math.max(0, ${lowOf(left)} - ${highOf(right)})`);
        return { kind: 'between', low, high: this.named('h', `Math.max(0, ${highOf(left)} - ${lowOf(right)})`) };
      }
      case 'choose':
        return this.writeChoice(value);
      case 'defined':
        return this.value(this.valueOf(value.definition));
    }
  }

  /** A function that is known only where all its operands are. */
  private lifted(operands: readonly Form[], call: string): Form {
    const guard = unless(operands, '-1');
    const name = this.named('v', `${guard}${call}`);
    return guard === '' ? exact(name) : open(name);
  }

  /** A function that grows with each operand. */
  private spread(operands: readonly Value[], apply: (items: readonly string[]) => string): Form {
    const items = operands.map((operand) => this.value(operand));
    const [only] = items;
    if (only === undefined) return exact('0');
    if (items.every((item) => item.kind === 'exact')) return exact(this.named('v', apply(items.map(lowOf))));
    const low = this.named('l', apply(items.map(lowOf)));
    return { kind: 'between', low, high: this.named('h', apply(items.map(highOf))) };
  }

  private writeChoice(choice: Choice): Form {
    const low = this.fresh('l');
    const high = this.fresh('h');
    this.line(`let ${low} = Infinity, ${high} = -Infinity;`);
    this.writeRows(choice, (value) => {
      const form = this.value(value);
      const [least, most] = [lowOf(form), highOf(form)];
      this.line(`if (${least} < ${low}) ${low} = ${least};\nif (${most} > ${high}) ${high} = ${most};`);
    });
    // Where no row is left, nothing is paid.
    if (choice.otherwise === undefined) this.line(`if (${high} === -Infinity) ${low} = ${high} = 0;`);
    return { kind: 'between', low, high };
  }

  /** Writes what to do with every row that the facts allow, and with the condition of one that they leave open. */
  private writeRows(choice: Choice, take: (value: Value) => void, leaveOpen: (row: Row) => void = () => undefined): void {
    const label = this.fresh('rows');
    const text = this.inner(() => {
      for (const row of choice.rows) {
        const truth = this.truth(row.when);
        if (truth === '2') continue;
        if (truth === '1') {
          take(row.then);
          return;
        }
        this.when(`${truth} !== 2`, () => {
          take(row.then);
          this.line(`if (${truth} === 1) break ${label};`);
          leaveOpen(row);
        });
      }
      if (choice.otherwise !== undefined) take(choice.otherwise);
    });
    if (text !== '') this.line(`${label}: {\n${text}\n}`);
  }

  // What keeps an answer open

  /** Adds the facts that keep a condition open; the code around it has found it open. */
  private missTruth(condition: Condition, masks: Masks): void {
    switch (condition.op) {
      case 'always':
        return;
      case 'flag':
      case 'has':
      case 'within':
        return this.missFact(condition.slot, masks);
      case 'compare':
        this.missOpen(condition.left, masks.factsOnly());
        return this.missOpen(condition.right, masks.factsOnly());
      case 'among':
        return this.missOpen(condition.left, masks.factsOnly());
      case 'all':
      case 'any':
        for (const item of condition.items) {
          const truth = this.truth(item);
          if (truth !== '1' && truth !== '2') this.when(`${truth} === 3`, () => this.missTruth(item, masks));
        }
        return;
      case 'not':
      case 'employed':
        return this.missTruth(condition.item, masks);
      case 'defined': {
        const { definition } = condition;
        if (!this.isShared(definition)) return this.missTruth(this.conditionOf(definition), masks);
        return this.missDefined(definition, masks, `${this.truth(condition)} === 3`, (own) => this.missTruth(this.conditionOf(definition), own));
      }
      case 'reading':
        return this.writeBranches(condition, (branch) => this.missTruth(branch, masks));
    }
  }

  private missFact(slot: number, masks: Masks): void {
    this.missBit('m', askedSlot(this.common.vocabulary, slot), masks);
  }

  private missBit(kind: 'm' | 'q', bit: number, masks: Masks): void {
    const word = `${kind}${Math.floor(bit / WORD_BITS)}`;
    masks.touched.add(word);
    this.line(`${masks.at(word)} |= ${1 << (bit % WORD_BITS)};`);
  }

  /** Adds what keeps a value open, if it is open. */
  private missOpen(value: Value, masks: Masks): void {
    const form = this.value(value);
    if (form.kind !== 'exact') this.when(isOpen(form), () => this.missValue(value, masks));
  }

  /** Adds what keeps a value open; the code around it has found it open. */
  private missValue(value: Value, masks: Masks): void {
    switch (value.op) {
      case 'constant':
      case 'literal':
      case 'chosen':
      case 'today':
        return;
      case 'fact':
        return this.missFact(value.slot, masks);
      case 'parameter':
        if (masks.hasParameters) this.missBit('q', indexIn(this.common.policy.parameters, value.parameter), masks);
        return;
      case 'shift':
        this.missOpen(value.date, masks);
        return this.missOpen(value.by, masks);
      case 'elapsed':
        this.missOpen(value.from, masks);
        return this.missOpen(value.to, masks);
      case 'sum':
      case 'least':
      case 'greatest':
        for (const item of value.items) this.missOpen(item, masks);
        return;
      case 'times':
      case 'above':
        this.missOpen(value.left, masks);
        return this.missOpen(value.right, masks);
      case 'choose':
        return this.writeRows(value, (then) => this.missOpen(then, masks), (row) => this.missTruth(row.when, masks.factsOnly()));
      case 'defined': {
        const { definition } = value;
        if (!this.isShared(definition)) return this.missValue(this.valueOf(definition), masks);
        return this.missDefined(definition, masks, isOpen(this.value(value)), (own) => this.missValue(this.valueOf(definition), own));
      }
    }
  }

  /** Adds what keeps a shared definition open, found once at the head of the function. */
  private missDefined(name: string, masks: Masks, isOpenHere: string, find: (own: Masks) => void): void {
    let own = this.masks.get(name);
    if (own === undefined) {
      const made = new Masks(this.fresh('d'), true);
      this.within(2, () => this.writeMasks(made, isOpenHere, () => find(made)));
      this.masks.set(name, made);
      own = made;
    }
    for (const word of own.touched) {
      if (word.startsWith('q') && !masks.hasParameters) continue;
      masks.touched.add(word);
      this.line(`${masks.at(word)} |= ${own.at(word)};`);
    }
  }

  /** Declares the words of a mask and fills them under a condition. */
  private writeMasks(masks: Masks, condition: string, fill: () => void): void {
    const text = this.inner(fill);
    if (masks.touched.size === 0) return;
    this.line(`let ${[...masks.touched].map((word) => `${masks.at(word)} = 0`).join(', ')};`);
    this.line(`if (${condition}) {\n${text}\n}`);
  }

  // Benefits

  private writeBenefit(benefit: Benefit, index: number): void {
    const truth = this.truth(benefit.condition);
    const text = this.inner(() => {
      this.writeStatus(benefit, truth, index);
      this.writeAmount(benefit, truth, index);
    });
    this.line(`{\n${text}\n}`);
  }

  private writeStatus(benefit: Benefit, truth: string, index: number): void {
    const met = benefit.reviewed ? '4' : '1';
    if (truth === '1' || truth === '2') {
      this.line(`S[${index}] = ${truth === '1' ? met : '2'};`);
      return;
    }
    const masks = new Masks('', false);
    this.writeMasks(masks, `${truth} === 3`, () => this.missTruth(benefit.condition, masks));
    // A fact that only a review decides is never asked for: where nothing else is missing, the review has the word.
    const asked = [...masks.touched].map((word) => {
      const others = this.common.vocabulary.facts.filter(({ slot, from }) => `m${Math.floor(slot / WORD_BITS)}` === word && from !== '认定');
      return `(${masks.at(word)} & ${others.reduce((bits, { slot }) => bits | (1 << (slot % WORD_BITS)), 0)}) === 0`;
    });
    const unknown = asked.length === 0 ? '4' : `${asked.join(' && ')} ? 4 : 3`;
    const settled = met === '1' ? truth : `${truth} === 1 ? 4 : 2`;
    this.line(`S[${index}] = ${truth} === 3 ? (${unknown}) : ${settled};`);
    this.store(masks, 'm', 'M', index);
  }

  /** Stores the words of a mask that can be other than zero; the rest of the output stays zero. */
  private store(masks: Masks, kind: 'm' | 'q', array: string, index: number): void {
    const words = wordCount(kind === 'm' ? this.common.vocabulary.facts.length : this.common.policy.parameters.length);
    for (const word of masks.touched) {
      if (word.startsWith(kind)) this.line(`${array}[${index * words + Number(word.slice(1))}] = ${masks.at(word)};`);
    }
  }

  private writeAmount(benefit: Benefit, truth: string, index: number): void {
    const { kind } = benefit.amount;
    if (kind === 'share' || kind === 'unstated' || kind === 'none' || truth === '2') return;
    const { low, high } = boundsOf(benefit.amount);
    const values = low === high ? [low] : [low, high];
    const masks = new Masks('a', true);
    const text = this.inner(() => {
      this.line(`low = ${lowOf(this.value(low))};\nhigh = ${highOf(this.value(high))};`);
      this.when('low !== high', () => {
        for (const value of values) this.missOpen(value, masks);
      });
    });
    const words = [...masks.touched].map((word) => `, ${masks.at(word)} = 0`).join('');
    this.line(`let low = 0, high = 0${words};\nif (${truth} !== 2) {\n${text}\n}`);
    this.line(`L[${index}] = low;\nH[${index}] = high;`);
    this.store(masks, 'm', 'A', index);
    this.store(masks, 'q', 'Q', index);
  }
}

/** The place of a parameter or reading in its list. */
function indexIn(list: readonly { readonly name: string }[], name: string): number {
  const index = list.findIndex((item) => item.name === name);
  if (index < 0) throw new Error(`the policy has no parameter or reading ${name}`);
  return index;
}

function exact(at: string): Form {
  return { kind: 'exact', at };
}

function open(at: string): Form {
  return { kind: 'open', at };
}

/** The value where it is known. */
function knownAt(form: Form): string {
  return form.kind === 'between' ? form.low : form.at;
}

function lowOf(form: Form): string {
  return form.kind === 'between' ? form.low : form.kind === 'open' ? `(${form.at} < 0 ? 0 : ${form.at})` : form.at;
}

function highOf(form: Form): string {
  return form.kind === 'between' ? form.high : form.kind === 'open' ? `(${form.at} < 0 ? Infinity : ${form.at})` : form.at;
}

function isOpen(form: Form): string {
  return form.kind === 'exact' ? 'false' : form.kind === 'between' ? `${form.low} !== ${form.high}` : `${form.at} < 0`;
}

/** `a is open || b is open ? otherwise : `, or nothing where all are known. */
function unless(forms: readonly Form[], otherwise: string): string {
  const tests = forms.flatMap((form) => (form.kind === 'exact' ? [] : [isOpen(form)]));
  return tests.length === 0 ? '' : `${[...new Set(tests)].join(' || ')} ? ${otherwise} : `;
}

const keys = new WeakMap<Node, string>();

/** The same for two nodes that compute the same: everything but the notes. */
function keyOf(node: Node): string {
  let key = keys.get(node);
  if (key === undefined) {
    key = JSON.stringify(node, (name, inner: unknown) => (name === 'note' ? undefined : inner));
    keys.set(node, key);
  }
  return key;
}

/** Visits every condition and value below, definitions not followed. */
function visit(root: unknown, see: (node: Node) => void): void {
  if (Array.isArray(root)) for (const item of root) visit(item, see);
  else if (typeof root === 'object' && root !== null) {
    if ('op' in root) see(root as Node);
    for (const [key, inner] of Object.entries(root)) if (key !== 'note') visit(inner, see);
  }
}
