// The rows of a list as its check read them, kept beside the file, sealed: the run goes on from them and need not read the file once more.
import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw, type InputType, type ZlibOptions } from 'node:zlib';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { type Protector, rowOf } from '../protection/index.ts';
import { insertKeptRows, type KeptSpan, listKeptSpans, readKeptRows } from './imports-store.ts';
import type { RowReading } from './read-row.ts';
import type { BatchRow } from './take-batch.ts';

// On another thread: this one has the next rows to read meanwhile.
const press = promisify<InputType, ZlibOptions, Buffer>(deflateRaw);
const unpress = promisify<InputType, Buffer>(inflateRaw);

// Counts the ways in which rows were written down and read: what an older program kept is not used.
const FORM = 4;

/** What reading a row depends on besides the file, as a digest: the columns and their facts, the jurisdictions, the day. */
export function readWith({ kind, match, today, jurisdictions, ownJurisdiction }: RowReading): string {
  return hash('sha256', JSON.stringify([FORM, kind, match.columns, today, jurisdictions, ownJurisdiction]), 'hex');
}

/** A row as it is kept: instead of all that it says, the digest of that. */
interface KeptRow {
  readonly row: BatchRow['row'];
  readonly digest: string;
  readonly repeats: BatchRow['repeats'];
}

const placeOf = (tenantId: number, importId: string, firstRow: number) => ({ tenantId, table: 'import_rows', column: 'rows_sealed', row: rowOf(importId, firstRow) });

/** Keeps the rows of one batch. */
export async function keepRows(tx: Tx, scope: Scope<'import.run'>, protector: Protector, importId: string, stamp: string, rows: readonly BatchRow[]): Promise<void> {
  const [first, last] = [rows[0]?.row.number, rows.at(-1)?.row.number];
  if (first === undefined || last === undefined) return;
  const kept = rows.map(({ row, rowDigest, repeats }): KeptRow => ({ row: plainRow(row), digest: Buffer.from(rowDigest()).toString('base64'), repeats }));
  // A list says the same things again and again: pressed it is a tenth, and so is the work of sealing it.
  const pressed = await press(JSON.stringify(kept), { level: 1 });
  const rowsSealed = protector.seal(placeOf(scope.tenantId, importId, first), pressed);
  await insertKeptRows(tx, scope, importId, { firstRow: first, lastRow: last, rowCount: rows.length, readWith: stamp }, rowsSealed);
}

/** Which rows are kept, in their order; undefined unless they are all there and would be read in the same way today. */
export async function findKeptSpans(tx: Tx, scope: Scope<'import.run'>, importId: string, stamp: string, rowsTotal: number | null): Promise<readonly KeptSpan[] | undefined> {
  const spans = await listKeptSpans(tx, scope, importId);
  const isWhole = spans.every((span) => span.readWith === stamp) && spans.reduce((sum, { rowCount }) => sum + rowCount, 0) === rowsTotal;
  return isWhole ? spans : undefined;
}

/** Opens the rows of one span. */
export async function openKeptRows(tx: Tx, scope: Scope<'import.run'>, protector: Protector, importId: string, { firstRow }: KeptSpan): Promise<readonly BatchRow[]> {
  const sealed = await readKeptRows(tx, scope, importId, firstRow);
  const pressed = await unpress(protector.open(placeOf(scope.tenantId, importId, firstRow), sealed));
  return (JSON.parse(pressed.toString('utf8')) as readonly KeptRow[]).map(({ row, digest, repeats }): BatchRow => ({ row: plainRow(row), rowDigest: () => Buffer.from(digest, 'base64'), repeats }));
}

/** A row with these fields and no others, undefined ones included, whether it was just read or comes from JSON. */
function plainRow({ number, problems, facts, moves, subject, person, organisation, employerCode, post, startedOn, account }: BatchRow['row']): BatchRow['row'] {
  return { number, problems, facts, moves, subject, person, organisation, employerCode, post, startedOn, account };
}
