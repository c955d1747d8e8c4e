// Opens what the build compiled of the packs, for the server: table of contents, places and universities, vocabulary.
import { existsSync } from 'node:fs';
import type { Manifest } from '../policy/manifest.ts';
import type { ReferenceData } from '../policy/index.ts';

/** The compiled packs' folder: beside the built server, or in dist/ of the checkout. */
const folder = [new URL('../packs/', import.meta.url), new URL('../../dist/packs/', import.meta.url)].find((place) => existsSync(place));

/** Imports a module of the compiled packs by its file name. @throws Error where the build has not run. */
export async function importPack<T>(file: string): Promise<T> {
  if (folder === undefined) throw new Error('还没有构建，请先运行 npm run build\nNot built yet; run npm run build first');
  return (await import(new URL(file, folder).href)) as T;
}

/** The build's table of contents. */
export async function openManifest(): Promise<Manifest> {
  return (await importPack<{ readonly manifest: Manifest }>('manifest.js')).manifest;
}

/** Places and universities. */
export async function openReferenceData(): Promise<ReferenceData> {
  const { reference } = await openManifest();
  return (await importPack<{ readonly reference: ReferenceData }>(reference)).reference;
}
