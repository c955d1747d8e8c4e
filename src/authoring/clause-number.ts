// Takes the numbers of clauses apart: which clause stands below which, and where the numbering has a gap.

/** A gap in the numbering: the clause before which another should stand, and the number of that one. */
export interface Gap {
  readonly clause: string;
  readonly expected: string;
}

const digits = '一二三四五六七八九';
const circled = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳';

/** How clauses are numbered, the outer styles first. */
const styles: readonly { readonly name: string; readonly pattern: RegExp; readonly write: (number: number) => string }[] = [
  ...['编', '章', '节', '条'].map((unit) => ({ name: unit, pattern: new RegExp(`第([零一二三四五六七八九十百]+)${unit}`), write: (number: number) => `第${writeChinese(number)}${unit}` })),
  { name: '一', pattern: /([零一二三四五六七八九十百]+)/, write: writeChinese },
  { name: '（一）', pattern: /（([零一二三四五六七八九十百]+)）/, write: (number) => `（${writeChinese(number)}）` },
  { name: '附件1', pattern: /附件(\d+)/, write: (number) => `附件${number}` },
  { name: '1', pattern: /(\d+)/, write: String },
  { name: '（1）', pattern: /（(\d+)）/, write: (number) => `（${number}）` },
  { name: '①', pattern: new RegExp(`([${circled}])`), write: (number) => circled[number - 1] ?? `（${number}）` },
];
const step = new RegExp(styles.map(({ pattern }) => pattern.source.replace('(', '(?:')).join('|'), 'g');

/** One step of a clause's number: 附件1三（一） has three. Words such as 前言 are a step without a number. */
interface Step {
  readonly text: string;
  readonly rank: number;
  readonly number?: number;
}

function stepsOf(clause: string): Step[] {
  const steps: Step[] = [];
  let end = 0;
  const addWords = (text: string): void => {
    if (text !== '') steps.push({ text, rank: styles.length });
  };
  for (const match of clause.matchAll(step)) {
    addWords(clause.slice(end, match.index));
    end = match.index + match[0].length;
    const rank = styles.findIndex(({ pattern }) => pattern.exec(match[0])?.[0] === match[0]);
    const written = styles[rank]?.pattern.exec(match[0])?.[1] ?? '';
    steps.push({ text: match[0], rank, number: readNumber(written) });
  }
  addWords(clause.slice(end));
  return steps;
}

function readNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  return circled.includes(text) ? circled.indexOf(text) + 1 : readChinese(text);
}

/** A number below a thousand: 三, 十二, 二十, 一百零三. */
function readChinese(text: string): number {
  let [sum, digit] = [0, 0];
  for (const char of text) {
    if (char === '十' || char === '百') {
      sum += (digit === 0 ? 1 : digit) * (char === '十' ? 10 : 100);
      digit = 0;
    } else digit = digits.indexOf(char) + 1;
  }
  return sum + digit;
}

function writeChinese(number: number): string {
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10];
  const digitOf = (digit: number): string => digits[digit - 1] ?? '';
  const head = hundreds === 0 ? '' : `${digitOf(hundreds)}百`;
  return `${head}${tens === 0 ? (hundreds > 0 && ones > 0 ? '零' : '') : `${tens === 1 && hundreds === 0 ? '' : digitOf(tens)}十`}${digitOf(ones)}`;
}

/**
 * Above each clause of a document, in its order, the clause that it stands below; undefined for one at the top.
 * A longer number stands below the longest listed one that it begins with (附件1三（一） below 附件1三); of the numbers of
 * one step （一） stands below the 一 before it, for the main text numbers its clauses through.
 */
export function parentsOf(clauses: readonly string[]): ReadonlyMap<string, string | undefined> {
  const listed = new Set(clauses);
  const parents = new Map<string, string | undefined>();
  /** The clauses of one step that are open, the outer ones first. */
  let open: { readonly clause: string; readonly rank: number }[] = [];
  for (const clause of clauses) {
    const steps = stepsOf(clause);
    const [only] = steps;
    if (steps.length > 1 || only === undefined) {
      const above = steps.map((_, index) => steps.slice(0, index).map(({ text }) => text).join('')).reverse();
      parents.set(clause, above.find((text) => listed.has(text)));
      continue;
    }
    open = open.filter(({ rank }) => rank < only.rank);
    // An annex and a preamble stand beside the main text, not below its last clause.
    const isAside = only.number === undefined || styles[only.rank]?.name === '附件1';
    parents.set(clause, isAside ? undefined : open.at(-1)?.clause);
    if (isAside) open = [];
    else open.push({ clause, rank: only.rank });
  }
  return parents;
}

/** Where the numbering of clauses, in their order, does not go on by one or does not begin at one. */
export function findGaps(clauses: readonly string[]): Gap[] {
  const last = new Map<string, number>();
  return clauses.flatMap((clause) => {
    const steps = stepsOf(clause);
    const own = steps.at(-1);
    if (own?.number === undefined) return [];
    const head = steps.slice(0, -1).map(({ text }) => text).join('');
    const series = `${head}|${own.rank}`;
    const next = (last.get(series) ?? 0) + 1;
    last.set(series, own.number);
    return own.number === next ? [] : [{ clause, expected: head + (styles[own.rank]?.write(next) ?? '') }];
  });
}
