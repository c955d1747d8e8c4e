// Hands over what waits in the outbox: one pass, and the loop that every server process runs.
import { setTimeout as sleep } from 'node:timers/promises';
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
  readonly log?: (event: { readonly event: 'sms-failed' | 'sms-dead' | 'sms-loop-failed'; readonly tenantId: number; readonly id?: string; readonly fault: string; readonly attempts?: number }) => void;
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

/** A loop that can be stopped. */
export interface RunningLoop {
  /** Lets what is under way finish, and starts nothing more. */
  stop(): Promise<void>;
}

/**
 * Runs passes over all tenants until it is stopped; any number of processes may run it at once.
 * @param tenantIds which tenants there are now
 * @param pauseMs how long to rest when nothing was due
 */
export function startDelivering(parts: DeliveryParts, tenantIds: () => Promise<readonly number[]>, pauseMs = 1000): RunningLoop {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    let sweptOn = '';
    while (!stopping.signal.aborted) {
      let isBusy = false;
      try {
        const at = (parts.now ?? (() => new Date()))();
        const today = at.toISOString().slice(0, 10);
        for (const tenantId of await tenantIds()) {
          if (stopping.signal.aborted) break;
          isBusy = (await tryTenant(parts, tenantId, sweptOn === today ? undefined : new Date(at.getTime() - KEPT_MS))) || isBusy;
        }
        sweptOn = today;
      } catch {
        // The database is away for a moment; the pause comes before the next attempt.
        parts.log?.({ event: 'sms-loop-failed', tenantId: 0, fault: 'database' });
      }
      if (!isBusy) await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** One pass over a tenant; a tenant that fails does not keep the others waiting. */
async function tryTenant(parts: DeliveryParts, tenantId: number, sweepBefore: Date | undefined): Promise<boolean> {
  try {
    if (sweepBefore !== undefined) await inTenant(parts.db, tenantId, (tx) => deleteEnded(tx, jobScope(tenantId, 'messages', 'message.send'), sweepBefore));
    const report = await deliverDue(parts, tenantId);
    return report.claimed > 0;
  } catch (error) {
    parts.log?.({ event: 'sms-loop-failed', tenantId, fault: error instanceof Error ? error.name : 'unknown' });
    return false;
  }
}
