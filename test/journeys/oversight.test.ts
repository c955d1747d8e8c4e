// Fraud is reported without a name and followed by a code; a lot is drawn, somebody is visited and not met at the post; a finding stops the money, and what was paid is asked back.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectFits, startBrowser, type TestBrowser, type View } from '../support/browser.ts';
import { callerWith, signInFirst } from '../support/desk-cases.ts';
import { makeSeededRunningCity } from '../support/copied-city.ts';
import { addFinanceOfficers, grantInCity } from '../support/granted-city.ts';
import { payInCity, type Payers } from '../support/paid-city.ts';
import type { RunningCity } from '../support/running-city.ts';

type Name = 'reviewer' | 'approver' | 'leader' | 'finance' | 'second' | 'third';

const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
let city: RunningCity | undefined;
let browser: TestBrowser | undefined;
let url = '';
const sessions = new Map<Name, string>();
let code = '';
let findingPath = '';

beforeAll(async () => {
  const { city: made, passwords: samples } = await makeSeededRunningCity(30);
  city = made;
  browser = await startBrowser(city.start().then((server) => (url = server.url)));
  const environment = { ...process.env, ...city.environment };
  const place = { url, environment };
  const added = await addFinanceOfficers(place);
  await grantInCity(place, samples.get('intake') ?? '', ['张三一', '张三二', '张三三'].map((name) => ({ name, fen: 2_400_000 })));
  await Promise.all((['reviewer', 'approver', 'leader', 'finance', 'second', 'third'] as const).map(async (name) => sessions.set(name, await signInFirst(url, `sample-${name}`, samples.get(name) ?? added.get(name) ?? ''))));
  const payers = (['finance', 'second', 'third'] as const).map((name) => callerWith(url, sessions.get(name) ?? '')) as unknown as Payers;
  const paid = await payInCity(place, payers);
  if (paid !== 3) throw new Error(`${paid} instalments were paid`);
});
afterAll(async () => {
  await Promise.all([browser?.close(), city?.remove()]);
});

/** Opens a page as somebody who is signed in, or as anybody. */
async function as(name: Name | 'anybody', path: string, view: View, work: (page: Page) => Promise<void>): Promise<void> {
  if (browser === undefined) throw new Error('the browser has not started');
  const visit = await browser.open('/verify/', { today, ...view });
  try {
    if (name !== 'anybody') await visit.context.addCookies([{ name: 'wutong_session', value: encodeURIComponent(sessions.get(name) ?? ''), url, httpOnly: true, sameSite: 'Strict' }]);
    await visit.page.goto(name === 'anybody' ? path : `/office/#${path}`);
    await work(visit.page);
  } catch (error) {
    if (error instanceof Error && visit.complaints.length > 0) error.message += `\n${visit.complaints.join('\n')}`;
    await visit.context.close();
    throw error;
  }
  await visit.end();
}

/** Looks up a report by its code. */
async function follow(page: Page): Promise<void> {
  await page.getByLabel('回执码').fill(code.toLowerCase());
  await page.getByRole('button', { name: '查看' }).click();
  await page.getByRole('heading', { name: '来往的话' }).waitFor();
}

test('anybody reports on a telephone, a question at a time, and keeps a code; a name needs signing in', async () => {
  await as('anybody', '/public/#/report', { width: 390 }, async (page) => {
    await page.getByRole('heading', { level: 1, name: '举报骗取待遇' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('link', { name: '我要举报' }).click();
    await page.getByLabel('实名').check();
    await page.getByText('实名要先登录').waitFor();
    expect(await page.getByRole('button', { name: '下一步' }).getAttribute('aria-disabled')).toBe('true');
    await expectAccessible(page);
    await page.getByLabel('匿名').check();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('请写下发生了什么').waitFor();
    await expectAccessible(page);
    await page.getByLabel('什么人、什么事、您怎么知道的').fill('样例一公司的张三一三月起就不去上班了，补贴还在领。');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('在哪个辖区').selectOption('220202');
    await expectAccessible(page);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '上一步' }).click();
    await page.getByRole('button', { name: '下一步' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: '交给他们' }).click();
    code = (await page.locator('.receipt code').textContent()) ?? '';
    expect(code).toMatch(/^.{4}-.{4}-.{4}-.{4}$/);
    await expectAccessible(page);
    await expectFits(page);
    // Nothing of it stays on the device.
    expect(await page.evaluate(`JSON.stringify([{ ...localStorage }, { ...sessionStorage }])`)).not.toContain('张三一');
  });
});

test('officers examine it with words to and fro and settle it; a leader reads and does not act', async () => {
  await as('reviewer', '/reports', { width: 1440 }, async (page) => {
    await page.getByRole('heading', { level: 1, name: '举报' }).waitFor();
    await page.getByRole('row').filter({ hasText: '匿名' }).getByText('已收到').waitFor();
    await expectAccessible(page);
    await page.getByRole('searchbox').fill('没有人说过这个');
    await page.getByText('没有这样的举报。').waitFor();
    await page.getByRole('searchbox').fill('三月起');
    const download = page.waitForEvent('download');
    await page.getByRole('row').filter({ hasText: '匿名' }).waitFor();
    await page.getByRole('link', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await page.getByRole('link', { name: /^样例一公司/ }).click();
    await page.getByRole('heading', { level: 1, name: '一个举报' }).waitFor();
    await page.getByText('补贴还在领').waitFor();
    await page.getByLabel('说明或者询问').fill('请问是哪个车间？');
    await page.getByLabel(/^查明是哪个办件/).fill('张三一');
    await page.getByRole('button', { name: '找', exact: true }).click();
    await page.getByRole('button', { name: /^张三一 · / }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: '留言', exact: true }).click();
    await page.getByText('留言好了').waitFor();
    await page.getByText('核查中').waitFor();
    await page.getByRole('link', { name: '提出检查结论' }).waitFor();
  });
  await as('leader', '/reports', { width: 390 }, async (page) => {
    await page.getByRole('link', { name: /^样例一公司/ }).waitFor();
    await expectFits(page);
    await page.getByRole('link', { name: /^样例一公司/ }).click();
    await page.getByText('您可以看，不能办理。').waitFor();
    expect(await page.getByRole('button', { name: '留言' }).count()).toBe(0);
    await expectAccessible(page);
    await expectFits(page);
  });
  await as('anybody', '/public/#/report/follow', { width: 390 }, async (page) => {
    await page.getByLabel('回执码').fill('2345-2345-2345-2345');
    await page.getByRole('button', { name: '查看' }).click();
    await page.getByText('没有这个回执码的举报').waitFor();
    await expectAccessible(page);
    await follow(page);
    await page.getByText('请问是哪个车间？').waitFor();
    await page.getByLabel('接着说').fill('二车间。');
    await page.getByRole('button', { name: '补充', exact: true }).click();
    await page.getByText('补充好了。').waitFor();
    await page.getByRole('listitem').filter({ hasText: '二车间。' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});

test('a lot is drawn before everybody, checks out, and a visit at the post is recorded on a telephone', async () => {
  await as('reviewer', '/inspections', { width: 1440 }, async (page) => {
    await page.getByText('没有这样的计划。').waitFor();
    await page.getByRole('link', { name: '编一个计划' }).click();
    await page.getByRole('button', { name: '编好' }).click();
    await expect.poll(() => page.getByText('这一项还没填').count()).toBe(3);
    await expectAccessible(page);
    await page.getByLabel('计划名称').fill('年末在岗抽查');
    await page.getByLabel('辖区').selectOption('220202');
    await page.getByLabel('哪份政策').selectOption('jilin-city-2021');
    await page.getByLabel('哪项待遇').selectOption('living-subsidy');
    await page.getByLabel('抽几个').fill('3');
    await page.getByRole('button', { name: '编好' }).click();
    await page.getByRole('button', { name: '现在抽取' }).click();
    await page.getByRole('alert').filter({ hasText: '只抽一次' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '现在抽', exact: true }).click();
    await page.getByText('按随机数重算过，和当时抽的一样').waitFor();
    expect(await page.locator('.lot-seed').textContent()).toMatch(/^[0-9a-f]{64}$/);
    await page.getByText('怎么自己重算').click();
    await page.getByRole('region', { name: '怎么自己重算' }).waitFor();
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(3);
    await expectAccessible(page);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出全部候选（CSV）' }).click();
    // The line that is shown names the file as it comes.
    expect(await page.locator('.lot-command').textContent()).toContain(`'${(await download).suggestedFilename()}'`);
  });
  await as('reviewer', '/inspections', { width: 390 }, async (page) => {
    await page.getByRole('link', { name: '年末在岗抽查' }).click();
    await page.getByRole('rowheader', { name: '张三一' }).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: '检查：张三一' }).waitFor();
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByText('先选在不在岗').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('radio', { name: /^不在岗/ }).check();
    await page.getByLabel(/^还看到什么/).fill('门卫说三月以后没见过。');
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByText('张三一登记好了').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /^下一个：张三/ }).click();
    await page.getByRole('radio', { name: /^在岗/ }).check();
    await page.getByRole('radio', { name: /^起作用/ }).check();
    await expectAccessible(page);
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByRole('link', { name: '回到名单' }).click();
    await page.getByRole('combobox', { name: '检查', exact: true }).selectOption({ label: '还没查' });
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);
    await expectFits(page);
  });
  await as('leader', '/inspections', { width: 390 }, async (page) => {
    await page.getByRole('link', { name: '年末在岗抽查' }).waitFor();
    expect(await page.getByRole('link', { name: '编一个计划' }).count()).toBe(0);
    await page.getByRole('link', { name: '年末在岗抽查' }).click();
    await page.getByRole('rowheader', { name: '张三一' }).getByRole('link').click();
    await page.getByText('您可以看，不能登记。').waitFor();
    expect(await page.getByRole('button', { name: '登记' }).count()).toBe(0);
    await expectAccessible(page);
  });
});

test('a finding stops the money at once, is confirmed by somebody else, and what was paid is asked back', async () => {
  await as('reviewer', '/inspections', { width: 390 }, async (page) => {
    await page.getByRole('link', { name: '年末在岗抽查' }).click();
    await page.getByRole('rowheader', { name: '张三一' }).getByRole('link').click();
    await page.getByRole('button', { name: '登记' }).click();
    await page.getByRole('link', { name: '提出检查结论' }).click();
    await page.getByRole('heading', { level: 1, name: '提出检查结论' }).waitFor();
    await page.getByText(/^张三一 · /).waitFor();
    await page.getByRole('button', { name: '提出', exact: true }).click();
    await page.getByText('这一项还没填').waitFor();
    await page.getByLabel('查到了什么').fill('三月起没有上班，门卫和车间主任都这么说。');
    await page.getByLabel(/^推荐单位/).fill('样例一公司');
    await page.getByRole('button', { name: '找', exact: true }).click();
    await page.getByRole('button', { name: '样例一公司', exact: true }).click();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '提出', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: '马上停发' }).waitFor();
    await page.getByRole('button', { name: '查实了，提出' }).click();
    await page.getByRole('heading', { level: 1, name: '张三一的检查结论' }).waitFor();
    await page.getByText('这条是您提出的，要请另一位同事决定。').waitFor();
    findingPath = new URL(page.url()).hash.slice(1);
    await page.getByRole('region', { name: '谁要负责' }).getByText('推荐单位').waitFor();
    expect(await page.getByRole('region', { name: '谁要负责' }).textContent()).toMatch(/领取人.*张三一|张三一.*领取人/);
    // What was paid stays paid; what is to come is held.
    await expect.poll(() => page.getByRole('row').filter({ hasText: '已经付了' }).count()).toBe(1);
    await expect.poll(() => page.getByRole('row').filter({ hasText: '停着' }).count()).toBe(2);
    await expectAccessible(page);
    await expectFits(page);
  });
  await as('approver', findingPath, { width: 1440 }, async (page) => {
    await page.getByRole('radio', { name: /^认定/ }).check();
    await page.getByRole('button', { name: '决定', exact: true }).click();
    await expect.poll(() => page.getByText('这一项还没填').count()).toBe(2);
    await expectAccessible(page);
    await page.getByLabel('理由').fill('属实。');
    await page.getByLabel('认定书的文号').fill('样人社〔2026〕12号');
    await page.getByRole('button', { name: '决定', exact: true }).click();
    await page.getByRole('button', { name: '属实，认定' }).click();
    await page.getByText('决定好了。').waitFor();
    await page.getByText('已认定，停发着').waitFor();
    await expectAccessible(page);
  });
  await as('reviewer', findingPath, { width: 1440 }, async (page) => {
    await page.getByText('等审批的同事了结。').waitFor();
    await page.getByText('追回已经付的').click();
    await page.getByRole('button', { name: '提出追回' }).click();
    await expect.poll(() => page.getByText('这一项还没填').count()).toBe(2);
    await page.getByLabel(/^第 1 期/).check();
    await page.getByText('合计 24,000 元').waitFor();
    await page.getByLabel('为什么要追回').fill('三月起不在岗。');
    await page.getByRole('button', { name: '提出追回' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: '提出，等核准' }).click();
    await page.getByText('提出好了，等财务的同事核准。').waitFor();
    await page.getByRole('link', { name: '看这笔追回' }).click();
    await page.getByRole('heading', { level: 1, name: /^追回 / }).waitFor();
    await page.getByText('样人社〔2026〕12号').waitFor();
  });
  await as('approver', '/inspections/findings', { width: 390 }, async (page) => {
    await page.getByRole('link', { name: '张三一' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('link', { name: '张三一' }).click();
    await page.getByRole('button', { name: '了结' }).click();
    await page.getByRole('button', { name: '都办好了，了结' }).click();
    await page.getByText('了结了。').waitFor();
    await page.getByText('这条结论不再停着钱。').waitFor();
    await expectAccessible(page);
  });
  // The report ends with its answer, and its maker reads it.
  await as('reviewer', '/reports', { width: 390 }, async (page) => {
    await page.getByRole('link', { name: /^样例一公司/ }).click();
    await page.getByText('二车间。').waitFor();
    await page.getByRole('radio', { name: /^属实/ }).check();
    await page.getByLabel('写给举报人的答复').fill('查实了，停发并追回。谢谢您。');
    await page.getByRole('button', { name: '办结', exact: true }).click();
    await page.getByRole('button', { name: '查完了，办结' }).click();
    await page.getByText('办结了。举报人凭码能看到答复。').waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
  await as('anybody', '/public/#/report/follow', { width: 1440 }, async (page) => {
    await follow(page);
    await page.getByText('查实了，停发并追回。谢谢您。').waitFor();
    await page.getByText('这件已经办结，不能再补充').waitFor();
    expect(await page.getByLabel('接着说').count()).toBe(0);
    await expectAccessible(page);
  });
});
