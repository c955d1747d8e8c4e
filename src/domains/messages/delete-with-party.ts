// What becomes of messages when the person whose account got them asks for a copy, or to be deleted.
import type { Tx } from '../../storage/database.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import type { DeletionParticipant } from '../registry/index.ts';
import { deleteOfAccounts, readOfAccounts } from './messages-store.ts';

/** Finds the accounts of a party; the domain that holds accounts gives it. */
type FindAccounts = (tx: Tx, scope: Scope<'message.send'>, partyId: string) => Promise<readonly string[]>;

/** Messages’ part in a person's rights: the inbox is in the copy, and inbox, outbox and preferences go with the person. */
export function makeMessagesParticipant(findAccounts: FindAccounts): DeletionParticipant {
  const accountsOf = async (tx: Tx, { tenantId }: Scope, partyIds: readonly string[]): Promise<readonly string[]> => {
    const scope = jobScope(tenantId, 'messages', 'message.send');
    const found = new Set<string>();
    for (const partyId of partyIds) for (const accountId of await findAccounts(tx, scope, partyId)) found.add(accountId);
    return [...found];
  };
  return {
    findKept: async () => [],
    deleteRest: async (tx, scope, partyIds) => deleteOfAccounts(tx, scope, await accountsOf(tx, scope, partyIds)),
    describeHeld: async (tx, scope, partyIds) => {
      const messages = await readOfAccounts(tx, scope, await accountsOf(tx, scope, partyIds));
      if (messages.length === 0) return [];
      const rows = messages.map(({ title, body, createdAt, readAt }) => ({ at: createdAt.toISOString(), title: title.zh, body: body.zh, readAt: readAt?.toISOString() ?? null }));
      return [{ key: 'messages', title: { zh: '发给您的消息', en: 'Messages to you' }, rows }];
    },
  };
}
