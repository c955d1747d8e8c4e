// Chooses where a run of tests makes what it throws away: in memory, where there is plenty of it and programs may run there.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file system in memory that every Linux has. */
const memory = '/dev/shm';
const GIB = 1024 ** 3;
/** Several times what a whole run was seen to hold at once. */
const ROOM_BYTES = 4 * GIB;
/** What is kept there is missing to the programs. */
const SPARE_BYTES = 8 * GIB;

/** The folder, or undefined where the system's own for such things has to serve. A thousand small files, which is a database, are made there in a tenth of the time that a disk takes. */
export function findScratchInMemory(): string | undefined {
  if (process.platform !== 'linux' || process.availableMemory() < SPARE_BYTES) return undefined;
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= ROOM_BYTES && mayRunPrograms() ? memory : undefined;
  } catch {
    return undefined;
  }
}

/** Containers often allow data alone; some tests copy PostgreSQL's programs beside its data. */
function mayRunPrograms(): boolean {
  const folder = mkdtempSync(join(memory, 'wutong-probe-'));
  try {
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\nexit 0\n', { mode: 0o700 });
    return spawnSync(program).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
