// An enterprise's agent at a desk: agrees to act, brings in 30 hires with wrong rows, mends them, applies for everybody, follows the cases, and gives their accounts.
import { readFile } from 'node:fs/promises';
import exceljs from 'exceljs';
import { expect, test } from 'vitest';
import { recordStatements } from '../../src/domains/registry/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { inTenant } from '../../src/storage/database.ts';
import type { Page } from 'playwright-core';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { acceptedPaper } from '../support/hand-in-paper.ts';
import { usePeopleCity } from '../support/people-city.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../support/registry-samples.ts';
import { workbookParts, zipParts } from '../support/spreadsheet-files.ts';

const city = usePeopleCity();
const PHONE = '15412340009';
const patience = { timeout: 60_000 };
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const company = '吉林样例新材料有限公司';
const headings = ['姓名', '证件号码', '入职日期', '学历', '全日制', '毕业院校', '毕业日期', '初次就业', '缴纳社保', '合同起始日', '合同年限', '入住人才公寓'];

/** A sheet of 30 hires; three of its rows are wrong unless they are mended. */
function hiresSheet(numbers: readonly string[], isMended: boolean): Buffer {
  const rows = numbers.map((number, at) => [
    `张三${Array.from('一二三四五六七八九十')[at % 10] ?? ''}`, at === 4 && !isMended ? `${number.slice(0, 17)}?` : number, '2024-07-01', at === 11 && !isMended ? '大学问' : '硕士研究生', '是', '吉林大学', '2024-06-30', '是', '是', '2024-07-01',
    at === 20 && !isMended ? '五年多' : '5', '否',
  ]);
  const lines = [headings, ...rows].map((cells, at) => `<row r="${at + 1}">${cells.map((text, column) => `<c r="${String.fromCharCode(65 + column)}${at + 1}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`);
  return Buffer.from(zipParts(workbookParts(lines.join(''))));
}

/** Fills in the template of accounts as it came: the second holder is somebody else, the rest is right. */
async function fillAccounts(page: Page): Promise<{ readonly people: number; readonly filled: Buffer }> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^下载收款账户的模板/ }).click();
  const workbook = new exceljs.Workbook();
  const bytes = await readFile(await (await download).path());
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  if (sheet === undefined) throw new Error('no sheet');
  for (const [at, card] of ['6222021000000013', '6222021000000021'].entries()) {
    const row = sheet.getRow(at + 2);
    for (const [column, text] of ['样例银行吉林支行', card, at === 1 ? '张三甲' : row.getCell(1).text].entries()) row.getCell(column + 3).value = text;
  }
  return { people: sheet.rowCount - 1, filled: Buffer.from(await workbook.xlsx.writeBuffer()) };
}

test('an agent brings in 30 hires, mends the wrong rows, applies for all of them, sees their cases and gives accounts (1440 px)', async () => {
  const intake = city.officer('intake');
  const own = sampleNumber({ birthDate: '1985-05-05' });
  await enterPerson(intake, { name: '张三十', number: own, phone: PHONE });
  const organisationId = await enterOrganisation(intake, { name: company });
  const { parts, tenantId, departments } = city.api();
  const said = { partyId: organisationId, origin: '共享', trustClass: 'A', departmentId: departments['city-hrss'], purpose: 'eligibility', asOf: '2026-06-01', facts: { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: '220202' } } as const;
  await inTenant(parts.db, tenantId, (tx) => recordStatements(tx, jobScope(tenantId, 'test', 'fact.record'), parts.registry, [said], new Date()));
  const evidenceId = await acceptedPaper(intake, organisationId, { kind: '授权委托书' });
  expect((await intake.post(`/access/organisations/${organisationId}/agents`, { phone: PHONE, evidenceId, canManage: true })).status).toBe(201);
  const numbers = Array.from({ length: 30 }, (_, at) => sampleNumber({ birthDate: `199${at % 9}-0${1 + (at % 8)}-1${Math.floor(at / 10)}` }));

  await city.visit('/my/', { width: 1440 }, async ({ page }) => {
    await city.enter(page, PHONE);
    await page.getByRole('button', { name: '看过了，同意' }).click();
    await page.getByLabel('姓名').fill('张三十');
    await page.getByLabel('证件号码').fill(own);
    await page.getByRole('button', { name: '认领' }).click();
    await page.getByRole('heading', { name: `${company}请您做经办人` }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: `接受：${company}`, exact: true }).click();

    const menu = page.getByRole('navigation', { name: '栏目' });
    await menu.getByRole('link', { name: '名单申请' }).click();
    await page.getByText('还没有导入完成的名单').waitFor();
    // Every page names for whom it acts, and the way back to oneself.
    const acting = page.locator('.who');
    expect(await acting.locator('summary').innerText()).toBe(`代表${company}`);
    await acting.locator('summary').click();
    await acting.getByRole('button', { name: '本人' }).waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectFits(page);
    await acting.locator('summary').click();
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('link', { name: '去导入名单' }).click();
    const bring = async (name: string, isMended: boolean): Promise<void> => {
      await page.locator('input[type=file]').setInputFiles({ name, mimeType: xlsx, buffer: hiresSheet(numbers, isMended) });
      await page.getByRole('button', { name: '上传并检查' }).click();
      await page.getByText('查完了，等您确认').waitFor(patience);
    };
    await bring('新招人员.xlsx', false);
    await expect.poll(() => page.locator('.wrong-rows').textContent(), patience).toMatch(/第 6 行.*证件号码.*第 13 行.*学历.*第 22 行.*合同年限/s);
    const sheet = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载错误表' }).click();
    expect((await sheet).suggestedFilename()).toMatch(/\.xlsx$/);
    await menu.getByRole('link', { name: '导入' }).click();
    await bring('新招人员改好.xlsx', true);
    await page.getByRole('button', { name: '写入这 30 行' }).click();
    await page.getByText('写完了').waitFor(patience);
    await expectAccessible(page);
    await page.getByRole('link', { name: '为这些人申请' }).click();

    await page.getByRole('heading', { level: 1, name: '为他们申请哪几项？' }).waitFor();
    await page.getByText('新招人员改好.xlsx').waitFor();
    await page.getByRole('button', { name: /^提交：0 项/ }).click();
    await page.getByText('先选一项待遇。').waitFor();
    await page.getByLabel('按名字找待遇').fill('企业引才生活补贴');
    await page.getByRole('checkbox', { name: /^企业引才生活补贴/ }).check();
    await expectAccessible(page);
    await page.getByRole('button', { name: '提交：1 项待遇' }).click();
    await page.getByRole('status').filter({ hasText: /办完了\s*30 \/ 30/ }).waitFor(patience);
    await expect.poll(() => page.locator('.sums').textContent(), patience).toContain('已提交30');
    await expect.poll(() => page.getByRole('row').count(), patience).toBe(31);
    await expectAccessible(page);
    const results = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载结果表（Excel）' }).click();
    expect((await results).suggestedFilename()).toMatch(/\.xlsx$/);

    // Where the result stands, the way to their accounts: the page opens on that sheet, and one comes back.
    await page.getByText('要先有本人的收款账户').waitFor();
    await page.getByRole('link', { name: '登记收款账户' }).click();
    await page.getByRole('link', { name: /^下载收款账户的模板/ }).waitFor();
    expect(await page.getByRole('radio', { name: '员工收款账户' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: '人员名单' }).check();
    await page.getByRole('link', { name: '下载人员名单的模板' }).waitFor();
    await menu.getByRole('link', { name: '名单申请' }).click();
    await page.getByRole('link', { name: '登记收款账户' }).waitFor();
    await page.getByRole('region', { name: '已经提交的名单申请' }).getByRole('rowheader').getByRole('link').click();

    await page.getByRole('link', { name: '看本单位的办件' }).click();
    await page.getByRole('heading', { level: 1, name: '本单位的办件' }).waitFor();
    await page.getByRole('status').filter({ hasText: '共 30 条' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    const table = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Excel 表格' }).click();
    expect((await table).suggestedFilename()).toMatch(/\.xlsx$/);
    await page.getByLabel('看哪些').selectOption('办完');
    await page.getByText('还没有办件。').waitFor();
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByRole('rowheader').getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: /张三.+ · 企业引才生活补贴/ }).waitFor();
    await page.getByText('最晚').first().waitFor();
    // What departments know of people is not the employer's to read.
    expect(await page.getByText('系统怎么看').count()).toBe(0);
    await expectAccessible(page);

    // Two of them a department has confirmed by now; of these the accounts can be given.
    const cases = (await intake.get('/cases?limit=200')).body.items as { subject: { partyId: string }; employer: { partyId: string } | null }[];
    for (const { subject } of cases.filter(({ employer }) => employer?.partyId === organisationId).slice(0, 2)) {
      const confirmed = { organisationId, startedOn: '2024-07-01', origin: '材料', trustClass: 'B' };
      expect((await intake.post(`/people/${subject.partyId}/employments`, confirmed)).status).toBe(201);
    }
    await menu.getByRole('link', { name: '导入' }).click();
    await page.getByRole('radio', { name: '员工收款账户' }).check();
    await expectAccessible(page);
    const { people, filled } = await fillAccounts(page);
    expect(people).toBe(2);
    await page.locator('input[type=file]').setInputFiles({ name: '收款账户.xlsx', mimeType: xlsx, buffer: filled });
    await page.getByRole('button', { name: '上传并检查' }).click();
    await page.getByText('查完了，等您确认').waitFor(patience);
    await expect.poll(() => page.locator('.wrong-rows').textContent(), patience).toContain('户名和登记的名称不一致');
    await expect.poll(() => page.locator('.sums').textContent(), patience).toMatch(/新账户1.*有疑点1/);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await expectFits(page);
    await page.getByLabel('有疑点的也登记（我和员工本人核对过）').check();
    await page.getByRole('button', { name: '登记这 2 个账户' }).click();
    await page.getByText('写完了').waitFor(patience);
    await expect.poll(() => page.locator('.sums').textContent(), patience).toMatch(/新账户2/);
  });
  const { body } = await intake.get('/cases?limit=200');
  expect(body.items.filter(({ employer }: { employer: { partyId: string } | null }) => employer?.partyId === organisationId)).toHaveLength(30);
});
