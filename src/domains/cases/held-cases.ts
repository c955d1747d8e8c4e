// A person's rights over cases: what is held of them, and why it has to stay.

import { caseStatusWords } from '../../contract/case-statuses.ts';
import type { DeletionParticipant } from '../registry/index.ts';
import { listHeldCases } from './case-store.ts';

/** Cases as a part of what is held of a person. */
export const casesParticipant: DeletionParticipant = {
  async findKept(tx, scope, partyIds) {
    const held = await listHeldCases(tx, scope, partyIds);
    if (held.length === 0) return [];
    return [
      {
        what: { zh: `办件和经过，${held.length} 件`, en: `cases and what happened to them: ${held.length}` },
        why: { zh: '《档案法》和预算监督的要求：办过的事要能查到依据', en: 'the Archives Law and the supervision of budgets: what was handled must stay provable' },
        until: null,
        needsIdentity: true,
      },
    ];
  },
  deleteRest: () => Promise.resolve(0),
  async describeHeld(tx, scope, partyIds) {
    const held = await listHeldCases(tx, scope, partyIds);
    const rows = held.map(({ caseNumber, policyId, benefitId, period, status, filedAt, changedAt, expectedFen, grantedFen }) => ({
      caseNumber,
      policyId,
      benefitId,
      period,
      status: caseStatusWords[status].zh,
      filedAt: filedAt.toISOString(),
      changedAt: changedAt.toISOString(),
      expectedFen,
      grantedFen,
    }));
    return [{ key: 'cases', title: { zh: '办件', en: 'Cases' }, rows }];
  },
};
