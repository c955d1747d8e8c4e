// Whether the server lives and is ready, for whoever balances load or watches it: codes only, nothing about anybody.
import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Database } from '../storage/database.ts';

/** One thing that must be right, and how it is: `ok`, or a code that says what is wrong. */
export type CheckState = 'ok' | 'down' | 'pending' | 'late' | 'full';

/** How everything is. */
export interface Readiness {
  readonly isReady: boolean;
  readonly checks: Readonly<Record<string, CheckState>>;
}

/** What is looked at. */
export interface HealthParts {
  readonly db: Database;
  /** Migrations that the database still lacks; throws where database and program do not fit. */
  readonly listPending: () => Promise<readonly string[]>;
  /** Seconds for which the oldest entry of the audit trail has waited; 0 where none waits. */
  readonly sealerLagSeconds: () => Promise<number>;
  /** Where files of the data lie. */
  readonly dataFolder: string;
}

const WAIT_MS = 3000;
const LATE_SECONDS = 60;
const LEAST_FREE_BYTES = 512 * 1024 * 1024;
const MIGRATIONS_FRESH_MS = 60_000;

/** Makes the question whether the server is ready; migrations that fit are not looked at again for a minute. */
export function makeHealth({ db, listPending, sealerLagSeconds, dataFolder }: HealthParts): () => Promise<Readiness> {
  let migratedUntil = 0;
  const looks: Readonly<Record<string, () => Promise<CheckState>>> = {
    database: async () => {
      await sql`select 1`.execute(db.kysely);
      return 'ok';
    },
    migrations: async () => {
      if (Date.now() < migratedUntil) return 'ok';
      if ((await listPending()).length > 0) return 'pending';
      migratedUntil = Date.now() + MIGRATIONS_FRESH_MS;
      return 'ok';
    },
    sealer: async () => ((await sealerLagSeconds()) > LATE_SECONDS ? 'late' : 'ok'),
    disk: async () => {
      const { bavail, bsize } = await statfs(dataFolder);
      return bavail * bsize < LEAST_FREE_BYTES ? 'full' : 'ok';
    },
  };
  return async () => {
    const states = await Promise.all(Object.entries(looks).map(async ([name, look]) => [name, await within(look)] as const));
    return { isReady: states.every(([, state]) => state === 'ok'), checks: Object.fromEntries(states) };
  };
}

/** What does not answer in time is down; the answer to a balancer must not wait with it. */
async function within(look: () => Promise<CheckState>): Promise<CheckState> {
  const timer = new AbortController();
  try {
    return await Promise.race([look(), sleep(WAIT_MS, 'down' as const, { signal: timer.signal })]);
  } catch {
    return 'down';
  } finally {
    timer.abort();
  }
}
