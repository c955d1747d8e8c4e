// Works on a demonstration as people and officers do: through the interface itself, called inside this process, at the hour of the sample year.
import { fastify } from 'fastify';
import type { Caller, Capacity } from '../../domains/permissions/index.ts';
import { newId } from '../../storage/database.ts';
import type { Parts } from '../api/parts.ts';
import { serveApi } from '../api/serve-api.ts';

/** What came back. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string;
  readonly cookies: readonly { readonly name: string; readonly value: string }[];
}

/** Somebody who calls; what is refused is thrown. */
export interface Hand {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown, etag?: string): Promise<T>;
  /** With the version that one sees now. */
  act<T>(seenAt: string, path: string, body?: unknown): Promise<T>;
  /** With a version that was seen before, or that of now where it has changed; gives the new one too. */
  actFrom<T>(etag: string, seenAt: string, path: string, body?: unknown): Promise<{ readonly told: T; readonly etag: string }>;
  send<T>(method: 'POST' | 'PATCH', path: string, bytes: Uint8Array, headers?: Readonly<Record<string, string>>): Promise<T>;
  /** As it came, refused or not. */
  ask(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>;
}

/** 412: somebody changed it since. */
const CHANGED_MEANWHILE = 412;

/** The clock of the sample year. */
export interface DemoClock {
  now(): Date;
  set(now: Date): void;
}

/** A clock that stands until it is set. */
export function makeClock(start: Date): DemoClock {
  let current = start;
  return { now: () => current, set: (now) => void (current = now) };
}

/** The interface of one city, with callers in the capacities of its year. */
export interface Desk {
  readonly tenantId: number;
  readonly parts: Parts;
  readonly clock: DemoClock;
  /** Somebody with an account, in a capacity. */
  as(accountId: string, capacity: Capacity): Hand;
  /** Somebody by a session's token; nobody in particular without one. */
  anyone(token?: string): Hand;
  close(): Promise<void>;
}

/** Opens the interface; nothing listens. */
export async function openDesk(parts: Parts, tenantId: number, clock: DemoClock): Promise<Desk> {
  const callers = new Map<string, Caller>();
  const server = fastify({ logger: false, genReqId: () => newId() });
  const failures: unknown[] = [];
  await serveApi(
    server,
    {
      ...parts.api,
      findCaller: async (tx, tenant, token, at) => callers.get(token) ?? parts.api.findCaller(tx, tenant, token, at),
      now: () => clock.now(),
      failed: (error) => failures.push(error),
    },
    parts.routes,
  );
  let hands = 0;
  const handWith = (token: string | undefined): Hand => {
    // Each at a place of their own (RFC 5737), so that what is counted by place is not counted together.
    const remoteAddress = `192.0.2.${(hands++ % 250) + 1}`;
    const call = async (method: 'GET' | 'POST' | 'PATCH', path: string, payload: string | Buffer | undefined, more: Readonly<Record<string, string>>): Promise<Answer> => {
      const headers = { host: 'localhost', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...more };
      const answered = await server.inject({ method, remoteAddress, url: `/api/v1${path}`, headers, ...(payload === undefined ? {} : { payload }) });
      const isJson = /json/.test(String(answered.headers['content-type'] ?? '')) && answered.payload !== '';
      return { status: answered.statusCode, body: isJson ? (JSON.parse(answered.payload) as unknown) : undefined, etag: String(answered.headers['etag'] ?? ''), cookies: answered.cookies };
    };
    const json = (method: 'GET' | 'POST', path: string, body: unknown, etag?: string): Promise<Answer> =>
      call(method, path, body === undefined ? undefined : JSON.stringify(body), { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(etag === undefined ? {} : { 'if-match': etag }) });
    const fine = <T>({ status, body }: Answer, path: string): T => {
      // Whoever reads an answer here knows its endpoint.
      if (status < 300) return body as T;
      throw new Error(`${path}: ${status} ${JSON.stringify(body)}`, { cause: failures.at(-1) });
    };
    return {
      get: async (path) => fine(await json('GET', path, undefined), path),
      post: async (path, body, etag) => fine(await json('POST', path, body, etag), path),
      act: async (seenAt, path, body) => {
        const seen = await json('GET', seenAt, undefined);
        return fine(await json('POST', path, body, seen.etag), path);
      },
      actFrom: async (etag, seenAt, path, body) => {
        const first = etag === '' ? undefined : await json('POST', path, body, etag);
        const isStale = first === undefined || first.status === CHANGED_MEANWHILE;
        const answer = isStale ? await json('POST', path, body, (await json('GET', seenAt, undefined)).etag) : first;
        return { told: fine(answer, path), etag: answer.etag };
      },
      send: async (method, path, bytes, headers = {}) => fine(await call(method, path, Buffer.from(bytes), { 'content-type': 'application/octet-stream', ...headers }), path),
      ask: (method, path, body) => json(method, path, body),
    };
  };
  return {
    tenantId,
    parts,
    clock,
    as(accountId, capacity) {
      const token = newId();
      callers.set(token, { tenantId, actor: { accountId, sessionId: null, capacity } });
      return handWith(token);
    },
    anyone: handWith,
    close: () => server.close(),
  };
}
