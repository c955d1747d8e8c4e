// Codes that prove a telephone: sent alike whoever has it, counted, good once and for five minutes.
import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../contract/errors.ts';
import { type Database, inTenant, newId, type Tx } from '../../storage/database.ts';
import type { WriteAudit } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import type { AccessParts, Client } from './access-parts.ts';
import { type Attempt, attemptAt, countAttempts, takeBackAttempts } from './count-attempts.ts';
import { type EntryScope, insertPhoneCode, tryPhoneCode, usePhoneCode } from './entry-store.ts';
import { readBrowser } from './known-browser.ts';
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
  record: WriteAudit,
): Promise<{ codeId: string; expiresInSeconds: number; resendInSeconds: number }> {
  const { protector } = parts;
  const { tenantId } = scope;
  const attempts = attemptsToSend(protector, tenantId, phone, client);
  const codeId = newId();
  const code = makePhoneCode();
  const { refused, next } = await inTenant(db, tenantId, async (tx) => {
    const counted = await countAttempts(tx, scope, attempts, now);
    if (counted.refused > 0) return counted;
    const phoneSealed = rowIn(protector, tenantId, 'phone_codes', codeId).seal('phone_sealed', phone);
    const codeDigest = protector.digest(tenantId, digestible(codeId, purpose, code));
    await insertPhoneCode(tx, scope, { codeId, phoneSealed, codeDigest, sentAt: now, expiresAt: new Date(now.getTime() + CODE_MINUTES * 60_000) });
    await parts.sendMessage(tx, scope, { to: { phone, language: client.language }, template: templates[purpose], values: { code, minutes: CODE_MINUTES } });
    await record(tx, { object: { kind: 'phone-code', id: codeId }, detail: { purpose } });
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
export async function spendPhoneCode(tx: Tx, parts: AccessParts, scope: EntryScope, codeId: string, phone: string, client: Client, now: Date): Promise<void> {
  await usePhoneCode(tx, scope, codeId, now);
  await takeBackAttempts(tx, scope, attemptsToSend(parts.protector, scope.tenantId, phone, client), now);
}

/**
 * What the sending of a code is counted under. A telephone is counted with the place that asks, and only loosely by itself, so that a stranger
 * elsewhere who asks for codes of your telephone does not keep you waiting; a browser in which you entered before waits for no stranger at all.
 */
function attemptsToSend(protector: Protector, tenantId: number, phone: string, client: Client): readonly Attempt[] {
  const known = readBrowser(protector, tenantId, phone, client.browser);
  const place = known === undefined ? `address ${client.address}` : `browser ${known}`;
  return [
    attemptAt(protector, tenantId, 'code-sent', `${phone} ${place}`),
    attemptAt(protector, tenantId, 'code-sent-daily', `${phone} ${place}`),
    attemptAt(protector, tenantId, 'code-sent-address', client.address),
    ...(known === undefined ? [attemptAt(protector, tenantId, 'code-sent-phone', phone)] : []),
  ];
}
