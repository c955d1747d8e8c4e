// Real names: somebody says who they are, and what the registry holds stays unsaid; an officer decides what does not match by itself.
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import type { AccessParts, PersonRecord } from './access-parts.ts';
import { type Account, findAccount, findAccountOfParty, tieToParty } from './account-store.ts';
import { type Claim, type ClaimFinding, findClaim, findLatestClaim, insertClaim, listWaitingClaims, settleClaim } from './claim-store.ts';
import { attemptAt, countAttempts } from './count-attempts.ts';
import { adoptLinks } from './family-store.ts';
import { phoneOfAccount, rowIn, searchKey, searchKeys } from './sealed-columns.ts';

/** Who somebody says they are. */
export interface Identity {
  readonly name: string;
  readonly identityNumber: string;
}

/** Names compare without spaces and in one form; a middle dot may be typed in several ways. */
export function isSameName(one: string, other: string): boolean {
  const fold = (name: string): string => name.normalize('NFKC').toUpperCase().replace(/[\s·•‧・.]/g, '');
  return fold(one) === fold(other);
}

/** The number in its one spelling. @throws Refusal input-invalid for a text that is no number: that tells about the text only. */
export function readNumber(parts: AccessParts, text: string): { readonly canonical: string; readonly birthDate: string | null } {
  const number = parts.people.readNumber(text);
  if (number === undefined) {
    throw new Refusal('input-invalid', { count: 1 }, [{ field: 'identityNumber', zh: '证件号码不对，请对照证件逐位核对', en: 'not an identity number; compare it with the document' }]);
  }
  return number;
}

/**
 * Claims the registry record of a name and number for the caller's account. Only where name, number and the verified telephone are all the
 * record's is it confirmed at once; everything else (no record, another name, another telephone, claimed before) waits for an officer,
 * and all of it looks the same from outside.
 * @throws Refusal already-claimed (by this account), duty-conflict (staff), too-many-attempts, input-invalid
 */
export async function makeClaim(db: Database, parts: AccessParts, scope: Scope<'claim.make'>, identity: Identity, now: Date, record: WriteAudit): Promise<void> {
  const { protector } = parts;
  const { tenantId } = scope;
  const { canonical } = readNumber(parts, identity.identityNumber);
  const outcome = await inTenant(db, tenantId, async (tx): Promise<Refusal | undefined> => {
    const account = scope.actor.accountId === null ? undefined : await findAccount(tx, scope, scope.actor.accountId);
    if (account === undefined) return new Refusal('sign-in-required');
    if (account.duty !== 'person') return new Refusal('duty-conflict');
    if (account.partyId !== null || (await findLatestClaim(tx, scope)) === 'waiting') return new Refusal('already-claimed');
    const { refused } = await countAttempts(tx, scope, [attemptAt(protector, tenantId, 'identity', `claim ${account.accountId}`)], now);
    if (refused > 0) return new Refusal('too-many-attempts', { seconds: refused });
    const records = await parts.people.findByNumber(tx, scope, canonical);
    const [known] = records;
    // Asked in every case, so that the work is the same.
    const holder = await findAccountOfParty(tx, scope, known?.partyId ?? newId());
    const finding = judge(parts, scope, account, identity.name, records, holder);
    const isTied = finding === 'matches' && known !== undefined && (await tieToParty(tx, scope, account.accountId, known.partyId));
    const claimId = newId();
    const row = rowIn(protector, tenantId, 'claims', claimId);
    await insertClaim(
      tx,
      scope,
      {
        claimId,
        accountId: account.accountId,
        name: row.seal('name_sealed', identity.name),
        number: row.seal('number_sealed', canonical),
        numberSearch: searchKey(protector, tenantId, 'number', canonical),
        partyId: records.length === 1 ? (known?.partyId ?? null) : null,
        finding: finding === 'matches' && !isTied ? 'already-claimed' : finding,
        outcome: isTied ? 'confirmed' : 'waiting',
      },
      now,
    );
    if (isTied) await adoptLinks(tx, scope, searchKeys(protector, tenantId, 'number', canonical), known.partyId);
    await record(tx, { object: { kind: 'claim', id: claimId }, detail: { accountId: account.accountId } });
    return undefined;
  });
  if (outcome !== undefined) throw outcome;
}

function judge({ protector }: AccessParts, scope: Scope<'claim.make'>, account: Account, name: string, records: readonly PersonRecord[], holder: Account | undefined): ClaimFinding {
  const [record] = records;
  if (record === undefined) return 'no-record';
  if (records.length > 1) return 'several-records';
  if (holder !== undefined) return 'already-claimed';
  if (!isSameName(record.name, name)) return 'name-differs';
  const phone = phoneOfAccount(protector, scope.tenantId, account);
  return record.phone !== null && record.phone === phone ? 'matches' : 'phone-differs';
}

/** A claim that waits, opened for whoever decides it. */
export interface OpenClaim extends Claim {
  readonly name: string;
  readonly identityNumber: string;
}

/** A page of claims that wait, oldest first, one more than asked for where there are more. */
export async function listClaims(tx: Tx, parts: AccessParts, scope: Scope<'claim.decide'>, page: { readonly after: string | undefined; readonly limit: number }): Promise<readonly OpenClaim[]> {
  return (await listWaitingClaims(tx, scope, page)).map((claim) => openClaim(parts, scope, claim));
}

function openClaim({ protector }: AccessParts, scope: Scope<'claim.decide'>, claim: Claim): OpenClaim {
  const row = rowIn(protector, scope.tenantId, 'claims', claim.claimId);
  return { ...claim, name: row.open('name_sealed', claim.nameSealed), identityNumber: row.open('number_sealed', claim.numberSealed) };
}

/**
 * Decides a claim after the document was seen. A record that another account holds stays with it: that is for a recovery, by two officials.
 * @throws Refusal not-found, settled-already, own-hands-refused, already-claimed, records-doubled
 */
export async function decideClaim(tx: Tx, parts: AccessParts, scope: Scope<'claim.decide'>, claimId: string, confirm: boolean, now: Date): Promise<void> {
  const claim = await findClaim(tx, scope, claimId);
  if (claim === undefined) throw new Refusal('not-found');
  if (claim.outcome !== 'waiting') throw new Refusal('settled-already');
  if (claim.accountId === scope.actor.accountId) throw new Refusal('own-hands-refused');
  if (!confirm) return settleClaim(tx, scope, claimId, 'refused', claim.partyId, now);
  const { name, identityNumber } = openClaim(parts, scope, claim);
  const records = await parts.people.findByNumber(tx, scope, identityNumber);
  if (records.length > 1) throw new Refusal('records-doubled');
  const partyId = records[0]?.partyId ?? (await parts.people.addPerson(tx, scope, { name, identityNumber }));
  if (!(await tieToParty(tx, scope, claim.accountId, partyId))) throw new Refusal('already-claimed');
  await settleClaim(tx, scope, claimId, 'confirmed', partyId, now);
  await adoptLinks(tx, scope, searchKeys(parts.protector, scope.tenantId, 'number', identityNumber), partyId);
}
