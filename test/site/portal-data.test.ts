// The data that the calculator carries: all that answers need, nothing that only authors read, and no place that no rule and no question asks for.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Note } from '../../src/policy/model.ts';
import type { FullModule, Manifest, Policy, ReferenceModule } from '../../src/policy/index.ts';
import { headingsOf, inLanguage, makePortalData } from '../../tools/portal-data.ts';

const root = join(import.meta.dirname, '../..');
const packs = join(root, 'dist/packs');
const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
const { reference } = await load<ReferenceModule>(manifest.reference);
const data = await makePortalData(root, packs);

/** Every value in a policy, with the key that it stands under. */
function* entriesOf(node: unknown, key = ''): Generator<[string, unknown]> {
  yield [key, node];
  if (typeof node === 'object' && node !== null) for (const [name, inner] of Object.entries(node)) yield* entriesOf(inner, Array.isArray(node) ? key : name);
}

const without = (policy: Policy): unknown =>
  JSON.parse(JSON.stringify(policy, (key, value: unknown) => (['line', 'file', 'goals', 'duties', 'narratives', 'text', 'clauses'].includes(key) ? undefined : value)));

test('every policy of every city is there, the same but for what only its authors read', async () => {
  expect(data.cities.map(({ id, code, title, names }) => ({ id, code, title, names }))).toEqual(manifest.cities.map(({ id, code, title, names }) => ({ id, code, title, names })));
  for (const [at, city] of manifest.cities.entries()) {
    const carried = data.cities[at]?.policies ?? [];
    expect(carried.map(({ id }) => id)).toEqual(city.policies.map(({ id }) => id));
    for (const [index, { full }] of city.policies.entries()) {
      const { policy } = await load<FullModule>(full);
      const slim = carried[index];
      if (slim === undefined) throw new Error(policy.id);
      expect(without(slim)).toEqual(without(policy));
      const entries = [...entriesOf(slim)];
      for (const { clause } of slim.benefits) expect(slim.clauses.find(({ id }) => id === clause)?.title).toEqual(policy.clauses.find(({ id }) => id === clause)?.title);
      const notes = entries.flatMap(([key, value]) => (key === 'note' ? [value as Note] : []));
      expect(notes.filter(({ words, text }) => words !== undefined && text !== undefined)).toEqual([]);
      expect(notes.some(({ words, text }) => words === undefined && text !== undefined)).toBe(true);
      expect(entries.filter(([key, value]) => (key === 'line' && typeof value === 'number') || (key === 'file' && value !== ''))).toEqual([]);
      for (const list of ['goals', 'duties', 'narratives']) expect(entries.filter(([key, value]) => key === list && !(Array.isArray(value) && value.length === 0))).toEqual([]);
    }
  }
});

test('one language carries its own words and nothing of the other', () => {
  const texts = (language: 'zh' | 'en'): string[] =>
    [...entriesOf(inLanguage(data, language))].flatMap(([, value]) => (typeof value === 'object' && value !== null && 'zh' in value && 'en' in value ? [String(value[language === 'zh' ? 'en' : 'zh'])] : []));
  for (const language of ['zh', 'en'] as const) {
    expect(texts(language).length).toBeGreaterThan(500);
    expect(texts(language).filter((text) => text !== '')).toEqual([]);
    const policy = inLanguage(data, language).cities[0]?.policies[0];
    expect(policy?.title[language]).toBe(data.cities[0]?.policies[0]?.title[language]);
    expect(policy?.benefits.map(({ title }) => title[language])).toEqual(data.cities[0]?.policies[0]?.benefits.map(({ title }) => title[language]));
  }
  expect(inLanguage(data, 'en').cities[0]?.names).toEqual(data.cities[0]?.names);
});

test('the first page is told the cities and the titles of their policies, and no more', () => {
  expect(headingsOf(data).map(({ id, policies }) => [id, policies.map((policy) => [policy.id, policy.short])])).toEqual(
    data.cities.map(({ id, policies }) => [id, policies.map((policy) => [policy.id, policy.short])]),
  );
  expect(JSON.stringify(headingsOf(data)).length).toBeLessThan(JSON.stringify(data).length / 20);
});

test('every place that a rule asks for can be told and found', () => {
  const places = new Set(data.reference.places);
  const asked = data.cities.flatMap(({ policies }) => [...entriesOf(policies)].flatMap(([key, value]) => (key === 'place' && typeof value === 'number' ? [value] : [])));
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((code) => !places.has(code))).toEqual([]);
});

test('every fact of every kind of subject has its question', () => {
  for (const kind of ['person', 'organisation', 'project', 'team'] as const) {
    expect(Object.keys(data.questions[kind]).sort()).toEqual(data.vocabularies[kind].facts.map(({ name }) => name).sort());
  }
});

test('places: every province, the prefectures of the city’s province, the counties and zones of the city, and their names', () => {
  const { places, placeNames, retiredPlaces } = data.reference;
  const nameOf = (code: number): string | undefined => placeNames[places.indexOf(code)];
  expect(places.filter((code) => code % 10_000 === 0)).toEqual(reference.places.filter((code) => code % 10_000 === 0));
  expect([220000, 220100, 220200, 220202, 222400, 110000].map(nameOf)).toEqual(['吉林省', '长春市', '吉林市', '昌邑区', '延边朝鲜族自治州', '北京市']);
  // 长春市's counties, 北京市's districts and the prefectures of other provinces are no answer to any question here.
  expect([220102, 110101, 210100].map(nameOf)).toEqual([undefined, undefined, undefined]);
  expect(places.every((code) => (nameOf(code) ?? '') !== '')).toBe(true);
  for (const [, current] of retiredPlaces) expect(places).toContain(current);
});
