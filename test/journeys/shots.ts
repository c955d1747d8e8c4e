// `npm run shots`: photographs every state of the site into shots/, at both widths, light, dark and with large letters.
// `npm run shots -- start` takes the states whose names hold the word.
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { startBrowser, type View } from '../support/browser.ts';
import { startSite } from '../support/site.ts';
import { states } from './states.ts';

const root = dirname(dirname(import.meta.dirname));
const folder = join(root, 'shots');
const looks: Readonly<Record<string, Omit<View, 'width'>>> = { light: {}, dark: { colours: 'dark' }, large: { letters: 'large' } };
const widths = [390, 1440] as const;

const [word = ''] = process.argv.slice(2);
const chosen = states.filter(({ name }) => name.includes(word));
if (chosen.length === 0) {
  console.error(`没有名称含“${word}”的状态。有：${states.map(({ name }) => name).join(', ')}\nNo state’s name holds "${word}".`);
  process.exit(2);
}
// What another time left behind would look like a picture of today.
if (word === '') rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const site = await startSite();
const browser = await startBrowser(site.url);
try {
  for (const { name, path, reach } of chosen) {
    for (const width of widths) {
      for (const [look, view] of Object.entries(looks)) {
        const file = join(folder, `${name}-${width}-${look}.png`);
        const visit = await browser.open(path, { ...view, width });
        try {
          await reach?.(visit.page);
          // What a click left under the mouse would look chosen.
          await visit.page.mouse.move(0, 0);
          await visit.page.screenshot({ path: file, fullPage: true });
          console.log(relative(root, file));
          await visit.end();
        } catch (error) {
          // The other pictures are still worth having.
          console.error(`${relative(root, file)}: ${error instanceof Error ? error.message : String(error)}`);
          process.exitCode = 1;
          await visit.context.close();
        }
      }
    }
  }
} finally {
  await browser.close();
  await site.stop();
}
