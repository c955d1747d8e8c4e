// A city of seeded people with the whole interface in front of it, for measurements: on DATABASE_URL, or on a database of its own that goes afterwards.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import pg from 'pg';
import { openKeys } from '../src/adapters/cryptography/sm4-protector.ts';
import { openWorkspace } from '../src/authoring/workspace.ts';
import type { Caller, Capacity } from '../src/domains/permissions/index.ts';
import { openParts, type Parts } from '../src/main/api/parts.ts';
import { serveApi } from '../src/main/api/serve-api.ts';
import { findDatabase } from '../src/main/database.ts';
import { foundCityNamed } from '../src/main/found-first-city.ts';
import { loadPeople } from '../src/seed/load-people.ts';
import { schoolsOf } from '../src/seed/schools.ts';
import { newId } from '../src/storage/database.ts';

/** A running city. */
interface OwnCity {
  readonly tenantId: number;
  readonly parts: Parts;
  /** Where its interface answers. */
  readonly url: string;
  /** Who is signed in with a token, from now on: looked up in memory, so that sessions are no part of what is measured. */
  signIn(capacity: Capacity): string;
  close(): Promise<void>;
}

const SEED = 7;

/** As a database is some time after it was filled: its statistics are there, and the log files of the filling are free to be used again. */
async function settle(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('analyze');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Starts a city with so many people. @param mount adds routes of a measurement's own to the server */
export async function startCity(people: number, connections: number, mount?: (server: FastifyInstance) => void): Promise<OwnCity> {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-bench-city-'));
  // PostgreSQL runs as somebody else where this runs as root.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'data'));
  const keysFile = join(folder, 'wutong.keys');
  const database = await findDatabase({ environment: { ...process.env, WUTONG_DATA: process.env['DATABASE_URL'] === undefined ? join(folder, 'data') : undefined } });
  const protector = await openKeys({ path: keysFile, hasSealedData: async () => false });
  const { tenantId } = await foundCityNamed(database.url, 'jilin-city');
  const { vocabularies, reference } = openWorkspace(join(import.meta.dirname, '..'));
  const setting = { tenantId, seed: SEED, departments: {}, topJurisdiction: '220200', today: new Date().toISOString().slice(0, 10) };
  await loadPeople({ url: database.url, keysFile, protector, packs: { vocabularies, reference }, schools: schoolsOf(reference), setting, people });
  await settle(database.url);
  const parts = await openParts({ databaseUrl: database.url, dataFolder: join(folder, 'files'), keysFile, connections, rateFactor: 1_000_000 });
  const callers = new Map<string, Caller>();
  const server = fastify({ logger: false, bodyLimit: 1024, genReqId: () => newId() });
  await serveApi(server, { ...parts.api, findCaller: async (_tx, _tenantId, token) => callers.get(token), failed: (error) => console.error(error) }, [...parts.routes]);
  mount?.(server);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return {
    tenantId,
    parts,
    url,
    signIn: (capacity) => {
      const token = newId();
      callers.set(token, { tenantId, actor: { accountId: newId(), sessionId: newId(), capacity } });
      return token;
    },
    close: async () => {
      await server.close();
      await parts.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
