// How expressions are read and written: precedence, spellings, keywords, units, faults with their places, and round trips.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Diagnostics, wordDiagnostic } from './diagnostics.ts';
import { formatExpression } from './format-expression.ts';
import { keywords } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import type { Syntax } from './syntax.ts';

function parse(text: string): { readonly syntax: Syntax | undefined; readonly faults: readonly string[] } {
  const diagnostics = new Diagnostics();
  const syntax = parseExpression({ text, place: (index) => ({ file: 'a', line: 1, column: index + 1 }) }, diagnostics);
  return { syntax, faults: diagnostics.list.map((item) => `${item.place.column} ${item.code}: ${wordDiagnostic(item, 'zh')}`) };
}

/** The tree without positions. */
function bare(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(bare);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'start' && key !== 'end').map(([key, value]) => [key, bare(value)]));
}

/** The tree in brackets: every operator with its operands. */
function shape(syntax: Syntax | undefined): string {
  if (syntax === undefined) return '?';
  switch (syntax.node) {
    case 'name':
      return syntax.name;
    case 'quoted':
      return `“${syntax.text}”`;
    case 'number':
      return `${syntax.digits}${syntax.unit}`;
    case 'date':
      return syntax.text;
    case 'today':
      return '今';
    case 'not':
      return `(非 ${shape(syntax.item)})`;
    case 'and':
    case 'or':
      return `(${syntax.items.map(shape).join(syntax.node === 'and' ? ' 且 ' : ' 或 ')})`;
    case 'compare':
      return `(${shape(syntax.first)}${syntax.rest.map(({ relation, right }) => ` ${relation} ${shape(right)}`).join('')})`;
    case 'has':
    case 'among':
      return `(${shape(syntax.left)} ${syntax.node === 'has' ? '有' : '属于'} ${syntax.values.map(shape).join('、')})`;
    case 'within':
      return `(${shape(syntax.left)} 位于 ${shape(syntax.place)})`;
    case 'elapsed':
      return `(${shape(syntax.from)} 至 ${shape(syntax.to)})`;
    case 'add':
    case 'subtract':
    case 'times':
      return `(${shape(syntax.left)} ${{ add: '+', subtract: '-', times: '×' }[syntax.node]} ${shape(syntax.right)})`;
    case 'call':
      return `${syntax.name}(${syntax.items.map(shape).join(', ')})`;
  }
}

const readings: readonly (readonly [text: string, tree: string])[] = [
  // From loosest to tightest: 或, 且, 非, comparison, 至, + and -, ×.
  ['甲 或 乙 且 丙', '(甲 或 (乙 且 丙))'],
  ['甲 且 乙 或 丙 且 丁', '((甲 且 乙) 或 (丙 且 丁))'],
  ['甲 或 乙 或 丙', '(甲 或 乙 或 丙)'],
  ['(甲 或 乙) 且 丙', '((甲 或 乙) 且 丙)'],
  ['甲 且 (乙 且 丙)', '(甲 且 (乙 且 丙))'],
  ['非 甲 且 乙', '((非 甲) 且 乙)'],
  ['非 甲 = 乙', '(非 (甲 = 乙))'],
  ['非 非 甲', '(非 (非 甲))'],
  ['非 (甲 且 乙)', '(非 (甲 且 乙))'],
  ['非 甲 有 乙', '(非 (甲 有 乙))'],
  ['甲 + 乙 ≥ 丙 × 丁', '((甲 + 乙) ≥ (丙 × 丁))'],
  ['甲 + 乙 × 丙', '(甲 + (乙 × 丙))'],
  ['甲 - 乙 - 丙', '((甲 - 乙) - 丙)'],
  ['甲 - (乙 + 丙)', '(甲 - (乙 + 丙))'],
  ['甲 × 乙 × 丙', '((甲 × 乙) × 丙)'],
  ['甲 至 乙 + 1年 ≥ 5年', '((甲 至 (乙 + 1年)) ≥ 5年)'],
  ['甲 = (乙 = 丙)', '(甲 = (乙 = 丙))'],
  // Chains.
  ['甲 ≤ 乙 < 丙', '(甲 ≤ 乙 < 丙)'],
  ['毕业日期 ≤ 入职日期 ≤ 毕业日期 + 5年', '(毕业日期 ≤ 入职日期 ≤ (毕业日期 + 5年))'],
  // Members of sets and lists; 之一 may be left out after one value.
  ['院校类别 有 985、211 之一', '(院校类别 有 985、211)'],
  ['院校类别 有 985 之一', '(院校类别 有 985)'],
  ['院校类别 有 985', '(院校类别 有 985)'],
  ['学历 属于 本科、硕士研究生 且 甲', '((学历 属于 本科、硕士研究生) 且 甲)'],
  ['用人单位.所在地 位于 220200', '(用人单位.所在地 位于 220200)'],
  ['毕业院校 = “中国地质大学（武汉）”', '(毕业院校 = “中国地质大学（武汉）”)'],
  // Calls.
  ['取小(甲, 乙 + 丙, 取大(丁, 戊))', '取小(甲, (乙 + 丙), 取大(丁, 戊))'],
  ['超出（甲，乙）', '超出(甲, 乙)'],
  ['取小(甲, (乙 至 丙))', '取小(甲, (乙 至 丙))'],
  // Keywords only as separate tokens.
  ['所有制 = 民营', '(所有制 = 民营)'],
  ['非全日制', '非全日制'],
  ['有限公司 且 有', '?'],
  ['有限公司 且 且慢', '(有限公司 且 且慢)'],
  ['至今 或 属于我', '(至今 或 属于我)'],
  ['基准日 ≥ 基准日期', '(今 ≥ 基准日期)'],
  ['非(甲)且(乙)', '((非 甲) 且 乙)'],
  ['“且” = 甲', '(“且” = 甲)'],
  // Units, with and without a space; other names of months and days.
  ['甲 ≥ 15万元', '(甲 ≥ 15万元)'],
  ['甲 ≥ 15 万元', '(甲 ≥ 15万元)'],
  ['甲 ≥ 1.5亿元 + 3元', '(甲 ≥ (1.5亿元 + 3元))'],
  ['甲 + 18个月 + 30天', '((甲 + 18月) + 30日)'],
  ['10% × 甲', '(10% × 甲)'],
  ['甲 ≥ 5年', '(甲 ≥ 5年)'],
  ['甲 ≥ 5年级', '(甲 ≥ 5年级)'],
  ['甲 有 985', '(甲 有 985)'],
  ['甲 = 985院校2', '(甲 = 985院校2)'],
  // Dates.
  ['甲 ≥ 2021-09-01', '(甲 ≥ 2021-09-01)'],
  ['甲 ≥ 2021-9-1', '(甲 ≥ 2021-09-01)'],
  ['甲 ≥ 2021年9月1日', '(甲 ≥ 2021-09-01)'],
  ['甲 ≥ 2021年09月01日 - 3年', '(甲 ≥ (2021-09-01 - 3年))'],
  ['2021 - 09 - 01', '((2021 - 09) - 01)'],
  // Other spellings.
  ['（甲　≥　１５．５万元）且（乙＜１０％）', '((甲 ≥ 15.5万元) 且 (乙 < 10%))'],
  ['甲＝Ａ 或 甲＞Ｂ１', '((甲 = A) 或 (甲 > B1))'],
  ['甲 >= 乙 <= 丙', '(甲 ≥ 乙 ≤ 丙)'],
  ['甲 != 乙 或 甲 <> 丙 或 甲 == 丁', '((甲 ≠ 乙) 或 (甲 ≠ 丙) 或 (甲 = 丁))'],
  ['甲 ≧ 乙 ≦ 丙', '(甲 ≥ 乙 ≤ 丙)'],
  ['甲 * ３ － ２', '((甲 × 3) - 2)'],
  ['甲 = "乙 丙"', '(甲 = “乙 丙”)'],
  ["甲 = '乙”丙'", '(甲 = “乙”丙”)'],
  ['𠮷野 = 𠮷', '(𠮷野 = 𠮷)'],
  ['甲\n  且\n  乙\n', '(甲 且 乙)'],
];

test.each(readings)('%s reads as %s', (text, tree) => {
  expect(shape(parse(text).syntax)).toBe(tree);
});

const faults: readonly (readonly [text: string, fault: string])[] = [
  ['', '1 bad-expression: 式子在这里读不下去：这里应当是名称、数字、日期或括号，却是结尾'],
  ['甲 ≥', '4 bad-expression: 式子在这里读不下去：这里应当是名称、数字、日期或括号，却是结尾'],
  ['甲 且\n\n', '4 bad-expression: 式子在这里读不下去：这里应当是名称、数字、日期或括号，却是结尾'],
  ['甲 乙', '3 bad-expression: 式子在这里读不下去：这里应当是“且”“或”或结尾，却是“乙”'],
  ['甲 （乙）', '3 bad-expression: 式子在这里读不下去：这里应当是“且”“或”或结尾，却是“（”'],
  ['(甲 且 乙', '7 bad-expression: 式子在这里读不下去：这里应当是“)”，却是结尾'],
  ['甲)', '2 bad-expression: 式子在这里读不下去：这里应当是“且”“或”或结尾，却是“)”'],
  ['甲 有 乙、丙', '8 bad-expression: 式子在这里读不下去：这里应当是“之一”，却是结尾'],
  ['甲 有 乙 “之一”', '7 bad-expression: 式子在这里读不下去：这里应当是“且”“或”或结尾，却是““之一””'],
  ['甲 属于 乙、丙 之一', '10 bad-expression: 式子在这里读不下去：这里应当是“且”“或”或结尾，却是“之一”'],
  ['甲 位于 位于', '6 bad-expression: 式子在这里读不下去：这里应当是名称、数字、日期或括号，却是“位于”'],
  ['取小 甲', '4 bad-expression: 式子在这里读不下去：这里应当是“(”，却是“甲”'],
  ['取小(甲 且 乙)', '6 bad-expression: 式子在这里读不下去：这里应当是“)”，却是“且”'],
  ['取小(甲；乙)', '5 bad-character: 式子里有不认识的符号“；”'],
  ['甲 至 乙 至 丙', '7 bad-expression: 式子在这里读不下去：这里应当是“且”“或”或结尾，却是“至”'],
  ['甲 + + 乙', '5 bad-expression: 式子在这里读不下去：这里应当是名称、数字、日期或括号，却是“+”'],
  ['-5元', '1 bad-expression: 式子在这里读不下去：这里应当是名称、数字、日期或括号，却是“-”'],
  ['甲 = 😀', '5 bad-character: 式子里有不认识的符号“😀”'],
  ['甲 = “乙', '5 bad-character: 式子里的引号没有配对，缺少另一半'],
  ['甲 & 乙', '3 bad-character: 式子里有不认识的符号“&”'],
  ['甲。', '2 bad-character: 式子里有不认识的符号“。”'],
];

test.each(faults)('%j is refused', (text, fault) => {
  const { syntax, faults: found } = parse(text);
  expect(syntax).toBeUndefined();
  expect(found).toEqual([fault]);
});

test('every node knows where it stands', () => {
  const text = '  (甲 ≥ 1年) 且 非 乙 有 丙、丁 之一 ';
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      if ('start' in node && 'end' in node) found.push(text.slice(Number(node.start), Number(node.end)));
      Object.values(node).forEach(visit);
    }
  };
  visit(parse(text).syntax);
  expect(found).toEqual(['(甲 ≥ 1年) 且 非 乙 有 丙、丁 之一', '(甲 ≥ 1年)', '甲', '1年', '非 乙 有 丙、丁 之一', '乙 有 丙、丁 之一', '乙', '丙', '丁']);
});

const canonical: readonly (readonly [text: string, written: string])[] = [
  ['((甲))且((非(乙)))', '甲 且 非 乙'],
  ['甲>=0015.50万元', '甲 ≥ 15.5万元'],
  ['甲 ≥ 1.0年', '甲 ≥ 1年'],
  ['甲≥2021年9月1日', '甲 ≥ 2021-09-01'],
  ['(甲 且 乙) 或 丙', '甲 且 乙 或 丙'],
  ['(甲 或 乙) 且 丙', '(甲 或 乙) 且 丙'],
  ['甲+(乙+丙)', '甲 + (乙 + 丙)'],
  ['(甲+乙)+丙', '甲 + 乙 + 丙'],
  ['甲 有 “乙”、"985" 之一', '甲 有 乙、985 之一'],
  ['甲 属于 “且”、“乙 丙”', '甲 属于 “且”、“乙 丙”'],
  // Beside = a word without quotes could be a fact or a definition, so the quotes stay.
  ['甲 = "学历"', '甲 = “学历”'],
  ["甲 = '乙”丙'", '甲 = "乙”丙"'],
  ["甲 = '乙”丙\"丁'", "甲 = '乙”丙\"丁'"],
  ['取小（甲，乙）', '取小(甲, 乙)'],
];

test.each(canonical)('%s is written %s', (text, written) => {
  const { syntax } = parse(text);
  expect(syntax === undefined ? undefined : formatExpression(syntax)).toBe(written);
});

// Random trees, as the parser could make them.
const at = { start: 0, end: 0 };
const nameChars = Array.from('甲乙丙丁制有且非至AΩé𠮷_');
const name = fc
  .tuple(fc.constantFrom(...nameChars), fc.array(fc.constantFrom(...nameChars, '1', '9', '.', '·'), { maxLength: 4 }))
  .map(([first, rest]) => first + rest.join(''))
  .filter((text) => !keywords.has(text));
const nameNode = name.map((text): Syntax => ({ node: 'name', name: text, ...at }));
const numberNode = fc
  .tuple(fc.nat(100_000), fc.constantFrom('', '.5', '.25', '.000001'), fc.constantFrom('', '元', '万元', '亿元', '%', '年', '月', '日'))
  .map(([whole, part, unit]): Syntax => ({ node: 'number', digits: `${whole}${part}`, unit, ...at }));
const dateNode = fc
  .tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
  .map(([year, month, day]): Syntax => ({ node: 'date', text: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`, ...at }));
const quotedNode = fc
  .array(fc.constantFrom('甲', '“', '”', '"', "'", ' ', '＂', '，', 'Ａ', '且', '1', '😀'), { maxLength: 6 })
  .map((chars) => chars.join(''))
  .filter((text) => !/”/.test(text) || !/["＂]/.test(text) || !/'/.test(text))
  .map((text): Syntax => ({ node: 'quoted', text, ...at }));

function trees(hasQuotes: boolean): fc.Arbitrary<Syntax> {
  const isBareWord = (node: Syntax): boolean => node.node === 'quoted' && /^([\p{L}_][\p{L}\p{Nd}_]*|[1-9]\d*)$/u.test(node.text) && !keywords.has(node.text);
  const leaves = [nameNode, nameNode, numberNode, dateNode, fc.constant<Syntax>({ node: 'today', ...at }), ...(hasQuotes ? [quotedNode] : [])];
  return fc.letrec<{ tree: Syntax; leaf: Syntax; member: Syntax }>((tie) => ({
    leaf: fc.oneof(...leaves),
    member: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('tree')).filter((node) => !isBareWord(node)),
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      tie('tree').map((item): Syntax => ({ node: 'not', item, ...at })),
      fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { minLength: 2, maxLength: 3 })).map(([node, items]): Syntax => ({ node, items, ...at })),
      fc
        .tuple(tie('tree'), fc.array(fc.record({ relation: fc.constantFrom('=', '≠', '<', '≤', '>', '≥'), right: tie('tree') }), { minLength: 1, maxLength: 2 }))
        .map(([first, rest]): Syntax => ({ node: 'compare', first, rest, ...at })),
      fc
        .tuple(fc.constantFrom('has' as const, 'among' as const), tie('tree'), fc.array(tie('member'), { minLength: 1, maxLength: 3 }))
        .map(([node, left, values]): Syntax => ({ node, left, values, ...at })),
      fc.tuple(tie('tree'), tie('member')).map(([left, place]): Syntax => ({ node: 'within', left, place, ...at })),
      fc.tuple(tie('tree'), tie('tree')).map(([from, to]): Syntax => ({ node: 'elapsed', from, to, ...at })),
      fc.tuple(fc.constantFrom('add' as const, 'subtract' as const, 'times' as const), tie('tree'), tie('tree')).map(([node, left, right]): Syntax => ({ node, left, right, ...at })),
      fc
        .tuple(fc.constantFrom('取小' as const, '取大' as const, '超出' as const), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
        .map(([call, items]): Syntax => ({ node: 'call', name: call, items, ...at })),
    ),
  })).tree;
}

test('what was written from a tree reads as the same tree, and is written the same again', () => {
  fc.assert(
    fc.property(trees(true), (tree) => {
      const text = formatExpression(tree);
      const { syntax, faults: found } = parse(text);
      expect(found).toEqual([]);
      expect(bare(syntax)).toEqual(bare(tree));
      expect(syntax === undefined ? '' : formatExpression(syntax)).toBe(text);
    }),
    { numRuns: 1500, seed: 7 },
  );
});

const otherSpellings: Readonly<Record<string, readonly string[]>> = {
  '≥': ['>=', '≧', '＞＝'], '≤': ['<=', '≦', '＜＝'], '≠': ['!=', '<>', '！＝'], '=': ['==', '＝'], '×': ['*', '＊'], ',': ['，'], '-': ['－', '−'], ' ': ['\u3000', '  ', '\t', '\n'],
};

test('full-width, half-width and other spellings of an expression read alike', () => {
  fc.assert(
    fc.property(trees(false), fc.infiniteStream(fc.nat(9)), (tree, chance) => {
      const text = formatExpression(tree);
      const spelled = Array.from(text, (char) => {
        const roll = chance.next().value ?? 0;
        const others = otherSpellings[char];
        if (others !== undefined && roll < 5) return others[roll % others.length] ?? char;
        return /[!-~]/.test(char) && roll < 5 ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char;
      });
      expect(bare(parse(spelled.join('')).syntax)).toEqual(bare(tree));
    }),
    { numRuns: 500, seed: 11 },
  );
});

const pieces = [
  ...Array.from('甲乙且或非有至()（）,，、+-×*=<>≥≤≠“”"\'0123456789.%年月日元 　_·\n😀𠮷；。!&\\{}\u0000\ud83d'),
  '位于', '属于', '之一', '基准日', '取小', '取大', '超出', '万元', '亿元', '个月', '2021-09-01', '2021年9月1日', '985', '>=', '<>',
];

test('whatever the characters, reading ends, throws nothing, and gives a tree or tells of one fault inside the text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      const diagnostics = new Diagnostics();
      const syntax = parseExpression({ text, place: (index) => ({ file: 'a', line: 1, column: index }) }, diagnostics);
      expect(diagnostics.list).toHaveLength(syntax === undefined ? 1 : 0);
      for (const { place } of diagnostics.list) expect(place.column >= 0 && place.column <= text.length).toBe(true);
      const written = syntax === undefined ? '甲' : formatExpression(syntax);
      const again = parse(written).syntax;
      expect(again === undefined ? undefined : formatExpression(again)).toBe(written);
    }),
    { numRuns: 3000, seed: 13 },
  );
});

const large: readonly (readonly [what: string, text: string, code: string | undefined])[] = [
  ['a long name', '甲'.repeat(100_000), undefined],
  ['a long number', '1'.repeat(100_000), undefined],
  ['blanks', ' '.repeat(100_000), 'bad-expression'],
  ['numbers and blanks', `1${' '.repeat(200)}`.repeat(500), 'bad-expression'],
  ['a long conjunction', Array.from({ length: 20_000 }, () => '甲').join(' 且 '), undefined],
  ['a long chain', Array.from({ length: 20_000 }, () => '甲').join(' ≤ '), undefined],
  ['a long list of values', `甲 属于 ${Array.from({ length: 20_000 }, () => '乙').join('、')}`, undefined],
  ['a long sum', Array.from({ length: 20_000 }, () => '1元').join(' + '), 'expression-too-deep'],
  ['a long product', Array.from({ length: 20_000 }, () => '2').join(' × '), 'expression-too-deep'],
  ['open quotes', '“'.repeat(100_000), 'bad-character'],
  ['quotes', '“”'.repeat(50_000), 'bad-expression'],
  ['signs', '<>'.repeat(50_000), 'bad-expression'],
  ['open brackets', '('.repeat(100_000), 'expression-too-deep'],
  ['10,000 nested brackets', `${'('.repeat(10_000)}甲${')'.repeat(10_000)}`, 'expression-too-deep'],
  ['10,000 nested calls', `${'取小('.repeat(10_000)}甲${')'.repeat(10_000)}`, 'expression-too-deep'],
  ['10,000 negations', `${'非 '.repeat(10_000)}甲`, 'expression-too-deep'],
  ['brackets and signs mixed', `${'(1 + '.repeat(10_000)}甲`, 'expression-too-deep'],
];

test.each(large)('100 kB of %s are read or refused at once', (_, text, code) => {
  const started = process.cpuUsage();
  const { faults: found } = parse(text);
  // Of the processor's time: what else the machine does is not counted.
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  expect(found.map((fault) => fault.split(' ')[1]?.replace(':', ''))).toEqual(code === undefined ? [] : [code]);
});

test('60 brackets and 100 signs are not too many, one more is', () => {
  const nested = (depth: number): string => `${'('.repeat(depth)}甲${')'.repeat(depth)}`;
  const sum = (signs: number): string => `甲${' + 1元'.repeat(signs)}`;
  expect([nested(60), sum(100)].map((text) => parse(text).faults)).toEqual([[], []]);
  expect([nested(61), sum(101)].map((text) => parse(text).faults.length)).toEqual([1, 1]);
});
