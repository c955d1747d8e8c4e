// Applications of one moment share a transaction and are still each their own: nobody's answer, case or trail is another's, and who fails fails alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { filingTime, recordGraduate } from '../../../test/support/sample-case.ts';
import { foundSamplePacks, sampleBenefit, samplePolicy } from '../../../test/support/sample-decision.ts';
import { newId } from '../../storage/database.ts';

let api: TestApi;
let window: TestCaller;
const body = { benefits: [{ policyId: samplePolicy, benefitId: sampleBenefit }] };

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  api.setNow(filingTime);
  window = api.officer('changyi-hrss', 'intake');
});
afterAll(() => api.stop());

const addPerson = async (facts?: Readonly<Record<string, unknown>>): Promise<string> => {
  const partyId = await enterPerson(window, { name: '张三一', number: sampleNumber({ birthDate: '1999-05-05' }) });
  if (facts !== undefined) await recordGraduate(api, partyId, facts);
  return partyId;
};

const file = (by: TestCaller, sent: object = body, key: string = newId()): Promise<Answered> => by.post('/applications', sent, { 'idempotency-key': key });

const rowsOf = <T>(text: string, values: readonly unknown[] = []): Promise<T[]> => asOwner(api.database, async (client) => (await client.query(text, [...values])).rows as T[]);

test('of many who file in one moment each has an own case with its events, its task and its trail', async () => {
  // The rules say yes, no and unknown among them.
  const kinds = [{}, { 学历: '专科' }, undefined];
  const people: string[] = [];
  for (let at = 0; at < 9; at++) people.push(await addPerson(kinds[at % kinds.length]));
  const before = await rowsOf<{ id: string }>('select distinct xmin::text as id from cases');
  const answers = await Promise.all(people.map((partyId) => file(api.person(partyId))));
  expect(answers.map(({ status }) => status)).toEqual(people.map(() => 201));
  const cases = await rowsOf<{ case_id: string; subject_id: string; case_number: string; engine_status: string; events: number; tasks: number; entries: number; transaction: string }>(`
    select c.case_id, c.subject_id, c.case_number, c.engine_status, c.xmin::text as transaction,
      (select count(*)::int from case_events e where e.case_id = c.case_id and e.data ->> 'subjectId' = c.subject_id::text) as events,
      (select count(*)::int from case_tasks t where t.case_id = c.case_id) as tasks,
      (select count(*)::int from audit_entries a join audit_queue q using (tenant_id, entry_id) where a.object_id = c.application_id::text and a.action = 'applications.file'
        and a.capacity ->> 'partyId' = c.subject_id::text) as entries
    from cases c where c.subject_id = any($1::uuid[])`, [people]);
  expect(cases).toHaveLength(people.length);
  for (const [at, partyId] of people.entries()) {
    const [item] = answers[at]?.body.items ?? [];
    const own = cases.find(({ subject_id }) => subject_id === partyId);
    expect(own).toMatchObject({ case_id: item.caseId, case_number: item.caseNumber, engine_status: item.engineStatus, events: 1, tasks: 1, entries: 1 });
    expect(item.outcome).toBe('filed');
  }
  expect(new Set(cases.map(({ engine_status }) => engine_status)).size).toBe(3);
  expect(new Set(cases.map(({ case_number }) => case_number)).size).toBe(people.length);
  // They did share transactions, or this test would tell nothing.
  const transactions = new Set(cases.map(({ transaction }) => transaction));
  expect(transactions.size).toBeLessThan(people.length);
  expect(before.some(({ id }) => transactions.has(id))).toBe(false);
});

test('one person, benefit and time stay one case, one key one answer, and whoever is refused among them spoils nothing', async () => {
  const [first, second, wrong] = [await addPerson(), await addPerson(), await addPerson()];
  const [own, other] = [api.person(first), api.person(second)];
  const key = newId();
  const [a, b, c, again, d, unfit, nobody, notPermitted] = await Promise.all([
    file(own), file(own), file(own, body, key), file(own, body, key), file(other), file(api.person(wrong), { ...body, facts: { 没有这一项: 1 } }),
    file(api.anyone()), file(api.officer('changyi-hrss', 'reviewer'), { ...body, subjectId: first }),
  ]);
  expect([nobody, notPermitted].map(({ status }) => status)).toEqual([401, 403]);
  expect(unfit.body.error.code).toBe('input-invalid');
  expect(d.body.items[0]).toMatchObject({ outcome: 'filed' });
  const outcomes: readonly string[] = [a, b, c].map((each) => each.body.items[0].outcome);
  expect([outcomes.filter((each) => each === 'filed').length, outcomes.filter((each) => each === 'exists').length]).toEqual([1, 2]);
  expect(again.raw.toString('utf8')).toBe(c.raw.toString('utf8'));
  expect([c, again].filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(1);
  const counts = await rowsOf<{ subject_id: string; count: number }>('select subject_id, count(*)::int as count from cases where subject_id = any($1::uuid[]) group by subject_id', [[first, second, wrong]]);
  expect(new Map(counts.map(({ subject_id, count }) => [subject_id, count]))).toEqual(new Map([[first, 1], [second, 1]]));
  // Nothing of a transaction that was given up is left: an application for each that was filed or found taken only while filing, none for the refused.
  const applications = await rowsOf('select from applications where applicant_id = $1', [wrong]);
  expect(applications).toEqual([]);
  const refused = await rowsOf<{ outcome: string }>(`select outcome from audit_entries where action = 'applications.file' and capacity ->> 'kind' = 'officer'`);
  expect(refused).toEqual([{ outcome: 'refused' }]);
});
