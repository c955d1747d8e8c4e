// Makes what people type and what is searched alike: widths, capitals, separators, traditional characters; and parts a question into terms.

import { foldCharacters } from './fold-characters.ts';
import { readFigures } from './read-figures.ts';
import { chineseWords, synonymsOf } from './search-synonyms.ts';

/** Full-width letters and figures become narrow, capitals small, traditional characters simplified, `80,000` becomes `80000`. */
export function normalise(text: string): string {
  return foldCharacters(text.normalize('NFKC').toLowerCase()).replace(/[\u2010-\u2013]/g, '-').replace(/(\d),(?=\d{3})/g, '$1').replace(/\s+/g, ' ').trim();
}

/** A part of what was typed: Chinese without spaces, a word of another writing, an amount in yuan or a span of amounts. `also` means the same. */
export type Term =
  | { readonly kind: 'chinese' | 'word'; readonly text: string; readonly also: readonly string[] }
  | { readonly kind: 'figure'; readonly yuan: number; readonly text: string }
  | { readonly kind: 'span'; readonly from: number; readonly to: number };

// Words of a question that say nothing about what is looked for.
const idle =
  /我想要?|我是|我在|我们|请问|请帮|怎么|多少|什么样?|哪些|哪里|可以|可不可以|能不能|有没有|是不是|能拿|能领|拿到|如何|办理|申请|领取?|今年|刚刚?|已经|应该|一个|需要|的|了|吗|呢|我|想|要|有|和|与|以及|块钱|元/g;
const idleWords = new Set(
  'the a an of for to in and or i my me how what where who much many is are am do does can could get have has want need with on at as if any there yuan'.split(' '),
);
const han = /^\p{Script=Han}/u;

/**
 * What was typed, as terms.
 * @param places names of jurisdictions: a question without spaces is parted at them, too.
 */
export function readTerms(typed: string, places: readonly string[] = []): readonly Term[] {
  const text = normalise(typed);
  const words = [...places.filter((place) => han.test(place)).map(normalise), ...chineseWords.map(normalise)].sort((a, b) => b.length - a.length);
  const terms: Term[] = [];
  const addWords = (part: string): void => {
    for (const [run] of part.matchAll(/\p{Script=Han}+|[\p{L}\p{N}-]+/gu)) {
      if (han.test(run)) terms.push(...partChinese(run, words));
      else if (!idleWords.has(run) && /[^-]/.test(run)) terms.push({ kind: 'word', text: run, also: alsoOf(run) });
    }
  };
  let end = 0;
  for (const { start, end: next, from, to, text: figure } of readFigures(text)) {
    addWords(text.slice(end, start));
    end = next;
    terms.push(from === to ? { kind: 'figure', yuan: from, text: figure } : { kind: 'span', from, to });
  }
  addWords(text.slice(end));
  // A question of nothing but idle words is looked for as it stands.
  if (terms.length === 0 && text !== '') return [{ kind: han.test(text) ? 'chinese' : 'word', text, also: [] }];
  // Twice the same says no more than once.
  return [...new Map(terms.map((term) => [JSON.stringify(term), term])).values()];
}

/** A question is taken apart at its idle words and at words that are known; what is left of one character says nothing. */
function partChinese(run: string, words: readonly string[]): Term[] {
  const parts = run
    .replace(idle, ' ')
    .split(' ')
    .flatMap((part) => partAtWords(part, words))
    .filter((part) => part.length > 1 || part === run);
  return parts.map((text) => ({ kind: 'chinese', text, also: alsoOf(text) }));
}

function partAtWords(part: string, words: readonly string[]): string[] {
  if (part.length < 3) return part === '' ? [] : [part];
  for (const word of words) {
    const at = part.indexOf(word);
    // 吉林大学 is a name of its own.
    if (at < 0 || /^(大学|学院|省)/.test(part.slice(at + word.length))) continue;
    return [...partAtWords(part.slice(0, at), words), word, ...partAtWords(part.slice(at + word.length), words)];
  }
  return [part];
}

function alsoOf(word: string): readonly string[] {
  const single = /^[a-z]{3,}ies$/.test(word) ? `${word.slice(0, -3)}y` : /^[a-z]{2,}[^s]s$/.test(word) ? word.slice(0, -1) : word;
  const found = synonymsOf.get(word) ?? synonymsOf.get(single) ?? [];
  return [...(single === word ? [] : [single]), ...found.map(normalise)];
}
