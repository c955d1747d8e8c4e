// Calls as clients should make them: under a key, to either server, again and again until there is an answer; and what was answered, counted.
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../../src/storage/database.ts';
import type { FaultCity, Officer } from './fault-city.ts';

/** An answer, as far as the walk reads it. */
export interface Body {
  readonly items?: readonly Body[];
  readonly error?: { readonly code: string };
  readonly status?: string;
  readonly outcome?: string;
  readonly partyId?: string;
  readonly caseId?: string;
  readonly listId?: string;
  readonly entryId?: string;
  readonly objectionId?: string;
  readonly doubtId?: string;
  readonly isPassable?: boolean;
  readonly waitsForAdoption?: boolean;
  readonly instalmentId?: string;
  readonly batchId?: string;
  readonly paymentId?: string;
  readonly paymentNumber?: string;
  readonly repaymentId?: string;
  readonly owedFen?: number;
  readonly sentAt?: string;
}

/** What a call says. */
export interface Asked {
  /** The endpoint's id, under which the trail has it. */
  readonly id: string;
  readonly by: Officer | undefined;
  readonly path: string;
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly etag?: string;
}

/** What was answered in the end. */
export interface Told {
  readonly isDone: boolean;
  readonly code: string;
  readonly body: Body;
  readonly etag: string;
}

/** Everything that was counted. */
export interface Counts {
  /** By endpoint. */
  readonly done: Map<string, number>;
  /** By code. */
  readonly refused: Map<string, number>;
  /** Calls, by endpoint, that were refused after an answer had been lost: the first time may have been done. */
  readonly unsure: Map<string, number>;
  retries: number;
  /** Repeated calls whose work had been done: answered from what was kept, or refused as done already. */
  duplicates: number;
  failures: number;
}

/** A caller. */
export interface Caller {
  readonly counts: Counts;
  /** Places where something was not as it must be. */
  readonly breaches: string[];
  /** Changes something; gives up only after a minute and a half without an answer, which is a breach. */
  readonly act: (asked: Asked) => Promise<Told>;
  readonly look: (by: Officer | undefined, path: string) => Promise<Told>;
  /** The text of a file. */
  readonly read: (by: Officer, path: string) => Promise<string>;
}

const LONGEST_MS = 90_000;
const PAUSE_MS = 40;

/** Makes a caller; `pick` says to which of the servers a call goes. */
export function makeCaller(city: FaultCity, pick: () => number): Caller {
  const counts: Counts = { done: new Map(), refused: new Map(), unsure: new Map(), retries: 0, duplicates: 0, failures: 0 };
  const breaches: string[] = [];

  const send = async (method: string, { by, path, body, bytes, etag }: Omit<Asked, 'id'>, key: string): Promise<{ readonly answer: Response; readonly text: string } | undefined> => {
    const server = city.halves[pick()]?.server ?? city.halves.find(({ server: each }) => each !== undefined)?.server;
    if (server === undefined) return undefined;
    const headers: Record<string, string> = { 'accept-language': 'en' };
    if (method !== 'GET') headers['idempotency-key'] = key;
    if (by !== undefined) headers['authorization'] = `Bearer ${city.token(by)}`;
    if (etag !== undefined) headers['if-match'] = etag;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (bytes !== undefined) headers['content-type'] = 'application/octet-stream';
    const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
    try {
      const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, signal: AbortSignal.timeout(20_000), ...(sent === undefined ? {} : { body: sent as string }) });
      return { answer, text: await answer.text() };
    } catch {
      return undefined;
    }
  };

  const until = async (method: string, asked: Omit<Asked, 'id'>, name: string): Promise<{ readonly told: Told; readonly text: string; readonly tries: number; readonly isReplayed: boolean }> => {
    const key = newId();
    const begun = performance.now();
    for (let tries = 1; ; tries++) {
      const got = await send(method, asked, key);
      const status = got?.answer.status;
      // No answer, not at the moment, too many, and a session that a moved clock has ended: try again.
      if (got !== undefined && status !== undefined && status !== 401 && status !== 429 && status < 500) {
        const isJson = /json/.test(got.answer.headers.get('content-type') ?? '') && got.text !== '';
        const body = isJson ? (JSON.parse(got.text) as Body) : {};
        const told = { isDone: status < 400, code: status < 400 ? '' : (body.error?.code ?? String(status)), body, etag: got.answer.headers.get('etag') ?? '' };
        return { told, text: got.text, tries, isReplayed: got.answer.headers.get('idempotency-replayed') === 'true' };
      }
      if (status === 500) {
        counts.failures++;
        if (breaches.length < 20) breaches.push(`${name}: 500 ${got?.text ?? ''}`);
      }
      if (performance.now() - begun > LONGEST_MS) {
        breaches.push(`${name}: no answer for ${LONGEST_MS / 1000} s (${status ?? 'no connection'})`);
        return { told: { isDone: false, code: 'no-answer', body: {}, etag: '' }, text: '', tries, isReplayed: false };
      }
      if (method !== 'GET') counts.retries++;
      await sleep(PAUSE_MS * Math.min(tries, 5));
    }
  };

  return {
    counts,
    breaches,
    async act({ id, ...asked }) {
      const { told, tries, isReplayed } = await until('POST', asked, id);
      if (isReplayed) counts.duplicates++;
      if (told.isDone) counts.done.set(id, (counts.done.get(id) ?? 0) + 1);
      // A file is sent without a key that is kept: that it was booked already is the answer to the first time, or to somebody else's.
      else if (told.code === 'result-imported-already' && tries > 1) {
        counts.duplicates++;
        counts.unsure.set(id, (counts.unsure.get(id) ?? 0) + 1);
        return { ...told, isDone: true };
      } else {
        counts.refused.set(told.code, (counts.refused.get(told.code) ?? 0) + 1);
        if (tries > 1) counts.unsure.set(id, (counts.unsure.get(id) ?? 0) + 1);
      }
      return told;
    },
    look: async (by, path) => (await until('GET', { by, path }, `GET ${path.split('?')[0] ?? ''}`)).told,
    read: async (by, path) => (await until('GET', { by, path }, `GET ${path.split('?')[0] ?? ''}`)).text,
  };
}
