// Keys by which departments' systems deliver: issued for a purpose and a time, shown once.
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope, WriteAudit } from '../permissions/index.ts';
import { insertKey } from './feed-key-store.ts';
import { digestToken, makeToken } from './token.ts';

/** Issues a key. @throws Refusal not-found (no such department) */
export async function issueFeedKey(
  tx: Tx,
  scope: Scope<'feed-key.manage'>,
  wanted: { readonly departmentId: string; readonly label: string; readonly purpose: string; readonly validDays: number },
  now: Date,
  record: WriteAudit,
): Promise<{ keyId: string; key: string }> {
  const keyId = newId();
  const key = makeToken('feed');
  const { departmentId, label, purpose, validDays } = wanted;
  const expiresAt = new Date(now.getTime() + validDays * 86_400_000);
  if (!(await insertKey(tx, scope, { keyId, departmentId, label, purpose, tokenDigest: digestToken(key), createdAt: now, expiresAt }))) throw new Refusal('not-found');
  await record(tx, { object: { kind: 'feed-key', id: keyId }, detail: { departmentId } });
  return { keyId, key };
}
