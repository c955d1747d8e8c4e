// Seeded people, one after another: the same seed gives the same people, and a smaller number of them is the beginning of a larger.
import { spellDay, yearOf } from './days.ts';
import { makeFacts, type SeededStatement } from './facts.ts';
import { makeName, misspellName, type Nation } from './names.ts';
import { drawEmployer } from './organisations.ts';
import { drawOrigin, IdentityNumbers, type Origin } from './origins.ts';
import { jurisdictions } from './places.ts';
import { Random, weighted } from './random.ts';
import { makeSchools, type SchoolList } from './schools.ts';
import { seededId } from './seeded-id.ts';

/** A double of an earlier person, and how it differs. */
export interface Double {
  /** The number of the person meant. */
  readonly of: number;
  /** without-number: same name and birth date, no identity number · misspelled: a name that sounds alike, same birth date and telephone · other-document: the same with a passport. */
  readonly how: 'without-number' | 'misspelled' | 'other-document';
}

/** A seeded person. */
export interface SeededPerson {
  readonly index: number;
  readonly partyId: string;
  readonly name: string;
  readonly sex: 'male' | 'female';
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly idKind: 'resident' | 'hong-kong-macau-taiwan' | 'permanent-resident' | 'other' | null;
  /** Canonical; null where nobody has told it. */
  readonly number: string | null;
  readonly phone: string | null;
  readonly jurisdictionCode: string;
  readonly recordedAtMs: number;
  readonly statements: readonly SeededStatement[];
  readonly employment: SeededEmployment | null;
  readonly double: Double | null;
}

/** Where a seeded person works. */
export interface SeededEmployment {
  readonly employmentId: string;
  /** The employer's number, for makeOrganisation. */
  readonly organisation: number;
  readonly startedOn: string;
  readonly endedOn: string | null;
}

// One of 400 is a double, one of 200 has no number yet: exact shares, for tests that look for them.
const EVERY_DOUBLE = 400;
const EVERY_WITHOUT_NUMBER = 200;
const SHARE_WITH_PHONE = 0.94;
/** 154 is a segment that no operator has been given. */
const SAMPLE_SEGMENT = '154';
const MOST_PEOPLE = 100_000_000;
const FIRST_RECORDED_MS = Date.UTC(2021, 10, 1);
const RECORDED_EVERY_MS = 97_000;

// Peoples of the province (census of 2020: 91.33 % Han) and of the city (an assumption: more Manchu, fewer Koreans).
const nations = weighted<Nation>([['han', 91.33], ['manchu', 4.0], ['korean', 3.2], ['hui', 0.85], ['mongol', 0.57], ['northwest', 0.05]]);

/** What the generator needs to know besides the seed. */
export interface PeopleOptions {
  readonly seed: number;
  /** The first person's number. */
  readonly from?: number;
  /** The number after the last person's. */
  readonly to: number;
  readonly schools: SchoolList;
  /** Asked for each number in order: people that are not wanted are only counted, at a tenth of the cost. */
  readonly wants?: (index: number) => boolean;
}

/** Makes people `from` up to `to`. Starting late costs a little for everybody before, since identity numbers are given in order. */
export function* makePeople({ seed, from = 0, to, schools, wants = () => true }: PeopleOptions): Generator<SeededPerson> {
  if (to > MOST_PEOPLE) throw new RangeError(`at most ${MOST_PEOPLE} people can be told apart`);
  const numbers = new IdentityNumbers();
  const drawSchool = makeSchools(schools);
  const random = new Random(seed, 'id', 0);
  for (let index = 0; index < to; index++) {
    if (index < from || !wants(index)) {
      if (!hasNumber(index)) continue;
      random.restart(seed, 'id', index);
      numbers.count(drawOrigin(random, index));
      continue;
    }
    const base = doubleOf(index);
    random.restart(seed, 'id', base ?? index);
    const origin = drawOrigin(random, base ?? index);
    const person = makePerson(seed, base ?? index, origin, drawSchool);
    if (base === undefined) yield hasNumber(index) ? { ...person, idKind: origin.kind, number: numbers.next(origin) } : person;
    else yield makeDouble(seed, index, base, person);
  }
}

/** When a person of this number was entered, in milliseconds: in the order of the numbers. */
export function recordedAtMs(index: number): number {
  return FIRST_RECORDED_MS + index * RECORDED_EVERY_MS;
}

/** The person that this one is a double of, or undefined. */
export function doubleOf(index: number): number | undefined {
  return index % EVERY_DOUBLE === EVERY_DOUBLE - 1 ? index - 1 - ((index * 7) % (EVERY_DOUBLE - 1)) : undefined;
}

/** Whether the person's identity number is known. */
function hasNumber(index: number): boolean {
  return doubleOf(index) === undefined && index % EVERY_WITHOUT_NUMBER !== 7;
}

/** The employer of a person, or undefined; a little cheaper than the whole person. */
export function employerOf(seed: number, index: number): number {
  return drawEmployer(new Random(seed, 'person', doubleOf(index) ?? index));
}

function makePerson(seed: number, index: number, origin: Origin, drawSchool: ReturnType<typeof makeSchools>): SeededPerson {
  const isForeign = origin.kind === 'permanent-resident';
  const recorded = recordedAtMs(index);
  const random = new Random(seed, 'person', index);
  const organisation = drawEmployer(random);
  const jurisdictionCode = random.draw(jurisdictions);
  const partyId = seededId(random, recorded);
  const hasPhone = random.chance(SHARE_WITH_PHONE);
  const employmentId = seededId(random, recorded);
  const hasLeft = random.chance(0.08);
  const facts = new Random(seed, 'facts', index);
  const { statements, isEmployed, enteredDay } = makeFacts(facts, { index, birthDay: origin.birthDay, isForeign, currentDivision: origin.currentDivision, jurisdictionCode }, drawSchool);
  const names = new Random(seed, 'name', index);
  const nation = isForeign ? 'foreign' : origin.kind === 'hong-kong-macau-taiwan' ? 'han' : names.draw(nations);
  const started = spellDay(enteredDay);
  return {
    index,
    partyId,
    name: makeName(names, nation, origin.sex, yearOf(origin.birthDay)),
    sex: origin.sex,
    birthDate: spellDay(origin.birthDay),
    idKind: null,
    number: null,
    phone: hasPhone ? phoneOf(index) : null,
    jurisdictionCode,
    recordedAtMs: recorded,
    statements,
    employment: isEmployed ? { employmentId, organisation, startedOn: started, endedOn: hasLeft ? spellDay(enteredDay + 60) : null } : null,
    double: null,
  };
}

function phoneOf(index: number): string {
  return SAMPLE_SEGMENT + String(index).padStart(8, '0');
}

function makeDouble(seed: number, index: number, of: number, person: SeededPerson): SeededPerson {
  const random = new Random(seed, 'id', index);
  const recorded = recordedAtMs(index);
  const how = random.chance(0.5) ? 'without-number' : random.chance(0.6) ? 'misspelled' : 'other-document';
  const partyId = seededId(random, recorded);
  const employmentId = seededId(random, recorded);
  return {
    ...person,
    index,
    partyId,
    name: how === 'misspelled' ? misspellName(random, person.name) : person.name,
    phone: how === 'misspelled' ? phoneOf(of) : null,
    ...(how === 'other-document' ? { idKind: 'other' as const, number: `SAMPLE${String(index).padStart(8, '0')}` } : {}),
    recordedAtMs: recorded,
    // A double was entered with what one office knew: the studies, mostly.
    statements: person.statements.filter(({ department }) => department === '市教育局'),
    employment: person.employment === null ? null : { ...person.employment, employmentId },
    double: { of, how },
  };
}
