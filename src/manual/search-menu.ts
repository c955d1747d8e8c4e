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
  const terms = readTerms(query.words);
  const scored = terms.length === 0 ? { entries: byLevel(allowed, levels), isLoose: false } : rank(allowed, terms, index.entries);
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

function rank(entries: readonly MenuEntry[], terms: readonly Term[], all: readonly MenuEntry[]): MenuResult {
  const rarity = rarityIn(all);
  const scored = entries.map((entry) => ({ entry, scores: terms.map((term) => scoreOf(entry, term, rarity)) }));
  const sum = (scores: readonly number[]): number => scores.reduce((a, b) => a + b, 0);
  const whole = scored.filter(({ scores }) => scores.every((score) => score > 0));
  const found = whole.length > 0 ? whole : scored.filter(({ scores }) => scores.some((score) => score > 0));
  return { entries: found.sort((a, b) => sum(b.scores) - sum(a.scores)).map(({ entry }) => entry), isLoose: whole.length === 0 && found.length > 0 };
}

const titles = new WeakMap<MenuEntry, string>();

function titleOf(entry: MenuEntry): string {
  let title = titles.get(entry);
  if (title === undefined) titles.set(entry, (title = normalise(entry.title)));
  return title;
}

/** How telling a pair of characters is: one that is everywhere says little. */
function rarityIn(entries: readonly MenuEntry[]): (pair: string) => number {
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

const weights = { title: 12, keys: 4, text: 3 } as const;
// Of what was typed without spaces, at least this much must be there, by weight of its pairs.
const ENOUGH = 0.6;

function scoreOf(entry: MenuEntry, term: Term, rarity: (pair: string) => number): number {
  const title = titleOf(entry);
  if (term.kind === 'figure') {
    if (entry.mostFen === Math.round(term.yuan * YUAN)) return weights.title * 2;
    if (entry.figures.includes(term.yuan)) return weights.title;
    const { text } = term;
    return whole(title, text) ? weights.title : whole(entry.keys, text) || whole(entry.text, text) ? weights.text : 0;
  }
  if (title.includes(term.text)) return weights.title * (1 + term.text.length / title.length);
  if (term.kind === 'word') return isWordIn(entry.keys, term.text) ? weights.keys : isWordIn(entry.text, term.text) ? weights.text : 0;
  if (entry.keys.includes(term.text)) return weights.keys + 1;
  if (entry.text.includes(term.text)) return weights.text + 1;
  return scorePairs(entry, term.text, rarity);
}

/** A number stands by itself: 8 is not found in 80000. */
function whole(text: string, number: string): boolean {
  const at = text.indexOf(number);
  return at >= 0 && !/\d/.test(text[at - 1] ?? '') && !/\d/.test(text[at + number.length] ?? '');
}

function isWordIn(text: string, word: string): boolean {
  const at = text.indexOf(word);
  return at >= 0 && (at === 0 || !/[a-z0-9]/.test(text[at - 1] ?? '') || text.includes(` ${word}`));
}

function scorePairs(entry: MenuEntry, text: string, rarity: (pair: string) => number): number {
  if (text.length < 2) return 0;
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
