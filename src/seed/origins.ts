// Where and when seeded people were born, and the identity number that follows; no number is given twice.
import { identityCheckCharacter } from '../contract/identity-number.ts';
import { dayNumber, spellDay, yearOf } from './days.ts';
import { LAST_YEAR_OF_FORMER_DIVISIONS, divisionsElsewhere, divisionsOfTheCity, divisionsOfTheProvince, formerDivisions } from './places.ts';
import { type Random, weighted } from './random.ts';

/** The day that the seeded population is of. */
export const SEEDED_ON = dayNumber(2026, 10, 31);

/** What an identity number tells. */
export interface Origin {
  readonly sex: 'male' | 'female';
  readonly birthDay: number;
  /** As in the number; a former code for some of the older. */
  readonly division: string;
  /** The division as it is now. */
  readonly currentDivision: string;
  readonly kind: 'resident' | 'hong-kong-macau-taiwan' | 'permanent-resident';
}

// Ages by five-year groups: whoever can be on a talent register; see docs/seeded-people.md.
const ages = weighted<readonly [number, number]>([
  [[16, 19], 3.5],
  [[20, 24], 7.5],
  [[25, 29], 9],
  [[30, 34], 13],
  [[35, 39], 13.5],
  [[40, 44], 11],
  [[45, 49], 11.5],
  [[50, 54], 13],
  [[55, 59], 11],
  [[60, 64], 4.5],
  [[65, 72], 2.5],
]);
const SHARE_OF_MEN = 0.4992;
const SHARE_FROM_THE_CITY = 0.78;
const SHARE_FROM_THE_PROVINCE = 0.14;
// Of 2000 people one is a permanent resident from abroad; one of 4000 from Hong Kong, Macau or Taiwan.
const foreign = ['922410', '922392', '922643', '922840', '922276'] as const;
const regions = ['810000', '820000', '830000'] as const;

/** Draws an origin; these are the first numbers of a person's `id` stream, so that they can be drawn alone. */
export function drawOrigin(random: Random, index: number): Origin {
  const [low, high] = random.draw(ages);
  const age = random.between(low, high);
  // The last day on which somebody of that age was born, and up to a year before.
  const birthDay = dayNumber(2026 - age, 10, 31) - random.between(0, 364);
  const sex = random.chance(SHARE_OF_MEN) ? 'male' : 'female';
  if (index % 2000 === 1234) return { sex, birthDay, division: random.pick(foreign), currentDivision: '', kind: 'permanent-resident' };
  if (index % 4000 === 2345) return { sex, birthDay, division: random.pick(regions), currentDivision: '', kind: 'hong-kong-macau-taiwan' };
  const from = random.share();
  const division = random.draw(from < SHARE_FROM_THE_CITY ? divisionsOfTheCity : from < SHARE_FROM_THE_CITY + SHARE_FROM_THE_PROVINCE ? divisionsOfTheProvince : divisionsElsewhere);
  const former = yearOf(birthDay) <= LAST_YEAR_OF_FORMER_DIVISIONS ? formerDivisions.get(division) : undefined;
  return { sex, birthDay, division: former ?? division, currentDivision: division, kind: 'resident' };
}

const FIRST_DAY = dayNumber(1950, 1, 1);
const DAYS = SEEDED_ON - FIRST_DAY + 1;
const SEQUENCES_OF_A_DAY = 500;

/**
 * Gives numbers: whoever is born on one day in one division gets the next sequence number of the sex. It must see everybody in order
 * from the first person on; `count` alone costs little.
 */
export class IdentityNumbers {
  readonly #given = new Map<string, Uint16Array>();

  /** Counts an origin. @returns how many of the same day, division and sex came before. */
  count({ division, birthDay, sex }: Origin): number {
    let given = this.#given.get(division);
    if (given === undefined) this.#given.set(division, (given = new Uint16Array(DAYS * 2)));
    const at = (birthDay - FIRST_DAY) * 2 + (sex === 'male' ? 1 : 0);
    const before = given[at] ?? 0;
    if (before >= SEQUENCES_OF_A_DAY) throw new RangeError(`${division} has no numbers left for ${spellDay(birthDay)}`);
    given[at] = before + 1;
    return before;
  }

  /** The next number of an origin. */
  next(origin: Origin): string {
    // Spread over the day's numbers: 37 and 500 have no factor in common.
    const sequence = ((this.count(origin) * 37 + (origin.birthDay % SEQUENCES_OF_A_DAY)) % SEQUENCES_OF_A_DAY) * 2 + (origin.sex === 'male' ? 1 : 0);
    const seventeen = `${origin.division}${spellDay(origin.birthDay).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return seventeen + identityCheckCharacter(seventeen);
  }
}
