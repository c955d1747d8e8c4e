// Plans a city from its pack and the list of divisions: which jurisdictions and departments it is founded with.
import type { CityPlan } from '../domains/departments/index.ts';
import type { Manifest } from '../policy/manifest.ts';
import { type ReferenceData, placesUnder } from '../policy/index.ts';

/** Offices that every county, district and zone has. */
const localOffices = [
  ['hrss', '人社局'],
  ['finance', '财政局'],
] as const;

const MOST_CODE_CHARACTERS = 63;

/**
 * The plan of a city whose pack is here; undefined for an id that has none, or whose place is no prefecture.
 * Departments are those that the pack names as the city's own, and the usual two of each jurisdiction in it.
 */
export function planCity(id: string, manifest: Pick<Manifest, 'cities'>, reference: ReferenceData): CityPlan | undefined {
  const city = manifest.cities.find((each) => each.id === id);
  if (city === undefined || city.code % 100 !== 0 || city.code % 10_000 === 0) return undefined;
  const placeCode = String(city.code);
  const name = city.title.zh;
  // 市辖区 is no place that anybody works in, it only gathers districts.
  const within = placesUnder(city.code, reference).filter((place) => place.name !== '市辖区');
  const jurisdictions = [{ code: placeCode, parentCode: null, name }, ...within.map((place) => ({ code: String(place.code), parentCode: placeCode, name: place.name }))];
  const own = Object.entries(city.names).filter(([title]) => /^市(?!属)\S+(局|办|委|部|会|科协|妇联|工商联)$/.test(title));
  const short = name.replace(/市$/, '');
  return {
    code: id,
    name,
    placeCode,
    jurisdictions,
    departments: [
      ...own.map(([title, en]) => ({ code: codeOf(en), name: `${short}${title}`, jurisdictionCode: placeCode })),
      ...within.flatMap((place) => localOffices.map(([code, office]) => ({ code: `${code}-${place.code}`, name: `${place.name}${office}`, jurisdictionCode: String(place.code) }))),
    ],
  };
}

/** English names of the departments that packs name as their city's own, by the codes that they are founded with; the city's name stands behind. */
export function englishDepartments({ cities }: Pick<Manifest, 'cities'>): ReadonlyMap<string, string> {
  return new Map(cities.flatMap((city) => Object.values(city.names).map((en) => [codeOf(en), `${en}, ${city.title.en}`] as const)));
}

/** A code from an English name: `City Finance Bureau` is city-finance-bureau. */
function codeOf(english: string): string {
  return english
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_CODE_CHARACTERS)
    .replace(/^[^a-z]+|-+$/g, '');
}
