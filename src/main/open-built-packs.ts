// Opens the policies that the build compiled, with their YAML files, once; and puts them into every city that they are about.
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hashPolicy, hashVocabularies } from '../domains/packs/index.ts';
import { type BuiltPack, type BuiltPacks, foundPacks, type PackFiles } from '../domains/packs/index.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { type CityEntry, type CompiledPolicy, type FullModule, levelsOf, openReference, type VocabularyModule } from '../policy/index.ts';
import { type Database, inTenant } from '../storage/database.ts';
import { importPack, openManifest, openReferenceData } from './open-packs.ts';

/** The folder that has `cities/`: the checkout's or the installed package's own. */
export const packsRoot = new URL('../../', import.meta.url);

let opened: Promise<BuiltPacks> | undefined;

/** What came with the program; read the first time it is asked for. @throws Error where the build has not run. */
export function openBuiltPacks(): Promise<BuiltPacks> {
  opened ??= readBuiltPacks();
  return opened;
}

async function readBuiltPacks(): Promise<BuiltPacks> {
  const manifest = await openManifest();
  const { vocabularies } = await importPack<VocabularyModule>(manifest.vocabulary);
  const { hash } = hashVocabularies(vocabularies);
  const packs = manifest.cities.flatMap((city) =>
    city.policies.map(async ({ id, module, full }): Promise<BuiltPack> => {
      const { policy } = await importPack<FullModule>(full);
      const { compiled } = await importPack<{ readonly compiled: CompiledPolicy }>(module);
      return { policyId: id, cityId: city.id, packHash: hashPolicy(policy, hash).hash, policy, compiled, source: await readFiles(city.id, id) };
    }),
  );
  return { packs: await Promise.all(packs), vocabularies, reference: openReference(await openReferenceData()) };
}

/** The YAML files of a policy's folder; none where the program came without them. */
async function readFiles(cityId: string, policyId: string): Promise<PackFiles> {
  const folder = new URL(`cities/${cityId}/${policyId}/`, packsRoot);
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml')).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(new URL(name, folder), 'utf8')] as const)));
}

/**
 * Puts the program's policies into every city, or what a city lacks of them: its own, those of the levels above, and those of places within.
 * @param owner the owner's pool: it sees which cities there are.
 */
export async function foundPacksOfCities(owner: Database, now: Date = new Date()): Promise<void> {
  const tenants = await owner.kysely.selectFrom('tenants').select(['tenant_id', 'place_code']).execute();
  if (tenants.length === 0) return;
  const built = await openBuiltPacks();
  const { cities } = await openManifest();
  for (const { tenant_id: tenantId, place_code } of tenants) {
    const concerned = citiesAbout(Number(place_code), cities);
    const packs = built.packs.filter(({ cityId }) => concerned.has(cityId));
    await inTenant(owner, tenantId, (tx) => foundPacks(tx, jobScope(tenantId, 'found', 'pack.found'), { ...built, packs }, now));
  }
}

/** The jurisdiction of a division with those above it and those whose way up leads to it. */
function citiesAbout(code: number, cities: readonly CityEntry[]): ReadonlySet<string> {
  const own = cities.find((city) => city.code === code);
  if (own === undefined) return new Set();
  const above = levelsOf(cities, own.id).map(({ id }) => id);
  const within = cities.filter(({ id }) => levelsOf(cities, id).some((level) => level.id === own.id)).map(({ id }) => id);
  return new Set([...above, ...within]);
}
