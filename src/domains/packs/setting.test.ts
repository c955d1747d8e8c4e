// Values as people write them and as rules hold them, and which decision holds in which year.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBuiltPacks } from '../../main/open-built-packs.ts';
import type { Policy, ValueType } from '../../policy/index.ts';
import { type ApprovedSetting, encodeSetting, promiseName, publicityName, type Settable, settablesOf, settingsFor, writtenSetting } from './setting.ts';

const parameter = (type: ValueType): Settable => ({ kind: 'parameter', name: 'sample', type });

describe('a value', () => {
  test('of money, shares and numbers is held without losing a fen or a millionth, and shown as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 14 }), (fen) => {
        expect(encodeSetting(parameter('money'), fen / 100)).toBe(fen);
        expect(writtenSetting(parameter('money'), fen)).toBe(fen / 100);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (micro) => {
        expect(encodeSetting(parameter('share'), micro / 1_000_000)).toBe(micro);
      }),
    );
    expect(writtenSetting(parameter('share'), 400_000)).toBe(0.4);
  });

  test('of a date is a day that exists', () => {
    const day = encodeSetting(parameter('date'), '2026-06-30');
    expect(writtenSetting(parameter('date'), day ?? 0)).toBe('2026-06-30');
    expect(encodeSetting(parameter('date'), '2026-02-30')).toBeUndefined();
  });

  test.each([
    ['more than a share can be', parameter('share'), 1.000001],
    ['a millionth and a half', parameter('share'), 0.0000015],
    ['half a fen', parameter('money'), 1.005],
    ['less than nothing', parameter('money'), -1],
    ['no number', parameter('money'), Number.NaN],
    ['part of a year', parameter('years'), 1.5],
    ['a text for a number', parameter('number'), '3'],
    ['a flag, which nobody sets', parameter('flag'), 1],
    ['a number for a reading', { kind: 'reading', name: 'sample', alternatives: ['1'] } as const, 1],
    ['no working day', { kind: 'promise', name: 'sample' } as const, 0],
    ['part of a working day', { kind: 'promise', name: 'sample' } as const, 2.5],
  ])('that is %s is none', (_, settable, given) => {
    expect(encodeSetting(settable, given)).toBeUndefined();
  });
});

describe('what holds in a year', () => {
  async function policyOf(id: string): Promise<Policy> {
    const found = (await openBuiltPacks()).packs.find(({ policyId }) => policyId === id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found.policy;
  }

  test('a parameter of that year alone; a reading and a promise until the next', async () => {
    const policy = await policyOf('jilin-city-2021');
    const approved: ApprovedSetting[] = [
      { kind: 'parameter', name: '最低工资', year: 2025, value: 180_000 },
      { kind: 'reading', name: '合同从何时起算', year: 2024, value: '发布日' },
      { kind: 'reading', name: '合同从何时起算', year: 2026, value: '不限' },
      { kind: 'promise', name: publicityName('enterprise-hires'), year: 2025, value: 5 },
      { kind: 'promise', name: promiseName('enterprise-hires', 2), year: 2025, value: 10 },
    ];
    const holds = [2023, 2024, 2025, 2026, 2027].map((year) => {
      const { parameters, readings, promises } = settingsFor(policy, year, approved.filter((each) => each.year <= year));
      return [parameters['最低工资'], readings['合同从何时起算'], promises['enterprise-hires/publicity'], promises['enterprise-hires/2']];
    });
    expect(holds).toEqual([
      [null, '年初', undefined, undefined],
      [null, '发布日', undefined, undefined],
      [180_000, '发布日', 5, 10],
      [null, '不限', 5, 10],
      [null, '不限', 5, 10],
    ]);
  });

  test('what the version does not know has no effect', async () => {
    const policy = await policyOf('jilin-city-2021');
    const none = settingsFor(policy, 2026, []);
    const strange: ApprovedSetting[] = [
      { kind: 'parameter', name: '没有的参数', year: 2026, value: 1 },
      { kind: 'reading', name: '合同从何时起算', year: 2026, value: '没有的取法' },
      { kind: 'promise', name: 'nothing/1', year: 2026, value: 1 },
    ];
    expect(settingsFor(policy, 2026, strange)).toEqual(none);
    expect(Object.keys(none.readings)).toEqual(policy.readings.map(({ name }) => name));
  });

  test('days that the document states hold unless the office sets others; publicity lasts as its publication step does', async () => {
    const policies = (await openBuiltPacks()).packs.map(({ policy }) => policy);
    const stated = policies.flatMap((policy) => policy.procedures.flatMap((procedure) => procedure.steps.map((step, index) => ({ policy, procedure, step, name: promiseName(procedure.id, index + 1) }))));
    const publications = stated.filter(({ step }) => step.kind === 'publication' && step.workingDays !== undefined);
    expect(publications.length).toBeGreaterThan(0);
    for (const { policy, procedure, step, name } of publications) {
      const { promises } = settingsFor(policy, 2026, []);
      expect([promises[name], promises[publicityName(procedure.id)]]).toEqual([step.workingDays, step.workingDays]);
      const set = settingsFor(policy, 2026, [{ kind: 'promise', name: publicityName(procedure.id), year: 2026, value: 9 }]);
      expect([set.promises[name], set.promises[publicityName(procedure.id)]]).toEqual([step.workingDays, 9]);
    }
  });

  test('everything that can be set is offered once', async () => {
    const names = settablesOf(await policyOf('jilin-city-2021')).map(({ kind, name }) => `${kind} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['parameter 最低工资', 'reading 合同从何时起算', 'promise enterprise-hires/2', 'promise enterprise-hires/publicity']));
  });
});
