// Which days a bank's result may bear: up to the next one, under which a bank books at night, by the city's calendar.
import { expect, test } from 'vitest';
import { isAhead, refuseAhead } from './bank-day.ts';

test('the next day is a bank’s own, the one after lies ahead; a person types none that has not come', () => {
  // Late at night in the city, still the day before in Greenwich; and early in the morning.
  for (const now of [new Date('2026-07-01T15:59:00Z'), new Date('2026-06-30T16:01:00Z')]) {
    expect(['2026-07-01', '2026-07-02', '2026-07-03', '2026-08-01', '2062-07-01'].map((on) => isAhead(on, now))).toEqual([false, false, true, true, true]);
    expect(() => refuseAhead('2026-07-01', now)).not.toThrow();
    expect(() => refuseAhead('2026-07-02', now)).toThrow('input-invalid');
  }
});
