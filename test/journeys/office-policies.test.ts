// Policies at the desk: a draft begun from the version in force, changed beside what the check finds, approved by a second person, published for a day, and settings of a year by two people.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useOfficeCity } from '../support/office-city.ts';
import { makeVisitAs } from '../support/visit-as.ts';

const city = useOfficeCity();
const visitAs = makeVisitAs(city);
const patience = { timeout: 15_000 };
/** As long as the server lets a check take. */
const checkPatience = { timeout: 45_000 };
let draft = '';

test('an author begins a version, sees what the check finds at its line, mends it, and reads what changes', async () => {
  await visitAs('policy', '/policies', { width: 1440 }, async ({ page }) => {
    await page.getByRole('heading', { level: 1, name: '政策' }).waitFor();
    await page.getByRole('status').filter({ hasText: /共 \d+ 条/ }).waitFor();
    await expectAccessible(page);
    await page.getByRole('searchbox').fill('jilin-city-2021');
    await page.getByRole('status').filter({ hasText: '共 1 条' }).waitFor();
    await page.getByRole('rowheader').getByRole('link').first().click();
    await page.getByText('有效', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '新起一个版本' }).click();
    await page.getByRole('heading', { name: '改这个版本' }).waitFor();
    await page.getByText('和有效的版本一样。').waitFor();
    draft = page.url().split('/').at(-1) ?? '';
    await page.getByLabel('哪个文件').selectOption('living-subsidy.yaml');
    const text = page.getByLabel('living-subsidy.yaml的内容');
    const good = await text.inputValue();
    await text.fill(good.replace('条件', '条 件'));
    await page.getByText('还没有保存。').waitFor();
    await page.getByRole('button', { name: '保存并检查' }).click();
    await page.getByText(/检查出 \d+ 处/).waitFor(checkPatience);
    await page.getByRole('button', { name: /living-subsidy\.yaml 第 \d+ 行/ }).first().click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), patience).toBe('TEXTAREA');
    await expectAccessible(page);
    await text.fill(`${good}\n# 样例\n`);
    await page.getByLabel('改了什么、为什么').fill('样例：只加一行说明。');
    await page.getByRole('button', { name: '保存并检查' }).click();
    await page.getByText(/检查通过：\d+ 项待遇/).waitFor(checkPatience);
    await page.getByText('living-subsidy.yaml改了哪些行').click();
    await page.getByText('+ # 样例').waitFor();
    await page.getByText('这是您编制的，要由别人核准。').waitFor();
    await page.getByRole('button', { name: '查一查' }).click();
    await page.getByText(/查了 \d+ 件/).waitFor();
    await expectAccessible(page);
  });
});

test('somebody else approves it on a phone; the author publishes it for a later day and withdraws it', async () => {
  await visitAs('approver', `/policies/jilin-city-2021/${draft}`, { width: 390 }, async ({ page }) => {
    await page.getByText('样例：只加一行说明。').waitFor();
    await page.getByRole('button', { name: '核准' }).click();
    await page.getByRole('group', { name: '核准' }).getByRole('button', { name: '核准' }).click();
    await page.getByText('已核准。').waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
  await visitAs('policy', `/policies/jilin-city-2021/${draft}`, { width: 1440 }, async ({ page }) => {
    await page.getByLabel('哪天起有效').fill('2099-01-01');
    await page.getByRole('button', { name: '发布' }).click();
    await page.getByRole('group', { name: '发布' }).getByRole('button', { name: '发布' }).click();
    await page.getByText('已发布。').waitFor();
    await page.getByText('撤回这个版本', { exact: true }).first().click();
    await page.getByLabel('为什么撤回').fill('样例，不用了。');
    await page.getByRole('button', { name: '撤回这个版本' }).click();
    await page.getByRole('group', { name: '撤回这个版本' }).getByRole('button', { name: '撤回这个版本' }).click();
    await page.getByText('已撤回。').waitFor();
    await expectAccessible(page);
  });
});

test('a promise for the year is proposed with its number and approved by a second person', async () => {
  await visitAs('policy', '/policies/jilin-city-2021/settings', { width: 390 }, async ({ page }) => {
    await page.getByLabel('哪一类').selectOption({ label: '承诺的工作日' });
    await page.getByRole('searchbox').fill('高校面试点招聘');
    const row = page.getByRole('row').filter({ hasText: '高校面试点招聘' }).first();
    await row.getByText('提出新的').click();
    await row.getByLabel('设成多少').fill('7');
    await row.getByLabel('决定的文号').fill('样例办〔2026〕1 号');
    await row.getByRole('button', { name: '提出' }).click();
    await page.getByText('已提出，等另一位同事核准。').waitFor();
    await page.getByText('您提出的，要由别人核准。').waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
  await visitAs('approver', '/policies/jilin-city-2021/settings?kind=promise', { width: 1440 }, async ({ page }) => {
    await page.getByText('样例办〔2026〕1 号').waitFor();
    await page.getByRole('button', { name: '核准' }).click();
    await page.getByRole('group', { name: '核准' }).getByRole('button', { name: '核准' }).click();
    await page.getByText('已核准。').first().waitFor();
    await page.getByRole('row').filter({ hasText: '高校面试点招聘' }).getByText('7', { exact: true }).waitFor();
    await expectAccessible(page);
  });
});
