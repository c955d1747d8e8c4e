// Evidence over HTTP, with a real database, real files and the real inspector: uploads that break off, what is accepted, who sees what.

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { makeImage, makeOfd, makePdf, makeRawPdf } from '../../../test/support/sample-papers.ts';
import { newId } from '../../storage/database.ts';

/** No piece but the last is smaller. */
const LEAST_PIECE = 262_144;

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

async function makePerson(jurisdictionCode = '220202', name = '张三一'): Promise<string> {
  const partyId = newId();
  await asOwner(api.database, async (client) => {
    await client.query(`insert into parties (tenant_id, party_id, kind, created_at, updated_at) values ($1, $2, 'person', now(), now())`, [api.tenantId, partyId]);
    await client.query(`insert into people (tenant_id, party_id, jurisdiction_code, name) values ($1, $2, $3, $4)`, [api.tenantId, partyId, jurisdictionCode, name]);
  });
  return partyId;
}

async function makeOrganisation(): Promise<string> {
  const partyId = newId();
  await asOwner(api.database, async (client) => {
    await client.query(`insert into parties (tenant_id, party_id, kind, created_at, updated_at) values ($1, $2, 'organisation', now(), now())`, [api.tenantId, partyId]);
    await client.query(`insert into organisations (tenant_id, party_id, jurisdiction_code, name) values ($1, $2, '220202', '样例公司')`, [api.tenantId, partyId]);
  });
  return partyId;
}

async function employ(personId: string, organisationId: string): Promise<void> {
  const columns = await asOwner(api.database, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'employments' and is_nullable = 'NO' and column_default is null`,
    );
    return rows.map(({ name }) => name);
  });
  const values: Record<string, unknown> = {
    tenant_id: api.tenantId,
    party_id: personId,
    employment_id: newId(),
    organisation_id: organisationId,
    started_on: '2020-01-01',
    trust_class: 'A',
    origin: '共享',
    source: 'sample',
    recorded_by: 'sample',
    recorded_at: new Date(),
    as_of: '2020-01-01',
    statement_id: newId(),
    purpose: 'eligibility',
  };
  const used = columns.filter((name) => name in values).concat(columns.includes('trust_class') ? [] : ['trust_class']);
  await asOwner(api.database, (client) =>
    client.query(`insert into employments (${used.join(', ')}) values (${used.map((_, at) => `$${at + 1}`).join(', ')})`, used.map((name) => values[name])),
  );
}

interface Sample {
  readonly kind?: string;
  readonly fileName?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

const begin = (caller: TestCaller, partyId: string, content: Uint8Array, { kind = '劳动合同', fileName = '劳动合同.pdf', more = {} }: Sample = {}) =>
  caller.post('/evidence', { partyId, kind, fileName, sizeBytes: content.length, ...more });
const piece = (caller: TestCaller, id: string, offset: number, bytes: Uint8Array) =>
  caller.call('PATCH', `/evidence/${id}/content`, { bytes, headers: { 'upload-offset': String(offset) } });

async function settled(caller: TestCaller, id: string): Promise<Answered> {
  for (;;) {
    const answer = await caller.get(`/evidence/${id}`);
    if (answer.body.status !== 'checking') return answer;
    await new Promise((done) => setTimeout(done, 30));
  }
}

/** Uploads in one piece and waits for the outcome. */
async function handIn(caller: TestCaller, partyId: string, content: Uint8Array, sample: Sample = {}): Promise<Answered> {
  const begun = await begin(caller, partyId, content, sample);
  expect(begun.status).toBe(201);
  const id = String(begun.body.paper.evidenceId);
  expect((await piece(caller, id, 0, content)).status).toBe(200);
  expect((await caller.post(`/evidence/${id}/complete`)).status).toBe(202);
  return settled(caller, id);
}

describe('an upload', () => {
  test('goes from the first byte to an accepted paper, and comes back as it was', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const content = await makePdf({ pages: 2 });
    const answer = await handIn(me, partyId, content, { more: { issuedBy: '样例公司', issuedOn: '2025-06-30', expiresOn: '2030-06-30' } });
    expect(answer.body).toMatchObject({
      partyId, kind: '劳动合同', status: 'clean', isValid: true, trustClass: 'C', origin: 'upload', issuedBy: '样例公司', issuedOn: '2025-06-30', expiresOn: '2030-06-30',
      fileName: '劳动合同.pdf', sizeBytes: content.length, receivedBytes: content.length, contentType: 'application/pdf', pages: 2, hasPreviews: true, remarks: [], refusal: null, uses: 0,
      scan: { verdict: 'not-scanned', engine: null },
    });
    const download = await me.get(`/evidence/${answer.body.evidenceId}/original`);
    expect(download.raw.equals(content)).toBe(true);
    expect(download.headers.get('content-type')).toBe('application/pdf');
    expect(download.headers.get('content-disposition')).toMatch(/^attachment; .*filename\*=UTF-8''%E5%8A%B3%E5%8A%A8%E5%90%88%E5%90%8C\.pdf/);
    expect(download.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('is taken up where it broke off: by GET, by HEAD, and by the error itself', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const content = await makeImage('png', { width: 900, height: 700 });
    expect(content.length).toBeGreaterThan(LEAST_PIECE);
    const begun = await begin(me, partyId, content, { kind: '身份证件', fileName: '身份证.png' });
    const id = String(begun.body.paper.evidenceId);
    expect(begun.headers.get('location')).toBe(`/api/v1/evidence/${id}/content`);
    const [first, second] = [content.subarray(0, LEAST_PIECE), content.subarray(LEAST_PIECE)];
    expect((await piece(me, id, 0, first)).body).toMatchObject({ receivedBytes: LEAST_PIECE, status: 'uploading' });
    expect((await me.get(`/evidence/${id}/content`)).body).toMatchObject({ receivedBytes: LEAST_PIECE, sizeBytes: content.length });
    const head = await me.call('HEAD', `/evidence/${id}/content`);
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([200, String(LEAST_PIECE), String(content.length)]);
    // The answer to the first piece was lost; it is sent again, and nothing is doubled.
    const again = await piece(me, id, 0, first);
    expect([again.status, again.body.error.code]).toEqual([409, 'upload-offset-wrong']);
    expect(again.body.error.message).toContain(String(LEAST_PIECE));
    expect((await me.post(`/evidence/${id}/complete`)).body.error.code).toBe('upload-incomplete');
    expect((await piece(me, id, LEAST_PIECE, second)).body.receivedBytes).toBe(content.length);
    expect((await me.post(`/evidence/${id}/complete`)).status).toBe(202);
    // Completing twice changes nothing; more pieces do not fit.
    expect((await me.post(`/evidence/${id}/complete`)).status).toBe(202);
    expect((await piece(me, id, content.length, Buffer.from('x'))).body.error.code).toBe('upload-finished');
    expect((await settled(me, id)).body.status).toBe('clean');
    expect((await me.get(`/evidence/${id}/original`)).raw.equals(content)).toBe(true);
  });

  test('gives the first answer to a piece that comes again under its key, and takes the key for no other piece', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    // Two pieces of the very same bytes.
    const half = randomBytes(LEAST_PIECE);
    const id = String((await begin(me, partyId, Buffer.concat([half, half]))).body.paper.evidenceId);
    const send = (offset: number, key: string) => me.call('PATCH', `/evidence/${id}/content`, { bytes: half, headers: { 'upload-offset': String(offset), 'idempotency-key': key } });
    const answers = await Promise.all([send(0, 'piece-0001'), send(0, 'piece-0001'), send(0, 'piece-0001')]);
    expect(answers.map(({ status, body, headers }) => [status, body.receivedBytes, headers.get('upload-offset')])).toEqual(Array.from({ length: 3 }, () => [200, LEAST_PIECE, String(LEAST_PIECE)]));
    expect((await send(LEAST_PIECE, 'piece-0001')).body.error.code).toBe('idempotency-key-reused');
    expect((await send(LEAST_PIECE, 'piece-0002')).body.receivedBytes).toBe(2 * LEAST_PIECE);
    expect((await send(LEAST_PIECE, 'piece-0002')).body.receivedBytes).toBe(2 * LEAST_PIECE);
  });

  test('keeps together what several writers send at once', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const content = randomBytes(3 * LEAST_PIECE);
    const before = filesBelow('pieces').length;
    const id = String((await begin(me, partyId, content)).body.paper.evidenceId);
    for (let offset = 0; offset < content.length; offset += LEAST_PIECE) {
      const answers = await Promise.all(Array.from({ length: 5 }, () => piece(me, id, offset, content.subarray(offset, offset + LEAST_PIECE))));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409, 409]);
      expect(new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body.error.code))).toEqual(new Set(['upload-offset-wrong']));
    }
    expect((await me.get(`/evidence/${id}/content`)).body.receivedBytes).toBe(content.length);
    const rows = await asOwner(api.database, (client) => client.query(`select offset_bytes, size_bytes from evidence_pieces where evidence_id = $1 order by 1`, [id]));
    expect(rows.rows).toEqual([0, 1, 2].map((at) => ({ offset_bytes: at * LEAST_PIECE, size_bytes: LEAST_PIECE })));
    // Files of writers that lost are gone.
    expect(filesBelow('pieces').length - before).toBe(3);
  });

  test('takes no piece under 256 KiB but the last one, so that no paper becomes a row and a file for every byte', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const content = randomBytes(LEAST_PIECE + 1);
    const id = String((await begin(me, partyId, content)).body.paper.evidenceId);
    const before = filesBelow('pieces').length;
    for (const size of [1, LEAST_PIECE - 1]) {
      const refused = await piece(me, id, 0, content.subarray(0, size));
      expect([refused.status, refused.body.error.code]).toEqual([422, 'upload-piece-too-small']);
      expect(refused.body.error.message).toMatch(/256 KiB.*第 0 字节/);
    }
    expect(filesBelow('pieces').length).toBe(before);
    expect((await piece(me, id, 0, content.subarray(0, LEAST_PIECE))).body.receivedBytes).toBe(LEAST_PIECE);
    expect((await piece(me, id, LEAST_PIECE, content.subarray(LEAST_PIECE))).body.receivedBytes).toBe(content.length);
  });

  test('says what is wrong with a piece or with what was announced', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const content = randomBytes(100);
    const id = String((await begin(me, partyId, content)).body.paper.evidenceId);
    const codeOf = (answer: Answered): unknown => answer.body.error.code;
    expect(codeOf(await piece(me, id, 0, randomBytes(101)))).toBe('upload-beyond-end');
    expect(codeOf(await piece(me, id, 5, content))).toBe('upload-offset-wrong');
    expect(codeOf(await me.call('PATCH', `/evidence/${id}/content`, { bytes: content }))).toBe('input-invalid');
    expect(codeOf(await me.call('PATCH', `/evidence/${id}/content`, { bytes: content, headers: { 'upload-offset': '-1' } }))).toBe('input-invalid');
    expect(codeOf(await me.call('PATCH', `/evidence/${id}/content`, { headers: { 'upload-offset': '0', 'content-type': 'application/octet-stream' } }))).toBe('upload-empty');
    expect(codeOf(await begin(me, partyId, content, { kind: '没有这种材料' }))).toBe('evidence-kind-unknown');
    expect(codeOf(await me.post('/evidence', { partyId, kind: '劳动合同', fileName: 'a.pdf', sizeBytes: 31_457_281 }))).toBe('upload-too-large');
    expect(codeOf(await begin(me, partyId, content, { more: { issuedOn: '2026-02-30' } }))).toBe('input-invalid');
    expect(codeOf(await begin(me, partyId, content, { more: { issuedOn: '2026-02-03', expiresOn: '2026-02-02' } }))).toBe('input-invalid');
  });

  test('that nobody finishes expires, and its files go; there is a limit to how many are begun', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const content = randomBytes(LEAST_PIECE + 500);
    const ids: string[] = [];
    for (let at = 0; at < 20; at++) ids.push(String((await begin(me, partyId, content)).body.paper.evidenceId));
    expect((await begin(me, partyId, content)).body.error.code).toBe('upload-too-many');
    const [id = ''] = ids;
    await piece(me, id, 0, content.subarray(0, LEAST_PIECE));
    const before = filesBelow('pieces').length;
    api.setNow(new Date(Date.now() + 25 * 3_600_000));
    try {
      expect((await me.get(`/evidence/${id}/content`)).body.error.code).toBe('upload-expired');
      expect((await piece(me, id, LEAST_PIECE, content.subarray(LEAST_PIECE))).body.error.code).toBe('upload-expired');
      expect((await begin(me, partyId, content)).status).toBe(201);
    } finally {
      api.setNow(new Date());
    }
    expect(before).toBeGreaterThan(0);
  });
});

function filesBelow(kind: 'originals' | 'pieces' | 'previews'): string[] {
  try {
    return readdirSync(join(api.dataFolder, 'evidence', kind), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

describe('what is accepted', () => {
  test('OFD and pictures; refusals say why and what to do, in the reader’s language', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    expect((await handIn(me, partyId, makeOfd({ pages: 3 }), { fileName: '电子发票.ofd', kind: '其他材料' })).body).toMatchObject({ status: 'clean', contentType: 'application/ofd', pages: 3, hasPreviews: false });
    const script = makeRawPdf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' });
    const refused = await handIn(me, partyId, script);
    expect(refused.body).toMatchObject({ status: 'refused', isValid: false, refusal: { code: 'active-content', words: expect.stringContaining('打印成 PDF') }, contentType: null });
    const english = await me.get(`/evidence/${refused.body.evidenceId}`, { 'accept-language': 'en' });
    expect(english.body.refusal.words).toContain('Print it to PDF');
    expect((await me.get(`/evidence/${refused.body.evidenceId}/original`)).body.error.code).toBe('evidence-not-ready');
    expect((await handIn(me, partyId, await makeImage('jpeg'), { fileName: '合同.pdf' })).body.refusal.code).toBe('type-differs');
    expect((await handIn(me, partyId, Buffer.from('words'), { fileName: '合同' })).body.refusal.code).toBe('type-unknown');
  });

  test('a file name is only a name: no path, no control characters, and the extension of what the file is', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    for (const [given, kept, saved] of [
      ['../../../etc/passwd.pdf', 'passwd.pdf', 'passwd.pdf'],
      ['C:\\Users\\张三一\\合同.PDF', '合同.pdf', '合同.pdf'],
      ['合同\u202Efdp.exe.pdf', '合同fdp.exe.pdf', '合同fdp.exe.pdf'],
      ['a"; filename="x.html\r\nX-Evil: 1.pdf', 'a; filename=x.htmlX-Evil 1.pdf', 'a; filename=x.htmlX-Evil 1.pdf'],
      ['..', '材料', '材料.pdf'],
      ['.htaccess', 'htaccess', 'htaccess.pdf'],
    ] as const) {
      const content = await makePdf({ text: randomBytes(8).toString('hex') });
      const answer = await handIn(me, partyId, content, { fileName: given, kind: '其他材料' });
      expect(answer.body).toMatchObject({ status: 'clean', fileName: kept });
      const disposition = (await me.get(`/evidence/${answer.body.evidenceId}/original`)).headers.get('content-disposition') ?? '';
      expect(decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1] ?? '')).toBe(saved);
    }
  });

  test('the same file is recognised: before it is sent, by its hash, and after', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const content = await makePdf({ text: 'once' });
    const sha256 = createHash('sha256').update(content).digest('hex');
    const first = await handIn(me, partyId, content, { more: { sha256 } });
    expect(first.body.status).toBe('clean');
    const known = await begin(me, partyId, content, { more: { sha256 } });
    expect([known.status, known.body.isHeldAlready, known.body.paper.evidenceId]).toEqual([200, true, first.body.evidenceId]);
    const second = await handIn(me, partyId, content);
    expect(second.body).toMatchObject({ status: 'refused', refusal: { code: 'held-already', sameAs: first.body.evidenceId } });
    // As another kind it is another paper, and another person’s hash finds nothing of this one’s.
    expect((await handIn(me, partyId, content, { kind: '其他材料' })).body.status).toBe('clean');
    const otherId = await makePerson('220202', '张三二');
    expect((await begin(api.person(otherId), otherId, content, { more: { sha256 } })).body.isHeldAlready).toBe(false);
    // An officer is told that two people handed in one file; they are not.
    const other = await handIn(api.person(otherId), otherId, content);
    expect(other.body.isHeldByOthers).toBeUndefined();
    expect((await api.officer('changyi-hrss', 'reviewer').get(`/evidence/${other.body.evidenceId}`)).body.isHeldByOthers).toBe(true);
  });
});

describe('on the disk', () => {
  test('nothing is readable, no name tells whose it is, and a changed file gives out nothing', async () => {
    const partyId = await makePerson('220202', '张三三');
    const me = api.person(partyId);
    const content = await makePdf({ text: 'READABLE-MARK' });
    const before = new Set(filesBelow('originals'));
    const { body } = await handIn(me, partyId, content, { fileName: '张三三的合同.pdf' });
    const [file = ''] = filesBelow('originals').filter((path) => !before.has(path));
    expect(file).not.toBe('');
    expect(file).not.toContain('张三三');
    expect(file).not.toContain(String(body.evidenceId));
    const stored = readFileSync(file);
    expect(stored.includes('%PDF') || stored.includes('READABLE-MARK')).toBe(false);
    const row = await asOwner(api.database, (client) => client.query(`select e::text as text from evidence e where evidence_id = $1`, [body.evidenceId]));
    expect(String(row.rows[0].text)).not.toContain('张三三');
    // The pieces of the upload are gone.
    const pieces = await asOwner(api.database, (client) => client.query(`select 1 from evidence_pieces where evidence_id = $1`, [body.evidenceId]));
    expect(pieces.rowCount).toBe(0);
    stored[100] = (stored[100] ?? 0) ^ 1;
    writeFileSync(file, stored);
    const damaged = await me.get(`/evidence/${body.evidenceId}/original`);
    expect([damaged.status, damaged.body.error.code]).toEqual([500, 'evidence-damaged']);
    expect((await me.get(`/evidence/${body.evidenceId}/previews/1`)).body.error.code).toBe('evidence-damaged');
  });
});

describe('pictures of pages', () => {
  test('at three widths, kept sealed, without metadata', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const { body } = await handIn(me, partyId, await makePdf({ pages: 2 }));
    const before = new Set(filesBelow('previews'));
    const picture = await me.get(`/evidence/${body.evidenceId}/previews/2?width=320`);
    expect([picture.status, picture.headers.get('content-type'), picture.headers.get('content-disposition')]).toEqual([200, 'image/webp', null]);
    expect((await sharp(picture.raw).metadata()).width).toBe(320);
    const [kept = ''] = filesBelow('previews').filter((path) => !before.has(path));
    expect(readFileSync(kept).includes('WEBP')).toBe(false);
    const drawnAt = statSync(kept).mtimeMs;
    const again = await me.get(`/evidence/${body.evidenceId}/previews/2?width=320`);
    expect(again.raw.equals(picture.raw)).toBe(true);
    expect(statSync(kept).mtimeMs).toBe(drawnAt);
    // A kept picture that was changed is drawn anew.
    writeFileSync(kept, randomBytes(500));
    expect((await me.get(`/evidence/${body.evidenceId}/previews/2?width=320`)).raw.equals(picture.raw)).toBe(true);
    expect((await me.get(`/evidence/${body.evidenceId}/previews/3`)).body.error.code).toBe('evidence-page-missing');
    expect((await me.get(`/evidence/${body.evidenceId}/previews/1?width=100000`)).body.error.code).toBe('input-invalid');
    const photograph = await handIn(me, partyId, await makeImage('jpeg', { gps: true, orientation: 6 }), { fileName: '证件.jpg', kind: '身份证件' });
    const shown = await sharp((await me.get(`/evidence/${photograph.body.evidenceId}/previews/1`)).raw).metadata();
    expect([shown.format, shown.exif, shown.orientation]).toEqual(['webp', undefined, undefined]);
    const ofd = await handIn(me, partyId, makeOfd(), { fileName: '发票.ofd', kind: '其他材料' });
    expect((await me.get(`/evidence/${ofd.body.evidenceId}/previews/1`)).body.error.code).toBe('evidence-no-preview');
  });
});

describe('nothing is asked twice', () => {
  test('a kind is wanted until a valid paper of it is there, and again once it has expired', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const wanted = async (on?: string): Promise<unknown> => (await me.get(`/parties/${partyId}/wanted-evidence?kinds=${encodeURIComponent('劳动合同,学历证书')}${on === undefined ? '' : `&on=${on}`}`)).body.wanted;
    expect(await wanted()).toEqual([{ kind: '劳动合同', because: 'none' }, { kind: '学历证书', because: 'none' }]);
    await handIn(me, partyId, await makePdf(), { more: { issuedOn: '2024-01-01', expiresOn: '2099-12-31' } });
    expect(await wanted()).toEqual([{ kind: '学历证书', because: 'none' }]);
    expect(await wanted('2100-01-01')).toEqual([{ kind: '劳动合同', because: 'expired' }, { kind: '学历证书', because: 'none' }]);
    expect(await wanted('2023-12-31')).toEqual([{ kind: '劳动合同', because: 'expired' }, { kind: '学历证书', because: 'none' }]);
    await handIn(me, partyId, Buffer.from('no paper'), { kind: '学历证书' });
    expect(await wanted()).toEqual([{ kind: '学历证书', because: 'refused' }]);
    expect((await me.get(`/parties/${partyId}/wanted-evidence?kinds=x`)).body.error.code).toBe('evidence-kind-unknown');
    expect((await me.get('/evidence-kinds')).body.items.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['劳动合同', '购房发票']));
  });
});

describe('trust', () => {
  test('an officer who sees the original raises it, with the ground and what the original says; a version protects it', async () => {
    const partyId = await makePerson();
    const { body } = await handIn(api.person(partyId), partyId, await makePdf({ text: 'trust' }));
    const path = `/evidence/${body.evidenceId}`;
    const officer = api.officer('changyi-hrss', 'reviewer');
    const etag = (await officer.get(path)).headers.get('etag') ?? '';
    expect((await officer.post(`${path}/trust`, { basis: 'original-seen' })).body.error.code).toBe('precondition-required');
    const raised = await officer.post(`${path}/trust`, { basis: 'original-seen', issuedOn: '2025-01-02' }, { 'if-match': etag });
    expect(raised.body).toMatchObject({ trustClass: 'B', issuedOn: '2025-01-02', expiresOn: null });
    expect((await officer.post(`${path}/trust`, { basis: 'doubted' }, { 'if-match': etag })).body.error.code).toBe('changed-meanwhile');
    const next = { 'if-match': raised.headers.get('etag') ?? '' };
    expect((await officer.post(`${path}/trust`, { basis: 'original-seen' }, next)).body.error.code).toBe('evidence-trust-unfit');
    const asked = await officer.post(`${path}/trust`, { basis: 'issuer-asked' }, next);
    expect(asked.body.trustClass).toBe('A');
    const doubted = await officer.post(`${path}/trust`, { basis: 'doubted' }, { 'if-match': asked.headers.get('etag') ?? '' });
    expect(doubted.body.trustClass).toBe('C');
    const changes = await api.person(partyId).get(`${path}/trust-changes`);
    expect(changes.body.items.map(({ from, to, basis }: Record<string, string>) => [from, to, basis])).toEqual([['C', 'B', 'original-seen'], ['B', 'A', 'issuer-asked'], ['A', 'C', 'doubted']]);
  });

  test('a declaration is one whoever takes it in, and seeing its original makes it no proof', async () => {
    const partyId = await makePerson();
    const officer = api.officer('changyi-hrss', 'intake');
    for (const caller of [api.person(partyId), officer]) {
      const { body } = await handIn(caller, partyId, await makePdf({ text: randomBytes(6).toString('hex') }), { kind: '承诺书', more: { isDeclaration: true } });
      expect(body).toMatchObject({ status: 'clean', trustClass: 'D', origin: 'self' });
      const path = `/evidence/${body.evidenceId}`;
      const match = { 'if-match': (await officer.get(path)).headers.get('etag') ?? '' };
      expect((await officer.post(`${path}/trust`, { basis: 'original-seen' }, match)).body.error.code).toBe('evidence-trust-unfit');
    }
  });

  test('what an officer takes in at a window has the original behind it', async () => {
    const partyId = await makePerson();
    const officer = api.officer('changyi-hrss', 'intake');
    const { body } = await handIn(officer, partyId, await makePdf({ text: 'window' }));
    expect(body).toMatchObject({ trustClass: 'B', origin: 'window', departmentId: api.departments['changyi-hrss'] });
  });
});

describe('taking back', () => {
  test('the owner takes back what nothing uses; the bytes are unreadable at once', async () => {
    const partyId = await makePerson();
    const me = api.person(partyId);
    const { body } = await handIn(me, partyId, await makePdf({ text: 'back' }));
    const path = `/evidence/${body.evidenceId}`;
    const use = (released: string): Promise<unknown> =>
      asOwner(api.database, (client) =>
        client.query(
          `insert into evidence_uses values ($1, $2, 'case', 'sample', now(), ${released}) on conflict (tenant_id, evidence_id, user_kind, user_id) do update set released_at = excluded.released_at`,
          [api.tenantId, body.evidenceId],
        ),
      );
    await use('null');
    const seen = await me.get(path);
    expect(seen.body.uses).toBe(1);
    const version = { 'if-match': seen.headers.get('etag') ?? '' };
    expect((await me.delete(path, version)).body.error).toMatchObject({ code: 'evidence-in-use' });
    await use('now()');
    expect((await me.delete(path, { 'if-match': '"999"' })).body.error.code).toBe('changed-meanwhile');
    expect((await me.delete(path, version)).status).toBe(204);
    expect((await me.get(path)).body).toMatchObject({ status: 'withdrawn', fileName: '劳动合同', isValid: false });
    expect((await me.get(`${path}/original`)).body.error.code).toBe('evidence-not-ready');
    const { rows } = await asOwner(api.database, (client) => client.query(`select data_key_sealed, file_name_sealed, blob_id from evidence where evidence_id = $1`, [body.evidenceId]));
    expect(rows).toEqual([{ data_key_sealed: null, file_name_sealed: null, blob_id: null }]);
    expect((await me.get(`/parties/${partyId}/evidence`)).body.items).toEqual([]);
    expect((await me.delete(path, { 'if-match': '"4"' })).body.error.code).toBe('evidence-not-ready');
  });
});

describe('who sees what', () => {
  test('owner, those acted for, officers of the jurisdiction; nobody else, and the refusal tells nothing', async () => {
    const partyId = await makePerson('220202');
    const { body } = await handIn(api.person(partyId), partyId, await makePdf({ text: 'who' }));
    const paths = ['', '/original', '/previews/1', '/trust-changes'].map((end) => `/evidence/${body.evidenceId}${end}`).concat(`/parties/${partyId}/evidence`);
    const strangerId = await makePerson('220202', '张三四');
    for (const path of paths) {
      for (const may of [api.person(partyId), api.person(strangerId, [partyId]), api.officer('changyi-hrss', 'reviewer'), api.officer('city-hrss', 'approver')]) {
        expect([path, (await may.get(path)).status]).toEqual([path, 200]);
      }
      for (const mayNot of [api.person(strangerId), api.agent(await makeOrganisation()), api.officer('longtan-hrss', 'reviewer')]) {
        const answer = await mayNot.get(path);
        expect([path, answer.status, answer.body.error.code]).toEqual([path, 404, 'not-found']);
      }
      for (const never of [api.officer('changyi-hrss', 'policy'), api.officer('changyi-hrss', 'steward'), api.administrator('system-admin'), api.administrator('audit-admin'), api.as({ kind: 'account' })]) {
        expect([path, (await never.get(path)).status]).toEqual([path, 403]);
      }
      expect([path, (await api.anyone().get(path)).status]).toEqual([path, 401]);
    }
    expect((await api.person(partyId).get(`/evidence/${newId()}`)).body.error.code).toBe('not-found');
  });

  test('who may do what: uploading, trust, taking back, each both ways', async () => {
    const partyId = await makePerson('220202');
    const { body } = await handIn(api.person(partyId), partyId, await makePdf({ text: 'do' }));
    const path = `/evidence/${body.evidenceId}`;
    const strangerId = await makePerson('220202', '张三五');
    const content = Buffer.from('x');
    expect((await begin(api.officer('changyi-hrss', 'intake'), partyId, content)).status).toBe(201);
    expect((await begin(api.officer('longtan-hrss', 'intake'), partyId, content)).status).toBe(404);
    expect((await begin(api.officer('changyi-hrss', 'reviewer'), partyId, content)).status).toBe(403);
    expect((await begin(api.person(strangerId), partyId, content)).status).toBe(404);
    const match = { 'if-match': (await api.person(partyId).get(path)).headers.get('etag') ?? '' };
    for (const caller of [api.person(partyId), api.officer('changyi-hrss', 'approver'), api.agent(await makeOrganisation())]) expect((await caller.post(`${path}/trust`, { basis: 'original-seen' }, match)).status).toBe(403);
    expect((await api.officer('longtan-hrss', 'reviewer').post(`${path}/trust`, { basis: 'original-seen' }, match)).status).toBe(404);
    expect((await api.officer('changyi-hrss', 'intake').delete(path, match)).status).toBe(403);
    expect((await api.person(strangerId).delete(path, match)).status).toBe(404);
    // A stranger cannot go on with somebody’s upload either.
    const id = String((await begin(api.person(partyId), partyId, content)).body.paper.evidenceId);
    expect((await piece(api.person(strangerId), id, 0, content)).status).toBe(404);
    expect((await api.person(strangerId).post(`/evidence/${id}/complete`)).status).toBe(404);
  });

  test('an employer’s agent hands in papers for people of the organisation and sees those, nothing else of theirs', async () => {
    const [partyId, organisationId] = [await makePerson(), await makeOrganisation()];
    await employ(partyId, organisationId);
    const agent = api.agent(organisationId);
    const brought = await handIn(agent, partyId, await makePdf({ text: 'brought by the employer' }));
    expect(brought.body).toMatchObject({ status: 'clean', organisationId, trustClass: 'C' });
    const own = await handIn(api.person(partyId), partyId, await makePdf({ text: 'private' }), { kind: '结婚证' });
    expect((await agent.get(`/evidence/${own.body.evidenceId}`)).status).toBe(404);
    expect((await agent.get(`/evidence/${own.body.evidenceId}/original`)).status).toBe(404);
    // The very file that the person handed in is not shown to the agent either, only that it need not be sent.
    const same = await makePdf({ text: 'the same for both' });
    const held = await handIn(api.person(partyId), partyId, same, { kind: '学历证书' });
    const sha256 = createHash('sha256').update(same).digest('hex');
    expect((await begin(agent, partyId, same, { kind: '学历证书', more: { sha256 } })).body).toMatchObject({ isHeldAlready: false, paper: { status: 'uploading' } });
    const twice = await handIn(agent, partyId, same, { kind: '学历证书' });
    expect(twice.body.refusal).toMatchObject({ code: 'held-already', sameAs: held.body.evidenceId });
    expect((await agent.get(`/parties/${partyId}/wanted-evidence?kinds=${encodeURIComponent('学历证书')}`)).body.wanted).toEqual([]);
    const listed = await agent.get(`/parties/${partyId}/evidence`);
    expect(listed.body.items.map(({ organisationId: by }: { organisationId: string }) => by)).toEqual([organisationId, organisationId, organisationId]);
    expect(listed.body.items.map(({ evidenceId }: { evidenceId: string }) => evidenceId)).not.toContain(own.body.evidenceId);
    expect((await api.person(partyId).get(`/parties/${partyId}/evidence`)).body.items).toHaveLength(5);
    // Another agent of the organisation sees it; an agent of another organisation does not.
    expect((await api.agent(organisationId).get(`/evidence/${brought.body.evidenceId}`)).status).toBe(200);
    expect((await api.agent(await makeOrganisation()).get(`/evidence/${brought.body.evidenceId}`)).status).toBe(404);
  });

  test('every look, every page and every download is in the audit trail, without a personal value', async () => {
    const partyId = await makePerson('220202', '张三六');
    const me = api.person(partyId);
    const { body } = await handIn(me, partyId, await makePdf({ text: 'audit' }), { fileName: '张三六.pdf' });
    const officer = api.officer('changyi-hrss', 'reviewer');
    await officer.get(`/evidence/${body.evidenceId}`);
    await officer.get(`/evidence/${body.evidenceId}/previews/1`);
    await officer.get(`/evidence/${body.evidenceId}/original`);
    const { rows } = await asOwner(api.database, (client) =>
      client.query<{ action: string; capacity: { kind: string }; detail: unknown }>(`select action, capacity, detail from audit_entries where object_id = $1 order by entry_id`, [body.evidenceId]),
    );
    const byOfficer = rows.filter(({ capacity }) => capacity.kind === 'officer').map(({ action }) => action);
    expect(byOfficer).toEqual(['evidence.get', 'evidence.preview', 'evidence.download']);
    expect(rows.filter(({ capacity }) => capacity.kind !== 'officer').map(({ action }) => action)).toEqual(expect.arrayContaining(['evidence.begin', 'evidence.piece', 'evidence.complete', 'evidence.check']));
    expect(JSON.stringify(rows)).not.toContain('张三六');
  });
});
