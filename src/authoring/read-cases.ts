// Reads the cases that stand beside a rule: facts of somebody, and what the answer must be.

import type { SubjectKind, Vocabulary } from '../policy/model.ts';
import type { Status } from '../policy/interpret.ts';
import { nearest } from '../policy/problems.ts';
import type { Diagnostics, Place } from './diagnostics.ts';
import { Fields } from './fields.ts';
import { lex } from './lexer.ts';
import type { Reader } from './read-condition.ts';
import type { Part } from './yaml-source.ts';

/** What a case expects of the amount, in fen. */
export type ExpectedAmount =
  | { readonly kind: 'exact'; readonly fen: number }
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'upTo' | 'atLeast'; readonly fen: number }
  | { readonly kind: 'none' | 'unstated' };

/** One case beside a rule. */
export interface CaseSource {
  readonly name: string;
  readonly subject: SubjectKind;
  readonly place: Place;
  readonly date: string;
  /** Facts in the form of the contract. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Parameters set for this case, encoded. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Readings chosen for this case: name and alternative. */
  readonly readings: Readonly<Record<string, string>>;
  readonly status: Status;
  readonly amount?: ExpectedAmount;
  /** Names of the missing facts, where the case says. */
  readonly missing?: readonly string[];
  /** Dates of the instalments, where the case says. */
  readonly due?: readonly string[];
}

const statuses: Readonly<Record<string, Status>> = { 可享: 'yes', 不可享: 'no', 缺信息: 'unknown', 待评审: 'review' };

/** A kind of subject that a case may be about, and what reads its parameters and facts. */
export interface CaseReader {
  readonly subject: SubjectKind;
  readonly reader: Reader;
}

/** The words for kinds of subject. */
export const subjects: Readonly<Record<string, SubjectKind>> = { 个人: 'person', 单位: 'organisation', 项目: 'project', 团队: 'team' };

/** Reads 用例; a case that does not say which subject it is about is about the first. Facts may be written as people do: 是 and 否, codes without quotes. */
export function readCases(fields: Fields, readers: readonly CaseReader[], readParameter: (name: string, at: Part, reader: Reader) => number | undefined): CaseSource[] {
  const { yaml, diagnostics } = fields;
  const [first] = readers;
  if (first === undefined) return [];
  const words = Object.fromEntries(Object.entries(subjects).filter(([, subject]) => readers.some((each) => each.subject === subject)));
  return fields.list('用例').flatMap((part) => {
    const inner = new Fields(yaml, part, '用例', ['名称', '对象', '基准日', '事实', '参数', '解读', '应为', '金额', '缺', '发放日'], diagnostics);
    const name = inner.text('名称', true);
    const subject = inner.choice('对象', words) ?? first.subject;
    const { reader } = readers.find((each) => each.subject === subject) ?? first;
    const { readings } = reader;
    const status = inner.choice('应为', statuses, true);
    const factsPart = inner.part('事实');
    const date = inner.spot('基准日')?.text ?? '2026-06-30';
    inner.date('基准日');
    const amount = readExpectedAmount(inner, diagnostics);
    const texts = (key: string): Record<string, string> => Object.fromEntries(inner.named(key).map((entry) => [entry.name, yaml.spot(entry.value)?.text ?? '']));
    const chosen = texts('解读');
    for (const { name: reading, at, value } of inner.named('解读')) {
      const known = readings.get(reading);
      const alternative = chosen[reading] ?? '';
      if (known === undefined) diagnostics.add('unknown-fact', at, { name: reading, near: nearest(reading, readings.keys()) ?? '' });
      else if (!known.includes(alternative)) diagnostics.add('unknown-choice', value.place, { key: reading, found: alternative, known: known.join('、') });
    }
    if (name === undefined || status === undefined) return [];
    return [
      {
        name,
        subject,
        place: part.place,
        date,
        facts: factsPart === undefined ? {} : plainFacts(yaml.plain(factsPart), '', reader.scope.vocabulary),
        parameters: Object.fromEntries(inner.named('参数').flatMap((entry) => {
          const set = readParameter(entry.name, entry.value, reader);
          return set === undefined ? [] : [[entry.name, set] as const];
        })),
        readings: chosen,
        status,
        ...(amount === undefined ? {} : { amount }),
        ...(inner.has('缺') ? { missing: inner.texts('缺').map(({ text }) => text) } : {}),
        ...(inner.has('发放日') ? { due: inner.texts('发放日').map(({ text }) => text) } : {}),
      },
    ];
  });
}

/** The contract's form of facts written in YAML: numbers that are codes or values become text, 是 and 否 become flags. */
function plainFacts(given: unknown, prefix: string, vocabulary: Vocabulary): Record<string, unknown> {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).map(([name, value]: [string, unknown]) => {
      const fact = vocabulary.facts.find((item) => item.name === prefix + name);
      if (fact === undefined && typeof value === 'object' && value !== null && !Array.isArray(value)) return [name, plainFacts(value, `${name}.`, vocabulary)];
      if (fact?.type === 'flag') return [name, value === '是' ? true : value === '否' ? false : value];
      const isWord = fact !== undefined && ['place', 'places', 'kinds', 'kind', 'level', 'text', 'date'].includes(fact.type);
      const word = (item: unknown): unknown => (isWord && typeof item === 'number' ? String(item) : item);
      return [name, Array.isArray(value) ? value.map(word) : word(value)];
    }),
  );
}

function readExpectedAmount(fields: Fields, diagnostics: Diagnostics): ExpectedAmount | undefined {
  const part = fields.part('金额');
  if (part === undefined) return undefined;
  const word = fields.yaml.spot(part)?.text;
  if (word === '无') return { kind: 'none' };
  if (word === '未列') return { kind: 'unstated' };
  if (word !== undefined) {
    const fen = fenAt(fields.yaml.spot(part)?.text, part, diagnostics);
    return fen === undefined ? undefined : { kind: 'exact', fen };
  }
  const inner = new Fields(fields.yaml, part, '金额', ['从', '到', '至多', '至少'], diagnostics);
  const under = (key: string): number | undefined => {
    const target = inner.part(key);
    return target === undefined ? undefined : fenAt(inner.yaml.spot(target)?.text, target, diagnostics);
  };
  const [most, least, low, high] = [under('至多'), under('至少'), under('从'), under('到')];
  if (most !== undefined) return { kind: 'upTo', fen: most };
  if (least !== undefined) return { kind: 'atLeast', fen: least };
  return low === undefined || high === undefined ? undefined : { kind: 'range', low, high };
}

/** An amount such as 12万元 or 1000.50元, in fen. */
function fenAt(text: string | undefined, part: Part, diagnostics: Diagnostics): number | undefined {
  const [token, end] = lex(text ?? '');
  const scale = token?.unit === '亿元' ? 10_000_000_000 : token?.unit === '万元' ? 1_000_000 : token?.unit === '元' ? 100 : undefined;
  const fen = scale === undefined || end?.kind !== 'end' ? Number.NaN : Math.round(Number(token?.text) * scale);
  if (Number.isSafeInteger(fen)) return fen;
  diagnostics.add('wrong-shape', part.place, { key: '金额', expected: '金额，例如 120000元', expectedEn: 'an amount such as 120000元' });
  return undefined;
}
