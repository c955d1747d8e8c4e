// A disk of a few hundred megabytes that only the programs of one test see: a file system in memory, in a place (mount namespace) that is gone with its last process.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

/** A small disk. */
export interface SmallDisk {
  /** What a program is started by to see it. */
  readonly through: readonly string[];
  /** Writes until nothing more fits. */
  readonly fill: () => Promise<void>;
  /** Takes away what {@link SmallDisk.fill} wrote. */
  readonly clear: () => Promise<void>;
  /** Lets go of it; it is gone once no program uses it. */
  readonly close: () => void;
}

/**
 * Makes one over `folder`. As root it takes nothing but Linux; anybody else needs user namespaces besides.
 * @throws Error that says what is missing
 */
export async function makeSmallDisk(folder: string, megabytes: number): Promise<SmallDisk> {
  const isRoot = process.getuid?.() === 0;
  const script = `mount -t tmpfs -o size=${megabytes}m,mode=755 small "$0" && echo ready && exec sleep 100000`;
  const holder = spawn('unshare', [...(isRoot ? ['--mount'] : ['--map-root-user', '--mount']), 'sh', '-c', script, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  holder.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
  const failed = Promise.race([once(holder, 'exit').then(() => said), once(holder, 'error').then(([error]) => String(error))]);
  const begun = await Promise.race([once(holder.stdout, 'data').then(() => undefined), failed]);
  if (begun !== undefined) throw new Error(`a small disk takes unshare and mount of Linux: ${begun}`);
  const killAtExit = (): void => void holder.kill('SIGKILL');
  process.once('exit', killAtExit);
  const enter = ['nsenter', ...(isRoot ? [] : ['--user', '--preserve-credentials']), '--mount', '--target', String(holder.pid)];
  // PostgreSQL does not run as root: inside, everybody is who they are outside.
  const asOneself = isRoot ? [] : ['unshare', '--user', `--map-user=${process.getuid?.() ?? 0}`, `--map-group=${process.getgid?.() ?? 0}`];
  const run = async (command: string): Promise<void> => {
    const [program, ...args] = [...enter, 'sh', '-c', command, `${folder}/ballast`];
    await promisify(execFile)(program, args);
  };
  return {
    through: [...enter, ...asOneself],
    fill: () => run('cat /dev/zero > "$0" 2>/dev/null || true'),
    clear: () => run('rm -f "$0"'),
    close: () => {
      process.off('exit', killAtExit);
      killAtExit();
    },
  };
}
