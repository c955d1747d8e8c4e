// Which question is asked next: only what can change something, all that can, the most useful first, and the same every time.
import { beforeAll, expect, test } from 'vitest';
import { chanceOf, randomPolicy, testDate, testReferenceData, testVocabulary } from '../../test/support/random-policies.ts';
import { type FlatFacts, inputOf, knowingPeople, openRealPacks } from '../../test/support/real-packs.ts';
import { type Engine, makeEngine } from './engine.ts';
import { interpretPolicy } from './interpreted-policy.ts';
import type { SubjectKind } from './model.ts';
import { type Asker, makeAsker } from './next-question.ts';
import { mannerOf } from './questions.ts';
import { openReference } from './reference.ts';

const packs = openRealPacks();
const date = '2026-11-21';
const engine = packs.engine(date);

function askerFor(kind: SubjectKind): Asker {
  return makeAsker(engine, { policies: packs.policies, vocabulary: packs.workspace.vocabularies[kind], manner: mannerOf(packs.questions[kind]) });
}
const askers: Partial<Record<SubjectKind, Asker>> = {};
beforeAll(() => {
  for (const kind of ['person', 'organisation', 'project', 'team'] as const) askers[kind] = askerFor(kind);
});

/** What a person would notice: everything but which facts are missing where that alone changes. */
function noticed(facts: FlatFacts, kind: SubjectKind = 'person', using: Engine = engine): string {
  const outcome = using.evaluate(inputOf(kind, facts));
  if ('problems' in outcome) throw new Error(JSON.stringify(outcome.problems));
  const { benefits, plan } = outcome.result;
  return JSON.stringify([benefits.map(({ benefit, status, amount }) => [benefit, status, amount]), plan], (key, value: unknown) => (key === 'missing' ? undefined : value));
}

function subjectOf(facts: FlatFacts, kind: SubjectKind = 'person', using: Engine = engine) {
  const bound = using.bindSubject(inputOf(kind, facts));
  if ('problems' in bound) throw new Error(JSON.stringify(bound.problems));
  return bound.subject;
}

/** Asks somebody who knows everything until nothing is left to ask. */
function interview(truth: FlatFacts, kind: SubjectKind = 'person', refuses: (fact: string) => boolean = () => false) {
  const told: Record<string, unknown> = {};
  const skipped: string[] = [];
  const asked: { readonly fact: string; readonly before: FlatFacts; readonly open: readonly string[] }[] = [];
  for (;;) {
    const next = askers[kind]?.next(subjectOf(told, kind), skipped, asked.at(-1)?.fact);
    if (next === undefined) return { told, skipped, asked };
    if (asked.length > 100) throw new Error('it asks without end');
    asked.push({ fact: next.fact, before: { ...told }, open: next.open });
    if (truth[next.fact] === undefined || refuses(next.fact)) skipped.push(next.fact);
    else told[next.fact] = truth[next.fact];
  }
}

const people = knowingPeople(packs, 'person', date, 20261121, 60);

test('where it stops, nothing that was not asked could have changed anything', () => {
  people.forEach((truth, index) => {
    // Every third person refuses some questions; what was refused stays unknown.
    const chance = chanceOf(index);
    const { told, skipped } = interview(truth, 'person', () => index % 3 === 0 && chance.once(5));
    const rest = Object.fromEntries(Object.entries(truth).filter(([fact]) => !skipped.includes(fact)));
    expect(noticed({ ...rest, ...told })).toBe(noticed(told));
    // Nor would other values than her own have done it.
    for (let other = 1; other <= 5; other++) {
      const stranger = people[(index + other * 7) % people.length] ?? {};
      const mixed = { ...Object.fromEntries(Object.entries(stranger).filter(([fact]) => !skipped.includes(fact))), ...told };
      if (told['用人单位.单位类型'] === undefined) delete mixed['用人单位.单位类型'];
      const isValid = 'subject' in engine.bindSubject(inputOf('person', mixed));
      expect(isValid ? noticed(mixed) : noticed(told)).toBe(noticed(told));
    }
  });
});

test('what is asked can change something at that moment, if not alone then with other answers', () => {
  const values = new Map<string, unknown[]>();
  for (const person of people) for (const [fact, value] of Object.entries(person)) values.set(fact, [...(values.get(fact) ?? []), value]);
  const isValid = (facts: FlatFacts): boolean => 'subject' in engine.bindSubject(inputOf('person', facts));
  let count = 0;
  people.slice(0, 12).forEach((truth, index) => {
    const chance = chanceOf(index + 1);
    for (const { fact, before, open } of interview(truth).asked) {
      const others = open.filter((other) => other !== fact);
      let isWorth = false;
      for (let attempt = 0; attempt < 600 && !isWorth; attempt++) {
        const given: Record<string, unknown> = { ...before };
        // First alone, then beside more and more other answers.
        for (const other of others) if (chance.below(600) < attempt - 40) given[other] = chance.pick(values.get(other) ?? [undefined]);
        const answered = { ...given, [fact]: chance.pick(values.get(fact) ?? [undefined]) };
        isWorth = isValid(given) && isValid(answered) && noticed(given) !== noticed(answered);
      }
      expect(isWorth, `${fact} after ${JSON.stringify(before)}`).toBe(true);
      count++;
    }
  });
  expect(count).toBeGreaterThan(100);
});

test('how many can still come never grows while questions are answered or skipped', () => {
  people.slice(0, 30).forEach((truth, index) => {
    const left = interview(truth, 'person', (fact) => index % 2 === 0 && fact.length % 3 === 0).asked.map(({ open }) => open.length);
    left.reduce((before, now) => {
      expect(now).toBeLessThan(before);
      return now;
    }, Infinity);
  });
});

test('nobody is asked for what only a review settles, for what follows from something else, or twice', () => {
  const from = new Map(packs.workspace.vocabularies.person.facts.map(({ name, from: origin }) => [name, origin]));
  for (const truth of people) {
    const facts = interview(truth).asked.map(({ fact }) => fact);
    expect(new Set(facts).size).toBe(facts.length);
    expect(facts.filter((fact) => from.get(fact) === '认定' || from.get(fact) === '推算')).toEqual([]);
  }
});

test('the first questions are those that decide most, and nothing of an employer comes before the employer', () => {
  const { asked } = interview({ ...people[0], '用人单位.单位类型': '企业', 学历: '硕士研究生' });
  expect(asked.slice(0, 3).map(({ fact }) => fact)).toEqual(['用人单位.单位类型', '学历', '全日制']);
  for (const truth of people) {
    const facts = interview(truth).asked.map(({ fact }) => fact);
    expect(facts.find((fact) => fact.startsWith('用人单位.'))).toBe('用人单位.单位类型');
    // Whose business it is comes before anything about the business.
    const business = facts.filter((fact) => ['创业身份', '首次创业', '创业地', '创业注册日期', '仍在经营'].includes(fact));
    expect([undefined, '创业身份']).toContain(business[0]);
  }
});

test('who has no employer is asked nothing about one', () => {
  const truth = { ...people[0], '用人单位.单位类型': '无' };
  expect(interview(truth).asked.map(({ fact }) => fact).filter((fact) => fact.startsWith('用人单位.'))).toEqual(['用人单位.单位类型']);
});

test('a fact that is skipped is never asked again, and where all are there is nothing to ask', () => {
  const { asked, skipped } = interview(people[1] ?? {}, 'person', () => true);
  expect(asked.map(({ fact }) => fact)).toEqual(skipped);
  expect(asked.length).toBeGreaterThan(30);
  const all = packs.workspace.vocabularies.person.facts.map(({ name }) => name);
  expect(askers.person?.next(subjectOf({}), all)).toBeUndefined();
});

test('the same person is asked the same questions, and its facts are left as they were', () => {
  const subject = subjectOf({ 学历: '硕士研究生', 毕业日期: '2024-06-30' });
  const before = JSON.stringify([[...subject.slots], subject.places, [...subject.derived]]);
  const [first, second] = [askers.person?.next(subject, []), askerFor('person').next(subject, [])];
  expect(second).toEqual(first);
  expect(JSON.stringify([[...subject.slots], subject.places, [...subject.derived]])).toBe(before);
});

test('organisations, projects and teams: where it stops nothing changes any more', () => {
  expect(askers.team?.next(subjectOf({}, 'team'), [])).toBeUndefined();
  for (const kind of ['project'] as const) {
    for (const truth of knowingPeople(packs, kind, date, 3, 40)) {
      const { told, asked } = interview(truth, kind);
      expect(noticed({ ...truth, ...told }, kind)).toBe(noticed(told, kind));
      expect(asked.length).toBeGreaterThan(0);
    }
  }
  const { asked } = interview({ 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '220202' }, 'organisation');
  expect(asked.map(({ fact }) => fact)).toContain('单位类型');
});

test('random policies: where it stops, nothing that was not asked could have changed anything', () => {
  const reference = openReference(testReferenceData);
  let stopped = 0;
  for (let seed = 1; seed <= 120; seed++) {
    const policy = randomPolicy(seed);
    // A table that leaves somebody without a row is refused by the checker; without its proof an amount may fall to nothing.
    if (hasOpenTable(policy)) continue;
    const own = makeEngine({ policies: [interpretPolicy(policy, { person: testVocabulary })], vocabularies: { person: testVocabulary }, reference, date: testDate });
    const asker = makeAsker(own, { policies: [policy], vocabulary: testVocabulary });
    const truth = randomTruth(seed);
    const told: Record<string, unknown> = {};
    for (let next = asker.next(subjectOf(told, 'person', own), []); next !== undefined; next = asker.next(subjectOf(told, 'person', own), [])) {
      expect(told).not.toHaveProperty([next.fact]);
      told[next.fact] = truth[next.fact];
    }
    stopped++;
    expect(noticed({ ...truth, ...told }, 'person', own), `seed ${seed}`).toBe(noticed(told, 'person', own));
  }
  expect(stopped).toBeGreaterThan(30);
});

function hasOpenTable(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  return ('rows' in node && !('otherwise' in node)) || Object.values(node).some(hasOpenTable);
}

/** Values for all facts of the test vocabulary that may be asked. */
function randomTruth(seed: number): FlatFacts {
  const chance = chanceOf(seed * 31);
  const truth: Record<string, unknown> = {};
  for (const fact of testVocabulary.facts) {
    if (fact.from === '认定' || fact.from === '推算') continue;
    // With an employer everything about one may be told.
    if (fact.slot === testVocabulary.employerKindSlot) truth[fact.name] = fact.values?.[1];
    else if (fact.type === 'flag') truth[fact.name] = chance.once(2);
    else if (fact.type === 'level' || fact.type === 'kind') truth[fact.name] = chance.pick(fact.values ?? []);
    else if (fact.type === 'kinds') truth[fact.name] = (fact.values ?? []).filter(() => chance.once(3));
    else if (fact.type === 'place') truth[fact.name] = String(chance.pick(testReferenceData.places));
    else if (fact.type === 'places') truth[fact.name] = [String(chance.pick(testReferenceData.places))];
    else if (fact.type === 'text') truth[fact.name] = chance.pick(testReferenceData.universities.map(([name]) => name));
    else if (fact.type === 'date') truth[fact.name] = `${fact.name === '出生日期' ? 1990 : 2015 + chance.below(12)}-0${1 + chance.below(9)}-1${chance.below(10)}`;
    else truth[fact.name] = chance.below(fact.type === 'money' ? 300_000 : 12);
  }
  return truth;
}
