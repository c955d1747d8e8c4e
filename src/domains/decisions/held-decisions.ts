// A person's rights over decisions: their own copy has all of them; law keeps them, so deleting leaves them.

import type { Protector } from '../protection/index.ts';
import type { DeletionParticipant } from '../registry/index.ts';
import { listHeldDecisions } from './decisions-store.ts';
import { listFacts } from './read-decision.ts';
import { openDecision } from './seal-decision.ts';

/** Decisions as a part of what is held of a person. */
export function decisionsParticipant(protector: Protector): DeletionParticipant {
  return {
    async findKept(tx, scope, partyIds) {
      const held = await listHeldDecisions(tx, scope, partyIds);
      if (held.length === 0) return [];
      return [
        {
          what: { zh: `已经作出的决定，${held.length} 份`, en: `decisions that were made: ${held.length}` },
          why: { zh: '财政资金的决定要依照《会计档案管理办法》和《审计法》留存，供核对', en: 'decisions on public money are kept for accounts and audit, as law asks' },
          until: null,
          needsIdentity: true,
        },
      ];
    },
    // Nothing of a decision is anybody's to delete.
    async deleteRest() {
      return 0;
    },
    async describeHeld(tx, scope, partyIds) {
      const held = await listHeldDecisions(tx, scope, partyIds);
      const rows = held.map((row) => {
        const decision = openDecision(protector, scope.tenantId, row);
        return {
          number: decision.number,
          kind: decision.kind,
          caseNumber: decision.caseNumber,
          department: decision.letter.departmentName,
          benefit: decision.letter.benefitTitle.zh,
          decidedAt: decision.decidedAt.toISOString(),
          amountYuan: decision.amountFen === null ? null : decision.amountFen / 100,
          instalments: decision.instalments.map(({ no, due, fen }) => ({ no, due, yuan: fen / 100 })),
          reasons: decision.letter.reasons,
          verificationCode: decision.verificationCode,
          facts: Object.fromEntries(listFacts(decision.facts).map(({ name, value }) => [name, value])),
        };
      });
      return [{ key: 'decisions', title: { zh: '决定', en: 'Decisions' }, rows }];
    },
  };
}
