// Money at the desk: a budget by two people, doubts settled with reasons, a batch approved by two and answered by the bank, what failed paid again, and money asked back.
import { readFileSync } from 'node:fs';
import { TOTP } from 'otpauth';
import type { Cookie, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOf } from '../../src/domains/registry/index.ts';
import { expectAccessible, expectFits, startBrowser, type TestBrowser, type View } from '../support/browser.ts';
import { makeSeededRunningCity } from '../support/copied-city.ts';
import { addFinanceOfficers, grantedFund, grantInCity } from '../support/granted-city.ts';
import type { RunningCity } from '../support/running-city.ts';

const PASSWORD = 'Phoenix-on-Wutong-7391';
let city: RunningCity | undefined;
let browser: TestBrowser | undefined;
let passwords: ReadonlyMap<string, string> = new Map();
const cookies = new Map<string, Cookie[]>();
let batchLink = '';

beforeAll(async () => {
  const { city: made, passwords: samples } = await makeSeededRunningCity(30);
  city = made;
  let url = '';
  browser = await startBrowser(city.start().then((server) => (url = server.url)));
  const environment = { ...process.env, ...city.environment };
  const place = { url, environment };
  passwords = new Map([...samples, ...(await addFinanceOfficers(place))]);
  await grantInCity(place, samples.get('intake') ?? '', [
    { name: '张三一', fen: 2_400_000 },
    { name: '张三二', fen: 2_400_000 },
    { name: '张三三', fen: 1_200_050 },
    { name: '张三四', fen: 2_400_000, holderName: '李四一' },
    { name: '张三五', fen: 2_400_000, isAtPost: false },
    { name: '张三六', fen: 600_000, isFunded: false, due: ['2026-12-31'] },
  ]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), city?.remove()]);
});

/** Works as one of the sample officers, signed in for the first time or again. */
async function as(name: string, view: View, work: (page: Page) => Promise<void>): Promise<void> {
  if (browser === undefined) throw new Error('the browser has not started');
  const visit = await browser.open('/office/', view);
  const { page, context } = visit;
  try {
    const known = cookies.get(name);
    if (known === undefined) {
      await page.getByLabel('登录名').fill(`sample-${name}`);
      await page.getByLabel('密码', { exact: true }).fill(passwords.get(name) ?? '');
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByLabel('新密码').fill(PASSWORD);
      await page.getByLabel('再填一遍').fill(PASSWORD);
      await page.getByRole('button', { name: '继续' }).click();
      const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
      await page.getByRole('textbox', { name: '动态码' }).fill(new TOTP({ secret }).generate());
      await page.getByRole('button', { name: '继续' }).click();
      await page.getByRole('button', { name: '我收好了' }).click();
      cookies.set(name, await context.cookies());
    } else {
      await context.addCookies(known);
      await page.reload();
    }
    await page.getByRole('heading', { level: 1, name: /您好$/ }).waitFor();
    await work(page);
  } catch (error) {
    if (error instanceof Error && visit.complaints.length > 0) error.message += `\n${visit.complaints.join('\n')}`;
    await context.close();
    throw error;
  }
  await visit.end();
}

/** Opens a place of the workbench afresh. */
async function go(page: Page, hash: string, heading: string | RegExp): Promise<void> {
  await page.goto(`/office/${hash}`);
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

test('a budget counts once a second person has confirmed it', async () => {
  let link = '';
  await as('finance', { width: 1440 }, async (page) => {
    await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: '资金' }).click();
    // What was granted before there is a budget waits for one.
    await page.getByText('还没有预算，约定的等着安排').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '预算', exact: true }).click();
    await page.getByText('没有预算。').waitFor();
    await page.getByRole('link', { name: '提出预算' }).click();
    await page.getByRole('button', { name: '提出，等复核' }).click();
    await expect.poll(() => page.getByText('这一项还没填').count()).toBe(3);
    await expectAccessible(page);
    await page.getByLabel('辖区').selectOption('220202');
    await page.getByLabel('资金', { exact: true }).fill(grantedFund);
    await page.getByLabel(/^全年总数/).fill('1,200,000.5');
    await page.getByText('人民币壹佰贰拾万元零伍角').waitFor();
    await page.getByLabel('文号').fill('样财预〔2026〕12号');
    await page.getByRole('button', { name: '提出，等复核' }).click();
    await page.getByText('已提出。请另一位同事复核').waitFor();
    await page.getByRole('rowheader', { name: grantedFund }).getByRole('link').click();
    await page.getByText('这份是您提出的，要请另一位同事复核').waitFor();
    expect(await page.getByRole('button', { name: '复核，当即生效' }).count()).toBe(0);
    await expectAccessible(page);
    link = new URL(page.url()).hash;
  });
  await as('leader', { width: 390 }, async (page) => {
    await go(page, link, grantedFund);
    await page.getByRole('button', { name: '复核，当即生效' }).click();
    // It is said before it is done; whoever thinks again has done nothing.
    await page.getByRole('alert').filter({ hasText: '账只增不改' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '先别办' }).click();
    await page.getByText('等复核').waitFor();
    await page.getByRole('button', { name: '复核，当即生效' }).click();
    await page.getByRole('button', { name: '我看过文件，复核生效' }).click();
    await page.getByText('已经生效。这一年此前约定了 108,000.50 元').waitFor();
    await page.getByRole('link', { name: '看这一年的资金' }).click();
    await page.getByRole('heading', { level: 1, name: grantedFund }).waitFor();
    await page.getByRole('link', { name: /可用\s*1,092,000 元/ }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});

test('doubts are settled with a reason; a batch goes through two approvals to the bank and back', async () => {
  await as('finance', { width: 1440 }, async (page) => {
    await go(page, '#/payments', '发放');
    await page.getByRole('button', { name: '现在核对到期的' }).click();
    await page.getByText('核对完了：3 期可发放，2 期有疑点').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '疑点', exact: true }).click();
    const differs = page.getByRole('listitem').filter({ hasText: '户名不符' });
    await differs.getByText('账户的户名和收款人的姓名不一样').waitFor();
    await differs.getByText('处理', { exact: true }).click();
    await differs.getByLabel(/^照发/).check();
    await differs.getByRole('button', { name: '就这样定' }).click();
    await differs.getByText('这一项还没填').waitFor();
    await expectAccessible(page);
    await differs.getByLabel('理由').fill('核对过户口簿，曾用名');
    await differs.getByRole('button', { name: '就这样定' }).click();
    await differs.getByRole('button', { name: '核实过，照发' }).click();
    await page.getByText('张三四的这一条已处理：照发').waitFor();
    await page.getByRole('listitem').filter({ hasText: '核对不符' }).getByText('核对的是：在岗').waitFor();

    await page.getByRole('link', { name: '批次', exact: true }).click();
    await page.locator('form.card').getByLabel('辖区').selectOption('220202');
    await page.getByRole('button', { name: '编制', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: /^批次 220202/ }).waitFor();
    batchLink = new URL(page.url()).hash.split('?')[0] ?? '';
    await page.getByText('人民币捌万肆仟元零伍角').waitFor();
    await page.getByText('这个批次是您编制的，要请另外两位同事核准').waitFor();
    // Accounts are masked in the page.
    expect(await page.locator('tbody').textContent()).not.toMatch(/\d{12}/);
    await expectAccessible(page);
  });
  await as('second', { width: 1440 }, async (slow) => {
    await go(slow, batchLink, /^批次/);
    await slow.getByRole('button', { name: '核准这个批次' }).click();
    await as('third', { width: 390 }, async (page) => {
      await go(page, batchLink, /^批次/);
      await page.getByRole('button', { name: '核准这个批次' }).click();
      await expectAccessible(page);
      await expectFits(page);
      await page.getByRole('button', { name: '我核对过，核准' }).click();
      await page.getByText('您已经核准过，还要另一位同事核准').waitFor();
    });
    // Somebody was faster: nothing is done on what is old.
    await slow.getByRole('button', { name: '我核对过，核准' }).click();
    await slow.getByText('这里刚有人办过').waitFor();
    await slow.getByRole('button', { name: '看看现在的样子' }).click();
    await slow.getByText('一人已核准').waitFor();
    await slow.getByRole('button', { name: '核准这个批次' }).click();
    await slow.getByRole('button', { name: '我核对过，核准' }).click();
    await slow.getByText('两人已核准').waitFor();
  });
  await as('finance', { width: 1440 }, async (page) => {
    await go(page, batchLink, /^批次/);
    await page.getByRole('button', { name: '交银行' }).click();
    await page.getByRole('alert').filter({ hasText: '收不回来' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '交银行，不能撤销' }).click();
    await page.getByRole('heading', { name: '导入银行结果' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    const lines = readFileSync(await (await download).path(), 'utf8').trim().split(/\r?\n/).map((line) => line.split(','));
    const payments = lines.slice(1, -1).map(([number = '', name = '', , account = '', amount = '']) => ({ number, name, account, amount }));
    expect(payments.map(({ amount }) => Number(amount)).sort((one, other) => one - other)).toEqual([12000.5, 24000, 24000, 24000]);
    expect(payments.every(({ account }) => /^\d{16,19}$/.test(account))).toBe(true);

    const today = dayOf(new Date());
    const send = async (name: string, rows: readonly string[]): Promise<void> => {
      await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(`\ufeff付款编号,金额（元）,结果,日期,原因\r\n${rows.join('\r\n')}\r\n`) });
      await page.getByRole('button', { name: '导入结果' }).click();
    };
    await send('错的.csv', [`${payments[0]?.number},1.00,成功,${today},`, `X-1,24000.00,成功,${today},`, `${payments[1]?.number},${payments[1]?.amount},怎样,${today},`]);
    await page.getByText('有 3 处不对，整份都没有登记').waitFor();
    const wrong = await page.locator('.wrong-lines li').allTextContents();
    expect(wrong.map((text) => /第 2 行.*金额|第 3 行.*没有这个付款编号|C4.*结果/.test(text))).toEqual([true, true, true]);
    await expectAccessible(page);
    await send('结果.csv', payments.map(({ number, name, amount }) => `${number},${amount},${name === '张三二' ? '失败' : '成功'},${today},${name === '张三二' ? '账户已销户' : ''}`));
    await page.getByText('登记好了：成功 3 笔，失败 1 笔').first().waitFor();
    await page.getByText('账户已销户').waitFor();
    await page.getByText('已办结').first().waitFor();
    await expectAccessible(page);
    // What failed can be paid again.
    await page.getByRole('link', { name: '可发放' }).click();
    await page.getByRole('rowheader', { name: '张三二' }).waitFor();
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);
  });
});

test('every figure leads down to its entry, on a telephone too', async () => {
  await as('finance', { width: 390, colours: 'dark' }, async (page) => {
    await go(page, '#/funds', '资金');
    await page.getByRole('rowheader', { name: grantedFund }).getByRole('link').click();
    await page.getByRole('link', { name: /已支付\s*60,000.50 元/ }).click();
    await page.getByRole('heading', { name: '分录 · 已支付' }).waitFor();
    await page.getByText('约定逐笔').click();
    await page.getByRole('region', { name: '约定逐笔' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('rowheader', { name: '支付' }).first().getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: /^支付 [\d,.]+ 元$/ }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('link', { name: '看这笔约定的来去' }).click();
    await page.getByRole('heading', { level: 1, name: /^一笔约定/ }).waitFor();
    await expectAccessible(page);
    await page.goBack();
    await page.getByRole('link', { name: '看这个批次' }).click();
    await page.getByRole('heading', { level: 1, name: /^批次/ }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    for (const [hash, heading] of [['#/payments', '发放'], ['#/payments/doubts', '疑点'], ['#/payments/batches', '批次'], ['#/payments/recoveries', '追回'], ['#/funds/budgets', '预算'], ['#/funds', '资金']] as const) {
      await go(page, hash, heading);
      await expect.poll(() => page.getByRole('status').filter({ hasText: '已显示' }).count()).toBe(1);
      await expectAccessible(page);
      await expectFits(page);
    }
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Excel 表格' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  });
});

test('what was paid wrongly is asked back by two people; a return is booked', async () => {
  let link = '';
  await as('finance', { width: 1440 }, async (page) => {
    await go(page, batchLink, /^批次/);
    await page.getByRole('button', { name: '登记退汇 张三一' }).click();
    await page.getByLabel('银行说的原因').fill('户名不符');
    const form = page.getByRole('region', { name: '登记退汇' });
    const field = form.getByLabel('哪天退回来的');
    // The batch went to the bank today, so yesterday is told at the field before anything is asked.
    const today = await field.inputValue();
    const yesterday = dayOf(new Date(Date.parse(`${today}T12:00:00+08:00`) - 86_400_000));
    expect(await field.evaluate((input: HTMLInputElement) => [input.min, input.max])).toEqual([today, today]);
    await field.fill(yesterday);
    await form.getByRole('button', { name: '登记退汇' }).click();
    await form.getByRole('alert').getByText('这一批今天才交银行').waitFor();
    await expectAccessible(page);
    await field.fill(today);
    await form.getByRole('button', { name: '登记退汇' }).click();
    await expectAccessible(page);
    const sure = form.getByRole('group', { name: '登记退汇' }).getByRole('button', { name: '登记退汇' });
    // What the server refuses of the day stands at the field too: this call goes out with yesterday.
    await page.route('**/return', (route) => route.continue({ postData: JSON.stringify({ on: yesterday, reason: '户名不符' }) }), { times: 1 });
    await sure.click();
    await form.locator('.text-field').filter({ hasText: '哪天退回来的' }).getByText('早于这一批交银行的那天').waitFor();
    await field.fill(today);
    await sure.click();
    await page.getByRole('row').filter({ hasText: '张三一' }).getByText('退汇', { exact: true }).waitFor();
    await page.getByRole('link', { name: '要求退还 张三三' }).click();
    await page.getByRole('heading', { name: '要求退还一笔付款 · 张三三' }).waitFor();
    await page.getByLabel('依据文号').fill('样检〔2026〕3号');
    await page.getByLabel('理由').fill('到期前已经离职');
    await expectAccessible(page);
    await page.getByRole('button', { name: '提出，等核准' }).click();
    await page.getByRole('heading', { level: 1, name: /^追回 / }).waitFor();
    link = new URL(page.url()).hash;
    // Nobody approves what they proposed.
    await page.getByRole('button', { name: '核准追回' }).click();
    await page.getByRole('button', { name: '核准，要求归还' }).click();
    await page.getByText('也不能复核自己办的').waitFor();
  });
  await as('second', { width: 390 }, async (page) => {
    await go(page, link, /^追回 /);
    await page.getByRole('button', { name: '核准追回' }).click();
    await page.getByRole('button', { name: '核准，要求归还' }).click();
    await page.getByText('已要求归还').waitFor();
    await page.getByText('登记收到的还款').click();
    await page.getByLabel('收到多少（元）').fill('2000.50');
    await page.getByLabel('银行流水号').fill('SAMPLE-0001');
    await page.getByRole('button', { name: '登记', exact: true }).click();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '对过了，登记' }).click();
    await page.getByText('SAMPLE-0001').waitFor();
    await page.getByText('10,000 元').first().waitFor();
  });
});

test('the fund of an instalment that no document gives one is named on a telephone, however long its name is', async () => {
  await as('finance', { width: 390 }, async (page) => {
    await go(page, '#/payments', '发放');
    await page.getByRole('link', { name: '张三六' }).click();
    const form = page.getByRole('region', { name: '由哪项资金付' });
    await form.getByRole('button', { name: '定这项资金' }).click();
    await form.getByText('请选一项资金。').waitFor();
    await expectFits(page);
    await expectAccessible(page);
    await form.getByRole('combobox').selectOption({ index: 1 });
    await form.locator('p').filter({ hasText: /还剩 .*元/ }).waitFor();
    await form.getByLabel('依据文号').fill('样财行〔2026〕7号');
    await form.getByRole('button', { name: '定这项资金' }).click();
    await expectFits(page);
    await form.getByRole('button', { name: '我看过文件，就由它付' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: grantedFund }).waitFor();
  });
});
