// What can be done to a case, by which permission, and what the decision about it has to know. Pure.

import type { ErrorCode, ErrorDetail, ErrorValues } from '../../contract/errors.ts';
import { officerRoles, type Permission, permissions, type Role } from '../../contract/permissions.ts';
import type { WorkingCalendar } from '../../policy/index.ts';
import type { CaseTask, EventActor, HoldReason, Opinion } from './case.ts';

/** What somebody wants done. What they write about it travels beside it and is sealed; the machine sees its id only. */
export type CaseCommand =
  | { readonly kind: 'accept' }
  /** 容缺受理: what is missing is promised for a day. */
  | { readonly kind: 'accept-with-promise'; readonly papers: readonly string[]; readonly dueOn: string }
  | { readonly kind: 'keep-promise'; readonly paper: string; readonly evidenceId: string }
  | { readonly kind: 'break-promise'; readonly paper: string }
  | { readonly kind: 'decline' }
  /** 补正: everything that is missing, in one request. */
  | { readonly kind: 'ask-supplement'; readonly papers: readonly string[]; readonly facts: readonly string[]; readonly workingDays: number }
  | { readonly kind: 'answer-supplement' }
  /** The request was not answered in time: the application counts as withdrawn. */
  | { readonly kind: 'lapse' }
  | { readonly kind: 'give-opinion'; readonly opinion: Opinion }
  /** 退回: to an earlier step, or to acceptance (0). */
  | { readonly kind: 'return-to-step'; readonly step: number }
  /** 转办: another department acts instead of one's own. */
  | { readonly kind: 'transfer'; readonly departmentId: string }
  /** 加签: another department gives an opinion besides. */
  | { readonly kind: 'add-signer'; readonly departmentId: string }
  | { readonly kind: 'grant'; readonly decisionId: string; readonly amountFen: number | null }
  | { readonly kind: 'refuse'; readonly decisionId: string }
  /** 变更: another amount in all, or other days, by another decision. */
  | { readonly kind: 'change'; readonly decisionId: string; readonly amountFen: number }
  | { readonly kind: 'revoke'; readonly decisionId: string }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'undo-withdraw' }
  | { readonly kind: 'hold'; readonly reason: HoldReason; readonly referenceId: string }
  | { readonly kind: 'release'; readonly referenceId: string }
  | { readonly kind: 'begin-publication'; readonly listId: string; readonly untilOn: string }
  | { readonly kind: 'end-publication'; readonly listId: string }
  /** 撤回公示: the list was taken back before its time; the case waits for another one. */
  | { readonly kind: 'withdraw-publication'; readonly listId: string }
  | { readonly kind: 'appeal' }
  | { readonly kind: 'answer-appeal'; readonly outcome: 'upheld' | 'reopened' }
  /** The clock went on: looks what is late. */
  | { readonly kind: 'escalate' }
  | { readonly kind: 'claim' }
  /** To nobody where no account is named: whoever takes it has it. */
  | { readonly kind: 'assign'; readonly departmentId: string; readonly accountId: string | null }
  | { readonly kind: 'give-back' }
  | { readonly kind: 'note' };

/** The names of commands. */
export type CommandKind = CaseCommand['kind'];

/** The permission that each command needs; the scope of whoever gives it must be of this very permission. */
export const commandPermissions = {
  accept: 'case.accept',
  'accept-with-promise': 'case.accept',
  decline: 'case.accept',
  'keep-promise': 'case.answer',
  'break-promise': 'case.steer',
  'ask-supplement': 'case.ask-supplement',
  'answer-supplement': 'case.answer',
  lapse: 'case.steer',
  'give-opinion': 'case.review',
  'return-to-step': 'case.steer',
  transfer: 'case.review',
  'add-signer': 'case.review',
  grant: 'case.decide',
  refuse: 'case.decide',
  change: 'case.decide',
  revoke: 'case.decide',
  withdraw: 'case.answer',
  'undo-withdraw': 'case.answer',
  hold: 'case.hold',
  release: 'case.hold',
  'begin-publication': 'case.publish',
  'end-publication': 'case.publish',
  'withdraw-publication': 'case.publish',
  appeal: 'case.answer',
  'answer-appeal': 'case.decide',
  escalate: 'case.escalate',
  claim: 'case.claim',
  assign: 'case.assign',
  'give-back': 'case.claim',
  note: 'case.note',
} as const satisfies Readonly<Record<CommandKind, Permission>>;

/** What somebody needs a right to who has the part of a department. */
const actPermissions = { accept: 'case.accept', review: 'case.review', decide: 'case.decide', 'answer-appeal': 'case.decide' } as const satisfies Readonly<Record<CaseTask['act'], Permission>>;

/** The offices of which whoever has the part of a department needs one, taken or given. */
export function rolesFor(act: CaseTask['act']): readonly (typeof officerRoles)[number][] {
  return officerRoles.filter((role) => Object.hasOwn(permissions[actPermissions[act]].holders, role));
}

/** Every permission by which a case is changed. */
export type CommandPermission = (typeof commandPermissions)[CommandKind];

/** What the machine has to know besides the state. */
export interface CommandContext {
  readonly actor: EventActor;
  /** Of an officer. */
  readonly roles: readonly Role[];
  readonly now: Date;
  /** The calendar day of `now` here. */
  readonly today: string;
  readonly calendar: WorkingCalendar;
  /** The id of what was written with the command; null where nothing was. */
  readonly textId: string | null;
  /** Departments that may act in this case, by id: those of its jurisdiction and of those above. */
  readonly departments: ReadonlyMap<string, string>;
}

/** Why a command cannot be carried out. */
export interface CommandRefusal {
  readonly code: ErrorCode;
  readonly values?: ErrorValues;
  readonly details?: readonly ErrorDetail[];
}
