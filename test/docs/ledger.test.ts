// The pages on the ledger agree with the code: the accounts and their names, and the functions that they name.
import { expect, test } from 'vitest';
import * as ledger from '../../src/domains/ledger/index.ts';
import { accountRoles } from '../../src/domains/ledger/account.ts';
import { roleWords } from '../../src/domains/ledger/amount-words.ts';
import { codeWords, readPage, tableBelow } from './pages.ts';

const pages = [['zh', 'docs/ledger.md', '表：'], ['en', 'docs/ledger.en.md', 'table: ']] as const;

test.each(pages)('accounts (%s)', (language, page, mark) => {
  const rows = tableBelow(readPage(page), `${mark}roles`);
  expect(rows.map(([role, name]) => [role, name])).toEqual(accountRoles.map((role) => [`\`${role}\``, roleWords[role][language]]));
});

test.each(pages)('functions for programmers (%s)', (_language, page) => {
  const words = codeWords(readPage(page).split('\n## 6. For programmers')[1] ?? readPage(page).split('\n## 六、')[1] ?? '').filter((word) => /^[a-z]+[A-Za-z]*$/.test(word) && word !== 'partIds');
  expect(words.length).toBeGreaterThan(9);
  expect(words.filter((word) => !(word in ledger))).toEqual([]);
});
