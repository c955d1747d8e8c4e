#!/usr/bin/env node
// Starts the built command line in this process; plain JavaScript, so that Node 20 runs it too.
import { existsSync } from 'node:fs';

const program = new URL('../dist/cli/wutong.js', import.meta.url);
if (existsSync(program)) {
  const { main } = await import(program.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  console.error('还没有构建，请先运行 npm run build\nNot built yet; run npm run build first');
  process.exitCode = 1;
}
