// Whatever the engine says of its amount, a grant is paid by its benefit's own schedule; where that gives no days, somebody names them.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi } from '../../../test/support/api.ts';
import { enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { bringToDecision, caseOfficers, type CaseOfficers, command, done, fileCase, filingTime, recordGraduate } from '../../../test/support/sample-case.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import type { Vocabulary } from '../../policy/index.ts';
import { layOutGrant } from './lay-out-grant.ts';

describe('pure', () => {
  const vocabulary = { subject: 'person', facts: [{ name: '合同起始日' }, { name: '用人单位.注册日期' }] } as unknown as Vocabulary;
  const of = (amountFen: number, schedule: { count: number; months: number; start: number }, facts: Readonly<Record<string, unknown>>) =>
    layOutGrant(amountFen, { schedule, subject: { facts }, vocabulary, wished: undefined, today: '2026-07-01' });

  test('no fen is lost, the shares differ by one fen at most, and the days follow one another from the day that the schedule counts from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000_000 }), fc.integer({ min: 1, max: 60 }), fc.constantFrom(1, 3, 6, 12), (amountFen, count, months) => {
        const parts = of(amountFen, { count, months, start: 0 }, { 合同起始日: '2024-01-31' });
        expect(parts.reduce((sum, { fen }) => sum + fen, 0)).toBe(amountFen);
        expect(parts).toHaveLength(Math.min(count, amountFen));
        const fens = parts.map(({ fen }) => fen);
        expect(Math.max(...fens) - Math.min(...fens)).toBeLessThanOrEqual(1);
        const days = parts.map(({ due }) => due);
        expect([...new Set(days)].sort()).toEqual(days);
        expect((days[0] ?? '') > '2024-01-31').toBe(true);
      }),
    );
  });

  test('counted from a fact of the employer too', () => {
    expect(of(300, { count: 2, months: 12, start: 1 }, { 用人单位: { 注册日期: '2025-02-28' } })).toEqual([{ due: '2026-02-28', fen: 150 }, { due: '2027-02-28', fen: 150 }]);
  });
});

describe('through the interface', () => {
  let api: TestApi;
  let officers: CaseOfficers;
  beforeAll(async () => {
    api = await startApi();
    await foundSamplePacks(api);
    api.setNow(filingTime);
    officers = caseOfficers(api);
  });
  afterAll(() => api.stop());

  /** A case of the sample benefit that waits for its decision, of somebody of whom other things are known. */
  async function waiting(facts: Readonly<Record<string, unknown>>): Promise<string> {
    const partyId = await enterPerson(api.officer('city-hrss', 'intake'), { name: '张三一', number: sampleNumber({ birthDate: '1999-05-05' }) });
    await recordGraduate(api, partyId, facts);
    const caseId = await fileCase(api, partyId);
    await bringToDecision(officers, caseId);
    return caseId;
  }
  const decide = (caseId: string, body: Readonly<Record<string, unknown>>): Promise<Answered> => command(officers.approver, caseId, 'decision', { outcome: 'grant', reason: '会商同意。', ...body });
  const instalments = async (caseId: string): Promise<unknown> =>
    ((await api.officer('changyi-hrss', 'finance').get(`/instalments?caseId=${caseId}&limit=50`)).body.items as readonly { dueOn: string; amountFen: number }[]).map(({ dueOn, amountFen }) => [dueOn, amountFen]);
  const years = [2025, 2026, 2027, 2028, 2029].map((year) => `${year}-07-01`);

  test.each([
    ['an amount that is open between two', { 毕业院校: undefined }, { status: 'yes', amount: { kind: 'range' } }, 6_000_001],
    ['an answer that is no', { 入住人才公寓: true }, { status: 'no' }, 6_000_001],
    ['an answer that is not known', { 初次就业: undefined }, { status: 'unknown' }, 12_000_000],
  ] as const)('%s: what the approver states is paid by the schedule of the benefit', async (_, facts, told, amountFen) => {
    const caseId = await waiting(facts);
    expect((await officers.approver.get(`/cases/${caseId}/explanation`)).body).toMatchObject(told);
    expect(await decide(caseId, { amountFen })).toMatchObject({ status: 200 });
    const fifth = Math.floor(amountFen / 5);
    expect(await instalments(caseId)).toEqual(years.map((due, at) => [due, at === 0 ? amountFen - 4 * fifth : fifth]));
  });

  test('where the day that the schedule counts from is not known, the approver has to name days that add up', async () => {
    const caseId = await waiting({ 合同起始日: undefined });
    const open = await decide(caseId, { amountFen: 12_000_000 });
    expect(open).toMatchObject({ status: 422, body: { error: { code: 'case-days-open', message: '还不知道“合同起始日”，各期哪天发算不出来。请先登记它，或者在决定里写明各期的日期和金额。' } } });
    const named = [{ due: '2027-07-01', fen: 5_000_000 }, { due: '2026-07-01', fen: 7_000_000 }];
    expect(await decide(caseId, { amountFen: 12_000_001, instalments: named })).toMatchObject({ status: 422, body: { error: { code: 'case-change-sum' } } });
    for (const due of ['1999-01-01', '2099-01-01']) expect(await decide(caseId, { amountFen: 100, instalments: [{ due, fen: 100 }] })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'instalments.0.due' }] } } });
    expect(await decide(caseId, { amountFen: 12_000_000, instalments: named })).toMatchObject({ status: 200 });
    expect(await instalments(caseId)).toEqual([['2026-07-01', 7_000_000], ['2027-07-01', 5_000_000]]);
  });

  test('days that the document gives are not named anew', async () => {
    const caseId = await waiting({});
    expect(await decide(caseId, { instalments: [{ due: '2026-07-01', fen: 12_000_000 }] })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'instalments' }] } } });
    expect((await done(officers.approver, caseId, 'decision', { outcome: 'grant', reason: '条件都符合。' })).status).toBe('granted');
    expect(await instalments(caseId)).toEqual(years.map((due) => [due, 2_400_000]));
  });
});
