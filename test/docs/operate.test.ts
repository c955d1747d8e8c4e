// The manual of operation agrees with the program: every setting, every command run as it stands there, the units, and the figures it names.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKeys } from '../../src/adapters/cryptography/sm4-protector.ts';
import { operate } from '../../src/main/operate/operate.ts';
import { operateCommands } from '../../src/main/operate/commands.ts';
import { collectConsole } from '../support/collect-console.ts';
import { makeEmptyDatabase, makeTenant, makeTestDatabase, type TestDatabase } from '../support/database.ts';
import { root } from '../tidy/tree.ts';
import { blocksOf, codeWords, readPage, tableBelow } from './pages.ts';

const pages = { zh: readPage('docs/operate.zh-CN.md'), en: readPage('docs/operate.md') } as const;
const languages = ['zh', 'en'] as const;

/** The lines of a page's shell blocks. */
function linesOf(language: 'zh' | 'en'): string[] {
  return blocksOf(pages[language]).filter(({ mark }) => mark === 'sh').flatMap(({ text }) => text.trim().split('\n'));
}

describe.each(languages)('settings (%s)', (language) => {
  test('the table has every variable that the program reads, and no other', () => {
    const files = globSync(['src/**/*.ts', 'bin/*.js'], { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
    const read = files.flatMap((path) => [...readFileSync(join(root, path), 'utf8').matchAll(/\b(?:environment|process\.env)(?:\?\.)?(?:\.|\[['"])([A-Z][A-Z_]+)/g)].map((match) => match[1] ?? ''));
    // The machine's own, and how the two processes of a start hold on to each other.
    const own = new Set(read.filter((name) => !['PATH', 'WUTONG_LIFELINE', 'WUTONG_DEMO_FILL'].includes(name)));
    expect(own.size).toBeGreaterThan(10);
    const rows = tableBelow(pages[language], 'settings');
    expect(new Set(rows.map(([name]) => codeWords(name ?? '')[0]))).toEqual(own);
    expect(rows).toHaveLength(own.size);
    for (const row of rows) expect(row.every((cell) => cell.length > 0)).toBe(true);
  });
});

test('both languages show the same commands, in the same order', () => {
  const plain = (language: 'zh' | 'en'): string[] => linesOf(language).map((line) => line.replace(/<[^>]+>/, '<…>'));
  expect(plain('zh').length).toBeGreaterThan(25);
  expect(plain('en')).toEqual(plain('zh'));
  expect(blocksOf(pages.zh).filter(({ mark }) => mark === 'nginx')).toEqual(blocksOf(pages.en).filter(({ mark }) => mark === 'nginx'));
});

describe('the commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-manual-'));
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeTestDatabase();
    await makeTenant(database, { code: 'jilin-city', name: '吉林市' });
    await openKeys({ path: join(folder, 'lib/keys/wutong.keys'), hasSealedData: () => Promise.resolve(false) });
    for (const name of ['backups', 'safe', 'lib/data']) mkdirSync(join(folder, name), { recursive: true });
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every `wutong …` of the manual does what it says, in its order', async () => {
    const empty: { drop(): Promise<void> }[] = [];
    const commands = linesOf('zh').filter((line) => line.startsWith('wutong '));
    expect(new Set(commands.map((line) => line.split(' ')[1]))).toEqual(new Set(Object.keys(operateCommands)));
    for (const line of commands) {
      const [made] = readdirSync(join(folder, 'backups'));
      const [, name = '', ...args] = line
        .replaceAll('/var/backups/wutong/wutong-20260630-020000', join(folder, 'backups', made ?? 'none'))
        .replaceAll('/var/backups/wutong', join(folder, 'backups'))
        .replaceAll('/media/safe', join(folder, 'safe'))
        .split(' ');
      const environment: Record<string, string> = { DATABASE_URL: database.ownerUrl, WUTONG_DATA: join(folder, 'lib/data'), WUTONG_KEYS: join(folder, 'lib/keys/wutong.keys') };
      if (name === 'restore' && !args.includes('--check')) {
        const place = await makeEmptyDatabase();
        empty.push(place);
        // Each time the manual restores, it is into an empty place; with --keys on a new machine.
        const fresh = mkdtempSync(join(folder, 'fresh-'));
        Object.assign(environment, { DATABASE_URL: place.url, WUTONG_DATA: join(fresh, 'data') }, args.includes('--keys') ? { WUTONG_KEYS: join(fresh, 'keys/wutong.keys') } : {});
        mkdirSync(join(fresh, 'data'));
      }
      const console = collectConsole();
      const status = await operate(name, args, console, 'zh', environment);
      expect({ line, status, err: console.written.err }).toEqual({ line, status: 0, err: '' });
      expect(console.written.out).not.toBe('');
    }
    for (const each of empty) await each.drop();
  });

  test('every option of every command is in its help, in both languages', async () => {
    for (const [name, load] of Object.entries(operateCommands)) {
      const { help, options } = await load();
      for (const language of languages) {
        expect(help[language]).toMatch(new RegExp(`^wutong ${name}`));
        expect(Object.keys(options).filter((option) => !help[language].includes(`--${option}`))).toEqual([]);
      }
    }
  });
});

describe('the units', () => {
  const units = readdirSync(join(root, 'deploy')).filter((name) => /\.(service|timer)$/.test(name));
  const unit = (name: string): string => readFileSync(join(root, 'deploy', name), 'utf8');

  test('start programs that are there, with settings that the manual names', () => {
    expect(units).toEqual(['wutong-backup.service', 'wutong-backup.timer', 'wutong.service']);
    const known = new Set(tableBelow(pages.zh, 'settings').map(([name]) => codeWords(name ?? '')[0]));
    for (const name of units) {
      const paths = [...unit(name).matchAll(/\/opt\/wutong\/([\w./-]+)/g)].map((match) => match[1] ?? '');
      expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
      const settings = [...unit(name).matchAll(/^Environment=(\w+)=/gm)].map((match) => match[1] ?? '');
      expect(settings.filter((setting) => setting !== 'NODE_ENV' && !known.has(setting))).toEqual([]);
      for (const language of languages) expect(pages[language]).toContain(name);
    }
    // Where the manual says that data and keys are.
    for (const language of languages) for (const path of ['/var/lib/wutong/data', '/var/lib/wutong/keys/wutong.keys']) expect(pages[language]).toContain(path);
  });

  test('are right by the word of systemd, where it is', () => {
    const found = spawnSync('systemd-analyze', ['--version']);
    const judged = found.error === undefined ? spawnSync('systemd-analyze', ['verify', ...units.map((name) => join(root, 'deploy', name))], { encoding: 'utf8' }) : { status: 0, stderr: '' };
    // Other units of the machine may be wrong; of ours nothing is said.
    expect(judged.stderr.split('\n').filter((line) => /deploy\/wutong/.test(line))).toEqual([]);
    expect(judged.status).toBe(0);
    // Without systemd what it would look at first: every line is a section, a comment or a setting.
    for (const name of units) for (const line of unit(name).split('\n')) expect(line).toMatch(/^($|#|\[\w+\]$|[A-Z]\w+=)/);
  });

  test('the command for operators passes its words on with the settings of the service', () => {
    const { stdout, status } = spawnSync('sh', [join(root, 'deploy/wutong'), '--version'], {
      encoding: 'utf8',
      env: { ...process.env, WUTONG_HOME: root, WUTONG_USER: spawnSync('id', ['-un'], { encoding: 'utf8' }).stdout.trim() },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version}\n` });
  });
});

test('the figures and codes that the manual names are those of the program', () => {
  const source = ['metrics', 'operations', 'health', 'log', 'background'].map((name) => readFileSync(join(root, `src/main/${name}.ts`), 'utf8')).join('\n');
  for (const language of languages) {
    const named = [...pages[language].matchAll(/`wutong_(\w+)/g)].map((match) => match[1] ?? '');
    expect(named.length).toBeGreaterThanOrEqual(4);
    const isThere = (name: string): boolean => [`'${name}'`, `'wutong_${name}'`].some((words) => source.includes(words));
    expect(named.map((name) => name.replace(/_count$/, '')).filter((name) => !isThere(name))).toEqual([]);
    for (const code of ['down', 'pending', 'late', 'full']) {
      expect(source).toContain(`'${code}'`);
      expect(pages[language]).toContain(`\`${code}\``);
    }
  }
});
