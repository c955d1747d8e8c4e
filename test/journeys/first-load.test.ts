// The first load stays light: at most 90 kB of script, compressed as a telephone gets it, the questions among them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/use-browser.ts';

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

test('a browser that opens the first page and begins loads no more than that, until nothing more comes', async () => {
  await journey.visit('/', { width: 390 }, async ({ page }) => {
    const loaded = new Set<string>();
    page.on('request', (request) => {
      if (request.resourceType() === 'script') loaded.add(new URL(request.url()).pathname);
    });
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('button', { name: /^为自己看看/ }).click();
    await page.getByRole('heading', { level: 1, name: /？/ }).waitFor();
    await page.waitForLoadState('networkidle');
    // The worker that keeps the site for the next visit is no part of this one.
    loaded.delete('/service-worker.js');
    expect([...loaded].some((address) => address.includes('portal-data-zh'))).toBe(true);
    expect([...loaded].reduce((sum, address) => sum + gzipBytes(address), 0)).toBeLessThanOrEqual(MOST_SCRIPT_BYTES);
  });
});
