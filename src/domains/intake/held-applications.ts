// A person's rights over applications for lists: what rows say of them, and that they go.
import type { DeletionParticipant } from '../registry/index.ts';
import { listRowsOf, deleteRowsOf } from './intake-store.ts';

/** Rows of lists as a part of what is held of a person; the cases that came of them stand for themselves. */
export const intakeParticipant: DeletionParticipant = {
  findKept: () => Promise.resolve([]),
  deleteRest: (tx, scope, partyIds) => deleteRowsOf(tx, scope, partyIds),
  async describeHeld(tx, scope, partyIds) {
    const held = await listRowsOf(tx, scope, partyIds);
    if (held.length === 0) return [];
    const rows = held.map(({ filedAt, ...row }) => ({ ...row, filedAt: filedAt.toISOString() }));
    return [{ key: 'application-rows', title: { zh: '单位为您提交的名单申请', en: 'Applications that your employer made by lists' }, rows }];
  },
};
