// When a message may go: quiet hours of Asia/Shanghai, and the rest between attempts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isQuiet, nextWakingInstant } from './quiet-hours.ts';
import { MOST_ATTEMPTS, retryDelayMs } from './retry-delay.ts';

const shanghai = (text: string): Date => new Date(`${text}+08:00`);

test('messages rest from 21:00 to 08:00 in Shanghai, wherever the server stands', () => {
  expect(isQuiet(shanghai('2026-06-30T20:59:59.999'))).toBe(false);
  expect(isQuiet(shanghai('2026-06-30T21:00:00'))).toBe(true);
  expect(isQuiet(shanghai('2026-07-01T00:00:00'))).toBe(true);
  expect(isQuiet(shanghai('2026-07-01T07:59:59.999'))).toBe(true);
  expect(isQuiet(shanghai('2026-07-01T08:00:00'))).toBe(false);
});

test('what comes up in the evening goes the next morning, what comes up after midnight the same morning', () => {
  expect(nextWakingInstant(shanghai('2026-06-30T21:30:00'))).toEqual(shanghai('2026-07-01T08:00:00'));
  expect(nextWakingInstant(shanghai('2026-12-31T23:59:00'))).toEqual(shanghai('2027-01-01T08:00:00'));
  expect(nextWakingInstant(shanghai('2026-07-01T00:30:00'))).toEqual(shanghai('2026-07-01T08:00:00'));
  expect(nextWakingInstant(shanghai('2026-07-01T12:00:00'))).toEqual(shanghai('2026-07-01T12:00:00'));
});

test('the next waking instant is never quiet, never earlier, and less than half a day away', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }), (instant) => {
      const next = nextWakingInstant(instant);
      expect(isQuiet(next)).toBe(false);
      const waits = next.getTime() - instant.getTime();
      expect(waits).toBeGreaterThanOrEqual(0);
      expect(waits).toBeLessThanOrEqual(11 * 3_600_000);
    }),
  );
});

test('the rest doubles from 5 s to an hour, spread over its upper half; a receiver may ask for more', () => {
  expect(retryDelayMs(1, 0)).toBe(2_500);
  expect(retryDelayMs(1, 0.999_999)).toBe(5_000);
  expect(retryDelayMs(4, 0)).toBe(20_000);
  expect(retryDelayMs(MOST_ATTEMPTS, 0)).toBe(1_280_000);
  expect(retryDelayMs(40, 0.999_999_9)).toBe(3_600_000);
  expect(retryDelayMs(1, 0, 60_000)).toBe(60_000);
  expect(retryDelayMs(1, 0, 86_400_000)).toBe(3_600_000);
});
