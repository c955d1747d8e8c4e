// The canonical form of a pack's files: formatting settles, keeps comments and meaning, and leaves files with faults alone.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMap, isPair, isScalar, parseDocument, type Scalar, type ToStringOptions, visit } from 'yaml';
import { checkFiles, editPack, projectRoot, smallPack } from '../../test/support/small-pack.ts';
import { formatPack } from './format-pack.ts';

/** The canonical text; what a file holds goes by its name. */
function format(source: string, file = 'a.yaml'): string {
  const formatted = formatPack(file, source);
  if ('diagnostics' in formatted) throw new Error(formatted.diagnostics.map(({ code }) => code).join());
  return formatted.text;
}

const files = globSync('cities/**/*.yaml', { cwd: projectRoot }).filter((file) => !file.includes('reference')).sort();
const sources = new Map([...files.map((file): [string, string] => [file, readFileSync(join(projectRoot, file), 'utf8')]), ...Object.entries(smallPack)]);

type Layout = (source: string) => string;

/** Another layout by the YAML library itself: every scalar is handed to `change` with the key that it stands under. */
function rewrite(source: string, change: (scalar: Scalar, key: string) => void, options: ToStringOptions = {}): string {
  const document = parseDocument(source);
  visit(document, {
    Scalar: (at, scalar, path) => {
      const pair = path.findLast(isPair);
      if (at !== 'key') change(scalar, isScalar(pair?.key) ? String(pair.key.value) : '');
    },
  });
  return document.toString({ lineWidth: 0, ...options });
}

const isExpression = (scalar: Scalar, key: string): boolean => ['要求', '不', '当'].includes(key) && typeof scalar.value === 'string';

/** Other spellings of every condition. */
function respell(spell: (text: string) => string): Layout {
  return (source) => rewrite(source, (scalar, key) => {
    if (isExpression(scalar, key)) scalar.value = spell(String(scalar.value));
  });
}

function retype(type: Scalar.Type, chosen: (scalar: Scalar, key: string) => boolean): Layout {
  return (source) => rewrite(source, (scalar, key) => {
    if (typeof scalar.value === 'string' && chosen(scalar, key)) scalar.type = type;
  });
}

/** Changes of layout that leave no trace in the canonical text. */
const traceless: Readonly<Record<string, Layout>> = {
  'as it is': (source) => source,
  'four spaces a step': (source) => rewrite(source, () => undefined, { indent: 4 }),
  'lists not indented, braces without room': (source) => rewrite(source, () => undefined, { indentSeq: false, flowCollectionPadding: false }),
  'CR LF': (source) => source.replaceAll('\n', '\r\n'),
  'a mark of byte order': (source) => `\uFEFF${source}`,
  'conditions in double quotes': retype('QUOTE_DOUBLE', isExpression),
  'conditions in single quotes': retype('QUOTE_SINGLE', isExpression),
  'conditions over lines': (source) => source.replace(/^( *)- 要求: ([^'"#\n]+)$/gm, (_, blanks: string, text: string) => `${blanks}- 要求: >-\n${blanks}    ${text.replaceAll(' ', `\n${blanks}    `)}`),
  'full-width signs': respell((text) => text.replace(/[()=<>+0-9%.A-Z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).replaceAll(' ', '\u3000')),
  'half-width signs': respell((text) => text.replaceAll(' ≥ ', '>=').replaceAll(' ≤ ', '<=').replaceAll(' ≠ ', '!=').replaceAll(' × ', '*')),
};

/** Changes of layout that may leave one: quotes that nobody needs, the order of comments. */
const tracing: Readonly<Record<string, Layout>> = {
  'double quotes': retype('QUOTE_DOUBLE', () => true),
  'single quotes': retype('QUOTE_SINGLE', () => true),
  'keys turned round': (source) => {
    const document = parseDocument(source);
    if (isMap(document.contents) && document.contents.has('条件')) document.contents.items.reverse();
    return document.toString({ lineWidth: 0 });
  },
};

test.each([...sources.keys()])('%s: formatting settles at once, whatever the layout', (file) => {
  const source = sources.get(file) ?? '';
  const canonical = format(source, file);
  expect(format(canonical, file)).toBe(canonical);
  for (const change of Object.values(traceless)) expect(format(change(source), file)).toBe(canonical);
  for (const change of Object.values(tracing)) {
    const once = format(change(source), file);
    expect(format(once, file)).toBe(once);
  }
});

test('the packs of this project are in their canonical form', () => {
  expect(files.filter((file) => format(sources.get(file) ?? '', file) !== sources.get(file))).toEqual([]);
  expect(files.length).toBeGreaterThan(10);
});

/** What a pack means: its compiled policies, without the lines that they stand in. */
function meaning(pack: Readonly<Record<string, string>>): string {
  const { source, diagnostics, cases } = checkFiles(pack);
  return JSON.stringify([source?.policies.map(({ policy, benefits }) => [policy, benefits.map((benefit) => benefit.cases)]), diagnostics, cases], (key, value: unknown) =>
    key === 'line' || key === 'column' || key === 'place' ? undefined : value,
  );
}

function mapFiles(pack: Readonly<Record<string, string>>, change: (source: string, name: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(pack).map(([name, source]) => [name, change(source, name)]));
}

const realPack = Object.fromEntries([...sources].filter(([file]) => file.startsWith('cities/jilin-city/')).map(([file, source]) => [file.replace('cities/jilin-city/', ''), source.replace(/^上级: .*\n/m, '')]));

test.each(Object.entries({ ...traceless, ...tracing }))('%s: formatting changes no meaning', (_, change) => {
  const before = meaning(smallPack);
  const changed = mapFiles(smallPack, change);
  expect(meaning(changed) === before).toBe(true);
  expect(meaning(mapFiles(changed, format)) === before).toBe(true);
});

test('formatting the real pack from another layout changes no meaning', () => {
  const before = meaning(realPack);
  expect(before.length).toBeGreaterThan(10_000);
  const layout = (source: string): string => (traceless['four spaces a step'] ?? String)((traceless['full-width signs'] ?? String)(source));
  expect(meaning(mapFiles(realPack, (source, name) => format(layout(source), name))) === before).toBe(true);
});

test('a pack with faults of meaning has the same faults afterwards', () => {
  const broken = editPack([
    { file: 'talent-2025/tax-reward.yaml', find: '人才类别 ≥ D\n', replace: '人才类别>=F\n' },
    { file: 'talent-2025/living.yaml', find: '合同年限 ≥ 5年', replace: '合同年限>= 5 年 年薪' },
  ]) as Record<string, string>;
  const codes = (pack: Readonly<Record<string, string>>): string[] => checkFiles(pack).diagnostics.map(({ code, place }) => `${place.file}:${place.line} ${code}`);
  expect(codes(broken)).toEqual(['cities/small/talent-2025/living.yaml:14 bad-expression', 'cities/small/talent-2025/tax-reward.yaml:9 unknown-level']);
  const formatted = mapFiles(broken, format);
  expect(codes(formatted)).toEqual(codes(broken));
  // What does not parse is left as it was written; the rest of the file is not.
  expect(formatted['talent-2025/living.yaml']).toContain('合同年限>= 5 年 年薪');
  expect(formatted['talent-2025/tax-reward.yaml']).toContain('人才类别 ≥ F\n');
});

const written: readonly (readonly [what: string, source: string, text: string])[] = [
  ['comments stay where they are', '# 头\n\n# 甲的\n甲: 1 # 尾\n乙:\n  # 内\n  - 丙 # 项\n\n# 末\n', '# 头\n\n# 甲的\n甲: 1 # 尾\n乙:\n  # 内\n  - 丙 # 项\n\n# 末\n'],
  ['blank lines stay, several become one', '甲: 1\n\n\n乙: 2\n\n丙:\n\n  - 丁\n', '甲: 1\n\n乙: 2\n\n丙:\n\n  - 丁\n'],
  ['lists and maps', '甲:\n    - 乙: 1\n      丙:   2\n丁: {戊: [己,庚],辛: 壬}\n', '甲:\n  - 乙: 1\n    丙: 2\n丁: { 戊: [ 己, 庚 ], 辛: 壬 }\n'],
  ['a benefit in its order, comments with their keys', '# 头\n金额: 5元\n# 谁\n条件: 甲\n名称: 试\n别的: 1\n', '名称: 试\n# 谁\n条件: 甲\n# 头\n金额: 5元\n别的: 1\n'],
  ['a file that is no benefit keeps its order', '金额: 5元\n名称: 试\n', '金额: 5元\n名称: 试\n'],
  ['expressions', '要求: （学历>=本科）且 非(全日制)\n', '要求: 学历 ≥ 本科 且 非 全日制\n'],
  ['expressions over lines and in quotes', '全部:\n  - >\n    学历 ≥\n    本科\n  - "年薪 ≥ 5.00万元"\n', '全部:\n  - 学历 ≥ 本科\n  - 年薪 ≥ 5万元\n'],
  ['a comma within braces needs quotes', '金额: { 至多: "取小(甲,乙)" }\n', "金额: { 至多: '取小(甲, 乙)' }\n"],
  ['quotes that mean something', '要求: 毕业院校 = "学历"\n', '要求: 毕业院校 = “学历”\n'],
  ['tables, parameters, readings and definitions', '定义:\n  甲: 学历>=本科\n  乙:\n    按解读: 丙\n    一: 全日制且在校生\n    二: 不另要求\n    说明: 学历>=本科\n参数: { 丁: { 取值: 4.50% } }\n金额: { 表: [{当: 甲, 得: 5.0元}, {其余: 3个月}] }\n', '定义:\n  甲: 学历 ≥ 本科\n  乙:\n    按解读: 丙\n    一: 全日制且在校生\n    二: 不另要求\n    说明: 学历>=本科\n参数: { 丁: { 取值: 4.5% } }\n金额: { 表: [ { 当: 甲, 得: 5元 }, { 其余: 3月 } ] }\n'],
  ['words and cases are nobody\'s expressions', "说明: 学历>=本科\n用例:\n  - { 金额: 5.00元, 事实: { 年薪: 5.00, 学历: '本科' } }\n", "说明: 学历>=本科\n用例:\n  - { 金额: 5.00元, 事实: { 年薪: 5.00, 学历: '本科' } }\n"],
  ['numbers keep their spelling', '甲: [0123, 1e3, 0x1F, +5, .5, ~, True, 12345678901234567890]\n', '甲: [ 0123, 1e3, 0x1F, +5, .5, ~, True, 12345678901234567890 ]\n'],
  ['a number that is an expression', '取值: 0.40\n', '取值: 0.4\n'],
  ['codes in quotes stay in quotes', '甲: "985"\n乙: \'是: 否\'\n丙: "a\\nb"\n', "甲: '985'\n乙: '是: 否'\n丙: \"a\\nb\"\n"],
  ['literal and folded texts', '甲: |\n  一\n    二\n乙: >-\n  一\n  二\n', '甲: |\n  一\n    二\n乙: >-\n  一 二\n'],
  ['a file of comments only', '# 说明\n', '# 说明\n'],
  ['an empty file', '', ''],
];

test.each(written)('%s', (_, source, text) => {
  expect(format(source)).toBe(text);
  expect(format(text)).toBe(text);
});

test('provisions, their numbers and their steps have their keys in order, and nothing in them is an expression', () => {
  const source = '# 头\nlist:\n  步骤:\n    - { 由: 申请人, 类型: 申报, 英文: Application, 名称: 申报 }\n  # 哪一条\n  条款: 第一条\n  英文: List\n  名称: 名单\n  说明: 学历>=本科\n  指标:\n    - { 至少: 是, 从: 2021, 目标: 0.50, 名称: 甲 }\n';
  const text =
    '# 头\nlist:\n  名称: 名单\n  英文: List\n  # 哪一条\n  条款: 第一条\n  说明: 学历>=本科\n  指标:\n    - { 名称: 甲, 目标: 0.50, 从: 2021, 至少: 是 }\n  步骤:\n    - { 名称: 申报, 英文: Application, 类型: 申报, 由: 申请人 }\n';
  for (const file of ['goals.yaml', 'cities/small/talent-2025/procedures.yaml']) {
    expect(format(source, file)).toBe(text);
    expect(format(text, file)).toBe(text);
  }
  expect(format(source, 'mygoals.yaml')).not.toBe(text);
});

test('a file that cannot be read is not rewritten', () => {
  const formatted = formatPack('a.yaml', '甲: 1\n  乙: 2\n');
  expect('text' in formatted).toBe(false);
  expect('diagnostics' in formatted ? formatted.diagnostics.map(({ code, place }) => `${place.line}:${place.column} ${code}`) : []).toEqual(['1:4 bad-yaml']);
  expect('text' in formatPack('a.yaml', '甲: &乙 1\n丙: *乙\n')).toBe(false);
});

test('what a catalogue of services states, days and targets have their places too', () => {
  const benefit = '名称: 甲\n条件: 不另要求\n事项: { 英文收费: free, 收费: 不收费, 承诺时限: 010, 基本编码: 0012 }\n截止: 2025-12-31\n施行: 2025-01-01\n条款: 一\n';
  expect(format(benefit, 'cities/x/y/z.yaml')).toBe('名称: 甲\n条款: 一\n施行: 2025-01-01\n截止: 2025-12-31\n条件: 不另要求\n事项: { 基本编码: 0012, 承诺时限: 010, 收费: 不收费, 英文收费: free }\n');
  const duty = 'a:\n  指标: [ { 现值年: 2025, 现值: 1, 期限: 2025-12-31, 名称: 甲, 基数年: 2024, 基数: 0 } ]\n  期限: 2025-12-31\n  日期: 1月1日\n';
  expect(format(duty, 'cities/x/y/duties.yaml')).toBe('a:\n  日期: 1月1日\n  期限: 2025-12-31\n  指标: [ { 名称: 甲, 期限: 2025-12-31, 基数: 0, 基数年: 2024, 现值: 1, 现值年: 2025 } ]\n');
});
