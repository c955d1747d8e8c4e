// The only SQL on claims: which registry record an account says is its holder's.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** What was found when a claim was made. */
export type ClaimFinding = 'matches' | 'no-record' | 'name-differs' | 'phone-differs' | 'already-claimed' | 'several-records';

/** How a claim stands. */
export type ClaimOutcome = 'waiting' | 'confirmed' | 'refused';

/** A claim as stored. */
export interface Claim {
  readonly claimId: string;
  readonly accountId: string;
  readonly nameSealed: Buffer;
  readonly numberSealed: Buffer;
  readonly partyId: string | null;
  readonly finding: ClaimFinding;
  readonly outcome: ClaimOutcome;
  readonly claimedAt: Date;
}

const selectClaims = (tx: Tx, tenantId: number) =>
  tx.selectFrom('claims').where('tenant_id', '=', tenantId).select(['claim_id', 'account_id', 'name_sealed', 'number_sealed', 'party_id', 'finding', 'outcome', 'claimed_at']);

const asClaim = (row: Awaited<ReturnType<ReturnType<typeof selectClaims>['executeTakeFirstOrThrow']>>): Claim => ({
  claimId: row.claim_id,
  accountId: row.account_id,
  nameSealed: row.name_sealed,
  numberSealed: row.number_sealed,
  partyId: row.party_id,
  finding: row.finding as ClaimFinding,
  outcome: row.outcome as ClaimOutcome,
  claimedAt: row.claimed_at,
});

/** How the caller's latest claim stands. */
export async function findLatestClaim(tx: Tx, scope: Scope<'access.own' | 'claim.make'>): Promise<ClaimOutcome | undefined> {
  const row = await selectClaims(tx, scope.tenantId).where('account_id', '=', scope.actor.accountId).orderBy('claim_id', 'desc').executeTakeFirst();
  return row === undefined ? undefined : asClaim(row).outcome;
}

/** Adds a claim. @returns false where one of the same account waits already. */
export async function insertClaim(
  tx: Tx,
  scope: Scope<'claim.make'>,
  claim: {
    readonly claimId: string;
    readonly accountId: string;
    readonly name: Uint8Array;
    readonly number: Uint8Array;
    readonly numberSearch: Uint8Array;
    readonly partyId: string | null;
    readonly finding: ClaimFinding;
    readonly outcome: ClaimOutcome;
  },
  now: Date,
): Promise<boolean> {
  const done = await tx
    .insertInto('claims')
    .values({
      tenant_id: scope.tenantId,
      claim_id: claim.claimId,
      account_id: claim.accountId,
      name_sealed: claim.name,
      number_sealed: claim.number,
      number_search: claim.numberSearch,
      party_id: claim.partyId,
      finding: claim.finding,
      outcome: claim.outcome,
      claimed_at: now,
      decided_at: claim.outcome === 'waiting' ? null : now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Claims that wait, oldest first, one more than asked for where there are more. */
export async function listWaitingClaims(tx: Tx, scope: Scope<'claim.decide'>, { after, limit }: { readonly after: string | undefined; readonly limit: number }): Promise<readonly Claim[]> {
  let query = selectClaims(tx, scope.tenantId).where('outcome', '=', 'waiting').orderBy('claim_id').limit(limit + 1);
  if (after !== undefined) query = query.where('claim_id', '>', after);
  return (await query.execute()).map(asClaim);
}

/** A claim, locked against a second decision. */
export async function findClaim(tx: Tx, scope: Scope<'claim.decide'>, claimId: string): Promise<Claim | undefined> {
  const row = await selectClaims(tx, scope.tenantId).where('claim_id', '=', claimId).forUpdate().executeTakeFirst();
  return row && asClaim(row);
}

/** Writes the decision on a claim. */
export async function settleClaim(tx: Tx, scope: Scope<'claim.decide'>, claimId: string, outcome: 'confirmed' | 'refused', partyId: string | null, now: Date): Promise<void> {
  await tx
    .updateTable('claims')
    .set({ outcome, party_id: partyId, decided_at: now, decided_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('claim_id', '=', claimId)
    .execute();
}
