// Makes sure that PostgreSQL's programs can start on this machine, and says what to install when they cannot.
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { missingLibrary } from '../../src/storage/embedded/explain-failure.ts';
import { chooseServerUser } from '../../src/storage/embedded/server-user.ts';
import type { PostgresChoice } from './postgres-choice.ts';
import { makeServerFolder, programsOf } from './postgres-files.ts';
import { installPackages, mayInstall } from './system-packages.ts';

/** The versions of PostgreSQL that tests will get; throws with what to do when one cannot start. */
export async function checkPostgresPrograms(): Promise<string> {
  const own = process.env['DATABASE_URL'] ? 'DATABASE_URL' : await checkPrograms('own');
  return `${own}, ${await checkPrograms('debian-15')}`;
}

async function checkPrograms(which: PostgresChoice): Promise<string> {
  const user = chooseServerUser();
  const folder = makeServerFolder(user);
  try {
    const programs = programsOf(which, user, folder);
    // Each round may show the next missing library.
    const tried = new Set<string>();
    for (;;) {
      try {
        await promisify(execFile)(join(programs, 'bin/initdb'), ['--version'], { ...user, cwd: folder });
        const { stdout } = await promisify(execFile)(join(programs, 'bin/postgres'), ['--version'], { ...user, cwd: folder });
        return stdout.trim();
      } catch (error) {
        installMissing(error instanceof Error ? error.message : String(error), tried);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function installMissing(complaint: string, tried: Set<string>): void {
  const missing = missingLibrary(complaint);
  if (missing === undefined) throw new Error(`PostgreSQL 无法启动 / PostgreSQL cannot start:\n${complaint}`);
  const { library, debianPackage: name } = missing;
  if (tried.has(name) || !mayInstall()) {
    throw new Error(
      `PostgreSQL 缺少系统库 ${library}。请安装（Debian、Ubuntu）：sudo apt-get install ${name}\n` +
        `或设置 DATABASE_URL 使用已有的 PostgreSQL。\n` +
        `PostgreSQL lacks the shared library ${library}. Install it (Debian, Ubuntu): sudo apt-get install ${name}\n` +
        `or set DATABASE_URL to use a PostgreSQL you have.`,
    );
  }
  tried.add(name);
  installPackages(name);
}
