// Turns seeded people and employers into rows of every table that a load fills.
import { splitSensitive } from '../contract/sensitive-facts.ts';
import { type FactBook, makeSearchRows, packTokens, type Searchable, sealNumber, sealPhone } from '../domains/registry/index.ts';
import { type Protector, rowOf } from '../domains/protection/index.ts';
import { copyLine, type CopyValue } from './copy-text.ts';
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
  readonly protector: Protector;
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
export type RowText = Record<LoadedTable, string>;

/** No rows yet. */
export function emptyRows(): RowText {
  return { parties: '', people: '', organisations: '', fact_statements: '', employments: '', person_spellings: '', organisation_spellings: '', search_tokens: '' };
}

/** Adds the rows of a person; `employerId` is the id of the employer's number. */
export function addPerson(rows: RowText, person: SeededPerson, employerId: string | null, setting: RowSetting): void {
  const { tenantId, protector } = setting;
  const { partyId, employment } = person;
  const recordedAt = new Date(person.recordedAtMs).toISOString();
  rows.parties += copyLine([tenantId, partyId, 'person', recordedAt, recordedAt]);
  const number = person.number === null ? null : sealNumber(protector, tenantId, partyId, person.number);
  const phone = sealPhone(protector, tenantId, 'people', partyId, person.phone);
  rows.people += copyLine([
    tenantId, partyId, person.jurisdictionCode, person.name, person.idKind, number?.numberSealed ?? null, number?.numberSearch ?? null, number?.lastFourSearch ?? null,
    person.birthDate, person.sex, phone.phoneSealed, phone.phoneSearch,
  ]);
  const facts = addStatements(rows, partyId, person.index, recordedAt, person.statements, setting);
  const worksNow = employment !== null && employerId !== null && (employment.endedOn === null || employment.endedOn >= setting.today);
  if (employment !== null && employerId !== null) {
    rows.employments += copyLine([
      tenantId, partyId, employment.employmentId, employerId, employment.startedOn, employment.endedOn, '共享', 'A', setting.departments['市社保局'] ?? null, recordedAt, RECORDED_BY,
    ]);
  }
  addSearchRows(rows, 'person_spellings', partyId, { kind: 'person', names: [person.name], jurisdictionCodes: below(person.jurisdictionCode, setting), employerIds: worksNow && employerId !== null ? [employerId] : [], facts }, setting);
}

/** Adds the rows of an employer. */
export function addOrganisation(rows: RowText, organisation: SeededOrganisation, setting: RowSetting): void {
  const { tenantId } = setting;
  const { partyId, name, jurisdictionCode } = organisation;
  const recordedAt = new Date(organisation.recordedAtMs).toISOString();
  rows.parties += copyLine([tenantId, partyId, 'organisation', recordedAt, recordedAt]);
  rows.organisations += copyLine([tenantId, partyId, jurisdictionCode, name, organisation.creditCode, organisation.registeredOn]);
  const statement: SeededStatement = { origin: '共享', trustClass: 'A', department: '市市场监管局', asOf: '2026-09-30', facts: organisation.facts };
  // Numbers below zero keep an employer's statement ids apart from those of people.
  const facts = addStatements(rows, partyId, -1 - organisation.number, recordedAt, [statement], setting);
  addSearchRows(rows, 'organisation_spellings', partyId, { kind: 'organisation', names: [name], jurisdictionCodes: below(jurisdictionCode, setting), employerIds: [], facts }, setting);
}

function below(code: string, { topJurisdiction }: RowSetting): readonly string[] {
  return code === topJurisdiction ? [] : [code];
}

/** Adds statements; gives the facts that lists may show, universities by their official names. */
function addStatements(rows: RowText, partyId: string, index: number, recordedAt: string, statements: readonly SeededStatement[], setting: RowSetting): Readonly<Record<string, unknown>> {
  const { tenantId, protector, factBook, seed, departments } = setting;
  const random = new Random(seed ^ 0x77777777, 'id', index);
  const atMs = Date.parse(recordedAt);
  const known: Record<string, unknown> = {};
  for (const statement of statements) {
    const statementId = seededId(random, atMs);
    const { plain, sensitive } = splitSensitive(statement.facts);
    const isSensitive = Object.keys(sensitive).length > 0;
    const sealed = isSensitive ? protector.seal({ tenantId, table: 'fact_statements', column: 'sensitive_sealed', row: rowOf(partyId, statementId) }, JSON.stringify(sensitive)) : null;
    const recognised = '毕业院校' in plain ? factBook.recognise(plain) : null;
    Object.assign(known, plain, recognised);
    const department: CopyValue = statement.department === null ? null : (departments[statement.department] ?? null);
    rows.fact_statements += copyLine([
      tenantId, partyId, statementId, statement.origin, statement.trustClass, department, 'eligibility', statement.asOf, recordedAt, RECORDED_BY, JSON.stringify(plain), sealed,
      recognised === null ? null : JSON.stringify(recognised),
    ]);
  }
  return known;
}

function addSearchRows(rows: RowText, table: 'person_spellings' | 'organisation_spellings', partyId: string, searchable: Searchable, { tenantId, factBook }: RowSetting): void {
  const { nameOrder, spellings, tokens } = makeSearchRows(searchable, factBook);
  for (const [at, { pinyin, initials }] of spellings.entries()) {
    rows[table] += copyLine([tenantId, partyId, at, nameOrder, pinyin, initials, at === 0 ? packTokens(tokens) : null]);
  }
  let lines = '';
  for (const token of tokens) lines += `${tenantId}\t${token}\t${nameOrder}\t${partyId}\n`;
  rows.search_tokens += lines;
}
