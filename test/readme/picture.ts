// `node tools/run.mjs test/readme/picture.ts`: photographs the built calculator, with the sample person in it, for both READMEs.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from '../support/browser.ts';
import { startSite } from '../support/site.ts';
import { sample, showSample } from './show-sample.ts';
import { writePalettePng } from './write-palette-png.ts';

const root = join(import.meta.dirname, '../..');
const phone = { width: 390, height: 844 };
const gap = 40;

/** A picture of the page as a data: address, two points of it for each of the page, so that letters stay sharp. */
async function photograph(page: Page, size: { readonly width: number; readonly height: number }): Promise<string> {
  await page.setViewportSize(size);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 2, mobile: false });
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'png' });
  return `data:image/png;base64,${data}`;
}

const site = await startSite();
const browser = await startBrowser(site.url);
try {
  for (const [file, path, language] of [
    ['docs/calculator.png', '/', 'zh-CN'],
    ['docs/calculator.en.png', '/en/', 'en'],
  ] as const) {
    const visit = await browser.open(path, { width: 390, language, today: sample.date });
    const images: string[] = [];
    for (const screen of ['question', 'results'] as const) {
      await showSample(visit.page, screen);
      images.push(`<img src="${await photograph(visit.page, phone)}">`);
    }
    await visit.end();

    // Side by side, each in the outline of a telephone.
    const sheet = await browser.open('about:blank', { width: 1440 });
    await sheet.page.setContent(`<style>
      body { display: flex; gap: ${gap}px; margin: 0; padding: ${gap}px; width: max-content; background: #efe9dc; }
      img { width: ${phone.width}px; height: ${phone.height}px; border-radius: 24px; outline: 1px solid #d5ccb8; }
    </style>${images.join('')}`);
    const size = { width: images.length * (phone.width + gap) + gap, height: phone.height + 2 * gap };
    writeFileSync(join(root, file), await writePalettePng(sheet.page, await photograph(sheet.page, size)));
    await sheet.end();
    console.log(file);
  }
} finally {
  await browser.close();
  await site.stop();
}
