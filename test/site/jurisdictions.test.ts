// The calculator over all jurisdictions, on the compiled packs: levels together, switching to and fro, caps, and readings that decide.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FactValue, levelsOf } from '../../src/policy/index.ts';
import { makePortalData } from '../../tools/portal-data.ts';
import { served } from '../../web/portal/find-jurisdictions.ts';
import { readVisit } from '../../web/portal/keep-visit.ts';
import { moveVisit, startVisit, tellWork, type Visit } from '../../web/portal/start-visit.ts';
import type { Language, ResultView, VisitView } from '../../web/portal/view.ts';
import { type Calculator, makeCalculator } from '../../web/portal/visit.ts';
import { chanceOf } from '../support/random-policies.ts';

const root = join(import.meta.dirname, '../..');
const data = await makePortalData(root, join(root, 'dist/packs'));
const today = '2026-06-30';

/** As the pages load it: what all share, a jurisdiction and those above it. */
const calculators = new Map(data.cities.map(({ id }) => [id, makeCalculator({ ...data, cities: levelsOf(data.cities, id) })]));

function at(visit: Visit): Calculator {
  const calculator = calculators.get(visit.city);
  if (calculator === undefined) throw new Error(visit.city);
  return calculator;
}

const view = (visit: Visit, language: Language = 'zh'): VisitView => at(visit).view(visit, language);

const all = ({ certain, possible, excluded }: VisitView): ResultView[] => [...certain, ...possible, ...excluded];

function answered(visit: Visit, fact: string, value: FactValue): Visit {
  const next = at(visit).answer(visit, fact, value, 'zh');
  if ('problem' in next) throw new Error(next.problem);
  return next;
}

/** Some value of the form that a question offers, by chance. */
function someAnswer(visit: Visit, seed: number): Visit {
  const { question } = view(visit);
  if (question === undefined) return visit;
  const chance = chanceOf(seed);
  const { fact, form } = question;
  switch (form.kind) {
    case 'choice':
      return answered(visit, fact, chance.pick(form.choices).value);
    case 'many':
      return answered(visit, fact, [String(chance.pick(form.choices).value)]);
    case 'date':
      return answered(visit, fact, chance.pick(['2020-06-30', '2025-09-01', '2026-01-05']));
    case 'number':
      return answered(visit, fact, chance.pick([0, 3, 8, 60]));
    case 'university':
      return answered(visit, fact, chance.pick(['吉林大学', '北华大学']));
    case 'text':
      return answered(visit, fact, '无');
    case 'place':
      return answered(visit, fact, chance.pick(['220105', '220202', '220302', '110000']));
    case 'places':
      return answered(visit, fact, [chance.pick(['220105', '220202'])]);
  }
}

const people = [1, 2, 3, 4, 5, 6].map((seed) => {
  let visit = tellWork(startVisit('person', 'erdao', today), chanceOf(seed).pick(['220105', '220202', '220302']));
  for (let count = 0; count < 9; count++) {
    const { question } = view(visit);
    if (question === undefined) break;
    visit = chanceOf(seed * 100 + count).pick([true, true, true, false]) ? someAnswer(visit, seed * 100 + count) : at(visit).skip(visit, question.fact);
  }
  return visit;
});

test('switching there and back shows the same, in both languages, and asks for nothing twice', () => {
  const ids = served(data.cities.map((city) => ({ ...city, policies: city.policies.map(({ id, short }) => ({ id, short })) }))).map(({ id }) => id);
  expect(ids).toEqual(['changchun', 'erdao', 'jilin-city', 'siping']);
  for (const visit of people) {
    for (const id of ids) {
      const there = moveVisit(visit, id);
      const dealtWith = new Set(visit.order);
      const asked = view(there).question?.fact;
      expect(asked === undefined || !dealtWith.has(asked)).toBe(true);
      expect(view(there).answered).toEqual(view(visit).answered);
      for (const language of ['zh', 'en'] as const) expect(view(moveVisit(there, 'erdao'), language)).toEqual(view(visit, language));
    }
  }
});

test('what the last answer changed is told where it was given, and not of another jurisdiction', () => {
  const facts = { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '220202' };
  let visit = startVisit('person', 'jilin-city', today);
  for (const [fact, value] of Object.entries(facts)) visit = answered(visit, `用人单位.${fact}`, value);
  const degree = { 学历: '硕士研究生', 全日制: true, 毕业院校: '吉林大学', 毕业日期: '2020-06-30', 初次就业: true, 缴纳社保: true, 合同起始日: '2021-03-01', 合同年限: 8, 全职: true, 入住人才公寓: false };
  for (const [fact, value] of Object.entries(degree)) visit = answered(visit, fact, value);
  expect(view(visit).change?.told).toContain('企业引才生活补贴');
  // A degree of another university lowers what is certain here; elsewhere nothing was certain before.
  visit = answered(visit, '毕业院校', '北华大学');
  const here = view(visit).change;
  expect(here?.told).toMatch(/北华大学.*少了/);
  expect(view(moveVisit(visit, 'siping')).change).toBeUndefined();
  expect(view(moveVisit(moveVisit(visit, 'siping'), 'jilin-city')).change).toEqual(here);
});

test('in 二道区 the district, the city and the province answer together, and one matter counts once', () => {
  for (const visit of people) {
    const shown = view(visit);
    expect(shown.levels.map(({ id, level }) => [id, level])).toEqual([['erdao', 'district'], ['changchun', 'city']]);
    const city = view(moveVisit(visit, 'changchun'));
    // What the city says of her is the same, whether her district is looked at with it or not.
    const fromCity = all(shown).filter((result) => result.city === 'changchun');
    const told = (results: readonly ResultView[]): string[] => results.map(({ benefit, status, amountTold }) => `${benefit} ${status} ${amountTold}`).sort();
    expect(told(fromCity)).toEqual(told(all(city)));
    for (const { levelTitle, city: id } of all(shown)) expect(levelTitle).toBe(id === 'erdao' ? '二道区' : '长春市');
    expect(shown.named.map(({ title }) => title)).toContain('吉林省人才政策3.0版');
    expect(new Set(all(shown).map(({ policy, benefit }) => `${policy}/${benefit}`)).size).toBe(all(shown).length);
  }
  // The card that the district serves is the city's own: two levels give it, and there is nothing to choose.
  const start = startVisit('person', 'erdao', today);
  expect(all(view(start)).filter(({ benefit }) => benefit === 'prestige-card').map(({ city }) => city).sort()).toEqual(['changchun', 'erdao']);
  for (const visit of [start, ...people]) {
    const { choices } = view(visit);
    expect(choices.filter(({ options }) => options.some(({ benefit }) => benefit.endsWith('/prestige-card')))).toEqual([]);
    for (const { options } of choices) expect(new Set(options.map(({ title, totalFen }) => `${title} ${totalFen}`)).size).toBeGreaterThan(1);
  }
});

test('a document that another has replaced is not told as one that holds', () => {
  const shown = view(startVisit('person', 'changchun', today));
  expect(shown.named.map(({ id }) => id)).not.toContain('changchun-talent-2.0');
});

test('a cap is told as one and never counted as certain', () => {
  let caps = 0;
  for (const kind of ['person', 'organisation', 'project', 'team'] as const) {
    for (const language of ['zh', 'en'] as const) {
      const shown = view(startVisit(kind, 'erdao', today), language);
      for (const { amount, amountTold, status } of all(shown)) {
        if (amount?.kind !== 'upTo') continue;
        caps += 1;
        expect(status).not.toBe('yes');
        // While an answer still settles which cap it is, that comes before the review.
        const [settled, settledEn] = amount.missing === undefined ? ['，数额由评审定', ', settled by review'] : ['', ''];
        const figure = (amount.maxFen / 100).toLocaleString('en');
        const per = amount.per === undefined ? '' : { year: '每年', person: '每人', month: '每月', project: '每个项目' }[amount.per];
        expect(amountTold).toBe(language === 'zh' ? `${per}最多 ${figure} 元${settled}` : `up to ${figure} yuan${amount.per === undefined ? '' : ` a ${amount.per}`}${settledEn}`);
      }
      expect(shown.certainFen).toBe(0);
    }
  }
  expect(caps).toBeGreaterThan(10);
});

test('what no answer can settle is no promise: it says that a review decides for whom it is, and shows no condition as met', () => {
  let open = 0;
  for (const kind of ['person', 'organisation', 'project', 'team'] as const) {
    for (const id of ['changchun', 'erdao', 'jilin-city', 'siping']) {
      const shown = view(startVisit(kind, id, today));
      for (const result of all(shown)) {
        const rule = data.cities.flatMap(({ policies }) => policies).find((policy) => policy.id === result.policy)?.benefits.find((benefit) => benefit.id === result.benefit && benefit.subject === kind);
        if (rule?.condition.op !== 'always') continue;
        expect(result.reasons).toEqual([]);
        if (result.status !== 'review') continue;
        open += 1;
        expect(result.stateTold).toMatch(/^是不是给您的，由.+看$/);
      }
    }
  }
  expect(open).toBeGreaterThan(40);
  expect(all(view(startVisit('team', 'changchun', today))).find(({ benefit }) => benefit === 'academician-team')).toMatchObject({ stateTold: '是不是给您的，由评审看', reasons: [] });
});

test('the most that can still come counts what her answers open, each at its ceiling, and says when something is left out', () => {
  for (const visit of [...people, startVisit('organisation', 'changchun', today), startVisit('project', 'erdao', today), startVisit('team', 'changchun', today)]) {
    const shown = view(visit);
    const ceilings = all(shown).flatMap(({ kind, status, amount, policy, benefit }) => {
      const rule = data.cities.flatMap(({ policies }) => policies).find((one) => one.id === policy)?.benefits.find((one) => one.id === benefit && one.subject === visit.subject);
      if (status === 'no' || kind === 'loan' || rule?.condition.op === 'always' || amount === undefined || amount.per !== undefined) return [];
      return amount.kind === 'exact' ? [amount.totalFen] : 'maxFen' in amount ? [amount.maxFen] : [];
    });
    expect(shown.possibleFen).toBeLessThanOrEqual(ceilings.reduce((sum, fen) => sum + fen, 0));
    expect(shown.possibleFen).toBeGreaterThanOrEqual(Math.max(shown.certainFen, ...ceilings));
  }
  // The ten millions for the team of an academician are open to every team, so they are no prospect of this one.
  expect(view(startVisit('team', 'changchun', today))).toMatchObject({ possibleFen: 0, isMoreOpen: true });
});

test('a policy that has nothing for this kind of subject is in force all the same; before its first day none is', () => {
  for (const kind of ['organisation', 'team'] as const) {
    const shown = view(startVisit(kind, 'siping', today));
    expect([all(shown), shown.isInForce, shown.question]).toEqual([[], true, undefined]);
  }
  expect(view(startVisit('organisation', 'siping', '2001-01-01')).isInForce).toBe(false);
});

test('of what was skipped only that counts which could still change something', () => {
  let visit = startVisit('person', 'siping', today);
  for (let asked = view(visit).question; asked !== undefined; asked = view(visit).question) visit = at(visit).skip(visit, asked.fact);
  expect(visit.skipped).toContain('购房日期');
  expect(view(visit).skippedOpen).toEqual(visit.skipped);
  // Without a home bought at the fair, its date is all one.
  visit = answered(at(visit).change(visit, '房交会购房'), '房交会购房', false);
  expect(view(visit).skippedOpen).not.toContain('购房日期');
  expect(visit.skipped).toContain('购房日期');
  // While a question is still to come there is nothing to go back to.
  expect(view(startVisit('person', 'changchun', today)).skippedOpen).toEqual([]);
});

test('whatever a tab kept, it is shown', () => {
  const facts = Object.keys(data.questions.person);
  const fact = fc.oneof(fc.constantFrom(...facts), fc.string());
  const value = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.double(), fc.array(fc.string()), fc.jsonValue());
  const damaged = fc.record({ subject: fc.constantFrom('person', 'organisation', 'project', 'team'), answers: fc.dictionary(fact, value), skipped: fc.array(fact), order: fc.array(fact), choices: fc.dictionary(fc.string(), fc.string()), changing: fact, lastCity: fc.constant('erdao'), lastFact: fact, lastValue: value, lastCertainFen: fc.integer() });
  fc.assert(
    fc.property(damaged, (garbage) => {
      const visit = readVisit({ ...garbage, city: 'erdao', date: today });
      if (visit === undefined) throw new Error('no visit');
      for (const language of ['zh', 'en'] as const) {
        const { question, answered: told } = view(visit, language);
        for (const one of [...told.map((answer) => answer.fact), ...(question === undefined ? [] : [question.fact])]) expect(Object.keys(data.questions[visit.subject])).toContain(one);
      }
    }),
    { numRuns: 60 },
  );
});

test('where a reading decides for somebody, the alternatives say what she would get', () => {
  let visit = startVisit('person', 'changchun', today);
  for (const [fact, value] of [['学历', '硕士研究生'], ['应届', false], ['在校生', false], ['籍贯', '220202']] as const) visit = answered(visit, fact, value);
  for (const language of ['zh', 'en'] as const) {
    const marks = at(visit).marks(visit, language).get('changchun-talent-3.0/chuncheng-card');
    expect(marks).toHaveLength(1);
    const [mark] = marks ?? [];
    expect(mark).toMatchObject({ clause: '人才甲12', question: expect.stringContaining(language === 'zh' ? '春城卡' : 'Chuncheng') as string });
    expect(mark?.others.map(({ told }) => told)).toEqual([language === 'zh' ? '不能享受' : 'not met']);
    expect(mark?.inForce).not.toBe('');
  }
  // A graduate of this year has the card under both readings, so nothing is marked there.
  const fresh = answered(at(visit).change(visit, '应届'), '应届', true);
  expect(at(fresh).marks(fresh, 'zh').has('changchun-talent-3.0/chuncheng-card')).toBe(false);
});

test('every fact that a jurisdiction asks for is told in one vocabulary, so its answers count in the others', () => {
  const visit = tellWork(startVisit('person', 'siping', today), '220302');
  expect(view(visit).answered).toEqual([{ fact: '用人单位.所在地', title: '单位在哪里', told: '四平市铁西区' }]);
  expect(view(moveVisit(visit, 'jilin-city')).answered).toEqual(view(visit).answered);
});
