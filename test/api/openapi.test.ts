// The interface's documentation is valid OpenAPI 3.1 and says of every route what the server does.
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errors } from '../../src/contract/errors.ts';
import { errorsOf } from '../../src/contract/openapi.ts';
import { permissions } from '../../src/contract/permissions.ts';
import { type Body, startApi, type TestApi } from '../support/api.ts';

let api: TestApi;
let document: Body;
beforeAll(async () => {
  api = await startApi();
  document = (await api.anyone().get('/openapi.json')).body;
});
afterAll(() => api.stop());

test('it is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(document) as Exclude<Parameters<Validator['validate']>[0], string>);
  expect(JSON.stringify(result.errors ?? []).slice(0, 2000)).toBe('[]');
  expect(result.valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1\./);
});

test('every route stands in it with its answer and every code it can be refused with, and nothing else does', () => {
  const documented = Object.entries(document.paths as Record<string, Record<string, Body>>).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  const served = api.parts.routes.map(({ endpoint }) => `${endpoint.method} ${endpoint.path.replace(/:(\w+)/g, '{$1}')}`);
  expect(served.length).toBeGreaterThan(0);
  expect(new Set(served).size).toBe(served.length);
  expect(documented.sort()).toEqual(served.sort());
  for (const { endpoint } of api.parts.routes) {
    const operation = document.paths[endpoint.path.replace(/:(\w+)/g, '{$1}')][endpoint.method.toLowerCase()];
    expect(operation.operationId).toBe(endpoint.id);
    expect(operation.summary).toContain(endpoint.summary.zh);
    const told = Object.values(operation.responses as Record<string, { description: string }>)
      .map(({ description }) => description)
      .join('\n');
    for (const code of errorsOf(endpoint)) {
      expect(told, `${endpoint.id}`).toContain(`${code}: `);
      expect(operation.responses, `${endpoint.id}`).toHaveProperty(String(errors[code].status));
    }
  }
});

test('every path names its parameters, every permission is used, and ids are thing.act', () => {
  for (const { endpoint } of api.parts.routes) {
    const named = [...endpoint.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
    expect(Object.keys(endpoint.params?.shape ?? {}).sort((a, b) => a.localeCompare(b)), `${endpoint.id}`).toEqual([...named].sort((a, b) => (a ?? '').localeCompare(b ?? '')));
    expect(endpoint.id).toMatch(/^[a-z][a-z-]*(\.[a-z][a-z-]*)+$/);
    expect(Object.keys(permissions)).toContain(endpoint.permission);
  }
  const ids = api.parts.routes.map(({ endpoint }) => endpoint.id);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every code of the catalogue has words in both languages, a proper status, and is in alphabetical order', () => {
  const codes = Object.keys(errors);
  expect(codes).toEqual([...codes].sort());
  for (const [code, { status, zh, en }] of Object.entries(errors)) {
    expect(status, `${code}`).toBeGreaterThanOrEqual(400);
    expect(zh, `${code}`).toMatch(/\p{Script=Han}.*[。？]$/u);
    expect(en, `${code}`).toMatch(/^[A-Z{"].*[.?]$/);
    // Both languages are filled with the same values.
    const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
    expect(new Set(names(en)), `${code}`).toEqual(new Set(names(zh)));
  }
});

test('the permission table is in order and each row is held by somebody', () => {
  const names = Object.keys(permissions);
  expect(names).toEqual([...names].sort());
  for (const [name, { holders, zh, en }] of Object.entries(permissions)) {
    expect(Object.keys(holders).length, `${name}`).toBeGreaterThan(0);
    expect([zh, en].every((words) => words.length > 1), `${name}`).toBe(true);
  }
});
