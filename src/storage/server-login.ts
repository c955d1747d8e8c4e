// The logins through which the server works: they own nothing and have no rights of their own, so that no session can climb back to the owner's, nor one become the other.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What sessions of the server work as; the migrations make them. */
export const serverRoles = ['wutong_app', 'wutong_sealer'] as const;

type ServerRole = (typeof serverRoles)[number];

/** Each role has a login of its own: whoever gets hold of a session of the interface can neither seal nor empty what waits to be sealed. */
const logins: Readonly<Record<ServerRole, string>> = { wutong_app: 'wutong_login', wutong_sealer: 'wutong_sealer_login' };
const MOST_ATTEMPTS = 5;

/** The addresses for the server's own sessions. */
export interface ServerAddresses {
  /** For the interface and everything behind it. */
  readonly url: string;
  /** For whoever seals the audit trail. */
  readonly sealerUrl: string;
}

/**
 * The addresses for the server's own sessions. Their passwords follow from the owner's, so nothing more has to be kept.
 * @param ownerUrl the owner's address; it is given back where it has no password (the system vouches for the user) or may make no logins, and where nothing was migrated yet.
 */
export async function ensureServerLogins(ownerUrl: string): Promise<ServerAddresses> {
  return { url: await ensureLogin(ownerUrl, 'wutong_app'), sealerUrl: await ensureLogin(ownerUrl, 'wutong_sealer') };
}

async function ensureLogin(ownerUrl: string, role: ServerRole): Promise<string> {
  const url = new URL(ownerUrl);
  if (url.password === '') return ownerUrl;
  const login = logins[role];
  const password = createHmac('sha256', decodeURIComponent(url.password)).update(login).digest('hex');
  url.username = login;
  url.password = password;
  for (let attempt = 1; ; attempt++) {
    if (await fits(url.href, role)) return url.href;
    try {
      await makeLogin(ownerUrl, role, password);
    } catch (error) {
      const code = error instanceof pg.DatabaseError ? error.code : undefined;
      // insufficient_privilege; undefined_object: nothing was migrated yet.
      if (code === '42501' || code === '42704') return ownerUrl;
      // Another starter makes the same login at this moment.
      if (attempt === MOST_ATTEMPTS || !['XX000', '23505', '42710'].includes(code ?? '')) throw error;
      await sleep(50 * attempt);
    }
  }
}

/** Whether the login works, and may take its role and none of the others. */
async function fits(url: string, own: ServerRole): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ role: ServerRole; may: boolean }>(`select role, pg_has_role(session_user, role, 'member') as may from unnest($1::text[]) as role`, [serverRoles]);
    return rows.every(({ role, may }) => may === (role === own));
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function makeLogin(ownerUrl: string, role: ServerRole, password: string): Promise<void> {
  const login = logins[role];
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login]);
    // Figures and letters of our own, so nothing has to be quoted; noinherit: it can do nothing until it takes a role.
    await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${login} login noinherit password '${password}'`);
    await client.query(`grant ${role} to ${login}`);
    // Of earlier versions, in which one login took both.
    for (const other of serverRoles.filter((each) => each !== role)) await client.query(`revoke ${other} from ${login}`);
  } finally {
    await client.end();
  }
}
