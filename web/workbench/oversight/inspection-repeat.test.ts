// The line that officers are shown draws the same lot as the server, run by a real shell.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawLot } from '../../../src/domains/oversight/draw-lot.ts';
import { repeatCommand } from './inspection-repeat.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wutong-lot-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the shown line prints who was drawn, in the order of the lot', () => {
  const seed = '0f'.repeat(32);
  const ids = Array.from({ length: 12 }, (_, at) => `018f0000-0000-7000-8000-${String(at).padStart(12, '0')}`);
  writeFileSync(join(folder, '候选.csv'), `\ufeff顺序,姓名或单位,抽签编号\r\n${ids.map((id, at) => `${at + 1},"张三一, 样例",${id}`).join('\r\n')}\r\n`);
  const printed = execFileSync('sh', ['-c', repeatCommand(seed, 5, '候选.csv')], { cwd: folder, encoding: 'utf8' });
  expect(printed.trim().split('\n').map((line) => line.split(' ')[1])).toEqual(drawLot(seed, ids).slice(0, 5));
});
