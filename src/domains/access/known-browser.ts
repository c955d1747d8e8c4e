// The mark by which a browser is known for a login that was entered there: a stranger's attempts are not counted against it.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Protector } from '../protection/index.ts';

const browserDigest = (protector: Protector, tenantId: number, login: string, nonce: string): Buffer => Buffer.from(protector.digest(tenantId, `known-browser ${login} ${nonce}`));

/** A cookie by which a browser is known for one login; it opens nothing, it only is counted apart. */
export function writeBrowser(protector: Protector, tenantId: number, login: string): string {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${browserDigest(protector, tenantId, login, nonce).toString('base64url')}`;
}

/** What tells a browser known for this login from others; undefined for any other browser. */
export function readBrowser(protector: Protector, tenantId: number, login: string, cookie: string | undefined): string | undefined {
  const [nonce = '', mark = ''] = (cookie ?? '').split('.');
  const shown = Buffer.from(mark, 'base64url');
  const expected = browserDigest(protector, tenantId, login, nonce);
  return shown.length === expected.length && timingSafeEqual(shown, expected) ? nonce : undefined;
}
