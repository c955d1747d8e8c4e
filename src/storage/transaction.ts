// One transaction on one connection of a pool: its statements leave as they come, in their order, and nobody waits for an answer that he does not need.
import { type CompiledQuery, type DatabaseConnection, type Kysely, PostgresDialect, type QueryResult, Transaction } from 'kysely';
import type pg from 'pg';

/** Statements whose answers nobody waits for before the end. */
const unanswered = new WeakMap<object, Promise<unknown>[]>();
const rolledBack = new WeakSet<Error>();

/**
 * Lets a transaction go on without the answer of a statement that was sent: where it fails, the transaction does, with that error.
 * @param tx one that {@link runTransaction} runs
 */
export function answeredLater(tx: object, answer: Promise<unknown>): void {
  // It is told of at the end, or by what is thrown here: nobody else listens to it.
  answer.catch(() => {});
  const waiting = unanswered.get(tx);
  if (waiting === undefined) throw new RangeError('the transaction is over, or is not of this pool');
  waiting.push(answer);
}

/** Whether the transaction that failed with this error is known to have left nothing, although its work was through. */
export function wasRolledBack(error: unknown): boolean {
  return error instanceof Error && rolledBack.has(error);
}

/**
 * Runs `work` in a transaction that begins with `settings`, statements of SQL without parameters; what they are may hang on the connection.
 * Whatever `work` started is over when this ends: a statement that comes later is refused.
 */
export async function runTransaction<DB, T>(kysely: Kysely<DB>, pool: pg.Pool, settings: string | ((client: object) => string), work: (tx: Transaction<DB>) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const connection = new PipelinedConnection(client);
  // Compiles statements as the pool's own dialect does, and sends them over this connection as soon as they come.
  const executor = kysely.getExecutor().withConnectionProvider({ provideConnection: (consumer) => consumer(connection) });
  const dialect = new PostgresDialect({ pool });
  const tx = new Transaction<DB>({ config: { dialect }, dialect, driver: dialect.createDriver(), executor });
  const waiting: Promise<unknown>[] = [];
  unanswered.set(tx, waiting);
  let broken: Error | undefined;
  try {
    answeredLater(tx, client.query(`begin; ${typeof settings === 'string' ? settings : settings(client)}`));
    const result = await work(tx);
    connection.end();
    await commit(client, waiting);
    return result;
  } catch (error) {
    if (connection.isOver) throw error;
    connection.end();
    const [outcome] = await Promise.allSettled([client.query('rollback')]);
    // Nobody knows what state it is in.
    if (outcome.status === 'rejected') broken = asError(outcome.reason);
    // That the transaction is aborted is no cause: the statement that nobody waited for has it.
    if (isAborted(error)) await Promise.all(waiting);
    throw error;
  } finally {
    unanswered.delete(tx);
    client.release(broken);
  }
}

/** Commits at once: where a statement before it has failed, PostgreSQL takes everything back instead, and says so. */
async function commit(client: pg.PoolClient, before: readonly Promise<unknown>[]): Promise<void> {
  const ended = client.query('commit');
  const [outcome] = await Promise.allSettled([ended, ...before]);
  const isUndone = outcome.status === 'fulfilled' && outcome.value.command !== 'COMMIT';
  try {
    await Promise.all(before);
    await ended;
    if (isUndone) throw new Error('a statement of the transaction failed, so nothing of it was kept');
  } catch (error) {
    if (isUndone && error instanceof Error) rolledBack.add(error);
    throw error;
  }
}

/** A connection as the query builder sees it, for the time of one transaction. */
class PipelinedConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;
  #isOver = false;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** From now on nothing is sent any more. */
  end(): void {
    this.#isOver = true;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#isOver) throw new Error('the transaction is over');
    // Several statements at once give several results, of which nobody asks anything.
    const { command, rowCount, rows }: pg.QueryResult = await this.#client.query(sql, [...parameters]);
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE';
    return { ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}), rows: (rows ?? []) as R[] };
  }

  streamQuery(): never {
    throw new Error('rows are read in pages here, not as a stream');
  }
}

/** in_failed_sql_transaction. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '25P02';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
