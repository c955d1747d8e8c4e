// The life of an application, in both languages: the same stages, each by an endpoint that exists and in a section of the workbench that is there.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as access from '../../src/contract/agent-endpoints.ts';
import * as cases from '../../src/contract/cases-endpoints.ts';
import * as decisions from '../../src/contract/decisions-endpoints.ts';
import * as imports from '../../src/contract/imports-endpoints.ts';
import * as intake from '../../src/contract/intake-endpoints.ts';
import * as ledger from '../../src/contract/ledger-endpoints.ts';
import * as oversight from '../../src/contract/oversight-endpoints.ts';
import * as packs from '../../src/contract/packs-endpoints.ts';
import * as payments from '../../src/contract/payments-endpoints.ts';
import * as publicity from '../../src/contract/publicity-endpoints.ts';
import * as registry from '../../src/contract/registry-endpoints.ts';

const root = join(import.meta.dirname, '..', '..');
const sections = readFileSync(join(root, 'web', 'workbench', 'sections.ts'), 'utf8');
const all = [access, cases, decisions, imports, intake, ledger, oversight, packs, payments, publicity, registry].flatMap((module) => Object.values(module) as readonly unknown[]);
const endpoints = new Set(
  all.flatMap((one) => (typeof one === 'object' && one !== null && 'method' in one && 'path' in one && typeof one.path === 'string' ? [`${String(one.method)} ${one.path}`] : [])),
);

/** The rows of the table of stages: endpoint and section. */
function stagesOf(file: string): readonly { readonly endpoint: string; readonly section: string }[] {
  const [, table = ''] = readFileSync(join(root, 'docs', file), 'utf8').split('<!-- table: stages -->');
  return table.split('\n').flatMap((line) => {
    const [, , , endpoint = '', section = ''] = line.split('|').map((cell) => cell.trim());
    return endpoint.startsWith('`') ? [{ endpoint: endpoint.replaceAll('`', ''), section }] : [];
  });
}

test.each([['life-of-an-application.md', 'zh'], ['life-of-an-application.en.md', 'en']] as const)('%s names endpoints and sections that are there', (file, language) => {
  const stages = stagesOf(file);
  expect(stages.length).toBeGreaterThan(25);
  expect(stages.filter(({ endpoint }) => !endpoints.has(endpoint))).toEqual([]);
  expect(stages.filter(({ section }) => section !== '' && !sections.includes(`${language}: '${section}'`))).toEqual([]);
});

test('both languages go the same way', () => {
  const of = (file: string): readonly string[] => stagesOf(file).map(({ endpoint }) => endpoint);
  expect(of('life-of-an-application.en.md')).toEqual(of('life-of-an-application.md'));
});
