// The rows that searches and lists read, made from a party's names, facts, jurisdiction and employers; pure.
import { nameOrder, spellName, spellWords, type Spelling } from './name-order.ts';
import { type SearchBook, type Searchable, tokensOf } from './search-tokens.ts';

/** The rows of one party. */
export interface SearchRows {
  readonly nameOrder: bigint;
  /** The name's own first, then other readings and former names, each once. */
  readonly spellings: readonly [Spelling, ...Spelling[]];
  readonly tokens: readonly number[];
}

const MOST_SPELLINGS = 20;
const LONGEST_SPELLING = 200;

/** Makes a party's rows. */
export function makeSearchRows(searchable: Searchable, book: SearchBook): SearchRows {
  const [name, ...others] = searchable.names;
  const [first, ...further] = spellName(name);
  const spellings: [Spelling, ...Spelling[]] = [shorten(first)];
  const read = (one: string): Spelling[] => (searchable.kind === 'organisation' ? [spellWords(one)] : []);
  for (const other of [...further, ...read(name), ...others.flatMap((former) => [...spellName(former), ...read(former)])].map(shorten)) {
    const isNew = !spellings.some(({ pinyin, initials }) => pinyin === other.pinyin && initials === other.initials);
    if (isNew && other.pinyin !== '' && spellings.length < MOST_SPELLINGS) spellings.push(other);
  }
  return { nameOrder: nameOrder(name), spellings, tokens: tokensOf(searchable, book) };
}

/** Names of organisations can be longer than an index entry should be. */
function shorten({ pinyin, initials }: Spelling): Spelling {
  return { pinyin: pinyin.slice(0, LONGEST_SPELLING), initials: initials.slice(0, LONGEST_SPELLING) };
}
