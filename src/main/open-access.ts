// Puts access together: accounts over the registry, messages through the outbox, identity providers over the network.
import { openIdentityProviders } from '../adapters/identity/openid.ts';
import { type AccessParts, argon2id, makeFindContact, makePeopleRecords } from '../domains/access/index.ts';
import { makeSendMessage } from '../domains/messages/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import type { RegistryTools } from '../domains/registry/index.ts';

/** The version of the notice on personal information that is shown at registration. */
const NOTICE_VERSION = '2026-11-21';

/** What access stands on in a running server. */
export function openAccess({ protector, registry }: { readonly protector: Protector; readonly registry: RegistryTools }): AccessParts {
  return {
    protector,
    hasher: argon2id,
    sendMessage: makeSendMessage({ protector, findContact: makeFindContact(protector) }),
    people: makePeopleRecords(registry),
    providers: openIdentityProviders(),
    noticeVersion: NOTICE_VERSION,
    issuerName: '梧桐',
  };
}
