// Hands over what waits in the outbox: one pass over a city, and the round that every server process runs.
import { type Database, inTenant } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { type Protector, ProtectionError } from '../protection/index.ts';
import { claimDue, type ClaimedSms, deleteEnded, endOverdue, markFailed, markSent } from './messages-store.ts';
import { isQuiet } from './quiet-hours.ts';
import { MOST_ATTEMPTS, retryDelayMs } from './retry-delay.ts';
import { SEND_LIMIT_MS, type SmsOutcome, type SmsPort } from './sms-port.ts';

/** What handing over stands on. */
export interface DeliveryParts {
  readonly db: Database;
  readonly protector: Protector;
  readonly sms: SmsPort;
  readonly now?: () => Date;
  /** A number from 0 up to 1, for the spread of retries. */
  readonly random?: () => number;
  /** Told of every attempt that did not succeed; never of a phone or a text. */
  readonly log?: (event: { readonly event: 'sms-failed' | 'sms-dead' | 'sms-round-failed'; readonly tenantId: number; readonly id?: string; readonly fault: string; readonly attempts?: number }) => void;
}

/** What a pass did. */
export interface DeliveryReport {
  readonly claimed: number;
  readonly sent: number;
  readonly failed: number;
}

const BATCH = 20;
const AT_ONCE = 5;
/** Longer than a whole batch can take, so that nobody takes a message that is still under way. */
const LEASE_MS = (BATCH / AT_ONCE) * SEND_LIMIT_MS * 2;
const KEPT_MS = 90 * 86_400_000;

/** Claims one batch of a tenant and hands it over. A message whose process dies in between is claimed again once its lease is over, with the same id. */
export async function deliverDue(parts: DeliveryParts, tenantId: number): Promise<DeliveryReport> {
  const { db, now = () => new Date() } = parts;
  const scope = jobScope(tenantId, 'messages', 'message.send');
  const claimed = await inTenant(db, tenantId, async (tx) => {
    const at = now();
    await endOverdue(tx, scope, at, MOST_ATTEMPTS);
    return claimDue(tx, scope, { now: at, isQuiet: isQuiet(at), limit: BATCH, leaseMs: LEASE_MS });
  });
  const rest = [...claimed];
  let sent = 0;
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) if (await deliverOne(parts, tenantId, next)) sent++;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { claimed: claimed.length, sent, failed: claimed.length - sent };
}

async function deliverOne(parts: DeliveryParts, tenantId: number, row: ClaimedSms): Promise<boolean> {
  const { db, now = () => new Date(), random = Math.random, log } = parts;
  const scope = jobScope(tenantId, 'messages', 'message.send');
  const outcome = await attempt(parts, tenantId, row);
  const at = now();
  if (outcome.kind === 'accepted') {
    await inTenant(db, tenantId, (tx) => markSent(tx, scope, row.outboxId, at));
    return true;
  }
  const isDead = outcome.kind === 'refused' || row.attempts >= MOST_ATTEMPTS;
  const askedMs = outcome.kind === 'failed' ? outcome.retryAfterMs : undefined;
  const dueAt = isDead ? undefined : new Date(at.getTime() + retryDelayMs(row.attempts, random(), askedMs));
  await inTenant(db, tenantId, (tx) => markFailed(tx, scope, row.outboxId, { fault: outcome.fault, dueAt, at }));
  log?.({ event: isDead ? 'sms-dead' : 'sms-failed', tenantId, id: row.outboxId, fault: outcome.fault, attempts: row.attempts });
  return false;
}

async function attempt({ protector, sms }: DeliveryParts, tenantId: number, row: ClaimedSms): Promise<SmsOutcome> {
  const open = (column: string, sealed: Uint8Array): string => protector.openText({ tenantId, table: 'outbox', column, row: row.outboxId }, sealed);
  try {
    return await sms.send({ id: row.outboxId, phone: open('phone_sealed', row.phoneSealed), text: open('text_sealed', row.textSealed) });
  } catch (error) {
    // A missing key may come back with the operator; a changed value never becomes right.
    if (error instanceof ProtectionError) return error.problem === 'key-missing' ? { kind: 'failed', fault: 'key-missing' } : { kind: 'refused', fault: 'sealed-value-changed' };
    return { kind: 'failed', fault: 'adapter-threw' };
  }
}

/** One round over cities; gives whether there may be more to do at once. */
export type DeliveryRound = (tenantIds: readonly number[], isStopping?: () => boolean) => Promise<boolean>;

/**
 * Makes the round that every server process runs again and again, as many processes as there are. Once a day it deletes what ended 90 days ago.
 * A city that fails is told of, and keeps no other waiting.
 */
export function makeDeliveryRound(parts: DeliveryParts): DeliveryRound {
  const swept = new Map<number, string>();
  return async (tenantIds, isStopping = () => false) => {
    let isMore = false;
    for (const tenantId of tenantIds) {
      if (isStopping()) break;
      try {
        const at = (parts.now ?? (() => new Date()))();
        const today = at.toISOString().slice(0, 10);
        if (swept.get(tenantId) !== today) {
          await inTenant(parts.db, tenantId, (tx) => deleteEnded(tx, jobScope(tenantId, 'messages', 'message.send'), new Date(at.getTime() - KEPT_MS)));
          swept.set(tenantId, today);
        }
        isMore = (await deliverDue(parts, tenantId)).claimed > 0 || isMore;
      } catch (error) {
        parts.log?.({ event: 'sms-round-failed', tenantId, fault: error instanceof Error ? error.name : 'unknown' });
      }
    }
    return isMore;
  };
}
