// Cities that begin alike are founded and filled once in a run, as a user does it; every file of tests works on a stopped copy of its own.
import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { makeRunningCity, type RunningCity } from './running-city.ts';

const root = dirname(dirname(import.meta.dirname));

/** A city with sample people and an account of every role that nobody has entered yet. */
export interface SeededCity {
  /** Nothing runs yet. */
  readonly city: RunningCity;
  /** One-time passwords by the sample account, such as `reviewer`. */
  readonly passwords: ReadonlyMap<string, string>;
}

/** Makes a city of its own, with as many sample people, by the commands that a user runs. */
export async function makeSeededRunningCity(people: number): Promise<SeededCity> {
  const template = await makeOnce(`seeded-${people}`, async (city) => {
    const server = await city.start();
    const seed = ['tools/run.mjs', 'src/main/seed.ts', '--people', String(people), '--accounts', '--lang', 'en'];
    const { stdout } = await promisify(execFile)(process.execPath, seed, { cwd: root, env: { ...process.env, ...city.environment } });
    await stopWell(server.stop());
    return stdout;
  });
  const city = makeRunningCity();
  copyFolder(join(template, 'city'), city.folder);
  const told = readFileSync(join(template, 'told'), 'utf8');
  return { city, passwords: new Map([...told.matchAll(/^\s+sample-(\w+)\s+(\S+)$/gm)].map(([, name = '', password = '']) => [name, password])) };
}

/** Puts what the first start of an empty city makes into a folder that becomes a city's. */
export async function copyEmptyCity(folder: string): Promise<void> {
  const template = await makeOnce('empty', async (city) => {
    const server = await city.start();
    await stopWell(server.stop());
    return '';
  });
  copyFolder(join(template, 'city'), folder);
}

/** The folder of a template: the stopped city and what was told at its making. Two files that want it at the same moment both make it, and one of them is kept. */
async function makeOnce(kind: string, make: (city: RunningCity) => Promise<string>): Promise<string> {
  // Another build, or another clock, founds another city.
  const built = statSync(join(root, 'dist/server/start.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const key = createHash('sha256').update(JSON.stringify([kind, built, process.env['WUTONG_TEST_CLOCK_OFFSET'] ?? ''])).digest('hex').slice(0, 16);
  const template = join(inject('cityTemplates'), `${kind}-${key}`);
  if (existsSync(template)) return template;
  const making = `${template}.making-${randomUUID()}`;
  const city = makeRunningCity();
  try {
    const told = await make(city);
    mkdirSync(making);
    copyFolder(city.folder, join(making, 'city'));
    writeFileSync(join(making, 'told'), told, { mode: 0o600 });
    renameSync(making, template);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another file was quicker.
    if (!existsSync(template)) throw error;
  } finally {
    await city.remove();
  }
  return template;
}

/** Whose the files are is put right by the start on them, as with any copy of a city. */
function copyFolder(from: string, to: string): void {
  cpSync(from, to, { recursive: true, mode: constants.COPYFILE_FICLONE });
}

async function stopWell(stopping: Promise<number | null>): Promise<void> {
  const code = await stopping;
  if (code !== 0) throw new Error(`a city to copy ended with ${code}`);
}
