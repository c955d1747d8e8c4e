// What becomes of accounts, sessions and links when their person asks for a copy, or to be deleted.
import type { Protector } from '../protection/index.ts';
import type { DeletionParticipant } from '../registry/index.ts';
import { deleteHeld, readHeld } from './held-store.ts';
import { phoneOfAccount, rowIn } from './sealed-columns.ts';

const relations: Readonly<Record<string, string>> = { child: '子女', spouse: '配偶', parent: '父母' };

/** Access's part in a person's rights. Deleted last: other domains find what is a person's by the account. */
export function makeAccessParticipant(protector: Protector): DeletionParticipant {
  return {
    findKept: async () => [],
    deleteRest: (tx, scope, partyIds) => deleteHeld(tx, scope, partyIds),
    describeHeld: async (tx, scope, partyIds) => {
      const { accounts, sessions, agencies, links } = await readHeld(tx, scope, partyIds);
      const parts = [
        {
          key: 'accounts',
          title: { zh: '账号', en: 'Accounts' },
          rows: accounts.map((account) => ({ phone: phoneOfAccount(protector, scope.tenantId, account) ?? null, since: account.createdAt.toISOString(), noticeVersion: account.noticeVersion })),
        },
        {
          key: 'sessions',
          title: { zh: '登录记录', en: 'Sessions' },
          rows: sessions.map(({ createdAt, lastSeenAt, address, userAgent }) => ({ from: createdAt.toISOString(), lastSeen: lastSeenAt.toISOString(), address, userAgent })),
        },
        {
          key: 'agencies',
          title: { zh: '替单位办事', en: 'Acting for organisations' },
          rows: agencies.map(({ organisationId, acceptedAt, revokedAt }) => ({ organisationId, since: acceptedAt?.toISOString() ?? null, until: revokedAt?.toISOString() ?? null })),
        },
        {
          key: 'family-links',
          title: { zh: '家人代办', en: 'Acting for family' },
          // Who asked to act for the person is the other's name, and stays with the other.
          rows: links.map(({ linkId, relation, nameSealed, isMine, askedAt, endedAt }) => ({
            relation: relations[relation] ?? relation,
            forWhom: isMine ? rowIn(protector, scope.tenantId, 'family_links', linkId).open('name_sealed', nameSealed) : null,
            since: askedAt.toISOString(),
            until: endedAt?.toISOString() ?? null,
          })),
        },
      ];
      return parts.filter(({ rows }) => rows.length > 0);
    },
  };
}
