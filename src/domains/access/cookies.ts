// The cookies of access: the session, a browser known for a login, a visit to an issuer.
import { type Call, type Cookie, cookieName } from '../permissions/index.ts';
import type { Client } from './access-parts.ts';
import type { OpenedSession } from './open-session.ts';

const SESSION = 'wutong_session';
const BROWSER = 'wutong_browser';
const VISIT = 'wutong_visit';
/** Browsers send these cookies nowhere else. */
const PATH = '/api/v1/access';
const YEAR_SECONDS = 366 * 86_400;
const VISIT_SECONDS = 600;

type AnyCall = Pick<Call<'access.enter', unknown, unknown, unknown>, 'headers' | 'client' | 'language'>;

/** A cookie of these paths that the browser sent; over HTTPS under its prefixed name alone. */
function readCookie(call: AnyCall, bareName: string): string | undefined {
  const name = cookieName({ name: bareName, path: PATH }, call.client.isHttps);
  for (const pair of (call.headers.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return decode(value.join('='));
  }
  return undefined;
}

/** What the server wrote can be decoded; anything else is no cookie of ours. */
function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** The cookie of a session that was opened. */
export const sessionCookie = ({ token, lifeSeconds }: OpenedSession): Cookie => ({ name: SESSION, value: token, maxAgeSeconds: lifeSeconds });
/** Ends the session in the browser. */
export const noSession: Cookie = { name: SESSION, value: null };
/** Makes the browser known for a login. */
export const browserCookie = (value: string): Cookie => ({ name: BROWSER, value, maxAgeSeconds: YEAR_SECONDS, path: PATH });
/** Knows the browser again when it comes back from an issuer. */
export const visitCookie = (value: string): Cookie => ({ name: VISIT, value, maxAgeSeconds: VISIT_SECONDS, path: PATH });
/** The visit is over. */
export const noVisit: Cookie = { name: VISIT, value: null, path: PATH };

/** The mark of a visit under way. */
export const readVisit = (call: AnyCall): string | undefined => readCookie(call, VISIT);

/** From where a call comes. */
export function clientOf(call: AnyCall): Client {
  const { client, language } = call;
  return { address: client.address, userAgent: client.userAgent, language, browser: readCookie(call, BROWSER) };
}
