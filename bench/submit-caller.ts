// The callers of the measurement of submitting: a thread of their own, as browsers are machines of their own; tokens come in, milliseconds go back.
// They write and read the bytes of HTTP themselves: what callers cost on the processors of the server is to be as little as it can.
import { connect, type Socket } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { newId } from '../src/storage/database.ts';

/** What the thread is started with. */
export interface CallerTask {
  readonly url: string;
  readonly body: string;
  readonly atOnce: number;
}

const { url, body, atOnce } = workerData as CallerTask;
const { hostname, port, pathname } = new URL(url);
const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;

/** One connection that is kept, with one call at a time. */
class Connection {
  readonly #socket: Socket;
  #answer = '';
  #finish: (() => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  constructor() {
    this.#socket = connect(Number(port), hostname).setNoDelay(true).setEncoding('latin1');
    this.#socket.on('data', (chunk: string) => this.#read(chunk));
    this.#socket.on('error', (error) => this.#fail?.(error));
    this.#socket.on('close', () => this.#fail?.(new Error('the server closed the connection')));
  }

  /** @throws Error with what was answered, where it is no 201 */
  post(token: string): Promise<void> {
    return new Promise((finish, fail) => {
      this.#finish = finish;
      this.#fail = fail;
      this.#answer = '';
      this.#socket.write(`${head}authorization: Bearer ${token}\r\nidempotency-key: ${newId()}\r\n\r\n${body}`);
    });
  }

  end(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }

  /** The server tells the length of each answer. */
  #read(chunk: string): void {
    this.#answer += chunk;
    const end = this.#answer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(this.#answer.slice(0, end))?.[1]);
    if (Number.isNaN(length)) this.#fail?.(new Error(`an answer without a length: ${this.#answer}`));
    else if (this.#answer.length < end + 4 + length) return;
    else if (this.#answer.startsWith('HTTP/1.1 201 ')) this.#finish?.();
    else this.#fail?.(new Error(`answered ${this.#answer}`));
  }
}

parentPort?.on('message', (tokens: readonly string[]) => {
  const waiting = [...tokens];
  const times: number[] = [];
  const turns = async (): Promise<void> => {
    const connection = new Connection();
    for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
      const start = performance.now();
      await connection.post(token);
      times.push(performance.now() - start);
    }
    connection.end();
  };
  void Promise.all(Array.from({ length: atOnce }, turns)).then(() => parentPort?.postMessage(times));
});
