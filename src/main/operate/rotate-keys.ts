// The rotation of keys: a new key for what is written from now on, everything sealed again under it in small steps, the old key retired.

import { sql } from 'kysely';
import { makeGeneration, readKeyFile, writeKeyFile } from '../../adapters/cryptography/key-file.ts';
import type { KeyedProtector } from '../../adapters/cryptography/sm4-protector.ts';
import { ProtectionError, rowOf, sealAgain, type SealedColumn } from '../../domains/protection/index.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { listTenants } from '../../storage/list-tenants.ts';

/** A running server looks at the key file every two seconds; a new key comes into force when all have seen it. */
const IN_FORCE_AFTER_MS = 10_000;
const BATCH = 200;
/** Where the key's id stands in sealed bytes (see sm4-protector.ts), counted from 1 as SQL does. */
const KEY_ID = sql.raw('from 2 for 4');

/** Whether anything in the database is sealed: then a key file that is missing is never made anew. */
export async function hasSealedData(db: Database, columns: readonly SealedColumn[]): Promise<boolean> {
  for (const { tenantId } of await listTenants(db)) {
    const found = await inTenant(db, tenantId, async (tx) => {
      for (const { table, column } of columns) {
        const { rows } = await sql`select 1 from ${sql.table(table)} where tenant_id = ${tenantId} and ${sql.ref(column)} is not null limit 1`.execute(tx);
        if (rows.length > 0) return true;
      }
      return false;
    });
    if (found) return true;
  }
  return false;
}

/** How much is sealed under one key. */
export interface KeyUse {
  readonly keyId: string;
  /** Sealed values by `table.column`. */
  readonly values: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Counts sealed values by key; reads every sealed column once. Keys that are in use and in no key file are told like the others. */
export async function countKeyUse(db: Database, columns: readonly SealedColumn[]): Promise<readonly KeyUse[]> {
  const found = new Map<string, Map<string, number>>();
  for (const { tenantId } of await listTenants(db)) {
    for (const { table, column } of columns) {
      const rows = await inTenant(db, tenantId, async (tx) => {
        const counted = await sql<{ key: string; count: number }>`
          select encode(substring(${sql.ref(column)} ${KEY_ID}), 'hex') as key, count(*) as count
          from ${sql.table(table)} where tenant_id = ${tenantId} and ${sql.ref(column)} is not null group by 1`.execute(tx);
        return counted.rows;
      });
      for (const { key, count } of rows) {
        const values = found.get(key) ?? new Map<string, number>();
        const name = `${table}.${column}`;
        values.set(name, (values.get(name) ?? 0) + Number(count));
        found.set(key, values);
      }
    }
  }
  return [...found].map(([keyId, values]) => ({ keyId, values, total: [...values.values()].reduce((sum, count) => sum + count, 0) })).sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
}

/** Adds a new key to the key file. It comes into force ten seconds later, in all processes at the same instant. @returns its id. */
export function addKey(keysFile: string, now: Date, inForceAfterMs = IN_FORCE_AFTER_MS): { readonly id: string; readonly inForceFrom: Date } {
  const file = readKeyFile(keysFile);
  if (file === undefined) throw new ProtectionError('key-file-missing', `密钥文件 ${keysFile} 不在。\nThe key file ${keysFile} is not there.`);
  const inForceFrom = new Date(now.getTime() + inForceAfterMs);
  const generation = makeGeneration(now, inForceFrom);
  writeKeyFile(keysFile, { ...file, generations: [...file.generations, generation] });
  return { id: generation.id, inForceFrom };
}

/** How far a rotation is. */
export interface RotationProgress {
  readonly table: string;
  readonly column: string;
  /** Rows looked at and rows sealed again in this column so far. */
  readonly seen: number;
  readonly sealed: number;
}

/**
 * Seals everything again that is not under the key in force, and makes its search keys anew, in transactions of a few hundred rows. The server
 * may go on working: both keys serve, and a search looks under both. Broken off at any place, it goes on when it is started again.
 * @param db opened as the owner: some tables are append-only for the server.
 * @returns how many values were sealed again.
 * @throws ProtectionError once all others are done, where values could not be opened: it says where they stand; they stay as they are.
 */
export async function sealEverythingAgain(
  db: Database,
  protector: KeyedProtector,
  columns: readonly SealedColumn[],
  progress: (progress: RotationProgress) => void = () => {},
): Promise<number> {
  let total = 0;
  const closed: ClosedValue[] = [];
  for (const { tenantId } of await listTenants(db)) {
    for (const column of columns) {
      let [seen, sealed] = [0, 0];
      let after: readonly string[] | undefined;
      for (;;) {
        const step = await inTenant(db, tenantId, (tx) => sealBatch(tx, protector, column, tenantId, after));
        seen += step.seen;
        sealed += step.sealed;
        closed.push(...step.closed);
        progress({ table: column.table, column: column.column, seen, sealed });
        if (step.last === undefined) break;
        after = step.last;
      }
      total += sealed;
    }
  }
  const [first] = closed;
  if (first !== undefined) throw new ProtectionError(first.error.problem, tellClosed(total, closed), first.error.keyId);
  return total;
}

/** A value that could not be opened, and where it stands. */
interface ClosedValue {
  readonly where: string;
  readonly error: ProtectionError;
}

const MOST_TOLD = 20;

function tellClosed(total: number, closed: readonly ClosedValue[]): string {
  const places = closed.slice(0, MOST_TOLD).map(({ where, error }) => `${where} (${error.problem})`).join('\n');
  const rest = closed.length > MOST_TOLD ? '\n…' : '';
  return (
    `${total} 项改好了；${closed.length} 项打不开，没有动。它们可能被改过，或者缺密钥：\n` +
    `${total} values were sealed again; ${closed.length} could not be opened and stay as they are. They were changed, or a key is missing:\n${places}${rest}`
  );
}

/**
 * Retires a key: its secrets leave the key file for good, only what verifies its signatures stays.
 * Backups made while it was in use need a copy of the key file of their time.
 * @throws ProtectionError key-in-use where it is the key in force or anything is sealed under it, key-missing where there is none.
 */
export async function retireKey(db: Database, protector: KeyedProtector, keysFile: string, columns: readonly SealedColumn[], keyId: string, now: Date): Promise<void> {
  protector.reload();
  const file = readKeyFile(keysFile);
  const generation = file?.generations.find(({ id }) => id === keyId);
  if (file === undefined || generation?.secrets === undefined) {
    throw new ProtectionError('key-missing', `密钥文件里没有可以停用的密钥 ${keyId}。\nThe key file has no key ${keyId} that could be retired.`, keyId);
  }
  const isNewest = file.generations.findLast(({ secrets }) => secrets !== undefined)?.id === keyId;
  if (isNewest || protector.currentKeyId() === keyId) {
    throw new ProtectionError('key-in-use', `密钥 ${keyId} 正在使用，不能停用。\nThe key ${keyId} is in force and cannot be retired.`, keyId);
  }
  const use = (await countKeyUse(db, columns)).find((each) => each.keyId === keyId);
  if (use !== undefined) {
    const places = [...use.values].map(([name, count]) => `${name} ${count}`).join(', ');
    throw new ProtectionError(
      'key-in-use',
      `还有 ${use.total} 项内容用密钥 ${keyId} 加密（${places}），不能停用。请先运行 wutong keys rotate\n` +
        `${use.total} values are still sealed under the key ${keyId} (${places}); it cannot be retired. Run wutong keys rotate first`,
      keyId,
    );
  }
  const generations = file.generations.map((each) => {
    if (each.id !== keyId) return each;
    const { secrets: _, ...rest } = each;
    return { ...rest, retiredAt: now.toISOString() };
  });
  writeKeyFile(keysFile, { ...file, generations });
  protector.reload();
}

interface Step {
  readonly seen: number;
  readonly sealed: number;
  readonly closed: readonly ClosedValue[];
  /** The key of the last row; undefined at the end of the table. */
  readonly last: readonly string[] | undefined;
}

/** Seals one batch of rows after a key again, locked so that nobody's change in between is lost. */
async function sealBatch(tx: Tx, protector: KeyedProtector, column: SealedColumn, tenantId: number, after: readonly string[] | undefined): Promise<Step> {
  const { table, rowColumns, searches = [] } = column;
  const types = await readTypes(tx, table, rowColumns);
  const keys = sql.join(rowColumns.map((name) => sql.ref(name)));
  const beyond = after === undefined ? sql`` : sql`and (${keys}) > (${sql.join(after.map((value, at) => sql`${value}::${sql.raw(types[at] ?? 'text')}`))})`;
  // A value without search keys shows by its key's id whether it is to be sealed again. A search key shows nothing, so its row is always looked at.
  const old = searches.length > 0 ? sql`` : sql`and substring(${sql.ref(column.column)} ${KEY_ID}) <> ${Buffer.from(protector.currentKeyId(), 'hex')}`;
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join(rowColumns.map((name, at) => sql`${sql.ref(name)}::text as ${sql.ref(`key_${at}`)}`))},
      ${sql.join([column.column, ...searches.map((search) => search.column)].map((name) => sql.ref(name)))}
    from ${sql.table(table)}
    where tenant_id = ${tenantId} and ${sql.ref(column.column)} is not null ${beyond} ${old}
    order by ${keys} limit ${BATCH} for update`.execute(tx);
  const closed: ClosedValue[] = [];
  const changes = rows.flatMap((row) => {
    const key = rowColumns.map((_, at) => String(row[`key_${at}`]));
    const sealed = row[column.column] as Buffer;
    const place = { tenantId, table, column: column.column, row: rowOf(...key) };
    let values: Record<string, Uint8Array>;
    try {
      values = sealAgain(protector, column, tenantId, place.row, sealed);
    } catch (error) {
      if (!(error instanceof ProtectionError)) throw error;
      closed.push({ where: `${table}.${column.column}, tenant ${tenantId}, row ${place.row}`, error });
      return [];
    }
    const isRight = protector.isCurrent(sealed) && searches.every(({ column: name }) => values[name] === undefined || (row[name] as Buffer | null)?.equals(values[name]) === true);
    return isRight ? [] : [{ key, values }];
  });
  if (changes.length > 0) await writeBatch(tx, column, tenantId, types, changes);
  const last = rows.length < BATCH ? undefined : rows.at(-1);
  return { seen: rows.length, sealed: changes.length, closed, last: last === undefined ? undefined : rowColumns.map((_, at) => String(last[`key_${at}`])) };
}

interface Change {
  readonly key: readonly string[];
  readonly values: Readonly<Record<string, Uint8Array>>;
}

async function writeBatch(tx: Tx, column: SealedColumn, tenantId: number, types: readonly string[], changes: readonly Change[]): Promise<void> {
  const { table, rowColumns, searches = [] } = column;
  const written = [column.column, ...searches.map((search) => search.column)];
  const keyLists = rowColumns.map((_, at) => sql`${changes.map(({ key }) => key[at] ?? '')}::text[]`);
  const valueLists = written.map((name) => sql`${changes.map(({ values }) => (values[name] === undefined ? null : Buffer.from(values[name])))}::bytea[]`);
  await sql`
    update ${sql.table(table)} as t
    set ${sql.join(written.map((name, at) => sql`${sql.ref(name)} = coalesce(v.${sql.ref(`value_${at}`)}, t.${sql.ref(name)})`))}
    from unnest(${sql.join([...keyLists, ...valueLists])}) as v (${sql.join([...rowColumns.map((_, at) => sql.ref(`key_${at}`)), ...written.map((_, at) => sql.ref(`value_${at}`))])})
    where t.tenant_id = ${tenantId} and ${sql.join(rowColumns.map((name, at) => sql`t.${sql.ref(name)} = v.${sql.ref(`key_${at}`)}::${sql.raw(types[at] ?? 'text')}`), sql` and `)}`.execute(tx);
}

const typesOfTables = new Map<string, readonly string[]>();

/** The SQL types of a table's key columns, which never change while a process runs. */
async function readTypes(tx: Tx, table: string, rowColumns: readonly string[]): Promise<readonly string[]> {
  const which = `${table} ${rowColumns.join(' ')}`;
  const known = typesOfTables.get(which);
  if (known !== undefined) return known;
  const { rows } = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
    where attrelid = ${table}::regclass and attnum > 0 and not attisdropped`.execute(tx);
  const types = rowColumns.map((column) => {
    const found = rows.find(({ name }) => name === column);
    if (found === undefined) throw new Error(`${table} has no column ${column}`);
    return found.type;
  });
  typesOfTables.set(which, types);
  return types;
}
