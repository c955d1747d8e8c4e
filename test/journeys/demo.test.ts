// A demonstration as whoever tries Wutong meets it: the page that tells how to sign in, an approver who does, and the mark on every page.
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, expectFits, startBrowser, type TestBrowser } from '../support/browser.ts';
import { makeRunningCity, type RunningCity } from '../support/running-city.ts';

const root = dirname(dirname(import.meta.dirname));
let city: RunningCity | undefined;
let browser: TestBrowser | undefined;

beforeAll(async () => {
  city = makeRunningCity({}, () => [], []);
  await promisify(execFile)(process.execPath, ['tools/run.mjs', 'src/main/demo/demo-process.ts', '--people', '60'], { cwd: root, env: { ...process.env, ...city.environment } });
  browser = await startBrowser(city.start().then(({ url }) => url));
});
afterAll(async () => {
  await Promise.all([browser?.close(), city?.remove()]);
});

test('the page names each role with its account; an approver signs in with password and code, and finds work', async () => {
  if (browser === undefined) throw new Error('the browser has not started');
  const visit = await browser.open('/demo/', { width: 390 });
  const { page } = visit;
  await page.getByRole('heading', { name: '窗口和审核' }).waitFor();
  expect(await page.locator('.demo-group summary').allTextContents()).toHaveLength(16);
  await page.locator('summary', { hasText: '审批' }).click();
  await expectAccessible(page);
  await expectFits(page);
  const shown = page.locator('details[open]');
  const [, login = '', password = ''] = await shown.locator('dd').allTextContents();
  const other = await visit.context.newPage();
  await other.goto('/office/');
  await other.getByText('演示数据').waitFor();
  await other.getByLabel('登录名').fill(login);
  await other.getByLabel('密码', { exact: true }).fill(password);
  await other.getByRole('button', { name: '登录' }).click();
  await other.getByRole('textbox', { name: '动态码' }).fill((await shown.locator('dd').nth(3).textContent()) ?? '');
  await other.getByRole('button', { name: '继续' }).click();
  await other.getByRole('heading', { level: 1, name: /您好$/ }).waitFor();
  await other.goto('/office/#/cases');
  await other.getByRole('link', { name: /^(张三|李四|王五|赵六|钱七|孙八|周九|吴十)/ }).first().waitFor();
  expect(await other.locator('.demo-mark').innerText()).toContain('演示数据');
  await visit.end();
});

test('the first picture tells no number that nobody has answered; what the mark says goes along with the server', async () => {
  if (browser === undefined) throw new Error('the browser has not started');
  const visit = await browser.open('/demo/', { width: 390 });
  const { page } = visit;
  const mark = page.locator('.demo-mark');
  expect(await mark.innerText()).toBe('演示数据，没有一个真人。怎么登录');
  // A filling under way, as the server tells of it, and then its end.
  const said = { zh: '演示数据正在准备，看到哪一步了', en: 'Sample data are being prepared. See how far they are' };
  const answering = Promise.withResolvers<void>();
  await page.route('/demo/state.json', async (route) => {
    await answering.promise;
    await route.fulfill({ json: { state: 'filling', perCent: 37, people: 60, lastOn: '2026-11-08', mark: said, accounts: [], factorSecondsLeft: 9 } });
  });
  await page.goto('/demo/');
  await page.getByText('请稍候').waitFor();
  expect(await page.locator('body').innerText()).not.toMatch(/%|正在准备/);
  answering.resolve();
  await mark.filter({ hasText: said.zh }).waitFor();
  expect(await page.locator('progress').getAttribute('value')).toBe('37');
  await expectAccessible(page);
  await page.unroute('/demo/state.json');
  await mark.filter({ hasText: '没有一个真人' }).waitFor();
  await visit.end();
});

test('the calculator works on without a network, and what was kept says that it is a demonstration', async () => {
  if (browser === undefined) throw new Error('the browser has not started');
  const { page, context, end } = await browser.open('/', { width: 390 });
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
  });
  const heading = page.getByRole('heading', { level: 1 }).first();
  const before = await heading.innerText();
  await context.setOffline(true);
  await page.reload();
  expect(await heading.innerText()).toBe(before);
  const mark = page.locator('.demo-mark');
  expect(await mark.innerText()).toContain('演示数据，没有一个真人');
  // Its style was kept as well.
  expect(await mark.evaluate((element) => getComputedStyle(element).textAlign)).toBe('center');
  await context.setOffline(false);
  await end();
});
