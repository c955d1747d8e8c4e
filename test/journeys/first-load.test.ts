// The first load stays light: at most 90 kB of script, compressed as a telephone gets it, the questions among them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/use-browser.ts';
import { begin } from './answer-questions.ts';

const MOST_SCRIPT_BYTES = 90_000;
const web = join(import.meta.dirname, '../../dist/web');
const gzipBytes = (address: string): number => gzipSync(readFileSync(join(web, address)), { level: 9 }).length;

test.each(['index.html', 'en/index.html'])('%s: all scripts that it names, gzip', (page) => {
  const html = readFileSync(join(web, page), 'utf8');
  const scripts = [...html.matchAll(/<(?:script|link rel="modulepreload")[^>]*(?:src|href)="([^"]+)"/g)].flatMap((match) => match[1] ?? []);
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.reduce((sum, address) => sum + gzipBytes(address), 0)).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
});

const journey = useBrowser();

test.each([
  ['jilin-city', ['jilin-city', 'jilin-province']],
  ['changchun', ['changchun', 'jilin-province']],
  ['erdao', ['changchun', 'erdao', 'jilin-province']],
  ['siping', ['jilin-province', 'siping']],
] as const)('%s: a browser that opens the first page, begins and sees the result loads no more than that, and no jurisdiction but its own and those above it', async (city, chain) => {
  await journey.visit(`/?city=${city}`, { width: 390 }, async ({ page }) => {
    const loaded = new Set<string>();
    page.on('request', (request) => {
      if (request.resourceType() === 'script') loaded.add(new URL(request.url()).pathname);
    });
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    await page.getByRole('heading', { level: 1, name: /？/ }).waitFor();
    await page.getByRole('button', { name: /看看结果/ }).click();
    await page.locator('.letter').waitFor();
    await page.waitForLoadState('networkidle');
    // The worker that keeps the site for the next visit is no part of this one.
    loaded.delete('/service-worker.js');
    expect([...loaded].flatMap((address) => /city-(.+)-zh-/.exec(address)?.[1] ?? []).sort()).toEqual(chain);
    expect([...loaded].filter((address) => /-en-|english/.test(address))).toEqual([]);
    expect([...loaded].reduce((sum, address) => sum + gzipBytes(address), 0)).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
  });
});

test('who says where she works and lives loads the jurisdiction of her work, and the other when she looks at it', async () => {
  await journey.visit('/', { width: 390 }, async ({ page }) => {
    const cities = new Set<string>();
    page.on('request', (request) => {
      const city = /city-(.+)-zh-/.exec(new URL(request.url()).pathname)?.[1];
      // The worker fetches everything for the next visit.
      if (city !== undefined && request.serviceWorker() === null) cities.add(city);
    });
    await page.reload({ waitUntil: 'networkidle' });
    expect([...cities]).toEqual([]);
    await begin(page, 'zh', 'person', { work: ['四平市', '铁西区'], home: ['吉林市'] });
    expect([...cities].sort()).toEqual(['jilin-province', 'siping']);
    await page.getByRole('button', { name: '看吉林市的' }).click();
    await expect.poll(() => [...cities].sort()).toEqual(['jilin-city', 'jilin-province', 'siping']);
  });
});
