// Puts access together: accounts over the registry, messages through the outbox, identity providers over the network.
import { openIdentityProviders } from '../adapters/identity/openid.ts';
import { type AccessParts, argon2id, makeFindContact, makePeopleRecords } from '../domains/access/index.ts';
import { privacyNoticeVersion } from '../contract/privacy-notice.ts';
import { makeSendMessage, type SendMessage } from '../domains/messages/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import { noPapers, type RegistryTools } from '../domains/registry/index.ts';

/** What access is made of. */
interface AccessSettings {
  readonly protector: Protector;
  readonly registry: RegistryTools;
  /** How messages are sent; by default with the city's own signature. */
  readonly sendMessage?: SendMessage;
}

/** What access stands on in a running server. */
export function openAccess({ protector, registry, sendMessage = makeSendMessage({ protector, findContact: makeFindContact(protector) }) }: AccessSettings): AccessParts {
  return {
    protector,
    hasher: argon2id,
    sendMessage,
    people: makePeopleRecords(registry),
    papers: registry.papers ?? noPapers,
    providers: openIdentityProviders(),
    noticeVersion: privacyNoticeVersion,
    issuerName: '梧桐',
  };
}
