// What a fresh process costs: time until one person is answered, and memory held after a thousand, beside Node with nothing in it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from './numbers.ts';
import { coldStarts } from './setting.ts';

export interface Memory {
  heapBytes: number;
  rssBytes: number;
}

const reportMemory = 'globalThis.gc();const{heapUsed,rss}=process.memoryUsage();console.log(JSON.stringify({heapBytes:heapUsed,rssBytes:rss}))';

function run(program: string, args: readonly string[]): { ms: number; output: string } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { ms, output: stdout };
}

/** Median milliseconds by name; the commands take turns, so that a slow moment hits all alike. */
export function measureCommands(commands: ReadonlyMap<string, readonly [program: string, ...args: string[]]>): Map<string, number> {
  const times = new Map<string, number[]>([...commands.keys()].map((name) => [name, []]));
  // The first turn reads files into the system's cache and is thrown away.
  for (let turn = -1; turn < coldStarts; turn++) {
    for (const [name, [program, ...args]] of commands) {
      const { ms } = run(program, args);
      if (turn >= 0) times.get(name)!.push(ms);
    }
  }
  return new Map([...times].map(([name, all]) => [name, median(all)]));
}

/** Milliseconds from start to one person's answer, by engine id, and of Node alone under the name `node`. */
export function measureColdStarts(ids: readonly string[], plain: string): Map<string, number> {
  const commands = new Map<string, [string, ...string[]]>([['node', [process.execPath, '-e', '0']]]);
  for (const id of ids) commands.set(id, [process.execPath, join(plain, 'one-person.mjs'), id]);
  return measureCommands(commands);
}

/** Memory after a thousand people and a collection, by engine id, and of Node alone under the name `node`. */
export function measureMemory(ids: readonly string[], plain: string): Map<string, Memory> {
  const memory = (args: string[]): Memory => JSON.parse(run(process.execPath, ['--expose-gc', ...args]).output) as Memory;
  return new Map([['node', memory(['-e', reportMemory])], ...ids.map((id): [string, Memory] => [id, memory([join(plain, 'one-person.mjs'), id, '--memory'])])]);
}
