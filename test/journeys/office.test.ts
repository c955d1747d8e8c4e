// Staff at the desk: the first sign-in step by step, what a role opens, finding people, one's account, and signing out.
import { TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { useOfficeCity } from '../support/office-city.ts';
import { sampleNumber } from '../support/registry-samples.ts';

const city = useOfficeCity();
const PHONE = '15412340001';
const number = sampleNumber();
const patience = { timeout: 15_000 };
const PASSWORD = 'Phoenix-on-Wutong-7391';

/** The first time of a member of staff, as far as the page behind the gate. @returns a recovery code. */
async function enterFirst(page: Page, account: string): Promise<string> {
  await page.getByLabel('登录名').fill(`sample-${account}`);
  await page.getByLabel('密码', { exact: true }).fill(city.oneTimePassword(account));
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByLabel('新密码').fill(PASSWORD);
  await page.getByLabel('再填一遍').fill(PASSWORD);
  await page.getByRole('button', { name: '继续' }).click();
  const secret = (await page.locator('.secret').textContent()) ?? '';
  const authenticator = new TOTP({ secret: secret.replaceAll(' ', '') });
  await page.getByRole('textbox', { name: '动态码' }).fill(authenticator.generate());
  await page.getByRole('button', { name: '继续' }).click();
  const recoveryCode = (await page.locator('.recovery-codes code').first().textContent()) ?? '';
  await page.getByRole('button', { name: '我收好了' }).click();
  await page.getByRole('heading', { level: 1, name: /您好$/ }).waitFor();
  return recoveryCode;
}

test.each([390, 1440] as const)('a reviewer comes for the first time and finds people (%i px)', async (width) => {
  const account = width === 390 ? 'reviewer' : 'approver';
  await city.visit('/office/', { width }, async ({ page }) => {
    await page.getByRole('heading', { level: 1, name: '登录工作台' }).waitFor();
    await expectAccessible(page);
    // Two passwords that differ are told of before anything is sent.
    await page.getByLabel('登录名').fill(`sample-${account}`);
    await page.getByLabel('密码', { exact: true }).fill('not this one');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').filter({ hasText: '不对' }).waitFor();
    await page.getByLabel('密码', { exact: true }).fill(city.oneTimePassword(account));
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByLabel('新密码').fill(PASSWORD);
    await page.getByLabel('再填一遍').fill(`${PASSWORD}.`);
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByText('两遍不一样').waitFor();
    await page.getByLabel('再填一遍').fill(PASSWORD);
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByRole('img', { name: '绑定动态码的二维码' }).waitFor();
    await expectAccessible(page);
    const secret = ((await page.locator('.secret').textContent()) ?? '').replaceAll(' ', '');
    const authenticator = new TOTP({ secret });
    await page.getByRole('textbox', { name: '动态码' }).fill(authenticator.generate());
    await page.getByRole('button', { name: '继续' }).click();
    await page.getByRole('heading', { name: '收好恢复码' }).waitFor();
    expect(await page.locator('.recovery-codes li').count()).toBeGreaterThanOrEqual(8);
    await expectAccessible(page);
    await page.getByRole('button', { name: '我收好了' }).click();

    await page.getByRole('heading', { level: 1, name: /您好$/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('navigation', { name: '可以做的' }).getByRole('link', { name: '人员' }).click();
    await page.getByRole('status').filter({ hasText: '共 120 条' }).waitFor();
    await expectAccessible(page);
    // Numbers are masked, and nobody's telephone stands there.
    expect(await page.locator('tbody').textContent()).not.toMatch(/\d{17}[\dX]|1[3-9]\d{9}/);
    await page.getByRole('searchbox').fill('zhang');
    await expect.poll(async () => (await page.locator('tbody th').allTextContents()).every((name) => /^[张章]/.test(name)), patience).toBe(true);
    await page.getByRole('searchbox').fill('没有这个人的名字');
    await page.getByText('没有找到').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByRole('status').filter({ hasText: '共 120 条' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Excel 表格' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
    // What is asked for stands in the address, so that it survives a reload and the way back.
    await page.getByLabel('学历').selectOption('本科');
    await expect.poll(() => page.url(), patience).toContain('education=');
    await page.reload();
    await expect.poll(() => page.getByLabel('学历').inputValue(), patience).toBe('本科');
    await page.goBack();
    await page.getByRole('status').filter({ hasText: '共 120 条' }).waitFor();
  });
});

test('the security administrator sees no list of people; signs out, and in again with a recovery code', async () => {
  await city.visit('/office/', { width: 1440 }, async ({ page }) => {
    const recoveryCode = await enterFirst(page, 'security');
    expect(await page.getByRole('link', { name: '人员' }).count()).toBe(0);
    await page.goto('/office/#/people');
    await page.getByRole('heading', { level: 1, name: /您好$/ }).waitFor();
    await page.getByText('安全管理员').first().click();
    await page.getByRole('link', { name: '我的账号' }).click();
    await page.getByRole('heading', { name: '登录着的地方' }).waitFor();
    await page.getByText('就是这里').waitFor();
    await expectAccessible(page);
    await page.getByText('安全管理员').first().click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('登录名').fill('sample-security');
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('heading', { name: '还差一步：动态码' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: '动态码' }).fill(recoveryCode);
    await page.getByRole('button', { name: '继续' }).click();
    // Where one was before.
    await page.getByRole('heading', { level: 1, name: '我的账号' }).waitFor();
  });
});

test('English, dark and large letters are kept for the next visit', async () => {
  await city.visit('/office/', { width: 390, colours: 'dark' }, async ({ page }) => {
    await page.getByText('显示').click();
    await page.getByLabel('English').check();
    await page.getByRole('heading', { level: 1, name: 'Sign in to the workbench' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Sign in to the workbench' }).waitFor();
    await expectAccessible(page, 'colours');
    await page.getByRole('button', { name: 'First time here: activate your account' }).click();
    await page.getByRole('heading', { level: 1, name: 'Activate your account' }).waitFor();
    await expectAccessible(page);
  });
});

test('a data steward imports a list, sees which cell is wrong, writes the right rows; and the person enters by telephone', async () => {
  await city.visit('/office/', { width: 1440 }, async ({ page }) => {
    await enterFirst(page, 'steward');
    await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name: '导入' }).click();
    await page.getByText('还没有导入过名单').waitFor();
    await expectAccessible(page);
    const rows = ['姓名,证件号码,手机号,所属辖区,学历', `张三一,${number},${PHONE},昌邑区,本科`, `张三二,${sampleNumber().slice(0, 17)}?,,昌邑区,本科`, `张三三,${sampleNumber()},,昌邑区,大学问`];
    await page.locator('input[type=file]').setInputFiles({ name: '样例名单.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`) });
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.getByText('查完了，等您确认').waitFor();
    await page.getByText('第 3 行').waitFor();
    await expect.poll(() => page.locator('.wrong-rows').textContent()).toMatch(/第 3 行.*证件号码.*第 4 行.*学历/s);
    await expectAccessible(page);
    // What is wrong is told in the reader's language, also where it changes meanwhile.
    await page.getByText('显示').click();
    await page.getByLabel('English').check();
    await expect.poll(() => page.locator('.wrong-rows').textContent()).not.toMatch(/[。，；]/);
    expect(await page.locator('a[download]').getAttribute('href')).toContain('language=en');
    await page.getByLabel('中文').check();
    await expect.poll(() => page.locator('.wrong-rows').textContent()).toMatch(/第 3 行.*。/s);
    const sheet = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载错误表' }).click();
    expect((await sheet).suggestedFilename()).toMatch(/\.xlsx$/);
    await page.getByRole('button', { name: '写入这 1 行' }).click();
    await page.getByText('写完了').waitFor();
    await page.goto('/office/#/people?q=张三一');
    await page.getByRole('rowheader', { name: '张三一' }).waitFor();
  });

  await city.visit('/my/', { width: 390 }, async ({ page }) => {
    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('手机号').fill(PHONE);
    await page.getByRole('button', { name: '发验证码' }).click();
    await page.getByText('已经发出').waitFor();
    await page.getByLabel('短信里的 6 位数字').fill(await city.codeSentTo(PHONE));
    await page.getByRole('button', { name: '登录', exact: true }).click();
    // The first time: what is done with one's data, before anything is kept.
    await page.getByRole('heading', { name: '先看看我们怎么用您的信息' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '看过了，同意' }).click();
    await page.getByRole('heading', { name: '实名认领' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('姓名').fill('张三一');
    await page.getByLabel('证件号码').fill(number);
    await page.getByRole('button', { name: '认领' }).click();
    await page.getByRole('link', { name: '我的信息' }).first().click();
    await page.getByRole('rowheader', { name: '学历' }).waitFor();
    await page.getByText('还没有登记账户').waitFor();
    await expectAccessible(page);
    await page.getByLabel('开户银行').fill('样例银行吉林分行');
    await page.getByLabel('户名').fill('张三一');
    await page.getByLabel('账号').fill('6222020200012345670');
    await page.getByRole('button', { name: '登记账户' }).click();
    await page.getByText('登记好了').waitFor();
    expect(await page.textContent('main')).not.toContain('6222020200012345670');
    await page.getByLabel('说明').fill('毕业院校写错了，应当是样例大学');
    await page.getByRole('button', { name: '提出' }).click();
    await page.getByText('收到了，最晚').waitFor();
    await expectAccessible(page);
    const copy = page.waitForEvent('download');
    await page.getByRole('link', { name: '文字版' }).click();
    expect((await copy).suggestedFilename()).toMatch(/\.txt$/);
  });
});
