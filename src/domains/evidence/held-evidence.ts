// A person's rights over papers: what is held of them, what has to stay, and deleting the rest.

import type { DeletionParticipant } from '../registry/index.ts';
import { countUses, listHeld, withdrawRow } from './evidence-store.ts';
import type { EvidenceParts } from './evidence-parts.ts';
import { fileNameOf } from './read-paper.ts';

/** Evidence as a part of what is held of a person. */
export function evidenceParticipant({ protector }: Pick<EvidenceParts, 'protector'>): DeletionParticipant {
  return {
    async findKept(tx, scope, partyIds) {
      const inUse = (await listHeld(tx, scope, partyIds)).filter(({ uses }) => uses > 0);
      if (inUse.length === 0) return [];
      const count = inUse.length;
      return [
        {
          what: { zh: `正在办的事情用着的材料，${count} 份`, en: `papers on which something rests: ${count}` },
          why: { zh: '办结的事情要能查到凭据，用到它的事情结束以前不能删', en: 'what was decided must stay provable; they go when nothing rests on them any more' },
          until: null,
          needsIdentity: true,
        },
      ];
    },
    async deleteRest(tx, scope, partyIds) {
      const unused = (await listHeld(tx, scope, partyIds)).filter(({ uses }) => uses === 0);
      for (const { evidenceId } of unused) await withdrawRow(tx, scope, evidenceId, new Date());
      return unused.length;
    },
    async describeHeld(tx, scope, partyIds) {
      const held = await listHeld(tx, scope, partyIds);
      const uses = await countUses(tx, scope, held.map(({ evidenceId }) => evidenceId));
      const rows = held.map((paper) => ({
        evidenceId: paper.evidenceId,
        kind: paper.kind,
        fileName: fileNameOf(protector, scope.tenantId, paper),
        status: paper.status,
        trustClass: paper.trustClass,
        origin: paper.origin,
        issuedBy: paper.issuedBy,
        issuedOn: paper.issuedOn,
        expiresOn: paper.expiresOn,
        sizeBytes: paper.sizeBytes,
        handedInAt: paper.createdAt.toISOString(),
        uses: uses.get(paper.evidenceId) ?? 0,
      }));
      return [{ key: 'evidence', title: { zh: '材料', en: 'Papers' }, rows }];
    },
  };
}
