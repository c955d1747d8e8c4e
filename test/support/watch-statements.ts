// A database that tells of the questions asked of it, each with its parameters, on their way.
import type pg from 'pg';
import type { Database } from '../../src/storage/database.ts';

/** A statement as it was sent. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** `db` with an ear: `told` hears every query of a transaction that begins with `with` or `select`. */
export function hearQuestions(db: Database, told: (statement: Statement) => void): Database {
  const connect = async (): Promise<pg.PoolClient> => listening(await db.pool.connect(), (client) => ({
    query: (...given: readonly unknown[]): unknown => {
      const [text, values] = given;
      if (typeof text === 'string' && /^\s*(with|select)\b/i.test(text)) told({ sql: text, parameters: Array.isArray(values) ? values : [] });
      return Reflect.apply(Reflect.get(client, 'query') as (...all: readonly unknown[]) => unknown, client, given);
    },
  }));
  return { ...db, pool: listening(db.pool, () => ({ connect })) };
}

/** `whole` with some of its members replaced. */
function listening<T extends object>(whole: T, replace: (whole: T) => object): T {
  const other = replace(whole);
  return new Proxy(whole, {
    get: (target, name) => {
      if (Reflect.has(other, name)) return Reflect.get(other, name) as unknown;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
