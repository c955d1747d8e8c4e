// The open readings as a table, in words, as JSON, NDJSON or CSV; with what each alternative changes where people were counted.

import type { Language } from '../../policy/problems.ts';
import type { Messages } from '../messages.ts';
import type { OpenReading } from '../open-readings.ts';
import { type AlternativeEffect, type ChangeCounts, changeSorts, type ReadingTally, type SumChange } from '../reading-tally.ts';
import { layRow, shareWidth, wrap } from './columns.ts';
import { row } from './csv.ts';
import { formatSum, plainSum, sumsToJson } from './sums.ts';

/** What a report is made of. */
export interface ReadingsReport {
  readonly city: string;
  readonly cityTitle: string;
  readonly date: string;
  readonly readings: readonly OpenReading[];
  /** Absent where nobody was counted. */
  readonly tally?: ReadingTally;
  readonly say: Messages;
  readonly language: Language;
  readonly width: number | undefined;
  /** The title of a benefit by `policy/benefit`. */
  readonly titleOf: (id: string) => string;
}

export const reportFormats = ['table', 'words', 'json', 'ndjson', 'csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export function tellReadings(report: ReadingsReport, format: ReportFormat): string {
  switch (format) {
    case 'table':
      return tellTable(report);
    case 'words':
      return tellWords(report);
    case 'json':
      return `${sumsToJson({ city: report.city, date: report.date, ...totalsOf(report), readings: report.readings.map((reading) => asData(reading, report)) }, 2)}\n`;
    case 'ndjson':
      return report.readings.map((reading) => `${sumsToJson({ date: report.date, ...totalsOf(report), ...asData(reading, report) })}\n`).join('');
    case 'csv':
      return tellCsv(report);
  }
}

function totalsOf({ tally }: ReadingsReport): object {
  return tally === undefined ? {} : { subjects: tally.subjects, ...tally.totals() };
}

/** A reading for other programs, in both languages; money is in fen. */
function asData(reading: OpenReading, { tally }: ReadingsReport): object {
  const alternatives = reading.alternatives.map((alternative, index) => {
    const effect = tally === undefined || alternative.isInForce ? undefined : tally.effectOf(reading.policy, reading.reading, index);
    return effect === undefined ? alternative : { ...alternative, effect: { ...effect, benefits: [...effect.benefits].map(([benefit, counts]) => ({ benefit, ...counts })) } };
  });
  return { ...reading, alternatives };
}

/** The heading, and in one sentence who was counted. */
function headOf({ cityTitle, date, readings, tally, say }: ReadingsReport): string[] {
  const title = say.readingsTitle(cityTitle, date, readings.length);
  if (tally === undefined) return [title];
  if (tally.subjects === 0) return [title, say.readingsNobodyRead()];
  const totals = tally.totals();
  return [title, say.readingsCounted(tally.subjects, isPeople(tally), formatSum(totals.planFen), formatSum(totals.mostFen))];
}

function isPeople({ subjects, people }: ReadingTally): boolean {
  return subjects === people;
}

function clauseOf({ clause, clauseTitle }: OpenReading, language: Language): string {
  return `${clause} ${clauseTitle?.[language] ?? ''}`.trimEnd();
}

/** The clause, below the policy's name where there are several. */
function placeOf(reading: OpenReading, { readings, language }: ReadingsReport): string[] {
  const isAlone = readings.every(({ policy }) => policy === reading.policy);
  return [...(isAlone ? [] : [reading.policyTitle[language]]), clauseOf(reading, language)];
}

function tellTable(report: ReadingsReport): string {
  const { readings, tally, say, language, width } = report;
  const isCounted = tally !== undefined && tally.subjects > 0;
  const widths = shareWidth(width, isCounted ? [5, 5, 5, 5] : [5, 6, 4, 5]);
  const rule = widths.map((each) => '-'.repeat(each)).join('  ');
  const rows = readings.flatMap((reading): string[] => {
    const { alternatives, benefits, question } = reading;
    const name = [language === 'zh' ? `${reading.reading}：${question.zh}` : `${reading.reading}: ${question.en}`];
    if (!isCounted) {
      const resting = benefits.length === 0 ? [say.readingsNothingRests()] : benefits.map(({ title }) => `· ${title[language]}`);
      const told = alternatives.map((each) => tellAlternative(each, say, language));
      return [...layRow([name, told, placeOf(reading, report), resting], widths), rule];
    }
    const others = alternatives.flatMap((each, index) => (each.isInForce ? [] : [{ each, effect: tally.effectOf(reading.policy, reading.reading, index) }]));
    const current = alternatives.filter(({ isInForce }) => isInForce).map((each) => tellAlternative(each, say, language));
    const lines = others.flatMap(({ each, effect }, at) => {
      const first = at === 0 ? [...name, ...placeOf(reading, report), ...current] : [];
      return layRow([first, [tellAlternative(each, say, language)], tellWho(effect, tally, report), tellMoney(effect, say)], widths);
    });
    return [...lines, rule];
  });
  const header = isCounted ? say.readingsHeaderCounted : say.readingsHeader;
  return `${[...headOf(report), '', ...(readings.length === 0 ? [] : [...layRow(header.map((text) => [text]), widths), rule, ...rows])].join('\n').trimEnd()}\n`;
}

function tellAlternative({ name, words, isInForce }: OpenReading['alternatives'][number], say: Messages, language: Language): string {
  const told = say.readingAlternative(name, words[language]);
  return isInForce ? `● ${told}${say.readingInForce()}` : `○ ${told}`;
}

/** Who is touched: how many, what happens to them, and the same for each benefit. */
function tellWho(effect: AlternativeEffect, tally: ReadingTally, { say, titleOf }: ReadingsReport): string[] {
  const isOfPeople = isPeople(tally);
  if (effect.subjects === 0) return [say.readingChangesNobody(isOfPeople)];
  const benefits = [...effect.benefits].map(([id, counts]) => `· ${say.readingBenefit(titleOf(id), tellCounts(counts, say))}`);
  return [say.readingChanges(effect.subjects, tally.subjects, isOfPeople), ...(benefits.length > 0 ? benefits : [`· ${say.readingOnlyTogether()}`])];
}

function tellCounts(counts: ChangeCounts, say: Messages): string {
  return changeSorts
    .filter((sort) => counts[sort] > 0)
    .map((sort) => say.readingCount(say.changeSort[sort], counts[sort]))
    .join(say.listSeparator);
}

function tellMoney({ plan, most, subjects }: AlternativeEffect, say: Messages): string[] {
  if (subjects === 0) return [];
  const tell = (label: string, { beforeFen, afterFen, differenceFen }: SumChange): string[] =>
    differenceFen === 0n ? [] : [say.readingMoney(label, differenceFen > 0n, formatSum(differenceFen > 0n ? differenceFen : -differenceFen), formatSum(beforeFen), formatSum(afterFen))];
  const told = [...tell(say.readingCertain(), plan), ...tell(say.readingAtMost(), most)];
  return told.length === 0 ? [say.readingSameMoney()] : told;
}

function tellWords(report: ReadingsReport): string {
  const { readings, tally, say, language, width } = report;
  const columns = Math.min(120, Math.max(60, width ?? 96));
  const indent = (text: string, by: number): string[] => wrap(text, columns - by).map((line, index) => ' '.repeat(index === 0 || by === 0 ? by : by + 2) + line);
  const parts = readings.map((reading): string[] => {
    const { alternatives, benefits } = reading;
    const told = alternatives.flatMap((each, index) => {
      const effect = tally === undefined || tally.subjects === 0 || each.isInForce ? undefined : tally.effectOf(reading.policy, reading.reading, index);
      const lines = effect === undefined || tally === undefined ? [] : [...tellWho(effect, tally, report), ...tellMoney(effect, say)];
      return [...indent(tellAlternative(each, say, language), 2), ...lines.flatMap((text) => indent(text, 6))];
    });
    const resting = benefits.length === 0 ? say.readingsNothingRests() : say.readingRests(benefits.map(({ title }) => title[language]));
    return [`${reading.reading} · ${reading.policyTitle[language]} ${clauseOf(reading, language)}`, ...indent(reading.question[language], 2), ...told, ...indent(resting, 2)];
  });
  return `${[headOf(report), ...parts].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function tellCsv(report: ReadingsReport): string {
  const { readings, tally, say, language, titleOf } = report;
  const header = tally === undefined ? say.readingsCsvHeader : [...say.readingsCsvHeader, ...say.readingsCsvCounted];
  const rows = readings.flatMap((reading) =>
    reading.alternatives.map(({ name, words, isInForce }, index) => {
      const titles = reading.benefits.map(({ title }) => title[language]).join(say.listSeparator);
      const own = [reading.policy, reading.reading, reading.question[language], reading.clause, reading.clauseTitle?.[language] ?? '', titles, name, words[language], say.yesNo(isInForce)];
      if (tally === undefined) return row(own);
      const { subjects, plan, most, benefits, ...counts } = tally.effectOf(reading.policy, reading.reading, index);
      const changed = [...benefits].map(([id, each]) => say.readingBenefit(titleOf(id), tellCounts(each, say))).join(say.clauseSeparator);
      const money = [plan, most].flatMap((sum) => [sum.beforeFen, sum.afterFen, sum.differenceFen].map(plainSum));
      return row([...own, String(tally.subjects), String(subjects), ...changeSorts.map((sort) => String(counts[sort])), ...money, changed]);
    }),
  );
  return `\uFEFF${row(header)}${rows.join('')}`;
}
