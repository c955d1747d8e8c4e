// Acting for one's family: the other person agrees, or an officer sees that a minor is the asker's child.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import { scopeAlso, type Scope, type WriteAudit } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { findAccountOfParty } from './account-store.ts';
import { chinaDay } from './china-day.ts';
import { type Identity, isSameName, readNumber } from './claims.ts';
import { attemptAt, countAttempts } from './count-attempts.ts';
import { closeLink, confirmLink, type FamilyLink, findLink, insertLink, listLinks } from './family-store.ts';
import { rowIn, searchKey } from './sealed-columns.ts';

/** Requests lapse after so many days without an answer. */
const ANSWER_DAYS = 30;
const AGE_OF_MAJORITY = 18;
/** Papers that show whose child somebody is. */
const PROOFS_OF_PARENTHOOD = ['户口簿', '出生医学证明'];

/** The caller as a person. */
function self(scope: Scope<'family.manage'>): { readonly partyId: string; readonly accountId: string } {
  const { capacity, accountId } = scope.actor;
  if (capacity.kind !== 'person' || accountId === null) throw new Refusal('not-found');
  return { partyId: capacity.partyId, accountId };
}

/**
 * Asks to act for a family member. Whether the registry knows the person is not told; who is known and has an account is asked there.
 * @throws Refusal own-hands-refused (oneself), too-many-attempts, input-invalid
 */
export async function askFamily(
  db: Database,
  parts: AccessParts,
  scope: Scope<'family.manage'>,
  asked: Identity & { readonly relation: FamilyLink['relation'] },
  now: Date,
  record: WriteAudit,
): Promise<string> {
  const { protector } = parts;
  const { tenantId } = scope;
  const { partyId, accountId } = self(scope);
  const { canonical } = readNumber(parts, asked.identityNumber);
  const linkId = newId();
  const refusal = await inTenant(db, tenantId, async (tx): Promise<Refusal | undefined> => {
    const { refused } = await countAttempts(tx, scope, [attemptAt(protector, tenantId, 'family', accountId)], now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    const found = await parts.people.findByNumber(tx, scope, canonical);
    const member = found.find((each) => isSameName(each.name, asked.name));
    if (member?.partyId === partyId) return new Refusal('own-hands-refused');
    const row = rowIn(protector, tenantId, 'family_links', linkId);
    await insertLink(
      tx,
      scope,
      {
        linkId,
        partyId,
        relation: asked.relation,
        name: row.seal('name_sealed', asked.name),
        number: row.seal('number_sealed', canonical),
        numberSearch: searchKey(protector, tenantId, 'number', canonical),
        forPartyId: member?.partyId ?? null,
        askedBy: accountId,
      },
      now,
    );
    const account = await findAccountOfParty(tx, scope, member?.partyId ?? newId());
    if (account !== undefined) await parts.sendMessage(tx, scope, { to: { accountId: account.accountId }, template: 'family.asked', values: { days: ANSWER_DAYS } });
    await record(tx, { object: { kind: 'family-link', id: linkId }, detail: { relation: asked.relation } });
    return undefined;
  });
  if (refusal !== undefined) throw refusal;
  return linkId;
}

/** A link as one of the two sees it. */
export interface SeenLink extends FamilyLink {
  readonly name: string;
  readonly side: 'mine' | 'theirs';
  readonly state: 'asked' | 'confirmed' | 'ended';
}

/** For whom the caller acts, and who acts or asks to act for the caller. */
export async function listFamily(tx: Tx, parts: AccessParts, scope: Scope<'family.manage'>, now: Date): Promise<readonly SeenLink[]> {
  const { partyId } = self(scope);
  const today = chinaDay(now);
  const seen: SeenLink[] = [];
  for (const link of await listLinks(tx, scope, partyId)) {
    const isMine = link.partyId === partyId;
    const other = isMine ? undefined : await parts.people.findPerson(tx, scope, link.partyId);
    // Mine: the name as I wrote it, whoever that turned out to be.
    const name = isMine ? rowIn(parts.protector, scope.tenantId, 'family_links', link.linkId).open('name_sealed', link.nameSealed) : (other?.name ?? '');
    const isOver = link.endedAt !== null || (link.validTo !== null && link.validTo < today) || hasLapsed(link, now);
    seen.push({ ...link, name, side: isMine ? 'mine' : 'theirs', state: isOver ? 'ended' : link.confirmedAt === null ? 'asked' : 'confirmed' });
  }
  return seen;
}

function hasLapsed(link: FamilyLink, now: Date): boolean {
  return link.confirmedAt === null && now.getTime() - link.askedAt.getTime() > ANSWER_DAYS * 86_400_000;
}

/** The person asked for agrees. @throws Refusal not-found, settled-already */
export async function agreeFamily(tx: Tx, scope: Scope<'family.manage'>, linkId: string, now: Date): Promise<void> {
  const { partyId } = self(scope);
  const link = await findLink(tx, scope, linkId);
  if (link === undefined || link.forPartyId !== partyId) throw new Refusal('not-found');
  if (link.confirmedAt !== null || link.endedAt !== null || hasLapsed(link, now)) throw new Refusal('settled-already');
  await confirmLink(tx, scope, linkId, { basis: 'consent', forPartyId: partyId, evidenceId: null, validTo: null }, now);
}

/** Either side ends it. @throws Refusal not-found, settled-already */
export async function endFamily(tx: Tx, scope: Scope<'family.manage'>, linkId: string, now: Date): Promise<void> {
  const { partyId } = self(scope);
  const link = await findLink(tx, scope, linkId);
  if (link === undefined || (link.partyId !== partyId && link.forPartyId !== partyId)) throw new Refusal('not-found');
  if (link.endedAt !== null) throw new Refusal('settled-already');
  await closeLink(tx, scope, linkId, now);
}

/**
 * An officer saw that the child is the asker's; the right ends on the day before the child comes of age.
 * @throws Refusal not-found, settled-already, guardian-of-age, records-doubled, evidence-unfit
 */
export async function confirmGuardian(tx: Tx, parts: AccessParts, scope: Scope<'family.confirm'>, linkId: string, evidenceId: string, now: Date): Promise<void> {
  const link = await findLink(tx, scope, linkId);
  if (link === undefined || link.relation !== 'child') throw new Refusal('not-found');
  if (link.confirmedAt !== null || link.endedAt !== null || hasLapsed(link, now)) throw new Refusal('settled-already');
  const row = rowIn(parts.protector, scope.tenantId, 'family_links', linkId);
  const number = row.open('number_sealed', link.numberSealed);
  const validTo = lastDayAsMinor(readNumber(parts, number).birthDate);
  if (validTo === undefined || validTo < chinaDay(now)) throw new Refusal('guardian-of-age');
  const records = await parts.people.findByNumber(tx, scope, number);
  if (records.length > 1) throw new Refusal('records-doubled');
  const partyIds = [link.partyId, ...records.map((record) => record.partyId)];
  await parts.papers.require(tx, scope, { evidenceId, partyIds, on: chinaDay(now), kinds: PROOFS_OF_PARENTHOOD });
  const identity = { name: row.open('name_sealed', link.nameSealed), identityNumber: number };
  const forPartyId = records[0]?.partyId ?? (await parts.people.addPerson(tx, scopeAlso(scope, 'family.confirm'), identity));
  await confirmLink(tx, scope, linkId, { basis: 'guardian', forPartyId, evidenceId, validTo }, now);
}

/** The day before the eighteenth birthday; somebody born on 29 February comes of age on 1 March, as the Civil Code counts full years. */
export function lastDayAsMinor(birthDate: string | null): string | undefined {
  if (birthDate === null) return undefined;
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number);
  return new Date(Date.UTC(year + AGE_OF_MAJORITY, month - 1, day) - 86_400_000).toISOString().slice(0, 10);
}
