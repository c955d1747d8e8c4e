// wutong goals: goals, duties and tasks with their numbers: on a small pack by hand, on the real packs, in every format and both languages.

import { expect, test } from 'vitest';
import { editPack } from '../support/small-pack.ts';
import { builtWith, root, stackTrace, wutong } from './run-wutong.ts';

const call = ['goals', '--city', 'jilin-city'];
const small = ['goals', '--city', 'small'];

interface Item {
  readonly id: string;
  readonly kind: string;
  readonly policy: string;
  readonly item: string;
  readonly target?: { readonly target?: number; readonly unit: { readonly zh: string } };
  readonly reachedThousandths?: number;
  readonly deadline?: string;
  readonly frequency?: string;
  readonly lead: string;
  readonly support: readonly string[];
  readonly clause: string;
  readonly clauseTitle?: { readonly zh: string };
}
const itemsOf = (out: string): readonly Item[] => (JSON.parse(out) as { items: readonly Item[] }).items;

/** A goal that is partly reached, one with a deadline, a duty of every year, and a task with a number that is to fall. */
const files = editPack([
  { file: 'talent-2025/goals.yaml', find: '从: 2025, 到: 2029, 约: 是 }', replace: '从: 2025, 到: 2029, 约: 是, 现值: 120, 现值年: 2026 }' },
  { file: 'talent-2025/goals.yaml', find: '至少: 是, 基数: 80,', replace: '至少: 是, 基数: 80, 基数年: 2024, 期限: 2027-06-30,' },
  {
    file: 'talent-2025/duties.yaml',
    find: '  对象: 享受补贴的人\n',
    replace: `  对象: 享受补贴的人

shorter-forms:
  名称: 减少要填的表
  英文: Fewer forms
  条款: 第二条
  牵头: 财政局
  说明: 把要填的表减到五张，=SUM 这样的字也照原样给
  英文说明: The forms are reduced to five
  频次: 一次
  期限: 2026-12-01
  指标:
    - { 名称: 表, 英文: Forms, 目标: 5, 单位: 张, 英文单位: forms, 基数: 10, 现值: 8 }
`,
  },
]);

test('every number is a row with its id, deadline, department and what is reached of it', async () => {
  const home = builtWith(files);
  const run = (...options: readonly string[]): ReturnType<typeof wutong> => wutong([...small, ...options], '', home, home);
  const [json, sorted, task, finance] = await Promise.all([
    run('--format', 'json'), run('--format', 'json', '--sort', 'deadline'), run('--format', 'json', '--kind', 'task'), run('--format', 'json', '--department', 'Finance Bureau', '--kind', 'goal'),
  ]);
  expect(json).toMatchObject({ status: 0, err: '' });
  expect(itemsOf(json.out)).toMatchObject([
    { id: 'talent-2025/five-years#1', kind: 'goal', city: 'small', deadline: '2029-12-31', target: { target: 500, isAbout: true, reached: 120, reachedYear: 2026, unit: { zh: '人', en: 'people' } }, reachedThousandths: 240, lead: '人社局', support: ['财政局'], clause: '第二条' },
    { id: 'talent-2025/five-years#2', kind: 'goal', deadline: '2027-06-30', target: { target: 100, isLeast: true, base: 80, baseYear: 2024, by: '2027-06-30' }, frequency: 'yearly', lead: '财政局', clause: '第四条', clauseTitle: { zh: '生活补贴' } },
    { id: 'talent-2025/yearly-list', kind: 'duty', day: { month: 11, day: 1 }, frequency: 'yearly', whom: { zh: '享受补贴的人' } },
    { id: 'talent-2025/shorter-forms#1', kind: 'task', deadline: '2026-12-01', target: { base: 10, target: 5, reached: 8 }, reachedThousandths: 400 },
  ]);
  expect(itemsOf(json.out)[1]).not.toHaveProperty('reachedThousandths');
  expect(itemsOf(sorted.out).map(({ item, deadline }) => [item, deadline])).toEqual([['shorter-forms', '2026-12-01'], ['five-years', '2027-06-30'], ['five-years', '2029-12-31'], ['yearly-list', undefined]]);
  expect(itemsOf(task.out).map(({ id }) => id)).toEqual(['talent-2025/shorter-forms#1']);
  expect(itemsOf(finance.out).map(({ id }) => id)).toEqual(['talent-2025/five-years#1', 'talent-2025/five-years#2']);
});

test('tables, words and CSV tell the same, in both languages', async () => {
  const home = builtWith(files);
  const run = (...options: readonly string[]): ReturnType<typeof wutong> => wutong([...small, ...options], '', home, home);
  const [table, en, words, csv] = await Promise.all([run(), run('--lang', 'en', '--format', 'words'), run('--format', 'words'), run('--format', 'csv')]);
  expect(table.out).toMatch(/^小城：目标 1 项，职责 1 项，任务 1 项，一共 3 个数。\n\n期限 +要做什么 +数 +谁负责 +条款\n/);
  expect(table.out).toMatch(/^2029-12-31 +五年引才：五年引进 +目标约 500 人/m);
  expect(words.out).toContain('目标 · 五年引才：五年引进 [talent-2025/five-years#1]\n  目标约 500 人，2025—2029 年\n  已到 120 人（2026 年），完成 24%\n  期限：2029-12-31\n  牵头：人社局；配合：财政局\n');
  expect(words.out).toContain('职责 · 公布享受名单 [talent-2025/yearly-list]\n  期限：每年 11 月 1 日\n  对象：享受补贴的人\n');
  expect(en.out).toContain('task · Fewer forms: Forms [talent-2025/shorter-forms#1]\n  target: 5 forms\n  base: 10 forms\n  reached: 8 forms, 40% of the target\n  deadline: 2026-12-01\n  lead: Finance Bureau\n');
  expect(en.out).toContain('deadline: every year on 1 November');
  const [header, ...rows] = csv.out.trimEnd().split('\r\n');
  expect(header).toMatch(/^\uFEFF编号,种类,政策,名称,数的名称,目标,/);
  expect(rows[0]).toBe('talent-2025/five-years#1,目标,talent-2025,五年引才,五年引进,500,约,人,,,120,2026,24%,2025,2029,2029-12-31,,,人社局,财政局,,第二条,引才对象,五年约引进 500 人，每年至少 100 人');
  expect(rows).toHaveLength(4);
});

test('on the real packs: numbers with units, departments of the city, clauses that exist; no narratives', async () => {
  const { status, out, err } = await wutong([...call, '--format', 'json']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const items = itemsOf(out);
  expect(items.length).toBeGreaterThan(50);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  expect(items.filter(({ clauseTitle, lead }) => clauseTitle === undefined || lead === '')).toEqual([]);
  expect(items.filter(({ kind, target }) => kind === 'goal' && (target?.unit.zh ?? '') === '')).toEqual([]);
  expect(items.find(({ id }) => id === 'jilin-city-2021/ten-thousand-students#1')).toMatchObject({ target: { target: 10000, isAbout: true }, deadline: '2025-12-31', lead: '市委组织部', clause: '（四）' });
  expect(items.map(({ item }) => item)).not.toContain('purpose');
  const [ndjson, en] = await Promise.all([wutong([...call, '--format', 'ndjson']), wutong([...call, '--lang', 'en'])]);
  expect(ndjson.out.trimEnd().split('\n').map((line) => JSON.parse(line) as Item)).toEqual(items);
  expect(Math.max(...en.out.split('\n').slice(2).map(({ length }) => length))).toBeLessThanOrEqual(96);
});

test('departments by either name, policies in force on a day, levels', async () => {
  const [zh, en, early, own, all] = await Promise.all([
    wutong([...call, '--department', '市教育局', '--format', 'json']),
    wutong([...call, '--department', 'city education bureau', '--format', 'json']),
    wutong([...call, '--date', '2021-08-31']),
    wutong(['goals', '--city', 'jilin-province', '--format', 'json']),
    wutong([...call, '--levels', 'all', '--format', 'json']),
  ]);
  expect(itemsOf(zh.out).length).toBeGreaterThan(3);
  for (const { lead, support } of itemsOf(zh.out)) expect([lead, ...support]).toContain('市教育局');
  expect(en.err === '' ? itemsOf(en.out) : en.err).toEqual(itemsOf(zh.out));
  // As evaluate has it: a day on which nothing is in force is said to be one.
  expect(early).toMatchObject({ status: 2, out: '' });
  expect(early.err).toMatch(/^2021-08-31 没有施行中的政策。jilin-city-2021 从 2021-09-01 起施行/);
  expect(itemsOf(own.out)).toEqual([]);
  expect(itemsOf(all.out).map(({ policy }) => policy)).toContain('jilin-city-2021');
});

const mistakes: readonly (readonly [name: string, args: readonly string[], says: RegExp])[] = [
  ['no city', ['goals'], /请用 --city 写出城市/],
  ['an unknown city', ['goals', '--city', 'jilin-citty'], /没有“jilin-citty”这个城市，是不是“jilin-city”/],
  ['an unknown policy', [...call, '--policy', 'jilin-city-2020'], /没有“jilin-city-2020”这个政策，是不是“jilin-city-2021”/],
  ['an unknown department', [...call, '--department', '市人设局'], /没有“市人设局”这个部门，是不是“市人社局”.*有目标或职责的部门：/],
  ['an unknown department, in English', [...call, '--department', 'Bureau of Magic', '--lang', 'en'], /there is no department "Bureau of Magic"/],
  ['an unknown kind', [...call, '--kind', 'narrative'], /--kind 不能是“narrative”，只能是 goal、duty、task/],
  ['an unknown order', [...call, '--sort', 'size'], /--sort 不能是“size”/],
  ['an unknown level', [...call, '--levels', 'district'], /--levels 不能是“district”/],
  ['a date that is none', [...call, '--date', '2026-02-30'], /--date 应当是真实存在的日期/],
  ['a file', [...call, 'people.ndjson'], /这里不写“people\.ndjson”/],
];

test.concurrent.each(mistakes)('wrong: %s', async (_, args, says) => {
  const { status, out, err } = await wutong(args, '', root);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(says);
  expect(err).not.toMatch(stackTrace);
});
