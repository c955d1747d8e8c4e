// A graduate on a telephone: from the calculator's answer to the receipt, then following the case, handing in what was asked, withdrawing and taking that back.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { usePeopleCity } from '../support/people-city.ts';
import { enterPerson, sampleNumber } from '../support/registry-samples.ts';
import { done, recordGraduate } from '../support/sample-case.ts';
import { makePdf } from '../support/sample-papers.ts';
import { answerAll, begin } from './answer-questions.ts';

const city = usePeopleCity();
const PHONE = '15412340001';
const number = sampleNumber({ birthDate: '1999-05-05' });
const benefit = '企业引才生活补贴';

test('a graduate applies from the calculator, follows the case, and hands in what was asked (390 px)', async () => {
  const partyId = await enterPerson(city.officer('intake'), { name: '张三一', number, phone: PHONE });
  await recordGraduate(city.api(), partyId, { 初次就业: undefined, 合同年限: undefined, 入住人才公寓: undefined }, new Date());
  let caseId = '';
  await city.visit('/?city=jilin-city', { width: 390 }, async ({ page }) => {
    await begin(page);
    const known = { '用人单位.单位类型': '企业', 学历: '硕士研究生', 合同年限: 5, 初次就业: true, 入住人才公寓: false };
    await answerAll(page, known, { isEnough: (_, asked) => asked.length >= 8 || Object.keys(known).every((fact) => asked.includes(fact)) });
    if ((await page.locator('.letter').count()) === 0) await page.getByRole('button', { name: /看看结果/ }).click();
    await page.getByText('您同意前不会发出').waitFor();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.getByRole('link', { name: '在线申请' }).click();

    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor();
    await city.enter(page, PHONE);
    await page.getByRole('button', { name: '看过了，同意' }).click();
    await page.getByLabel('姓名').fill('张三一');
    await page.getByLabel('证件号码').fill(number);
    await page.getByRole('button', { name: '认领' }).click();
    await page.getByRole('heading', { level: 1, name: /计算器里答过的 \d+ 项，用来填申请吗？/ }).waitFor();
    // Nothing of it has left the tab so far.
    expect(sent.filter((one) => /入住人才公寓|初次就业|合同年限/.test(one))).toEqual([]);
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '同意，用这些填' }).click();

    await page.getByRole('heading', { level: 1, name: '您想申请哪几项？' }).waitFor();
    await page.getByLabel('按名字找').fill(benefit);
    await page.getByRole('checkbox', { name: new RegExp(benefit) }).first().waitFor();
    await page.getByRole('checkbox', { name: new RegExp(benefit) }).first().check();
    await expectAccessible(page);
    await expectFits(page);
    // Of one matter one benefit is given: whoever chooses two is told before.
    await page.getByLabel('按名字找').fill('学子人才公寓');
    await page.getByRole('checkbox', { name: /学子人才公寓/ }).first().check();
    await page.getByText(`和“${benefit}”是同一事项，最后只享一项`).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('checkbox', { name: /学子人才公寓/ }).first().uncheck();
    // What is not met can be asked for as well, with the reason shown.
    await page.getByLabel('按名字找').fill('');
    await page.getByText('现在看不符合').click();
    await page.locator('.apply-reasons li').first().waitFor();
    await page.getByRole('button', { name: '继续' }).click();

    await expect.poll(() => page.locator('#title').innerText(), { timeout: 15_000 }).not.toContain('您想申请哪几项');
    // Each question that is left stands alone.
    const summary = page.getByRole('heading', { level: 1, name: /用到这些情况/ });
    const leave = page.getByRole('button', { name: '不清楚，先空着' });
    for (let asked = 0; asked < 60; asked++) {
      await summary.or(leave).first().waitFor();
      if ((await summary.count()) > 0) break;
      const question = await page.locator('#title').innerText();
      await expectAccessible(page);
      await leave.click();
      await expect.poll(() => page.locator('#title').innerText(), { timeout: 15_000 }).not.toBe(question);
    }
    await summary.waitFor();
    await page.getByText('来自您的计算').first().waitFor();
    await page.getByText(/部门共享/).first().waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: /^修改/ }).first().click();
    await page.getByRole('button', { name: '上一步' }).click();
    await page.getByRole('button', { name: '继续' }).click();

    await page.getByRole('heading', { level: 1, name: '材料' }).waitFor();
    await page.getByText('再加一份材料').click();
    await page.getByLabel('是什么材料').selectOption('劳动合同');
    await page.locator('input[type=file]').last().setInputFiles({ name: '劳动合同.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await makePdf({ text: 'Sample contract' })) });
    await page.getByRole('heading', { name: '我加的材料' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '继续' }).click();

    await page.getByRole('heading', { level: 1, name: '核对一遍，就提交' }).waitFor();
    await page.getByText('劳动合同.pdf').waitFor();
    const file = page.getByRole('button', { name: /^提交这 \d+ 项申请$/ });
    expect(await file.getAttribute('aria-disabled')).toBe('true');
    await page.getByLabel(/我写的都是真的/).check();
    await expectAccessible(page);
    await file.click();
    await page.getByRole('heading', { level: 1, name: '已经提交' }).waitFor();
    await page.getByText(/最晚 .+ 告诉您受不受理/).waitFor();
    expect(await page.locator('.receipt-number').first().textContent()).toMatch(/^2202\d{2}-\d{4}-\d{6}$/);
    // What was taken along is gone from the tab.
    expect(await page.evaluate(() => [sessionStorage.getItem('wutong-apply'), sessionStorage.getItem('wutong-visit')])).toEqual([null, null]);
    await expectAccessible(page);
    await expectFits(page);

    const items = (await city.officer('intake').get(`/cases?personId=${partyId}`)).body.items as readonly { caseId: string; benefitTitle: { zh: string } }[];
    caseId = items.find(({ benefitTitle }) => benefitTitle.zh === benefit)?.caseId ?? '';
    await done(city.officer('intake'), caseId, 'supplement-request', { words: '请补一份毕业证书。', papers: ['毕业证书'] });
    await city.officer('intake').post(`/cases/${caseId}/notes`, { words: '只给同事看的话' });
    await page.getByRole('link', { name: '看我的办件' }).click();
    await page.getByRole('row').filter({ hasText: benefit }).getByText('等补正').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('link', { name: benefit }).click();
    await page.getByRole('heading', { name: '请您补交' }).waitFor();
    await page.getByText('请补一份毕业证书。').first().waitFor();
    expect(await page.textContent('main')).not.toContain('只给同事看的话');
    await expectAccessible(page);
    await expectFits(page);
    await page.getByLabel('上传毕业证书').setInputFiles({ name: '毕业证书.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await makePdf({ text: 'Sample diploma' })) });
    await page.getByText('毕业证书.pdf · 交好了').waitFor();
    await page.getByRole('button', { name: '补好了，交上去' }).click();
    await page.getByText('补正已经交上去，接着办。').waitFor();
    await expect.poll(() => page.getByRole('heading', { name: '请您补交' }).count()).toBe(0);

    // By keyboard alone: withdraw, and take that back.
    await page.getByRole('button', { name: '撤回申请' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('10 分钟内可以恢复').waitFor();
    await page.getByRole('button', { name: '确定撤回' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('已经撤回。').first().waitFor();
    await page.getByRole('button', { name: '恢复申请' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('已经恢复，接着办。').waitFor();
    await expectAccessible(page);
  });
  const { body } = await city.officer('intake').get(`/cases/${caseId}`);
  expect(body).toMatchObject({ status: 'filed', papers: [{ occasion: 'filing' }, { occasion: 'supplement' }] });
});
