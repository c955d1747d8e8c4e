// The only SQL on the administration of feeds' keys.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** A key as administrators see it; the key itself is nowhere. */
export interface FeedKey {
  readonly keyId: string;
  readonly departmentId: string;
  readonly label: string;
  readonly purpose: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedOn: string | null;
}

/** Every key, newest first. */
export async function listKeys(tx: Tx, scope: Scope<'feed-key.manage'>): Promise<readonly FeedKey[]> {
  const rows = await tx
    .selectFrom('feed_keys')
    .where('tenant_id', '=', scope.tenantId)
    .select(['key_id', 'department_id', 'label', 'purpose', 'created_at', 'expires_at', 'revoked_at', 'last_used_on'])
    .orderBy('key_id', 'desc')
    .execute();
  return rows.map((row) => ({
    keyId: row.key_id,
    departmentId: row.department_id,
    label: row.label,
    purpose: row.purpose,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedOn: row.last_used_on,
  }));
}

/** Adds a key. @returns false where there is no such department. */
export async function insertKey(
  tx: Tx,
  scope: Scope<'feed-key.manage'>,
  key: { readonly keyId: string; readonly departmentId: string; readonly label: string; readonly purpose: string; readonly tokenDigest: Uint8Array; readonly createdAt: Date; readonly expiresAt: Date },
): Promise<boolean> {
  const department = await tx.selectFrom('departments').where('tenant_id', '=', scope.tenantId).where('department_id', '=', key.departmentId).select('department_id').executeTakeFirst();
  if (department === undefined || scope.actor.accountId === null) return false;
  await tx
    .insertInto('feed_keys')
    .values({
      tenant_id: scope.tenantId,
      key_id: key.keyId,
      department_id: key.departmentId,
      label: key.label,
      purpose: key.purpose,
      token_digest: key.tokenDigest,
      created_by: scope.actor.accountId,
      created_at: key.createdAt,
      expires_at: key.expiresAt,
    })
    .execute();
  return true;
}

/** Revokes a key. @returns false where there is none such in force. */
export async function revokeKey(tx: Tx, scope: Scope<'feed-key.manage'>, keyId: string, now: Date): Promise<boolean> {
  const done = await tx
    .updateTable('feed_keys')
    .set({ revoked_at: now, revoked_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('key_id', '=', keyId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}
