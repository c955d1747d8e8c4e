// Finds the database that this Wutong works on, starts it where it is our own, and brings it to the newest shape.
import { fileURLToPath } from 'node:url';
import { checkDatabase } from '../storage/check-database.ts';
import { chooseDataFolder } from '../storage/embedded/data-folder.ts';
import { type EmbeddedDatabase, openEmbedded } from '../storage/embedded/open-embedded.ts';
import { migrate, readMigrations } from '../storage/migrate.ts';
import { ensureServerLogins } from '../storage/server-login.ts';
import { refuseEmptyDatabase, refuseMissingCluster } from './refuse-empty.ts';

/** A database ready to work on. */
export interface FoundDatabase {
  /** The owner's address, for what changes tables or sees all cities: migrations, founding, backup. */
  readonly url: string;
  /** The address for everything else: its sessions cannot become the owner's. */
  readonly serverUrl: string;
  /** The address for whoever seals the audit trail, which nothing else can. */
  readonly sealerUrl: string;
  /** One line each for the person at the terminal: which database, and where its data are. */
  readonly told: { readonly zh: string; readonly en: string };
  /** The folder that WUTONG_DATA names, where the data are our own; null for a database by DATABASE_URL. */
  readonly folder: string | null;
  /** Whether another Wutong keeps it running. */
  readonly isShared: boolean;
  /** Stops the database where it is our own and nobody else uses it; may be called twice. */
  readonly stop: () => Promise<void>;
}

/** How the database is opened. */
export interface FindOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A command may work beside a running server. */
  readonly mayShare?: boolean;
  /** False leaves the tables as they are. */
  readonly mayMigrate?: boolean;
  /** What has to be there already: a database, or one with Wutong's tables. Without it the database that comes along is made where there is none. */
  readonly needs?: 'database' | 'tables';
  /** What is said while one waits. */
  readonly say?: (zh: string, en: string) => void;
}

/** The folder of the program: two above src/main, and above dist/server and dist/cli alike. */
const home = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Opens DATABASE_URL, or the PostgreSQL that comes with Wutong where that is not set.
 * @throws DatabaseUnavailable (NoDataHere where what it needs is not there) or MigrationError, whose messages are for the person at the terminal.
 */
export async function findDatabase({ environment = process.env, mayShare = false, mayMigrate = true, needs, say = () => {} }: FindOptions = {}): Promise<FoundDatabase> {
  const given = (environment['DATABASE_URL'] ?? '').trim();
  if (needs !== undefined && given === '') refuseMissingCluster(chooseDataFolder(environment, home), (environment['WUTONG_DATA'] ?? '').trim() !== '');
  const found = given === '' ? await openOwn(environment, mayShare, say) : await openGiven(given);
  try {
    // Before anything is changed in it, logins included.
    if (needs === 'tables') await refuseEmptyDatabase(found.url, found.place);
    const applied = mayMigrate && !found.isShared ? await migrate(found.url) : [];
    // A new database is told of as new; only what was there before is brought further.
    if (applied.length > 0 && applied.length < readMigrations().length) say(`数据库已升级到 ${applied.at(-1)}`, `The database was brought to ${applied.at(-1)}`);
    const { url: serverUrl, sealerUrl } = await ensureServerLogins(found.url);
    return { url: found.url, serverUrl, sealerUrl, told: found.told, folder: found.folder, isShared: found.isShared, stop: found.stop };
  } catch (error) {
    await found.stop();
    throw error;
  }
}

interface Opened extends Omit<FoundDatabase, 'serverUrl' | 'sealerUrl'> {
  /** What it is called where it cannot be used. */
  readonly place: { readonly zh: string; readonly en: string };
}

async function openGiven(url: string): Promise<Opened> {
  const version = await checkDatabase(url);
  const { hostname, port, pathname } = new URL(url);
  const place = `${decodeURIComponent(hostname) || 'localhost'}:${port || '5432'}${pathname}`;
  return {
    url,
    told: { zh: `数据库：${place}（PostgreSQL ${version}，由 DATABASE_URL 指定）`, en: `Database: ${place} (PostgreSQL ${version}, named by DATABASE_URL)` },
    place: { zh: `DATABASE_URL 指定的数据库 ${place} `, en: `The database ${place} that DATABASE_URL names` },
    folder: null,
    isShared: false,
    stop: async () => {},
  };
}

const how: Readonly<Record<EmbeddedDatabase['how'], readonly [zh: string, en: string]>> = {
  new: ['，新建', ', new'],
  started: ['', ''],
  adopted: ['，接管了上次意外中断后仍在运行的数据库', ', taken over from a run that was cut off'],
  shared: ['，另一个梧桐正在使用', ', in use by another Wutong'],
};

async function openOwn(environment: Readonly<Record<string, string | undefined>>, mayShare: boolean, say: (zh: string, en: string) => void): Promise<Opened> {
  const onSlow = (): void => say('数据库正在恢复上次中断前的数据，请稍候', 'The database is recovering what was written before the last interruption; please wait');
  const watched = {
    onRestart: (): void => say('数据库意外停止，已经重新启动，已确认的数据都在', 'The database had stopped unexpectedly and was started again; everything acknowledged is there'),
    onFailure: (error: unknown): void => {
      const why = error instanceof Error ? error.message : String(error);
      say(`数据库意外停止，还没能重新启动，会接着试：${why}`, `The database stopped unexpectedly and could not be started again yet; trying on: ${why}`);
    },
  };
  const opened = await openEmbedded({ environment, home, mayShare, onSlow, watched });
  const [zh, en] = how[opened.how];
  return {
    url: opened.url,
    told: { zh: `数据：${opened.folder}（PostgreSQL ${opened.version}${zh}）`, en: `Data: ${opened.folder} (PostgreSQL ${opened.version}${en})` },
    place: { zh: `数据文件夹 ${opened.folder} 的数据库`, en: `The database in the data folder ${opened.folder}` },
    folder: opened.folder,
    isShared: opened.how === 'shared',
    stop: opened.stop,
  };
}
