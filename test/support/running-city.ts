// A city that runs for real: the built server on data of its own, stopped and killed as a test likes, with administrators who sign in as people do.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { TOTP } from 'otpauth';

const root = dirname(dirname(import.meta.dirname));

/** A running server. */
export interface RunningServer {
  /** Such as `http://localhost:40123`. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to end, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** A city's data and what runs on it. */
export interface RunningCity {
  /** Everything of it, the data folder included. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  start(): Promise<RunningServer>;
  /** Runs `wutong` on the same data. */
  wutong(...args: string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }>;
  /** The process id of the city's PostgreSQL. */
  postgresPid(): number;
  /** Ends what still runs and deletes the data. */
  remove(): Promise<void>;
}

/** Prepares a folder for a city; nothing runs yet. `through` is what every program of it is started by, such as one that enters a place of its own; `starting` is what `npm start` is called with. */
export function makeRunningCity(more: Readonly<Record<string, string>> = {}, through: () => readonly string[] = () => [], starting: readonly string[] = ['--empty']): RunningCity {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-city-'));
  // PostgreSQL does not run as root; the user it runs as has to reach its data.
  chmodSync(folder, 0o755);
  const dataFolder = join(folder, 'data');
  const environment = { PORT: '0', HOST: '', DATABASE_URL: '', WUTONG_DATA: dataFolder, WUTONG_TRUST_PROXY: '127.0.0.1,::1', ...more };
  const running = new Set<RunningServer>();

  const start = async (): Promise<RunningServer> => {
    const [program = '', ...rest] = [...through(), process.execPath, join(root, 'bin/start.js'), ...starting];
    const child = spawn(program, rest, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    const killAtExit = (): void => void child.kill('SIGKILL');
    process.once('exit', killAtExit);
    const ended = once(child, 'close').then(([code]): number | null => {
      process.off('exit', killAtExit);
      return code as number | null;
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk).slice(-8000)));
    const url = await new Promise<string>((done, fail) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output = (output + chunk).slice(-8000);
        const found = /Wutong is at (http:\/\/\S+)[\s\S]*To stop/.exec(output)?.[1];
        if (found !== undefined) done(found);
      });
      void ended.then((code) => fail(new Error(`npm start: ${code}\n${output}`)));
    });
    const server: RunningServer = {
      url,
      process: child,
      kill: async () => {
        running.delete(server);
        child.kill('SIGKILL');
        await ended;
      },
      stop: () => {
        running.delete(server);
        child.kill('SIGTERM');
        return ended;
      },
    };
    running.add(server);
    return server;
  };

  const postgresPid = (): number => Number(readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    folder,
    dataFolder,
    environment,
    start,
    wutong: async (...args) => {
      const options = { env: { ...process.env, ...environment }, cwd: root };
      try {
        const [program, ...before] = [...through(), process.execPath, join(root, 'bin/wutong.js')];
        const { stdout, stderr } = await promisify(execFile)(program, [...before, ...args], options);
        return { code: 0, stdout, stderr };
      } catch (error) {
        const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
        return { code, stdout, stderr };
      }
    },
    postgresPid,
    remove: async () => {
      for (const server of running) await server.stop();
      // A server that was killed leaves its PostgreSQL; one more start takes it over, and stops it properly.
      if (existsSync(join(dataFolder, 'postgres', 'postmaster.pid'))) {
        const last = await start().catch(() => undefined);
        await last?.stop();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody signed in. */
export interface SignedIn {
  readonly token: string;
}

/** The three administrators, made by `wutong account` and signed in: one-time password, password of their own, second factor. */
export async function signInAdministrators(city: RunningCity, url: string): Promise<Readonly<Record<'system' | 'security' | 'audit', SignedIn>>> {
  const people = { system: 'system,张三一,13900000001', security: 'security,张三二,13900000002', audit: 'audit,张三三,13900000003' };
  const made = await city.wutong('account', 'create-admins', '--lang', 'en', ...Object.entries(people).flatMap(([name, person]) => [`--${name}`, person]));
  if (made.code !== 0) throw new Error(made.stdout + made.stderr);
  const oneTime = [...made.stdout.matchAll(/login (\w+)\s+one-time password (\S+)/g)];
  const signedIn: Record<string, SignedIn> = {};
  for (const [, login = '', password = ''] of oneTime) signedIn[login] = { token: await signInFirst(url, login, password) };
  return signedIn as Record<'system' | 'security' | 'audit', SignedIn>;
}

async function signInFirst(url: string, login: string, password: string): Promise<string> {
  const post = async (path: string, body: unknown): Promise<{ body: Record<string, string>; token: string | undefined }> => {
    const answer = await fetch(`${url}/api/v1/access/${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return { body: JSON.parse(text) as Record<string, string>, token: /wutong_session=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] };
  };
  const first = await post('sign-in/password', { login, password });
  const second = await post('sign-in/new-password', { stepToken: first.body['stepToken'], password: 'Phoenix-on-Wutong-7391' });
  const stepToken = second.body['stepToken'];
  const { body: enrolment } = await post('sign-in/enrolment', { stepToken });
  const code = new TOTP({ secret: enrolment['secret'] ?? '' }).generate();
  const { token } = await post('sign-in/enrolment/confirm', { stepToken, code });
  if (token === undefined) throw new Error('no session');
  return decodeURIComponent(token);
}
