// Keeps the calculator at hand without a network, where the browser can.

/** Registers the service worker once the page has loaded. Without one (no secure address, private window) the page works the same while online. */
export function keepOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  // A refusal is the browser's or the reader's choice; nothing on the page depends on it.
  const register = (): void => void navigator.serviceWorker.register('/service-worker.js').catch(() => undefined);
  // What the first screen needs comes before what the next visit needs.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
