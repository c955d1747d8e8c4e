// The machine of instalments by random steps: no fen is lost, none is paid twice, and what is paid never exceeds what was decided.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOfBank, type InstalmentLife, type InstalmentStep, instalmentStates, type Outcome, payableFen, splitOverParts, stepInstalment } from './instalment.ts';
import { areTermsWhole, type DebtPart, divideReceipt, owedFen } from './repayment.ts';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.boolean().map((isDoubtful): InstalmentStep => ({ do: 'check', isDoubtful })) },
  { weight: 2, arbitrary: fc.oneof(fc.integer({ min: -1, max: 600 }), fc.integer({ min: 1, max: 3 }), fc.constant(600)).map((fen): InstalmentStep => ({ do: 'offset', fen })) },
  { weight: 10, arbitrary: fc.constantFrom<InstalmentStep>({ do: 'settle' }, { do: 'wait' }, { do: 'put-in-batch' }, { do: 'put-in-batch' }, { do: 'take-out' }, { do: 'succeed' }, { do: 'fail' }, { do: 'come-back' }, { do: 'retry' }, { do: 'cancel' }) },
);

/** Where the fen of an instalment are. */
function placesOf(life: InstalmentLife): Readonly<Record<'open' | 'bank' | 'paid' | 'offset' | 'cancelled', number>> {
  const rest = payableFen(life);
  const of = (...states: readonly InstalmentLife['state'][]): number => (states.includes(life.state) ? rest : 0);
  return { open: of('waiting', 'in-doubt', 'ready', 'returned', 'offset'), bank: of('in-batch'), paid: of('paid'), offset: life.offsetFen, cancelled: of('cancelled') };
}

describe('a schedule under random steps', () => {
  test('every fen is in one place, and the bank has paid at most what was decided', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 5 }), fc.array(fc.tuple(fc.nat(), step), { minLength: 60, maxLength: 120, size: 'max' }), (amounts, steps) => {
        const decided = amounts.reduce((sum, fen) => sum + fen, 0);
        const lives = amounts.map((amountFen): InstalmentLife => ({ state: 'waiting', amountFen, offsetFen: 0, attempts: 0 }));
        // What the bank really paid out, less what came back.
        let out = 0;
        for (const [which, drawn] of steps) {
          const at = which % lives.length;
          const before = lives[at];
          // More than any instalment has stands for all that it has.
          const one: InstalmentStep = drawn.do === 'offset' && drawn.fen > 500 && before !== undefined ? { do: 'offset', fen: payableFen(before) } : drawn;
          const after = before && stepInstalment(before, one);
          if (before === undefined || after === undefined) continue;
          if (one.do === 'succeed') out += payableFen(before);
          if (one.do === 'come-back') out -= payableFen(before);
          lives[at] = after;
          reached.add(after.state);
          const places = lives.map(placesOf);
          const sum = (of: keyof (typeof places)[number]): number => places.reduce((total, place) => total + place[of], 0);
          expect(sum('open') + sum('bank') + sum('paid') + sum('offset') + sum('cancelled')).toBe(decided);
          expect(sum('paid')).toBe(out);
          expect(sum('paid') + sum('offset')).toBeLessThanOrEqual(decided);
          expect(after.amountFen).toBe(before.amountFen);
        }
      }),
      { numRuns: 2000 },
    );
    expect([...reached]).toEqual(expect.arrayContaining(['in-doubt', 'ready', 'in-batch', 'paid', 'cancelled']));
  });

  test('revoked at any moment, whatever the bank says of what it has: once it has answered every fen is free, paid or set off', () => {
    const reached = new Set<string>();
    const answers = fc.array(fc.constantFrom<Outcome>('paid', 'failed'), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), step), { maxLength: 40, size: 'max' }), answers, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (steps, told, back) => {
        const lives = [100, 1, 250, 3, 40].map((amountFen): InstalmentLife => ({ state: 'waiting', amountFen, offsetFen: 0, attempts: 0 }));
        for (const [which, one] of steps) {
          const at = which % lives.length;
          lives[at] = stepInstalment(lives[at] as InstalmentLife, one) ?? (lives[at] as InstalmentLife);
        }
        const after = lives.map((life, at) => {
          const revoked = stepInstalment(life, { do: 'cancel' }) ?? life;
          const answered = (revoked.state === 'in-batch' ? answerOfBank(revoked, told[at] ?? 'paid', true) : revoked) ?? revoked;
          const returned = back[at] === true && answered.state === 'paid' ? answerOfBank(answered, 'returned', true) : answered;
          reached.add(`${life.state} ${answered.state} ${returned?.state}`);
          return returned ?? answered;
        });
        expect(after.every(({ state }) => state === 'paid' || state === 'offset' || state === 'cancelled')).toBe(true);
        for (const life of after) for (const again of ['put-in-batch', 'retry', 'settle'] as const) expect(stepInstalment(life, { do: again })).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
    expect([...reached]).toEqual(expect.arrayContaining(['in-batch cancelled cancelled', 'in-batch paid paid', 'in-batch paid cancelled', 'paid paid cancelled']));
  });

  test('set off whole, nothing of it is left for the bank', () => {
    const ready: InstalmentLife = { state: 'ready', amountFen: 100, offsetFen: 40, attempts: 0 };
    expect(stepInstalment(ready, { do: 'offset', fen: 60 })).toEqual({ ...ready, offsetFen: 100, state: 'offset' });
    expect(stepInstalment(ready, { do: 'offset', fen: 61 })).toBeUndefined();
    expect(stepInstalment({ ...ready, offsetFen: 100, state: 'offset' }, { do: 'put-in-batch' })).toBeUndefined();
  });

  test('what is paid or cancelled is not put into a batch, and nothing in a batch is set off or cancelled', () => {
    const life = (state: InstalmentLife['state']): InstalmentLife => ({ state, amountFen: 100, offsetFen: 0, attempts: 1 });
    expect(instalmentStates.filter((state) => stepInstalment(life(state), { do: 'put-in-batch' }) !== undefined)).toEqual(['ready']);
    expect(instalmentStates.filter((state) => stepInstalment(life(state), { do: 'offset', fen: 1 }) !== undefined)).toEqual(['ready']);
    expect(instalmentStates.filter((state) => stepInstalment(life(state), { do: 'cancel' }) !== undefined)).toEqual(['waiting', 'in-doubt', 'ready', 'returned']);
    expect(instalmentStates.filter((state) => stepInstalment(life(state), { do: 'succeed' }) !== undefined)).toEqual(['in-batch']);
  });
});

describe('what is divided', () => {
  test('over parts: no fen is lost and no part gives more than it has', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 6 }), fc.double({ min: 0, max: 1, noNaN: true }), (amounts, part) => {
        const left = amounts.map((fen, at) => ({ partId: String(at), fen }));
        const total = amounts.reduce((sum, fen) => sum + fen, 0);
        fc.pre(total > 0);
        const fen = Math.max(1, Math.floor(total * part));
        const given = splitOverParts(fen, left);
        expect(given.reduce((sum, one) => sum + one.fen, 0)).toBe(fen);
        for (const one of given) expect(one.fen).toBeLessThanOrEqual(amounts[Number(one.partId)] ?? 0);
      }),
    );
  });

  test('receipts one after another settle every part exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 997 }), { minLength: 1, maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }), (amounts, receipts) => {
        const amountFen = amounts.reduce((sum, fen) => sum + fen, 0);
        let parts: readonly DebtPart[] = amounts.map((fen, at) => ({ paymentId: 'payment', partId: String(at), amountFen: fen, settledFen: 0 }));
        let debt = { amountFen, receivedFen: 0, offsetFen: 0, writtenOffFen: 0 };
        for (const wished of [...receipts, amountFen]) {
          const fen = Math.min(wished, owedFen(debt));
          if (fen === 0) break;
          const given = divideReceipt(fen, parts);
          parts = parts.map((part, at) => ({ ...part, settledFen: part.settledFen + (given[at] ?? 0) }));
          debt = { ...debt, receivedFen: debt.receivedFen + fen };
          for (const part of parts) expect(part.settledFen).toBeLessThanOrEqual(part.amountFen);
          expect(parts.reduce((sum, part) => sum + part.settledFen, 0)).toBe(debt.receivedFen);
        }
        expect(owedFen(debt)).toBe(0);
        expect(parts.every((part) => part.settledFen === part.amountFen)).toBe(true);
      }),
    );
  });

  test('terms add up and come one after another', () => {
    const terms = [{ dueOn: '2026-08-01', fen: 60 }, { dueOn: '2026-09-01', fen: 40 }];
    expect([areTermsWhole(100, terms), areTermsWhole(101, terms), areTermsWhole(100, [...terms].reverse()), areTermsWhole(100, [{ dueOn: '2026-08-01', fen: 100 }])]).toEqual([true, false, false, true]);
  });
});
