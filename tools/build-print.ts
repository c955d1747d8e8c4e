// Writes the manual of every policy as a PDF, in both languages, at the address that its pages link to.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeManual, type ManualSource } from '../src/manual/index.ts';
import type { Manifest } from '../src/policy/index.ts';
import { type PrintedManual, printManual } from '../src/print/index.ts';

/** What the build is told: the project's folder, the compiled packs, what the manual is made from, and the site's folder. */
export interface PrintBuild {
  readonly root: string;
  readonly packs: string;
  readonly source: ManualSource;
  readonly outDir: string;
}

/** Every manual to print, with the address of its PDF within the site. */
export async function manualsToPrint({ root, packs, source }: Omit<PrintBuild, 'outDir'>): Promise<{ readonly address: string; readonly manual: PrintedManual }[]> {
  const { manifest } = (await import(pathToFileURL(join(packs, 'manifest.js')).href)) as { manifest: Manifest };
  const editions = new Map(manifest.cities.flatMap(({ policies }) => policies.map(({ id, full }) => [id, editionOf(id, full)] as const)));
  const mark = markOf(await readFile(join(root, 'web/portal/static/icon.svg'), 'utf8'));
  return (['zh', 'en'] as const).flatMap((language) =>
    makeManual(source, language).cities.flatMap((city) =>
      city.policies.map((policy) => {
        const told = city.clauses.flatMap(({ id, documents }) => documents.filter((document) => document.policy === policy.id).map((document) => [id, document] as const));
        return { address: policy.pdf, manual: { language, policy, clauses: new Map(told), edition: editions.get(policy.id) ?? policy.id, mark } };
      }),
    ),
  );
}

/** Prints every manual. @throws MissingGlyphError where a text has a character that cannot be printed */
export async function buildPrint(build: PrintBuild): Promise<void> {
  for (const { address, manual } of await manualsToPrint(build)) {
    const file = join(build.outDir, ...address.split('/').filter((part) => part !== '').map(decodeURIComponent));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await printManual(manual));
  }
}

/** The pack and the hash of its content, from the name of its module: `jilin-city-2021-full.1a2b….js`. */
function editionOf(id: string, module: string): string {
  const hash = /\.([0-9a-f]{8})[0-9a-f]*\.js$/.exec(module)?.[1];
  if (hash === undefined) throw new Error(`the module ${module} of ${id} is not named by its content`);
  return `${id} ${hash}`;
}

/** The veins of the site's icon: its one path. */
function markOf(icon: string): string {
  const path = /<path[^>]* d="([^"]+)"/.exec(icon)?.[1];
  if (path === undefined) throw new Error('the site’s icon has no path');
  return path;
}
