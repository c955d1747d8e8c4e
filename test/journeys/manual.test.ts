// The menu and the manual as readers meet them: with script and without, at every address, on a telephone and at a desk.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { useBrowser } from '../support/use-browser.ts';

const journey = useBrowser();
const web = join(import.meta.dirname, '../../dist/web');

/** Asks the server and reads the whole answer; a connection that stays open would keep the server from ending. */
async function ask(path: string, headers: Record<string, string> = {}): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Uint8Array; readonly text: string }> {
  const answer = await fetch(`${journey.url()}${path}`, { redirect: 'manual', headers: { ...headers, connection: 'close' } });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes, text: new TextDecoder().decode(bytes) };
}

const titles = (html: string): string[] => [...html.matchAll(/<li><h3><a href="[^"]*">([^<]*)</g)].map(([, title = '']) => title);

describe('without script', () => {
  test('the form asks the server, and the server answers as the browser would', async () => {
    const plain = (await ask('/menu')).text;
    expect(plain).toMatch(/<form class="search" role="search" action="\/menu" method="get">/);
    const html = (await ask(`/menu?q=${encodeURIComponent('住房补贴')}&city=jilin-city&who=person&amount=&kind=`)).text;
    expect(titles(html)[0]).toBe('企业引才住房补贴');
    expect(html).toContain('value="住房补贴"');
    let shown: string[] = [];
    await journey.visit('/menu?q=住房补贴&city=jilin-city&who=person', { width: 390 }, async ({ page }) => {
      await page.locator('.entries').waitFor();
      shown = await page.locator('.entries h3').allInnerTexts();
    });
    expect(shown).toEqual(titles(html));
  });

  test('in English, and page by page', async () => {
    const first = (await ask('/en/menu?who=person')).text;
    const second = (await ask('/en/menu?who=person&page=2')).text;
    expect(first).toContain('<html lang="en">');
    expect(first).toMatch(/href="\/en\/menu\?who=person&amp;page=2"[^>]*rel="next"|rel="next"[^>]*href="\/en\/menu\?who=person&amp;page=2"/);
    expect(titles(second).length).toBeGreaterThan(0);
    expect(titles(first).filter((title) => titles(second).includes(title) && title === titles(second)[0])).toEqual([]);
  });

  test('nothing found says what to do; what was typed stays text', async () => {
    const html = (await ask(`/menu?q=${encodeURIComponent('"><script>alert(1)</script>')}`)).text;
    expect(html.match(/<script/g)).toHaveLength(1);
    const none = (await ask(`/menu?q=${encodeURIComponent('量子猫粮')}`)).text;
    expect(none).toContain('没有找到');
    expect(none).toContain('全部清掉');
  });

  test('a list can be taken away as a table, with the same filters', async () => {
    const answer = await ask('/menu.csv?city=erdao&kind=grant');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const { bytes } = answer;
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
    const rows = new TextDecoder().decode(bytes).trimEnd().split('\r\n').slice(1);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatch(/,(二道区|长春市),.*,补助,/);
  });

  test('the same protection as every page', async () => {
    for (const path of ['/menu?q=x', '/menu.csv?q=x', '/b/erdao', '/c/erdao/nothing']) {
      const { headers } = await ask(path);
      expect(headers.get('content-security-policy'), `${path}`).toContain("script-src 'self'");
      expect(headers.get('cache-control'), `${path}`).toBe('no-cache');
    }
  });
});

describe('addresses', () => {
  test.each(['/b/jilin-city', '/b/jilin-city/jilin-city-2021', '/b/jilin-city/jilin-city-2021/living-subsidy', '/en/b/erdao', `/c/jilin-city/${encodeURIComponent('附件1三（二）1（1）')}`, '/b/changchun/changchun-talent-3.0', '/menu'])(
    '%s is answered at once, compressed; with a slash it leads there',
    async (path) => {
      const answer = await ask(path, { 'accept-encoding': 'br' });
      expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-encoding')]).toEqual([200, 'text/html; charset=utf-8', 'br']);
      for (const slashed of [`${path}/`, `${path}//`]) {
        const moved = await ask(`${slashed}?q=1`);
        expect([moved.status, moved.headers.get('location')]).toEqual([301, `${path}?q=1`]);
      }
    },
  );

  test('the manual of a policy is there as a PDF', async () => {
    const answer = await ask('/b/erdao/erdao-wutong.pdf');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  });

  test.each([['/b', '/menu'], ['/b/', '/menu'], ['/en/c', '/en/menu']])('%s is too short for a page, and leads to the menu', async (path, menu) => {
    const { status, headers } = await ask(path);
    expect([status, headers.get('location')]).toEqual([301, menu]);
    expect((await ask(menu)).status).toBe(200);
  });

  test('what the menu answers to a question is not for search engines, the menu itself is', async () => {
    expect((await ask('/menu?q=%E4%BD%8F%E6%88%BF')).headers.get('x-robots-tag')).toBe('noindex');
    expect((await ask('/menu')).headers.get('x-robots-tag')).toBeNull();
  });

  test.each(['/b/atlantis', '/b/jilin-city/jilin-city-2021/no-such-benefit', '/c/jilin-city/（九十九）', '/b/../menu/x'])('%s leads nowhere and says so', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });
});

describe('with script', () => {
  test('the list follows what is typed, the address keeps it, and back goes back', async () => {
    await journey.visit('/menu', { width: 390 }, async ({ page }) => {
      const all = await page.locator('#found').innerText();
      await page.locator('#q').pressSequentially('贷款');
      await expect.poll(() => decodeURIComponent(new URL(page.url()).search)).toBe('?q=贷款');
      await expect.poll(() => page.locator('.entries h3').first().innerText()).toContain('贷款');
      const found = await page.locator('#found').innerText();
      await page.locator('.quick').getByRole('link', { name: '吉林市' }).click();
      await expect.poll(() => new URL(page.url()).searchParams.get('city')).toBe('jilin-city');
      await expect.poll(() => page.locator('#found').innerText()).not.toBe(found);
      await expect.poll(() => page.locator('#q').inputValue()).toBe('贷款');
      await page.goBack();
      await expect.poll(() => page.locator('#found').innerText()).toBe(found);
      await expect.poll(() => page.locator('#q').inputValue()).toBe('贷款');
      await page.goBack();
      await expect.poll(() => page.locator('#found').innerText()).toBe(all);
      await expect.poll(() => page.locator('#q').inputValue()).toBe('');
    });
  });

  test('filters narrow the list, and each can be taken back', async () => {
    await journey.visit('/menu', { width: 1440 }, async ({ page }) => {
      await page.getByText('再挑一挑').click();
      await page.getByLabel('数额', { exact: true }).selectOption('from-1m');
      await page.getByLabel('排序', { exact: true }).selectOption('most');
      await expect.poll(() => new URL(page.url()).search).toBe('?amount=from-1m&sort=most');
      const amounts = async (): Promise<readonly number[]> =>
        (await page.locator('.entry-amount').allInnerTexts()).map((text) => Math.max(...(text.match(/[\d,]+/g) ?? []).map((number) => Number(number.replaceAll(',', '')))));
      await expect.poll(async () => Math.min(...(await amounts()))).toBeGreaterThanOrEqual(1_000_000);
      const shown = await amounts();
      expect(shown.length).toBeGreaterThan(1);
      expect(shown).toEqual(shown.toSorted((a, b) => b - a));
      await page.getByRole('link', { name: /^去掉：100/ }).click();
      await expect.poll(() => new URL(page.url()).search).toBe('?sort=most');
      await expect.poll(() => page.getByLabel('数额', { exact: true }).inputValue()).toBe('');
    });
  });

  test('from the menu to an item, to its clause, to the calculator of its city', async () => {
    await journey.visit('/menu?q=企业引才生活补贴', { width: 390 }, async ({ page }) => {
      await page.getByRole('link', { name: '企业引才生活补贴' }).first().click();
      await page.getByRole('heading', { level: 1, name: '企业引才生活补贴', exact: true }).waitFor();
      await page.locator('#basis').getByRole('link', { name: '附件1三（二）1（1）' }).click();
      await page.getByRole('heading', { level: 1, name: /四档/ }).waitFor();
      await page.getByRole('link', { name: '企业引才生活补贴' }).click();
      expect(await page.getByRole('link', { name: '看看我能不能享受' }).getAttribute('href')).toBe('/?city=jilin-city');
      await page.locator('[data-language]').click();
      await expect.poll(() => new URL(page.url()).pathname).toBe('/en/b/jilin-city/jilin-city-2021/living-subsidy');
    });
  });

  test('without a network a page of the manual says so, and leads to the calculator', async () => {
    const site = await startBrowser(journey.url());
    onTestFinished(() => site.close());
    // The browser notes the answer that the page itself explains, so this visit is not ended but closed.
    const { page, context } = await site.open('/', { width: 390 });
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (navigator.serviceWorker.controller === null) await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done, { once: true }));
    });
    await context.setOffline(true);
    const answer = await page.goto('/b/erdao');
    expect(answer?.status()).toBe(503);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('没有网络');
    await page.getByRole('link', { name: '打开计算器' }).click();
    await expect.poll(() => new URL(page.url()).pathname).toBe('/');
  });
});

test('no page of the manual is wider than a telephone', async () => {
  const isClause = (path: string): boolean => /^(en\/)?c\//.test(path);
  const all = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((path) => /^(en\/)?[bc]\/.*\.html$/.test(path));
  // Clauses are many and alike: every third.
  const pages = [...all.filter((path) => !isClause(path)), ...all.filter(isClause).filter((_, index) => index % 3 === 0)];
  expect(pages.length).toBeGreaterThan(300);
  const addresses = pages.map((path) => `/${path.replace(/\.html$/, '').split('/').map(encodeURIComponent).join('/')}`);
  await journey.visit('/menu', { width: 390 }, async ({ page }) => {
    // Each page’s body in turn takes the place of the one before: its width is measured without loading style and frame anew.
    await page.goto('/b/erdao');
    const wide = await page.evaluate(async (wanted) => {
      const found: string[] = [];
      for (const address of wanted) {
        const html = await (await fetch(address)).text();
        const { body, documentElement } = new DOMParser().parseFromString(html, 'text/html');
        document.documentElement.lang = documentElement.lang;
        document.body.replaceChildren(...body.children);
        document.querySelectorAll('details').forEach((one) => (one.open = true));
        if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push(address);
      }
      return found;
    }, addresses);
    expect(wide).toEqual([]);
  });
});
