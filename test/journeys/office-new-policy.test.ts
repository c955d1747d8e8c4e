// A policy that is new in the city: its files uploaded, what is wrong shown by file and line, mended by uploading again, and found among those that are not in force yet.
import { expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useOfficeCity } from '../support/office-city.ts';
import { sampleFiles } from '../support/sample-policy-files.ts';
import { makeVisitAs } from '../support/visit-as.ts';

const visitAs = makeVisitAs(useOfficeCity());
const patience = { timeout: 15_000 };

const upload = (name: string, text: string) => ({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });

test('an author uploads a new policy with a fault, reads where it is, uploads the mended file, and the check passes', async () => {
  await visitAs('policy', '/policies', { width: 390 }, async ({ page }) => {
    await page.getByRole('link', { name: '放入新政策' }).click();
    await page.getByRole('heading', { level: 1, name: '放入新政策' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await page.getByRole('button', { name: '放进来，检查' }).click();
    await page.getByText('只用小写字母、数字、点和连字符。').waitFor();
    await page.getByText('还缺 policy.yaml。').waitFor();
    await expectAccessible(page);
    await page.getByLabel('政策的编号').fill('sample-2026');
    const field = page.getByLabel('政策的文件');
    const { 'policy.yaml': main, 'sample-grant.yaml': grant } = sampleFiles;
    await field.setInputFiles([upload('policy.yaml', main), upload('sample-grant.yaml', grant.replace('学历 ≥ 本科', '学力 ≥ 本科')), upload('说明.yaml', 'x')]);
    await page.getByText('说明.yaml：文件名只用小写字母').waitFor();
    const chosen = page.getByRole('list', { name: '选好的文件' }).getByRole('listitem');
    await expect.poll(() => chosen.count(), patience).toBe(2);
    await page.getByLabel('改了什么、为什么').fill('样例：一项新的补贴。');
    await expectAccessible(page);
    await expectFits(page);
    // However fast this machine checks, the page says what it waits for when it must wait.
    let answer = (): void => {};
    const held = new Promise<void>((done) => (answer = done));
    await page.route('**/api/v1/packs', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('button', { name: '放进来，检查' }).click();
    await page.getByRole('status').filter({ hasText: '正在检查' }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    answer();
    await page.getByText(/检查出 \d+ 处/).waitFor({ timeout: 30_000 });
    expect(await page.getByRole('progressbar').count()).toBe(0);
    await page.getByRole('button', { name: /sample-grant\.yaml 第 9 行/ }).first().click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), patience).toBe('TEXTAREA');
    await expectAccessible(page);
    await expectFits(page);
    await page.getByLabel('传文件，替换或者增加').setInputFiles([upload('sample-grant.yaml', grant), upload('notes.yaml', '# 样例\n')]);
    await page.getByText('还没有保存。').waitFor();
    // What is not wanted after all is taken away again.
    await page.getByLabel('哪个文件').selectOption('notes.yaml');
    await page.getByRole('button', { name: '删去这个文件' }).click();
    await page.getByText('保存以后就没有这个文件了。').waitFor();
    await page.getByRole('button', { name: '保存并检查' }).click();
    await page.getByText('检查通过：1 项待遇，4 个用例都对。').waitFor({ timeout: 30_000 });
    await expectAccessible(page);
  });
  await visitAs('policy', '/policies', { width: 1440, colours: 'dark' }, async ({ page }) => {
    await page.getByRole('heading', { name: '还没有生效的新政策' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'sample-2026' }).click();
    await page.getByText('检查通过，等核准').waitFor();
    await expectAccessible(page);
    // The same id cannot be taken twice once it holds; a copy of what holds can be begun from.
    await page.goto('/office/#/policies/new');
    await page.getByLabel('政策的编号').fill('jilin-city-2021');
    await page.getByLabel('照一个现有的改').check();
    await page.getByRole('button', { name: '放进来，检查' }).click();
    await page.getByText('已经有这个编号的政策').waitFor();
    await page.getByText('请选一个政策', { exact: true }).last().waitFor();
    await expectAccessible(page);
  });
});
