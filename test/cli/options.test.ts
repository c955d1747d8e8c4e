// How the program is called: options, cities, dates, settings; every mistake ends with status 2 and says what is right.

import { expect, test } from 'vitest';
import { evaluate, person, stackTrace, wutong } from './run-wutong.ts';

const base = ['evaluate', '--city', 'jilin-city', '--date', '2026-06-30'];

const mistakes: readonly (readonly [name: string, args: readonly string[], says: RegExp])[] = [
  ['no file', base, /请写出要读的文件/],
  ['two files', [...base, 'a', 'b'], /一次只读一个文件/],
  ['no city', ['evaluate', '-'], /请用 --city 写出城市。城市有：.*jilin-city/],
  ['an unknown city', ['evaluate', '--city', 'jilin-citty', '-'], /没有“jilin-citty”这个城市，是不是“jilin-city”/],
  ['an unknown policy', [...base, '--policy', 'jilin-city-2020', '-'], /没有“jilin-city-2020”这个政策，是不是“jilin-city-2021”/],
  ['a date that is none', ['evaluate', '--city', 'jilin-city', '--date', '2026-02-30', '-'], /--date 应当是真实存在的日期.*“2026-02-30”/],
  ['a date before every policy', ['evaluate', '--city', 'jilin-city', '--date', '2021-08-31', '-'], /2021-08-31 没有施行中的政策。jilin-city-2021 从 2021-09-01 起施行/],
  ['a date before the policy named', ['evaluate', '--city', 'jilin-city', '--policy', 'jilin-city-2021', '--date', '2021-08-31', '-'], /没有施行中的政策/],
  ['an unknown option', [...base, '--datte', 'x', '-'], /没有 --datte 这个选项，是不是 --date/],
  ['an option without its value', ['evaluate', '--city', '--date', '2026-06-30', '-'], /--city 后面要写一个值/],
  ['an option twice', [...base, '--date', '2026-07-01', '-'], /--date 只能写一次/],
  ['an unknown format', [...base, '--format', 'xml', '-'], /--format 不能是“xml”，只能是 ndjson/],
  ['an unknown encoding', [...base, '--encoding', 'big5', '-'], /--encoding 不能是“big5”/],
  ['an unknown language', [...base, '--lang', 'fr', '-'], /--lang 不能是“fr”/],
  ['a setting without =', [...base, '--set', '同级留成比例', '-'], /--set 应当写作“名称=值”/],
  ['an unknown parameter', [...base, '--set', '同级留存比例=0.4', '-'], /没有“同级留存比例”这个参数，是不是“同级留成比例”/],
  ['a parameter twice', [...base, '--set', '同级留成比例=0.4', '--set', '同级留成比例=0.5', '-'], /“同级留成比例”写了两次/],
  ['a share above one', [...base, '--set', '同级留成比例=40', '-'], /应当在 0 和 1 之间（0\.4 或 40%/],
  ['a share with seven decimals', [...base, '--set', '同级留成比例=0.1234567', '-'], /最多 6 位小数/],
  ['a negative share', [...base, '--set', '同级留成比例=-0.4', '-'], /应当在 0 和 1 之间/],
  ['an unknown reading', [...base, '--reading', '五年算到哪=申请日', '-'], /没有“五年算到哪”这个解读，是不是“五年算到哪天”/],
  ['an unknown alternative', [...base, '--reading', '五年算到哪天=今天', '-'], /不能取“今天”，只能取 合同起始日、申请日/],
  ['an unknown command', ['evalute'], /没有“evalute”这个命令，是不是“evaluate”/],
];

test.concurrent.each(mistakes)('%s', async (_, args, says) => {
  const { status, out, err } = await wutong(args, person('x'));
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(says);
  expect(err).not.toMatch(stackTrace);
});

test('messages are in English when asked for', async () => {
  const { status, err } = await wutong(['evaluate', '--city', 'jilin-citty', '--lang', 'en', '-']);
  expect(status).toBe(2);
  expect(err).toMatch(/^there is no city "jilin-citty"; did you mean "jilin-city"\? Cities: /);
});

test('a parameter is set alike as a decimal and in percent, exactly', async () => {
  const talent = person('x', {
    合同年限: 5,
    职称: '正高级',
    人才对象: ['领军人才'],
    年薪: 400000,
    年缴个税: 100000.05,
    用人单位: { 单位类型: '企业', 所在地: '220202' },
  });
  const amountOf = (out: string): unknown =>
    (JSON.parse(out) as { benefits: { benefit: string; amount?: unknown }[] }).benefits.find(({ benefit }) => benefit === 'income-tax-reward')?.amount;
  const [unset, decimal, percent] = await Promise.all([evaluate(talent), evaluate(talent, '--set', '同级留成比例=0.4'), evaluate(talent, '--set', '同级留成比例=40%')]);
  expect(amountOf(unset.out)).toMatchObject({ kind: 'upTo', maxFen: 20_000_000, missing: ['同级留成比例'] });
  expect(amountOf(decimal.out)).toEqual({ kind: 'exact', totalFen: 4_000_002, per: 'year' });
  expect(percent).toEqual(decimal);
});

test('a reading changes the answer', async () => {
  const late = person('x', { 学历: '硕士研究生', 全日制: true, 毕业日期: '2021-06-01', 合同起始日: '2025-01-01' });
  const outcome = (out: string): unknown => (JSON.parse(out) as { benefits: { benefit: string; status: string }[] }).benefits.find(({ benefit }) => benefit === 'living-subsidy')?.status;
  expect(outcome((await evaluate(late)).out)).toBe('unknown');
  expect(outcome((await evaluate(late, '--reading', '五年算到哪天=申请日')).out)).toBe('no');
});

test('of readings with one name in several policies of a chain each takes the alternative that it has; a policy before the name means it alone', async () => {
  const call = (...settings: string[]): ReturnType<typeof wutong> =>
    wutong(['evaluate', '--city', 'erdao', '--date', '2022-06-30', ...settings.flatMap((each) => ['--reading', each]), '-'], person('x', { 学历: '博士研究生' }));
  const doctors = (out: string): unknown => (JSON.parse(out) as { benefits: { benefit: string; status: string }[] }).benefits.find(({ benefit }) => benefit === 'hundred-doctors')?.status;
  expect(doctors((await call()).out)).toBe('review');
  expect(doctors((await call('施行从哪天起=落实年')).out)).toBe('no');
  expect(doctors((await call('erdao-wutong/施行从哪天起=落实年')).out)).toBe('no');
  const later = await wutong(['evaluate', '--city', 'erdao', '--date', '2026-06-30', '--reading', '施行从哪天起=落实年', '-'], person('x', { 学历: '博士研究生' }));
  expect(later).toMatchObject({ status: 0, err: '' });
  const alien = await call('changchun-talent-3.0/施行从哪天起=落实年');
  expect(alien).toMatchObject({ status: 2, out: '' });
  expect(alien.err).toMatch(/没有“changchun-talent-3\.0\/施行从哪天起”这个解读/);
});

test('without a date, today in Beijing counts', async () => {
  const { status, out } = await wutong(['evaluate', '--city', '吉林市', '-'], person('x'));
  expect(status).toBe(0);
  expect(out).toMatch(/^\{"id":"x"/);
});
