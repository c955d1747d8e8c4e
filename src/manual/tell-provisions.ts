// Tells what a document provides besides benefits: goals with their numbers, duties with their days.

import { formatDate, tellDate } from '../policy/index.ts';
import type { Duty, Frequency, Goal, Target } from '../policy/model.ts';
import type { Block, Line } from './model.ts';
import type { PolicyScene } from './source.ts';
import { join, line, link, tellName, tellNamed } from './words.ts';

const frequencies: Readonly<Record<Frequency, readonly [zh: string, en: string]>> = {
  yearly: ['每年', 'a year'],
  'every-two-years': ['每两年', 'every two years'],
  'every-three-years': ['每三年', 'every three years'],
  continuous: ['持续', 'all the time'],
  once: ['一次', 'once'],
};

const dutyFrequencies: Readonly<Record<Frequency, readonly [zh: string, en: string]>> = { ...frequencies, yearly: ['每年', 'Every year'], 'every-two-years': ['每两年', 'Every two years'], 'every-three-years': ['每三年', 'Every three years'], continuous: ['持续', 'All the time'], once: ['一次', 'Once'] };

/** A number with separators, as the document has it. */
function tellNumber(number: number): string {
  const [whole = '', rest] = String(number).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest === undefined ? '' : `.${rest}`}`;
}

/** A number of a goal: 每年约 2,000 人. */
function tellTarget({ target, unit, every, isAbout, isLeast }: Target, { say, language }: PolicyScene): string {
  if (target === undefined) return say('没有定数', 'no figure set');
  const number = `${tellNumber(target)} ${unit[language]}`;
  const bounded = isAbout ? say(`约 ${number}`, `about ${number}`) : isLeast ? say(`${number}以上`, `at least ${number}`) : number;
  const often = every === undefined ? undefined : frequencies[every];
  return often === undefined ? bounded : say(`${often[0]}${/^\d/.test(bounded) ? ' ' : ''}${bounded}`, `${bounded} ${often[1]}`);
}

/** When a number counts: its years, its deadline. */
function tellYears({ from, to, by }: Target, { say, language }: PolicyScene): string {
  if (by !== undefined) return say(`${tellDate(formatDate(by), 'zh')}前`, `by ${tellDate(formatDate(by), language)}`);
  if (from !== undefined && to !== undefined) return from === to ? say(`${from}年`, `${from}`) : say(`${from}年至 ${to}年`, `${from} to ${to}`);
  if (from !== undefined) return say(`${from}年起`, `from ${from}`);
  return to === undefined ? '' : say(`到 ${to}年`, `to ${to}`);
}

/** Where a number starts from, and what is reported as reached. */
function tellBase({ base, baseYear, target, isAbout, isLeast, reached, reachedYear, unit }: Target, { say, language }: PolicyScene): string {
  // "About" and "at least" belong to the target; of a number without one they belong to what is reported.
  const bound = target !== undefined ? '' : isAbout ? say('约 ', 'about ') : isLeast ? say('至少 ', 'at least ') : '';
  const told = (number: number, year: number | undefined): string => `${tellNumber(number)} ${unit[language]}${year === undefined ? '' : say(`（${year}年）`, ` (${year})`)}`;
  return [
    ...(base === undefined ? [] : [`${say('从 ', 'from ')}${told(base, baseYear)}${say('起', '')}`]),
    ...(reached === undefined ? [] : [`${bound === '' ? say('已到 ', 'reached: ') : say('已到', 'reached: ')}${bound}${told(reached, reachedYear)}`]),
  ].join(say('，', ', '));
}

/** When a duty falls due. */
function tellDue({ frequency, day, due }: Duty, { say, language }: PolicyScene): string {
  if (due !== undefined) return say(`${tellDate(formatDate(due), 'zh')}前`, `By ${tellDate(formatDate(due), language)}`);
  const often = dutyFrequencies[frequency][language === 'zh' ? 0 : 1];
  if (day === undefined) return often;
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  return say(`${often} ${day.month}月${day.day}日`, `${often}, ${day.day} ${months[day.month - 1] ?? ''}`);
}

/** Departments: the lead, then those who support. */
export function tellDepartments(lead: string | undefined, support: readonly string[], { city, language }: PolicyScene): Line {
  const others = tellNamed(support, city, language);
  return [...(lead === undefined ? [] : [{ text: tellName(lead, city, language) }]), ...(others.length === 0 ? [] : [{ text: `${language === 'zh' ? '；配合：' : '; with '}${join(others, language)}`, tone: 'soft' } as const])];
}

/** A clause's number as a link. */
export function clausePiece(id: string, { city, addresses }: PolicyScene): Line {
  return [link(id, addresses.clause(city.id, id))];
}

/** The table of goals: a row for each number. */
export function goalTable(goals: readonly Goal[], scene: PolicyScene): Block {
  const { say, language } = scene;
  return withoutEmptyColumns({
    kind: 'table',
    caption: say('目标和指标', 'Goals and their numbers'),
    head: [say('目标', 'Goal'), say('指标', 'Number'), say('要达到', 'To be reached'), say('期限和基数', 'When, and from where'), say('牵头', 'Lead'), say('条款', 'Clause')],
    rows: goals.flatMap((goal) =>
      goal.targets.map((target, index): readonly Line[] => [
        // The title stands strong once, and quietly beside its further numbers.
        line(goal.title[language], index === 0 ? 'strong' : 'soft'),
        line(target.title[language]),
        line(tellTarget(target, scene)),
        line([tellYears(target, scene), tellBase(target, scene)].filter((part) => part !== '').join(say('；', '; '))),
        tellDepartments(target.lead ?? goal.lead, [], scene),
        clausePiece(target.clause ?? goal.clause, scene),
      ]),
    ),
    figures: [],
  });
}

/** The table of duties. */
export function dutyTable(duties: readonly Duty[], scene: PolicyScene): Block {
  const { say, language } = scene;
  return withoutEmptyColumns({
    kind: 'table',
    caption: say('各部门的职责', 'Duties of the departments'),
    head: [say('职责', 'Duty'), say('什么时候', 'When'), say('指标', 'Number'), say('牵头', 'Lead'), say('条款', 'Clause')],
    rows: duties.map((duty): readonly Line[] => [
      [{ text: duty.title[language], tone: 'strong' }, ...(duty.whom === undefined ? [] : [{ text: say(`　对象：${duty.whom.zh}`, `  for: ${duty.whom.en}`), tone: 'soft' } as const])],
      line(tellDue(duty, scene)),
      line(duty.targets.map((target) => `${target.title[language]}${say('：', ': ')}${tellTarget(target, scene)}`).join(say('；', '; '))),
      tellDepartments(duty.lead, duty.support, scene),
      clausePiece(duty.clause, scene),
    ]),
    figures: [],
  });
}

/** A table without the columns in which nothing stands. */
function withoutEmptyColumns(table: Block & { kind: 'table' }): Block {
  const isFull = table.head.map((_, column) => table.rows.some((row) => (row[column] ?? []).some(({ text }) => text !== '')));
  return { ...table, head: table.head.filter((_, column) => isFull[column]), rows: table.rows.map((row) => row.filter((_, column) => isFull[column])) };
}
