// Tells whoever asked what became of a case, and the person that an employer asked; the decision itself is told with its letter.

import type { Tx } from '../../storage/database.ts';
import { findAccountsOf } from '../access/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import type { CaseEvent } from './case.ts';
import type { CaseRow } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';

/** Sends what the events of a command are worth telling, within the transaction. */
export async function tellApplicant(tx: Tx, scope: Scope, { sendMessage }: Pick<CaseTools, 'sendMessage'>, row: CaseRow, events: readonly CaseEvent[]): Promise<void> {
  for (const event of events) {
    const message = messageOf(event);
    if (message === undefined) continue;
    const accounts = await findAccountsOf(tx, jobScope(scope.tenantId, 'cases', 'message.send'), row.applicantId, event.at);
    for (const accountId of accounts) await sendMessage(tx, scope, { ...message, to: { accountId }, about: { kind: 'case', id: row.caseId } });
  }
}

/** Tells somebody for whom an employer filed, so that whoever does not work there, or does not want it, can take it back. */
export async function tellSubject(tx: Tx, scope: Scope, { sendMessage }: Pick<CaseTools, 'sendMessage'>, { caseId, applicantId, subjectId, employerId }: CaseRow, now: Date): Promise<void> {
  if (employerId === null || applicantId === subjectId) return;
  const accounts = await findAccountsOf(tx, jobScope(scope.tenantId, 'cases', 'message.send'), subjectId, now);
  for (const accountId of accounts) await sendMessage(tx, scope, { to: { accountId }, template: 'case.filed-for-you', values: {}, about: { kind: 'case', id: caseId } });
}

function messageOf(event: CaseEvent) {
  switch (event.kind) {
    case 'accepted':
      return { template: 'case.accepted', values: {} } as const;
    case 'declined':
      return { template: 'case.declined', values: {} } as const;
    case 'supplement-asked':
      return { template: 'case.supplement-asked', values: { date: event.data.dueOn } } as const;
    case 'withdrawn':
      return event.data.undoUntil === null ? ({ template: 'case.lapsed', values: {} } as const) : undefined;
    case 'appeal-answered':
      return { template: 'case.appeal-answered', values: {} } as const;
    default:
      return undefined;
  }
}
