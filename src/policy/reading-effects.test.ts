// What readings decide: by hand on a small pack, against engines made from scratch on the real ones, alone where names repeat.

import { expect, test } from 'vitest';
import { inputOf, knowingPeople, openRealPacks } from '../../test/support/real-packs.ts';
import { readingsPack, readingsPeople } from '../../test/support/readings-pack.ts';
import { checkFiles, editPack, projectWorkspace } from '../../test/support/small-pack.ts';
import { compilePolicy } from '../authoring/build-packs.ts';
import { type EngineOptions, makeEngine } from './engine.ts';
import { interpretPolicy } from './interpreted-policy.ts';
import type { CompiledPolicy } from './kernel.ts';
import type { Policy } from './model.ts';
import { makeReadingTrials, mostFen, type ReadingEffect } from './reading-effects.ts';
import { openReference } from './reference.ts';

const workspace = projectWorkspace();
const { vocabularies } = workspace;
const { source, diagnostics } = checkFiles(readingsPack);
const policy = source?.policies[0]?.policy;
if (policy === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
const common = { vocabularies, reference: openReference(workspace.reference), date: 20260630 };
const interpreted: EngineOptions = { ...common, policies: [interpretPolicy(policy, vocabularies)] };

async function compile(of: Policy): Promise<CompiledPolicy> {
  return ((await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(compilePolicy(of, workspace))}`)) as { compiled: CompiledPolicy }).compiled;
}

/** The effects on each of the people, by id. */
function effectsUnder(options: EngineOptions): ReadonlyMap<string, readonly ReadingEffect[]> {
  const engine = makeEngine(options);
  const trials = makeReadingTrials(engine, options);
  return new Map(
    readingsPeople.map((person) => {
      const bound = engine.bindSubject(person);
      if ('problems' in bound) throw new Error(JSON.stringify(bound.problems));
      return [person.id, trials.effectsOn(bound.subject)];
    }),
  );
}

/** An effect in short: the reading, what changes from what to what, certain and at most before and after. */
function short({ reading, changes, totalFenBefore, totalFenAfter, mostFenBefore, mostFenAfter }: ReadingEffect): unknown {
  const yuan = (fen: number): number => fen / 100;
  return [reading, changes.map(({ benefit, before, after }) => `${benefit} ${before.status} ${after.status}`), [totalFenBefore, totalFenAfter].map(yuan), [mostFenBefore, mostFenAfter].map(yuan)];
}

test('each reading decides for those for whom it should, counted by hand', () => {
  const effects = effectsUnder(interpreted);
  expect([...effects].map(([id, list]) => [id, list.map(short)])).toEqual([
    ['甲', [['看哪个学历', ['living yes yes'], [60000, 30000], [60000, 30000]], ['奖给谁', ['prize no review'], [60000, 60000], [60000, 110000]]]],
    ['乙', [['看哪个学历', ['living yes yes'], [30000, 60000], [30000, 60000]], ['奖给谁', ['prize no review'], [30000, 30000], [30000, 80000]]]],
    ['丙', [['奖最多多少', ['prize review review'], [120000, 120000], [170000, 220000]]]],
    ['丁', []],
    [
      '戊',
      [
        ['看哪个学历', ['living yes yes'], [60000, 40000], [60000, 40000]],
        ['奖给谁', ['prize no review'], [60000, 60000], [60000, 110000]],
        ['能不能同享', [], [60000, 100000], [60000, 100000]],
      ],
    ],
    ['己', [['合同签几年', ['living no yes'], [0, 30000], [0, 30000]], ['奖给谁', ['prize no review'], [0, 0], [0, 50000]]]],
  ]);
  expect(effects.get('戊')?.map(({ plan }) => plan.take)).toEqual([['talent-2025/tax-reward'], ['talent-2025/living'], ['talent-2025/living', 'talent-2025/tax-reward']]);
});

test('generated code and the interpreter have the same effects', async () => {
  expect(effectsUnder({ ...common, policies: [await compile(policy)] })).toEqual(effectsUnder(interpreted));
});

test('a reading that was chosen counts as the one in force', () => {
  const effects = effectsUnder({ ...interpreted, readings: new Map([['合同签几年', 1]]) });
  expect(effects.get('己')?.map(short)[0]).toEqual(['合同签几年', ['living yes no'], [30000, 0], [30000, 0]]);
  expect(effects.get('己')?.[0]?.alternative).toBe(0);
});

test('a reading that decides only how an amount is meant is noticed too', () => {
  const fixed = checkFiles(editPack([{ file: 'talent-2025/prize.yaml', find: '十万: { 至多: 10万元 }', replace: '十万: 5万元' }], readingsPack)).source?.policies[0]?.policy;
  if (fixed === undefined) throw new Error('the pack cannot be read');
  const [effect, ...others] = effectsUnder({ ...common, policies: [interpretPolicy(fixed, vocabularies)] }).get('丙') ?? [];
  expect(others).toEqual([]);
  expect(effect?.changes.map(({ before, after }) => [before.amount?.kind, after.amount?.kind])).toEqual([['upTo', 'exact']]);
});

test('readings of the same name in two policies are tried apart', () => {
  const richer = checkFiles(editPack([{ file: 'talent-2025/policy.yaml', find: '得: 1000元', replace: '得: 1100元' }], readingsPack)).source?.policies[0]?.policy;
  if (richer === undefined) throw new Error('the pack cannot be read');
  const other = { ...richer, id: 'other-2025' };
  const options = { ...interpreted, policies: [policy, other].map((each) => interpretPolicy(each, vocabularies)) };
  const found = effectsUnder(options).get('甲') ?? [];
  expect(found.map(({ policy: of, reading, changes }) => [of, reading, changes.map((change) => change.policy)])).toEqual([
    ['talent-2025', '看哪个学历', ['talent-2025']],
    ['talent-2025', '奖给谁', ['talent-2025']],
    ['other-2025', '看哪个学历', ['other-2025']],
    ['other-2025', '奖给谁', ['other-2025']],
  ]);
  expect(found[0]).toMatchObject({ totalFenBefore: 12_600_000, totalFenAfter: 9_600_000 });
  expect(found[2]).toMatchObject({ totalFenBefore: 12_600_000, totalFenAfter: 9_000_000 });
});

test('only what something for the subject rests on is tried', () => {
  const trials = makeReadingTrials(makeEngine(interpreted), interpreted);
  expect(trials.trialsFor('person').map(({ reading, alternative }) => [reading.name, alternative])).toEqual([['看哪个学历', 1], ['合同签几年', 1], ['奖给谁', 1], ['奖最多多少', 1], ['能不能同享', 1]]);
  expect(trials.trialsFor('organisation')).toEqual([]);
});

test.each([
  ['jilin-city', 50],
  ['erdao', 20],
  ['siping', 5],
] as const)('on the real packs of %s, an effect is the difference to an engine made with the alternative', async (city, least) => {
  const packs = openRealPacks(city);
  const { policies } = packs;
  const options: EngineOptions = { ...common, policies: await Promise.all(policies.map(compile)) };
  const engine = makeEngine(options);
  const trials = makeReadingTrials(engine, options);
  const cases = packs.cases.map(({ benefit, source: { facts } }) => ({ id: null, subject: benefit.subject, facts }));
  const knowing = knowingPeople(packs, 'person', '2026-06-30', 7, 10).map((facts) => inputOf('person', facts));
  const subjects = [...knowing, ...cases].flatMap((input) => {
    const bound = engine.bindSubject(input);
    return 'problems' in bound ? [] : [bound.subject];
  });
  expect(subjects.length).toBeGreaterThan(20);
  const tried = subjects.map((subject) => {
    const before = engine.answer(subject);
    return { subject, before, effects: trials.effectsOn(subject, before) };
  });
  // An engine takes alternatives by name: where two policies have a reading of one name, it cannot be the measure of one of them.
  const names = policies.flatMap(({ readings }) => readings.map(({ name }) => name));
  const isAlone = (name: string): boolean => names.filter((each) => each === name).length === 1;
  let count = 0;
  for (const kind of new Set(subjects.map((subject) => subject.kind))) {
    for (const { policy: of, reading, alternative } of trials.trialsFor(kind).filter((trial) => isAlone(trial.reading.name))) {
      const other = makeEngine({ ...options, readings: new Map([[reading.name, alternative]]) });
      for (const { subject, before, effects } of tried.filter((each) => each.subject.kind === kind)) {
        const after = other.answer(subject);
        const effect = effects.find((each) => each.policy === of && each.reading === reading.name && each.alternative === alternative);
        const bare = (result: (typeof after.benefits)[number] | undefined): string => JSON.stringify([result?.benefit, result?.status, { ...result?.amount, missing: undefined }]);
        const changed = after.benefits.flatMap((result, at) => (bare(result) === bare(before.benefits[at]) ? [] : [result.benefit]));
        if (effect !== undefined) count++;
        const told = [effect?.changes.map(({ benefit }) => benefit) ?? [], effect?.plan ?? before.plan, effect?.mostFenAfter ?? mostFen(engine, before.benefits)];
        expect([reading.name, ...told]).toEqual([reading.name, changed, after.plan, mostFen(other, after.benefits)]);
      }
    }
  }
  expect(count).toBeGreaterThan(least);
});
