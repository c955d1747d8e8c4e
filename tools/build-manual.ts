// Makes the manual's part of the site: the menus, every page drawn in both languages, and the server's part of the menu.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { type Manual, makeManual, makeMenu, type ManualSource, type MenuIndex } from '../src/manual/index.ts';
import { readManualSource } from './build-manual-source.ts';
import type { Page } from './web-page.ts';

type Language = 'zh' | 'en';

/** The manual in both languages, and its menus. */
export interface PreparedManual {
  readonly source: ManualSource;
  readonly manuals: Readonly<Record<Language, Manual>>;
  readonly menus: Readonly<Record<Language, MenuIndex>>;
}

/** Makes the manual from the compiled packs. */
export async function prepareManual(packs: string): Promise<PreparedManual> {
  const source = await readManualSource(packs);
  const manuals = { zh: makeManual(source, 'zh'), en: makeManual(source, 'en') };
  return { source, manuals, menus: { zh: makeMenu(manuals.zh), en: makeMenu(manuals.en) } };
}

/** How the site is bundled. */
export interface Bundling {
  readonly root: string;
  readonly outDir: string;
  readonly shared: BuildOptions;
  readonly plugins: Plugin[];
}

/** A page that is ready to write; the address is percent-encoded and has no ending. */
export interface ReadyPage {
  readonly address: string;
  readonly page: Pick<Page, 'language' | 'title' | 'description' | 'html'>;
  readonly isMenu: boolean;
}

/** What web/manual/prerender.tsx draws. */
interface Drawn {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly html: string;
}

/** Draws all pages. */
export async function drawPages({ manuals, menus }: PreparedManual, { root, outDir, shared, plugins }: Bundling): Promise<readonly ReadyPage[]> {
  const { build } = await import('esbuild');
  const outfile = `${outDir}.manual.mjs`;
  try {
    await build({ ...shared, entryPoints: [join(root, 'web/manual/prerender.tsx')], outfile, platform: 'node', target: 'node20', plugins, loader: { '.svg': 'dataurl' } });
    const { drawManual, drawOpenMenu } = (await import(pathToFileURL(outfile).href)) as { drawManual: (manual: Manual) => Iterable<Drawn>; drawOpenMenu: (index: MenuIndex) => Drawn };
    return (['zh', 'en'] as const).flatMap((language) => [
      ready(drawOpenMenu(menus[language]), language, true),
      ...Array.from(drawManual(manuals[language]), (drawn) => ready(drawn, language, false)),
    ]);
  } finally {
    await rm(outfile, { force: true });
  }
}

function ready({ address, title, description, html }: Drawn, language: Language, isMenu: boolean): ReadyPage {
  return { address, page: { title, description, html, language }, isMenu };
}

/** Bundles what the server draws the menu with. */
export async function bundleMenuServer({ root, outFile, shared, plugins }: Pick<Bundling, 'root' | 'shared' | 'plugins'> & { readonly outFile: string }): Promise<void> {
  const { build } = await import('esbuild');
  // Modules rather than CommonJS, of which only what is used is taken.
  const small: BuildOptions = { mainFields: ['module', 'main'], minify: true };
  await build({ ...shared, ...small, entryPoints: [join(root, 'web/manual/menu-server.tsx')], outfile: outFile, platform: 'node', target: 'node20', plugins, loader: { '.svg': 'dataurl' } });
}
