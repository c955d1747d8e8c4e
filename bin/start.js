#!/usr/bin/env node
// Starts the built server (`npm start`) in this very process, with whatever Node there is.
import { existsSync } from 'node:fs';

const program = new URL('../dist/server/start.js', import.meta.url);
const oldest = 20;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(`需要 Node ${oldest} 或更新的版本，这里是 ${process.version}。\nNode ${oldest} or newer is needed; this is ${process.version}.`);
  process.exitCode = 1;
} else if (existsSync(program)) {
  const { main } = await import(program.href);
  await main();
} else {
  console.error('还没有构建，请先运行 npm run build\nNot built yet; run npm run build first');
  process.exitCode = 1;
}
