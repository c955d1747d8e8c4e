// `npm run schema`: writes src/storage/schema.sql and row-types.ts from what the migrations make of a fresh database.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { dumpSchema } from '../src/storage/dump-schema.ts';
import { generateRowTypes, UnknownTypeError } from '../src/storage/generate-row-types.ts';
import { migrate, MigrationError } from '../src/storage/migrate.ts';
import { readSchema, type Schema } from '../src/storage/read-schema.ts';

const root = dirname(import.meta.dirname);

/** Gives `work` the address of a PostgreSQL server: DATABASE_URL, or one for this moment. */
async function withServer<T>(work: (url: string) => Promise<T>): Promise<T> {
  const given = process.env['DATABASE_URL'];
  if (given) return work(given);
  const server = spawn(process.execPath, [join(root, 'test/support/postgres-server.ts'), 'own'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = new Promise<never>((_done, fail) => server.once('exit', () => fail(new Error('PostgreSQL 没有启动 / PostgreSQL did not start'))));
  gone.catch(() => {});
  try {
    return await work(await Promise.race([new Promise<string>((done) => createInterface(server.stdout).once('line', done)), gone]));
  } finally {
    server.stdin.end();
    await gone.catch(() => {});
  }
}

/** The schema of a fresh database with every migration applied. */
function readFreshSchema(): Promise<Schema> {
  return withServer(async (serverUrl) => {
    const name = `wutong_schema_${randomUUID().replaceAll('-', '')}`;
    const url = new URL(serverUrl);
    url.pathname = `/${name}`;
    const admin = new pg.Client({ connectionString: serverUrl });
    await admin.connect();
    try {
      await admin.query(`create database ${name} template template0`);
      await migrate(url.href);
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      try {
        return await readSchema(client);
      } finally {
        await client.end();
      }
    } finally {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    }
  });
}

function write(file: string, text: string): void {
  const path = join(root, 'src/storage', file);
  let before = '';
  try {
    before = readFileSync(path, 'utf8');
  } catch {
    // Written for the first time.
  }
  if (before !== text) writeFileSync(path, text);
  console.log(`${before === text ? '未变 / unchanged' : '已写 / written'}  src/storage/${file}`);
}

try {
  const schema = await readFreshSchema();
  write('schema.sql', dumpSchema(schema));
  write('row-types.ts', generateRowTypes(schema));
} catch (error) {
  if (!(error instanceof MigrationError || error instanceof UnknownTypeError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
