// With whom somebody is, by several sources: those who profit from a payment cannot talk a doubt away, and can raise one.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDoubts, type KnownFlag } from './doubt.ts';
import { employersOn, type SaidOfWork } from './still-employed.ts';

const on = '2026-07-01';
let minute = 0;
/** Each is recorded a minute after the one before. */
const said = (trustClass: SaidOfWork['trustClass'], startedOn: string, endedOn: string | null = null, more: Partial<SaidOfWork> = {}): SaidOfWork => ({ organisationId: 'x', startedOn, endedOn, trustClass, recordedAt: new Date(Date.UTC(2026, 0, 1, 0, ++minute)), supersededAt: null, ...more });
const left = '2026-03-31';

describe('an employer', () => {
  test.each<readonly [string, readonly SaidOfWork[], readonly string[] | undefined]>([
    ['nothing on record', [], undefined],
    ['proved', [said('B', '2025-07-01')], ['x']],
    ['only told, and nobody else has spoken', [said('D', '2025-07-01')], ['x']],
    ['proved to have ended, told to go on', [said('B', '2025-07-01', left), said('D', '2025-07-01')], []],
    ['proved to have ended, told to have begun once more', [said('A', '2025-07-01', left), said('D', '2026-05-01')], []],
    ['proved to have ended, proved to have begun once more', [said('A', '2025-07-01', left), said('B', '2026-05-01')], ['x']],
    ['ended by the better source, going on by another that has another first day', [said('B', '2025-06-28'), said('A', '2025-07-01', left)], []],
    ['ended by as good a source, later', [said('B', '2025-07-01'), said('B', '2025-07-02', left)], []],
    ['ended by as good a source, and put right later', [said('B', '2025-07-02', left), said('B', '2025-07-01')], ['x']],
    ['ended by a weaker source', [said('A', '2025-07-01'), said('C', '2025-07-01', left)], ['x']],
    ['proved elsewhere, told here', [said('A', '2026-01-01', null, { organisationId: 'y' }), said('D', '2025-07-01')], ['y']],
    ['proved elsewhere and over, told here', [said('A', '2020-01-01', '2024-12-31', { organisationId: 'y' }), said('D', '2025-07-01')], ['x']],
    ['told to have ended after it was proved', [said('B', '2025-07-01'), said('D', '2025-07-01', left)], []],
    ['told to have ended, taken back by whoever told it', [said('B', '2025-07-01'), said('D', '2025-07-01', left, { supersededAt: new Date() }), said('D', '2025-07-01')], []],
    ['told to have ended, and proved to go on after that', [said('D', '2025-07-01', left), said('B', '2025-07-01')], ['x']],
    ['told to have ended and to go on', [said('D', '2025-07-01', left), said('D', '2025-07-01')], []],
    ['ending on the day', [said('B', '2025-07-01', on)], ['x']],
  ])('%s', (_, all, employers) => {
    expect(employersOn(all, on)).toEqual(employers);
  });

  test('whatever those who profit from it add, nobody is with more employers of whom a better source has spoken', () => {
    const day = fc.constantFrom('2024-01-01', '2025-07-01', '2026-03-31', '2026-05-01');
    const one = (classes: readonly SaidOfWork['trustClass'][]) =>
      fc.record({
        organisationId: fc.constantFrom('x', 'y'), startedOn: day, endedOn: fc.option(day), trustClass: fc.constantFrom(...classes),
        recordedAt: fc.nat({ max: 1000 }).map((at) => new Date(at)), supersededAt: fc.constant(null),
      });
    fc.assert(
      fc.property(fc.array(one(['A', 'B', 'C']), { minLength: 1, maxLength: 5 }), fc.array(one(['D']), { maxLength: 5 }), (proved, told) => {
        const before = employersOn(proved, on) ?? [];
        const spokenOf = new Set<string>(proved.map(({ organisationId }) => organisationId));
        const after = employersOn([...proved, ...told], on) ?? [];
        expect(after.filter((id) => spokenOf.has(id) && !before.includes(id))).toEqual([]);
      }),
    );
  });
});

test('a flag that only those who profit from it say holds is a doubt; what they say against it is one too', () => {
  const flag = (more: Partial<KnownFlag>): KnownFlag => ({ value: true, asOf: '2026-06-20', statementId: 's', isProved: true, deniedBy: null, ...more });
  const doubtsOf = (known: KnownFlag | undefined) => {
    const facts = new Map(known === undefined ? [] : [['在岗', known] as const]);
    const account = { bankAccountId: 'a', holderName: '张三一', otherHolders: 0 };
    return findDoubts({ checks: ['在岗'], employerId: null, isFunded: true }, { isThere: true, name: '张三一', facts, employerIds: undefined }, account, { stage: 'payable', holds: [] }, on).map(({ kind, aboutId }) => [kind, aboutId]);
  };
  expect(doubtsOf(flag({}))).toEqual([]);
  expect(doubtsOf(flag({ isProved: false }))).toEqual([['fact-told', 's']]);
  expect(doubtsOf(flag({ deniedBy: 'd' }))).toEqual([['fact-false', 'd']]);
  expect(doubtsOf(flag({ asOf: '2025-12-01' }))).toEqual([['fact-stale', 's']]);
  expect(doubtsOf(undefined)).toEqual([['fact-unknown', null]]);
});
