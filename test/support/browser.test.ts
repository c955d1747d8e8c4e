// The journeys' browser reports what a reader must not meet: on planted pages, each with one fault.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, expectFits, startBrowser, type TestBrowser, type View } from './browser.ts';

const pages: Record<string, { body: string; policy?: string }> = {
  '/good': { body: '<main><h1>好</h1><p>这一页没有毛病。</p></main>' },
  '/logs': { body: '<main><h1>好</h1></main><script>console.error("写错了")</script>' },
  '/throws': { body: '<main><h1>好</h1></main><script>throw new Error("断了")</script>' },
  '/leaves': { body: '<main><h1>好</h1><img alt="叶" src="http://elsewhere.example/leaf.png"></main>' },
  '/forbidden': { body: '<main><h1>好</h1></main><script>document.title = "不该运行"</script>', policy: "default-src 'self'" },
  '/unnamed': { body: '<main><h1>好</h1><button></button></main>' },
  '/wide': { body: '<main><h1>好</h1><p class="long" style="width:900px">太宽</p></main>' },
};
const phone: View = { width: 390 };
const server = createServer((request, response) => {
  const { body = '', policy } = pages[request.url ?? ''] ?? {};
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...(policy === undefined ? {} : { 'content-security-policy': policy }) });
  response.end(
    `<!doctype html><html lang="zh-CN"><head><title>试</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head><body>${body}</body></html>`,
  );
});
let browser: TestBrowser;

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  browser = await startBrowser(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

test('a page without a fault passes', async () => {
  const { page, end } = await browser.open('/good', phone);
  await expectAccessible(page);
  await expectFits(page);
  await end();
});

describe('what the page does', () => {
  test.each([
    ['/logs', /console\.error: 写错了/],
    ['/throws', /error: .*断了/],
    ['/leaves', /left the server: http:\/\/elsewhere\.example\/leaf\.png/],
    ['/forbidden', /Content Security Policy/],
  ])('%s', async (path, complaint) => {
    const visit = await browser.open(path, phone);
    await visit.page.waitForLoadState('load');
    await expect.poll(() => visit.complaints.join('\n')).toMatch(complaint);
    await expect(visit.end()).rejects.toThrow(complaint);
  });
});

test('a button without a name is reported with its place and how to mend it', async () => {
  const { page, end } = await browser.open('/unnamed', phone);
  await expect(expectAccessible(page)).rejects.toThrow(/button-name \(critical\)[\s\S]*<button><\/button>/);
  await end();
});

test('what sticks out is named', async () => {
  const { page, end } = await browser.open('/wide', phone);
  await expect(expectFits(page)).rejects.toThrow('p.long');
  await end();
});

test('the page believes the day that it is told', async () => {
  const dayOf = async (view: View): Promise<string> => {
    const { page, end } = await browser.open('/good', view);
    const day = await page.evaluate<string>('new Date().toLocaleDateString("sv")');
    await end();
    return day;
  };
  expect(await dayOf(phone)).toBe('2026-06-30');
  expect(await dayOf({ ...phone, today: '2024-02-29' })).toBe('2024-02-29');
});

test('letters that the device enlarges are larger', async () => {
  const sizes = await Promise.all(
    ([phone, { ...phone, letters: 'device' }] as const).map(async (view) => {
      const { page, end } = await browser.open('/good', view);
      const size = await page.evaluate<string>('getComputedStyle(document.documentElement).fontSize');
      await end();
      return size;
    }),
  );
  expect(sizes).toEqual(['16px', '22px']);
});
