// What the pictures of the READMEs show is what the calculator says today, and they are light enough to load with the page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useBrowser } from '../support/use-browser.ts';
import { sample, showSample } from './show-sample.ts';

const docs = join(import.meta.dirname, '../../docs');
const MOST_BYTES = 200_000;

test.each(['calculator.png', 'calculator.en.png'])('%s is a sharp picture of less than 200 kB', (name) => {
  const picture = readFileSync(join(docs, name));
  expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG');
  // Width and height of its head: two telephones of 390 × 844 with room around them, twice as fine.
  expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([2 * (2 * 390 + 3 * 40), 2 * (844 + 2 * 40)]);
  expect(picture.length).toBeLessThan(MOST_BYTES);
});

const journey = useBrowser();

test.each([
  ['/', 'zh-CN', '您在自己名下买房了吗？', ['220,000 元', '120,000 元', '2022年1月4日', '2026年1月4日', '24,000 元', '100,000 元', '附件1三（二）1（1）']],
  ['/en/', 'en', 'Have you bought a home in your own name?', ['220,000 yuan', '120,000 yuan', '4 January 2022', '4 January 2026', '24,000 yuan', '100,000 yuan', '附件1三（二）1（1）']],
] as const)('%s asks the sample person what the picture shows, and tells her its figures', async (path, language, question, words) => {
  await journey.visit(path, { width: 390, language, today: sample.date }, async ({ page }) => {
    await showSample(page, 'question');
    expect(await page.locator('h1').innerText()).toBe(question);
    expect(await page.locator('.strip').innerText()).toContain(words[1]);
    await showSample(page, 'results');
    const result = await page.locator('main').innerText();
    for (const word of words) expect(result.replaceAll('\n', ' ')).toContain(word);
  });
});
