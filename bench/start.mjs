// Starts the benchmark: installs the peers if they are missing, then runs bench.ts with the Node that the project pins.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bench = dirname(fileURLToPath(import.meta.url));
const starter = join(dirname(bench), 'tools', 'run.mjs');

function run(program, args, shell = false) {
  const { status, error } = spawnSync(program, args, { cwd: bench, stdio: 'inherit', shell });
  if (error !== undefined) console.error(`cannot start ${program}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(join(bench, 'node_modules', '.package-lock.json'))) {
  console.log('bench/node_modules is missing: installing the peers (npm ci in bench/)');
  run('npm', ['ci', '--no-audit', '--no-fund'], process.platform === 'win32');
}
run(process.execPath, [starter, 'bench.ts', ...process.argv.slice(2)]);
