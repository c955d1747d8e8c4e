// The SQL of consents: giving, withdrawing, and which groups are open for a purpose on a day.
import { sql } from 'kysely';
import type { SensitiveGroupCode } from '../../contract/sensitive-facts.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** A separate consent. */
export interface Consent {
  readonly partyId: string;
  readonly consentId: string;
  readonly purpose: string;
  readonly factGroups: readonly string[];
  readonly wordingVersion: string;
  readonly givenAt: Date;
  readonly givenBy: string;
  /** The signed paper, where somebody at a window took it down. */
  readonly evidenceId: string | null;
  /** The last day on which it holds. */
  readonly expiresOn: string;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
}

/** Adds a consent. */
export async function insertConsent(tx: Tx, scope: Scope<'consent.write'>, consent: Consent): Promise<void> {
  await tx
    .insertInto('consents')
    .values({
      tenant_id: scope.tenantId,
      party_id: consent.partyId,
      consent_id: consent.consentId,
      purpose: consent.purpose,
      fact_groups: [...consent.factGroups],
      wording_version: consent.wordingVersion,
      given_at: consent.givenAt,
      given_by: consent.givenBy,
      evidence_id: consent.evidenceId,
      expires_on: consent.expiresOn,
      withdrawn_at: consent.withdrawnAt,
      withdrawn_by: consent.withdrawnBy,
    })
    .execute();
}

/** Every consent of parties, withdrawn and expired ones included, the latest first. */
export async function readConsents(
  tx: Tx,
  scope: Scope<'consent.read' | 'consent.write' | 'held-data.read'>,
  partyIds: readonly string[],
): Promise<readonly Consent[]> {
  const rows = await tx
    .selectFrom('consents')
    .selectAll()
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', 'in', [...partyIds])
    .orderBy('given_at', 'desc')
    .orderBy('consent_id', 'desc')
    .execute();
  return rows.map((row) => ({
    partyId: row.party_id,
    consentId: row.consent_id,
    purpose: row.purpose,
    factGroups: row.fact_groups,
    wordingVersion: row.wording_version,
    givenAt: row.given_at,
    givenBy: row.given_by,
    evidenceId: row.evidence_id,
    expiresOn: row.expires_on,
    withdrawnAt: row.withdrawn_at,
    withdrawnBy: row.withdrawn_by,
  }));
}

/** Withdraws a consent. @returns whether it was in force. */
export async function withdrawConsentRow(tx: Tx, scope: Scope<'consent.write'>, partyId: string, consentId: string, by: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('consents')
    .set({ withdrawn_at: now, withdrawn_by: by })
    .where('tenant_id', '=', scope.tenantId)
    .where('party_id', '=', partyId)
    .where('consent_id', '=', consentId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** The groups of sensitive facts that parties opened for a purpose and that are open on `day`, neither expired nor withdrawn. */
export async function findOpenGroups(
  tx: Tx,
  scope: Scope<'fact.read-sensitive'>,
  partyIds: readonly string[],
  purpose: string,
  day: string,
): Promise<ReadonlySet<SensitiveGroupCode>> {
  const { rows } = await sql<{ group: SensitiveGroupCode }>`
    select distinct unnest(fact_groups) as "group" from consents
    where tenant_id = ${scope.tenantId} and party_id = any(${[...partyIds]}::uuid[]) and purpose = ${purpose} and withdrawn_at is null and expires_on >= ${day}::date`.execute(tx);
  return new Set(rows.map((row) => row.group));
}
