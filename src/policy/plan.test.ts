// The plan against trying every combination, ties included, and its time where components are large.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOf } from '../../test/support/random-policies.ts';
import { bestPlan, components, type ConflictGroup, MAX_COMPONENT, type PlanItem } from './plan.ts';

/** The best combination by trying all of them, from the one that holds the earliest items on. */
function bestByTrying(items: readonly PlanItem[], groups: readonly ConflictGroup[]): { take: string[]; totalFen: number } {
  let best = { take: [] as string[], totalFen: -1 };
  for (let set = 2 ** items.length - 1; set >= 0; set--) {
    const holds = (index: number): boolean => ((set >> (items.length - 1 - index)) & 1) === 1;
    if (groups.some((group) => [...new Set(group)].filter(holds).length > 1)) continue;
    const taken = items.filter((_, index) => holds(index));
    const totalFen = taken.reduce((sum, { fen }) => sum + fen, 0);
    if (totalFen > best.totalFen) best = { take: taken.map(({ id }) => id), totalFen };
  }
  return best;
}

// Few different values, so that ties are common.
const problems = fc.integer({ min: 1, max: 11 }).chain((count) =>
  fc.record({
    items: fc.array(fc.constantFrom(0, 0, 1, 2, 3, 5, 12_000_000), { minLength: count, maxLength: count }).map((values) => values.map((fen, index) => ({ id: `b${index}`, fen }))),
    groups: fc.array(fc.uniqueArray(fc.nat({ max: count - 1 }), { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
  }),
);

test('the plan is what trying all combinations finds', () => {
  fc.assert(
    fc.property(problems, ({ items, groups }) => {
      const { take, totalFen } = bestPlan(items, groups);
      expect({ take, totalFen }).toEqual(bestByTrying(items, groups));
    }),
    { numRuns: 1500, seed: 1 },
  );
});

test('every item left names the earliest item taken that excludes it', () => {
  fc.assert(
    fc.property(problems, ({ items, groups }) => {
      const { take, leave } = bestPlan(items, groups);
      expect([...take, ...leave.map(({ benefit }) => benefit)].sort()).toEqual(items.map(({ id }) => id).sort());
      for (const { benefit, because } of leave) {
        const index = items.findIndex(({ id }) => id === benefit);
        const rivals = groups.filter((group) => group.includes(index)).flat();
        expect(because).toBe(items.find(({ id }, at) => take.includes(id) && at !== index && rivals.includes(at))?.id);
      }
    }),
    { numRuns: 500, seed: 2 },
  );
});

test('of equal totals the combination that holds the earliest item wins, and down the order', () => {
  const items = [{ id: 'a', fen: 5 }, { id: 'b', fen: 5 }, { id: 'c', fen: 0 }, { id: 'd', fen: 0 }];
  expect(bestPlan(items, [[0, 1], [2, 3]])).toEqual({
    take: ['a', 'c'],
    leave: [{ benefit: 'b', because: 'a' }, { benefit: 'd', because: 'c' }],
    totalFen: 5,
  });
  expect(bestPlan(items, [[0, 1], [0, 2, 3]]).take).toEqual(['a']);
  expect(bestPlan([{ id: 'right', fen: 0 }, { id: 'grant', fen: 1 }], [[0, 1]])).toEqual({
    take: ['grant'],
    leave: [{ benefit: 'right', because: 'grant' }],
    totalFen: 1,
  });
});

test('nothing to choose from is an empty plan', () => {
  expect(bestPlan([], [])).toEqual({ take: [], leave: [], totalFen: 0 });
});

test('components are found over shared members', () => {
  expect(components(6, [[0, 2], [2, 4], [1, 5]])).toEqual([[0, 2, 4], [1, 5], [3]]);
});

test('components of the largest size are solved quickly, whatever they look like; a larger one is refused', () => {
  const chance = chanceOf(1);
  const count = MAX_COMPONENT;
  for (const degree of [2, 3, 4, 5, 6, 8, 12, 20, 39]) {
    for (let run = 0; run < 6; run++) {
      const items = Array.from({ length: count }, (_, index) => ({ id: `b${index}`, fen: run % 2 === 0 ? 1 : 1000 + chance.below(100) }));
      // A ring keeps the component whole; the other pairs are drawn at random.
      const groups = items.map((_, index) => [index, (index + 1) % count]);
      while (groups.length < (count * degree) / 2) groups.push([chance.below(count), chance.below(count)]);
      const start = process.cpuUsage();
      const { take, leave } = bestPlan(items, groups);
      // Of the processor's time: what else the machine does is not counted.
      expect(process.cpuUsage(start).user / 1000, `degree ${degree}`).toBeLessThan(1000);
      expect(take.length + leave.length).toBe(count);
    }
  }
  const chain = Array.from({ length: count }, (_, index) => [index, index + 1]);
  expect(() => bestPlan(Array.from({ length: count + 1 }, (_, index) => ({ id: `b${index}`, fen: 1 })), chain)).toThrow(RangeError);
});

test('what is kept is taken whatever it is worth, and the rest is the best that goes with it', () => {
  const kept = problems.chain((problem) => fc.record({ problem: fc.constant(problem), keep: fc.uniqueArray(fc.nat({ max: problem.items.length - 1 }), { maxLength: 3 }) }));
  fc.assert(
    fc.property(kept, ({ problem: { items, groups }, keep }) => {
      const excludes = (a: number, b: number): boolean => a !== b && groups.some((group) => group.includes(a) && group.includes(b));
      // Of two that exclude each other the earlier stays.
      const stays = keep.reduce<number[]>((found, index) => (found.some((other) => excludes(index, other)) ? found : [...found, index]), []);
      const plan = bestPlan(items, groups, keep);
      for (const index of stays) expect(plan.take).toContain(items[index]?.id);
      const rest = items.flatMap((item, index) => (stays.includes(index) || stays.some((other) => excludes(index, other)) ? [] : [{ item, index }]));
      const among = groups.map((group) => group.flatMap((index) => { const at = rest.findIndex((one) => one.index === index); return at < 0 ? [] : [at]; }));
      const best = bestByTrying(rest.map(({ item }) => item), among);
      expect(plan.totalFen).toBe(best.totalFen + stays.reduce((sum, index) => sum + (items[index]?.fen ?? 0), 0));
      expect([...plan.take].sort()).toEqual([...best.take, ...stays.map((index) => items[index]?.id ?? '')].sort());
      expect([...plan.take, ...plan.leave.map(({ benefit }) => benefit)].sort()).toEqual(items.map(({ id }) => id).sort());
    }),
    { numRuns: 800, seed: 4 },
  );
});
