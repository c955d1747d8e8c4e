// Reads the tree of a condition (全部, 任一, 不, 要求, 按解读), choice tables, and values, into the intermediate form.

import type { Condition, Note, Row, Value, ValueType } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import { readExpression, type Scope, type Typed, type TypedValue, typeWords } from './check-expression.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { Fields } from './fields.ts';
import type { Part, YamlFile } from './yaml-source.ts';

/** What reading a condition needs to know. */
export interface Reader {
  readonly yaml: YamlFile;
  readonly scope: Scope;
  readonly diagnostics: Diagnostics;
  /** The clause that a part without its own rests on. */
  readonly clause: string | undefined;
  readonly clauseExists: (clause: string, at: Place) => void;
  readonly readings: ReadonlyMap<string, readonly string[]>;
  /** Where each choice table stands, for what is proved of it later. */
  readonly tables: Map<Value, Place>;
}

/** What stands for a condition that asks nothing: a branch of a reading, or all that a benefit asks. */
const NOTHING_MORE = '不另要求';

const structure = ['全部', '任一', '不', '要求', '按解读'] as const;

/** Reads the condition of a benefit, which may ask nothing that facts can tell. Undefined where nothing sensible is left. */
export function readWholeCondition(part: Part, reader: Reader): Condition | undefined {
  if (!asksNothing(part, reader.yaml)) return readCondition(part, reader);
  const words = { zh: '没有能用事实判断的条件', en: 'no condition that facts can decide' };
  const note: Note = { words, ...(reader.clause === undefined ? {} : { clause: reader.clause }), text: NOTHING_MORE, line: part.place.line };
  return { op: 'always', value: true, note };
}

/** Whether a condition is 不另要求. */
export function asksNothing(part: Part, yaml: YamlFile): boolean {
  return yaml.spot(part)?.text.trim() === NOTHING_MORE;
}

/** Reads a condition. Faults are reported; undefined where nothing sensible is left. */
export function readCondition(part: Part, reader: Reader, needsWords = true): Condition | undefined {
  const { yaml, diagnostics } = reader;
  if (yaml.spot(part) !== undefined) return readLeaf(part, reader, needsWords, undefined, reader.clause);
  const alternatives = yaml.entries(part).find(({ key }) => key === '按解读');
  const readingName = alternatives === undefined ? undefined : yaml.spot(alternatives.value)?.text;
  if (alternatives !== undefined && readingName !== undefined && !reader.readings.has(readingName)) {
    diagnostics.add('unknown-fact', alternatives.value.place, { name: readingName, near: nearest(readingName, reader.readings.keys()) ?? '' });
    return undefined;
  }
  const branches = readingName === undefined ? [] : (reader.readings.get(readingName) ?? []);
  const fields = new Fields(yaml, part, '条件', [...structure, '说明', '英文', '条款', ...branches], diagnostics);
  const used = structure.filter((key) => fields.has(key));
  const [kind] = used;
  if (!yaml.isMap(part)) return undefined;
  if (kind === undefined || used.length > 1) {
    diagnostics.add('wrong-shape', part.place, { key: '条件', expected: `含有 ${structure.join('、')} 其中一个的条目`, expectedEn: `an item with exactly one of ${structure.join(', ')}` });
    return undefined;
  }
  const words = fields.words(false);
  const clause = readClause(fields, reader);
  const inner: Reader = { ...reader, clause };
  const noted = (condition: Condition): Condition => {
    const note: Note = { ...(words === undefined ? {} : { words }), ...(clause === undefined ? {} : { clause }), line: part.place.line };
    return { ...condition, note };
  };
  const target = fields.part(kind, true);
  if (target === undefined) return undefined;
  switch (kind) {
    case '要求':
      return readLeaf(target, reader, needsWords, fields, clause);
    case '不': {
      const item = readCondition(target, inner, needsWords && words === undefined);
      return item === undefined ? undefined : noted({ op: 'not', item });
    }
    case '按解读':
      return readBranches(readingName ?? '', branches, fields, inner, noted, needsWords && words === undefined);
    default: {
      // An empty list would let everybody in, or nobody.
      if (!yaml.isList(target) || yaml.items(target).length === 0) {
        diagnostics.add('wrong-shape', target.place, { key: kind, expected: '一个列表，至少一项，每项以“- ”开头', expectedEn: 'a list of at least one item, each beginning with "- "' });
        return undefined;
      }
      const items = yaml.items(target).flatMap((item) => readCondition(item, inner, needsWords) ?? []);
      return noted({ op: kind === '全部' ? 'all' : 'any', items });
    }
  }
}

/** The clause of a map: its own, checked against the policy's list, else the one it inherits. */
export function readClause(fields: Fields, reader: Pick<Reader, 'clause' | 'clauseExists'>): string | undefined {
  const own = fields.text('条款');
  if (own === undefined) return reader.clause;
  reader.clauseExists(own, fields.valueAt('条款'));
  return own;
}

/** The further clauses under 又见, checked against the policy's list. */
export function readAlso(fields: Fields, clauseExists: Reader['clauseExists']): string[] {
  return fields.texts('又见').map(({ text, place }) => {
    clauseExists(text, place);
    return text;
  });
}

function readLeaf(part: Part, reader: Reader, needsWords: boolean, fields: Fields | undefined, clause: string | undefined): Condition | undefined {
  const { yaml, diagnostics, scope } = reader;
  const spot = yaml.spot(part);
  if (spot === undefined) {
    diagnostics.add('wrong-shape', part.place, { key: '要求', expected: '一个式子，例如 学历 ≥ 本科', expectedEn: 'an expression such as 学历 ≥ 本科' });
    return undefined;
  }
  const typed = readExpression(spot, scope, diagnostics);
  if (typed === undefined) return undefined;
  if (!('condition' in typed)) {
    reportType(diagnostics, spot.place(0), typed.text, typed.type, 'condition');
    return undefined;
  }
  const words = fields?.words(false);
  if (needsWords && words === undefined && fields?.has('说明') !== true && typed.condition.op !== 'defined') diagnostics.add('missing-words', part.place, { key: '说明' });
  if (clause === undefined) diagnostics.add('missing-clause', part.place, { key: typed.text });
  const note: Note = { ...(words === undefined ? {} : { words }), ...(clause === undefined ? {} : { clause }), text: typed.text, line: spot.place(0).line };
  return { ...typed.condition, note };
}

function readBranches(
  name: string,
  alternatives: readonly string[],
  fields: Fields,
  reader: Reader,
  noted: (condition: Condition) => Condition,
  needsWords: boolean,
): Condition | undefined {
  // A reading without alternatives was reported where it stands.
  if (alternatives.length === 0) return undefined;
  const branches = alternatives.map((alternative): Condition => {
    const part = fields.part(alternative, true);
    if (part !== undefined && asksNothing(part, reader.yaml)) return { op: 'always', value: true };
    return (part === undefined ? undefined : readCondition(part, reader, needsWords)) ?? { op: 'always', value: false };
  });
  return noted({ op: 'reading', reading: name, branches });
}

/** Reads a value: an expression, or a map with 表 (a choice table). */
export function readValue(part: Part, reader: Reader): TypedValue | undefined {
  const { yaml, diagnostics, scope } = reader;
  const spot = yaml.spot(part);
  if (spot === undefined) return readTable(part, reader);
  const typed = readExpression(spot, scope, diagnostics);
  if (typed === undefined) return undefined;
  if ('condition' in typed) {
    reportType(diagnostics, spot.place(0), typed.text, 'condition', 'money');
    return undefined;
  }
  return typed;
}

/** Reads a choice table: rows of 当 and 得, at the end perhaps 其余. */
function readTable(part: Part, reader: Reader): TypedValue | undefined {
  const { yaml, diagnostics } = reader;
  const fields = new Fields(yaml, part, '表', ['表', '说明', '英文', '条款'], diagnostics);
  const target = fields.part('表', true);
  if (target === undefined) return undefined;
  const rows: Row[] = [];
  let otherwise: Value | undefined;
  const results: { readonly then: TypedValue; readonly part: Part }[] = [];
  const listed = yaml.items(target);
  if (listed.length === 0) diagnostics.add('wrong-shape', target.place, { key: '表', expected: '一个列表，每行写“当”和“得”', expectedEn: 'a list of rows with 当 and 得' });
  listed.forEach((item, index) => {
    const row = new Fields(yaml, item, '表的一行', ['当', '得', '其余'], diagnostics);
    const isLast = index === listed.length - 1;
    const other = row.part('其余');
    if (other !== undefined && !isLast) diagnostics.add('wrong-shape', other.place, { key: '其余', expected: '表的最后一行', expectedEn: 'the last row of the table' });
    const mixed = other === undefined ? undefined : ['当', '得'].find((key) => row.has(key));
    if (mixed !== undefined) diagnostics.add('wrong-shape', row.at(mixed), { key: '其余', expected: '单独一行，不带“当”和“得”', expectedEn: 'a row of its own, without 当 and 得' });
    const result = other ?? row.part('得', true);
    const then = result === undefined ? undefined : readValue(result, reader);
    if (then !== undefined && result !== undefined) {
      results.push({ then, part: result });
    }
    if (other !== undefined) {
      if (then !== undefined) otherwise = then.value;
      return;
    }
    const when = row.part('当', true);
    const condition = when === undefined ? undefined : readCondition(when, { ...reader, clause: reader.clause ?? '' }, false);
    if (condition !== undefined && then !== undefined) rows.push({ when: condition, then: then.value });
  });
  // A bare number is a slip beside amounts, wherever in the table it stands.
  const model = results.find(({ then }) => then.type !== 'number') ?? results[0];
  if (model === undefined) return undefined;
  const { type, domain } = model.then;
  for (const { then, part: at } of results) {
    if (then.type !== type) reportType(diagnostics, at.place, yaml.spot(at)?.text ?? '表', then.type, type);
  }
  // A date that no row gives would be no date at all, so a table of dates says what else holds.
  if (type === 'date' && otherwise === undefined) diagnostics.add('missing-key', target.place, { key: '其余' });
  const value: Value = { op: 'choose', rows, ...(otherwise === undefined ? {} : { otherwise }) };
  reader.tables.set(value, target.place);
  return { value, type, ...(domain === undefined ? {} : { domain }) };
}

/** Reports that something has another type than is needed. */
export function reportType(diagnostics: Diagnostics, at: Place, text: string, found: ValueType | 'condition', expected: ValueType | 'condition'): void {
  diagnostics.add('wrong-type', at, { text, found: typeWords(found)[0], foundEn: typeWords(found)[1], expected: typeWords(expected)[0], expectedEn: typeWords(expected)[1] });
}

/** Whether something typed is a condition. */
export function isCondition(typed: Typed): typed is { readonly condition: Condition } {
  return 'condition' in typed;
}
