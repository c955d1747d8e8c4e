// Runs a TypeScript file of this project with the pinned Node; plain JavaScript, so that an older Node can start it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const neededMajor = 24;

/** The Node that `npm ci` brought for this platform, or undefined. */
function pinnedNode() {
  // The pinned builds need glibc; on musl the system's Node has to serve.
  if (process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime) return undefined;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const folder = join(root, 'node_modules', `node-${platform}-${process.arch}`);
  if (!existsSync(join(folder, 'package.json'))) return undefined;
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = join(folder, typeof bin === 'string' ? bin : bin.node);
  return existsSync(file) ? file : undefined;
}

function systemNode() {
  return Number(process.versions.node.split('.')[0]) >= neededMajor ? process.execPath : undefined;
}

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('用法 / Usage: node tools/run.mjs <file.ts> [参数 / arguments]');
  process.exit(2);
}
const node = pinnedNode() ?? systemNode();
if (node === undefined) {
  console.error(`本项目需要 Node ${neededMajor}。本平台（${process.platform}-${process.arch}）没有随项目安装的 Node，现有的是 ${process.version}。
请在项目目录运行 npm ci（不要加 --omit=optional）；如仍不行，请安装 Node ${neededMajor} 或更新的版本（nodejs.org）。
This project needs Node ${neededMajor}. None came with the project for ${process.platform}-${process.arch}, and this is ${process.version}.
Run npm ci in the project folder (without --omit=optional); if that does not help, install Node ${neededMajor} or newer (nodejs.org).`);
  process.exit(1);
}

const child = spawn(node, [file, ...args], { stdio: 'inherit' });
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of signals) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`无法启动 ${node} / cannot start ${node}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
