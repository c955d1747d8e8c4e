// Visits from the first question to the last, as the pages hold them: five people, choices, changes, English, and random people.
import { expect, test } from 'vitest';
import { chanceOf } from '../../test/support/random-policies.ts';
import { type FlatFacts, inputOf, knowingPeople, openRealPacks } from '../../test/support/real-packs.ts';
import type { FactValue, SubjectKind } from '../../src/policy/index.ts';
import type { PortalData } from './data.ts';
import type { Language, ResultView, VisitView } from './view.ts';
import { startVisit, type Visit } from './start-visit.ts';
import { makeCalculator } from './visit.ts';

const packs = openRealPacks();
const data: PortalData = {
  cities: [{ id: 'jilin-city', title: packs.title, code: packs.code, policies: packs.policies, named: [], names: packs.names, unnamed: [] }],
  vocabularies: packs.workspace.vocabularies,
  reference: packs.workspace.reference,
  questions: packs.questions,
};
const calculator = makeCalculator(data);
const today = '2026-11-21';

function answered(visit: Visit, fact: string, value: FactValue): Visit {
  const next = calculator.answer(visit, fact, value, 'zh');
  if ('problem' in next) throw new Error(next.problem);
  return next;
}

/** Answers every question by what is known; skips the others. */
function finish(known: FlatFacts, from: Visit = startVisit('person', 'jilin-city', today)): Visit {
  let visit = from;
  for (let count = 0; count < 100; count++) {
    const { question } = calculator.view(visit, 'zh');
    if (question === undefined) return visit;
    const value = known[question.fact];
    visit = value === undefined ? calculator.skip(visit, question.fact) : answered(visit, question.fact, value as FactValue);
  }
  throw new Error('it asks without end');
}

function show(visit: Visit, language: Language = 'zh'): VisitView {
  return calculator.view(visit, language);
}

function resultOf(view: VisitView, benefit: string): ResultView {
  const found = [...view.certain, ...view.possible, ...view.excluded].find((result) => result.benefit === benefit);
  if (found === undefined) throw new Error(`no ${benefit}`);
  return found;
}

const graduate: FlatFacts = {
  学历: '硕士研究生', 全日制: true, 毕业院校: '吉林大学', 毕业日期: '2021-06-30', 应届: false, 在校生: false, 留学回国: false, 初次就业: true, 缴纳社保: true,
  合同起始日: '2021-07-01', 合同年限: 8, 全职: true, 入住人才公寓: false, 本人名下购房: true, 购房地: '220202', 购房日期: '2025-10-18', 籍贯: '220202', 原户籍地: '220202',
  亲属常驻地: [], 国籍: '中国', 创业身份: '无', 职称: '无', 国际执业资格: false, 技能等级: '无', 家庭城区住房套数: 0, 享受政策性住房补贴: false, 选调生: false, 乡镇以下工作年限: 0,
  年薪: 100000, '用人单位.单位类型': '企业', '用人单位.所有制': '民营', '用人单位.规上': true, '用人单位.所在地': '220202',
};

test('a 985 master in the sixth year of her contract: both sums, five dates, and the choice of the flat', () => {
  const view = show(finish(graduate));
  expect(view.question).toBeUndefined();
  expect(view.atMostLeft).toBe(0);
  expect(view.certain.map(({ benefit, amountTold, stateTold, isLeft }) => [benefit, amountTold, stateTold, isLeft])).toEqual([
    ['living-subsidy', '120,000 元', '可以领', false],
    ['home-subsidy', '100,000 元', '可以领', false],
  ]);
  expect(view.certainFen).toBe(22_000_000);
  const living = resultOf(view, 'living-subsidy');
  expect(living.payments).toEqual(
    ['2022-07-01', '2023-07-01', '2024-07-01', '2025-07-01', '2026-07-01'].map((due) => ({ due, dueTold: `${due.slice(0, 4)}年7月1日`, fen: 2_400_000, isPast: true })),
  );
  expect(living).toMatchObject({ lead: '县区人社部门', funds: ['县区人才专项资金 120,000 元'], clause: '附件1三（二）1（1）', checkTold: '在岗', kind: 'grant' });
  expect(living).toMatchObject({ city: 'jilin-city', levelTitle: '吉林市' });
  expect(view.calendar.map(({ due, title }) => `${due} ${title}`)).toEqual(living.payments.map(({ due }) => `${due} 企业引才生活补贴`));

  const choice = view.choices.find(({ options }) => options.some(({ benefit }) => benefit.endsWith('/student-apartment')) && options.some(({ benefit }) => benefit.endsWith('/living-subsidy')));
  expect(choice?.options).toEqual([
    { benefit: 'jilin-city-2021/living-subsidy', title: '企业引才生活补贴', levelTitle: '吉林市', amountTold: '120,000 元', totalFen: 22_000_000, isTaken: true, isSure: true },
    { benefit: 'jilin-city-2021/student-apartment', title: '学子人才公寓', levelTitle: '吉林市', amountTold: '', totalFen: 10_000_000, isTaken: false, isSure: false },
  ]);
  expect(resultOf(view, 'student-apartment')).toMatchObject({ group: 'possible', status: 'review', stateTold: '其他条件都够，还要经过认定：符合人才公寓办法' });
});

test('the payments to come are told from those that are past', () => {
  const view = show(finish({ ...graduate, 毕业日期: '2024-06-30', 合同起始日: '2024-07-01' }));
  expect(resultOf(view, 'living-subsidy').payments.map(({ isPast }) => isPast)).toEqual([true, true, false, false, false]);
  expect(resultOf(view, 'home-subsidy')).toMatchObject({ group: 'excluded', stateTold: '要求五年合同已经做满，您的是 2 年' });
});

test('whoever takes the flat leaves the subsidy, and may take it back', () => {
  const before = finish(graduate);
  const choice = show(before).choices.find(({ options }) => options.map(({ benefit }) => benefit).join() === 'jilin-city-2021/living-subsidy,jilin-city-2021/student-apartment');
  if (choice === undefined) throw new Error('no choice between subsidy and flat');
  const flat = calculator.choose(before, choice.id, 'jilin-city-2021/student-apartment');
  const view = show(flat);
  expect(view.certainFen).toBe(10_000_000);
  expect(resultOf(view, 'living-subsidy')).toMatchObject({ group: 'certain', isLeft: true, stateTold: '也符合，但和“学子人才公寓”只能选一样' });
  expect(view.calendar).toEqual([]);
  expect(view.choices.find(({ id }) => id === choice.id)?.options.map(({ benefit, isTaken }) => [benefit, isTaken])).toEqual([
    ['jilin-city-2021/student-apartment', true],
    ['jilin-city-2021/living-subsidy', false],
  ]);
  // Another choice that excludes the first replaces it, wherever it is made.
  const other = show(flat).choices.find(({ options }) => options.some(({ benefit }) => benefit.endsWith('/talent-apartment')) && options.some(({ benefit }) => benefit.endsWith('/student-apartment')));
  const moved = calculator.choose(flat, other?.id ?? '', 'jilin-city-2021/talent-apartment');
  expect(Object.values(moved.choices)).toEqual(['jilin-city-2021/talent-apartment']);
  expect(show(calculator.choose(flat, choice.id, 'jilin-city-2021/living-subsidy')).certainFen).toBe(22_000_000);
  expect(calculator.choose(flat, choice.id, 'jilin-city-2021/vip-card')).toEqual(flat);
});

test('a rural craftsman: subsidies that wait for a recognition, and are certain once it is told', () => {
  const craftsman: FlatFacts = {
    '用人单位.单位类型': '无', 学历: '高中', 全日制: true, 技能等级: '高级工', 技能取得日期: '2023-05-01', 职称: '初级', 职称名称: '农艺师', 职称取得日期: '2022-03-01', 国际执业资格: false,
    籍贯: '220281', 原户籍地: '220281', 亲属常驻地: ['220281'], 国籍: '中国', 全职: false, 留学回国: false, 创业身份: '无', 家庭城区住房套数: 0, 享受政策性住房补贴: false, 乡镇以下工作年限: 10,
    中级聘任年限: 0, 应届: false, 在校生: false,
  };
  const visit = finish(craftsman);
  const view = show(visit);
  expect(view.certainFen).toBe(0);
  expect(resultOf(view, 'rural-skill-subsidy')).toMatchObject({ group: 'possible', status: 'review', reviews: ['是不是认定的乡村人才'], recognitions: [{ fact: '乡村人才', title: '是不是认定的乡村人才' }], asks: [] });
  const recognised = answered(calculator.change(visit, '乡村人才'), '乡村人才', true);
  const after = show(recognised);
  expect(resultOf(after, 'rural-skill-subsidy').group).toBe('certain');
  expect(resultOf(after, 'rural-title-subsidy').payments).toHaveLength(5);
  expect(after.certainFen).toBe((resultOf(after, 'rural-skill-subsidy').amount as { totalFen: number }).totalFen + 500_000);
  expect(after.change).toMatchObject({ fromFen: 0, told: '您说“认定了”，所以“乡村人才职称补贴”、“乡村人才技能等级培训补贴”确定可以领' });
  expect(after.answered.at(-1)).toEqual({ fact: '乡村人才', title: '是不是认定的乡村人才', told: '认定了' });
});

test('somebody who is owed nothing sees why, with her own answers', () => {
  const view = show(finish({ ...graduate, 学历: '专科', 合同年限: 3, '用人单位.所在地': '220100', '用人单位.规上': false, 本人名下购房: false, 籍贯: '110101', 原户籍地: '110101' }));
  expect(view.certain).toEqual([]);
  expect(view.certainFen).toBe(0);
  const states = new Map(view.excluded.map(({ benefit, stateTold }) => [benefit, stateTold]));
  expect(states.get('living-subsidy')).toBe('要求学历是本科以上，您说“大专”');
  expect(states.get('student-return-quota')).toMatch(/^要求籍贯是吉林市，您的是北京市东城区$/);
  const failing = resultOf(view, 'living-subsidy').failing;
  expect(failing.map(({ words, facts }) => [words, facts])).toEqual([
    ['学历是本科以上', ['最高学历：大专']],
    ['企业在吉林市', ['单位在哪里：长春市']],
  ]);
  expect(failing.every(({ outcome, items }) => outcome === 'no' && items.length === 0)).toBe(true);
  // Whatever is denied says what it asks for.
  for (const { stateTold } of view.excluded) expect(stateTold).toMatch(/^要求/);
});

test('somebody who knows little gets ranges and is told what is missing', () => {
  const { 毕业院校: _university, '用人单位.规上': _size, ...known } = graduate;
  const visit = finish(known);
  const view = show(visit);
  const living = resultOf(view, 'living-subsidy');
  expect(living).toMatchObject({ group: 'possible', status: 'unknown', amountTold: '60,000 到 120,000 元', stateTold: '有的问题您跳过了，还定不下来', asks: [] });
  expect(visit.skipped).toEqual(expect.arrayContaining(['毕业院校', '用人单位.规上']));
  expect(view.answered.find(({ fact }) => fact === '毕业院校')).toEqual({ fact: '毕业院校', title: '毕业的学校' });
  expect(view.possibleFen).toBeGreaterThan(view.certainFen);
  // A skipped question can still be answered.
  const told = answered(calculator.change(answered(calculator.change(visit, '毕业院校'), '毕业院校', '吉林大学'), '用人单位.规上'), '用人单位.规上', true);
  expect(told.skipped).not.toContain('毕业院校');
  expect(show(told).certainFen).toBe(22_000_000);
});

test('in the middle of a visit the answers that a benefit waits for are counted and named', () => {
  let visit = startVisit('person', 'jilin-city', today);
  for (const [fact, value] of Object.entries(graduate)) if (fact !== '入住人才公寓' && fact !== '毕业院校') visit = answered(visit, fact, value as FactValue);
  expect(resultOf(show(visit), 'living-subsidy')).toMatchObject({ stateTold: '还差 2 个答案', asks: [{ fact: '入住人才公寓', title: '有没有住人才公寓' }, { fact: '毕业院校', title: '毕业的学校' }] });
  visit = answered(visit, '入住人才公寓', false);
  expect(resultOf(show(visit), 'living-subsidy')).toMatchObject({ group: 'certain', stateTold: '可以领，数额还差 1 个答案' });
  expect(show(visit).question?.fact).toBe('毕业院校');
});

test('a founder gets the subsidy for a first business', () => {
  const founder: FlatFacts = {
    '用人单位.单位类型': '无', 学历: '本科', 全日制: true, 毕业院校: '北华大学', 毕业日期: '2024-06-30', 应届: false, 在校生: false, 留学回国: false, 国籍: '中国', 创业身份: '法定代表人', 首次创业: true,
    创业地: '220202', 创业注册日期: '2025-03-01', 仍在经营: true, 籍贯: '220202', 职称: '无', 国际执业资格: false, 技能等级: '无', 全职: true, 家庭城区住房套数: 1, 享受政策性住房补贴: false, 乡镇以下工作年限: 0,
  };
  const view = show(finish(founder));
  expect(view.certain.map(({ benefit, amountTold }) => [benefit, amountTold])).toEqual([['first-startup', '5,000 元']]);
  expect(resultOf(view, 'creation-loan')).toMatchObject({ group: 'possible', amountTold: '最多 200,000 元，数额由评审定' });
  // A loan is no income: to be granted one changes neither figure.
  const lent = show(answered(calculator.change(finish(founder), '创业者'), '创业者', true));
  expect(resultOf(lent, 'creation-loan').group).toBe('certain');
  expect([lent.certainFen, lent.possibleFen]).toEqual([500_000, view.possibleFen]);
  const { 创业注册日期: _date, ...late } = founder;
  expect(resultOf(show(finish({ ...late, 创业注册日期: '2022-03-01' })), 'first-startup').stateTold).toContain('2022年3月1日');
});

test('a changed answer keeps the later ones, moves the certain figure and says why', () => {
  const visit = finish(graduate);
  const changing = calculator.change(visit, '入住人才公寓');
  expect(show(changing).question).toMatchObject({ fact: '入住人才公寓', isChange: true, given: false, title: '您现在住在政府的人才公寓里吗？' });
  const changed = answered(changing, '入住人才公寓', true);
  expect(Object.keys(changed.answers).sort()).toEqual(Object.keys(visit.answers).sort());
  expect(changed.order).toEqual(visit.order);
  const view = show(changed);
  expect(view.certainFen).toBe(10_000_000);
  expect(view.change).toEqual({ fromFen: 22_000_000, told: '您说“已经住进人才公寓”，所以“企业引才生活补贴”不能再领' });
  expect(show(changed, 'en').change?.told).toBe('You said “I live in one”: “Living subsidy for graduates hired by private enterprises” can no longer be had');
  expect(resultOf(view, 'living-subsidy').stateTold).toMatch(/^要求没有住进人才公寓.*您说“已经住进人才公寓”$/);
  expect(show(calculator.keep(changing)).question).toBeUndefined();
  // A degree that lowers the subsidy takes nothing away altogether.
  expect(show(answered(visit, '毕业院校', '北华大学')).change).toEqual({ fromFen: 22_000_000, told: '您说“北华大学”，所以确定的数少了 110,000 元' });
});

test('back asks the question before, skip leaves one out, restart forgets everything', () => {
  const start = startVisit('person', 'jilin-city', today);
  const first = show(start).question?.fact ?? '';
  expect(first).toBe('用人单位.单位类型');
  expect(calculator.back(start)).toEqual(start);
  const one = answered(start, first, '企业');
  const second = show(one).question?.fact ?? '';
  const two = calculator.skip(one, second);
  expect(show(two).question?.fact).not.toBe(second);
  const back = calculator.back(two);
  expect(show(back).question).toMatchObject({ fact: second, isChange: true });
  expect(show(calculator.back(back)).question).toMatchObject({ fact: first, given: '企业' });
  expect(show(answered(back, second, '本科')).answered.map(({ told }) => told)).toEqual(['企业', '本科']);
  expect(calculator.restart(two)).toEqual(start);
  expect(JSON.parse(JSON.stringify(two))).toEqual(two);
});

test('a value that is not valid is told in words', () => {
  const start = startVisit('person', 'jilin-city', today);
  expect(calculator.answer(start, '合同年限', -1, 'zh')).toEqual({ problem: '“合同签了几年”不能是负数，这里是 -1' });
  expect(calculator.answer(start, '毕业日期', '2021-02-30', 'en')).toEqual({ problem: '"graduation date" should be a date that exists, written 2026-06-30, found "2021-02-30"' });
  expect(calculator.answer(answered(start, '毕业日期', '2001-06-30'), '出生日期', '2010-01-01', 'zh')).toHaveProperty('problem');
});

test('a stored visit whose answers no longer fit still opens', () => {
  const view = show({ ...startVisit('person', 'jilin-city', today), answers: { 学历: '旧的值', 全日制: true }, order: ['学历', '全日制'] });
  expect(view.question?.fact).toBe('用人单位.单位类型');
});

test('every question that may come has a form, in both languages', () => {
  const forms: Record<string, readonly string[]> = {
    flag: ['choice'], level: ['choice'], kind: ['choice'], kinds: ['many'], date: ['date'], number: ['number'], money: ['number'], years: ['number'], place: ['place'], places: ['places'], text: ['text', 'university'],
  };
  for (const kind of ['person', 'organisation', 'project'] as const satisfies readonly SubjectKind[]) {
    const start = startVisit(kind, 'jilin-city', today);
    for (const fact of data.vocabularies[kind].facts) {
      const [zh, en] = (['zh', 'en'] as const).map((language) => show(calculator.change(start, fact.name), language).question);
      if (zh === undefined || en === undefined) throw new Error(`${fact.name} is not asked`);
      expect(forms[fact.type]).toContain(zh.form.kind);
      expect(en.title).not.toMatch(/\p{Script=Han}/u);
      expect(zh.title).toMatch(/？$/);
    }
  }
  const form = show(calculator.change(startVisit('person', 'jilin-city', today), '学历')).question?.form;
  expect(form?.kind === 'choice' ? form.choices.map(({ label }) => label) : []).toEqual(['博士', '硕士', '本科', '大专', '高中或中专', '初中或小学']);
  const text = show(calculator.change(startVisit('person', 'jilin-city', today), '职称名称')).question?.form;
  expect(text?.kind === 'text' ? text.suggestions : []).toContain('农艺师');
});

test('English says the same in English', () => {
  const view = show(finish(graduate), 'en');
  expect(view.certainFen).toBe(22_000_000);
  expect(resultOf(view, 'living-subsidy')).toMatchObject({ amountTold: '120,000 yuan', stateTold: 'yours', lead: 'Human resources office of the county or zone' });
  const all = [...view.certain, ...view.possible, ...view.excluded];
  const foreign = all.flatMap(({ title, stateTold, lead, reviews, failing }) => [title, stateTold, lead, ...reviews, ...failing.map(({ words }) => words)]).filter((text) => /\p{Script=Han}/u.test(text));
  // A place has no English name; nothing else is left in Chinese.
  expect(foreign.filter((text) => !/吉林|北京/.test(text))).toEqual([]);
  expect(resultOf(show(finish({ ...graduate, 合同年限: 3 }), 'en'), 'living-subsidy').stateTold).toBe('Asks for: a contract of at least five years. Yours: 3 years');
});

test('certain goes by amount, what answers can settle comes before reviews, and what brings no money comes last', () => {
  let visit = startVisit('person', 'jilin-city', today);
  for (const fact of ['学历', '全日制', '用人单位.单位类型', '用人单位.所在地']) visit = answered(visit, fact, graduate[fact] as FactValue);
  const ranks = show(visit).possible.map(({ amount, asks }) => {
    const most = amount === undefined ? 0 : 'totalFen' in amount ? amount.totalFen : 'maxFen' in amount ? amount.maxFen : 'minFen' in amount ? amount.minFen : 0;
    return { rank: most === 0 ? 2 : asks.length > 0 ? 0 : 1, most };
  });
  expect(ranks.length).toBeGreaterThan(20);
  for (let at = 1; at < ranks.length; at++) {
    const [a, b] = [ranks[at - 1], ranks[at]];
    if (a === undefined || b === undefined) continue;
    expect(a.rank < b.rank || (a.rank === b.rank && a.most >= b.most)).toBe(true);
  }
  const amounts = show(finish(graduate)).certain.map(({ amount }) => (amount as { totalFen: number }).totalFen);
  expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
});

test('places and universities to pick from', () => {
  const { here, province, provinces } = calculator.places('jilin-city');
  expect(here).toContainEqual({ code: '220202', name: '昌邑区' });
  expect(province.map(({ name }) => name)).toContain('长春市');
  expect(province.map(({ code }) => code)).not.toContain('220200');
  expect(provinces.map(({ name }) => name)).toContain('北京市');
  expect(calculator.suggestUniversities('吉林大')[0]).toMatchObject({ name: '吉林大学', classes: expect.stringContaining('985') as string });
});

test('an organisation and a project are asked their own questions', () => {
  const organisation = finish({ 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '220202', 中小微: true, 高新技术企业: '首次认定', 专精特新: '否' }, startVisit('organisation', 'jilin-city', today));
  expect(show(organisation).subject).toBe('organisation');
  expect([...show(organisation).certain, ...show(organisation).possible].length).toBeGreaterThan(0);
  const project = finish({ 科技企业: true, 实际到位资金: 3000000, 项目总投资: 5000000, 技术交易总额: 0, 技术合同成交额: 0 }, startVisit('project', 'jilin-city', today));
  expect(resultOf(show(project), 'angel-funding')).toMatchObject({ group: 'possible', status: 'review' });
  expect(show(startVisit('team', 'jilin-city', today)).question).toBeUndefined();
});

test('random people who answer truly end with what the engine says of all their facts', () => {
  const engine = packs.engine(today);
  knowingPeople(packs, 'person', today, 99, 40).forEach((truth, index) => {
    const chance = chanceOf(index);
    let visit = finish(truth);
    // Changing an answer away and back again leaves no trace.
    const fact = chance.pick(visit.order);
    if (truth[fact] !== undefined) visit = finish(truth, answered(calculator.skip(visit, fact), fact, truth[fact] as FactValue));
    const view = show(visit);
    const whole = engine.evaluate(inputOf('person', truth));
    if ('problems' in whole) throw new Error(JSON.stringify(whole.problems));
    const groups = { yes: 'certain', unknown: 'possible', review: 'possible', no: 'excluded' } as const;
    const expected = whole.result.benefits.map(({ benefit, status }) => `${benefit} ${groups[status]} ${status}`);
    const found = [...view.certain, ...view.possible, ...view.excluded].map(({ benefit, group, status }) => `${benefit} ${group} ${status}`);
    expect(found.sort()).toEqual(expected.sort());
    expect(view.certainFen).toBe(whole.result.plan.totalFen);
    expect(view.possibleFen).toBeGreaterThanOrEqual(view.certainFen);
  });
});
