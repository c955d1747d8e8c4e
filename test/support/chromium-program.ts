// Finds the system's Chromium and a Chinese font, installs them where that may be done, and says what to install where it may not.
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { installPackages, mayInstall } from './system-packages.ts';

const run = promisify(execFile);
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
// Where programs stand on systems that do not have them on the path.
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

type Environment = Readonly<Record<string, string | undefined>>;

/** The program of CHROMIUM_PATH, of the path or of the usual places. @throws Error with what to install where there is none. */
export function getChromium(environment: Environment = process.env, places: readonly string[] = usualPlaces): string {
  const found = findChromium(environment, places);
  if (found === undefined) throw new Error(tellMissing(['chromium']));
  return found;
}

function findChromium(environment: Environment = process.env, places: readonly string[] = usualPlaces): string | undefined {
  const given = environment['CHROMIUM_PATH'];
  if (given) return given;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(canRun);
}

/** Makes sure of a Chromium that starts and of a Chinese font, installing what is missing where it may; returns the version. @throws Error with what to install. */
export async function checkBrowser(): Promise<string> {
  const findMissing = async (): Promise<string[]> => [...(findChromium() === undefined ? ['chromium'] : []), ...((await hasChineseFont()) ? [] : ['fonts-noto-cjk'])];
  let missing = await findMissing();
  if (missing.length > 0 && mayInstall()) {
    installPackages(...missing);
    missing = await findMissing();
  }
  if (missing.length > 0) throw new Error(tellMissing(missing));
  const program = getChromium();
  try {
    const { stdout } = await run(program, ['--version', '--no-sandbox']);
    return stdout.trim();
  } catch (error) {
    throw new Error(`${program} 无法启动 / cannot start:\n${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function tellMissing(packages: readonly string[]): string {
  const command = `sudo apt-get install ${packages.join(' ')}`;
  return (
    `浏览器测试缺少 ${packages.join('、')}。请安装（Debian、Ubuntu）：${command}\n` +
    `已有 Chromium 或 Chrome 的，用 CHROMIUM_PATH 指出它的位置。\n` +
    `The tests in the browser lack ${packages.join(' and ')}. Install (Debian, Ubuntu): ${command}\n` +
    `or say by CHROMIUM_PATH where Chromium or Chrome is.`
  );
}

/** Whether Chinese text shows as characters and not as boxes; systems without fontconfig bring Chinese fonts of their own. */
async function hasChineseFont(): Promise<boolean> {
  if (process.platform !== 'linux') return true;
  try {
    const { stdout } = await run('fc-list', [':lang=zh']);
    return stdout.trim() !== '';
  } catch {
    return false;
  }
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
