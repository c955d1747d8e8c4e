// wutong readings: what is open, and what every other reading changes: counted by hand on a small pack, and on the real ones.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readingsPack, readingsPeople } from '../support/readings-pack.ts';
import { builtWith, root, stackTrace, temporaryFile, wutong } from './run-wutong.ts';

const call = ['readings', '--city', 'jilin-city', '--date', '2026-06-30'];
const small = ['readings', '--city', 'small', '--date', '2026-06-30'];
const lines = readingsPeople.map((person) => `${JSON.stringify(person)}\n`).join('');

interface Counts {
  readonly subjects: number;
  readonly gained: number;
  readonly lost: number;
  readonly opened: number;
  readonly closed: number;
  readonly toReview: number;
  readonly toFacts: number;
  readonly adjusted: number;
}
interface Sum {
  readonly beforeFen: number;
  readonly afterFen: number;
  readonly differenceFen: number;
}
interface Effect extends Counts {
  readonly benefits: readonly ({ readonly benefit: string } & Counts)[];
  readonly plan: Sum;
  readonly most: Sum;
}
interface Told {
  readonly policy: string;
  readonly reading: string;
  readonly question: { readonly zh: string; readonly en: string };
  readonly clause: string;
  readonly clauseTitle: { readonly zh: string };
  readonly alternatives: readonly { readonly name: string; readonly words: { readonly zh: string }; readonly isInForce: boolean; readonly effect?: Effect }[];
  readonly benefits: readonly { readonly benefit: string }[];
}
interface Report {
  readonly city: string;
  readonly date: string;
  readonly subjects?: number;
  readonly planFen?: number;
  readonly mostFen?: number;
  readonly readings: readonly Told[];
}

const none: Counts = { subjects: 0, gained: 0, lost: 0, opened: 0, closed: 0, toReview: 0, toFacts: 0, adjusted: 0 };
const sum = (beforeYuan: number, afterYuan: number): Sum => ({ beforeFen: beforeYuan * 100, afterFen: afterYuan * 100, differenceFen: (afterYuan - beforeYuan) * 100 });
const parse = (out: string): Report => JSON.parse(out) as Report;

test('every reading of the city, with its question, alternatives, clause and benefits', async () => {
  const { status, out, err } = await wutong([...call, '--policy', 'jilin-city-2021', '--format', 'json']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const report = parse(out);
  expect(report).toMatchObject({ city: 'jilin-city', date: '2026-06-30' });
  expect(report.readings.length).toBeGreaterThan(20);
  for (const { alternatives, clauseTitle, question } of report.readings) {
    expect(alternatives.filter(({ isInForce }) => isInForce)).toHaveLength(1);
    expect(alternatives.length).toBeGreaterThan(1);
    expect([clauseTitle.zh, question.zh, question.en]).not.toContain('');
  }
  expect(report.readings[0]).toMatchObject({
    policy: 'jilin-city-2021', reading: '五年算到哪天', clause: '附件1二',
    alternatives: [{ name: '合同起始日', isInForce: true }, { name: '申请日', isInForce: false }],
    benefits: ['living-subsidy', 'home-subsidy', 'student-apartment'].map((id) => ({ benefit: `jilin-city-2021/${id}` })),
  });
  const chosen = parse((await wutong([...call, '--policy', 'jilin-city-2021', '--reading', '五年算到哪天=申请日', '--format', 'json'])).out);
  expect(chosen.readings[0]?.alternatives.map(({ isInForce }) => isInForce)).toEqual([false, true]);
});

test('the table and the words, in both languages, within the width', async () => {
  const [zh, en, words, ndjson, csv] = await Promise.all([
    wutong(call), wutong([...call, '--lang', 'en']), wutong([...call, '--format', 'words', '--lang', 'en']), wutong([...call, '--format', 'ndjson']), wutong([...call, '--format', 'csv']),
  ]);
  for (const { status, err } of [zh, en, words, ndjson, csv]) expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(zh.out).toMatch(/^吉林市，2026-06-30 施行的政策里有 \d+ 处要解读。\n\n解读 /);
  expect(zh.out).toMatch(/● 合同起始日：/);
  expect(en.out).toMatch(/● 合同起始日: to the start/);
  expect(Math.max(...en.out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(96);
  expect(words.out).toMatch(/\n五年算到哪天 · [^\n]* 附件1二 [^\n]*\n {2}up to which day .*\n {2}● 合同起始日: .* \(in force\)\n {2}○ 申请日: .*\n {2}3 benefits concerned: /);
  const first = JSON.parse(ndjson.out.split('\n')[0] ?? '') as Told & { date: string };
  expect(first).toMatchObject({ date: '2026-06-30', reading: '五年算到哪天' });
  expect(csv.out).toMatch(/^\uFEFF政策,解读,问题,条款,条款讲什么,牵涉的待遇,取法,意思,现在这样\r\njilin-city-2021,五年算到哪天,[^\r]*,合同起始日,[^\r]*,是\r\njilin-city-2021,五年算到哪天,[^\r]*,申请日,[^\r]*,否\r\n/);
});

test('people and yuan that each alternative changes, counted by hand', async () => {
  const home = builtWith(readingsPack);
  const ran = await wutong([...small, '--people', '-', '--format', 'json'], lines, home, home);
  expect(ran).toMatchObject({ status: 0, err: '' });
  const report = parse(ran.out);
  expect(report).toMatchObject({ subjects: 6, planFen: 27_000_000, mostFen: 32_000_000 });
  const effects = report.readings.map(({ reading, alternatives }) => [reading, ...alternatives.map(({ effect }) => effect)]);
  const living = 'talent-2025/living';
  const prize = 'talent-2025/prize';
  expect(effects).toEqual([
    ['看哪个学历', undefined, { ...none, subjects: 3, adjusted: 3, benefits: [{ benefit: living, ...none, subjects: 3, adjusted: 3 }], plan: sum(270_000, 250_000), most: sum(320_000, 300_000) }],
    ['合同签几年', undefined, { ...none, subjects: 1, gained: 1, benefits: [{ benefit: living, ...none, subjects: 1, gained: 1 }], plan: sum(270_000, 300_000), most: sum(320_000, 350_000) }],
    ['奖给谁', undefined, { ...none, subjects: 4, opened: 4, benefits: [{ benefit: prize, ...none, subjects: 4, opened: 4 }], plan: sum(270_000, 270_000), most: sum(320_000, 520_000) }],
    ['奖最多多少', undefined, { ...none, subjects: 1, adjusted: 1, benefits: [{ benefit: prize, ...none, subjects: 1, adjusted: 1 }], plan: sum(270_000, 270_000), most: sum(320_000, 370_000) }],
    ['能不能同享', undefined, { ...none, subjects: 1, adjusted: 1, benefits: [], plan: sum(270_000, 310_000), most: sum(320_000, 360_000) }],
  ]);
  const turned = parse((await wutong([...small, '--reading', '合同签几年=三年', '--reading', '奖给谁=本科以上', '--people', '-', '--format', 'json'], lines, home, home)).out);
  expect(turned.readings[1]?.alternatives[0]?.effect).toMatchObject({ subjects: 1, lost: 1, gained: 0, plan: sum(300_000, 270_000) });
  expect(turned.readings[2]?.alternatives[0]?.effect).toMatchObject({ subjects: 4, closed: 4, opened: 0 });
});

test('the same is told in words and tables, and of a list that nothing changes for', async () => {
  const home = builtWith(readingsPack);
  const run = (...options: readonly string[]): ReturnType<typeof wutong> => wutong([...small, '--people', '-', ...options], lines, home, home);
  const [zh, en, csv, table, nobody] = await Promise.all([
    run('--format', 'words'),
    run('--format', 'words', '--lang', 'en'),
    run('--format', 'csv'),
    run('--lang', 'en'),
    wutong([...small, '--people', '-', '--format', 'words'], `${JSON.stringify(readingsPeople[3])}\n`, home, home),
  ]);
  expect(zh.out).toContain('名单里 6 人，现在合计确定能拿 270,000 元，最多可能 320,000 元。');
  expect(zh.out).toContain('○ 第一学历：看第一学历的学校\n      6 人里有 3 人的结果变\n      · 生活补贴：数额等有变 3\n      确定能拿的少 20,000 元（270,000 变成 250,000）\n');
  expect(zh.out).toContain('6 人里有 1 人的结果变\n      · 生活补贴：得到 1\n      确定能拿的多 30,000 元');
  expect(zh.out).toContain('· 单看每一项都不变，变的是几项能不能一起拿\n      确定能拿的多 40,000 元');
  expect(en.out).toContain('changes the answer of 4 of 6 people\n      · Prize for talent: 4 now possible\n      at most: 200,000 yuan more (320,000 becomes 520,000)\n');
  expect(csv.out).toContain('\r\ntalent-2025,合同签几年,合同要签几年,第二条,引才对象,生活补贴,三年,签满三年,否,6,1,1,0,0,0,0,0,0,270000,300000,30000,320000,350000,30000,生活补贴：得到 1\r\n');
  expect(table.out).toMatch(/^reading, as in force +if it were +whose answer changes +how money changes$/m);
  expect(nobody.out.match(/这些人里没有谁的结果变/g)).toHaveLength(5);
});

test('what waits for a review under one reading and for facts under another is told as that, not as another amount', async () => {
  const counted = ['readings', '--city', 'changchun', '--date', '2026-06-30', '--people', '-'];
  const somebody = `${JSON.stringify({ id: '张三一', subject: 'person', facts: {} })}\n`;
  const cardOf = (out: string, alternative: string): Effect | undefined => parse(out).readings.find(({ reading }) => reading === '春城卡给谁')?.alternatives.find(({ name }) => name === alternative)?.effect;
  const [asItIs, turned, words, english] = await Promise.all([
    wutong([...counted, '--format', 'json'], somebody), wutong([...counted, '--reading', '春城卡给谁=应届毕业生', '--format', 'json'], somebody),
    wutong([...counted, '--format', 'words'], somebody), wutong([...counted, '--format', 'words', '--lang', 'en'], somebody),
  ]);
  expect(cardOf(asItIs.out, '应届毕业生')).toMatchObject({ ...none, subjects: 1, toFacts: 1, benefits: [{ benefit: 'changchun-talent-3.0/chuncheng-card', toFacts: 1, adjusted: 0 }] });
  const back = parse(turned.out).readings.find(({ reading }) => reading === '春城卡给谁')?.alternatives.flatMap(({ effect }) => effect ?? []);
  expect(back?.map(({ toReview, toFacts, adjusted }) => [toReview, toFacts, adjusted])).toContainEqual([1, 0, 0]);
  expect(words.out).toContain('· 春城卡：改成缺信息 1\n');
  expect(english.out).toContain(': 1 now lacking facts\n');
});

test('--each tells for every person which readings decide', async () => {
  const home = builtWith(readingsPack);
  const ran = await wutong([...small, '--people', '-', '--each'], lines, home, home);
  expect(ran).toMatchObject({ status: 0, err: '' });
  const each = ran.out.trimEnd().split('\n').map((line) => JSON.parse(line) as { id: string; readings: readonly Record<string, unknown>[] });
  expect(each.map(({ id, readings }) => [id, readings.map(({ reading }) => reading)])).toEqual([
    ['甲', ['看哪个学历', '奖给谁']], ['乙', ['看哪个学历', '奖给谁']], ['丙', ['奖最多多少']], ['丁', []], ['戊', ['看哪个学历', '奖给谁', '能不能同享']], ['己', ['合同签几年', '奖给谁']],
  ]);
  expect(each[5]?.readings[0]).toMatchObject({
    policy: 'talent-2025', reading: '合同签几年', inForce: '五年', alternative: '三年', take: ['talent-2025/living'], totalFenBefore: 0, totalFenAfter: 3_000_000,
    changes: [{ benefit: 'talent-2025/living', before: { status: 'no' }, after: { status: 'yes', amount: { kind: 'exact', totalFen: 3_000_000 } } }],
  });
});

test('the samples, as CSV and as NDJSON, give the same, and agree with evaluate', async () => {
  const asOf = ['--city', 'jilin-city', '--date', '2026-06-30'];
  const [ndjson, csv, evaluated] = await Promise.all([
    wutong(['readings', ...asOf, '--people', 'examples/people.ndjson', '--format', 'json']),
    wutong(['readings', ...asOf, '--people', 'examples/people.csv', '--format', 'json']),
    wutong(['evaluate', ...asOf, 'examples/people.ndjson']),
  ]);
  expect(ndjson).toMatchObject({ status: 0, err: '' });
  expect(csv.out).toBe(ndjson.out);
  const answers = evaluated.out.trimEnd().split('\n').map((line) => JSON.parse(line) as { plan: { totalFen: number } });
  const report = parse(ndjson.out);
  expect(report.planFen).toBe(answers.reduce((total, { plan }) => total + plan.totalFen, 0));
  // 张三二 graduated more than five years before today, and got a home: 120,000 and 100,000 hang on the day that is counted to.
  expect(report.readings[0]?.alternatives[1]?.effect).toMatchObject({ subjects: 1, lost: 1, plan: { differenceFen: -22_000_000 } });
});

test('explain shows the readings that each benefit rests on, with the alternative in force', async () => {
  const asOf = ['explain', '--city', 'jilin-city', '--date', '2026-06-30', '--reading', '五年算到哪天=申请日'];
  const [text, json] = await Promise.all([wutong([...asOf, 'examples/people.ndjson']), wutong([...asOf, '--format', 'ndjson', 'examples/people.ndjson'])]);
  expect(text.out).toMatch(/^ {4}按这样的理解：五年算到哪天：算到提出申请那天；/m);
  const { benefits } = JSON.parse(json.out.split('\n')[0] ?? '') as { benefits: readonly { benefit: string; readings: readonly { name: string; alternative: string }[] }[] };
  expect(benefits.find(({ benefit }) => benefit === 'living-subsidy')?.readings[0]).toMatchObject({ name: '五年算到哪天', alternative: '申请日' });
});

test('a district’s readings stand before those of the city above it, each with its policy', async () => {
  const { status, out } = await wutong(['readings', '--city', 'erdao', '--date', '2026-06-30', '--format', 'json']);
  expect(status).toBe(0);
  const policies = [...new Set(parse(out).readings.map(({ policy }) => policy))];
  expect(policies[0]).toBe('erdao-wutong');
  expect(policies.slice(1).some((id) => id.startsWith('changchun-'))).toBe(true);
});

test('bad lines are told, the others counted, and the exit status is 2', async () => {
  const first = (readFileSync(join(root, 'examples/people.ndjson'), 'utf8').split('\n')[0] ?? '') + '\n';
  const file = temporaryFile('list.ndjson', `${first}{"id": 2, "subject": "person", "facts": {"全日制": 3}}\nnot json\n${first}`);
  const ran = await wutong([...call, '--people', file, '--format', 'json']);
  expect(ran.status).toBe(2);
  expect(ran.err).toMatch(/^第 2 行：“全日制”应当是 true（是）或 false（否），这里是 3\n第 3 行：.*JSON/);
  expect(parse(ran.out).subjects).toBe(2);
  const empty = await wutong([...call, '--people', '-']);
  expect(empty).toMatchObject({ status: 0, err: '' });
  expect(empty.out).toContain('名单里没有能算的人');
});

test('every command of the page about readings and goals runs', async () => {
  const page = readFileSync(join(root, 'docs/readings-and-goals.md'), 'utf8');
  const commands = [...page.matchAll(/^npx wutong (.+)$/gm)].map((match) => (match[1] ?? '').split(' '));
  expect(commands.length).toBeGreaterThan(5);
  const ran = await Promise.all(commands.map((args) => wutong(args)));
  expect(ran.flatMap(({ status, out, err }, index) => (status === 0 && out !== '' && err === '' ? [] : [[commands[index], err]]))).toEqual([]);
});

const mistakes: readonly (readonly [name: string, args: readonly string[], says: RegExp])[] = [
  ['a file without --people', [...call, 'examples/people.ndjson'], /--people examples\/people\.ndjson/],
  ['--each without people', [...call, '--each'], /--each 要和 --people 文件 一起用/],
  ['--encoding without people', [...call, '--encoding', 'gbk'], /--encoding 要和 --people/],
  ['--each as a table', [...call, '--each', '--people', '-', '--format', 'table'], /--format 不能是“table”，只能是 ndjson/],
  ['an unknown format', [...call, '--format', 'xml'], /--format 不能是“xml”/],
  ['an unknown city', ['readings', '--city', 'jilin-cty'], /是不是“jilin-city”/],
  ['an unknown policy', [...call, '--policy', 'jilin-city-2020'], /是不是“jilin-city-2021”/],
  ['a file that is not there', [...call, '--people', 'nobody.ndjson'], /没有文件 nobody\.ndjson/],
];

test.concurrent.each(mistakes)('wrong: %s', async (_, args, says) => {
  const { status, out, err } = await wutong(args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(says);
  expect(err).not.toMatch(stackTrace);
});
