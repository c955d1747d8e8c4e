// Chooses where a run of tests makes what it throws away: in memory, where there is plenty of it and programs may run there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file system in memory that every Linux has. */
const memory = '/dev/shm';
const GIB = 1024 ** 3;
// Files of the storage, backup, evidence and full-disk tests were seen to hold a quarter of a gigabyte at once; what is kept there is missing to the programs.
const usual = { folder: memory, roomBytes: 4 * GIB, spareBytes: 8 * GIB };

/**
 * The folder, or undefined where the system's own for such things has to serve. A thousand small files, which is a database, are made there in a tenth of the time that a disk takes.
 * @param needed where to look, how much has to be free there, and how much of the machine's memory.
 */
export function findScratchInMemory(needed: Partial<typeof usual> = {}): string | undefined {
  const { folder, roomBytes, spareBytes } = { ...usual, ...needed };
  if (process.platform !== 'linux' || process.availableMemory() < spareBytes) return undefined;
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= roomBytes && mayRunPrograms(folder) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Containers often allow data alone; some tests copy PostgreSQL's programs beside its data. */
function mayRunPrograms(place: string): boolean {
  const folder = mkdtempSync(join(place, 'wutong-probe-'));
  try {
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o700 });
    return spawnSync(program).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
