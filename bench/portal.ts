// Measures the first load of the calculator, the menu and the manual as Lighthouse sees it on a slow telephone: five runs, medians, written to results/portal.md.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launch } from 'chrome-launcher';
import lighthouse, { type RunnerResult } from 'lighthouse';
import { checkBrowser, getChromium } from '../test/support/chromium-program.ts';
import { startSite } from '../test/support/site.ts';

const RUNS = 5;
const LEAST_SCORE = 95;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const metrics = { 'largest-contentful-paint': 'LCP (ms)', 'total-blocking-time': 'TBT (ms)', 'cumulative-layout-shift': 'CLS', 'first-contentful-paint': 'FCP (ms)' } as const;
const web = join(import.meta.dirname, '../dist/web');
const pages = {
  '/': 'index.html',
  '/en/': 'en/index.html',
  '/menu': 'menu.html',
  '/b/changchun/changchun-talent-3.0': 'b/changchun/changchun-talent-3.0.html',
  '/b/jilin-city/jilin-city-2021/living-subsidy': 'b/jilin-city/jilin-city-2021/living-subsidy.html',
} as const;

/** Scores in points and metrics of one run. */
interface Run {
  readonly scores: Readonly<Record<string, number>>;
  readonly metrics: Readonly<Record<string, number>>;
  /** What cost points, as Lighthouse names it. */
  readonly lost: readonly string[];
}

async function measure(url: string, chromePath: string): Promise<Run> {
  // A fresh profile each time: a second visit would be answered by the service worker.
  const profile = mkdtempSync(join(tmpdir(), 'wutong-lighthouse-'));
  const chrome = await launch({
    chromePath,
    userDataDir: profile,
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    // Lighthouse's own telephone: slow 4G and a processor four times slower, both simulated.
    const result = await lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: [...categories] });
    if (result === undefined) throw new Error(`Lighthouse gave no result for ${url}`);
    return readRun(result);
  } finally {
    chrome.kill();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function readRun({ lhr }: RunnerResult): Run {
  const lost = categories.flatMap((id) =>
    (lhr.categories[id]?.auditRefs ?? []).flatMap(({ id: audit, weight }) => {
      const score = lhr.audits[audit]?.score;
      return weight > 0 && typeof score === 'number' && score < 0.9 ? [`${id}: ${audit}`] : [];
    }),
  );
  return {
    scores: Object.fromEntries(categories.map((id) => [id, Math.round((lhr.categories[id]?.score ?? 0) * 100)])),
    metrics: Object.fromEntries(Object.keys(metrics).map((id) => [id, lhr.audits[id]?.numericValue ?? Number.NaN])),
    lost,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Bytes of script, gzip, that a page names. */
function scriptBytes(page: string): number {
  const html = readFileSync(join(web, page), 'utf8');
  const named = [...html.matchAll(/<(?:script|link rel="modulepreload")[^>]*(?:src|href)="([^"]+)"/g)].flatMap((match) => match[1] ?? []);
  return named.reduce((sum, address) => sum + gzipSync(readFileSync(join(web, address)), { level: 9 }).length, 0);
}

const version = await checkBrowser();
const chromium = getChromium();
const site = await startSite();
const lines: string[] = [];
let lowest = 100;
try {
  for (const [path, file] of Object.entries(pages)) {
    const runs: Run[] = [];
    for (let count = 0; count < RUNS; count++) runs.push(await measure(`${site.url}${path}`, chromium));
    const of = (pick: (run: Run) => number | undefined): number => median(runs.map((run) => pick(run) ?? Number.NaN));
    const scores = categories.map((id) => of((run) => run.scores[id]));
    const values = Object.keys(metrics).map((id) => of((run) => run.metrics[id]));
    lowest = Math.min(lowest, ...scores);
    const shown = values.map((value, index) => (Object.values(metrics)[index] === 'CLS' ? value.toFixed(3) : String(Math.round(value))));
    lines.push(`| \`${path}\` | ${[...scores, ...shown, scriptBytes(file)].join(' | ')} |`);
    const lost = [...new Set(runs.flatMap((run) => run.lost))];
    if (lost.length > 0) console.log(`${path}: ${lost.join(', ')}`);
  }
} finally {
  await site.stop();
}

const lighthouseVersion = (JSON.parse(readFileSync(join(import.meta.dirname, 'node_modules/lighthouse/package.json'), 'utf8')) as { version: string }).version;
const page = `# The first load of the calculator, the menu and the manual

Written by \`npm run bench:portal\` on ${new Date().toISOString().slice(0, 10)}: Lighthouse ${lighthouseVersion}, ${version}, its own slow telephone (simulated slow 4G, processor four times slower), medians of ${RUNS} runs,
each with an empty profile. Script is what the page names, gzip; ${readdirSync(join(web, 'assets')).filter((name) => name.endsWith('.js')).length} scripts in all.

| page | ${categories.join(' | ')} | ${Object.values(metrics).join(' | ')} | script (bytes) |
| --- |${' ---: |'.repeat(categories.length + Object.keys(metrics).length + 1)}
${lines.join('\n')}
`;
writeFileSync(join(import.meta.dirname, 'results/portal.md'), page);
console.log(page);
if (!(lowest >= LEAST_SCORE)) {
  console.error(`A score is below ${LEAST_SCORE}.`);
  process.exitCode = 1;
}
