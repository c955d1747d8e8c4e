// A row of a sheet to what the registry takes in, with every reason why it cannot; looks at nothing but the row.
import { readCreditCode, tellCreditCodeReason } from '../../contract/credit-code.ts';
import type { ErrorDetail } from '../../contract/errors.ts';
import { readIdentityNumber, spellIdentityNumber } from '../../contract/identity-number.ts';
import type { Fact } from '../../policy/model.ts';
import { halfWidth, readDateText, type SheetRow } from '../../spreadsheet/index.ts';
import type { FactBook, ListedAccount, NewOrganisation, NewPerson } from '../registry/index.ts';
import { type ColumnMatch, counted, type KnownColumn } from './columns.ts';
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
  readonly account: ListedAccount | undefined;
}

// The sample row of a template, recognised by both its name and its number.
const samples: ReadonlyMap<string, string> = new Map([['110101199003070011', '张三一'], ['91220200MA0000001R', '吉林样例一有限公司']]);

/** Reads a row; undefined for the template's own sample and for a row with nothing in the columns that are known. */
export function readRow(row: SheetRow, reading: RowReading): ReadRow | undefined {
  const cells = cellsOf(row, reading);
  const { texts, layout, problems } = cells;
  if (cells.isEmpty && problems.length === 0) return undefined;
  // An employee of the template for whom nothing was filled in.
  if (reading.kind === 'accounts' && problems.length === 0 && ['bank', 'account', 'holder'].every((key) => textOf(cells, key) === undefined)) return undefined;
  for (const { at, column } of layout.required) {
    if (texts[at] === undefined && !problems.some((one) => one.column === at)) {
      problems.push({ column: at, zh: `“${column.zh}”要填。`, en: `"${column.en}" is required.` });
    }
  }
  const facts: Record<string, unknown> = {};
  for (const { at, fact } of layout.facts) {
    const text = texts[at];
    if (text === undefined) continue;
    const value = reading.values.read(text, fact);
    // Read as the number that is stored it would be off by whatever the format says.
    if (typeof value === 'string' && row.cells[at]?.shown === text) problems.push({ column: at, ...tellShown(fact, text) });
    else facts[fact.name] = value;
  }
  const jurisdiction = jurisdictionOf(cells, reading);
  const read = readSubject(cells, reading, jurisdiction.code);
  if (read.subject !== undefined && samples.has(read.subject) && samples.get(read.subject) === textOf(cells, 'name')) return undefined;
  return {
    number: row.number,
    problems,
    content: contentOf(cells),
    facts,
    moves: jurisdiction.isNamed,
    subject: read.subject,
    person: read.person,
    organisation: read.organisation,
    employerCode: read.employerCode,
    post: read.post,
    startedOn: read.startedOn,
    account: read.account,
  };
}

/** What the columns of a sheet come to for reading its rows. */
interface Layout {
  /** Columns by their keys. */
  readonly places: ReadonlyMap<string, number>;
  readonly required: readonly { readonly at: number; readonly column: KnownColumn }[];
  readonly facts: readonly { readonly at: number; readonly fact: NonNullable<KnownColumn['fact']> }[];
  /** In the order of the keys, which is the same wherever the columns stand. */
  readonly ordered: readonly { readonly at: number; readonly head: string }[];
}

// Worked out once for a sheet: a hundred thousand rows ask for it.
const layouts = new WeakMap<ColumnMatch, Layout>();

function layoutOf(match: ColumnMatch): Layout {
  const known = layouts.get(match);
  if (known !== undefined) return known;
  const columns = match.columns.flatMap((column, at) => (column === undefined ? [] : [{ at, column }]));
  const layout: Layout = {
    places: new Map(columns.map(({ at, column }) => [column.key, at])),
    required: columns.filter(({ column }) => column.isRequired),
    facts: columns.flatMap(({ at, column: { fact } }) => (fact === undefined ? [] : [{ at, fact }])),
    ordered: columns.map(({ at, column }) => ({ at, key: column.key })).sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ at, key }) => ({ at, head: `${key}\u0001` })),
  };
  layouts.set(match, layout);
  return layout;
}

function contentOf({ texts, layout }: Cells): string {
  const pieces: string[] = [];
  for (const { at, head } of layout.ordered) {
    const text = texts[at];
    // A control character parts them: no cell holds one.
    if (text !== undefined) pieces.push(head, text, '\u0002');
  }
  return pieces.join('');
}

interface Cells {
  /** By the sheet's columns; undefined where there is nothing, or nothing that can be read. */
  readonly texts: readonly (string | undefined)[];
  readonly isEmpty: boolean;
  readonly layout: Layout;
  readonly problems: RowProblem[];
}

function textOf({ texts, layout }: Cells, key: string): string | undefined {
  const at = layout.places.get(key);
  return at === undefined ? undefined : texts[at];
}

function columnOf({ layout }: Cells, key: string): number | null {
  return layout.places.get(key) ?? null;
}

function cellsOf(row: SheetRow, { match }: RowReading): Cells {
  const texts: (string | undefined)[] = [];
  const problems: RowProblem[] = [];
  let isEmpty = true;
  for (let at = 0; at < match.columns.length; at++) {
    const column = match.columns[at];
    const cell = row.cells[at];
    let text: string | undefined;
    if (column !== undefined && cell !== undefined && cell.text !== '') {
      const problem = cellProblem(cell, column);
      if (problem !== undefined) problems.push({ column: at, ...problem });
      else text = cell.kind === 'truth' ? (cell.text === 'true' ? '是' : '否') : textOfCell(cell, column);
    }
    if (text !== undefined) isEmpty = false;
    texts.push(text);
  }
  return { texts, isEmpty, layout: layoutOf(match), problems };
}

/** What a cell says: in a column that counts something what is shown of its number, elsewhere the number itself. */
export function textOfCell({ text, shown }: NonNullable<SheetRow['cells'][number]>, column: KnownColumn | undefined): string {
  return shown !== undefined && column?.fact !== undefined && counted.includes(column.fact.type) ? shown : text;
}

const units: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  money: { zh: '元', en: 'yuan' }, years: { zh: '年', en: 'years' }, months: { zh: '个月', en: 'months' }, days: { zh: '天', en: 'days' },
};

function tellShown({ name, en, type }: Fact, shown: string): Omit<RowProblem, 'column'> {
  const unit = units[type];
  return {
    zh: `“${name}”这一格按它的数字格式显示为 ${shown}，和这一列的单位对不上，没有读。请把格式改成“常规”，再写上数${unit === undefined ? '' : `，单位是${unit.zh}`}。`,
    en: `"${en}" is shown as ${shown} by its number format, which does not fit what this column counts in; it was not read. Set the format to General and write the number${unit === undefined ? '' : ` in ${unit.en}`}.`,
  };
}

function nullIfMissing(index: number): number | null {
  return index === -1 ? null : index;
}

function cellProblem(cell: NonNullable<SheetRow['cells'][number]>, { zh, en, identifies }: KnownColumn): Omit<RowProblem, 'column'> | undefined {
  if (cell.kind === 'error') return { zh: `“${zh}”这一格是公式的错误值 ${cell.text}，请改成要填的内容。`, en: `"${en}" holds the error ${cell.text} of a formula; write the value itself.` };
  if (identifies && cell.lostDigits === true) {
    return {
      zh: `“${zh}”这一列是数字格式，表格软件只留 15 位，后面几位已经丢了。请把这一列设成“文本”，照原件重新填。`,
      en: `"${en}" is formatted as a number, of which a spreadsheet keeps 15 digits: the last ones are lost. Format the column as text and type it again from the original.`,
    };
  }
  if (identifies && cell.isFormula === true) return { zh: `“${zh}”这一格是公式。这一列要确定是谁，请把它粘贴成值。`, en: `"${en}" is a formula. This column says who is meant: paste it as a value.` };
  return cell.text.length > MOST_CHARACTERS ? { zh: `“${zh}”最多 ${MOST_CHARACTERS} 个字。`, en: `"${en}" has at most ${MOST_CHARACTERS} characters.` } : undefined;
}

const MOST_CHARACTERS = 500;

function jurisdictionOf(cells: Cells, { jurisdictions, ownJurisdiction }: RowReading): { readonly code: string; readonly isNamed: boolean } {
  const text = textOf(cells, 'jurisdiction');
  if (text === undefined) return { code: ownJurisdiction, isNamed: false };
  const code = /^(\d{6})(?:\D|$)/.exec(halfWidth(text))?.[1];
  const found = jurisdictions.filter((one) => one.code === code || one.name === text || one.name.endsWith(text));
  const [only] = found;
  if (only !== undefined && (found.length === 1 || only.code === code)) return { code: only.code, isNamed: true };
  cells.problems.push({
    column: columnOf(cells, 'jurisdiction'),
    zh: `“${text}”不在您可以登记的辖区里。可以填：${jurisdictions.slice(0, 12).map(({ name }) => name).join('、')}。`,
    en: `You cannot enter anybody under "${text}". You can write: ${jurisdictions.slice(0, 12).map(({ code: one, name }) => `${one} ${name}`).join(', ')}.`,
  });
  return { code: ownJurisdiction, isNamed: false };
}

type Subject = Pick<ReadRow, 'subject' | 'person' | 'organisation' | 'employerCode' | 'post' | 'startedOn' | 'account'>;

function readSubject(cells: Cells, reading: RowReading, jurisdictionCode: string): Subject {
  switch (reading.kind) {
    case 'people':
      return readPerson(cells, reading, jurisdictionCode);
    case 'organisations':
      return readOrganisation(cells, jurisdictionCode);
    case 'accounts':
      return readAccount(cells, reading);
  }
}

function readAccount(cells: Cells, { today, factBook }: RowReading): Subject {
  const text = (key: string): string => textOf(cells, key) ?? '';
  const read = readIdentityNumber(text('number'), { today, knowsDivision: (code) => factBook.knowsDivision(code) });
  const number = read.ok ? read.canonical : spellIdentityNumber(text('number'));
  const account: ListedAccount = { name: text('name'), number, bankName: text('bank'), holderName: text('holder'), accountNumber: text('account') };
  // Of a hidden number the name belongs to who is meant.
  const subject = number === '' ? undefined : number.includes('*') ? `${number}|${account.name}` : number;
  return { subject, person: undefined, organisation: undefined, employerCode: undefined, post: undefined, startedOn: undefined, account };
}

function dateOf(cells: Cells, key: string): string | undefined {
  const text = textOf(cells, key);
  const date = text === undefined ? undefined : readDateText(text);
  if (text !== undefined && date === undefined) cells.problems.push({ column: columnOf(cells, key), zh: `“${text}”认不出是哪一天，请写成 2026-06-30 这样。`, en: `"${text}" is no date; write it as 2026-06-30.` });
  return date;
}

const sexes: ReadonlyMap<string, 'male' | 'female'> = new Map([['男', 'male'], ['男性', 'male'], ['male', 'male'], ['m', 'male'], ['女', 'female'], ['女性', 'female'], ['female', 'female'], ['f', 'female']]);

function readPerson(cells: Cells, reading: RowReading, jurisdictionCode: string): Subject {
  const { problems } = cells;
  const number = textOf(cells, 'number');
  const isOther = /^(?:其他|其它|护照|other|passport)/i.test(textOf(cells, 'document') ?? '');
  const sexText = textOf(cells, 'sex');
  const sex = sexText === undefined ? undefined : sexes.get(sexText.toLowerCase());
  if (sexText !== undefined && sex === undefined) problems.push({ column: columnOf(cells, 'sex'), zh: '性别请填“男”或“女”。', en: 'Write male or female.' });
  const birthDate = dateOf(cells, 'birthDate');
  const employer = textOf(cells, 'employer');
  const code = employer === undefined ? undefined : readCreditCode(employer);
  if (code?.ok === false) problems.push({ column: columnOf(cells, 'employer'), zh: tellCreditCodeReason(code, 'zh'), en: tellCreditCodeReason(code, 'en') });
  const startedOn = textOf(cells, 'fact:入职日期');
  const phone = textOf(cells, 'phone');
  const person: NewPerson = {
    name: textOf(cells, 'name') ?? '',
    jurisdictionCode,
    ...(number === undefined ? {} : { document: { kind: isOther ? 'other' : 'number', number } }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(sex === undefined ? {} : { sex }),
    ...(phone === undefined ? {} : { phone: firstPhone(phone) }),
  };
  const read = number === undefined ? undefined : readIdentityNumber(number, { today: reading.today, knowsDivision: (code) => reading.factBook.knowsDivision(code) });
  return {
    subject: number === undefined || read === undefined ? undefined : read.ok ? read.canonical : isOther ? spellIdentityNumber(number) : undefined,
    person,
    organisation: undefined,
    employerCode: code?.ok === true ? code.canonical : undefined,
    post: textOf(cells, 'post'),
    startedOn: startedOn === undefined ? undefined : readDateText(startedOn),
    account: undefined,
  };
}

/** Lists often hold two numbers in one cell; the first is the one to call. */
function firstPhone(text: string): string {
  return /^\d+$/.test(text) ? text : (text.split(/[、/;；,，\n]/)[0] ?? text);
}

function readOrganisation(cells: Cells, jurisdictionCode: string): Subject {
  const text = textOf(cells, 'code');
  const code = text === undefined ? undefined : readCreditCode(text);
  const registeredOn = dateOf(cells, 'registeredOn');
  const [phone, address] = [textOf(cells, 'phone'), textOf(cells, 'address')];
  const organisation: NewOrganisation = {
    name: textOf(cells, 'name') ?? '',
    jurisdictionCode,
    ...(text === undefined ? {} : { creditCode: text }),
    ...(registeredOn === undefined ? {} : { registeredOn }),
    ...(address === undefined ? {} : { address }),
    ...(phone === undefined ? {} : { phone: firstPhone(phone) }),
  };
  return { subject: code?.ok === true ? code.canonical : undefined, person: undefined, organisation, employerCode: undefined, post: undefined, startedOn: undefined, account: undefined };
}

/** Where in the sheet a detail of the registry's checks belongs. */
export function problemOf(detail: ErrorDetail, match: ColumnMatch): RowProblem {
  const key = detail.field.startsWith('facts.') ? `fact:${detail.field.slice('facts.'.length)}` : (fieldKeys[detail.field] ?? detail.field);
  return { column: nullIfMissing(match.columns.findIndex((column) => column?.key === key)), zh: detail.zh, en: detail.en };
}

const fieldKeys: Readonly<Record<string, string>> = { 'document.number': 'number', jurisdictionCode: 'jurisdiction', creditCode: 'code', 'facts.出生日期': 'birthDate' };
