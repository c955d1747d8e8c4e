// The six benefits written by hand over typed arrays, two-valued and without branches: what a careful programmer would do for a whole city.
import { addYears, dateNumber } from '../calendar.ts';
import { BACHELOR, bindSix, CITY, COMPOUND, DEPUTY_SENIOR, FOUNDER_OR_INNOVATOR, KEY_UNIVERSITY, LEADER, MASTER, TOP_TWO, type SixFacts } from '../facts.ts';
import { HIGH_END_FEN, HIGH_PAY_FEN, HOME_FEN, LIVING_FEN, micro, PROGRAMME_START, TAX_CAP_FEN, timesMicro } from '../rules.ts';
import { batch, NO, prepared, YES, type Engine, type SixAnswer } from './engine.ts';

/** Flags of a person in one number, in this order. */
const flagNames = [
  'fullTime',
  'firstJob',
  'insured',
  'isEnterprise',
  'isPrivate',
  'aboveSize',
  'inApartment',
  'boughtOwn',
  'takesSubsidy',
  'meetsApartmentRules',
  'licence',
  'keyPost',
  'hasAward',
] as const satisfies readonly (keyof SixFacts)[];
const bit = (...names: (typeof flagNames)[number][]): number => names.reduce((mask, name) => mask | (1 << flagNames.indexOf(name)), 0);

const HIRE = bit('fullTime', 'firstJob', 'insured', 'isEnterprise', 'isPrivate', 'aboveSize');
const IN_APARTMENT = bit('inApartment');
const BOUGHT = bit('boughtOwn');
const APARTMENT_FLAGS = bit('meetsApartmentRules', 'takesSubsidy');
const MEETS_RULES = bit('meetsApartmentRules');
const LICENCE = bit('licence');
const KEY_POST = bit('keyPost');
const HAS_AWARD = bit('hasAward');
const IS_ENTERPRISE = bit('isEnterprise');

const FIRST_PLACE = CITY * 100;
const LAST_PLACE = CITY * 100 + 99;
const YEARS_SCALE = 100;

const LIVING = 1;
const HOME = 2;
const APARTMENT = 4;
const HIGH_END = 8;
const TAX = 16;

interface Columns {
  count: number;
  flags: Int32Array;
  /** Education, classes and targets in one number, which is where the tables below are looked up. */
  degreeAndClasses: Uint8Array;
  title: Int8Array;
  targets: Uint8Array;
  graduated: Int32Array;
  contractStart: Int32Array;
  /** In hundredths, since years may have decimals. */
  contractYears: Int32Array;
  fieldYears: Int32Array;
  employerPlace: Int32Array;
  boughtAt: Int32Array;
  homes: Int32Array;
  payFen: Float64Array;
  taxFen: Float64Array;
  /** Bits of the benefits that are yes. */
  yes: Uint8Array;
  livingFen: Int32Array;
  homeFen: Int32Array;
  highEndFen: Int32Array;
  taxPaidFen: Int32Array;
  planFen: Int32Array;
}

function makeColumns(count: number): Columns {
  const ints = (): Int32Array => new Int32Array(count);
  return {
    count,
    flags: ints(),
    degreeAndClasses: new Uint8Array(count),
    title: new Int8Array(count),
    targets: new Uint8Array(count),
    graduated: ints(),
    contractStart: ints(),
    contractYears: ints(),
    fieldYears: ints(),
    employerPlace: ints(),
    boughtAt: ints(),
    homes: ints(),
    payFen: new Float64Array(count),
    taxFen: new Float64Array(count),
    yes: new Uint8Array(count),
    livingFen: ints(),
    homeFen: ints(),
    highEndFen: ints(),
    taxPaidFen: ints(),
    planFen: ints(),
  };
}

function write(c: Columns, i: number, facts: SixFacts): void {
  c.flags[i] = flagNames.reduce((mask, name) => (facts[name] === 1 ? mask | bit(name) : mask), 0);
  c.degreeAndClasses[i] = (facts.education << 4) | facts.classes;
  c.title[i] = facts.title;
  c.targets[i] = facts.targets;
  c.graduated[i] = facts.graduated;
  c.contractStart[i] = facts.contractStart;
  c.contractYears[i] = Math.round(facts.contractYears * YEARS_SCALE);
  c.fieldYears[i] = Math.round(facts.fieldYears * YEARS_SCALE);
  c.employerPlace[i] = facts.employerPlace;
  c.boughtAt[i] = facts.boughtAt;
  c.homes[i] = facts.homes;
  c.payFen[i] = facts.payFen;
  c.taxFen[i] = facts.taxFen;
}

/** Tier 0 to 4 by education (6 levels) and classes (4 bits). */
const tierTable = Uint8Array.from({ length: 6 * 16 }, (_, at) => {
  const education = at >> 4;
  const classes = at & 15;
  if (education >= MASTER) return (classes & KEY_UNIVERSITY) !== 0 ? 0 : 1;
  if (education !== BACHELOR) return 4;
  if ((classes & TOP_TWO) !== 0) return 1;
  return (classes & KEY_UNIVERSITY) !== 0 ? 2 : 3;
});
const livingTable = Int32Array.from([...LIVING_FEN, 0]);
const homeTable = Int32Array.from([...HOME_FEN, 0]);

/**
 * A condition `a ≥ b` on integers is the sign of `a - b`: differences are joined by `|`, whose sign is negative when one of them is,
 * and `~(… >> 31)` makes that -1 for true and 0 for false, which masks amounts. Only what few people have is asked with `if`.
 */
function evaluateFrom(c: Columns, from: number, to: number, day: number, shareMicro: number): void {
  const {
    flags,
    degreeAndClasses,
    title,
    targets,
    graduated,
    contractStart,
    contractYears,
    fieldYears,
    employerPlace,
    boughtAt,
    homes,
    payFen,
    taxFen,
    yes,
    livingFen,
    homeFen,
    highEndFen,
    taxPaidFen,
    planFen,
  } = c;
  for (let i = from; i < to; i++) {
    const f = flags[i]!;
    const degreeAt = degreeAndClasses[i]!;
    const start = contractStart[i]!;
    const place = employerPlace[i]!;
    const longInCity = (contractYears[i]! - 5 * YEARS_SCALE) | (place - FIRST_PLACE) | (LAST_PLACE - place);
    const tier = tierTable[degreeAt]!;
    const hire = ~((longInCity | ((f & HIRE) - HIRE) | (3 - tier) | (start - PROGRAMME_START) | (addYears(graduated[i]!, 5) - start)) >> 31);

    const isLiving = hire & ~(-(f & IN_APARTMENT) >> 31);
    const living = isLiving & livingTable[tier]!;
    const bought = boughtAt[i]!;
    const isHome = hire & ~((((f & BOUGHT) - BOUGHT) | (bought - FIRST_PLACE) | (LAST_PLACE - bought) | (day - addYears(start, 5))) >> 31);
    const home = isHome & homeTable[tier]!;
    const isApartment = hire & ~(-(tier | homes[i]! | ((f & APARTMENT_FLAGS) ^ MEETS_RULES)) >> 31);

    let mask = (isLiving & LIVING) | (isHome & HOME) | (isApartment & APARTMENT);
    let highEnd = 0;
    let taxPaid = 0;
    const target = targets[i]!;
    if (
      target !== 0 &&
      longInCity >= 0 &&
      (title[i]! >= DEPUTY_SENIOR || (f & LICENCE) !== 0) &&
      ((target & LEADER) !== 0 ||
        ((target & FOUNDER_OR_INNOVATOR) !== 0 && degreeAt >= MASTER << 4 && (f & KEY_POST) !== 0) ||
        ((target & COMPOUND) !== 0 && fieldYears[i]! >= 3 * YEARS_SCALE))
    ) {
      if ((f & HAS_AWARD) === 0) {
        mask |= HIGH_END;
        highEnd = HIGH_END_FEN;
      }
      if ((f & IS_ENTERPRISE) !== 0 && payFen[i]! >= HIGH_PAY_FEN) {
        mask |= TAX;
        taxPaid = Math.min(timesMicro(taxFen[i]!, shareMicro), TAX_CAP_FEN);
      }
    }
    yes[i] = mask;
    livingFen[i] = living;
    homeFen[i] = home;
    highEndFen[i] = highEnd;
    taxPaidFen[i] = taxPaid;
    planFen[i] = Math.max(living, highEnd) + home + taxPaid;
  }
}

function read(c: Columns, i: number, out: SixAnswer): void {
  const mask = c.yes[i]!;
  out.living = (mask & LIVING) !== 0 ? YES : NO;
  out.livingLo = out.livingHi = c.livingFen[i]!;
  out.home = (mask & HOME) !== 0 ? YES : NO;
  out.homeLo = out.homeHi = c.homeFen[i]!;
  out.apartment = (mask & APARTMENT) !== 0 ? YES : NO;
  out.highEnd = (mask & HIGH_END) !== 0 ? YES : NO;
  out.highEndLo = out.highEndHi = c.highEndFen[i]!;
  out.tax = (mask & TAX) !== 0 ? YES : NO;
  out.taxLo = out.taxHi = c.taxPaidFen[i]!;
  out.planFen = c.planFen[i]!;
}

export const handColumns: Engine = {
  id: 'hand-columns',
  title: 'hand-written JS, columns',
  agreementPeople: Infinity,
  prepare({ date, retainedShare }) {
    const day = dateNumber(date);
    const shareMicro = micro(retainedShare);
    const one = makeColumns(1);
    return prepared<SixFacts>({
      bind: bindSix,
      evaluate(person, out) {
        write(one, 0, person);
        evaluateFrom(one, 0, 1, day, shareMicro);
        read(one, 0, out);
      },
      batch: batch<Columns>({
        bind(people) {
          const columns = makeColumns(people.length);
          people.forEach((person, index) => write(columns, index, bindSix(person)));
          return columns;
        },
        evaluate: (columns) => evaluateFrom(columns, 0, columns.count, day, shareMicro),
        read,
      }),
    });
  },
};
