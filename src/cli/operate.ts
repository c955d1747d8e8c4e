// Reaches the commands that work on the database: in the server's bundle, with a Node new enough for it.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language } from '../policy/problems.ts';
import type { Console } from './console.ts';
import type { Messages } from './messages.ts';
import { NotBuiltError, programRoot } from './program.ts';

/** What dist/server/operate.js exports. */
interface Operation {
  readonly operate: (name: string, argv: readonly string[], console: Console, language: Language) => Promise<number>;
}

const OLDEST_NODE = 22;

/** Runs one of those commands. @returns the exit status. */
export async function operate(name: string, argv: readonly string[], console: Console, language: Language, say: Messages): Promise<number> {
  const bundle = join(programRoot, 'dist/server/operate.js');
  if (!existsSync(bundle)) throw new NotBuiltError(say.notBuilt());
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) {
    const operation = (await import(pathToFileURL(bundle).href)) as Operation;
    return operation.operate(name, argv, console, language);
  }
  const node = pinnedNode();
  if (node === undefined) throw new NotBuiltError(say.oldNode(OLDEST_NODE, process.version));
  return runWith(node, [join(programRoot, 'bin/wutong.js'), '--lang', language, name, ...argv]);
}

/** The Node that npm installed for this platform, beside this package's own modules or beside the package where it is itself installed. */
function pinnedNode(): string | undefined {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  for (const folder of [join(programRoot, 'node_modules', name), join(programRoot, '..', name)]) {
    if (!existsSync(join(folder, 'package.json'))) continue;
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: string | { node: string } };
    const file = join(folder, typeof bin === 'string' ? bin : bin.node);
    if (existsSync(file)) return file;
  }
  return undefined;
}

function runWith(node: string, args: readonly string[]): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(node, args, { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
    child.once('error', fail);
    child.once('exit', (code, signal) => done(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
  });
}
