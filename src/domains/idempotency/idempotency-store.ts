// The only SQL of idempotency keys: claiming one, and what was answered under it.
import { sql } from 'kysely';
import type { Permission } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/database.ts';
import { gather, gatherWrites } from '../../storage/gather.ts';
import { byteaArray, integerArray, textArray } from '../../storage/sql-arrays.ts';
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
  if (await claimed(tx, { tenantId: scope.tenantId, keyDigest, bodyDigest })) return undefined;
  const row = await tx
    .selectFrom('idempotency_keys')
    .select(['body_digest', 'status', 'answer_sealed'])
    .where('tenant_id', '=', scope.tenantId)
    .where('key_digest', '=', keyDigest)
    .executeTakeFirstOrThrow();
  return { bodyDigest: row.body_digest, status: row.status, answer: row.answer_sealed };
}

/** Which of several keys are now this transaction's. */
const claimed = gather('reading', async (tx, keys: readonly { readonly tenantId: number; readonly keyDigest: string; readonly bodyDigest: Uint8Array }[]) => {
  // In one order, so that nobody waits for somebody who waits.
  const inOrder = [...keys].sort((a, b) => (a.keyDigest < b.keyDigest ? -1 : 1));
  const { rows } = await sql<{ key_digest: string }>`
    insert into idempotency_keys (tenant_id, key_digest, body_digest)
    select ${keys[0]?.tenantId ?? 0}, * from unnest(${textArray(inOrder.map((one) => one.keyDigest))}::text[], ${byteaArray(inOrder.map((one) => one.bodyDigest))}::bytea[])
    on conflict (tenant_id, key_digest) do nothing
    returning key_digest`.execute(tx);
  const own = new Set(rows.map((row) => row.key_digest));
  // The same key twice in one transaction is the first one's.
  return keys.map(({ keyDigest }) => own.delete(keyDigest));
});

/** Keeps what was answered, in the transaction of what was done. */
export async function keepAnswer(tx: Tx, scope: Scope<Permission>, keyDigest: string, status: number, answer: Uint8Array): Promise<void> {
  await answerKept(tx, { tenantId: scope.tenantId, keyDigest, status, answer });
}

const answerKept = gatherWrites(async (tx, kept: readonly { readonly tenantId: number; readonly keyDigest: string; readonly status: number; readonly answer: Uint8Array }[]) => {
  const keys = textArray(kept.map((one) => one.keyDigest));
  // The keys stand there twice, so that no plan looks through all keys of the city.
  await sql`
    update idempotency_keys as own set status = given.status, answer_sealed = given.answer
    from unnest(${keys}::text[], ${integerArray(kept.map((one) => one.status))}::integer[], ${byteaArray(kept.map((one) => one.answer))}::bytea[]) as given (key_digest, status, answer)
    where own.tenant_id = ${kept[0]?.tenantId ?? 0} and own.key_digest = any(${keys}::text[]) and own.key_digest = given.key_digest`.execute(tx);
});

/** Forgets keys older than `before`; how many. */
export async function forgetKeys(tx: Tx, scope: Scope<'idempotency.forget'>, before: Date): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('idempotency_keys')
    .where('tenant_id', '=', scope.tenantId)
    .where('created_at', '<', before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
