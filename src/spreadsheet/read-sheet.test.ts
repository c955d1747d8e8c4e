// What honest programs write is read as a person sees it: dates, numbers, merges, encodings, headings.
import exceljs from 'exceljs';
import { expect, it } from 'vitest';
import { readAll, textsOf, workbookParts, zipParts } from '../../test/support/spreadsheet-files.ts';
import { halfWidth, readDateText, tidyText } from './cell-text.ts';

async function excelFile(fill: (workbook: exceljs.Workbook) => void): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  fill(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

it('reads a workbook of exceljs: dates, rich text, numbers, truths, formulas with their place', async () => {
  const bytes = await excelFile((workbook) => {
    const sheet = workbook.addWorksheet('人员');
    sheet.addRow(['姓名', '毕业日期', '年薪', '全日制', '说明', '合计']);
    const row = sheet.addRow(['  张三一　', new Date(Date.UTC(2021, 5, 30)), 123456.5, true, { richText: [{ text: '先' }, { font: { bold: true }, text: '进' }] }, { formula: 'C2*2', result: 246913 }]);
    row.getCell(2).numFmt = 'yyyy"年"m"月"d"日"';
    sheet.addRow([]);
    sheet.addRow(['张三二', { text: 'a@b.cn', hyperlink: 'mailto:a@b.cn' }]);
  });
  const { sheet, rows } = await readAll(bytes);
  expect(sheet).toMatchObject({ name: '人员', headings: ['姓名', '毕业日期', '年薪', '全日制', '说明', '合计'], headingRow: 1, leftOut: [] });
  expect(rows).toEqual([
    {
      number: 2,
      cells: [
        { text: '张三一', kind: 'text' },
        { text: '2021-06-30', kind: 'date' },
        { text: '123456.5', kind: 'number' },
        { text: 'true', kind: 'truth' },
        { text: '先进', kind: 'text' },
        { text: '246913', kind: 'number', isFormula: true },
      ],
    },
    { number: 4, cells: [{ text: '张三二', kind: 'text' }, { text: 'a@b.cn', kind: 'text' }] },
  ]);
});

it('tells that an identity number typed as a number has lost its end', async () => {
  const bytes = await excelFile((workbook) => {
    const sheet = workbook.addWorksheet('人员');
    sheet.addRow(['证件号码', '手机']);
    sheet.addRow([220202199001011000, 13800138000]);
  });
  const { rows } = await readAll(bytes);
  expect(rows[0]?.cells).toEqual([
    { text: '220202199001011000', kind: 'number', lostDigits: true },
    { text: '13800138000', kind: 'number' },
  ]);
});

it('reads the first visible sheet and says which were left out', async () => {
  const bytes = await excelFile((workbook) => {
    workbook.addWorksheet('旧的', { state: 'hidden' }).addRow(['不读']);
    workbook.addWorksheet('人员').addRows([['姓名'], ['张三一']]);
    workbook.addWorksheet('说明').addRow(['怎么填']);
    workbook.addWorksheet('选项', { state: 'veryHidden' }).addRow(['男']);
  });
  const { sheet, rows } = await readAll(bytes);
  expect(textsOf(rows)).toEqual([['张三一']]);
  expect(sheet.leftOut).toEqual([
    { name: '旧的', why: 'hidden' },
    { name: '说明', why: 'not-first' },
    { name: '选项', why: 'hidden' },
  ]);
  const other = await readAll(bytes, '样例.xlsx', { sheetNames: ['没有', '说明'] });
  expect(other.sheet.headings).toEqual(['怎么填']);
});

it('finds the heading under titles by the headings it knows', async () => {
  const bytes = await excelFile((workbook) => {
    const sheet = workbook.addWorksheet('人员');
    sheet.addRow(['吉林市样例公司人才名单（姓名按笔画）']);
    sheet.mergeCells('A1:C1');
    sheet.addRow(['填表日期', '2026年6月30日']);
    sheet.addRow(['序号', '姓 名', '学历']);
    sheet.addRow([1, '张三一', '本科']);
  });
  const known = new Set(['姓名', '学历']);
  const { sheet, rows } = await readAll(bytes, '样例.xlsx', { isHeading: (text) => known.has(halfWidth(text)) });
  expect(sheet.headingRow).toBe(3);
  expect(textsOf(rows)).toEqual([['1', '张三一', '本科']]);
});

it('lets a value merged over rows hold for each of them, and makes nobody of a blank row', async () => {
  const bytes = await excelFile((workbook) => {
    const sheet = workbook.addWorksheet('人员');
    sheet.addRows([['用人单位', '姓名'], ['甲公司', '张三一'], [null, '张三二'], [null, null], ['乙公司', '张三三'], [null, '张三四']]);
    sheet.mergeCells('A2:A4');
    sheet.mergeCells('A5:A6');
  });
  const { rows } = await readAll(bytes);
  expect(textsOf(rows)).toEqual([['甲公司', '张三一'], ['甲公司', '张三二'], ['乙公司', '张三三'], ['乙公司', '张三四']]);
});

const row = (cells: string, number = 1): string => `<row r="${number}">${cells}</row>`;
const styled = (format: string): Record<string, string> => {
  const parts = workbookParts(row('<c r="A1" t="inlineStr"><is><t>日期</t></is></c>') + row('<c r="A2" s="1"><v>VALUE</v></c>', 2));
  parts['xl/styles.xml'] = `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${format}"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>`;
  parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] ?? '').replace('</Relationships>', '<Relationship Id="rId3" Type="x/styles" Target="/xl/styles.xml"/></Relationships>');
  return parts;
};

it.each([
  ['yyyy\\-mm\\-dd', '46203', '2026-06-30', 'date'],
  ['[$-804]yyyy&quot;年&quot;m&quot;月&quot;', '46203.25', '2026-06-30 06:00:00', 'date'],
  ['yyyy/m/d', '1', '1900-01-01', 'date'],
  ['yyyy/m/d', '59', '1900-02-28', 'date'],
  ['yyyy/m/d', '60', '60', 'number'],
  ['yyyy/m/d', '61', '1900-03-01', 'date'],
  ['yyyy/m/d', '46202.9999999', '2026-06-30', 'date'],
  ['yyyy/m/d', '-1', '-1', 'number'],
  ['[Red]0.00', '46203', '46203', 'number'],
  ['@', '46203', '46203', 'number'],
])('reads format %s of %s as %s', async (format, value, expected, kind) => {
  const parts = styled(format);
  parts['xl/worksheets/sheet1.xml'] = (parts['xl/worksheets/sheet1.xml'] ?? '').replace('VALUE', value);
  expect((await readAll(zipParts(parts))).rows[0]?.cells[0]).toEqual({ text: expected, kind });
});

it.each([
  ['0.00&quot;万元&quot;', '12.5', '12.5万元'],
  ['#,##0&quot;天&quot;', '46203', '46203天'],
  ['#,##0.00,,', '12500000', '12.5 [#,##0.00,,]'],
  ['0%', '0.8', '80%'],
])('says of format %s of %s that it shows %s', async (format, value, shown) => {
  const parts = styled(format);
  parts['xl/worksheets/sheet1.xml'] = (parts['xl/worksheets/sheet1.xml'] ?? '').replace('VALUE', value);
  expect((await readAll(zipParts(parts))).rows[0]?.cells[0]).toEqual({ text: value, kind: 'number', shown });
});

it('counts dates from 1904 where the workbook says so', async () => {
  const parts = styled('yyyy-mm-dd');
  parts['xl/worksheets/sheet1.xml'] = (parts['xl/worksheets/sheet1.xml'] ?? '').replace('VALUE', '44741');
  parts['xl/workbook.xml'] = (parts['xl/workbook.xml'] ?? '').replace('<sheets>', '<workbookPr date1904="1"/><sheets>');
  expect((await readAll(zipParts(parts))).rows[0]?.cells[0]?.text).toBe('2026-06-30');
});

it('reads prefixed elements, phonetic guides, cells without references, and errors', async () => {
  const parts = workbookParts();
  parts['xl/worksheets/sheet1.xml'] = `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>
    <x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c></x:row>
    <x:row><x:c t="str"><x:v>张三一_x000D_</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c><x:v>1.5E+3</x:v></x:c><x:c><x:v>0.30000000000000004</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
  parts['xl/sharedStrings.xml'] = '<sst><si><t>姓名</t><rPh><t>xingming</t></rPh></si><si><r><t>学</t></r><r><t xml:space="preserve">历 </t></r></si></sst>';
  parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] ?? '').replace('</Relationships>', '<Relationship Id="rId3" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>');
  const { sheet, rows } = await readAll(zipParts(parts));
  expect(sheet.headings).toEqual(['姓名', '学历']);
  expect(rows[0]?.cells.map((cell) => [cell?.text, cell?.kind])).toEqual([['张三一', 'text'], ['#N/A', 'error'], ['1500', 'number'], ['0.3', 'number']]);
});

it('passes over a million rows that hold formats only', async () => {
  const blank = Array.from({ length: 300_000 }, (_, at) => `<row r="${at + 3}"><c r="A${at + 3}" s="0"/></row>`).join('');
  const { rows } = await readAll(zipParts(workbookParts(row('<c r="A1"><v>1</v></c>') + row('<c r="A2"><v>2</v></c>', 2) + blank)));
  expect(rows).toHaveLength(1);
});

const csv = '姓名,证件号码,说明\r\n张三一,"=""220202199001011000""","他说""好"",就来"\n\n"张三\r\n二",\'=1+1,\r\n';

it.each([
  ['UTF-8', new TextEncoder().encode(csv)],
  ['UTF-8 with its mark', new TextEncoder().encode(`\ufeff${csv}`)],
  ['UTF-16', new Uint8Array(Buffer.from(`\ufeff${csv}`, 'utf16le'))],
  ['tabs', new TextEncoder().encode('姓名\t证件号码\t说明\r\n张三一\t220202199001011000\t"他说""好"",就来"\r\n"张三\n二"\t=1+1\t\r\n')],
  ['semicolons named in a line of their own', new TextEncoder().encode(`sep=;\r\n${'姓名;证件号码;说明\r\n张三一;220202199001011000;"他说""好"",就来"\r\n"张三\n二";=1+1'}`)],
])('reads CSV in %s', async (_, bytes) => {
  const { sheet, rows } = await readAll(bytes, '名单.csv');
  expect(sheet.headings).toEqual(['姓名', '证件号码', '说明']);
  expect(textsOf(rows)).toEqual([['张三一', '220202199001011000', '他说"好",就来'], ['张三\n二', '=1+1']]);
});

it('reads GB18030', async () => {
  // 姓名,学历 / 张三一,本科, as Excel and WPS write CSV on a Chinese machine.
  const bytes = new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd1, 0xa7, 0xc0, 0xfa, 13, 10, 0xd5, 0xc5, 0xc8, 0xfd, 0xd2, 0xbb, 0x2c, 0xb1, 0xbe, 0xbf, 0xc6, 13, 10]);
  const { sheet, rows } = await readAll(bytes, '名单.csv');
  expect(sheet.headings).toEqual(['姓名', '学历']);
  expect(textsOf(rows)).toEqual([['张三一', '本科']]);
});

it('reads CSV alike wherever its pieces are cut', async () => {
  const lines = Array.from({ length: 40_000 }, (_, at) => `张三${at},"第${at}行,""引""\r\n下一行",${at}\r\n`).join('');
  const { rows } = await readAll(new TextEncoder().encode(`姓名,说明,号\r\n${lines}`), '名单.csv');
  expect(rows).toHaveLength(40_000);
  expect(rows.every(({ cells }, at) => cells[0]?.text === `张三${at}` && cells[1]?.text === `第${at}行,"引"\n下一行` && cells[2]?.text === String(at))).toBe(true);
});

it.each([
  ['2026/6/30', '2026-06-30'],
  ['2026.6.30', '2026-06-30'],
  ['2026-06-30', '2026-06-30'],
  ['2026年6月30日', '2026-06-30'],
  ['2026 年 6 月 30 号', '2026-06-30'],
  ['２０２６／６／３０', '2026-06-30'],
  ['20260630', '2026-06-30'],
  ['2026-06-30 00:00:00', '2026-06-30'],
  ['2026-06-30T08:00:00Z', '2026-06-30'],
  ['2026/2/29', undefined],
  ['2024/2/29', '2024-02-29'],
  ['2026/13/1', undefined],
  ['30/6/2026', undefined],
  ['2026年6月', undefined],
  ['张三一', undefined],
])('reads the date %s', (text, expected) => {
  expect(readDateText(text)).toBe(expected);
});

it('tidies what nobody sees and leaves what was meant', () => {
  expect(tidyText('\ufeff\u200b　张三一\u00a0\r\n')).toBe('张三一');
  expect(tidyText('第一行\r\n第二行')).toBe('第一行\n第二行');
  expect(tidyText('阿卜杜拉·买买提')).toBe('阿卜杜拉·买买提');
  expect(tidyText('\u202e倒过来')).toBe('倒过来');
  expect(halfWidth(' ２２０ ａ（Ｘ） ')).toBe('220a(X)');
});
