// How amounts read on the finance pages: separators always, fen only where a column has any, 万元 in headlines.
import { useContext } from 'preact/hooks';
import { formatYuan, tellDate } from '../../../src/policy/index.ts';
import { useMoneyWords } from '../money-words.ts';
import { OfficeLanguageContext } from '../office-words.ts';

/** What the ledger counts in. */
export type Unit = 'fen' | 'post' | 'room-night';

/** The figures of an amount, without its unit; `withFen` keeps both decimals, so that a column lines up. */
export function tellFigure(unit: Unit, amount: number, withFen = false): string {
  const sign = amount < 0 ? '−' : '';
  const size = Math.abs(amount);
  if (unit !== 'fen') return `${sign}${size.toLocaleString('en')}`;
  const told = formatYuan(size);
  return `${sign}${withFen && !told.includes('.') ? `${told}.00` : told}`;
}

/** Whether any of these is no whole yuan. */
export function haveFen(unit: Unit, amounts: readonly number[]): boolean {
  return unit === 'fen' && amounts.some((amount) => amount % 100 !== 0);
}

/** What somebody wrote as an amount, in whole units (money in fen); undefined where it is none. */
export function readAmount(unit: Unit, text: string): number | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').replaceAll(/[,，\s]/g, ''));
  if (match === null) return undefined;
  const [, whole = '', rest = ''] = match;
  if (unit !== 'fen') return rest === '' ? Number(whole) : undefined;
  return Number(whole) * 100 + Number(rest.padEnd(2, '0'));
}

/** A part of a whole as people say it: 0% only where it is nothing. */
export function tellPercent(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0%';
  const percent = (part / whole) * 100;
  return percent < 1 ? '<1%' : `${Math.round(percent)}%`;
}

/** The day it is in the city, now or at an instant. */
export function cityDay(instant?: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(instant === undefined ? new Date() : new Date(instant));
}

/** The year it is in the city. */
export function cityYear(): number {
  return Number(cityDay().slice(0, 4));
}

/** What tells sums and days in the reader's language. */
export function useTellMoney() {
  const words = useMoneyWords();
  const language = useContext(OfficeLanguageContext);
  return {
    /** An amount with its unit: 24,000 元. */
    sum: (amount: number, unit: Unit = 'fen'): string => words.with(tellFigure(unit, amount), words.units[unit]),
    /** For headlines: money of ten thousand yuan and more in 万元, to two decimals. */
    headline: (amount: number, unit: Unit): string => {
      if (unit !== 'fen' || Math.abs(amount) < 1_000_000 || language === 'en') return words.with(tellFigure(unit, amount), words.units[unit]);
      return words.wan((amount / 1_000_000).toLocaleString('en', { maximumFractionDigits: 2 }).replace('-', '−'));
    },
    day: (day: string): string => tellDate(day, language),
  };
}
