// The page on imports says what is true: its paths, its limits, its headings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Endpoint } from '../../src/contract/endpoint.ts';
import * as importsEndpoints from '../../src/contract/imports-endpoints.ts';
import * as searchEndpoints from '../../src/contract/search-endpoints.ts';
import { columnsOf, matchColumns } from '../../src/domains/imports/columns.ts';
import { MOST_EXPORTED, usualLimits } from '../../src/spreadsheet/index.ts';
import { openRealPacks } from '../support/real-packs.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/import-and-export.md'), 'utf8');

it('names endpoints that there are, and every one of imports', () => {
  const isEndpoint = (value: unknown): value is Endpoint => typeof value === 'object' && value !== null && 'path' in value && 'method' in value;
  const told = (module: object): string[] => Object.values(module).filter(isEndpoint).map(({ method, path }) => `${method} ${path}`);
  const block = /```text\n([^]*?)```/.exec(page)?.[1] ?? '';
  const named = [...block.matchAll(/^(?:GET|POST) \S+/gm)].map(([line]) => line);
  expect([...told(importsEndpoints), ...told(searchEndpoints)]).toEqual(expect.arrayContaining(named));
  expect(named).toEqual(expect.arrayContaining(told(importsEndpoints)));
  for (const [, query] of block.matchAll(/\?(\S+)/g)) expect(query).toMatch(/^(?:fileName=\S+&asOf=2026-06-30&papersSeen=true|format=xlsx)$/);
});

it('states the limits that hold', () => {
  expect(page).toContain(`最多 ${usualLimits.rows.toLocaleString('en')} 行、${usualLimits.columns} 列`);
  expect(page).toContain(`一次最多 ${MOST_EXPORTED.toLocaleString('en')} 行`);
});

it('names headings that are recognised', () => {
  const { vocabularies } = openRealPacks().workspace;
  const headings = ['身份证号', '联系电话', '毕业学校'];
  for (const heading of headings) expect(page).toContain(`“${heading}”`);
  expect(matchColumns(headings, columnsOf('people', vocabularies.person)).ignored).toEqual([]);
});
