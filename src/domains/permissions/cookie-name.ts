// Under which name a cookie is sent: over HTTPS with a prefix by which browsers let no other host set it.
import type { Cookie } from './route.ts';

/**
 * The name of `cookie` as browsers know it. Over HTTPS `__Host-` (this very host alone, path `/`) or, with a path, `__Secure-`;
 * over plain HTTP, which is localhost, the bare name, since browsers refuse the prefixes there (RFC 6265bis, 4.1.3).
 */
export function cookieName({ name, path = '/' }: Pick<Cookie, 'name' | 'path'>, isHttps: boolean): string {
  if (!isHttps) return name;
  return path === '/' ? `__Host-${name}` : `__Secure-${name}`;
}
