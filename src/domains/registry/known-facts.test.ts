// The rule of precedence: in cases that people can follow, and as properties over any statements.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareStatements, type FactStatement, isSameValue, knownFacts, statementOrigins, trustClasses } from './known-facts.ts';

const at = (text: string): Date => new Date(`${text}T00:00:00Z`);
let made = 0;

function statement(given: Partial<FactStatement> & Pick<FactStatement, 'facts'>): FactStatement {
  made++;
  return {
    statementId: `00000000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    partyId: '00000000-0000-7000-8000-0000000000ff',
    origin: '共享',
    trustClass: 'A',
    departmentId: null,
    evidenceId: null,
    deliveryId: null,
    purpose: 'eligibility',
    asOf: '2026-01-01',
    validFrom: null,
    validTo: null,
    recordedAt: at('2026-01-02'),
    recordedBy: 'job:test',
    corrects: null,
    recognised: null,
    ...given,
  };
}

const ask = (statements: readonly FactStatement[], on = '2026-06-01', knownAt = at('2026-12-31')) =>
  Object.fromEntries([...knownFacts(statements, { on, knownAt })].map(([name, { value }]) => [name, value]));

describe('which statement stands', () => {
  test('the better trust class, though it is older', () => {
    const issuer = statement({ facts: { 学历: '本科' }, asOf: '2020-06-30' });
    const told = statement({ facts: { 学历: '硕士研究生' }, asOf: '2026-05-01', trustClass: 'D', origin: '申报' });
    expect(ask([told, issuer])).toEqual({ 学历: '本科' });
    expect(knownFacts([told, issuer], { on: '2026-06-01', knownAt: at('2026-12-31') }).get('学历')?.others).toEqual([told]);
  });

  test('of one class what speaks of the later day, up to the day asked about', () => {
    const before = statement({ facts: { 年缴个税: 10 }, asOf: '2025-12-31' });
    const after = statement({ facts: { 年缴个税: 20 }, asOf: '2026-12-31', recordedAt: at('2027-01-05') });
    const late = at('2027-02-01');
    expect(ask([before, after], '2026-06-01', late)).toEqual({ 年缴个税: 10 });
    expect(ask([before, after], '2027-01-10', late)).toEqual({ 年缴个税: 20 });
    // Before either day the first word after it is the nearest.
    expect(ask([before, after], '2024-06-01', late)).toEqual({ 年缴个税: 10 });
  });

  test('of one class and day what was recorded later', () => {
    expect(ask([statement({ facts: { 在岗: true }, recordedAt: at('2026-02-01') }), statement({ facts: { 在岗: false }, recordedAt: at('2026-03-01') })])).toEqual({ 在岗: false });
  });

  test('only within its first and last day, both included', () => {
    const insured = statement({ facts: { 缴纳社保: true }, validFrom: '2026-02-01', validTo: '2026-04-30' });
    expect(['2026-01-31', '2026-02-01', '2026-04-30', '2026-05-01'].map((on) => ask([insured], on))).toEqual([{}, { 缴纳社保: true }, { 缴纳社保: true }, {}]);
  });

  test('the recognised form is the value, and what was written is kept', () => {
    const written = statement({ facts: { 毕业院校: '吉大' }, recognised: { 毕业院校: '吉林大学' } });
    expect(knownFacts([written], { on: '2026-06-01', knownAt: at('2026-12-31') }).get('毕业院校')).toMatchObject({ value: '吉林大学', written: '吉大' });
  });

  test('a set is the same in any order', () => {
    expect(isSameValue(['985', '211'], ['211', '985'])).toBe(true);
    expect(isSameValue(['985'], ['985', '211'])).toBe(false);
  });
});

describe('a correction', () => {
  const wrong = statement({ facts: { 学历: '硕士研究生', 全日制: true }, recordedAt: at('2026-02-01') });
  const right = statement({ facts: { 学历: '本科' }, corrects: wrong.statementId, recordedAt: at('2026-05-01'), trustClass: 'A' });

  test('takes the place of the facts that it names, from when it was recorded', () => {
    expect(ask([wrong, right])).toEqual({ 学历: '本科', 全日制: true });
    expect(ask([wrong, right], '2026-06-01', at('2026-04-30'))).toEqual({ 学历: '硕士研究生', 全日制: true });
  });

  test('with null takes a fact back', () => {
    expect(ask([wrong, statement({ facts: { 学历: null }, corrects: wrong.statementId, recordedAt: at('2026-05-01') })])).toEqual({ 全日制: true });
  });

  test('that is corrected itself still keeps what it corrected away', () => {
    const again = statement({ facts: { 学历: '专科' }, corrects: right.statementId, recordedAt: at('2026-06-01') });
    expect(ask([again, right, wrong])).toEqual({ 学历: '专科', 全日制: true });
  });
});

const dates = fc.integer({ min: 0, max: 40 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));
const instants = fc.integer({ min: 0, max: 40 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)));
const facts = fc.dictionary(fc.constantFrom('学历', '在岗', '年薪'), fc.constantFrom(1, 2, 3), { minKeys: 1 });

const histories = fc
  .array(
    fc.record({
      facts,
      asOf: dates,
      recordedAt: instants,
      trustClass: fc.constantFrom(...trustClasses),
      origin: fc.constantFrom(...statementOrigins),
      bounds: fc.option(fc.tuple(dates, dates).map(([a, b]) => (a < b ? [a, b] : [b, a]))),
      corrects: fc.option(fc.nat({ max: 9 })),
    }),
    { maxLength: 10 },
  )
  .map((rows) => {
    const statements = rows.map(({ bounds, corrects: _corrects, ...row }) => statement({ ...row, validFrom: bounds?.[0] ?? null, validTo: bounds?.[1] ?? null }));
    // A correction comes after what it corrects.
    return statements.map((one, index) => {
      const target = statements[rows[index]?.corrects ?? -1];
      return target === undefined || target === one || target.recordedAt >= one.recordedAt ? one : { ...one, corrects: target.statementId };
    });
  });

describe('whatever was said', () => {
  test('the order of rows does not change what is known', () => {
    fc.assert(
      fc.property(
        histories.chain((history) => fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length }))),
        dates,
        instants,
        ([history, shuffled], on, knownAt) => {
          expect(ask(shuffled, on, knownAt)).toEqual(ask(history, on, knownAt));
        },
      ),
    );
  });

  test('what is recorded later never changes what was known before', () => {
    fc.assert(
      fc.property(histories, dates, instants, (history, on, knownAt) => {
        const then = history.filter((one) => one.recordedAt <= knownAt);
        expect(ask(history, on, knownAt)).toEqual(ask(then, on, at('2030-01-01')));
      }),
    );
  });

  test('a value that stands was said, was not corrected, holds for the day, and none that also holds is better', () => {
    fc.assert(
      fc.property(histories, dates, instants, (history, on, knownAt) => {
        for (const { name, value, statement: stands } of knownFacts(history, { on, knownAt }).values()) {
          const isHeld = (one: FactStatement): boolean =>
            one.recordedAt <= knownAt &&
            (one.validFrom ?? on) <= on &&
            (one.validTo ?? on) >= on &&
            Object.hasOwn(one.facts, name) &&
            !history.some((other) => other.corrects === one.statementId && other.recordedAt <= knownAt && Object.hasOwn(other.facts, name));
          expect(stands.facts[name]).toBe(value);
          expect(isHeld(stands)).toBe(true);
          for (const other of history.filter(isHeld)) expect(compareStatements(stands, other, on)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  test('precedence is a strict order: of two one stands, and no three run in a circle', () => {
    fc.assert(
      fc.property(histories, dates, (history, on) => {
        for (const a of history) {
          for (const b of history) {
            expect(Math.sign(compareStatements(a, b, on))).toBe(-Math.sign(compareStatements(b, a, on)) + 0);
            const circles = history.filter((c) => compareStatements(a, b, on) < 0 && compareStatements(b, c, on) < 0 && compareStatements(a, c, on) >= 0);
            expect(circles).toEqual([]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
