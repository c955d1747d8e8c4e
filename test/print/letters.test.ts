// Letters at their limits, read back with pdf.js: many instalments, long reasons, two funds; nothing is lost, and nobody signs an empty page.
import { expect, test } from 'vitest';
import { MissingGlyphError, type PrintedLetter, printLetter } from '../../src/print/index.ts';
import { bare, readPdf } from './read-pdf.ts';

const appeal = '不服本决定的，可以自收到之日起六十日内申请行政复议。';

function letterOf(sections: PrintedLetter['sections'], more: Partial<PrintedLetter> = {}): PrintedLetter {
  return {
    language: 'zh', from: '样例区人社局', title: '准予决定书', number: '样例区人社局人才决〔2026〕1号', to: '张三一：', toMore: '证件号码 220***********1234', opening: '现决定如下。',
    sections: [...sections, { label: '不服怎么办', blocks: [{ kind: 'text', text: appeal }] }],
    signed: { by: '样例区人社局', on: '2026年7月8日' }, verification: { label: '校验码', code: 'ACDE-FHJK-MN23-4567', told: '打开网页输入校验码。' }, subject: '样例', cityName: '样例市', keywords: ['样例'], madeOn: '2026-07-08',
    pageOf: (page, pages) => `第 ${page} 页，共 ${pages} 页`, ...more,
  };
}

test('sixty instalments by two funds and long reasons fill several pages; every row is there once, heads are repeated, pages are numbered', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => [String(at + 1), `${2026 + at}年7月1日`, `${at + 1},000 元`, `市人才专项资金（样例市） ${at}.50 元\n县区人才专项资金（样例区） ${at}.50 元`]);
  const reasons = Array.from({ length: 40 }, (_, at) => `理由之${at + 1}：经审查，提交的材料齐全，符合文件规定的条件，没有重复享受同类待遇。`);
  const letter = letterOf([
    { label: '理由', blocks: reasons.map((text) => ({ kind: 'text', text })) },
    { label: '发放', blocks: [{ kind: 'table', caption: '发放', head: ['期次', '到期日', '金额', '资金'], rows, figures: [2] }] },
  ]);
  const pdf = await readPdf(await printLetter(letter));
  const text = pdf.pages.map(({ plain }) => plain).join('');
  expect(pdf.pages.length).toBeGreaterThan(3);
  for (const reason of reasons) expect(text.split(bare(reason))).toHaveLength(2);
  for (const row of rows) expect(text.split(bare(row[1] ?? ''))).toHaveLength(2);
  expect(text.split('到期日').length - 1).toBe(pdf.pages.filter(({ plain }) => /年7月1日/.test(plain)).length);
  pdf.pages.forEach(({ plain }, at) => expect(plain).toContain(bare(letter.pageOf(at + 1, pdf.pages.length))));
});

test('the letter of a demonstration says first that it is none; any other says nothing of the kind', async () => {
  const sample = '样件：演示数据，不是真的决定书';
  const [marked, plain] = await Promise.all([letterOf([], { sample }), letterOf([], { sample: null })].map(async (letter) => (await readPdf(await printLetter(letter))).pages[0]?.plain ?? ''));
  expect(marked).toContain(bare(sample));
  expect((marked ?? '').indexOf(bare(sample))).toBeLessThan((marked ?? '').indexOf(bare('准予决定书')));
  expect(plain).toContain(bare('准予决定书'));
  expect(plain).not.toContain('样件');
});

test('whatever the length of what stands before, the appeal, the signature and the code stand on one page', async () => {
  for (let lines = 0; lines <= 40; lines += 4) {
    const pdf = await readPdf(await printLetter(letterOf([{ label: '理由', blocks: Array.from({ length: lines }, (_, at) => ({ kind: 'text', text: `第${at + 1}条理由。` })) }])));
    const last = pdf.pages.at(-1)?.plain ?? '';
    for (const part of [appeal, '2026年7月8日', 'ACDE-FHJK-MN23-4567']) expect(last, `${lines}`).toContain(bare(part));
    for (const { texts, width, height } of pdf.pages) for (const { x, y, width: wide } of texts) expect(x >= 0 && x + wide <= width && y >= 0 && y <= height, `${lines}`).toBe(true);
  }
});

test('a name without a glyph is told of, not printed as an empty box', async () => {
  await expect(printLetter(letterOf([], { to: '张\u{2A6D0}：' }))).rejects.toThrow(MissingGlyphError);
});
