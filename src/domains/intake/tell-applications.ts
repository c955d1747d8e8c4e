// Tells applications to whoever may see them: what was filed, how far a list is, what became of each row.
import type { ApplicationDetail, ApplicationItem, ListRow } from '../../contract/intake-endpoints.ts';
import { Refusal } from '../../contract/errors.ts';
import type { Words } from '../../policy/index.ts';
import { type TableFile, writeTable } from '../../spreadsheet/index.ts';
import type { Tx } from '../../storage/database.ts';
import { type Application, findApplication, listCasesOf, readCases, tellItems } from '../cases/index.ts';
import { jobScope, type Scope, scopeAlso } from '../permissions/index.ts';
import { dayOf, idsToTell, listMergedIds, readOrganisations, readPeople } from '../registry/index.ts';
import type { IntakeParts, Language } from './intake-parts.ts';
import { type ApplicationList, type ApplicationRow, type ApplicationsOf, findList, listPromises, listRows, type ListRowRow, readLists, type RowOutcome } from './intake-store.ts';
import { openFindings } from './seal-findings.ts';

type Reading = Scope<'application.read'>;

/** Whose applications a scope reaches; undefined where it reaches none. */
export async function applicationsOf(tx: Tx, scope: Reading): Promise<ApplicationsOf | undefined> {
  const { reach } = scope;
  switch (reach.kind) {
    case 'tenant':
      return 'all';
    case 'jurisdictions':
      return { jurisdictionCodes: reach.codes };
    case 'parties':
      return { applicantIds: [...(await listMergedIds(tx, scope, reach.partyIds)).keys()] };
    case 'organisation':
      return { applicantIds: [...(await listMergedIds(tx, scope, [reach.organisationId])).keys()] };
    case 'department':
    case 'none':
      return undefined;
  }
}

/** An application within reach. @throws Refusal not-found where there is none or it is not the caller's to see. */
export async function reachApplication(tx: Tx, scope: Reading, applicationId: string): Promise<Application> {
  const found = await findApplication(tx, scopeAlso(scope, 'case.read'), applicationId);
  const of = await applicationsOf(tx, scope);
  const isReached =
    found !== undefined && of !== undefined && (of === 'all' || ('applicantIds' in of ? of.applicantIds.includes(found.applicantId) : of.jurisdictionCodes.includes(found.jurisdictionCode)));
  if (!isReached) throw new Refusal('not-found');
  return found;
}

/** Applications as a list shows them; they have to be within reach already. */
export async function tellApplications(tx: Tx, scope: Reading, rows: readonly ApplicationRow[]): Promise<ApplicationItem[]> {
  const names = await namesOf(tx, scope, rows.map(({ applicantId }) => applicantId));
  const lists = new Map((await readLists(tx, scope, rows.map(({ applicationId }) => applicationId))).map((list) => [list.applicationId, list]));
  return rows.map(({ applicationId, applicantId, channel, jurisdictionCode, filedAt }) => {
    const list = lists.get(applicationId);
    return {
      applicationId,
      applicant: { partyId: applicantId, name: names.get(applicantId) ?? '' },
      channel,
      jurisdictionCode,
      filedAt: filedAt.toISOString(),
      list: list === undefined ? null : tellList(list),
    };
  });
}

function tellList({ importId, state, rowsTotal, rowsDone, counts, finishedAt }: ApplicationList): NonNullable<ApplicationItem['list']> {
  return { importId, state, rowsTotal, rowsDone, counts: { ...counts }, finishedAt: finishedAt?.toISOString() ?? null };
}

const MOST_CASES = 200;

/** One application whole. */
export async function tellApplication(tx: Tx, scope: Reading, parts: IntakeParts, found: Application, language: Language): Promise<ApplicationDetail> {
  const [item] = await tellApplications(tx, scope, [found]);
  if (item === undefined) throw new RangeError('an application is told as an item first');
  const reading = scopeAlso(scope, 'case.read');
  const { rows, total } = await listCasesOf(tx, reading, found.applicationId, MOST_CASES);
  const cases = await tellItems(tx, reading, parts, rows, language);
  return {
    ...item,
    cases: cases.map(({ caseId, caseNumber, subject, policyId, benefitId, benefitTitle, period, status, statusWords, engineStatus, expectedFen, grantedFen, dueOn }) => ({
      caseId, caseNumber, subject, policyId, benefitId, title: benefitTitle, period, status, statusWords, engineStatus, isUnlikely: engineStatus === 'no', expectedFen, grantedFen, dueOn,
    })),
    casesTotal: total,
    promises: [...(await listPromises(tx, scope, found.applicationId))],
  };
}

/** What becomes of rows, in words. */
const outcomeWords: Readonly<Record<RowOutcome, Words>> = {
  filed: { zh: '已提交', en: 'Filed' },
  exists: { zh: '已经有一件', en: 'There is one already' },
  unlikely: { zh: '不符合，没有提交', en: 'Not met, not filed' },
  left: { zh: '已经不在本单位，没有提交', en: 'Not with the organisation any more, not filed' },
  refused: { zh: '办不了', en: 'Refused' },
  checking: { zh: '没有提交，由受理部门核对', en: 'Not filed; the office that accepts looks at it' },
};
const waitingWords: Words = { zh: '还没办到', en: 'Waiting' };

/** Rows of a list behind a number; the list has to be within reach already. */
export async function tellRows(
  tx: Tx,
  scope: Reading,
  parts: IntakeParts,
  found: Application,
  question: { readonly after: number; readonly outcome?: RowOutcome | undefined; readonly limit: number },
  language: Language,
): Promise<ListRow[]> {
  const rows = await listRows(tx, scope, found.applicationId, question);
  const names = await namesOf(tx, scope, rows.map(({ partyId }) => partyId));
  const idOf = await idsToTell(tx, scope, parts.protector, rows.map(({ partyId }) => partyId));
  const numbers = new Map((await readCases(tx, jobScope(scope.tenantId, 'intake', 'case.read'), rows.flatMap(({ caseId }) => caseId ?? []))).map(({ caseId, caseNumber }) => [caseId, caseNumber]));
  const titles = await titlesOf(tx, scope, parts, found);
  return rows.map((row: ListRowRow) => {
    const { rowNumber, partyId, policyId, benefitId, period, outcome } = row;
    // Which case keeps it from being filed is the officers' to see.
    const caseId = outcome === 'checking' && scope.reach.kind === 'organisation' ? null : row.caseId;
    const findings = openFindings(parts.protector, scope.tenantId, found.applicationId, rowNumber, row.detailSealed);
    return {
      row: rowNumber,
      subject: { partyId: idOf(partyId), name: names.get(partyId) ?? '' },
      policyId,
      benefitId,
      title: titles.get(`${policyId}/${benefitId}`) ?? { zh: benefitId, en: benefitId },
      period,
      outcome,
      outcomeWords: (outcome === null ? waitingWords : outcomeWords[outcome])[language],
      caseId,
      caseNumber: caseId === null ? null : (numbers.get(caseId) ?? null),
      reasons: [...findings[language]],
      missing: [...findings.missing],
    };
  });
}

const PAGE = 1000;

/** All rows of a list as a sheet. @throws Refusal not-found for an application that is for no list, export-too-large. */
export async function writeRows(tx: Tx, scope: Reading, parts: IntakeParts, found: Application, language: Language): Promise<TableFile> {
  if ((await findList(tx, scope, found.applicationId)) === undefined) throw new Refusal('not-found');
  async function* pages(): AsyncGenerator<readonly ListRow[], void, undefined> {
    for (let after = 0; ; ) {
      const rows = await tellRows(tx, scope, parts, found, { after, limit: PAGE }, language);
      yield rows;
      after = rows.at(-1)?.row ?? after;
      if (rows.length < PAGE) return;
    }
  }
  const say = (zh: string, en: string): string => (language === 'zh' ? zh : en);
  const list = say('、', ', ');
  return writeTable<ListRow>({
    format: 'xlsx',
    fileName: say('名单申请结果', 'application-rows'),
    sheetName: say('逐行结果', 'Rows'),
    columns: [
      { heading: say('序号', 'Row'), type: 'number', value: ({ row }) => row },
      { heading: say('姓名', 'Name'), type: 'text', value: ({ subject }) => subject.name },
      { heading: say('待遇', 'Benefit'), type: 'text', value: ({ title }) => title[language] },
      { heading: say('哪一期', 'Time'), type: 'text', value: ({ period }) => (period === 'once' ? say('一次', 'once') : period) },
      { heading: say('结果', 'Outcome'), type: 'text', value: ({ outcomeWords: told }) => told },
      { heading: say('办件编号', 'Case'), type: 'text', value: ({ caseNumber }) => caseNumber },
      { heading: say('原因', 'Reasons'), type: 'text', value: ({ reasons }) => reasons.join(language === 'zh' ? '；' : '; ') },
      { heading: say('还缺的事实', 'Missing facts'), type: 'text', value: ({ missing }) => missing.join(list) },
    ],
    rows: pages(),
  });
}

async function namesOf(tx: Tx, scope: Reading, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(partyIds)];
  const named = [...(await readPeople(tx, scope, ids)), ...(await readOrganisations(tx, scope, ids))];
  return new Map(named.map(({ partyId, name }) => [partyId, name]));
}

/** Titles by the versions in force when it was filed. */
async function titlesOf(tx: Tx, scope: Reading, { packs }: IntakeParts, { filedAt }: Application): Promise<ReadonlyMap<string, Words>> {
  const inForce = await packs.listInForce(tx, scope, dayOf(filedAt));
  return new Map(inForce.flatMap(({ policyId, policy }) => policy.benefits.map(({ id, title }) => [`${policyId}/${id}`, title] as const)));
}
