// A session that ends in the middle of a form: nothing that was entered is lost, whoever was there goes on, and somebody else begins anew.
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useOfficeCity } from '../support/office-city.ts';

const city = useOfficeCity();
const PASSWORD = 'Phoenix-on-Wutong-7391';

/** @returns the recovery codes of an account that enters for the first time. */
async function enterFirst(page: Page, account: string): Promise<readonly string[]> {
  await page.getByLabel('登录名').fill(`sample-${account}`);
  await page.getByLabel('密码', { exact: true }).fill(city.oneTimePassword(account));
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('新密码').fill(PASSWORD);
  await page.getByLabel('再填一遍').fill(PASSWORD);
  await page.getByRole('button', { name: '继续' }).click();
  const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
  await page.getByRole('textbox', { name: '动态码' }).fill(new TOTP({ secret }).generate());
  await page.getByRole('button', { name: '继续' }).click();
  await page.getByRole('heading', { name: '收好恢复码' }).waitFor();
  const codes = await page.locator('.recovery-codes code').allTextContents();
  await page.getByRole('button', { name: '我收好了' }).click();
  await page.getByRole('heading', { level: 1, name: /您好$/ }).waitFor();
  return codes;
}

async function enterAgain(page: Page, account: string, code: string): Promise<void> {
  const gate = page.locator('main.gate');
  await gate.getByLabel('登录名').fill(`sample-${account}`);
  await gate.getByLabel('密码', { exact: true }).fill(PASSWORD);
  await gate.getByRole('button', { name: '登录' }).click();
  await gate.getByRole('textbox', { name: '动态码' }).fill(code);
  await gate.getByRole('button', { name: '继续' }).click();
}

test('what was entered stays behind the gate, also where the network is down, and is sent after signing in again', async () => {
  await city.visit('/office/', { width: 390 }, async ({ page, context }) => {
    const [code = ''] = await enterFirst(page, 'security');
    await page.goto('/office/#/staff/new');
    await page.getByLabel('姓名').fill('张三一');
    await page.getByLabel('登录名').fill('zhangsanyi');
    await page.getByLabel('手机号').fill('15490000801');
    // Back from another window while the server cannot be reached: the form is still there.
    await page.route('**/api/v1/access/me', (route) => route.fulfill({ body: 'a proxy answers in its place', contentType: 'text/html' }));
    const answer = page.waitForResponse('**/api/v1/access/me');
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await (await answer).finished();
    expect(await page.getByLabel('姓名').inputValue()).toBe('张三一');
    await page.unroute('**/api/v1/access/me');

    await context.clearCookies();
    await page.getByRole('button', { name: '设这个账号' }).click();
    await page.getByText('刚才填的都还在').waitFor();
    expect(await page.getByLabel('姓名').isVisible()).toBe(false);
    await expectAccessible(page);
    await expectFits(page);
    await enterAgain(page, 'security', code);
    await expect.poll(() => page.getByLabel('姓名').isVisible(), { timeout: 15_000 }).toBe(true);
    expect(await page.getByLabel('姓名').inputValue()).toBe('张三一');
    // Nothing speaks of signing in any more.
    expect(await page.getByText('请先登录').count()).toBe(0);
    await page.getByRole('button', { name: '设这个账号' }).click();
    await page.getByRole('heading', { name: '交给本人' }).waitFor();

    // Whoever leaves after the session has ended is out, and nothing waits for the next one.
    await page.reload();
    await page.getByLabel('姓名').fill('张三二');
    await context.clearCookies();
    await page.getByText('安全管理员').first().click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByRole('heading', { level: 1, name: '登录工作台' }).waitFor();
    await expect.poll(() => page.getByLabel('姓名').count()).toBe(0);
  });
});

test('a list that could not be asked is asked again, and somebody else gets nothing of what was open', async () => {
  await city.visit('/office/', { width: 1440 }, async ({ page, context }) => {
    const [first = ''] = await enterFirst(page, 'reviewer');
    await context.clearCookies();
    await page.goto('/office/#/people');
    await page.getByText('刚才填的都还在').waitFor();
    await enterAgain(page, 'reviewer', first);
    await page.getByRole('status').filter({ hasText: '共 120 条' }).waitFor();
    // It is asked a moment after typing: before anybody is signed out.
    const asked = page.waitForResponse((response) => response.url().includes('/api/v1/people?'));
    await page.getByRole('searchbox').fill('张');
    await (await asked).finished();

    const other = await context.newPage();
    await context.clearCookies();
    await other.goto('/office/');
    const [code = ''] = await enterFirst(other, 'approver');
    await other.close();
    await context.clearCookies();
    await page.getByRole('searchbox').fill('张三');
    await page.getByText('刚才填的都还在').waitFor();
    await enterAgain(page, 'approver', code);
    await page.getByText(/· 审批$/).first().waitFor();
    expect(await page.getByText(/· 审核$/).count()).toBe(0);
  });
});
