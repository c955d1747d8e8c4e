// Finds items of the menu: by words without spaces, by amount, by who, department, jurisdiction and kind; the same in browser, server and tests.

import type { Benefit, SubjectKind } from '../policy/index.ts';
import type { MenuEntry, MenuIndex } from './menu.ts';
import { normalise, readTerms, type Term } from './search-words.ts';

export const amountBands = ['under-10k', '10k-100k', '100k-500k', '500k-1m', 'from-1m', 'unstated'] as const;
export type AmountBand = (typeof amountBands)[number];
export const sortings = ['fit', 'most', 'least'] as const;
export type Sorting = (typeof sortings)[number];

/** What is asked of the menu. */
export interface MenuQuery {
  readonly words: string;
  readonly who?: SubjectKind;
  readonly amount?: AmountBand;
  readonly department?: string;
  readonly city?: string;
  readonly kind?: Benefit['kind'];
  readonly sort: Sorting;
  /** From 1. */
  readonly page: number;
}

/** What was found. */
export interface MenuResult {
  readonly entries: readonly MenuEntry[];
  /** True where nothing holds all that was typed and these hold a part of it. */
  readonly isLoose: boolean;
}

const YUAN = 100;
const bands: Readonly<Record<AmountBand, readonly [from: number, below: number] | undefined>> = {
  'under-10k': [0, 10_000 * YUAN],
  '10k-100k': [10_000 * YUAN, 100_000 * YUAN],
  '100k-500k': [100_000 * YUAN, 500_000 * YUAN],
  '500k-1m': [500_000 * YUAN, 1_000_000 * YUAN],
  'from-1m': [1_000_000 * YUAN, Infinity],
  unstated: undefined,
};

/** All items that fit, the best first. */
export function searchMenu(index: MenuIndex, query: MenuQuery): MenuResult {
  const levels = query.city === undefined ? undefined : (index.cities.find(({ id }) => id === query.city)?.levels ?? [query.city]);
  const allowed = index.entries.filter((entry) => isAllowed(entry, query, levels));
  const terms = readTerms(query.words, index.cities.flatMap(({ title }) => [title, title.replace(/[市区县]$/, '')]));
  const scored = terms.length === 0 ? { entries: byLevel(allowed, levels), isLoose: false } : rank(allowed, terms, normalise(query.words), index.entries);
  return { ...scored, entries: sorted(scored.entries, query.sort) };
}

function isAllowed(entry: MenuEntry, { who, amount, department, kind }: MenuQuery, levels: readonly string[] | undefined): boolean {
  if (levels !== undefined && !levels.includes(entry.city)) return false;
  if (who !== undefined && !entry.subjects.includes(who)) return false;
  if (kind !== undefined && entry.kind !== kind) return false;
  if (department !== undefined && !entry.departments.includes(department)) return false;
  return amount === undefined || isInBand(entry, amount);
}

/** Whether the most that is known of an amount lies in a band. */
function isInBand({ mostFen }: Pick<MenuEntry, 'mostFen'>, band: AmountBand): boolean {
  const bounds = bands[band];
  return bounds === undefined ? mostFen === undefined : mostFen !== undefined && mostFen >= bounds[0] && mostFen < bounds[1];
}

/** Of a jurisdiction chosen, its own come first, then its parent's. */
function byLevel(entries: readonly MenuEntry[], levels: readonly string[] | undefined): readonly MenuEntry[] {
  return levels === undefined ? entries : levels.flatMap((level) => entries.filter(({ city }) => city === level));
}

function sorted(entries: readonly MenuEntry[], sort: Sorting): readonly MenuEntry[] {
  if (sort === 'fit') return entries;
  const known = entries.filter(({ mostFen }) => mostFen !== undefined);
  const direction = sort === 'most' ? -1 : 1;
  // What has no figure comes last, whichever way.
  return [...known.sort((a, b) => direction * ((a.mostFen ?? 0) - (b.mostFen ?? 0))), ...entries.filter(({ mostFen }) => mostFen === undefined)];
}

interface Scored {
  readonly entry: MenuEntry;
  readonly score: number;
}

// Where nothing holds all, what is less than this part of the best is no find.
const NEAR = 0.5;

/** What holds every term, the best first; else what holds the most telling ones. */
function rank(entries: readonly MenuEntry[], terms: readonly Term[], typed: string, all: readonly MenuEntry[]): MenuResult {
  const rarity = rarityIn(all);
  const scorers = terms.map((term) => scorerOf(term, rarity, all));
  const scored = entries.map((entry) => ({ entry, scores: scorers.map(({ scoreOf }) => scoreOf(entry)) }));
  const isWhole = ({ scores }: { readonly scores: readonly number[] }): boolean => scores.every((score) => score > 0);
  const isLoose = !scored.some(isWhole) || scorers.some(({ isGuessed }) => isGuessed);
  // A term that nearly everything holds tells little of which of its parts was meant.
  const tells = scorers.map((_, at) => Math.log(1 + entries.length / (1 + scored.filter(({ scores }) => (scores[at] ?? 0) > 0).length)));
  const summed = scored.filter((each) => (scored.some(isWhole) ? isWhole(each) : true)).map(({ entry, scores }): Scored => {
    const sum = scores.reduce((total, score, at) => total + score * (terms.length === 1 ? 1 : (tells[at] ?? 0)), 0);
    return { entry, score: sum === 0 ? 0 : sum + scorePhrase(entry, typed) };
  });
  const best = Math.max(0, ...summed.map(({ score }) => score));
  const found = summed.filter(({ score }) => score > 0 && (!isLoose || score >= best * NEAR));
  return { entries: found.sort((a, b) => b.score - a.score).map(({ entry }) => entry), isLoose: isLoose && found.length > 0 };
}

/** Who types a name, or a part of it, or the number of a clause, means what bears it. */
function scorePhrase(entry: MenuEntry, typed: string): number {
  const isIn = (text: string): boolean => (han.test(typed) ? text.includes(typed) : beginsIn(text, typed, true));
  return isIn(titleOf(entry)) ? weights.title * 3 : isIn(entry.keys) ? weights.keys * 2 : 0;
}

const titles = new WeakMap<MenuEntry, string>();

function titleOf(entry: MenuEntry): string {
  let title = titles.get(entry);
  if (title === undefined) titles.set(entry, (title = normalise(entry.title)));
  return title;
}

type Rarity = (pair: string) => number;

/** How telling a pair of characters is: one that is everywhere says little. */
function rarityIn(entries: readonly MenuEntry[]): Rarity {
  const known = new Map<string, number>();
  return (pair) => {
    let rarity = known.get(pair);
    if (rarity === undefined) {
      const holders = entries.filter((entry) => titleOf(entry).includes(pair) || entry.keys.includes(pair) || entry.text.includes(pair)).length;
      known.set(pair, (rarity = Math.log(1 + entries.length / (1 + holders))));
    }
    return rarity;
  };
}

const weights = { title: 12, keys: 4, text: 3, id: 2 } as const;
// Of what was typed without spaces, at least this much must be there, by weight of its pairs.
const ENOUGH = 0.6;
// What means the same counts a little less than what was typed, and less the further it is from it.
const ALSO = 0.7;

const han = /^\p{Script=Han}/u;

interface Scorer {
  readonly scoreOf: (entry: MenuEntry) => number;
  /** True where no item holds the term and it was taken for what is written nearly so. */
  readonly isGuessed: boolean;
}

/** How well items hold a term. What no item holds is looked for with a slip of the hand in it. */
function scorerOf(term: Term, rarity: Rarity, all: readonly MenuEntry[]): Scorer {
  if (term.kind === 'figure' || term.kind === 'span') return { scoreOf: (entry) => (term.kind === 'figure' ? scoreFigure(entry, term) : scoreSpan(entry, term)), isGuessed: false };
  const scoreOne = (entry: MenuEntry, text: string): number => (han.test(text) ? scoreChinese(entry, text, rarity) : scoreWord(entry, text));
  const scoreOf = (entry: MenuEntry): number => Math.max(scoreOne(entry, term.text), ...term.also.map((text, at) => ALSO ** (1 + at / 2) * scoreOne(entry, text)));
  if (all.some((entry) => scoreOf(entry) > 0)) return { scoreOf, isGuessed: false };
  return { scoreOf: (entry) => scoreSlip(entry, term.text), isGuessed: true };
}

function scoreFigure(entry: MenuEntry, { yuan, text }: Term & { kind: 'figure' }): number {
  if (entry.mostFen === Math.round(yuan * YUAN)) return weights.title * 2;
  if (entry.figures.includes(yuan)) return weights.title;
  return isNumberIn(titleOf(entry), text) ? weights.title : isNumberIn(entry.keys, text) || isNumberIn(entry.text, text) ? weights.text : 0;
}

/** Within a span is what pays at most an amount of it; where none is known, what names one. An end that is met exactly comes first. */
function scoreSpan({ mostFen, figures }: MenuEntry, { from, to }: Term & { kind: 'span' }): number {
  const within = (mostFen === undefined ? figures : [mostFen / YUAN]).filter((yuan) => yuan >= from && yuan <= to);
  if (within.length === 0) return 0;
  return mostFen === undefined ? weights.text : weights.title * (within.some((yuan) => yuan === from || yuan === to) ? 2 : 1);
}

/** A number stands by itself: 8 is not found in 80000. */
function isNumberIn(text: string, number: string): boolean {
  if (number === '') return false;
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    if (!/\d/.test(text[at - 1] ?? '') && !/\d/.test(text[at + number.length] ?? '')) return true;
  }
  return false;
}

function scoreWord(entry: MenuEntry, word: string): number {
  const title = titleOf(entry);
  // A word that is there whole comes before one that only begins so.
  if (beginsIn(title, word)) return weights.title * (beginsIn(title, word, true) ? 1 + word.length / title.length : 0.5);
  if (beginsIn(entry.keys, word)) return weights.keys;
  return beginsIn(entry.text, word) ? weights.text : beginsIn(entry.id, word) || entry.id.includes(`-${word}`) ? weights.id : 0;
}

/** Whether a word begins with it, or is it whole: rent is in rental and not in apprenticeship, house is not in in-house. */
function beginsIn(text: string, word: string, isWhole = false): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    // A plural is the same word.
    const isBegun = !/[a-z0-9-]/.test(text[at - 1] ?? '');
    if (isBegun && (!isWhole || /^s?(?![a-z])/.test(text.slice(at + word.length, at + word.length + 2)))) return true;
  }
  return false;
}

function scoreChinese(entry: MenuEntry, text: string, rarity: Rarity): number {
  const title = titleOf(entry);
  if (title.includes(text)) return weights.title * (1 + text.length / title.length);
  if (entry.keys.includes(text)) return weights.keys + 1;
  return entry.text.includes(text) ? weights.text + 1 : scorePairs(entry, text, rarity);
}

function scorePairs(entry: MenuEntry, text: string, rarity: Rarity): number {
  if (text.length < 3) return 0;
  const title = titleOf(entry);
  let [all, found, score] = [0, 0, 0];
  for (let at = 0; at + 2 <= text.length; at++) {
    const pair = text.slice(at, at + 2);
    const worth = rarity(pair);
    // Where two words meet, their pair says nothing; it counts only where it is found.
    const place = title.includes(pair) ? weights.title : entry.keys.includes(pair) ? weights.keys : entry.text.includes(pair) ? weights.text : 0;
    all += place === 0 ? worth * 0.5 : worth;
    if (place === 0) continue;
    found += worth;
    score += place * worth;
  }
  return all > 0 && found / all >= ENOUGH ? score / all : 0;
}

// A longer one is a sentence; of a shorter one nothing is left when a character is wrong.
const SLIP = { least: 3, most: 12, share: 0.65 } as const;

/** As many characters in their places as two thirds of what was typed: 购方补贴 for 购房补贴, subsdiy for subsidy. */
function scoreSlip(entry: MenuEntry, text: string): number {
  if (text.length < SLIP.least || text.length > SLIP.most) return 0;
  return Math.max(weights.title * alike(titleOf(entry), text), weights.keys * alike(entry.keys, text));
}

function alike(text: string, typed: string): number {
  let best = 0;
  for (let from = 0; from + typed.length <= text.length; from++) {
    let same = 0;
    for (let at = 0; at < typed.length; at++) if (text[from + at] === typed[at]) same++;
    best = Math.max(best, same / typed.length);
  }
  return best >= SLIP.share ? best : 0;
}
