#!/usr/bin/env node
// Starts the built server (`npm start`): in this very process where its Node is new enough, else with the Node that npm installed beside it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = new URL('../dist/server/start.js', import.meta.url);
const oldest = 22;
// Node's own choice lets a hundred megabytes of garbage stand: the nursery stays small, and the heap at most doubles between two collections.
const flags = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

/** The Node that npm installed for this platform, or undefined. */
function pinnedNode() {
  // Those builds need glibc.
  if (process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime) return undefined;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  // Beside this package's own modules, or beside the package where it is itself installed.
  for (const folder of [join(root, 'node_modules', name), join(root, '..', name)]) {
    if (!existsSync(join(folder, 'package.json'))) continue;
    const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = join(folder, typeof bin === 'string' ? bin : bin.node);
    if (existsSync(file)) return file;
  }
  return undefined;
}

/** Runs the server in a process of its own that ends with this one, however this one ends. */
function runWith(node) {
  // The channel closes when this process is gone, even by kill -9.
  const child = spawn(node, [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, WUTONG_LIFELINE: '1' } });
  const pass = () => child.connected && child.send('stop', () => {});
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  // Ctrl-C reaches the child by itself, because it shares the terminal; then this is one reminder too many, which it leaves alone.
  process.on('SIGINT', () => setTimeout(pass, 200));
  child.on('error', (error) => {
    console.error(`无法启动 ${node}：${error.message}\nCannot start ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** The other end: the server stops when it is told to, or when whoever started it is gone. */
function holdLifeline() {
  delete process.env.WUTONG_LIFELINE;
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      isStopping = true;
      // Before the server listens to signals itself there is nothing to close.
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
  const stop = () => {
    if (!isStopping) process.emit('SIGTERM', 'SIGTERM');
  };
  process.on('message', stop);
  process.on('disconnect', stop);
  // It alone keeps nothing running.
  process.channel?.unref();
}

const major = Number(process.versions.node.split('.')[0]);
const node = major < oldest ? pinnedNode() : process.execPath;
if (node === undefined) {
  console.error(`需要 Node ${oldest} 或更新的版本，这里是 ${process.version}。请在梧桐的文件夹里运行 npm ci（不要加 --omit=optional），或者安装更新的 Node（nodejs.org）。
Node ${oldest} or newer is needed; this is ${process.version}. Run npm ci in the folder of Wutong (without --omit=optional), or install a newer Node (nodejs.org).`);
  process.exitCode = 1;
} else if (!existsSync(program)) {
  console.error('还没有构建，请先运行 npm run build\nNot built yet; run npm run build first');
  process.exitCode = 1;
} else if (major < oldest) {
  runWith(node);
} else {
  if (process.env.WUTONG_LIFELINE && process.channel) holdLifeline();
  const { main } = await import(program.href);
  await main();
}
