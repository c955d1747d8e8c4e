// The printed manuals as a reader gets them: read back with pdf.js, every policy, both languages.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { MissingGlyphError, type PrintedManual, printManual } from '../../src/print/index.ts';
import { openPdf as openFace } from '../../src/print/typeface.ts';
import { readManualSource } from '../../tools/build-manual-source.ts';
import { manualsToPrint } from '../../tools/build-print.ts';
import { listFiles, root } from '../tidy/tree.ts';
import { bare, glyphCodes, openPdf, readPdf, type ReadPdf } from './read-pdf.ts';

const packs = join(root, 'dist/packs');
const printed = await Promise.all(
  (await manualsToPrint({ root, packs, source: await readManualSource(packs) })).map(async ({ address, manual }) => ({ address, manual, bytes: await printManual(manual) })),
);
const read = new Map<string, ReadPdf>();

beforeAll(async () => {
  for (const { address, bytes } of printed) read.set(address, await readPdf(bytes));
});

/** Runs a check over every manual; a failure names the manual. */
function each(check: (pdf: ReadPdf, manual: PrintedManual, address: string) => void): void {
  expect(printed.length).toBeGreaterThan(0);
  for (const { address, manual } of printed) {
    const pdf = read.get(address);
    if (pdf === undefined) throw new Error(address);
    check(pdf, manual, address);
  }
}

test('every policy has its manual in both languages', () => {
  const policies = printed.filter(({ manual }) => manual.language === 'zh').map(({ address }) => address);
  expect(policies.length).toBeGreaterThan(0);
  expect(printed.filter(({ manual }) => manual.language === 'en').map(({ address }) => address)).toEqual(policies.map((address) => `/en${address}`));
});

test('every item stands on the page that the outline names, title first, then its amount and its elements in order', () => {
  each((pdf, { policy }, address) => {
    const entries = pdf.outline.flatMap(({ items }) => items);
    expect(entries.map(({ title }) => title), `${address}`).toEqual(policy.items.map(({ title }) => title));
    policy.items.forEach((item, at) => {
      const begin = entries[at]?.page ?? 0;
      const end = entries[at + 1]?.page ?? pdf.outline.find(({ page }) => page > begin)?.page ?? pdf.pages.length + 1;
      const text = pdf.pages.slice(begin - 1, end - 1).map(({ plain }) => plain).join('');
      let from = text.indexOf(bare(item.title), text.indexOf(bare(item.clause.id)));
      expect(from, `${address} ${item.id}`).toBeGreaterThanOrEqual(0);
      from = text.indexOf(bare(item.amountTold), from);
      expect(from, `${address} ${item.id}: ${item.amountTold}`).toBeGreaterThanOrEqual(0);
      for (const { id, label } of item.elements.filter((element) => element.id !== 'name')) {
        const next = text.indexOf(bare(label).slice(0, 6), from);
        expect(next, `${address} ${item.id}: ${id}`).toBeGreaterThanOrEqual(from);
        from = next;
      }
    });
  });
});

test('the contents and the table of items name the page on which each item is', () => {
  each((pdf, { policy }, address) => {
    const entries = pdf.outline.flatMap(({ items }) => items);
    const first = entries[0]?.page ?? 0;
    const front = pdf.pages.slice(1, first - 1).map(({ plain }) => plain).join('');
    policy.items.forEach(({ title, amountTold }, at) => {
      expect(front, `${address} ${title}`).toContain(`${bare(title)}${entries[at]?.page ?? ''}`);
      expect(front, `${address} ${amountTold}`).toContain(bare(amountTold));
    });
  });
});

test('the outline leads to the cover, the contents and every section in order', () => {
  each((pdf, { policy }, address) => {
    expect(pdf.outline.map(({ title }) => title).slice(2), `${address}`).toEqual(policy.sections.map(({ label }) => label));
    const pages = pdf.outline.flatMap(({ page, items }) => [page, ...items.map((item) => item.page)]);
    expect(pages, `${address}`).toEqual(pages.toSorted((a, b) => a - b));
    for (const { title, page } of pdf.outline.slice(1)) expect(pdf.pages[page - 1]?.plain, `${address}`).toContain(bare(title));
  });
});

test('every clause stands in the directory', () => {
  each((pdf, { policy }, address) => {
    const begin = pdf.outline.at(-1)?.page ?? 0;
    const text = pdf.pages.slice(begin - 1).map(({ plain }) => plain).join('');
    for (const { id } of policy.clauses) expect(text, `${address} ${id}`).toContain(bare(id));
  });
});

test('no text stands outside the margins of its page', () => {
  each((pdf, _, address) => {
    for (const { width, height, texts } of pdf.pages) {
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
      for (const { text, x, y, width: own, size } of texts) {
        const where = `${address}: ${text}`;
        // Half of an opening mark's square is blank, and hangs over the edge.
        expect(x, `${where}`).toBeGreaterThanOrEqual(64 - size / 2 - 0.5);
        expect(x + own, `${where}`).toBeLessThanOrEqual(531.28 + size / 2 + 0.5);
        expect(y, `${where}`).toBeGreaterThanOrEqual(20);
        expect(y + size, `${where}`).toBeLessThanOrEqual(842 - 20);
      }
    }
  });
});

test('no glyph is missing on any page, and every page says its number', async () => {
  for (const { address, bytes } of printed) {
    const pdf = await openPdf(bytes);
    for (let number = 1; number <= pdf.numPages; number++) expect(await glyphCodes(pdf, number), `${address} ${number}`).not.toContain(0);
  }
  each((pdf, _, address) => pdf.pages.slice(1).forEach(({ plain }, at) => expect(plain, `${address}`).toContain(`${at + 2}/${pdf.pages.length}`)));
});

test('the face has every character of every pack, and rare ones of names', () => {
  const { typeface } = openFace({ title: '', author: '', subject: '', keywords: '', language: 'zh', made: new Date(0) });
  const files = listFiles(root).filter((path) => /^cities\/.*\.(yaml|csv|md)$/.test(path));
  expect(files.length).toBeGreaterThan(50);
  expect(typeface.missing(files.map((path) => readFileSync(join(root, path), 'utf8')).join(''))).toEqual([]);
  expect(typeface.missing('䶮㛃𫖯𬱖𫍽𬀩喆犇堃赟昇頔嫚垚玥')).toEqual([]);
  expect(typeface.missing('梧桐\u{1f333}')).toEqual(['\u{1f333}']);
});

test('a text with a character that cannot be printed is refused by name', async () => {
  const { manual } = printed[0] ?? {};
  if (manual === undefined) throw new Error('nothing printed');
  await expect(printManual({ ...manual, edition: 'sample \u{1f333}' })).rejects.toThrow(new MissingGlyphError(['\u{1f333}']));
});

test('the same manual gives the same bytes, and each is small', async () => {
  for (const { address, manual, bytes } of printed) {
    expect(Buffer.compare(await printManual(manual), bytes), `${address}`).toBe(0);
    expect(bytes.length, `${address}`).toBeLessThan(1_500_000);
  }
});

test('a PDF says what it is: title, language, tags, and a date of its policy', () => {
  each((pdf, { policy, language }, address) => {
    expect(pdf.info['Title'], `${address}`).toContain(policy.title);
    expect(pdf.language).toBe(language === 'zh' ? 'zh-CN' : 'en');
    expect(pdf.isMarked).toBe(true);
    expect(pdf.info['CreationDate']).toContain(`D:${policy.from}`);
  });
});

test('readers aloud get headings, tables with heads, lists, links and figures with their words', async () => {
  const types = new Set<string>();
  const figures: (string | undefined)[] = [];
  interface Node {
    readonly role?: string;
    readonly alt?: string;
    readonly children?: readonly Node[];
  }
  const walk = (node: Node): void => {
    if (node.role !== undefined) types.add(node.role);
    if (node.role === 'Figure') figures.push(node.alt);
    node.children?.forEach(walk);
  };
  for (const { bytes, manual } of printed.filter(({ manual: { policy } }) => policy.items.length > 40)) {
    const pdf = await openPdf(bytes);
    for (let number = 1; number <= Math.min(40, pdf.numPages); number++) walk((await (await pdf.getPage(number)).getStructTree()) as Node);
    expect(manual.policy.items.length).toBeGreaterThan(40);
  }
  expect([...types]).toEqual(expect.arrayContaining(['Document', 'Sect', 'H1', 'H2', 'H3', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'TR', 'TH', 'TD', 'Link', 'TOC', 'TOCI', 'Figure']));
  expect(figures.length).toBeGreaterThan(0);
  for (const alternative of figures) expect(alternative).toMatch(/\S/);
});

test('links lead to places that are there: from the contents to the items, from items to their clauses', async () => {
  for (const { address, bytes, manual } of printed) {
    const pdf = await openPdf(bytes);
    const places = await pdf.getDestinations();
    const led = new Set<string>();
    for (let number = 1; number <= pdf.numPages; number++) {
      for (const { subtype, dest } of (await (await pdf.getPage(number)).getAnnotations()) as { subtype: string; dest?: unknown }[]) {
        if (subtype === 'Link' && typeof dest === 'string') led.add(dest);
      }
    }
    for (const place of led) expect(Object.keys(places), `${address}`).toContain(place);
    for (const { href, clause } of manual.policy.items) {
      expect(led.has(href), `${address} ${href}`).toBe(true);
      expect(led.has(clause.href), `${address} ${clause.href}`).toBe(true);
    }
  }
});
