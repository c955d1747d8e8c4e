// Several cases handed out at once: taken by an officer, assigned by the approver, each told its outcome, and put back as they were.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useDeskCity } from '../support/desk-cases.ts';
import { done } from '../support/sample-case.ts';

const city = useDeskCity();

test('a reviewer takes all that wait at once, and puts them back; one that somebody was faster with says why', async () => {
  const { callers, cases } = city.made();
  const holders = async (): Promise<unknown[]> => Promise.all([cases.inReview, cases.inReviewToo, cases.short].map(async (caseId) => (await callers.reviewer.get(`/cases/${caseId}`)).body.assignee));
  await city.visit('reviewer', '/cases', { width: 390 }, async ({ page }) => {
    await page.getByLabel('选上张三二').check();
    await page.getByRole('button', { name: '选上这一页能办的' }).click();
    await page.getByText('已选 3 件').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    // Meanwhile somebody writes on one of them.
    await callers.intake.post(`/cases/${cases.short}/notes`, { words: '电话问过。' });
    await page.getByRole('button', { name: '领取 3 件' }).click();
    await page.getByRole('heading', { level: 1, name: '批量领取' }).waitFor();
    await page.getByRole('button', { name: '领取这 3 件' }).click();
    await page.getByText('领取了 2 件。 1 件没有办成，原因在下面。').waitFor();
    await page.getByRole('listitem').filter({ hasText: '张三六' }).getByText(/刚被|别人/).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    expect(await holders()).toEqual(['me', 'me', 'nobody']);
    await page.getByRole('button', { name: '改回去（2 件）' }).click();
    await page.getByText('2 件改回了原来的样子。').waitFor();
    await expect.poll(() => page.getByText('改回去了').count(), { timeout: 15_000 }).toBe(2);
    expect(await holders()).toEqual(['nobody', 'nobody', 'nobody']);
    await page.getByRole('button', { name: '回到办件' }).click();
    await page.getByRole('heading', { level: 1, name: '办件' }).waitFor();
  });
});

test('the approver assigns cases of one step to a colleague; of two steps nobody can do all', async () => {
  const { callers, cases } = city.made();
  await done(callers.intake, cases.late, 'claim');
  await city.visit('approver', '/cases', { width: 1440, colours: 'dark' }, async ({ page }) => {
    // One waits for acceptance, the other for the decision.
    await page.getByLabel('选上张三四').check();
    await page.getByLabel('选上张三七').check();
    await page.getByRole('button', { name: '分派 2 件' }).click();
    await page.getByRole('heading', { level: 1, name: '批量分派' }).waitFor();
    await page.getByText('选上的在不同的步骤').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '回到办件' }).click();
    await page.getByLabel(/^到哪一步/).selectOption({ label: '审核中' });
    await page.getByLabel('选上张三二').check();
    await page.getByLabel('选上张三三').check();
    await page.getByRole('button', { name: '分派 2 件' }).click();
    const to = page.getByLabel('分派给谁');
    await expect.poll(() => to.locator('option').allTextContents(), { timeout: 15_000 }).toContain('赵一二');
    await to.selectOption({ label: '赵一二' });
    await expectAccessible(page);
    await page.getByRole('button', { name: '分派这 2 件' }).click();
    await page.getByText('分派了 2 件。').waitFor();
    await expectAccessible(page);
    expect((await callers.reviewer.get(`/cases/${cases.inReview}`)).body.assignee).toBe('me');
    await page.getByRole('button', { name: '改回去（2 件）' }).click();
    await page.getByText('2 件改回了原来的样子。').waitFor();
  });
  const after = await Promise.all([cases.inReview, cases.inReviewToo].map(async (caseId) => (await callers.reviewer.get(`/cases/${caseId}`)).body.assignee));
  expect(after).toEqual(['nobody', 'nobody']);
});
