// The benchmark's own files and the engine as plain JavaScript in a cache folder, so that cold starts do not pay for stripping types.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { benchFolder, projectFolder } from './setting.ts';

/** Folders of sources, and where each goes in the cache. */
const folders: readonly (readonly [from: string, to: string])[] = [
  [benchFolder, '.'],
  [join(benchFolder, 'engines'), 'engines'],
  [join(projectFolder, 'src', 'policy'), 'policy'],
];

/** Writes every .ts as .mjs; returns the folder. It lies in bench/node_modules, so that packages are still found. */
export function writePlainJavaScript(): string {
  const folder = join(benchFolder, 'node_modules', '.cache', 'plain');
  rmSync(folder, { recursive: true, force: true });
  for (const [from, to] of folders) {
    for (const file of readdirSync(from)) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
      const text = stripTypeScriptTypes(readFileSync(join(from, file), 'utf8'));
      const target = join(folder, to, file.replace(/\.ts$/, '.mjs'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, relocate(text));
    }
  }
  return folder;
}

/** Imports lead to the copies; the folders of the project stay where they are. */
function relocate(text: string): string {
  return text
    .replaceAll("'../../src/policy/", "'../policy/")
    .replace(/(from |import\()'(\.\.?\/[^']*)\.ts'/g, "$1'$2.mjs'")
    .replaceAll("new URL('.', import.meta.url)", `new URL('${pathToFileURL(benchFolder).href}')`)
    .replaceAll("new URL('..', import.meta.url)", `new URL('${pathToFileURL(projectFolder).href}')`);
}
