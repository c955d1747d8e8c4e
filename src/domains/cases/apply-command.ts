// The one way by which a case changes: locks it, decides, writes events, row and what waits for whom, all in the caller's transaction.

import { Refusal } from '../../contract/errors.ts';
import { officerRoles } from '../../contract/permissions.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { listDepartments, listJurisdictions } from '../departments/index.ts';
import { releaseEvidence } from '../evidence/index.ts';
import { jobScope, type Scope, scopeAlso } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { type CaseEvent, type CaseStatus, closedStatuses, EVENT_SCHEMA_VERSION, type HoldReason, tasksOf } from './case.ts';
import { type CaseRow, type ChangingScope, insertEvents, insertPapers, insertText, isAppointedTo, listPapersOf, type PaperOccasion, replaceTasks, updateCase } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';
import { type CaseCommand, type CommandContext, type CommandKind, commandPermissions, rolesFor } from './commands.ts';
import { decide } from './decide-case.ts';
import { decideBenefit } from './decide-benefit.ts';
import { fold } from './fold-case.ts';
import { CASE_USE, restOn } from './open-cases.ts';
import { eventActorOf, reachCaseToChange } from './reach-case.ts';
import { departmentsFor } from './resolve-department.ts';
import { sealText } from './seal-text.ts';
import { tellApplicant } from './tell-applicant.ts';

/** A command as it is given: a decision gets its id, and a grant its amount, when it is made. */
export type CommandInput =
  | Exclude<CaseCommand, { readonly kind: 'grant' | 'refuse' | 'change' | 'revoke' }>
  /** Days are given where the document gives none. */
  | { readonly kind: 'grant'; readonly amountFen?: number | undefined; readonly instalments?: readonly { readonly due: string; readonly fen: number }[] | undefined }
  | { readonly kind: 'refuse' }
  /** Without an amount the days alone change; without days what is left goes by the days that it had. */
  | { readonly kind: 'change'; readonly amountFen?: number | undefined; readonly instalments?: readonly { readonly due: string; readonly fen: number }[] | undefined }
  | { readonly kind: 'revoke' };

/** A command with what belongs to it. */
export interface CommandRequest {
  readonly command: CommandInput;
  /** What is written with it: a reason, a request, an answer. */
  readonly words?: string | undefined;
  /** The version that the caller saw; without it any. */
  readonly version?: number | undefined;
  /** Papers handed in with an answer, a promise kept, an appeal. */
  readonly evidenceIds?: readonly string[] | undefined;
}

/** What only officers read. */
const inward: readonly CommandKind[] = ['give-opinion', 'return-to-step', 'transfer', 'add-signer', 'break-promise', 'note'];
const occasions: Readonly<Partial<Record<CommandKind, PaperOccasion>>> = { 'answer-supplement': 'supplement', 'keep-promise': 'promise', appeal: 'appeal' };

/**
 * Carries out a command. Where what it wants is so already nothing is written.
 * @param scope of the very permission that the command needs
 * @throws Refusal not-found, changed-meanwhile, and whatever the state, the caller's part in the case, the decision or the ledger refuses
 */
export async function applyCommand(tx: Tx, scope: ChangingScope, tools: CaseTools, caseId: string, request: CommandRequest, now: Date): Promise<CaseRow> {
  const { command, words, version, evidenceIds = [] } = request;
  if (commandPermissions[command.kind] !== scope.permission) throw new RangeError(`${command.kind} is not done by ${scope.permission}`);
  const row = await reachCaseToChange(tx, scope, caseId);
  if (version !== undefined && version !== row.version) throw new Refusal('changed-meanwhile');
  if (command.kind === 'assign' && command.accountId !== null) await refuseUnfitOfficer(tx, scopeAlso(scope, 'case.assign'), row, { ...command, accountId: command.accountId }, dayOf(now));
  const text = words?.trim() ?? '';
  const context: CommandContext = {
    actor: eventActorOf(scope.actor),
    roles: scope.actor.capacity.kind === 'officer' ? scope.actor.capacity.roles : [],
    now,
    today: dayOf(now),
    calendar: tools.calendar,
    textId: text === '' ? null : newId(),
    departments: command.kind === 'transfer' || command.kind === 'add-signer' ? await departmentsOf(tx, scope, row, dayOf(now)) : new Map(),
  };
  const decisionId = newId();
  const asked = withDecision(command, row, decisionId);
  const events = decidedEvents(row, asked, context);
  if (events.length === 0) return row;

  let final = events;
  if (asked.kind === 'grant' || asked.kind === 'refuse' || asked.kind === 'change' || asked.kind === 'revoke') {
    refuseUnprintable(tools, text);
    const amountFen = command.kind === 'grant' ? command.amountFen : asked.kind === 'change' ? asked.amountFen : undefined;
    const instalments = command.kind === 'change' || command.kind === 'grant' ? command.instalments : undefined;
    const deciding = { decisionId, kind: asked.kind, amountFen, instalments, reasons: text, departmentId: context.actor.departmentId ?? row.progress.plan.decideBy.departmentId, now };
    const grantedFen = await decideBenefit(tx, scopeAlso(scope, 'case.decide'), tools, row, deciding);
    // The same decision again, with the amount that was worked out.
    if (asked.kind === 'grant') final = decidedEvents(row, { ...asked, amountFen: grantedFen }, context);
  }
  const stored = final.map((body, index): CaseEvent => ({ ...body, number: row.version + index + 1, schemaVersion: EVENT_SCHEMA_VERSION, at: now, actor: context.actor }));
  const after: CaseRow = { ...stored.reduce<CaseRow>((state, event) => ({ ...fold(state, event), caseId }), row), caseId };
  const { actor, textId } = context;
  if (textId !== null) {
    const audience = inward.includes(command.kind) ? 'officers' : 'everybody';
    const textSealed = sealText(tools.protector, scope.tenantId, { caseId, textId }, text);
    await insertText(tx, scope, { caseId, textId, audience, textSealed, writtenAt: now, accountId: actor.accountId, departmentId: actor.departmentId });
  }
  const handedIn = command.kind === 'keep-promise' ? [command.evidenceId] : evidenceIds;
  const occasion = occasions[command.kind];
  if (occasion !== undefined && handedIn.length > 0) {
    await restOn(tx, scope.tenantId, tools, row, handedIn, now);
    await insertPapers(tx, scope, caseId, handedIn, occasion, now);
  }
  await insertEvents(tx, scope, caseId, stored);
  await updateCase(tx, scope, row, after);
  await replaceTasks(tx, scope, after);
  await followPapers(tx, scope.tenantId, tools, row.status, after, now);
  await tellApplicant(tx, scope, tools, after, stored);
  return after;
}

/** Holds a case in the state that it is in; the same reference again changes nothing. */
export function hold(tx: Tx, scope: Scope<'case.hold'>, tools: CaseTools, caseId: string, { reason, referenceId }: { readonly reason: HoldReason; readonly referenceId: string }, now: Date): Promise<CaseRow> {
  return applyCommand(tx, scope, tools, caseId, { command: { kind: 'hold', reason, referenceId } }, now);
}

/** Takes a hold away; one that is not there changes nothing. */
export function release(tx: Tx, scope: Scope<'case.hold'>, tools: CaseTools, caseId: string, { referenceId }: { readonly referenceId: string }, now: Date): Promise<CaseRow> {
  return applyCommand(tx, scope, tools, caseId, { command: { kind: 'release', referenceId } }, now);
}

/** The command with the id of its decision, where it makes one. */
function withDecision(command: CommandInput, { grantedFen }: CaseRow, decisionId: string): CaseCommand {
  switch (command.kind) {
    case 'grant':
      return { kind: 'grant', decisionId, amountFen: command.amountFen ?? null };
    case 'change':
      return { kind: 'change', decisionId, amountFen: command.amountFen ?? grantedFen ?? 0 };
    case 'refuse':
    case 'revoke':
      return { kind: command.kind, decisionId };
    default:
      return command;
  }
}

/** What is given to somebody, that person may do: an officer of the department whose office carries the step. @throws Refusal case-officer-unfit. */
async function refuseUnfitOfficer(tx: Tx, scope: Scope<'case.assign'>, row: CaseRow, { accountId, departmentId }: { readonly accountId: string; readonly departmentId: string }, today: string): Promise<void> {
  const task = tasksOf(row).find((each) => each.departmentId === departmentId);
  // Where the department has no part now, the machine says so.
  const needed = task === undefined ? officerRoles : rolesFor(task.act);
  if (!(await isAppointedTo(tx, scope, accountId, departmentId, needed, today))) throw new Refusal('case-officer-unfit');
}

/** What is decided stands on a letter, which has to show it. @throws Refusal text-unprintable. */
function refuseUnprintable({ findUnprintable }: CaseTools, reasons: string): void {
  const characters = findUnprintable(reasons);
  if (characters.length === 0) return;
  throw new Refusal('text-unprintable', { characters: characters.map((character) => (isVisible.test(character) ? `${character} (${codeOf(character)})` : codeOf(character))).join('、') });
}

/** Neither control, combining nor half of a pair: it can be shown by itself. */
const isVisible = /^[\p{L}\p{N}\p{P}\p{S}]$/u;

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function decidedEvents(row: CaseRow, command: CaseCommand, context: CommandContext) {
  const decided = decide(row, command, context);
  if ('refusal' in decided) throw new Refusal(decided.refusal.code, decided.refusal.values, decided.refusal.details);
  return decided.events;
}

async function departmentsOf(tx: Tx, scope: Scope, row: CaseRow, today: string): Promise<ReadonlyMap<string, string>> {
  const reading = jobScope(scope.tenantId, 'cases', 'department.read');
  return departmentsFor(row.jurisdictionCode, { departments: await listDepartments(tx, reading), jurisdictions: await listJurisdictions(tx, reading) }, today);
}

/** A case that was declined or withdrawn rests on nothing any more; one that is taken up again rests on its papers again. */
async function followPapers(tx: Tx, tenantId: number, tools: CaseTools, before: CaseStatus, after: CaseRow, now: Date): Promise<void> {
  const letsGo: readonly CaseStatus[] = ['withdrawn', 'not-accepted'];
  if (letsGo.includes(after.status) && !letsGo.includes(before)) {
    await releaseEvidence(tx, jobScope(tenantId, 'cases', 'evidence.use'), { userKind: CASE_USE, userId: after.caseId }, now);
  } else if (letsGo.includes(before) && !closedStatuses.includes(after.status)) {
    const held = await listPapersOf(tx, jobScope(tenantId, 'cases', 'case.read'), after.caseId);
    for (const { evidenceId } of held) {
      // A paper that was taken back or ran out meanwhile keeps nobody from being heard; the officers see that it is no longer there.
      await restOn(tx, tenantId, tools, after, [evidenceId], now).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
    }
  }
}
