// Lines that are not valid: each is told by number, fact and what was expected; all others are still evaluated, in order.

import { expect, test } from 'vitest';
import { evaluate, idsOf, person, stackTrace, temporaryFile, temporaryFolder, wutong } from './run-wutong.ts';

/** A bad line, and what its message must say. */
const badLines: readonly (readonly [line: string | Buffer, says: RegExp])[] = [
  ['{"id": "x", "subject": "person", "facts": {"学历": }}\n', /第 50 列不是合法的 JSON：这里应当是一个值/],
  ['{"id": "x"\n', /第 11 列不是合法的 JSON：这里应当是英文逗号或 }/],
  ["{'id': 1}\n", /第 2 列不是合法的 JSON：这里应当是双引号里的名称/],
  ['{"id": "x" "subject": 1}\n', /第 12 列/],
  ['{"id": 1} tail\n', /第 11 列.*后面不应当再有内容/],
  ['[1, 2\n', /逗号或 ]/],
  ['{"id": "x\n', /没有用双引号结束/],
  ['{"id": 01}\n', /第 9 列/],
  [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d, 0x0a]), /不是 UTF-8 编码.*--encoding gb18030/],
  ['{"id": 1, "subject": "person", "facts": {"学历": "专科", "学历": "博士研究生"}}\n', /“学历”写了两次/],
  ['[]\n', /应当是一个对象/],
  ['null\n', /应当是一个对象/],
  ['"text"\n', /应当是一个对象/],
  ['{}\n', /“subject”应当是 person/],
  ['{"id": {}, "subject": "person", "facts": {}}\n', /“id”应当是文字，或者不超过 15 位的整数/],
  ['{"id": 1, "subject": "dog", "facts": {}}\n', /“subject”应当是 person/],
  ['{"id": 1, "subject": "person"}\n', /“facts”应当是一个对象/],
  ['{"id": 1, "subject": "person", "facts": {"__proto__": 1}}\n', /没有“__proto__”这个事实/],
  [person('x', { 出生日期: '2027-01-01' }), /“出生日期”2027-01-01 晚于所问的日期 2026-06-30/],
  [person('x', { 学历: '大学' }), /“学历”应当是 初中及以下、高中、专科、本科、硕士研究生、博士研究生 之一，这里是 "大学"/],
  [person('x', { 合同年限: -1 }), /“合同年限”不能是负数/],
  ['{"id": 1, "subject": "person", "facts": {"合同年限": 1e309}}\n', /“合同年限”最大是 999/],
  [person('x', { 用人单位: { 所在地: '220299' } }), /“用人单位\.所在地”应当是现有的六位行政区划代码/],
  [person('x', { 出生日期: '2000-01-01', 合同起始日: '1999-12-31' }), /“合同起始日”1999-12-31 早于出生日期 2000-01-01/],
  [person('x', { 年薪: 100.005 }), /“年薪”最多 2 位小数/],
  [person('x', { 毕业日期: '2025-02-29' }), /“毕业日期”应当是真实存在的日期/],
  [person('x', { 学厉: '本科' }), /没有“学厉”这个事实，是不是“学历”/],
  [person('x', { 全日制: '是' }), /“全日制”应当是 true（是）或 false（否）/],
  [person('x', { 合同年限: '5' }), /“合同年限”应当是数字/],
  [person('x', { 人才对象: '领军人才' }), /“人才对象”应当是一组值/],
  [person('x', { 用人单位: '某公司' }), /“用人单位”应当是一个对象/],
  [`${'['.repeat(200_000)}${']'.repeat(200_000)}\n`, /应当是一个对象|括号套得太深/],
  [`{"id": 1, "subject": "person", "facts": {"全日制": ${'['.repeat(200_000)}${']'.repeat(200_000)}}}\n`, /括号套得太深/],
];

test('every kind of bad line is told by its number and says what was expected; the others are evaluated in order', async () => {
  const input = Buffer.concat(badLines.flatMap(([line], index) => [Buffer.from(line), Buffer.from(person(`good ${index}`))]));
  const { status, out, err } = await evaluate(input);
  expect(status).toBe(2);
  expect(idsOf(out)).toEqual(badLines.map((_, index) => `good ${index}`));
  const messages = err.trimEnd().split('\n');
  expect(messages).toHaveLength(badLines.length);
  badLines.forEach(([, says], index) => {
    expect(messages[index]).toMatch(new RegExp(`^第 ${index * 2 + 1} 行：`));
    expect(messages[index]).toMatch(says);
  });
  expect(err).not.toMatch(stackTrace);
});

test('the same in English', async () => {
  const { status, err } = await evaluate(person('x', { 学历: '大学' }), '--lang', 'en');
  expect(status).toBe(2);
  expect(err).toMatch(/^line 1: "学历" should be one of .* found "大学"/);
});

test('what a line says cannot steer the terminal', async () => {
  const { err } = await evaluate(`{"id": 1, "subject": "person", "facts": {"\\u001b[31m红\\r\\n": 1}}\n`);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(err).not.toContain('\u001B');
});

test('blank lines, a byte order mark, CRLF and a last line without its end are all accepted', async () => {
  const lines = [person(1), '\n', '  \n', person(2), person(3)].join('').replaceAll('\n', '\r\n').trimEnd();
  const { status, out, err } = await evaluate(`\uFEFF${lines}`);
  expect({ status, ids: idsOf(out), err }).toEqual({ status: 0, ids: [1, 2, 3], err: '' });
});

test('an empty input gives nothing and is no error', async () => {
  expect(await evaluate('')).toEqual({ status: 0, out: '', err: '' });
  expect(await evaluate('\n\n')).toEqual({ status: 0, out: '', err: '' });
});

test('a file of GB18030 is read when told, and the message says how when not', async () => {
  // 学历 and 本科 in GB18030.
  const line = Buffer.concat([
    Buffer.from('{"id":"x","subject":"person","facts":{"'),
    Buffer.from([0xd1, 0xa7, 0xc0, 0xfa]),
    Buffer.from('":"'),
    Buffer.from([0xb1, 0xbe, 0xbf, 0xc6]),
    Buffer.from('"}}\n'),
  ]);
  const told = await evaluate(line, '--encoding', 'gb18030');
  expect(told).toMatchObject({ status: 0, err: '' });
  expect(idsOf(told.out)).toEqual(['x']);
  const untold = await evaluate(line);
  expect(untold).toMatchObject({ status: 2, out: '' });
  expect(untold.err).toContain('--encoding gb18030');
});

test('a file that is missing, or a folder, is told in words', async () => {
  const folder = temporaryFolder();
  const call = (file: string): ReturnType<typeof wutong> => wutong(['evaluate', '--city', 'jilin-city', '--date', '2026-06-30', file]);
  const missing = await call(`${folder}/none.ndjson`);
  expect(missing).toMatchObject({ status: 2, out: '' });
  expect(missing.err).toMatch(/^没有文件/);
  const isFolder = await call(folder);
  expect(isFolder).toMatchObject({ status: 2, out: '' });
  expect(isFolder.err).toMatch(/是一个文件夹/);
});

test('a JSON file that is broken, or holds no objects, is told with line and column', async () => {
  const call = (content: string): ReturnType<typeof wutong> => wutong(['evaluate', '--city', 'jilin-city', '--date', '2026-06-30', temporaryFile('people.json', content)]);
  expect(await call('[\n  {"id": 1,}\n]')).toMatchObject({ status: 2, out: '', err: '第 2 行，第 12 列不是合法的 JSON：这里应当是双引号里的名称\n' });
  expect(await call('3')).toMatchObject({ status: 2, out: '' });
  const items = await call('[{"id": 1, "subject": "person", "facts": {}}, 7]');
  expect(items.status).toBe(2);
  expect(items.err).toMatch(/^第 2 项：/);
  expect(idsOf(items.out)).toEqual([1]);
});

test('an id or a text cannot steer the terminal or forge a line of an answer', async () => {
  const id = '\u001b[2J甲\n  可以享受 1 项：\u202e';
  const input = `${JSON.stringify({ id, subject: 'person', facts: { 职称名称: '农艺师\u001b[2J\n ✓ 假行', 乡村人才: true, 职称: '初级' } })}\n`;
  const asked = ['--city', 'jilin-city', '--date', '2026-06-30', '-'];
  const shown = await Promise.all([
    wutong(['explain', ...asked], input),
    wutong(['evaluate', '--format', 'words', ...asked], input),
    wutong(['evaluate', '--format', 'table', ...asked], input),
    wutong(['evaluate', '--format', 'csv', ...asked], input),
  ]);
  for (const { status, out } of shown) {
    expect(status).toBe(0);
    expect(out).toContain('甲');
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('\u202e');
    expect(out.split('\n').filter((line) => /^\s*(可以享受 1 项|✓ 假行)/.test(line))).toEqual([]);
  }
});

test('a number too long to be held exactly is no id', async () => {
  const { status, out, err } = await wutong(['evaluate', '--city', 'jilin-city', '--date', '2026-06-30', '-'], '{"id": 220202199903121234, "subject": "person", "facts": {}}\n');
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err).toContain('请加引号');
});

test('a workbook and UTF-16 text are named, with what to do', async () => {
  const asked = ['evaluate', '--city', 'jilin-city', '--date', '2026-06-30'];
  const [workbook, wide] = await Promise.all([
    wutong([...asked, temporaryFile('people.xlsx', Buffer.from('PK\u0003\u0004 rest of a workbook'))]),
    wutong([...asked, temporaryFile('people.csv', Buffer.from('\uFEFFid,学历\n1,本科\n', 'utf16le'))]),
  ]);
  expect(workbook).toMatchObject({ status: 2, out: '' });
  expect(workbook.err).toContain('另存为“CSV UTF-8');
  expect(wide).toMatchObject({ status: 2, out: '' });
  expect(wide.err).toContain('UTF-16');
});
