// A list of items as CSV for spreadsheets: with a byte order mark, so that Chinese is read right, and safe against formulas.

import type { MenuEntry, MenuIndex } from './menu.ts';
import { tellKind, tellSubject } from './words.ts';

const heads = {
  zh: ['待遇', '地方', '文件', '给谁', '种类', '数额', '最多（元）', '牵头', '条款', '有效期', '编号', '页面'],
  en: ['Benefit', 'Jurisdiction', 'Document', 'For', 'Kind', 'Amount', 'Most (yuan)', 'Lead', 'Clause', 'Validity', 'Number', 'Page'],
} as const;

/** The entries as CSV text, lines ending as RFC 4180 has it. */
export function writeMenuCsv(entries: readonly MenuEntry[], { language, cities, policies }: MenuIndex): string {
  const titles = new Map(cities.map(({ id, title }) => [id, title]));
  const rows = entries.map((entry) => [
    entry.title,
    titles.get(entry.city) ?? entry.city,
    policies[entry.policy] ?? entry.policy,
    entry.subjects.map((subject) => tellSubject(subject, language)).join(language === 'zh' ? '、' : ', '),
    tellKind(entry.kind, language),
    entry.amountTold,
    entry.mostFen === undefined ? '' : String(entry.mostFen / 100),
    entry.lead,
    entry.clause,
    entry.validityTold,
    entry.id,
    entry.href,
  ]);
  return `\uFEFF${[heads[language], ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** A cell: quoted where it must be; what a spreadsheet would run as a formula begins with an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
