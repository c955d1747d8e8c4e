// A scanner for tests: the real clamd with one signature of its own where the machine has it, else a small server that speaks its protocol.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scannerOf } from '../../src/adapters/scanner/clamd-scanner.ts';

/** What the test scanner takes for harmful, and nothing else does. */
export const harmful = 'WUTONG-SAMPLE-OF-SOMETHING-HARMFUL';

/** A running scanner. */
export interface TestClamd {
  /** For WUTONG_CLAMAV. */
  readonly address: string;
  readonly isReal: boolean;
  stop(): Promise<void>;
}

const program = '/usr/sbin/clamd';

/** Starts a scanner; whoever starts it stops it. */
export function startClamd(): Promise<TestClamd> {
  return existsSync(program) ? startReal() : startSmall();
}

async function startReal(): Promise<TestClamd> {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-clamd-'));
  const socket = join(folder, 'clamd.sock');
  writeFileSync(join(folder, 'sample.ndb'), `Wutong.Sample:0:*:${Buffer.from(harmful).toString('hex')}\n`);
  writeFileSync(join(folder, 'clamd.conf'), `LocalSocket ${socket}\nDatabaseDirectory ${folder}\nForeground yes\nStreamMaxLength 40M\n`);
  const child = spawn(program, ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  const address = `unix:${socket}`;
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const scanner = scannerOf(address, 2000);
  for (let tries = 0; ; tries++) {
    try {
      await scanner.scan(Buffer.from('are you there'));
      return { address, isReal: true, stop };
    } catch (error) {
      if (tries === 150 || child.exitCode !== null) {
        await stop();
        throw new Error('clamd did not start', { cause: error });
      }
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once('exit', () => done());
    child.kill('SIGKILL');
  });
}

/** Reads chunks as clamd's manual says and looks for the sample. */
async function startSmall(): Promise<TestClamd> {
  return serveSocket((socket) => {
    let received = Buffer.alloc(0);
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      const content = contentOf(received);
      if (content !== undefined) socket.end(content.includes(harmful) ? 'stream: Wutong.Sample.UNOFFICIAL FOUND\0' : 'stream: OK\0');
    });
  });
}

/** What was streamed, once its end has come. */
function contentOf(received: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0';
  if (received.length < command.length) return undefined;
  if (received.toString('latin1', 0, command.length) !== command) throw new Error('not INSTREAM');
  const chunks: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}

/** A server on a free port that treats each connection as `talk` says; for scanners that misbehave. */
export async function serveSocket(talk: (socket: Socket) => void): Promise<TestClamd> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    talk(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  const stop = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return new Promise((done) => server.close(() => done()));
  };
  return { address: `tcp://127.0.0.1:${address.port}`, isReal: false, stop };
}
