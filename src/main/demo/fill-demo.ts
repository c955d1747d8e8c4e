// Fills a marked, empty demonstration: opens the parts on a clock of their own, lets the year pass, and writes down that it is ready.
import { openDatabase } from '../../storage/database.ts';
import { openParts } from '../api/parts.ts';
import { makeClock } from './demo-desk.ts';
import { type DemoMark, finishDemo, writeProgress } from './demo-marks.ts';
import { fillYear, type FilledYear } from './fill-year.ts';
import { FILLING_LOCK } from './found-demo.ts';

/** Where the demonstration lies. */
interface DemoPlace {
  /** The owner's address. */
  readonly ownerUrl: string;
  readonly serverUrl: string;
  readonly dataFolder: string;
  readonly keysFile: string;
}

/** Fills it. @returns undefined where another process is at it. */
export async function fillDemo({ ownerUrl, serverUrl, dataFolder, keysFile }: DemoPlace, mark: DemoMark, onProgress: (perCent: number, day: string) => void): Promise<FilledYear | undefined> {
  const owner = openDatabase(ownerUrl, { connections: 2, role: null });
  try {
    const held = await owner.pool.connect();
    try {
      const { rows } = await held.query<{ is_ours: boolean }>('select pg_try_advisory_lock($1) as is_ours', [FILLING_LOCK]);
      if (rows[0]?.is_ours !== true) return undefined;
      const clock = makeClock(new Date());
      // Text messages of a demonstration go to its file, whatever the settings say: none of its telephones is anybody's.
      const parts = await openParts({ databaseUrl: serverUrl, dataFolder, keysFile, environment: {}, connections: 4, rateFactor: 100_000, now: () => clock.now() });
      // Cut off it begins anew, so it need not wait for the disk at every step.
      for (const pool of [parts.db.pool, parts.db.planned]) pool.on('connect', (client) => void client.query('set synchronous_commit = off').catch(() => {}));
      try {
        const filled = await fillYear(parts, clock, mark.tenantId, mark, async (perCent, day) => {
          await writeProgress(owner, mark.tenantId, perCent);
          onProgress(perCent, day);
        });
        await finishDemo(owner, parts.protector, mark.tenantId, filled.accounts, new Date());
        return filled;
      } finally {
        await parts.close();
      }
    } finally {
      held.release(true);
    }
  } finally {
    await owner.close();
  }
}
