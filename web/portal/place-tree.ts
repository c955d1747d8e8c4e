// The places that a question on a place offers: those of the city, of its province, and the provinces.
import { type PlaceChoice, type PlaceList, placesUnder, provinces } from '../../src/policy/index.ts';

/** Places to pick from, nearest first. */
export interface PlaceTree {
  readonly here: readonly PlacePick[];
  readonly province: readonly PlacePick[];
  readonly provinces: readonly PlacePick[];
}

/** A place as a fact takes it: its six-digit code as text. */
export interface PlacePick {
  readonly code: string;
  readonly name: string;
}

/** The places around a jurisdiction. @param code its GB/T 2260 code; a district's counties are those of its city. */
export function placeTree(places: PlaceList, code: number): PlaceTree {
  const city = Math.floor(code / 100) * 100;
  const province = Math.floor(code / 10_000) * 10_000;
  const pick = (found: readonly PlaceChoice[]): PlacePick[] => found.map((place) => ({ code: String(place.code), name: place.name }));
  return {
    here: city === province ? [] : pick(placesUnder(city, places)),
    province: pick(placesUnder(province, places).filter((place) => place.code !== city)),
    provinces: pick(provinces(places).filter((place) => place.code !== province)),
  };
}
