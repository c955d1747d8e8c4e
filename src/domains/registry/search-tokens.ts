// Tokens: what a party is found by, each a number that follows from its text; pure.
import { hash } from 'node:crypto';
import { sensitiveGroupOf } from '../../contract/sensitive-facts.ts';
import type { Fact } from '../../policy/model.ts';
import type { FactBook } from './fact-book.ts';
import type { PartyKind } from './party.ts';

/** What is searchable of a party. */
export interface Searchable {
  readonly kind: PartyKind;
  /** The name in force, then former ones and those of records that were merged into this one. */
  readonly names: readonly [string, ...string[]];
  /** The party's jurisdiction and those above it, without the topmost: everybody lies in that. */
  readonly jurisdictionCodes: readonly string[];
  /** For a person: the organisations that the person works for now. */
  readonly employerIds: readonly string[];
  /** Facts known today; sensitive ones are passed over. */
  readonly facts: ReadonlyMap<string, unknown> | Readonly<Record<string, unknown>>;
}

const known = new Map<string, number>();
const MOST_KNOWN = 200_000;

/** The number of a token: the first 52 bits of SHA-256 of its text, so that a JavaScript number holds it exactly. */
function makeToken(text: string): number {
  const digest = hash('sha256', text, 'buffer');
  return digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) >>> 4);
}

/** The number of a token, kept. */
function tokenOf(text: string): number {
  const found = known.get(text);
  if (found !== undefined) return found;
  const made = makeToken(text);
  // Facts come again and again, pairs of characters too; a bound keeps a long import level.
  if (known.size < MOST_KNOWN) known.set(text, made);
  return made;
}

const prefixes: Readonly<Record<PartyKind, string>> = { person: 'p', organisation: 'o' };

/** The token of two adjacent characters of a name. */
export function nameToken(kind: PartyKind, two: string): number {
  return makeToken(`${prefixes[kind]}:name:${two}`);
}

/** The token of everybody within a jurisdiction. */
export function jurisdictionToken(kind: PartyKind, code: string): number {
  return tokenOf(`${prefixes[kind]}:within:${code}`);
}

/** The token of everybody who works for an organisation. */
export function employerToken(organisationId: string): number {
  return tokenOf(`p:employer:${organisationId}`);
}

/** The token of a fact's value as `factWords` spells it. */
export function factToken(kind: PartyKind, name: string, word: string): number {
  return tokenOf(`${prefixes[kind]}:fact:${name}=${word}`);
}

const FIRST_IDEOGRAPH = 0x4e00;
const IDEOGRAPHS = 0x9fff - FIRST_IDEOGRAPH + 1;
/** Tokens of two common Han characters by kind and by both characters as one number: quicker to look up than a text that must be put together. */
const tokensOfTwo: Readonly<Record<PartyKind, Map<number, number>>> = { person: new Map(), organisation: new Map() };
const plainHan = /^[\u4e00-\u9fff]+$/;

/** Tokens of the pairs of a name, one after another. */
function nameTokens(kind: PartyKind, name: string): readonly number[] {
  if (!plainHan.test(name)) return pairsOf(name).map((two) => nameToken(kind, two));
  const tokens: number[] = [];
  const kept = tokensOfTwo[kind];
  for (let at = 0; at + 1 < name.length; at++) {
    const both = (name.charCodeAt(at) - FIRST_IDEOGRAPH) * IDEOGRAPHS + name.charCodeAt(at + 1) - FIRST_IDEOGRAPH;
    let token = kept.get(both);
    if (token === undefined) {
      token = nameToken(kind, name.slice(at, at + 2));
      if (kept.size < MOST_KNOWN) kept.set(both, token);
    }
    tokens.push(token);
  }
  return tokens;
}

/** Pairs of adjacent characters of a name as it is compared: without spaces and signs, letters small. */
export function pairsOf(name: string): string[] {
  const characters = Array.from(plainName(name));
  const pairs: string[] = [];
  for (let at = 0; at + 1 < characters.length; at++) pairs.push(`${characters[at]}${characters[at + 1]}`);
  return pairs;
}

/** A name as it is compared: compatibility forms folded, without spaces, dots, brackets and the like. */
export function plainName(name: string): string {
  if (plainHan.test(name)) return name;
  return name.normalize('NFKC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

const LONGEST_TEXT = 60;

/** Whether a list can be narrowed by a fact: its values are few and stand as they are. */
export function isListable(fact: Fact): boolean {
  return sensitiveGroupOf(fact.name) === undefined && (fact.type === 'flag' || fact.type === 'level' || fact.type === 'kind' || fact.type === 'kinds' || fact.type === 'place' || fact.type === 'text') && fact.by !== 'whole-years';
}

/** The words under which a value is found; empty for what cannot be listed. A place is found by its prefecture too. */
function factWords(fact: Fact, value: unknown): readonly string[] {
  if (!isListable(fact)) return [];
  if (fact.type === 'flag') return typeof value === 'boolean' ? [value ? '是' : '否'] : [];
  if (fact.type === 'kinds') return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  if (fact.type === 'place') {
    const code = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return /^\d{6}$/.test(code) ? [...new Set([code, `${code.slice(0, 4)}00`])] : [];
  }
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT ? [value] : [];
}

/** Facts that hold a university's name, and the fact that holds its classes. */
const classesOfUniversity: Readonly<Record<string, string>> = { 毕业院校: '院校类别', 第一学历院校: '第一学历院校类别' };

const classWords = new Map<string, readonly string[]>();

/** The classes that a university's name settles. */
function wordsOfClasses(university: string, { reference }: SearchBook): readonly string[] {
  const found = classWords.get(university);
  if (found !== undefined) return found;
  const bits = reference.universityClasses(university);
  const words = bits <= 0 ? [] : reference.data.universityClasses.filter((_, bit) => (bits & (1 << bit)) !== 0);
  if (classWords.size < 10_000) classWords.set(university, words);
  return words;
}

/** What of the fact book tokens need. */
export type SearchBook = Pick<FactBook, 'fact' | 'reference'>;

/** Tokens of the values of a fact, by the value; null for a fact that cannot be listed, whose values are nowhere kept. */
type ValueTokens = Map<unknown, readonly number[]> | null;

/** By vocabulary, kind and name of the fact: most people of a list share their values, and working a token out takes longer than asking here. */
const tokensOfFacts = new WeakMap<SearchBook['fact'], Readonly<Record<PartyKind, Map<string, ValueTokens>>>>();
const MOST_VALUES = 5_000;

function keptTokens(kind: PartyKind, book: SearchBook): Map<string, ValueTokens> {
  let facts = tokensOfFacts.get(book.fact);
  if (facts === undefined) tokensOfFacts.set(book.fact, (facts = { person: new Map(), organisation: new Map() }));
  return facts[kind];
}

const noTokens: readonly number[] = [];

function tokensOfFact(kept: Map<string, ValueTokens>, kind: PartyKind, name: string, value: unknown, book: SearchBook): readonly number[] {
  let values = kept.get(name);
  if (values === undefined) {
    const fact = book.fact(kind, name);
    kept.set(name, (values = fact !== undefined && isListable(fact) ? new Map<unknown, readonly number[]>() : null));
  }
  if (values === null) return noTokens;
  const found = values.get(value);
  if (found !== undefined) return found;
  const made = makeTokensOfFact(kind, name, value, book);
  // A list of values is another object each time.
  if (values.size < MOST_VALUES && typeof value !== 'object') values.set(value, made);
  return made;
}

function makeTokensOfFact(kind: PartyKind, name: string, value: unknown, book: SearchBook): readonly number[] {
  const fact = book.fact(kind, name);
  if (fact === undefined) return [];
  const tokens = factWords(fact, value).map((word) => factToken(kind, name, word));
  const derived = classesOfUniversity[name];
  if (derived !== undefined && typeof value === 'string') tokens.push(...wordsOfClasses(value, book).map((word) => factToken(kind, derived, word)));
  return tokens;
}

/** All tokens of a party, each once, in ascending order. */
export function tokensOf(searchable: Searchable, book: SearchBook): number[] {
  const { kind, names, jurisdictionCodes, employerIds, facts } = searchable;
  const tokens: number[] = [];
  const add = (token: number): void => {
    // A dozen or two: looking through them is quicker than a set.
    if (!tokens.includes(token)) tokens.push(token);
  };
  for (const name of names) for (const token of nameTokens(kind, name)) add(token);
  for (const code of jurisdictionCodes) add(jurisdictionToken(kind, code));
  for (const id of employerIds) add(employerToken(id));
  const kept = keptTokens(kind, book);
  for (const [name, value] of facts instanceof Map ? (facts as ReadonlyMap<string, unknown>) : Object.entries(facts)) {
    for (const token of tokensOfFact(kept, kind, name, value, book)) add(token);
  }
  return tokens.sort((a, b) => a - b);
}

/** Tokens as they are kept with the party: eight bytes each. */
export function packTokens(tokens: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(tokens.length * 8);
  let at = 0;
  for (const token of tokens) {
    at = bytes.writeUInt32BE(Math.floor(token / 0x100000000), at);
    at = bytes.writeUInt32BE(token >>> 0, at);
  }
  return bytes;
}

/** What `packTokens` wrote. */
export function unpackTokens(bytes: Uint8Array): number[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: view.length / 8 }, (_, at) => view.readUInt32BE(at * 8) * 0x100000000 + view.readUInt32BE(at * 8 + 4));
}
