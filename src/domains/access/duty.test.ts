// Tests what follows from the duty of an account: steps of a sign-in and life of a session.
import { describe, expect, test } from 'vitest';
import { type Duty, needsRealName, type ProofState, sessionLife, stepsLeft } from './duty.ts';
import { beginSession, isAlive, renewSession } from './session.ts';

const now = new Date('2026-06-30T01:00:00Z');
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const minutesLater = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

describe('steps after the first proof', () => {
  const state = (duty: Duty, more: Partial<ProofState> = {}): ProofState => ({ duty, method: 'password', hasSecondFactor: false, password: { isOneTime: false, changedAt: daysAgo(1) }, ...more });

  test('a person is in, or shows the second factor that was enrolled', () => {
    expect(stepsLeft(state('person'), now)).toEqual([]);
    for (const method of ['password', 'phone-code', 'provider'] as const) expect(stepsLeft(state('person', { method, hasSecondFactor: true }), now)).toEqual(['second-factor']);
  });

  test.each(['officer', 'system-admin', 'security-admin', 'audit-admin'] as const)('%s never comes in on a password alone', (duty) => {
    expect(stepsLeft(state(duty), now)).toEqual(['enrol-second-factor']);
    expect(stepsLeft(state(duty, { hasSecondFactor: true }), now)).toEqual(['second-factor']);
    expect(stepsLeft(state(duty, { password: { isOneTime: true, changedAt: now } }), now)).toEqual(['new-password', 'enrol-second-factor']);
    expect(stepsLeft(state(duty, { method: 'provider', password: undefined, hasSecondFactor: true }), now)).toEqual(['second-factor']);
  });

  test('a code is joined by name and number in a new browser and after a month, for a named account without a second factor', () => {
    const named = { partyId: 'party', hasSecondFactor: false, lastEntryAt: daysAgo(30) };
    expect([needsRealName(named, true, now), needsRealName(named, false, now)]).toEqual([false, true]);
    expect(needsRealName({ ...named, lastEntryAt: new Date(daysAgo(30).getTime() - 1) }, true, now)).toBe(true);
    expect(needsRealName({ ...named, lastEntryAt: null }, true, now)).toBe(true);
    for (const other of [{ partyId: null }, { hasSecondFactor: true }]) expect(needsRealName({ ...named, ...other, lastEntryAt: daysAgo(90) }, false, now)).toBe(false);
    expect(stepsLeft(state('person', { method: 'phone-code', isUnfamiliar: true }), now)).toEqual(['real-name']);
  });

  test('staff choose a new password after half a year, people never have to', () => {
    const worn = { isOneTime: false, changedAt: daysAgo(181) };
    expect(stepsLeft(state('officer', { hasSecondFactor: true, password: worn }), now)).toEqual(['second-factor', 'new-password']);
    expect(stepsLeft(state('person', { password: worn }), now)).toEqual([]);
  });
});

describe('sessions', () => {
  test.each([
    ['officer', 30, 720],
    ['audit-admin', 30, 720],
    ['person', 720, 10_080],
  ] as const)('of %s end after %d idle minutes and %d in all', (duty, idle, longest) => {
    const life = sessionLife(duty);
    let times = beginSession(life, now);
    expect(isAlive(times, minutesLater(idle - 1))).toBe(true);
    expect(isAlive(times, minutesLater(idle))).toBe(false);
    // Used all the time, it still ends.
    for (let minute = idle - 1; minute < longest; minute += idle - 1) times = renewSession(times, life, minutesLater(minute)) ?? times;
    expect(isAlive(times, minutesLater(longest - 1))).toBe(true);
    expect(isAlive(times, minutesLater(longest))).toBe(false);
  });

  test('twenty calls of one page write once', () => {
    const life = sessionLife('officer');
    const times = beginSession(life, now);
    expect(renewSession(times, life, new Date(now.getTime() + 59_000))).toBeUndefined();
    expect(renewSession(times, life, new Date(now.getTime() + 60_000))?.idleExpiresAt).toEqual(minutesLater(31));
  });

  test('one that ended stays ended', () => {
    expect(isAlive({ ...beginSession(sessionLife('person'), now), endedAt: now }, now)).toBe(false);
  });
});
