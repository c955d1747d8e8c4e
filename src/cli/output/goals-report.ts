// Goals, duties and tasks as a table, in words, as JSON, NDJSON or CSV.

import { formatDate } from '../../policy/calendar.ts';
import type { GoalRow } from '../../policy/goal-rows.ts';
import type { Target } from '../../policy/model.ts';
import type { Language } from '../../policy/problems.ts';
import type { Messages } from '../messages.ts';
import { layRow, shareWidth, wrap } from './columns.ts';
import { row } from './csv.ts';
import type { ReportFormat } from './readings-report.ts';

/** What a list of goals is made of. */
export interface GoalsReport {
  readonly city: string;
  readonly cityTitle: string;
  readonly rows: readonly GoalRow[];
  readonly say: Messages;
  readonly language: Language;
  readonly width: number | undefined;
  /** English names of departments by their Chinese names. */
  readonly names: Readonly<Record<string, string>>;
}

export function tellGoals(report: GoalsReport, format: ReportFormat): string {
  switch (format) {
    case 'table':
      return tellTable(report);
    case 'words':
      return tellWords(report);
    case 'json':
      return `${JSON.stringify({ city: report.city, items: report.rows.map(asData) }, undefined, 2)}\n`;
    case 'ndjson':
      return report.rows.map((each) => `${JSON.stringify(asData(each))}\n`).join('');
    case 'csv':
      return tellCsv(report);
  }
}

/** A row for other programs, in both languages; dates are written out. */
function asData({ deadline, target, ...rest }: GoalRow): object {
  const number = target === undefined ? {} : { target: { ...target, ...(target.by === undefined ? {} : { by: formatDate(target.by) }) } };
  return { ...rest, ...number, ...(deadline === undefined ? {} : { deadline: formatDate(deadline) }) };
}

function department(name: string, { language, names }: GoalsReport): string {
  return language === 'zh' ? name : (names[name] ?? name);
}

function titleOf({ title, target }: GoalRow, { say, language }: GoalsReport): string {
  return target === undefined || target.title[language] === title[language] ? title[language] : say.goalTitle(title[language], target.title[language]);
}

/** When it is due: the day, the day of every year, or how often. */
function whenOf({ deadline, day, frequency }: GoalRow, { say }: GoalsReport): string {
  if (deadline !== undefined) return formatDate(deadline);
  if (day !== undefined) return say.goalDay(day.month, day.day);
  return frequency === undefined ? '' : say.frequency[frequency];
}

function numberOf(value: number, { unit }: Target, language: Language): string {
  return `${value.toLocaleString('en-US', { maximumFractionDigits: 10 })} ${unit[language]}`;
}

/** Target, base and what is reached, a line each. */
function figuresOf({ target, reachedThousandths, deadline }: GoalRow, { say, language }: GoalsReport): string[] {
  if (target === undefined) return [];
  const often = target.every === undefined || target.every === 'once' ? '' : say.goalOften(say.frequency[target.every]);
  const span = target.from === undefined ? '' : say.goalSpan(target.from, target.to);
  return [
    ...(target.target === undefined ? [] : [say.goalTarget(numberOf(target.target, target, language), target.isAbout, target.isLeast) + often + (target.from === target.to && deadline !== undefined ? '' : span)]),
    ...(target.base === undefined ? [] : [say.goalBase(numberOf(target.base, target, language), target.baseYear)]),
    ...(target.reached === undefined ? [] : [say.goalReached(numberOf(target.reached, target, language), target.reachedYear, percent(reachedThousandths), boundOfReached(target))]),
  ];
}

/** "About" and "at least" belong to the target; of a number without one they belong to what is reported. */
function boundOfReached({ target, isAbout, isLeast }: Target): 'about' | 'least' | undefined {
  if (target !== undefined) return undefined;
  return isAbout ? 'about' : isLeast ? 'least' : undefined;
}

function percent(thousandths: number | undefined): string | undefined {
  return thousandths === undefined ? undefined : `${thousandths / 10}%`;
}

function headOf({ cityTitle, rows, say }: GoalsReport): string {
  const count = (kind: GoalRow['kind']): number => new Set(rows.filter((each) => each.kind === kind).map(({ policy, item }) => `${policy}/${item}`)).size;
  const numbers = rows.filter(({ target }) => target !== undefined).length;
  return rows.length === 0 ? say.goalsNone(cityTitle) : say.goalsTitle(cityTitle, { goals: count('goal'), duties: count('duty'), tasks: count('task'), numbers });
}

function tellTable(report: GoalsReport): string {
  const { rows, say, language, width } = report;
  const widths = shareWidth(width, [3, 7, 6, 4, 5]);
  const rule = widths.map((each) => '-'.repeat(each)).join('  ');
  const isAlone = rows.every(({ policy }) => policy === rows[0]?.policy);
  const lines = rows.flatMap((each) => {
    const clause = `${each.clause} ${each.clauseTitle?.[language] ?? ''}`.trimEnd();
    const whom = [each.lead, ...each.support].map((name) => department(name, report));
    return [...layRow([[whenOf(each, report)], [titleOf(each, report)], figuresOf(each, report), whom, [...(isAlone ? [] : [each.policyTitle[language]]), clause]], widths), rule];
  });
  return `${[headOf(report), ...(rows.length === 0 ? [] : ['', ...layRow(say.goalsHeader.map((text) => [text]), widths), rule, ...lines])].join('\n')}\n`;
}

function tellWords(report: GoalsReport): string {
  const { rows, say, language, width } = report;
  const columns = Math.min(120, Math.max(60, width ?? 96));
  const parts = rows.map((each) => {
    const when = whenOf(each, report);
    const support = each.support.map((name) => department(name, report));
    const lines = [
      ...figuresOf(each, report),
      ...(when === '' ? [] : [say.goalWhen(when)]),
      ...(each.whom === undefined ? [] : [say.goalWhom(each.whom[language])]),
      say.goalBy(department(each.lead, report), support.join(say.listSeparator)),
      say.goalClause(each.policyTitle[language], `${each.clause} ${each.clauseTitle?.[language] ?? ''}`.trimEnd()),
      each.words[language],
    ];
    return [`${say.goalKind[each.kind]} · ${titleOf(each, report)} [${each.id}]`, ...lines.flatMap((text) => wrap(text, columns - 2).map((line) => `  ${line}`))].join('\n');
  });
  return `${[headOf(report), ...parts].join('\n\n')}\n`;
}

function tellCsv(report: GoalsReport): string {
  const { rows, say, language } = report;
  const year = (value: number | undefined): string => (value === undefined ? '' : String(value));
  const cells = rows.map((each) => {
    const { target } = each;
    const sort = target?.isAbout === true ? say.goalAbout() : target?.isLeast === true ? say.goalLeast() : '';
    return [
      each.id, say.goalKind[each.kind], each.policy, each.title[language], target?.title[language] ?? '',
      year(target?.target), sort, target?.unit[language] ?? '', year(target?.base), year(target?.baseYear), year(target?.reached), year(target?.reachedYear),
      percent(each.reachedThousandths) ?? '', year(target?.from), year(target?.to), each.deadline === undefined ? '' : formatDate(each.deadline),
      each.day === undefined ? '' : say.goalDay(each.day.month, each.day.day), each.frequency === undefined ? '' : say.frequency[each.frequency],
      department(each.lead, report), each.support.map((name) => department(name, report)).join(say.listSeparator),
      each.whom?.[language] ?? '', each.clause, each.clauseTitle?.[language] ?? '', each.words[language],
    ];
  });
  return `\uFEFF${[say.goalsCsvHeader, ...cells].map(row).join('')}`;
}
