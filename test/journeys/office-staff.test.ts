// Three administrators, each at the own work: an account made and an appointment that another confirms, keys shown once, and the audit trail with its chain.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useOfficeCity } from '../support/office-city.ts';
import { makeVisitAs } from '../support/visit-as.ts';

const city = useOfficeCity();
const visitAs = makeVisitAs(city);

test('the security administrator makes an account and appoints; what approves waits until the system administrator has confirmed it', async () => {
  await visitAs('security', '/staff', { width: 1440 }, async ({ page }) => {
    await page.getByRole('heading', { level: 1, name: '账号' }).waitFor();
    await page.getByRole('link', { name: '李四一' }).first().waitFor();
    await expectAccessible(page);
    const sheet = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Excel 表格' }).click();
    expect((await sheet).suggestedFilename()).toMatch(/账号.*\.xlsx$/);
    await page.getByRole('link', { name: '新设账号' }).click();
    await page.getByLabel('姓名').fill('张三一');
    await page.getByLabel('登录名').fill('Zhang');
    await page.getByLabel('手机号').fill('15490000801');
    await page.getByRole('button', { name: '设这个账号' }).click();
    await page.getByText('3 到 40 个小写字母').first().waitFor();
    await page.getByLabel('登录名').fill('zhangsanyi');
    await expectAccessible(page);
    await page.getByRole('button', { name: '设这个账号' }).click();
    await page.getByRole('heading', { name: '交给本人' }).waitFor();
    await page.getByText('zhangsanyi').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '去给他任职' }).click();
    await page.getByText('还没有任职').waitFor();
    const form = page.getByRole('form', { name: '新的任职' });
    await form.getByLabel('哪个部门').selectOption({ label: '昌邑区人社局' });
    await form.getByLabel('审批').check();
    await form.getByRole('button', { name: '任职' }).click();
    await page.getByText('等系统管理员确认后生效').waitFor();
    await expectAccessible(page);
  });
  await visitAs('system', '/confirmations', { width: 390 }, async ({ page }) => {
    const waiting = page.getByRole('listitem', { name: '任职 zhangsanyi' });
    await waiting.getByText('昌邑区人社局 · 审批').waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await waiting.getByRole('button', { name: '确认' }).click();
    await waiting.getByText('确认以后马上生效').waitFor();
    await waiting.getByRole('group').getByRole('button', { name: '确认' }).click();
    await page.getByText('已确认。').waitFor();
    await page.getByText('现在没有等您确认的').waitFor();
    // Nothing of the other administrators stands in the menu.
    expect(await page.getByRole('link', { name: '账号', exact: true }).count()).toBe(0);
  });
  await visitAs('security', '/staff?q=zhangsanyi', { width: 390 }, async ({ page }) => {
    await page.getByRole('link', { name: '张三一' }).click();
    await page.getByText('昌邑区人社局 · 审批').waitFor();
    expect(await page.getByText('确认前没有权限').count()).toBe(0);
    await expectFits(page);
    await page.getByRole('button', { name: '停用账号' }).click();
    await page.getByRole('group', { name: '停用账号' }).getByRole('button', { name: '停用账号' }).click();
    await page.getByText('已停用，登录随之退出。').waitFor();
    await page.getByRole('button', { name: '恢复账号' }).waitFor();
    await expectAccessible(page);
  });
});

test('a feed key is shown once and revoked', async () => {
  await visitAs('security', '/feed-keys', { width: 390 }, async ({ page }) => {
    await page.getByText('还没有发过密钥').waitFor();
    await page.getByText('发一个密钥').click();
    const form = page.getByRole('form', { name: '发一个密钥' });
    await form.getByLabel('给哪个部门').selectOption({ label: '昌邑区人社局' });
    await form.getByLabel('名称').fill('社保系统');
    await form.getByLabel('报送什么、用来做什么').fill('参保情况，用于核对在职');
    await form.getByRole('button', { name: '发密钥' }).click();
    const shown = page.getByRole('region', { name: '密钥发好了，只显示这一次' });
    const key = (await shown.locator('code').textContent()) ?? '';
    expect(key.length).toBeGreaterThan(20);
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '已经抄好，关掉' }).click();
    expect(await page.getByText(key).count()).toBe(0);
    await page.getByRole('button', { name: '作废' }).click();
    await page.getByRole('group', { name: '作废' }).getByRole('button', { name: '作废' }).click();
    await page.getByText('已作废。').waitFor();
  });
});

test('the system administrator sees the identity providers and adds none that is no address', async () => {
  await visitAs('system', '/providers', { width: 1440 }, async ({ page }) => {
    await page.getByText('还没有接入').waitFor();
    await page.getByText('接入一个').click();
    const form = page.getByRole('form', { name: '接入一个' });
    await form.getByLabel('中文名称').fill('样例统一身份');
    await form.getByLabel('英文名称').fill('Sample identity');
    await form.getByLabel('发行方地址').fill('没有地址');
    await form.getByLabel('客户端编号').fill('wutong');
    await form.getByLabel('登录以后回到哪里').fill('https://sample.example/back');
    await form.getByRole('button', { name: '接入' }).click();
    await page.getByRole('alert').first().waitFor();
    await form.getByLabel('发行方地址').fill('https://identity.example');
    await form.getByRole('button', { name: '接入' }).click();
    await page.getByText('接入了。').waitFor();
    await page.getByRole('listitem', { name: '样例统一身份' }).getByText('没有密钥').waitFor();
    await expectAccessible(page);
  });
});

test('the audit administrator finds who did what by name, and reads how far the chain is', async () => {
  await visitAs('audit', '/audit', { width: 1440 }, async ({ page }) => {
    await page.getByRole('heading', { level: 1, name: '审计' }).waitFor();
    await page.getByRole('searchbox').fill('新设工作人员账号');
    const row = page.getByRole('row').filter({ hasText: '新设工作人员账号' }).first();
    await row.getByText('安全管理员').waitFor();
    await row.getByRole('button', { name: '只看这个账号' }).click();
    await page.getByRole('button', { name: '清除条件' }).waitFor();
    await expectAccessible(page);
    const csv = (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '';
    const answer = await page.request.get(csv);
    expect((await answer.text()).split('\n').filter((line) => line.includes('staff.create')).length).toBeGreaterThan(0);
    await page.getByRole('heading', { name: '审计链' }).waitFor();
    await page.getByText(/已加链到第 [\d,]+ 号/).waitFor();
    await page.getByText(/一个不缺/).waitFor();
  });
  await visitAs('audit', '/audit?outcome=refused', { width: 390 }, async ({ page }) => {
    await page.getByRole('heading', { level: 1, name: '审计' }).waitFor();
    await page.getByRole('heading', { name: '审计链' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});
