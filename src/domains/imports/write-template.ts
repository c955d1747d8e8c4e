// Writes the template of a list: headings with notes, drop-downs, a sample row, and a sheet that says how to fill it in.
import { writeWorkbook, type WrittenCell, type WrittenSheet } from '../../spreadsheet/index.ts';
import type { KnownColumn } from './columns.ts';
import type { ImportKind } from './import.ts';
import { sheetNames } from './process-import.ts';
import { choiceLists, type ChoiceSource, headingCell, howToSheetNames } from './template-parts.ts';

/** The bytes of a template. `filled`: rows that it holds already, by the keys of columns, instead of a sample. */
export async function writeTemplate(kind: ImportKind, known: readonly KnownColumn[], source: ChoiceSource, filled?: readonly Readonly<Record<string, string>>[]): Promise<Buffer> {
  const { language } = source;
  const columns = known.filter(({ isInTemplate }) => isInTemplate);
  const lists = choiceLists(columns, source, 2);
  const body: readonly (readonly WrittenCell[])[] = filled === undefined
    ? [columns.map((column) => ({ value: column.sample[language], look: 'sample' }) as const)]
    : filled.map((row) => columns.map(({ key }) => ({ value: row[key] ?? null, type: 'text', look: 'plain' }) as const));
  const list: WrittenSheet = {
    name: sheetNames[kind][language === 'zh' ? 0 : 1],
    columns: columns.map((column) => ({ type: column.type, width: widthOf(column, language) })),
    rows: [[columns.map((column) => headingCell(column, language)), ...body]],
    frozenRows: 1,
    choices: lists.choices,
    notes: columns.flatMap((column, at) => (column.hint[language] === '' ? [] : [{ row: 1, column: at, text: column.hint[language] }])),
  };
  const pieces: Buffer[] = [];
  const told = instructions(columns, language, kind === 'accounts' ? accountLines : lines);
  for await (const piece of writeWorkbook(lists.choices.length > 0 ? [list, told, lists.sheet] : [list, told])) pieces.push(piece);
  return Buffer.concat(pieces);
}

function widthOf(column: KnownColumn, language: 'zh' | 'en'): number {
  if (column.identifies) return 24;
  return Math.min(30, Math.max(12, (language === 'zh' ? column.zh.length * 2 : column.en.length) + 4));
}

const lines = {
  zh: [
    '一行一个，填在表头下面。第 2 行是示例，导入时不算，可以删掉。',
    '带 * 的列要填；别的列知道多少填多少，空着就是不知道，不会把已有的改成空。',
    '证件号码和代码的格子是“文本”格式。从别的表粘贴时，请选“只粘贴值”，不要让它变成数字：数字只留 15 位。',
    '用不到的列可以删，列的次序随意，也可以加列：列名用“事实”的名称。认不出的列不读，检查结果里会告诉您。',
    '上传以后先检查，告诉您新增几行、更新几行、哪几格不对；您确认以后才写入。对的行先写，错的行可以下载、改好、再传。',
    '同一份文件传两次，第二次什么都不变。',
    '一个文件最多 200,000 行。',
  ],
  en: [
    'One row each, below the heading. Row 2 is a sample: it is not imported, and may be deleted.',
    'Columns marked * are needed. Fill in the others as far as you know; an empty cell means not known, and takes nothing away that is there.',
    'Cells of numbers and codes are formatted as text. When you paste, paste values only, so that they do not become numbers: of those a spreadsheet keeps 15 digits.',
    'Columns that you do not need may be deleted, and stand in any order; others may be added under the name of a fact. Columns that mean nothing are not read, and you are told.',
    'A list is checked first: how many rows add, how many change, which cells are wrong. It is written once you confirm. Right rows are written, wrong ones can be downloaded, corrected and sent again.',
    'The same file sent twice changes nothing the second time.',
    'A file may have 200,000 rows.',
  ],
} as const;

const accountLines = {
  zh: [
    '表里是有办件、还没有收款账户的员工。隐去的证件号码照留，填上开户银行、银行账号、户名。',
    '不在表里的员工也可以加一行，证件号码写完整。只能写部门已核实在本单位工作的员工。',
    '银行账号的格子是“文本”格式。从别的表粘贴时，请选“只粘贴值”，不要让它变成数字：数字只留 15 位。',
    '上传以后先检查；您确认以后才登记。账号写错的行可以下载、改好、再传。',
    '户名不是本人、卡号末位对不上、账号也在本单位别人名下的，是有疑点的行，要您核对过才登记。',
    '本人或窗口登记过账户的员工，这张表不能换，请本人办理。',
    '同一份文件传两次，第二次什么都不变。账号加密保存，不完整显示。',
  ],
  en: [
    'Here are the employees who have a case and no account yet. Leave the hidden numbers as they are; fill in bank, account number and holder.',
    'You may add a row for another employee with the identity number in full: for people only whose work with you a department has confirmed.',
    'Cells of account numbers are formatted as text. When you paste, paste values only, so that they do not become numbers: of those a spreadsheet keeps 15 digits.',
    'The list is checked first; it is entered once you confirm. Wrong rows can be downloaded, corrected and sent again.',
    'Rows in doubt, because the holder is somebody else, the last digit does not fit, or the account is somebody else’s too, are entered only after you have compared them.',
    'An account that the employee or the window entered is not replaced by this list: only the employee can change it.',
    'The same file sent twice changes nothing the second time. Account numbers are kept sealed and never shown whole.',
  ],
} as const;

function instructions(columns: readonly KnownColumn[], language: 'zh' | 'en', lines: Readonly<Record<'zh' | 'en', readonly string[]>>): WrittenSheet {
  const isChinese = language === 'zh';
  const prose = (value: string): WrittenCell => ({ value, type: 'text', look: 'prose' });
  const head = (value: string): WrittenCell => ({ value, type: 'text', look: 'heading' });
  const rows: WrittenCell[][] = [
    [{ value: isChinese ? '怎么填' : 'How to fill this in', type: 'text', look: 'title' }],
    ...lines[language].map((line, at) => [prose(`${at + 1}. ${line}`)]),
    [],
    isChinese ? [head('列'), head('要不要填'), head('填什么')] : [head('Column'), head('Needed'), head('What to write')],
    ...columns.map((column) => [
      prose(column[language]),
      prose(column.isRequired ? (isChinese ? '要填' : 'yes') : isChinese ? '可以空' : 'no'),
      prose([column.hint[language], valuesOf(column, language)].filter((part) => part !== '').join(isChinese ? '' : ' ')),
    ]),
  ];
  return { name: howToSheetNames[language], columns: [{ type: 'text', width: 60 }, { type: 'text', width: 12 }, { type: 'text', width: 80 }], rows: [rows] };
}

function valuesOf({ fact }: KnownColumn, language: 'zh' | 'en'): string {
  const values = language === 'zh' ? fact?.values : (fact?.valuesEn ?? fact?.values);
  if (values === undefined) return '';
  return language === 'zh' ? `可以填：${values.join('、')}。` : `One of: ${values.join(', ')}.`;
}
