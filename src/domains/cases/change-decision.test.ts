// A change of a grant over the interface and on the real ledger: who may, what of the money moves, what the new decision says, and when it is published anew.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { bare, readPdf } from '../../../test/print/read-pdf.ts';
import { bodyOf, fine } from '../../../test/support/payable-city.ts';
import { enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { command, done, filingTime, prepareCase, recordGraduate, toDecision } from '../../../test/support/sample-case.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import { yuanOfFen } from '../../spreadsheet/index.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import { checkLedger, fundStates, openYear } from '../ledger/index.ts';
import { checkDue } from '../payments/index.ts';
import { jobScope } from '../permissions/index.ts';
import { findCase, listEvents } from './case-store.ts';
import { foldAll } from './fold-case.ts';

let api: TestApi;
let caseId: string;
let finance: readonly [TestCaller, TestCaller, TestCaller];
const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(api.parts.db, api.tenantId, work);
const fund = '县区人才专项资金';
const years = [2025, 2026, 2027, 2028, 2029];
const approver = (): TestCaller => api.officer('changyi-hrss', 'approver');
const codeOf = (answer: Answered): unknown => (answer.status < 300 ? answer.status : answer.body.error.code);

type Instalment = { readonly instalmentId: string; readonly dueOn: string; readonly amountFen: number; readonly state: string };
const instalments = async (): Promise<readonly Instalment[]> => bodyOf<{ items: Instalment[] }>(await finance[0].get(`/instalments?caseId=${caseId}&limit=50`)).items;
const open = async (): Promise<unknown> => (await instalments()).filter(({ state }) => state !== 'cancelled').map(({ dueOn, amountFen, state }) => [dueOn, amountFen, state]);
const committed = async (): Promise<readonly number[]> => {
  const states = await within((tx) => fundStates(tx, jobScope(api.tenantId, 'test', 'ledger.read'), { jurisdictionCode: '220202', fund, fromYear: 2025, toYear: 2029 }));
  return years.map((year) => states.find((state) => state.year === year)?.committed ?? 0);
};

/** Pays what is due of an instalment, whole. */
async function pay(instalmentId: string): Promise<void> {
  const { batch } = bodyOf<{ batch: { batchId: string } }>(await finance[0].post('/payment-batches', { jurisdictionCode: '220202', dueTo: '2026-07-01', instalmentIds: [instalmentId] }));
  const path = `/payment-batches/${batch.batchId}`;
  const step = async (by: TestCaller, what: string): Promise<Answered> => fine(await by.post(`${path}/${what}`, undefined, { 'if-match': (await by.get(path)).headers.get('etag') ?? '' }));
  await step(finance[1], 'approvals');
  await step(finance[2], 'approvals');
  await step(finance[0], 'sending');
  const [line] = bodyOf<{ items: { paymentNumber: string; amountFen: number }[] }>(await finance[0].get(`${path}/payments`)).items;
  const bytes = Buffer.from(`\ufeff付款编号,金额（元）,结果\r\n${line?.paymentNumber},${yuanOfFen(line?.amountFen ?? 0)},成功\r\n`);
  fine(await finance[0].call('POST', `${path}/results?fileName=r.csv`, { bytes }));
}

beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  api.setNow(filingTime);
  // The department has the code under which the pack's own would be founded.
  await asOwner(api.database, (client) => client.query(`update departments set code = 'city-bureau-of-human-resources-and-social-security' where tenant_id = $1 and code = 'changyi-hrss'`, [api.tenantId]));
  finance = [api.officer('changyi-hrss', 'finance'), api.officer('changyi-hrss', 'finance'), api.officer('changyi-hrss', 'finance')];
  for (const year of years) {
    const budget = { unit: 'fen' as const, jurisdictionCode: '220202', fund, year, amount: 2_400_000, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() };
    await within((tx) => openYear(tx, jobScope(api.tenantId, 'test', 'budget.record'), budget, filingTime));
  }
  const window = api.officer('city-hrss', 'intake');
  const personId = await enterPerson(window, { name: '张三一', number: sampleNumber({ birthDate: '1999-05-05' }) });
  await recordGraduate(api, personId, { 在岗: true });
  fine(await window.post(`/parties/${personId}/bank-accounts`, { bankName: '样例银行昌邑支行', holderName: '张三一', number: '6222020200000000018' }));
  const listId = newId();
  caseId = await prepareCase(api, personId, {}, [...toDecision, [{ kind: 'grant' }, 'changyi-hrss'], [{ kind: 'begin-publication', listId, untilOn: '2026-07-08' }], [{ kind: 'end-publication', listId }]]);
  await checkDue(api.parts.db, api.parts.payments, api.tenantId, filingTime);
});
afterAll(() => api.stop());

test('the amount of a grant is changed by another approver: what was paid stays, the rest is released and promised anew, and a new letter follows the old one', async () => {
  const [first] = await instalments();
  expect(await open()).toEqual([['2025-07-01', 2_400_000, 'ready'], ['2026-07-01', 2_400_000, 'ready'], ...[2027, 2028, 2029].map((year) => [`${year}-07-01`, 2_400_000, 'waiting'])]);
  await pay(first?.instalmentId ?? '');
  const second = approver();
  const wish = { amountFen: 6_000_000, reason: '张三一只干满一半，按文件减半。' };

  // Not everybody, and not by halves.
  expect(codeOf(await command(api.officer('changyi-hrss', 'reviewer'), caseId, 'change', wish))).toBe('not-permitted');
  expect(codeOf(await command(finance[0], caseId, 'change', wish))).toBe('not-permitted');
  expect((await api.officer('longtan-hrss', 'approver').post(`/cases/${caseId}/change`, wish, { 'if-match': '"9"' })).status).toBe(404);
  expect(codeOf(await command(api.officer('city-hrss', 'approver'), caseId, 'change', wish))).toBe('case-not-yours');
  expect(codeOf(await second.post(`/cases/${caseId}/change`, wish))).toBe('precondition-required');
  expect(codeOf(await command(second, caseId, 'change', { amountFen: 6_000_000, reason: ' ' }))).toBe('input-invalid');
  expect(codeOf(await command(second, caseId, 'change', { reason: '没有变。' }))).toBe('case-change-nothing');
  expect(codeOf(await command(second, caseId, 'change', { ...wish, amountFen: 2_399_999 }))).toBe('case-change-below-given');
  expect(codeOf(await command(second, caseId, 'change', { ...wish, amountFen: 12_000_001 }))).toBe('decision-amount-unfit');
  expect(codeOf(await command(second, caseId, 'change', { ...wish, instalments: [{ due: '2027-07-01', fen: 3_599_999 }] }))).toBe('case-change-sum');
  for (const due of ['1999-12-31', '2198-07-01']) expect(await command(second, caseId, 'change', { ...wish, instalments: [{ due, fen: 3_600_000 }] })).toMatchObject({ status: 422, body: { error: { code: 'input-invalid', details: [{ field: 'instalments.0.due' }] } } });
  expect(await committed()).toEqual([0, 2_400_000, 2_400_000, 2_400_000, 2_400_000]);

  const before = (await second.get(`/cases/${caseId}`)).body;
  expect(before.can).toContain('change');
  expect((await done(second, caseId, 'change', wish)).status).toBe('settled');
  expect(await open()).toEqual([['2025-07-01', 2_400_000, 'paid'], ...[2026, 2027, 2028, 2029].map((year) => [`${year}-07-01`, 900_000, 'waiting'])]);
  expect(await committed()).toEqual([0, 900_000, 900_000, 900_000, 900_000]);

  const after = (await second.get(`/cases/${caseId}`)).body;
  expect(after.decisionId).not.toBe(before.decisionId);
  const decision = (await second.get(`/decisions/${after.decisionId}`)).body;
  expect(decision).toMatchObject({
    kind: 'change', followsDecisionId: before.decisionId, amountFen: 6_000_000, reasons: wish.reason,
    instalments: [
      { no: 1, due: '2025-07-01', fen: 2_400_000, shares: [{ fund, jurisdictionCode: '220202', fen: 2_400_000 }] },
      ...[2026, 2027, 2028, 2029].map((year, at) => ({ no: at + 2, due: `${year}-07-01`, fen: 900_000, shares: [{ fund, jurisdictionCode: '220202', fen: 900_000 }] })),
    ],
  });
  expect((await second.get(`/decisions/${before.decisionId}`)).body.followedBy).toMatchObject({ decisionId: after.decisionId, kind: 'change' });
  const letter = await second.get(`/decisions/${after.decisionId}/letter`);
  expect([letter.status, letter.raw.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
  const english = await readPdf((await second.get(`/decisions/${after.decisionId}/letter?language=en`)).raw);
  expect(english.pages.map(({ plain }) => plain).join('')).toContain(bare('City Bureau of Human Resources and Social Security, Jilin City'));
  expect((await api.anyone().get(`/decisions/verify?code=${decision.verificationCode}`)).body).toMatchObject({ kind: 'change', amountFen: 6_000_000 });
  expect((await second.get(`/cases/${caseId}/history`)).body.items.at(-1)).toMatchObject({ kind: 'changed', words: wish.reason });
  const trail = await asOwner(api.database, (client) => client.query(`select detail ->> 'command' as command from audit_entries where tenant_id = $1 and action = 'cases.change' and outcome = 'done' and object_id = $2`, [api.tenantId, caseId]));
  expect(trail.rows).toEqual([{ command: 'change' }]);
  // Whoever changed it decided it, and does not do so again.
  expect(codeOf(await command(second, caseId, 'change', { ...wish, amountFen: 5_000_000 }))).toBe('own-hands-refused');
});

test('the days alone are changed, as far as the budgets of their years reach; what is refused changes nothing', async () => {
  const before = await committed();
  const third = approver();
  const late = await command(third, caseId, 'change', { reason: '改到一年发。', instalments: [{ due: '2027-07-01', fen: 3_600_000 }] });
  expect(codeOf(late)).toBe('ledger-floor');
  expect(await committed()).toEqual(before);
  expect((await third.get(`/cases/${caseId}`)).body).toMatchObject({ status: 'settled' });
  await done(third, caseId, 'change', { reason: '分两年发。', instalments: [{ due: '2028-01-01', fen: 1_800_000 }, { due: '2027-01-01', fen: 1_800_000 }] });
  expect(await open()).toEqual([['2025-07-01', 2_400_000, 'paid'], ['2027-01-01', 1_800_000, 'waiting'], ['2028-01-01', 1_800_000, 'waiting']]);
  expect(await committed()).toEqual([0, 0, 1_800_000, 1_800_000, 0]);
  // The letter says what was changed, and that is not the amount.
  const { decisionId } = (await third.get(`/cases/${caseId}`)).body as { decisionId: string };
  const told = async (language: 'zh' | 'en', of: string): Promise<string> => (await readPdf((await third.get(`/decisions/${of}/letter?language=${language}`)).raw)).pages.map(({ plain }) => plain).join('');
  const letters = [await told('zh', decisionId), await told('en', decisionId)];
  expect(letters[0]).toContain(bare('的发放日期改为下面“发放”所列的各期；金额不变，仍为：'));
  expect(letters[1]).toContain(bare('is paid on the days that stand under “Payment”; the amount stays:'));
  const { followsDecisionId } = (await third.get(`/decisions/${decisionId}`)).body as { followsDecisionId: string };
  expect(await told('zh', followsDecisionId)).toContain(bare('的金额改为：'));
});

test('what is given more than was published is published anew, and paid only afterwards', async () => {
  const fourth = approver();
  expect((await done(fourth, caseId, 'change', { amountFen: 7_000_000, reason: '核实后多给。', instalments: [{ due: '2026-06-01', fen: 2_300_000 }, { due: '2027-01-01', fen: 2_300_000 }] })).status).toBe('granted');
  expect((await fourth.get('/publicity/waiting')).body.items).toEqual([expect.objectContaining({ jurisdictionCode: '220202', ready: 1, held: 0 })]);
  await checkDue(api.parts.db, api.parts.payments, api.tenantId, filingTime);
  expect(await open()).toEqual([['2025-07-01', 2_400_000, 'paid'], ['2026-06-01', 2_300_000, 'waiting'], ['2027-01-01', 2_300_000, 'waiting']]);
});

test('a revocation after changes frees what all of them promised; the events add up to the row, and every balance to its transfers', async () => {
  expect((await done(approver(), caseId, 'revocation', { reason: '查实不符合。' })).status).toBe('revoked');
  expect(await committed()).toEqual([0, 0, 0, 0, 0]);
  const reading = jobScope(api.tenantId, 'test', 'case.read');
  expect({ ...foldAll(await within((tx) => listEvents(tx, reading, caseId))), caseId }).toEqual(await within((tx) => findCase(tx, reading, caseId)));
  expect((await within((tx) => checkLedger(tx, jobScope(api.tenantId, 'test', 'ledger.check')))).findings).toEqual([]);
});
