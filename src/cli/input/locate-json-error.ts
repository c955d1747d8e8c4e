// Finds where a text stops being JSON. Run only when JSON.parse refused it: V8's own messages differ between versions.

/** What would have been right at the place of the fault. */
export type JsonExpected = 'value' | 'key' | 'colon' | 'comma-or-brace' | 'comma-or-bracket' | 'end' | 'quote' | 'escape' | 'control' | 'digit';

/** A fault: what was expected, and at which line and column (from 1, in characters). */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly expected: JsonExpected;
}

/** The first fault of a text that is not JSON. Keeps its own stack, so that nesting cannot exhaust the program's. */
export function locateJsonError(text: string): JsonFault {
  const [offset, expected] = new Scanner(text).scan();
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1, expected };
}

type Fault = readonly [offset: number, expected: JsonExpected];

class Scanner {
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  scan(): Fault {
    const open: string[] = [];
    let wanted: 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'after' = 'value';
    for (;;) {
      this.skipSpace();
      const char = this.text[this.at];
      const inside = open.at(-1);
      if (wanted === 'after') {
        if (inside === undefined) return [this.at, 'end'];
        const close = inside === '{' ? '}' : ']';
        if (char === close) open.pop();
        else if (char === ',') wanted = inside === '{' ? 'key' : 'value';
        else return [this.at, inside === '{' ? 'comma-or-brace' : 'comma-or-bracket'];
        this.at++;
      } else if (wanted === 'key' || wanted === 'key-or-close') {
        if (wanted === 'key-or-close' && char === '}') {
          open.pop();
          this.at++;
          wanted = 'after';
          continue;
        }
        if (char !== '"') return [this.at, 'key'];
        const fault = this.string();
        if (fault !== undefined) return fault;
        this.skipSpace();
        if (this.text[this.at] !== ':') return [this.at, 'colon'];
        this.at++;
        wanted = 'value';
      } else if (wanted === 'value-or-close' && char === ']') {
        open.pop();
        this.at++;
        wanted = 'after';
      } else if (char === '{' || char === '[') {
        open.push(char);
        this.at++;
        wanted = char === '{' ? 'key-or-close' : 'value-or-close';
      } else {
        const fault = this.scalar();
        if (fault !== undefined) return fault;
        wanted = 'after';
      }
    }
  }

  private skipSpace(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private scalar(): Fault | undefined {
    if (this.text[this.at] === '"') return this.string();
    const word = /(?:true|false|null)/y;
    word.lastIndex = this.at;
    if (word.test(this.text)) {
      this.at = word.lastIndex;
      return undefined;
    }
    return this.number();
  }

  private number(): Fault | undefined {
    const start = this.at;
    if (this.text[this.at] === '-') this.at++;
    if (this.text[this.at] === '0') this.at++;
    else if (!this.digits()) return this.at === start ? [start, 'value'] : [this.at, 'digit'];
    if (this.text[this.at] === '.') {
      this.at++;
      if (!this.digits()) return [this.at, 'digit'];
    }
    if (/[eE]/.test(this.text[this.at] ?? '')) {
      this.at++;
      if (/[+-]/.test(this.text[this.at] ?? '')) this.at++;
      if (!this.digits()) return [this.at, 'digit'];
    }
    return undefined;
  }

  private digits(): boolean {
    const start = this.at;
    while (/[0-9]/.test(this.text[this.at] ?? '')) this.at++;
    return this.at > start;
  }

  private string(): Fault | undefined {
    const start = this.at++;
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined) return [start, 'quote'];
      if (char < ' ') return [this.at, 'control'];
      this.at++;
      if (char === '"') return undefined;
      if (char !== '\\') continue;
      const escape = /(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
      escape.lastIndex = this.at;
      if (!escape.test(this.text)) return [this.at - 1, 'escape'];
      this.at = escape.lastIndex;
    }
  }
}
