// Looks at the PostgreSQL of DATABASE_URL before anything is done to it, and says what it lacks.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverRoles } from './server-login.ts';
import { DatabaseUnavailable } from './unavailable.ts';

const OLDEST_MAJOR = 15;
const CONNECT_MS = 10_000;
const PATIENCE_MS = { refused: 3_000, starting: 60_000 };

/**
 * Checks that the database answers, is new enough, and lets its role make what the migrations make.
 * @param url DATABASE_URL as it was set.
 * @returns the server's version, such as 15.18.
 * @throws DatabaseUnavailable with the reason and what to do; it never shows the password.
 */
export async function checkDatabase(url: string): Promise<string> {
  const place = describe(url);
  const client = await connect(url, place);
  try {
    const { rows } = await client.query<Findings>(question, [serverRoles]);
    const findings = rows[0];
    if (findings === undefined) throw new DatabaseUnavailable(`${place} 没有回答`, `${place} gave no answer`);
    refuseUnfit(findings, place);
    return findings.version;
  } catch (error) {
    if (error instanceof DatabaseUnavailable) throw error;
    // Something that speaks PostgreSQL's protocol, but not its catalogue.
    const words = error instanceof Error ? error.message : String(error);
    throw new DatabaseUnavailable(`${place} 不像是 PostgreSQL ${OLDEST_MAJOR} 或更新的版本：${words}`, `${place} does not look like PostgreSQL ${OLDEST_MAJOR} or newer: ${words}`, { cause: error });
  } finally {
    await client.end();
  }
}

interface Findings {
  readonly version: string;
  readonly number: string;
  readonly database: string;
  readonly role: string;
  readonly encoding: string;
  readonly collation: string;
  readonly hasPublic: boolean;
  readonly mayCreateTables: boolean;
  readonly mayCreateRoles: boolean;
  /** Roles that are missing, or that this role may not take. */
  readonly closedRoles: readonly string[];
}

const question = `
select current_setting('server_version') as version, current_setting('server_version_num') as number,
  current_database() as database, current_user as role,
  pg_encoding_to_char(d.encoding) as encoding, d.datcollate as collation,
  to_regnamespace('public') is not null as "hasPublic",
  coalesce((select has_schema_privilege(oid, 'create') from pg_namespace where nspname = 'public'), false) as "mayCreateTables",
  (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as "mayCreateRoles",
  array(
    select wanted from unnest($1::text[]) wanted
    where not exists (select from pg_roles r where r.rolname = wanted and pg_has_role(current_user, r.oid, 'member'))
  ) as "closedRoles"
from pg_database d where d.datname = current_database()`;

function refuseUnfit(found: Findings, place: string): void {
  const create = `create database ${found.database === 'postgres' ? 'wutong' : found.database} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`;
  if (Number(found.number) < OLDEST_MAJOR * 10_000) {
    throw new DatabaseUnavailable(
      `${place} 是 PostgreSQL ${found.version}，梧桐需要 ${OLDEST_MAJOR} 或更新的版本`,
      `${place} is PostgreSQL ${found.version}; Wutong needs ${OLDEST_MAJOR} or newer`,
    );
  }
  if (found.encoding !== 'UTF8') {
    throw new DatabaseUnavailable(
      `${place} 的编码是 ${found.encoding}，存不了所有汉字。请新建一个数据库：${create}`,
      `${place} is encoded in ${found.encoding}, which cannot hold every Chinese character. Make a new database: ${create}`,
    );
  }
  if (!['C', 'POSIX', 'C.UTF-8', 'C.utf8'].includes(found.collation)) {
    throw new DatabaseUnavailable(
      `${place} 的排序规则是 ${found.collation}，梧桐需要 C（拼音排序由程序自己做）。请新建一个数据库：${create}`,
      `${place} sorts by ${found.collation}; Wutong needs C (it sorts by pinyin itself). Make a new database: ${create}`,
    );
  }
  if (!found.hasPublic) {
    throw new DatabaseUnavailable(
      `${place} 没有模式 public。请由数据库管理员执行：create schema public authorization ${found.role}`,
      `${place} has no schema public. A database administrator may run: create schema public authorization ${found.role}`,
    );
  }
  if (!found.mayCreateTables) {
    throw new DatabaseUnavailable(
      `用户 ${found.role} 不能在 ${place} 里建表。请由数据库管理员执行：alter database ${found.database} owner to ${found.role}`,
      `The role ${found.role} may not create tables in ${place}. A database administrator may run: alter database ${found.database} owner to ${found.role}`,
    );
  }
  if (!found.mayCreateRoles && found.closedRoles.length > 0) {
    const grants = found.closedRoles.map((role) => `create role ${role} nologin; grant ${role} to ${found.role};`).join(' ');
    throw new DatabaseUnavailable(
      `用户 ${found.role} 不能建角色，而梧桐要以角色 ${found.closedRoles.join('、')} 工作。请由数据库管理员执行：${grants}`,
      `The role ${found.role} may not create roles, and Wutong works as ${found.closedRoles.join(', ')}. A database administrator may run: ${grants}`,
    );
  }
}

/** Host, port and database, without user and password. */
function describe(url: string): string {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    parsed = new URL('none:');
  }
  if (!['postgres:', 'postgresql:'].includes(parsed.protocol)) {
    throw new DatabaseUnavailable(
      'DATABASE_URL 应当像 postgres://用户:密码@主机:5432/wutong；密码里的特殊字符要写成 %XX。不设它，就用梧桐自带的 PostgreSQL',
      'DATABASE_URL should look like postgres://user:password@host:5432/wutong, with special characters of the password as %XX. Leave it out to use the PostgreSQL that comes with Wutong',
    );
  }
  return `${decodeURIComponent(parsed.hostname) || 'localhost'}:${parsed.port || '5432'}${parsed.pathname}`;
}

/** Connects, with some patience for a server that is just starting. */
async function connect(url: string, place: string): Promise<pg.Client> {
  const begun = performance.now();
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      const patience = code === '57P03' ? PATIENCE_MS.starting : code === 'ECONNREFUSED' ? PATIENCE_MS.refused : 0;
      if (performance.now() - begun >= patience) throw explainConnection(error, code, place);
      await sleep(200);
    }
  }
}

const remedy = ['请检查 DATABASE_URL', 'Look at DATABASE_URL'] as const;

function explainConnection(error: unknown, code: string, place: string): DatabaseUnavailable {
  const words = error instanceof Error ? error.message : String(error);
  const explained = (zh: string, en: string): DatabaseUnavailable => new DatabaseUnavailable(`${zh}。${remedy[0]}`, `${en}. ${remedy[1]}`, { cause: error });
  switch (code) {
    case 'ECONNREFUSED':
      return explained(`${place} 上没有数据库在运行`, `No database answers at ${place}`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return explained(`找不到 ${place} 这台主机`, `There is no host ${place}`);
    case '28P01':
    case '28000':
      return explained(`${place} 不接受这个用户名或密码`, `${place} does not accept this user or password`);
    case '3D000':
      return explained(`${place} 这个数据库不存在`, `There is no database ${place}`);
    case '57P03':
      return explained(`${place} 还没有准备好：${words}`, `${place} is not ready: ${words}`);
    case '53300':
      return explained(`${place} 的连接已满`, `${place} has no connection left`);
    default:
      return explained(`连不上 ${place}：${words}`, `Cannot connect to ${place}: ${words}`);
  }
}
