// Writes a pack's file in its canonical form: keys in order, expressions in their one spelling, two spaces a step.
// Comments and blank lines stay; formatting what was formatted changes nothing.

import { isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import { Diagnostics, type Diagnostic } from './diagnostics.ts';
import { formatExpression } from './format-expression.ts';
import { parseExpression } from './parse-expression.ts';
import { readYaml } from './yaml-source.ts';

/** Keys in the order in which a file states them; keys not listed keep their order behind these. */
const fileOrder: readonly string[] = [
  '名称', '英文', '种类', '对象', '条款', '牵头', '配合',
  '条件', '金额', '期限', '支付', '资金', '名额', '评定', '材料', '解读', '备注', '英文备注', '用例',
];

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
  if (isMap(document.contents) && document.contents.items.some((pair) => keyOf(pair) === '条件')) sortKeys(document.contents.items);
  visit(document.contents, '', file);
  const text = document.toString({ indent: 2, lineWidth: 0, flowCollectionPadding: true, indentSeq: true, singleQuote: true });
  return { text: text.endsWith('\n') ? text : `${text}\n` };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/** Puts the keys of a benefit in order; a comment before a key moves with it. */
function sortKeys(items: Pair[]): void {
  const rank = (pair: Pair): number => {
    const at = fileOrder.indexOf(keyOf(pair));
    return at < 0 ? fileOrder.length : at;
  };
  const sorted = items.map((pair, index) => ({ pair, index })).sort((a, b) => rank(a.pair) - rank(b.pair) || a.index - b.index);
  items.splice(0, items.length, ...sorted.map(({ pair }) => pair));
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
  if (canonical === text) return;
  scalar.value = canonical;
  scalar.type = 'PLAIN';
}
