// The ledger over the interface: who may see and set what, the figures with what is behind them, sheets, and the audit trail.
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { foundSamplePacks } from '../../../test/support/sample-decision.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { commit } from './commit-parts.ts';
import { beginPayment, settlePayment } from './pay-parts.ts';

let api: TestApi;
let proposer: TestCaller;
let confirmer: TestCaller;
beforeAll(async () => {
  api = await startApi();
  await foundSamplePacks(api);
  proposer = api.officer('changyi-hrss', 'finance');
  confirmer = api.officer('changyi-hrss', 'leader');
});
afterAll(() => api.stop());

const now = new Date('2026-11-21T04:00:00Z');
const fund = '县区人才专项资金';
const asked = { unit: 'fen', jurisdictionCode: '220202', fund, year: 2026, amount: 1_000_000, reference: '样财〔2026〕1号' };
const inCity = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(api.parts.db, api.tenantId, work);
const promise = async (parts: readonly { readonly fund: string; readonly jurisdictionCode: string; readonly year: number; readonly amount: number }[]) => {
  const commitment = { caseId: newId(), decisionId: newId(), parts: parts.map((part) => ({ ...part, unit: 'fen' as const, partId: newId() })) };
  await inCity((tx) => commit(tx, jobScope(api.tenantId, 'test', 'ledger.commit'), commitment, now));
  return commitment;
};
const trailOf = (action: string) =>
  asOwner(api.database, async (client) => (await client.query<{ object_id: string | null; outcome: string; detail: Readonly<Record<string, unknown>> }>(`select object_id, outcome, detail from audit_entries where action = $1 order by entry_id`, [action])).rows);

test('a budget goes from one officer to another, counts from then on, and all of it is on the trail', async () => {
  await promise([{ fund, jurisdictionCode: '220202', year: 2026, amount: 300_000 }, { fund, jurisdictionCode: '220202', year: 2027, amount: 300_000 }]);
  const before = await proposer.get('/ledger/funds?fromYear=2026');
  expect(before.body.items).toMatchObject([
    { jurisdictionName: '昌邑区', fund, year: 2026, isOpen: false, budget: 0, free: -300_000, committed: 300_000 },
    { year: 2027, isOpen: false, committed: 300_000 },
  ]);
  const made = await proposer.post('/ledger/budgets', asked);
  expect(made).toMatchObject({ status: 201, body: { state: 'proposed', amount: 1_000_000, before: null } });
  const path = `/ledger/budgets/${made.body.id}`;
  expect(made.headers.get('location')).toBe(`/api/v1${path}`);
  expect(await proposer.post(`${path}/confirmation`)).toMatchObject({ status: 403, body: { error: { code: 'own-hands-refused' } } });
  // Somebody who may do both confirms nothing of their own either.
  expect(await proposer.post('/ledger/budgets', { ...asked, amount: 5 })).toMatchObject({ status: 409, body: { error: { code: 'budget-proposed' } } });
  expect(await confirmer.post(`${path}/confirmation`)).toMatchObject({
    status: 200,
    body: { budget: { state: 'confirmed' }, committedBefore: 300_000, state: { isOpen: true, budget: 1_000_000, free: 700_000, committed: 300_000 } },
  });
  expect(await confirmer.post(`${path}/confirmation`)).toMatchObject({ status: 409, body: { error: { code: 'settled-already' } } });
  expect((await confirmer.get(path)).body).toMatchObject({ state: 'confirmed', reference: '样财〔2026〕1号' });
  const cut = await proposer.post('/ledger/budgets', { ...asked, amount: 200_000, reference: '样财〔2026〕2号' });
  const refused = await confirmer.call('POST', `/ledger/budgets/${cut.body.id}/confirmation`, { headers: { 'accept-language': 'en' } });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'budget-below-committed', message: expect.stringContaining('¥3,000 of 县区人才专项资金 for 2026 are committed already') as string } } });
  expect(await confirmer.post(`/ledger/budgets/${cut.body.id}/withdrawal`)).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  const listed = await confirmer.get('/ledger/budgets?limit=1');
  expect(listed.body.items).toMatchObject([{ id: cut.body.id, state: 'withdrawn' }]);
  expect((await confirmer.get(`/ledger/budgets?limit=1&cursor=${listed.body.nextCursor}`)).body).toMatchObject({ items: [{ id: made.body.id }], nextCursor: null });
  expect((await confirmer.get(`/ledger/budgets?search=${encodeURIComponent('〕1号')}`)).body.items).toMatchObject([{ id: made.body.id }]);

  expect(await trailOf('budgets.propose')).toMatchObject([{ object_id: made.body.id, outcome: 'done', detail: { fund, year: 2026, amount: 1_000_000, reference: '样财〔2026〕1号' } }, { object_id: cut.body.id }]);
  expect((await trailOf('budgets.confirm')).map(({ outcome }) => outcome)).toEqual(['done']);
  expect(await trailOf('budgets.withdraw')).toHaveLength(1);
  expect((await trailOf('ledger.list-funds')).at(-1)).toMatchObject({ detail: { count: 2, fromYear: 2026, toYear: 2031 } });
});

test('a budget for a fund that nobody knows is refused with those that there are, until somebody confirms that it is a new one', async () => {
  const misspelt = { ...asked, fund: '县区人才专项资', year: 2031, reference: '样财〔2031〕1号' };
  const refused = await proposer.post('/ledger/budgets', misspelt);
  expect(refused).toMatchObject({ status: 422, body: { error: { code: 'fund-unknown' } } });
  expect(refused.body.error.message).toMatch(/“县区人才专项资”.*县区人才专项资金/u);
  // An employer that pays by itself has no budget.
  expect((await proposer.post('/ledger/budgets', { ...misspelt, fund: '用人单位' })).body.error.code).toBe('fund-unknown');
  const names = async (): Promise<readonly { fund: string; isInPolicies: boolean; isOnBooks: boolean }[]> => (await confirmer.get('/ledger/fund-names')).body.items;
  const known = await names();
  expect(known.find((each) => each.fund === fund)).toEqual({ fund, isInPolicies: true, isOnBooks: true });
  expect(known.filter((each) => each.fund === '用人单位' || each.fund === misspelt.fund)).toEqual([]);

  const made = await proposer.post('/ledger/budgets', { ...misspelt, fund: '样例新设资金', isNewFund: true });
  expect(made.status).toBe(201);
  // What is only proposed is on no book yet; once it is confirmed everybody knows it.
  expect((await proposer.post('/ledger/budgets', { ...misspelt, fund: '样例新设资金', year: 2032 })).body.error.code).toBe('fund-unknown');
  expect((await confirmer.post(`/ledger/budgets/${made.body.id}/confirmation`)).status).toBe(200);
  expect(await names()).toContainEqual({ fund: '样例新设资金', isInPolicies: false, isOnBooks: true });
  expect((await proposer.post('/ledger/budgets', { ...misspelt, fund: '样例新设资金', year: 2032 })).status).toBe(201);
  expect((await api.officer('changyi-hrss', 'intake').get('/ledger/fund-names')).status).toBe(403);
});

test('from a figure to its transfers, and from a part to all that became of it', async () => {
  const drawn = '样例下钻资金';
  const made = await proposer.post('/ledger/budgets', { ...asked, fund: drawn, isNewFund: true });
  await confirmer.post(`/ledger/budgets/${made.body.id}/confirmation`);
  const { caseId, decisionId, parts } = await promise([10_000, 20_000, 30_000].map((amount) => ({ fund: drawn, jurisdictionCode: '220202', year: 2026, amount })));
  const [paymentId, batchId, partId] = [newId(), newId(), parts[0]?.partId ?? ''];
  await inCity(async (tx) => {
    const scope = jobScope(api.tenantId, 'test', 'ledger.pay');
    await beginPayment(tx, scope, { batchId, payments: [{ paymentId, parts: [{ partId }] }] }, now);
    await settlePayment(tx, scope, { paymentIds: [paymentId] }, new Date(now.getTime() + 86_400_000));
  });
  const name = encodeURIComponent(drawn);
  expect((await proposer.get(`/ledger/funds?search=${encodeURIComponent('下钻')}&fromYear=2026&toYear=2026`)).body.items).toMatchObject([{ budget: 1_000_000, free: 940_000, committed: 50_000, paying: 0, paid: 10_000 }]);
  const of = async (query: string): Promise<readonly { readonly reason: string; readonly amount: number; readonly kind: string }[]> => (await proposer.get(`/ledger/entries?${query}`)).body.items;
  expect(await of(`fund=${name}&year=2026&role=paid`)).toMatchObject([{ reason: 'payment', kind: 'post', amount: 10_000, from: { role: 'committed' }, to: { role: 'paid' }, partId, operationId: paymentId, batchId, caseId, decisionId, recordedBy: 'job:test' }, { kind: 'pending', endedAs: 'post' }]);
  expect((await of(`partId=${partId}`)).map(({ kind }) => kind)).toEqual(['post', 'pending', 'posted']);
  expect(await of(`caseId=${caseId}`)).toHaveLength(5);
  expect(await of(`decisionId=${decisionId}&reason=commitment`)).toHaveLength(3);
  expect(await of(`batchId=${batchId}&kind=pending`)).toHaveLength(1);
  expect(await of(`operationId=${paymentId}`)).toHaveLength(2);
  expect(await of(`document=${encodeURIComponent('样财〔2026〕1号')}&fund=${name}`)).toMatchObject([{ reason: 'budget', amount: 1_000_000 }]);
  // A day is a day in China: the payment was settled on the 22nd.
  expect(await of(`partId=${partId}&fromDay=2026-11-22&toDay=2026-11-22`)).toHaveLength(1);
  expect((await proposer.get(`/ledger/parts?caseId=${caseId}&place=paid`)).body.items).toMatchObject([{ id: partId, amount: 10_000, paid: 10_000, committed: 0 }]);
  expect((await proposer.get(`/ledger/parts/${partId}`)).body).toMatchObject({ caseId, fund: drawn, paid: 10_000 });
  const [first] = (await proposer.get(`/ledger/entries?caseId=${caseId}&limit=1`)).body.items as { id: string }[];
  expect((await proposer.get(`/ledger/entries/${first?.id}`)).body).toMatchObject(first ?? {});

  const seen: string[] = [];
  for (let cursor = ''; ; ) {
    const page = (await proposer.get(`/ledger/entries?caseId=${caseId}&limit=2${cursor}`)).body as { items: { id: string }[]; nextCursor: string | null };
    seen.push(...page.items.map(({ id }) => id));
    if (page.nextCursor === null) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  for (const list of ['funds', 'entries', 'parts', 'budgets']) expect(await proposer.get(`/ledger/${list}?cursor=WyJ4Il0`)).toMatchObject({ status: 400, body: { error: { code: 'cursor-invalid' } } });
});

test('sheets hold what the lists hold, in yuan', async () => {
  const csv = await proposer.get(`/ledger/funds/export?format=csv&fund=${encodeURIComponent(fund)}&fromYear=2026&toYear=2026`);
  expect(csv.headers.get('content-type')).toMatch(/text\/csv/);
  expect(csv.raw.toString('utf8').replace('\ufeff', '').split('\r\n')).toEqual([
    '辖区,资金,年度,预算,预算数（元）,可用（元）,已约定（元）,支付中（元）,已支付（元）,应追回（元）,已追回（元）,已核销（元）',
    `昌邑区,${fund},2026,已定,10000.00,7000.00,3000.00,0.00,0.00,0.00,0.00,0.00`,
    '',
  ]);
  const sheetOf = async (path: string): Promise<exceljs.Worksheet | undefined> => {
    const { raw } = await proposer.get(path, { 'accept-language': 'en' });
    const book = new exceljs.Workbook();
    await book.xlsx.load(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength) as ArrayBuffer);
    return book.worksheets[0];
  };
  const entries = await sheetOf('/ledger/entries/export?reason=budget');
  expect([entries?.getRow(1).getCell(7).text, entries?.getRow(2).getCell(7).value]).toEqual(['Amount (yuan)', 10_000]);
  expect((await sheetOf('/ledger/parts/export'))?.rowCount).toBe(6);
  expect((await sheetOf('/ledger/budgets/export?state=withdrawn'))?.getRow(2).getCell(7).text).toBe('taken back');
  // Another unit has its own file.
  expect((await sheetOf('/ledger/parts/export?unit=post'))?.rowCount).toBe(1);
  for (const action of ['ledger.export-funds', 'ledger.export-entries', 'ledger.export-parts', 'budgets.export']) expect((await trailOf(action)).at(-1)).toMatchObject({ outcome: 'done', detail: { rows: expect.any(Number) as number } });
});

test('each sees the own jurisdiction and those below it, and sets budgets there alone', async () => {
  const [district, city] = [api.officer('longtan-hrss', 'finance'), api.officer('city-finance', 'finance')];
  expect((await district.get('/ledger/funds?fromYear=2026')).body.items).toEqual([]);
  expect((await district.get('/ledger/entries')).body.items).toEqual([]);
  expect((await city.get(`/ledger/funds?fromYear=2026&fund=${encodeURIComponent(fund)}`)).body.items).toHaveLength(2);
  expect(await district.post('/ledger/budgets', asked)).toMatchObject({ status: 404 });
  expect(await city.post('/ledger/budgets', { ...asked, jurisdictionCode: '220200', fund: '市人才专项资金' })).toMatchObject({ status: 201 });
  expect(await api.officer('changyi-hrss', 'approver').post('/ledger/budgets', asked)).toMatchObject({ status: 403 });
  expect(await confirmer.post('/ledger/budgets', asked)).toMatchObject({ status: 403 });
  for (const wrong of [{ amount: 0.5 }, { amount: -1 }, { year: 1999 }, { unit: 'yuan' }, { fund: ' ' }, { reference: '' }, { extra: 1 }]) {
    expect(await proposer.post('/ledger/budgets', { ...asked, fund: '另一资金', isNewFund: true, ...wrong })).toMatchObject({ status: 422 });
  }
  for (const caller of [api.person(newId()), api.agent(newId()), api.officer('changyi-hrss', 'intake', 'reviewer', 'policy', 'steward'), api.administrator('system-admin'), api.administrator('audit-admin')]) {
    expect((await caller.get('/ledger/funds')).status).toBe(403);
  }
  expect((await api.anyone().get('/ledger/funds')).status).toBe(401);
});
