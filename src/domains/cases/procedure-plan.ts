// How a case goes: the steps of review with the departments that act at the same time, working days, publicity, and who must be somebody else.

import { type Benefit, type Policy, type Words } from '../../policy/index.ts';
import { type PinnedPack, promiseName, publicityName } from '../packs/index.ts';

/** A department that acts in a case. */
export interface ActingDepartment {
  readonly departmentId: string;
  /** As the pack or the officer who added it names it. */
  readonly name: string;
}

/** One step of the review: all its departments give an opinion, side by side. */
export interface PlannedStep {
  readonly title: Words;
  readonly departments: readonly ActingDepartment[];
  /** Null where only the time for the whole case is promised. */
  readonly workingDays: number | null;
}

/** What somebody does to a case that another act of the same case may exclude. */
export type Act = 'file' | 'accept' | 'review' | 'decide' | 'answer-appeal';

/** The way of a case, fixed when it is filed. */
export interface ProcedurePlan {
  /** The procedure of the pack; null where the document describes none. */
  readonly procedureId: string | null;
  /** Who accepts. */
  readonly acceptBy: ActingDepartment;
  readonly steps: readonly PlannedStep[];
  readonly decideBy: ActingDepartment;
  /** Working days to accept or decline, from the day after filing. */
  readonly acceptanceDays: number;
  /** Working days from acceptance to decision as promised, and by law where it says. */
  readonly promisedDays: number;
  readonly legalDays: number | null;
  /** Working days to answer an appeal. */
  readonly appealDays: number;
  /** Working days for which a grant is published; null where it is not. */
  readonly publicityDays: number | null;
  /** Acts that one person must not do both of. */
  readonly apart: readonly (readonly [Act, Act])[];
}

/** Finds the department that a pack's name means for a case; undefined where the city has none. */
export type FindDepartment = (name: string) => ActingDepartment | undefined;

/** A department that the plan needs and the city does not have. */
export class DepartmentMissingError extends Error {
  readonly departmentName: string;
  constructor(departmentName: string) {
    super(`no department for ${departmentName}`);
    this.name = 'DepartmentMissingError';
    this.departmentName = departmentName;
  }
}

/** 行政许可法 第三十二条: five days to say what is missing. */
const ACCEPTANCE_DAYS = 5;
/** 行政许可法 第四十二条: twenty days where nothing shorter is promised. */
const PROMISED_DAYS = 20;
const APPEAL_DAYS = 20;
/** What is paid is published for five working days where the document says nothing else. */
const PUBLICITY_DAYS = 5;

/** Always: who reviews or decides is not who filed, who decides is not who reviewed, and an appeal is somebody else's. */
const always: readonly (readonly [Act, Act])[] = [
  ['file', 'review'],
  ['file', 'decide'],
  ['review', 'decide'],
  ['decide', 'decide'],
  ['accept', 'answer-appeal'],
  ['review', 'answer-appeal'],
  ['decide', 'answer-appeal'],
];

type Procedure = Policy['procedures'][number];
type Step = Procedure['steps'][number];
type StepKind = Step['kind'];

/** What begins with an application: steps before it are not a case's. */
const openings: readonly StepKind[] = ['application', 'report'];
/** What comes after the decision. */
const endings: readonly StepKind[] = ['publication', 'signing', 'payment'];
const reviews: readonly StepKind[] = ['first-review', 'second-review', 'appraisal', 'inspection', 'medical', 'decision'];

/**
 * The plan of a benefit.
 * @throws RangeError for a benefit that the pack lacks; DepartmentMissingError where nobody could accept or decide.
 */
export function planProcedure(pack: Pick<PinnedPack, 'policy' | 'promises'>, benefitId: string, findDepartment: FindDepartment): ProcedurePlan {
  const benefit = pack.policy.benefits.find(({ id }) => id === benefitId);
  if (benefit === undefined) throw new RangeError(`${pack.policy.id} has no benefit ${benefitId}`);
  const procedure = pack.policy.procedures.find(({ id }) => id === benefit.procedure);
  const lead = findDepartment(benefit.lead) ?? (procedure === undefined ? undefined : findDepartment(procedure.lead));
  if (lead === undefined) throw new DepartmentMissingError(benefit.lead);
  const daysOf = (step: Step): number | null => (procedure === undefined ? null : (pack.promises[promiseName(procedure.id, procedure.steps.indexOf(step) + 1)] ?? step.workingDays ?? null));
  const actorsOf = (step: Step): readonly ActingDepartment[] => unique([step.by, ...step.jointly].flatMap((name) => findDepartment(name) ?? []));

  const own = procedure === undefined ? [] : stepsOfCase(procedure);
  const planned = own
    .filter(({ kind }) => reviews.includes(kind))
    .map((step) => ({ step, departments: actorsOf(step), workingDays: daysOf(step) }))
    .filter(({ departments }) => departments.length > 0);
  const steps: readonly PlannedStep[] =
    planned.length === 0 ? [{ title: { zh: '审核', en: 'Review' }, departments: [lead], workingDays: null }] : planned.map(({ step, departments, workingDays }) => ({ title: step.title, departments, workingDays }));
  const acceptance = own.find(({ kind }) => kind === 'acceptance');
  const decision = planned.findLast(({ step }) => step.kind === 'decision');
  const publication = procedure?.steps.find(({ kind }) => kind === 'publication');
  const publicized = procedure === undefined ? undefined : pack.promises[publicityName(procedure.id)];
  const stated = steps.every(({ workingDays }) => workingDays !== null) ? steps.reduce((sum, { workingDays }) => sum + (workingDays ?? 0), 0) : null;
  return {
    procedureId: procedure?.id ?? null,
    acceptBy: (acceptance === undefined ? undefined : actorsOf(acceptance)[0]) ?? lead,
    steps,
    decideBy: decision?.departments[0] ?? lead,
    acceptanceDays: (acceptance === undefined ? null : daysOf(acceptance)) ?? ACCEPTANCE_DAYS,
    promisedDays: benefit.service?.promisedDays ?? stated ?? PROMISED_DAYS,
    legalDays: benefit.service?.legalDays ?? null,
    appealDays: APPEAL_DAYS,
    publicityDays: publicized ?? (publication !== undefined || isPaid(benefit) ? PUBLICITY_DAYS : null),
    // 初审 and 复审 are two looks by two people.
    apart: own.some(({ kind }) => kind === 'second-review') ? [...always, ['review', 'review']] : always,
  };
}

/** The steps between an application and what follows the decision. */
function stepsOfCase({ steps }: Procedure): readonly Step[] {
  const opening = steps.findIndex(({ kind }) => openings.includes(kind));
  const after = steps.slice(opening + 1);
  const end = after.findIndex(({ kind }) => endings.includes(kind));
  return end < 0 ? after : after.slice(0, end);
}

function isPaid({ kind, amount }: Benefit): boolean {
  return (kind === 'grant' || kind === 'award') && amount.kind !== 'none';
}

function unique(departments: readonly ActingDepartment[]): readonly ActingDepartment[] {
  return departments.filter(({ departmentId }, index) => departments.findIndex((each) => each.departmentId === departmentId) === index);
}
