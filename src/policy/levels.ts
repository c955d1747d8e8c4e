// The levels of a jurisdiction: itself, the one above it, and so on up.

/**
 * The chain of a jurisdiction, its own entry first; empty where the id is not known. A parent that is not there ends it,
 * and so does one that was passed already: packs with a circle are not built.
 */
export function levelsOf<T extends { readonly id: string; readonly parent?: string }>(cities: readonly T[], id: string): readonly T[] {
  const levels: T[] = [];
  let at = cities.find((city) => city.id === id);
  while (at !== undefined && !levels.includes(at)) {
    levels.push(at);
    const { parent } = at;
    at = cities.find((city) => city.id === parent);
  }
  return levels;
}
