// Levels and versions on the command line: the built program over sample packs of a district below a city, and of a city with three versions.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPacks } from '../../src/authoring/build-packs.ts';
import { levelCities, versionCity } from '../support/level-packs.ts';
import { withCities } from '../support/small-pack.ts';
import { person, type Ran, root } from './run-wutong.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wutong-levels-'));
  for (const part of ['bin', 'dist/cli', 'package.json']) cpSync(join(root, part), join(folder, part), { recursive: true });
  withCities({ ...levelCities, ...versionCity }, (workspace) => buildPacks({ root: workspace.root, outDir: join(folder, 'dist/packs') }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, input: string, ...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'bin/wutong.js'), command, ...args, '-'], { encoding: 'utf8', input });
  return { status, out: stdout, err: stderr };
}

const graduate = person('张三一', { 学历: '本科' });
const someone = person('张三二');

interface Answer {
  readonly benefits: readonly { readonly policy: string; readonly benefit: string }[];
  readonly plan: { readonly take: readonly string[]; readonly totalFen: number };
}

/** The full ids that answer. */
function entries(...args: readonly string[]): string[] {
  const { status, out, err } = run('evaluate', graduate, ...args);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return (JSON.parse(out) as Answer).benefits.map(({ policy, benefit }) => `${policy}/${benefit}`);
}

test('a district answers with its chain, its own policies first, under one plan', () => {
  const low = ['--city', 'low-district', '--date', '2026-06-30'];
  expect(entries(...low)).toEqual(['low-talent/home', 'low-talent/living', 'low-talent/rent', 'mid-talent/home', 'mid-talent/living', 'mid-talent/card', 'mid-talent/prize']);
  expect((JSON.parse(run('evaluate', graduate, ...low).out) as Answer).plan).toMatchObject({ take: ['low-talent/living', 'mid-talent/home', 'mid-talent/card'], totalFen: 8_200_000 });
  expect(entries('--city', 'mid-city', '--date', '2026-06-30')).toEqual(['mid-talent/home', 'mid-talent/living', 'mid-talent/card', 'mid-talent/prize']);
  // A policy of a level above may be asked for by itself, and several at once.
  expect(entries(...low, '--policy', 'mid-talent')).toEqual(['mid-talent/home', 'mid-talent/living', 'mid-talent/card', 'mid-talent/prize']);
  expect(entries(...low, '--policy', 'mid-talent', '--policy', 'low-talent')).toHaveLength(7);
  expect(run('evaluate', graduate, '--city', 'mid-city', '--policy', 'low-talent').err).toMatch(/没有“low-talent”这个政策.*政策有：mid-talent\n$/);
});

test('a date answers by its rules; --under takes those of another day while facts are judged on the date', () => {
  const turning = ['--city', 'turning-city'];
  expect(entries(...turning, '--date', '2024-12-31')).toEqual(['rules-2/living', 'rules-2/home']);
  expect(entries(...turning, '--date', '2025-01-01')).toEqual(['rules-3/home', 'rules-2/living']);
  expect(entries(...turning, '--date', '2026-06-30', '--under', '2022-12-31')).toEqual(['rules-1/living', 'rules-1/card']);
  const explained = run('explain', graduate, ...turning, '--date', '2026-06-30', '--under', '2022-12-31').out;
  expect(explained).toMatch(/^张三一 · 2026年6月30日（按2022年12月31日施行的规则）\n/);
  expect(explained).toContain('一版生活补贴　1,000 元');
  expect(explained).not.toContain('二版');
  expect(JSON.parse(run('next', someone, ...turning, '--date', '2026-06-30', '--under', '2022-12-31').out)).toMatchObject({ next: { fact: '学历', serves: ['rules-1/living', 'rules-1/card'] } });
  expect(run('evaluate', graduate, ...turning, '--under', '2022-13-01')).toMatchObject({ status: 2, out: '', err: '--under 应当是真实存在的日期，写作 2026-06-30，这里是“2022-13-01”\n' });
});

test('where nothing is in force, every policy of the chain is told with its days, and what is known by name only', () => {
  expect(run('evaluate', graduate, '--city', 'low-district', '--date', '2023-06-30')).toEqual({
    status: 2,
    out: '',
    err: '2023-06-30 没有施行中的政策。low-talent 从 2025-01-01 起施行；mid-talent 从 2024-01-01 起施行。只知道名称、不能计算的文件：高省人才办法（high-talent）\n',
  });
  expect(run('evaluate', graduate, '--city', 'high-province', '--date', '2026-06-30', '--lang', 'en')).toEqual({
    status: 2,
    out: '',
    err: 'no policy is in force on 2026-06-30. Known by name only, so nothing is computed from them: Measures of High Province (high-talent)\n',
  });
  expect(run('evaluate', graduate, '--city', 'turning-city', '--date', '2024-06-30', '--policy', 'rules-1').err).toBe('2024-06-30 没有施行中的政策。rules-1 从 2021-01-01 起施行，到 2022-12-31 为止\n');
});

test('an explanation names the jurisdiction of each benefit where several have policies, and ends with what is known by name only', () => {
  const low = run('explain', graduate, '--city', 'low-district', '--date', '2026-06-30').out;
  expect(low).toContain('  低区生活补贴　30,000 元\n    依据 低区《低区人才办法》 第二条 · 由 人社局\n');
  expect(low).toContain('  中市购房补贴　50,000 元\n    依据 中市《中市人才办法》 第一条 · 由 人社局\n');
  expect(low.trimEnd()).toMatch(/【只知道名称的文件（没有它们的内容，不据它们计算）】\n {2}高省：高省人才办法　只在别处提到过$/);
  // One level and one policy need no telling apart.
  expect(run('explain', graduate, '--city', 'mid-city', '--date', '2026-06-30').out).toContain('    依据 第一条 · 由 人社局\n');
  const english = run('explain', graduate + someone, '--city', 'turning-city', '--date', '2026-06-30', '--lang', 'en').out;
  expect(english.split('Known by name only')).toHaveLength(2);
  expect(english.slice(english.indexOf('【Known'))).toBe(`【Known by name only (their text is not at hand, so nothing is computed from them)】
  Turning City: The earliest rules (until 2020-12-31, superseded by "Sample rules-1"). Only mentioned in the first rules

【What supersedes what】
  "Sample rules-1": until 2022-12-31, superseded by "Sample rules-2"; for an earlier application --under DATE answers by it
  "Sample 二版购房补贴" of "Sample rules-2": until 2024-12-31, superseded by "Sample rules-3"
`);
});
