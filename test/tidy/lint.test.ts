// The linter looks at every source file with every rule an error: on this project, and on planted code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lint } from './programs.ts';
import { listFiles, plant, root } from './tree.ts';

const lintable = /\.(ts|tsx|js|mjs|cjs)$/;

test('this project: every source file was looked at and nothing was found', async () => {
  const report = await lint(root);
  expect(report.diagnostics.map(({ filename, message }) => `${filename}: ${message}`)).toEqual([]);
  const onDisk = listFiles(root).filter((path) => lintable.test(path) && !path.startsWith('bench/'));
  expect(report.number_of_files).toBe(onDisk.length);
});

test('no rule only warns', () => {
  expect(readFileSync(join(root, '.oxlintrc.json'), 'utf8')).not.toMatch(/"warn"/);
});

test('planted code: each fault is reported under its rule', async () => {
  const faults: Record<string, [code: string, text: string]> = {
    'says-any.ts': ['typescript(no-explicit-any)', 'export const identity = (value: any): unknown => value\n'],
    'casts-to-any.ts': ['typescript(no-explicit-any)', 'export const length = (1 as any) as string\n'],
    'takes-any.ts': ['typescript(no-unsafe-assignment)', "export const value: string = JSON.parse('1')\n"],
    'forgets-a-promise.ts': ['typescript(no-floating-promises)', 'export function save(): void {\n  Promise.resolve(1)\n}\n'],
    'insists.ts': ['typescript(no-non-null-assertion)', 'export const first = (list: string[]): string => list[0]!\n'],
    'silences.ts': ['typescript(ban-ts-comment)', "// @ts-ignore\nexport const wrong: number = 'one'\n"],
    'evaluates.ts': ['eslint(no-eval)', "export const two: unknown = eval('1 + 1')\n"],
    'leaves.ts': ['eslint(no-unused-vars)', 'const unused = 1\nexport const used = 2\n'],
    'forgets-a-case.ts': [
      'typescript(switch-exhaustiveness-check)',
      "export function act(step: 'accept' | 'refuse'): number {\n  switch (step) {\n    case 'accept':\n      return 1\n  }\n  return 0\n}\n",
    ],
  };
  const files = Object.entries(faults).map(([name, [, text]]) => [`src/${name}`, text] as const);
  const tsconfig = { compilerOptions: { strict: true, noEmit: true, target: 'es2023', types: [] }, include: ['src'] };
  const folder = plant({ ...Object.fromEntries(files), 'tsconfig.json': JSON.stringify(tsconfig) }, ['.oxlintrc.json']);

  const { diagnostics } = await lint(folder);

  const found = diagnostics.map(({ code, filename }) => `${code} ${filename}`);
  for (const [name, [code]] of Object.entries(faults)) expect(found).toContain(`${code} src/${name}`);
});
