// The marks by which a browser is known for the logins that were entered there: a stranger's attempts are not counted against it, and a code needs no name.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Protector } from '../protection/index.ts';

const browserDigest = (protector: Protector, tenantId: number, login: string, nonce: string): Buffer => Buffer.from(protector.digest(tenantId, `known-browser ${login} ${nonce}`));

/** A family shares a tablet: so many logins are known in one browser, the latest ones. */
const MOST_MARKS = 5;

/** The marks of a cookie, as far as they are any. */
const marksOf = (cookie: string | undefined): readonly string[] => (cookie ?? '').split('~', MOST_MARKS).filter((mark) => /^[\w-]{22}\.[\w-]{43}$/.test(mark));

/** A cookie by which a browser is known for a login, besides those of the cookie that it had; it opens nothing by itself. */
export function writeBrowser(protector: Protector, tenantId: number, login: string, before: string | undefined): string {
  const nonce = randomBytes(16).toString('base64url');
  const mark = `${nonce}.${browserDigest(protector, tenantId, login, nonce).toString('base64url')}`;
  return [mark, ...marksOf(before)].slice(0, MOST_MARKS).join('~');
}

/** What tells a browser known for this login from others; undefined for any other browser. */
export function readBrowser(protector: Protector, tenantId: number, login: string, cookie: string | undefined): string | undefined {
  for (const each of marksOf(cookie)) {
    const [nonce = '', mark = ''] = each.split('.');
    const shown = Buffer.from(mark, 'base64url');
    const expected = browserDigest(protector, tenantId, login, nonce);
    if (shown.length === expected.length && timingSafeEqual(shown, expected)) return nonce;
  }
  return undefined;
}
