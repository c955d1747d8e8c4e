// Every state of the site, on a telephone in light, dark and large type, and at a desk: usable by all, and nothing sticks out.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { expectAccessible, expectFits } from '../support/browser.ts';
import { useBrowser } from '../support/use-browser.ts';
import { states } from './states.ts';

const journey = useBrowser();

/** Size of the letters that sizes are reckoned from, and of the text of a page, in px. */
const letterSizes = (page: Page): Promise<readonly string[]> => page.evaluate(() => [document.documentElement, document.body].map((one) => getComputedStyle(one).fontSize));

/** What the switch for the size of type does to a page. */
const setType = (page: Page, size: 'normal' | 'large'): Promise<void> => page.evaluate((wanted) => void (document.documentElement.dataset['size'] = wanted), size);

describe.concurrent('each state in every look', () => {
  // A state is reached once and then looked at from all sides, since to reach it takes longest.
  test.each(states.filter(({ within }) => within === undefined))('$name', async ({ path, reach, isAlike, differsAtDesk }) => {
    await journey.visit(path, { width: 390 }, async ({ page }) => {
      await reach?.(page);
      await expectAccessible(page);
      await expectFits(page);
      if (isAlike !== true) {
        await page.emulateMedia({ colorScheme: 'dark' });
        await expectAccessible(page, 'colours');
        await page.emulateMedia({ colorScheme: 'light' });
      }
      await setType(page, 'large');
      expect(await letterSizes(page)).toEqual(['22px', '22px']);
      await expectFits(page);
      await setType(page, 'normal');
      await page.setViewportSize({ width: 1440, height: 900 });
      await expectFits(page);
      if (differsAtDesk === true) await expectAccessible(page);
    });
  });
});

test('what is only photographed is examined within a state that there is', () => {
  const examined = states.flatMap(({ name, within }) => (within === undefined ? [name] : []));
  expect(examined).toEqual(expect.arrayContaining(states.flatMap(({ within }) => within ?? [])));
});

describe('large letters', () => {
  test.each([390, 1440] as const)('who chose large type has letters of 22 px, on every page and in its picture (%s px)', async (width) => {
    for (const name of ['start', 'question-first', 'parts']) {
      const state = states.find((one) => one.name === name);
      await journey.visit(state?.path ?? '', { width, letters: 'large' }, async ({ page }) => {
        await state?.reach?.(page);
        await expect.poll(() => letterSizes(page)).toEqual(['22px', '22px']);
        // A picture of the whole page makes the browser draw it anew.
        await page.screenshot({ fullPage: true });
        expect(await letterSizes(page)).toEqual(['22px', '22px']);
      });
    }
  });

  test.each(['result-opened', 'levels-english'])('on the narrowest telephone nothing sticks out, whatever is opened (%s)', async (name) => {
    const state = states.find((one) => one.name === name);
    await journey.visit(state?.path ?? '', { width: 390, letters: 'large' }, async ({ page }) => {
      await state?.reach?.(page);
      await page.evaluate("document.querySelectorAll('.letter details').forEach((one) => { one.open = true; })");
      await page.setViewportSize({ width: 320, height: 640 });
      await expectFits(page);
    });
  });

  test('whose device is set to large letters reads the site in them, and nothing sticks out', async () => {
    for (const path of ['/', '/nothing-here']) {
      await journey.visit(path, { width: 390, letters: 'device' }, async ({ page }) => {
        const [, text = ''] = await letterSizes(page);
        expect(Number.parseFloat(text)).toBeGreaterThanOrEqual(22);
        await expectFits(page);
      });
    }
  });
});
