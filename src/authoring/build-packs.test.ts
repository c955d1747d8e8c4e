// What the build leaves behind for the manual and the calculator: the manifest with levels, names and contacts, and the examples of every benefit.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { levelCities, versionCity } from '../../test/support/level-packs.ts';
import { benefitsForOthers, editPack, type Files, withCities } from '../../test/support/small-pack.ts';
import type { ExamplesModule, Manifest } from '../policy/manifest.ts';
import { buildPacks } from './build-packs.ts';

function build(files: Files): { readonly manifest: Manifest; readonly load: <T>(file: string) => Promise<T> } {
  const outDir = mkdtempSync(join(tmpdir(), 'wutong-build-'));
  onTestFinished(() => rmSync(outDir, { recursive: true, force: true }));
  return { manifest: withCities(files, ({ root }) => buildPacks({ root, outDir })), load: async (file) => import(pathToFileURL(join(outDir, file)).href) };
}

test('the manifest has the jurisdiction above, the documents known by name only, contacts, and the days that hold', () => {
  const { manifest } = build({ ...levelCities, ...versionCity });
  expect(manifest.cities.map(({ id, parent, named, policies }) => [id, parent, named.map((policy) => policy.id), policies.map((policy) => policy.id)])).toEqual([
    ['high-province', undefined, ['high-talent'], []],
    ['low-district', 'mid-city', [], ['low-talent']],
    ['mid-city', 'high-province', [], ['mid-talent']],
    ['turning-city', undefined, ['rules-0'], ['rules-3', 'rules-2', 'rules-1']],
  ]);
  expect(manifest.cities[3]?.policies[2]).toMatchObject({ id: 'rules-1', from: 20210101, to: 20221231, supersededBy: 'rules-2' });
  expect(manifest.cities[3]?.named).toMatchObject([{ id: 'rules-0', to: 20201231, supersededBy: 'rules-1' }]);
  expect(manifest.cities[1]?.contacts).toEqual({ 人社局: { phone: '0000-0001', address: { zh: '低区一号', en: '1, Low District' }, oversightPhone: '0000-0002' } });
});

test('examples are the cases beside the rules, in the form of the contract, for every kind of subject', async () => {
  const files = Object.fromEntries(Object.entries(editPack(benefitsForOthers)).map(([name, text]) => [`small/${name}`, text]));
  const { manifest, load } = build(files);
  const [policy] = manifest.cities[0]?.policies ?? [];
  const { examples } = await load<ExamplesModule>(policy?.examples ?? '');
  expect(Object.keys(examples)).toEqual(['living', 'tax-reward', 'prize', 'team-room']);
  expect(examples['living']?.[0]).toEqual({
    name: '重点院校的本科',
    subject: 'person',
    date: '2026-06-30',
    facts: { 学历: '本科', 院校类别: ['985'], 合同年限: 5, 合同起始日: '2025-03-01', 用人单位: { 单位类型: '企业', 所在地: '220202' } },
    expected: 'yes',
  });
  expect(examples['tax-reward']?.map(({ expected }) => expected)).toEqual(['yes', 'yes', 'no', 'review']);
  expect(examples['prize']?.map(({ subject, name }) => [subject, name])).toEqual([['organisation', '单位'], ['person', '个人']]);
});
