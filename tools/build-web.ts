// Builds the site into a folder: scripts and styles named by their content, prerendered pages, the service worker, compressed copies.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { buildPrint } from './build-print.ts';
import { bundleMenuServer, drawPages, prepareManual } from './build-manual.ts';
import { missingPage, offlinePage } from './missing-page.ts';
import { coreOf, headingsOf, inLanguage, makePortalData, makeRemarks, readFactUnits, readFactWords, readWorkingCalendar } from './portal-data.ts';
import { type Page, writePage } from './web-page.ts';

/** What the build is told: the project's folder, the compiled packs, and where the site goes. */
export interface WebBuild {
  readonly root: string;
  readonly packs: string;
  readonly outDir: string;
  /** Where the server's own part of the menu goes. */
  readonly serverDir: string;
}

const entries = { portal: 'web/portal/main.tsx', gallery: 'web/ui/gallery.tsx', style: 'web/ui/style.css', menu: 'web/manual/menu.tsx', manual: 'web/manual/manual.css' } as const;
const languages = ['zh', 'en'] as const;
const addresses = { zh: '/', en: '/en/' } as const;
// Browsers of about 2021, so that a telephone of that age still reads the site.
const browsers = ['chrome94', 'firefox93', 'safari15'];

const BROTLI_QUICK = 5;
// What Node compresses with at the same time.
const THREADS = 4;

/** Builds the whole site. @throws Error where a source does not bundle. */
export async function buildWeb({ root, packs, outDir, serverDir }: WebBuild): Promise<void> {
  await mkdir(outDir, { recursive: true });
  const portalData = await makePortalData(root, packs);
  const manual = await prepareManual(packs);
  // A text to parse is read faster than the same as code.
  const giveData = (name: string, constant: string, value: unknown): Plugin => giveModule(name, `export const ${constant} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`);
  const menus = languages.map((language) => giveData(`wutong:menu-index-${language}`, 'menuIndex', manual.menus[language]));
  const loadersIn = (language: string): string => `{ ${portalData.cities.map(({ id }) => `'${id}': () => import('wutong:city-${id}-${language}')`).join(', ')} }`;
  const remarks = { zh: await makeRemarks(packs, 'zh'), en: await makeRemarks(packs, 'en') };
  const data = [
    ...languages.flatMap((language) => [
      giveData(`wutong:portal-data-${language}`, 'portalData', inLanguage(coreOf(portalData), language)),
      giveData(`wutong:remarks-${language}`, 'remarks', remarks[language]),
      ...portalData.cities.map((city) => giveData(`wutong:city-${city.id}-${language}`, 'portalCity', inLanguage(city, language))),
    ]),
    giveData('wutong:fact-words', 'factWords', await readFactWords(packs)),
    giveData('wutong:fact-units', 'factUnits', readFactUnits(portalData)),
    giveData('wutong:working-calendar', 'workingCalendar', await readWorkingCalendar(packs)),
    giveModule(
      'wutong:portal-cities',
      `export const portalCities = ${JSON.stringify(headingsOf(portalData))};\nexport const cityLoaders = { ${languages.map((language) => `${language}: ${loadersIn(language)}`).join(', ')} };`,
    ),
  ];
  const shared: BuildOptions = { absWorkingDir: root, bundle: true, format: 'esm', jsx: 'automatic', jsxImportSource: 'preact', charset: 'utf8', logLevel: 'warning' };

  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...shared,
    entryPoints: Object.values(entries).map((file) => join(root, file)),
    outdir: join(outDir, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    splitting: true,
    minify: true,
    platform: 'browser',
    target: browsers,
    plugins: [...data, ...menus],
    loader: { '.svg': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    metafile: true,
  });

  const render = await bundleRenderer(root, outDir, shared, data);
  const fileOf = (entry: string): string => addressOf(metafile, root, outDir, entry);
  const around = { styles: [fileOf(entries.style)] };
  for (const language of languages) {
    await writeDocument(outDir, addresses[language], {
      ...around,
      ...render(language),
      language,
      scripts: [fileOf(entries.portal)],
      // A page is drawn when the words of its language are there; Chinese is part of the script.
      preload: [...importsOf(metafile, root, outDir, entries.portal), ...(language === 'en' ? [fileOf('web/i18n/english.ts')] : [])],
    });
  }
  await writeDocument(outDir, '/ui/', {
    ...around,
    language: 'zh',
    title: '梧桐 · 界面部件',
    description: '梧桐的颜色、字号和每一个界面部件。Colours, type and every part of Wutong’s pages.',
    html: '',
    scripts: [fileOf(entries.gallery)],
    preload: importsOf(metafile, root, outDir, entries.gallery),
  });
  await buildWorkbench(root, outDir, shared, data);
  await copyFile(join(root, 'web/demo/mark.css'), join(outDir, 'demo/mark.css'));
  await writeDocument(outDir, '/404.html', { ...around, ...missingPage, language: 'zh', scripts: [], preload: [] });
  await writeDocument(outDir, '/offline.html', { ...around, ...offlinePage, language: 'zh', scripts: [], preload: [] });
  const shells: Partial<Record<'zh' | 'en', readonly [string, string]>> = {};
  const styles = [fileOf(entries.style), fileOf(entries.manual)];
  for (const { page, address, isMenu } of await drawPages(manual, { root, outDir, shared, plugins: menus })) {
    const script = isMenu ? { scripts: [fileOf(entries.menu)], preload: importsOf(metafile, root, outDir, entries.menu) } : { scripts: [], preload: [] };
    await writeDocument(outDir, `${decodeURIComponent(address)}.html`, { ...page, ...script, styles });
    if (isMenu) shells[page.language] = shellOf(writePage({ ...page, ...script, styles }), page.html);
  }
  await bundleMenuServer({ root, outFile: join(serverDir, 'menu.js'), shared, plugins: [...menus, giveModule('wutong:menu-shells', `export const menuShells = ${JSON.stringify(shells)};`)] });
  await buildPrint({ root, packs, source: manual.source, outDir });
  await copyStatics(root, outDir);
  await bundleServiceWorker(root, outDir, shared);
  await compressAll(outDir);
}

/** The workbench of officers: a bundle of its own, so that nothing of it weighs on the pages that everybody opens. */
async function buildWorkbench(root: string, outDir: string, shared: BuildOptions, data: readonly Plugin[]): Promise<void> {
  const { build } = await import('esbuild');
  const entry = { desk: 'web/workbench/main.tsx', public: 'web/workbench/public-main.tsx', demo: 'web/demo/main.tsx', style: 'web/workbench/workbench.css' } as const;
  const { metafile } = await build({
    ...shared,
    entryPoints: Object.values(entry).map((file) => join(root, file)),
    outdir: join(outDir, 'assets'),
    entryNames: 'workbench-[name]-[hash]',
    chunkNames: 'workbench-[name]-[hash]',
    splitting: true,
    minify: true,
    platform: 'browser',
    target: browsers,
    // How facts are asked for is fetched by whoever applies.
    plugins: [withoutLocales, ...data],
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    metafile: true,
  });
  const doors = [
    ['/office/', entry.desk, '工作台 · 梧桐', '梧桐的工作台，工作人员登录后办理。The workbench of Wutong, for staff.'],
    ['/my/', entry.desk, '我的 · 梧桐', '登录以后看自己的事、替单位办事。One’s own matters, and those of an organisation, after signing in.'],
    ['/public/', entry.public, '公示名单 · 梧桐', '正在公示的名单；对哪一项有异议，可以在这里提。Lists that are published now, and objections to them.'],
    ['/demo/', entry.demo, '怎么登录 · 梧桐', '演示里每种身份怎么登录。How to sign in as each role of the demonstration.'],
    ['/verify/', entry.public, '核对决定书 · 梧桐', '凭校验码核对决定书是不是真的。Checks by its code whether a letter of decision is genuine.'],
  ] as const;
  const styles = [addressOf(metafile, root, outDir, entry.style)];
  for (const [address, script, title, description] of doors) {
    const scripts = { scripts: [addressOf(metafile, root, outDir, script)], preload: importsOf(metafile, root, outDir, script) };
    await writeDocument(outDir, address, { language: 'zh', html: '', styles, ...scripts, title, description, isPrivate: true });
  }
}

/** Schemas are described in the browser, and their problems told by the server: zod's words in fifty languages stay behind. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};', loader: 'js' }));
  },
};

/** A document without what stands in it. */
function shellOf(document: string, content: string): readonly [before: string, after: string] {
  const at = document.indexOf(content);
  return [document.slice(0, at), document.slice(at + content.length)];
}

/** A module of the build's own making. */
function giveModule(name: string, contents: string): Plugin {
  return {
    name,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: 'build' }));
      build.onLoad({ filter: new RegExp(`^${name}$`), namespace: 'build' }, () => ({ contents, loader: 'js' }));
    },
  };
}

type Renderer = (language: 'zh' | 'en') => Pick<Page, 'html' | 'title' | 'description'>;

/** Loads web/portal/prerender.tsx, bundled for Node since Node reads no JSX. */
async function bundleRenderer(root: string, outDir: string, shared: BuildOptions, data: Plugin[]): Promise<Renderer> {
  const { build } = await import('esbuild');
  const outfile = `${outDir}.prerender.mjs`;
  try {
    await build({ ...shared, entryPoints: [join(root, 'web/portal/prerender.tsx')], outfile, platform: 'node', target: 'node20', plugins: data, loader: { '.svg': 'dataurl' } });
    const loaded = (await import(pathToFileURL(outfile).href)) as { render: Renderer };
    return loaded.render;
  } finally {
    await rm(outfile, { force: true });
  }
}

/** The output that esbuild made of an entry, as [path from the root, what it is]. */
function outputOf(metafile: Metafile, entry: string): [string, Metafile['outputs'][string]] {
  const found = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === entry);
  if (found === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  return found;
}

function addressOf(metafile: Metafile, root: string, outDir: string, entry: string): string {
  return siteAddress(outDir, join(root, outputOf(metafile, entry)[0]));
}

/** Addresses of the modules that an entry imports statically, directly or not. */
function importsOf(metafile: Metafile, root: string, outDir: string, entry: string): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    for (const { path: imported, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind !== 'import-statement' || external === true || found.has(imported)) continue;
      found.add(imported);
      visit(imported);
    }
  };
  visit(outputOf(metafile, entry)[0]);
  return [...found].map((path) => siteAddress(outDir, join(root, path)));
}

function siteAddress(outDir: string, path: string): string {
  return `/${relative(outDir, path).split(sep).join('/')}`;
}

/** Writes a page; an address that ends in a slash is the index of its folder. */
async function writeDocument(outDir: string, address: string, page: Page): Promise<void> {
  const path = join(outDir, address.endsWith('/') ? `${address}index.html` : address);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, writePage(page));
}

/** Files that browsers ask for under a fixed name. */
async function copyStatics(root: string, outDir: string): Promise<void> {
  for (const name of ['manifest.webmanifest', 'icon.svg', 'robots.txt']) {
    const source = join(root, 'web/portal/static', name);
    if (!existsSync(source)) throw new Error(`web/portal/static/${name} 不在 / is not there`);
    await writeFile(join(outDir, name), await readFile(source));
  }
}

/** The service worker, which knows every file that the calculator may ask for, and a version that changes with any of them. */
async function bundleServiceWorker(root: string, outDir: string, shared: BuildOptions): Promise<void> {
  const { build } = await import('esbuild');
  const paths = await listFiles(outDir);
  const version = createHash('sha256');
  for (const path of paths) version.update(path).update('\0').update(await readFile(path));
  // The page of parts is for whoever builds the site, and the manual's many pages are fetched as they are read: a visitor's telephone need not carry them.
  const isForVisitors = (address: string): boolean => !/^\/(ui\/|demo\/|office\/|my\/|public\/|verify\/|assets\/(gallery|menu|manual|wutong_menu|workbench)-|robots\.txt$|(en\/)?(b|c)\/|(en\/)?menu\.html$)/.test(address);
  const files = paths
    .map((path) => siteAddress(outDir, path).replace(/\/index\.html$/, '/'))
    .filter(isForVisitors);
  const contents = `export const version = '${version.digest('hex').slice(0, 16)}';
export const files = ${JSON.stringify(files)};
export const missing = '/404.html';
export const offline = '/offline.html';`;
  await build({
    ...shared,
    entryPoints: [join(root, 'web/offline/service-worker.ts')],
    outfile: join(outDir, 'service-worker.js'),
    format: 'iife',
    minify: true,
    platform: 'browser',
    target: browsers,
    plugins: [giveModule('wutong:build-files', contents)],
  });
}

/** Puts a brotli and a gzip copy beside every file that gets smaller by it; the manual's many pages with less effort, as many at a time as there are threads. */
async function compressAll(outDir: string): Promise<void> {
  const paths = (await listFiles(outDir)).filter((path) => !path.endsWith('.pdf'));
  const compress = async (path: string): Promise<void> => {
    const isMany = /^\/(en\/)?[bc]\//.test(siteAddress(outDir, path));
    const content = await readFile(path);
    const [br, gz] = await Promise.all([
      promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: isMany ? BROTLI_QUICK : constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
      promisify(gzip)(content, { level: isMany ? constants.Z_DEFAULT_COMPRESSION : constants.Z_BEST_COMPRESSION }),
    ]);
    if (br.length < content.length) await writeFile(`${path}.br`, br);
    if (gz.length < content.length) await writeFile(`${path}.gz`, gz);
  };
  const next = paths.values();
  await Promise.all(Array.from({ length: THREADS }, async () => {
    for (const path of next) await compress(path);
  }));
}

async function listFiles(folder: string): Promise<string[]> {
  const entriesOf = await readdir(folder, { recursive: true, withFileTypes: true });
  return entriesOf
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
