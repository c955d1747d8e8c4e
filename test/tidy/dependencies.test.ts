// Every dependency has its reason written down, and the lock file holds every package that any platform needs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './tree.ts';

const page = 'docs/decisions/dependencies.md';

/** Names of the packages in the first column of the page's tables; one row may give several. */
function listed(text: string): string[] {
  const cells = text.split('\n').flatMap((line) => /^\| ([^|]*`[^|]*) \| \S/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')).sort();
}

test('package.json and the page of reasons name the same packages', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const installed = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
  expect(listed(readFileSync(join(root, page), 'utf8'))).toEqual(installed.sort());
});

test('the page is read as meant: rows without a reason do not count', () => {
  expect(listed('| package | reason |\n| --- | --- |\n| `a`, `b` | because |\n| `c` |  |\n')).toEqual(['a', 'b']);
});

type Lock = { packages: Record<string, { optionalDependencies?: Record<string, string> }> };

/** "owner needs package" for packages of other platforms that the lock file lacks; with one missing, `npm ci` refuses. */
function missingFrom(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([owner, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => lock.packages[`node_modules/${name}`] === undefined && lock.packages[`${owner}/node_modules/${name}`] === undefined)
      .map((name) => `${owner} needs ${name}`),
  );
}

test('the lock file is complete for every platform', () => {
  expect(missingFrom(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))).toEqual([]);
});

test('a planted lock file without the package of another platform is reported', () => {
  const linter = { optionalDependencies: { 'linter-linux': '1', 'linter-mac': '1' } };
  expect(missingFrom({ packages: { 'node_modules/linter': linter, 'node_modules/linter-linux': {} } })).toEqual(['node_modules/linter needs linter-mac']);
});
