// The interface for tests: a real server on a free port, a sample city, and callers in every capacity.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import type { Role } from '../../src/contract/permissions.ts';
import type { Caller, Capacity, Route } from '../../src/domains/permissions/index.ts';
import { type ApiParts } from '../../src/main/api/answer-call.ts';
import { openParts, type Parts } from '../../src/main/api/parts.ts';
import { serveApi } from '../../src/main/api/serve-api.ts';
import { newId } from '../../src/storage/database.ts';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from './database.ts';

/** Departments of the sample city, by code. */
export const sampleDepartments = {
  'city-hrss': { name: '样例市人社局', jurisdictionCode: '220200' },
  'city-finance': { name: '样例市财政局', jurisdictionCode: '220200' },
  'changyi-hrss': { name: '昌邑区人社局', jurisdictionCode: '220202' },
  'longtan-hrss': { name: '龙潭区人社局', jurisdictionCode: '220203' },
} as const;

/** The code of a sample department. */
export type SampleDepartment = keyof typeof sampleDepartments;

/** What a call is sent with. */
export interface Sent {
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back; `body` is parsed where it is JSON. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly raw: Buffer;
}

/** JSON as tests read it: whatever it holds, each expectation says what it should. */
export type Body = ReturnType<typeof JSON.parse>;

/** Somebody who calls. */
export interface TestCaller {
  readonly token: string | undefined;
  call(method: string, path: string, sent?: Sent): Promise<Answered>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  put(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  patch(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  delete(path: string, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

/** A running interface with its sample city. */
export interface TestApi {
  readonly database: TestDatabase;
  readonly parts: Parts;
  readonly server: FastifyInstance;
  readonly url: string;
  readonly tenantId: number;
  readonly departments: Readonly<Record<SampleDepartment, string>>;
  /** The folder of files that belong to the data. */
  readonly dataFolder: string;
  /** Whoever acts in this capacity, of the sample city or another tenant. */
  as(capacity: Capacity, tenantId?: number): TestCaller;
  /** An officer of a sample department with these roles. */
  officer(department: SampleDepartment, ...roles: Role[]): TestCaller;
  administrator(role: 'system-admin' | 'security-admin' | 'audit-admin'): TestCaller;
  /** `guardianOf`: the children among those acted for. */
  person(partyId: string, actsFor?: readonly string[], guardianOf?: readonly string[]): TestCaller;
  agent(organisationId: string, partyId?: string): TestCaller;
  /** Somebody without a session, or with this token. */
  anyone(token?: string): TestCaller;
  /** Later or earlier, as the server sees it. */
  setNow(now: Date): void;
  stop(): Promise<void>;
}

/** Starts the interface; whoever starts it stops it. `more` adds routes, `change` other parts, `hosts` names the city's own, `trustProxy` believes a proxy on this machine. */
export async function startApi({ more = [], change = {}, hosts = [], trustProxy = false }: { readonly more?: readonly Route[]; readonly change?: Partial<ApiParts>; readonly hosts?: readonly string[]; readonly trustProxy?: boolean } = {}): Promise<TestApi> {
  const database = await makeTestDatabase();
  const tenantId = await makeTenant(database, {
    code: 'sample',
    hosts,
    jurisdictions: [
      { code: '220202', name: '昌邑区' },
      { code: '220203', name: '龙潭区' },
    ],
  });
  const departments = await addDepartments(database, tenantId);
  const folder = mkdtempSync(join(tmpdir(), 'wutong-api-'));
  const dataFolder = join(folder, 'data');
  const parts = await openParts({ databaseUrl: database.url, dataFolder, keysFile: join(folder, 'keys', 'wutong.keys'), connections: 8, rateFactor: 1000 });
  const callers = new Map<string, Caller>();
  let now: Date | undefined;
  const server = fastify({ logger: false, bodyLimit: 1024, trustProxy: trustProxy ? 'loopback' : false, genReqId: () => newId() });
  const api: ApiParts = {
    ...parts.api,
    // A test's caller is known at once; any other token is looked up as it is for real.
    findCaller: async (tx, tenant, token, at) => {
      const known = callers.get(token);
      return known === undefined ? parts.api.findCaller(tx, tenant, token, at) : known.tenantId === tenant ? known : undefined;
    },
    now: () => now ?? new Date(),
    failed: (error) => console.error(error),
    ...change,
  };
  await serveApi(server, api, [...parts.routes, ...more]);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  const url = `http://127.0.0.1:${address.port}`;

  const callerWith = (token: string | undefined): TestCaller => {
    const call = (method: string, path: string, sent: Sent = {}): Promise<Answered> => send(url, token, method, path, sent);
    return {
      token,
      call,
      get: (path, headers = {}) => call('GET', path, { headers }),
      post: (path, body, headers = {}) => call('POST', path, { body, headers }),
      put: (path, body, headers = {}) => call('PUT', path, { body, headers }),
      patch: (path, body, headers = {}) => call('PATCH', path, { body, headers }),
      delete: (path, headers = {}) => call('DELETE', path, { headers }),
    };
  };
  const as = (capacity: Capacity, tenant = tenantId): TestCaller => {
    const token = newId();
    callers.set(token, { tenantId: tenant, actor: { accountId: newId(), sessionId: newId(), capacity } });
    return callerWith(token);
  };
  return {
    database,
    parts,
    server,
    url,
    tenantId,
    departments,
    dataFolder,
    as,
    officer: (department, ...roles) => {
      const own = sampleDepartments[department].jurisdictionCode;
      const codes = own === '220200' ? ['220200', '220202', '220203'] : [own];
      return as({ kind: 'officer', departmentId: departments[department], codes, roles });
    },
    administrator: (role) => as({ kind: 'administrator', role }),
    person: (partyId, actsFor = [], guardianOf = []) => as({ kind: 'person', partyId, actsFor, guardianOf }),
    agent: (organisationId, partyId = newId()) => as({ kind: 'agent', organisationId, partyId }),
    anyone: (token) => callerWith(token),
    setNow: (at) => void (now = at),
    stop: async () => {
      await server.close();
      await parts.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function addDepartments(database: TestDatabase, tenantId: number): Promise<Record<SampleDepartment, string>> {
  const made: Partial<Record<SampleDepartment, string>> = {};
  await asOwner(database, async (client) => {
    for (const [code, { name, jurisdictionCode }] of Object.entries(sampleDepartments)) {
      const id = newId();
      made[code as SampleDepartment] = id;
      await client.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1, $2, $3, $4, $5)`, [tenantId, id, code, name, jurisdictionCode]);
    }
  });
  return made as Record<SampleDepartment, string>;
}

async function send(url: string, token: string | undefined, method: string, path: string, { body, bytes, headers = {} }: Sent): Promise<Answered> {
  const all: Record<string, string> = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers };
  if (body !== undefined) all['content-type'] ??= 'application/json';
  if (bytes !== undefined) all['content-type'] ??= 'application/octet-stream';
  const sent = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${url}/api/v1${path}`, { method, headers: all, ...(sent === undefined ? {} : { body: sent as string }) });
  const raw = Buffer.from(await response.arrayBuffer());
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && raw.length > 0;
  const parsed: unknown = isJson ? JSON.parse(raw.toString('utf8')) : undefined;
  const answered = { status: response.status, headers: response.headers, raw, body: parsed };
  return answered as Answered;
}
