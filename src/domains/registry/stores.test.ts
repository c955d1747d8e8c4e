// The stores of the registry on every PostgreSQL that Wutong runs on, under the application's role: batches, groups of merged ids, the wall, rotation of keys.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { postgresChoices } from '../../../test/support/postgres-choice.ts';
import { sampleCode, sampleNumber } from '../../../test/support/registry-samples.ts';
import { makeGeneration, readKeyFile, writeKeyFile } from '../../adapters/cryptography/key-file.ts';
import { type KeyedProtector, openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { readReferenceFolder } from '../../authoring/read-reference.ts';
import { inTenant, type Tx } from '../../storage/database.ts';
import { jobScope, type Scope, scopeFor } from '../permissions/index.ts';
import { createPeople } from './create-person.ts';
import { createOrganisations } from './enter-organisation.ts';
import { openFactBook } from './fact-book.ts';
import { scanCity } from './find-duplicates.ts';
import { matchPeople } from './match-people.ts';
import { mergeParties, undoMerge } from './merge-parties.ts';
import { findPartyInReach, listIdsKnownAt, listMergedIds, resolveParties } from './party-store.ts';
import type { NewPerson } from './person.ts';
import { readKnownFacts } from './read-facts.ts';
import { recordStatements } from './record-statement.ts';
import type { RegistryTools } from './registry-tools.ts';

const factBook = openFactBook(readReferenceFolder(process.cwd()));

describe.each(postgresChoices)('on PostgreSQL %s', (choice) => {
  let database: TestDatabase;
  let protector: KeyedProtector;
  let tools: RegistryTools;
  let city: number;
  let neighbour: number;
  const folder = mkdtempSync(join(tmpdir(), 'wutong-registry-'));
  const keyPath = (): string => join(folder, 'wutong.keys');

  beforeAll(async () => {
    database = await makeTestDatabase({ on: choice });
    city = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }] });
    neighbour = await makeTenant(database, { code: 'neighbour', name: '邻市', placeCode: '220300' });
    protector = await openKeys({ path: keyPath(), hasSealedData: () => Promise.resolve(false) });
    tools = { protector, factBook };
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const inCity = <T>(work: (tx: Tx) => Promise<T>, tenantId = city): Promise<T> => inTenant(database.db, tenantId, work);
  const writing = (): Scope<'person.write'> => jobScope(city, 'test', 'person.write');
  const enter = (people: readonly NewPerson[]) => inCity((tx) => createPeople(tx, writing(), tools, people, new Date()));
  const person = (number: string, name = '张三一'): NewPerson => ({ name, jurisdictionCode: '220202', document: { kind: 'number', number } });
  const idsOf = (entered: Awaited<ReturnType<typeof enter>>): string[] => entered.map((one) => ('partyId' in one ? one.partyId : 'exists' in one ? one.exists : ''));
  const match = (numbers: readonly string[], tenantId = city) => inCity((tx) => matchPeople(tx, jobScope(tenantId, 'test', 'person.match'), tools, numbers, new Date()), tenantId);

  test('of a batch each is entered or refused by itself', async () => {
    const [known, twice, wrong] = [sampleNumber(), sampleNumber(), '220202199001010000'];
    const [first] = idsOf(await enter([person(known)]));
    const entered = await enter([person(twice), person(known), person(wrong), person(twice), { ...person(sampleNumber()), jurisdictionCode: '220300' }]);
    expect(entered).toMatchObject([{ partyId: expect.any(String) as string }, { exists: first }, { details: [{ field: 'document.number' }] }, {}, { details: [{ field: 'jurisdictionCode' }] }]);
    expect(entered[3]).toEqual({ exists: idsOf(entered)[0] });
    expect(await match([twice, known, wrong, sampleNumber()])).toEqual([idsOf(entered)[0], first, null, null]);
  });

  test('organisations likewise', async () => {
    const code = sampleCode();
    const organisation = { name: '样例甲公司', jurisdictionCode: '220202', creditCode: code };
    const scope = jobScope(city, 'test', 'organisation.write');
    const entered = await inCity((tx) => createOrganisations(tx, scope, tools, [organisation, organisation, { ...organisation, creditCode: '1' }], new Date()));
    expect(entered).toMatchObject([{ partyId: expect.any(String) as string }, { exists: expect.any(String) as string }, { details: [{ field: 'creditCode' }] }]);
  });

  test('what one city holds does not exist for another', async () => {
    const number = sampleNumber();
    const [id = ''] = idsOf(await enter([person(number)]));
    expect(await match([number], neighbour)).toEqual([null]);
    const scope = jobScope(neighbour, 'test', 'person.read');
    expect(await inCity((tx) => findPartyInReach(tx, scope, id), neighbour)).toBeUndefined();
    // Even a scope of this city in the other's transaction meets the wall.
    expect(await inCity((tx) => findPartyInReach(tx, jobScope(city, 'test', 'person.read'), id), neighbour)).toBeUndefined();
    expect(await inCity((tx) => findPartyInReach(tx, jobScope(city, 'test', 'person.read'), id))).toMatchObject({ partyId: id });
  });

  test('merged ids are one party, at the time at which they were', async () => {
    const [a = '', b = '', c = ''] = idsOf(await enter([person(sampleNumber()), person(sampleNumber()), person(sampleNumber())]));
    const scope = scopeFor(
      { tenantId: city, actor: { accountId: null, sessionId: null, capacity: { kind: 'officer', departmentId: a, codes: ['220202'], roles: ['steward'] } } },
      'duplicate.review',
    );
    const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute));
    await inCity((tx) => mergeParties(tx, scope, tools, { keptPartyId: b, mergedPartyId: a, reason: '同一人' }, at(1)));
    const { mergeId } = await inCity((tx) => mergeParties(tx, scope, tools, { keptPartyId: c, mergedPartyId: b, reason: '同一人' }, at(2)));
    const reading = jobScope(city, 'test', 'person.read');
    const group = async (id: string): Promise<readonly string[]> => [...((await inCity((tx) => findPartyInReach(tx, reading, id)))?.ids ?? [])].sort();
    for (const id of [a, b, c]) expect(await group(id)).toEqual([a, b, c].sort());
    expect(await inCity((tx) => resolveParties(tx, reading, [a, b, c]))).toEqual(new Map([[a, c], [b, c], [c, c]]));
    expect(await inCity((tx) => listMergedIds(tx, reading, [c]))).toEqual(new Map([[c, c], [b, c], [a, c]]));
    await inCity((tx) => undoMerge(tx, scope, tools, mergeId, '不是同一人', at(3)));
    expect(await group(a)).toEqual([a, b].sort());
    const known = async (id: string, minute: number): Promise<readonly string[]> => [...(await inCity((tx) => listIdsKnownAt(tx, reading, id, at(minute))))].sort();
    expect(await known(a, 0)).toEqual([a]);
    expect(await known(a, 1)).toEqual([a, b].sort());
    expect(await known(c, 2)).toEqual([a, b, c].sort());
    expect(await known(c, 3)).toEqual([c]);
  });

  test('a delivery and a scan', async () => {
    const born = { name: '孙样本', jurisdictionCode: '220202', birthDate: '1961-02-03' };
    const ids = idsOf(await enter([born, born]));
    const source = { origin: '共享', trustClass: 'A', purpose: 'eligibility', asOf: '2026-01-01' } as const;
    const facts = { 学历: '本科', 年薪: 100_000, 毕业院校: '吉大' };
    const recorded = await inCity((tx) => recordStatements(tx, jobScope(city, 'test', 'fact.record'), tools, ids.map((partyId) => ({ ...source, partyId, facts })), new Date()));
    expect(recorded.every((one) => 'statementId' in one)).toBe(true);
    const known = await inCity((tx) => readKnownFacts(tx, jobScope(city, 'test', 'fact.read'), tools, ids[0] ?? '', { on: '2026-06-01', knownAt: new Date() }));
    expect([...known.facts.values()].map(({ name, value }) => [name, value])).toEqual([['学历', '本科'], ['毕业院校', '吉林大学']]);
    expect(known.withheld).toEqual([{ name: '年薪', group: 'income' }]);
    expect(await scanCity(database.db, jobScope(city, 'test', 'duplicate.scan'))).toBeGreaterThanOrEqual(1);
  });

  test('while keys are changed a number is found under either', async () => {
    const number = sampleNumber();
    const [id] = idsOf(await enter([person(number)]));
    const before = Buffer.from(protector.searchKey(city, 'identity-number', number));
    const file = readKeyFile(keyPath());
    expect(file).toBeDefined();
    if (file !== undefined) writeKeyFile(keyPath(), { ...file, generations: [...file.generations, makeGeneration(new Date(), new Date())] });
    protector.reload();
    expect(Buffer.from(protector.searchKey(city, 'identity-number', number)).equals(before)).toBe(false);
    expect(await match([number])).toEqual([id]);
    expect(await enter([person(number)])).toEqual([{ exists: id }]);
  });
});
