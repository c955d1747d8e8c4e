// Checking, sweeping and accounting for papers: crashes between the steps, a scanner that is away, harm, orphans, backups, a person's rights.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { harmful, startClamd, type TestClamd } from '../../../test/support/clamd.ts';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { makePdf } from '../../../test/support/sample-papers.ts';
import { makeFolderBlobs } from '../../adapters/blobs/folder-blobs.ts';
import { openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { type ClosableInspector, makeChildInspector } from '../../adapters/inspector/child-inspector.ts';
import { scannerOf } from '../../adapters/scanner/clamd-scanner.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { type Caller, jobScope, scopeFor } from '../permissions/index.ts';
import type { BlobPlace } from './blob-port.ts';
import { withdrawPaper } from './change-paper.ts';
import { countWaiting, listPieces } from './evidence-store.ts';
import { checkNextPaper, type EvidenceParts, evidenceParticipant, gatherKinds, InspectorFailedError, listBlobs, listWanted, releaseEvidence, sweepEvidence, useEvidence, validEvidence, verifyBlob } from './index.ts';
import type { Paper } from './paper.ts';
import { reachPaper } from './reach-paper.ts';
import { beginUpload, completeUpload, receivePiece } from './upload-paper.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let folder: string;
let database: TestDatabase;
let clamd: TestClamd;
let inspector: ClosableInspector;
let parts: EvidenceParts;
let tenantId: number;
let partyId: string;

beforeAll(async () => {
  [database, clamd] = await Promise.all([makeTestDatabase(), startClamd()]);
  inspector = makeChildInspector();
});
afterAll(async () => {
  inspector.close();
  await Promise.all([database.drop(), clamd.stop()]);
});
// A city, a person and a folder of its own for every test.
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wutong-evidence-'));
  tenantId = await makeTenant(database, { code: `sample-${randomBytes(4).toString('hex')}` });
  partyId = await makePerson();
  const protector = await openKeys({ path: join(folder, 'keys', 'wutong.keys'), hasSealedData: async () => false });
  parts = { protector, blobs: makeFolderBlobs(join(folder, 'evidence')), inspector, scanner: scannerOf(clamd.address), kinds: gatherKinds([]) };
  return () => rmSync(folder, { recursive: true });
});

async function makePerson(): Promise<string> {
  const id = newId();
  await asOwner(database, async (client) => {
    await client.query(`insert into parties (tenant_id, party_id, kind, created_at, updated_at) values ($1, $2, 'person', now(), now())`, [tenantId, id]);
    await client.query(`insert into people (tenant_id, party_id, jurisdiction_code, name) values ($1, $2, '220200', '张三一')`, [tenantId, id]);
  });
  return id;
}

const me = (id = partyId): Caller => ({ tenantId, actor: { accountId: newId(), sessionId: newId(), capacity: { kind: 'person', partyId: id, actsFor: [] } } });

/** The smallest piece that is taken, but for the last. */
const PIECE = 262_144;

/** Uploads in pieces of 256 KiB; the paper waits to be checked. */
async function upload(content: Uint8Array, more: { readonly kind?: string; readonly issuedOn?: string; readonly expiresOn?: string } = {}): Promise<string> {
  const scope = scopeFor(me(), 'evidence.upload');
  const now = new Date();
  const { paper } = await inTenant(database.db, tenantId, (tx) =>
    beginUpload(tx, scope, parts, { partyId, kind: '劳动合同', fileName: '合同.pdf', sizeBytes: content.length, ...more }, now),
  );
  for (let offset = 0; offset < content.length; offset += PIECE) {
    await inTenant(database.db, tenantId, (tx) => receivePiece(tx, scope, parts, paper.evidenceId, offset, content.subarray(offset, offset + PIECE), now));
  }
  await inTenant(database.db, tenantId, (tx) => completeUpload(tx, scope, paper.evidenceId, now));
  return paper.evidenceId;
}

const check = (with_: EvidenceParts = parts, now = new Date()): Promise<string | undefined> => checkNextPaper(database.db, with_, tenantId, () => now);
const paperOf = async (id: string): Promise<Paper> => (await inTenant(database.db, tenantId, (tx) => reachPaper(tx, jobScope(tenantId, 'test', 'evidence.check'), id))).paper;
const filesOf = (kind: 'originals' | 'pieces'): string[] => {
  try {
    return readdirSync(join(folder, 'evidence', kind), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
};
const later = (ms: number): Date => new Date(Date.now() + ms);

async function readOriginal(id: string): Promise<Buffer> {
  const paper = await paperOf(id);
  const key = parts.protector.open({ tenantId, table: 'evidence', column: 'data_key_sealed', row: id }, paper.dataKeySealed ?? Buffer.alloc(0));
  const read: Uint8Array[] = [];
  for await (const part of parts.blobs.read({ tenantId, kind: 'original', id: paper.blobId ?? '' }, key)) read.push(part);
  return Buffer.concat(read);
}

/** A process that dies at a step: everything before has happened, nothing after does. */
class Died extends Error {}
const dies = (): never => {
  throw new Died('the process died');
};

describe('a check', () => {
  test('of many pieces gives one file, sealed, scanned and the same to the last byte', async () => {
    const content = Buffer.concat([await makePdf(), Buffer.alloc(4 * PIECE, '\n')]);
    const id = await upload(content);
    expect(filesOf('pieces')).toHaveLength(5);
    expect(await check()).toBe(id);
    expect(await paperOf(id)).toMatchObject({ status: 'clean', scanVerdict: 'clean', scanEngine: 'ClamAV' });
    expect((await readOriginal(id)).equals(content)).toBe(true);
    expect(await check()).toBeUndefined();
    // A backup that began before still finds the pieces; a day later they go.
    expect([filesOf('pieces').length, filesOf('originals').length]).toEqual([5, 1]);
    expect((await sweep(later(2 * DAY))).removedFiles).toBe(5);
    expect((await readOriginal(id)).equals(content)).toBe(true);
  });

  test('finds harm and keeps nothing of it', async () => {
    const harmless = await upload(await makePdf({ text: 'harmless' }));
    const infected = await upload(Buffer.from((await makePdf()).toString('latin1').replace('%PDF-1.3', `%PDF-1.3\n%${harmful}`), 'latin1'), { kind: '学历证书' });
    await check();
    await check();
    expect((await paperOf(harmless)).status).toBe('clean');
    expect(await paperOf(infected)).toMatchObject({ status: 'refused', refusedBecause: 'infected', scanVerdict: 'infected', scanEngine: 'ClamAV', dataKeySealed: null, blobId: null });
    expect(filesOf('originals')).toHaveLength(1);
  });

  test('waits while the scanner is away, however long, and goes on when it is back', async () => {
    const id = await upload(await makePdf());
    const away = { ...parts, scanner: scannerOf('unix:/nowhere/clamd.ctl') };
    for (let tries = 0; tries < 6; tries++) expect(await check(away, later(tries * MINUTE))).toBe(id);
    expect(await paperOf(id)).toMatchObject({ status: 'checking' });
    expect(await inTenant(database.db, tenantId, (tx) => countWaiting(tx, jobScope(tenantId, 'test', 'evidence.check')))).toBe(1);
    expect(await check(parts, later(10 * MINUTE))).toBe(id);
    expect((await paperOf(id)).status).toBe('clean');
  });

  test('is given up for a file that brings the inspector down three times', async () => {
    const id = await upload(await makePdf());
    const falling = { ...parts, inspector: { ...inspector, inspect: () => Promise.reject(new InspectorFailedError('down')) } };
    for (const [tries, status] of ['checking', 'checking', 'refused'].entries()) {
      expect(await check(falling, later(tries * MINUTE))).toBe(id);
      expect((await paperOf(id)).status).toBe(status);
    }
    expect((await paperOf(id)).refusedBecause).toBe('unreadable');
  });

  test('refuses what cannot be read whole: a piece that is gone, or changed', async () => {
    for (const spoil of [(file: string) => rmSync(file), (file: string) => writeFileSync(file, randomBytes(500))]) {
      const before = new Set(filesOf('pieces'));
      const id = await upload(Buffer.concat([await makePdf(), Buffer.alloc(PIECE, '\n')]));
      // Pieces of the paper before may still lie there; only this one's is spoiled.
      const [file = ''] = filesOf('pieces').filter((name) => !before.has(name));
      spoil(file);
      await check();
      expect(await paperOf(id)).toMatchObject({ status: 'refused', refusedBecause: 'unreadable' });
    }
  });

  test('is done once, however many processes look', async () => {
    const ids = [await upload(await makePdf({ text: 'a' })), await upload(await makePdf({ text: 'b' })), await upload(await makePdf({ text: 'c' }))];
    const done = await Promise.all(Array.from({ length: 8 }, () => check()));
    expect(done.filter((id) => id !== undefined).sort()).toEqual([...ids].sort());
    expect(filesOf('originals')).toHaveLength(3);
  });
});

describe('a process that dies', () => {
  const original = (place: BlobPlace): boolean => place.kind === 'original';

  test('after the file is written and before the row: the check is done again, the first file is swept', async () => {
    const content = await makePdf();
    const id = await upload(content);
    const dying = { ...parts, blobs: { ...parts.blobs, write: async (...args: Parameters<typeof parts.blobs.write>) => void (await parts.blobs.write(...args), original(args[0]) && dies()) } };
    await expect(check(dying)).rejects.toThrow(Died);
    expect([(await paperOf(id)).status, filesOf('originals').length]).toEqual(['checking', 1]);
    // Nobody else begins while the first may still be at work.
    expect(await check()).toBeUndefined();
    expect(await check(parts, later(3 * MINUTE))).toBe(id);
    expect((await readOriginal(id)).equals(content)).toBe(true);
    expect(filesOf('originals')).toHaveLength(2);
    expect(await sweep(later(60 * MINUTE))).toEqual({ expiredUploads: 0, removedFiles: 0 });
    expect(await sweep(later(2 * DAY))).toEqual({ expiredUploads: 0, removedFiles: 2 });
    expect((await readOriginal(id)).equals(content)).toBe(true);
  });

  test('after a piece is written and before its row: the upload goes on from where the rows say', async () => {
    const content = Buffer.concat([await makePdf(), Buffer.alloc(PIECE, '\n')]);
    const scope = scopeFor(me(), 'evidence.upload');
    const now = new Date();
    const { paper } = await inTenant(database.db, tenantId, (tx) => beginUpload(tx, scope, parts, { partyId, kind: '劳动合同', fileName: 'a.pdf', sizeBytes: content.length }, now));
    const send = (offset: number, bytes: Uint8Array, with_ = parts): Promise<Paper> => inTenant(database.db, tenantId, (tx) => receivePiece(tx, scope, with_, paper.evidenceId, offset, bytes, now));
    await send(0, content.subarray(0, PIECE));
    const dying = { ...parts, blobs: { ...parts.blobs, write: async (...args: Parameters<typeof parts.blobs.write>) => void (await parts.blobs.write(...args), dies()) } };
    await expect(send(PIECE, content.subarray(PIECE), dying)).rejects.toThrow(Died);
    expect((await paperOf(paper.evidenceId)).receivedBytes).toBe(PIECE);
    await send(PIECE, content.subarray(PIECE));
    await inTenant(database.db, tenantId, (tx) => completeUpload(tx, scope, paper.evidenceId, now));
    await check();
    expect((await readOriginal(paper.evidenceId)).equals(content)).toBe(true);
    expect((await sweep(later(2 * DAY))).removedFiles).toBe(3);
  });
});

const sweep = (now: Date) => sweepEvidence(database.db, parts, tenantId, now);

describe('sweeping', () => {
  test('gives up uploads nobody finished, and removes their pieces; what is in use stays', async () => {
    const kept = await upload(await makePdf());
    await check();
    const scope = scopeFor(me(), 'evidence.upload');
    const { paper } = await inTenant(database.db, tenantId, (tx) => beginUpload(tx, scope, parts, { partyId, kind: '劳动合同', fileName: 'a.pdf', sizeBytes: PIECE + 400 }, new Date()));
    await inTenant(database.db, tenantId, (tx) => receivePiece(tx, scope, parts, paper.evidenceId, 0, randomBytes(PIECE), new Date()));
    expect(await sweep(later(23 * 60 * MINUTE))).toEqual({ expiredUploads: 0, removedFiles: 0 });
    expect(await sweep(later(2 * DAY))).toEqual({ expiredUploads: 1, removedFiles: 2 });
    expect(await paperOf(paper.evidenceId)).toMatchObject({ status: 'expired', dataKeySealed: null, fileNameSealed: null });
    expect(await inTenant(database.db, tenantId, (tx) => listPieces(tx, scope, paper.evidenceId))).toEqual([]);
    expect((await paperOf(kept)).status).toBe('clean');
    expect(filesOf('originals')).toHaveLength(1);
  });

  test('removes the file and the pictures of a paper that was taken back, and another city’s files never', async () => {
    const id = await upload(await makePdf());
    await check();
    const { version, blobId } = await paperOf(id);
    const preview: BlobPlace = { tenantId, kind: 'preview', id: `${id}.1.320` };
    await parts.blobs.write(preview, parts.blobs.makeDataKey(), randomBytes(10));
    const theirs: BlobPlace = { tenantId: tenantId + 1000, kind: 'original', id: newId() };
    await parts.blobs.write(theirs, parts.blobs.makeDataKey(), randomBytes(10));
    await inTenant(database.db, tenantId, (tx) => withdrawPaper(tx, scopeFor(me(), 'evidence.withdraw'), id, version, new Date()));
    for (const file of filesOf('originals')) utimesSync(file, new Date(), later(-2 * DAY));
    expect((await sweep(later(2 * DAY))).removedFiles).toBe(3);
    expect(filesOf('originals').map((file) => file.slice(-36))).toEqual([theirs.id]);
    expect(blobId).not.toBe(theirs.id);
  });
});

describe('for backups', () => {
  test('every file that must be there is listed, with what became of it', async () => {
    const [whole, damaged, missing] = [await upload(await makePdf({ text: '1' })), await upload(await makePdf({ text: '2' })), await upload(await makePdf({ text: '3' }))];
    for (let at = 0; at < 3; at++) await check();
    const waiting = await upload(await makePdf({ text: '4' }));
    const fileOf = async (id: string): Promise<string> => filesOf('originals').find((file) => file.endsWith(String(blobs.get(id)))) ?? '';
    const blobs = new Map(await Promise.all([whole, damaged, missing].map(async (id) => [id, (await paperOf(id)).blobId] as const)));
    const bytes = readFileSync(await fileOf(damaged));
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    writeFileSync(await fileOf(damaged), bytes);
    rmSync(await fileOf(missing));
    const states: [string, string, string][] = [];
    for await (const blob of listBlobs(database.db, tenantId)) states.push([blob.evidenceId, blob.place.kind, await verifyBlob(parts, blob)]);
    expect(states).toEqual([[whole, 'original', 'whole'], [damaged, 'original', 'damaged'], [missing, 'original', 'missing'], [waiting, 'piece', 'whole']]);
  });
});

describe('what rests on a paper', () => {
  const use = { userKind: 'case', userId: 'sample-1' };
  const scope = () => scopeFor(me(), 'evidence.use');
  const run = <T>(work: Parameters<typeof inTenant<T>>[2]): Promise<T> => inTenant(database.db, tenantId, work);

  test('keeps it until it is released; a paper that is not accepted can carry nothing', async () => {
    const id = await upload(await makePdf());
    await expect(run((tx) => useEvidence(tx, scope(), id, use, new Date()))).rejects.toMatchObject({ code: 'evidence-not-ready' });
    await check();
    for (let again = 0; again < 2; again++) await run((tx) => useEvidence(tx, scope(), id, use, new Date()));
    const { version } = await paperOf(id);
    const withdraw = (): Promise<void> => run((tx) => withdrawPaper(tx, scopeFor(me(), 'evidence.withdraw'), id, version, new Date()));
    await expect(withdraw()).rejects.toMatchObject({ code: 'evidence-in-use', values: { count: 1 } });
    await run((tx) => releaseEvidence(tx, scope(), use, new Date()));
    // A statement of facts that names the paper counts as much as a use written down.
    const statementId = newId();
    await asOwner(database, (client) =>
      client.query(
        `insert into fact_statements (tenant_id, party_id, statement_id, origin, trust_class, evidence_id, purpose, as_of, recorded_at, recorded_by, facts)
         values ($1, $2, $3, '材料', 'C', $4, 'eligibility', '2026-01-01', now(), 'sample', '{}')`,
        [tenantId, partyId, statementId, id],
      ),
    );
    await expect(withdraw()).rejects.toMatchObject({ code: 'evidence-in-use', values: { count: 1 } });
    await asOwner(database, (client) => client.query(`delete from fact_statements where statement_id = $1`, [statementId]));
    await withdraw();
    expect((await paperOf(id)).status).toBe('withdrawn');
  });

  test('using it and taking it back at the same moment: one of the two is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const id = await upload(await makePdf({ text: `round ${round}` }));
      await check();
      const { version } = await paperOf(id);
      const outcomes = await Promise.allSettled([
        run((tx) => useEvidence(tx, scope(), id, { ...use, userId: `case-${round}` }, new Date())),
        run((tx) => withdrawPaper(tx, scopeFor(me(), 'evidence.withdraw'), id, version, new Date())),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }
  });

  test('of several valid papers the most trusted counts, then the one valid longest, then the newest', async () => {
    const papers = [
      await upload(await makePdf({ text: 'short' }), { expiresOn: '2030-01-01' }),
      await upload(await makePdf({ text: 'long' }), { expiresOn: '2040-01-01' }),
      await upload(await makePdf({ text: 'trusted' }), { expiresOn: '2028-01-01' }),
      await upload(await makePdf({ text: 'other kind' }), { kind: '结婚证' }),
    ];
    for (const _ of papers) await check();
    await asOwner(database, (client) => client.query(`update evidence set trust_class = 'B' where evidence_id = $1`, [papers[2]]));
    const on = async (day: string): Promise<string | undefined> => (await run((tx) => validEvidence(tx, scope(), partyId, '劳动合同', day)))?.evidenceId;
    expect(await on('2027-01-01')).toBe(papers[2]);
    expect(await on('2029-01-01')).toBe(papers[1]);
    expect(await on('2039-01-01')).toBe(papers[1]);
    expect(await on('2041-01-01')).toBeUndefined();
    // A use case asks in the same transaction what is still wanted.
    expect(await run((tx) => listWanted(tx, scope(), partyId, ['结婚证', '户口簿'], '2027-01-01'))).toEqual([{ kind: '户口簿', because: 'none' }]);
    const stranger = await makePerson();
    await expect(run((tx) => validEvidence(tx, scopeFor(me(stranger), 'evidence.use'), partyId, '劳动合同', '2027-01-01'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a person’s rights', () => {
  test('what is held is told, what something rests on is kept with its reason, the rest goes', async () => {
    const [used, unused] = [await upload(await makePdf({ text: 'used' })), await upload(await makePdf({ text: 'unused' }), { kind: '结婚证' })];
    await check();
    await check();
    await inTenant(database.db, tenantId, (tx) => useEvidence(tx, scopeFor(me(), 'evidence.use'), used, { userKind: 'case', userId: 'sample' }, new Date()));
    const participant = evidenceParticipant(parts);
    const steward = scopeFor({ tenantId, actor: { accountId: newId(), sessionId: null, capacity: { kind: 'officer', departmentId: newId(), codes: ['220200'], roles: ['steward'] } } }, 'subject-request.answer');
    const [held] = await inTenant(database.db, tenantId, (tx) => participant.describeHeld(tx, scopeFor(me(), 'held-data.read'), [partyId]));
    expect(held?.rows).toMatchObject([
      { evidenceId: used, kind: '劳动合同', fileName: '合同.pdf', uses: 1 },
      { evidenceId: unused, kind: '结婚证', uses: 0 },
    ]);
    const kept = await inTenant(database.db, tenantId, (tx) => participant.findKept(tx, steward, [partyId]));
    expect(kept).toMatchObject([{ needsIdentity: true, until: null }]);
    expect(kept[0]?.what.zh).toContain('1 份');
    expect(await inTenant(database.db, tenantId, (tx) => participant.deleteRest(tx, steward, [partyId]))).toBe(1);
    expect([(await paperOf(used)).status, (await paperOf(unused)).status, (await paperOf(unused)).dataKeySealed]).toEqual(['clean', 'withdrawn', null]);
  });
});
