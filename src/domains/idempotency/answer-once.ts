// Does a call once however often it is sent: the answer is kept in the same transaction as the work.
import { Refusal } from '../../contract/errors.ts';
import type { Permission } from '../../contract/permissions.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { claimKey, keepAnswer } from './idempotency-store.ts';

/** What is answered and kept; JSON as text. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Which call it is: who calls what, under which key, with which body. */
export interface OneCall {
  readonly endpointId: string;
  /** The path as called, since one key may serve one thing only. */
  readonly path: string;
  readonly key: string;
  readonly body: string | Uint8Array;
}

/**
 * Runs `work` unless this very call was answered before; then gives that answer.
 * @throws Refusal idempotency-key-reused where the key came before with another body.
 */
export async function answerOnce(
  tx: Tx,
  scope: Scope<Permission>,
  protector: Protector,
  call: OneCall,
  work: () => Promise<KeptAnswer>,
): Promise<{ readonly answer: KeptAnswer; readonly isRepeated: boolean }> {
  const { tenantId, actor } = scope;
  const caller = [actor.accountId, JSON.stringify(actor.capacity)].join(' ');
  const keyDigest = Buffer.from(protector.digest(tenantId, JSON.stringify([caller, call.endpointId, call.path, call.key]))).toString('hex');
  const bodyDigest = protector.digest(tenantId, call.body);
  const place = { tenantId, table: 'idempotency_keys', column: 'answer_sealed', row: keyDigest };
  const before = await claimKey(tx, scope, keyDigest, bodyDigest);
  if (before !== undefined) {
    // A key without an answer is of a call that failed after its claim had committed, which cannot be: both are one transaction.
    if (before.answer === null || Buffer.compare(before.bodyDigest, bodyDigest) !== 0) throw new Refusal('idempotency-key-reused');
    return { answer: JSON.parse(protector.openText(place, before.answer)) as KeptAnswer, isRepeated: true };
  }
  const answer = await work();
  await keepAnswer(tx, scope, keyDigest, answer.status, protector.seal(place, JSON.stringify(answer)));
  return { answer, isRepeated: false };
}
