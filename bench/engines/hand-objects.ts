// The six benefits written by hand over objects, two-valued: the reference of truth where every fact is known.
import { addYears, dateNumber } from '../calendar.ts';
import { BACHELOR, bindSix, CITY, COMPOUND, DEPUTY_SENIOR, FOUNDER_OR_INNOVATOR, KEY_UNIVERSITY, LEADER, MASTER, TOP_TWO, type SixFacts } from '../facts.ts';
import { HIGH_END_FEN, HIGH_PAY_FEN, HOME_FEN, LIVING_FEN, micro, PROGRAMME_START, TAX_CAP_FEN, timesMicro } from '../rules.ts';
import { NO, prepared, YES, type Engine, type SixAnswer } from './engine.ts';

const inCity = (code: number): boolean => Math.floor(code / 100) === CITY;

/** 0 to 3 for tiers a to d, 4 for none. */
function tierOf(person: SixFacts): number {
  if (person.education >= MASTER) return (person.classes & KEY_UNIVERSITY) !== 0 ? 0 : 1;
  if (person.education !== BACHELOR) return 4;
  if ((person.classes & TOP_TWO) !== 0) return 1;
  return (person.classes & KEY_UNIVERSITY) !== 0 ? 2 : 3;
}

function isGraduate(person: SixFacts): boolean {
  return (
    person.fullTime === 1 && person.education >= BACHELOR && person.contractStart <= addYears(person.graduated, 5) && person.contractStart >= PROGRAMME_START
  );
}

function isHired(person: SixFacts): boolean {
  return (
    person.firstJob === 1 &&
    person.insured === 1 &&
    person.contractYears >= 5 &&
    person.isEnterprise === 1 &&
    person.isPrivate === 1 &&
    person.aboveSize === 1 &&
    inCity(person.employerPlace)
  );
}

function isRecognised(person: SixFacts): boolean {
  return (
    person.contractYears >= 5 &&
    inCity(person.employerPlace) &&
    (person.title >= DEPUTY_SENIOR || person.licence === 1) &&
    ((person.targets & LEADER) !== 0 ||
      ((person.targets & FOUNDER_OR_INNOVATOR) !== 0 && person.education >= MASTER && person.keyPost === 1) ||
      ((person.targets & COMPOUND) !== 0 && person.fieldYears >= 3))
  );
}

function evaluate(person: SixFacts, day: number, shareMicro: number, out: SixAnswer): void {
  const hire = isGraduate(person) && isHired(person);
  const tier = hire ? tierOf(person) : 4;

  const living = hire && person.inApartment !== 1;
  const livingFen = living ? LIVING_FEN[tier]! : 0;
  out.living = living ? YES : NO;
  out.livingLo = out.livingHi = livingFen;

  // Whole years served are at least 5 exactly when the fifth anniversary has come.
  const home = hire && addYears(person.contractStart, 5) <= day && person.boughtOwn === 1 && inCity(person.boughtAt);
  const homeFen = home ? HOME_FEN[tier]! : 0;
  out.home = home ? YES : NO;
  out.homeLo = out.homeHi = homeFen;

  const apartment = hire && tier === 0 && person.meetsApartmentRules === 1 && person.homes === 0 && person.takesSubsidy !== 1;
  out.apartment = apartment ? YES : NO;

  const recognised = isRecognised(person);
  const highEnd = recognised && person.hasAward !== 1;
  const highEndFen = highEnd ? HIGH_END_FEN : 0;
  out.highEnd = highEnd ? YES : NO;
  out.highEndLo = out.highEndHi = highEndFen;

  const tax = recognised && person.isEnterprise === 1 && person.payFen >= HIGH_PAY_FEN;
  const taxFen = tax ? Math.min(timesMicro(person.taxFen, shareMicro), TAX_CAP_FEN) : 0;
  out.tax = tax ? YES : NO;
  out.taxLo = out.taxHi = taxFen;

  // One 生活补贴 is paid, the highest; an apartment has no money, so it never drives one out.
  out.planFen = Math.max(livingFen, highEndFen) + homeFen + taxFen;
}

export const handObjects: Engine = {
  id: 'hand-objects',
  title: 'hand-written JS, objects',
  missing: 'the fact is undefined, as in plain JavaScript: every comparison with it is false, `!undefined` is true',
  agreementPeople: Infinity,
  prepare({ date, retainedShare }) {
    const day = dateNumber(date);
    const shareMicro = micro(retainedShare);
    return prepared<SixFacts>({ bind: bindSix, evaluate: (person, out) => evaluate(person, day, shareMicro, out) });
  },
};
