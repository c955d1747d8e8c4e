// The scanner on ClamAV: speaks clamd's INSTREAM over a socket, so that files never lie open on a disk.

import { createConnection, type NetConnectOpts, type Socket } from 'node:net';
import { noScanner, type Scanner, ScannerUnavailableError, type ScanResult } from '../../domains/evidence/index.ts';

const CHUNK_BYTES = 65_536;
/** No answer within this time is an answer too: the paper waits. */
const PATIENCE_MS = 60_000;
const DEFAULT_PORT = 3310;

/** The setting WUTONG_CLAMAV is not an address. */
export class ScannerAddressError extends Error {
  override readonly name = 'ScannerAddressError';
}

/**
 * The scanner of the setting WUTONG_CLAMAV: `unix:/run/clamav/clamd.ctl`, `tcp://host:3310` or `host:port`; none where it is empty.
 * @throws ScannerAddressError.
 */
export function scannerOf(setting: string | undefined, patienceMs = PATIENCE_MS): Scanner {
  const written = (setting ?? '').trim();
  return written === '' ? noScanner : clamdScanner(readAddress(written), patienceMs);
}

function readAddress(written: string): NetConnectOpts {
  const path = /^unix:(?:\/\/)?(\/.+)$/.exec(written)?.[1] ?? (written.startsWith('/') ? written : undefined);
  if (path !== undefined) return { path };
  const [, host, bracketed, port] = /^(?:tcp:\/\/)?(?:([^\s:/[\]]+)|\[([0-9a-f:]+)\])(?::(\d{1,5}))?\/?$/i.exec(written) ?? [];
  const name = host ?? bracketed;
  if (name === undefined || Number(port ?? DEFAULT_PORT) > 65_535) {
    throw new ScannerAddressError(
      `WUTONG_CLAMAV 应当是 unix:/路径 或 tcp://主机:端口，这里是“${written}”。\nWUTONG_CLAMAV should be unix:/path or tcp://host:port; found "${written}".`,
    );
  }
  return { host: name, port: Number(port ?? DEFAULT_PORT) };
}

function clamdScanner(address: NetConnectOpts, patienceMs: number): Scanner {
  return {
    async scan(content) {
      const answer = await ask(address, patienceMs, (socket) => {
        socket.write('zINSTREAM\0');
        for (let at = 0; at < content.length; at += CHUNK_BYTES) {
          const chunk = content.subarray(at, at + CHUNK_BYTES);
          socket.write(lengthOf(chunk));
          socket.write(chunk);
        }
        socket.write(Buffer.alloc(4));
      });
      return read(answer);
    },
  };
}

/** `stream: OK`, `stream: <name> FOUND`; anything else is no verdict. */
function read(answer: string): ScanResult {
  const finding = /^stream: (.+) FOUND$/.exec(answer)?.[1];
  if (finding !== undefined) return { verdict: 'infected', engine: 'ClamAV', finding };
  if (answer === 'stream: OK') return { verdict: 'clean', engine: 'ClamAV' };
  throw new ScannerUnavailableError(`clamd gave no verdict: ${answer.slice(0, 200)}`);
}

function lengthOf(chunk: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length);
  return length;
}

/** Sends and waits for the one answer, which ends with a zero byte or with the connection. */
function ask(address: NetConnectOpts, patienceMs: number, send: (socket: Socket) => void): Promise<string> {
  return new Promise((done, fail) => {
    const socket = createConnection(address);
    const received: Buffer[] = [];
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      // clamd may refuse and close while a long file is still being sent: what it said before counts more than the broken pipe.
      const answer = Buffer.concat(received).toString('utf8').replace(/\0[^]*$/, '').trim();
      if (answer === '') fail(new ScannerUnavailableError(`clamd did not answer${cause === '' ? '' : `: ${cause}`}`));
      else done(answer);
    };
    let cause = '';
    // One limit for the whole conversation: a scanner that trickles is as absent as one that is silent.
    const timer = setTimeout(() => {
      cause = `nothing within ${patienceMs} ms`;
      finish();
    }, patienceMs);
    socket.on('data', (data: Buffer) => {
      received.push(data);
      if (data.includes(0)) finish();
    });
    socket.on('error', (error) => {
      cause = error.message;
      finish();
    });
    socket.on('end', finish);
    socket.once('connect', () => send(socket));
  });
}
