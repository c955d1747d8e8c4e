// Refuses a place where there are no data of Wutong, before anything is made there: what is looked at or copied has to be there already.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { DatabaseUnavailable } from '../storage/unavailable.ts';

/** There is nothing of Wutong where the settings point to. */
export class NoDataHere extends DatabaseUnavailable {}

const remedy = [
  '要从头开始，运行 npm start；要恢复备份，运行 wutong restore',
  'To begin anew run npm start; to bring back a backup run wutong restore',
] as const;

/**
 * For the database that comes along, by its files alone.
 * @param isSaid whether WUTONG_DATA named the folder.
 * @throws NoDataHere where PostgreSQL has no folder in it.
 */
export function refuseMissingCluster(folder: string, isSaid: boolean): void {
  const cluster = join(folder, 'postgres');
  // Whatever else stands in the way, such as a folder closed to this user, is told by the opening itself.
  if (!isMissing(cluster)) return;
  const [zh, en] = isSaid
    ? ['请核对 WUTONG_DATA', 'Look at WUTONG_DATA']
    : ['数据在别处的，用 WUTONG_DATA 指明那个文件夹，或用 DATABASE_URL 指明数据库', 'Where the data are elsewhere, name the folder by WUTONG_DATA, or the database by DATABASE_URL'];
  throw new NoDataHere(
    `${folder} 里没有梧桐的数据（没有 ${cluster}）；什么也没有建。${zh}。${remedy[0]}`,
    `There are no data of Wutong in ${folder} (no ${cluster}); nothing was made. ${en}. ${remedy[1]}`,
  );
}

/**
 * For any database that answers: only looks.
 * @param place how the person at the terminal knows it.
 * @throws NoDataHere where Wutong's tables are not in it.
 */
export async function refuseEmptyDatabase(url: string, place: { readonly zh: string; readonly en: string }): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<{ isThere: boolean }>(`select to_regclass('public.tenants') is not null as "isThere"`);
    if (rows[0]?.isThere === true) return;
    throw new NoDataHere(`${place.zh}里没有梧桐的表；什么也没有改。${remedy[0]}`, `${place.en} has no tables of Wutong; nothing was changed. ${remedy[1]}`);
  } finally {
    await client.end();
  }
}

function isMissing(path: string): boolean {
  try {
    statSync(path);
    return false;
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}
