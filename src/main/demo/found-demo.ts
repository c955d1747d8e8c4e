// Whether a database holds a real city, a demonstration or nothing; founds a demonstration in an empty one, and clears one away whose filling was cut off.
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../storage/database.ts';
import { migrate } from '../../storage/migrate.ts';
import { found } from '../found-first-city.ts';
import { type DemoMark, type DemoSize, markDemo, readMark } from './demo-marks.ts';

/** Held by whoever fills a database: only one process at a time does. */
export const FILLING_LOCK = 7_240_024;

/** The city of a demonstration. */
const demoCity = 'jilin-city';

/** What a database holds. */
type Holding = { readonly kind: 'nothing' } | { readonly kind: 'city' } | { readonly kind: 'demo'; readonly mark: DemoMark };

/** Looks what there is; `url` is the owner's address. */
export async function lookWhatThereIs(url: string): Promise<Holding> {
  return withOwner(url, look);
}

async function look(owner: Database): Promise<Holding> {
  const cities = await owner.kysely.selectFrom('tenants').select('tenant_id').orderBy('tenant_id').execute();
  for (const { tenant_id: tenantId } of cities) {
    const mark = await readMark(owner, tenantId);
    if (mark !== undefined) return { kind: 'demo', mark };
  }
  return { kind: cities.length === 0 ? 'nothing' : 'city' };
}

/** Why a demonstration cannot be had here, in both languages, for the person at the terminal. */
export class DemoError extends Error {}

/**
 * Founds the demonstration's city with its mark, both in one transaction.
 * @throws DemoError for a database that holds anything.
 */
export async function foundDemo(url: string, size: DemoSize): Promise<DemoMark> {
  return withOwner(url, async (owner) => {
    const { kind } = await look(owner);
    if (kind !== 'nothing') throw new DemoError(refusals[kind]);
    const { tenantId } = await found(owner, demoCity, (tx, id) => markDemo(tx, id, size));
    const mark = await readMark(owner, tenantId);
    // Somebody founded a real one at this very moment.
    if (mark === undefined) throw new DemoError(refusals.city);
    return mark;
  });
}

/**
 * Empties a database whose demonstration was cut off while it was filled.
 * @returns false where another process is filling it now, which changes nothing.
 * @throws DemoError for any other database.
 */
export async function clearUnfinished(url: string): Promise<boolean> {
  const isCleared = await withOwner(url, async (owner) => {
    const { rows } = await sql<{ is_ours: boolean }>`select pg_try_advisory_lock(${FILLING_LOCK}) as is_ours`.execute(owner.kysely);
    if (rows[0]?.is_ours !== true) return false;
    const holding = await look(owner);
    if (holding.kind !== 'demo' || holding.mark.state !== 'filling') throw new DemoError(refusals[holding.kind === 'demo' ? 'demo' : 'city']);
    await sql`drop schema public cascade`.execute(owner.kysely);
    await sql`create schema public`.execute(owner.kysely);
    await sql`grant usage on schema public to public`.execute(owner.kysely);
    return true;
  });
  if (isCleared) await migrate(url);
  return isCleared;
}

const refusals = {
  city: '这个数据库里已经有一座真实的城市，不能装演示数据。演示请用另一个文件夹：WUTONG_DATA=演示 npm run demo\nThis database holds a real city, which never becomes a demonstration. Take another folder for one: WUTONG_DATA=demo npm run demo',
  demo: '演示数据已经在了\nThe demonstration is there already',
} as const;

async function withOwner<T>(url: string, work: (owner: Database) => Promise<T>): Promise<T> {
  const owner = openDatabase(url, { connections: 1, role: null });
  try {
    return await work(owner);
  } finally {
    await owner.close();
  }
}
