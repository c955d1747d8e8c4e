// Takes one batch of rows into the registry, or says what would become of them.
import type { ErrorDetail } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import {
  type BroughtBefore, checkImportedOrganisation, checkImportedPerson, findCodeHolders, type GivenAccount, type Imported, type ImportManner, importOrganisations, importPeople, type ImportSource, type PersonToImport, type RegistryTools, saysOfDays,
} from '../registry/index.ts';
import type { ColumnMatch } from './columns.ts';
import type { RowOutcome, RowProblem } from './import.ts';
import { findImported, findStandIns, type ImportedRow, type ImportRow } from './imports-store.ts';
import { problemOf, type ReadRow, type RowReading } from './read-row.ts';
import { type ReadCaseSubjects, takeAccounts } from './take-accounts.ts';

/** A row of the batch with its digests, and the row of the same file that it repeats. */
export interface BatchRow {
  readonly row: Omit<ReadRow, 'content'>;
  /** Of all that the row says; made when it is needed. */
  readonly rowDigest: () => Uint8Array;
  readonly repeats: { readonly row: number; readonly isSame: boolean } | undefined;
}

/** A batch and what it belongs to. */
export interface Batch {
  readonly tenantId: number;
  readonly found: ImportRow;
  readonly match: ColumnMatch;
  readonly reading: RowReading;
  readonly rows: readonly BatchRow[];
  readonly isTrial: boolean;
  readonly now: Date;
}

/** What is wrong with one row. */
export interface WrongRow {
  readonly rowNumber: number;
  readonly outcome: RowOutcome;
  readonly problems: readonly RowProblem[];
}

/** What became of a batch. */
export interface TakenBatch {
  readonly outcomes: readonly RowOutcome[];
  readonly problems: readonly WrongRow[];
  /** Rows that need not be looked at when they come again. */
  readonly remembered: readonly ImportedRow[];
}

/** What taking a batch needs. */
interface BatchParts {
  readonly tools: RegistryTools;
  readonly readCaseSubjects: ReadCaseSubjects;
}

/** Takes a batch in one transaction; each row by itself. */
export async function takeBatch(tx: Tx, parts: BatchParts, batch: Batch): Promise<TakenBatch> {
  const { tools } = parts;
  const { tenantId, found, match, rows } = batch;
  const run = jobScope(tenantId, 'imports', 'import.run');
  const source = sourceOf(found);
  const settled = new Map<number, { readonly outcome: RowOutcome; readonly problems: readonly RowProblem[] }>();
  for (const [at, { row, repeats }] of rows.entries()) {
    if (row.problems.length === 0 && repeats === undefined) continue;
    const problems = [...row.problems];
    if (problems.length > 0) problems.push(...furtherProblems(tools, row, source, batch).filter((one) => !problems.some((other) => other.column === one.column)));
    if (repeats?.isSame === false) problems.push(repeated(repeats.row, batch));
    if (problems.length > 0) settled.set(at, { outcome: 'wrong', problems });
    else if (repeats?.isSame === true) settled.set(at, { outcome: 'unchanged', problems: [] });
  }
  const employers = found.kind === 'people' ? await findEmployers(tx, tenantId, rows.map(({ row }) => row)) : new Map<string, string>();
  const taken: { readonly at: number; readonly row: BatchRow['row']; readonly employment: PersonToImport['employment'] }[] = [];
  for (const [at, { row }] of rows.entries()) {
    if (settled.has(at)) continue;
    const employment = found.kind === 'people' ? employmentOf(row, batch, employers) : null;
    if (employment !== null && 'zh' in employment) settled.set(at, { outcome: 'wrong', problems: [employment] });
    else taken.push({ at, row, employment });
  }
  const before = async (holders: ReadonlyMap<number, string>): Promise<BroughtBefore> => {
    const digests = await findImported(tx, run, found.ownerId, [...holders.values()]);
    const brought = [...holders].filter(([, partyId]) => digests.has(partyId));
    const said = brought.filter(([place, partyId]) => {
      const row = rows[taken[place]?.at ?? -1];
      return row !== undefined && digests.get(partyId) === hexOf(row.rowDigest());
    });
    return { any: new Set(brought.map(([place]) => place)), same: new Set(saysOfDays(found.purpose) ? [] : said.map(([place]) => place)) };
  };
  const owner = { before, standIns: (holderIds: readonly string[]) => findStandIns(tx, run, found.ownerId, holderIds) };
  const imported = found.kind === 'accounts'
    ? await takeAccounts(tx, parts, batch, taken.flatMap(({ row: { account } }) => (account === undefined ? [] : [account])))
    : await importRows(tx, tools, batch, source, taken, owner);
  const remembered: ImportedRow[] = [];
  for (const [place, { at }] of taken.entries()) {
    const outcome = imported[place];
    const digests = rows[at];
    if (outcome === undefined || digests === undefined) continue;
    settled.set(at, settle(outcome, match));
    if (!batch.isTrial && 'partyId' in outcome) {
      const { isNew, standsFor } = 'isNew' in outcome ? outcome : { isNew: false, standsFor: null };
      remembered.push({ rowDigest: digests.rowDigest(), partyId: outcome.partyId, rowNumber: digests.row.number, isNew, standsFor });
    }
  }
  return {
    outcomes: rows.map((_, at) => settled.get(at)?.outcome ?? 'wrong'),
    problems: rows.flatMap(({ row }, at) => {
      const one = settled.get(at);
      return one === undefined || one.problems.length === 0 ? [] : [{ rowNumber: row.number, ...one }];
    }),
    remembered,
  };
}

/** Who says what an import holds: a department by its papers, or an organisation of its own people. */
function sourceOf({ ownerKind, ownerId, isChecked, purpose, asOf, confirmedBy, createdBy, writableCodes }: ImportRow): ImportSource {
  const said = { purpose, asOf, recordedBy: confirmedBy ?? createdBy };
  return ownerKind === 'department'
    ? { ...said, origin: '材料', trustClass: isChecked ? 'B' : 'C', departmentId: ownerId, organisationId: null, changes: new Set(writableCodes) }
    : { ...said, origin: '申报', trustClass: 'D', departmentId: null, organisationId: ownerId, changes: null };
}

/** A wrong row is told everything at once, also what the registry would say of it. */
function furtherProblems(tools: RegistryTools, { person, organisation, facts }: BatchRow['row'], source: ImportSource, { match, reading }: Batch): readonly RowProblem[] {
  const checked =
    person === undefined
      ? organisation === undefined
        ? []
        : checkImportedOrganisation(tools, { organisation, facts }, source, reading.today)
      : checkImportedPerson(tools, { person, facts }, source, reading.today);
  return Array.isArray(checked) ? (checked as readonly ErrorDetail[]).map((detail) => problemOf(detail, match)) : [];
}

function repeated(row: number, { match, found }: Batch): RowProblem {
  const isPerson = found.kind !== 'organisations';
  const key = isPerson ? 'number' : 'code';
  return {
    column: match.columns.findIndex((column) => column?.key === key),
    zh: `和第 ${row} 行是同一个${isPerson ? '人' : '单位'}，内容不一样。请只留对的那一行。`,
    en: `Row ${row} is about the same ${isPerson ? 'person' : 'organisation'} and says something else. Keep the right one only.`,
  };
}

/** The organisations behind the codes of employers, by code. */
async function findEmployers(tx: Tx, tenantId: number, rows: readonly BatchRow['row'][]): Promise<ReadonlyMap<string, string>> {
  const codes = [...new Set(rows.flatMap(({ employerCode }) => (employerCode === undefined ? [] : [employerCode])))];
  return findCodeHolders(tx, jobScope(tenantId, 'imports', 'organisation.write'), codes);
}

function employmentOf(row: BatchRow['row'], { found, match }: Batch, employers: ReadonlyMap<string, string>): PersonToImport['employment'] | RowProblem {
  const columnOf = (key: string): number | null => {
    const at = match.columns.findIndex((column) => column?.key === key);
    return at === -1 ? null : at;
  };
  const { employerCode, startedOn } = row;
  const isOwn = found.ownerKind === 'organisation';
  if (employerCode === undefined && !isOwn) return null;
  const named = employerCode === undefined ? found.ownerId : employers.get(employerCode);
  if (isOwn && named !== found.ownerId) return { column: columnOf('employer'), zh: '您只能导入本单位的人员：用人单位代码请填本单位的，或者不填。', en: 'You can import people of your own organisation only: write its code, or leave it empty.' };
  if (named === undefined) return { column: columnOf('employer'), zh: '这个代码的单位还没有登记，请先登记或导入单位。', en: 'No organisation is registered under this code; enter or import it first.' };
  if (startedOn === undefined) {
    const column = columnOf('fact:入职日期');
    if (employerCode === undefined) return { column, zh: '本单位的人员要填“入职日期”。', en: 'For people of your organisation, the date of entering the post is needed.' };
    return { column, zh: '写了用人单位，“入职日期”也要填。', en: 'With an employer, the date of entering the post is needed too.' };
  }
  return { organisationId: named, post: row.post ?? null, startedOn };
}

async function importRows(
  tx: Tx,
  tools: RegistryTools,
  { tenantId, found, isTrial, now }: Batch,
  source: ImportSource,
  taken: readonly { readonly row: BatchRow['row']; readonly employment: PersonToImport['employment'] }[],
  owner: Pick<ImportManner, 'before' | 'standIns'>,
): Promise<readonly Imported[]> {
  if (taken.length === 0) return [];
  const fact = jobScope(tenantId, 'imports', 'fact.record');
  const manner = { ...owner, now, thereBefore: found.confirmedAt ?? now, isTrial, withDoubles: found.withDoubles === true };
  if (found.kind === 'people') {
    const people = taken.flatMap(({ row, employment }) => (row.person === undefined ? [] : [{ person: row.person, moves: row.moves, facts: row.facts, employment }]));
    return importPeople(tx, { person: jobScope(tenantId, 'imports', 'person.write'), fact }, tools, source, people, manner);
  }
  const organisations = taken.flatMap(({ row }) => (row.organisation === undefined ? [] : [{ organisation: row.organisation, moves: row.moves, facts: row.facts }]));
  return importOrganisations(tx, { organisation: jobScope(tenantId, 'imports', 'organisation.write'), fact }, tools, source, organisations, manner);
}

function settle(imported: Imported | GivenAccount, match: ColumnMatch): { readonly outcome: RowOutcome; readonly problems: readonly RowProblem[] } {
  switch (imported.outcome) {
    case 'wrong':
      return { outcome: 'wrong', problems: imported.details.map((detail) => problemOf(detail, match)) };
    case 'double':
      return { outcome: 'double', problems: 'details' in imported ? imported.details.map((detail) => problemOf(detail, match)) : [maybeDouble] };
    default:
      return { outcome: imported.outcome, problems: [] };
  }
}

const maybeDouble: RowProblem = {
  column: null,
  zh: '可能已经登记过：有一个同名、同一天出生的人，证件不同。请核对；确实是两个人，确认时选“一并写入”。',
  en: 'Maybe registered already: somebody has the same name and birth date and another document. Check it; if they are two people, choose to write such rows too when you confirm.',
};

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
