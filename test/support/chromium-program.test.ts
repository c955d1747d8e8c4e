// Where the browser of the journeys comes from, and what is said where there is none.
import { expect, test } from 'vitest';
import { checkBrowser, getChromium } from './chromium-program.ts';

test('the program that CHROMIUM_PATH names comes first', () => {
  expect(getChromium({ CHROMIUM_PATH: '/opt/browser/chrome', PATH: process.env['PATH'] })).toBe('/opt/browser/chrome');
});

test('where there is none, both languages say what to install', () => {
  expect(() => getChromium({ PATH: '/nowhere' }, [])).toThrow(/缺少 chromium。请安装[^]*sudo apt-get install chromium[^]*lack chromium\. Install/);
});

test('the browser of this machine starts and says which it is', async () => {
  expect(await checkBrowser()).toMatch(/^(Chromium|Google Chrome) \d+\./);
});
