// What the trail says of a list that showed people: one row for a page, with the ids of those who stood on it.

/** As the row names what was looked at; looks at lists of people are found by it. */
export const shownPeople = { kind: 'list', id: 'people' } as const;

/**
 * The note of a page that showed these people: ids alone, each once, as many as a page has. With it, whoever is on the page can be told who saw
 * them there.
 * @param partyIds of everybody whose data were shown; null for a row that is nobody's
 */
export function noteShown(partyIds: readonly (string | null)[], detail: Readonly<Record<string, string | number | boolean | null>> = {}): {
  readonly object: typeof shownPeople;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
} {
  const shown = new Set(partyIds.filter((id) => id !== null));
  return { object: shownPeople, detail: { count: partyIds.length, ...detail, shown: Array.from(shown).join(' ') } };
}
