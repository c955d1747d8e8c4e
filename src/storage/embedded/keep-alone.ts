// Lets only one Wutong work on a data folder: a file that names the process, worth something only while that process runs.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseUnavailable } from '../unavailable.ts';
import { beginningOf } from './processes.ts';

const SETTLE_MS = 50;

interface Keeper {
  readonly pid: number;
  readonly beginning: string;
}

/** Who works on the folder now; undefined when nobody does, whatever an old file says. */
export function keeperOf(folder: string): number | undefined {
  const written = read(join(folder, 'wutong.pid'));
  return written !== undefined && beginningOf(written.pid) === written.beginning ? written.pid : undefined;
}

/**
 * Takes the folder for this process.
 * @returns what gives it back.
 * @throws DatabaseUnavailable while another process, or this one, has it.
 */
export async function keepAlone(folder: string): Promise<() => void> {
  const file = join(folder, 'wutong.pid');
  const mine: Keeper = { pid: process.pid, beginning: beginningOf(process.pid) ?? '' };
  const present = keeperOf(folder);
  if (present !== undefined) throw taken(folder, present);
  // Whoever renames last has it; two that start within the same moment both look again after it.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(mine), { mode: 0o600 });
  renameSync(`${file}.${process.pid}`, file);
  await sleep(SETTLE_MS);
  const now = read(file);
  if (now?.pid !== mine.pid || now.beginning !== mine.beginning) throw taken(folder, now?.pid ?? 0);
  return () => {
    if (read(file)?.pid === process.pid) rmSync(file, { force: true });
  };
}

function read(file: string): Keeper | undefined {
  try {
    const { pid, beginning } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Keeper>;
    return typeof pid === 'number' && typeof beginning === 'string' ? { pid, beginning } : undefined;
  } catch {
    return undefined;
  }
}

function taken(folder: string, pid: number): DatabaseUnavailable {
  return new DatabaseUnavailable(
    `另一个梧桐（进程 ${pid}）正在使用数据文件夹 ${folder}。请先停止它；要同时再开一个，给它另一个文件夹：WUTONG_DATA=… npm start`,
    `Another Wutong (process ${pid}) is using the data folder ${folder}. Stop it first; to run a second one, give it a folder of its own: WUTONG_DATA=… npm start`,
  );
}
