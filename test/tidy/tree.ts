// The files of the project as the tidy tests see them, and temporary projects with a fault planted in them.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { onTestFinished } from 'vitest';

export const root = dirname(dirname(import.meta.dirname));

const notOurs = new Set(['node_modules', '.git', 'dist', 'coverage', 'data', 'shots']);

/** Paths of all files under the folder, relative to it, with '/', sorted; without what is installed or built. */
export function listFiles(folder: string): string[] {
  const files: string[] = [];
  const visit = (inside: string): void => {
    for (const entry of readdirSync(inside, { withFileTypes: true })) {
      if (notOurs.has(entry.name) || /^dist\.(building|old)-/.test(entry.name)) continue;
      const path = join(inside, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile()) files.push(relative(folder, path).split(sep).join('/'));
    }
  };
  visit(folder);
  return files.sort();
}

/** A temporary project with these files, removed when the test ends; `copied` come from this project. */
export function plant(files: Record<string, string>, copied: string[] = []): string {
  // The real path, because tools resolve links and would otherwise see files outside their project.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wutong-planted-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const all = Object.entries(files);
  for (const path of copied) all.push([path, readFileSync(join(root, path), 'utf8')]);
  for (const [path, text] of all) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
