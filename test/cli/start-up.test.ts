// What evaluating loads at start-up: no YAML reader, no code made from text; packs come as hashed ES modules.

import { readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './run-wutong.ts';

const cli = join(root, 'dist/cli');
const packs = join(root, 'dist/packs');

/** Every built file that a file imports before it runs, itself included. */
function staticImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name = ''] of readFileSync(join(cli, file), 'utf8').matchAll(/^(?:import|export)[^'"]*?from\s*["']([^"']+)["']|^import\s*["']([^"']+)["']/gm)) {
    if (name.startsWith('./')) staticImports(name.slice(2), found);
    else found.add(name);
  }
  return found;
}

test('evaluate and explain load no YAML reader', () => {
  const entries = readdirSync(cli).filter((file) => /^(wutong|evaluate-.*|explain-.*)\.js$/.test(file));
  expect(entries).toHaveLength(3);
  for (const entry of entries) expect([...staticImports(entry)]).not.toContain('yaml');
  // The check sees what it should: the checker does load it.
  const [check = ''] = readdirSync(cli).filter((file) => file.startsWith('check-'));
  expect([...staticImports(check)]).toContain('yaml');
});

test('nothing that is built makes code from text', () => {
  const files = [...readdirSync(cli).map((file) => join(cli, file)), ...readdirSync(packs).map((file) => join(packs, file))];
  expect(files.filter((file) => /\beval\(|new Function\b/.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('packs are named by the hash of their content', () => {
  const modules = readdirSync(packs).filter((file) => file !== 'manifest.js');
  expect(modules.length).toBeGreaterThanOrEqual(4);
  const named = modules.map((file) => file.split('.').at(-2));
  expect(named).toEqual(modules.map((file) => createHash('sha256').update(readFileSync(join(packs, file))).digest('hex').slice(0, 16)));
});
