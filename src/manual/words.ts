// Small words that every part of the manual needs: kinds, subjects, spans, lists, amounts and dates in both languages.

import { type Amount, type Benefit, type CityEntry, type DateNumber, formatDate, type Policy, type SubjectKind, tellAmount, tellDate, tellParameter } from '../policy/index.ts';
import type { StepKind } from '../policy/model.ts';
import type { Language } from './addresses.ts';
import type { Line, Piece } from './model.ts';

type Pair = readonly [zh: string, en: string];

const at = (pair: Pair, language: Language): string => pair[language === 'zh' ? 0 : 1];

const kinds: Readonly<Record<Benefit['kind'], Pair>> = { grant: ['补助', 'Grant'], loan: ['贷款', 'Loan'], right: ['权益', 'Right'], award: ['评选', 'Award'], recruitment: ['招录', 'Recruitment'] };
const subjects: Readonly<Record<SubjectKind, Pair>> = { person: ['个人', 'People'], organisation: ['单位', 'Organisations'], project: ['项目', 'Projects'], team: ['团队', 'Teams'] };
const stepKinds: Readonly<Record<StepKind, Pair>> = {
  application: ['申报', 'Application'],
  report: ['报备', 'Report'],
  acceptance: ['受理', 'Acceptance'],
  'first-review': ['初审', 'First review'],
  'second-review': ['复审', 'Second review'],
  appraisal: ['评审', 'Appraisal'],
  inspection: ['考察', 'Inspection'],
  medical: ['体检', 'Medical'],
  decision: ['审定', 'Decision'],
  publication: ['公示', 'Publication'],
  signing: ['签约', 'Signing'],
  payment: ['发放', 'Payment'],
  verification: ['核查', 'Verification'],
  assessment: ['考核', 'Assessment'],
  other: ['其他', 'Other'],
};
const actors: Readonly<Record<string, string>> = { 申请人: 'The applicant', 用人单位: 'The employer', 推荐单位: 'The recommending body', 专家组: 'A panel of experts' };

export const tellKind = (kind: Benefit['kind'], language: Language): string => at(kinds[kind], language);
export const tellSubject = (subject: SubjectKind, language: Language): string => at(subjects[subject], language);
export const tellStepKind = (kind: StepKind, language: Language): string => at(stepKinds[kind], language);

/** A department, fund or actor in the language; that nobody is named where only words stand in its place. */
export function tellName(name: string, { names, unnamed }: Pick<CityEntry, 'names' | 'unnamed'>, language: Language): string {
  if (unnamed.includes(name)) return language === 'zh' ? '还没有写由谁负责' : 'Nobody is named yet';
  return language === 'zh' ? name : capital(names[name] ?? actors[name] ?? name);
}

/** Those of some departments or actors that are really named; in the language. */
export function tellNamed(names: readonly string[], city: Pick<CityEntry, 'names' | 'unnamed'>, language: Language): readonly string[] {
  return names.filter((name) => !city.unnamed.includes(name)).map((name) => tellName(name, city, language));
}

/** A list of names: 甲、乙, or A, B. */
export function join(parts: readonly string[], language: Language): string {
  return parts.join(language === 'zh' ? '、' : ', ');
}

/** A span of months: 5 年, 18 个月. */
export function tellMonths(months: number, language: Language): string {
  const years = months / 12;
  if (!Number.isInteger(years)) return language === 'zh' ? `${months} 个月` : months === 1 ? '1 month' : `${months} months`;
  return language === 'zh' ? `${years} 年` : years === 1 ? '1 year' : `${years} years`;
}

/** Working days: 5 个工作日. */
export function tellWorkingDays(days: number, language: Language): string {
  return language === 'zh' ? `${days} 个工作日` : days === 1 ? '1 working day' : `${days} working days`;
}

/** A calendar number as people write it. */
export function tellDay(date: DateNumber, language: Language): string {
  return tellDate(formatDate(date), language);
}

/** What facts and parameters of a policy are called. */
export function namesOf(policy: Policy, facts: readonly { readonly name: string; readonly en: string }[], language: Language): (name: string) => string {
  const parameters = new Map(policy.parameters.map((parameter) => [parameter.name, tellParameter(parameter, language)]));
  const own = new Map(facts.map(({ name, en }) => [name, language === 'zh' ? name.replace('用人单位.', '用人单位的') : en]));
  return (name) => own.get(name) ?? parameters.get(name) ?? name;
}

/** From when until when: the last day is said, or that the document names none. */
export function tellValidity(from: DateNumber, to: DateNumber | undefined, language: Language): string {
  if (language === 'zh') return to === undefined ? `${tellDay(from, 'zh')}起，没有写截止日` : `${tellDay(from, 'zh')}至 ${tellDay(to, 'zh')}`;
  return to === undefined ? `From ${tellDay(from, 'en')}; no last day is named` : `${tellDay(from, 'en')} to ${tellDay(to, 'en')}`;
}

/** An amount in words, never empty; what is not money is said by its kind. */
export function tellWorth(amount: Amount, kind: Benefit['kind'], language: Language, nameOf: (name: string) => string): string {
  if (amount.kind !== 'none') {
    const told = tellAmount(amount, language, nameOf);
    return language === 'en' ? capital(told) : told;
  }
  const instead: Readonly<Record<Benefit['kind'], Pair>> = {
    grant: ['不发钱', 'No money is paid'],
    loan: ['贷款支持', 'Support for a loan'],
    right: ['权益，不发钱', 'A right, not money'],
    award: ['荣誉，不发钱', 'A title, not money'],
    recruitment: ['工作岗位', 'A post'],
  };
  return at(instead[kind], language);
}

/** Whether an amount names money, or a share of it. */
export function isMoney({ kind }: Amount): boolean {
  return kind !== 'none' && kind !== 'unstated';
}

/** With a capital first letter, as an English sentence begins. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A line of one run. */
export function line(text: string, tone?: Piece['tone']): Line {
  return [tone === undefined ? { text } : { text, tone }];
}

/** A run that leads somewhere. */
export function link(text: string, href: string): Piece {
  return { text, href };
}

/** The text of a line. */
export function plain(parts: Line): string {
  return parts.map(({ text }) => text).join('');
}
