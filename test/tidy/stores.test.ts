// Every function of every store takes a scope that the permission table made; nothing else in the project makes one.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listStoreFunctions } from './stores.ts';
import { listFiles, plant, root } from './tree.ts';

const stores = listFiles(root).filter((path) => /^src\/domains\/.*-store\.ts$/.test(path));

test('every exported function of a store asks for a transaction and a scope', () => {
  const functions = listStoreFunctions(stores.map((path) => join(root, path)));
  expect(new Set(functions.map(({ file }) => file)).size).toBe(stores.length);
  expect(functions.length).toBeGreaterThan(stores.length);
  expect(functions.filter(({ faults }) => faults.length > 0)).toEqual([]);
});

test('a store that forgets one, or takes something that only looks like it, is found', () => {
  const folder = plant({
    'planted-store.ts': `import type { Database, Tx } from '${root}/src/storage/database.ts';
import type { Scope } from '${root}/src/domains/permissions/index.ts';
export async function good(_tx: Tx, _scope: Scope<'audit.read'>): Promise<void> {}
export async function wider<P extends 'audit.read' | 'staff.manage'>(_tx: Tx, _scope: Scope<P>, _id: string): Promise<void> {}
export const arrow = async (_tx: Tx, _scope: Scope): Promise<void> => {};
export async function scopeless(_tx: Tx, _id: string): Promise<void> {}
export async function forged(_tx: Tx, _scope: { tenantId: number; permission: string; actor: unknown; reach: unknown }): Promise<void> {}
export async function optional(_tx: Tx, _scope?: Scope): Promise<void> {}
export async function anything(_tx: Tx, _scope: any): Promise<void> {}
export async function wholePool(_db: Database, _scope: Scope): Promise<void> {}
export async function turned(_scope: Scope, _tx: Tx): Promise<void> {}
export const plain = (row: { id: string }): string => row.id;
async function inside(_tx: Tx): Promise<void> {}
export const uses = (tx: Tx, _scope: Scope): Promise<void> => inside(tx);
`,
  });
  const faults = Object.fromEntries(listStoreFunctions([join(folder, 'planted-store.ts')]).map(({ name, faults: each }) => [name, each]));
  expect(faults).toEqual({
    good: [],
    wider: [],
    arrow: [],
    scopeless: ['no-scope'],
    forged: ['no-scope'],
    optional: ['no-scope'],
    anything: ['no-scope'],
    wholePool: ['no-transaction'],
    turned: ['no-transaction', 'no-scope'],
    plain: [],
    uses: [],
  });
});

test('no store opens a way to the database by itself', () => {
  expect(stores.filter((path) => /openDatabase|from 'pg'|inTenant/.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
});

test('only scope.ts makes scopes: nobody else casts to one or spreads one', () => {
  const others = listFiles(root).filter((path) => /^src\/.*\.tsx?$/.test(path) && !path.endsWith('.test.ts') && path !== 'src/domains/permissions/scope.ts');
  expect(others.length).toBeGreaterThan(100);
  const forging = others.filter((path) => /\bas (?:unknown as )?Scope\b|\.\.\.(?:call\.)?scope\b(?!\.)/.test(readFileSync(join(root, path), 'utf8')));
  expect(forging).toEqual([]);
});
