// Without a network: once loaded, the calculator is there, and a new build comes with the next load.
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { makeSiteServer } from '../../src/main/serve-site.ts';
import { startBrowser, type TestBrowser, type View } from '../support/browser.ts';
import { type Site, startSite } from '../support/site.ts';

const built = join(import.meta.dirname, '../../dist/web');
const phone: View = { width: 390 };

/** Waits until the service worker has stored the build and answers for the page. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) {
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    }
  });
}

const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).first().innerText();

/** What the document says of itself, which no script changes. */
const description = (page: Page): Promise<string | null> => page.locator('meta[name=description]').getAttribute('content');

test('loaded once, then the server is gone: every page of the calculator still opens', async () => {
  const site: Site = await startSite();
  const browser: TestBrowser = await startBrowser(site.url);
  onTestFinished(async () => {
    await browser.close();
    await site.stop();
  });
  const { page, complaints } = await browser.open('/', phone);
  await untilKept(page);
  const before = await heading(page);
  expect(await site.stop()).toBe(0);

  await page.reload();
  expect(await heading(page)).toBe(before);
  await page.goto('/?from=somewhere');
  expect(await heading(page)).toBe(before);
  await page.goto('/en/');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  expect(await heading(page)).not.toBe(before);
  const nowhere = await page.goto('/nothing-here');
  expect([nowhere?.status(), await heading(page)]).toEqual([404, '没有这一页']);

  expect(complaints).toEqual([]);
});

test('everything that the calculator may load is kept, and nothing else', async () => {
  const site = await startSite();
  const browser = await startBrowser(site.url);
  onTestFinished(async () => {
    await browser.close();
    await site.stop();
  });
  const { page, end } = await browser.open('/', phone);
  await untilKept(page);
  await page.evaluate(() => fetch('/robots.txt').then((response) => response.text()));
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
  const assets = readdirSync(join(built, 'assets')).filter((name) => !/\.(br|gz)$|^(gallery|menu|manual|wutong_menu|workbench)-/.test(name));
  // What the manual's pages need is fetched as they are read.
  const expected = ['/', '/404.html', '/en/', '/icon.svg', '/manifest.webmanifest', '/offline.html', ...assets.map((name) => `/assets/${name}`)];
  expect(kept.sort()).toEqual(expected.sort());
  await end();
});

test('a new build: an open page goes on with its own files, the next load is the new one, and old builds are dropped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wutong-site-'));
  cpSync(built, folder, { recursive: true });
  const server = await makeSiteServer(folder);
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  const browser = await startBrowser(url);
  onTestFinished(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const { page, end } = await browser.open('/', phone);
  await untilKept(page);
  const [first] = await page.evaluate(() => caches.keys());

  const style = publishNextBuild(folder, '第二版', 'aaaaaaaaaaaaaaaa');
  await page.reload();
  expect(await lookForNewBuild(page)).toEqual([first, 'wutong-aaaaaaaaaaaaaaaa']);
  // The worker of the new build answers now, and still has the file that the open page began with.
  expect(await page.evaluate((file) => fetch(file).then(({ status }) => status), style)).toBe(200);
  await page.reload();
  expect(await description(page)).toBe('第二版');

  publishNextBuild(folder, '第三版', 'bbbbbbbbbbbbbbbb');
  await page.reload();
  expect(await lookForNewBuild(page)).toEqual(['wutong-aaaaaaaaaaaaaaaa', 'wutong-bbbbbbbbbbbbbbbb']);
  await page.reload();
  expect(await description(page)).toBe('第三版');
  await end();
});

/** Does at once what a browser does within seconds of a load: asks for the worker, and takes a new one. @returns the names of what is kept then. */
function lookForNewBuild(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { serviceWorker } = navigator;
    const before = serviceWorker.controller;
    const changed = new Promise((done) => serviceWorker.addEventListener('controllerchange', done, { once: true }));
    await (await serviceWorker.ready).update();
    if (serviceWorker.controller === before) await changed;
    // It answers already while it still tidies up.
    const { controller } = serviceWorker;
    while (controller?.state === 'activating') await new Promise((done) => controller.addEventListener('statechange', done, { once: true }));
    return caches.keys();
  });
}

/** Changes a built site as another build would: description, name of the style, version. @returns the former address of the style. */
function publishNextBuild(folder: string, description: string, version: string): string {
  const assets = join(folder, 'assets');
  const style = readdirSync(assets).find((name) => /^style-.*\.css$/.test(name)) ?? '';
  const renamed = `style-${version}.css`;
  for (const suffix of ['', '.br', '.gz']) renameSync(join(assets, `${style}${suffix}`), join(assets, `${renamed}${suffix}`));
  const change = (file: string, edit: (text: string) => string): void => {
    writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), 'utf8')));
    for (const suffix of ['.br', '.gz']) rmSync(join(folder, `${file}${suffix}`), { force: true });
  };
  for (const page of ['index.html', 'en/index.html', '404.html', 'offline.html', 'ui/index.html']) {
    change(page, (text) => text.replaceAll(style, renamed).replace(/(<meta name="description" content=")[^"]*/, `$1${description}`));
  }
  change('service-worker.js', (text) => text.replaceAll(style, renamed).replace(/"[0-9a-f]{16}"/, `"${version}"`));
  return `/assets/${style}`;
}
