// Decides what a start of the server leads to: a real city, or a demonstration that is there or is to be filled; never one from the other.
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '../../storage/database.ts';
import type { FoundDatabase } from '../database.ts';
import { type DemoMark, readMark } from './demo-marks.ts';
import { clearUnfinished, DemoError, foundDemo, lookWhatThereIs } from './found-demo.ts';
import { findLastDay } from './last-day.ts';

const LOOK_MS = 1000;

/** The usual size. */
const size = { seed: 7, people: 300 } as const;

/** What a start leads to. */
type Beginning = { readonly kind: 'city' } | { readonly kind: 'demo'; readonly mark: DemoMark; readonly isToFill: boolean };

/** What was asked for. */
interface StartWish {
  /** `--empty`: a real city, and nothing else. */
  readonly isEmpty: boolean;
  /** Whether an empty database may become a demonstration: our own, of no city that was named, on no machine of production. */
  readonly mayBeDemo: boolean;
}

/** Reads the wish from arguments and settings. */
export function readStartWish(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): StartWish {
  const isSet = (name: string): boolean => (environment[name] ?? '').trim() !== '';
  return { isEmpty: argv.includes('--empty'), mayBeDemo: !isSet('DATABASE_URL') && !isSet('WUTONG_CITY') && environment['NODE_ENV'] !== 'production' };
}

/**
 * Looks what the database holds, and founds a demonstration in an empty one where that is wished.
 * @throws DemoError where `--empty` meets a demonstration: nobody's data are lost, and a demonstration does not become a real city.
 */
export async function beginDemo(database: Pick<FoundDatabase, 'url' | 'folder'>, { isEmpty, mayBeDemo }: StartWish, now: Date): Promise<Beginning> {
  const holding = await lookWhatThereIs(database.url);
  if (holding.kind === 'city' || (holding.kind === 'nothing' && (isEmpty || !mayBeDemo))) return { kind: 'city' };
  const wanted = { ...size, lastOn: await findLastDay(now) };
  if (holding.kind === 'nothing') return { kind: 'demo', mark: await foundDemo(database.url, wanted), isToFill: true };
  if (isEmpty) throw new DemoError(tellDemoThere(database.folder));
  const { mark } = holding;
  if (mark.state === 'ready') return { kind: 'demo', mark, isToFill: false };
  // Left half filled by a run that was cut off, unless another process is at it.
  if (!(await clearUnfinished(database.url))) return { kind: 'demo', mark, isToFill: false };
  return { kind: 'demo', mark: await foundDemo(database.url, { seed: mark.seed, people: mark.people, lastOn: wanted.lastOn }), isToFill: true };
}

function tellDemoThere(folder: string | null): string {
  const [zh, en] = folder === null ? ['这个数据库', 'This database'] : [`${folder} `, folder];
  return (
    `${zh}里是演示数据，不会变成真实的城市。要一座空的城市，请用另一个文件夹：WUTONG_DATA=城市 npm start -- --empty\n` +
    `${en} holds a demonstration, which does not become a real city. For an empty city take another folder: WUTONG_DATA=city npm start -- --empty`
  );
}

/** A filling under way. */
interface Filling {
  /** Whether it came to its end. */
  readonly ended: Promise<boolean>;
  /** Ends it early; the next start begins anew. */
  stop(): Promise<void>;
}

/** Waits until another process has filled a demonstration. @returns whether it has; false where this one stops before. */
export async function waitUntilFilled(db: Database, tenantId: number, isStopping: () => boolean): Promise<boolean> {
  while (!isStopping()) {
    if ((await readMark(db, tenantId).catch(() => undefined))?.state === 'ready') return true;
    await sleep(LOOK_MS, undefined, { ref: false });
  }
  return false;
}

/** In the build its program lies beside the server, else it is the source. */
function programBeside(): string {
  const built = new URL('./demo.js', import.meta.url);
  return fileURLToPath(existsSync(fileURLToPath(built)) ? built : new URL('./demo-process.ts', import.meta.url));
}

/** Fills the demonstration in a process of its own that gives way to the server, and tells of it line by line. */
export function startFilling(environment: Readonly<Record<string, string | undefined>>, tell: (line: string) => void): Filling {
  // The channel closes when this process is gone, even by kill -9; then the other one ends too.
  const child = spawn(process.execPath, [programBeside()], { env: { ...process.env, ...environment, WUTONG_DEMO_FILL: '1' }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  if (child.pid !== undefined) {
    try {
      setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // Some systems do not let it; then both go on as they are.
    }
  }
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', tell);
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', tell);
  const ended = once(child, 'close').then(([code]) => code === 0, () => false);
  return {
    ended,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
