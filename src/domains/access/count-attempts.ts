// Counts attempts before they are looked at, and takes the count back when they succeed.
import type { Tx } from '../../storage/database.ts';
import type { Protector } from '../protection/index.ts';
import { type EntryScope, findThrottle, openThrottle, putThrottle } from './entry-store.ts';
import { countFailure, type Gate, secondsToWait } from './throttle.ts';

/** One thing that an attempt is counted under. */
export interface Attempt {
  readonly gate: Gate;
  readonly subject: Uint8Array;
}

/** An attempt at a gate by a login, a telephone, an address or an account; only its digest is stored. */
export function attemptAt(protector: Protector, tenantId: number, gate: Gate, subject: string): Attempt {
  return { gate, subject: protector.digest(tenantId, `attempt ${gate} ${subject}`) };
}

/**
 * Counts an attempt at every gate, unless one of them is closed.
 * @returns refused: seconds until it would be heard, 0 where it counts now; next: seconds until one more would be heard.
 */
export async function countAttempts(tx: Tx, scope: EntryScope, attempts: readonly Attempt[], now: Date): Promise<{ readonly refused: number; readonly next: number }> {
  // In one order everywhere, so that two calls never wait for one another.
  const ordered = [...attempts].sort((a, b) => a.gate.localeCompare(b.gate) || Buffer.compare(a.subject, b.subject));
  const states = [];
  for (const { gate, subject } of ordered) {
    await openThrottle(tx, scope, gate, subject, now);
    states.push(await findThrottle(tx, scope, gate, subject));
  }
  const refused = Math.max(0, ...states.map((state) => secondsToWait(state, now)));
  if (refused > 0) return { refused, next: refused };
  let next = 0;
  for (const [index, { gate, subject }] of ordered.entries()) {
    const after = countFailure(gate, states[index], now);
    await putThrottle(tx, scope, gate, subject, after);
    next = Math.max(next, secondsToWait(after, now));
  }
  return { refused: 0, next };
}

/** After a success: all failures are forgotten, save that an address gets only this one attempt back, whoever is behind it. */
export async function takeBackAttempts(tx: Tx, scope: EntryScope, attempts: readonly Attempt[], now: Date): Promise<void> {
  for (const { gate, subject } of attempts) {
    if (gate === 'address' || gate === 'code-sent-address') {
      const state = await findThrottle(tx, scope, gate, subject);
      if (state !== undefined) await putThrottle(tx, scope, gate, subject, { ...state, failures: Math.max(0, state.failures - 1), blockedUntil: null });
    } else {
      await putThrottle(tx, scope, gate, subject, { failures: 0, lastFailedAt: now, blockedUntil: null });
    }
  }
}
