// The only SQL of idempotency keys: claiming one, and what was answered under it.
import type { Permission } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** What stands under a key that was claimed before. */
export interface ClaimedKey {
  readonly bodyDigest: Uint8Array;
  readonly status: number | null;
  readonly answer: Uint8Array | null;
}

/**
 * Claims a key for the running transaction: undefined where it is now this call's, else what stands under it.
 * A second call with the same key waits here until the first has ended.
 */
export async function claimKey(tx: Tx, scope: Scope<Permission>, keyDigest: string, bodyDigest: Uint8Array): Promise<ClaimedKey | undefined> {
  const claimed = await tx
    .insertInto('idempotency_keys')
    .values({ tenant_id: scope.tenantId, key_digest: keyDigest, body_digest: Buffer.from(bodyDigest) })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'key_digest']).doNothing())
    .returning('key_digest')
    .executeTakeFirst();
  if (claimed !== undefined) return undefined;
  const row = await tx
    .selectFrom('idempotency_keys')
    .select(['body_digest', 'status', 'answer_sealed'])
    .where('tenant_id', '=', scope.tenantId)
    .where('key_digest', '=', keyDigest)
    .executeTakeFirstOrThrow();
  return { bodyDigest: row.body_digest, status: row.status, answer: row.answer_sealed };
}

/** Keeps what was answered, in the transaction of what was done. */
export async function keepAnswer(tx: Tx, scope: Scope<Permission>, keyDigest: string, status: number, answer: Uint8Array): Promise<void> {
  await tx
    .updateTable('idempotency_keys')
    .set({ status, answer_sealed: Buffer.from(answer) })
    .where('tenant_id', '=', scope.tenantId)
    .where('key_digest', '=', keyDigest)
    .execute();
}

/** Forgets keys older than `before`; how many. */
export async function forgetKeys(tx: Tx, scope: Scope<'idempotency.forget'>, before: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('idempotency_keys')
    .where('tenant_id', '=', scope.tenantId)
    .where('created_at', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
