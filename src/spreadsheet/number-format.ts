// What a number format makes of a stored number, as far as it changes what the number says: a unit beside it, a percentage, thousands that are not shown.

/** Says what is shown of a number where that reads otherwise than the number itself; undefined where it does not. */
export type ShowNumber = (text: string) => string | undefined;

/** One part of a format, for some numbers. */
interface Section {
  readonly holds: ((value: number) => boolean) | undefined;
  /** Shows a digit at all, and not only a word. */
  readonly hasDigits: boolean;
  /** The point is moved so many places to the right before it is shown. */
  readonly shift: number;
  readonly before: string;
  readonly after: string;
  /** What is shown cannot be said in a number and a unit. */
  readonly isOdd: boolean;
}

/** Formats without a code of their own that show percentages (ECMA-376 part 1, 18.8.30). */
const percentFormats = new Set([9, 10]);
const MOST_CODE = 255;
const THOUSANDS = 3;

/**
 * Reads a number format.
 * @param id its number. @param code its code; undefined for those that every spreadsheet has.
 * @returns undefined where no number reads otherwise by it: 0.00, #,##0, 00000, amounts with ¥, fractions, exponents, 138-0000-0000.
 */
export function readNumberFormat(id: number, code: string | undefined): ShowNumber | undefined {
  if (code === undefined) return percentFormats.has(id) ? (text) => `${shiftPoint(text, 2)}%` : undefined;
  // Excel takes no longer ones.
  const given = code.slice(0, MOST_CODE);
  const sections = splitSections(given).slice(0, 3).map(readSection);
  if (!sections.some(changes)) return undefined;
  return (text) => {
    const section = sectionFor(sections, Number(text));
    return section !== undefined && changes(section) ? show(section, text, given) : undefined;
  };
}

function changes({ hasDigits, shift, before, after, isOdd }: Section): boolean {
  return hasDigits && (isOdd || shift !== 0 || before !== '' || after !== '');
}

function show({ shift, before, after, isOdd }: Section, text: string, code: string): string {
  if (isOdd) return `${text} [${code}]`;
  const number = shiftPoint(text, shift);
  // 12.50 for 12,500,000 with nothing beside it: whoever reads it has to see that there is more to it.
  return before === '' && after === '' ? `${number} [${code}]` : `${before}${number}${after}`;
}

function sectionFor(sections: readonly Section[], value: number): Section | undefined {
  const [first, second, third] = sections;
  if (first === undefined || sections.every(({ holds }) => holds === undefined)) {
    if (value < 0) return second ?? first;
    return value === 0 ? (third ?? first) : first;
  }
  if (first.holds === undefined ? value > 0 : first.holds(value)) return first;
  if (second?.holds === undefined) return third === undefined || value < 0 ? second : third;
  return second.holds(value) ? second : third;
}

/** Parts between semicolons that stand in no text. */
function splitSections(code: string): readonly string[] {
  return [...`${code};`.matchAll(/((?:"[^"]*"|\[[^\]]*\]|[\\!].|[^;])*?);/gs)].map(([, section]) => section ?? '');
}

const tokens = /"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|general|g\/通用格式|@|([0#?])|(\.)|(,)|(%)|(e[+-])|(\/)|([\s\S])/giu;

function readSection(section: string): Section {
  let holds: Section['holds'];
  let hasDigits = false;
  let [before, between, after] = ['', '', ''];
  let percents = 0;
  let scaled = 0;
  let pending = 0;
  /** Digits of the whole part since the last word between digits. */
  let since = 0;
  let hasPoint = false;
  let isPlain = false;
  const literal = (text: string): void => {
    if (!hasDigits) before += text;
    else after += text;
  };
  const digit = (): void => {
    // What stood between two digits is no unit behind the number.
    if (after !== '') {
      between += after;
      after = '';
      since = 0;
    }
    pending = 0;
    hasDigits = true;
    if (!hasPoint) since++;
  };
  for (const [token, quoted, escaped, bracket, placeholder, point, comma, percent, exponent, fraction, other] of section.matchAll(tokens)) {
    if (quoted !== undefined || escaped !== undefined || other !== undefined) literal(quoted ?? escaped ?? other ?? '');
    else if (bracket !== undefined) {
      holds ??= readCondition(bracket);
      const sign = /^\$([^-]*)/.exec(bracket)?.[1];
      if (sign !== undefined) literal(sign);
    } else if (placeholder !== undefined || /^(?:general|g\/通用格式|@)$/i.test(token)) digit();
    else if (point !== undefined) {
      scaled += pending;
      pending = 0;
      hasPoint = true;
    } else if (comma !== undefined) pending += hasDigits ? 1 : 0;
    else if (percent !== undefined) {
      percents++;
      literal('%');
    } else if (exponent !== undefined || fraction !== undefined) isPlain = true;
  }
  scaled += pending;
  before = wordsOf(before);
  after = wordsOf(after);
  if (isPlain) return { holds, hasDigits: false, shift: 0, before: '', after: '', isOdd: false };
  const inner = wordsOf(between);
  // 0\.0000"万元" writes the point itself, four digits from the end: 125000 shows as 12.5万元.
  const written = inner === '.' ? since : 0;
  return { holds, hasDigits, shift: 2 * percents - THOUSANDS * scaled - written, before, after, isOdd: inner !== '' && inner !== '.' };
}

/** A text without what changes nothing of a number: spaces, signs, brackets, hyphens between groups, and the sign of the yuan. */
function wordsOf(text: string): string {
  return text.normalize('NFKC').replace(/[\s+\-()'¥]/gu, '');
}

function readCondition(text: string): Section['holds'] {
  const found = /^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i.exec(text);
  if (found === null) return undefined;
  const bound = Number(found[2]);
  switch (found[1]) {
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    case '=':
      return (value) => value === bound;
    default:
      return (value) => value !== bound;
  }
}

/**
 * A plain decimal with its point moved to the right, or to the left for a negative number of places: exact, by its digits.
 * @param text as `plainNumber` writes it: `-?` digits, with a point or without.
 */
export function shiftPoint(text: string, places: number): string {
  if (places === 0) return text;
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(text) ?? [];
  const digits = `${whole}${part}`;
  const at = whole.length + places;
  const padded = at <= 0 ? `${'0'.repeat(1 - at)}${digits}` : digits.padEnd(at, '0');
  const cut = Math.max(at, 1);
  const left = padded.slice(0, cut).replace(/^0+(?=\d)/, '');
  const right = padded.slice(cut).replace(/0+$/, '');
  return `${sign}${left}${right === '' ? '' : `.${right}`}`;
}
