// Hints of the command line about names: a university near to one in the list, a place given by name instead of its code.

import { expect, test } from 'vitest';
import { evaluate, person, wutong } from './run-wutong.ts';

const explain = (input: string, ...options: string[]): ReturnType<typeof wutong> => wutong(['explain', '--city', 'jilin-city', '--date', '2026-06-30', ...options, '-'], input);

const studied: readonly (readonly [facts: Readonly<Record<string, unknown>>, zh: readonly string[], en: readonly string[]])[] = [
  [
    { 毕业院校: '吉林大雪' },
    ['名单里没有“吉林大雪”，您是不是要写：吉林大学？请按毕业证书写学校的全名'],
    ['"吉林大雪" is not in the list of universities; did you mean 吉林大学? Write the full name on the diploma'],
  ],
  [
    { 毕业院校: '吉林大学计算机学院', 第一学历院校: '宁大' },
    ['“吉林大学计算机学院”说不准是哪所学校，您是不是要写：吉林大学？请按毕业证书写学校的全名', '“宁大”说不准是哪所学校，您是不是要写：宁夏大学、宁波大学？请按毕业证书写学校的全名'],
    [
      '"吉林大学计算机学院" may be more than one school; did you mean 吉林大学? Write the full name on the diploma',
      '"宁大" may be more than one school; did you mean 宁夏大学 or 宁波大学? Write the full name on the diploma',
    ],
  ],
  // The same name twice is asked about once.
  [
    { 毕业院校: '清华大雪', 第一学历院校: '清华大雪' },
    ['名单里没有“清华大雪”，您是不是要写：清华大学？请按毕业证书写学校的全名'],
    ['"清华大雪" is not in the list of universities; did you mean 清华大学? Write the full name on the diploma'],
  ],
  // Nothing to say: listed, an independent college, a university that is rightly not in the list, classes that were given.
  [{ 毕业院校: '吉大' }, [], []],
  [{ 毕业院校: '吉林大学珠海学院' }, [], []],
  [{ 毕业院校: '北华大学' }, [], []],
  [{ 毕业院校: '吉林大雪', 院校类别: ['985'] }, [], []],
  [{}, [], []],
];

test.each(['zh', 'en'] as const)('explain asks back about a university that is near to one in the list (%s)', async (language) => {
  const { status, out } = await explain(studied.map(([facts], index) => person(`p${index}`, facts)).join(''), ...(language === 'zh' ? [] : ['--lang', 'en']));
  expect(status).toBe(0);
  const lines = out.split('\n');
  studied.forEach(([, zh, en], index) => {
    const from = lines.findIndex((line) => line.startsWith(`p${index} · `));
    const below = lines.slice(from + 1, lines.indexOf('', from)).map((line) => line.trim());
    expect([index, below]).toEqual([index, language === 'zh' ? zh : en]);
  });
});

test('what somebody wrote cannot steer the terminal, nor does the hint reach the data', async () => {
  const line = person('x', { 毕业院校: '吉林\u001B大学' });
  expect((await explain(line)).out).toContain('名单里没有“吉林�大学”');
  const { out } = await explain(line, '--format', 'json');
  expect(out).not.toContain('名单里没有');
  expect(JSON.parse(out)).toHaveLength(1);
});

test('a school that only goes on from a listed name is asked again, an independent college has no class', async () => {
  const names = ['吉林大学', '吉林大学南岭校区', '吉林大学计算机学院', '吉林大学珠海学院', '北华大学'];
  const facts = { 学历: '硕士研究生', 全日制: true };
  const { out } = await evaluate(names.map((毕业院校) => person(毕业院校, { ...facts, 毕业院校 })).join(''));
  const amounts = out.trimEnd().split('\n').map((line) => {
    const { benefits } = JSON.parse(line) as { benefits: { benefit: string; amount?: unknown }[] };
    return JSON.stringify(benefits.find(({ benefit }) => benefit === 'living-subsidy')?.amount);
  });
  const [listed, campus, school, college, other] = amounts;
  expect(listed).toBeDefined();
  expect(campus).toBe(listed);
  expect(college).toBe(other);
  expect(new Set([listed, school, other]).size).toBe(3);
  expect(school).toContain('"kind":"range"');
});

test('a place given by name is still an error, which names the code', async () => {
  const facts = [{ 户籍地: '昌邑区' }, { 户籍地: '朝阳区' }, { 亲属常驻地: ['220202', '吉林省吉林市'] }, { 用人单位: { 所在地: '天庭' } }];
  const { status, out, err } = await evaluate(facts.map((one, index) => person(index, one)).join(''));
  expect([status, out]).toEqual([2, '']);
  expect(err.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^第 1 行：“户籍地”.*这里是 "昌邑区"；请写 "220202"（吉林省吉林市昌邑区）$/),
    expect.stringMatching(/^第 2 行：“户籍地”.*；请写 "110105"（北京市朝阳区）、"220104"（吉林省长春市朝阳区）$/),
    expect.stringMatching(/^第 3 行：“亲属常驻地”.*这里是 "吉林省吉林市"；请写 "220200"（吉林省吉林市）$/),
    expect.stringMatching(/^第 4 行：“用人单位\.所在地”.*这里是 "天庭"$/),
  ]);
  const english = await evaluate(person('x', { 户籍地: '昌邑区' }), '--lang', 'en');
  expect(english.err).toMatch(/^line 1: .* found "昌邑区"; write "220202"/);
});
