// The server is killed again and again while a file is uploaded and checked: the upload goes on each time, and the paper is whole.

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { makeImage } from '../../../test/support/sample-papers.ts';
import { makeFolderBlobs } from '../../adapters/blobs/folder-blobs.ts';
import { newId } from '../../storage/database.ts';
import { sweepEvidence } from './sweep-evidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-kill-'));
const dataFolder = join(folder, 'data');
let database: TestDatabase;
let tenantId: number;
let partyId: string;
let server: { readonly url: string; readonly process: ChildProcess };

beforeAll(async () => {
  database = await makeTestDatabase();
  tenantId = await makeTenant(database);
  partyId = newId();
  await asOwner(database, async (client) => {
    await client.query(`insert into parties (tenant_id, party_id, kind, created_at, updated_at) values ($1, $2, 'person', now(), now())`, [tenantId, partyId]);
    await client.query(`insert into people (tenant_id, party_id, jurisdiction_code, name) values ($1, $2, '220200', '张三一')`, [tenantId, partyId]);
  });
  server = await start();
});
afterAll(async () => {
  await kill();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<typeof server> {
  const args = [database.url, dataFolder, join(folder, 'keys', 'wutong.keys'), String(tenantId), partyId, newId()];
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../../test/support/serve-program.ts'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((done, fail) => {
    createInterface(child.stdout).once('line', done);
    child.once('exit', () => fail(new Error('the server did not start')));
  });
  return { url, process: child };
}

async function kill(): Promise<void> {
  const { process: child } = server;
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

/** A call of somebody whose connection breaks now and then: undefined where it did. */
async function call(method: string, path: string, sent: { readonly json?: unknown; readonly bytes?: Uint8Array; readonly offset?: number } = {}) {
  const headers: Record<string, string> = { authorization: 'Bearer sample' };
  if (sent.json !== undefined) headers['content-type'] = 'application/json';
  if (sent.bytes !== undefined) headers['content-type'] = 'application/octet-stream';
  if (sent.offset !== undefined) headers['upload-offset'] = String(sent.offset);
  const body = sent.bytes ?? (sent.json === undefined ? undefined : JSON.stringify(sent.json));
  try {
    const response = await fetch(`${server.url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: body as string }) });
    const raw = Buffer.from(await response.arrayBuffer());
    return { status: response.status, raw, json: response.headers.get('content-type')?.includes('json') === true ? (JSON.parse(raw.toString()) as Record<string, unknown>) : {} };
  } catch {
    return undefined;
  }
}

test('an upload survives kills, its check another one, and what they left behind is swept', { timeout: 300_000 }, async () => {
  const content = Buffer.concat([await makeImage('jpeg', { width: 1600, height: 1200 }), Buffer.from('ftypmp42'), randomBytes(6_000_000)]);
  const begun = await call('POST', '/evidence', { json: { partyId, kind: '身份证件', fileName: '身份证.jpg', sizeBytes: content.length } });
  expect(begun?.status).toBe(201);
  const { evidenceId: id = '' } = (begun?.json['paper'] ?? {}) as { readonly evidenceId?: string };

  const [PIECE, KILLS] = [262_144, 5];
  let isSent = false;
  let kills = 0;
  const killer = (async () => {
    while (kills < KILLS && !isSent) {
      await sleep(50 + Math.random() * 250);
      await kill();
      server = await start();
      kills += 1;
    }
  })();
  let offset = 0;
  const lost: number[] = [];
  while (offset < content.length) {
    // Each kill has its share of the file to strike in.
    while (offset > (content.length * (kills + 1)) / (KILLS + 1)) await sleep(10);
    const answer = await call('PATCH', `/evidence/${id}/content`, { bytes: content.subarray(offset, offset + PIECE), offset });
    if (answer?.status === 200) {
      // What was acknowledged is there, whatever happens after.
      offset = Number(answer.json['receivedBytes']);
    } else {
      // The connection broke, or the answer was lost: ask how far it is. Never less than what was acknowledged.
      const state = await call('GET', `/evidence/${id}/content`);
      if (state?.status === 200) {
        if (Number(state.json['receivedBytes']) < offset) lost.push(offset);
        offset = Number(state.json['receivedBytes']);
      } else {
        await sleep(20);
      }
    }
  }
  isSent = true;
  await killer;
  expect(lost).toEqual([]);
  expect(kills).toBe(KILLS);

  expect((await call('POST', `/evidence/${id}/complete`))?.status).toBe(202);
  await sleep(60);
  await kill();
  server = await start();
  // The claim of the process that died runs out by itself in half a minute; here it runs out now.
  await asOwner(database, (client) => client.query(`update evidence set checking_until = null where evidence_id = $1`, [id]));
  let paper = await call('GET', `/evidence/${id}`);
  while (paper?.json['status'] === 'checking') {
    await sleep(50);
    paper = await call('GET', `/evidence/${id}`);
  }
  expect(paper?.json).toMatchObject({ status: 'clean', sizeBytes: content.length, contentType: 'image/jpeg' });
  expect((await call('GET', `/evidence/${id}/original`))?.raw.equals(content)).toBe(true);

  await sweepEvidence(database.db, { blobs: makeFolderBlobs(join(dataFolder, 'evidence')) }, tenantId, new Date(Date.now() + 2 * 24 * 3_600_000));
  const files = readdirSync(join(dataFolder, 'evidence'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.includes('.writing-'));
  expect(files.map(({ parentPath }) => parentPath.includes('originals'))).toEqual([true]);
});
