// The SQL that finds through which accounts a party can be told something.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { chinaDay } from './china-day.ts';

/** The account of a person, and the accounts of an organisation's agents in force; records merged into the party count as it. */
export async function findAccountsOf(tx: Tx, scope: Scope<'message.send'>, partyId: string, now = new Date()): Promise<readonly string[]> {
  const { tenantId } = scope;
  const { rows } = await sql<{ account_id: string }>`
    with recursive ids as (
      select ${partyId}::uuid as party_id
      union
      select p.party_id from parties p join ids on p.tenant_id = ${tenantId} and p.merged_into = ids.party_id
    )
    select a.account_id from accounts a join ids on a.tenant_id = ${tenantId} and a.party_id = ids.party_id
    where a.suspended_at is null
    union
    select g.account_id from agencies g join ids on g.tenant_id = ${tenantId} and g.organisation_id = ids.party_id
    where g.account_id is not null and g.accepted_at is not null and g.revoked_at is null and (g.valid_to is null or g.valid_to >= ${chinaDay(now)}::date)
    order by account_id`.execute(tx);
  return rows.map((row) => row.account_id);
}
