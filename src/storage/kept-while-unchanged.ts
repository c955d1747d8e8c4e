// Keeps what was made of small tables from one transaction to the next, for as long as none of their rows has changed: each transaction asks.
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { gather } from './gather.ts';

/** Tables with few rows that change seldom and are read by nearly everybody. */
type SmallTable = 'departments' | 'jurisdictions' | 'pack_settings' | 'packs';

interface Kept<T> {
  readonly mark: string;
  readonly value: T;
}

const MOST_KEPT = 100;

/** What is made of the rows of some tables, each tenant's for itself. The values are shared by whoever asks and must not be changed. */
export class KeptWhileUnchanged<T> {
  readonly #tables: readonly SmallTable[];
  readonly #kept = new Map<string, Kept<T>>();

  constructor(tables: readonly SmallTable[]) {
    this.#tables = tables;
  }

  /**
   * What `read` makes of the tables' rows, as this transaction sees them; it is called only where a row is not the one that it was.
   * @param key tells different things made of the same tables apart
   */
  async get(tx: Tx, tenantId: number, key: string, read: () => Promise<T>): Promise<T> {
    const place = `${tenantId} ${key}`;
    const wanted = { tenantId, tables: this.#tables };
    const mark = await markOf(tx, wanted);
    const known = this.#kept.get(place);
    if (known?.mark === mark) return known.value;
    const value = await read();
    // Others may have written between the mark and the reading.
    if ((await markOf(tx, wanted)) === mark) this.#keep(place, { mark, value });
    return value;
  }

  #keep(place: string, kept: Kept<T>): void {
    this.#kept.delete(place);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size < MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    this.#kept.set(place, kept);
  }
}

/**
 * Marks of tables, equal only where their rows are: whatever writes a row gives it the number of its transaction (xmin), which is greater than
 * that of every row before, so neither a change nor as many rows added as deleted leaves count and sum as they were.
 */
const markOf = gather('reading', async (tx, asked: readonly { readonly tenantId: number; readonly tables: readonly SmallTable[] }[]): Promise<readonly string[]> => {
  const tables = [...new Set(asked.flatMap((one) => one.tables))].sort();
  const tenantId = asked[0]?.tenantId ?? 0;
  const parts = tables.map((table) => sql`select ${sql.lit(table)} as name, count(*) || '/' || coalesce(sum(xmin::text::bigint), 0) as mark from ${sql.table(table)} where tenant_id = ${tenantId}`);
  const { rows } = await sql<{ name: string; mark: string }>`${sql.join(parts, sql` union all `)}`.execute(tx);
  const marks = new Map(rows.map(({ name, mark }) => [name, mark]));
  return asked.map((one) => one.tables.map((table) => marks.get(table)).join(' '));
});
