// Runs the tools that only have a command line.
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './tree.ts';

/** What the tool printed; a tool that found something ends with an exit code of its own, which is no failure to run. */
function output(file: string, args: string[], folder: string): Promise<string> {
  return new Promise((done, fail) => {
    // oxlint looks for its type-aware part on the path, and a planted project has no packages of its own.
    const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env['PATH']}` };
    execFile(process.execPath, [join(root, file), ...args], { cwd: folder, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (stdout.trim() === '') fail(new Error(stderr || error?.message || `${file} printed nothing`));
      else done(stdout);
    });
  });
}

type LintReport = { diagnostics: { code: string; filename: string; message: string }[]; number_of_files: number };

export async function lint(folder: string): Promise<LintReport> {
  return JSON.parse(await output('node_modules/oxlint/bin/oxlint', ['--format=json'], folder)) as LintReport;
}

type Named = { name: string };
type UnusedReport = { issues: { file: string; [kind: string]: string | Named[] }[] };

/** "kind: file: name" for everything that nothing uses. */
export async function findUnused(folder: string): Promise<string[]> {
  const text = await output('node_modules/knip/bin/knip.js', ['--reporter', 'json', '--no-progress'], folder);
  const { issues } = JSON.parse(text) as UnusedReport;
  return issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds).flatMap(([kind, found]) => (Array.isArray(found) ? found.map(({ name }) => `${kind}: ${file}: ${name}`) : [])),
  );
}
