// A list that is wrong as a whole is taken back before its time: said first, asked once, gone for the public, and its case waits for another list.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useDeskCity } from '../support/desk-cases.ts';
import { sampleBenefit, samplePolicy } from '../support/sample-decision.ts';

const city = useDeskCity();

test('an approver takes a list back with a reason; nobody of the public sees it, and its case waits to be published again', async () => {
  const opened = await city.made().callers.approver.post('/publicity/lists', { jurisdictionCode: '220202', policyId: samplePolicy, benefitId: sampleBenefit });
  expect(opened.status).toBe(201);
  const { listId } = opened.body as { listId: string };
  await city.visit('reviewer', `/publicity/list/${listId}`, { width: 390 }, async ({ page }) => {
    await page.getByRole('row').filter({ hasText: '张三八' }).waitFor({ timeout: 30_000 });
    expect(await page.getByText('提前撤回这份公示').count()).toBe(0);
  });
  await city.visit('approver', `/publicity/list/${listId}`, { width: 390 }, async ({ page }) => {
    await page.getByRole('row').filter({ hasText: '张三八' }).waitFor({ timeout: 30_000 });
    await page.getByText('提前撤回这份公示').click();
    await page.getByRole('button', { name: '撤回公示' }).click();
    await page.getByText('请写清为什么撤回').waitFor();
    await page.getByLabel('为什么撤回').fill('名单编错了待遇，整份撤回。');
    await page.getByRole('button', { name: '撤回公示' }).click();
    await page.getByText('撤回以后公众马上看不到这 1 项').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '确实要撤回' }).click();
    await page.getByText('名单编错了待遇，整份撤回。').waitFor();
    await page.getByText('各件都回到等着公示的地方了').waitFor({ timeout: 30_000 });
    expect(await page.getByText('公众看到的样子').count()).toBe(0);
    await expectAccessible(page);
  });
  await city.visit('approver', '/publicity/new', { width: 1440 }, async ({ page }) => {
    await page.getByRole('link', { name: /企业引才生活补贴.*1 件等着公示/ }).waitFor();
    await page.goto(`/public/#/list/${listId}`);
    await page.reload();
    await expect.poll(() => page.getByText('张三八').count(), { timeout: 15_000 }).toBe(0);
    await page.goto('/public/');
    await page.getByText('现在没有正在公示的名单').waitFor();
  });
});
