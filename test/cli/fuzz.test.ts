// Whatever stands in a file: never a stack trace, status 0 or 2, one answer for each line that is valid.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { evaluate, idsOf, root, stackTrace } from './run-wutong.ts';

/** A small generator with a seed, so that a failure can be seen again. */
function makeRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

const valid = readFileSync(join(root, 'examples/people.ndjson')).toString().trimEnd().split('\n');

/** A valid line with some bytes overwritten, removed, doubled or swapped; or bytes of no meaning at all. */
function mutate(random: (below: number) => number): Buffer {
  if (random(4) === 0) return Buffer.from(Array.from({ length: random(300) }, () => random(256)));
  let line = Buffer.from(valid[random(valid.length)] ?? '');
  for (let times = 1 + random(3); times > 0; times--) {
    const at = random(line.length);
    const piece = line.subarray(at, at + random(20));
    const kinds = [
      () => Buffer.concat([line.subarray(0, at), Buffer.from([random(256)]), line.subarray(at + 1)]),
      () => Buffer.concat([line.subarray(0, at), line.subarray(at + piece.length)]),
      () => Buffer.concat([line.subarray(0, at), piece, piece, line.subarray(at)]),
      () => Buffer.from(line.toString().replace(/true|false|"[^"]*"/, () => ['null', '[]', '{}', '-1', '1e999', '""', '"\\ud800"'][random(7)] ?? '')),
      () => line.subarray(0, at),
    ];
    line = Buffer.from(kinds[random(kinds.length)]?.() ?? line);
  }
  return line;
}

/** The numbers of the lines that hold anything at all. */
function countLines(lines: readonly Buffer[]): number {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]))
    .toString('latin1')
    .split('\n')
    .filter((line) => !/^[\s\u00a0]*$/.test(line)).length;
}

test.concurrent.each([1, 2, 3, 4])('400 mutated lines, seed %i', async (seed) => {
  const random = makeRandom(seed);
  const lines = Array.from({ length: 400 }, () => mutate(random));
  const { status, out, err } = await evaluate(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
  expect([0, 2]).toContain(status);
  expect(err).not.toMatch(stackTrace);
  const told = err.trimEnd().split('\n');
  for (const message of told) expect(message).toMatch(/^第 \d+ 行：./);
  // Every line that is not blank is either answered or told, and none twice.
  expect(idsOf(out).length + new Set(told.map((message) => message.split('：')[0])).size).toBe(countLines(lines));
  expect(told).toHaveLength(new Set(told.map((message) => message.split('：')[0])).size);
});

test('mutated CSV never breaks the program', async () => {
  const random = makeRandom(5);
  const csv = readFileSync(join(root, 'examples/people.csv'));
  const [header = ''] = csv.toString().split('\r\n');
  const rows = csv.toString().trimEnd().split('\r\n').slice(1);
  const body = Array.from({ length: 400 }, () => {
    const row = Buffer.from(rows[random(rows.length)] ?? '');
    for (let times = random(4); times > 0; times--) row[random(row.length)] = [0x22, 0x2c, 0x0a, 0x0d, 0x00, 0xff, random(256)][random(7)] ?? 0;
    return Buffer.concat([row, Buffer.from('\r\n')]);
  });
  const { status, out, err } = await evaluate(Buffer.concat([Buffer.from(`${header}\r\n`), ...body]), '--input', 'csv');
  expect([0, 2]).toContain(status);
  expect(err).not.toMatch(stackTrace);
  expect(idsOf(out).length).toBeGreaterThan(0);
});
