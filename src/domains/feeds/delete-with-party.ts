// What becomes of disagreements when their party asks for a copy, or to be deleted.
import type { DeletionParticipant, RegistryTools } from '../registry/index.ts';
import { deleteOfParties, readOfParties } from './disagreements-store.ts';
import { openValue, openWords, settlementWords } from './settle-disagreement.ts';

/** Feeds’ part in a person's rights: both values of every disagreement are in the copy, and go with the person. */
export function makeFeedsParticipant(tools: Pick<RegistryTools, 'protector'>): DeletionParticipant {
  return {
    findKept: async () => [],
    deleteRest: (tx, scope, partyIds) => deleteOfParties(tx, scope, partyIds),
    describeHeld: async (tx, scope, partyIds) => {
      const found = await readOfParties(tx, scope, partyIds);
      if (found.length === 0) return [];
      const rows = found.map((one) => ({
        fact: one.fact,
        held: openValue(tools, scope.tenantId, one.disagreementId, 'held_sealed', one.held.sealed),
        delivered: openValue(tools, scope.tenantId, one.disagreementId, 'delivered_sealed', one.delivered.sealed),
        deliveredAsOf: one.delivered.asOf,
        since: one.createdAt.toISOString(),
        settledAs: one.settledAs === null ? null : settlementWords[one.settledAs].zh,
        reason: openWords(tools, scope.tenantId, one.disagreementId, 'reason_sealed', one.reasonSealed),
      }));
      return [{ key: 'disagreements', title: { zh: '部门报送的和已有记录不一致的地方', en: 'Where deliveries of departments disagreed with the record' }, rows }];
    },
  };
}
