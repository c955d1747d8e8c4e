// A list is made after it was looked at, posted, searched and objected to by anybody, answered by somebody who did not decide, and gone when it is withdrawn.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { findDatabase } from '../../src/main/database.ts';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { asOwner, type TestDatabase } from '../support/database.ts';
import { useDeskCity } from '../support/desk-cases.ts';

const city = useDeskCity();
let listId = '';
let receipt = '';

/** Goes on as somebody who never signed in. */
async function asAnybody(page: Page, path: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(path);
}

test('an approver sees whom a list would take and until when, publishes it, and prints the sheet for the wall', async () => {
  await city.visit('approver', '/publicity', { width: 1440 }, async ({ page }) => {
    await page.getByText('没有这样的名单。').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '编一份新名单' }).click();
    await page.getByRole('link', { name: /企业引才生活补贴.*1 件等着公示/ }).click();
    await page.getByRole('region', { name: '这份名单会是这样' }).getByText(/5 个工作日，到/).waitFor();
    await page.getByRole('rowheader', { name: '张三八' }).waitFor();
    expect(await page.locator('tbody').textContent()).toMatch(/\d{3}\*{11}\d{3}[\dX]/);
    await expectAccessible(page);
    await page.getByRole('button', { name: '发起公示' }).click();
    await page.getByRole('alert').filter({ hasText: '谁都能看到这 1 项' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: '先别办' }).click();
    await page.getByRole('button', { name: '发起公示' }).click();
    await page.getByRole('button', { name: '我看过名单，现在公示' }).click();
    await page.getByRole('heading', { level: 1, name: '企业引才生活补贴' }).waitFor();
    // The server gathers it while somebody looks on.
    await page.getByRole('row').filter({ hasText: '张三八' }).waitFor({ timeout: 30_000 });
    listId = /list\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    await page.getByText('公示中').first().waitFor();
    await expectAccessible(page);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Excel 表格' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
    await page.getByRole('link', { name: '打印张贴的名单' }).click();
    await page.getByText('拟给予下列 1 个申请人“企业引才生活补贴”').waitFor();
    await page.getByRole('article').getByText('昌邑区人社局').waitFor();
    await expectAccessible(page);
    // Paper holds the notice and nothing of the desk.
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: '栏目' }).isVisible()).toBe(false);
    expect(await page.getByRole('rowheader', { name: '张三八' }).isVisible()).toBe(true);
  });
  // Who accepts sees the list on a telephone, and neither makes lists nor reads objections.
  await city.visit('intake', '/publicity', { width: 390 }, async ({ page }) => {
    await page.getByRole('link', { name: '企业引才生活补贴' }).waitFor();
    expect(await page.getByRole('link', { name: '编一份新名单' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: '异议', exact: true }).count()).toBe(0);
    await expectAccessible(page);
    await expectFits(page);
    for (const address of ['new', 'objections']) {
      await page.goto(`/office/#/publicity/${address}`);
      await page.getByRole('heading', { level: 1, name: '公示名单' }).waitFor();
    }
    await page.getByLabel('状态').selectOption({ label: '已撤下' });
    await page.getByText('没有这样的名单。').waitFor();
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByRole('link', { name: '企业引才生活补贴' }).click();
    await page.getByRole('row').filter({ hasText: '张三八' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});

test('anybody finds a name on the list and objects, on a telephone and without an account', async () => {
  await city.visit('intake', '/publicity', { width: 390 }, async ({ page }) => {
    await asAnybody(page, '/public/');
    await page.getByRole('link', { name: /企业引才生活补贴/ }).click();
    await page.getByRole('rowheader', { name: '张三八' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('searchbox').fill('李四');
    await page.getByText('名单上没有找到').waitFor();
    await page.getByRole('searchbox').fill('三八');
    await page.getByRole('button', { name: '对“张三八”这一项提异议' }).click();
    await page.getByLabel('哪里不对').fill('他上个月已经不在那里上班了。');
    await page.getByLabel('怎么找到您').fill('13900001111');
    await expectAccessible(page);
    await page.getByRole('button', { name: '提交异议' }).click();
    receipt = (await page.locator('.receipt code').textContent()) ?? '';
    expect(receipt).toMatch(/^.{4}-.{4}-.{4}-.{4}$/);
    await expectAccessible(page);
    await expectFits(page);
  });
});

test('whoever decided the case cannot answer; a colleague sees objection, case and decision side by side and answers', async () => {
  await city.visit('approver', '/publicity/objections', { width: 390 }, async ({ page }) => {
    await page.getByRole('link', { name: '张三八' }).click();
    await page.getByRole('heading', { level: 1, name: '对张三八这一项的异议' }).waitFor();
    await page.getByLabel('不成立').check();
    await page.getByLabel('写给提出人的答复').fill('没有问题。');
    await page.getByRole('button', { name: '答复', exact: true }).click();
    await page.getByRole('button', { name: '查过了，不成立' }).click();
    await page.getByText('也不能复核自己办的').waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
  await city.visit('reviewer', '/publicity', { width: 1440 }, async ({ page }) => {
    await page.getByText('1 项异议，1 项待答复').waitFor();
    await page.getByRole('link', { name: '异议', exact: true }).click();
    await page.getByRole('row').filter({ hasText: '张三八' }).getByText('待答复').waitFor();
    await expectAccessible(page);
    await page.getByRole('searchbox').fill('没有这个人');
    await page.getByText('没有这样的异议。').waitFor();
    await page.getByRole('button', { name: '清除条件' }).click();
    await page.getByRole('link', { name: '张三八' }).click();
    await page.getByText('他上个月已经不在那里上班了。').waitFor();
    await page.getByText('13900001111').waitFor();
    const beside = page.getByRole('region', { name: '这个办件' });
    await beside.getByText('公示中').waitFor();
    await beside.getByText('这项异议').waitFor();
    await page.getByRole('region', { name: '给予的决定' }).getByText('条件都符合。').waitFor();
    await expectAccessible(page);
    await page.getByLabel('不成立').check();
    await page.getByRole('button', { name: '答复', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: '这一项还没填' }).waitFor();
    await page.getByLabel('写给提出人的答复').fill('到单位看过，本人在岗，社保也在缴。');
    await page.getByRole('button', { name: '答复', exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: '查过了，不成立' }).click();
    await page.getByText('答复好了').waitFor();
    await beside.getByText('没有被停着').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '回到异议' }).click();
    await page.getByText('没有等着答复的异议。').waitFor();
    await page.getByLabel('状态').selectOption({ label: '全部' });
    await page.getByRole('row').filter({ hasText: '张三八' }).getByText('不成立').waitFor();
    await asAnybody(page, '/public/#/receipt');
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.getByLabel('回执码').fill(receipt.toLowerCase());
    await page.getByRole('button', { name: '查看' }).click();
    await page.getByText('到单位看过，本人在岗，社保也在缴。').waitFor();
    // The code is a secret and stands in no address, where histories and logs keep it.
    expect([...addresses, page.url()].filter((address) => address.toUpperCase().includes(receipt.slice(0, 4)))).toEqual([]);
    expect(addresses.some((address) => address.endsWith('/objections/receipt'))).toBe(true);
    await expectAccessible(page);
  });
});

test('a list whose time is over is gone from the public pages and from what the browser keeps; officers still find it', async () => {
  await city.visit('intake', '/publicity', { width: 1440 }, async ({ page }) => {
    await asAnybody(page, `/public/#/list/${listId}`);
    await page.getByRole('rowheader', { name: '张三八' }).waitFor();
    const database = await findDatabase({ environment: city.environment(), mayShare: true, mayMigrate: false });
    await asOwner({ ownerUrl: database.url } as TestDatabase, (client) => client.query(`update public_lists set opens_on = '2026-06-22', until_on = '2026-06-29' where list_id = $1`, [listId]));
    await database.stop();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '这份名单不公示了' }).waitFor();
    expect(await page.content()).not.toContain('张三八');
    await expectAccessible(page);
    // Neither the cache of the page nor that of the network answers in its place.
    const kept = await page.evaluate<{ stored: number; status: number }>(`(async () => {
      const address = '/api/v1/public-lists/${listId}/entries?limit=50';
      const caches_ = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).filter(({ url }) => url.includes('/api/')).length));
      const answer = await fetch(address, { cache: 'force-cache' });
      return { stored: caches_.reduce((sum, count) => sum + count, 0), status: answer.status };
    })()`);
    expect(kept).toEqual({ stored: 0, status: 404 });
    await page.goBack();
    await page.goto('/public/');
    await page.getByText('现在没有正在公示的名单').waitFor();
  });
  await city.visit('reviewer', '/publicity?state=closed', { width: 390 }, async ({ page }) => {
    await expect.poll(async () => {
      await page.reload();
      await page.getByRole('status').filter({ hasText: '已显示' }).waitFor();
      return page.getByRole('link', { name: '企业引才生活补贴' }).count();
    }, { timeout: 40_000, interval: 2000 }).toBe(1);
    await page.getByText('已撤下').last().waitFor();
    await expectAccessible(page);
    await expectFits(page);
  });
});
