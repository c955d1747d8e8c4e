// What the list of staff looks like as a sheet: each account with its state and its appointments.
import { accountStateWords, dutyWords, officerRoleWords } from '../../contract/staff-words.ts';
import { type TableFile, type TableFormat, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import type { Appointment } from './appointment-store.ts';
import { listStaff, type StaffFilter, type StaffMember } from './staff.ts';

type Language = 'zh' | 'en';
type Words = Readonly<Record<Language, string>>;

const BATCH = 500;

const knownRoles: ReadonlyMap<string, Words> = new Map(Object.entries(officerRoleWords));

/** One appointment in a cell: where, as what, how long, and whether it gives its rights yet. */
function tellAppointment({ departmentName, roles, validFrom, validTo, confirmedAt }: Appointment, language: Language): string {
  const named = roles.map((role) => knownRoles.get(role)?.[language] ?? role);
  const waits = confirmedAt === null;
  if (language === 'zh') return `${departmentName}：${named.join('、')}（${validFrom} 起${validTo === null ? '' : `，到 ${validTo}`}${waits ? '，等确认' : ''}）`;
  return `${departmentName}: ${named.join(', ')} (from ${validFrom}${validTo === null ? '' : ` to ${validTo}`}${waits ? ', waits for confirmation' : ''})`;
}

async function* throughStaff(tx: Tx, parts: Pick<AccessParts, 'protector'>, scope: Scope<'staff.manage'>, filter: StaffFilter): AsyncGenerator<readonly StaffMember[], void, undefined> {
  for (let after: string | undefined; ; ) {
    const found = await listStaff(tx, parts, scope, filter, { after, limit: BATCH });
    const page = found.slice(0, BATCH);
    yield page;
    after = page.at(-1)?.accountId;
    if (found.length <= BATCH) return;
  }
}

/** Accounts of staff that match, in the order of the list. @throws Refusal export-too-large */
export function writeStaff(tx: Tx, parts: Pick<AccessParts, 'protector'>, scope: Scope<'staff.manage'>, filter: StaffFilter, format: TableFormat, language: Language): Promise<TableFile> {
  const name = language === 'zh' ? '账号' : 'Staff';
  const heading = (words: Words): string => words[language];
  return writeTable<StaffMember>({
    format,
    fileName: name,
    sheetName: name,
    rows: throughStaff(tx, parts, scope, filter),
    columns: [
      { heading: heading({ zh: '姓名', en: 'Name' }), type: 'text', value: (member) => member.name },
      { heading: heading({ zh: '登录名', en: 'Login' }), type: 'text', width: 22, value: ({ login }) => login },
      { heading: heading({ zh: '用途', en: 'Kind' }), type: 'text', width: 18, value: ({ duty }) => dutyWords[duty][language] },
      { heading: heading({ zh: '状态', en: 'State' }), type: 'text', width: 22, value: ({ state }) => accountStateWords[state][language] },
      { heading: heading({ zh: '任职', en: 'Appointments' }), type: 'text', width: 60, value: ({ appointments }) => appointments.map((each) => tellAppointment(each, language)).join(language === 'zh' ? '；' : '; ') },
    ],
  });
}
