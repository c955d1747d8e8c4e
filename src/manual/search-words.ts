// Makes what people type and what is searched alike: widths, capitals, separators, and amounts however they are written.

const digits: Readonly<Record<string, number>> = { 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 };
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const scales: Readonly<Record<string, number>> = { 千: 1_000, 万: 10_000, 亿: 100_000_000, k: 1_000, m: 1_000_000 };

/** Full-width letters and figures become narrow, capitals small, `80,000` becomes `80000`. */
export function normalise(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/(?<=\d),(?=\d{3})/g, '').replace(/\s+/g, ' ').trim();
}

/** 八, 十二, 一百五十: a Chinese number below ten thousand; undefined where it is none. */
function readChinese(text: string): number | undefined {
  let [sum, digit] = [0, 0];
  for (const character of text) {
    const unit = units[character];
    if (unit !== undefined) {
      sum += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
      continue;
    }
    const found = digits[character];
    if (found === undefined) return undefined;
    digit = found;
  }
  return sum + digit;
}

/** A part of what was typed: Chinese without spaces, a word of another writing, or an amount in yuan. */
export type Term = { readonly kind: 'chinese' | 'word'; readonly text: string } | { readonly kind: 'figure'; readonly yuan: number; readonly text: string };

// Words of a question that say nothing about what is looked for.
const idle = /我想要?|请问|怎么|多少|什么|哪些|可以|能不能|有没有|如何|办理|申请|领取?|的|了|吗|呢|我|想|要|有|和|与|以及|块钱|元/g;
const idleWords = new Set(['the', 'a', 'an', 'of', 'for', 'to', 'in', 'and', 'or', 'i', 'my', 'how', 'what', 'much', 'is', 'are', 'yuan']);
const amount = /(\d+(?:\.\d+)?)\s*(千|万|亿|k\b|m\b)?\s*(?:元|块|yuan)?|([零一二两三四五六七八九十百千]+)\s*(万|亿)(?:元|块)?/g;

/** What was typed, as terms. */
export function readTerms(typed: string): readonly Term[] {
  const text = normalise(typed);
  const terms: Term[] = [];
  let end = 0;
  const addWords = (part: string): void => {
    for (const run of part.match(/[\u2E80-\u9FFF\uF900-\uFAFF]+|[\p{L}\p{N}-]+/gu) ?? []) {
      if (!/^[\u2E80-\u9FFF\uF900-\uFAFF]/.test(run)) {
        if (!idleWords.has(run)) terms.push({ kind: 'word', text: run });
        continue;
      }
      // A question is taken apart at its idle words; a run of nothing else is looked for as it stands.
      const parts = run.replace(idle, ' ').split(' ').filter((one) => one !== '');
      for (const one of parts.length === 0 ? [run] : parts) terms.push({ kind: 'chinese', text: one });
    }
  };
  for (const match of text.matchAll(amount)) {
    const [whole, number, scale, chinese, chineseScale] = match;
    const before = text[match.index - 1] ?? '';
    const after = text[match.index + whole.length] ?? '';
    // A figure within a word is part of the word: A1, 985院校 stays a figure of its own kind below.
    if (/[a-z]/.test(before) || /[a-z]/.test(after)) continue;
    const value = number === undefined ? readChinese(chinese ?? '') : Number(number);
    if (value === undefined) continue;
    addWords(text.slice(end, match.index));
    end = match.index + whole.length;
    terms.push({ kind: 'figure', yuan: Math.round(value * (scales[scale ?? chineseScale ?? ''] ?? 1) * 100) / 100, text: number === undefined ? whole : scale === undefined ? number : whole });
  }
  addWords(text.slice(end));
  return terms;
}
