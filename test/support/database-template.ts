// Migrates one database for a whole test run; every test database is a copy of it.
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrate, readMigrations } from '../../src/storage/migrate.ts';
import { ensureServerLogins } from '../../src/storage/server-login.ts';

/** The address of another database on the same server. */
export function addressOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/**
 * The name of a migrated database that may be copied; made at the first call, and anew once a migration has changed.
 * @param once runs `make` once for each name, for callers at the same time alike.
 */
export function makeTemplate(serverUrl: string, once: (name: string, make: () => Promise<string>) => Promise<string>): Promise<string> {
  const migrations = readMigrations();
  const digest = createHash('sha256').update(migrations.map((each) => `${each.file} ${each.digest}\n`).join('')).digest('hex');
  const name = `wutong_template_${digest.slice(0, 16)}`;
  return once(name, async () => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    try {
      const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
      if (rowCount === 1) return name;
      // Made under another name first: a second run on the same server never sees it half done.
      const making = `wutong_making_${randomUUID().replaceAll('-', '')}`;
      await client.query(`create database ${making} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
      try {
        await migrate(addressOf(serverUrl, making), migrations);
        await ensureServerLogins(addressOf(serverUrl, making));
        await client.query(`alter database ${making} rename to ${name}`);
      } catch (error) {
        await client.query(`drop database ${making} with (force)`);
        // Another run was quicker.
        const taken = await client.query('select from pg_database where datname = $1', [name]);
        if (taken.rowCount !== 1) throw error;
      }
      return name;
    } finally {
      await client.end();
    }
  });
}
