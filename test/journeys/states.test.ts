// Every state of the site, at both widths, light and dark and with large letters: usable by all, and nothing sticks out.
import { describe, test } from 'vitest';
import { expectAccessible, expectFits, type View } from '../support/browser.ts';
import { useBrowser } from '../support/use-browser.ts';
import { states } from './states.ts';

const views: readonly (readonly [string, View])[] = [
  ['telephone', { width: 390 }],
  ['telephone, dark', { width: 390, colours: 'dark' }],
  ['telephone, large letters', { width: 390, letters: 'large' }],
  ['desk', { width: 1440 }],
  ['desk, dark', { width: 1440, colours: 'dark' }],
];

const journey = useBrowser();

describe.each(states)('$name', ({ path, reach }) => {
  test.each(views)('%s', async (_name, view) => {
    await journey.visit(path, view, async ({ page }) => {
      await reach?.(page);
      await expectAccessible(page);
      await expectFits(page);
    });
  });
});
