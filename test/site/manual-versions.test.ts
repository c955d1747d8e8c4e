// Versions in the manual: pages stay the same while days come and go, so that what follows on what is told with its day, never as past.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildPacks } from '../../src/authoring/build-packs.ts';
import { type Line, makeManual, type ManualPolicy, plain, type ServiceItem } from '../../src/manual/index.ts';
import { readManualSource } from '../../tools/build-manual-source.ts';
import { versionCity } from '../support/level-packs.ts';
import { editPack, withCities } from '../support/small-pack.ts';

const outDir = mkdtempSync(join(tmpdir(), 'wutong-versions-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));
// One item of the first rules ended before they did.
const files = editPack([{ file: 'turning-city/rules-1/card.yaml', find: '牵头: 人社局\n', replace: '截止: 2022-06-30\n牵头: 人社局\n' }], versionCity);
withCities(files, ({ root }) => buildPacks({ root, outDir }));
const source = await readManualSource(outDir);
const [zh, en] = [makeManual(source, 'zh').cities[0], makeManual(source, 'en').cities[0]];

const policyOf = (city: typeof zh, id: string): ManualPolicy | undefined => city?.policies.find((policy) => policy.id === id);
const told = (lines: readonly Line[] | undefined): readonly string[] => (lines ?? []).map(plain);
const validityOf = (item: ServiceItem | undefined): string => {
  const blocks = item?.elements.find(({ id }) => id === 'validity')?.blocks ?? [];
  return blocks.map((block) => ('line' in block ? plain(block.line) : '')).join('\n');
};
const itemOf = (city: typeof zh, policy: string, id: string): ServiceItem | undefined => policyOf(city, policy)?.items.find((item) => item.id === id);

test('a document says from which day another takes its place, and the other the same', () => {
  expect(told(policyOf(zh, 'rules-1')?.succession)).toEqual(['2021年1月1日起取代 最早的办法；在那以前定下的，还按原来的办。', '2023年1月1日起由 第二版办法 取代；在那以前定下的，还按原来的办。']);
  expect(told(policyOf(zh, 'rules-2')?.succession)).toEqual(['2023年1月1日起取代 第一版办法；在那以前定下的，还按原来的办。']);
  expect(told(policyOf(zh, 'rules-3')?.succession)).toEqual(['2025年1月1日起取代 第二版办法的二版购房补贴。']);
  expect(told(policyOf(en, 'rules-1')?.succession)[1]).toBe('From 1 January 2023 superseded by Sample rules-2; what was decided before stays as it was.');
  expect(zh?.named[0]).toMatchObject({ id: 'rules-0', successor: '第一版办法', successorFrom: '2021年1月1日' });
});

test('an item names what takes its place: its own successor, or that of its document; none where it ended of itself', () => {
  expect(validityOf(itemOf(zh, 'rules-1', 'living'))).toMatch(/^2021年1月1日至 2022年12月31日\n2023年1月1日起由 第二版办法 取代/);
  expect(validityOf(itemOf(zh, 'rules-2', 'home'))).toContain('2025年1月1日起由 第三版办法 取代');
  expect(validityOf(itemOf(zh, 'rules-2', 'living'))).not.toMatch(/由 .* 取代/);
  expect(validityOf(itemOf(zh, 'rules-2', 'prize'))).toMatch(/^2024年1月1日至 2024年6月30日/);
  expect(validityOf(itemOf(zh, 'rules-1', 'card'))).toMatch(/^2021年1月1日至 2022年6月30日/);
  expect(validityOf(itemOf(zh, 'rules-1', 'card'))).not.toMatch(/由 .* 取代/);
  expect(validityOf(itemOf(zh, 'rules-2', 'prize'))).not.toMatch(/由 .* 取代/);
  for (const manual of [zh, en]) expect(JSON.stringify(manual)).not.toMatch(/已由|already/);
});
