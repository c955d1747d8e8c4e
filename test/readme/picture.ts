// `node tools/run.mjs test/readme/picture.ts`: photographs the built calculator with a person of examples/ for the READMEs, in both languages.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser, type TestBrowser } from '../support/browser.ts';
import { startSite } from '../support/site.ts';
import { answersOf, facts, findPerson, homeFacts, totalOf } from './sample-person.ts';

const root = join(import.meta.dirname, '../..');
const person = '张三二';
const date = '2026-06-30';
const phone = { width: 390, height: 844 };
const gap = 40;

const pictures = [
  { file: 'docs/calculator.png', path: '/', language: 'zh-CN', alt: '问题和结果' },
  { file: 'docs/calculator.en.png', path: '/en/', language: 'en', alt: 'a question and the result' },
] as const;

/** Opens a page of the calculator as if the sample person had answered these facts, and photographs what a telephone shows. */
async function photograph(page: Page, screen: 'question' | 'results', answered: readonly string[], place: string): Promise<Buffer> {
  const order = answered.filter((fact) => fact in answers);
  const visit = { subject: 'person', city: 'jilin-city', date, answers: Object.fromEntries(order.map((fact) => [fact, answers[fact]])), skipped: [], order, choices: {} };
  await page.evaluate(`(() => {
    sessionStorage.setItem('wutong-visit', ${JSON.stringify(JSON.stringify(visit))});
    history.replaceState({ wutong: { screen: '${screen}', depth: 1, isFromResults: false } }, '');
  })()`);
  await page.reload();
  await page.locator(place).waitFor();
  await page.evaluate("document.querySelectorAll('.letter details').forEach((one, at) => { one.open = at === 0; })");
  console.log(await page.locator('h1').innerText());
  return page.screenshot();
}

/** Both photographs side by side on the calculator's own paper. */
async function arrange(browser: TestBrowser, shots: readonly Buffer[]): Promise<Buffer> {
  const { page, end } = await browser.open('about:blank', { width: 1440 });
  const images = shots.map((shot) => `<img src="data:image/png;base64,${shot.toString('base64')}">`);
  await page.setContent(`<style>
    body { display: flex; gap: ${gap}px; margin: 0; padding: ${gap}px; width: max-content; background: #efe9dc; }
    img { width: ${phone.width}px; height: ${phone.height}px; border-radius: 24px; outline: 1px solid #d5ccb8; }
  </style>${images.join('')}`);
  await sharpen(page, { width: shots.length * (phone.width + gap) + gap, height: phone.height + 2 * gap });
  const picture = await page.screenshot();
  await end();
  return picture;
}

/** Two points of the picture for each of the page, so that letters stay sharp. */
async function sharpen(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  await page.setViewportSize(size);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 2, mobile: false });
}

const answers = answersOf(findPerson(readFileSync(join(root, 'examples/people.ndjson'), 'utf8'), person));
const site = await startSite();
const browser = await startBrowser(site.url);
try {
  for (const { file, path, language } of pictures) {
    const { page, end } = await browser.open(path, { width: 390, language, today: date });
    await sharpen(page, phone);
    const question = await photograph(page, 'question', Object.keys(answers).filter((fact) => !homeFacts.includes(fact)), '.question-title');
    const result = await photograph(page, 'results', Object.keys(answers), '.letter');
    writeFileSync(join(root, file), await arrange(browser, [question, result]));
    console.log(file, statSync(join(root, file)).size, await page.locator('h1').innerText());
    await end();
  }
} finally {
  await browser.close();
  await site.stop();
}
