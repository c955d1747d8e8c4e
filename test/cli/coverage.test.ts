// wutong coverage, and wutong where for what is no benefit: on the pack of this project and on one with a clause left out.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, temporaryFolder, wutong } from './run-wutong.ts';

const pack = 'cities/jilin-city/jilin-city-2021';

interface Covered {
  readonly city: string;
  readonly policy: string;
  readonly missing: readonly string[];
  readonly clauses: readonly { readonly clause: string; readonly isCovered: boolean; readonly isHeading: boolean; readonly citations: readonly { readonly sort: string; readonly id: string }[] }[];
}

/** A copy of the packs whose directory has one clause more, on which nothing rests. */
function withClauseLeftOut(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'cities'), join(folder, 'cities'), { recursive: true });
  const path = join(folder, pack, 'policy.yaml');
  writeFileSync(path, `${readFileSync(path, 'utf8').trimEnd()}\n  附件7: { 题: 忘了的一条, 英文: The forgotten one }\n`);
  return folder;
}

test('every clause of the opinion became something: 33 clauses and 6 annexes', async () => {
  const { status, out, err } = await wutong(['coverage', '--city', 'jilin-city', '--format', 'json']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const [covered, ...others] = JSON.parse(out) as Covered[];
  expect(others).toEqual([]);
  expect(covered).toMatchObject({ city: 'jilin-city', policy: 'jilin-city-2021', missing: [] });
  const clauses = covered?.clauses ?? [];
  expect(clauses.filter(({ clause }) => /^（.+）$/.test(clause))).toHaveLength(33);
  expect(clauses.filter(({ clause }) => /^附件\d$/.test(clause))).toHaveLength(6);
  expect(clauses.filter(({ citations, isHeading }) => citations.length === 0 && !isHeading)).toEqual([]);
  const sorts = new Set(clauses.flatMap(({ citations }) => citations.map(({ sort }) => sort)));
  expect([...sorts].sort()).toEqual(['benefit', 'definition', 'duty', 'goal', 'matter', 'narrative', 'parameter', 'procedure', 'reading']);
  expect(clauses.find(({ clause }) => clause === '附件1三（二）1（1）')?.citations).toContainEqual(expect.objectContaining({ sort: 'benefit', id: 'living-subsidy' }));
});

test('the table has the clauses in their order, in both languages, within the width', async () => {
  const [zh, en, words] = await Promise.all([wutong(['coverage']), wutong(['coverage', '--lang', 'en']), wutong(['coverage', '--policy', 'jilin-city-2021', '--format', 'words', '--lang', 'en'])]);
  expect(zh).toMatchObject({ status: 0, err: '' });
  expect(zh.out).toMatch(/^条款 +讲什么 +成了什么$/m);
  expect(zh.out).toMatch(/^二 .* 见下$/m);
  expect(zh.out).toMatch(/^（三十三） /m);
  expect(zh.out.indexOf('\n（四）')).toBeLessThan(zh.out.indexOf('\n附件1 '));
  expect(zh.out).toMatch(/\n\d+ 条都有着落：待遇 \d+ 项，目标 \d+ 项，职责 \d+ 项，流程 \d+ 个，说明 \d+ 处\n$/);
  expect(en.out).toMatch(/\nall \d+ clauses are covered: \d+ benefits, /);
  expect(Math.max(...en.out.split('\n').slice(1, -2).map(({ length }) => length))).toBeLessThanOrEqual(100);
  expect(words.out).toMatch(/^ *附件1三（二）1（1） .*\n(?: +· .*\n)* +· benefit \(grant\): .* \[living-subsidy\]$/m);
});

test('a clause left out is listed last, the exit status is 1, and check refuses the pack', async () => {
  const folder = withClauseLeftOut();
  const [zh, en, json, check] = await Promise.all([
    wutong(['coverage', '--city', 'jilin-city', '--root', folder]),
    wutong(['coverage', '--city', 'jilin-city', '--root', folder, '--lang', 'en', '--format', 'words']),
    wutong(['coverage', '--city', 'jilin-city', '--root', folder, '--format', 'json']),
    wutong(['check', '--root', folder]),
  ]);
  expect([zh.status, en.status, json.status, check.status]).toEqual([1, 1, 1, 1]);
  expect(zh.out).toMatch(/\n1 条没有着落：\n {2}附件7 忘了的一条\n请把它们写成.*\n$/);
  expect(en.out).toMatch(/\nnothing was made of 1 clause:\n {2}附件7 The forgotten one\nWrite them as .*\n$/);
  expect((JSON.parse(json.out) as Covered[])[0]?.missing).toEqual(['附件7']);
  expect(check.out).toMatch(/policy\.yaml:\d+:3 \[uncovered-clause\] 条款“附件7”（忘了的一条）没有着落/);
});

test('a pack that cannot be read whole, and names that do not exist, are told', async () => {
  const folder = withClauseLeftOut();
  writeFileSync(join(folder, pack, 'duties.yaml'), 'a: [\n');
  const broken = await wutong(['coverage', '--city', 'jilin-city', '--root', folder]);
  expect(broken.status).toBe(1);
  expect(broken.err).toMatch(/jilin-city 有读不懂的文件，下面可能不全/);
  const policy = await wutong(['coverage', '--policy', 'jilin-city-2022']);
  expect(policy).toMatchObject({ status: 2, out: '' });
  expect(policy.err).toMatch(/没有“jilin-city-2022”这个政策，是不是“jilin-city-2021”/);
  expect((await wutong(['coverage', 'jilin-city'])).status).toBe(2);
  expect((await wutong(['coverage', '--format', 'csv'])).status).toBe(2);
});

test('where finds goals, duties, procedures and narratives too, at the right line', async () => {
  for (const [name, sort] of [
    ['ten-thousand-students', 'goals'],
    ['entrepreneur-day', 'duties'],
    ['enterprise-hires', 'procedures'],
    ['purpose', 'narratives'],
  ] as const) {
    const { status, out } = await wutong(['where', name]);
    expect(status).toBe(0);
    const line = new RegExp(`^  写在 +${pack}/${sort}\\.yaml:(\\d+)$`, 'm').exec(out)?.[1];
    expect(readFileSync(join(root, pack, `${sort}.yaml`), 'utf8').split('\n')[Number(line) - 1]).toBe(`${name}:`);
    expect(out).toMatch(/^ {2}条款 +\S/m);
  }
});
