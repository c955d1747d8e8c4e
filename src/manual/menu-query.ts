// A question to the menu as an address writes it: `?q=住房补贴&who=person&city=erdao`, read with care and written back.

import type { MenuIndex } from './menu.ts';
import { amountBands, type MenuQuery, sortings } from './search-menu.ts';

/** The most characters of a question that are looked at. */
const MOST_CHARACTERS = 100;

/** Reads what an address asks; what the menu does not know is left out. */
export function readMenuQuery(given: { get(name: string): string | null }, index: MenuIndex): MenuQuery {
  // By whole characters: half a one could not be written back. What cannot be decoded, and signs that nobody sees, ask nothing.
  const words = Array.from((given.get('q') ?? '').replace(/[\p{Cc}\uFFFD]+/gu, ' ')).slice(0, MOST_CHARACTERS).join('');
  const who = index.subjects.find(({ id }) => id === given.get('who'))?.id;
  const kind = index.kinds.find(({ id }) => id === given.get('kind'))?.id;
  const city = index.cities.find(({ id }) => id === given.get('city'))?.id;
  const department = departmentsOf(index).find((name) => name === given.get('department'));
  const amount = amountBands.find((band) => band === given.get('amount'));
  const page = Number(given.get('page') ?? '1');
  return {
    words,
    ...(who === undefined ? {} : { who }),
    ...(amount === undefined ? {} : { amount }),
    ...(department === undefined ? {} : { department }),
    ...(city === undefined ? {} : { city }),
    ...(kind === undefined ? {} : { kind }),
    sort: sortings.find((sort) => sort === given.get('sort')) ?? 'fit',
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

/** A question as an address writes it: empty, or beginning with `?`; what is not asked is left out. */
export function writeMenuQuery({ words, who, amount, department, city, kind, sort, page }: MenuQuery): string {
  // A field may cut a character of two halves in the middle; half a one has no place in an address.
  const asked = words.replace(/\p{Surrogate}/gu, '').trim();
  const parts: (readonly [string, string | undefined])[] = [
    ['q', asked === '' ? undefined : asked],
    ['who', who],
    ['amount', amount],
    ['department', department],
    ['city', city],
    ['kind', kind],
    ['sort', sort === 'fit' ? undefined : sort],
    ['page', page === 1 ? undefined : String(page)],
  ];
  const told = parts.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]));
  return told.length === 0 ? '' : `?${told.join('&')}`;
}

/** Departments of the menu, those with the most items first; of a jurisdiction and its levels, where one is given. */
export function departmentsOf(index: MenuIndex, city?: string): readonly string[] {
  const levels = city === undefined ? undefined : index.cities.find(({ id }) => id === city)?.levels;
  const counts = new Map<string, number>();
  for (const entry of index.entries) {
    if (levels !== undefined && !levels.includes(entry.city)) continue;
    for (const name of entry.departments) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}
