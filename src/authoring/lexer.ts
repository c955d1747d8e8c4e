// Cuts an expression into tokens. Full-width forms read like half-width ones; every token knows where it stands.

/** What a token is. `name` is a fact, a definition or a value; keywords are names only as separate tokens. */
export type TokenKind = 'name' | 'quoted' | 'number' | 'date' | 'symbol' | 'keyword' | 'end' | 'bad';

export interface Token {
  readonly kind: TokenKind;
  /** The token in half-width spelling. */
  readonly text: string;
  /** For a number, its unit: 元, 万元, 亿元, %, 年, 月, 日 or nothing. */
  readonly unit?: string;
  readonly start: number;
  readonly end: number;
}

export const keywords: ReadonlySet<string> = new Set(['且', '或', '非', '有', '位于', '属于', '之一', '至', '基准日', '取小', '取大', '超出']);

const symbols = ['≥', '≤', '≠', '=', '>', '<', '+', '-', '×', '(', ')', ',', '、'];
const digraphs: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤', '!=': '≠', '<>': '≠', '==': '=', '≧': '≥', '≦': '≤', '*': '×', '，': ',' };

/** One character in half-width spelling; keeps every index, for each full-width form is one character as well. */
export function narrow(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  if (code === 0x3000 || code === 0xa0) return ' ';
  if (code === 0x2212) return '-';
  return char;
}

const isNamePart = (char: string): boolean => /[\p{L}\p{Nd}_.·]/u.test(char);
/** The character at an index; rare ones such as 𠮷 are two units of the text long. */
const charAt = (text: string, at: number): string => (at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : '');
const isDigit = (char: string): boolean => char >= '0' && char <= '9';

/** Cuts an expression into tokens; the last one is always `end`. Characters that belong to none become `bad` tokens. */
export function lex(source: string): Token[] {
  const text = source.split('').map(narrow).join('');
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: TokenKind, value: string, end: number, unit?: string): void => {
    tokens.push({ kind, text: value, start: at, end, ...(unit === undefined ? {} : { unit }) });
    at = end;
  };
  while (at < text.length) {
    const char = charAt(text, at);
    const two = text.slice(at, at + 2);
    if (/\s/.test(char)) at++;
    else if (isDigit(char)) lexNumber(text, at, push);
    else if (char === '"' || char === '“' || char === '”' || char === "'") {
      const closing = char === '"' ? '"' : char === "'" ? "'" : '”';
      const end = text.indexOf(closing, at + 1);
      if (end < 0) push('bad', source.slice(at, at + 1), text.length);
      else push('quoted', source.slice(at + 1, end), end + 1);
    } else if (two in digraphs) push('symbol', digraphs[two] ?? two, at + 2);
    else if (char in digraphs) push('symbol', digraphs[char] ?? char, at + 1);
    else if (symbols.includes(char)) push('symbol', char, at + 1);
    else if (isNamePart(char)) {
      let end = at;
      while (end < text.length && isNamePart(charAt(text, end))) end += charAt(text, end).length;
      const name = text.slice(at, end);
      push(keywords.has(name) ? 'keyword' : 'name', name, end);
    } else push('bad', source.slice(at, at + char.length), at + char.length);
  }
  // What is missing at the end is missing behind the last thing written, not behind the blanks or line ends after it.
  at = text.trimEnd().length;
  push('end', '', at);
  return tokens;
}

/** A date (2021-09-01, 2021年9月1日), a number with its unit (15万元, 5年, 10%), or a bare number. */
function lexNumber(text: string, at: number, push: (kind: TokenKind, value: string, end: number, unit?: string) => void): void {
  const rest = text.slice(at, at + 60);
  const date = /^(\d{4})-(\d{1,2})-(\d{1,2})(?![\d.])/.exec(rest) ?? /^(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(rest);
  if (date !== null) {
    push('date', `${date[1]}-${(date[2] ?? '').padStart(2, '0')}-${(date[3] ?? '').padStart(2, '0')}`, at + date[0].length);
    return;
  }
  const number = /^\d+(?:\.\d+)?/.exec(text.slice(at))?.[0] ?? '';
  const after = text.slice(at + number.length);
  const unit = /^\s*(万元|亿元|元|%|个月|年|月|日|天)(?![\p{L}\p{Nd}_])/u.exec(after);
  if (unit !== null) {
    const name = unit[1] === '个月' ? '月' : unit[1] === '天' ? '日' : (unit[1] ?? '');
    push('number', number, at + number.length + unit[0].length, name);
    return;
  }
  // A name may not begin with a digit, yet "985院校" is a slip to be told of, not a number and a name.
  const tail = /^[\p{L}_][\p{L}\p{Nd}_.·]*/u.exec(after)?.[0] ?? '';
  if (tail === '') push('number', number, at + number.length);
  else push('name', number + tail, at + number.length + tail.length);
}
