// A database of its own for a test: migrated, empty, on real PostgreSQL, gone when the test drops it.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { openDatabase, type Database } from '../../src/storage/database.ts';
import { ensureServerLogins } from '../../src/storage/server-login.ts';
import { addressOf } from './database-template.ts';
import type { PostgresChoice } from './postgres-choice.ts';
import { connect } from './postgres.ts';

/** A migrated database that nobody else uses. */
export interface TestDatabase {
  /** What `openDatabase` takes: sessions work as wutong_app behind row-level security, and cannot become the owner's. */
  readonly url: string;
  /** The address for sessions that work as wutong_sealer. */
  readonly sealerUrl: string;
  /** The address for a session of the owner: sees all tenants, may change tables. */
  readonly ownerUrl: string;
  /** A pool as the application has it. */
  readonly db: Database;
  /** Closes the pool and drops the database, whoever is still connected. */
  readonly drop: () => Promise<void>;
}

/** Asks the run's broker; it starts servers and migrates the template when first asked. */
async function ask(path: string): Promise<string> {
  const response = await fetch(`${inject('postgresBroker')}/${path}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}

/**
 * Copies the run's migrated template. Whoever makes a database drops it, in afterAll or onTestFinished.
 * @param on the run's usual server, or Debian's PostgreSQL 15.
 */
export async function makeTestDatabase({ on = 'own', connections = 8 }: { on?: PostgresChoice; connections?: number } = {}): Promise<TestDatabase> {
  const template = await ask(`${on}/template`);
  const serverUrl = await ask(on);
  const name = `wutong_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(on, (client) => client.query(`create database ${name} template ${template}`));
  const ownerUrl = addressOf(serverUrl, name);
  const { url, sealerUrl } = await ensureServerLogins(ownerUrl);
  const db = openDatabase(url, { connections });
  const drop = async (): Promise<void> => {
    await db.close();
    await onServer(on, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { url, sealerUrl, ownerUrl, db, drop };
}

/** A database without anything in it, for tests of the migrations themselves. */
export async function makeEmptyDatabase(on: PostgresChoice = 'own'): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const name = `wutong_empty_${randomUUID().replaceAll('-', '')}`;
  await onServer(on, (client) => client.query(`create database ${name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`));
  return {
    url: addressOf(await ask(on), name),
    drop: () => onServer(on, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  };
}

async function onServer<T>(on: PostgresChoice, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(on);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Runs statements as the owner, past row-level security, to set up or look at what a test needs. */
export async function asOwner<T>({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What a sample city is made with; everything has a default. */
export interface TenantSample {
  readonly code?: string;
  readonly name?: string;
  /** The city's division, which is its topmost jurisdiction too. */
  readonly placeCode?: string;
  readonly hosts?: readonly string[];
  /** Jurisdictions below the city: division and name. */
  readonly jurisdictions?: readonly { readonly code: string; readonly name: string; readonly parentCode?: string }[];
}

/** Adds a city with its jurisdictions. @returns the number of the tenant. */
export function makeTenant(
  testDatabase: Pick<TestDatabase, 'ownerUrl'>,
  { code = 'sample', name = '样例市', placeCode = '220200', hosts = [], jurisdictions = [] }: TenantSample = {},
): Promise<number> {
  return asOwner(testDatabase, async (client) => {
    const { rows } = await client.query<{ tenant_id: number }>(
      `insert into tenants (tenant_id, code, name, place_code, hosts)
       select coalesce(max(tenant_id), 0) + 1, $1, $2, $3, $4 from tenants returning tenant_id`,
      [code, name, placeCode, hosts],
    );
    const tenantId = rows[0]?.tenant_id ?? 0;
    const add = `insert into jurisdictions (tenant_id, code, parent_code, name) values ($1, $2, $3, $4)`;
    await client.query(add, [tenantId, placeCode, null, name]);
    for (const each of jurisdictions) await client.query(add, [tenantId, each.code, each.parentCode ?? placeCode, each.name]);
    return tenantId;
  });
}
