// Copies made rows of several tables into the database, in one transaction.
import { once } from 'node:events';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { CopyRows } from './copy-rows.ts';

/** Copies the rows of each table that has some, in the order of `columns`; nothing is kept where one table fails. */
export async function copyTables<Table extends string>(client: pg.ClientBase, columns: Readonly<Record<Table, readonly string[]>>, rows: Readonly<Record<Table, CopyRows>>): Promise<void> {
  await client.query('begin');
  try {
    for (const table of Object.keys(columns) as Table[]) {
      if (rows[table].isEmpty) continue;
      const stream = client.query(copyFrom(`copy ${table} (${columns[table].join(', ')}) from stdin (format binary)`));
      const finished = once(stream, 'finish');
      stream.end(rows[table].finish());
      await finished;
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
