// What somebody means who types into the search box: a name, its pinyin or initials, a number, its last four, a telephone; pure.
import { readCreditCode } from '../../contract/credit-code.ts';
import { readIdentityNumber, readMobileNumber } from '../../contract/identity-number.ts';
import { beginsSyllable, isSyllable, type OrderRange, ordersOfBeginning, ordersOfSyllable } from './name-order.ts';
import type { PartyKind } from './party.ts';
import { pairsOf, plainName } from './search-tokens.ts';

/** A range of C-collated text: from, included, to, not included. */
export interface TextRange {
  readonly from: string;
  readonly to: string;
}

/** Names by how they are spelled: a walk along one index, and what must hold besides. */
export interface SpelledBranch {
  /** By which column the rows are found. */
  readonly by: 'pinyin' | 'initials';
  readonly range: TextRange;
  /** Holds for the pinyin besides. */
  readonly pinyin?: TextRange;
  /** The first syllable and the letter that the second begins with, where they are known: such names lie in few ranges of the order. */
  readonly beginning?: { readonly syllable: string; readonly letter: string };
  /** True leaves out the name's own spelling, which another branch finds. */
  readonly onlyOthers?: boolean;
}

/** What was meant. */
export type Meaning =
  /** Nothing was typed. */
  | { readonly kind: 'all' }
  /** A canonical identity number. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'last-four'; readonly characters: string }
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'credit-code'; readonly code: string }
  /** Two or more characters, all pairs of which stand in the name. */
  | { readonly kind: 'pairs'; readonly pairs: readonly string[] }
  /** Names that lie in ranges of the order, or are spelled so. */
  | { readonly kind: 'spelled'; readonly orders: readonly OrderRange[]; readonly branches: readonly SpelledBranch[] }
  /** What was typed can be nobody's name or number. */
  | { readonly kind: 'none' };

const LONGEST = 100;
const MOST_INITIALS = 6;
const SMALLEST_PAIRED = 2;

/** Reads what was typed; `today` is `YYYY-MM-DD`. */
export function readSearch(typed: string, kind: PartyKind, today: string): Meaning {
  const text = typed.normalize('NFKC').trim().slice(0, LONGEST);
  if (text === '') return { kind: 'all' };
  if (kind === 'person') {
    const number = readIdentityNumber(text, { today });
    if (number.ok) return { kind: 'number', number: number.canonical };
    const phone = readMobileNumber(text);
    if (phone !== undefined) return { kind: 'phone', phone };
    if (/^\d{3}[\dxX]$/.test(text)) return { kind: 'last-four', characters: text.toUpperCase() };
  } else {
    const code = readCreditCode(text);
    if (code.ok) return { kind: 'credit-code', code: code.canonical };
  }
  // Typed ü, or v for it, is stored as v.
  const letters = text.toLowerCase().replaceAll('ü', 'v').replaceAll(/lyu|nyu/g, (found) => `${found.charAt(0)}v`);
  if (/^[a-z][a-z\s'’.-]*$/.test(letters)) return readLetters(letters.replaceAll(/[^a-z]/g, ''));
  const plain = plainName(text);
  const characters = Array.from(plain);
  if (characters.length >= SMALLEST_PAIRED) return { kind: 'pairs', pairs: [...new Set(pairsOf(plain))] };
  return characters.length === 1 ? { kind: 'spelled', orders: ordersOfBeginning(plain), branches: [] } : { kind: 'none' };
}

/** Pinyin (zhangsanfeng, zhangs, zh), initials (zsf), syllables and then initials (zhangsf), or a name in letters (john). */
function readLetters(letters: string): Meaning {
  const orders: OrderRange[] = [];
  const branches: SpelledBranch[] = [];
  const beginning = beginningWith(letters);
  const isOneSyllable = beginsSyllable(letters);
  if (isOneSyllable) {
    // Everybody whose first syllable begins so lies together in the order; so do names in letters.
    const order = ordersOfSyllable(letters);
    if (order !== undefined) orders.push(order);
    orders.push(...ordersOfBeginning(letters));
    branches.push({ by: 'pinyin', range: beginning, onlyOthers: true });
  }
  for (const { syllables, rest } of splits(letters)) {
    const initials = syllables.map((syllable) => syllable.charAt(0)).join('');
    const [syllable, second = rest] = syllables;
    const known = syllable === undefined ? {} : { beginning: { syllable, letter: second.charAt(0) } };
    // xian is xi’an too: rarer than the syllable, and found by its initials.
    if (rest !== '' && beginsSyllable(rest) && isOneSyllable && syllables.length > 0) branches.push({ by: 'initials', range: beginningWith(initials + rest.charAt(0)), pinyin: beginning, ...known });
    if (isInitials(rest) && (initials + rest).length <= MOST_INITIALS && initials.length + rest.length > 1) {
      // The next syllable follows at once: sha and n is not shao and n.
      branches.push({ by: 'initials', range: beginningWith(initials + rest), ...(syllables.length === 0 ? {} : { pinyin: beginningWith(syllables.join('') + rest.charAt(0)), ...known }) });
    }
  }
  if (!isOneSyllable) branches.push({ by: 'pinyin', range: beginning });
  return { kind: 'spelled', orders, branches };
}

/** Every way to read whole syllables from the beginning, with what is left; no syllable at all is the first. */
function splits(letters: string): { readonly syllables: readonly string[]; readonly rest: string }[] {
  const found: { readonly syllables: readonly string[]; readonly rest: string }[] = [];
  const read = (syllables: readonly string[], at: number): void => {
    if (found.length >= 12) return;
    if (at < letters.length) found.push({ syllables, rest: letters.slice(at) });
    for (let end = Math.min(letters.length, at + 6); end > at; end--) if (isSyllable(letters.slice(at, end))) read([...syllables, letters.slice(at, end)], end);
  };
  read([], 0);
  return found;
}

/** Letters with which a syllable can begin. */
function isInitials(letters: string): boolean {
  return letters !== '' && !/[iuv]/.test(letters);
}

function beginningWith(text: string): TextRange {
  // The character after z: nothing that is stored begins with it.
  return { from: text, to: `${text}{` };
}
