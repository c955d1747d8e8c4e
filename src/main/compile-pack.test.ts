// The server's compiler of packs: the program's own files give the program's own pack, faults are told with their place, and nothing is left behind.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hashPolicy, hashVocabularies, type PackFiles } from '../domains/packs/index.ts';
import { makePackCompiler } from './compile-pack.ts';
import { openBuiltPacks } from './open-built-packs.ts';

const temporary = mkdtempSync(join(tmpdir(), 'wutong-compiler-'));
const compiler = makePackCompiler({ temporary });
afterAll(() => rmSync(temporary, { recursive: true }));
const policyId = 'erdao-wutong';

async function filesOf(id: string): Promise<PackFiles> {
  const found = (await openBuiltPacks()).packs.find((pack) => pack.policyId === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found.source;
}

const leftBehind = (): string[] => readdirSync(temporary);

test('the program’s files compile to the program’s pack', async () => {
  const { packs } = await openBuiltPacks();
  const { model, findings, benefits, cases } = await compiler.compile({ policyId, cityId: 'erdao', files: await filesOf(policyId), others: {} });
  expect(findings).toEqual([]);
  expect([benefits, cases]).toEqual([9, 24]);
  const hash = model === undefined ? undefined : hashPolicy(model.policy, hashVocabularies(model.vocabularies).hash).hash;
  expect(hash).toBe(packs.find((pack) => pack.policyId === policyId)?.packHash);
  expect(leftBehind()).toEqual([]);
});

test('a fault is told with its file, line and column, in both languages', async () => {
  const files = await filesOf(policyId);
  const broken = { ...files, 'hundred-doctors.yaml': `${files['hundred-doctors.yaml']}\n不认识的一项: 1\n` };
  const { model, findings } = await compiler.compile({ policyId, cityId: 'erdao', files: broken, others: {} });
  expect(model).toBeUndefined();
  expect(findings).toEqual([expect.objectContaining({ code: 'unknown-key', file: 'hundred-doctors.yaml', column: 1, zh: expect.stringContaining('不认识的一项'), en: expect.stringContaining('not known') })]);
  expect(findings[0]?.line).toBe(broken['hundred-doctors.yaml'].trimEnd().split('\n').length);
});

test('a policy that the jurisdiction does not list yet is compiled beside the others', async () => {
  const files = await filesOf('changchun-5616');
  const { findings, model } = await compiler.compile({ policyId: 'changchun-new', cityId: 'changchun', files, others: {} });
  expect(findings).toEqual([]);
  expect(model?.policy.id).toBe('changchun-new');
});

test('a pack that takes too long is given up', async () => {
  const hasty = makePackCompiler({ patienceMs: 1, temporary });
  await expect(hasty.compile({ policyId, cityId: 'erdao', files: await filesOf(policyId), others: {} })).rejects.toThrow('more than 1 ms');
  expect(leftBehind()).toEqual([]);
});

test('a file that would lie elsewhere is not written', async () => {
  await expect(compiler.compile({ policyId, cityId: 'erdao', files: { '../city.yaml': '' }, others: {} })).rejects.toThrow('no name');
  expect(leftBehind()).toEqual([]);
});
