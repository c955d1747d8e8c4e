// Keeps all files of one build in the browser and answers from them, so that the calculator works without a network.
// Every file but the pages is named by its content, so files of two builds never mix. Nothing else is ever stored.
import { files, missing, offline, version } from 'wutong:build-files';

declare const self: ServiceWorkerGlobalScope;

const family = 'wutong-';
const cacheName = `${family}${version}`;

self.addEventListener('install', (event) => event.waitUntil(storeBuild()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});

/** Stores the whole build or nothing: one file that fails leaves the build before in charge. */
async function storeBuild(): Promise<void> {
  const cache = await caches.open(cacheName);
  // Pages are asked for anew; files named by their content may come from the browser's own cache.
  await cache.addAll(files.map((file) => new Request(file, { cache: file.startsWith('/assets/') ? 'default' : 'no-cache' })));
  // The next load gets this build; an open page goes on with the files of its own, which stay for one build more.
  await self.skipWaiting();
}

async function takeOver(): Promise<void> {
  const ours = (await caches.keys()).filter((name) => name.startsWith(family));
  const [before] = ours.filter((name) => name !== cacheName).slice(-1);
  await Promise.all(ours.filter((name) => name !== cacheName && name !== before).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Pages of the manual and its menu, which are fetched and not kept. */
const isOfManual = ({ url }: Request): boolean => /^\/(en\/)?(b|c|menu)(\/|$)/.test(new URL(url).pathname);

/** A stored file; else what the network says; without a network, for a page, the page that says so. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const isPage = request.mode === 'navigate';
  const stored = (await cache.match(request, { ignoreSearch: isPage })) ?? (isPage ? undefined : await caches.match(request));
  if (stored !== undefined) return stored;
  try {
    return await fetch(request);
  } catch (error) {
    const isFetched = isOfManual(request);
    const page = isPage ? await cache.match(isFetched ? offline : missing) : undefined;
    if (page === undefined) throw error;
    return new Response(page.body, { status: isFetched ? 503 : 404, headers: page.headers });
  }
}
