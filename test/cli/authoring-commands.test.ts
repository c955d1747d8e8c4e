// wutong check, format and where, on the packs of this project and on packs with planted faults.

import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, stackTrace, temporaryFolder, wutong } from './run-wutong.ts';

const pack = 'cities/jilin-city/jilin-city-2021';

/** A copy of the packs that a test may spoil. */
function copyOfPacks(): string {
  const folder = temporaryFolder();
  cpSync(join(root, 'cities'), join(folder, 'cities'), { recursive: true });
  return folder;
}

function change(folder: string, file: string, from: string | RegExp, to: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} does not hold ${String(from)}`);
  writeFileSync(path, after);
}

test('check finds nothing to mend here, and counts what it looked at', async () => {
  const { status, out, err } = await wutong(['check']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(/^没有问题：\d+ 个城市，\d+ 个政策，\d+ 项待遇，\d+ 个用例，[\d.]+ 秒\n$/);
});

test('check names file, line and column of planted faults, in both languages, from any folder below', async () => {
  const folder = copyOfPacks();
  change(folder, `${pack}/living-subsidy.yaml`, '要求: 高校毕业生', '要求: 高校毕业升');
  const zh = await wutong(['check', '--city', 'jilin-city'], '', join(folder, pack));
  expect(zh.status).toBe(1);
  expect(zh.out).toMatch(/^cities\/jilin-city\/jilin-city-2021\/living-subsidy\.yaml:\d+:\d+ \[[a-z-]+\] .*高校毕业升/m);
  expect(zh.out).toMatch(/处要改：/);
  const en = await wutong(['check', '--root', folder, '--lang', 'en']);
  expect(en.status).toBe(1);
  expect(en.out).toMatch(/to be mended: /);
  const json = await wutong(['check', '--root', folder, '--format', 'json']);
  expect(json.status).toBe(1);
  expect((JSON.parse(json.out) as { diagnostics: unknown[] }).diagnostics[0]).toMatchObject({ file: `${pack}/living-subsidy.yaml`, code: expect.stringMatching(/^[a-z-]+$/) as string });
});

test('check of a city that does not exist suggests one', async () => {
  const { status, err } = await wutong(['check', '--city', 'jilin']);
  expect(status).toBe(2);
  expect(err).toMatch(/^“jilin”可以是吉林市（jilin-city）或吉林省（jilin-province），请写全$/m);
  expect((await wutong(['check', '--city', 'jilin-cty'])).err).toMatch(/没有“jilin-cty”这个城市，是不是“jilin-city”/);
});

test('format writes the canonical form once, and --check then finds nothing', async () => {
  const folder = copyOfPacks();
  expect((await wutong(['format', '--root', folder])).status).toBe(0);
  change(folder, `${pack}/living-subsidy.yaml`, /^种类: /m, '种类:     ');
  const before = readFileSync(join(folder, pack, 'living-subsidy.yaml'), 'utf8');
  const found = await wutong(['format', '--check'], '', folder);
  expect(found).toMatchObject({ status: 1, out: `${pack}/living-subsidy.yaml\n` });
  expect(readFileSync(join(folder, pack, 'living-subsidy.yaml'), 'utf8')).toBe(before);
  expect(await wutong(['format', `${pack}/living-subsidy.yaml`], '', folder)).toMatchObject({ status: 0, out: `${pack}/living-subsidy.yaml\n` });
  expect(await wutong(['format', '--check', '--root', folder])).toMatchObject({ status: 0, out: '' });
});

test('format reports a file that is not YAML and leaves it untouched', async () => {
  const folder = copyOfPacks();
  const file = join(folder, pack, 'living-subsidy.yaml');
  writeFileSync(file, '名称: "没有结束\n  条件: [\n');
  const { status, out, err } = await wutong(['format', file]);
  expect(status).toBe(1);
  expect(out).toMatch(/living-subsidy\.yaml:\d+:\d+ \[bad-yaml\]/);
  expect(err).not.toMatch(stackTrace);
  expect(readFileSync(file, 'utf8')).toBe('名称: "没有结束\n  条件: [\n');
});

test('where prints the places of a benefit, and the lines are the right ones', async () => {
  const { status, out, err } = await wutong(['where', 'living-subsidy']);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const lines = readFileSync(join(root, pack, 'living-subsidy.yaml'), 'utf8').split('\n');
  for (const [label, begins] of [
    ['条件', '条件:'],
    ['金额', '金额:'],
    ['发放', '支付:'],
    ['资金', '资金:'],
    ['用例', '用例:'],
  ] as const) {
    const line = new RegExp(`^  ${label} +${pack}/living-subsidy\\.yaml:(\\d+)`, 'm').exec(out)?.[1];
    expect(lines[Number(line) - 1]).toMatch(new RegExp(`^${begins}`));
  }
  expect(out).toMatch(/用例 .*（\d+ 个）/);
  expect(out).toMatch(/由它计算 +dist\/packs\/jilin-city-2021\.[0-9a-f]+\.js/);
});

test('where names the page of a benefit, finds it by its address, and looks in every city', async () => {
  const [found, address, english, district, goal, letter] = await Promise.all([
    wutong(['where', 'living-subsidy']), wutong(['where', '/b/jilin-city/jilin-city-2021/living-subsidy']), wutong(['where', '/en/b/jilin-city/jilin-city-2021/living-subsidy']),
    wutong(['where', 'hundred-doctors', '--lang', 'en']), wutong(['where', 'ten-thousand-students']), wutong(['where', '/b/jilin-city/jilin-city-2021']),
  ]);
  expect(found.out).toMatch(/^ {2}网页 +\/b\/jilin-city\/jilin-city-2021\/living-subsidy$/m);
  expect([address.out, english.out]).toEqual([found.out, found.out]);
  expect(district.out).toMatch(/^ {2}page +\/b\/erdao\/erdao-wutong\/hundred-doctors$/m);
  expect(goal.out).toMatch(/^ {2}网页 +\/b\/jilin-city\/jilin-city-2021$/m);
  expect(letter.out).toMatch(/^ {2}写在 +cities\/jilin-city\/jilin-city-2021\/policy\.yaml:\d+$/m);
});

test('where finds by title or a part of it, lists several, and suggests where there is none', async () => {
  expect((await wutong(['where', '企业引才生活补贴'])).out.match(/\(.*?\) · /g)).toHaveLength(1);
  expect((await wutong(['where', '生活补贴'])).out.match(/\(.*?\) · /g)?.length).toBeGreaterThan(1);
  expect((await wutong(['where', 'home subsidy', '--lang', 'en'])).out).toContain('(home-subsidy)');
  const none = await wutong(['where', 'living-subsidi']);
  expect(none).toMatchObject({ status: 1, out: '' });
  expect(none.err).toMatch(/没有找到“living-subsidi”。相近的有：living-subsidy/);
});
