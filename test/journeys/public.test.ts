// Pages that anybody may open without signing in: public lists, receipts of objections, and checking a letter.
import { expect, test } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { useOfficeCity } from '../support/office-city.ts';

const city = useOfficeCity();

test.each([390, 1440] as const)('with nothing published, and codes of nothing, each page says so and what to do (%i px)', async (width) => {
  await city.visit('/public/', { width }, async ({ page }) => {
    await page.getByText('现在没有正在公示的名单').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '查异议的答复' }).click();
    await page.getByLabel('回执码').fill('ABCD-EFGH-JKMN');
    await page.getByRole('button', { name: '查看' }).click();
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    await expectAccessible(page);
    // As a letter prints it, without the slash; the code comes along.
    await page.goto('/verify?code=2345-6789-ABCD-EFGH');
    expect(await page.getByLabel('校验码').inputValue()).toBe('2345-6789-ABCD-EFGH');
    await page.getByRole('button', { name: '核对' }).click();
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    await expectAccessible(page);
    await page.getByLabel('English').check();
    await page.getByRole('heading', { level: 1, name: 'Check a letter' }).waitFor();
    await expectAccessible(page);
  });
});
