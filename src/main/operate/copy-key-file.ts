// A copy of the key file, to be kept apart from the backups.
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CallError } from './command.ts';
import { findKeys } from './open-operated.ts';

/** Copies the key file; never over another one. */
export async function copyKeyFile(from: string, to: string): Promise<void> {
  if ((await findKeys(from)) === undefined) throw new CallError(`没有密钥文件 ${from}，没有可复制的`, `There is no key file ${from} to copy`);
  if (existsSync(to)) throw new CallError(`${to} 已经有了，没有盖掉它`, `${to} is there already and was not overwritten`);
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
}
