// Versions of policies from the database: founded once, found by the day, and answering alike from the build's code and from what is stored.
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { addPacks } from '../../../test/support/city-packs.ts';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { foundCityNamed } from '../../main/found-first-city.ts';
import { openBuiltPacks } from '../../main/open-built-packs.ts';
import { importPack, openManifest } from '../../main/open-packs.ts';
import type { ExamplesModule } from '../../policy/index.ts';
import { inTenant } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { foundPacks } from './found-packs.ts';
import { hashPolicy, hashVocabularies } from './hash-pack.ts';
import { makePacks } from './open-pack.ts';
import type { PinnedPack } from './pinned-pack.ts';

const policyId = 'jilin-city-2021';
const today = '2026-06-30';
let database: TestDatabase;
let tenantId: number;
/** The build's own code, and the same versions as if the program had come without them. */
const compiled = makePacks(openBuiltPacks);
const stored = makePacks(async () => ({ ...(await openBuiltPacks()), packs: [] }));

beforeAll(async () => {
  database = await makeTestDatabase();
  tenantId = await makeTenant(database, {});
  await addPacks(database);
});
afterAll(() => database.drop());

async function held(packs: typeof compiled, on = today): Promise<PinnedPack> {
  const pack = await inTenant(database.db, tenantId, (tx) => packs.inForce(tx, jobScope(tenantId, 'sample', 'pack.use'), policyId, on));
  if (pack === undefined) throw new Error('nothing in force');
  return pack;
}

describe('founding', () => {
  test('adds every policy of the city once, published from its first day, whoever founds again and however many at once', async () => {
    await Promise.all([addPacks(database), addPacks(database)]);
    const { rows } = await asOwner(database, (client) => client.query(`select policy_id, state, effective_on::text, drafted_by, source ? 'policy.yaml' as has_source from packs`));
    expect(rows).toEqual([{ policy_id: policyId, state: 'published', effective_on: '2021-09-01', drafted_by: 'build', has_source: true }]);
  });

  test('a city gets the policies of places within it too, and each city its own', async () => {
    const [siping, changchun] = [await makeTenant(database, { code: 'siping', placeCode: '220300' }), await makeTenant(database, { code: 'changchun', placeCode: '220100' })];
    await addPacks(database);
    const { rows } = await asOwner(database, (client) => client.query(`select tenant_id, policy_id from packs where tenant_id <> $1 order by tenant_id, policy_id`, [tenantId]));
    expect(rows).toEqual([
      { tenant_id: siping, policy_id: 'siping-2025' },
      ...['changchun-5616', 'changchun-talent-3.0', 'changchun-tech-22', 'erdao-wutong'].map((id) => ({ tenant_id: changchun, policy_id: id })),
    ]);
  });

  test('a first start has its policies; another version of a later program waits as a checked draft for people, once', async () => {
    const own = await makeTestDatabase();
    onTestFinished(() => own.drop());
    await foundCityNamed(own.ownerUrl, 'jilin-city');
    const built = await openBuiltPacks();
    const later = built.packs.filter((pack) => pack.policyId === policyId).map((pack) => {
      const policy = { ...pack.policy, title: { ...pack.policy.title, en: 'The same, better told' } };
      return { ...pack, policy, packHash: hashPolicy(policy, hashVocabularies(built.vocabularies).hash).hash };
    });
    for (let times = 0; times < 2; times++) await inTenant(own.db, 1, (tx) => foundPacks(tx, jobScope(1, 'found', 'pack.found'), { ...built, packs: later }, new Date()));
    const { rows } = await asOwner(own, (client) => client.query(`select state, drafted_by, pack_hash from packs order by state`));
    expect(rows).toEqual([
      { state: 'checked', drafted_by: 'build', pack_hash: later[0]?.packHash },
      { state: 'published', drafted_by: 'build', pack_hash: built.packs.find((pack) => pack.policyId === policyId)?.packHash },
    ]);
  });
});

describe('the version in force', () => {
  test('is none before the policy, and the same version ever after', async () => {
    const scope = jobScope(tenantId, 'sample', 'pack.use');
    const before = await inTenant(database.db, tenantId, (tx) => compiled.inForce(tx, scope, policyId, '2021-08-31'));
    expect(before).toBeUndefined();
    const pack = await held(compiled, '2021-09-01');
    expect(pack.policyId).toBe(policyId);
    expect(await inTenant(database.db, tenantId, (tx) => compiled.pinned(tx, scope, pack.packHash, 2021))).toBe(pack);
    expect((await inTenant(database.db, tenantId, (tx) => compiled.listInForce(tx, scope, today))).map((each) => each.packHash)).toEqual([pack.packHash]);
    await expect(inTenant(database.db, tenantId, (tx) => compiled.pinned(tx, scope, '0'.repeat(64), 2021))).rejects.toThrow('no pack');
  });

  test('says of which benefits one is given, as the readings in force have it', async () => {
    const pack = await held(compiled);
    const namesOf = (under: typeof pack): readonly string[] => under.mattersOn(today).map(({ name }) => name);
    expect(namesOf(pack)).toContain('生活补贴');
    expect(pack.mattersOn(today).find(({ name }) => name === '生活补贴')?.benefits).toContain(`${policyId}/living-subsidy`);
    expect(namesOf(pack.under({ readings: { ...pack.readings, 生活补贴并享: '可以同享' } }))).not.toContain('生活补贴');
  });

  test('what another city has open is none of a city that does not have it', async () => {
    const { packHash } = await held(compiled);
    const other = await makeTenant(database, { code: 'without' });
    await expect(inTenant(database.db, other, (tx) => compiled.pinned(tx, jobScope(other, 'sample', 'pack.use'), packHash, 2026))).rejects.toThrow('no pack');
  });

  test('what was changed behind the back of its hash answers nothing', async () => {
    const { packHash } = await held(compiled);
    const other = await makeTenant(database, { code: 'changed' });
    await addPacks(database);
    await asOwner(database, (client) => client.query(`update pack_models set model = replace(model, '"zh":', '"zh": ') where tenant_id = $1`, [other]));
    const scope = jobScope(other, 'sample', 'pack.use');
    const spaced = makePacks(async () => ({ ...(await openBuiltPacks()), packs: [] }));
    // Spaces are no content: what is read is the same.
    expect((await inTenant(database.db, other, (tx) => spaced.pinned(tx, scope, packHash, 2026))).packHash).toBe(packHash);
    await asOwner(database, (client) => client.query(`update pack_models set model = replace(model, '"reviewed":false', '"reviewed":true') where tenant_id = $1`, [other]));
    const fresh = makePacks(async () => ({ ...(await openBuiltPacks()), packs: [] }));
    await expect(inTenant(database.db, other, (tx) => fresh.pinned(tx, scope, packHash, 2026))).rejects.toThrow('was changed');
  });
});

describe('an answer', () => {
  test('is the same from the build’s code and from the stored policy, in every case of the pack, and the one that the pack expects', async () => {
    const [own, other] = [await held(compiled), await held(stored)];
    expect(own.packHash).toBe(other.packHash);
    const entry = (await openManifest()).cities.flatMap(({ policies }) => policies).find(({ id }) => id === policyId);
    const { examples } = await importPack<ExamplesModule>(entry?.examples ?? '');
    let count = 0;
    for (const [benefitId, list] of Object.entries(examples)) {
      for (const { subject, facts, date, parameters = {}, readings = {}, expected } of list) {
        count++;
        const settings = { parameters: { ...own.parameters, ...parameters }, readings: { ...own.readings, ...readings } };
        const [fast, slow] = [own, other].map((pack) => pack.under(settings).evaluate({ subject, facts }, date));
        expect(fast?.results.find(({ benefit }) => benefit === benefitId)?.status).toBe(expected);
        expect(slow?.results).toEqual(fast?.results);
        expect(slow?.plan).toEqual(fast?.plan);
        expect(slow?.explain(benefitId, 'zh')).toEqual(fast?.explain(benefitId, 'zh'));
      }
    }
    expect(count).toBeGreaterThan(300);
  });

  test('leaves out facts that the version does not know, and refuses values that are none', async () => {
    const pack = await held(compiled);
    const known = pack.evaluate({ subject: 'person', facts: { 出生日期: '1996-05-04' } }, today);
    expect(pack.evaluate({ subject: 'person', facts: { 出生日期: '1996-05-04', 明年才有的事实: true, 用人单位: { 明年才有的事实: 1 } } }, today).results).toEqual(known.results);
    expect(() => pack.evaluate({ subject: 'person', facts: { 出生日期: '昨天' } }, today)).toThrow(expect.objectContaining({ code: 'facts-unfit', details: [expect.objectContaining({ field: 'facts.出生日期' })] }));
    expect(() => known.explain('nothing', 'zh')).toThrow(RangeError);
  });
});
