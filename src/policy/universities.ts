// Universities by name: which classes a name settles, and which universities somebody may mean by a name that is not in the list.

/** Universities as they are compiled. */
export interface UniversityList {
  /**
   * Names, spelled as {@link spellUniversity} does, each with the bits of its classes, or -1 where the name does not settle them: the
   * official names first, then short, former and campus forms, then independent colleges, which have the bits 0.
   */
  readonly universities: readonly (readonly [string, number])[];
  /** Classes in the order of their bits. */
  readonly universityClasses: readonly string[];
  /** How many of `universities` are official names; all where it is not given. */
  readonly officialUniversities?: number;
  /** For the names after the official ones: the place of the official name meant, or of each where several go by it. */
  readonly universityAliases?: readonly (number | readonly number[])[];
}

/** What is known of a university's name. */
export interface UniversityHint {
  /** True where the name settles the classes: a listed university, or an independent college known to have none. */
  readonly known: boolean;
  /** Official names that may be meant, the likeliest first; empty where the name is known or like no other. */
  readonly suggestions: readonly string[];
}

// White space, and what is written without being seen. generate-sql.ts knows the same.
const unseen = /[\s\u00ad\u200b-\u200f\u2060]+/g;
// What stands for a campus at the end of a name; a college with a campus keeps its own name. generate-sql.ts spells alike.
const campus = /\(?(?:大学城|学院路|大学路|大兴|大连|[^()大学院校]{0,8})校区\)?$/u;

// A name in another script, or in traditional characters: the list has simplified ones, so it says nothing of it. generate-sql.ts knows the same.
const otherScript = /^[^\u4e00-\u9fff]+$|學/;

/** Spells a university's name as the list does: no spaces nor what cannot be seen, half-width brackets, no campus (吉林大学南岭校区 is 吉林大学). */
export function spellUniversity(name: string): string {
  return name.replace(unseen, '').replace(/（/g, '(').replace(/）/g, ')').replace(campus, '');
}

/** The look-ups of a list, made once: they cost more than an answer. */
interface Index {
  readonly bits: ReadonlyMap<string, number>;
  /** Each name by which an official one is suggested. */
  readonly names: readonly { readonly name: string; readonly official: readonly number[]; readonly isOfficial: boolean }[];
  /** Each spelled name with the official one that it stands for alone; undefined where several go by it. */
  readonly official: ReadonlyMap<string, string | undefined>;
}

const indexes = new WeakMap<UniversityList, Index>();

function indexOf(list: UniversityList): Index {
  let index = indexes.get(list);
  if (index === undefined) {
    const count = list.officialUniversities ?? list.universities.length;
    const names = list.universities.flatMap(([name], at) => {
      if (at < count) return [{ name, official: [at], isOfficial: true }];
      const meant = list.universityAliases?.[at - count];
      return meant === undefined ? [] : [{ name, official: typeof meant === 'number' ? [meant] : meant, isOfficial: false }];
    });
    const official = new Map<string, string | undefined>();
    for (const { name, official: meant } of names) if (!official.has(name)) official.set(name, meant.length === 1 ? list.universities[meant[0] ?? -1]?.[0] : undefined);
    index = { bits: new Map(list.universities), names, official };
    indexes.set(list, index);
  }
  return index;
}

/**
 * The class bits of a university by any of its names; 0 for one that is not in the list; -1 where the name does not settle them:
 * a short name that universities of different classes share, a listed name that goes on (吉林大学计算机学院), which may be one of its
 * schools or an independent college that only bears its name, or one in another script (Jilin University, 吉林大學).
 */
export function classesOfUniversity(name: string, list: UniversityList): number {
  const { bits } = indexOf(list);
  const spelled = spellUniversity(name);
  const found = bits.get(spelled);
  if (found !== undefined) return found;
  const end = spelled.indexOf('大学') + 2;
  return (end > 2 && (bits.get(spelled.slice(0, end)) ?? 0) !== 0) || otherScript.test(spelled) ? -1 : 0;
}

/** The official name that a name stands for; undefined where it is not listed or several go by it. */
export function officialUniversity(name: string, list: UniversityList): string | undefined {
  const { official } = indexOf(list);
  // Most names are written as the list spells them.
  return official.get(name) ?? official.get(spellUniversity(name));
}

/**
 * Official names that fit what is typed so far, the likeliest first: the name itself, names that begin with it, names that hold it,
 * names that it goes on from, names with its characters in this order, then names one or two slips away (吉林大雪).
 * @param most how many at most.
 */
export function suggestUniversities(text: string, list: UniversityList, most = 5): readonly string[] {
  const mayChange = wholeName.test(spellUniversity(text)) ? 1 : 2;
  const near = (typed: string, name: string, isOfficial: boolean): number | undefined =>
    closeness(typed, name, isOfficial) ?? slips(typed, name, isOfficial, mayChange);
  return rank(text, list, near).slice(0, most).map(([name]) => name);
}

/**
 * What is known of a name that somebody gave as complete. More careful than {@link suggestUniversities}: most universities are not
 * in the list and rightly so, and 北华大学 is not 东华大学 misspelled; so a name that ends as a university's does is only compared
 * for a character too many, too few or two in the wrong order.
 */
export function universityHint(name: string, list: UniversityList): UniversityHint {
  const spelled = spellUniversity(name);
  const found = indexOf(list).bits.get(spelled);
  if (found !== undefined && found >= 0) return { known: true, suggestions: [] };
  if (spelled.length < 2) return { known: false, suggestions: [] };
  const isWhole = wholeName.test(spelled);
  const near = (typed: string, one: string, isOfficial: boolean): number | undefined => {
    const close = closeness(typed, one, isOfficial);
    if (close !== undefined && !(isWhole && close >= IN_ORDER)) return close;
    return slips(typed, one, isOfficial, isWhole ? 0 : 2);
  };
  const ranked = rank(name, list, near);
  // What is clearly further off than the likeliest would only confuse.
  const least = ranked[0]?.[1] ?? 0;
  return { known: false, suggestions: ranked.filter(([, score]) => score <= least + 1).slice(0, 3).map(([one]) => one) };
}

// How the whole name of a university or college ends.
const wholeName = /(?:大学|学院|学校|分校|\))$/;
const IN_ORDER = 6;
const SLIPS = 8;
// Nothing longer is a name; comparing it would only take time.
const MOST_TYPED = 60;

/** Official names with the score of their best name, the smallest first; an undefined score is no match. */
function rank(text: string, list: UniversityList, near: (typed: string, name: string, isOfficial: boolean) => number | undefined): readonly (readonly [string, number])[] {
  const typed = spellUniversity(text);
  const { bits, names } = indexOf(list);
  // An independent college is known; the university whose name it bears is not meant.
  if (typed === '' || typed.length > MOST_TYPED || (bits.get(typed) === 0 && !names.some(({ name }) => name === typed))) return [];
  const best = new Map<number, number>();
  for (const { name, official, isOfficial } of names) {
    const score = near(typed, name, isOfficial);
    if (score === undefined) continue;
    for (const at of official) if (score < (best.get(at) ?? Infinity)) best.set(at, score);
  }
  return [...best].sort(([a, scoreA], [b, scoreB]) => scoreA - scoreB || a - b).map(([at, score]) => [list.universities[at]?.[0] ?? '', score] as const);
}

/** How near a name is without any slip. */
function closeness(typed: string, name: string, isOfficial: boolean): number | undefined {
  if (name === typed) return 0;
  const other = isOfficial ? 0 : 0.5;
  if (name.startsWith(typed)) return 1 + other;
  // A whole listed name that goes on: a school, a college, a department.
  if (/(?:大学|学院|\))$/.test(name) && typed.startsWith(name)) return 2 + other - name.length / 100;
  if (typed.length >= 2 && name.includes(typed)) return 4 + other;
  if (isOfficial && typed.length >= 2 && isInOrder(typed, name)) return IN_ORDER + (name.length - typed.length) / 100;
  return undefined;
}

function isInOrder(typed: string, name: string): boolean {
  let at = 0;
  for (const letter of name) if (letter === typed[at]) at++;
  return at === typed.length;
}

/**
 * How near a name is by slips of writing: one in up to five characters, two in more; undefined beyond.
 * @param changes how many characters may be wrong rather than missing, too many or swapped.
 */
function slips(typed: string, name: string, isOfficial: boolean, changes: number): number | undefined {
  // Of short names everything is one slip away.
  if (typed.length < 3 || name.length < 4) return undefined;
  const allowed = changes > 1 && name.length > 5 ? 2 : 1;
  if (Math.abs(name.length - typed.length) > allowed) return undefined;
  const found = slipsBetween(typed, name, changes === 0 ? allowed + 1 : 1);
  return found > allowed ? undefined : SLIPS + found + (isOfficial ? 0 : 0.5);
}

/** Edit distance in which two neighbours in the wrong order are one slip, and a wrong character costs what is given. */
function slipsBetween(a: string, b: string, change: number): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : change);
      let least = Math.min(same, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
