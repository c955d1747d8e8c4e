// What `npm test` runs: the steps in order, then every test, then one line that counts both.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { checkBrowser } from './support/chromium-program.ts';
import { checkPostgresPrograms } from './support/postgres-programs.ts';

const root = dirname(import.meta.dirname);
const filters = process.argv.slice(2);
let passed = 0;
let failed = 0;

/** Runs one step and prints one line on it; what a failed step has to say follows. */
async function step(name: string, work: () => Promise<string>): Promise<void> {
  const start = performance.now();
  const seconds = (): string => `${((performance.now() - start) / 1000).toFixed(1)} s`;
  try {
    const note = await work();
    passed++;
    console.log(`ok      ${name} (${seconds()})${note === '' ? '' : ` ${note}`}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name} (${seconds()})\n${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Runs a program of Node's; rejects with all it printed when it does not end well. */
function run(file: string, ...args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, file), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    child.once('error', fail);
    child.once('close', (code, signal) => (code === 0 ? done() : fail(new Error(output.trimEnd() || `exit ${code ?? signal}`))));
  });
}

async function checkTypes(): Promise<string> {
  await run('node_modules/typescript/bin/tsc', '-p', '.');
  // The engine once more, without Node and DOM.
  const files = globSync('src/policy/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
  if (files.length > 0) await run('node_modules/typescript/bin/tsc', '-p', 'src/policy');
  // What runs in a browser, with its DOM and without Node.
  for (const project of ['web', 'web/tsconfig.browser.json', 'web/offline', 'test/journeys']) await run('node_modules/typescript/bin/tsc', '-p', project);
  return '';
}

/** What became of a file. */
interface Tally {
  /** From the root of the project; empty for failures outside of all files. */
  readonly file: string;
  readonly passed: number;
  readonly failed: number;
}

/** Runs the files that the filters name and counts their tests; what a file does before and after its tests counts where it fails. */
async function runFiles(wanted: readonly string[]): Promise<readonly Tally[]> {
  const { startVitest } = await import('vitest/node');
  const vitest = await startVitest('test', [...wanted], { root, watch: false, passWithNoTests: true, reporters: ['default'] });
  const tallies = vitest.state.getTestModules().map((module) => {
    const tests = [...module.children.allTests()];
    // A skipped test checks nothing, so it counts as failed.
    const bad = tests.filter((test) => test.result().state !== 'passed').length;
    // A file that cannot be loaded, or a hook that fails at the end, has no test to carry the failure.
    const isBroken = [module, ...module.children.allSuites()].some((suite) => suite.errors().length > 0);
    return { file: relative(root, module.moduleId), passed: tests.length - bad, failed: bad === 0 && isBroken ? 1 : bad };
  });
  const unhandled = vitest.state.getUnhandledErrors().length;
  await vitest.close();
  return unhandled > 0 ? [...tallies, { file: '', passed: 0, failed: unhandled }] : tallies;
}

/** Files that drive programs and pages share the machine with all others: one that failed runs once more, alone, and both outcomes are told. */
const mayRunAgain = /^(test\/(journeys|faults|first-job|site)|src\/main\/demo)\//;
const mostRunAgain = 3;

async function runTests(): Promise<void> {
  const first = await runFiles(filters);
  if (first.every((tally) => tally.passed + tally.failed === 0)) {
    failed++;
    console.log('没有运行任何测试 / no test ran');
  }
  const broken = first.filter((tally) => tally.failed > 0).map(({ file }) => file);
  const again = broken.length <= mostRunAgain && broken.every((file) => mayRunAgain.test(file)) ? broken : [];
  for (const tally of first.filter(({ file }) => !again.includes(file))) count(tally);
  if (again.length === 0) return;
  for (const tally of await runFiles(again)) {
    count(tally);
    console.log(`${tally.failed > 0 ? '两次都没有通过 / failed twice' : '第一次没有通过，单独再跑通过了，请查原因 / failed at first, passed alone: find out why'}: ${tally.file}`);
  }
}

function count(tally: Tally): void {
  passed += tally.passed;
  failed += tally.failed;
}

await step('database', checkPostgresPrograms);
await step('browser', checkBrowser);
await step('build', async () => {
  await run('tools/build.ts');
  return '';
});
await step('types', checkTypes);
await step('lint', async () => {
  await run('node_modules/oxlint/bin/oxlint');
  return '';
});
try {
  await runTests();
} catch (error) {
  failed++;
  console.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
// Only once the line is out: a pipe may still be taking it in.
process.stdout.write(`${passed} passed, ${failed} failed\n`, () => process.exit(failed === 0 ? 0 : 1));
