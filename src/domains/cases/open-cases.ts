// Files cases: one for each benefit of an application; of one person, benefit and time there is one, however many ask at once.

import { Refusal } from '../../contract/errors.ts';
import type { WorkingCalendar } from '../../policy/index.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { KeptWhileUnchanged } from '../../storage/kept-while-unchanged.ts';
import { listDepartments, listJurisdictions } from '../departments/index.ts';
import { useEvidence } from '../evidence/index.ts';
import type { PinnedPack } from '../packs/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf, nameActor, noPapers, resolveParties } from '../registry/index.ts';
import { type EngineStatus, EVENT_SCHEMA_VERSION } from './case.ts';
import { type CaseRow, findApplication, findOpenCase, insertPapers, type NewApplication } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';
import { type FiledEvent, insertApplication, insertFiledCase, insertNewApplication } from './filing-store.ts';
import { type CaseClock, runClock, stillClock } from './clock.ts';
import { limitsOf } from './decide-case.ts';
import { fold } from './fold-case.ts';
import { DepartmentMissingError, planProcedure, type ProcedurePlan } from './procedure-plan.ts';
import { eventActorOf } from './reach-case.ts';
import { tellSubject } from './tell-applicant.ts';
import { type Directory, resolveDepartment } from './resolve-department.ts';

/** What a case's use of a paper is called. */
export const CASE_USE = 'case';

/** A case to be opened. Whoever asks has seen that the caller reaches the parties. */
export interface CaseToOpen {
  readonly subjectId: string;
  readonly employerId: string | null;
  readonly benefitId: string;
  /** For what time: a year such as `2026`, or `once`. */
  readonly period: string;
  /** Where the case belongs: where the employer sits, or the person. */
  readonly jurisdictionCode: string;
  /** The version in force, which the case pins. */
  readonly pack: PinnedPack;
  /** The year of the settings that `pack` has. */
  readonly settingsYear: number;
  readonly engineStatus: EngineStatus;
  /** What would be paid, in fen; null where no amount is known. */
  readonly expectedFen: number | null;
  readonly evidenceIds: readonly string[];
}

/** Cases of one application. */
export interface CasesToOpen {
  /** As {@link openNewApplication} or {@link openApplication} made it. */
  readonly applicationId: string;
  readonly applicantId: string;
  readonly cases: readonly CaseToOpen[];
  readonly now: Date;
  /** What this transaction has read already. */
  readonly read?: { readonly directory: Directory; /** Parties, none of which was merged into another. */ readonly inForce: readonly string[] };
}

const directories = new KeptWhileUnchanged<Directory>(['departments', 'jurisdictions']);

/** The departments and jurisdictions of the city, as cases are routed by them. */
export async function readDirectory(tx: Tx, { tenantId }: Scope<'application.file'>): Promise<Directory> {
  const reading = jobScope(tenantId, 'cases', 'department.read');
  return directories.get(tx, tenantId, '', async () => {
    const [departments, jurisdictions] = await Promise.all([listDepartments(tx, reading), listJurisdictions(tx, reading)]);
    return { departments, jurisdictions };
  });
}

/** What became of each. */
export type OpenedCase = { readonly caseId: string; readonly caseNumber: string } | { readonly refusal: 'case-exists'; readonly caseId: string };

/** Opens an application under an id that was made for it. */
export async function openNewApplication(tx: Tx, scope: Scope<'application.file'>, application: Omit<NewApplication, 'filedBy'>): Promise<void> {
  await insertNewApplication(tx, scope, { ...application, filedBy: nameActor(scope.actor) });
}

/** Opens an application. The same id again is the same application. @throws Refusal idempotency-key-reused where the id is somebody else's application. */
export async function openApplication(tx: Tx, scope: Scope<'application.file'>, application: Omit<NewApplication, 'filedBy'>): Promise<void> {
  if (await insertApplication(tx, scope, { ...application, filedBy: nameActor(scope.actor) })) return;
  const known = await findApplication(tx, scope, application.applicationId);
  if (known?.applicantId !== application.applicantId || known.channel !== application.channel) throw new Refusal('idempotency-key-reused');
}

/**
 * Opens a case for each benefit, in one transaction; where a place is taken, the case that has it is told instead. Two who file at once: the
 * second waits for the first and is told of its case.
 * @throws Refusal case-department-missing, not-found, evidence-unfit, changed-meanwhile; RangeError for a benefit that its pack lacks.
 */
export async function openCases(tx: Tx, scope: Scope<'application.file'>, tools: CaseTools, { applicationId, applicantId, cases, now, read }: CasesToOpen): Promise<readonly OpenedCase[]> {
  const today = dayOf(now);
  const toResolve = cases.map(({ subjectId }) => subjectId).filter((id) => read?.inForce.includes(id) !== true);
  const [directory, resolved] = await Promise.all([read?.directory ?? readDirectory(tx, scope), resolveParties(tx, scope, toResolve)]);
  const opened = new Map<CaseToOpen, OpenedCase>();
  // In one order of places, so that two applications for the same places never wait for each other in a circle.
  const inOrder = [...cases].sort((a, b) => compare(placeOf(a), placeOf(b)));
  for (const asked of inOrder) {
    const subjectId = read?.inForce.includes(asked.subjectId) === true ? asked.subjectId : resolved.get(asked.subjectId);
    if (subjectId === undefined) throw new Refusal('not-found');
    opened.set(asked, await openCase(tx, scope, tools, { ...asked, subjectId }, { applicationId, applicantId, now, today, directory }));
  }
  return cases.flatMap((asked) => opened.get(asked) ?? []);
}

/** The clock of a case that is filed on a day. */
export function startClock(plan: ProcedurePlan, today: string, calendar: WorkingCalendar): CaseClock {
  return runClock(stillClock, limitsOf(plan, 'filed', 0), today, calendar);
}

interface Opening {
  readonly applicationId: string;
  readonly applicantId: string;
  readonly now: Date;
  readonly today: string;
  readonly directory: Directory;
}

async function openCase(tx: Tx, scope: Scope<'application.file'>, tools: CaseTools, asked: CaseToOpen, { applicationId, applicantId, now, today, directory }: Opening): Promise<OpenedCase> {
  const { subjectId, employerId, benefitId, period, jurisdictionCode, pack, settingsYear, engineStatus, expectedFen, evidenceIds } = asked;
  const { policyId, packHash } = pack;
  const { plan, clock } = wayOf(asked, directory, today, tools.calendar);
  const caseId = newId();
  const caseNumber = await tools.numbers.take(tx, scope, jurisdictionCode, Number(today.slice(0, 4)));
  const event: FiledEvent = {
    kind: 'filed',
    data: { caseNumber, applicationId, applicantId, subjectId, employerId, policyId, benefitId, period, jurisdictionCode, packHash, settingsYear, engineStatus, expectedFen, plan, clock },
    number: 1,
    schemaVersion: EVENT_SCHEMA_VERSION,
    at: now,
    actor: eventActorOf(scope.actor),
  };
  const row: CaseRow = { ...fold(undefined, event), caseId };
  const filing = await insertFiledCase(tx, scope, row, event);
  // Where the person was merged since this transaction looked, whoever asks again is told of the other one's case.
  if (filing === 'doubled') throw new Refusal('changed-meanwhile');
  if (filing === 'taken') {
    const faster = await findOpenCase(tx, scope, row);
    if (faster === undefined) throw new Refusal('changed-meanwhile');
    return { refusal: 'case-exists', caseId: faster };
  }
  await restOn(tx, scope.tenantId, tools, row, evidenceIds, now);
  await insertPapers(tx, scope, caseId, evidenceIds, 'filing', now);
  await tellSubject(tx, scope, tools, row, now);
  return { caseId, caseNumber };
}

/** The case rests on papers of its person or employer from now on. @throws Refusal evidence-unfit, not-found. */
export async function restOn(tx: Tx, tenantId: number, { registry: { papers = noPapers } }: Pick<CaseTools, 'registry'>, row: CaseRow, evidenceIds: readonly string[], now: Date): Promise<void> {
  const scope = jobScope(tenantId, 'cases', 'evidence.use');
  const partyIds = [row.subjectId, row.applicantId, ...(row.employerId === null ? [] : [row.employerId])];
  for (const evidenceId of evidenceIds) {
    await papers.require(tx, scope, { evidenceId, partyIds, on: dayOf(now) });
    await useEvidence(tx, scope, evidenceId, { userKind: CASE_USE, userId: row.caseId }, now);
  }
}

/** What a case begins with. */
interface Way {
  readonly plan: ProcedurePlan;
  readonly clock: CaseClock;
}

/** Those of one day, by benefit and place. */
interface DayOfWays {
  readonly today: string;
  readonly ways: Map<string, Way>;
}

/** Alike for all who file on one day for one benefit and place; those of the day before are of no use to anybody. */
const waysOf = new WeakMap<Directory, WeakMap<PinnedPack, DayOfWays>>();

function wayOf({ pack, benefitId, jurisdictionCode }: CaseToOpen, directory: Directory, today: string, calendar: WorkingCalendar): Way {
  const ofDirectory = waysOf.get(directory) ?? new WeakMap<PinnedPack, DayOfWays>();
  waysOf.set(directory, ofDirectory);
  const kept = ofDirectory.get(pack);
  const ways = kept?.today === today ? kept.ways : new Map<string, Way>();
  if (ways !== kept?.ways) ofDirectory.set(pack, { today, ways });
  const key = `${benefitId} ${jurisdictionCode}`;
  const known = ways.get(key);
  if (known !== undefined) return known;
  const plan = planOf(pack, benefitId, jurisdictionCode, directory, today);
  const made: Way = { plan, clock: startClock(plan, today, calendar) };
  ways.set(key, made);
  return made;
}

function planOf(pack: PinnedPack, benefitId: string, jurisdictionCode: string, directory: Directory, today: string): ProcedurePlan {
  try {
    return planProcedure(pack, benefitId, (name) => resolveDepartment(name, jurisdictionCode, directory, today));
  } catch (error) {
    if (error instanceof DepartmentMissingError) throw new Refusal('case-department-missing', { name: error.departmentName });
    throw error;
  }
}

function placeOf({ subjectId, pack, benefitId, period }: CaseToOpen): string {
  return `${subjectId} ${pack.policyId} ${benefitId} ${period}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
