// Reads CSV by RFC 4180: a header with names of facts, then one subject a record, in constant memory.

import type { Fact, SubjectKind, Vocabulary } from '../../policy/model.ts';
import { nearest } from '../../policy/problems.ts';
import type { Messages } from '../messages.ts';
import { UsageError } from '../usage-error.ts';
import { type Decode, withoutMark } from './decode.ts';
import type { Entries, Entry } from './entry.ts';
import { readCell } from './read-cell.ts';
import { CsvSplitter, type RawRecord } from './split-records.ts';

export type Vocabularies = Readonly<Partial<Record<SubjectKind, Vocabulary>>>;

const EMPLOYER = '用人单位.';

/** The subjects of CSV bytes. @throws UsageError where the header is not right. */
export async function* readCsv(pieces: AsyncIterable<Buffer>, decode: Decode, notDecoded: string, vocabularies: Vocabularies, say: Messages): Entries {
  const splitter = new CsvSplitter();
  const table = new Table(decode, notDecoded, vocabularies, say);
  for await (const piece of pieces) yield table.read(splitter.push(piece));
  yield table.read(splitter.end());
  if (!table.hasHeader) throw new UsageError(say.csvNoHeader());
}

/** The cells of a record, or undefined where its quotes have no partner. */
function splitRecord(text: string): string[] | undefined {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell: string;
    if (text[at] === '"') {
      const match = /"((?:[^"]|"")*)"/y;
      match.lastIndex = at;
      const found = match.exec(text);
      if (found === null) return undefined;
      cell = (found[1] ?? '').replaceAll('""', '"');
      at = match.lastIndex;
      if (at < text.length && text[at] !== ',') return undefined;
    } else {
      const comma = text.indexOf(',', at);
      const end = comma < 0 ? text.length : comma;
      cell = text.slice(at, end);
      if (cell.includes('"')) return undefined;
      at = end;
    }
    cells.push(cell.trim());
    if (at >= text.length) return cells;
    at++;
  }
}

/** Column names as people write them. */
const columnNames: Readonly<Record<string, string>> = Object.assign(Object.create(null) as Record<string, string>, { 编号: 'id', ID: 'id', 对象: 'subject' });

class Table {
  private readonly decode: Decode;
  private readonly notDecoded: string;
  private readonly vocabularies: Vocabularies;
  private readonly say: Messages;
  private readonly facts = new Map<string, ReadonlyMap<string, Fact>>();
  private header: readonly string[] | undefined;

  constructor(decode: Decode, notDecoded: string, vocabularies: Vocabularies, say: Messages) {
    this.decode = decode;
    this.notDecoded = notDecoded;
    this.vocabularies = vocabularies;
    this.say = say;
    for (const vocabulary of Object.values(vocabularies)) this.facts.set(vocabulary.subject, new Map(vocabulary.facts.map((fact) => [fact.name, fact])));
  }

  get hasHeader(): boolean {
    return this.header !== undefined;
  }

  *read(records: Iterable<RawRecord>): Generator<Entry> {
    for (const { line, bytes } of records) {
      const where = { unit: 'line', number: line } as const;
      const decoded = bytes === undefined ? undefined : this.decode(bytes);
      if (decoded === undefined) {
        const fault = bytes === undefined ? this.say.lineTooLong() : this.notDecoded;
        if (this.header === undefined) throw new UsageError(this.say.atLine(this.say.where(where), fault));
        yield { where, fault };
        continue;
      }
      const text = line === 1 ? withoutMark(decoded) : decoded;
      if (text.trim() === '') continue;
      const cells = splitRecord(text);
      if (this.header === undefined) this.header = this.readHeader(cells);
      else if (cells === undefined) yield { where, fault: this.say.csvBadQuotes() };
      else if (cells.length !== this.header.length) yield { where, fault: this.say.csvWrongCount(this.header.length, cells.length) };
      else yield { where, input: this.subject(this.header, cells) };
    }
  }

  private readHeader(given: readonly string[] | undefined): readonly string[] {
    if (given === undefined) throw new UsageError(this.say.csvBadQuotes());
    const names = given.map((name) => columnNames[name] ?? name.replace(/^用人单位的/, EMPLOYER));
    const known = new Set(['id', 'subject', ...[...this.facts.values()].flatMap((facts) => [...facts.keys()])]);
    names.forEach((name, index) => {
      if (name === '') throw new UsageError(this.say.csvEmptyColumn(index + 1));
      if (!known.has(name)) throw new UsageError(this.say.csvUnknownColumn(name, nearest(name, known)));
      if (names.indexOf(name) !== index) throw new UsageError(this.say.csvColumnTwice(name));
    });
    return names;
  }

  /** The subject in the contract's form; an empty cell is a fact that is not known. */
  private subject(header: readonly string[], cells: readonly string[]): unknown {
    const cellOf = (name: string): string => cells[header.indexOf(name)] ?? '';
    const kind = cellOf('subject') || 'person';
    const id = cellOf('id');
    const facts: { [name: string]: unknown } = {};
    const employer: { [name: string]: unknown } = {};
    header.forEach((name, index) => {
      const text = cells[index] ?? '';
      if (text === '' || name === 'id' || name === 'subject') return;
      const fact = this.facts.get(kind)?.get(name);
      const value = fact === undefined ? text : readCell(text, fact);
      if (fact !== undefined && name.startsWith(EMPLOYER)) employer[name.slice(EMPLOYER.length)] = value;
      else facts[name] = value;
    });
    if (Object.keys(employer).length > 0) facts[EMPLOYER.slice(0, -1)] = employer;
    return { ...(id === '' ? {} : { id }), subject: kind, facts };
  }
}
