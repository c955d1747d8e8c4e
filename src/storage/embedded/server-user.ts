// As whom PostgreSQL runs, because it refuses to run as root, and which folders that user can reach.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseUnavailable } from '../unavailable.ts';

/** A numeric user of the system; undefined: whoever runs this process. */
export type ServerUser = { readonly uid: number; readonly gid: number } | undefined;

/**
 * As root: an existing user without rights, so that nothing is added to the machine; otherwise the present user.
 * @param owner whoever already owns the data, who then keeps them.
 */
export function chooseServerUser(owner?: ServerUser): ServerUser {
  if (process.getuid?.() !== 0) return undefined;
  if (owner !== undefined && owner.uid !== 0) return owner;
  for (const name of ['wutong', 'postgres', 'nobody']) {
    try {
      const id = (flag: string): number => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // No such user: try the next.
    }
  }
  throw new DatabaseUnavailable(
    'PostgreSQL 不能以 root 运行，这里又没有用户 wutong、postgres 或 nobody。请先建一个：useradd --system wutong',
    'PostgreSQL does not run as root, and there is no user wutong, postgres or nobody here. Add one first: useradd --system wutong',
  );
}

/** Whether the user may pass through the folder, or through what exists of the path to it. */
export function canReach(folder: string, user: ServerUser): boolean {
  if (!existsSync(folder)) return dirname(folder) === folder || canReach(dirname(folder), user);
  // Asked of the system itself, which knows groups and access lists.
  return user === undefined || spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}
