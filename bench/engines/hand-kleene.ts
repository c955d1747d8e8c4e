// The six benefits written by hand in Kleene's three values: the truth where facts are missing.
import { addYears, dateNumber } from '../calendar.ts';
import { BACHELOR, bindSix, CITY, COMPOUND, DEPUTY_SENIOR, FOUNDER_OR_INNOVATOR, KEY_UNIVERSITY, LEADER, MASTER, TOP_TWO, type SixFacts } from '../facts.ts';
import { HIGH_END_FEN, HIGH_PAY_FEN, HOME_FEN, LIVING_FEN, micro, PROGRAMME_START, TAX_CAP_FEN, timesMicro } from '../rules.ts';
import { NO, prepared, UNKNOWN, YES, type Engine, type SixAnswer, type Status } from './engine.ts';

/** Truth as a pair of bits: 1 it can be true, 2 it can be false; 3 is unknown. */
type Truth = number;
const TRUE: Truth = 1;
const FALSE: Truth = 2;

const not = (a: Truth): Truth => ((a & 1) << 1) | (a >> 1);
const and = (a: Truth, b: Truth): Truth => (a & b & 1) | ((a | b) & 2);
const or = (a: Truth, b: Truth): Truth => ((a | b) & 1) | (a & b & 2);
const all = (...items: Truth[]): Truth => items.reduce(and, TRUE);
const any = (...items: Truth[]): Truth => items.reduce(or, FALSE);
const truth = (value: boolean): Truth => (value ? TRUE : FALSE);

const is = (flag: number): Truth => (flag < 0 ? 3 : truth(flag === 1));
const atLeast = (value: number, bound: number): Truth => (value < 0 ? 3 : truth(value >= bound));
const equals = (value: number, wanted: number): Truth => (value < 0 ? 3 : truth(value === wanted));
const has = (set: number, mask: number): Truth => (set < 0 ? 3 : truth((set & mask) !== 0));
const inCity = (code: number): Truth => (code < 0 ? 3 : truth(Math.floor(code / 100) === CITY));

/** Conditions of the rows of the tier table, in order. */
function tierRows(person: SixFacts): Truth[] {
  const postgraduate = atLeast(person.education, MASTER);
  const bachelor = equals(person.education, BACHELOR);
  const key = has(person.classes, KEY_UNIVERSITY);
  const topTwo = has(person.classes, TOP_TWO);
  return [
    and(postgraduate, key),
    or(and(postgraduate, not(key)), and(bachelor, topTwo)),
    all(bachelor, key, not(topTwo)),
    all(bachelor, not(key), not(topTwo)),
  ];
}

/** The lowest and highest amount of the rows that the known facts still allow. */
function range(rows: Truth[], amounts: readonly number[]): [lo: number, hi: number] {
  let lo = Infinity;
  let hi = 0;
  for (let row = 0; row < rows.length; row++) {
    if (rows[row] === FALSE) continue;
    lo = Math.min(lo, amounts[row]!);
    hi = Math.max(hi, amounts[row]!);
    if (rows[row] === TRUE) break;
  }
  return lo === Infinity ? [0, 0] : [lo, hi];
}

const status = (value: Truth): Status => (value === TRUE ? YES : value === FALSE ? NO : UNKNOWN);

function evaluate(person: SixFacts, day: number, shareMicro: number, out: SixAnswer): void {
  const graduate = all(
    is(person.fullTime),
    atLeast(person.education, BACHELOR),
    person.contractStart < 0 || person.graduated < 0 ? 3 : truth(person.contractStart <= addYears(person.graduated, 5)),
    atLeast(person.contractStart, PROGRAMME_START),
  );
  const hired = all(
    is(person.firstJob),
    is(person.insured),
    atLeast(person.contractYears, 5),
    is(person.isEnterprise),
    is(person.isPrivate),
    is(person.aboveSize),
    inCity(person.employerPlace),
  );
  const hire = and(graduate, hired);
  const rows = tierRows(person);
  const recognised = all(
    atLeast(person.contractYears, 5),
    inCity(person.employerPlace),
    or(atLeast(person.title, DEPUTY_SENIOR), is(person.licence)),
    any(
      has(person.targets, LEADER),
      all(has(person.targets, FOUNDER_OR_INNOVATOR), atLeast(person.education, MASTER), is(person.keyPost)),
      and(has(person.targets, COMPOUND), atLeast(person.fieldYears, 3)),
    ),
  );

  const living = and(hire, not(is(person.inApartment)));
  const [livingLo, livingHi] = living === FALSE ? [0, 0] : range(rows, LIVING_FEN);
  out.living = status(living);
  out.livingLo = livingLo;
  out.livingHi = livingHi;

  const served = person.contractStart < 0 ? 3 : truth(addYears(person.contractStart, 5) <= day);
  const home = all(hire, served, is(person.boughtOwn), inCity(person.boughtAt));
  const [homeLo, homeHi] = home === FALSE ? [0, 0] : range(rows, HOME_FEN);
  out.home = status(home);
  out.homeLo = homeLo;
  out.homeHi = homeHi;

  out.apartment = status(all(hire, rows[0]!, is(person.meetsApartmentRules), equals(person.homes, 0), not(is(person.takesSubsidy))));

  const highEnd = and(recognised, not(is(person.hasAward)));
  out.highEnd = status(highEnd);
  out.highEndLo = out.highEndHi = highEnd === FALSE ? 0 : HIGH_END_FEN;

  const tax = all(recognised, is(person.isEnterprise), atLeast(person.payFen, HIGH_PAY_FEN));
  out.tax = status(tax);
  const paid = Math.min(timesMicro(person.taxFen, shareMicro), TAX_CAP_FEN);
  out.taxLo = tax === FALSE || person.taxFen < 0 ? 0 : paid;
  out.taxHi = tax === FALSE ? 0 : person.taxFen < 0 ? TAX_CAP_FEN : paid;

  // What is certain: each sure benefit with the least that it can pay.
  out.planFen =
    Math.max(out.living === YES ? livingLo : 0, out.highEnd === YES ? out.highEndLo : 0) + (out.home === YES ? homeLo : 0) + (out.tax === YES ? out.taxLo : 0);
}

export const handKleene: Engine = {
  id: 'hand-kleene',
  title: 'hand-written JS, three-valued',
  missing: 'unknown, by Kleene’s tables: this is the truth of table 2',
  agreementPeople: Infinity,
  prepare({ date, retainedShare }) {
    const day = dateNumber(date);
    const shareMicro = micro(retainedShare);
    return prepared<SixFacts>({ bind: bindSix, evaluate: (person, out) => evaluate(person, day, shareMicro, out) });
  },
};
