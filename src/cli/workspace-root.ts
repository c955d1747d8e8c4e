// Which folder the authoring commands work on.

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Arguments, valueOf } from './arguments.ts';
import type { Messages } from './messages.ts';
import { programRoot } from './program.ts';
import { UsageError } from './usage-error.ts';

/** --root, else the nearest folder from here upwards that has cities/, else the program's own. @throws UsageError where --root has none. */
export function findRoot(args: Arguments, say: Messages): string {
  const given = valueOf(args, 'root');
  if (given !== undefined) {
    if (!existsSync(join(given, 'cities'))) throw new UsageError(say.rootWithoutCities(given));
    return resolve(given);
  }
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'cities'))) return folder;
    if (folder === dirname(folder)) return resolve(programRoot);
  }
}
