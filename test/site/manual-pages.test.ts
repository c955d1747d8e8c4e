// The built pages of the manual as files: every link leads somewhere, no page but the menu has a script, and each is a whole document.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeManual } from '../../src/manual/index.ts';
import { readManualSource } from '../../tools/build-manual-source.ts';

const dist = join(import.meta.dirname, '../../dist');
const web = join(dist, 'web');
const source = await readManualSource(join(dist, 'packs'));

const isOfManual = (path: string): boolean => /^(en\/)?([bc]\/|menu\.html$)/.test(path);
const files = new Set(readdirSync(web, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [relative(web, join(entry.parentPath, entry.name)).split(sep).join('/')] : [])));
const pages = [...files].filter((path) => path.endsWith('.html') && isOfManual(path)).sort();
const texts = new Map(pages.map((path) => [path, readFileSync(join(web, path), 'utf8')]));

/** The file that the server answers an address with; undefined where there is none. */
function fileOf(address: string): string | undefined {
  const path = decodeURIComponent(address.replace(/[?#].*$/s, ''));
  const candidates = path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`];
  return candidates.map((candidate) => candidate.slice(1)).find((candidate) => files.has(candidate));
}

const hrefsOf = (text: string): string[] => [...text.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
const idsOf = (text: string): string[] => [...text.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);

test('there is a page for everything, at its exact address, in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const { cities } = makeManual(source, language);
    const addresses = cities.flatMap((city) => [city.href, ...city.policies.flatMap(({ href, pdf, items }) => [href, pdf, ...items.map((item) => item.href)]), ...city.clauses.map(({ href }) => href)]);
    expect(addresses.length).toBeGreaterThan(300);
    expect(addresses.filter((address) => fileOf(address) === undefined)).toEqual([]);
    // Nothing stands there that belongs to no pack.
    const prefix = language === 'en' ? 'en/' : '';
    const known = new Set([...addresses.map(fileOf), `${prefix}menu.html`]);
    expect(pages.filter((path) => path.startsWith('en/') === (language === 'en') && !known.has(path))).toEqual([]);
  }
});

test('every link leads to a page, a file, or a place on the page', () => {
  const broken: string[] = [];
  let looked = 0;
  const found = new Map<string, boolean>();
  for (const [path, text] of texts) {
    const ids = new Set(idsOf(text));
    for (const href of new Set(hrefsOf(text))) {
      looked++;
      if (href.startsWith('#')) {
        if (!ids.has(href.slice(1))) broken.push(`${path}: ${href}`);
        continue;
      }
      // The menu as a table is written by the server.
      const isServed = /^\/(en\/)?menu\.csv(\?|$)/.test(href);
      const file = href.replace(/[?#].*$/s, '');
      const leads = isServed || (found.get(file) ?? (href.startsWith('/') && fileOf(file) !== undefined));
      found.set(file, leads);
      if (!leads) broken.push(`${path}: ${href}`);
    }
  }
  expect(looked).toBeGreaterThan(10_000);
  expect(broken).toEqual([]);
});

describe('each page', () => {
  test('has no script unless it is the menu, and nothing inline', () => {
    for (const [path, text] of texts) {
      const scripts = text.match(/<script[^>]*>/g) ?? [];
      expect(scripts.length, `${path}`).toBe(path.endsWith('menu.html') ? 1 : 0);
      expect(text, `${path}`).not.toMatch(/ style="| on[a-z]+="|<style|javascript:/);
    }
  });

  test('names itself: one heading, a title and a description of its own, and the other language', () => {
    const titles = new Map<string, string>();
    for (const [path, text] of texts) {
      expect(text.match(/<h1[ >]/g)?.length, `${path}`).toBe(1);
      const [, title = ''] = /<title>([^<]*)<\/title>/.exec(text) ?? [];
      const [, description = ''] = /<meta name="description" content="([^"]*)"/.exec(text) ?? [];
      expect(title.length > 0 && description.length > 10, `${path}`).toBe(true);
      // An address without its host would name none, and only the server knows the host: a page is at one address instead, see the manual's journey.
      expect(text, `${path}`).not.toMatch(/<link rel="(canonical|alternate)"/);
      const other = path.startsWith('en/') ? { tag: 'zh-CN', file: path.slice(3) } : { tag: 'en', file: `en/${path}` };
      expect([...text.matchAll(/<a href="([^"]*)" lang="[^"]*" hreflang="([^"]*)"/g)].map(([, href = '', tag]) => ({ tag, file: fileOf(href) })), `${path}`).toEqual([other]);
      expect(text, `${path}`).toContain(`<html lang="${path.startsWith('en/') ? 'en' : 'zh-CN'}">`);
      expect(text, `${path}`).toContain('href="#text"');
      titles.set(path, title);
    }
  });

  test('ids are its own, and diagrams say what they show', () => {
    let diagrams = 0;
    for (const [path, text] of texts) {
      const ids = idsOf(text);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index), `${path}`).toEqual([]);
      for (const [, labels = '', inner = ''] of text.matchAll(/<svg class="flow-drawing"[^>]* aria-labelledby="([^"]*)"[^>]*>(.*?)<\/svg>/gs)) {
        diagrams++;
        for (const id of labels.split(' ')) expect(inner, `${path}`).toMatch(new RegExp(`<(title|desc) id="${id}">[^<]+`));
      }
    }
    expect(diagrams).toBeGreaterThan(20);
  });

  test('is no heavier than a page should be', () => {
    for (const [path, text] of texts) expect(Buffer.byteLength(text) / 1000, `${path}`).toBeLessThan(/^(en\/)?(b\/[^/]+\/[^/]+\/|c\/|menu)/.test(path) ? 120 : 400);
  });
});

test('what stays Chinese on an English page is marked as Chinese: names of places and titles in examples, numbers of clauses', () => {
  let marked = 0;
  for (const [path, text] of texts) {
    if (!path.startsWith('en/')) continue;
    const body = text.slice(text.indexOf('<body'));
    marked += body.match(/<span lang="zh">/g)?.length ?? 0;
    const left = body.replace(/<(span|a)([^>]*) lang="zh(?:-CN)?"[^>]*>[^]*?<\/\1>/g, '').replace(/<[^>]+>/g, '\n');
    expect(left.match(/[^\n]*\p{Script=Han}[^\n]*/gu) ?? [], `${path}`).toEqual([]);
  }
  expect(marked).toBeGreaterThan(1000);
  // The example of a subsidy for rural titles has a title and a place that no English name is known of.
  const rural = texts.get('en/b/jilin-city/jilin-city-2021/rural-title-subsidy.html') ?? '';
  expect(rural.slice(rural.indexOf('id="example"'))).toContain('<span lang="zh">农艺师</span>');
});
