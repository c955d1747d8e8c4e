// Statements that come again and again are prepared once a connection: PostgreSQL then reads and rewrites them once, not each time.
import type pg from 'pg';

/** A statement is worth keeping when it has come so often. */
const WORTH_KEEPING = 10;
/** Each session of the database keeps them in memory. */
const MOST_KEPT = 400;
/** Texts of which it is counted how often they came. */
const MOST_COUNTED = 5_000;
const LONGEST = 20_000;

const counted = new Map<string, number>();
const names = new Map<string, string>();
/** Of the names; a new one where what was prepared no longer fits the tables. */
let generation = 0;

/** The name under which a statement is prepared; undefined for one that is rare so far. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_KEPT || text.length > LONGEST) return undefined;
  const count = (counted.get(text) ?? 0) + 1;
  if (count < WORTH_KEEPING) {
    // Those that come often are soon counted again.
    if (counted.size >= MOST_COUNTED) counted.clear();
    counted.set(text, count);
    return undefined;
  }
  counted.delete(text);
  const name = `wutong_${generation}_${names.size}`;
  names.set(text, name);
  return name;
}

/** Whether a prepared statement failed because a table has other columns by now: another server has brought a newer schema. */
export function isOutOfDate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '0A000' && 'routine' in error && error.routine === 'RevalidateCachedQuery';
}

/** Lets a connection prepare statements with parameters that come often. */
export function prepareRepeated(client: pg.ClientBase): void {
  // Looked up at each call, so that whoever watches queries of the driver sees these too.
  const query = (...given: readonly unknown[]): unknown => {
    const own = Reflect.get(Object.getPrototypeOf(client) as object, 'query') as (...all: readonly unknown[]) => unknown;
    return Reflect.apply(own, client, given);
  };
  const preparing = (...given: readonly unknown[]): unknown => {
    const [text, values, ...rest] = given;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0 || rest.length > 0) return query(...given);
    const name = nameOf(text);
    if (name === undefined) return query(...given);
    const answer = query({ name, text, values }) as Promise<unknown>;
    answer.catch((error: unknown) => {
      // Under new names they are prepared anew, on every connection.
      if (!isOutOfDate(error) || names.get(text) !== name) return;
      generation++;
      names.clear();
    });
    return answer;
  };
  Reflect.set(client, 'query', preparing);
}
