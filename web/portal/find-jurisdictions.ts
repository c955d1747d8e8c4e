// Whose policies may be somebody's: the jurisdictions served where she works and lives.
import { levelsOf } from '../../src/policy/index.ts';
import type { CityHeading } from './data.ts';
import { homePlace, type Visit, workPlace } from './start-visit.ts';

/** What of a jurisdiction says where it is and what is above it. */
type Located = Pick<CityHeading, 'id' | 'code' | 'parent'>;

/** A jurisdiction that may be somebody's, and why. */
export interface Offer {
  readonly city: string;
  readonly by: 'work' | 'home';
}

/** The jurisdictions that answer anything, in the order of their codes. */
export function served<T extends CityHeading>(cities: readonly T[]): readonly T[] {
  return cities.filter(({ policies }) => policies.length > 0).sort((a, b) => a.code - b.code);
}

/** The nearest of these jurisdictions that a place lies in; undefined where none serves it. */
export function jurisdictionOf<T extends Located>(place: number, cities: readonly T[]): T | undefined {
  return [place, Math.floor(place / 100) * 100, Math.floor(place / 10_000) * 10_000].map((code) => cities.find((city) => city.code === code)).find((city) => city !== undefined);
}

/** The jurisdictions served where somebody works and lives: the place of work first, each once, and none that another's answer holds already. */
export function offersFor(visit: Visit, cities: readonly CityHeading[]): readonly Offer[] {
  const within = served(cities);
  const found = ([['work', workPlace(visit)], ['home', homePlace(visit)]] as const).flatMap(([by, place]): Offer[] => {
    const city = place === undefined ? undefined : jurisdictionOf(place, within);
    return city === undefined ? [] : [{ city: city.id, by }];
  });
  const [first, second] = found;
  if (first === undefined || second === undefined) return found;
  return isAbove(second.city, first.city, cities) ? [first] : found;
}

/** Whether a jurisdiction is another one or above it, so that the other's answer holds its policies too. */
export function isAbove(upper: string, lower: string, cities: readonly Located[]): boolean {
  return levelsOf(cities, lower).some(({ id }) => id === upper);
}

/** The jurisdiction that answers a visit when nobody chose one: where the work is, else the home. */
export function chosenFor(visit: Visit, cities: readonly CityHeading[]): string | undefined {
  return offersFor(visit, cities)[0]?.city;
}

/** Those that may be somebody's besides the one that is shown; where she is in another district, also the city that her own lies in. */
export function othersFor(visit: Visit, cities: readonly CityHeading[]): readonly Offer[] {
  const isElsewhere = isAwayFrom(visit, visit.city, cities) && !isDistrictOpen(visit);
  return offersFor(visit, cities).filter(({ city }) => city !== visit.city && (isElsewhere || !isAbove(city, visit.city, cities)));
}

/** Whether somebody said where she works, and neither works nor lives where a jurisdiction is. */
export function isAwayFrom(visit: Visit, shown: string, cities: readonly Located[]): boolean {
  const city = cities.find(({ id }) => id === shown);
  const work = workPlace(visit);
  if (city === undefined || work === undefined) return false;
  const size = city.code % 100 !== 0 ? 1 : city.code % 10_000 !== 0 ? 100 : 10_000;
  return [work, homePlace(visit)].every((place) => place === undefined || Math.floor(place / size) !== Math.floor(city.code / size));
}

/** Whether only the city of the place of work was said, so that any of its districts may be meant. */
function isDistrictOpen(visit: Visit): boolean {
  return (workPlace(visit) ?? 0) % 100 === 0;
}
