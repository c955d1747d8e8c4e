// The pages on the registry agree with the code: sensitive facts and their reasons, kinds of documents, reasons of doubles.
import { expect, test } from 'vitest';
import { sensitiveGroupCodes, sensitiveGroups } from '../../src/contract/sensitive-facts.ts';
import { createPersonEndpoint, getPersonEndpoint } from '../../src/contract/registry-endpoints.ts';
import { codeWords, readPage, tableBelow } from './pages.ts';

const pages = [['zh', 'docs/people-on-record.md', '表：'], ['en', 'docs/people-on-record.en.md', 'table: ']] as const;

test.each(pages)('sensitive facts (%s)', (language, page, mark) => {
  const rows = tableBelow(readPage(page), `${mark}sensitive-facts`);
  expect(rows).toEqual(
    sensitiveGroupCodes.map((code) => {
      const group = sensitiveGroups[code];
      const facts: readonly string[] = group.facts;
      return [`\`${code}\` ${group[language]}`, facts.length === 0 ? (language === 'zh' ? '全部' : 'all') : facts.join('、'), group.why[language]];
    }),
  );
});

test.each(pages)('reasons of doubles (%s)', (_language, page, mark) => {
  const rows = tableBelow(readPage(page), `${mark}doubles`);
  const reasons = createPersonEndpoint.response?.shape.doubles.element.shape.reason.options;
  expect(rows.map(([reason]) => reason)).toEqual(reasons?.map((reason) => `\`${reason}\``));
});

test.each(pages)('kinds of documents (%s)', (_language, page) => {
  const words = codeWords(readPage(page));
  const kinds = getPersonEndpoint.response?.shape.idKind.unwrap().options ?? [];
  expect(kinds.length).toBeGreaterThan(3);
  expect(kinds.filter((kind) => !words.includes(kind))).toEqual([]);
});
