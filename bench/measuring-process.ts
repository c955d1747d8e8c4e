// Starts a process that measures one thing, and asks it to measure for a while.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Timing } from './repeat.ts';
import { benchFolder } from './setting.ts';

/** Resolves when the process says that it is ready. */
export async function start(file: string, id: string): Promise<ChildProcess> {
  const child = fork(join(benchFolder, file), [id], { serialization: 'advanced' });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error(`the process of ${id} ended before it was ready`)));
  await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return child;
}

export async function ask<Ask extends object>(child: ChildProcess, what: Ask): Promise<Timing> {
  child.send(what);
  const [timing] = (await once(child, 'message')) as [Timing];
  return timing;
}
