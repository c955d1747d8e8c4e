// The states of the site that are looked at: each is photographed (`npm run shots`) and examined for who cannot use it.
import type { Page } from 'playwright-core';

/** A state: where it begins and what a reader does to get there. */
export interface State {
  /** Short, in small letters: the name of its pictures. */
  readonly name: string;
  readonly path: string;
  /** Steps from the loaded page. */
  readonly reach?: (page: Page) => Promise<void>;
}

/** Begins for oneself, and skips until a question shows what is wanted. */
async function begin(page: Page, wanted = '.choices'): Promise<void> {
  await page.locator('.big-button').first().click();
  for (let asked = 0; asked < 60 && (await page.locator(wanted).count()) === 0; asked += 1) {
    const title = await page.locator('h1').innerText();
    await page.locator('.question-foot .button').last().click();
    await page.locator('h1').filter({ hasNotText: title }).waitFor();
  }
  await page.locator(wanted).first().waitFor();
}

async function openResult(page: Page): Promise<void> {
  await begin(page);
  await page.locator('.choice').first().click();
  await page.locator('.answer-place').waitFor();
  await page.locator('.strip-line, .running .button').locator('visible=true').click();
  await page.locator('.letter').waitFor();
}

export const states: readonly State[] = [
  { name: 'start', path: '/' },
  { name: 'start-english', path: '/en/' },
  { name: 'display', path: '/', reach: (page) => page.locator('.display summary').click() },
  { name: 'about', path: '/', reach: (page) => page.locator('.start-foot .button').click() },
  { name: 'question', path: '/', reach: begin },
  { name: 'question-english', path: '/en/', reach: begin },
  { name: 'question-place', path: '/', reach: (page) => begin(page, '.places') },
  { name: 'question-date', path: '/', reach: (page) => begin(page, '.date-field') },
  { name: 'question-number', path: '/', reach: (page) => begin(page, '.number-field') },
  {
    name: 'question-university',
    path: '/',
    reach: async (page) => {
      await begin(page, '.combobox');
      await page.locator('.input').fill('吉林');
      await page.locator('.suggestion').first().waitFor();
      await page.keyboard.press('ArrowDown');
    },
  },
  { name: 'result', path: '/', reach: openResult },
  {
    name: 'result-opened',
    path: '/',
    reach: async (page) => {
      await openResult(page);
      await page.evaluate("document.querySelectorAll('.letter details').forEach((one) => { one.open = true; })");
    },
  },
  { name: 'result-english', path: '/en/', reach: openResult },
  {
    name: 'sheet',
    path: '/',
    reach: async (page) => {
      await openResult(page);
      await page.locator('.letter-head .button').last().click();
      await page.locator('.sheet-place').waitFor();
    },
  },
  { name: 'parts', path: '/ui/' },
  { name: 'missing', path: '/nothing-here' },
];
