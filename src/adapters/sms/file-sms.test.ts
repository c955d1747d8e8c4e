// The file adapter on a real file: one line each, no phone in full, half a line of a dead process left behind.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFileSms } from './file-sms.ts';

function makePath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-sms-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'messages', 'outbox.ndjson');
}

const now = (): Date => new Date('2026-06-30T02:00:00Z');
const lines = (path: string): string[] => readFileSync(path, 'utf8').split('\n').slice(0, -1);

test('a message is one line of JSON; the phone is not there in full, and only the owner can read it', async () => {
  const path = makePath();
  expect(await makeFileSms({ path, now }).send({ id: 'a', phone: '13812345678', text: '第一行\n第二行' })).toEqual({ kind: 'accepted' });
  expect(lines(path).map((line) => JSON.parse(line) as unknown)).toEqual([{ at: '2026-06-30T02:00:00.000Z', id: 'a', to: '138****5678', text: '第一行\n第二行' }]);
  expect(readFileSync(path, 'utf8')).not.toContain('13812345678');
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('messages at the same time stand on lines of their own, from two adapters too', async () => {
  const path = makePath();
  const [one, other] = [makeFileSms({ path }), makeFileSms({ path })];
  await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : other).send({ id: String(index), phone: '13800000001', text: '字'.repeat(200) })));
  const ids = lines(path).map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index));
});

test('half a line that a dead process left does not swallow the next message', async () => {
  const path = makePath();
  const adapter = makeFileSms({ path, now });
  await adapter.send({ id: 'a', phone: '13800000001', text: 'x' });
  appendFileSync(path, '{"at":"2026-06-30T02:0');
  await adapter.send({ id: 'b', phone: '13800000001', text: 'y' });
  const written = lines(path);
  expect(written).toHaveLength(3);
  expect(written[1]).toBe('{"at":"2026-06-30T02:0');
  expect(JSON.parse(written[2] ?? '')).toMatchObject({ id: 'b' });
});
