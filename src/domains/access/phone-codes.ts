// Codes that prove a telephone: sent alike whoever has it, counted, good once and for five minutes.
import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { attemptAt, countAttempts, takeBackAttempts } from './count-attempts.ts';
import { type EntryScope, insertPhoneCode, tryPhoneCode, usePhoneCode } from './entry-store.ts';
import { rowIn } from './sealed-columns.ts';
import { makePhoneCode } from './token.ts';

/** What a code is for; it serves for nothing else. */
export type CodePurpose = 'enter' | 'recover' | 'change-phone';

const templates = { enter: 'code.sign-in', recover: 'code.recover', 'change-phone': 'code.change-phone' } as const;
const CODE_MINUTES = 5;
const MOST_TRIES = 5;

/**
 * Sends a code to a telephone, known or not.
 * @throws Refusal too-many-attempts where one was sent too shortly before.
 */
export async function sendPhoneCode(
  db: Database,
  parts: AccessParts,
  scope: EntryScope,
  { phone, purpose, client }: { readonly phone: string; readonly purpose: CodePurpose; readonly client: Client },
  now: Date,
): Promise<{ codeId: string; expiresInSeconds: number; resendInSeconds: number }> {
  const { protector } = parts;
  const { tenantId } = scope;
  const attempts = [attemptAt(protector, tenantId, 'code-sent', phone), attemptAt(protector, tenantId, 'code-sent-address', client.address)];
  const codeId = newId();
  const code = makePhoneCode();
  const { refused, next } = await inTenant(db, tenantId, async (tx) => {
    const counted = await countAttempts(tx, scope, attempts, now);
    if (counted.refused > 0) return counted;
    const phoneSealed = rowIn(protector, tenantId, 'phone_codes', codeId).seal('phone_sealed', phone);
    const codeDigest = protector.digest(tenantId, digestible(codeId, purpose, code));
    await insertPhoneCode(tx, scope, { codeId, phoneSealed, codeDigest, sentAt: now, expiresAt: new Date(now.getTime() + CODE_MINUTES * 60_000) });
    await parts.sendMessage(tx, scope, { to: { phone, language: client.language }, template: templates[purpose], values: { code, minutes: CODE_MINUTES } });
    return counted;
  });
  if (refused > 0) throw new Refusal('too-many-attempts', { seconds: refused });
  return { codeId, expiresInSeconds: CODE_MINUTES * 60, resendInSeconds: next };
}

const digestible = (codeId: string, purpose: CodePurpose, code: string): string => `phone-code ${codeId} ${purpose} ${code}`;

/** A code as it was typed. */
export interface TypedCode {
  readonly codeId: string;
  readonly code: string;
}

/**
 * The telephone that a code proves; undefined for a wrong, used or expired one. Counts the try, so the transaction must commit either way.
 * Call `usePhoneCode` once it has served.
 */
export async function checkPhoneCode(tx: Tx, parts: AccessParts, scope: EntryScope, { codeId, code }: TypedCode, purpose: CodePurpose, now: Date): Promise<string | undefined> {
  const { protector } = parts;
  const { tenantId } = scope;
  const digest = protector.digest(tenantId, digestible(codeId, purpose, code));
  const stored = await tryPhoneCode(tx, scope, codeId);
  if (stored === undefined || stored.usedAt !== null || stored.tries > MOST_TRIES || stored.expiresAt <= now) return undefined;
  if (!timingSafeEqual(stored.codeDigest, digest)) return undefined;
  return rowIn(protector, tenantId, 'phone_codes', codeId).open('phone_sealed', stored.phoneSealed);
}

/** Uses a code up, and forgets that codes were asked for by this telephone; the address gets its one back. */
export async function spendPhoneCode(tx: Tx, parts: AccessParts, scope: EntryScope, codeId: string, phone: string, now: Date, client?: Client): Promise<void> {
  const { tenantId } = scope;
  await usePhoneCode(tx, scope, codeId, now);
  const attempts = [attemptAt(parts.protector, tenantId, 'code-sent', phone)];
  if (client !== undefined) attempts.push(attemptAt(parts.protector, tenantId, 'code-sent-address', client.address));
  await takeBackAttempts(tx, scope, attempts, now);
}
