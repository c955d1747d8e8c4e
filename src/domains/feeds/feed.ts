// What a feed, a delivery and a delivered row are.
import type { Purpose } from '../../contract/purposes.ts';
import type { ErrorDetail } from '../../contract/errors.ts';

/** Whom a feed speaks of. */
export type FeedSubject = 'person' | 'organisation';

/** One date for a whole delivery, or one in each row. */
export type AsOfRule = 'delivery' | 'row';

/** What has been agreed with a department. */
export interface FeedTerms {
  readonly name: string;
  readonly purpose: Purpose;
  readonly legalBasis: string;
  readonly subjectKind: FeedSubject;
  /** Names of the vocabulary. */
  readonly facts: readonly string[];
  readonly asOfRule: AsOfRule;
  readonly everyDays: number | null;
  readonly keepUnknownDays: number;
  readonly contact: string | null;
  readonly status: 'active' | 'stopped';
}

/** A feed as stored. */
export interface Feed extends FeedTerms {
  readonly feedId: string;
  readonly departmentId: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  /** The latest day that a finished delivery speaks of, `YYYY-MM-DD`. */
  readonly lastAsOf: string | null;
  readonly lastEndedAt: Date | null;
}

export type DeliveryFormat = 'json' | 'ndjson' | 'csv' | 'xlsx';

/** What became of a delivery's rows. What still waits is the total less the sum of accepted, unchanged, unknown, invalid, matchedLater and expired. */
export interface DeliveryCounts {
  readonly total: number;
  readonly accepted: number;
  readonly unchanged: number;
  readonly unknown: number;
  readonly invalid: number;
  readonly matchedLater: number;
  readonly expired: number;
  /** Single values, not rows. */
  readonly disagreeing: number;
}

/** A delivery as stored. */
export interface Delivery extends DeliveryCounts {
  readonly deliveryId: string;
  readonly feedId: string;
  readonly senderNumber: string;
  readonly asOf: string | null;
  readonly format: DeliveryFormat;
  readonly status: 'waiting' | 'done';
  readonly receivedAt: Date;
  readonly endedAt: Date | null;
}

/** A row as it was delivered, before anything in it was checked. */
export interface DeliveredRow {
  /** As the sender counts: the row of a sheet, the line of NDJSON, the place in a JSON list; from 1. */
  readonly number: number;
  /** Identity number or credit code as written. */
  readonly key?: string;
  /** Checked against the registry where it is given. */
  readonly name?: string;
  readonly asOf?: string;
  readonly validFrom?: string;
  readonly validTo?: string;
  /** By names of the vocabulary; of sheets the text of the cells. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Values are the text of cells and have still to be read. */
  readonly isText?: true;
  /** Of cells that show another number than they hold, what they show (`12.5万元`, `80%`): what counts something goes by it. */
  readonly shown?: Readonly<Record<string, string>>;
  /** What was wrong already when it was read from its file. */
  readonly fault?: RowFault;
}

/** Why a row was not taken. */
export interface RowFault {
  readonly code: RowFaultCode;
  /** The column or field. */
  readonly field?: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** For facts: in the words of the vocabulary's own check. */
  readonly words?: { readonly zh: string; readonly en: string };
}

/** Reasons, in the order in which a row is looked at. */
export const rowFaults = {
  'line-unreadable': { zh: '这一行不是完整的 JSON 对象，或者字段的形式不对。', en: 'This line is not a JSON object of the expected form.' },
  'key-missing': { zh: '没有写是谁：缺{field}。', en: 'It does not say whom it is about: {field} is missing.' },
  'key-is-formula': { zh: '{field}是公式算出来的，请改成值。', en: '{field} is the result of a formula; make it a value.' },
  'key-lost-digits': { zh: '{field}被表格软件当成了数字，后几位已经丢了。请把这一列设成文本再填。', en: 'The spreadsheet took {field} for a number and lost its last digits. Format the column as text and fill it in again.' },
  'key-invalid': { zh: '{field}不对。', en: '{field} is not valid.' },
  'as-of-missing': { zh: '没有写截至日期。', en: 'The as-of date is missing.' },
  'as-of-invalid': { zh: '截至日期应当写成 2026-06-30 这样。', en: 'An as-of date is written like 2026-06-30.' },
  'as-of-later': { zh: '截至日期还没有到。', en: 'The as-of date has not come yet.' },
  'validity-invalid': { zh: '有效期应当写成 2026-06-30 这样，起不晚于止。', en: 'Dates of validity are written like 2026-06-30, the first not after the last.' },
  'no-facts': { zh: '这一行没有写任何事实。', en: 'This row states no fact.' },
  'fact-not-agreed': { zh: '约定里没有这个事实。', en: 'This fact was not agreed.' },
  'fact-invalid': { zh: '这个值不对。', en: 'This value is not valid.' },
  'name-differs': { zh: '号码和姓名（名称）对不上，请核对是不是同一个。', en: 'Number and name do not belong together; check whether it is the same one.' },
  'row-contradicts': { zh: '和同一批里前面的一行说的不一样。一个人同一个截至日期只能有一个值。', en: 'An earlier row of this delivery says something else. There is one value for one as-of date.' },
  unknown: { zh: '还没有登记这个人或单位。登记以后会自动补上，最晚等到 {until}。', en: 'This person or organisation is not registered yet. Once it is, the row is taken; it is kept until {until}.' },
  expired: { zh: '一直没有登记这个人或单位，已经清除。登记以后请重新报送。', en: 'This person or organisation was never registered and the row was cleared. Deliver it again once it is.' },
  'row-failed': { zh: '这一行登记不进去，请把批次编号和行号告诉管理员。', en: 'This row could not be recorded; tell the administrator the delivery and the row.' },
} as const satisfies Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

export type RowFaultCode = keyof typeof rowFaults;

/** A fault in words. */
export function tellRowFault({ code, field, values, words }: RowFault, language: 'zh' | 'en'): string {
  const text: string = words?.[language] ?? rowFaults[code][language];
  return text.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'field' ? (field ?? '') : String(values?.[name] ?? '')));
}

/** A fault of a fact, from what the vocabulary says. */
export function factFault(detail: ErrorDetail): RowFault {
  return { code: 'fact-invalid', field: detail.field.replace(/^facts\./, ''), words: { zh: detail.zh, en: detail.en } };
}

/** What a row of an unknown party is told as: kept until a day, or cleared. */
export function partyFault(code: 'unknown' | 'expired', until: string | null): RowFault {
  return { code, values: { until: until ?? '' } };
}
