// The soak in small: two servers on one database, killed under load with their database and their clocks moved, in every stage of cases and payments. `npm run soak` does the same at length.
import { expect, test } from 'vitest';
import { breakCity, LEAST_DONE } from './break-city.ts';

test('whatever is killed, whenever: nothing acknowledged is lost or done twice, nobody is paid twice, the books and the trail hold', { timeout: 600_000 }, async () => {
  const { table, breaches } = await breakCity({ seed: 7, serverKills: 4, databaseKills: 1, clockJumps: 2, walkers: 6 });
  expect(breaches).toEqual([]);
  const counts = new Map(table);
  // It was worth something: faults came, and there was much that could have been lost.
  expect(counts.get('servers killed (-9)')).toBeGreaterThanOrEqual(4);
  for (const what of ['operations acknowledged', 'seats taken', 'cases compared with their events', 'events', 'transfers of the ledger', 'entries of the trail verified', 'jobs delivered once more']) {
    expect(counts.get(what), `${what}`).toBeGreaterThanOrEqual(LEAST_DONE);
  }
});
