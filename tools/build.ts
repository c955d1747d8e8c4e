// The build: bundles the command line, the site and its server, and compiles the policy packs into dist/, all or nothing.
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const fresh = join(root, `dist.building-${process.pid}`);
const old = join(root, `dist.old-${process.pid}`);

async function bundleCommandLine(): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(root, 'src/cli/wutong.ts')],
    absWorkingDir: root,
    outdir: join(fresh, 'cli'),
    bundle: true,
    // Splitting keeps a cold start small: a command loads only the chunks it needs.
    splitting: true,
    format: 'esm',
    platform: 'node',
    // The built command line also runs where only Node 20 is installed.
    target: 'node20',
    // A dependency of its own: it is CommonJS, which a bundled module cannot load.
    external: ['yaml'],
    logLevel: 'warning',
  });
}

async function compilePacks(): Promise<void> {
  const { buildPacks } = await import('../src/authoring/build-packs.ts');
  buildPacks({ root, outDir: join(fresh, 'packs') });
}

/** Bundles the server; its packages stay where npm put them, since some hold compiled code and files of their own. */
async function bundleServer(): Promise<void> {
  const { build } = await import('esbuild');
  await build({
    // The commands of operation stand apart, so that they load nothing of the interface; what both need is shared.
    entryPoints: {
      start: join(root, 'src/main/start.ts'),
      demo: join(root, 'src/main/demo/demo-process.ts'),
      operate: join(root, 'src/main/operate/operate.ts'),
      'inspector-process': join(root, 'src/adapters/inspector/inspector-process.ts'),
      'compile-pack-worker': join(root, 'src/main/compile-pack-worker.ts'),
    },
    splitting: true,
    absWorkingDir: root,
    outdir: join(fresh, 'server'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    logLevel: 'warning',
  });
}

/** The database's migrations are read as files, by the server and by the command line alike. */
async function copyMigrations(): Promise<void> {
  await cp(join(root, 'src/storage/migrations'), join(fresh, 'migrations'), { recursive: true });
}

async function buildSite(packs: string): Promise<void> {
  const { buildWeb } = await import('./build-web.ts');
  await buildWeb({ root, packs, outDir: join(fresh, 'web'), serverDir: join(fresh, 'server') });
}

/** Puts a finished folder in place; what was there before stays until the new one is complete. */
async function replace(target: string, finished: string): Promise<void> {
  if (existsSync(target)) await rename(target, old);
  await rename(finished, target);
  await rm(old, { recursive: true, force: true });
}

/** `site` alone: the site and its server anew, with the packs of the build before; quick, for whoever works on the pages. */
const isSiteOnly = process.argv[2] === 'site' && existsSync(join(dist, 'packs'));
const start = performance.now();
try {
  await mkdir(fresh, { recursive: true });
  await bundleServer();
  await copyMigrations();
  if (isSiteOnly) {
    await buildSite(join(dist, 'packs'));
    for (const part of ['server', 'migrations', 'web']) await replace(join(dist, part), join(fresh, part));
  } else {
    await bundleCommandLine();
    await compilePacks();
    await buildSite(join(fresh, 'packs'));
    await replace(dist, fresh);
  }
  console.log(`build: dist/ (${Math.round(performance.now() - start)} ms)`);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`构建失败，dist/ 未改动。\nThe build failed; dist/ is as it was before.\n${text}`);
  process.exitCode = 1;
} finally {
  await rm(fresh, { recursive: true, force: true });
}
