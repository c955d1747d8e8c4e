// The login through which the server works: it owns nothing and has no rights of its own, so that no session can climb back to the owner's.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What a session of the server may work as; the migrations make them. */
export const serverRoles = ['wutong_app', 'wutong_sealer'] as const;

const login = 'wutong_login';
const MOST_ATTEMPTS = 5;

/**
 * The address for the server's own sessions. Its password follows from the owner's, so nothing more has to be kept.
 * @param ownerUrl the owner's address; it is given back where it has no password (the system vouches for the user) or may make no login, and where nothing was migrated yet.
 */
export async function ensureServerLogin(ownerUrl: string): Promise<string> {
  const url = new URL(ownerUrl);
  if (url.password === '') return ownerUrl;
  const password = createHmac('sha256', decodeURIComponent(url.password)).update(login).digest('hex');
  url.username = login;
  url.password = password;
  for (let attempt = 1; ; attempt++) {
    if (await fits(url.href)) return url.href;
    try {
      await makeLogin(ownerUrl, password);
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

/** Whether the login works and may take every role. */
async function fits(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    for (const role of serverRoles) await client.query(`set role ${role}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function makeLogin(ownerUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [login]);
    // Figures and letters of our own, so nothing has to be quoted; noinherit: it can do nothing until it takes a role.
    await client.query(`${rowCount === 0 ? 'create' : 'alter'} role ${login} login noinherit password '${password}'`);
    await client.query(`grant ${serverRoles.join(', ')} to ${login}`);
  } finally {
    await client.end();
  }
}
