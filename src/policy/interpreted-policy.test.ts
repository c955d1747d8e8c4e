// An interpreted policy answers as the generated kernels do: on the cases of the pack, on random subjects of every kind, on random policies.
import { expect, test } from 'vitest';
import { flatten, randomPeople } from '../../test/support/random-people.ts';
import { randomPolicy, testDate, testReferenceData, testVocabulary } from '../../test/support/random-policies.ts';
import { openRealPacks } from '../../test/support/real-packs.ts';
import { compilePolicy } from '../authoring/build-packs.ts';
import { generateKernel, literalsOf } from '../authoring/generate-javascript.ts';
import { makeEngine } from './engine.ts';
import { interpretPolicy } from './interpreted-policy.ts';
import { type CompiledPolicy, type KernelFactory, outlineOf } from './kernel.ts';
import type { SubjectKind } from './model.ts';
import { openReference } from './reference.ts';

const packs = openRealPacks();
const { vocabularies } = packs.workspace;
const load = async <T>(source: string): Promise<T> => (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`)) as T;

test('the real packs: the same answers on every case and on random subjects of every kind', async () => {
  const compiled = await Promise.all(packs.policies.map(async (policy) => (await load<{ compiled: CompiledPolicy }>(compilePolicy(policy, packs.workspace))).compiled));
  const interpreted = packs.policies.map((policy) => interpretPolicy(policy, vocabularies));
  expect(interpreted.map(({ literals }) => literals)).toEqual(compiled.map(({ literals }) => literals));
  const reference = openReference(packs.workspace.reference);
  const engineOf = (policies: readonly CompiledPolicy[]) => makeEngine({ policies, vocabularies, reference, date: 20260630 });
  const [fast, slow] = [engineOf(compiled), engineOf(interpreted)];
  const [policy] = packs.policies;
  if (policy === undefined) throw new Error('no policy');
  let asked = 0;
  for (const kind of ['person', 'organisation', 'project'] as const satisfies readonly SubjectKind[]) {
    const bases = packs.cases.filter(({ benefit }) => benefit.subject === kind).map(({ source }) => flatten(source.facts));
    const source = { vocabulary: vocabularies[kind], policy, bases, places: packs.workspace.reference.places, universities: packs.workspace.reference.universities.map(([name]) => name) };
    const inputs = [...packs.cases.filter(({ benefit }) => benefit.subject === kind).map(({ source: { facts } }) => ({ id: 0, subject: kind, facts })), ...randomPeople(source, 7, kind === 'person' ? 1500 : 300)];
    for (const input of inputs) {
      const expected = fast.evaluate(input);
      expect(slow.evaluate(input)).toEqual(expected);
      if ('result' in expected) asked++;
    }
  }
  expect(asked).toBeGreaterThan(1500);
});

test('random policies: the same kernels’ output, whatever the conditions', async () => {
  const reference = openReference(testReferenceData);
  for (let seed = 1; seed <= 60; seed++) {
    const policy = randomPolicy(seed);
    const { person } = await load<{ person: KernelFactory }>(generateKernel(policy, testVocabulary));
    const compiled: CompiledPolicy = { policy: outlineOf(policy), kernels: { person }, literals: literalsOf(policy) };
    const answers = [compiled, interpretPolicy(policy, { person: testVocabulary })].map((one) => {
      const engine = makeEngine({ policies: [one], vocabularies: { person: testVocabulary }, reference, date: testDate });
      return [{}, { 全日制: true }, { 学历: '本科', 毕业院校: '吉林大学', 合同年限: 5, 年薪: 150000 }, { 学历: '博士研究生', 全日制: false, 毕业日期: '2024-06-30', 用人单位: { 单位类型: '无' } }].map((facts) =>
        engine.evaluate({ id: 1, subject: 'person', facts }),
      );
    });
    expect(answers[1], `seed ${seed}`).toEqual(answers[0]);
  }
});
