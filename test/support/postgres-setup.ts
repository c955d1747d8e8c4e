// Gives every test file one shared PostgreSQL, started when the first of them asks and stopped after the last.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for the connection string of the database. */
    postgresBroker: string;
  }
}

let server: ChildProcess | undefined;
let started: Promise<string> | undefined;

function startServer(): Promise<string> {
  const given = process.env['DATABASE_URL'];
  if (given) return Promise.resolve(given);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'postgres-server.ts')], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own, so that Ctrl-C does not reach the database before the tests have ended.
    detached: true,
  });
  server = child;
  return new Promise((done, fail) => {
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk));
    createInterface(child.stdout).once('line', done);
    child.once('exit', () => fail(new Error(complaint || 'PostgreSQL 没有启动 / PostgreSQL did not start')));
  });
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const broker = createServer((_request, response) => {
    started ??= startServer();
    started.then(
      (url) => response.end(url),
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
    if (server === undefined || server.exitCode !== null) return;
    const gone = new Promise((done) => server?.once('exit', done));
    server.stdin?.end();
    await gone;
  };
}
