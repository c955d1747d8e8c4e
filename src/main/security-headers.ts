// What every answer of the server allows a browser to do with it: nothing but what the site itself needs.
import type { FastifyHelmetOptions } from '@fastify/helmet';

/** Scripts, styles and data come from this server alone; pages run no inline code, send forms nowhere else and stand in no frame. */
export const securityHeaders: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      // The service worker fetches the files that it keeps.
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'none'"],
      // The menu is searched by a form where no script runs; it goes to this server.
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  crossOriginOpenerPolicy: { policy: 'same-origin' },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  crossOriginEmbedderPolicy: { policy: 'require-corp' },
  referrerPolicy: { policy: 'no-referrer' },
  // Set where the answer travels by TLS; see serve-site.ts.
  strictTransportSecurity: false,
};

/** Nothing of the device is asked for. */
export const permissionsPolicy = ['camera', 'geolocation', 'microphone', 'payment', 'usb', 'browsing-topics'].map((name) => `${name}=()`).join(', ');

/** Headers of an answer that is written past the server, to a request that it could not read: a text that may do nothing. */
export const bareHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/plain; charset=utf-8',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': permissionsPolicy,
  'cache-control': 'no-store',
  connection: 'close',
};
