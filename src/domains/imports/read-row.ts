// A row of a sheet to what the registry takes in, with every reason why it cannot; looks at nothing but the row.
import { readCreditCode, tellCreditCodeReason } from '../../contract/credit-code.ts';
import type { ErrorDetail } from '../../contract/errors.ts';
import { readIdentityNumber, spellIdentityNumber } from '../../contract/identity-number.ts';
import { halfWidth, readDateText, type SheetRow } from '../../spreadsheet/index.ts';
import type { FactBook, NewOrganisation, NewPerson } from '../registry/index.ts';
import type { ColumnMatch, KnownColumn } from './columns.ts';
import type { ImportKind, RowProblem } from './import.ts';
import type { ValueReader } from './read-value.ts';

/** What reading a row needs to know besides the row. */
export interface RowReading {
  readonly kind: ImportKind;
  readonly match: ColumnMatch;
  readonly factBook: FactBook;
  readonly values: ValueReader;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly jurisdictions: readonly { readonly code: string; readonly name: string }[];
  /** Where a row without a jurisdiction goes. */
  readonly ownJurisdiction: string;
}

/** A row that was read; there may be problems all the same. */
export interface ReadRow {
  readonly number: number;
  readonly problems: readonly RowProblem[];
  /** The identity number or credit code in its one spelling; undefined where it is wrong. */
  readonly subject: string | undefined;
  /** Everything that the row says, column by column: the same text for the same row, wherever its columns stand. */
  readonly content: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly person: NewPerson | undefined;
  readonly organisation: NewOrganisation | undefined;
  /** The row names a jurisdiction itself. */
  readonly moves: boolean;
  readonly employerCode: string | undefined;
  readonly post: string | undefined;
  readonly startedOn: string | undefined;
}

// The sample row of a template, recognised by both its name and its number.
const samples: ReadonlyMap<string, string> = new Map([['110101199003070011', '张三一'], ['91220200MA0000001R', '吉林样例一有限公司']]);

/** Reads a row; undefined for the template's own sample and for a row with nothing in the columns that are known. */
export function readRow(row: SheetRow, reading: RowReading): ReadRow | undefined {
  const cells = cellsOf(row, reading);
  const { texts, problems } = cells;
  if (texts.size === 0 && problems.length === 0) return undefined;
  for (const [at, column] of reading.match.columns.entries()) {
    if (column?.isRequired === true && !texts.has(column.key) && !problems.some((one) => one.column === at)) {
      problems.push({ column: at, zh: `“${column.zh}”要填。`, en: `"${column.en}" is required.` });
    }
  }
  const facts: Record<string, unknown> = {};
  for (const column of reading.match.columns) {
    const text = column?.fact === undefined ? undefined : texts.get(column.key);
    if (column?.fact !== undefined && text !== undefined) facts[column.fact.name] = reading.values.read(text, column.fact);
  }
  const jurisdiction = jurisdictionOf(cells, reading);
  const read = reading.kind === 'people' ? readPerson(cells, reading, jurisdiction.code) : readOrganisation(cells, jurisdiction.code);
  if (read.subject !== undefined && samples.has(read.subject) && samples.get(read.subject) === texts.get('name')) return undefined;
  return {
    number: row.number,
    problems,
    content: contentOf(texts, reading.match),
    facts,
    moves: jurisdiction.isNamed,
    ...read,
  };
}

const orders = new WeakMap<ColumnMatch, readonly string[]>();

/** The texts in the order of their columns' keys, which is the same wherever the columns stand. */
function contentOf(texts: ReadonlyMap<string, string>, match: ColumnMatch): string {
  let order = orders.get(match);
  if (order === undefined) {
    order = match.columns.flatMap((column) => (column === undefined ? [] : [column.key])).sort();
    orders.set(match, order);
  }
  let content = '';
  for (const key of order) {
    const text = texts.get(key);
    // A control character parts them: no cell holds one.
    if (text !== undefined) content += `${key}\u0001${text}\u0002`;
  }
  return content;
}

interface Cells {
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: RowProblem[];
  readonly columnOf: (key: string) => number | null;
}

function cellsOf(row: SheetRow, { match }: RowReading): Cells {
  const texts = new Map<string, string>();
  const problems: RowProblem[] = [];
  for (const [at, column] of match.columns.entries()) {
    const cell = row.cells[at];
    if (column === undefined || cell === undefined || cell.text === '') continue;
    const problem = cellProblem(cell, column);
    if (problem !== undefined) problems.push({ column: at, ...problem });
    else texts.set(column.key, cell.kind === 'truth' ? (cell.text === 'true' ? '是' : '否') : cell.text);
  }
  return { texts, problems, columnOf: (key) => nullIfMissing(match.columns.findIndex((column) => column?.key === key)) };
}

function nullIfMissing(index: number): number | null {
  return index === -1 ? null : index;
}

function cellProblem(cell: NonNullable<SheetRow['cells'][number]>, { zh, en, identifies }: KnownColumn): Omit<RowProblem, 'column'> | undefined {
  if (cell.kind === 'error') return { zh: `“${zh}”这一格是公式的错误值 ${cell.text}，请改成要填的内容。`, en: `"${en}" holds the error ${cell.text} of a formula; write the value itself.` };
  if (identifies && cell.lostDigits === true) {
    return {
      zh: `“${zh}”这一列是数字格式，表格软件只留 15 位，后面几位已经丢了。请把这一列设成“文本”，照证件重新填。`,
      en: `"${en}" is formatted as a number, of which a spreadsheet keeps 15 digits: the last ones are lost. Format the column as text and type it again from the document.`,
    };
  }
  if (identifies && cell.isFormula === true) return { zh: `“${zh}”这一格是公式。这一列要确定是谁，请把它粘贴成值。`, en: `"${en}" is a formula. This column says who is meant: paste it as a value.` };
  return cell.text.length > MOST_CHARACTERS ? { zh: `“${zh}”最多 ${MOST_CHARACTERS} 个字。`, en: `"${en}" has at most ${MOST_CHARACTERS} characters.` } : undefined;
}

const MOST_CHARACTERS = 500;

function jurisdictionOf({ texts, problems, columnOf }: Cells, { jurisdictions, ownJurisdiction }: RowReading): { readonly code: string; readonly isNamed: boolean } {
  const text = texts.get('jurisdiction');
  if (text === undefined) return { code: ownJurisdiction, isNamed: false };
  const code = /^(\d{6})(?:\D|$)/.exec(halfWidth(text))?.[1];
  const found = jurisdictions.filter((one) => one.code === code || one.name === text || one.name.endsWith(text));
  const [only] = found;
  if (only !== undefined && (found.length === 1 || only.code === code)) return { code: only.code, isNamed: true };
  problems.push({
    column: columnOf('jurisdiction'),
    zh: `“${text}”不在您可以登记的辖区里。可以填：${jurisdictions.slice(0, 12).map(({ name }) => name).join('、')}。`,
    en: `You cannot enter anybody under "${text}". You can write: ${jurisdictions.slice(0, 12).map(({ code: one, name }) => `${one} ${name}`).join(', ')}.`,
  });
  return { code: ownJurisdiction, isNamed: false };
}

type Subject = Pick<ReadRow, 'subject' | 'person' | 'organisation' | 'employerCode' | 'post' | 'startedOn'>;

function dateOf({ texts, problems, columnOf }: Cells, key: string): string | undefined {
  const text = texts.get(key);
  const date = text === undefined ? undefined : readDateText(text);
  if (text !== undefined && date === undefined) problems.push({ column: columnOf(key), zh: `“${text}”认不出是哪一天，请写成 2026-06-30 这样。`, en: `"${text}" is no date; write it as 2026-06-30.` });
  return date;
}

const sexes: ReadonlyMap<string, 'male' | 'female'> = new Map([['男', 'male'], ['男性', 'male'], ['male', 'male'], ['m', 'male'], ['女', 'female'], ['女性', 'female'], ['female', 'female'], ['f', 'female']]);

function readPerson(cells: Cells, reading: RowReading, jurisdictionCode: string): Subject {
  const { texts, problems, columnOf } = cells;
  const number = texts.get('number');
  const isOther = /^(?:其他|其它|护照|other|passport)/i.test(texts.get('document') ?? '');
  const sexText = texts.get('sex');
  const sex = sexText === undefined ? undefined : sexes.get(sexText.toLowerCase());
  if (sexText !== undefined && sex === undefined) problems.push({ column: columnOf('sex'), zh: '性别请填“男”或“女”。', en: 'Write male or female.' });
  const birthDate = dateOf(cells, 'birthDate');
  const employer = texts.get('employer');
  const code = employer === undefined ? undefined : readCreditCode(employer);
  if (code?.ok === false) problems.push({ column: columnOf('employer'), zh: tellCreditCodeReason(code, 'zh'), en: tellCreditCodeReason(code, 'en') });
  const startedOn = texts.get('fact:入职日期');
  const person: NewPerson = {
    name: texts.get('name') ?? '',
    jurisdictionCode,
    ...(number === undefined ? {} : { document: { kind: isOther ? 'other' : 'number', number } }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    ...(texts.has('phone') ? { phone: firstPhone(texts.get('phone') ?? '') } : {}),
  };
  const read = number === undefined ? undefined : readIdentityNumber(number, { today: reading.today, knowsDivision: (code) => reading.factBook.knowsDivision(code) });
  return {
    subject: number === undefined || read === undefined ? undefined : read.ok ? read.canonical : isOther ? spellIdentityNumber(number) : undefined,
    person,
    organisation: undefined,
    employerCode: code?.ok === true ? code.canonical : undefined,
    post: texts.get('post'),
    startedOn: startedOn === undefined ? undefined : readDateText(startedOn),
  };
}

/** Lists often hold two numbers in one cell; the first is the one to call. */
function firstPhone(text: string): string {
  return text.split(/[、/;；,，\n]/)[0] ?? text;
}

function readOrganisation(cells: Cells, jurisdictionCode: string): Subject {
  const { texts } = cells;
  const text = texts.get('code');
  const code = text === undefined ? undefined : readCreditCode(text);
  const registeredOn = dateOf(cells, 'registeredOn');
  const organisation: NewOrganisation = {
    name: texts.get('name') ?? '',
    jurisdictionCode,
    ...(text === undefined ? {} : { creditCode: text }),
    ...(registeredOn === undefined ? {} : { registeredOn }),
    ...(texts.has('address') ? { address: texts.get('address') ?? '' } : {}),
    ...(texts.has('phone') ? { phone: firstPhone(texts.get('phone') ?? '') } : {}),
  };
  return { subject: code?.ok === true ? code.canonical : undefined, person: undefined, organisation, employerCode: undefined, post: undefined, startedOn: undefined };
}

/** Where in the sheet a detail of the registry's checks belongs. */
export function problemOf(detail: ErrorDetail, match: ColumnMatch): RowProblem {
  const key = detail.field.startsWith('facts.') ? `fact:${detail.field.slice('facts.'.length)}` : (fieldKeys[detail.field] ?? detail.field);
  return { column: nullIfMissing(match.columns.findIndex((column) => column?.key === key)), zh: detail.zh, en: detail.en };
}

const fieldKeys: Readonly<Record<string, string>> = { 'document.number': 'number', jurisdictionCode: 'jurisdiction', creditCode: 'code', 'facts.出生日期': 'birthDate' };
