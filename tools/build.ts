// The build: bundles the command line and compiles the policy packs into dist/, all or nothing.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
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

/** Puts the finished folder in place; what was there before stays until the new one is complete. */
async function replaceDist(): Promise<void> {
  if (existsSync(dist)) await rename(dist, old);
  await rename(fresh, dist);
  await rm(old, { recursive: true, force: true });
}

const start = performance.now();
try {
  await mkdir(fresh, { recursive: true });
  await bundleCommandLine();
  await compilePacks();
  await replaceDist();
  console.log(`build: dist/ (${Math.round(performance.now() - start)} ms)`);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`构建失败，dist/ 未改动。\nThe build failed; dist/ is as it was before.\n${text}`);
  process.exitCode = 1;
} finally {
  await rm(fresh, { recursive: true, force: true });
}
