// Where the program's own files are, and the packs that the build left there.

import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../policy/manifest.ts';
import type { Messages } from './messages.ts';

/** The folder that holds dist/, cities/ and bin/; as far from the built file as from this one. */
const home = new URL('../../', import.meta.url);

/** The same as a path. */
export const programRoot = fileURLToPath(home);

/** Thrown where something that `npm run build` makes is missing. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';
}

/** Imports a module of dist/packs by its file name. The caller names its shape: the manifest says what each module exports. */
export async function importPack<T>(file: string, say: Messages): Promise<T> {
  try {
    return (await import(new URL(`dist/packs/${file}`, home).href)) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') throw new NotBuiltError(say.notBuilt());
    throw error;
  }
}

/** The build's table of contents. */
export async function loadManifest(say: Messages): Promise<Manifest> {
  return (await importPack<{ readonly manifest: Manifest }>('manifest.js', say)).manifest;
}

/** A source that changed after the build, or undefined; undefined too where the sources did not come along. */
export function changedSource(manifest: Manifest): string | undefined {
  if (!existsSync(new URL('cities', home))) return undefined;
  return manifest.sources.find(([path, size, changed]) => {
    const now = statSync(new URL(encodeURI(path), home), { throwIfNoEntry: false });
    // Only later counts: unpacking a package gives its files dates of long ago.
    return now === undefined || now.size !== size || Math.round(now.mtimeMs) > changed;
  })?.[0];
}
