// Reference data that binding needs: which places exist and which class a university has; handed in, never loaded here.

/** Reference data as it is compiled: codes and names in plain arrays. */
export interface ReferenceData {
  /** GB/T 2260 codes that are accepted as places, statistical codes of development zones included. */
  readonly places: readonly number[];
  /** Names of the places, in the order of `places`. */
  readonly placeNames: readonly string[];
  /** Codes no longer in use and the code in their place. */
  readonly retiredPlaces: readonly (readonly [number, number])[];
  /** University names, short and former names, each with the bits of its classes, or -1 where the name does not settle them. */
  readonly universities: readonly (readonly [string, number])[];
  /** Classes in the order of their bits. */
  readonly universityClasses: readonly string[];
}

/** Reference data made ready for look-ups. */
export interface Reference {
  /** The current code of a place, or undefined where there is no such place. */
  place(code: number): number | undefined;
  /** The full name of a place, or undefined. */
  placeName(code: number): string | undefined;
  /** The class bits of a university by any of its names; 0 for one that is not in the list, -1 for a short name that several of different classes go by. */
  universityClasses(name: string): number;
}

/** Spells a university's name as the list does: no spaces, half-width brackets. */
export function spellUniversity(name: string): string {
  return name.replace(/\s+/g, '').replace(/（/g, '(').replace(/）/g, ')');
}

/** Makes look-ups of compiled reference data; the tables behind them are built at the first question. */
export function openReference(data: ReferenceData): Reference {
  let places: Map<number, string> | undefined;
  let universities: Map<string, number> | undefined;
  const retired = new Map(data.retiredPlaces);
  const byCode = (): Map<number, string> => (places ??= new Map(data.places.map((code, i) => [code, data.placeNames[i] ?? ''])));
  return {
    place(code) {
      if (byCode().has(code)) return code;
      return retired.get(code);
    },
    placeName(code) {
      const name = byCode().get(code);
      if (name === undefined || code % 10000 === 0) return name;
      const above = byCode().get(code % 100 === 0 ? Math.floor(code / 10000) * 10000 : Math.floor(code / 100) * 100) ?? '';
      // Collective rows such as 市辖区 are no place's name, and a zone that bears its city's name needs it once.
      const isShown = !above.endsWith('省') && !/市辖区|直辖|^县$/.test(above) && !name.startsWith(above.replace(/市$/, ''));
      return isShown ? `${above}${name}` : name;
    },
    universityClasses(name) {
      universities ??= new Map(data.universities);
      return universities.get(spellUniversity(name)) ?? 0;
    },
  };
}

/** Whether one place lies in another by GB/T 2260: 1 yes, 2 no, 3 not known because it is a wider place than asked about. */
export function placeWithin(code: number, wanted: number): 1 | 2 | 3 {
  if (code === wanted) return 1;
  const size = wanted % 10000 === 0 ? 10000 : wanted % 100 === 0 ? 100 : 1;
  if (Math.floor(code / size) === Math.floor(wanted / size)) return 1;
  const wide = code % 10000 === 0 ? 10000 : code % 100 === 0 ? 100 : 1;
  return Math.floor(code / wide) === Math.floor(wanted / wide) ? 3 : 2;
}
