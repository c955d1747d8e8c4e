// Payments through the interface, on the real ledger: checked, doubted, batched, approved by two, sent, answered by the bank, asked back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asOwner } from '../../../test/support/database.ts';
import { fine, type PayableCity, payDay, payMoment, sampleFund, startPayableCity } from '../../../test/support/payable-city.ts';
import { readSheet } from '../../spreadsheet/index.ts';
import { newId } from '../../storage/database.ts';
import { checkLedger, listParts } from '../ledger/index.ts';
import { jobScope } from '../permissions/index.ts';
import { cancelSchedule, scheduleInstalments } from './schedule-instalments.ts';

let city: PayableCity;
beforeAll(async () => {
  city = await startPayableCity();
});
afterAll(() => city.api.stop());

/** What became of what was committed to a case, in fen. */
async function places(caseId: string): Promise<Readonly<Record<'committed' | 'paying' | 'paid' | 'released' | 'receivable' | 'recovered' | 'writtenOff', number>>> {
  const parts = await city.inCity((tx) => listParts(tx, jobScope(city.api.tenantId, 'test', 'ledger.read'), { caseIds: [caseId], limit: 100 }));
  const sum = (of: 'committed' | 'paying' | 'paid' | 'released' | 'receivable' | 'recovered' | 'writtenOff'): number => parts.reduce((total, part) => total + part[of], 0);
  return { committed: sum('committed'), paying: sum('paying'), paid: sum('paid'), released: sum('released'), receivable: sum('receivable'), recovered: sum('recovered'), writtenOff: sum('writtenOff') };
}

const states = async (caseId: string): Promise<readonly string[]> => (await city.instalments(caseId)).map(({ state }) => state as string);
const doubtsOf = async (caseId: string) => (await city.finance[0].get('/payment-doubts?status=open&limit=200')).body.items.filter((one: { caseId: string }) => one.caseId === caseId);
const setCase = (caseId: string, status: string, holds: readonly string[] = []) =>
  asOwner(city.api.database, (client) => client.query('update cases set status = $2, progress = $3 where case_id = $1', [caseId, status, JSON.stringify({ holdReasons: holds.map((referenceId) => ({ reason: 'objection', referenceId })) })]));

describe('before anything is paid', () => {
  test('a decision is scheduled and committed once, however often it is told', async () => {
    const { partyId, employerId, caseId, decisionId } = await city.grant({ fens: [100_01, 200_02, 300_03] });
    const again = {
      decisionId, caseId, caseNumber: '样例', partyId, employerId, policyId: 'jilin-city-2021', benefitId: 'living-subsidy', jurisdictionCode: '220202', checks: [],
      instalments: [{ no: 1, due: '2026-07-01', fen: 100_01, shares: [{ fund: sampleFund, jurisdictionCode: '220202', fen: 100_01 }] }],
    };
    expect(await city.inCity((tx) => scheduleInstalments(tx, jobScope(city.api.tenantId, 'test', 'payment.schedule'), city.api.parts.payments, again, payMoment))).toBe(0);
    expect(await places(caseId)).toMatchObject({ committed: 600_06, paying: 0, paid: 0 });
    expect(await city.instalments(caseId)).toMatchObject([{ dueOn: '2026-07-01', amountFen: 100_01, state: 'waiting' }, { dueOn: '2027-07-01' }, { dueOn: '2028-07-01' }]);
  });

  test('what holds is ready on its day, later instalments wait; each thing that does not hold is a doubt of its own', async () => {
    const good = await city.grant();
    const bad = {
      'fact-false': await city.grant({ atPost: false }),
      'fact-unknown': await city.grant({ atPost: null }),
      'fact-stale': await city.grant({ asOf: '2025-12-01' }),
      'left-employer': await city.grant({ employmentEndedOn: '2026-03-31' }),
      'account-missing': await city.grant({ holderName: null }),
      'account-name-differs': await city.grant({ holderName: '张三九' }),
      'case-held': await city.grant({ holds: [newId()] }),
      'case-not-payable': await city.grant({ status: 'revoked' }),
      'fund-missing': await city.grant({ shares: [] }),
    };
    await city.check();
    expect(await states(good.caseId)).toEqual(['ready', 'waiting']);
    for (const [kind, { caseId }] of Object.entries(bad)) {
      expect(await states(caseId), `${kind}`).toEqual(['in-doubt', 'waiting']);
      expect([...new Set((await doubtsOf(caseId)).map((one: { kind: string }) => one.kind))], `${kind}`).toEqual([kind]);
    }
  });

  test('a name with other spaces and dots is the same name', async () => {
    const { caseId } = await city.grant({ name: '样例·阿木', holderName: '样例 阿木' });
    await city.check();
    expect(await states(caseId)).toEqual(['ready', 'waiting']);
  });

  test('that somebody has left is believed of whom more trust is put in, also where the employer says otherwise afterwards', async () => {
    const { caseId, partyId, employerId } = await city.grant({ employmentEndedOn: '2026-03-31' });
    fine(await city.intake.post(`/people/${partyId}/employments`, { organisationId: employerId, startedOn: '2025-07-01', origin: '申报', trustClass: 'D' }));
    await city.check();
    expect((await doubtsOf(caseId)).map(({ kind }: { kind: string }) => kind)).toEqual(['left-employer']);
    // A second time with the same employer is another employment, where somebody has looked: the employer's word alone pays nothing.
    const [{ instalmentId }] = (await city.instalments(caseId)) as [{ instalmentId: string }];
    const checked = async (): Promise<unknown> => (await city.finance[0].post('/instalments/checks', { instalmentIds: [instalmentId] })).body;
    fine(await city.intake.post(`/people/${partyId}/employments`, { organisationId: employerId, startedOn: '2026-05-01', origin: '申报', trustClass: 'D' }));
    expect(await checked()).toEqual({ ready: 0, inDoubt: 1, waiting: 0 });
    fine(await city.intake.post(`/people/${partyId}/employments`, { organisationId: employerId, startedOn: '2026-05-01', origin: '材料', trustClass: 'B' }));
    expect(await checked()).toEqual({ ready: 1, inDoubt: 0, waiting: 0 });
    // That the person left again may be the employer's word.
    fine(await city.intake.post(`/people/${partyId}/employments`, { organisationId: employerId, startedOn: '2026-05-01', endedOn: '2026-06-15', origin: '申报', trustClass: 'D' }));
    expect(await checked()).toEqual({ ready: 0, inDoubt: 1, waiting: 0 });
  });

  test('being insured is not proved by what was told, whether nobody better spoke or that no longer holds; told to be over, it is doubted', async () => {
    const { caseId, partyId } = await city.grant({ atPost: null });
    const [{ instalmentId }] = (await city.instalments(caseId)) as [{ instalmentId: string }];
    const source = { purpose: 'payment', asOf: '2026-06-20', origin: '材料', trustClass: 'B' } as const;
    const say = async (more: Readonly<Record<string, unknown>>): Promise<unknown> => {
      fine(await city.intake.post(`/people/${partyId}/statements`, { ...source, ...more }));
      await city.finance[0].post('/instalments/checks', { instalmentIds: [instalmentId] });
      return (await doubtsOf(caseId)).map(({ kind, fact }: { kind: string; fact: string }) => `${kind} ${fact}`);
    };
    const told = { origin: '申报', trustClass: 'D' } as const;
    expect(await say({ facts: { 在岗: true } })).toEqual(['fact-unknown 缴纳社保']);
    expect(await say({ ...told, facts: { 缴纳社保: true } })).toEqual(['fact-told 缴纳社保']);
    expect(await say({ facts: { 缴纳社保: true }, validTo: '2026-06-25', asOf: '2026-06-01' })).toEqual(['fact-told 缴纳社保']);
    expect(await say({ facts: { 缴纳社保: true } })).toEqual([]);
    expect(await say({ ...told, facts: { 缴纳社保: false } })).toEqual(['fact-false 缴纳社保']);
  });

  test('a case that is still published is no doubt: it is looked at the next day', async () => {
    const { caseId } = await city.grant({ status: 'in-publication' });
    await city.check();
    expect(await city.instalments(caseId)).toMatchObject([{ state: 'waiting', lookOn: '2026-07-02' }, { state: 'waiting' }]);
    expect(await doubtsOf(caseId)).toEqual([]);
  });

  test('a person settles a doubt with a reason; what was passed does not come back, what is hard cannot be passed', async () => {
    const { caseId } = await city.grant({ asOf: '2025-12-01' });
    await city.check();
    const [first, second] = await doubtsOf(caseId);
    expect(await city.finance[0].post(`/payment-doubts/${first.doubtId}/settlement`, { as: 'pay', reason: '单位来函证明在岗' })).toMatchObject({ status: 200, body: { state: 'in-doubt' } });
    expect(await city.finance[0].post(`/payment-doubts/${first.doubtId}/settlement`, { as: 'pay', reason: '再点一次' })).toMatchObject({ status: 409, body: { error: { code: 'settled-already' } } });
    expect(await city.finance[0].post(`/payment-doubts/${second.doubtId}/settlement`, { as: 'pay', reason: '社保局来函' })).toMatchObject({ status: 200, body: { state: 'ready' } });
    const [{ instalmentId }] = (await city.instalments(caseId)) as [{ instalmentId: string }];
    expect((await city.finance[0].post('/instalments/checks', { instalmentIds: [instalmentId] })).body).toEqual({ ready: 1, inDoubt: 0, waiting: 0 });
    expect((await city.finance[0].get(`/instalments/${instalmentId}`)).body.doubts).toMatchObject([{ settledAs: 'pay', reason: '单位来函证明在岗' }, { settledAs: 'pay' }]);

    const held = await city.grant({ holds: [newId()] });
    await city.check();
    const [hard] = await doubtsOf(held.caseId);
    expect(hard.isPassable).toBe(false);
    expect(await city.finance[0].post(`/payment-doubts/${hard.doubtId}/settlement`, { as: 'pay', reason: '先发了再说' })).toMatchObject({ status: 422, body: { error: { code: 'doubt-not-passable' } } });
    // The objection is answered: the doubt goes by itself.
    await setCase(held.caseId, 'settled');
    const [{ instalmentId: heldId }] = (await city.instalments(held.caseId)) as [{ instalmentId: string }];
    await city.finance[0].post('/instalments/checks', { instalmentIds: [heldId] });
    expect((await city.finance[0].get(`/instalments/${heldId}`)).body).toMatchObject({ state: 'ready', doubts: [{ settledAs: 'gone' }] });
  });

  test('look again later, or not at all, with what follows and its money free again', async () => {
    const { caseId } = await city.grant({ atPost: false });
    await city.check();
    const [doubt] = await doubtsOf(caseId);
    expect((await city.finance[0].post(`/payment-doubts/${doubt.doubtId}/settlement`, { as: 'wait', reason: '等单位核实', until: payDay })).status).toBe(422);
    expect(await city.finance[0].post(`/payment-doubts/${doubt.doubtId}/settlement`, { as: 'wait', reason: '等单位核实', until: '2026-07-15' })).toMatchObject({ status: 200, body: { state: 'waiting', lookOn: '2026-07-15' } });
    const gone = await city.grant({ fens: [100, 100, 100], employmentEndedOn: '2026-03-31' });
    await city.check();
    const [left] = await doubtsOf(gone.caseId);
    fine(await city.finance[0].post(`/payment-doubts/${left.doubtId}/settlement`, { as: 'cancel', reason: '已经离职', andLater: true }));
    expect(await states(gone.caseId)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await places(gone.caseId)).toMatchObject({ committed: 0, released: 300 });
  });

  test('a payee sees the own instalments and nobody else’s, without what officers wrote', async () => {
    const { partyId, caseId } = await city.grant({ asOf: '2025-12-01' });
    const other = await city.grant();
    await city.check();
    const [doubt] = await doubtsOf(caseId);
    fine(await city.finance[0].post(`/payment-doubts/${doubt.doubtId}/settlement`, { as: 'pay', reason: '内部说明' }));
    const own = city.api.person(partyId);
    const { items } = (await own.get('/instalments')).body;
    expect(items.map((one: { caseId: string }) => one.caseId)).toEqual([caseId, caseId]);
    const seen = await own.get(`/instalments/${items[0].instalmentId}`);
    expect(seen.body.doubts.map((one: { reason: unknown }) => one.reason)).toEqual([null, null]);
    expect((await city.api.person(other.partyId).get(`/instalments/${items[0].instalmentId}`)).status).toBe(404);
    expect((await city.api.officer('longtan-hrss', 'finance').get(`/instalments/${items[0].instalmentId}`)).status).toBe(404);
    expect((await own.get('/payment-doubts')).status).toBe(403);
    expect((await own.get('/payment-batches')).body.items).toEqual([]);
  });
});

describe('a batch', () => {
  test('goes from preparation to the bank and back by the hands of three people, and the ledger follows', async () => {
    const one = await city.grant({ fens: [24_000_00, 24_000_00] });
    const two = await city.grant({ fens: [12_000_00], name: '张三二' });
    await city.check();
    const { batchId, etag } = await city.prepare(one.caseId, two.caseId);
    const [preparer, first, second] = city.finance;
    expect((await preparer.get(`/payment-batches/${batchId}`)).body).toMatchObject({ state: 'prepared', lineCount: 2, totalFen: 36_000_00, totalCapitals: '人民币叁万陆仟元整', sums: { open: { count: 2, fen: 36_000_00 } } });
    expect(await city.approve(preparer, batchId)).toMatchObject({ status: 403, body: { error: { code: 'own-hands-refused' } } });
    expect(await city.send(preparer, batchId)).toMatchObject({ status: 409, body: { error: { code: 'batch-state-unfit' } } });
    expect(await first.post(`/payment-batches/${batchId}/approvals`)).toMatchObject({ status: 428 });
    expect(await city.approve(first, batchId)).toMatchObject({ status: 200, body: { batch: { state: 'approved-once' }, takenOut: 0 } });
    expect(await city.approve(first, batchId)).toMatchObject({ status: 403, body: { error: { code: 'own-hands-refused' } } });
    expect(await second.post(`/payment-batches/${batchId}/approvals`, undefined, { 'if-match': etag })).toMatchObject({ status: 412 });
    expect((await second.get(`/payment-batches/${batchId}/bank-file`)).status).toBe(409);
    expect(await city.approve(second, batchId)).toMatchObject({ status: 200, body: { batch: { state: 'approved' } } });
    expect(await places(one.caseId)).toMatchObject({ committed: 48_000_00, paying: 0 });
    expect(await city.send(preparer, batchId)).toMatchObject({ status: 200, body: { batch: { state: 'sent', sentCount: 2, sentFen: 36_000_00 }, takenOut: 0 } });
    expect(await places(one.caseId)).toMatchObject({ committed: 24_000_00, paying: 24_000_00, paid: 0 });
    expect(await city.send(preparer, batchId)).toMatchObject({ status: 409 });

    const { items } = (await preparer.get(`/payment-batches/${batchId}/payments`)).body;
    expect(items.map((each: { name: string }) => each.name).sort()).toEqual(['张三一', '张三二']);
    expect(items[0].account).toMatchObject({ holderName: items[0].name as string, maskedNumber: expect.stringMatching(/^\*{4} \d{4}$/) as string });
    const [a, b] = items as [{ paymentNumber: string; amountFen: number }, { paymentNumber: string; amountFen: number }];
    const answered = fine(await city.answer(batchId, [{ paymentNumber: a.paymentNumber, fen: a.amountFen, result: '成功' }, { paymentNumber: b.paymentNumber, fen: b.amountFen, result: '失败', reason: '户名账号不符' }]));
    expect(answered.body).toMatchObject({ paid: 1, failed: 1, returned: 0, known: 0, batch: { state: 'closed', sums: { paid: { count: 1 }, failed: { count: 1 } } } });
    const paidCase = items[0].amountFen === 24_000_00 ? one : two;
    const failedCase = paidCase === one ? two : one;
    expect((await states(paidCase.caseId))[0]).toBe('paid');
    expect((await states(failedCase.caseId))[0]).toBe('ready');
    expect(await places(paidCase.caseId)).toMatchObject({ paying: 0 });
    const [failed] = await city.instalments(failedCase.caseId);
    expect((await preparer.get(`/instalments/${failed.instalmentId}`)).body.payments).toMatchObject([{ state: 'failed', attempt: 1, reason: '户名账号不符', settledOn: payDay }]);

    // The one that failed is paid by another batch, under another number.
    const again = await city.sent(failedCase.caseId);
    expect(again.payments).toMatchObject([{ attempt: 2, state: 'sent' }]);
    fine(await city.answer(again.batchId, again.payments.map(({ paymentNumber, amountFen }) => ({ paymentNumber, fen: amountFen, result: 'success' }))));
    expect((await states(failedCase.caseId))[0]).toBe('paid');
  });

  test('the bank’s file: whole numbers as text, amounts in figures and capitals, sums at the end, the same in both forms', async () => {
    const { caseId } = await city.grant({ fens: [1_680_32] });
    const { batchId, payments } = await city.sent(caseId);
    const read = async (format: 'csv' | 'xlsx'): Promise<readonly (readonly string[])[]> => {
      const file = fine(await city.finance[0].get(`/payment-batches/${batchId}/bank-file?format=${format}`));
      const sheet = await readSheet({ fileName: `file.${format}`, bytes: file.raw });
      const rows: (readonly string[])[] = [sheet.headings];
      for await (const some of sheet.rows()) rows.push(...some.map(({ cells }) => Array.from(cells, (cell) => cell?.text ?? '')));
      return rows;
    };
    const csv = await read('csv');
    expect(csv[0]).toEqual(['付款编号', '收款户名', '开户银行', '收款账号', '金额（元）', '金额大写', '批次号或校验码']);
    expect(csv[1]).toEqual([payments[0].paymentNumber, '张三一', '样例银行昌邑支行', expect.stringMatching(/^622202\d{11}$/), '1680.32', '人民币壹仟陆佰捌拾元零叁角贰分', expect.stringMatching(/^220202-2026-\d{4}$/)]);
    expect(csv[2]).toEqual(['合计', '共 1 笔', '', '', '1680.32', '人民币壹仟陆佰捌拾元零叁角贰分', expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect(await read('xlsx')).toEqual(csv);
    const trail = await asOwner(city.api.database, (client) => client.query(`select count(*) from audit_entries where action = 'payment-batches.bank-file'`));
    expect(Number(trail.rows[0].count)).toBe(2);
    expect((await city.api.officer('changyi-hrss', 'approver', 'leader', 'reviewer').get(`/payment-batches/${batchId}/bank-file`)).status).toBe(403);
  });

  test('a result with wrong rows books nothing and tells every one of them; the same file twice is one', async () => {
    const cases = [await city.grant({ fens: [100_00] }), await city.grant({ fens: [200_00] }), await city.grant({ fens: [300_00] })];
    const { batchId, payments } = await city.sent(...cases.map(({ caseId }) => caseId));
    const [a, b, c] = payments.map(({ paymentNumber, amountFen }) => ({ paymentNumber: paymentNumber as string, fen: amountFen as number })) as [L, L, L];
    const wrong = await city.answer(batchId, [
      { ...a, result: '成功' },
      { ...a, result: '成功' },
      { ...b, fen: b.fen + 1, result: '成功' },
      { paymentNumber: '220202-2026-9999-00001', fen: 1, result: '成功' },
      { ...c, result: '在途' },
    ]);
    expect(wrong).toMatchObject({ status: 422, body: { error: { code: 'result-rows-wrong' } } });
    expect(wrong.body.error.details.map((one: { message: string }) => one.message)).toEqual([
      '结果要写“成功”“失败”或“退汇”。',
      `第 3 行，${a.paymentNumber}：和第 2 行重复。`,
      `第 4 行，${b.paymentNumber}：金额是 ${(b.fen + 1) / 100} 元，应当是 ${b.fen / 100} 元。`,
      '第 5 行，220202-2026-9999-00001：这个批次里没有这个付款编号。',
    ]);
    expect((await city.finance[0].get(`/payment-batches/${batchId}`)).body).toMatchObject({ state: 'sent', sums: { sent: { count: 3 } }, results: [] });
    expect(fine(await city.answer(batchId, [{ ...a, result: '成功' }])).body).toMatchObject({ paid: 1, batch: { state: 'sent' } });
    expect(await city.answer(batchId, [{ ...a, result: '成功' }])).toMatchObject({ status: 409, body: { error: { code: 'result-imported-already' } } });
    // A later file that repeats what is known and brings the rest.
    expect(fine(await city.answer(batchId, [{ ...a, result: '支付成功' }, { ...b, result: '成功' }, { ...c, result: '退汇', reason: '账号已销户' }])).body).toMatchObject({ paid: 1, failed: 1, known: 1, batch: { state: 'closed' } });
    // What came back before it was ever paid is told again in the next day's file of all rows.
    expect(fine(await city.answer(batchId, [{ ...a, result: '成功' }, { ...b, result: '成功' }, { ...c, result: '已退汇' }])).body).toMatchObject({ paid: 0, failed: 0, known: 3 });
    expect(await city.answer(batchId, [{ ...a, result: '失败' }])).toMatchObject({ status: 422, body: { error: { code: 'result-rows-wrong' } } });
  });

  test('a result that is sent again under its key gives the first answer, not that it was imported already', async () => {
    const { caseId } = await city.grant({ fens: [100_00] });
    const { batchId, payments } = await city.sent(caseId);
    const [{ paymentNumber }] = payments as [{ paymentNumber: string }];
    const bytes = Buffer.from(`付款编号,金额,结果,日期\r\n${paymentNumber},100.00,成功,${payDay}\r\n`);
    const send = () => city.finance[0].call('POST', `/payment-batches/${batchId}/results?fileName=r.csv`, { bytes, headers: { 'idempotency-key': 'result-0001' } });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ status, body }) => [status, body.paid])).toEqual([[200, 1], [200, 1]]);
    expect((await send()).headers.get('idempotency-replayed')).toBe('true');
  });

  test('what came back is booked, and paid once more under another number, or cancelled', async () => {
    const { caseId } = await city.grant({ fens: [500_00] });
    const { batchId, payments } = await city.sent(caseId);
    const [{ paymentId, paymentNumber }] = payments as [{ paymentId: string; paymentNumber: string }];
    const path = `/payments/${paymentId}/return`;
    expect(await city.finance[0].post(path, { on: payDay, reason: '账户冻结' })).toMatchObject({ status: 409, body: { error: { code: 'payment-state-unfit' } } });
    // A slip of the year is told, not booked.
    const slipped = Buffer.from(`付款编号,金额,结果,日期\r\n${paymentNumber},500.00,成功,2062-07-01\r\n`);
    const answered = await city.finance[0].call('POST', `/payment-batches/${batchId}/results?fileName=r.csv`, { bytes: slipped });
    expect(answered.body.error.details).toMatchObject([{ message: `第 2 行，${paymentNumber}：日期是 2062-07-01，还没有到。` }]);
    // So is one that is ahead by less.
    const ahead = await city.finance[0].call('POST', `/payment-batches/${batchId}/results?fileName=a.csv`, { bytes: Buffer.from(`付款编号,金额,结果,日期\r\n${paymentNumber},500.00,成功,2026-07-03\r\n`) });
    expect(ahead).toMatchObject({ status: 422, body: { error: { code: 'result-rows-wrong', details: [{ field: '2', message: `第 2 行，${paymentNumber}：日期是 2026-07-03，还没有到。` }] } } });
    // Nor can the bank have paid before it was given the batch.
    const early = Buffer.from(`付款编号,金额,结果,日期\r\n${paymentNumber},500.00,成功,2026-06-30\r\n`);
    const refused = await city.finance[0].call('POST', `/payment-batches/${batchId}/results?fileName=e.csv`, { bytes: early });
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'result-rows-wrong', details: [{ field: '2' }] } } });
    expect(refused.body.error.details[0].message).toBe(`第 2 行，${paymentNumber}：日期是 2026-06-30，早于这一批交银行的那天（${payDay}）。请看是不是别的批次的结果；是这一批的，照银行回单改对日期再导入。`);
    expect((await city.finance[0].get(`/payment-batches/${batchId}`)).body).toMatchObject({ state: 'sent', results: [] });
    fine(await city.answer(batchId, [{ paymentNumber, fen: 500_00, result: '成功' }]));
    // A return that somebody types is of no day that has not come, nor of one before the batch was with the bank.
    const tomorrow = await city.finance[0].post(path, { on: '2026-07-02', reason: '账户冻结' });
    expect(tomorrow).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'on', message: '这一天还没有到。' }] } } });
    const before = await city.finance[0].post(path, { on: '2026-06-30', reason: '账户冻结' });
    expect(before).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'on', message: `这一天早于这一批交银行的那天（${payDay}）。请照银行回单改对日期。` }] } } });
    expect((await city.finance[0].get(`/payment-batches/${batchId}/payments`)).body.items).toMatchObject([{ state: 'paid', returnedOn: null }]);
    expect(await city.finance[0].post(path, { on: payDay, reason: '账户冻结' })).toMatchObject({ status: 200, body: { state: 'returned', returnReason: '账户冻结' } });
    expect(await city.finance[0].post(path, { on: payDay, reason: '账户冻结' })).toMatchObject({ status: 409 });
    expect(await places(caseId)).toMatchObject({ committed: 500_00, paid: 0 });
    const [{ instalmentId }] = (await city.instalments(caseId)) as [{ instalmentId: string }];
    expect(await city.finance[0].post(`/instalments/${instalmentId}/retry`)).toMatchObject({ status: 200, body: { state: 'waiting' } });
    const again = await city.sent(caseId);
    expect(again.payments).toMatchObject([{ attempt: 2 }]);
    fine(await city.answer(again.batchId, [{ paymentNumber: again.payments[0].paymentNumber as string, fen: 500_00, result: '成功' }]));
    expect(await places(caseId)).toMatchObject({ committed: 0, paid: 500_00 });
  });

  test('whoever is held, revoked or without an account meanwhile is taken out at the next step, never paid', async () => {
    const [stays, held, revoked, closed] = [await city.grant({ fens: [1_00] }), await city.grant({ fens: [2_00] }), await city.grant({ fens: [4_00] }), await city.grant({ fens: [8_00] })];
    await city.check();
    const { batchId } = await city.prepare(stays.caseId, held.caseId, revoked.caseId, closed.caseId);
    await setCase(held.caseId, 'settled', [newId()]);
    expect(await city.approve(city.finance[1], batchId)).toMatchObject({ status: 200, body: { takenOut: 1 } });
    expect(await states(held.caseId)).toEqual(['in-doubt']);
    const { items } = (await city.intake.get(`/parties/${closed.partyId}/bank-accounts`)).status === 200 ? { items: [] } : (await city.finance[0].get(`/parties/${closed.partyId}/bank-accounts`)).body;
    for (const { bankAccountId } of items) fine(await city.intake.delete(`/parties/${closed.partyId}/bank-accounts/${bankAccountId}`));
    expect(await city.approve(city.finance[2], batchId)).toMatchObject({ status: 200, body: { takenOut: 1 } });
    expect(await states(closed.caseId)).toEqual(['in-doubt']);
    const ended = await city.inCity((tx) => cancelSchedule(tx, jobScope(city.api.tenantId, 'test', 'payment.schedule'), city.api.parts.payments, revoked.caseId, 'revoked', payMoment));
    expect(ended).toEqual({ cancelled: 1, atBank: [], paid: [] });
    expect(await city.send(city.finance[0], batchId)).toMatchObject({ status: 200, body: { batch: { sentCount: 1, sentFen: 1_00, totalFen: 15_00 }, takenOut: 0 } });
    expect((await city.finance[0].get(`/payment-batches/${batchId}/bank-file?format=csv`)).raw.toString('utf8').split('\r\n').filter((line) => line.includes('张三一'))).toHaveLength(1);
    expect(await places(revoked.caseId)).toMatchObject({ committed: 0, released: 4_00 });
  });

  test('an account that is another one than the approved is not paid to', async () => {
    const { caseId, partyId } = await city.grant({ fens: [3_00] });
    const other = await city.grant({ fens: [5_00] });
    await city.check();
    const { batchId } = await city.prepare(caseId, other.caseId);
    fine(await city.approve(city.finance[1], batchId));
    fine(await city.intake.post(`/parties/${partyId}/bank-accounts`, { bankName: '样例银行', holderName: '张三一', number: '6222021234567890128' }));
    expect(await city.approve(city.finance[2], batchId)).toMatchObject({ status: 200, body: { takenOut: 1 } });
    expect(await states(caseId)).toEqual(['ready']);
  });

  test('a batch that is not sent can be cancelled, and what was in it paid by another', async () => {
    const { caseId } = await city.grant({ fens: [7_00] });
    await city.check();
    const { batchId, etag } = await city.prepare(caseId);
    expect(await city.finance[0].post('/payment-batches', { jurisdictionCode: '220202', dueTo: payDay, instalmentIds: [(await city.instalments(caseId))[0].instalmentId] })).toMatchObject({ status: 422, body: { error: { code: 'batch-empty' } } });
    expect(await city.finance[0].post(`/payment-batches/${batchId}/cancellation`, { reason: '重新编制' }, { 'if-match': etag })).toMatchObject({ status: 200, body: { state: 'cancelled', reason: '重新编制' } });
    expect(await states(caseId)).toEqual(['ready']);
    const { payments } = await city.sent(caseId);
    expect(payments).toMatchObject([{ attempt: 2 }]);
  });
});

interface L {
  readonly paymentNumber: string;
  readonly fen: number;
}

describe('at the same moment', () => {
  test('two officers prepare the same, two approve, three send: one batch, one payment', async () => {
    const { caseId } = await city.grant({ fens: [11_00] });
    await city.check();
    const [{ instalmentId }] = (await city.instalments(caseId)) as [{ instalmentId: string }];
    const wish = { jurisdictionCode: '220202', dueTo: payDay, instalmentIds: [instalmentId] };
    const prepared = await Promise.all([city.finance[0], city.finance[1], city.finance[0]].map((by) => by.post('/payment-batches', wish)));
    expect(prepared.map(({ status }) => `${status}`).sort()).toEqual(['201', '422', '422']);
    const winner = prepared.findIndex(({ status }) => status === 201);
    const batchId = (prepared[winner]?.body as { batch: { batchId: string } } | undefined)?.batch.batchId ?? '';
    const approvers = city.finance.filter((_, at) => at !== (winner === 1 ? 1 : 0));
    const both = await Promise.all(approvers.map((by) => city.approve(by, batchId)));
    expect(both.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    for (const by of approvers) await city.approve(by, batchId);
    const sent = await Promise.all([0, 1, 2].map(() => city.send(city.finance[3], batchId)));
    expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await places(caseId)).toMatchObject({ paying: 11_00, committed: 0 });
    const [{ paymentNumber }] = (await city.finance[0].get(`/payment-batches/${batchId}/payments`)).body.items;
    const line = { paymentNumber: paymentNumber as string, fen: 11_00 };
    // The same answer in four different files, all at once.
    const imported = await Promise.all(['成功', '支付成功', '已付', 'paid'].map((result) => city.answer(batchId, [{ ...line, result }])));
    expect(imported.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(imported.reduce((sum, { body }) => sum + (body.paid as number), 0)).toBe(1);
    expect(await places(caseId)).toMatchObject({ paying: 0, paid: 11_00 });
    // And the very same file, all at once.
    const other = await city.grant({ fens: [13_00] });
    const batch = await city.sent(other.caseId);
    const same = await Promise.all([0, 1, 2].map(() => city.answer(batch.batchId, [{ paymentNumber: batch.payments[0].paymentNumber as string, fen: 13_00, result: '成功' }])));
    expect(same.map(({ status }) => `${status}`).sort()).toEqual(['200', '409', '409']);
    expect(await places(other.caseId)).toMatchObject({ paid: 13_00 });
  });

  test('a revocation and the sending of the batch: it is either paid or free, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const [kept, taken] = [await city.grant({ fens: [1_00] }), await city.grant({ fens: [17_00] })];
      await city.check();
      const { batchId } = await city.prepare(kept.caseId, taken.caseId);
      fine(await city.approve(city.finance[1], batchId));
      fine(await city.approve(city.finance[2], batchId));
      const [sent, ended] = await Promise.all([
        city.send(city.finance[0], batchId),
        city.inCity((tx) => cancelSchedule(tx, jobScope(city.api.tenantId, 'test', 'payment.schedule'), city.api.parts.payments, taken.caseId, 'revoked', payMoment)),
      ]);
      expect(sent.status).toBe(200);
      const isSent = sent.body.batch.sentFen === 18_00;
      expect(ended.atBank).toHaveLength(isSent ? 1 : 0);
      expect(ended.cancelled).toBe(isSent ? 0 : 1);
      expect(await places(taken.caseId)).toMatchObject(isSent ? { paying: 17_00, released: 0 } : { paying: 0, released: 17_00 });
    }
  });

  test('connections that break in the middle of sending and importing: tried again, everybody is paid once and the ledger adds up', async () => {
    for (let round = 0; round < 2; round++) {
      const cases = [await city.grant({ fens: [1_00] }), await city.grant({ fens: [2_00] }), await city.grant({ fens: [4_00] })];
      await city.check();
      const { batchId } = await city.prepare(...cases.map(({ caseId }) => caseId));
      fine(await city.approve(city.finance[1], batchId));
      fine(await city.approve(city.finance[2], batchId));
      let isStopped = false;
      const breaking = asOwner(city.api.database, async (client) => {
        let broken = 0;
        // The first that is seen at work breaks, so that one does; after many the rest is left to get through, however slow the machine is.
        for (; !isStopped && broken < 20; await new Promise((done) => setTimeout(done, 2 + round))) {
          const { rowCount } = await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'wutong' and state <> 'idle' and ($1 = 0 or random() < 0.2)`, [broken]);
          broken += rowCount ?? 0;
        }
        return broken;
      });
      const untilDone = async (call: () => Promise<{ readonly status: number }>, isDone: () => Promise<boolean>): Promise<void> => {
        for (let tries = 0; tries < 200; tries++) {
          await call().catch(() => undefined);
          if (await isDone().catch(() => false)) return;
        }
        throw new Error('not done after 200 tries');
      };
      const stateOf = async (): Promise<string> => (await city.finance[0].get(`/payment-batches/${batchId}`)).body.state as string;
      try {
        await untilDone(() => city.send(city.finance[0], batchId), async () => (await stateOf()) === 'sent');
        let lines: readonly L[] = [];
        await untilDone(
          async () => {
            const answered = await city.finance[0].get(`/payment-batches/${batchId}/payments`);
            lines = (answered.body.items as { paymentNumber: string; amountFen: number }[]).map(({ paymentNumber, amountFen }) => ({ paymentNumber, fen: amountFen }));
            return city.answer(batchId, lines.map((line) => ({ ...line, result: '成功' })));
          },
          async () => (await stateOf()) === 'closed',
        );
      } finally {
        isStopped = true;
      }
      expect(await breaking).toBeGreaterThan(0);
      for (const [at, { caseId }] of cases.entries()) {
        expect(await places(caseId)).toMatchObject({ committed: 0, paying: 0, paid: 100 * 2 ** at });
        expect(await states(caseId)).toEqual(['paid']);
      }
      expect((await city.finance[0].get(`/payment-batches/${batchId}`)).body.results).toHaveLength(1);
    }
  });

  test('the database itself refuses a second payment of an instalment, whatever a program does', async () => {
    const { caseId } = await city.grant({ fens: [19_00] });
    const { payments } = await city.sent(caseId);
    const second = asOwner(city.api.database, (client) =>
      client.query(
        `insert into payments (tenant_id, payment_id, batch_id, line_number, payment_number, instalment_id, attempt, party_id, amount_fen, state)
         select tenant_id, $1, batch_id, 99, 'second', instalment_id, 2, party_id, amount_fen, 'open' from payments where payment_id = $2`,
        [newId(), payments[0].paymentId],
      ),
    );
    await expect(second).rejects.toThrow(/payments_once/);
  });
});

describe('money asked back', () => {
  const paidTo = async (fen: number, terms: Parameters<PayableCity['grant']>[0] = {}) => {
    const granted = await city.grant({ fens: [fen], ...terms });
    const { batchId, payments } = await city.sent(granted.caseId);
    fine(await city.answer(batchId, [{ paymentNumber: payments[0].paymentNumber as string, fen, result: '成功' }]));
    return { ...granted, paymentId: payments[0].paymentId as string };
  };
  const ask = (paymentId: string, more: object = {}) => city.finance[0].post('/repayments', { payments: [{ paymentId }], document: '样人社〔2026〕3号', reason: '不在岗', ...more });

  test('is proposed by one, demanded by another, paid back in parts over both funds, and free again', async () => {
    const shares = [{ fund: sampleFund, jurisdictionCode: '220200', micro: 250_000 }, { fund: sampleFund, jurisdictionCode: '220202', micro: 750_000 }];
    const { caseId, paymentId, partyId } = await paidTo(100_03, { shares });
    const doubled = { payments: [{ paymentId, fen: 1 }, { paymentId, fen: 2 }] };
    expect(await ask(paymentId, doubled)).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ message: '同一笔付款写了两次。' }] } } });
    expect(await ask(paymentId, { terms: [{ dueOn: '2026-08-01', fen: 1 }] })).toMatchObject({ status: 422, body: { error: { code: 'repayment-terms-wrong' } } });
    for (const dueOn of ['1999-12-31', '2026-06-30', '2036-07-02']) {
      expect(await ask(paymentId, { terms: [{ dueOn, fen: 100_03 }] })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'terms.0.dueOn' }] } } });
    }
    const asked = fine(await ask(paymentId, { terms: [{ dueOn: payDay, fen: 50_00 }, { dueOn: '2026-09-01', fen: 50_03 }] }));
    const path = `/repayments/${asked.body.repaymentId}`;
    expect(asked.body).toMatchObject({ state: 'proposed', amountFen: 100_03, owedFen: 100_03, reason: '不在岗' });
    expect(await ask(paymentId)).toMatchObject({ status: 422, body: { error: { code: 'repayment-too-large' } } });
    expect(await city.finance[0].post(`${path}/receipts`, { fen: 1, on: payDay, bankReference: 'r0' })).toMatchObject({ status: 409 });
    expect(await city.finance[0].post(`${path}/demand`)).toMatchObject({ status: 403, body: { error: { code: 'own-hands-refused' } } });
    expect(fine(await city.finance[1].post(`${path}/demand`)).body.state).toBe('demanded');
    expect(await places(caseId)).toMatchObject({ paid: 0, receivable: 100_03 });
    city.api.setNow(new Date('2026-07-02T02:00:00Z'));
    expect((await city.finance[0].get('/repayments?overdue=true&limit=200')).body.items.map((one: { repaymentId: string }) => one.repaymentId)).toContain(asked.body.repaymentId);
    city.api.setNow(payMoment);
    for (const on of ['1999-07-01', '2026-06-30']) {
      expect(await city.finance[0].post(`${path}/receipts`, { fen: 1, on, bankReference: 'early' })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'on', message: expect.stringContaining(`早于要求归还的那天（${payDay}）`) }] } } });
    }
    // Sent twice at the same moment by an impatient hand: one receipt.
    const receipt = { fen: 33_34, on: payDay, bankReference: 'r1' };
    expect(await city.finance[0].post(`${path}/receipts`, { ...receipt, on: '2026-07-02' })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'on' }] } } });
    const twice = await Promise.all([city.finance[0].post(`${path}/receipts`, receipt), city.finance[1].post(`${path}/receipts`, receipt)]);
    expect(twice.map(({ status }) => status)).toEqual([200, 200]);
    expect((await city.finance[0].get(path)).body).toMatchObject({ receivedFen: 33_34, owedFen: 66_69 });
    expect(await city.finance[0].post(`${path}/receipts`, { ...receipt, fen: 1 })).toMatchObject({ status: 409, body: { error: { code: 'settled-already' } } });
    // The same number in another width, case or grouping is the same receipt.
    expect(await city.finance[0].post(`${path}/receipts`, { ...receipt, fen: 1, bankReference: ` ${receipt.bankReference.toUpperCase().replace(/./g, '$& ')}` })).toMatchObject({ status: 409, body: { error: { code: 'settled-already' } } });
    expect(await city.finance[0].post(`${path}/receipts`, { ...receipt, amountFen: 1 })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid' } } });
    expect(await city.finance[0].post(`${path}/receipts`, { fen: 66_70, on: payDay, bankReference: 'r2' })).toMatchObject({ status: 422, body: { error: { code: 'repayment-too-large' } } });
    expect(fine(await city.finance[0].post(`${path}/receipts`, { fen: 66_69, on: payDay, bankReference: 'r2' })).body).toMatchObject({ state: 'settled', owedFen: 0 });
    expect(await places(caseId)).toMatchObject({ receivable: 0, recovered: 100_03 });
    expect((await city.api.person(partyId).get('/repayments')).body.items).toHaveLength(1);
  });

  test('terms that passed before somebody demanded are not demanded', async () => {
    const { paymentId } = await paidTo(10_00);
    const { repaymentId } = fine(await ask(paymentId, { terms: [{ dueOn: '2026-07-10', fen: 10_00 }] })).body;
    city.api.setNow(new Date('2026-07-11T02:00:00Z'));
    expect(await city.finance[1].post(`/repayments/${repaymentId}/demand`)).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'terms.0.dueOn' }] } } });
    city.api.setNow(payMoment);
    expect(fine(await city.finance[1].post(`/repayments/${repaymentId}/demand`)).body).toMatchObject({ state: 'demanded' });
  });

  test('what came back is of no day before it was paid, in a file or typed in', async () => {
    const { caseId } = await city.grant({ fens: [77_00] });
    const { batchId, payments } = await city.sent(caseId);
    const [{ paymentId, paymentNumber }] = payments as [{ paymentId: string; paymentNumber: string }];
    city.api.setNow(new Date('2026-07-03T02:00:00Z'));
    const bring = (result: string, on: string, name: string) => city.finance[0].call('POST', `/payment-batches/${batchId}/results?fileName=${name}.csv`, { bytes: Buffer.from(`付款编号,金额,结果,日期\r\n${paymentNumber},77.00,${result},${on}\r\n`) });
    fine(await bring('成功', '2026-07-03', 'paid'));
    expect(await bring('退汇', '2026-07-02', 'early')).toMatchObject({ status: 422, body: { error: { code: 'result-rows-wrong', details: [{ field: '2', message: expect.stringContaining('早于付出去的那天（2026-07-03）') }] } } });
    expect(await city.finance[0].post(`/payments/${paymentId}/return`, { on: '2026-07-02', reason: '退汇' })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'on' }] } } });
    expect(fine(await bring('退汇', '2026-07-03', 'back')).body).toMatchObject({ returned: 1 });
    city.api.setNow(payMoment);
  });

  test('money that came in once at the bank is booked on one repayment, also by two at the same moment', async () => {
    const paths: string[] = [];
    for (let at = 0; at < 3; at++) {
      const asked = fine(await ask((await paidTo(20_00)).paymentId));
      fine(await city.finance[1].post(`/repayments/${asked.body.repaymentId}/demand`));
      paths.push(`/repayments/${asked.body.repaymentId}`);
    }
    const book = (at: number, bankReference: string) => city.finance[0].post(`${paths[at]}/receipts`, { fen: 10_00, on: payDay, bankReference });
    const both = await Promise.all([book(0, '流水-77'), book(1, '流水-77')]);
    expect(both.map(({ status }) => `${status}`).sort()).toEqual(['200', '409']);
    expect(await book(2, '流水-77')).toMatchObject({ status: 409, body: { error: { code: 'settled-already' } } });
    // What was booked before the reference had a column of its own is found too.
    expect((await book(2, '流水-78')).status).toBe(200);
    await asOwner(city.api.database, (client) => client.query(`update repayment_receipts set received_reference = null where bank_reference = '流水-78'`));
    expect(await book(0, '流水-78')).toMatchObject({ status: 409, body: { error: { code: 'settled-already' } } });
  });

  test('what was booked before bank numbers were kept plain is the same receipt, here and on another repayment', async () => {
    const paths: string[] = [];
    for (let at = 0; at < 2; at++) {
      const asked = fine(await ask((await paidTo(20_00)).paymentId));
      fine(await city.finance[1].post(`/repayments/${asked.body.repaymentId}/demand`));
      paths.push(`/repayments/${asked.body.repaymentId}`);
    }
    const book = (at: number, bankReference: string) => city.finance[0].post(`${paths[at]}/receipts`, { fen: 10_00, on: payDay, bankReference });
    fine(await book(0, 'old-91'));
    for (const typed of ['old-91', 'Ｏｌｄ－９１', ' old\u2028-9 1', 'OLD-91']) {
      await asOwner(city.api.database, (client) => client.query(`update repayment_receipts set received_reference = null, bank_reference = $1 where repayment_id = $2`, [typed, paths[0]?.split('/').at(-1)]));
      for (const again of ['old-91', 'OLD-91', 'ｏld-９1']) {
        expect(fine(await book(0, again)).body, `${typed} ${again}`).toMatchObject({ receivedFen: 10_00 });
        expect(await book(1, again), `${typed} ${again}`).toMatchObject({ status: 409, body: { error: { code: 'settled-already' } } });
      }
    }
    expect((await city.finance[0].get(paths[1] ?? '')).body).toMatchObject({ receivedFen: 0 });
  });

  test('is set against a later instalment of the same payee; the rest of that goes through the bank', async () => {
    const { partyId, caseId, paymentId, decisionId, employerId } = await paidTo(30_00);
    const later = { decisionId: newId(), caseId, caseNumber: '样例', partyId, employerId, policyId: 'jilin-city-2021', benefitId: 'living-subsidy', jurisdictionCode: '220202', checks: [], instalments: [{ no: 1, due: payDay, fen: 50_00, shares: [{ fund: sampleFund, jurisdictionCode: '220202', fen: 50_00 }] }] };
    expect(decisionId).not.toBe(later.decisionId);
    await city.inCity((tx) => scheduleInstalments(tx, jobScope(city.api.tenantId, 'test', 'payment.schedule'), city.api.parts.payments, later, payMoment));
    await city.check();
    const asked = fine(await ask(paymentId));
    const path = `/repayments/${asked.body.repaymentId}`;
    fine(await city.finance[1].post(`${path}/demand`));
    const open = (await city.instalments(caseId)).find(({ state }) => state === 'ready');
    const stranger = await city.grant({ fens: [1_00] });
    await city.check();
    expect((await city.finance[0].post(`${path}/offsets`, { instalmentId: (await city.instalments(stranger.caseId))[0].instalmentId })).status).toBe(404);
    expect(fine(await city.finance[0].post(`${path}/offsets`, { instalmentId: open.instalmentId })).body).toMatchObject({ state: 'settled', offsetFen: 30_00, receipts: [{ kind: 'offset', fen: 30_00 }] });
    const { payments, batchId } = await city.sent(caseId);
    expect(payments).toMatchObject([{ amountFen: 20_00 }]);
    fine(await city.answer(batchId, [{ paymentNumber: payments[0].paymentNumber as string, fen: 20_00, result: '成功' }]));
    expect(await places(caseId)).toMatchObject({ committed: 0, paid: 50_00, receivable: 0, recovered: 30_00 });
  });

  test('what cannot be had is written off by two people, and no more than is owed', async () => {
    const { caseId, paymentId } = await paidTo(40_00);
    const asked = fine(await ask(paymentId));
    const path = `/repayments/${asked.body.repaymentId}`;
    fine(await city.finance[1].post(`${path}/demand`));
    expect(await city.finance[0].post(`${path}/write-off`, { document: '样财〔2026〕9号', fen: 40_01 })).toMatchObject({ status: 422 });
    fine(await city.finance[0].post(`${path}/write-off`, { document: '样财〔2026〕9号' }));
    const read = async (): Promise<{ 'if-match': string }> => ({ 'if-match': (await city.finance[0].get(path)).headers.get('etag') ?? '' });
    const asRead = await read();
    expect(await city.finance[0].post(`${path}/write-off/approval`, undefined, asRead)).toMatchObject({ status: 403, body: { error: { code: 'own-hands-refused' } } });
    expect(await city.finance[1].post(`${path}/write-off/approval`)).toMatchObject({ status: 428, body: { error: { code: 'precondition-required' } } });
    // Replaced between reading and approval: nobody approves what they have not read.
    fine(await city.finance[0].post(`${path}/write-off`, { document: '样财〔2026〕10号', fen: 30_00 }));
    expect(await city.finance[1].post(`${path}/write-off/approval`, undefined, asRead)).toMatchObject({ status: 412, body: { error: { code: 'changed-meanwhile' } } });
    expect((await city.finance[0].get(path)).body).toMatchObject({ state: 'demanded', writtenOffFen: 0, writeOff: { document: '样财〔2026〕10号', fen: 30_00 } });
    fine(await city.finance[0].post(`${path}/write-off`, { document: '样财〔2026〕9号' }));
    const fresh = await read();
    const both = await Promise.all([city.finance[1].post(`${path}/write-off/approval`, undefined, fresh), city.finance[2].post(`${path}/write-off/approval`, undefined, fresh)]);
    expect(both.map(({ status }) => `${status}`).sort()).toEqual(['200', '412']);
    expect((await city.finance[0].get(path)).body).toMatchObject({ state: 'settled', writtenOffFen: 40_00 });
    expect(await places(caseId)).toMatchObject({ receivable: 0, writtenOff: 40_00 });
  });

  test('a proposal is dropped by somebody else, and the payment asked back anew', async () => {
    const dropped = await paidTo(61_00);
    const proposal = fine(await ask(dropped.paymentId));
    expect(fine(await city.finance[1].post(`/repayments/${proposal.body.repaymentId}/cancellation`)).body).toMatchObject({ state: 'cancelled', owedFen: 0 });
    fine(await ask(dropped.paymentId));
  });
});

describe('lists', () => {
  test('page by page in every order, the same as at once', async () => {
    for (const sort of ['due', 'due-last', 'amount']) {
      const whole = (await city.finance[0].get(`/instalments?sort=${sort}&limit=200`)).body.items.map((one: { instalmentId: string }) => one.instalmentId);
      const paged: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { items, nextCursor } = (await city.finance[0].get(`/instalments?sort=${sort}&limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)).body as { items: { instalmentId: string }[]; nextCursor: string | null };
        paged.push(...items.map(({ instalmentId }) => instalmentId));
        cursor = nextCursor;
      }
      expect(whole.length).toBeGreaterThan(20);
      expect(paged).toEqual(whole);
    }
    expect((await city.finance[0].get('/instalments?cursor=abc')).body.error.code).toBe('cursor-invalid');
  });

  test('as sheets, with the rows that the list has', async () => {
    for (const [path, least] of [['/instalments/export?format=csv&state=paid', 5], ['/payment-doubts/export?format=csv', 5], ['/payment-batches/export?format=csv', 5], ['/repayments/export?format=csv', 4]] as const) {
      const file = fine(await city.finance[0].get(path));
      expect(file.raw.toString('utf8').trim().split('\r\n').length, `${path}`).toBeGreaterThan(least);
    }
    expect((await city.api.officer('longtan-hrss', 'finance').get('/instalments/export?format=csv')).raw.toString('utf8').trim().split('\r\n')).toHaveLength(1);
  });
});

test('after all of this every balance of the ledger is the sum of its transfers', async () => {
  const report = await city.inCity((tx) => checkLedger(tx, jobScope(city.api.tenantId, 'test', 'ledger.check')));
  expect(report.findings).toEqual([]);
});
