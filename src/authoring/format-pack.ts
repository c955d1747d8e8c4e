// Writes a pack's file in its canonical form: keys in order, expressions in their one spelling, two spaces a step.
// Comments and blank lines stay; formatting what was formatted changes nothing.

import { type Document, isMap, isScalar, isSeq, type Pair, type Scalar, type ScalarTag, visit as walk } from 'yaml';
import { Diagnostics, type Diagnostic } from './diagnostics.ts';
import { formatExpression } from './format-expression.ts';
import { parseExpression } from './parse-expression.ts';
import { provisionSorts } from './read-provisions.ts';
import { readYaml } from './yaml-source.ts';

/** Keys in the order in which a benefit's file states them; keys not listed keep their order behind these. */
const benefitOrder: readonly string[] = [
  '名称', '英文', '种类', '对象', '条款', '又见', '施行', '截止', '牵头', '配合',
  '条件', '金额', '合计上限', '期限', '支付', '资金', '名额', '评定', '办理', '事项', '材料', '解读', '备注', '英文备注', '用例',
];

/** The same for what a file of provisions holds, and for the items of its lists. */
const provisionOrder: readonly string[] = [
  '名称', '英文', '条款', '又见', '牵头', '配合', '待遇', '说明', '英文说明', '频次', '日期', '期限', '对象', '英文对象', '指标', '步骤', '监督', '英文监督',
];
const itemOrders: ReadonlyMap<string, readonly string[]> = new Map([
  ['指标', ['名称', '英文', '目标', '单位', '英文单位', '每', '从', '到', '期限', '约', '至少', '基数', '基数年', '现值', '现值年', '条款', '牵头']],
  ['步骤', ['名称', '英文', '类型', '由', '会同', '工作日', '条款', '说明', '英文说明']],
]);
const serviceOrder: readonly string[] = ['基本编码', '实施编码', '法定时限', '承诺时限', '跑动次数', '收费', '英文收费'];
/** The same for each clause of a policy's directory. */
const clauseOrder: readonly string[] = ['题', '英文', '说明', '英文说明'];
const provisionFile = new RegExp(`(^|/)(${provisionSorts.join('|')})\\.yaml$`);

/** Keys whose text is an expression. */
const expressionKeys = new Set(['要求', '不', '当', '得', '其余', '值', '每月', '每年', '至多', '至少', '从', '到', '份额', '取值', '金额', '期限', '间隔']);
/** Keys whose list holds expressions. */
const expressionLists = new Set(['全部', '任一']);

/** The canonical text of a pack's file, or why it cannot be formatted; a file with faults is never rewritten. */
export function formatPack(file: string, source: string): { readonly text: string } | { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics = new Diagnostics();
  const yaml = readYaml(file, source, diagnostics);
  if (yaml === undefined) return { diagnostics: diagnostics.list };
  const { document } = yaml;
  // A file without content has nothing to put in order.
  if (document.contents === null || yaml.isNothing(yaml.root)) return { text: source };
  if (provisionFile.test(file)) sortProvisions(document.contents);
  else {
    if (isMap(document.contents) && document.contents.items.some((pair) => keyOf(pair) === '条件')) sortBenefit(document.contents.items);
    else if (/(^|\/)policy\.yaml$/.test(file)) sortClauses(document.contents);
    visit(document.contents, '', file);
  }
  keepScalars(document);
  const text = document.toString({ indent: 2, lineWidth: 0, flowCollectionPadding: true, indentSeq: true, singleQuote: true });
  return { text: text.endsWith('\n') ? text : `${text}\n` };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function sortBenefit(items: Pair[]): void {
  sortKeys(items, benefitOrder);
  for (const { value } of items.filter((pair) => keyOf(pair) === '事项')) if (isMap(value)) sortKeys(value.items, serviceOrder);
}

/** Puts the keys of every clause of the directory in order. */
function sortClauses(contents: unknown): void {
  const directory = isMap(contents) ? contents.items.find((pair) => keyOf(pair) === '条款')?.value : undefined;
  if (!isMap(directory)) return;
  for (const { value } of directory.items) if (isMap(value)) sortKeys(value.items, clauseOrder);
}

/** Puts the keys of every provision, target and step in order; such files hold no expressions. */
function sortProvisions(contents: unknown): void {
  if (!isMap(contents)) return;
  for (const { value } of contents.items) {
    if (!isMap(value)) continue;
    sortKeys(value.items, provisionOrder);
    for (const pair of value.items) {
      const order = itemOrders.get(keyOf(pair));
      if (order === undefined || !isSeq(pair.value)) continue;
      for (const item of pair.value.items) if (isMap(item)) sortKeys(item.items, order);
    }
  }
}

/** Puts the keys of a map in order; a comment before a key moves with it. */
function sortKeys(items: Pair[], order: readonly string[]): void {
  const rank = (pair: Pair): number => {
    const at = order.indexOf(keyOf(pair));
    return at < 0 ? order.length : at;
  };
  const sorted = items.map((pair, index) => ({ pair, index })).sort((a, b) => rank(a.pair) - rank(b.pair) || a.index - b.index);
  items.splice(0, items.length, ...sorted.map(({ pair }) => pair));
}

/** What a scalar that is no text was written as: 0.40, 0123 and 1e3 stay as they are. */
class Verbatim {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

/** Gives every quoted text single quotes, and leaves everything that is no text in the words of its author. */
function keepScalars(document: Document.Parsed): void {
  walk(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string') {
        if (scalar.type === 'QUOTE_DOUBLE' && !scalar.value.includes('\n')) scalar.type = 'QUOTE_SINGLE';
      } else if (scalar.source !== undefined && scalar.source !== '') scalar.value = new Verbatim(scalar.source);
    },
  });
  const verbatim: ScalarTag = {
    tag: 'tag:yaml.org,2002:str',
    default: true,
    identify: (value) => value instanceof Verbatim,
    resolve: (text) => text,
    stringify: ({ value }) => (value instanceof Verbatim ? value.source : ''),
  };
  document.schema.tags = [verbatim, ...document.schema.tags];
}

/** Walks the tree; `key` is the key that the node stands under. */
function visit(node: unknown, key: string, file: string): void {
  if (isMap(node)) {
    const isReading = node.items.some((pair) => keyOf(pair) === '按解读');
    for (const pair of node.items) {
      const name = keyOf(pair);
      // Cases hold facts and expected amounts, not rules.
      if (name === '用例') continue;
      const isBranch = isReading && !['按解读', '说明', '英文', '条款'].includes(name);
      if (isScalar(pair.value) && (expressionKeys.has(name) || isBranch || key === '定义')) respell(pair.value, file);
      else visit(pair.value, name, file);
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      if (isScalar(item) && expressionLists.has(key)) respell(item, file);
      else visit(item, key, file);
    }
  }
}

/** Gives a scalar the canonical spelling of its expression; what does not parse is left for the checker to tell of. */
function respell(scalar: Scalar, file: string): void {
  const text = typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? '');
  const syntax = text === '' ? undefined : parseExpression({ text, place: () => ({ file, line: 1, column: 1 }) }, new Diagnostics());
  if (syntax === undefined) return;
  const canonical = formatExpression(syntax);
  // A number such as 0.40 stays a number.
  if (typeof scalar.value === 'string') scalar.value = canonical;
  else scalar.source = canonical;
  scalar.type = 'PLAIN';
}
