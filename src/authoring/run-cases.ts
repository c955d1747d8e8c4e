// Runs the cases that stand beside the rules through the reference interpreter, and says which fail and how.

import { bind, type Subject } from '../policy/bind.ts';
import { addMonths, formatDate, parseDate } from '../policy/calendar.ts';
import { amountUnder, interpret, makeScene, type Setting, type Verdict } from '../policy/interpret.ts';
import type { Benefit, PlainAmountRule, Policy, Vocabulary } from '../policy/model.ts';
import { formatYuan } from '../policy/money.ts';
import { tellProblem } from '../policy/problems.ts';
import { openReference } from '../policy/reference.ts';
import type { Diagnostics } from './diagnostics.ts';
import { literalsOf } from './generate-javascript.ts';
import type { CaseSource, ExpectedAmount } from './read-cases.ts';
import type { PolicySource } from './read-policy.ts';
import type { Workspace } from './workspace.ts';

/** A case made ready: its subject bound and its setting known. */
export interface ReadyCase {
  readonly policy: Policy;
  readonly benefit: Benefit;
  readonly source: CaseSource;
  readonly subject: Subject;
  readonly setting: Setting;
}

/** The numbers of the texts that a policy's rules compare with, counted from 1. */
function numberLiterals(policy: Policy): ReadonlyMap<string, number> {
  return new Map(literalsOf(policy).map((text, index) => [text, index + 1]));
}

/** Binds every case of a policy; cases whose facts are not valid are reported and left out. */
export function prepareCases(source: PolicySource, workspace: Workspace, diagnostics: Diagnostics): ReadyCase[] {
  const { policy } = source;
  const reference = openReference(workspace.reference);
  const literals = numberLiterals(policy);
  return source.benefits.flatMap(({ benefit, cases }) =>
    cases.flatMap((item): ReadyCase[] => {
      const date = parseDate(item.date) ?? 0;
      const bound = bind({ id: item.name, subject: benefit.subject, facts: item.facts }, { vocabularies: workspace.vocabularies, reference, literals, date });
      if ('problems' in bound) {
        const tell = (language: 'zh' | 'en'): string => bound.problems.map((problem) => tellProblem(problem, language)).join('；');
        diagnostics.add('bad-case', item.place, { name: item.name, why: tell('zh'), whyEn: tell('en') });
        return [];
      }
      return [{ policy, benefit, source: item, subject: bound.subject, setting: settingOf(policy, item, date) }];
    }),
  );
}

function settingOf(policy: Policy, item: CaseSource, date: number): Setting {
  return {
    date,
    parameters: new Map(policy.parameters.map(({ name, value }) => [name, Object.hasOwn(item.parameters, name) ? (item.parameters[name] ?? value) : value])),
    readings: new Map(
      policy.readings.map(({ name, alternatives, inForce }) => {
        const chosen = Object.hasOwn(item.readings, name) ? alternatives.findIndex((alternative) => alternative.name === item.readings[name]) : -1;
        return [name, chosen < 0 ? inForce : chosen];
      }),
    ),
  };
}

/** Runs all cases of a policy and reports those that fail. @returns how many ran. */
export function runCases(source: PolicySource, workspace: Workspace, diagnostics: Diagnostics): number {
  const literals = numberLiterals(source.policy);
  const ready = prepareCases(source, workspace, diagnostics);
  for (const item of ready) {
    const vocabulary = workspace.vocabularies[item.benefit.subject];
    const verdict = interpret(item.benefit, makeScene(item.policy, vocabulary, item.subject, item.setting, literals));
    compare(item, verdict, vocabulary, diagnostics);
  }
  return ready.length;
}

const statusWords = { yes: '可享', no: '不可享', unknown: '缺信息', review: '待评审' } as const;

function compare(item: ReadyCase, verdict: Verdict, vocabulary: Vocabulary, diagnostics: Diagnostics): void {
  const { source } = item;
  const fail = (what: string, whatEn: string, expected: string, found: string): void =>
    diagnostics.add('case-failed', source.place, { name: source.name, what, whatEn, expected, found });
  if (verdict.status !== source.status) {
    const missing = verdict.missing.map((slot) => vocabulary.facts[slot]?.name ?? '').join('、');
    fail('结果', 'the outcome', statusWords[source.status], statusWords[verdict.status] + (missing === '' ? '' : `（缺 ${missing}）`));
    return;
  }
  if (source.missing !== undefined) {
    const names = verdict.missing.map((slot) => vocabulary.facts[slot]?.name ?? '');
    const [expected, found] = [[...source.missing].sort().join('、'), [...names].sort().join('、')];
    if (expected !== found) fail('缺的事实', 'the missing facts', expected || '无', found || '无');
  }
  if (source.amount !== undefined) {
    const [expected, found] = [tellAmount(source.amount), tellAmount(amountOf(item, verdict))];
    if (expected !== found) fail('金额', 'the amount', expected, found);
  }
  if (source.due !== undefined) {
    const start = item.benefit.schedule === undefined ? -1 : (item.subject.slots[item.benefit.schedule.start] ?? -1);
    const found = start < 0 ? [] : Array.from({ length: item.benefit.schedule?.count ?? 0 }, (_, k) => formatDate(addMonths(start, (item.benefit.schedule?.months ?? 0) * (k + 1))));
    if (found.join() !== source.due.join()) fail('发放日', 'the dates of payment', source.due.join('、'), found.join('、') || '无');
  }
}

/** What an amount came out as, in the form that cases expect it in. */
function amountOf({ benefit, setting }: ReadyCase, { amount }: Verdict): ExpectedAmount {
  const { kind } = amountUnder<PlainAmountRule>(benefit.amount, setting);
  if (kind === 'none' || kind === 'unstated') return { kind };
  if (kind === 'share') return { kind: 'unstated' };
  if (kind === 'upTo' || (amount.low !== amount.high && amount.parameters.size > 0)) return { kind: 'upTo', fen: amount.high };
  if (kind === 'atLeast') return { kind: 'atLeast', fen: amount.low };
  return amount.low === amount.high && kind === 'exact' ? { kind: 'exact', fen: amount.low } : { kind: 'range', low: amount.low, high: amount.high };
}

function tellAmount(amount: ExpectedAmount): string {
  const yuan = (fen: number): string => (fen === Infinity ? '不限' : `${formatYuan(fen)} 元`);
  switch (amount.kind) {
    case 'exact':
      return yuan(amount.fen);
    case 'range':
      return `${yuan(amount.low)}到 ${yuan(amount.high)}`;
    case 'upTo':
      return `最多 ${yuan(amount.fen)}`;
    case 'atLeast':
      return `至少 ${yuan(amount.fen)}`;
    case 'none':
      return '无';
    case 'unstated':
      return '未列';
  }
}

