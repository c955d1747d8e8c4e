// Starts a benchmark (`bench.ts`, `portal.ts`): installs what it needs if that is missing, then runs it with the Node that the project pins.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bench = dirname(fileURLToPath(import.meta.url));
const starter = join(dirname(bench), 'tools', 'run.mjs');

function run(program, args, shell = false) {
  const { status, error } = spawnSync(program, args, { cwd: bench, stdio: 'inherit', shell });
  if (error !== undefined) console.error(`cannot start ${program}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

const { dependencies } = JSON.parse(readFileSync(join(bench, 'package.json'), 'utf8'));
if (Object.keys(dependencies).some((name) => !existsSync(join(bench, 'node_modules', name, 'package.json')))) {
  console.log('bench/node_modules is not complete: installing (npm ci in bench/)');
  run('npm', ['ci', '--no-audit', '--no-fund'], process.platform === 'win32');
}
run(process.execPath, [starter, ...process.argv.slice(2)]);
