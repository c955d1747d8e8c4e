// Takes a list back before its window ends: nobody sees it from that moment; its cases wait for another list, and objections stand until they are answered.

import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { applyCommand } from '../cases/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import type { PublicList } from './publicity.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { endTakingBack, listEntries, lockList, takeListBack } from './publicity-store.ts';
import { listPlace } from './sealed-columns.ts';

const JOB = 'publicity';
const BATCH = 50;

/**
 * Takes a list back. Its cases are given back by {@link giveCasesBack}; until then nobody sees them either.
 * An objection is not answered by taking the list back: whoever made it is owed an answer, and its case is held until then.
 * @throws Refusal not-found for a list beyond reach; publicity-over where its window has ended or it was taken back before.
 */
export async function takeBackList(tx: Tx, scope: Scope<'publicity.take-back'>, { protector }: Pick<PublicityParts, 'protector'>, listId: string, reason: string, now: Date): Promise<PublicList> {
  const list = await lockList(tx, scope, listId);
  const { reach, tenantId } = scope;
  if (list === undefined || reach.kind !== 'jurisdictions' || !reach.codes.includes(list.jurisdictionCode)) throw new Refusal('not-found');
  if (list.state === 'closed' || list.state === 'taken-back' || list.untilOn < dayOf(now)) throw new Refusal('publicity-over');
  const takenBack = { by: nameActor(scope.actor), at: now, reasonSealed: protector.seal(listPlace(tenantId, listId), reason) };
  await takeListBack(tx, scope, listId, takenBack);
  return { ...list, state: 'taken-back', takenBack };
}

/** Gives the cases of a list that was taken back their place among those that wait to be published, batch by batch; those done before stay. */
export async function giveCasesBack(db: Database, parts: PublicityParts, tenantId: number, listId: string, now: Date, isStopping: () => boolean): Promise<void> {
  const running = jobScope(tenantId, JOB, 'publicity.run');
  for (let after: number | null = 0; after !== null; ) {
    if (isStopping()) return;
    const from: number = after;
    after = await inTenant(db, tenantId, async (tx) => {
      const list = await lockList(tx, running, listId);
      if (list?.state !== 'taken-back' || list.closedAt !== null) return null;
      const entries = await listEntries(tx, running, listId, { after: from, limit: BATCH });
      for (const { caseId } of entries) await applyCommand(tx, jobScope(tenantId, JOB, 'case.publish'), parts.cases, caseId, { command: { kind: 'withdraw-publication', listId } }, now);
      const last = entries.at(-1);
      if (entries.length === BATCH && last !== undefined) return last.place;
      await endTakingBack(tx, running, listId, now);
      return null;
    });
  }
}
