// Tells cases to whoever may see them: what the applicant reads, and what only officers do.

import { caseStatusWords } from '../../contract/case-statuses.ts';
import type { CaseDetail, CaseHistoryEntry, CaseItem, CaseSummary } from '../../contract/cases-endpoints.ts';
import { type ErrorCode, Refusal, tellError } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { type Actor, jobScope, type Scope, scopeAlso } from '../permissions/index.ts';
import { dayOf, factsForEvaluation, getPartyInReach, idsToTell, readOrganisations, readPeople } from '../registry/index.ts';
import { type CaseEvent, stepTitle, tasksOf } from './case.ts';
import { type CaseRow, listEvents, listPapersOf, listTexts } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';
import { eventWords } from './case-words.ts';
import { type CaseCommand, type CommandKind, commandPermissions } from './commands.ts';
import { decide } from './decide-case.ts';
import { eventActorOf, isReached } from './reach-case.ts';
import { listCasesOfMatter } from './same-matter.ts';
import { openText } from './seal-text.ts';
import { capOf, findCapStanding, tellCap } from './total-cap.ts';

type Language = 'zh' | 'en';

/** The short form that every command answers. */
export function tellSummary(row: CaseRow, language: Language): CaseSummary {
  const { caseId, caseNumber, version, status, lateness, progress } = row;
  return { caseId, caseNumber, version, status, statusWords: caseStatusWords[status][language], stepTitle: status === 'in-review' ? (stepTitle(row) ?? null) : null, dueOn: progress.clock.dueOn, lateness };
}

/** Cases as a list shows them; they have to be within reach already. */
export async function tellItems(tx: Tx, scope: Scope<'case.read'>, tools: Pick<CaseTools, 'packs' | 'protector'>, rows: readonly CaseRow[], language: Language): Promise<CaseItem[]> {
  const ids = [...new Set(rows.flatMap(({ subjectId, employerId }) => (employerId === null ? [subjectId] : [subjectId, employerId])))];
  const named = [...(await readPeople(tx, scope, ids)), ...(await readOrganisations(tx, scope, ids))];
  const names = new Map(named.map(({ partyId, name }) => [partyId, name]));
  const idOf = await idsToTell(tx, scope, tools.protector, rows.map(({ subjectId }) => subjectId));
  const titles = new Map<string, CaseItem['benefitTitle']>();
  for (const { packHash, settingsYear, policyId, benefitId } of rows) {
    const key = `${packHash} ${benefitId}`;
    if (titles.has(key)) continue;
    const { policy } = await tools.packs.pinned(tx, scope, packHash, settingsYear);
    titles.set(key, policy.benefits.find(({ id }) => id === benefitId)?.title ?? { zh: `${policyId}/${benefitId}`, en: `${policyId}/${benefitId}` });
  }
  const isOfficer = scope.reach.kind === 'jurisdictions';
  return rows.map((row) => ({
    ...tellSummary(row, language),
    applicationId: row.applicationId,
    subject: { partyId: idOf(row.subjectId), name: names.get(row.subjectId) ?? '' },
    employer: row.employerId === null ? null : { partyId: row.employerId, name: names.get(row.employerId) ?? '' },
    policyId: row.policyId,
    benefitId: row.benefitId,
    benefitTitle: titles.get(`${row.packHash} ${row.benefitId}`) ?? { zh: row.benefitId, en: row.benefitId },
    period: row.period,
    jurisdictionCode: row.jurisdictionCode,
    isHeld: row.progress.holdReasons.length > 0,
    engineStatus: row.engineStatus,
    expectedFen: row.expectedFen,
    grantedFen: row.grantedFen,
    ...(isOfficer ? assigneeOf(row, scope.actor) : { assignee: null, assigneeId: null }),
    acceptBy: row.progress.plan.acceptBy.name,
    decideBy: row.progress.plan.decideBy.name,
    waitsUntil: waitsUntil(row),
    filedAt: row.filedAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
  }));
}

/** The last day of what is waited for now; null where nothing is, or no day can be told. */
function waitsUntil({ status, progress: { supplement, publication, clock } }: CaseRow): string | null {
  if (status === 'awaiting-supplement') return supplement?.dueOn ?? null;
  return status === 'in-publication' ? (publication?.untilOn ?? null) : clock.dueOn;
}

/** Who has the part of the caller's department; null where it has none now. */
function assigneeOf(row: CaseRow, { capacity, accountId }: Actor): Pick<CaseItem, 'assignee' | 'assigneeId'> {
  const departmentId = capacity.kind === 'officer' ? capacity.departmentId : '';
  const task = tasksOf(row).find((each) => each.departmentId === departmentId);
  if (task === undefined) return { assignee: null, assigneeId: null };
  const { assigneeId } = task;
  return { assignee: assigneeId === null ? 'nobody' : assigneeId === accountId ? 'me' : 'colleague', assigneeId };
}

/** One case whole. */
export async function tellCase(tx: Tx, scope: Scope<'case.read'>, tools: CaseTools, row: CaseRow, now: Date, language: Language): Promise<CaseDetail> {
  const [item] = await tellItems(tx, scope, tools, [row], language);
  if (item === undefined) throw new RangeError('a case is told as an item first');
  const isOfficer = scope.reach.kind === 'jurisdictions';
  const texts = await readTexts(tx, scope, tools, row, isOfficer);
  const sameMatter = await tellSameMatter(tx, scope, tools, row, now, language);
  // What other employers asked for an agent does not learn.
  const totalCap = isOfficer ? await tellTotalCap(tx, scope, tools, row) : null;
  const { progress, status, step } = row;
  const { plan, clock, supplement } = progress;
  const done = ['deciding', 'refused', 'granted', 'in-publication', 'settled', 'revoked', 'in-appeal'].includes(status) ? plan.steps.length : step - 1;
  return {
    ...item,
    decisionId: row.decisionId,
    steps: plan.steps.map(({ title, workingDays, departments }, at) => ({
      title,
      workingDays,
      departments: departments.map(({ departmentId, name }) => {
        const given = progress.opinions.find((each) => each.step === at + 1 && each.departmentId === departmentId);
        const words = given?.textId === null || given === undefined ? null : (texts.get(given.textId) ?? null);
        return { departmentId, name, hasSpoken: given !== undefined, opinion: given === undefined || !isOfficer ? null : { opinion: given.opinion, words } };
      }),
      state: at + 1 <= done ? 'done' : at + 1 === step && step > 0 ? 'now' : 'later',
    })),
    promisedDays: plan.promisedDays,
    legalDueOn: clock.legalDueOn,
    missingYear: clock.missingYear,
    isClockStopped: status === 'awaiting-supplement',
    supplement: supplement === null ? null : { words: texts.get(supplement.textId) ?? '', papers: [...supplement.papers], facts: [...supplement.facts], dueOn: supplement.dueOn },
    promises: progress.promises.map(({ paper, dueOn, state }) => ({ paper, dueOn, state })),
    // What holds it is the officers' to know; that it is held everybody sees.
    holds: isOfficer ? progress.holdReasons.map(({ reason, referenceId }) => ({ reason, referenceId })) : [],
    publication: progress.publication === null ? null : { ...progress.publication },
    papers: (await listPapersOf(tx, scope, row.caseId)).map(({ evidenceId, occasion }) => ({ evidenceId, occasion })),
    undoUntil: status === 'withdrawn' ? progress.undoUntil : null,
    sameMatter,
    totalCap,
    ...keptByCap(keptByMatter(commandsFor(row, scope, tools, now, language), sameMatter, language), totalCap, language),
  };
}

/** The other cases of the matter, as far as the caller may know of them: officers have to decide beside them, whoever they are filed with. */
async function tellSameMatter(tx: Tx, scope: Scope<'case.read'>, { packs }: Pick<CaseTools, 'packs'>, row: CaseRow, now: Date, language: Language): Promise<CaseDetail['sameMatter']> {
  const pack = await packs.pinned(tx, scope, row.packHash, row.settingsYear);
  const { ids } = await getPartyInReach(tx, jobScope(scope.tenantId, 'cases', 'fact.read'), row.subjectId);
  const told: CaseDetail['sameMatter'] = [];
  for (const { row: other, matter, isGranted } of await listCasesOfMatter(tx, scope, { packs }, row, ids, pack, now)) {
    const isOpenable = await isReached(tx, scope, other);
    if (!isOpenable && scope.reach.kind !== 'jurisdictions') continue;
    const { policy } = await packs.pinned(tx, scope, other.packHash, other.settingsYear);
    told.push({
      caseId: other.caseId,
      caseNumber: other.caseNumber,
      benefitTitle: policy.benefits.find(({ id }) => id === other.benefitId)?.title ?? { zh: other.benefitId, en: other.benefitId },
      status: other.status,
      statusWords: caseStatusWords[other.status][language],
      isGranted,
      words: matter.words,
      isOpenable,
    });
  }
  return told;
}

/** What is left for a case of what all grants of its benefit to the person may come to. */
async function tellTotalCap(tx: Tx, scope: Scope<'case.read'>, { packs }: Pick<CaseTools, 'packs'>, row: CaseRow): Promise<CaseDetail['totalCap']> {
  const pack = await packs.pinned(tx, scope, row.packHash, row.settingsYear);
  if (capOf(pack, row.benefitId) === undefined) return null;
  const { ids } = await getPartyInReach(tx, jobScope(scope.tenantId, 'cases', 'fact.read'), row.subjectId);
  return (await findCapStanding(tx, scope, row, ids, pack)) ?? null;
}

/** Nothing is granted once nothing is left. */
function keptByCap({ can, cannot }: Pick<CaseDetail, 'can' | 'cannot'>, totalCap: CaseDetail['totalCap'], language: Language): Pick<CaseDetail, 'can' | 'cannot'> {
  if (totalCap === null || totalCap.leftFen > 0 || !can.includes('grant')) return { can, cannot };
  const code = 'case-total-over';
  return { can: can.filter((command) => command !== 'grant'), cannot: [...cannot, { command: 'grant', code, words: tellError(code, tellCap(totalCap), language) }] };
}

/** Nothing is granted beside what was granted of the same matter. */
function keptByMatter({ can, cannot }: Pick<CaseDetail, 'can' | 'cannot'>, sameMatter: CaseDetail['sameMatter'], language: Language): Pick<CaseDetail, 'can' | 'cannot'> {
  const first = sameMatter.find(({ isGranted }) => isGranted);
  if (first === undefined || !can.includes('grant')) return { can, cannot };
  const code = 'case-same-matter';
  return { can: can.filter((command) => command !== 'grant'), cannot: [...cannot, { command: 'grant', code, words: tellError(code, { number: first.caseNumber }, language) }] };
}

/** A trial of each command, with what it would take. */
const trials: readonly CaseCommand[] = [
  { kind: 'accept' }, { kind: 'decline' }, { kind: 'ask-supplement', papers: [], facts: [], workingDays: 1 }, { kind: 'answer-supplement' }, { kind: 'lapse' }, { kind: 'give-opinion', opinion: 'agree' },
  { kind: 'return-to-step', step: 1 }, { kind: 'grant', decisionId: '', amountFen: null }, { kind: 'refuse', decisionId: '' }, { kind: 'change', decisionId: '', amountFen: 1 }, { kind: 'revoke', decisionId: '' }, { kind: 'withdraw' }, { kind: 'undo-withdraw' },
  { kind: 'appeal' }, { kind: 'answer-appeal', outcome: 'upheld' }, { kind: 'claim' }, { kind: 'give-back' }, { kind: 'note' }, { kind: 'transfer', departmentId: 'other' }, { kind: 'add-signer', departmentId: 'other' },
];

/** Refusals that say no more than that it is not the time or the caller's turn, which the page tells by itself. */
const plainRefusals: readonly ErrorCode[] = ['case-not-claimed', 'case-not-yours', 'case-promise-unknown', 'case-reason-needed', 'case-role-unfit', 'case-status-unfit', 'case-step-first', 'case-step-unfit'];

/** What the caller could do now, and what only something else keeps from: asked of the machine itself, with everything written that it wants. */
function commandsFor(row: CaseRow, scope: Scope, { calendar }: Pick<CaseTools, 'calendar'>, now: Date, language: Language): Pick<CaseDetail, 'can' | 'cannot'> {
  const { actor } = scope;
  const roles = actor.capacity.kind === 'officer' ? actor.capacity.roles : [];
  const context = { actor: eventActorOf(actor), roles, now, today: dayOf(now), calendar, textId: 'text', departments: new Map([['other', '']]) };
  const { promises } = row.progress;
  const promised = promises.flatMap(({ paper, state }): readonly CaseCommand[] => (state === 'kept' ? [] : [{ kind: 'keep-promise', paper, evidenceId: '' }, { kind: 'break-promise', paper }]));
  const assigned: readonly CaseCommand[] = actor.capacity.kind === 'officer' ? [{ kind: 'assign', departmentId: actor.capacity.departmentId, accountId: 'other' }] : [];
  const can = new Set<CommandKind>();
  const cannot = new Map<CommandKind, CaseDetail['cannot'][number]>();
  for (const command of [...trials, ...assigned, ...promised]) {
    const { kind } = command;
    if (!mayDo(scope, commandPermissions[kind])) continue;
    const decided = decide(row, command, context);
    if ('events' in decided) {
      if (decided.events.length > 0) can.add(kind);
    } else {
      const { code, values = {} } = decided.refusal;
      if (!plainRefusals.includes(code)) cannot.set(kind, { command: kind, code, words: tellError(code, values, language) });
    }
  }
  return { can: [...can], cannot: [...cannot.values()].filter(({ command }) => !can.has(command as CommandKind)) };
}

function mayDo(scope: Scope, permission: Scope['permission']): boolean {
  try {
    scopeAlso(scope, permission);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** What only officers see of a history. */
const inward: readonly CaseEvent['kind'][] = ['noted', 'assigned', 'escalated', 'opinion-given', 'held', 'released'];

/** What happened, the earliest first. */
export async function historyOf(tx: Tx, scope: Scope<'case.read'>, tools: Pick<CaseTools, 'protector'>, row: CaseRow, language: Language): Promise<CaseHistoryEntry[]> {
  const isOfficer = scope.reach.kind === 'jurisdictions';
  const texts = await readTexts(tx, scope, tools, row, isOfficer);
  const events = await listEvents(tx, scope, row.caseId);
  return events
    .filter(({ kind }) => isOfficer || !inward.includes(kind))
    .map((event) => {
      const textId = 'textId' in event.data ? event.data.textId : null;
      const { kind, accountId, departmentId } = event.actor;
      return {
        number: event.number,
        kind: event.kind,
        kindWords: eventWords[event.kind][language],
        at: event.at.toISOString(),
        by: { kind, departmentId, accountId: isOfficer ? accountId : null },
        // Notes stand in their own list, which finance and leaders may not have.
        words: textId === null || event.kind === 'noted' ? null : (texts.get(textId) ?? null),
      };
    });
}

/** Notes among officers, the newest first. */
export async function tellNotes(tx: Tx, scope: Scope<'case.note'>, tools: Pick<CaseTools, 'protector'>, row: CaseRow) {
  const events = await listEvents(tx, scope, row.caseId);
  const ids = new Set(events.flatMap((event) => (event.kind === 'noted' ? [event.data.textId] : [])));
  const texts = await listTexts(tx, scope, row.caseId, true);
  return texts
    .filter(({ textId }) => ids.has(textId))
    .map((text) => ({ noteId: text.textId, words: openText(tools.protector, scope.tenantId, text, text.textSealed), at: text.writtenAt.toISOString(), accountId: text.accountId, departmentId: text.departmentId }))
    .reverse();
}

/** What the engine says of a case's benefit by what is known now, for the day on which it was filed; sensitive facts as far as the caller may see them. */
export async function tellExplanation(tx: Tx, scope: Scope<'case.read'>, tools: CaseTools, row: CaseRow, now: Date, language: Language) {
  const on = dayOf(row.filedAt);
  // Officers of the case may know what it rests on, wherever the person is registered; sensitive facts are for those whom the table names.
  const isOfficer = scope.reach.kind === 'jurisdictions';
  const reading = isOfficer ? jobScope(scope.tenantId, 'cases', 'fact.read') : scopeAlso(scope, 'fact.read');
  const purpose = isOfficer && !mayDo(scope, 'fact.read-sensitive') ? undefined : 'eligibility';
  const pack = await tools.packs.pinned(tx, scope, row.packHash, row.settingsYear);
  const { facts, origins, withheld, subject } = await factsForEvaluation(tx, reading, tools.registry, row.subjectId, { on, knownAt: now, purpose, askedAt: now });
  const evaluated = pack.evaluate({ subject, facts }, on);
  const result = evaluated.result(row.benefitId);
  const explanation = result === undefined ? null : evaluated.explanation(language);
  return {
    on,
    status: result?.status ?? ('not-in-force' as const),
    amount: result?.amount === undefined ? null : { ...result.amount },
    missing: [...(result?.missing ?? [])],
    explanation: explanation === null ? null : { ...explanation, benefits: explanation.benefits.filter(({ benefit }) => benefit === row.benefitId) },
    facts,
    origins,
    withheld: withheld.map(({ name }) => name),
  };
}

async function readTexts(tx: Tx, scope: Scope<'case.read'>, { protector }: Pick<CaseTools, 'protector'>, { caseId }: CaseRow, all: boolean): Promise<ReadonlyMap<string, string>> {
  const texts = await listTexts(tx, scope, caseId, all);
  return new Map(texts.map((text) => [text.textId, openText(protector, scope.tenantId, text, text.textSealed)]));
}
