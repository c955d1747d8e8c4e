// Ends lists whose window is over: every case goes on, but those that an objection still holds; then the list is withdrawn for good.

import { type Database, inTenant } from '../../storage/database.ts';
import { applyCommand, readCases } from '../cases/index.ts';
import { jobScope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { gatherList } from './gather-list.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { listEntries, listToRun, lockList, setListState } from './publicity-store.ts';
import { giveCasesBack } from './take-back.ts';

const JOB = 'publicity';
const BATCH = 50;

/** Does what waits to be done on a city's lists: gathers, ends what is over, and gives back the cases of what was taken back. */
export async function runLists(db: Database, parts: PublicityParts, tenantId: number, now: Date, isStopping: () => boolean = () => false): Promise<void> {
  const today = dayOf(now);
  const waiting = await inTenant(db, tenantId, (tx) => listToRun(tx, jobScope(tenantId, JOB, 'publicity.run'), today));
  for (const list of waiting) {
    if (isStopping()) return;
    if (list.state === 'taken-back') {
      await giveCasesBack(db, parts, tenantId, list.listId, now, isStopping);
      continue;
    }
    if (list.state === 'gathering') await gatherList(db, parts, tenantId, list.listId, now, isStopping);
    if (list.untilOn < today) await closeList(db, parts, tenantId, list.listId, now, isStopping);
  }
}

/** Ends the publication of every case of a list, batch by batch; what was ended before stays as it is. */
async function closeList(db: Database, parts: PublicityParts, tenantId: number, listId: string, now: Date, isStopping: () => boolean): Promise<void> {
  const running = jobScope(tenantId, JOB, 'publicity.run');
  for (let after: number | null = 0; after !== null; ) {
    if (isStopping()) return;
    const from: number = after;
    after = await inTenant(db, tenantId, async (tx) => {
      const list = await lockList(tx, running, listId);
      if (list?.state !== 'open') return null;
      const entries = await listEntries(tx, running, listId, { after: from, limit: BATCH });
      const cases = await readCases(tx, jobScope(tenantId, JOB, 'case.read'), entries.map(({ caseId }) => caseId));
      for (const { caseId, status, progress } of cases) {
        // One that was revoked meanwhile is no longer in publication.
        if (status !== 'in-publication' || progress.publication?.listId !== listId || progress.publication.isEnded) continue;
        await applyCommand(tx, jobScope(tenantId, JOB, 'case.publish'), parts.cases, caseId, { command: { kind: 'end-publication', listId } }, now);
      }
      const last = entries.at(-1);
      if (entries.length < BATCH || last === undefined) {
        await setListState(tx, running, listId, 'closed', now);
        return null;
      }
      return last.place;
    });
  }
}
