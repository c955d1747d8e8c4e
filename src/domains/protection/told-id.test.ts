// Ids in their other spelling: read back to the same, alike for equal ones, without the time in them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKeys } from '../../adapters/cryptography/sm4-protector.ts';
import { newId } from '../../storage/database.ts';
import type { Protector } from './protector.ts';
import { readSpelledId, readSpelledIds, spellId } from './told-id.ts';

const folder = mkdtempSync(join(tmpdir(), 'wutong-told-id-'));
let protector: Protector;
beforeAll(async () => {
  protector = await openKeys({ path: join(folder, 'wutong.keys'), hasSealedData: () => Promise.resolve(false) });
});
afterAll(() => rmSync(folder, { recursive: true }));

const anyId = fc.uuid({ version: 7 });

test('every id is read back from its spelling, and no two share one', () => {
  fc.assert(fc.property(anyId, anyId, fc.integer({ min: 1, max: 9 }), (one, other, tenantId) => {
    const told = spellId(protector, tenantId, one);
    expect(told).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(readSpelledId(protector, tenantId, told)).toBe(one);
    expect(readSpelledId(protector, tenantId, told.toUpperCase())).toBe(one);
    expect(spellId(protector, tenantId, one)).toBe(told);
    expect(spellId(protector, tenantId, other) === told).toBe(one === other);
    expect(spellId(protector, tenantId + 1, one)).not.toBe(told);
  }));
});

test('of ids made one after the other the spellings are in no order', () => {
  const told = Array.from({ length: 400 }, () => spellId(protector, 1, newId()));
  const rising = told.filter((one, at) => at > 0 && one > (told[at - 1] ?? '')).length;
  expect(rising).toBeGreaterThan(120);
  expect(rising).toBeLessThan(280);
  expect(new Set(told.map((one) => one.slice(0, 2))).size).toBeGreaterThan(100);
});

test('it is read back wherever a person is named, and nothing else is touched', () => {
  const id = newId();
  const told = spellId(protector, 1, id);
  const given = { partyId: told, rows: [{ subjectId: told, name: '张三一' }, { keptPartyId: told, mergedPartyId: id }], packId: told, text: told, count: 3, nothing: null };
  expect(readSpelledIds(protector, 1, given)).toEqual({ partyId: id, rows: [{ subjectId: id, name: '张三一' }, { keptPartyId: id, mergedPartyId: id }], packId: told, text: told, count: 3, nothing: null });
  expect(readSpelledIds(protector, 1, undefined)).toBeUndefined();
  expect(readSpelledIds(protector, 1, 'partyId')).toBe('partyId');
});
