// Officers at their cases: the queue, one case with its reasons and papers, what can be done to it, several at once, and what happens when two act.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useDeskCity } from '../support/desk-cases.ts';
import { enterPerson } from '../support/registry-samples.ts';
import { done } from '../support/sample-case.ts';

const city = useDeskCity();
const patience = { timeout: 15_000 };

test.each([[1440, '张三二', 'inReview'], [390, '张三三', 'inReviewToo']] as const)('a reviewer finds a case, takes it, reads why, and agrees (%i px)', async (width, name, which) => {
  await city.visit('reviewer', '/cases', { width }, async ({ page }) => {
    await page.getByRole('status').filter({ hasText: /共 \d+ 条/ }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    // How late or how near, in words.
    await page.getByRole('row').filter({ hasText: '张三七' }).getByText(/已超期 \d+ 个工作日/).waitFor();
    await page.getByRole('row').filter({ hasText: name }).getByText(/还剩 \d+ 个工作日/).waitFor();
    // What waits for others in the department is not offered.
    expect(await page.getByRole('button', { name: '领取 张三一' }).count()).toBe(0);
    await page.getByRole('button', { name: `领取 ${name}` }).click();
    await page.getByText(`已领取${name}这一件`).waitFor();
    await page.getByRole('button', { name: '交还', exact: true }).click();
    await page.getByText(`已交还${name}这一件`).waitFor();
    await page.getByLabel(/^期限/).selectOption({ label: '已超期' });
    await page.getByRole('status').filter({ hasText: '共 1 条' }).waitFor();
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByRole('searchbox').fill(name);
    await page.getByRole('status').filter({ hasText: '共 1 条' }).waitFor();
    await page.getByRole('link', { name }).click();

    await page.getByRole('heading', { level: 1, name: `${name} · 企业引才生活补贴` }).waitFor();
    await page.getByText('条件都符合').first().waitFor();
    await page.getByText('劳动合同签满五年').waitFor();
    await page.getByText('依据附件1二').waitFor();
    await page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '合同年限', exact: true }) }).getByText(/^\d+ 年$/).waitFor();
    await page.getByText('轮到昌邑区人社局提审核意见').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '不同意' }).click();
    const form = page.getByRole('form', { name: '不同意' });
    expect(await form.getByRole('button', { name: '不同意' }).getAttribute('aria-disabled')).toBe('true');
    await expectAccessible(page);
    await form.getByRole('button', { name: '先不办' }).click();
    await page.getByRole('button', { name: '同意', exact: true }).click();
    await page.getByLabel('理由').fill('合同和学历都看过。');
    await page.getByRole('form', { name: '同意' }).getByRole('button', { name: '同意' }).click();
    await page.getByText('意见已提：同意。').waitFor();
    await page.getByText('现在等昌邑区财政局').waitFor();
    await page.getByText('合同和学历都看过。').first().waitFor();
    await expectAccessible(page);
  });
  const { callers, cases } = city.made();
  const { body } = await callers.reviewer.get(`/cases/${cases[which]}`);
  expect(body.steps[0].departments.map((one: { opinion: { opinion: string } | null }) => one.opinion?.opinion ?? null)).toEqual(['agree', null]);
});

test.each([1440, 390] as const)('of one matter one benefit is given: a case names the one that was granted (%i px)', async (width) => {
  const { callers, cases } = city.made();
  const { body: given } = await callers.intake.get(`/cases/${cases.granted}`);
  const { body: filed } = await callers.intake.post('/applications', { subjectId: given.subject.partyId, benefits: [{ policyId: given.policyId, benefitId: 'student-apartment' }] });
  await city.visit('intake', `/cases/${filed.items[0].caseId}`, { width }, async ({ page }) => {
    const notice = page.getByRole('alert').filter({ hasText: '同一事项只享一项' });
    await notice.getByText('企业引才生活补贴').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await notice.getByRole('link', { name: given.caseNumber }).click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`${given.subject.name} · 企业引才生活补贴`) }).waitFor();
  });
});

test('keys walk through the queue, open a case and its forms, and can be turned off', async () => {
  await city.visit('intake', '/cases', { width: 1440 }, async ({ page }) => {
    await page.getByRole('link', { name: '张三七' }).waitFor();
    await page.keyboard.press('?');
    await page.getByText('下一件 / 上一件').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent), patience).toBe('张三七');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('x');
    await page.getByText('已选 1 件').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^张三七/ }).waitFor();
    await page.getByText('轮到昌邑区人社局受理').waitFor();
    await page.keyboard.press('a');
    await page.getByRole('form', { name: '受理' }).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('heading', { level: 1, name: '办件' }).waitFor();
    await page.getByText('快捷键', { exact: true }).first().click();
    await page.getByLabel('打开快捷键').uncheck();
    await page.getByRole('link', { name: '张三七' }).focus();
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('张三七');
  });
});

test('a case that somebody else changed is read again, what was written stays, and the supplement is asked', async () => {
  const { callers, cases } = city.made();
  await city.visit('reviewer', `/cases/${cases.short}`, { width: 1440, colours: 'dark' }, async ({ page }) => {
    await page.getByText('有条件不符合').first().waitFor();
    await page.getByText('和交的时候系统算的不一样了').waitFor();
    await expectAccessible(page, 'colours');
    await page.getByRole('button', { name: '要求补正' }).click();
    const form = page.getByRole('form', { name: '要求补正' });
    await form.getByLabel('别的材料，一行一样').fill('劳动合同第 3 页\n购房发票');
    await expect.poll(() => form.getByLabel('怎么跟申请人说').inputValue(), patience).toBe('还缺劳动合同第 3 页、购房发票。一次补齐就行。');
    await done(callers.accountant, cases.short, 'opinion', { opinion: 'agree' });
    await form.getByRole('button', { name: '要求补正' }).click();
    await page.getByRole('alert').filter({ hasText: '刚被别人改过' }).waitFor();
    expect(await form.getByLabel('别的材料，一行一样').inputValue()).toBe('劳动合同第 3 页\n购房发票');
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: '审核并确定名单' }).first().textContent(), patience).toContain('同意');
    await form.getByRole('button', { name: '要求补正' }).click();
    await page.getByText('补正要求已发给申请人').waitFor();
    await page.getByRole('listitem').filter({ hasText: '等申请人补正' }).first().waitFor();
    await page.getByText('停着表，等补正').first().waitFor();
    await expectAccessible(page, 'colours');
  });
  const { body } = await callers.reviewer.get(`/cases/${cases.short}`);
  expect(body).toMatchObject({ status: 'awaiting-supplement', supplement: { papers: ['劳动合同第 3 页', '购房发票'] } });
});

test('where the days cannot be worked out, the approver writes them (390 px)', async () => {
  const { callers } = city.made();
  const partyId = await enterPerson(callers.intake, { name: '张三九' });
  const { body: filed } = await callers.intake.post('/applications', { subjectId: partyId, benefits: [{ policyId: 'jilin-city-2021', benefitId: 'living-subsidy' }] });
  const { caseId } = filed.items[0];
  await done(callers.intake, caseId, 'acceptance');
  await done(callers.reviewer, caseId, 'opinion', { opinion: 'agree' });
  await done(callers.accountant, caseId, 'opinion', { opinion: 'agree' });
  await city.visit('approver', `/cases/${caseId}`, { width: 390 }, async ({ page }) => {
    await page.getByRole('button', { name: '给予', exact: true }).click();
    const form = page.getByRole('form', { name: '给予', exact: true });
    await form.getByLabel('金额（元）').fill('120000');
    await form.getByLabel('理由').fill('会商同意，材料后补。');
    await form.getByRole('button', { name: '给予', exact: true }).click();
    // Beside the button that was pressed, not above the page.
    await form.getByText('还不知道“合同起始日”').waitFor();
    expect(await form.getByText('还不知道“合同起始日”').evaluate((node) => node.getBoundingClientRect().top < innerHeight)).toBe(true);
    await form.getByLabel(/写明各期的日期和金额/).check();
    await form.getByRole('button', { name: '加一期' }).click();
    for (const [at, due, amount] of [[1, '2027-07-01', '70000'], [2, '2028-07-01', '50000']] as const) {
      const part = form.getByRole('group', { name: `第 ${at} 期` });
      await part.getByLabel('到期日').fill(due);
      await part.getByLabel('金额（元）').fill(amount);
    }
    await form.getByText('各期合计 120,000 元，应当是 120,000 元。').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await form.getByRole('button', { name: '给予', exact: true }).click();
    await expect.poll(async () => (await callers.approver.get(`/cases/${caseId}`)).body.status, patience).toBe('granted');
  });
  expect((await callers.approver.get(`/cases/${caseId}`)).body.grantedFen).toBe(12_000_000);
});

test('an approver decides two cases at once, each with its reason, and opens the letter', async () => {
  const { callers, cases } = city.made();
  await city.visit('approver', '/cases?status=deciding', { width: 1440 }, async ({ page }) => {
    await page.getByLabel('选上张三四').check();
    await page.getByLabel('选上张三五').check();
    await page.getByRole('button', { name: '决定这 2 件' }).click();
    await page.getByRole('heading', { level: 1, name: '批量决定' }).waitFor();
    await page.getByText('还有 2 件没有写理由').waitFor();
    await expectAccessible(page);
    await page.getByLabel('同一个理由').fill('条件都符合。');
    await page.getByRole('button', { name: '用到每一件' }).click();
    await page.getByRole('group', { name: '张三五' }).getByLabel('不予给予').check();
    await page.getByLabel('张三五：理由').fill('劳动合同已经解除。');
    await page.getByRole('button', { name: '确定办这 2 件' }).click();
    await page.getByText('办成 2 件。').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '张三四' }).click();
    await page.getByRole('heading', { name: '决定书 · 准予' }).waitFor();
    await expectAccessible(page);
    const letter = (await page.getByRole('link', { name: /打开决定书/ }).getAttribute('href')) ?? '';
    const answer = await page.request.get(letter);
    expect(answer.status()).toBe(200);
    expect((await answer.body()).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });
  const [granted, refused] = await Promise.all([cases.deciding, cases.decidingToo].map((caseId) => callers.approver.get(`/cases/${caseId}`)));
  expect([granted?.body.grantedFen, granted?.body.decisionId === null, refused?.body.status]).toEqual([12_000_000, false, 'refused']);
});

test('the window accepts against a promise, writes a note, withdraws for the applicant and takes that back', async () => {
  const { callers, cases } = city.made();
  await city.visit('intake', `/cases/${cases.filed}`, { width: 390 }, async ({ page }) => {
    await page.getByRole('button', { name: '受理', exact: true }).click();
    const form = page.getByRole('form', { name: '受理' });
    await form.getByLabel('缺的材料让申请人承诺后补').check();
    await form.getByLabel('承诺后补哪些').fill('社保缴费证明');
    await expectAccessible(page);
    await form.getByRole('button', { name: '受理' }).click();
    await page.getByText('已受理。').waitFor();
    await page.getByRole('heading', { name: '承诺后补的材料' }).waitFor();
    // The paper that came with it can be looked at.
    const picture = (await page.getByRole('link', { name: '看劳动合同第 1 页' }).getAttribute('href')) ?? '';
    expect((await page.request.get(picture)).headers()['content-type']).toBe('image/webp');
    await page.getByLabel('写一条备注').fill('电话里说好下周补社保证明。');
    await page.getByRole('button', { name: '记下' }).click();
    await page.getByText('电话里说好下周补社保证明。').waitFor();
    await page.getByRole('button', { name: '代申请人撤回' }).click();
    await page.getByRole('form', { name: '代申请人撤回' }).getByRole('button', { name: '代申请人撤回' }).click();
    await page.getByText('已撤回。').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '恢复撤回' }).click();
    await page.getByRole('form', { name: '恢复撤回' }).getByRole('button', { name: '恢复撤回' }).click();
    await page.getByText('已恢复。').waitFor();
    await expectFits(page);
  });
  const { body } = await callers.intake.get(`/cases/${cases.filed}`);
  expect(body).toMatchObject({ status: 'in-review', promises: [{ paper: '社保缴费证明', state: 'open' }] });
});
