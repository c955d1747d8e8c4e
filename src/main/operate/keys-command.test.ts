// `wutong keys` as an operator uses it: what is there, a new key while values stand under the old one, a copy, and what is lost without it.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectConsole } from '../../../test/support/collect-console.ts';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { operate } from './operate.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-keys-'));
const keysFile = join(folder, 'keys', 'wutong.keys');
let database: TestDatabase;
let first: string;
beforeAll(async () => {
  database = await makeTestDatabase();
  const tenantId = await makeTenant(database);
  const protector = await openKeys({ path: keysFile, hasSealedData: () => Promise.resolve(false) });
  first = protector.currentKeyId();
  await asOwner(database, async (client) => {
    for (const row of ['ab', 'cd']) {
      const sealed = protector.seal({ tenantId, table: 'idempotency_keys', column: 'answer_sealed', row }, '答复');
      await client.query('insert into idempotency_keys (tenant_id, key_digest, body_digest, answer_sealed) values ($1, $2, $3, $4)', [tenantId, row, Buffer.from(row, 'hex'), Buffer.from(sealed)]);
    }
  });
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function keys(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const console = collectConsole();
  const status = await operate('keys', args, console, 'zh', { DATABASE_URL: database.ownerUrl, WUTONG_DATA: join(folder, 'data'), WUTONG_KEYS: keysFile });
  return { status, ...console.written };
}

test('looking, copying, replacing, retiring', async () => {
  expect(await keys()).toEqual({ status: 0, err: '', out: expect.stringMatching(new RegExp(`^${first} {2}建于 \\d{4}-\\d\\d-\\d\\d，正在用，加密了 2 项\n$`)) });

  const copy = join(folder, 'safe', 'wutong.keys');
  expect(await keys('copy', '--to', copy)).toMatchObject({ status: 0 });
  expect(readFileSync(copy)).toEqual(readFileSync(keysFile));
  expect(statSync(copy).mode & 0o077).toBe(0);
  expect(await keys('copy', '--to', copy)).toMatchObject({ status: 2, err: expect.stringContaining('没有盖掉它') });

  // The key in force cannot go.
  expect(await keys('retire', first)).toMatchObject({ status: 1, err: expect.stringContaining('正在使用') });
  const rotated = await keys('rotate');
  expect(rotated).toMatchObject({ status: 0, out: expect.stringContaining('2 项内容改用了密钥') });
  const after = await keys();
  expect(after.out).toMatch(new RegExp(`^${first}.*还能打开旧内容，加密了 0 项\n[0-9a-f]{8}.*正在用，加密了 2 项\n$`));
  expect(await keys('retire', first)).toMatchObject({ status: 0 });
  expect((await keys()).out).toMatch(new RegExp(`^${first}.*停用于`));
  // Each act is in the trail.
  const actions = await asOwner(database, async (client) => (await client.query<{ action: string }>('select action from audit_entries order by entry_id')).rows.map(({ action }) => action));
  expect(actions).toEqual(['keys.rotate', 'keys.retire']);
});

test('values under a key that is not in the file are counted', async () => {
  rmSync(keysFile);
  expect(await keys()).toMatchObject({ status: 2, err: expect.stringContaining('不在') });
  await openKeys({ path: keysFile, hasSealedData: () => Promise.resolve(false) });
  expect(await keys()).toMatchObject({ status: 1, out: expect.stringMatching(/✗ 有 2 项用密钥 [0-9a-f]{8} 加密，它不在密钥文件里，打不开：idempotency_keys\.answer_sealed 2/) });
});

test('what is called wrongly is told', async () => {
  for (const args of [['rotat'], ['retire'], ['copy'], ['rotate', 'more']]) expect(await keys(...args)).toMatchObject({ status: 2, out: '' });
  expect(existsSync(join(folder, 'data'))).toBe(false);
});
