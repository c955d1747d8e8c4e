// Works through applications for lists, batch by batch: what a batch did and how far the list is are written together, so a killed server goes on behind it.
import { Refusal, tellError } from '../../contract/errors.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { recordAudit } from '../audit/index.ts';
import { type CaseToOpen, departmentsFor, listOfficersOf, listTakenBack, listTakenPlaces, openCases, readDirectory } from '../cases/index.ts';
import type { EvaluatedBenefits, PinnedPack } from '../packs/index.ts';
import { jobScope, type Scope, scopeFor } from '../permissions/index.ts';
import { dayOf, type EvaluationSubject, findPartyInReach, listMergedIds, type PartyInReach } from '../registry/index.ts';
import { expectedFenOf, findingsOf, offeredOf, resultOf } from './choose-benefits.ts';
import type { Findings, IntakeParts } from './intake-parts.ts';
import { type ApplicationList, countFailure, type ListCounts, listWaiting, lockNextList, type RowOutcome, settleRows, type WaitingRow } from './intake-store.ts';
import { sealFindings } from './seal-findings.ts';
import { type Employer, findEmployer, seeFacts } from './see-facts.ts';

const JOB = 'intake';
const BATCH_ROWS = 200;
const MOST_FAILURES = 5;

/** What works through lists. */
export interface ListWork {
  readonly db: Database;
  readonly parts: IntakeParts;
  readonly tenantId: number;
  readonly now: Date;
  /** Rows of one transaction. */
  readonly batchRows?: number;
}

/**
 * Takes the next batch of the oldest list that nobody works on.
 * @returns whether there was one. What fails for a reason that nobody expected is thrown; after five times in a row the list is stopped.
 */
export async function workNextBatch(work: ListWork): Promise<boolean> {
  const { batchRows = BATCH_ROWS } = work;
  try {
    return await counted(work, batchRows);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // One row spoils its batch: each by itself then, and the one that does is written down as refused.
    for (let row = 0; row < batchRows; row++) if (!(await stepOne(work))) break;
    return true;
  }
}

async function stepOne(work: ListWork): Promise<boolean> {
  try {
    return await counted(work, 1);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return counted(work, 1, error);
  }
}

/** A step whose unexpected failure counts against its list. */
async function counted(work: ListWork, rows: number, refusal?: Refusal): Promise<boolean> {
  const { db, tenantId } = work;
  let current: string | undefined;
  try {
    return (await step(work, rows, refusal, (applicationId) => void (current = applicationId))) !== undefined;
  } catch (error) {
    const failed = current;
    if (!(error instanceof Refusal) && failed !== undefined) {
      // Where the database itself is away nothing is counted: the list is not to blame.
      await inTenant(db, tenantId, (tx) => countFailure(tx, jobScope(tenantId, JOB, 'application.work'), failed, MOST_FAILURES)).catch(() => {});
    }
    throw error;
  }
}

/** One transaction; with `refusal` the first row that waits is written down as refused. */
function step({ db, parts, tenantId, now }: ListWork, rows: number, refusal: Refusal | undefined, note: (applicationId: string) => void): Promise<ApplicationList | undefined> {
  const scope = jobScope(tenantId, JOB, 'application.work');
  return inTenant(db, tenantId, async (tx) => {
    const list = await lockNextList(tx, scope);
    if (list === undefined) return undefined;
    const { applicationId } = list;
    note(applicationId);
    const waiting = await listWaiting(tx, scope, applicationId, rows);
    const settled = refusal === undefined ? await settle(tx, parts, tenantId, list, waiting, now) : waiting.slice(0, 1).map((row): Settled => ({ row, outcome: 'refused', caseId: null, findings: told(refusal) }));
    const rowsDone = list.rowsDone + settled.length;
    const counts = count(list.counts, settled);
    // Rows of people who were deleted meanwhile wait no more and were never done.
    const isDone = waiting.length < rows || rowsDone >= list.rowsTotal;
    const written = settled.map(({ row, outcome, caseId, findings }) => ({ rowNumber: row.rowNumber, outcome, caseId, detailSealed: sealFindings(parts.protector, tenantId, applicationId, row.rowNumber, findings) }));
    await settleRows(tx, scope, { applicationId, rowsDone, counts }, written, isDone ? now : null);
    if (isDone && counts.checking > 0) await tellOffice(tx, parts, scope, list, counts.checking, now);
    if (isDone) await recordAudit(tx, scope, { action: 'application-list.done', object: { kind: 'application', id: applicationId }, detail: { ...counts } });
    return list;
  });
}

/** Tells those who accept applications where the organisation sits that rows wait for them; where nobody does, those above. */
async function tellOffice(tx: Tx, { cases: { sendMessage } }: IntakeParts, scope: Scope<'application.work'>, { applicationId, organisationId }: ApplicationList, count: number, now: Date): Promise<void> {
  const { tenantId } = scope;
  const directory = await readDirectory(tx, jobScope(tenantId, JOB, 'application.file'));
  const jurisdictionCode = (await findPartyInReach(tx, scope, organisationId))?.jurisdictionCode;
  if (jurisdictionCode === undefined) return;
  const today = dayOf(now);
  const all = [...departmentsFor(jurisdictionCode, directory, today).keys()];
  const own = all.filter((id) => directory.departments.some((each) => each.departmentId === id && each.jurisdictionCode === jurisdictionCode));
  const near = await listOfficersOf(tx, scope, own, ['intake'], today);
  const accounts = near.length > 0 ? near : await listOfficersOf(tx, scope, all, ['intake'], today);
  for (const accountId of accounts) await sendMessage(tx, scope, { to: { accountId }, template: 'application.rows-to-check', values: { count }, about: { kind: 'application', id: applicationId } });
}

/** What became of a row. */
interface Settled {
  readonly row: WaitingRow;
  readonly outcome: RowOutcome;
  readonly caseId: string | null;
  readonly findings: Findings;
}

const nothing: Findings = { zh: [], en: [], missing: [] };

function told(refusal: Refusal): Findings {
  const details = refusal.details ?? [];
  const tell = (language: 'zh' | 'en'): readonly string[] => [tellError(refusal.code, refusal.values, language), ...details.map((detail) => detail[language])];
  return { zh: tell('zh'), en: tell('en'), missing: [] };
}

function count(counts: ListCounts, settled: readonly Settled[]): ListCounts {
  const sum = { ...counts };
  for (const { outcome, findings } of settled) {
    sum[outcome]++;
    if (outcome === 'filed' && findings.missing.length > 0) sum.missing++;
  }
  return sum;
}

/** A person of the list, as the organisation may know them. */
interface Listed {
  readonly party: PartyInReach;
  readonly employer: Employer;
  /** Whether somebody other than the organisation says that they work there: then it may know of cases that it did not ask for. */
  readonly isConfirmed: boolean;
  readonly known: EvaluationSubject;
  readonly evaluated: Map<string, EvaluatedBenefits>;
}

async function settle(tx: Tx, parts: IntakeParts, tenantId: number, list: ApplicationList, waiting: readonly WaitingRow[], now: Date): Promise<readonly Settled[]> {
  const { applicationId, organisationId, accountId, agentId, filesUnlikely, evidenceIds } = list;
  // In the name of the agent who asked, with that agent's rights.
  const scope = scopeFor({ tenantId, actor: { accountId, sessionId: null, capacity: { kind: 'agent', organisationId, partyId: agentId } } }, 'application.file');
  const today = dayOf(now);
  const packs = await parts.packs.listInForce(tx, scope, today);
  const people = new Map<string, Listed | undefined>();
  for (const { partyId } of waiting) if (!people.has(partyId)) people.set(partyId, await findListed(tx, scope, parts, list, partyId, now));
  const ids = [...people.values()].flatMap((one) => one?.party.ids ?? []);
  const own = await listMergedIds(tx, scope, [organisationId]);
  const byPlace = (some: Awaited<ReturnType<typeof listTakenPlaces>>) => new Map(some.map((place) => [`${place.subjectId} ${placeKey(place)}`, place]));
  const places = byPlace(await listTakenPlaces(tx, scope, ids));
  const takenBack = byPlace(await listTakenBack(tx, scope, ids, [...own.keys()]));
  const settled = new Map<WaitingRow, Settled>();
  const toOpen: { readonly row: WaitingRow; readonly asked: CaseToOpen; readonly findings: Findings }[] = [];
  for (const row of waiting) {
    const listed = people.get(row.partyId);
    if (listed === undefined) {
      settled.set(row, { row, outcome: 'left', caseId: null, findings: nothing });
      continue;
    }
    const { party, employer, isConfirmed } = listed;
    const at = (known: typeof places) => party.ids.map((id) => known.get(`${id} ${placeKey(row)}`)).find((place) => place !== undefined);
    const taken = at(places);
    if (taken !== undefined) {
      settled.set(row, { row, outcome: isConfirmed || own.has(taken.applicantId) ? 'exists' : 'checking', caseId: taken.caseId, findings: nothing });
      continue;
    }
    const refused = at(takenBack);
    if (refused !== undefined) {
      settled.set(row, { row, outcome: 'checking', caseId: refused.caseId, findings: nothing });
      continue;
    }
    const [offered] = offeredOf(packs, 'person', [row], today);
    if (offered === undefined) throw new RangeError('a benefit that is asked for is offered or refused');
    const evaluated = evaluate(listed, offered.pack, today);
    const result = resultOf(evaluated, offered);
    const findings = findingsOf(evaluated, result);
    if (result.status === 'no' && !filesUnlikely) {
      settled.set(row, { row, outcome: 'unlikely', caseId: null, findings });
      continue;
    }
    const asked: CaseToOpen = {
      subjectId: party.partyId,
      employerId: employer.partyId,
      benefitId: row.benefitId,
      period: row.period,
      jurisdictionCode: employer.jurisdictionCode,
      pack: offered.pack,
      settingsYear: Number(today.slice(0, 4)),
      engineStatus: result.status,
      expectedFen: expectedFenOf(result),
      evidenceIds,
    };
    toOpen.push({ row, asked, findings });
  }
  const opened = await openCases(tx, scope, parts.cases, { applicationId, applicantId: organisationId, cases: toOpen.map(({ asked }) => asked), now });
  for (const [at, { row, findings }] of toOpen.entries()) {
    const one = opened[at];
    // Somebody was faster since the look: whose case it is nobody has looked.
    if (one !== undefined) settled.set(row, 'refusal' in one ? { row, outcome: people.get(row.partyId)?.isConfirmed === true ? 'exists' : 'checking', caseId: one.caseId, findings: nothing } : { row, outcome: 'filed', caseId: one.caseId, findings });
  }
  return waiting.flatMap((row) => settled.get(row) ?? []);
}

/** Somebody of the list who still works there; undefined for one who left or is deleted. */
async function findListed(tx: Tx, scope: Scope<'application.file'>, parts: IntakeParts, { organisationId, toldBy }: ApplicationList, partyId: string, now: Date): Promise<Listed | undefined> {
  // The list itself leads to its people, also to those whose employment nobody else has confirmed yet.
  const party = await findPartyInReach(tx, jobScope(scope.tenantId, JOB, 'application.work'), partyId);
  const employer = party === undefined ? undefined : await findEmployer(tx, scope, party, now, organisationId);
  if (party === undefined || employer === undefined) return undefined;
  const isConfirmed = (await findPartyInReach(tx, scope, partyId)) !== undefined;
  return { party, employer, isConfirmed, known: await seeFacts(tx, scope, parts, { party, employer, toldBy, now }), evaluated: new Map() };
}

function evaluate({ known, evaluated }: Listed, pack: PinnedPack, today: string): EvaluatedBenefits {
  const before = evaluated.get(pack.packHash);
  if (before !== undefined) return before;
  const made = pack.evaluate(known, today);
  evaluated.set(pack.packHash, made);
  return made;
}

function placeKey({ policyId, benefitId, period }: Pick<WaitingRow, 'policyId' | 'benefitId' | 'period'>): string {
  return `${policyId}/${benefitId}/${period}`;
}
