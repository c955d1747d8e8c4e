// The ledger by its use cases, on the real database: budgets, commitments, payments, recoveries, what is refused, and what a check finds.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectConsole } from '../../../test/support/collect-console.ts';
import { asOwner, makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { operate } from '../../main/operate/operate.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import { type Capacity, jobScope, scopeFor } from '../permissions/index.ts';
import {
  beginPayment, checkLedger, commit, confirmBudget, demand, failPayment, type FundState, fundStates, listEntries, listParts, type NewTransfer, openYear, type Pot, release, returnPayment, setBudget, settleDemand,
  settlePayment, splitByShare, transfer, withdrawBudget, writeOff,
} from './index.ts';

let database: TestDatabase;
let tenantId: number;
let otherTenant: number;
let funds = 0;
beforeAll(async () => {
  database = await makeTestDatabase({ connections: 12 });
  tenantId = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }, { code: '220203', name: '龙潭区' }] });
  otherTenant = await makeTenant(database, { code: 'second', jurisdictions: [{ code: '220202', name: '昌邑区' }] });
});
afterAll(() => database.drop());

const now = new Date('2026-11-21T04:00:00Z');
const inCity = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(database.db, tenantId, work);
const pay = () => jobScope(tenantId, 'test', 'ledger.pay');
const promise = () => jobScope(tenantId, 'test', 'ledger.commit');
const read = () => jobScope(tenantId, 'test', 'ledger.read');
const check = () => inCity((tx) => checkLedger(tx, jobScope(tenantId, 'test', 'ledger.check')));

/** A fund that no other test uses. */
const freshPot = (more: Partial<Pot> = {}): Pot => ({ unit: 'fen', jurisdictionCode: '220202', fund: `样例资金${++funds}`, year: 2026, ...more });
const open = (pot: Pot, amount: number) =>
  inCity((tx) => openYear(tx, jobScope(tenantId, 'test', 'budget.record'), { ...pot, amount, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() }, now));
const state = async (pot: Pot): Promise<FundState | undefined> =>
  (await inCity((tx) => fundStates(tx, read(), { unit: pot.unit, jurisdictionCode: pot.jurisdictionCode, fund: pot.fund, fromYear: pot.year, toYear: pot.year })))[0];
const promised = async (pot: Pot, amount: number): Promise<string> => {
  const partId = newId();
  await inCity((tx) => commit(tx, promise(), { caseId: newId(), decisionId: newId(), parts: [{ ...pot, partId, amount }] }, now));
  return partId;
};
const begin = (paymentId: string, partId: string, amount?: number) => inCity((tx) => beginPayment(tx, pay(), { payments: [{ paymentId, parts: [{ partId, amount }] }] }, now));
const paid = async (partId: string): Promise<string> => {
  const paymentId = newId();
  await begin(paymentId, partId);
  await inCity((tx) => settlePayment(tx, pay(), { paymentIds: [paymentId] }, now));
  return paymentId;
};
const officer = (...roles: ('finance' | 'leader')[]): Extract<Capacity, { kind: 'officer' }> => ({ kind: 'officer', departmentId: newId(), codes: ['220202'], roles });
const as = (capacity: Capacity, accountId = newId()) => ({ tenantId, actor: { accountId, sessionId: newId(), capacity } });

describe('budgets', () => {
  test('are proposed by one and confirmed by another; the year is open from then on, with what was promised of it before', async () => {
    const pot = freshPot();
    await promised(pot, 30_000);
    expect(await state(pot)).toMatchObject({ isOpen: false, budget: 0, free: -30_000, committed: 30_000 });
    const [one, two] = [as(officer('finance')), as(officer('finance', 'leader'))];
    const budget = await inCity((tx) => setBudget(tx, scopeFor(one, 'budget.propose'), { ...pot, amount: 100_000, reference: '样财〔2026〕2号' }, now));
    expect(budget).toMatchObject({ state: 'proposed', before: null });
    await expect(inCity((tx) => setBudget(tx, scopeFor(two, 'budget.propose'), { ...pot, amount: 1, reference: '样财〔2026〕3号' }, now))).rejects.toMatchObject({ code: 'budget-proposed' });
    await expect(inCity((tx) => confirmBudget(tx, scopeFor(one, 'budget.confirm'), budget.budgetId, now))).rejects.toMatchObject({ code: 'own-hands-refused' });
    // Nothing counts before.
    expect(await state(pot)).toMatchObject({ isOpen: false, free: -30_000 });
    expect(await inCity((tx) => confirmBudget(tx, scopeFor(two, 'budget.confirm'), budget.budgetId, now))).toMatchObject({ committedBefore: 30_000, budget: { state: 'confirmed' } });
    expect(await state(pot)).toMatchObject({ isOpen: true, budget: 100_000, free: 70_000, committed: 30_000 });
    await expect(inCity((tx) => confirmBudget(tx, scopeFor(two, 'budget.confirm'), budget.budgetId, now))).rejects.toMatchObject({ code: 'settled-already' });
    await expect(inCity((tx) => setBudget(tx, scopeFor(one, 'budget.propose'), { ...pot, amount: 100_000, reference: '样财〔2026〕3号' }, now))).rejects.toMatchObject({ code: 'budget-same' });
    // Raised and cut: the whole year's number each time.
    for (const amount of [150_000, 40_000]) {
      const next = await inCity((tx) => setBudget(tx, scopeFor(one, 'budget.propose'), { ...pot, amount, reference: '样财〔2026〕4号' }, now));
      await inCity((tx) => confirmBudget(tx, scopeFor(two, 'budget.confirm'), next.budgetId, now));
      expect(await state(pot)).toMatchObject({ budget: amount, free: amount - 30_000, committed: 30_000 });
    }
  });

  test('never come to less than what is promised, paid or owed', async () => {
    const pot = freshPot({ unit: 'post' });
    await promised(pot, 7);
    await expect(open(pot, 6)).rejects.toMatchObject({ code: 'budget-below-committed', values: { committed: '7' } });
    await open(pot, 8);
    await expect(open(pot, 6)).rejects.toMatchObject({ code: 'budget-below-committed' });
    expect(await state(pot)).toMatchObject({ budget: 8, free: 1, committed: 7 });
  });

  test('that were set meanwhile, taken back, or are somebody else’s are not confirmed', async () => {
    const pot = freshPot();
    const [one, two] = [as(officer('finance')), as(officer('leader'))];
    const propose = (amount: number) => inCity((tx) => setBudget(tx, scopeFor(one, 'budget.propose'), { ...pot, amount, reference: '样财〔2026〕5号' }, now));
    const first = await propose(10);
    await open(pot, 5);
    await expect(inCity((tx) => confirmBudget(tx, scopeFor(two, 'budget.confirm'), first.budgetId, now))).rejects.toMatchObject({ code: 'budget-before-changed' });
    expect(await inCity((tx) => withdrawBudget(tx, scopeFor(two, 'budget.confirm'), first.budgetId, now))).toMatchObject({ state: 'withdrawn' });
    await expect(inCity((tx) => confirmBudget(tx, scopeFor(two, 'budget.confirm'), first.budgetId, now))).rejects.toMatchObject({ code: 'settled-already' });
    const second = await propose(10);
    const neighbour = as({ ...officer('finance', 'leader'), codes: ['220203'] });
    await expect(inCity((tx) => confirmBudget(tx, scopeFor(neighbour, 'budget.confirm'), second.budgetId, now))).rejects.toMatchObject({ code: 'not-found' });
    await expect(inCity((tx) => setBudget(tx, scopeFor(neighbour, 'budget.propose'), { ...pot, amount: 9, reference: '样财〔2026〕6号' }, now))).rejects.toMatchObject({ code: 'not-found' });
    await expect(inCity((tx) => openYear(tx, jobScope(tenantId, 'test', 'budget.record'), { ...pot, amount: 9, reference: '样', proposedBy: tenantAccount, confirmedBy: tenantAccount }, now))).rejects.toMatchObject({ code: 'own-hands-refused' });
    // Two people are what the database asks for too.
    await expect(
      asOwner(database, (client) => client.query(`update ledger_budgets set state = 'confirmed', settled_at = now(), settled_by = proposed_by where budget_id = $1`, [second.budgetId])),
    ).rejects.toMatchObject({ constraint: 'ledger_budgets_two_people' });
  });
  const tenantAccount = newId();
});

describe('floors', () => {
  test('hold while many commit at once: exactly as many are taken as there is money for', async () => {
    const pot = freshPot();
    await open(pot, 1000);
    const outcomes = await Promise.allSettled(Array.from({ length: 24 }, () => promised(pot, 90)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused).toHaveLength(13);
    expect(refused.every((error) => (error as { code: string }).code === 'ledger-floor')).toBe(true);
    expect(refused[0]).toMatchObject({ values: { fund: pot.fund, year: 2026, available: '¥0.10', needed: '¥0.90' } });
    expect(await state(pot)).toMatchObject({ free: 10, committed: 990 });
  });

  test('are the database’s own, as is that nothing is ever edited', async () => {
    const pot = freshPot();
    await open(pot, 100);
    const partId = await promised(pot, 40);
    const say = (statement: string) => inCity((tx) => sql.raw(statement).execute(tx));
    const free = `role = 'free' and fund = '${pot.fund}'`;
    await expect(say(`update ledger_accounts set debited = debited + 61 where ${free}`)).rejects.toMatchObject({ constraint: 'ledger_accounts_floor' });
    await expect(say(`update ledger_accounts set held = held + 61 where ${free}`)).rejects.toMatchObject({ constraint: 'ledger_accounts_floor' });
    await expect(say(`update ledger_parts set paying = 41, committed = -1 where part_id = '${partId}'`)).rejects.toMatchObject({ code: '23514' });
    await expect(say(`update ledger_parts set paid = 1 where part_id = '${partId}'`)).rejects.toMatchObject({ constraint: 'ledger_parts_whole' });
    const denied = [
      `update ledger_transfers set amount = 1`, `delete from ledger_transfers`, `delete from ledger_accounts`, `update ledger_accounts set fund = 'x'`, `update ledger_accounts set unit = 'post'`,
      `delete from ledger_parts`, `update ledger_parts set amount = 1`, `delete from ledger_budgets`, `update ledger_budgets set amount = 1`,
    ];
    for (const statement of denied) await expect(say(statement)).rejects.toMatchObject({ code: '42501' });
  });

  test('leave the transaction as it was where they refuse, so that others of a batch go on', async () => {
    const pot = freshPot();
    await open(pot, 100);
    const codes: string[] = [];
    await inCity(async (tx) => {
      for (const amount of [60, 50, 40]) {
        await commit(tx, promise(), { caseId: newId(), decisionId: newId(), parts: [{ ...pot, partId: newId(), amount }] }, now).catch((error: { code: string }) => void codes.push(error.code));
      }
    });
    expect(codes).toEqual(['ledger-floor']);
    expect(await state(pot)).toMatchObject({ free: 0, committed: 100 });
  });

  test('hold for a list as a whole: all or nothing', async () => {
    const [one, two] = [freshPot(), freshPot()];
    await open(one, 100);
    await open(two, 10);
    const parts = [{ ...one, partId: newId(), amount: 50 }, { ...two, partId: newId(), amount: 11 }];
    await expect(inCity((tx) => commit(tx, promise(), { caseId: newId(), decisionId: newId(), parts }, now))).rejects.toMatchObject({ code: 'ledger-floor' });
    expect([await state(one), await state(two)]).toMatchObject([{ free: 100 }, { free: 10 }]);
    await expect(inCity((tx) => commit(tx, promise(), { caseId: newId(), decisionId: newId(), parts: [{ ...one, jurisdictionCode: '220299', partId: newId(), amount: 1 }] }, now))).rejects.toMatchObject({ code: 'jurisdiction-unknown' });
    await expect(inCity((tx) => commit(tx, promise(), { caseId: newId(), decisionId: newId(), parts: [{ ...one, partId: newId(), amount: 0.5 }] }, now))).rejects.toThrow(RangeError);
  });
});

describe('payments', () => {
  test('go from committed over the bank to paid, and back where money returned', async () => {
    const pot = freshPot();
    await open(pot, 1000);
    const partId = await promised(pot, 400);
    const [failed, made] = [newId(), newId()];
    await begin(failed, partId);
    expect(await state(pot)).toMatchObject({ free: 600, committed: 0, paying: 400, paid: 0 });
    await inCity((tx) => failPayment(tx, pay(), { paymentIds: [failed] }, now));
    expect(await state(pot)).toMatchObject({ committed: 400, paying: 0 });
    await begin(made, partId);
    await inCity((tx) => settlePayment(tx, pay(), { paymentIds: [made] }, now));
    expect(await state(pot)).toMatchObject({ committed: 0, paying: 0, paid: 400 });
    // Sent again, by whoever: nothing.
    await begin(made, partId);
    await inCity((tx) => settlePayment(tx, pay(), { paymentIds: [made] }, now));
    await inCity((tx) => failPayment(tx, pay(), { paymentIds: [failed] }, now));
    await expect(inCity((tx) => failPayment(tx, pay(), { paymentIds: [made] }, now))).rejects.toMatchObject({ code: 'ledger-conflict' });
    await expect(inCity((tx) => settlePayment(tx, pay(), { paymentIds: [failed] }, now))).rejects.toMatchObject({ code: 'ledger-conflict' });
    await expect(inCity((tx) => settlePayment(tx, pay(), { paymentIds: [newId()] }, now))).rejects.toMatchObject({ code: 'not-found' });
    await expect(inCity((tx) => returnPayment(tx, pay(), { paymentIds: [failed] }, now))).rejects.toMatchObject({ code: 'ledger-not-paid' });
    expect(await state(pot)).toMatchObject({ committed: 0, paying: 0, paid: 400 });
    for (const _ of [1, 2]) await inCity((tx) => returnPayment(tx, pay(), { paymentIds: [made] }, now));
    expect(await state(pot)).toMatchObject({ committed: 400, paid: 0 });
    await paid(partId);
    const entries = await inCity((tx) => listEntries(tx, read(), { partId, limit: 50 }));
    expect(entries.map(({ kind, reason, endedAs }) => `${kind} ${reason} ${endedAs}`).sort()).toEqual([
      'pending payment post', 'pending payment post', 'pending payment void', 'post payment null', 'post payment null', 'posted commitment null', 'posted payment-return null', 'void payment null',
    ]);
  });

  test('of one part are made once, whatever two officers do at the same time', async () => {
    const pot = freshPot();
    await open(pot, 100_000);
    for (let round = 0; round < 5; round++) {
      const partId = await promised(pot, 100);
      const outcomes = await Promise.allSettled([newId(), newId(), newId()].map((paymentId) => begin(paymentId, partId)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const [part] = await inCity((tx) => listParts(tx, read(), { partIds: [partId] }));
      expect(part).toMatchObject({ committed: 0, paying: 100, paid: 0 });
      const [paymentId = ''] = (await inCity((tx) => listEntries(tx, read(), { partId, kind: 'pending', limit: 1 }))).map(({ operationId }) => operationId);
      const ends = await Promise.allSettled([settlePayment, failPayment, settlePayment].map((end) => inCity((tx) => end(tx, pay(), { paymentIds: [paymentId ?? ''] }, now))));
      expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    }
    expect((await check()).findings).toEqual([]);
  });

  test('in parts: no more than what is promised, and of several parts all or none', async () => {
    const pot = freshPot();
    await open(pot, 1000);
    const [one, two] = [await promised(pot, 300), await promised(pot, 200)];
    await begin(newId(), one, 100);
    await expect(begin(newId(), one, 201)).rejects.toMatchObject({ code: 'ledger-part', values: { available: '¥2', needed: '¥2.01' } });
    const both = { paymentId: newId(), parts: [{ partId: one, amount: 200 }, { partId: two, amount: 201 }] };
    await expect(inCity((tx) => beginPayment(tx, pay(), { payments: [both] }, now))).rejects.toMatchObject({ code: 'ledger-part' });
    await inCity((tx) => beginPayment(tx, pay(), { batchId: newId(), payments: [{ ...both, parts: [{ partId: one }, { partId: two }] }] }, now));
    expect(await state(pot)).toMatchObject({ free: 500, committed: 0, paying: 500 });
    await expect(inCity((tx) => beginPayment(tx, pay(), { payments: [{ paymentId: newId(), parts: [{ partId: newId() }] }] }, now))).rejects.toMatchObject({ code: 'not-found' });
  });

  test('wait for the year’s budget', async () => {
    const pot = freshPot({ year: 2027 });
    const partId = await promised(pot, 100);
    await expect(begin(newId(), partId)).rejects.toMatchObject({ code: 'budget-missing', values: { fund: pot.fund, year: 2027 } });
    await open(pot, 100);
    await begin(newId(), partId);
    expect(await state(pot)).toMatchObject({ free: 0, paying: 100 });
  });
});

describe('what is not paid, and what was paid wrongly', () => {
  test('a release frees what is still committed, once', async () => {
    const pot = freshPot();
    await open(pot, 1000);
    const [one, two] = [await promised(pot, 300), await promised(pot, 200)];
    await begin(newId(), two, 50);
    const freed = await inCity((tx) => release(tx, promise(), { partIds: [one, two], reason: 'condition-unmet' }, now));
    expect(freed).toEqual([{ partId: one, amount: 300, stillPaying: 0 }, { partId: two, amount: 150, stillPaying: 50 }]);
    expect(await inCity((tx) => release(tx, promise(), { partIds: [one], reason: 'condition-unmet' }, now))).toEqual([{ partId: one, amount: 0, stillPaying: 0 }]);
    expect(await state(pot)).toMatchObject({ free: 950, committed: 0, paying: 50 });
    const three = await promised(pot, 500);
    const some = { releaseId: newId(), parts: [{ partId: three, amount: 200 }], reason: 'changed' as const, document: '样〔2026〕7号' };
    for (const _ of [1, 2]) await inCity((tx) => release(tx, pay(), some, now));
    expect(await state(pot)).toMatchObject({ free: 650, committed: 300 });
    await expect(inCity((tx) => release(tx, pay(), { ...some, releaseId: newId(), parts: [{ partId: three, amount: 301 }] }, now))).rejects.toMatchObject({ code: 'ledger-part' });
    await expect(inCity((tx) => release(tx, pay(), { partIds: [newId()], reason: 'lapsed' }, now))).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a demand is settled by instalments, and the rest written off by decision', async () => {
    const pot = freshPot();
    await open(pot, 1000);
    const partId = await promised(pot, 600);
    await paid(partId);
    const asked = { demandId: newId(), parts: [{ partId, amount: 500 }], document: '样〔2026〕8号' };
    for (const _ of [1, 2]) await inCity((tx) => demand(tx, pay(), asked, now));
    expect(await state(pot)).toMatchObject({ free: 400, paid: 100, receivable: 500 });
    await expect(inCity((tx) => demand(tx, pay(), { ...asked, demandId: newId() }, now))).rejects.toMatchObject({ code: 'ledger-part' });
    const receipt = (amount: number, more: object = {}) => inCity((tx) => settleDemand(tx, pay(), { settlementId: newId(), parts: [{ partId, amount }], ...more }, now));
    await receipt(200);
    await receipt(100, { freeYear: 2027 });
    await receipt(50, { isFree: false });
    await expect(receipt(151)).rejects.toMatchObject({ code: 'ledger-part' });
    await inCity((tx) => writeOff(tx, pay(), { writeOffId: newId(), parts: [{ partId, amount: 150 }], document: '样〔2026〕9号' }, now));
    expect(await state(pot)).toMatchObject({ budget: 1000, free: 600, committed: 0, paid: 100, receivable: 0, recovered: 350, writtenOff: 150 });
    expect(await state({ ...pot, year: 2027 })).toMatchObject({ isOpen: false, free: 100 });
    expect((await inCity((tx) => listParts(tx, read(), { partIds: [partId] })))[0]).toMatchObject({ amount: 600, paid: 100, receivable: 0, recovered: 350, writtenOff: 150 });
  });
});

describe('an id', () => {
  const pot = { unit: 'room-night', jurisdictionCode: '220202', fund: '样例公寓', year: 2026 } as const;
  const base: Extract<NewTransfer, { from: unknown }> = {
    transferId: newId(), kind: 'posted', unit: pot.unit, jurisdictionCode: pot.jurisdictionCode, from: { fund: pot.fund, year: 2026, role: 'free' }, to: { fund: pot.fund, year: 2026, role: 'committed' }, amount: 3,
    reason: { kind: 'use', caseId: newId(), decisionId: newId(), batchId: newId(), document: '样〔2026〕10号' },
  };

  test('stands for one content: anything else under it is refused, the same changes nothing', async () => {
    await open(pot, 30);
    const book = (each: NewTransfer) => inCity((tx) => transfer(tx, pay(), [each], now));
    await book(base);
    await book(base);
    const others: readonly Partial<typeof base>[] = [
      { amount: 4 }, { kind: 'pending' }, { unit: 'post' }, { jurisdictionCode: '220203' }, { from: { ...base.from, year: 2027 } }, { to: { ...base.to, role: 'paid' } }, { to: { ...base.to, fund: '另一资金' } },
      ...(['caseId', 'decisionId', 'batchId'] as const).map((name) => ({ reason: { ...base.reason, [name]: newId() } })), { reason: { ...base.reason, document: undefined } }, { reason: { ...base.reason, kind: 'correction' } },
    ];
    for (const other of others) await expect(book({ ...base, ...other })).rejects.toMatchObject({ code: 'ledger-conflict' });
    expect(await state(pot)).toMatchObject({ budget: 30, free: 27, committed: 3 });
    await expect(inCity((tx) => transfer(tx, pay(), [base, base], now))).rejects.toMatchObject({ code: 'ledger-conflict' });
  });

  test('of a part or a payment too', async () => {
    const money = freshPot();
    await open(money, 1000);
    const commitment = { caseId: newId(), decisionId: newId(), parts: [{ ...money, partId: newId(), amount: 10 }] };
    for (const _ of [1, 2]) await inCity((tx) => commit(tx, promise(), [commitment], now));
    await expect(inCity((tx) => commit(tx, promise(), { ...commitment, caseId: newId() }, now))).rejects.toMatchObject({ code: 'ledger-conflict' });
    await expect(inCity((tx) => commit(tx, promise(), { ...commitment, parts: [{ ...money, partId: commitment.parts[0]?.partId ?? '', amount: 11 }] }, now))).rejects.toMatchObject({ code: 'ledger-conflict' });
    expect(await state(money)).toMatchObject({ committed: 10 });
  });

  test('that is known counts once in a list with new ones', async () => {
    const fresh = { ...base, transferId: newId(), amount: 1 };
    await inCity((tx) => transfer(tx, pay(), [base, fresh], now));
    expect(await state(pot)).toMatchObject({ free: 26, committed: 4 });
    await inCity((tx) => transfer(tx, pay(), [fresh, { ...fresh, transferId: newId(), from: base.to, to: base.from }, base], now));
    expect(await state(pot)).toMatchObject({ free: 27, committed: 3 });
    const money = freshPot();
    const parts = [{ ...money, partId: newId(), amount: 10 }, { ...money, partId: newId(), amount: 20 }];
    const commitment = { caseId: newId(), decisionId: newId(), parts };
    await inCity((tx) => commit(tx, promise(), { ...commitment, parts: parts.slice(0, 1) }, now));
    await inCity((tx) => commit(tx, promise(), commitment, now));
    expect(await state(money)).toMatchObject({ committed: 30 });
  });

  test('of a pending transfer ends once, by its whole amount', async () => {
    const pending = { ...base, transferId: newId(), kind: 'pending' as const };
    const end = (kind: 'post' | 'void', pendingId = pending.transferId): NewTransfer => ({ transferId: newId(), kind, pendingId, reason: { kind: 'use' } });
    await inCity((tx) => transfer(tx, pay(), [pending], now));
    const posted = end('post');
    for (const _ of [1, 2]) await inCity((tx) => transfer(tx, pay(), [posted], now));
    for (const other of [end('void'), end('post')]) await expect(inCity((tx) => transfer(tx, pay(), [other], now))).rejects.toMatchObject({ code: 'ledger-conflict' });
    await expect(inCity((tx) => transfer(tx, pay(), [end('post', posted.transferId)], now))).rejects.toMatchObject({ code: 'not-found' });
    expect(await state(pot)).toMatchObject({ free: 24, committed: 6 });
  });
});

test('a share loses no fen, whatever the shares', () => {
  fc.assert(
    fc.property(fc.nat({ max: 1e14 }), fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 8 }).filter((weights) => weights.some((weight) => weight > 0)), (amount, weights) => {
      const parts = splitByShare(amount, weights.map((micro, at) => ({ micro, at })));
      expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(amount);
      expect(parts.every((part) => part.amount > 0 && part.micro > 0)).toBe(true);
    }),
  );
});

test('the lists page through everything, once, and another city sees none of it', async () => {
  const pot = freshPot();
  await open(pot, 10_000);
  for (let each = 1; each <= 7; each++) await paid(await promised(pot, each));
  const all: string[] = [];
  for (let after: readonly [string, string] | undefined; ; ) {
    const page = await inCity((tx) => listEntries(tx, read(), { account: { fund: pot.fund, role: 'committed' }, after, limit: 4 }));
    all.push(...page.map(({ transferId }) => transferId));
    const last = page.at(-1);
    if (last === undefined || page.length < 4) break;
    after = [last.recordedAt.toISOString(), last.transferId];
  }
  // Promised, begun and paid: each of the seven touches `committed` three times.
  expect(new Set(all).size).toBe(21);
  expect(all).toHaveLength(21);
  expect(await inCity((tx) => listEntries(tx, read(), { account: { fund: pot.fund }, limit: 50 }))).toHaveLength(22);
  const abroad = jobScope(otherTenant, 'test', 'ledger.read');
  const [states, entries, parts] = await inTenant(database.db, otherTenant, async (tx) => [await fundStates(tx, abroad, { fromYear: 2000, toYear: 2199 }), await listEntries(tx, abroad, { limit: 10 }), await listParts(tx, abroad, {})]);
  expect([states, entries, parts]).toEqual([[], [], []]);
});

describe('a check', () => {
  /** Does `change` as the owner of the database, past everything, checks, and puts back what was there. */
  const tampered = async (change: string, back: string) => {
    await asOwner(database, (client) => client.query(change));
    const report = await check();
    await asOwner(database, (client) => client.query(back));
    expect((await check()).findings).toEqual([]);
    return report.findings;
  };

  test('finds every kind of tampering, and the command tells of it', async () => {
    const pot = freshPot();
    await open(pot, 1000);
    const partId = await promised(pot, 100);
    await paid(partId);
    const whole = await check();
    expect(whole).toMatchObject({ isGood: true, findings: [] });
    expect(whole.units.map(({ sum }) => sum).every((sum) => sum === 0)).toBe(true);
    const of = (role: string) => `fund = '${pot.fund}' and role = '${role}'`;
    expect(await tampered(`update ledger_accounts set credited = credited + 5 where ${of('paid')}`, `update ledger_accounts set credited = credited - 5 where ${of('paid')}`)).toMatchObject([
      { kind: 'unit-unbalanced', unit: 'fen', sum: 5 },
      { kind: 'balance-differs', account: { credited: 105, creditedByTransfers: 100 } },
    ]);
    expect(await tampered(`update ledger_parts set paid = 60, released = 40 where part_id = '${partId}'`, `update ledger_parts set paid = 100, released = 0 where part_id = '${partId}'`)).toEqual([{ kind: 'part-differs', partId }]);
    expect(await tampered(`update ledger_budgets set amount = 999 where fund = '${pot.fund}'`, `update ledger_budgets set amount = 1000 where fund = '${pot.fund}'`)).toMatchObject([{ kind: 'budget-differs', budget: 1000, decided: 999 }]);
    const wrongEnd = await tampered(`update ledger_transfers set amount = 90 where part_id = '${partId}' and kind = 'post'`, `update ledger_transfers set amount = 100 where part_id = '${partId}' and kind = 'post'`);
    expect(new Set(wrongEnd.map(({ kind }) => kind))).toEqual(new Set(['balance-differs', 'part-differs', 'end-differs']));

    const command = async (...args: string[]) => {
      const console = collectConsole();
      return { status: await operate('ledger', args, console, 'zh', { DATABASE_URL: database.ownerUrl }), ...console.written };
    };
    expect(await command('check')).toMatchObject({ status: 0, out: expect.stringContaining('sample：没有问题') as string });
    expect(await command('verify')).toMatchObject({ status: 2 });
    expect(await command('check', '--tenant', 'nowhere')).toMatchObject({ status: 2, err: expect.stringContaining('sample') as string });
    await asOwner(database, (client) => client.query(`update ledger_accounts set debited = debited + 7 where ${of('free')}`));
    const found = await command('check', '--tenant', 'sample');
    expect(found.status).toBe(1);
    expect(found.out).toContain(`✗ 220202 ${pot.fund} 2026 free（fen）：记着收 1000、付 107、挂起 0；按分录应是 1000、100、0`);
    expect(JSON.parse((await command('check', '--json')).out)).toMatchObject({ sample: { isGood: false }, second: { isGood: true } });
    await asOwner(database, (client) => client.query(`update ledger_accounts set debited = debited - 7 where ${of('free')}`));
    expect((await check()).findings).toEqual([]);
  });
});
