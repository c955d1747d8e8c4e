// Installs what a test needs of the system, where that may be done: as root on Debian and its children.
import { execFileSync } from 'node:child_process';

/** Whether packages may be installed here without asking anybody. */
export function mayInstall(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync('apt-get', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Installs packages of Debian. @throws Error where they cannot be had. */
export function installPackages(...names: string[]): void {
  console.log(`安装系统软件包 / installing ${names.join(', ')}`);
  const run = (args: string[]) =>
    execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  try {
    run(['install', '-y', '--no-install-recommends', ...names]);
  } catch {
    // The list of packages may be missing or old.
    run(['update']);
    run(['install', '-y', '--no-install-recommends', ...names]);
  }
}
