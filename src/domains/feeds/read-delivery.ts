// Reads what a department delivers, sheets and NDJSON alike, into rows; what is wrong with a whole file is refused here, a row's own faults are kept with it.
import type { z } from 'zod';
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { deliveredRowSchema } from '../../contract/feeds-endpoints.ts';
import { type Cell, readDateText, readSheet } from '../../spreadsheet/index.ts';
import type { AsOfRule, DeliveredRow, DeliveryFormat, Feed, FeedSubject } from './feed.ts';

/** The most rows of one delivery. */
export const MOST_ROWS = 200_000;

/** The column that says whom a row is about, and other spellings of it. */
const keyHeadings: Readonly<Record<FeedSubject, readonly string[]>> = {
  person: ['证件号码', '身份证号', '身份证号码', '公民身份号码', '居民身份证号码'],
  organisation: ['统一社会信用代码', '社会信用代码', '信用代码'],
};
const nameHeadings: Readonly<Record<FeedSubject, readonly string[]>> = {
  person: ['姓名', '名字'],
  organisation: ['单位名称', '名称', '企业名称'],
};
const asOfHeadings = ['截至日期', '数据日期'];
const fromHeadings = ['有效期起', '起始有效期'];
const toHeadings = ['有效期止', '有效期至', '截止有效期'];

/** The heading under which a feed's rows say whom they are about. */
export function keyHeadingOf(subject: FeedSubject): string {
  return keyHeadings[subject][0] ?? '';
}

/** A row of JSON as it is kept. */
export function rowFromJson(row: z.output<typeof deliveredRowSchema>, number: number): DeliveredRow {
  const { key, name, asOf, validFrom, validTo, facts } = row;
  return {
    number,
    key,
    ...(name === undefined ? {} : { name }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(validFrom === undefined || validFrom === null ? {} : { validFrom }),
    ...(validTo === undefined || validTo === null ? {} : { validTo }),
    // A fact that is null is not stated.
    facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)),
  };
}

/** Rows of a file, in batches. */
export interface ReadDelivery {
  readonly format: DeliveryFormat;
  rows(): AsyncGenerator<readonly DeliveredRow[], void, undefined>;
}

/**
 * Opens a delivered file: xlsx and CSV by what they are, NDJSON by its content type.
 * @throws Refusal sheet-… for what is no sheet, feed-columns-unknown, feed-column-missing, feed-facts-not-agreed for its heading, body-malformed for NDJSON that is not UTF-8
 */
export async function readDelivery(bytes: Buffer, contentType: string | undefined, fileName: string, feed: Feed): Promise<ReadDelivery> {
  if (/^application\/(x-)?(ndjson|jsonl)\b/i.test(contentType ?? '')) return { format: 'ndjson', rows: () => readLines(bytes) };
  return readTable(bytes, fileName, feed);
}

async function readTable(bytes: Buffer, fileName: string, feed: Feed): Promise<ReadDelivery> {
  const { subjectKind } = feed;
  const all = [...keyHeadings[subjectKind], ...nameHeadings[subjectKind], ...asOfHeadings, ...fromHeadings, ...toHeadings, ...feed.facts];
  const known = new Set(all);
  const sheet = await readSheet({ fileName, bytes }, { isHeading: (text) => known.has(text), limits: { rows: MOST_ROWS } });
  const refuse = async (refusal: Refusal): Promise<never> => {
    await sheet.close();
    throw refusal;
  };
  const columnOf = (spellings: readonly string[]): number => sheet.headings.findIndex((heading) => spellings.includes(heading));
  const twice = sheet.headings.filter((heading, at) => heading !== '' && sheet.headings.indexOf(heading) !== at);
  const unknown = sheet.headings.filter((heading) => heading !== '' && !known.has(heading));
  if (unknown.length > 0 || twice.length > 0) {
    const details = [...unknown.map((heading) => unknownColumn(heading, feed)), ...twice.map(columnTwice)];
    await refuse(new Refusal('feed-columns-wrong', { count: details.length }, details));
  }
  const key = columnOf(keyHeadings[subjectKind]);
  const asOf = columnOf(asOfHeadings);
  if (key < 0) await refuse(new Refusal('feed-column-missing', { column: keyHeadingOf(subjectKind) }));
  if (asOf < 0 && feed.asOfRule === 'row') await refuse(new Refusal('feed-column-missing', { column: '截至日期' }));
  const columns = { key, asOf, name: columnOf(nameHeadings[subjectKind]), validFrom: columnOf(fromHeadings), validTo: columnOf(toHeadings) };
  const facts = feed.facts.map((fact) => [fact, sheet.headings.indexOf(fact)] as const).filter(([, column]) => column >= 0);
  return {
    format: sheet.format,
    async *rows() {
      for await (const batch of sheet.rows()) yield batch.map(({ number, cells }) => rowFromCells(number, cells, columns, facts, keyHeadingOf(subjectKind)));
    },
  };
}

const MOST_SHOWN = 30;

function unknownColumn(heading: string, feed: Feed): ErrorDetail {
  const shown = heading.slice(0, MOST_SHOWN);
  return {
    field: shown,
    zh: `“${shown}”不在约定里。可以有的列：${[keyHeadingOf(feed.subjectKind), ...feed.facts].join('、')}。`,
    en: `"${shown}" was not agreed. Columns may be: ${[keyHeadingOf(feed.subjectKind), ...feed.facts].join(', ')}.`,
  };
}

function columnTwice(heading: string): ErrorDetail {
  const shown = heading.slice(0, MOST_SHOWN);
  return { field: shown, zh: `“${shown}”出现了两次，请只留一列。`, en: `"${shown}" stands there twice; leave one.` };
}

type Columns = Readonly<Record<'key' | 'asOf' | 'name' | 'validFrom' | 'validTo', number>>;

function rowFromCells(number: number, cells: readonly (Cell | undefined)[], columns: Columns, facts: readonly (readonly [string, number])[], keyHeading: string): DeliveredRow {
  const textAt = (column: number): string | undefined => (column < 0 ? undefined : cells[column]?.text);
  const values: Record<string, string> = {};
  const shown: Record<string, string> = {};
  for (const [fact, column] of facts) {
    const text = textAt(column);
    if (text === undefined || text === '') continue;
    values[fact] = text;
    const other = cells[column]?.shown;
    if (other !== undefined) shown[fact] = other;
  }
  const keyCell = cells[columns.key];
  const given = { key: keyCell?.text, name: textAt(columns.name), asOf: textAt(columns.asOf), validFrom: textAt(columns.validFrom), validTo: textAt(columns.validTo) };
  const row = { number, ...Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined && text !== '')), facts: values, isText: true as const, ...(Object.keys(shown).length === 0 ? {} : { shown }) };
  if (keyCell?.isFormula === true) return { ...row, fault: { code: 'key-is-formula', field: keyHeading } };
  if (keyCell?.lostDigits === true) return { ...row, fault: { code: 'key-lost-digits', field: keyHeading } };
  return row;
}

const LF = 10;
const MOST_LINE_BYTES = 65_536;
const BATCH = 500;

/** The lines of NDJSON; one that cannot be read is a row with a fault, so that the others still count. */
async function* readLines(bytes: Buffer): AsyncGenerator<readonly DeliveredRow[], void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let batch: DeliveredRow[] = [];
  let number = 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LF, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    from = end < 0 ? bytes.length : end + 1;
    number++;
    const row = readLine(line, number, decoder);
    if (row !== undefined) batch.push(row);
    if (batch.length >= BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

function readLine(line: Buffer, number: number, decoder: InstanceType<typeof TextDecoder>): DeliveredRow | undefined {
  const unreadable: DeliveredRow = { number, facts: {}, fault: { code: 'line-unreadable' } };
  if (line.length > MOST_LINE_BYTES) return unreadable;
  let text: string;
  try {
    text = decoder.decode(line).trim();
  } catch {
    throw new Refusal('feed-not-utf8', { line: number });
  }
  if (text === '') return undefined;
  try {
    const read = deliveredRowSchema.safeParse(JSON.parse(text));
    return read.success ? rowFromJson(read.data, number) : unreadable;
  } catch {
    return unreadable;
  }
}

/** The as-of day of a delivery by the feed's rule, `YYYY-MM-DD`. @throws Refusal feed-as-of-missing, feed-as-of-wrong */
export function readDeliveryAsOf(rule: AsOfRule, given: string | undefined, today: string): string | null {
  if (rule === 'row') return null;
  if (given === undefined || given.trim() === '') throw new Refusal('feed-as-of-missing');
  const day = readDateText(given);
  if (day === undefined || day > today) throw new Refusal('feed-as-of-wrong');
  return day;
}
