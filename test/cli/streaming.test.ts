// Long inputs run in constant memory and in order, and a reader that goes away ends the program quietly.

import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idsOf, person, root, temporaryFile, wutong } from './run-wutong.ts';

const base = ['evaluate', '--city', 'jilin-city', '--date', '2026-06-30'];
const MIB = 1024 * 1024;

/** Runs the program under a small heap, which a program that holds what it read would not survive. */
function underSmallHeap(args: readonly string[]): Promise<{ status: number | null; ids: number; isOrdered: boolean; err: string; peakBytes: number }> {
  return new Promise((done, fail) => {
    const measure = "process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS))";
    const child = spawn(process.execPath, ['--max-old-space-size=48', '--import', `data:text/javascript,${encodeURIComponent(measure)}`, join(root, 'bin/wutong.js'), ...args], { cwd: root });
    let ids = 0;
    let isOrdered = true;
    let rest = '';
    let err = '';
    child.stdout.on('data', (piece: Buffer) => {
      const lines = (rest + piece.toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) isOrdered &&= line.startsWith(`{"id":${ids++},`);
    });
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    child.once('error', fail);
    child.once('close', (status) => {
      const [told = '', peak = '0'] = err.split('\npeak ');
      done({ status, ids, isOrdered, err: told, peakBytes: Number(peak) * 1024 });
    });
  });
}

test('100,000 lines: every one answered, in order, in bounded memory', async () => {
  const count = 100_000;
  const file = temporaryFile('many.ndjson', Array.from({ length: count }, (_, id) => person(id, { 学历: '本科' })).join(''));
  const ran = await underSmallHeap([...base, file]);
  expect(ran).toMatchObject({ status: 0, ids: count, isOrdered: true, err: '' });
  // 160 MiB alone, more where others keep the collector waiting; the answers together are over 800 MB.
  expect(ran.peakBytes).toBeLessThan(400 * MIB);
});

test('a line of 50 MB is told and never held; the lines around it are answered', async () => {
  const file = temporaryFile('long.ndjson', Buffer.concat([Buffer.from(person(0)), Buffer.alloc(50 * MIB, 'x'), Buffer.from('\n'), Buffer.from(person(1))]));
  const ran = await underSmallHeap([...base, file]);
  expect(ran).toMatchObject({ status: 2, ids: 2, isOrdered: true });
  expect(ran.err).toMatch(/^第 2 行：超过 1 MiB/);
  expect(ran.peakBytes).toBeLessThan(150 * MIB);
});

test('a CSV quote that is never closed does not hold the rest of the file', async () => {
  const file = temporaryFile('open.csv', Buffer.concat([Buffer.from('id,学历\n0,本科\n1,"'), Buffer.alloc(20 * MIB, 'x')]));
  const ran = await underSmallHeap([...base, file]);
  expect(ran).toMatchObject({ status: 2 });
  expect(ran.err).toMatch(/^第 3 行：超过 1 MiB/);
});

test('a line of just under 1 MiB is read', async () => {
  const text = JSON.stringify({ id: 'x'.repeat(MIB - 100), subject: 'person', facts: {} });
  const { status, out } = await wutong([...base, '-'], `${text}\n`);
  expect(status).toBe(0);
  expect(idsOf(out)).toHaveLength(1);
});

test('what a pipe trickles in is answered at once', async () => {
  const child = spawn(process.execPath, [join(root, 'bin/wutong.js'), ...base, '-'], { cwd: root });
  const line = (readFileSync(join(root, 'examples/people.ndjson'), 'utf8').split('\n')[0] ?? '') + '\n';
  const answered = new Promise<string>((resolve) => child.stdout.once('data', (piece: Buffer) => resolve(piece.toString())));
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.stdin.write(line);
  expect(await answered).toMatch(/^\{"id":"张三一"/);
  child.stdin.end();
  expect(await closed).toBe(0);
});

test('a reader that goes away ends the program quietly', async () => {
  const file = temporaryFile('many.ndjson', Array.from({ length: 20_000 }, (_, id) => person(id)).join(''));
  const child = spawn(process.execPath, [join(root, 'bin/wutong.js'), ...base, file], { cwd: root });
  let err = '';
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise((resolve) => child.once('close', resolve));
  expect({ status, err }).toEqual({ status: 0, err: '' });
});

test('a full disk ends the program with words', async () => {
  // Only Linux has a device that is always full.
  if (!existsSync('/dev/full')) return;
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [join(root, 'bin/wutong.js'), ...base, 'examples/people.ndjson'], { cwd: root, stdio: ['ignore', full, 'pipe'] });
  let err = '';
  child.stderr?.on('data', (piece: Buffer) => (err += piece.toString()));
  const status = await new Promise((resolve) => child.once('close', resolve));
  closeSync(full);
  expect({ status, err }).toEqual({ status: 1, err: '结果写不出去（ENOSPC），已经停下\n' });
});
