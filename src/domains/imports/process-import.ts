// Works through an import: checks every row without writing it, and after a person has confirmed writes the right ones, batch by batch.
import { hash } from 'node:crypto';
import { Refusal } from '../../contract/errors.ts';
import type { SubjectKind, Vocabulary } from '../../policy/model.ts';
import { readSheet, type Sheet } from '../../spreadsheet/index.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { recordAudit } from '../audit/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { rowOf } from '../protection/index.ts';
import { dayOf, type RegistryTools } from '../registry/index.ts';
import { type ColumnMatch, columnsOf, headingIndex, type KnownColumn, matchColumns, plainHeading } from './columns.ts';
import { countRows, noRows, type RowCounts, type SheetSummary } from './import.ts';
import { claimImport, dropKeptRows, findImport, type ImportProgress, type ImportRow, type ProblemRow, readJurisdictions, readPieces, rememberImported, replaceProblems, writeProgress } from './imports-store.ts';
import { findKeptSpans, keepRows, openKeptRows, readWith } from './kept-rows.ts';
import { makeValueReader } from './read-value.ts';
import { type ReadRow, readRow, type RowReading } from './read-row.ts';
import { findListed, type ReadCaseSubjects } from './take-accounts.ts';
import { type BatchRow, takeBatch, type WrongRow } from './take-batch.ts';
import { isOfTemplate } from './template-parts.ts';

/** What imports work with; made once when the server starts. */
export interface ImportParts {
  readonly db: Database;
  readonly tools: RegistryTools;
  /** Of the compiled packs. */
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  readonly readCaseSubjects: ReadCaseSubjects;
  readonly now?: () => Date;
  /** Told of what nobody expected; it must not write what it is told as it is. */
  readonly failed?: (error: unknown) => void;
  /** Rows of one transaction. */
  readonly batchRows?: number;
  /** How long an import stays with a worker that does not answer. */
  readonly leaseSeconds?: number;
  /** Stops the work after the batch under way; it goes on from there when somebody takes it up. */
  readonly signal?: AbortSignal;
}

const BATCH_ROWS = 2000;
const LEASE_SECONDS = 60;
/** Of a batch that somebody else's change got in the way of. */
const BATCH_ATTEMPTS = 3;
/** Of an import that fails for a reason nobody expected. With the lease between them there is time for a database to come back. */
const MOST_ATTEMPTS = 5;

/** The import was cancelled, or another worker has taken it over. */
class Stopped extends Error {}

/**
 * Takes one import that waits for work and works through its check or its run.
 * @param worker names this worker; one at a time works on an import.
 * @returns whether there was one.
 */
export async function processNext(parts: ImportParts, tenantId: number, worker: string): Promise<boolean> {
  const scope = jobScope(tenantId, 'imports', 'import.run');
  const found = await inTenant(parts.db, tenantId, (tx) => claimImport(tx, scope, worker, parts.leaseSeconds ?? LEASE_SECONDS));
  if (found === undefined) return false;
  // Whoever began last died with it, as often as is enough.
  if (found.attempts > MOST_ATTEMPTS) {
    await refuse(parts, tenantId, worker, found, failure(MOST_ATTEMPTS));
    return true;
  }
  try {
    await pass(parts, tenantId, worker, found);
  } catch (error) {
    if (error instanceof Stopped) return true;
    if (error instanceof Refusal) {
      await refuse(parts, tenantId, worker, found, error);
      return true;
    }
    // The lease runs out by itself, then somebody tries again; the last one ends it.
    const left = await inTenant(parts.db, tenantId, (tx) => findImport(tx, scope, found.importId)).catch(() => undefined);
    if (left !== undefined && left.attempts >= MOST_ATTEMPTS) await refuse(parts, tenantId, worker, found, failure(left.attempts));
    throw error;
  }
  return true;
}

const failure = (attempts: number): Refusal => new Refusal('import-failed', { attempts });

async function refuse(parts: ImportParts, tenantId: number, worker: string, { importId }: ImportRow, { code, values }: Refusal): Promise<void> {
  const scope = jobScope(tenantId, 'imports', 'import.run');
  await inTenant(parts.db, tenantId, async (tx) => {
    const kept = await writeProgress(tx, scope, importId, worker, { state: 'refused', refusal: { code, values }, finishedAt: nowOf(parts) }, null);
    // Another worker has taken over.
    if (kept === undefined) return;
    await dropKeptRows(tx, scope, importId);
    await recordAudit(tx, scope, { action: 'import.refused', object: { kind: 'import', id: importId }, detail: { code } });
  });
}

const nowOf = ({ now = () => new Date() }: ImportParts): Date => now();

/** The file of an import, put together from its pieces. @throws Refusal import-file-gone */
export async function openFile(tx: Tx, scope: Scope<'import.run' | 'import.read' | 'import.decide'>, { tools: { protector } }: Pick<ImportParts, 'tools'>, importId: string): Promise<Buffer> {
  const pieces = await readPieces(tx, scope, importId);
  if (pieces.length === 0) throw new Refusal('import-file-gone');
  const opened = pieces.map(({ pieceNumber, contentSealed }) =>
    protector.open({ tenantId: scope.tenantId, table: 'import_pieces', column: 'content_sealed', row: rowOf(importId, pieceNumber) }, contentSealed),
  );
  return Buffer.concat(opened);
}

/** Opens the sheet of an import's file at its heading. */
export async function openImportSheet({ vocabularies }: Pick<ImportParts, 'vocabularies'>, row: Pick<ImportRow, 'kind' | 'fileName'>, bytes: Uint8Array): Promise<Sheet> {
  const index = headingIndex(columnsOf(row.kind, vocabularies[row.kind === 'people' ? 'person' : 'organisation']));
  return readSheet({ fileName: row.fileName, bytes }, { isHeading: (text) => index.has(plainHeading(text)), sheetNames: sheetNames[row.kind] });
}

/** Names of the sheets in templates, in both languages. */
export const sheetNames = { people: ['人员', 'People'], organisations: ['单位', 'Organisations'], accounts: ['收款账户', 'Accounts'] } as const;

/** One pass over the file: the check, or the run. */
async function pass(parts: ImportParts, tenantId: number, worker: string, found: ImportRow): Promise<void> {
  const { importId, kind } = found;
  const scope = jobScope(tenantId, 'imports', 'import.run');
  const isTrial = found.state === 'waiting' || found.state === 'checking';
  const leaseSeconds = parts.leaseSeconds ?? LEASE_SECONDS;
  let isCancelAsked = found.cancelAskedAt !== null;
  const keep = async (tx: Tx, progress: ImportProgress): Promise<void> => {
    const kept = await writeProgress(tx, scope, importId, worker, progress, leaseSeconds);
    if (kept === undefined) throw new Stopped();
    isCancelAsked ||= kept.isCancelAsked;
  };
  let counts = isTrial ? noRows : (found.done ?? noRows);
  const stopIfAsked = async (): Promise<void> => {
    if (isCancelAsked) {
      await end(parts, tenantId, worker, found, isTrial ? { state: 'cancelled' } : { state: 'cancelled', done: counts }, counts);
      throw new Stopped();
    }
    if (parts.signal?.aborted === true) {
      // Given back at once, so that the next server need not wait for the lease to run out.
      await inTenant(parts.db, tenantId, (tx) => writeProgress(tx, scope, importId, worker, {}, null));
      throw new Stopped();
    }
  };
  await stopIfAsked();
  const columns = columnsOf(kind, parts.vocabularies[kind === 'people' ? 'person' : 'organisation']);
  const { factBook, protector } = parts.tools;
  const jurisdictions = await inTenant(parts.db, tenantId, (tx) => readJurisdictions(tx, scope, found.writableCodes));
  const readingOf = (match: ColumnMatch): RowReading => ({
    kind, match, factBook, values: makeValueReader(factBook.reference), today: dayOf(nowOf(parts)), jurisdictions, ownJurisdiction: found.jurisdictionCode,
  });
  const source = (isTrial ? undefined : await openKept(parts, tenantId, found, columns, readingOf)) ?? (await openRows(parts, tenantId, found, columns, readingOf));
  try {
    const { reading, summary } = source;
    const { match } = reading;
    const stamp = readWith(reading);
    await inTenant(parts.db, tenantId, async (tx) => {
      await keep(tx, { state: isTrial ? 'checking' : 'running', sheet: summary, rowsRead: 0 });
      if (!isTrial) return;
      await replaceProblems(tx, scope, importId, { from: 0, to: LAST_ROW }, []);
      await dropKeptRows(tx, scope, importId);
    });

    /** Takes one batch; its progress is written only after that of the batch before, so that what is written never has a gap. */
    const takeOne = async (rows: readonly BatchRow[], span: { readonly from: number; readonly to: number }, rowsRead: number, before: Promise<void>): Promise<void> => {
      counts = await tryAgain(() =>
        inTenant(parts.db, tenantId, async (tx) => {
          const taken = await takeBatch(tx, parts, { tenantId, found, match, reading, rows, isTrial, now: nowOf(parts) });
          await replaceProblems(tx, scope, importId, span, taken.problems.map((one) => sealProblems(parts, tenantId, importId, one)));
          if (isTrial) await keepRows(tx, scope, protector, importId, stamp, rows);
          // A list of accounts says nothing of whom the owner imported: it stands for itself, beside the list of people.
          else await rememberImported(tx, scope, kind === 'accounts' ? importId : found.ownerId, importId, taken.remembered);
          await before;
          const sum = countRows(counts, taken.outcomes);
          await keep(tx, { rowsRead, ...(isTrial ? { found: sum } : { done: sum, writtenTo: span.to }) });
          return sum;
        }),
      );
    };

    let rowsRead = 0;
    // Two batches are under way at once: one is made ready here while the database writes the other.
    let [last, oneBefore]: [Promise<void>, Promise<void>] = [Promise.resolve(), Promise.resolve()];
    try {
      for await (const { count, from: first, to, rows } of ahead(source.batches())) {
        rowsRead += count;
        // Written before the interruption; only its rows had to be seen, so that a later one with the same number is noticed.
        if (!isTrial && to <= found.writtenTo) continue;
        await oneBefore;
        if (isCancelAsked || parts.signal?.aborted === true) break;
        const from = Math.max(first, isTrial ? 0 : found.writtenTo + 1);
        oneBefore = last;
        last = takeOne(rows.filter(({ row }) => row.number >= from), { from, to }, rowsRead, oneBefore);
        // Its failure is met when it is waited for, at the latest below.
        last.catch(() => {});
      }
    } finally {
      await Promise.allSettled([oneBefore, last]);
    }
    await last;
    await stopIfAsked();
    const now = nowOf(parts);
    const progress: ImportProgress = isTrial
      ? { state: 'checked', rowsTotal: rowsRead, rowsRead, found: counts, checkedAt: now }
      : { state: 'done', rowsRead, done: counts };
    await end(parts, tenantId, worker, found, progress, counts);
  } finally {
    await source.close();
  }
}

// Excel's last row.
const LAST_ROW = 1_048_576;

async function end(parts: ImportParts, tenantId: number, worker: string, { importId, kind }: ImportRow, progress: ImportProgress, counts: RowCounts): Promise<void> {
  const scope = jobScope(tenantId, 'imports', 'import.run');
  const isOver = progress.state !== 'checked';
  await inTenant(parts.db, tenantId, async (tx) => {
    const kept = await writeProgress(tx, scope, importId, worker, isOver ? { ...progress, finishedAt: nowOf(parts) } : progress, null);
    if (kept === undefined) throw new Stopped();
    if (isOver) await dropKeptRows(tx, scope, importId);
    await recordAudit(tx, scope, { action: `import.${progress.state ?? 'done'}`, object: { kind: 'import', id: importId }, detail: { kind, ...counts } });
  });
}

/** One batch of rows, and from and up to which row of the sheet it reaches; `rows` is empty where nobody needs them any more. */
interface SourceBatch {
  readonly count: number;
  readonly from: number;
  readonly to: number;
  readonly rows: readonly BatchRow[];
}

/** Where a pass has its rows from. */
interface RowSource {
  readonly summary: SheetSummary;
  readonly reading: RowReading;
  batches(): AsyncGenerator<SourceBatch, void, undefined>;
  close(): Promise<void>;
}

/** The rows as the check kept them; undefined where it did not, or where they would be read otherwise today. */
async function openKept(parts: ImportParts, tenantId: number, found: ImportRow, columns: readonly KnownColumn[], readingOf: (match: ColumnMatch) => RowReading): Promise<RowSource | undefined> {
  const { sheet, importId, rowsTotal, writtenTo } = found;
  if (sheet === null) return undefined;
  const scope = jobScope(tenantId, 'imports', 'import.run');
  const reading = readingOf(matchColumns(sheet.headings, columns));
  const spans = await inTenant(parts.db, tenantId, (tx) => findKeptSpans(tx, scope, importId, readWith(reading), rowsTotal));
  if (spans === undefined) return undefined;
  return {
    summary: sheet,
    reading,
    async *batches() {
      for (const span of spans) {
        const isNeeded = span.lastRow > writtenTo;
        const rows = isNeeded ? await inTenant(parts.db, tenantId, (tx) => openKeptRows(tx, scope, parts.tools.protector, importId, span)) : [];
        yield { count: span.rowCount, from: span.firstRow, to: span.lastRow, rows };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** The rows of the file. @throws Refusal where it cannot be read, or lacks a column */
async function openRows(parts: ImportParts, tenantId: number, found: ImportRow, columns: readonly KnownColumn[], readingOf: (match: ColumnMatch) => RowReading): Promise<RowSource> {
  const bytes = await inTenant(parts.db, tenantId, (tx) => openFile(tx, jobScope(tenantId, 'imports', 'import.run'), parts, found.importId));
  const sheet = await openImportSheet(parts, found, bytes);
  const match = matchColumns(sheet.headings, columns);
  if (match.missing.length > 0) {
    await sheet.close();
    throw new Refusal('sheet-columns-missing', { columns: match.missing.map(({ zh, en }) => `${zh} (${en})`).join('、') });
  }
  const reading = readingOf(match);
  return {
    summary: { format: sheet.format, name: sheet.name, headings: sheet.headings, leftOut: sheet.leftOut.filter((one) => !isOfTemplate(one)), ignored: match.ignored },
    reading,
    async *batches() {
      const seen: SeenRows = { rows: new Map(), prints: [] };
      for await (const batch of batchesOf(sheet, reading, parts.batchRows ?? BATCH_ROWS)) {
        yield { count: batch.length, from: batch[0]?.number ?? 0, to: batch.at(-1)?.number ?? 0, rows: markRepeated(parts, tenantId, found, await nameSubjects(parts, tenantId, found, batch), seen) };
      }
    },
    close: () => sheet.close(),
  };
}

/** Reads rows in batches; what the template itself put there is left out. */
async function* batchesOf(sheet: Sheet, reading: RowReading, size: number): AsyncGenerator<readonly ReadRow[], void, undefined> {
  let batch: ReadRow[] = [];
  for await (const rows of sheet.rows()) {
    for (const row of rows) {
      const read = readRow(row, reading);
      if (read === undefined) continue;
      batch.push(read);
      if (batch.length >= size) {
        yield batch;
        batch = [];
      }
    }
  }
  if (batch.length > 0) yield batch;
}

/** Reads the next batch while the one before is being written: the file and the database are worked on at the same time. */
async function* ahead<T>(batches: AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
  let next = batches.next();
  // Whoever stops early leaves the batch that was read ahead; its failure then concerns nobody.
  next.catch(() => {});
  try {
    for (let result = await next; result.done !== true; result = await next) {
      next = batches.next();
      next.catch(() => {});
      yield result.value;
    }
  } finally {
    await next.catch(() => {});
    await batches.return();
  }
}

/** In a list of accounts the subject of a row is the person whom it means, whether the number is hidden in it or not. */
async function nameSubjects(parts: ImportParts, tenantId: number, found: ImportRow, batch: readonly ReadRow[]): Promise<readonly ReadRow[]> {
  if (found.kind !== 'accounts') return batch;
  const named = await inTenant(parts.db, tenantId, (tx) => findListed(tx, parts, { tenantId, found, now: nowOf(parts) }, batch.map(({ account }) => account ?? { name: '', number: '' })));
  return batch.map((row, at) => ({ ...row, subject: named[at] ?? row.subject }));
}

/** The rows of a file so far. A hundred thousand of them are kept to its end: two numbers a row, no objects. */
interface SeenRows {
  /** Row numbers by the identity number or credit code. */
  readonly rows: Map<string, number>;
  /** By row number, 52 bits of a digest of what the row says. */
  readonly prints: number[];
}

/** Only compared within one file, never kept: no key is needed. */
function printOf(content: string): number {
  return Number.parseInt(hash('sha256', content, 'hex').slice(0, 13), 16);
}

function markRepeated(
  { tools: { protector } }: ImportParts,
  tenantId: number,
  { ownerId }: ImportRow,
  batch: readonly ReadRow[],
  seen: SeenRows,
): readonly BatchRow[] {
  return batch.map((row) => {
    const rowDigest = (): Uint8Array => protector.digest(tenantId, `import-row:${ownerId}:${row.content}`);
    if (row.subject === undefined) return { row, rowDigest, repeats: undefined };
    const print = printOf(row.content);
    const before = seen.rows.get(row.subject);
    if (before === undefined) {
      // A copy: a string cut out of the file keeps the piece of the file alive as long as it is kept itself.
      seen.rows.set(Buffer.from(row.subject).toString(), row.number);
      seen.prints[row.number] = print;
    }
    const repeats = before === undefined ? undefined : { row: before, isSame: seen.prints[before] === print };
    return { row, rowDigest, repeats };
  });
}

function sealProblems({ tools: { protector } }: ImportParts, tenantId: number, importId: string, { rowNumber, problems, outcome }: WrongRow): ProblemRow {
  const place = { tenantId, table: 'import_problems', column: 'problems_sealed', row: rowOf(importId, rowNumber) };
  return { rowNumber, problemsSealed: protector.seal(place, JSON.stringify({ outcome, problems })) };
}

/** What is wrong with a row, opened. */
export function openProblems({ tools: { protector } }: Pick<ImportParts, 'tools'>, tenantId: number, importId: string, { rowNumber, problemsSealed }: ProblemRow): WrongRow {
  const place = { tenantId, table: 'import_problems', column: 'problems_sealed', row: rowOf(importId, rowNumber) };
  return { rowNumber, ...(JSON.parse(protector.openText(place, problemsSealed)) as Omit<WrongRow, 'rowNumber'>) };
}

/** Somebody else may enter one of the same people at the same moment: then they are there, and the batch is taken again. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === '23505';
      if (!isTaken || attempt >= BATCH_ATTEMPTS) throw error;
    }
  }
}
