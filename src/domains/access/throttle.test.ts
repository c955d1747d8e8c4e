// Tests how failures slow attempts down: they grow, they end, and an attacker cannot keep them from ending.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countFailure, type Gate, secondsToWait, type ThrottleState } from './throttle.ts';

const start = new Date('2026-06-30T01:00:00Z');
const after = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);

/** The waits that a row of failures brings, each coming as soon as it is heard. */
function waits(gate: Gate, count: number): readonly number[] {
  let state: ThrottleState | undefined;
  let now = start;
  return Array.from({ length: count }, () => {
    state = countFailure(gate, state, now);
    const wait = secondsToWait(state, now);
    now = after(now, wait);
    return wait;
  });
}

describe('delays', () => {
  test('four wrong passwords are free, then a minute, doubled up to half an hour', () => {
    expect(waits('password', 12)).toEqual([0, 0, 0, 0, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
  });

  test('a code is sent once a minute, then less often, and never later than after five minutes', () => {
    expect(waits('code-sent', 6)).toEqual([60, 120, 240, 300, 300, 300]);
  });

  test('from one place a telephone gets twenty codes, then one an hour; from all places together twenty, then one in five minutes', () => {
    const free = Array.from({ length: 19 }, () => 0);
    expect(waits('code-sent-daily', 22)).toEqual([...free, 3600, 3600, 3600]);
    expect(waits('code-sent-phone', 24)).toEqual([...free, 60, 120, 240, 300, 300]);
  });

  test('an office behind one address has fifty, and never waits longer than a quarter of an hour', () => {
    const all = waits('address', 60);
    expect(all.slice(0, 49)).toEqual(Array.from({ length: 49 }, () => 0));
    expect(Math.max(...all)).toBe(900);
  });

  test('a day without failures and all is forgotten', () => {
    const state: ThrottleState = { failures: 50, lastFailedAt: start, blockedUntil: after(start, 1800) };
    expect(countFailure('password', state, after(start, 86_401)).failures).toBe(1);
    expect(countFailure('password', state, after(start, 86_399)).failures).toBe(51);
  });
});

test('no row of failures, however long, closes a gate for more than its longest delay', () => {
  const gates = fc.constantFrom<Gate[]>('password', 'known-browser', 'address', 'code-sent', 'code-sent-daily', 'code-sent-phone', 'code-sent-address', 'second-factor');
  fc.assert(
    fc.property(gates, fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 200 }), (gate, pauses) => {
      let state: ThrottleState | undefined;
      let now = start;
      for (const pause of pauses) {
        now = after(now, pause);
        // Only what is heard is counted.
        if (secondsToWait(state, now) === 0) state = countFailure(gate, state, now);
      }
      expect(secondsToWait(state, now)).toBeLessThanOrEqual(3600);
      expect(secondsToWait(state, after(now, 3600))).toBe(0);
    }),
  );
});
