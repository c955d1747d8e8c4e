// Makes spreadsheet files for tests, good and bad ones, part by part.
import { strToU8, type Zippable, zipSync } from 'fflate';
import { readSheet, type ReadOptions, type Sheet, type SheetRow } from '../../src/spreadsheet/index.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** The parts of a small good workbook; tests replace, add or drop some. */
export function workbookParts(sheetData = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>张三一</t></is></c></row>', after = ''): Record<string, string> {
  return {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="人员" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData>${after}</worksheet>`,
  };
}

/** Zips parts as they are. */
export function zipParts(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(parts)) files[name] = [typeof content === 'string' ? strToU8(content) : content, { mtime: new Date(2026, 0, 1) }];
  return zipSync(files);
}

/** Reads a whole sheet from bytes. */
export async function readAll(bytes: Uint8Array, fileName = '样例.xlsx', options: ReadOptions = {}): Promise<{ sheet: Sheet; rows: SheetRow[] }> {
  const sheet = await readSheet({ fileName, bytes }, options);
  const rows: SheetRow[] = [];
  for await (const batch of sheet.rows()) rows.push(...batch);
  return { sheet, rows };
}

/** The texts of rows, empty cells as ''. */
export function textsOf(rows: readonly SheetRow[]): string[][] {
  return rows.map((row) => Array.from(row.cells, (cell) => cell?.text ?? ''));
}
