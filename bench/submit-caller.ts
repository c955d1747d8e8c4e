// The callers of the measurement of submitting: a thread of their own, as browsers are machines of their own; tokens come in, milliseconds go back.
import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { newId } from '../src/storage/database.ts';

/** What the thread is started with. */
export interface CallerTask {
  readonly url: string;
  readonly body: string;
  readonly atOnce: number;
}

const { url, body, atOnce } = workerData as CallerTask;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

parentPort?.on('message', (tokens: readonly string[]) => {
  const waiting = [...tokens];
  const times: number[] = [];
  const turns = async (): Promise<void> => {
    for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
      const start = performance.now();
      await post(token);
      times.push(performance.now() - start);
    }
  };
  void Promise.all(Array.from({ length: atOnce }, turns)).then(() => parentPort?.postMessage(times));
});

/** @throws Error with what was answered, where it is no 201 */
function post(token: string): Promise<void> {
  return new Promise((finish, fail) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': newId() };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      response.on('end', () => (response.statusCode === 201 ? finish() : fail(new Error(`answered ${response.statusCode}: ${answer}`))));
      response.on('error', fail);
    });
    sent.on('error', fail);
    sent.end(body);
  });
}
