// What a revoked grant paid and nobody asked back is seen before a later grant of the same benefit pays it again.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addBareCase } from '../../../test/support/bare-case.ts';
import { asOwner } from '../../../test/support/database.ts';
import { fine, type Payable, type PayableCity, payDay, payMoment, sampleFund, settledProgress, startPayableCity } from '../../../test/support/payable-city.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import { newId } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { coveredBy } from './paid-before.ts';
import { cancelSchedule, scheduleInstalments } from './schedule-instalments.ts';

test('an amount covers the first instalments until it is used up, and no more of them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 8 }), fc.nat({ max: 3000 }), fc.nat(), (fens, givenFen, which) => {
      const schedule = fens.map((amountFen, at) => ({ instalmentId: String(at), instalmentNumber: at + 1, caseId: 'c', decisionId: 'd', dueOn: `20${30 + at}-07-01`, amountFen, state: at === which % fens.length ? ('cancelled' as const) : ('waiting' as const) }));
      const covered = schedule.map((row) => coveredBy(givenFen, row, [...schedule].reverse()));
      const count = covered.filter(Boolean).length;
      expect(covered).toEqual(fens.map((_, at) => at < count));
      const sum = (to: number): number => fens.slice(0, to).reduce((total, fen) => total + fen, 0);
      // One less would not use it up.
      expect(sum(Math.max(0, count - 1))).toBeLessThanOrEqual(Math.max(0, givenFen - (givenFen > 0 ? 1 : 0)));
      expect(count === fens.length || sum(count) >= givenFen).toBe(true);
    }),
  );
  // What an earlier decision of the case cancelled covers nothing.
  const row = { instalmentId: 'b', instalmentNumber: 2, caseId: 'c', decisionId: 'later', dueOn: '2031-07-01', amountFen: 10, state: 'waiting' as const };
  const changed = { ...row, instalmentId: 'a', instalmentNumber: 1, decisionId: 'earlier', dueOn: '2030-07-01', state: 'cancelled' as const };
  expect([coveredBy(10, row, [changed, row]), coveredBy(10, row, [{ ...changed, decisionId: 'later' }, row])]).toEqual([true, false]);
});

describe('in a city', () => {
  let city: PayableCity;
  beforeAll(async () => {
    city = await startPayableCity();
    await foundSamplePacks(city.api);
  });
  afterAll(() => city.api.stop());

  const schedule = () => jobScope(city.api.tenantId, 'test', 'payment.schedule');
  const setStatus = (caseId: string, status: string) => asOwner(city.api.database, (client) => client.query('update cases set status = $2 where case_id = $1', [caseId, status]));

  /** Somebody whose first instalment was paid before the grant was revoked. */
  async function revokedAfterOne(): Promise<Payable & { readonly paymentId: string }> {
    const granted = await city.grant({ fens: [24_000_00, 24_000_00] });
    const { batchId, payments } = await city.sent(granted.caseId);
    fine(await city.answer(batchId, [{ paymentNumber: payments[0].paymentNumber as string, fen: 24_000_00, result: '成功' }]));
    await setStatus(granted.caseId, 'revoked');
    await city.inCity((tx) => cancelSchedule(tx, schedule(), city.api.parts.payments, granted.caseId, 'revoked', payMoment));
    return { ...granted, paymentId: payments[0].paymentId as string };
  }

  /** Grants the same person again; both instalments are due. */
  async function grantAgain({ partyId, employerId }: Payable, benefitId = 'living-subsidy'): Promise<string> {
    const caseId = await addBareCase(city.api, partyId, { status: 'settled', employer_id: employerId, progress: settledProgress(city.api.departments['changyi-hrss'], []), benefit_id: benefitId, period: '2027' });
    const instalments = [payDay, payDay].map((due, at) => ({ no: at + 1, due, fen: 24_000_00, shares: [{ fund: sampleFund, jurisdictionCode: '220202', fen: 24_000_00 }] }));
    const decision = { decisionId: newId(), caseId, partyId, employerId, caseNumber: `再次-${caseId.slice(-8)}`, policyId: 'jilin-city-2021', benefitId, jurisdictionCode: '220202', checks: [], instalments };
    await city.inCity((tx) => scheduleInstalments(tx, schedule(), city.api.parts.payments, decision, payMoment));
    await city.check();
    return caseId;
  }
  const states = async (caseId: string): Promise<readonly string[]> => (await city.instalments(caseId)).map(({ state }) => state as string);
  const doubtsOf = async (caseId: string) => (await city.finance[0].get('/payment-doubts?status=open&limit=200')).body.items.filter((one: { caseId: string }) => one.caseId === caseId);

  test('as much as was paid is in doubt, with the earlier case and its sum; asked back, it is no longer', async () => {
    const before = await revokedAfterOne();
    const caseId = await grantAgain(before);
    expect(await states(caseId)).toEqual(['in-doubt', 'ready']);
    const [doubt, ...more] = await doubtsOf(caseId);
    expect(more).toEqual([]);
    expect(doubt).toMatchObject({ kind: 'paid-before', isPassable: true, aboutId: before.caseId, earlier: { caseId: before.caseId, caseNumber: `样例-${before.caseId.slice(-8)}`, fen: 24_000_00 } });
    const sheet = fine(await city.finance[0].get('/payment-doubts/export?format=csv&status=open&kind=paid-before'));
    expect(sheet.raw.toString('utf8')).toContain(`样例-${before.caseId.slice(-8)},24000.00`);
    const asked = fine(await city.finance[0].post('/repayments', { payments: [{ paymentId: before.paymentId }], document: '样〔2026〕1号', reason: '撤销了' }));
    fine(await city.finance[1].post(`/repayments/${asked.body.repaymentId}/demand`));
    fine(await city.finance[0].post('/instalments/checks', { instalmentIds: [doubt.instalmentId] }));
    expect(await states(caseId)).toEqual(['ready', 'ready']);
    expect(fine(await city.finance[0].post(`/repayments/${asked.body.repaymentId}/offsets`, { instalmentId: doubt.instalmentId })).body).toMatchObject({ state: 'settled', offsetFen: 24_000_00 });
  });

  test('not paid for that reason, the next instalment does not stand for the same money; passed with a reason, it is paid', async () => {
    const before = await revokedAfterOne();
    const cancelled = await grantAgain(before);
    fine(await city.finance[0].post(`/payment-doubts/${(await doubtsOf(cancelled))[0].doubtId}/settlement`, { as: 'cancel', reason: '以前付过' }));
    await city.finance[0].post('/instalments/checks', { instalmentIds: (await city.instalments(cancelled)).map(({ instalmentId }) => instalmentId as string) });
    expect(await states(cancelled)).toEqual(expect.arrayContaining(['cancelled', 'ready']));

    const passed = await grantAgain(await revokedAfterOne());
    fine(await city.finance[0].post(`/payment-doubts/${(await doubtsOf(passed))[0].doubtId}/settlement`, { as: 'pay', reason: '两段都应得' }));
    const { payments } = await city.sent(passed);
    expect(payments).toHaveLength(2);
  });

  test('what was paid for another benefit of the same matter is in doubt too', async () => {
    const before = await revokedAfterOne();
    const caseId = await grantAgain(before, 'student-return-subsidy');
    expect(await states(caseId)).toEqual(['in-doubt', 'ready']);
    expect(await doubtsOf(caseId)).toMatchObject([{ kind: 'paid-before', earlier: { caseId: before.caseId, fen: 24_000_00 } }]);
  });

  test('what another benefit paid, a case that still holds, or one of which nothing was paid is no such doubt', async () => {
    const before = await revokedAfterOne();
    expect(await states(await grantAgain(before, 'home-subsidy'))).toEqual(['ready', 'ready']);
    await setStatus(before.caseId, 'settled');
    expect(await states(await grantAgain(before))).toEqual(['ready', 'ready']);
    const unpaid = await city.grant();
    await setStatus(unpaid.caseId, 'revoked');
    await city.inCity((tx) => cancelSchedule(tx, schedule(), city.api.parts.payments, unpaid.caseId, 'revoked', payMoment));
    expect(await states(await grantAgain(unpaid))).toEqual(['ready', 'ready']);
  });
});
