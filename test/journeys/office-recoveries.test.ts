// Money asked back to its end: by terms, received, set off against what is due, the rest written off by two people and a decision; what the program proposed is adopted first.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proposeRepayment } from '../../src/domains/payments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { inTenant } from '../../src/storage/database.ts';
import { expectAccessible, expectFits, startBrowser, type TestBrowser, type View } from '../support/browser.ts';
import { callerWith, signInFirst } from '../support/desk-cases.ts';
import { makeSeededRunningCity } from '../support/copied-city.ts';
import { addFinanceOfficers, besideServer, grantInCity } from '../support/granted-city.ts';
import { payInCity, type Payers } from '../support/paid-city.ts';
import type { RunningCity } from '../support/running-city.ts';

type Name = 'finance' | 'second' | 'third';

const names = ['finance', 'second', 'third'] as const;
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
const nextMonth = new Date(Date.parse(today) + 30 * 86_400_000).toISOString().slice(0, 10);
let city: RunningCity | undefined;
let browser: TestBrowser | undefined;
let url = '';
let instalment = { instalmentId: '', payments: [{ paymentId: '' }] };
let proposedId = '';
const sessions = new Map<Name, string>();

beforeAll(async () => {
  const { city: made, passwords: samples } = await makeSeededRunningCity(30);
  city = made;
  browser = await startBrowser(city.start().then((server) => (url = server.url)));
  const environment = { ...process.env, ...city.environment };
  const place = { url, environment };
  const added = await addFinanceOfficers(place);
  // The first is paid, the second is due and waits, the third is next year's.
  await grantInCity(place, samples.get('intake') ?? '', [{ name: '张三一', fen: 1_200_000, due: ['2026-06-01', '2026-07-01', '2027-06-01'] }, { name: '张三二', fen: 300_000, due: ['2026-06-01'] }]);
  await Promise.all(names.map(async (name) => sessions.set(name, await signInFirst(url, `sample-${name}`, samples.get(name) ?? added.get(name) ?? ''))));
  const payers = names.map((name) => callerWith(url, sessions.get(name) ?? '')) as unknown as Payers;
  const paid = await payInCity(place, payers, '2026-06-30');
  if (paid !== 2) throw new Error(`${paid} instalments were paid`);
  const { body } = await payers[0].get('/instalments?state=paid');
  const paidTo = async (wanted: string): Promise<typeof instalment> =>
    (await payers[0].get(`/instalments/${(body.items as readonly { instalmentId: string; name: string }[]).find(({ name }) => name === wanted)?.instalmentId ?? ''}`)).body as typeof instalment;
  instalment = await paidTo('张三一');
  const wish = { payments: (await paidTo('张三二')).payments.map(({ paymentId }) => ({ paymentId, fen: undefined })), document: '样撤〔2026〕1号', reason: '决定撤销了', aboutId: null, terms: [] };
  proposedId = await besideServer(place.environment, ({ tenantId, parts }) =>
    inTenant(parts.db, tenantId, async (tx) => (await proposeRepayment(tx, jobScope(tenantId, 'payments', 'payment.recover'), parts.payments, wish, new Date())).repaymentId),
  );
}, 240_000);
afterAll(async () => {
  await Promise.all([browser?.close(), city?.remove()]);
}, 60_000);

/** Opens a page of the workbench as somebody of finance. */
async function as(name: Name, path: string, view: View, work: (page: Page) => Promise<void>): Promise<void> {
  if (browser === undefined) throw new Error('the browser has not started');
  const visit = await browser.open('/verify/', { today, ...view });
  try {
    await visit.context.addCookies([{ name: 'wutong_session', value: encodeURIComponent(sessions.get(name) ?? ''), url, httpOnly: true, sameSite: 'Strict' }]);
    await visit.page.goto(`/office/#${path}`);
    await work(visit.page);
  } catch (error) {
    if (error instanceof Error && visit.complaints.length > 0) error.message += `\n${visit.complaints.join('\n')}`;
    await visit.context.close();
    throw error;
  }
  await visit.end();
}

let path = '';

test('a payment is asked back by three monthly terms, and approved by somebody else', async () => {
  const [payment] = instalment.payments;
  await as('finance', `/payments/recoveries?payment=${payment?.paymentId ?? ''}&instalment=${instalment.instalmentId}`, { width: 390 }, async (page) => {
    await page.getByRole('heading', { name: '要求退还一笔付款 · 张三一' }).waitFor();
    await page.getByLabel('依据文号').fill('样检〔2026〕8号');
    await page.getByLabel('理由').fill('到期前已经离职');
    await page.getByLabel('怎么还').selectOption({ label: '分 3 期，每月一期' });
    await page.getByRole('button', { name: '提出，等核准' }).click();
    await page.getByText('这一项还没填').waitFor();
    await page.getByLabel('第一期最晚哪天').fill(nextMonth);
    await expect.poll(() => page.getByRole('list', { name: '分期归还' }).getByText('4,000 元').count(), { timeout: 15_000 }).toBe(3);
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '提出，等核准' }).click();
    await page.getByRole('heading', { level: 1, name: /^追回 / }).waitFor();
    path = new URL(page.url()).hash.slice(1);
    await page.getByText('分期归还').waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
  await as('second', path, { width: 1440 }, async (page) => {
    await page.getByRole('button', { name: '核准追回' }).click();
    await page.getByRole('button', { name: '核准，要求归还' }).click();
    await page.getByText('已要求归还').waitFor();
    await expectAccessible(page);
  });
});

test('the first term comes in; what is due to the person is set off; what is left is written off by another two', async () => {
  await as('finance', path, { width: 1440, colours: 'dark' }, async (page) => {
    await page.getByText('登记收到的还款').click();
    await page.getByLabel('收到多少（元）').fill('4000');
    await page.getByLabel('银行流水号').fill('SAMPLE-0008');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await page.getByRole('button', { name: '对过了，登记' }).click();
    await page.getByText('SAMPLE-0008').waitFor();
    await page.getByText('8,000 元').first().waitFor();

    await page.getByText('用待发的抵扣').click();
    await page.getByText(/第 2 期/).waitFor();
    // Next year's is not due, so it is not offered.
    expect(await page.getByText(/第 3 期/).count()).toBe(0);
    await page.getByRole('button', { name: '抵扣 8,000 元' }).click();
    await page.getByText('剩下 4,000 元 照常发').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '先别办' }).click();
    await page.getByText('提出核销', { exact: true }).first().click();
    await page.getByLabel('核销决定文号').fill('样决〔2026〕2号');
    await page.locator('form').getByRole('button', { name: '提出核销' }).click();
    await page.getByText(/已提出核销 8,000 元/).waitFor();
    await expectAccessible(page);
  });
  await as('third', path, { width: 390 }, async (page) => {
    await page.getByRole('button', { name: '核准核销' }).click();
    await page.getByText('8,000 元 不再追，不能恢复').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('group', { name: '核准核销' }).getByRole('button', { name: '核准核销' }).click();
    await page.getByText('已结清').waitFor();
    await page.getByText('核销', { exact: true }).waitFor();
    await expectAccessible(page);
  });
});

test('what the program proposed one colleague adopts and another approves; whoever adopted it is refused', async () => {
  const proposed = `/payments/recoveries/${proposedId}`;
  await as('finance', '/payments/recoveries', { width: 1440 }, async (page) => {
    await page.getByText('系统提出，等认可').waitFor();
    await expectAccessible(page);
  });
  await as('finance', proposed, { width: 390 }, async (page) => {
    await page.getByText('这笔追回是系统提出的').waitFor();
    // Nobody approves what nobody wants yet.
    expect(await page.getByRole('button', { name: '核准追回' }).count()).toBe(0);
    await page.getByRole('button', { name: '认可这笔追回' }).click();
    await page.getByText('您不能再核准这一笔').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '看过了，认可' }).click();
    await page.getByText('已提出，等核准').waitFor();
    await page.getByRole('button', { name: '核准追回' }).click();
    await page.getByRole('button', { name: '核准，要求归还' }).click();
    await page.getByRole('alert').filter({ hasText: '不能给自己办' }).waitFor();
    await page.getByText('已提出，等核准').waitFor();
  });
  await as('second', proposed, { width: 1440, colours: 'dark' }, async (page) => {
    await page.getByRole('button', { name: '核准追回' }).click();
    await page.getByRole('button', { name: '核准，要求归还' }).click();
    await page.getByText('已要求归还').waitFor();
    await expectAccessible(page);
  });
});
