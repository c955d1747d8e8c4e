// Shows a demonstration for what it is: the page with its accounts, their codes, and a quiet mark on every page; a real city has none of it.
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TOTP } from 'otpauth';
import { maskPhone } from '../../contract/identity-number.ts';
import type { Protector } from '../../domains/protection/index.ts';
import type { Database } from '../../storage/database.ts';
import { type DemoAccount, type DemoMark, readDemoAccounts, readMark } from './demo-marks.ts';

/** What it stands on. */
export interface DemoParts {
  readonly db: Database;
  readonly protector: Protector;
  /** Below it lies the file that text messages go to. */
  readonly dataFolder: string;
  readonly mark: DemoMark;
}

const LOOK_MS = 1000;
const TAIL_BYTES = 16_384;
const CODE_LASTS_MS = 300_000;
const FACTOR_SECONDS = 30;

/** Adds the page's data and the mark. */
export function serveDemo(site: FastifyInstance, { db, protector, dataFolder, mark }: DemoParts): void {
  const { tenantId } = mark;
  let known = { mark, at: 0 };
  let accounts: readonly DemoAccount[] = [];
  const look = async (): Promise<DemoMark> => {
    if (known.mark.state === 'filling' && Date.now() - known.at > LOOK_MS) known = { mark: (await readMark(db, tenantId)) ?? known.mark, at: Date.now() };
    return known.mark;
  };

  site.get('/demo/state.json', async (_request, reply) => {
    const { state, perCent, people, lastOn } = await look();
    if (state === 'ready' && accounts.length === 0) accounts = await readDemoAccounts(db, protector, tenantId);
    const now = Date.now();
    const sent = accounts.length === 0 ? new Map<string, string>() : await readCodes(dataFolder, now);
    reply.header('cache-control', 'no-store');
    return {
      state,
      perCent,
      people,
      lastOn,
      mark: saidOf(state),
      accounts: accounts.map(({ kind, shown: { secret, phone, ...shown } }) => ({
        kind,
        ...shown,
        phone,
        factorCode: secret === null ? null : new TOTP({ secret }).generate({ timestamp: now }),
        phoneCode: sent.get(maskPhone(phone)) ?? null,
      })),
      factorSecondsLeft: FACTOR_SECONDS - (Math.floor(now / 1000) % FACTOR_SECONDS),
    };
  });

  // A page is sent whole and anew, so that no copy without the mark is kept.
  site.addHook('onRequest', async (request) => {
    if (!isPage(request)) return undefined;
    for (const name of ['accept-encoding', 'if-none-match', 'if-modified-since', 'range']) delete request.headers[name];
    // What the page says is true when it is sent; a database that does not answer keeps no page from being shown.
    await look().catch(() => undefined);
    return undefined;
  });
  site.addHook('onSend', async (request, reply, payload) => {
    const isWorker = /^\/service-worker\.js(\?|$)/.test(request.url) && reply.statusCode === 200;
    const isMarked = isPage(request) && String(reply.getHeader('content-type') ?? '').startsWith('text/html');
    if ((!isWorker && !isMarked) || request.method === 'HEAD') return payload;
    const text = await readWhole(payload);
    if (text === undefined) return payload;
    for (const name of ['etag', 'last-modified', 'content-length', 'accept-ranges']) reply.removeHeader(name);
    reply.header('cache-control', isWorker ? 'no-cache' : 'no-store');
    if (isWorker) return `${text}\n${keepsTheMark}`;
    // What the browser keeps for the time without a network stays for long: it does not tell how far the filling is.
    const isShownNow = (request.headers['sec-fetch-dest'] ?? 'document') === 'document';
    return text.replace('</head>', `${markStyle}</head>`).replace(/<body[^>]*>/, (body) => `${body}\n${markOf(isShownNow ? known.mark.state : 'ready')}`);
  });
}

/** Keeps the page of demonstrations out of a real city. */
export function hideDemo(site: FastifyInstance): void {
  site.addHook('onRequest', async (request, reply) => {
    if (/^\/demo(\/|\?|$)/.test(request.url)) return reply.callNotFound();
    return undefined;
  });
}

const isPage = ({ url }: FastifyRequest): boolean => !/^\/(api|assets|health|metrics)(\/|$)/.test(url) && !url.startsWith('/demo/state.json');

const markStyle = '<link rel="stylesheet" href="/demo/mark.css">\n';

/** What the mark says. A page stands still while the filling goes on, so how far it is stands on the page that the mark leads to. */
function saidOf(state: DemoMark['state']): { readonly zh: string; readonly en: string } {
  if (state === 'ready') return { zh: '演示数据，没有一个真人。怎么登录', en: 'Sample data, nobody is real. How to sign in' };
  return { zh: '演示数据正在准备，看到哪一步了', en: 'Sample data are being prepared. See how far they are' };
}

/** What stands above every page. */
function markOf(state: DemoMark['state']): string {
  const { zh, en } = saidOf(state);
  return `<aside class="demo-mark" aria-label="演示 Demonstration"><a href="/demo/"><span lang="zh-CN">${zh}</span> <span lang="en">${en}</span></a></aside>\n`;
}

/** What the worker that keeps the calculator does besides: pages are kept as they came, with their mark, and so is the mark's style. */
const keepsTheMark = `self.addEventListener('install', (event) => event.waitUntil(caches.open('demo-mark').then((cache) => cache.add('/demo/mark.css'))));
`;

async function readWhole(payload: unknown): Promise<string | undefined> {
  if (typeof payload === 'string') return payload;
  if (Buffer.isBuffer(payload)) return payload.toString('utf8');
  if (typeof payload !== 'object' || payload === null || !('pipe' in payload)) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of payload as Readable) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

/** The newest code that was sent to each telephone, by the telephone as the file masks it. */
async function readCodes(dataFolder: string, now: number): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  const file = await open(join(dataFolder, 'messages', 'outbox.ndjson')).catch(() => undefined);
  if (file === undefined) return codes;
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    for (const line of buffer.subarray(0, bytesRead).toString('utf8').split('\n')) {
      const message = parse(line);
      const code = /(?<!\d)\d{6}(?!\d)/.exec(message?.text ?? '')?.[0];
      if (message !== undefined && code !== undefined && now - Date.parse(message.at) < CODE_LASTS_MS) codes.set(message.to, code);
    }
    return codes;
  } finally {
    await file.close();
  }
}

function parse(line: string): { readonly at: string; readonly to: string; readonly text: string } | undefined {
  try {
    return JSON.parse(line) as { at: string; to: string; text: string };
  } catch {
    // The first line of the piece that was read, or half a line of a process that died.
    return undefined;
  }
}
