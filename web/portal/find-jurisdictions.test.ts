// Whose policies may be somebody's, by where she works and lives.
import { expect, test } from 'vitest';
import type { SubjectKind } from '../../src/policy/index.ts';
import type { CityHeading } from './data.ts';
import { chosenFor, isAwayFrom, jurisdictionOf, offersFor, othersFor, served } from './find-jurisdictions.ts';
import { levelOf } from './level-of.ts';
import { homePlace, moveVisit, startVisit, tellHome, tellNoWork, tellWork, type Visit, workPlace } from './start-visit.ts';

const heading = (id: string, code: number, parent: string | undefined, count: number): CityHeading => ({
  id, code, title: { zh: id, en: id }, ...(parent === undefined ? {} : { parent }), policies: Array.from({ length: count }, (_, at) => ({ id: `${id}-${at}`, short: { zh: '', en: '' } })),
});

/** Out of order, and a province without a document. */
const cities = [heading('siping', 220300, 'province', 1), heading('erdao', 220105, 'changchun', 1), heading('province', 220000, undefined, 0), heading('changchun', 220100, 'province', 3), heading('jilin', 220200, 'province', 1)];

function visit(work: string | undefined, home: string | undefined, subject: SubjectKind = 'person', city = ''): Visit {
  return tellHome(tellWork(startVisit(subject, city, '2026-06-30'), work), home);
}

test('a place lies in the nearest jurisdiction that serves it', () => {
  const nearest = (place: number): string | undefined => jurisdictionOf(place, served(cities))?.id;
  // 220105 is 二道区, 220104 朝阳区, 220171 a zone of 长春市, 220202 昌邑区, 220600 白山市, 110101 in 北京市.
  expect([220105, 220104, 220100, 220171, 220202, 220300, 220600, 220000, 110101].map(nearest)).toEqual(['erdao', 'changchun', 'changchun', 'changchun', 'jilin', 'siping', undefined, undefined, undefined]);
  expect([220105, 220100, 220000].map(levelOf)).toEqual(['district', 'city', 'province']);
});

test('those that answer nothing are not offered, and the others stand by their codes', () => {
  expect(served(cities).map(({ id }) => id)).toEqual(['changchun', 'erdao', 'jilin', 'siping']);
});

test.each([
  // work, home, what is offered
  ['220105', '220202', ['erdao work', 'jilin home']],
  ['220300', '220200', ['siping work', 'jilin home']],
  ['220202', '220204', ['jilin work']],
  // The district's answer holds the city's policies, the city's answer does not hold the district's.
  ['220105', '220104', ['erdao work']],
  ['220104', '220105', ['changchun work', 'erdao home']],
  ['220600', '220300', ['siping home']],
  [undefined, '220300', ['siping home']],
  ['110000', '220600', []],
  [undefined, undefined, []],
])('works in %s and lives in %s: %j', (work, home, expected) => {
  const said = visit(work, home);
  expect(offersFor(said, cities).map(({ city, by }) => `${city} ${by}`)).toEqual(expected);
  expect(chosenFor(said, cities)).toBe(expected[0]?.split(' ')[0]);
});

test('another jurisdiction is pointed to from the one that is shown, and not one that is shown with it', () => {
  const said = visit('220300', '220200');
  expect(othersFor(moveVisit(said, 'siping'), cities)).toEqual([{ city: 'jilin', by: 'home' }]);
  expect(othersFor(moveVisit(said, 'jilin'), cities)).toEqual([{ city: 'siping', by: 'work' }]);
  expect(othersFor(moveVisit(said, 'changchun'), cities)).toHaveLength(2);
  // Who works in another district than the one shown gets there by its city; where only the city was said, it may be this one.
  expect(othersFor(moveVisit(visit('220104', undefined), 'erdao'), cities)).toEqual([{ city: 'changchun', by: 'work' }]);
  expect(othersFor(moveVisit(visit('220100', undefined), 'erdao'), cities)).toEqual([]);
  expect(othersFor(moveVisit(visit('220105', undefined), 'erdao'), cities)).toEqual([]);
});

test('the place of work is an answer: told, told again, taken back', () => {
  const told = visit('220105', '220200');
  expect(told).toMatchObject({ answers: { '用人单位.所在地': '220105' }, order: ['用人单位.所在地'], home: '220200' });
  expect([workPlace(told), homePlace(told)]).toEqual([220105, 220200]);
  const later = { ...told, answers: { ...told.answers, 学历: '本科' }, order: [...told.order, '学历'], skipped: ['年薪'] };
  expect(tellWork(later, '220300')).toMatchObject({ answers: { '用人单位.所在地': '220300', 学历: '本科' }, order: ['用人单位.所在地', '学历'], skipped: ['年薪'] });
  expect(tellWork(later, undefined)).toMatchObject({ answers: { 学历: '本科' }, order: ['学历'] });
  expect(tellHome(told, undefined)).not.toHaveProperty('home');
});

test('who has no work says so once: that is an answer, and it goes when a place of work is told', () => {
  const none = tellNoWork(visit('220105', '220200'));
  expect(none).toMatchObject({ answers: { '用人单位.单位类型': '无' }, order: ['用人单位.单位类型'], home: '220200' });
  expect(workPlace(none)).toBeUndefined();
  expect(tellNoWork(none)).toEqual(none);
  expect(tellWork(none, '220300')).toMatchObject({ answers: { '用人单位.所在地': '220300' }, order: ['用人单位.所在地'] });
  // Not knowing where is another thing than having none.
  expect(tellWork(none, undefined)).toMatchObject({ answers: {}, order: [] });
  // Who works for herself at a place keeps that when the place changes.
  const own = { ...visit('220105', undefined), answers: { '用人单位.所在地': '220105', '用人单位.单位类型': '无' } };
  expect(tellWork(own, '220300').answers).toEqual({ '用人单位.所在地': '220300', '用人单位.单位类型': '无' });
});

test.each([
  // work, home, shown, whether she is away from it
  ['220600', undefined, 'siping', true],
  ['220600', '220300', 'siping', false],
  ['220302', undefined, 'siping', false],
  ['220104', undefined, 'erdao', true],
  ['220105', undefined, 'changchun', false],
  [undefined, '220600', 'siping', false],
])('works in %s and lives in %s, looks at %s: away is %s', (work, home, shown, isAway) => {
  expect(isAwayFrom(visit(work, home), shown, cities)).toBe(isAway);
});

test('an organisation has a seat, a project and a team a place that no rule asks for', () => {
  expect(visit('220105', undefined, 'organisation').answers).toEqual({ 所在地: '220105' });
  const project = tellWork(startVisit('project', '', '2026-06-30'), '220105');
  expect([project.answers, workPlace(project), homePlace(project), offersFor(project, cities)]).toEqual([{}, 220105, undefined, [{ city: 'erdao', by: 'work' }]]);
});

test('moved to another jurisdiction and back, a visit is what it was', () => {
  const before = { ...visit('220105', '220200'), city: 'erdao', skipped: ['年薪'], choices: { 'a/b': 'a/c' } };
  expect(moveVisit(moveVisit(before, 'jilin'), 'erdao')).toEqual(before);
  // A question that was opened again is left.
  expect(moveVisit({ ...before, changing: '年薪' }, 'jilin')).not.toHaveProperty('changing');
});
