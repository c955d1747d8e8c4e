// Tells processes apart: whether one still runs, since when, and whether it is the PostgreSQL of a data folder.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');

/** Whether a process with this number runs; one that has ended and only waits to be counted does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !hasProc || fieldsOf(pid)?.[0] !== 'Z';
}

/** The fields of /proc/<pid>/stat from the third on; the second holds a name that may contain anything. */
function fieldsOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * When a running process began, as the system tells it: numbers are used again, a number with its beginning is not.
 * Undefined when no such process runs.
 */
export function beginningOf(pid: number): string | undefined {
  if (!isRunning(pid)) return undefined;
  if (hasProc) {
    const ticks = fieldsOf(pid)?.[19];
    return ticks === undefined ? undefined : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${ticks}`;
  }
  if (process.platform === 'win32') return 'running';
  return ask('ps', ['-o', 'lstart=', '-p', String(pid)]);
}

/** Whether the process runs and is a PostgreSQL server on this data folder. */
export function isServing(pid: number, data: string): boolean {
  if (!isRunning(pid)) return false;
  if (hasProc) {
    // PostgreSQL works in its data folder.
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    } catch {
      return false;
    }
  }
  if (process.platform === 'win32') return ask('tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'])?.startsWith('"postgres') ?? false;
  return ask('ps', ['-o', 'command=', '-p', String(pid)])?.includes(data) ?? false;
}

function ask(program: string, args: string[]): string | undefined {
  try {
    return execFileSync(program, args, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }).trim() || undefined;
  } catch {
    return undefined;
  }
}
