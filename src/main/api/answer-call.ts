// Answers one call of the interface: who calls, may they, is the input right, then one transaction with the work and its audit.
import { performance } from 'node:perf_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Endpoint, keepsAnswers } from '../../contract/endpoint.ts';
import { type ErrorCode, errors, Refusal, tellError } from '../../contract/errors.ts';
import type { Permission } from '../../contract/permissions.ts';
import { recordAudit } from '../../domains/audit/index.ts';
import { answerOnce, type KeptAnswer } from '../../domains/idempotency/index.ts';
import { anyone, type AuditNote, type Bytes, type Call, type Caller, type Cookie, cookieName, isReplyOf, refuseForRelative, type Route, type Scope, scopeFor } from '../../domains/permissions/index.ts';
import { type Protector, readSpelledIds } from '../../domains/protection/index.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import type { SharedTransactions } from '../../storage/share-transaction.ts';
import { addressOf } from './caller-address.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { RateLimits } from './rate-limits.ts';
import { readInput, readQuery } from './read-input.ts';
import type { Tenants } from './tenants.ts';

/** What the interface stands on. */
export interface ApiParts {
  readonly db: Database;
  /** For endpoints whose calls share transactions. */
  readonly shared: SharedTransactions;
  readonly protector: Protector;
  readonly tenants: Tenants;
  readonly limits: RateLimits;
  /** The caller of a token; undefined for one that is unknown, expired or revoked. */
  findCaller(tx: Tx, tenantId: number, token: string, now: Date): Promise<Caller | undefined>;
  /** The present instant; a test may set it. */
  now(): Date;
  /** Told of every call that was answered, for figures and the log; `route` is the template, never the path as called. */
  answered?(call: { readonly endpoint: Endpoint; readonly status: number; readonly milliseconds: number; readonly requestId: string; readonly code?: ErrorCode }): void;
  /** Told of what nobody expected, for the log. */
  failed?(error: unknown, requestId: string): void;
}

const sessionCookie = 'wutong_session';

/** Answers `request` by `route`. */
export async function answerCall(parts: ApiParts, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const start = performance.now();
  const { endpoint } = route;
  const language = languageOf(request);
  reply.header('x-request-id', request.id).header('cache-control', 'no-store').header('vary', 'accept-language, cookie, authorization');
  const tell = (status: number, code?: ErrorCode): void => {
    const milliseconds = performance.now() - start;
    parts.answered?.({ endpoint, status, milliseconds, requestId: request.id, ...(code === undefined ? {} : { code }) });
  };
  try {
    await carryOut(parts, route, request, reply, language);
    tell(reply.statusCode);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : refusalFor(error);
    if (refusal.code === 'internal' || refusal.code === 'unavailable') parts.failed?.(error, request.id);
    sendRefusal(reply, refusal, language, request.id);
    tell(reply.statusCode, refusal.code);
  }
  return reply;
}

/** Sends a refusal as JSON in the reader's language. */
export function sendRefusal(reply: FastifyReply, refusal: Refusal, language: 'zh' | 'en', requestId: string): FastifyReply {
  const { code, values, details } = refusal;
  if (code === 'too-many-requests') reply.header('retry-after', String(values['seconds'] ?? 60));
  if (code === 'sign-in-required') reply.header('www-authenticate', 'Bearer');
  const message = tellError(code, { requestId, ...values }, language);
  const told = details.map((detail) => ({ field: detail.field, message: detail[language] }));
  return reply
    .code(errors[code].status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ error: { code, message, ...(told.length > 0 ? { details: told } : {}), requestId } }));
}

/** The language that the caller asked for; Chinese unless English comes first. */
export function languageOf(request: FastifyRequest): 'zh' | 'en' {
  return /^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'zh';
}

async function carryOut(parts: ApiParts, route: Route, request: FastifyRequest, reply: FastifyReply, language: 'zh' | 'en'): Promise<void> {
  const { db, limits, protector, shared, tenants } = parts;
  const { endpoint } = route;
  const now = parts.now();
  const tenant = await tenants.ofHost(request.hostname);
  const shown = tokenOf(request);
  if (shown?.by === 'cookie' && endpoint.method !== 'GET') refuseCrossSite(request);
  const key = keepsAnswers(endpoint) ? headerOf(request, 'idempotency-key') : undefined;
  const sent = key === undefined ? '' : await contentOf(request);
  const notes: AuditNote[] = [];
  let isRecorded = false;
  const paramsFor = (scope: Scope): unknown => {
    const params = readSpelledIds(protector, scope.tenantId, readInput(endpoint.params, request.params));
    refuseForRelative(scope, Object.values(params ?? {}));
    return params;
  };
  const callOf = (tx: Tx, scope: Scope): Call<Permission, unknown, unknown, unknown> => ({
    db,
    tx,
    scope,
    params: paramsFor(scope),
    query: readSpelledIds(protector, scope.tenantId, readQuery(endpoint.query, request.query)),
    body: takesBytes(endpoint) ? undefined : readSpelledIds(protector, scope.tenantId, readInput(endpoint.body, request.body ?? (endpoint.body === undefined ? undefined : {}))),
    bytes: takesBytes(endpoint) && Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    headers: {
      ifMatch: headerOf(request, 'if-match'),
      contentType: headerOf(request, 'content-type'),
      get: (name) => headerOf(request, name),
    },
    token: shown?.token,
    language,
    now,
    requestId: request.id,
    client: {
      address: addressOf(request.ip),
      userAgent: (headerOf(request, 'user-agent') ?? '').slice(0, MOST_AGENT_CHARACTERS),
      host: request.host,
      isHttps: request.protocol === 'https',
    },
    audit: (note) => void notes.push(note),
    record: async (within, note = {}) => {
      await recordAudit(within, scope, { action: endpoint.id, requestId: request.id, ...note });
      isRecorded = true;
    },
  });

  let known: Caller | undefined;
  let counted: { readonly refusal?: Refusal } | undefined;
  const countOnce = (who: string | null): void => {
    // A transaction that is tried again is the same call.
    if (counted?.refusal !== undefined) throw counted.refusal;
    if (counted !== undefined) return;
    counted = {};
    try {
      if (who === null) limits.count('unknown', addressOf(request.ip), now);
      else limits.count(endpoint.rate === 'upload' ? 'upload' : 'normal', who, now);
      if (endpoint.rate === 'sensitive') limits.count('sensitive', who ?? addressOf(request.ip), now);
    } catch (error) {
      if (error instanceof Refusal) counted = { refusal: error };
      throw error;
    }
  };
  const callerIn = async (tx: Tx): Promise<Caller> => {
    const caller = shown === undefined ? undefined : await parts.findCaller(tx, tenant.tenantId, shown.token, now);
    // Counted by account once it is known, so that one office behind one address does not lock itself out.
    countOnce(caller === undefined ? null : keyOf(caller));
    known = caller ?? anyone(tenant.tenantId);
    return known;
  };
  try {
    if (endpoint.ownTransaction === true) {
      const scope = await inTenant(db, tenant.tenantId, async (tx) => scopeFor(await callerIn(tx), endpoint.permission));
      const answer = await route.handle(callOf(noTransaction, scope));
      // A look is written before its bytes leave; a change has written its row together with the work.
      if (endpoint.audited !== 'inside') await inTenant(db, tenant.tenantId, (tx) => writeAudit(tx, scope, endpoint, notes, request.id));
      else if (!isRecorded) throw new Error(`${endpoint.id} did its work without a row of the audit trail`);
      send(reply, endpoint, request, answer);
      return;
    }
    const enter = async (tx: Tx): Promise<Call<Permission, unknown, unknown, unknown> | Turned> => {
      try {
        return callOf(tx, scopeFor(await callerIn(tx), endpoint.permission));
      } catch (error) {
        // Whoever is turned away at the door has done nothing yet, and does not spoil a transaction that others share.
        if (endpoint.sharesTransaction === true && error instanceof Refusal) return new Turned(error);
        throw error;
      }
    };
    const carry = async (tx: Tx): Promise<unknown> => {
      // A transaction that is tried again tells its notes again.
      notes.length = 0;
      const call = await enter(tx);
      if (call instanceof Turned) return call;
      const { scope } = call;
      const work = async (): Promise<unknown> => {
        const done = await route.handle(call);
        await writeAudit(tx, scope, endpoint, notes, request.id);
        return done;
      };
      if (key === undefined) return work();
      if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
        const detail = { field: 'Idempotency-Key', zh: '应当是 8 到 200 个可见的 ASCII 字符', en: '8 to 200 visible ASCII characters are expected' };
        throw new Refusal('input-invalid', { count: 1 }, [detail]);
      }
      let cookies: readonly Cookie[] = [];
      const once = await answerOnce(tx, scope, parts.protector, { endpointId: endpoint.id, path: request.url, key, body: sent }, async () => {
        const { cookies: given, ...kept } = plain(endpoint, await work());
        cookies = given;
        return kept;
      });
      return new Kept(once.answer, once.isRepeated, cookies);
    };
    const answer = await (endpoint.sharesTransaction === true ? shared.run(tenant.tenantId, carry) : inTenant(db, tenant.tenantId, carry));
    if (answer instanceof Turned) throw answer.refusal;
    if (answer instanceof Kept) sendKept(reply, request, answer);
    else send(reply, endpoint, request, answer);
  } catch (error) {
    // That somebody tried is written down, although nothing was done: at the door, where a handler asks for a second right, or out of reach.
    if (error instanceof Refusal && known !== undefined && isOnTrail(error.code, known)) await writeRefusal(db, known, endpoint, request);
    throw error;
  }
}

const MOST_AGENT_CHARACTERS = 200;

/** A call that was refused before its work began. */
class Turned {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    this.refusal = refusal;
  }
}

class Kept {
  readonly answer: KeptAnswer;
  readonly isRepeated: boolean;
  /** Sent with the first answer and never kept, since a session is opened once. */
  readonly cookies: readonly Cookie[];
  constructor(answer: KeptAnswer, isRepeated: boolean, cookies: readonly Cookie[]) {
    this.answer = answer;
    this.isRepeated = isRepeated;
    this.cookies = cookies;
  }
}

/** Stands in for a transaction where an endpoint opens its own; any use is a mistake of the handler. */
const noTransaction = new Proxy({} as Tx, {
  get() {
    throw new Error('this endpoint opens its own transactions');
  },
});

async function writeAudit(tx: Tx, scope: Scope, endpoint: Endpoint, notes: readonly AuditNote[], requestId: string): Promise<void> {
  if (endpoint.method === 'GET' && endpoint.audit === undefined && notes.length === 0) return;
  for (const note of notes.length === 0 ? [{}] : notes) await recordAudit(tx, scope, { action: endpoint.id, requestId, ...note });
}

/**
 * Whether a refusal is written down. What is out of reach and what is not there are answered alike, and so is what is done about them: a row
 * for one of them alone would take its time, and tell by it.
 */
function isOnTrail(code: ErrorCode, { actor: { capacity } }: Caller): boolean {
  return code === 'not-permitted' || code === 'person-must-act' || ((code === 'not-found' || code === 'import-not-found') && capacity.kind !== 'anyone');
}

/** Writes that a call was refused, with the first id that it named: under a kind of its own, since what it belongs to was not shown. */
async function writeRefusal(db: Database, known: Caller, endpoint: Endpoint, request: FastifyRequest): Promise<void> {
  const scope = scopeFor(known, 'audit.refused');
  // Ids alone: whatever else stands in the path may be anything.
  const id = Object.values(request.params ?? {}).find((value): value is string => typeof value === 'string' && isId.test(value));
  const object = id === undefined ? {} : { object: { kind: 'out-of-reach', id: id.toLowerCase() } };
  await inTenant(db, known.tenantId, (tx) => recordAudit(tx, scope, { action: endpoint.id, outcome: 'refused', requestId: request.id, ...object }));
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What tells the content of one call from another's. Of a file that is its hash, with what says how its bytes are meant: the same bytes at
 * another offset are another piece. Hashed on a thread beside, while other calls are answered.
 */
async function contentOf(request: FastifyRequest): Promise<string> {
  if (!Buffer.isBuffer(request.body)) return JSON.stringify(request.body ?? null);
  // What was read from a socket is no shared memory.
  const bytes = request.body as Buffer<ArrayBuffer>;
  const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
  return JSON.stringify([headerOf(request, 'content-type') ?? '', headerOf(request, 'upload-offset') ?? '', hash]);
}

function takesBytes({ bytes }: Endpoint): boolean {
  return bytes === 'request' || bytes === 'both';
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The token that a call shows, and how; undefined where it shows none. */
export function tokenOf(request: FastifyRequest): { readonly by: 'cookie' | 'bearer'; readonly token: string } | undefined {
  const bearer = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { by: 'bearer', token: bearer };
  const cookie = request.cookies[cookieName({ name: sessionCookie }, request.protocol === 'https')];
  return cookie === undefined || cookie === '' ? undefined : { by: 'cookie', token: cookie };
}

function isBytes(answer: unknown): answer is Bytes {
  return typeof answer === 'object' && answer !== null && 'bytes' in answer && 'contentType' in answer;
}

function plain(endpoint: Endpoint, answer: unknown): KeptAnswer & { readonly cookies: readonly Cookie[] } {
  const made = isReplyOf(answer) ? answer : undefined;
  const given = made === undefined ? answer : made.body;
  const headers: Record<string, string> = { ...made?.headers };
  if (made?.etag !== undefined) headers['etag'] = made.etag;
  if (made?.location !== undefined) headers['location'] = made.location;
  const hasBody = endpoint.response !== undefined;
  // The schema has the last word on what leaves the server: a field that it does not name stays inside.
  const body = hasBody ? JSON.stringify(endpoint.response.parse(given)) : null;
  return { status: made?.status ?? endpoint.status ?? (hasBody ? 200 : 204), body, headers, cookies: made?.cookies ?? [] };
}

function send(reply: FastifyReply, endpoint: Endpoint, request: FastifyRequest, answer: unknown): void {
  if (isBytes(answer)) {
    for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value);
    if (answer.fileName !== undefined) reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(answer.fileName)}`);
    reply.header('content-security-policy', "default-src 'none'; sandbox").type(answer.contentType).send(answer.bytes);
    return;
  }
  const { cookies, ...kept } = plain(endpoint, answer);
  sendKept(reply, request, new Kept(kept, false, cookies));
}

function sendKept(reply: FastifyReply, request: FastifyRequest, { answer, isRepeated, cookies }: Kept): void {
  for (const { name, value, maxAgeSeconds, path } of cookies) {
    const isHttps = request.protocol === 'https';
    const settings = { path: path ?? '/', httpOnly: true, sameSite: 'strict', secure: isHttps } as const;
    const sentName = cookieName({ name, path: settings.path }, isHttps);
    if (value === null) reply.clearCookie(sentName, settings);
    else reply.setCookie(sentName, value, maxAgeSeconds === undefined ? settings : { ...settings, maxAge: maxAgeSeconds });
  }
  for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
  if (isRepeated) reply.header('idempotency-replayed', 'true');
  reply.code(answer.status);
  if (answer.body === null) reply.send();
  else reply.type('application/json; charset=utf-8').send(answer.body);
}

/** Under what a known caller's calls are counted. */
function keyOf({ actor: { accountId, capacity } }: Caller): string | null {
  return capacity.kind === 'feed' ? capacity.keyId : accountId;
}

/** Failures of the database that pass by themselves are told apart from faults of ours. */
export function refusalFor(error: unknown): Refusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // Classes 08 (connection), 53 (resources), 57 (shutdown) of PostgreSQL, and what the socket says.
  const isPassing = /^(08|53|57)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT'].includes(code);
  const isClosed = error instanceof Error && /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/.test(error.message);
  // Text that PostgreSQL cannot hold, such as a zero byte, is the caller's.
  if (code === '22021' || code === '22P05') return new Refusal('input-invalid', { count: 1 }, [{ field: '', zh: '内容含有不能保存的字符', en: 'a character cannot be stored' }]);
  return new Refusal(isPassing || isClosed ? 'unavailable' : 'internal');
}
