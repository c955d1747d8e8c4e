// What the address and the calendar say about a visit, and what is read of one that was kept.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findToday, readAddress, readVisit } from './keep-visit.ts';
import { startVisit, type Visit } from './start-visit.ts';

test('today is the day in the city, not the day in Greenwich', () => {
  expect(findToday(new Date('2026-11-20T15:59:59Z'))).toBe('2026-11-20');
  expect(findToday(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
});

test.each([
  ['?date=2027-02-28&lang=en', { date: '2027-02-28', language: 'en' }],
  ['?lang=zh', { language: 'zh' }],
  ['?city=siping&lang=en', { city: 'siping', language: 'en' }],
  ['?city=nowhere', {}],
  ['?city=', {}],
  ['?date=2027-02-29', {}],
  ['?date=2027-2-1', {}],
  ['?date=1799-12-31', {}],
  ['?date=tomorrow&lang=fr', {}],
  ['', {}],
] as const)('%j is read as %j', (search, read) => {
  expect(readAddress(search, ['jilin-city', 'siping'])).toEqual(read);
});

const kept: Visit = { ...startVisit('person', 'siping', '2026-06-30'), answers: { 学历: '本科', 全日制: true, 亲属常驻地: ['220202'] }, skipped: ['年薪'], order: ['学历', '年薪', '全日制', '亲属常驻地'], choices: { 'a/b': 'a/c' }, home: '220202' };

test('a visit that was kept whole is read as it was', () => {
  expect(readVisit(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  expect(readVisit({ ...kept, changing: '学历', lastCertainFen: 5, lastCity: 'siping', lastFact: '学历', lastValue: false })).toMatchObject({ changing: '学历', lastCertainFen: 5, lastCity: 'siping', lastFact: '学历', lastValue: false });
});

test.each([
  [{ skipped: {} }, { skipped: [], order: ['学历', '全日制', '亲属常驻地'] }],
  [{ choices: null }, { choices: {} }],
  [{ answers: null }, { answers: {}, order: ['年薪'] }],
  [{ answers: { 学历: '本科', 全日制: null, 年薪: {}, 购房地: [1] }, skipped: [] }, { answers: { 学历: '本科' }, skipped: [], order: ['学历'] }],
  [{ order: 'x' }, { order: ['学历', '全日制', '亲属常驻地', '年薪'] }],
  [{ order: ['学历', '学历', 7, '没有这一问', '年薪'] }, { order: ['学历', '年薪', '全日制', '亲属常驻地'] }],
  [{ home: 'nowhere' }, { home: undefined }],
  [{ city: 5 }, { city: '' }],
])('of a visit damaged by %j only what is damaged goes', (damage, expected) => {
  expect(readVisit({ ...kept, ...damage })).toEqual({ ...kept, ...expected });
});

test('whatever was kept, what is read is a visit or nothing', () => {
  const subject = fc.oneof({ arbitrary: fc.constantFrom('person', 'organisation', 'project', 'team'), weight: 3 }, fc.jsonValue());
  const damaged = fc.record({ subject, city: fc.jsonValue(), date: fc.jsonValue(), answers: fc.jsonValue(), skipped: fc.jsonValue(), order: fc.jsonValue(), choices: fc.jsonValue(), home: fc.jsonValue(), changing: fc.jsonValue(), lastValue: fc.jsonValue() }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(damaged, fc.jsonValue()), (garbage) => {
      const visit = readVisit(garbage);
      if (visit === undefined) return;
      expect(['person', 'organisation', 'project', 'team']).toContain(visit.subject);
      expect([...visit.order].sort()).toEqual([...new Set([...Object.keys(visit.answers), ...visit.skipped])].sort());
      // Once read, nothing more has to go.
      expect(readVisit(JSON.parse(JSON.stringify(visit)))).toEqual(visit);
    }),
  );
});
