// Migrations: applied once, in order, all or nothing, by however many starters, and never over what does not fit.
import { afterAll, expect, test } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase } from '../../test/support/database.ts';

test('smoke', async () => {
  const t = Date.now();
  const a = await makeTestDatabase();
  console.log(Date.now() - t);
  const b = await makeTestDatabase();
  console.log(Date.now() - t);
  expect(await makeTenant(a)).toBe(1);
  await a.drop(); await b.drop();
});
