// Starts the built server as a user does (`npm start`), on a port that the system chooses.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));

/** A running server. */
export interface Site {
  /** Such as `http://localhost:40123`, with no slash at the end. */
  readonly url: string;
  /** What it printed when it started. */
  readonly greeting: string;
  /** All that it has printed up to now. */
  readonly printed: () => string;
  /** Ends it with a signal and gives its exit code; a second call gives the same. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGINT') => Promise<number | null>;
}

/** What a start of the server led to that did not stay: exit code and what it printed. */
export interface FailedStart {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the server on data of its own; `environment` adds to PORT=0, `fill` puts data into the folder before the start. @throws Error with what it printed where it does not start. */
export async function startSite(environment: Readonly<Record<string, string>> = {}, fill: (folder: string) => Promise<void> = async () => {}): Promise<Site> {
  const started = await tryToStart(environment, fill);
  if ('url' in started) return started;
  throw new Error(`npm start: ${started.code}\n${started.stdout}${started.stderr}`);
}

/** Starts the server and tells either where it is or how it ended. */
export async function tryToStart(environment: Readonly<Record<string, string>>, fill: (folder: string) => Promise<void> = async () => {}): Promise<Site | FailedStart> {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-site-'));
  // PostgreSQL does not run as root; the user it runs as has to reach its data.
  chmodSync(folder, 0o755);
  await fill(folder);
  const child = spawn(process.execPath, [join(root, 'bin/start.js'), '--empty'], {
    env: { ...process.env, PORT: '0', HOST: '', DATABASE_URL: '', WUTONG_DATA: join(folder, 'data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that ends early must not leave a server behind.
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
  const ended = once(child, 'close').then(([code]): number | null => {
    process.off('exit', killAtExit);
    rmSync(folder, { recursive: true, force: true });
    return code as number | null;
  });
  const ready = new Promise<string>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk;
      const url = /http:\/\/[^\s/]+(?=\n[\s\S]*To stop)/.exec(stdout)?.[0];
      if (url !== undefined) done(url);
    });
  });
  const first = await Promise.race([ready, ended]);
  if (typeof first !== 'string') return { code: first, stdout, stderr };
  return {
    url: first,
    greeting: stdout,
    printed: () => stdout + stderr,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
