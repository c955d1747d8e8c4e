// Seeded cases on a real city: events add up to rows, tasks and decisions follow, nobody asks twice for the same, the same load again adds nothing, and one
// that was cut off is finished by the next.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asOwner } from '../../test/support/database.ts';
import { makeSeededCity, SEED, type SeededCity } from '../../test/support/seeded-city.ts';
import { foundSamplePacks } from '../../test/support/sample-decision.ts';
import { getDecision } from '../domains/decisions/index.ts';
import { openText } from '../domains/cases/seal-text.ts';
import { findCase, listEvents } from '../domains/cases/case-store.ts';
import { tasksOf } from '../domains/cases/case.ts';
import { foldAll } from '../domains/cases/fold-case.ts';
import { jobScope } from '../domains/permissions/index.ts';
import { seedCases } from '../main/seed-cases.ts';
import { inTenant } from '../storage/database.ts';
import { finishCases } from './load-cases.ts';

const PEOPLE = 500;
const CASES = 900;
const now = new Date('2026-11-21T04:00:00Z');
let city: SeededCity;
const told: string[] = [];

const load = (cases: number) =>
  seedCases({ db: city.database.db, url: city.database.ownerUrl, tenantId: city.tenantId, keysFile: city.options.keysFile, seed: SEED, cases, now, say: (zh) => void told.push(zh) });

beforeAll(async () => {
  city = await makeSeededCity({ people: PEOPLE });
  await foundSamplePacks(city);
  await load(CASES);
});
afterAll(() => city.drop());

const ask = <Row extends Record<string, unknown>>(sql: string): Promise<readonly Row[]> => asOwner(city.database, async (client) => (await client.query<Row>(sql)).rows);

test('as many as were asked for, with numbers of their counties, and told', async () => {
  const [counted] = await ask<{ cases: number; numbers: number; applications: number }>('select count(*)::integer as cases, count(distinct case_number)::integer as numbers, (select count(*)::integer from applications) as applications from cases');
  expect(counted).toEqual({ cases: CASES, numbers: CASES, applications: CASES });
  expect(await ask(`select case_number from cases where case_number !~ ('^' || jurisdiction_code || '-' || extract(year from filed_at at time zone 'Asia/Shanghai') || '-[0-9]{6}$')`)).toEqual([]);
  const last = await ask<{ jurisdiction_code: string; year: number; last_number: number; most: number }>(
    `select n.jurisdiction_code, n.year, n.last_number, max(split_part(c.case_number, '-', 3)::integer) as most from case_numbers n join cases c on c.case_number like n.jurisdiction_code || '-' || n.year || '-%' group by 1, 2, 3`,
  );
  expect(last.length).toBeGreaterThan(10);
  expect(last.filter(({ last_number, most }) => last_number !== most)).toEqual([]);
  expect(told.some((line) => line.startsWith(`办件：${CASES} / ${CASES}`))).toBe(true);
});

test('events add up to each row, and what waits for whom follows from it', async () => {
  const scope = jobScope(city.tenantId, 'test', 'case.read');
  const ids = await ask<{ case_id: string }>('select case_id from cases order by case_id');
  const kinds = new Set<string>();
  await inTenant(city.database.db, city.tenantId, async (tx) => {
    for (const { case_id: caseId } of ids.filter((_, at) => at % 3 === 0)) {
      const row = await findCase(tx, scope, caseId);
      const events = await listEvents(tx, scope, caseId);
      for (const { kind } of events) kinds.add(kind);
      expect({ ...foldAll(events), caseId }).toEqual(row);
      expect(events.map(({ at }) => at.getTime())).toEqual(events.map(({ at }) => at.getTime()).toSorted((a, b) => a - b));
      const tasks = await tx.selectFrom('case_tasks').selectAll().where('tenant_id', '=', city.tenantId).where('case_id', '=', caseId).orderBy('department_id').execute();
      const expected = row === undefined ? [] : tasksOf(row).toSorted((a, b) => (a.departmentId < b.departmentId ? -1 : 1));
      expect(tasks.map((task) => [task.department_id, task.act, task.assignee_id, task.due_on, task.status, task.jurisdiction_code, task.policy_id, task.benefit_id])).toEqual(
        expected.map((task) => [task.departmentId, task.act, task.assigneeId, task.dueOn, row?.status, row?.jurisdictionCode, row?.policyId, row?.benefitId]),
      );
    }
  });
  for (const kind of ['filed', 'accepted', 'opinion-given', 'review-ended', 'granted', 'refused', 'declined', 'supplement-asked', 'settled', 'withdrawn']) expect([...kinds]).toContain(kind);
});

test('of one person, benefit and time there is one case, of one matter one benefit, and cases are in many states', async () => {
  expect(await ask('select subject_id, policy_id, benefit_id, period from cases group by 1, 2, 3, 4 having count(*) > 1')).toEqual([]);
  const living = ['living-subsidy', 'high-end-living', 'professional-return', 'student-return-subsidy'].map((id) => `'${id}'`).join(', ');
  expect(await ask(`select subject_id from cases where policy_id = 'jilin-city-2021' and benefit_id in (${living}) group by 1 having count(*) > 1`)).toEqual([]);
  const states = await ask<{ status: string; cases: number }>('select status, count(*)::integer as cases from cases group by 1 order by 2 desc');
  expect(states[0]?.status).toBe('settled');
  expect(states.map(({ status }) => status)).toEqual(expect.arrayContaining(['settled', 'in-review', 'refused', 'not-accepted', 'withdrawn', 'filed']));
});

test('what was written can be read', async () => {
  const [text] = await asOwner(city.database, async (client) => (await client.query<{ case_id: string; text_id: string; text_sealed: Uint8Array }>('select case_id, text_id, text_sealed from case_texts order by text_id limit 1')).rows);
  expect(openText(city.tools.protector, city.tenantId, { caseId: text?.case_id ?? '', textId: text?.text_id ?? '' }, text?.text_sealed ?? new Uint8Array())).toContain('（样例）');
});

test('every decided case has its decision, which is what was signed, with numbers counted without gaps', async () => {
  const decided = await ask<{ case_id: string; decision_id: string; granted_fen: number | null; status: string; decision: string | null }>(
    `select c.case_id, c.decision_id, c.granted_fen::float8 as granted_fen, c.status, d.kind as decision from cases c left join decisions d on d.decision_id = c.decision_id and d.case_id = c.case_id and d.party_id = c.subject_id
     where c.decision_id is not null or c.status in ('refused', 'granted', 'in-publication', 'settled', 'revoked') order by c.case_id`,
  );
  expect(decided.length).toBeGreaterThan(CASES / 2);
  expect(decided.filter(({ status, decision }) => decision !== (status === 'refused' || status === 'in-appeal' ? 'refuse' : status === 'revoked' ? 'revoke' : 'grant'))).toEqual([]);
  expect(await ask('select count(*) filter (where kind = $$revoke$$ and follows_decision_id is null)::integer as loose from decisions')).toEqual([{ loose: 0 }]);
  expect(await ask('select department_id, number_year from decisions group by 1, 2 having count(*) <> max(number_count) or count(distinct number) <> count(*) or min(number_count) <> 1')).toEqual([]);
  const scope = jobScope(city.tenantId, 'test', 'decision.read');
  await inTenant(city.database.db, city.tenantId, async (tx) => {
    for (const { case_id: caseId, decision_id: decisionId, granted_fen: fen, status } of decided.filter((_, at) => at % 20 === 0)) {
      const decision = await getDecision(tx, scope, { protector: city.tools.protector }, decisionId);
      expect(decision).toMatchObject({ caseId, isIntact: true, amountFen: status === 'revoked' ? null : fen });
      expect(decision.letter.reasons).toContain('（样例）');
    }
  });
});

test('a load that is cut off while indexes are away is finished by the next one, with nothing twice and all of them back', async () => {
  const guards = `select conname as name from pg_constraint where conrelid = any('{cases,applications,case_events,case_texts,case_tasks,decisions}'::regclass[]) union all select indexname from pg_indexes where schemaname = current_schema() order by 1`;
  const before = await ask(guards);
  await asOwner(city.database, (client) => client.query('truncate cases, applications, case_events, case_texts, case_tasks, decisions cascade'));
  const wish = { url: city.database.ownerUrl, db: city.database.db, tenantId: city.tenantId, keysFile: city.options.keysFile, seed: SEED, now };
  const cut = seedCases({
    ...wish,
    cases: 300,
    say: (zh) => {
      if (zh.startsWith('建索引')) throw new Error('cut off');
    },
  });
  await expect(cut).rejects.toThrow('cut off');
  expect(await ask('select to_regclass($$seed_suspended_cases$$) is not null as found')).toEqual([{ found: true }]);
  expect(await load(CASES)).toMatchObject({ cases: CASES });
  expect(await ask('select count(*)::integer as cases, count(distinct case_number)::integer as numbers, count(distinct case_id)::integer as ids from cases')).toEqual([{ cases: CASES, numbers: CASES, ids: CASES }]);
  expect(await ask(guards)).toEqual(before);
  await asOwner(city.database, (client) => client.query('create table seed_suspended_cases (place integer primary key, kind text not null, table_name text not null, name text not null, definition text not null)'));
  await finishCases(city.database.ownerUrl);
  expect(await ask('select to_regclass($$seed_suspended_cases$$) is not null as found')).toEqual([{ found: false }]);
});

test('the same load again adds nothing, and the wall stands', async () => {
  expect(await load(CASES)).toMatchObject({ cases: CASES, already: CASES });
  const [counted] = await ask<{ cases: number }>('select count(*)::integer as cases from cases');
  expect(counted).toEqual({ cases: CASES });
  const walls = await ask<{ relname: string }>(`select relname from pg_class where relname in ('cases', 'applications', 'case_events', 'case_texts', 'case_tasks', 'decisions') and relforcerowsecurity`);
  expect(walls).toHaveLength(6);
});
