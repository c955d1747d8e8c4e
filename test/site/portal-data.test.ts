// The data that the calculator carries: all that answers need, nothing that only authors or the manual's readers read, and no place that no question asks for.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { Note } from '../../src/policy/model.ts';
import { type FullModule, levelsOf, type Manifest, type Policy, type ReferenceModule } from '../../src/policy/index.ts';
import { coreOf, headingsOf, inLanguage, makePortalData, makeRemarks, readFactUnits } from '../../tools/portal-data.ts';

const root = join(import.meta.dirname, '../..');
const packs = join(root, 'dist/packs');
const load = async <T>(file: string): Promise<T> => (await import(pathToFileURL(join(packs, file)).href)) as T;
const { manifest } = await load<{ manifest: Manifest }>('manifest.js');
const { reference } = await load<ReferenceModule>(manifest.reference);
const data = await makePortalData(root, packs);
const cityOf = (id: string) => data.cities.find((city) => city.id === id);

/** What the pages of the manual tell, where every result leads, and what only authors read. */
const left = ['line', 'file', 'goals', 'duties', 'narratives', 'text', 'clauses', 'procedures', 'remark', 'service', 'procedure', 'source', 'also', 'support', 'evidence'];

/** Every value in a policy, with the key that it stands under. */
function* entriesOf(node: unknown, key = ''): Generator<[string, unknown]> {
  yield [key, node];
  if (typeof node === 'object' && node !== null) for (const [name, inner] of Object.entries(node)) yield* entriesOf(inner, Array.isArray(node) ? key : name);
}

const without = (policy: Policy): unknown => JSON.parse(JSON.stringify(policy, (key, value: unknown) => (left.includes(key) ? undefined : value)));

test('every jurisdiction is there with its parent and the documents known by name only', () => {
  const about = ({ id, code, title, parent, named }: Pick<Manifest['cities'][number], 'id' | 'code' | 'title' | 'parent' | 'named'>) => ({ id, code, title, parent, named });
  expect(data.cities.map(about)).toEqual(manifest.cities.map(about));
  expect(levelsOf(data.cities, 'erdao').map(({ id }) => id)).toEqual(['erdao', 'changchun', 'jilin-province']);
  expect(cityOf('jilin-province')?.policies).toEqual([]);
  expect(cityOf('jilin-province')?.named.length).toBeGreaterThan(0);
});

test.each(manifest.cities)('$id: every policy is the same but for what answers never show', async ({ id, policies, names }) => {
  const city = cityOf(id);
  expect(city?.policies.map((policy) => policy.id)).toEqual(policies.map((policy) => policy.id));
  for (const [index, { full }] of policies.entries()) {
    const { policy } = await load<FullModule>(full);
    const slim = city?.policies[index];
    if (slim === undefined) throw new Error(policy.id);
    expect(without(slim)).toEqual(without(policy));
    const entries = [...entriesOf(slim)];
    const notes = entries.flatMap(([key, value]) => (key === 'note' ? [value as Note] : []));
    expect(notes.filter(({ words, text }) => words !== undefined && text !== undefined)).toEqual([]);
    expect(entries.filter(([key, value]) => (key === 'line' && typeof value === 'number') || (key === 'file' && value !== ''))).toEqual([]);
    expect(slim.benefits.filter((benefit) => 'remark' in benefit || 'service' in benefit || benefit.evidence.length + benefit.support.length + benefit.also.length > 0)).toEqual([]);
    expect([slim.goals, slim.duties, slim.narratives, slim.procedures, slim.clauses].flat()).toEqual([]);
    // Whoever decides and whoever pays has an English name.
    for (const { lead, funds } of policy.benefits) for (const name of [lead, ...funds.map(({ fund }) => fund)]) expect(city?.names[name]).toBe(names[name]);
  }
});

test('the remarks of all benefits, to be loaded when one is opened, are those of the packs in one language', async () => {
  for (const language of ['zh', 'en'] as const) {
    const remarks = await makeRemarks(packs, language);
    const policies = await Promise.all(manifest.cities.flatMap((city) => city.policies.map(async ({ full }) => (await load<FullModule>(full)).policy)));
    for (const { id, benefits } of policies) for (const benefit of benefits) expect(remarks[`${id}/${benefit.id}`]).toBe(benefit.remark?.[language]);
    // What no condition limits says for whom it is nowhere else.
    const open = policies.flatMap(({ id, benefits }) => benefits.filter(({ condition, reviewed }) => condition.op === 'always' && reviewed).map((benefit) => `${id}/${benefit.id}`));
    expect(open.length).toBeGreaterThan(20);
    expect(open.filter((one) => (remarks[one] ?? '') === '')).toEqual([]);
  }
});

test('one language carries its own words and nothing of the other', () => {
  const texts = (whole: unknown, language: 'zh' | 'en'): string[] =>
    [...entriesOf(inLanguage(whole, language))].flatMap(([, value]) => (typeof value === 'object' && value !== null && 'zh' in value && 'en' in value ? [String(value[language === 'zh' ? 'en' : 'zh'])] : []));
  for (const language of ['zh', 'en'] as const) {
    expect(texts(coreOf(data), language).length).toBeGreaterThan(200);
    for (const part of [coreOf(data), ...data.cities]) expect(texts(part, language).filter((text) => text !== '')).toEqual([]);
    for (const city of data.cities) {
      const told = inLanguage(city, language);
      expect(told.policies.map(({ title }) => title[language])).toEqual(city.policies.map(({ title }) => title[language]));
      expect(told.policies.flatMap(({ benefits }) => benefits.map(({ title }) => title[language]))).toEqual(city.policies.flatMap(({ benefits }) => benefits.map(({ title }) => title[language])));
      expect(told.named.map(({ words }) => words[language])).toEqual(city.named.map(({ words }) => words[language]));
      expect(told.names).toEqual(language === 'zh' ? {} : city.names);
    }
  }
});

test('the first page is told the jurisdictions and the short titles of their policies, and no more', () => {
  expect(headingsOf(data)).toEqual(
    data.cities.map(({ id, title, code, parent, policies }) => ({ id, title, code, ...(parent === undefined ? {} : { parent }), policies: policies.map((policy) => ({ id: policy.id, short: policy.short })) })),
  );
  expect(JSON.stringify(headingsOf(data)).length).toBeLessThan(JSON.stringify(data).length / 50);
});

test('what all share holds no jurisdiction, and no jurisdiction holds what all share', () => {
  expect(Object.keys(coreOf(data)).sort()).toEqual(['questions', 'reference', 'vocabularies']);
  for (const city of data.cities) expect(Object.keys(city)).not.toEqual(expect.arrayContaining(['questions']));
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

test('places: every province, the prefectures of the cities’ province, the counties and zones of the cities, and their names', () => {
  const { places, placeNames, retiredPlaces } = data.reference;
  const nameOf = (code: number): string | undefined => placeNames[places.indexOf(code)];
  expect(places.filter((code) => code % 10_000 === 0)).toEqual(reference.places.filter((code) => code % 10_000 === 0));
  expect([220000, 220100, 220105, 220200, 220202, 220302, 222400, 110000].map(nameOf)).toEqual(['吉林省', '长春市', '二道区', '吉林市', '昌邑区', '铁西区', '延边朝鲜族自治州', '北京市']);
  // 白山市's counties, 北京市's districts and the prefectures of other provinces are no answer to any question here.
  expect([220602, 110101, 210100].map(nameOf)).toEqual([undefined, undefined, undefined]);
  expect(places.every((code) => (nameOf(code) ?? '') !== '')).toBe(true);
  for (const [, current] of retiredPlaces) expect(places).toContain(current);
});

test('figures are told in their unit, in both languages: yuan for money, else what the question says; a day and a choice have none', () => {
  const units = readFactUnits(data);
  expect(units['年薪']).toEqual({ zh: '元', en: 'yuan' });
  expect(units['合同年限']).toEqual({ zh: '年', en: 'years' });
  expect(units['年龄']).toEqual({ zh: '岁', en: 'years' });
  expect(units['项目总投资']).toEqual({ zh: '元', en: 'yuan' });
  expect([units['毕业日期'], units['学历']]).toEqual([undefined, undefined]);
});
