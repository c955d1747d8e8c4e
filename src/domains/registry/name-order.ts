// The order of names by pinyin, and how they are spelled for search: the same whatever database, ICU or locale there is.
import { pinyin as lookUpPinyin } from 'pinyin-pro';
import { compoundSurnames, otherSurnameReadings, surnameReadings } from './name-readings.ts';

/** A name written in letters: `pinyin` joined and toneless (`zhangsanfeng`), `initials` one letter a character (`zsf`). */
export interface Spelling {
  readonly pinyin: string;
  readonly initials: string;
}

/** Orders from and up to which (both included) all names with one beginning stand. */
export interface OrderRange {
  readonly from: bigint;
  readonly to: bigint;
}

// Ranks have 16 bits, and the order packs those of the first four characters into a signed 64-bit number.
const RANK_OF_END = 0;
const RANK_OF_SIGNS = 1;
const RANK_OF_DIGITS = 2;
const RANK_OF_LETTERS = 12;
const RANK_OF_OTHERS = 40;
const RANK_OF_PINYIN = 100;
const LAST_RANK = 0xffff;
const CHARACTERS_IN_ORDER = 4;
const LOWEST_ORDER = -(2n ** 63n);

const FIRST_IDEOGRAPH = 0x4e00;
const LAST_IDEOGRAPH = 0x9fff;
const FIRST_EXTENSION_A = 0x3400;
const LAST_EXTENSION_A = 0x4dbf;
const FIRST_EXTENSION_B = 0x20000;
const LAST_EXTENSION = 0x323af;

interface Table {
  /** Rank and toneless pinyin by `character` or, read as a surname in another way, by `character` + reading. */
  readonly readings: ReadonlyMap<string, { readonly rank: number; readonly syllable: string }>;
  /** The key of a character as a surname where it differs. */
  readonly asSurname: ReadonlyMap<string, string>;
  /** Syllables in order, each with the first and last rank of its characters. */
  readonly rangeOfSyllable: ReadonlyMap<string, readonly [number, number]>;
  /** The first rank after all characters that have a reading. */
  readonly firstUnread: number;
}

let table: Table | undefined;

/** One reading as the dictionary writes it with a number for the tone; undefined for a character that it does not know. */
function readingOf(character: string, surname: boolean): string | undefined {
  const reading = lookUpPinyin(character, { toneType: 'num', v: true, ...(surname ? { surname: 'all' as const } : {}) });
  return /^[a-z]+[0-5]$/.test(reading) ? reading : undefined;
}

/** Ranks every character once, by syllable, tone and code point; about 60 ms, at the first name. */
function makeTable(): Table {
  const entries: { key: string; syllable: string; tone: string; codePoint: number }[] = [];
  const asSurname = new Map<string, string>();
  const add = (key: string, character: string, reading: string): void => {
    entries.push({ key, syllable: reading.slice(0, -1), tone: reading.slice(-1), codePoint: character.codePointAt(0) ?? 0 });
  };
  const readings = new Map<string, string>();
  for (const [first, last] of [[0x3007, 0x3007], [FIRST_IDEOGRAPH, LAST_IDEOGRAPH], [FIRST_EXTENSION_A, LAST_EXTENSION_A], [FIRST_EXTENSION_B, LAST_EXTENSION]] as const) {
    for (let codePoint = first; codePoint <= last; codePoint++) {
      const character = String.fromCodePoint(codePoint);
      const reading = readingOf(character, false);
      if (reading === undefined) continue;
      readings.set(character, reading);
      add(character, character, reading);
      if (codePoint > LAST_IDEOGRAPH) continue;
      const surname = surnameReadings[character] ?? readingOf(character, true);
      if (surname === undefined || surname === reading) continue;
      asSurname.set(character, character + surname);
      add(character + surname, character, surname);
    }
  }
  for (const [surname, compound] of Object.entries(compoundSurnames)) {
    for (const [index, character] of Array.from(surname).entries()) {
      const reading = compound[index] ?? '';
      const key = character + reading;
      if (reading === readings.get(character) || entries.some((entry) => entry.key === key)) continue;
      add(key, character, reading);
    }
  }
  entries.sort((a, b) => compare(a.syllable, b.syllable) || compare(a.tone, b.tone) || a.codePoint - b.codePoint);
  const ranked = new Map<string, { readonly rank: number; readonly syllable: string }>();
  const rangeOfSyllable = new Map<string, readonly [number, number]>();
  for (const [index, { key, syllable }] of entries.entries()) {
    const rank = RANK_OF_PINYIN + index;
    ranked.set(key, { rank, syllable });
    rangeOfSyllable.set(syllable, [rangeOfSyllable.get(syllable)?.[0] ?? rank, rank]);
  }
  return { readings: ranked, asSurname, rangeOfSyllable, firstUnread: RANK_OF_PINYIN + entries.length };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const theTable = (): Table => (table ??= makeTable());

/** Compatibility forms, upper case and accents away: ＪＯＨＮ and Jöhn are john; a composed character stays whole. */
function fold(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}+/gu, '').normalize('NFC').toLowerCase().trim();
}

const folded = new Map<string, string>();

/** `fold` for what needs it; nearly all names are plain Han and are left alone. */
function foldName(name: string): string {
  if (/^[\u4e00-\u9fff]+$/.test(name)) return name;
  const known = folded.get(name);
  if (known !== undefined) return known;
  const made = fold(name);
  if (folded.size < 10_000) folded.set(name, made);
  return made;
}

/** A character's rank by script where it has no reading. */
function rankUnread(character: string, { firstUnread }: Table): number {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint >= 0x30 && codePoint <= 0x39) return RANK_OF_DIGITS + codePoint - 0x30;
  if (codePoint >= 0x61 && codePoint <= 0x7a) return RANK_OF_LETTERS + codePoint - 0x61;
  const han = codePoint >= FIRST_EXTENSION_A && codePoint <= LAST_EXTENSION && /\p{Script=Han}/u.test(character);
  if (!han) return /\p{L}/u.test(character) ? RANK_OF_OTHERS + Math.min(59, codePoint >> 8) : RANK_OF_SIGNS;
  // Unread characters follow by code point; there are more of them than ranks, so neighbours share one.
  return firstUnread + Math.floor(((codePoint - FIRST_EXTENSION_A) / (LAST_EXTENSION + 1 - FIRST_EXTENSION_A)) * (LAST_RANK - firstUnread));
}

const beginsCompound: ReadonlySet<string> = new Set(Object.keys(compoundSurnames).map((surname) => surname.charAt(0)));

/** The keys of a name's characters in the table, read as a name: surname first, compound surnames together. */
function keysOf(characters: readonly string[], { asSurname }: Table): string[] {
  const keys = [...characters];
  const [first, second] = characters;
  if (first === undefined) return keys;
  const compound = second === undefined || characters.length < 3 || !beginsCompound.has(first) ? undefined : compoundSurnames[first + second];
  if (compound !== undefined && second !== undefined) {
    keys[0] = keyRead(first, compound[0]);
    keys[1] = keyRead(second, compound[1]);
  } else {
    keys[0] = asSurname.get(first) ?? first;
  }
  return keys;
}

function keyRead(character: string, reading: string): string {
  const key = character + reading;
  return theTable().readings.has(key) ? key : character;
}

function pack(ranks: readonly number[], filler: number): bigint {
  const [first = filler, second = filler, third = filler, fourth = filler] = ranks;
  return LOWEST_ORDER + ((BigInt(first * 0x10000 + second) << 32n) | BigInt(third * 0x10000 + fourth));
}

/**
 * Where a name stands in the pinyin order: letters first, then Han characters by syllable, tone and code point; unknown
 * characters last. Fits PostgreSQL's bigint. The first four characters count; names that agree in them are told apart by their id.
 */
export function nameOrder(name: string): bigint {
  const known = theTable();
  const characters = Array.from(foldName(name)).slice(0, CHARACTERS_IN_ORDER);
  return pack(keysOf(characters, known).map((key, index) => known.readings.get(key)?.rank ?? rankUnread(characters[index] ?? '', known)), RANK_OF_END);
}

/** Orders of all names that begin with these characters (one to four); more than one range where a surname is read in two ways. */
export function ordersOfBeginning(beginning: string): OrderRange[] {
  const known = theTable();
  const characters = Array.from(foldName(beginning)).slice(0, CHARACTERS_IN_ORDER);
  const first = characters[0];
  if (first === undefined) return [];
  const ways = [keysOf(characters, known)];
  if (characters.length === 1) {
    for (const [surname, compound] of Object.entries(compoundSurnames)) {
      if (surname.startsWith(first)) ways.push([keyRead(first, compound[0])]);
    }
  } else if (characters.length === 2) {
    // 单于 may be a whole beginning, or the compound surname of a longer name.
    const compound = compoundSurnames[characters.join('')];
    if (compound !== undefined) ways.push(characters.map((character, index) => keyRead(character, compound[index] ?? '')));
  }
  const ranges = new Map<string, OrderRange>();
  for (const keys of ways) {
    const ranks = keys.map((key, index) => known.readings.get(key)?.rank ?? rankUnread(characters[index] ?? '', known));
    ranges.set(keys.join(' '), { from: pack(ranks, RANK_OF_END), to: pack(ranks, LAST_RANK) });
  }
  return [...ranges.values()];
}

/** Orders of all names whose first syllable begins with these letters (`z`, `zh`, `zhang`); undefined where no syllable does. */
export function ordersOfSyllable(letters: string): OrderRange | undefined {
  let from: number | undefined;
  let to = 0;
  for (const [syllable, [first, last]] of theTable().rangeOfSyllable) {
    if (!syllable.startsWith(letters)) continue;
    from ??= first;
    to = last;
  }
  return from === undefined ? undefined : { from: pack([from], RANK_OF_END), to: pack([to], LAST_RANK) };
}

/** Orders of all names whose first syllable is this one; undefined where it is none. */
export function ordersOfWholeSyllable(syllable: string): OrderRange | undefined {
  const ranks = theTable().rangeOfSyllable.get(syllable);
  return ranks === undefined ? undefined : { from: pack([ranks[0]], RANK_OF_END), to: pack([ranks[1]], LAST_RANK) };
}

/** Orders of all names whose first syllable is this one and whose second begins with a letter: one range for each character that is read so. */
export function ordersOfTwoSyllables(syllable: string, letter: string): OrderRange[] {
  const { rangeOfSyllable } = theTable();
  const firsts = rangeOfSyllable.get(syllable);
  if (firsts === undefined) return [];
  const seconds: (readonly [number, number])[] = [];
  const begun = [...rangeOfSyllable].filter(([each]) => each.startsWith(letter)).map(([, range]) => range);
  const [lowest, highest] = [begun[0]?.[0], begun.at(-1)?.[1]];
  if (lowest !== undefined && highest !== undefined) seconds.push([lowest, highest]);
  const latin = (letter.codePointAt(0) ?? 0) - 0x61;
  if (latin >= 0 && latin < 26) seconds.push([RANK_OF_LETTERS + latin, RANK_OF_LETTERS + latin]);
  const ranges: OrderRange[] = [];
  for (let first = firsts[0]; first <= firsts[1]; first++) for (const [from, to] of seconds) ranges.push({ from: pack([first, from], RANK_OF_END), to: pack([first, to], LAST_RANK) });
  return ranges;
}

/** Whether letters are a whole syllable of Chinese, `lv` for lü. */
export function isSyllable(letters: string): boolean {
  return theTable().rangeOfSyllable.has(letters);
}

/** Whether some syllable begins with these letters. */
export function beginsSyllable(letters: string): boolean {
  return ordersOfSyllable(letters) !== undefined;
}

/**
 * How a name is spelled for search: first as it sorts, then by other readings of its surname (单: shan, dan; 翟: zhai, di) and, for a name of
 * several words in letters, from each later word on.
 */
export function spellName(name: string): [Spelling, ...Spelling[]] {
  const known = theTable();
  const plain = foldName(name);
  const characters = Array.from(plain);
  const keys = keysOf(characters, known);
  let pinyin = '';
  let initials = '';
  let afterLetter = false;
  for (const [index, key] of keys.entries()) {
    const syllable = known.readings.get(key)?.syllable;
    const character = characters[index] ?? '';
    if (syllable !== undefined) {
      pinyin += syllable;
      initials += syllable.charAt(0);
      afterLetter = false;
    } else if (character >= 'a' && character <= 'z') {
      pinyin += character;
      if (!afterLetter) initials += character;
      afterLetter = true;
    } else {
      afterLetter = false;
    }
  }
  const spellings: [Spelling, ...Spelling[]] = [{ pinyin, initials }];
  addOtherReadings(spellings, characters, keys, known);
  if (/[a-z]/.test(plain)) addLaterWords(spellings, plain);
  return spellings;
}

/**
 * How the name of an organisation is spelled as it is read aloud, by words and not a character at a time: 重庆 is chongqing and 银行 yinhang. For
 * search besides {@link spellName}, by which it sorts.
 */
export function spellWords(name: string): Spelling {
  let pinyin = '';
  let initials = '';
  let afterLetter = false;
  for (const { origin, pinyin: reading, isZh } of lookUpPinyin(foldName(name), { type: 'all', toneType: 'none', v: true })) {
    const isRead = isZh && /^[a-z]+$/.test(reading);
    const isLetter = /^[a-z]$/.test(origin);
    const spelled = isRead ? reading : isLetter ? origin : '';
    pinyin += spelled;
    if (!(isLetter && afterLetter)) initials += spelled.charAt(0);
    afterLetter = isLetter;
  }
  return { pinyin, initials };
}

function addOtherReadings(spellings: Spelling[], characters: readonly string[], keys: readonly string[], { readings }: Table): void {
  const [first = ''] = characters;
  const main = spellings[0];
  const read = readings.get(keys[0] ?? '')?.syllable;
  if (read === undefined || main === undefined) return;
  const plain = readings.get(first)?.syllable;
  const others = otherSurnameReadings[first];
  if (others === undefined && (plain === undefined || plain === read)) return;
  for (const other of new Set([...(others ?? []), ...(plain === undefined ? [] : [plain])])) {
    if (other === read) continue;
    spellings.push({ pinyin: other + main.pinyin.slice(read.length), initials: other.charAt(0) + main.initials.slice(1) });
  }
}

function addLaterWords(spellings: Spelling[], plain: string): void {
  const words = plain.split(/[^a-z]+/).filter((word) => word !== '');
  for (let index = 1; index < words.length; index++) {
    const rest = words.slice(index);
    spellings.push({ pinyin: rest.join(''), initials: rest.map((word) => word.charAt(0)).join('') });
  }
}
