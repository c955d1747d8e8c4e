// What the address and the calendar say about a visit.
import { expect, test } from 'vitest';
import { findToday, readAddress } from './keep-visit.ts';

test('today is the day in the city, not the day in Greenwich', () => {
  expect(findToday(new Date('2026-11-20T15:59:59Z'))).toBe('2026-11-20');
  expect(findToday(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
});

test.each([
  ['?date=2027-02-28&lang=en', { date: '2027-02-28', language: 'en' }],
  ['?lang=zh', { language: 'zh' }],
  ['?city=siping&lang=en', { city: 'siping', language: 'en' }],
  ['?city=nowhere', {}],
  ['?city=', {}],
  ['?date=2027-02-29', {}],
  ['?date=2027-2-1', {}],
  ['?date=1799-12-31', {}],
  ['?date=tomorrow&lang=fr', {}],
  ['', {}],
] as const)('%j is read as %j', (search, read) => {
  expect(readAddress(search, ['jilin-city', 'siping'])).toEqual(read);
});
