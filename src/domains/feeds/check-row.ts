// Checks a delivered row by the feed's terms and the vocabulary: what may be recorded, or everything that is wrong with it.
import { readCreditCode, tellCreditCodeReason } from '../../contract/credit-code.ts';
import { identityNumberReasons, readIdentityNumber } from '../../contract/identity-number.ts';
import { readDateText } from '../../spreadsheet/index.ts';
import type { FactBook } from '../registry/index.ts';
import { type DeliveredRow, factFault, type Feed, type RowFault } from './feed.ts';
import { keyHeadingOf } from './read-delivery.ts';
import { isCounted, readFactCell } from './read-fact-cell.ts';

/** A row whose form is right. Dates are `YYYY-MM-DD`. */
export interface CheckedRow {
  readonly number: number;
  /** The canonical identity number or credit code. */
  readonly key: string;
  readonly name: string | undefined;
  readonly asOf: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** Values in the form of the policy contract. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What a check stands on. */
export interface RowCheck {
  readonly feed: Feed;
  readonly factBook: FactBook;
  /** The delivery's day; null where each row has its own. */
  readonly asOf: string | null;
  /** Today in Asia/Shanghai. */
  readonly today: string;
}

/** Checks a row; gives the row to record, or all its faults. */
export function checkRow(row: DeliveredRow, { feed, factBook, asOf: deliveryAsOf, today }: RowCheck): CheckedRow | readonly RowFault[] {
  if (row.fault !== undefined) return [row.fault];
  const faults: RowFault[] = [];
  const key = readKey(row.key, feed, factBook, today);
  if (typeof key !== 'string') faults.push(key);
  const asOf = readAsOf(row.asOf, deliveryAsOf, today);
  if (typeof asOf !== 'string') faults.push(asOf);
  const validFrom = readBound(row.validFrom);
  const validTo = readBound(row.validTo);
  const isReversed = typeof validFrom === 'string' && typeof validTo === 'string' && validFrom > validTo;
  if (validFrom === undefined || validTo === undefined || isReversed) faults.push({ code: 'validity-invalid' });

  const facts: Record<string, unknown> = {};
  for (const [name, written] of Object.entries(row.facts)) {
    const fact = feed.facts.includes(name) ? factBook.fact(feed.subjectKind, name) : undefined;
    if (fact === undefined) faults.push({ code: 'fact-not-agreed', field: name.slice(0, 30) });
    else if (row.isText !== true || typeof written !== 'string') facts[name] = written;
    else {
      const shown = isCounted(fact) ? row.shown?.[name] : undefined;
      const value = readFactCell(shown ?? written, fact);
      if (shown !== undefined && typeof value === 'string') faults.push(shownFault(name, fact.en, shown));
      else facts[name] = value;
    }
  }
  if (Object.keys(row.facts).length === 0) faults.push({ code: 'no-facts' });
  const details = factBook.check({ kind: feed.subjectKind, facts, origin: '共享', asOf: typeof asOf === 'string' ? asOf : today });
  faults.push(...details.map(factFault));
  if (faults.length > 0 || typeof key !== 'string' || typeof asOf !== 'string') return faults;
  return { number: row.number, key, name: row.name, asOf, validFrom: validFrom ?? null, validTo: validTo ?? null, facts };
}

/** Read as the number that is stored it would be off by whatever the format says. */
function shownFault(name: string, en: string, shown: string): RowFault {
  return {
    code: 'fact-invalid',
    field: name,
    words: {
      zh: `“${name}”这一格按它的数字格式显示为 ${shown}，和这一列的单位对不上，没有读。请把格式改成“常规”，再写上数：金额写元，年限写年。`,
      en: `"${en}" is shown as ${shown} by its number format, which does not fit what this column counts in; it was not read. Set the format to General and write the number: amounts in yuan, spans in years.`,
    },
  };
}

function readKey(written: string | undefined, feed: Feed, factBook: FactBook, today: string): string | RowFault {
  const field = keyHeadingOf(feed.subjectKind);
  if (written === undefined || written.trim() === '') return { code: 'key-missing', field };
  if (feed.subjectKind === 'organisation') {
    const code = readCreditCode(written);
    if (code.ok) return code.canonical;
    return { code: 'key-invalid', field, words: { zh: tellCreditCodeReason(code, 'zh'), en: tellCreditCodeReason(code, 'en') } };
  }
  const number = readIdentityNumber(written, { today, knowsDivision: (division) => factBook.knowsDivision(division) });
  if (number.ok) return number.canonical;
  return { code: 'key-invalid', field, words: identityNumberReasons[number.reason] };
}

function readAsOf(written: string | undefined, deliveryAsOf: string | null, today: string): string | RowFault {
  // The delivery's day counts for all its rows, whatever they say.
  if (deliveryAsOf !== null) return deliveryAsOf;
  if (written === undefined) return { code: 'as-of-missing' };
  const day = readDateText(written);
  if (day === undefined) return { code: 'as-of-invalid' };
  return day > today ? { code: 'as-of-later' } : day;
}

/** A bound of validity; null where there is none, undefined where it is no date. */
function readBound(written: string | undefined): string | null | undefined {
  return written === undefined ? null : readDateText(written);
}

/** Whether two names are one, whatever spaces, dots and widths stand between. */
export function isSameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.normalize('NFKC').replace(/[\s·•‧∙．.・]/gu, '').toUpperCase();
  return plain(a) === plain(b);
}
