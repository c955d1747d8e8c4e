// Payee accounts by a list, as an employer's agent gives them, over HTTP on a real database: who is meant, what is doubted, written once, never shown.
import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Answered, startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { addBareCase } from '../../../test/support/bare-case.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { identityCheckCharacter } from '../../contract/identity-number.ts';
import { newId } from '../../storage/database.ts';
import { processNext } from './index.ts';

let api: TestApi;
let intake: TestCaller;
let agent: TestCaller;
let employerId: string;
const headings = ['姓名', '证件号码', '开户银行', '银行账号', '户名'];
const bank = '样例银行吉林支行';

beforeAll(async () => {
  api = await startApi();
  intake = api.officer('changyi-hrss', 'intake');
  employerId = await enterOrganisation(intake);
  agent = api.agent(employerId);
});
afterAll(() => api.stop());

let sequence = 0;
/** A card number that satisfies Luhn's check; each call gives another. */
function card(): string {
  const digits = `622202${String(1_000_000_000 + ++sequence)}`;
  const last = Array.from('0123456789').find((digit) => {
    const sum = Array.from(digits + digit).reverse().reduce((total, one, at) => total + (at % 2 === 1 ? (Number(one) * 2 > 9 ? Number(one) * 2 - 9 : Number(one) * 2) : Number(one)), 0);
    return sum % 10 === 0;
  });
  return `${digits}${last ?? ''}`;
}

/** A number that begins so and ends in 0019: two of them look alike once the middle is hidden. */
function numberEnding(start: string): string {
  const found = Array.from({ length: 28 }, (_, at) => `${start}${String((at % 28) + 1).padStart(2, '0')}001`).find((seventeen) => identityCheckCharacter(seventeen) === '9');
  return `${found ?? ''}9`;
}

interface Employee {
  readonly partyId: string;
  readonly number: string;
}

/** Somebody whose work for the organisation a department has confirmed. */
async function employee(name: string, { number = sampleNumber(), at = employerId, endedOn }: { number?: string; at?: string; endedOn?: string } = {}): Promise<Employee> {
  const partyId = await enterPerson(intake, { name, number });
  const employed = await intake.post(`/people/${partyId}/employments`, { organisationId: at, startedOn: '2024-07-01', origin: '材料', trustClass: 'B', ...(endedOn === undefined ? {} : { endedOn }) });
  expect(employed.status).toBe(201);
  return { partyId, number };
}

function csv(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(`\ufeff${[headings, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`);
}

const upload = (caller: TestCaller, bytes: Buffer, fileName = '账户.csv'): Promise<Answered> => caller.call('POST', `/imports/accounts?fileName=${encodeURIComponent(fileName)}`, { bytes });

/** `batchRows`: how many rows one transaction takes. */
async function work(batchRows?: number): Promise<void> {
  const parts = { ...api.parts.imports, ...(batchRows === undefined ? {} : { batchRows }) };
  while (await processNext(parts, api.tenantId, newId()));
}

async function check(bytes: Buffer, fileName?: string, batchRows?: number): Promise<Answered['body']> {
  const made = await upload(agent, bytes, fileName);
  expect(made.status).toBe(201);
  await work(batchRows);
  return (await agent.get(`/imports/${made.body.importId}`)).body;
}

async function run(importId: string, withDoubles = false): Promise<Answered['body']> {
  expect((await agent.post(`/imports/${importId}/confirmation`, { withDoubles })).status).toBe(202);
  await work();
  return (await agent.get(`/imports/${importId}`)).body;
}

/** The reasons why rows are not right, by row. */
async function reasons(importId: string): Promise<ReadonlyMap<number, string>> {
  const { body } = await agent.get(`/imports/${importId}/problems`);
  return new Map(body.items.map((item: { row: number; problems: { place: string; reason: string }[] }) => [item.row, item.problems.map(({ place, reason }) => `${place} ${reason}`).join(' ')]));
}

/** The accounts of somebody, the latest first, as the person sees them. */
async function accountsOf({ partyId }: Employee): Promise<readonly { maskedNumber: string; holderName: string; bankName: string; closedAt: string | null; isNumberChecked: boolean }[]> {
  return (await api.person(partyId).get(`/parties/${partyId}/bank-accounts`)).body.items;
}

const counts = (changes: object) => ({ added: 0, updated: 0, unchanged: 0, wrong: 0, doubles: 0, ...changes });

async function load(bytes: Buffer): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  return workbook;
}

it('gives a template with the employees who have a case and no account; it is filled in, checked, corrected, written once', async () => {
  const [right, doubtful, wrong, blank, served] = [await employee('张三一'), await employee('张三二'), await employee('张三三'), await employee('张三四'), await employee('张三六')];
  // Without a case, so in no template.
  await employee('张三五');
  for (const { partyId } of [right, doubtful, wrong, blank, served]) await addBareCase(api, partyId, { employer_id: employerId });
  const own = card();
  expect((await api.person(served.partyId).post(`/parties/${served.partyId}/bank-accounts`, { bankName: bank, holderName: '张三六', number: own })).status).toBe(201);

  const answer = await agent.get('/imports/templates/accounts.xlsx');
  expect(answer.status).toBe(200);
  const workbook = await load(answer.raw);
  const sheet = workbook.worksheets[0];
  if (sheet === undefined) throw new Error('no sheet');
  const rowsOf = (of: exceljs.Worksheet): string[][] => Array.from({ length: of.rowCount }, (_, at) => Array.from({ length: 2 }, (_each, column) => of.getRow(at + 1).getCell(column + 1).text));
  const masked = ({ number }: Employee): string => `${number.slice(0, 3)}***********${number.slice(-4)}`;
  expect(rowsOf(sheet)).toEqual([['姓名*', '证件号码*'], ['张三二', masked(doubtful)], ['张三三', masked(wrong)], ['张三四', masked(blank)], ['张三一', masked(right)]]);
  // English headings, the same people.
  expect(rowsOf((await load((await agent.get('/imports/templates/accounts.xlsx', { 'accept-language': 'en' })).raw)).worksheets[0] ?? sheet)[0]).toEqual(['Name*', 'ID number*']);

  const [first, second, third] = [card(), card(), card()];
  const fill = (name: string, account: string, holder: string): void => sheet.eachRow((row) => {
    if (row.getCell(1).text !== name) return;
    for (const [at, text] of [bank, account, holder].entries()) row.getCell(at + 3).value = text;
  });
  fill('张三一', `${first.slice(0, 4)} ${first.slice(4)}`, '张三一');
  fill('张三二', second, '张三二甲');
  fill('张三三', `${third.slice(0, -1)}x`, '张三三');
  const filled = Buffer.from(await workbook.xlsx.writeBuffer());
  const checked = await check(filled, '收款账户模板.xlsx');
  // The template's own sheets besides the list are nothing that anybody has to be told of.
  expect(workbook.worksheets.map(({ name }) => name)).toContain('填写说明');
  expect(checked).toMatchObject({ kind: 'accounts', state: 'checked', rowsTotal: 3, found: counts({ added: 1, doubles: 1, wrong: 1 }), sheet: { leftOut: [] } });
  expect(await accountsOf(right)).toEqual([]);
  const told = [...(await reasons(checked.importId)).values()];
  expect(told).toEqual(expect.arrayContaining([expect.stringMatching(/^E\d 户名和登记的名称不一致/), expect.stringMatching(/^D\d 银行账号只能是数字/)]));

  // What is right is written, what is in doubt only if that is said.
  expect((await run(checked.importId)).done).toEqual(counts({ added: 1, doubles: 1, wrong: 1 }));
  expect(await accountsOf(right)).toMatchObject([{ maskedNumber: `**** ${first.slice(-4)}`, holderName: '张三一', bankName: bank, isNumberChecked: true, closedAt: null }]);
  expect(await accountsOf(doubtful)).toEqual([]);

  // The findings are told in whichever language their reader has, whatever that of the browser, which a link sends.
  const sheetAt = async (path: string): Promise<string> => JSON.stringify((await load((await agent.get(path, { 'accept-language': 'zh' })).raw)).worksheets[0]?.getSheetValues());
  expect(await sheetAt(`/imports/${checked.importId}/wrong-rows.xlsx`)).toContain('银行账号只能是数字');
  expect(await sheetAt(`/imports/${checked.importId}/wrong-rows.xlsx?language=en`)).toContain('An account number consists of digits');
  expect(await sheetAt('/imports/templates/accounts.xlsx?language=en')).toContain('ID number*');
  const errors = await load((await agent.get(`/imports/${checked.importId}/wrong-rows.xlsx`)).raw);
  const errorSheet = errors.worksheets[0];
  if (errorSheet === undefined) throw new Error('no sheet');
  expect(errorSheet.rowCount).toBe(3);
  errorSheet.eachRow((row) => {
    if (row.getCell(1).text === '张三三') row.getCell(4).value = third;
  });
  const corrected = Buffer.from(await errors.xlsx.writeBuffer());
  const again = await check(corrected, '要改的行.xlsx');
  expect(again).toMatchObject({ found: counts({ added: 1, doubles: 1 }), sheet: { ignored: [] } });
  expect((await run(again.importId, true)).done).toEqual(counts({ added: 2 }));
  expect(await accountsOf(doubtful)).toMatchObject([{ holderName: '张三二甲', closedAt: null }]);

  // The same once more changes nothing.
  const twice = await check(corrected, '要改的行.xlsx');
  expect(twice.found).toEqual(counts({ unchanged: 2 }));
  expect((await agent.post(`/imports/${twice.importId}/confirmation`, { withDoubles: true })).body.error.code).toBe('import-nothing-to-do');
  expect([(await accountsOf(right)).length, (await accountsOf(doubtful)).length, (await accountsOf(wrong)).length]).toEqual([1, 1, 1]);
  expect(rowsOf((await load((await agent.get('/imports/templates/accounts.xlsx')).raw)).worksheets[0] ?? sheet)).toEqual([['姓名*', '证件号码*'], ['张三四', masked(blank)]]);
});

it('takes accounts of the organisation’s own people only, who are there, and of nobody by its own word', async () => {
  const elsewhere = await employee('张三一', { at: await enterOrganisation(intake) });
  const gone = await employee('张三二', { endedOn: '2025-12-31' });
  const renamed = await employee('张三三');
  const here = await employee('张三四');
  const [toldNumber, grantedNumber, ownNumber] = [sampleNumber(), sampleNumber(), sampleNumber()];
  const [told, granted] = [await enterPerson(intake, { name: '张三五', number: toldNumber }), await enterPerson(intake, { name: '张三六', number: grantedNumber })];
  const alone = await enterPerson(intake, { name: '张三八', number: ownNumber });
  // What the organisation itself says of them, whichever way it came in.
  for (const partyId of [told, granted, alone]) {
    await asOwner(api.database, (client) => client.query(
      `insert into employments (tenant_id, party_id, employment_id, organisation_id, started_on, origin, trust_class, recorded_at, recorded_by) values ($1, $2, $3, $4, '2024-07-01', '申报', 'D', now(), 'sample')`,
      [api.tenantId, partyId, newId(), employerId],
    ));
  }
  await addBareCase(api, told, { employer_id: employerId, status: 'in-review' });
  await addBareCase(api, granted, { employer_id: employerId, applicant_id: employerId, status: 'granted' });
  // Asked for alone: that the case names the organisation rests on the organisation’s own word.
  await addBareCase(api, alone, { employer_id: employerId, status: 'granted' });
  const row = (name: string, number: string): string[] => [name, number, bank, card(), name];
  const checked = await check(csv([
    row('张三一', elsewhere.number), row('张三二', gone.number), row('张三九', renamed.number), row('张三四', here.number), row('张三四', here.number), row('张三五', toldNumber), row('张三六', grantedNumber), row('张三八', ownNumber),
  ]));
  expect(checked.found).toEqual(counts({ added: 2, wrong: 6 }));
  const why = await reasons(checked.importId);
  for (const at of [2, 3, 7, 9]) expect(why.get(at)).toMatch(/^B\d 在职员工里没有这个人/);
  expect(why.get(4)).toMatch(/^A4 姓名和这个证件号码对不上/);
  expect(why.get(6)).toContain('和第 5 行是同一个人');
});
it('asks for the whole number where hidden ones do not tell two people apart, and doubts one account for two', async () => {
  const [one, other] = [numberEnding('220202199003'), numberEnding('220202198004')];
  expect(one.slice(-4)).toBe(other.slice(-4));
  await employee('张三七', { number: one });
  await employee('张三七', { number: other });
  const shared = card();
  const hidden = `220***********${one.slice(-4)}`;
  const checked = await check(csv([['张三七', hidden, bank, card(), '张三七'], ['张三七', one, bank, shared, '张三七'], ['张三七', other, bank, shared, '张三七']]));
  expect(checked.found).toEqual(counts({ wrong: 1, doubles: 2 }));
  const why = await reasons(checked.importId);
  expect(why.get(2)).toContain('请写完整的号码');
  expect(why.get(3)).toMatch(/^D3 表里另一位员工也写了这个账号/);
});

it('says that an account is a colleague’s too, and nothing of people of others', async () => {
  const [one, other] = [await employee('张三五'), await employee('张三六')];
  const elsewhere = await employee('张三七', { at: await enterOrganisation(intake) });
  const [colleagues, strangers] = [card(), card()];
  for (const [{ partyId }, number] of [[one, colleagues], [elsewhere, strangers]] as const) {
    expect((await api.person(partyId).post(`/parties/${partyId}/bank-accounts`, { bankName: bank, holderName: '张三五', number })).status).toBe(201);
  }
  const checked = await check(csv([['张三六', other.number, bank, strangers, '张三六']]));
  expect(checked.found).toEqual(counts({ added: 1 }));
  const doubted = await check(csv([['张三六', other.number, bank, colleagues, '张三六']]));
  expect(doubted.found).toEqual(counts({ doubles: 1 }));
  expect((await reasons(doubted.importId)).get(2)).toMatch(/^D2 这个账号也登记在别人名下/);
});

it('knows one person again in another batch, hidden or in full, when it checks, when it writes, and when it goes on after an interruption', async () => {
  const [one, other, third] = [await employee('王五一'), await employee('王五二'), await employee('王五三')];
  const hide = (number: string): string => `${number.slice(0, 3)}***********${number.slice(-4)}`;
  const [first, second] = [card(), card()];
  // Rows 2 and 3 are one batch, 4 and 5 the next, 6 the last.
  const list = csv([
    ['王五一', hide(one.number), bank, first, '王五一'], ['王五二', other.number, bank, second, '王五二'],
    ['王五三', third.number, bank, card(), '王五三'], ['王五一', one.number, bank, card(), '王五一'],
    ['王五二', hide(other.number), bank, card(), '王五二'],
  ]);
  const checked = await check(list, undefined, 2);
  expect(checked.found).toEqual(counts({ added: 3, wrong: 2 }));
  const why = await reasons(checked.importId);
  expect([why.get(5), why.get(6)]).toEqual([expect.stringMatching(/^B5 和第 2 行是同一个人/), expect.stringMatching(/^B6 和第 3 行是同一个人/)]);
  // What the check kept is gone, and the first batch is written already: the file is read once more.
  expect((await agent.post(`/imports/${checked.importId}/confirmation`, {})).status).toBe(202);
  await asOwner(api.database, (client) => client.query('delete from import_rows where import_id = $1', [checked.importId]));
  await asOwner(api.database, (client) => client.query('update imports set written_to = 3, done = $2 where import_id = $1', [checked.importId, JSON.stringify(counts({ added: 2 }))]));
  await work(2);
  expect((await agent.get(`/imports/${checked.importId}`)).body.done).toMatchObject({ wrong: 2 });
  expect(await accountsOf(one)).toEqual([]);
  expect((await accountsOf(third)).length).toBe(1);

  const again = await check(list, undefined, 2);
  expect((await run(again.importId)).done).toEqual(counts({ added: 2, unchanged: 1, wrong: 2 }));
  expect(await accountsOf(one)).toMatchObject([{ maskedNumber: `**** ${first.slice(-4)}` }]);
  expect(await accountsOf(other)).toMatchObject([{ maskedNumber: `**** ${second.slice(-4)}` }]);
});

it('replaces what its own list gave, and no account that the employee or the window entered', async () => {
  const [mine, theirs] = [await employee('张三八'), await employee('张三九')];
  const own = card();
  expect((await intake.post(`/parties/${theirs.partyId}/bank-accounts`, { bankName: bank, holderName: '张三九', number: own })).status).toBe(201);
  const [first, second] = [card(), card()];
  await run((await check(csv([['张三八', mine.number, bank, first, '张三八']]))).importId);
  const next = await check(csv([['张三八', mine.number, bank, second, '张三八'], ['张三九', theirs.number, bank, card(), '张三九']]));
  expect(next.found).toEqual(counts({ updated: 1, wrong: 1 }));
  expect((await reasons(next.importId)).get(3)).toMatch(/^D3 这位员工已经有本人或窗口登记的收款账户/);
  await run(next.importId);
  expect(await accountsOf(mine)).toMatchObject([{ maskedNumber: `**** ${second.slice(-4)}`, closedAt: null }, { maskedNumber: `**** ${first.slice(-4)}`, closedAt: expect.any(String) }]);
  expect(await accountsOf(theirs)).toMatchObject([{ maskedNumber: `**** ${own.slice(-4)}`, closedAt: null }]);
  // The first list again goes back to it, as one that differs.
  expect((await check(csv([['张三八', mine.number, bank, first, '张三八']]))).found).toEqual(counts({ updated: 1 }));
  expect((await check(csv([['张三八', mine.number, bank, second, '张三八'], ['张三九', theirs.number, bank, own, '张三九']]))).found).toEqual(counts({ unchanged: 2 }));
});

it('keeps account numbers sealed, out of the trail and out of what is told', async () => {
  const { partyId, number } = await employee('张三十');
  const account = card();
  const checked = await check(csv([['张三十', number, bank, account, '别人']]));
  expect(JSON.stringify([...(await reasons(checked.importId))])).not.toContain(account);
  await run(checked.importId, true);
  await asOwner(api.database, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`);
    for (const { name } of tables) {
      const { rows } = await client.query<{ found: number }>(`select count(*)::integer as found from "${name}" t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`, [account, Buffer.from(account).toString('hex')]);
      expect(rows[0]?.found, `${name} holds the account number`).toBe(0);
    }
    const { rows: trail } = await client.query<{ entry: string }>(`select to_jsonb(a)::text as entry from audit_entries a where to_jsonb(a)::text like '%' || $1 || '%'`, [checked.importId]);
    expect(trail.map(({ entry }) => entry).join('\n')).toMatch(/imports\.accounts[^]*import\.checked[^]*imports\.confirm[^]*import\.done/);
  });
  // Whoever is deleted takes the list along that named them: it is known in which one they stood.
  const held = await asOwner(api.database, (client) => client.query('select 1 from imported_rows where import_id = $1 and party_id = $2', [checked.importId, partyId]));
  expect(held.rowCount).toBe(1);
});

it('is the agents’ alone, and refuses at once what is no such list', async () => {
  const list = csv([['张三一', sampleNumber(), bank, card(), '张三一']]);
  for (const other of [intake, api.officer('changyi-hrss', 'finance'), api.person(newId())]) {
    expect([(await upload(other, list)).status, (await other.get('/imports/templates/accounts.xlsx')).status]).toEqual([403, 403]);
  }
  expect((await upload(api.anyone(), list)).status).toBe(401);
  const { importId } = await check(list);
  const neighbour = api.agent(await enterOrganisation(intake));
  for (const answer of [await neighbour.get(`/imports/${importId}`), await neighbour.get(`/imports/${importId}/wrong-rows.xlsx`), await neighbour.post(`/imports/${importId}/confirmation`, {})]) {
    expect(answer.body.error.code).toBe('import-not-found');
  }
  const empty = await load((await neighbour.get('/imports/templates/accounts.xlsx')).raw);
  expect(empty.worksheets[0]?.rowCount).toBe(1);

  const refused = [
    await upload(agent, Buffer.from('%PDF-1.7'), '账户.xlsx'),
    await upload(agent, list, '账户.xlsx'),
    await upload(agent, Buffer.from('姓名,证件号码,年龄\r\n张三一,1,3\r\n')),
    await upload(agent, Buffer.alloc(9_000_000, 'a')),
  ];
  expect(refused.map(({ body }) => body.error.code)).toEqual(['sheet-not-a-table', 'sheet-is-csv', 'sheet-columns-missing', expect.stringMatching(/too-large/)]);
  expect(refused[2]?.body.error.message).toContain('银行账号');
});
