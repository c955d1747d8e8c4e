// An applicant follows cases on a telephone: the list says what comes next, a promised paper is handed in, and a refusal is appealed against, once.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { usePeopleCity } from '../support/people-city.ts';
import { enterPerson, sampleNumber } from '../support/registry-samples.ts';
import { done, fileCase, recordGraduate } from '../support/sample-case.ts';
import { makePdf } from '../support/sample-papers.ts';

const city = usePeopleCity();
const PHONE = '15412340011';
const number = sampleNumber({ birthDate: '1999-05-05' });
const today = new Date();
/** A day by which a promise is to be kept. */
const later = new Date(today.getTime() + 20 * 86_400_000).toISOString().slice(0, 10);

test('a promise is kept and a refusal appealed against (390 px)', async () => {
  const window = city.officer('intake');
  const partyId = await enterPerson(window, { name: '张三一', number, phone: PHONE });
  await recordGraduate(city.api(), partyId, {}, today);
  const promised = await fileCase(city.api(), partyId, { period: '2026', now: today });
  await done(window, promised, 'acceptance', { promise: { papers: ['毕业证书'], dueOn: later } });
  const declined = await fileCase(city.api(), partyId, { period: '2027', now: today });
  await done(window, declined, 'declination', { reason: '这一期还没有到申请的时候。' });
  // Another benefit of the same matter.
  await fileCase(city.api(), partyId, { benefitId: 'student-apartment', period: 'once', now: today });
  const pdf = async (text: string): Promise<Buffer> => Buffer.from(await makePdf({ text }));

  await city.visit('/my/', { width: 390 }, async ({ page }) => {
    await city.enter(page, PHONE);
    await page.getByRole('button', { name: '看过了，同意' }).click();
    await page.getByLabel('姓名').fill('张三一');
    await page.getByLabel('证件号码').fill(number);
    await page.getByRole('button', { name: '认领' }).click();
    await page.getByRole('heading', { level: 1, name: /您好/ }).waitFor();
    await page.goto('/my/#/my-cases');
    await page.getByRole('heading', { level: 1, name: '我的办件' }).waitFor();
    // What comes next stands in the list, by whom and by when.
    await page.getByRole('row').getByText(/各部门正在审核，最晚 .+日。/).waitFor();
    await page.getByRole('row').getByText('没有受理。可以申诉，也可以补齐以后重新申请。').waitFor();
    await expectAccessible(page);
    await expectFits(page);

    await page.goto(`/my/#/my-cases/${promised}`);
    await page.getByRole('heading', { name: '您承诺后补的材料' }).waitFor();
    await page.getByText(/还没交/).waitFor();
    await page.getByText('同一事项只享一项。您还有：').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByLabel('上传毕业证书').setInputFiles({ name: '毕业证书.pdf', mimeType: 'application/pdf', buffer: await pdf('Sample diploma') });
    // First the file is checked; then it is handed in by itself, and its field goes.
    await page.getByText(/毕业证书\.pdf · 交好了|材料已经交上去。/).first().waitFor();
    await page.getByText('材料已经交上去。').waitFor();
    await page.getByText(/· 交了/).waitFor();
    // What is kept is not asked for again.
    await expect.poll(() => page.getByLabel('上传毕业证书').count(), { timeout: 15_000 }).toBe(0);
    await expectAccessible(page);

    await page.goto(`/my/#/my-cases/${declined}`);
    await page.getByText('不予受理').first().waitFor();
    await page.getByRole('button', { name: '申诉', exact: true }).click();
    await page.getByText('由没有经手过的人答复').waitFor();
    await page.getByRole('button', { name: '提交申诉' }).click();
    await page.getByText('请写理由。').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByLabel('申诉的理由').fill('文件写的是一年一次，今年的已经可以申请。');
    await page.getByText('附上材料').click();
    await page.getByLabel('上传申诉的材料').setInputFiles({ name: '通知.pdf', mimeType: 'application/pdf', buffer: await pdf('Sample notice') });
    await page.getByText('通知.pdf · 交好了').waitFor();
    await page.getByRole('button', { name: '提交申诉' }).click();
    await page.getByText('申诉已经收到。').waitFor();
    await page.getByText('申诉中').first().waitFor();
    await page.getByText(/最晚 .+ 答复申诉/).waitFor();
    expect(await page.getByRole('button', { name: '申诉', exact: true }).count()).toBe(0);
    await expectAccessible(page);
    await expectFits(page);
  });
  const [kept, appealed] = await Promise.all([promised, declined].map(async (caseId) => (await window.get(`/cases/${caseId}`)).body));
  expect(kept).toMatchObject({ status: 'in-review', promises: [{ paper: '毕业证书', state: 'kept' }], papers: [{ occasion: 'promise' }] });
  expect(appealed).toMatchObject({ status: 'in-appeal', papers: [{ occasion: 'appeal' }] });
});
