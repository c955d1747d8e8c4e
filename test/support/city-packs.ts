// Puts the program's policies into the cities of a test's database, as a first start does.
import { foundPacksOfCities } from '../../src/main/open-built-packs.ts';
import { openDatabase } from '../../src/storage/database.ts';
import type { TestDatabase } from './database.ts';

/** To be called once the cities are there; a sample city at 220200 gets the policies of 吉林市. */
export async function addPacks({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>, now: Date = new Date()): Promise<void> {
  const owner = openDatabase(ownerUrl, { connections: 1, role: null });
  try {
    await foundPacksOfCities(owner, now);
  } finally {
    await owner.close();
  }
}
