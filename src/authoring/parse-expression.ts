// Parses an expression into its tree. Precedence, loosest first: 或, 且, 非, comparison, 至, + and -, ×.

import type { Diagnostics } from './diagnostics.ts';
import { lex, type Token } from './lexer.ts';
import type { Syntax } from './syntax.ts';
import type { Spot } from './yaml-source.ts';

/** How many brackets, calls and 非 may stand inside each other. */
const MAX_DEPTH = 60;
/** How many +, - and × one expression may have: each makes the tree one step deeper. */
const MAX_LINKS = 100;
const relations: ReadonlySet<string> = new Set(['=', '≠', '<', '≤', '>', '≥']);

class Unreadable extends Error {}

/** Parses one expression; faults are reported at their exact place and give undefined. */
export function parseExpression(spot: Spot, diagnostics: Diagnostics): Syntax | undefined {
  const tokens = lex(spot.text);
  const bad = tokens.find((token) => token.kind === 'bad');
  if (bad !== undefined) {
    diagnostics.add('bad-character', spot.place(bad.start), { found: bad.text });
    return undefined;
  }
  try {
    return new Parser(tokens, spot, diagnostics).parseAll();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Parser {
  private at = 0;
  private depth = 0;
  private links = 0;
  private readonly tokens: readonly Token[];
  private readonly spot: Spot;
  private readonly diagnostics: Diagnostics;

  constructor(tokens: readonly Token[], spot: Spot, diagnostics: Diagnostics) {
    this.tokens = tokens;
    this.spot = spot;
    this.diagnostics = diagnostics;
  }

  parseAll(): Syntax {
    const result = this.parseOr();
    if (this.peek().kind !== 'end') this.fail('“且”“或”或结尾', '且, 或 or the end');
    return result;
  }

  private peek(): Token {
    const token = this.tokens[this.at] ?? this.tokens[this.tokens.length - 1];
    if (token === undefined) throw new Unreadable();
    return token;
  }

  private next(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  private takes(kind: 'symbol' | 'keyword', text: string): boolean {
    const token = this.peek();
    if (token.kind !== kind || token.text !== text) return false;
    this.at++;
    return true;
  }

  private expect(text: string): Token {
    const token = this.peek();
    if ((token.kind !== 'symbol' && token.kind !== 'keyword') || token.text !== text) this.fail(`“${text}”`, `"${text}"`);
    return this.next();
  }

  private fail(expected: string, expectedEn: string): never {
    const token = this.peek();
    const isEnd = token.kind === 'end';
    this.diagnostics.add('bad-expression', this.spot.place(token.start), {
      expected,
      expectedEn,
      found: isEnd ? '结尾' : `“${this.spot.text.slice(token.start, token.end)}”`,
      foundEn: isEnd ? 'the end' : `"${this.spot.text.slice(token.start, token.end)}"`,
    });
    throw new Unreadable();
  }

  private deeper<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      this.diagnostics.add('expression-too-deep', this.spot.place(this.peek().start));
      throw new Unreadable();
    }
    const result = parse();
    this.depth--;
    return result;
  }

  /** Takes an operator that makes the tree deeper by one. */
  private takesLink(text: string): boolean {
    const { start } = this.peek();
    if (!this.takes('symbol', text)) return false;
    if (++this.links <= MAX_LINKS) return true;
    this.diagnostics.add('expression-too-deep', this.spot.place(start));
    throw new Unreadable();
  }

  private parseOr(): Syntax {
    return this.parseList('或', 'or', () => this.parseAnd());
  }

  private parseAnd(): Syntax {
    return this.parseList('且', 'and', () => this.parseNot());
  }

  private parseList(keyword: string, node: 'and' | 'or', parse: () => Syntax): Syntax {
    const first = parse();
    const items = [first];
    while (this.takes('keyword', keyword)) items.push(parse());
    const last = items[items.length - 1] ?? first;
    return items.length === 1 ? first : { node, items, start: first.start, end: last.end };
  }

  private parseNot(): Syntax {
    const token = this.peek();
    if (!this.takes('keyword', '非')) return this.parseComparison();
    const item = this.deeper(() => this.parseNot());
    return { node: 'not', item, start: token.start, end: item.end };
  }

  private parseComparison(): Syntax {
    const left = this.parseElapsed();
    if (this.takes('keyword', '有')) return this.parseMembers('has', left);
    if (this.takes('keyword', '属于')) return this.parseMembers('among', left);
    if (this.takes('keyword', '位于')) {
      const place = this.parsePrimary();
      return { node: 'within', left, place, start: left.start, end: place.end };
    }
    const rest: { relation: string; right: Syntax }[] = [];
    while (this.peek().kind === 'symbol' && relations.has(this.peek().text)) {
      const relation = this.next().text;
      rest.push({ relation, right: this.parseElapsed() });
    }
    const last = rest[rest.length - 1];
    return last === undefined ? left : { node: 'compare', first: left, rest, start: left.start, end: last.right.end };
  }

  /** One value, or several with 、 between them and, after 有, 之一 behind them. */
  private parseMembers(node: 'has' | 'among', left: Syntax): Syntax {
    const values = [this.parsePrimary()];
    while (this.takes('symbol', '、')) values.push(this.parsePrimary());
    let end = values[values.length - 1]?.end ?? left.end;
    if (node === 'has') {
      const { end: after } = this.peek();
      if (values.length > 1) end = this.expect('之一').end;
      else if (this.takes('keyword', '之一')) end = after;
    }
    return { node, left, values, start: left.start, end };
  }

  private parseElapsed(): Syntax {
    const from = this.parseSum();
    if (!this.takes('keyword', '至')) return from;
    const to = this.parseSum();
    return { node: 'elapsed', from, to, start: from.start, end: to.end };
  }

  private parseSum(): Syntax {
    let left = this.parseProduct();
    for (;;) {
      const node = this.takesLink('+') ? 'add' : this.takesLink('-') ? 'subtract' : undefined;
      if (node === undefined) return left;
      const right = this.parseProduct();
      left = { node, left, right, start: left.start, end: right.end };
    }
  }

  private parseProduct(): Syntax {
    let left = this.parsePrimary();
    while (this.takesLink('×')) {
      const right = this.parsePrimary();
      left = { node: 'times', left, right, start: left.start, end: right.end };
    }
    return left;
  }

  private parsePrimary(): Syntax {
    const token = this.peek();
    const at = { start: token.start, end: token.end };
    if (token.kind === 'name') {
      this.next();
      return { node: 'name', name: token.text, ...at };
    }
    if (token.kind === 'quoted') {
      this.next();
      return { node: 'quoted', text: token.text, ...at };
    }
    if (token.kind === 'number') {
      this.next();
      return { node: 'number', digits: token.text, unit: token.unit ?? '', ...at };
    }
    if (token.kind === 'date') {
      this.next();
      return { node: 'date', text: token.text, ...at };
    }
    if (this.takes('keyword', '基准日')) return { node: 'today', ...at };
    if (token.kind === 'keyword' && (token.text === '取小' || token.text === '取大' || token.text === '超出')) {
      this.next();
      this.expect('(');
      const items = [this.deeper(() => this.parseSum())];
      while (this.takes('symbol', ',')) items.push(this.deeper(() => this.parseSum()));
      return { node: 'call', name: token.text, items, start: token.start, end: this.expect(')').end };
    }
    if (this.takes('symbol', '(')) {
      const inner = this.deeper(() => this.parseOr());
      const close = this.expect(')');
      return { ...inner, start: token.start, end: close.end };
    }
    return this.fail('名称、数字、日期或括号', 'a name, a number, a date or a bracket');
  }
}
