// The manifest of a backup: what is in it, with digests, so that a restore knows before it begins whether everything is there.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One table. */
export interface TableFile {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Below the backup's folder. */
  readonly file: string;
  readonly bytes: number;
  /** SM3 of the file as it lies there, in hex. */
  readonly digest: string;
}

/** What a backup says of itself. */
export interface Manifest {
  readonly format: 1;
  readonly madeAt: string;
  /** Version of the program, and of PostgreSQL. */
  readonly program: string;
  readonly postgres: string;
  readonly migrations: readonly { readonly file: string; readonly digest: string }[];
  readonly tenants: readonly { readonly tenantId: number; readonly code: string; readonly name: string }[];
  readonly tables: readonly TableFile[];
  readonly sequences: readonly { readonly name: string; readonly value: string; readonly isCalled: boolean }[];
  /** Files of the data folder; the list of them is a file of its own. */
  readonly files: { readonly count: number; readonly bytes: number; readonly list: string; readonly digest: string };
  /** Ids of the keys under which values are sealed; the keys themselves are elsewhere. */
  readonly keys: readonly string[];
}

/** Why a backup cannot be used, or made; in both languages. */
export class BackupError extends Error {
  /** @param zh what happened and what to do. @param en the same in English. */
  constructor(zh: string, en: string, options?: ErrorOptions) {
    super(`${zh}\n${en}`, options);
  }
}

const NAME = 'manifest.json';
const NEWEST_FORMAT = 1;

/** Writes the manifest, the last file of a backup. */
export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, NAME), `${JSON.stringify({ ...manifest, check: checkOf(manifest) }, undefined, 1)}\n`, { mode: 0o600, flush: true });
}

/** Whether a folder is a backup that was finished. */
export function isBackup(folder: string): boolean {
  return existsSync(join(folder, NAME));
}

/**
 * Reads the manifest.
 * @throws BackupError where the folder is no whole backup, the manifest was changed, or a newer program made it.
 */
export function readManifest(folder: string): Manifest {
  if (!existsSync(folder)) throw new BackupError(`没有这个文件夹：${folder}`, `There is no such folder: ${folder}`);
  if (!isBackup(folder)) {
    throw new BackupError(
      `${folder} 不是一份完整的备份：里面没有 ${NAME}。备份中途停了就会这样，请换一份完整的`,
      `${folder} is no whole backup: it has no ${NAME}. That is how a backup that was cut off looks; use a whole one`,
    );
  }
  let read: (Manifest & { readonly check?: string }) | undefined;
  try {
    read = JSON.parse(readFileSync(join(folder, NAME), 'utf8')) as Manifest & { readonly check?: string };
  } catch {
    throw changed();
  }
  const { check, ...manifest } = read;
  if (typeof manifest.format === 'number' && manifest.format > NEWEST_FORMAT) {
    throw new BackupError(
      `这份备份是更新的梧桐（${String(manifest.program)}）做的，这个版本读不懂。请用同样新或更新的版本恢复`,
      `This backup was made by a newer Wutong (${String(manifest.program)}) in a form that this version does not know. Restore it with that version or a newer one`,
    );
  }
  if (manifest.format !== NEWEST_FORMAT || check !== checkOf(manifest)) throw changed();
  return manifest;
}

function changed(): BackupError {
  return new BackupError(`${NAME} 损坏了或被改过，这份备份不能用。请换一份`, `${NAME} is damaged or was changed, so this backup cannot be used. Take another one`);
}

/** Finds a slip of the disk or the hand; from somebody who can write the whole folder it protects no more than the folder's own guard. */
function checkOf(manifest: Manifest): string {
  return createHash('sm3').update(JSON.stringify(manifest)).digest('hex');
}
