// Spreadsheets of the first job: the city's template filled in with mistakes as they are made, the error sheet corrected; and the departments' yearly lists of who is at the post and insured.
import exceljs from 'exceljs';
import type { Hire } from './hires.ts';

/** Every fiftieth row has a mistake of one of these kinds. */
const mistakes: readonly ((cells: Record<string, exceljs.CellValue>, hire: Hire) => void)[] = [
  (cells, { number }) => void (cells['证件号码'] = number.replace(/.$/, (last) => (last === '1' ? '2' : '1'))),
  (cells) => void (cells['学历'] = '大本'),
  (cells) => void (cells['毕业日期'] = '30/6/2024'),
  (cells) => void (cells['姓名'] = ''),
  (cells) => void (cells['合同年限'] = '五年多'),
];

/** Whether the row of a hire is filled in wrongly the first time. */
export function isMistaken({ at }: Hire): boolean {
  return at % 50 === 17;
}

async function open(bytes: Buffer): Promise<{ readonly workbook: exceljs.Workbook; readonly sheet: exceljs.Worksheet }> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  const [sheet] = workbook.worksheets;
  if (sheet === undefined) throw new Error('the workbook has no sheet');
  return { workbook, sheet };
}

async function save(workbook: exceljs.Workbook): Promise<Buffer> {
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Columns by their headings, without the mark of those that are required. */
function columnsOf(sheet: exceljs.Worksheet): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  sheet.getRow(1).eachCell((cell, at) => void columns.set(cell.text.replace('*', ''), at));
  return columns;
}

function write(sheet: exceljs.Worksheet, columns: ReadonlyMap<string, number>, rowNumber: number, cells: Readonly<Record<string, exceljs.CellValue>>): void {
  const row = sheet.getRow(rowNumber);
  for (const [heading, value] of Object.entries(cells)) {
    const column = columns.get(heading);
    if (column === undefined) throw new Error(`the template has no column ${heading}`);
    row.getCell(column).value = value;
  }
}

const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

function cellsOf({ name, number, post, degree, university, graduatedOn, startedOn, years }: Hire): Record<string, exceljs.CellValue> {
  return {
    姓名: name, 证件号码: number, 岗位: post, 学历: degree, 全日制: '是', 毕业院校: university, 毕业日期: asDate(graduatedOn), 入职日期: asDate(startedOn), 合同起始日: asDate(startedOn), 合同年限: String(years),
    初次就业: '是', 缴纳社保: '是', 入住人才公寓: '否',
  };
}

/** Fills the template in, below its sample row. */
export async function fillTemplate(template: Buffer, hires: readonly Hire[]): Promise<Buffer> {
  const { workbook, sheet } = await open(template);
  const columns = columnsOf(sheet);
  for (const [place, hire] of hires.entries()) {
    const cells = cellsOf(hire);
    if (isMistaken(hire)) mistakes[Math.floor(hire.at / 50) % mistakes.length]?.(cells, hire);
    write(sheet, columns, place + 3, cells);
  }
  return save(workbook);
}

/** Corrects an error sheet where it stands: each row is found again by its post. */
export async function correctErrorSheet(errors: Buffer, hires: readonly Hire[]): Promise<{ readonly bytes: Buffer; readonly corrected: readonly Hire[] }> {
  const { workbook, sheet } = await open(errors);
  const columns = columnsOf(sheet);
  const byPost = new Map(hires.map((hire) => [hire.post, hire]));
  const corrected: Hire[] = [];
  for (let row = 2; row <= sheet.rowCount; row++) {
    const hire = byPost.get(sheet.getRow(row).getCell(columns.get('岗位') ?? 1).text);
    if (hire === undefined) continue;
    // What was no date stands in a cell of text, and so does what is typed there.
    write(sheet, columns, row, { ...cellsOf(hire), 毕业日期: hire.graduatedOn });
    corrected.push(hire);
  }
  return { bytes: await save(workbook), corrected };
}

/** The list of 人社, after its look at the enterprise: who is at the post. */
export async function presenceSheet(hires: readonly Hire[]): Promise<Buffer> {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('在岗名单');
  sheet.addRow(['姓名', '证件号码', '在岗']);
  for (const { name, number } of hires) sheet.addRow([name, number, '是']);
  return save(workbook);
}

/** What the social insurance bureau sends: who is insured. */
export async function insuranceSheet(hires: readonly Hire[], isInsured: (hire: Hire) => boolean): Promise<Buffer> {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('参保');
  sheet.addRow(['证件号码', '姓名', '缴纳社保']);
  for (const hire of hires) sheet.addRow([hire.number, hire.name, isInsured(hire) ? '是' : '否']);
  return save(workbook);
}
