// Seeded people: the same for the same seed, valid in every number, and in the proportions that docs/seeded-people.md states.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../authoring/workspace.ts';
import { readCreditCode } from '../contract/credit-code.ts';
import { readIdentityNumber, readMobileNumber } from '../contract/identity-number.ts';
import { openFactBook, type FactBook } from '../domains/registry/index.ts';
import { isUnknown } from './facts.ts';
import { makeOrganisation, MOST_ORGANISATIONS } from './organisations.ts';
import { doubleOf, employerOf, makePeople, type SeededPerson } from './people.ts';
import { schoolsOf } from './schools.ts';

const COUNT = 40_000;
const workspace = openWorkspace(join(import.meta.dirname, '../..'));
const schools = schoolsOf(workspace.reference);
let factBook: FactBook;
let people: readonly SeededPerson[];

beforeAll(() => {
  factBook = openFactBook(workspace);
  people = [...makePeople({ seed: 7, to: COUNT, schools })];
});

const shareOf = (matches: (person: SeededPerson) => boolean, among: readonly SeededPerson[] = people): number => among.filter(matches).length / among.length;
const factOf = (person: SeededPerson, name: string): unknown => person.statements.map(({ facts }) => facts[name]).find((value) => value !== undefined);
/** Within four standard deviations of a share: fails once in fifteen thousand for chance alone, and the seed is fixed. */
function expectShare(found: number, expected: number, count = COUNT): void {
  expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count));
}

describe('the same people', () => {
  test('come of the same seed, whoever makes them and in how many parts', () => {
    const first = [...makePeople({ seed: 7, to: 1000, schools })];
    expect(first).toEqual(people.slice(0, 1000));
    expect([...makePeople({ seed: 7, from: 700, to: 1000, schools })]).toEqual(first.slice(700));
    expect([...makePeople({ seed: 7, to: 1000, schools, wants: (index) => index % 3 === 0 })]).toEqual(first.filter(({ index }) => index % 3 === 0));
  });

  test('and others of another seed', () => {
    const [one] = makePeople({ seed: 8, to: 1, schools });
    expect(one?.partyId).not.toBe(people[0]?.partyId);
  });

  test('employers are known without the person', () => {
    const employed = people.slice(0, 2000).flatMap(({ index, employment }) => (employment === null ? [] : [{ index, organisation: employment.organisation }]));
    expect(employed.map(({ index }) => employerOf(7, index))).toEqual(employed.map(({ organisation }) => organisation));
  });
});

describe('numbers', () => {
  test('of identity are valid, of a known division, tell birth date and sex, and belong to one person each', () => {
    const knowsDivision = (code: number): boolean => factBook.knowsDivision(code);
    const seen = new Set<string>();
    for (const { number, idKind, birthDate, sex } of people) {
      if (number === null || idKind === 'other') continue;
      expect(readIdentityNumber(number, { today: '2026-11-21', knowsDivision })).toMatchObject({ ok: true, canonical: number, kind: idKind, birthDate, sex, warnings: [] });
      seen.add(number);
    }
    expect(seen.size).toBe(people.filter(({ number, idKind }) => number !== null && idKind !== 'other').length);
    expect(new Set(people.map(({ partyId }) => partyId)).size).toBe(COUNT);
  });

  test('of telephones lie in a segment that nobody has', () => {
    const phones = people.flatMap(({ phone }) => phone ?? []);
    expect(phones.filter((phone) => readMobileNumber(phone)?.startsWith('154') !== true)).toEqual([]);
    expectShare(phones.length / COUNT, 0.94);
  });

  test('of employers are valid codes with names of their own', () => {
    const names = new Set<string>();
    for (let number = 0; number < MOST_ORGANISATIONS; number += 7) {
      const { creditCode, name } = makeOrganisation(7, number);
      expect(readCreditCode(creditCode)).toMatchObject({ ok: true, canonical: creditCode });
      expect(name).toMatch(/^吉林市.+（样例）$/);
      names.add(name);
    }
    expect(names.size).toBe(Math.ceil(MOST_ORGANISATIONS / 7));
  });
});

describe('proportions', () => {
  test('sex and birth', () => {
    expectShare(shareOf(({ sex }) => sex === 'male'), 0.4992);
    expectShare(shareOf(({ birthDate }) => birthDate > '1991-10-31' && birthDate <= '1996-10-31'), 0.13);
    expect(people.every(({ birthDate }) => birthDate > '1953-01-01' && birthDate <= '2010-10-31')).toBe(true);
  });

  test('surnames by how common they are', () => {
    const others = 1 - 0.0867;
    expectShare(shareOf(({ name }) => name.startsWith('李')), 0.0794 * others + 0.04 * 0.115 + 0.032 * 0.18 + 0.0085 * 0.054 + 0.0057 * 0.04, COUNT);
    expectShare(shareOf(({ name }) => name.startsWith('陈')), 0.0453 * (others + 0.003));
    expect(shareOf(({ name }) => name.startsWith('欧阳'))).toBeLessThan(0.001);
  });

  test('education rises with the years of birth', () => {
    const known = people.filter((person) => factOf(person, '学历') !== undefined && person.double === null);
    const higher = (person: SeededPerson): boolean => ['专科', '本科', '硕士研究生', '博士研究生'].includes(String(factOf(person, '学历')));
    const born = (from: string, to: string): readonly SeededPerson[] => known.filter(({ birthDate }) => birthDate > from && birthDate <= to);
    const young = born('1991-10-31', '2001-10-31');
    expectShare(shareOf(higher, young), 0.64, young.length);
    const old = born('1961-10-31', '1971-10-31');
    expectShare(shareOf(higher, old), 0.16, old.length);
  });

  test('work: some three of four of working age, at employers of very different size', () => {
    const staff = new Map<number, number>();
    for (const { employment } of people) if (employment !== null) staff.set(employment.organisation, (staff.get(employment.organisation) ?? 0) + 1);
    const sizes = [...staff.values()].sort((a, b) => b - a);
    expect(shareOf(({ employment }) => employment !== null)).toBeGreaterThan(0.62);
    expect(shareOf(({ employment }) => employment !== null)).toBeLessThan(0.7);
    // A power law: the largest has hundreds, most have one or two of these people.
    expect(sizes[0]).toBeGreaterThan(150);
    expect(sizes.filter((size) => size <= 2).length / sizes.length).toBeGreaterThan(0.5);
  });

  test('employers: most small ones are private enterprises', () => {
    const small = Array.from({ length: 4000 }, (_, at) => makeOrganisation(7, 1000 + at * 10).facts);
    expectShare(small.filter(({ 单位类型 }) => 单位类型 === '企业').length / small.length, 0.88, small.length);
    const enterprises = small.filter(({ 单位类型 }) => 单位类型 === '企业');
    expectShare(enterprises.filter(({ 所有制 }) => 所有制 === '民营').length / enterprises.length, 0.93, enterprises.length);
  });
});

describe('gaps and doubles, for tests that look for them', () => {
  test('one of 400 is a double of somebody before, exactly', () => {
    const doubles = people.filter(({ double }) => double !== null);
    expect(doubles.length).toBe(COUNT / 400);
    for (const { index, name, birthDate, number, phone, double } of doubles) {
      const meant = people[doubleOf(index) ?? -1];
      expect(double?.of).toBe(meant?.index);
      expect(meant?.double).toBeNull();
      expect(birthDate).toBe(meant?.birthDate);
      expect(number === null).toBe(double?.how !== 'other-document');
      expect(double?.how === 'misspelled' || name === meant?.name).toBe(true);
      expect(phone?.slice(0, 3) ?? null).toBe(double?.how === 'misspelled' ? '154' : null);
    }
    expect(new Set(doubles.map(({ double }) => double?.how))).toEqual(new Set(['without-number', 'misspelled', 'other-document']));
  });

  test('one of 200 besides has no number, exactly', () => {
    expect(people.filter(({ number, double }) => number === null && double === null).length).toBe(COUNT / 200);
  });

  test('each fact of others is unknown of 2 in any 25, exactly', () => {
    for (const fact of ['学历', '国籍', '户籍地'] as const) {
      const unknown = people.filter(({ index }) => isUnknown(fact, index));
      expect(unknown.length).toBe((COUNT / 25) * 2);
      expect(unknown.filter((person) => person.double === null && factOf(person, fact) !== undefined)).toEqual([]);
    }
    expectShare(shareOf((person) => person.double === null && factOf(person, '国籍') === undefined), 0.08);
  });

  test('everything that is said can be recorded: the registry itself would take every statement', () => {
    // Whoever is from outside has other papers, and is rare.
    for (const { statements } of [...people.slice(0, 5000), ...people.slice(5000).filter(({ idKind }) => idKind !== 'resident')]) {
      for (const { facts, origin, asOf } of statements) expect(factBook.check({ kind: 'person', facts, origin, asOf })).toEqual([]);
    }
    for (let number = 0; number < 3000; number += 3) {
      expect(factBook.check({ kind: 'organisation', facts: makeOrganisation(7, number).facts, origin: '共享', asOf: '2026-09-30' })).toEqual([]);
    }
  });
});
