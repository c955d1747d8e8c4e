// Reads amounts out of what people type: 8万, 5百万, 一万五, 三千元, 20w, 10k; and spans of them: 1万元以上, 10-50万, at least 100000.

/** An amount, or a span of amounts, in yuan, and where it stands in the text. */
interface Figure {
  readonly start: number;
  readonly end: number;
  /** From and to: the same for one amount. */
  readonly from: number;
  readonly to: number;
  /** The digits as typed where there is no unit to them: they may be any number. */
  readonly text: string;
}

const digits: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const scales: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000, w: 10_000, k: 1_000, m: 1_000_000, thousand: 1_000, million: 1_000_000 };

/** 5百万, 一万五, 1万5, 一百五十: the number; undefined where the signs make none, as 十五五 does not. */
function readNumber(text: string): number | undefined {
  let [total, section, last] = [0, 0, 1];
  let digit: number | undefined;
  let isPlain = false;
  for (const [sign] of text.matchAll(/\d+(?:\.\d+)?|thousand|million|./gu)) {
    const unit = units[sign];
    const scale = scales[sign];
    if (unit !== undefined) {
      section += (digit ?? 1) * unit;
      [digit, last, isPlain] = [undefined, unit, false];
    } else if (scale !== undefined) {
      const held = section + (digit ?? 0);
      if (held === 0 && total === 0) return undefined;
      total = scale > last && total > 0 ? (total + held) * scale : total + held * scale;
      [section, digit, last, isPlain] = [0, undefined, scale, false];
    } else if (sign === '零' || sign === '〇') {
      isPlain = true;
    } else {
      if (digit !== undefined) return undefined;
      digit = digits[sign] ?? Number(sign);
    }
  }
  // 一万五 is fifteen thousand; 十五 and 一万零五 are what they say.
  const isShort = digit !== undefined && digit < 10 && last >= 100 && !isPlain;
  return total + section + (digit ?? 0) * (isShort ? last / 10 : 1);
}

const number = String.raw`\d+(?:\.\d+)?(?:\s?(?:thousand|million)\b|[wkm]\b|\s?[零一二两三四五六七八九十百千万亿\d]+)?|[零一二两三四五六七八九十百千万亿]+`;
const pattern = new RegExp(number, 'gu');
// What is counted and is no money.
const counted = /^\s?(?:年|岁|周岁|人|名|个|天|日|月|级|届|条|家|项|%|years?|days?|months?|people)/u;
const least = /(?:至少|不少于|不低于|超过|大于|高于|多于|over|above|from|at least|more than)\s*$/u;
const most = /(?:最多|不超过|少于|低于|小于|不到|under|below|up to|at most|less than)\s*$/u;
const more = /^\s?(?:元|块钱?|yuan)?\s?(?:及?以上|以外|起|\+|or more)/u;
const less = /^\s?(?:元|块钱?|yuan)?\s?(?:及?以下|以内|之内|or less)/u;
const between = /^\s?(?:元|块|yuan)?\s?(?:-|~|–|—+|至|到|to)\s?/u;
const money = /^\s?(?:元|块钱?|yuan)/u;

interface Token {
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly isScaled: boolean;
  readonly text: string;
}

/** All amounts of a text that is normalised, in order. */
export function readFigures(text: string): readonly Figure[] {
  const tokens = [...text.matchAll(pattern)].flatMap((match) => tokenOf(match[0], match.index, text) ?? []);
  const figures: Figure[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    const next = tokens[at + 1];
    const span = next === undefined ? undefined : spanOf(token, next, text);
    if (span !== undefined) at++;
    figures.push(span ?? boundedOf(token, text));
  }
  return figures;
}

function tokenOf(found: string, start: number, text: string): Token | undefined {
  // A figure within a word is part of the word, such as A1.
  if (/[a-z]/.test(text[start - 1] ?? '') || /[a-z]/.test(text[start + found.length] ?? '')) return undefined;
  const value = readNumber(found.replace(/\s/g, ''));
  const isDigits = /^\d/.test(found);
  const whole: Token | undefined = value === undefined ? undefined : { start, end: start + found.length, value, isScaled: /[^\d.]/.test(found), text: found };
  if (isDigits && (whole === undefined || /[十百千万亿wkma-z\d.]$/.test(found) || /[万亿千百]/.test(found))) {
    if (whole !== undefined) return whole;
    const [plain = ''] = /^\d+(?:\.\d+)?/.exec(found) ?? [];
    return { start, end: start + plain.length, value: Number(plain), isScaled: false, text: plain };
  }
  // Without digits of the other kind it is an amount only where it is large, or said to be money: 五千, 八元; not 三级, 百强.
  const isAmount = /[一二两三四五六七八九十百千][百千万亿]/.test(found) || money.test(text.slice(start + found.length));
  return isAmount ? whole : undefined;
}

/** 10-50万, 100000 到 200000: a span of money, or undefined where it is none. */
function spanOf(low: Token, high: Token, text: string): Figure | undefined {
  const gap = text.slice(low.end, high.start);
  const joined = between.exec(gap);
  if (joined === null || joined[0].length !== gap.length) return undefined;
  const after = text.slice(high.end);
  const [scale] = /(?:[十百千]?[万亿]|[wkm]|thousand|million)$/u.exec(high.text) ?? [];
  const from = low.isScaled || scale === undefined ? low.value : low.value * (readNumber(`1${scale}`) ?? 1);
  const isYears = low.value >= 1900 && high.value <= 2100;
  const isMoney = scale !== undefined || money.test(after) || (low.value >= 1_000 && !isYears);
  if (!isMoney || counted.test(after) || from >= high.value) return undefined;
  return { start: low.start, end: high.end + (money.exec(after)?.[0].length ?? 0), from: toCents(from), to: toCents(high.value), text: '' };
}

function boundedOf({ start, end, value, text: typed, isScaled }: Token, text: string): Figure {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const yuan = toCents(value);
  const isMoney = !counted.test(after);
  const upper = most.exec(before);
  // 不超过 ends as 超过 does.
  const lower = upper === null ? least.exec(before) : null;
  const [above, below] = [more.exec(after), less.exec(after)];
  const tail = end + (above ?? below ?? money.exec(after) ?? [''])[0].length;
  if (isMoney && (lower !== null || above !== null)) return { start: lower?.index ?? start, end: tail, from: yuan, to: Infinity, text: '' };
  if (isMoney && (upper !== null || below !== null)) return { start: upper?.index ?? start, end: tail, from: 0, to: yuan, text: '' };
  return { start, end: tail, from: yuan, to: yuan, text: isScaled ? typed.trim() : typed };
}

function toCents(yuan: number): number {
  return Math.round(yuan * 100) / 100;
}
