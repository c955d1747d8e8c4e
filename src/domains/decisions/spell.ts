// JSON in one spelling: names of every object in order, so that a value reads the same wherever it was kept.

/** The spelling of a value. */
export function spell(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1))) : part,
  );
}
