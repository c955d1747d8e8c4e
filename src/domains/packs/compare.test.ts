// What differs between versions: lines of files, whatever they are, and the parts of benefits.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBuiltPacks } from '../../main/open-built-packs.ts';
import type { Policy } from '../../policy/index.ts';
import { compareFiles, compareLines } from './compare-files.ts';
import { comparePolicies } from './compare-policies.ts';
import type { Vocabularies } from './pinned-pack.ts';

/** The old lines with the changes made. */
function apply(before: readonly string[], changes: ReturnType<typeof compareLines>): readonly string[] {
  const after = Array.from(before);
  for (const { oldLine, removed, added } of Array.from(changes).reverse()) after.splice(oldLine - 1, removed.length, ...added);
  return after;
}

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

describe('lines', () => {
  test('the changes made to the old give the new, take away what is there, and stand where they say', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changes = compareLines(before, after);
        expect(apply(before, changes)).toEqual(after);
        for (const { oldLine, newLine, removed, added } of changes) {
          expect(before.slice(oldLine - 1, oldLine - 1 + removed.length)).toEqual(removed);
          expect(after.slice(newLine - 1, newLine - 1 + added.length)).toEqual(added);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a line put in is one line, and beyond what can be compared the middle is replaced', () => {
    expect(compareLines(['a', 'b', 'c'], ['a', 'x', 'b', 'c'])).toEqual([{ oldLine: 2, newLine: 2, removed: [], added: ['x'] }]);
    const [old, fresh] = [1, 2].map((half) => Array.from({ length: 2100 }, (_, index) => (index === 1000 ? 'same' : `${half} ${index}`)));
    expect(compareLines(old ?? [], fresh ?? [])).toEqual([{ oldLine: 1, newLine: 1, removed: old, added: fresh }]);
  });

  test('files are told by name: added, removed, changed; the same are not', () => {
    const changed = compareFiles({ 'a.yaml': 'a\n', 'b.yaml': 'b\n', 'c.yaml': 'c\n' }, { 'a.yaml': 'a\n', 'b.yaml': 'x\n', 'd.yaml': '' });
    expect(changed).toEqual([
      { file: 'b.yaml', change: 'changed', lines: [{ oldLine: 1, newLine: 1, removed: ['b'], added: ['x'] }] },
      { file: 'c.yaml', change: 'removed', lines: [{ oldLine: 1, newLine: 1, removed: ['c'], added: [] }] },
      { file: 'd.yaml', change: 'added', lines: [] },
    ]);
  });
});

describe('benefits', () => {
  async function versions(): Promise<{ policy: Policy; vocabularies: Vocabularies }> {
    const { packs, vocabularies } = await openBuiltPacks();
    const found = packs.find(({ policyId }) => policyId === 'jilin-city-2021');
    if (found === undefined) throw new Error('no pack');
    return { policy: found.policy, vocabularies };
  }
  /** The policy with one benefit changed. */
  const withBenefit = (policy: Policy, id: string, change: (benefit: Policy['benefits'][number]) => Policy['benefits'][number]): Policy => ({
    ...policy,
    benefits: policy.benefits.map((benefit) => (benefit.id === id ? change(benefit) : benefit)),
  });

  test('a version differs in nothing from itself, wherever its lines stand and whatever places the facts have', async () => {
    const { policy, vocabularies } = await versions();
    expect(comparePolicies({ policy, vocabularies }, { policy, vocabularies })).toEqual({ benefits: [], parts: [] });
    const moved = JSON.parse(JSON.stringify(policy).replaceAll(/"line":(\d+)/g, (_, line) => `"line":${Number(line) + 1}`)) as Policy;
    expect(comparePolicies({ policy, vocabularies }, { policy: moved, vocabularies })).toEqual({ benefits: [], parts: [] });
  });

  test('what a shared definition changes is told of every benefit that rests on it', async () => {
    const { policy, vocabularies } = await versions();
    const definitions = policy.definitions.map((definition) => (definition.name === '规上民企初次就业' && 'condition' in definition ? { ...definition, condition: { op: 'always', value: true } as const } : definition));
    const { benefits, parts } = comparePolicies({ policy, vocabularies }, { policy: { ...policy, definitions }, vocabularies });
    expect(parts).toEqual([]);
    expect(benefits.map(({ benefit }) => benefit)).toEqual(expect.arrayContaining(['living-subsidy', 'home-subsidy']));
    expect(benefits.length).toBeLessThan(12);
    expect(benefits[0]?.parts).toContain('condition');
  });

  test('each part is told by its name', async () => {
    const { policy, vocabularies } = await versions();
    const partsOf = (change: Parameters<typeof withBenefit>[2]): unknown => comparePolicies({ policy, vocabularies }, { policy: withBenefit(policy, 'living-subsidy', change), vocabularies }).benefits[0]?.parts;
    expect(partsOf((benefit) => ({ ...benefit, funds: [{ fund: '市级人才专项资金', micro: 1_000_000 }] }))).toEqual(['funds']);
    expect(partsOf((benefit) => (benefit.schedule === undefined ? benefit : { ...benefit, schedule: { ...benefit.schedule, count: 3 } }))).toEqual(['schedule']);
    expect(partsOf((benefit) => ({ ...benefit, remark: { zh: '另有说明', en: 'see elsewhere' } }))).toEqual(['words']);
    expect(partsOf((benefit) => ({ ...benefit, to: 800_000 }))).toEqual(['time']);
    const without = { ...policy, benefits: policy.benefits.filter(({ id }) => id !== 'living-subsidy') };
    expect(comparePolicies({ policy, vocabularies }, { policy: without, vocabularies }).benefits).toMatchObject([{ benefit: 'living-subsidy', change: 'removed' }]);
    expect(comparePolicies({ policy: without, vocabularies }, { policy, vocabularies }).benefits).toMatchObject([{ benefit: 'living-subsidy', change: 'added' }]);
    const parameters = policy.parameters.map((each) => (each.name === '最低工资' ? { ...each, value: 188_000 } : each));
    const set = comparePolicies({ policy, vocabularies }, { policy: { ...policy, parameters }, vocabularies });
    expect(set).toMatchObject({ parts: ['parameters'], benefits: [{ benefit: 'apprenticeship-allowance', parts: ['amount'] }] });
  });
});
