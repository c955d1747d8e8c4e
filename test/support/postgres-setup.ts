// Gives every test file the run's PostgreSQL servers, each started when a test first asks and stopped after the last.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { makeTemplate } from './database-template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for the connection string of a database. */
    postgresBroker: string;
  }
}

const processes: ChildProcess[] = [];
const servers = new Map<string, Promise<string>>();
const templates = new Map<string, Promise<string>>();

function startServer(which: string): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given && which === 'own') return Promise.resolve(given);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'postgres-server.ts'), which], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, so that Ctrl-C does not reach the database before the tests have ended.
    detached: true,
  });
  processes.push(child);
  return new Promise((done, fail) => {
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk));
    createInterface(child.stdout).once('line', done);
    child.once('exit', () => fail(new Error(complaint || 'PostgreSQL 没有启动 / PostgreSQL did not start')));
  });
}

/** The value under the key, made once; what failed is tried again by the next who asks. */
function once(made: Map<string, Promise<string>>, key: string, make: () => Promise<string>): Promise<string> {
  const present = made.get(key);
  if (present !== undefined) return present;
  const promise = make();
  made.set(key, promise);
  promise.catch(() => made.delete(key));
  return promise;
}

/** `/own` and `/debian-15` answer with a server's address, `/own/template` with the name of its migrated template. */
async function answer(path: string): Promise<string> {
  const [, which = 'own', wanted] = path.split('/');
  const url = await once(servers, which, () => startServer(which));
  return wanted === 'template' ? makeTemplate(url, (name, make) => once(templates, `${which} ${name}`, make)) : url;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = createServer((request, response) => {
    answer(request.url ?? '').then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  }).listen(0, '127.0.0.1');
  await new Promise((done) => broker.once('listening', done));
  const address = broker.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  project.provide('postgresBroker', `http://127.0.0.1:${address.port}`);

  return async () => {
    broker.closeAllConnections();
    broker.close();
    const leaving = processes.filter((child) => child.exitCode === null && child.signalCode === null);
    await Promise.all(
      leaving.map((child) => {
        const gone = new Promise((done) => child.once('exit', done));
        child.stdin?.end();
        return gone;
      }),
    );
  };
}
