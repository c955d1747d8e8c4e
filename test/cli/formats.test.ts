// The same people in every format give the same answers; what people open in Excel is right for Excel.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluate, idsOf, root, stackTrace, temporaryFile, wutong } from './run-wutong.ts';

const base = ['evaluate', '--city', 'jilin-city', '--date', '2026-06-30'];
const people = readFileSync(join(root, 'examples/people.ndjson'), 'utf8');

test('NDJSON, JSON and CSV in, NDJSON and JSON out: all alike', async () => {
  const lines = people.trimEnd().split('\n');
  const json = temporaryFile('people.json', `[${lines.join(',\n')}]`);
  const [fromNdjson, fromCsv, fromJson, toJson] = await Promise.all([
    wutong([...base, 'examples/people.ndjson']),
    wutong([...base, 'examples/people.csv']),
    wutong([...base, json]),
    wutong([...base, '--format', 'json', 'examples/people.ndjson']),
  ]);
  expect(fromNdjson).toMatchObject({ status: 0, err: '' });
  expect(idsOf(fromNdjson.out)).toHaveLength(lines.length);
  expect(fromCsv).toEqual(fromNdjson);
  expect(fromJson).toEqual(fromNdjson);
  expect(JSON.parse(toJson.out)).toEqual(fromNdjson.out.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown));
});

test('CSV is read as people write it', async () => {
  const written = [
    '\uFEFFid,subject,学历,全日制,毕业日期,年薪,人才对象,合同年限,用人单位.所在地',
    '"王,一",,硕士研究生,是,2024/7/1,"400,000.50",领军人才;创新人才,5年,220202',
    '二,person,硕士研究生,TRUE,2024-07-01,400000.5,领军人才、创新人才,5,220202',
    '三,person,硕士研究生,1,2024年7月1日,400000.50,"领军人才,创新人才",5.0,220202',
    '"四\n""行""",,,,,,,,',
    '',
  ].join('\r\n');
  const { status, out, err } = await evaluate(written, '--input', 'csv');
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(idsOf(out)).toEqual(['王,一', '二', '三', '四\n"行"']);
  const [first, second, third] = out.split('\n').map((line) => line.replace(/^\{"id":"[^"]*"/, ''));
  expect(second).toBe(first);
  expect(third).toBe(first);
});

test('CSV that is not right is told by line', async () => {
  const { status, out, err } = await evaluate('id,学历,全日制\na,本科\nb,"x\ny",是\nc,本科,也许\nd,"本科,是\n', '--input', 'csv');
  expect(status).toBe(2);
  expect(out).toBe('');
  const [count, value, flag, quote] = err.trimEnd().split('\n');
  expect(count).toBe('第 2 行：应当有 3 列，这里有 2 列');
  expect(value).toMatch(/^第 3 行：“学历”应当是/);
  expect(flag).toMatch(/^第 5 行：“全日制”应当是 true（是）或 false（否），这里是 "也许"/);
  expect(quote).toMatch(/^第 6 行：双引号没有配对/);
});

test('an unknown, repeated or empty column stops before anything is evaluated', async () => {
  for (const [header, says] of [
    ['id,学厉', /列“学厉”不是事实的名称，是不是“学历”/],
    ['id,学历,学历', /列“学历”写了两次/],
    ['id,,学历', /第 2 列没有列名/],
  ] as const) {
    const { status, out, err } = await evaluate(`${header}\na,本科,本科\n`, '--input', 'csv');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(says);
  }
  expect((await evaluate('', '--input', 'csv')).err).toMatch(/CSV 文件是空的/);
});

test('CSV out has a mark, a header, and a row for each subject and benefit', async () => {
  const { status, out } = await wutong([...base, '--format', 'csv', 'examples/people.ndjson']);
  expect(status).toBe(0);
  expect(out.startsWith('\uFEFF编号,政策,待遇,名称,结果,金额')).toBe(true);
  expect(out).toContain('张三一,jilin-city-2021,living-subsidy,企业引才生活补贴,可享,"120,000 元",');
  const answers = await wutong([...base, 'examples/people.ndjson']);
  const pairs = answers.out.trimEnd().split('\n').reduce((sum, line) => sum + (JSON.parse(line) as { benefits: unknown[] }).benefits.length, 0);
  expect(out.trimEnd().split('\r\n')).toHaveLength(pairs + 1);
});

test('a cell that a spreadsheet would run is made harmless', async () => {
  const { out } = await evaluate('{"id": "=1+1", "subject": "person", "facts": {}}\n', '--format', 'csv');
  expect(out).toContain("\r\n'=1+1,");
});

test('the table is aligned: Chinese characters count two columns', async () => {
  const { out } = await wutong([...base, '--format', 'table', 'examples/people.ndjson']);
  const columns = (text: string): number => text.length + (text.match(/[\u2e80-\uffff]/g)?.length ?? 0);
  const lines = out.trimEnd().split('\n');
  const rule = lines[1] ?? '';
  expect(rule).toMatch(/^-+ {2}-+ {2}-+$/);
  // A closing mark may hang over the edge by one character.
  for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(columns(rule) + 2);
  expect(out).toContain('企业引才生活补贴 120,000 元');
});

test('where everything waits for a review or for facts, the table and the letter say what, how many, and of which place', async () => {
  const district = ['evaluate', '--city', 'erdao', '--date', '2026-06-30'];
  const somebody = `${JSON.stringify({ id: '张三一', subject: 'person', facts: { 学历: '硕士研究生' } })}\n`;
  const [data, table, letter, english] = await Promise.all([[], ['--format', 'table'], ['--format', 'words'], ['--format', 'words', '--lang', 'en']].map((format) => wutong([...district, ...format, '-'], somebody)));
  const { benefits } = JSON.parse(data?.out ?? '') as { benefits: { status: string }[] };
  const count = (status: string): number => benefits.filter((benefit) => benefit.status === status).length;
  expect([count('yes'), count('review') > 10, count('unknown') > 1]).toEqual([0, true, true]);
  expect(table?.out).toContain(`要等评审 ${count('review')} 项：`);
  expect(table?.out).toContain(`可能 ${count('unknown')} 项：`);
  expect(table?.out).toMatch(/· 技术经纪人奖励（长春市） 最多 100,000 元/);
  expect(letter?.out).toContain(`\n  要等评审的有 ${count('review')} 项：\n`);
  // Two documents of the chain have a benefit of this name; and a name with commas of its own stands on a line of its own.
  expect(letter?.out).toContain('\n  · 人才尊享卡（二道区）\n');
  expect(letter?.out).toContain('\n  · 人才尊享卡（长春市）\n');
  expect(letter?.out).toContain('\n  · 青年、基层治理、医疗应急、乡村实用人才的引育留用（二道区）\n');
  expect(letter?.out.split('\n').filter((line) => line.startsWith('  · '))).toHaveLength(count('review') + count('unknown'));
  expect(english?.out).toContain(`\n  Waiting for a review (${count('review')}):\n`);
  expect(english?.out).toMatch(/ \(Changchun\) up to 80,000 yuan/);
  // One place needs no telling apart.
  expect((await evaluate(somebody, '--format', 'words')).out).not.toContain('（吉林市）');
});

test('explain tells in words and in JSON', async () => {
  const args = ['explain', ...base.slice(1)];
  const [zh, en, json, ndjson] = await Promise.all([
    wutong([...args, 'examples/people.ndjson']),
    wutong([...args, '--lang', 'en', 'examples/people.ndjson']),
    wutong([...args, '--format', 'json', 'examples/people.ndjson']),
    wutong([...args, '--format', 'ndjson', 'examples/people.ndjson']),
  ]);
  for (const ran of [zh, en, json, ndjson]) {
    expect(ran).toMatchObject({ status: 0, err: '' });
    expect(ran.out).not.toMatch(stackTrace);
  }
  expect(zh.out).toContain('张三一');
  expect(zh.out).toContain('企业引才生活补贴');
  expect(en.out).toContain('Living subsidy');
  const explained = JSON.parse(json.out) as { id: string; benefits: { condition: unknown }[] }[];
  expect(explained).toHaveLength(8);
  expect(explained[0]?.benefits[0]?.condition).toBeDefined();
  expect(ndjson.out.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(explained);
});

test('explain tells bad lines as evaluate does', async () => {
  const { status, out, err } = await wutong(['explain', ...base.slice(1), '-'], '{\n');
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toMatch(/^第 1 行：第 2 列/);
});
