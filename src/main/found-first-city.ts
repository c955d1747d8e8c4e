// Founds the first city of an empty database, so that a first start is of use at once.
import { type FoundedCity, foundCity } from '../domains/departments/index.ts';
import { type Database, openDatabase, type Tx } from '../storage/database.ts';
import { foundPacksOfCities } from './open-built-packs.ts';
import { openManifest, openReferenceData } from './open-packs.ts';
import { planCity } from './plan-city.ts';
import { SettingsError } from './settings.ts';

/** The city of a first start where WUTONG_CITY names no other. */
const usualCity = 'jilin-city';

/**
 * Founds `id` (WUTONG_CITY) where the database has no city yet; undefined where it has one.
 * @param url the owner's address.
 * @throws SettingsError for an id that has no pack.
 */
export async function foundFirstCity(url: string, id: string = usualCity): Promise<FoundedCity | undefined> {
  const owner = openDatabase(url, { connections: 1, role: null });
  try {
    const some = await owner.kysely.selectFrom('tenants').select('tenant_id').limit(1).executeTakeFirst();
    if (some === undefined) return await found(owner, id);
    // A newer program may bring what the cities that are there lack.
    await foundPacksOfCities(owner);
    return undefined;
  } finally {
    await owner.close();
  }
}

/**
 * Founds a city by its pack's id, or adds what it lacks.
 * @throws SettingsError for an id that has no pack, or whose place is no prefecture.
 */
export async function foundCityNamed(url: string, id: string): Promise<FoundedCity> {
  const owner = openDatabase(url, { connections: 1, role: null });
  try {
    return await found(owner, id);
  } finally {
    await owner.close();
  }
}

/**
 * Founds a city by its pack's id, or adds what it lacks; `whenNew` is written in the transaction that founds it.
 * @throws SettingsError for an id that has no pack, or whose place is no prefecture.
 */
export async function found(owner: Database, id: string, whenNew?: (tx: Tx, tenantId: number) => Promise<void>): Promise<FoundedCity> {
  const manifest = await openManifest();
  const plan = planCity(id, manifest, await openReferenceData());
  if (plan !== undefined) {
    const founded = await foundCity(owner, plan, whenNew);
    await foundPacksOfCities(owner);
    return founded;
  }
  const known = manifest.cities.filter((city) => city.code % 100 === 0 && city.code % 10_000 !== 0).map((city) => city.id);
  throw new SettingsError(
    `没有城市“${id}”的政策，可以用的有：${known.join('，')}。比如：WUTONG_CITY=${known[0]} npm start\n` +
      `There is no pack of a city "${id}"; there are: ${known.join(', ')}. For example: WUTONG_CITY=${known[0]} npm start`,
  );
}
