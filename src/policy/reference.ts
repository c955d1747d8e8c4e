// Reference data that binding needs: which places exist and which class a university has; handed in, never loaded here.

import { findPlaces, type PlaceList } from './places.ts';
import { classesOfUniversity, type UniversityList } from './universities.ts';

/** Reference data as it is compiled: codes and names in plain arrays. */
export interface ReferenceData extends PlaceList, UniversityList {}

/** Reference data made ready for look-ups. */
export interface Reference {
  /** What it was made of, for suggestions and pickers. */
  readonly data: ReferenceData;
  /** The current code of a place, or undefined where there is no such place. */
  place(code: number): number | undefined;
  /** The full name of a place, or undefined. */
  placeName(code: number): string | undefined;
  /** The current codes of the places that a code or a name may mean; see {@link findPlaces}. */
  findPlaces(text: string): readonly number[];
  /** The class bits of a university by any of its names, 0 for one not in the list, -1 where the name does not settle them; see {@link classesOfUniversity}. */
  universityClasses(name: string): number;
}

/** Makes look-ups of compiled reference data; the tables behind them are built at the first question. */
export function openReference(data: ReferenceData): Reference {
  let places: Map<number, string> | undefined;
  const retired = new Map(data.retiredPlaces);
  const byCode = (): Map<number, string> => (places ??= new Map(data.places.map((code, i) => [code, data.placeNames[i] ?? ''])));
  return {
    data,
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
    findPlaces: (text) => findPlaces(text, data),
    universityClasses: (name) => classesOfUniversity(name, data),
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
