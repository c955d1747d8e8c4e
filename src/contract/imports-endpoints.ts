// The endpoints of imports: templates, uploading a list, what was found in it, confirming, and the rows to correct.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import type { ErrorCode } from './errors.ts';
import { pageFields, pageOf } from './page.ts';
import { purposeCodes } from './purposes.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const instant = z.iso.datetime();
const importId = z.object({ importId: z.uuid() });

/** What a spreadsheet may be refused for. */
export const sheetErrors = [
  'sheet-calls-out', 'sheet-cell-too-long', 'sheet-columns-missing', 'sheet-damaged', 'sheet-empty', 'sheet-encrypted', 'sheet-entities', 'sheet-has-macros', 'sheet-inflates', 'sheet-is-csv',
  'sheet-is-html', 'sheet-is-old-excel', 'sheet-not-a-table', 'sheet-parts-forged', 'sheet-text-unreadable', 'sheet-too-large', 'sheet-too-many-columns', 'sheet-too-many-parts', 'sheet-too-many-rows',
] as const satisfies readonly ErrorCode[];

const counts = z.object({
  added: z.number().int().describe('新增 / rows that add somebody'),
  updated: z.number().int().describe('更新 / rows that change something'),
  unchanged: z.number().int().describe('没有变化 / rows that change nothing'),
  wrong: z.number().int().describe('填错的 / wrong rows'),
  doubles: z.number().int().describe('可能重复；收款账户是有疑点的 / may be somebody who is registered; of payee accounts, in doubt'),
});

const importView = z.object({
  importId: z.uuid(),
  kind: z.enum(['people', 'organisations', 'accounts']),
  fileName: z.string(),
  fileBytes: z.number().int(),
  asOf: z.iso.date(),
  purpose: z.string(),
  papersSeen: z.boolean(),
  state: z
    .enum(['waiting', 'checking', 'checked', 'confirmed', 'running', 'done', 'refused', 'cancelled'])
    .describe('等检查、检查中、等确认、已确认、写入中、完成、读不了、已取消 / from upload to done; checked waits for your confirmation'),
  /** Why the file could not be read. */
  refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  sheet: z
    .object({
      format: z.enum(['xlsx', 'csv']),
      name: z.string(),
      headings: z.array(z.string()),
      leftOut: z.array(z.object({ name: z.string(), why: z.enum(['hidden', 'not-first']) })),
      ignored: z.array(z.string()).describe('认不出、没有读的列 / columns that mean nothing here'),
    })
    .nullable(),
  rowsRead: z.number().int(),
  rowsTotal: z.number().int().nullable(),
  /** What the check found. */
  found: counts.nullable(),
  /** What is written. */
  done: counts.nullable(),
  withDoubles: z.boolean().nullable(),
  createdAt: instant,
  checkedAt: instant.nullable(),
  confirmedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Whether the file and its wrong rows are still kept. */
  isFileKept: z.boolean(),
});

/** An import as it is answered. */
export type ImportView = z.input<typeof importView>;

const fileFields = z.object({
  fileName: z.string().min(1).max(200).describe('文件名，带扩展名 / name of the file with its extension'),
  asOf: z.iso.date().optional().describe('数据的日期，不填是今天 / the day of which the data speak; today if left out'),
  purpose: z.enum(purposeCodes).default('eligibility').describe('用来做什么 / what the data are for'),
  papersSeen: z.stringbool().default(false).describe('名单上的材料看过原件 / the papers behind the list were seen'),
});

/** A link sends the language of the browser, which need not be the one that its reader chose. */
const told = z.object({ language: z.enum(['zh', 'en']).optional().describe('默认按 Accept-Language / by Accept-Language unless given') });

const upload = {
  method: 'POST',
  tag: 'imports',
  query: fileFields,
  response: importView,
  status: 201,
  bytes: 'request',
  rate: 'upload',
  errors: [...sheetErrors],
} as const;

/** 导入个人 */
export const importPeopleEndpoint = defineEndpoint({
  ...upload,
  id: 'imports.people',
  path: '/imports/people',
  summary: { zh: '上传人员名单（xlsx 或 CSV），先检查，不写入', en: 'Upload a list of people (xlsx or CSV); it is checked, nothing is written yet' },
  permission: 'import.people',
});

/** 导入单位 */
export const importOrganisationsEndpoint = defineEndpoint({
  ...upload,
  id: 'imports.organisations',
  path: '/imports/organisations',
  summary: { zh: '上传单位名单（xlsx 或 CSV），先检查，不写入', en: 'Upload a list of organisations (xlsx or CSV); it is checked, nothing is written yet' },
  permission: 'import.organisations',
});

/** 导入收款账户 */
export const importAccountsEndpoint = defineEndpoint({
  ...upload,
  id: 'imports.accounts',
  path: '/imports/accounts',
  query: fileFields.pick({ fileName: true }),
  summary: { zh: '上传员工收款账户表（xlsx 或 CSV），先检查，不登记', en: 'Upload payee accounts of your employees (xlsx or CSV); they are checked, nothing is entered yet' },
  permission: 'import.accounts',
});

/** 模板 */
export const accountsTemplate = defineEndpoint({
  id: 'imports.accounts-template',
  method: 'GET',
  path: '/imports/templates/accounts.xlsx',
  tag: 'imports',
  summary: { zh: '收款账户的模板，已填好有办件、还没有账户的员工', en: 'The template for payee accounts, with the employees who have a case and no account' },
  permission: 'import.accounts',
  query: told,
  bytes: 'response',
  contentTypes: [xlsx],
  audit: 'exported',
});

/** 模板 */
export const peopleTemplate = defineEndpoint({
  id: 'imports.people-template',
  method: 'GET',
  path: '/imports/templates/people.xlsx',
  tag: 'imports',
  summary: { zh: '人员名单的模板', en: 'The template for lists of people' },
  permission: 'import.people',
  query: told,
  bytes: 'response',
  contentTypes: [xlsx],
});

/** 模板 */
export const organisationsTemplate = defineEndpoint({
  id: 'imports.organisations-template',
  method: 'GET',
  path: '/imports/templates/organisations.xlsx',
  tag: 'imports',
  summary: { zh: '单位名单的模板', en: 'The template for lists of organisations' },
  permission: 'import.organisations',
  query: told,
  bytes: 'response',
  contentTypes: [xlsx],
});

/** 导入记录 */
export const listImportsEndpoint = defineEndpoint({
  id: 'imports.list',
  method: 'GET',
  path: '/imports',
  tag: 'imports',
  summary: { zh: '本部门（本单位）的导入，新的在前', en: 'Imports of your department or organisation, newest first' },
  permission: 'import.read',
  query: z.object(pageFields),
  response: pageOf(importView),
  errors: ['cursor-invalid'],
});

/** 一次导入 */
export const getImportEndpoint = defineEndpoint({
  id: 'imports.get',
  method: 'GET',
  path: '/imports/:importId',
  tag: 'imports',
  summary: { zh: '一次导入：到哪一步了，查出什么，写了多少', en: 'An import: how far it is, what was found, what is written' },
  permission: 'import.read',
  params: importId,
  response: importView,
  errors: ['import-not-found'],
});

const problem = z.object({
  heading: z.string().nullable().describe('哪一列；整行的问题没有 / the column; null for the row as a whole'),
  place: z.string().describe('单元格，例如 B7 / the cell, such as B7'),
  reason: z.string(),
});

/** 哪里不对 */
export const listImportProblems = defineEndpoint({
  id: 'imports.problems',
  method: 'GET',
  path: '/imports/:importId/problems',
  tag: 'imports',
  summary: { zh: '填错的行，逐格说明', en: 'Wrong rows, cell by cell' },
  permission: 'import.read',
  params: importId,
  query: z.object(pageFields),
  response: pageOf(z.object({ row: z.number().int(), isDouble: z.boolean(), problems: z.array(problem) })),
  errors: ['cursor-invalid', 'import-not-found'],
  audit: 'seen',
});

/** 错误表 */
export const wrongRowsSheet = defineEndpoint({
  id: 'imports.wrong-rows',
  method: 'GET',
  path: '/imports/:importId/wrong-rows.xlsx',
  tag: 'imports',
  summary: { zh: '填错的行，原样，加一列说明；改好可以直接再导入', en: 'The wrong rows as given, with a column that says why; correct them and import the file again' },
  permission: 'import.read',
  params: importId,
  query: told,
  bytes: 'response',
  contentTypes: [xlsx],
  errors: ['import-file-gone', 'import-not-found', 'import-nothing-wrong'],
  audit: 'exported',
});

/** 确认 */
export const confirmImportEndpoint = defineEndpoint({
  id: 'imports.confirm',
  method: 'POST',
  path: '/imports/:importId/confirmation',
  tag: 'imports',
  summary: { zh: '确认写入对的行', en: 'Confirm: write the right rows' },
  permission: 'import.decide',
  params: importId,
  body: z.object({ withDoubles: z.boolean().default(false).describe('可能重复的、有疑点的也写入 / write rows that may be doubles, or are in doubt, too') }),
  response: importView,
  status: 202,
  errors: ['import-not-checked', 'import-not-found', 'import-nothing-to-do'],
});

/** 取消 */
export const cancelImportEndpoint = defineEndpoint({
  id: 'imports.cancel',
  method: 'POST',
  path: '/imports/:importId/cancellation',
  tag: 'imports',
  summary: { zh: '取消；已经写入的留着', en: 'Cancel; what is written by then stays' },
  permission: 'import.decide',
  params: importId,
  response: importView,
  status: 202,
  errors: ['import-not-found', 'import-over'],
});
