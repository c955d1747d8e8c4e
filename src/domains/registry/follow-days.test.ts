// What begins or ends by the calendar is found from that day on, without anybody writing anything.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSampleRegistry, type SampleRegistry } from '../../../test/support/sample-registry.ts';
import { inTenant } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { followDays } from './follow-days.ts';
import { recordStatements } from './index.ts';
import { readFactFilters } from './list-filter.ts';
import { listPeople } from './list-parties.ts';
import { dayOf } from './party.ts';
import { writeFollowedDay } from './search-store.ts';

let city: SampleRegistry;
beforeAll(async () => {
  city = await makeSampleRegistry();
});
afterAll(() => city.drop());

const DAY_MS = 86_400_000;
const dayAfter = (days: number): Date => new Date(Date.now() + days * DAY_MS);

test('a statement that begins in two days and ends in four is found on the days between, and followed once', async () => {
  const { db } = city.database;
  const scope = jobScope(city.tenantId, 'days', 'search.follow');
  const [person] = await city.addPeople(1);
  await inTenant(db, city.tenantId, (tx) =>
    recordStatements(tx, jobScope(city.tenantId, 'test', 'fact.record'), city.tools, [
      {
        partyId: person?.partyId ?? '', origin: '共享', trustClass: 'A', departmentId: city.departments.insurance, purpose: 'eligibility',
        asOf: dayOf(new Date()), validFrom: dayOf(dayAfter(2)), validTo: dayOf(dayAfter(4)), facts: { 学历: '博士研究生' },
      },
    ], new Date()),
  );
  const { facts } = readFactFilters('person', { 'fact.学历': '博士研究生' }, city.tools.factBook);
  const found = async (): Promise<readonly string[]> => {
    const list = await inTenant(db, city.tenantId, (tx) =>
      listPeople(tx, jobScope(city.tenantId, 'test', 'person.read'), city.tools, { q: '', employer: undefined, jurisdiction: undefined, facts }, { sort: 'name', limit: 10, cursor: undefined }, new Date()),
    );
    return list.items.map(({ partyId }) => partyId);
  };
  await inTenant(db, city.tenantId, (tx) => writeFollowedDay(tx, scope, dayOf(new Date())));
  const follow = (days: number): Promise<number> => followDays(db, scope, city.tools, dayAfter(days));
  expect([await follow(0), await found()]).toEqual([0, []]);
  expect([await follow(1), await found()]).toEqual([0, []]);
  expect([await follow(3), await found()]).toEqual([1, [person?.partyId]]);
  expect(await follow(3)).toBe(0);
  expect([await follow(4), await found()]).toEqual([0, [person?.partyId]]);
  expect([await follow(5), await found()]).toEqual([1, []]);
});
