// The first city of an empty database: whole, once, and by its own name.
import { expect, onTestFinished, test } from 'vitest';
import { asOwner, makeTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { foundCityNamed, foundFirstCity } from './found-first-city.ts';
import { SettingsError } from './settings.ts';

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await makeTestDatabase();
  onTestFinished(() => database.drop());
  return database;
}

test('an empty database gets the city with its jurisdictions and departments, once', async () => {
  const database = await emptyDatabase();
  const first = await foundFirstCity(database.ownerUrl);
  expect(first).toEqual({ tenantId: 1, isNew: true });
  expect(await foundFirstCity(database.ownerUrl)).toBeUndefined();
  const { rows } = await asOwner(database, (client) =>
    client.query<{ code: string; departments: number }>(
      `select j.code, count(d.code)::int as departments from jurisdictions j left join departments d on d.jurisdiction_code = j.code group by j.code order by j.code`,
    ),
  );
  expect(rows.map(({ code }) => code)).toEqual(['220200', '220202', '220203', '220204', '220211', '220221', '220271', '220272', '220273', '220281', '220282', '220283', '220284']);
  expect(rows[0]?.departments).toBeGreaterThan(30);
  expect(rows.slice(1).every(({ departments }) => departments === 2)).toBe(true);
});

test('a second city gets the next number; founding it again adds only what it lacks', async () => {
  const database = await emptyDatabase();
  await foundFirstCity(database.ownerUrl);
  expect(await foundCityNamed(database.ownerUrl, 'siping')).toEqual({ tenantId: 2, isNew: true });
  await asOwner(database, (client) => client.query(`delete from departments where tenant_id = 2 and code = 'hrss-220302'`));
  expect(await foundCityNamed(database.ownerUrl, 'siping')).toEqual({ tenantId: 2, isNew: false });
  const { rows } = await asOwner(database, (client) => client.query(`select name from departments where tenant_id = 2 and code = 'hrss-220302'`));
  expect(rows).toEqual([{ name: '铁西区人社局' }]);
});

test.each(['nowhere', 'erdao', 'jilin-province'])('%s is no city that can be founded', async (id) => {
  const database = await emptyDatabase();
  await expect(foundFirstCity(database.ownerUrl, id)).rejects.toThrow(SettingsError);
});

test('two first starts at once found one city', async () => {
  const database = await emptyDatabase();
  await Promise.all([1, 2, 3].map(() => foundCityNamed(database.ownerUrl, 'jilin-city')));
  const { rows } = await asOwner(database, (client) => client.query(`select code from tenants`));
  expect(rows).toEqual([{ code: 'jilin-city' }]);
});
