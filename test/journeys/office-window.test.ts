// Officers at the window and at their desks: cases assigned by name, a supplement and a promised paper taken in, an appeal made for somebody, and why an act is not offered.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useDeskCity } from '../support/desk-cases.ts';
import { done } from '../support/sample-case.ts';
import { makePdf } from '../support/sample-papers.ts';

const city = useDeskCity();
const patience = { timeout: 15_000 };
const pdf = async (name: string) => ({ name: `${name}.pdf`, mimeType: 'application/pdf', buffer: await makePdf({ text: name }) });

test('an approver assigns a case to a colleague by name, and the colleague adds a department and passes the case on', async () => {
  const { cases, callers } = city.made();
  await city.visit('approver', `/cases/${cases.inReview}`, { width: 1440 }, async ({ page }) => {
    await page.getByRole('button', { name: '分派' }).click();
    const form = page.getByRole('form', { name: '分派' });
    await form.getByLabel('分派给谁').selectOption({ label: '赵一二' });
    await expectAccessible(page);
    await form.getByRole('button', { name: '分派' }).click();
    await page.getByText('已分派。').waitFor();
    await page.getByText('谁在办：赵一二').waitFor();
    // Who did what, by name.
    await page.getByText('赵一一 · 昌邑区人社局').first().waitFor();
    await page.getByText('您 · 昌邑区人社局').first().waitFor();
  });
  expect((await callers.reviewer.get(`/cases/${cases.inReview}`)).body.assignee).toBe('me');
  await city.visit('reviewer', `/cases/${cases.inReview}`, { width: 390 }, async ({ page }) => {
    await page.getByText('赵一四 · 昌邑区人社局').waitFor();
    await page.getByRole('button', { name: '加签' }).click();
    const signer = page.getByRole('form', { name: '加签' });
    await signer.getByLabel('请哪个部门也提意见').selectOption({ label: '吉林市住建局' });
    await signer.getByLabel('理由').fill('涉及购房，请住建局看合同。');
    await expectFits(page);
    await signer.getByRole('button', { name: '加签' }).click();
    await page.getByText('已加签。').waitFor();
    await page.getByLabel('写一条备注').fill('房屋网签备案号已电话核过。');
    await page.getByRole('button', { name: '记下' }).click();
    await page.getByText('您 · 昌邑区人社局').first().waitFor();
    await expectAccessible(page);
  });
});

test('what was missing is brought to the counter: uploaded, checked and taken in', async () => {
  const { cases, callers } = city.made();
  await done(callers.reviewer, cases.inReviewToo, 'supplement-request', { words: '还缺劳动合同。', papers: ['劳动合同'], facts: [], workingDays: 10 });
  await city.visit('intake', `/cases/${cases.inReviewToo}`, { width: 390 }, async ({ page }) => {
    await page.getByRole('button', { name: '代收补正' }).click();
    const form = page.getByRole('form', { name: '代收补正' });
    await expect.poll(() => form.getByLabel('是什么材料').inputValue(), patience).toBe('劳动合同');
    await form.getByLabel('选文件').setInputFiles(await pdf('合同'));
    await form.getByRole('button', { name: '上传这一份' }).click();
    await form.getByRole('button', { name: '去掉劳动合同' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await form.getByRole('button', { name: '代收补正' }).click();
    await page.getByText('补正收下了，接着办。').waitFor();
    await page.getByText('补正交的').waitFor();
  });
  expect((await callers.reviewer.get(`/cases/${cases.inReviewToo}`)).body).toMatchObject({ status: 'in-review', supplement: null });
});

test('a promised paper is taken in; a refusal is appealed at the counter, and whoever refused reads why somebody else has to answer', async () => {
  const { cases, callers } = city.made();
  const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  await done(callers.intake, cases.filed, 'acceptance', { promise: { papers: ['劳动合同'], dueOn: nextMonth } });
  await city.visit('intake', `/cases/${cases.filed}`, { width: 1440 }, async ({ page }) => {
    await page.getByRole('button', { name: '收承诺的材料' }).click();
    const form = page.getByRole('form', { name: '收承诺的材料' });
    await expect.poll(() => form.getByLabel('是什么材料').inputValue(), patience).toBe('劳动合同');
    await form.getByLabel('选文件').setInputFiles(await pdf('后补合同'));
    await form.getByRole('button', { name: '上传这一份' }).click();
    await form.getByRole('button', { name: '去掉劳动合同' }).waitFor();
    await form.getByRole('button', { name: '收承诺的材料' }).click();
    await page.getByText('承诺的材料收下了。').waitFor();
    await expectAccessible(page);
  });
  await done(callers.approver, cases.deciding, 'decision', { outcome: 'refuse', reason: '合同已经解除。' });
  await city.visit('intake', `/cases/${cases.deciding}`, { width: 390 }, async ({ page }) => {
    await page.getByRole('button', { name: '代提申诉' }).click();
    const form = page.getByRole('form', { name: '代提申诉' });
    await form.getByLabel('申请人的理由').fill('合同没有解除，有新的续签。');
    await expectAccessible(page);
    await form.getByRole('button', { name: '代提申诉' }).click();
    await page.getByText('申诉已提。').waitFor();
  });
  await city.visit('approver', `/cases/${cases.deciding}`, { width: 1440 }, async ({ page }) => {
    await page.getByText('还有这些现在不能办').waitFor();
    await page.getByRole('listitem').filter({ hasText: '维持原决定、重新办：' }).waitFor();
    expect(await page.getByRole('button', { name: '维持原决定' }).count()).toBe(0);
    await expectAccessible(page);
  });
  await city.visit('approver', `/cases/${cases.granted}`, { width: 390 }, async ({ page }) => {
    await page.getByRole('listitem').filter({ hasText: '撤销决定：' }).waitFor();
    await expectFits(page);
  });
});
