// Turns seeded people and employers into rows of every table that a load fills.
import { splitSensitive } from '../contract/sensitive-facts.ts';
import { type FactBook, makeSearchRows, packTokens, type PartyKind, type Searchable, sealNumber, sealPhone } from '../domains/registry/index.ts';
import { rowOf, type Sealer } from '../domains/protection/index.ts';
import { CopyRows } from './copy-rows.ts';
import type { SeededStatement } from './facts.ts';
import type { SeededOrganisation } from './organisations.ts';
import type { SeededPerson } from './people.ts';
import { Random } from './random.ts';
import { seededId } from './seeded-id.ts';

/** The tables that a load fills, parents first, and their columns in the order of the rows. */
export const loadedTables = {
  parties: ['tenant_id', 'party_id', 'kind', 'created_at', 'updated_at'],
  people: ['tenant_id', 'party_id', 'jurisdiction_code', 'name', 'id_kind', 'number_sealed', 'number_search', 'last_four_search', 'birth_date', 'sex', 'phone_sealed', 'phone_search'],
  organisations: ['tenant_id', 'party_id', 'jurisdiction_code', 'name', 'credit_code', 'registered_on'],
  fact_statements: ['tenant_id', 'party_id', 'statement_id', 'origin', 'trust_class', 'department_id', 'purpose', 'as_of', 'recorded_at', 'recorded_by', 'facts', 'sensitive_sealed', 'recognised'],
  employments: ['tenant_id', 'party_id', 'employment_id', 'organisation_id', 'started_on', 'ended_on', 'origin', 'trust_class', 'department_id', 'recorded_at', 'recorded_by'],
  person_spellings: ['tenant_id', 'party_id', 'spelling_no', 'name_order', 'pinyin', 'initials', 'tokens'],
  organisation_spellings: ['tenant_id', 'party_id', 'spelling_no', 'name_order', 'pinyin', 'initials', 'tokens'],
  search_tokens: ['tenant_id', 'token', 'name_order', 'party_id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A table that a load fills. */
export type LoadedTable = keyof typeof loadedTables;

/** What rows are made with. */
export interface RowSetting {
  readonly tenantId: number;
  readonly seed: number;
  readonly protector: Sealer;
  readonly factBook: FactBook;
  /** Ids of departments by the names that statements give. */
  readonly departments: Readonly<Record<string, string>>;
  /** The city's own jurisdiction: what lies directly in it has no other above. */
  readonly topJurisdiction: string;
  /** `YYYY-MM-DD`: employments that ended before are over. */
  readonly today: string;
}

const RECORDED_BY = 'job:seed';

/** Rows of COPY by table, growing. */
export type RowsByTable = Readonly<Record<LoadedTable, CopyRows>>;

/** Forgets the rows that were sent; their memory serves again. */
export function clearRows(rows: RowsByTable): void {
  for (const each of Object.values(rows)) each.clear();
}

/** No rows yet. */
export function emptyRows(): RowsByTable {
  return Object.fromEntries(Object.keys(loadedTables).map((table) => [table, new CopyRows()])) as unknown as RowsByTable;
}

/** Adds the rows of a person; `employerId` is the id of the employer's number. */
export function addPerson(rows: RowsByTable, person: SeededPerson, employerId: string | null, setting: RowSetting): void {
  const { tenantId, protector } = setting;
  const { partyId, employment } = person;
  addParty(rows, 'person', partyId, person.recordedAtMs, tenantId);
  const number = person.number === null ? null : sealNumber(protector, tenantId, partyId, person.number);
  const phone = sealPhone(protector, tenantId, 'people', partyId, person.phone);
  rows.people.row(12).integer(tenantId).uuid(partyId).text(person.jurisdictionCode).text(person.name).text(person.idKind)
    .bytes(number?.numberSealed ?? null).bytes(number?.numberSearch ?? null).bytes(number?.lastFourSearch ?? null)
    .date(person.birthDate).text(person.sex).bytes(phone.phoneSealed).bytes(phone.phoneSearch);
  const facts = addStatements(rows, partyId, person.index, person.recordedAtMs, person.statements, setting);
  const worksNow = employment !== null && employerId !== null && (employment.endedOn === null || employment.endedOn >= setting.today);
  if (employment !== null && employerId !== null) {
    rows.employments.row(11).integer(tenantId).uuid(partyId).uuid(employment.employmentId).uuid(employerId).date(employment.startedOn).date(employment.endedOn)
      .text('共享').text('A').uuid(setting.departments['市社保局'] ?? null).instant(person.recordedAtMs).text(RECORDED_BY);
  }
  addSearchRows(rows, 'person_spellings', partyId, { kind: 'person', names: [person.name], jurisdictionCodes: below(person.jurisdictionCode, setting), employerIds: worksNow && employerId !== null ? [employerId] : [], facts }, setting);
}

/** Adds the rows of an employer. */
export function addOrganisation(rows: RowsByTable, organisation: SeededOrganisation, setting: RowSetting): void {
  const { tenantId } = setting;
  const { partyId, name, jurisdictionCode } = organisation;
  addParty(rows, 'organisation', partyId, organisation.recordedAtMs, tenantId);
  rows.organisations.row(6).integer(tenantId).uuid(partyId).text(jurisdictionCode).text(name).text(organisation.creditCode).date(organisation.registeredOn);
  const statement: SeededStatement = { origin: '共享', trustClass: 'A', department: '市市场监管局', asOf: '2026-09-30', facts: organisation.facts };
  // Numbers below zero keep an employer's statement ids apart from those of people.
  const facts = addStatements(rows, partyId, -1 - organisation.number, organisation.recordedAtMs, [statement], setting);
  addSearchRows(rows, 'organisation_spellings', partyId, { kind: 'organisation', names: [name], jurisdictionCodes: below(jurisdictionCode, setting), employerIds: [], facts }, setting);
}

function addParty(rows: RowsByTable, kind: PartyKind, partyId: string, recordedAtMs: number, tenantId: number): void {
  rows.parties.row(5).integer(tenantId).uuid(partyId).text(kind).instant(recordedAtMs).instant(recordedAtMs);
}

function below(code: string, { topJurisdiction }: RowSetting): readonly string[] {
  return code === topJurisdiction ? [] : [code];
}

/** Adds statements; gives the facts that lists may show, universities by their official names. */
function addStatements(rows: RowsByTable, partyId: string, index: number, recordedAtMs: number, statements: readonly SeededStatement[], setting: RowSetting): ReadonlyMap<string, unknown> {
  const { tenantId, protector, factBook, seed, departments } = setting;
  const random = new Random(seed ^ 0x77777777, 'id', index);
  const known = new Map<string, unknown>();
  for (const statement of statements) {
    const statementId = seededId(random, recordedAtMs);
    const { plain, sensitive } = splitSensitive(statement.facts);
    const isSensitive = Object.keys(sensitive).length > 0;
    const sealed = isSensitive ? protector.seal({ tenantId, table: 'fact_statements', column: 'sensitive_sealed', row: rowOf(partyId, statementId) }, JSON.stringify(sensitive)) : null;
    const recognised = '毕业院校' in plain ? factBook.recognise(plain) : null;
    for (const name of Object.keys(plain)) known.set(name, plain[name]);
    if (recognised !== null) for (const name of Object.keys(recognised)) known.set(name, recognised[name]);
    rows.fact_statements.row(13).integer(tenantId).uuid(partyId).uuid(statementId).text(statement.origin).text(statement.trustClass)
      .uuid(statement.department === null ? null : (departments[statement.department] ?? null)).text('eligibility').date(statement.asOf)
      .instant(recordedAtMs).text(RECORDED_BY).jsonb(plain).bytes(sealed).jsonb(recognised);
  }
  return known;
}

function addSearchRows(rows: RowsByTable, table: 'person_spellings' | 'organisation_spellings', partyId: string, searchable: Searchable, { tenantId, factBook }: RowSetting): void {
  const { nameOrder, spellings, tokens } = makeSearchRows(searchable, factBook);
  for (const [at, { pinyin, initials }] of spellings.entries()) {
    rows[table].row(7).integer(tenantId).uuid(partyId).smallint(at).bigint(nameOrder).text(pinyin).text(initials).bytes(at === 0 ? packTokens(tokens) : null);
  }
  rows.search_tokens.repeatFor(tokens, tenantId, nameOrder, partyId);
}
