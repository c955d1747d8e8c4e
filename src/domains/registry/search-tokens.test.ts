// What a party is found by, and how its tokens are kept.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openWorkspace } from '../../authoring/workspace.ts';
import { sensitiveGroupOf } from '../../contract/sensitive-facts.ts';
import { openFactBook } from './fact-book.ts';
import { employerToken, factToken, jurisdictionToken, nameToken, packTokens, pairsOf, tokensOf, unpackTokens } from './search-tokens.ts';

const workspace = openWorkspace(join(import.meta.dirname, '../../..'));
const book = openFactBook(workspace);
const tokens = (facts: Readonly<Record<string, unknown>>) => tokensOf({ kind: 'person', names: ['一'], jurisdictionCodes: [], employerIds: [], facts }, book);

describe('tokens', () => {
  test('are those of names, jurisdictions, employers and facts, each once', () => {
    const found = tokensOf({ kind: 'person', names: ['张三丰', '张三'], jurisdictionCodes: ['220202'], employerIds: ['e'], facts: { 学历: '本科', 全日制: true, 户籍地: '220281' } }, book);
    const expected = [
      nameToken('person', '张三'), nameToken('person', '三丰'), jurisdictionToken('person', '220202'), employerToken('e'),
      factToken('person', '学历', '本科'), factToken('person', '全日制', '是'), factToken('person', '户籍地', '220281'), factToken('person', '户籍地', '220200'),
    ];
    expect(found).toEqual(expected.sort((a, b) => a - b));
  });

  test('are none for sensitive facts, amounts, dates and what the vocabulary does not know', () => {
    for (const { name } of workspace.vocabularies.person.facts.filter((fact) => sensitiveGroupOf(fact.name) !== undefined)) {
      for (const value of ['220202', 1, true, ['220202']]) expect(tokens({ [name]: value })).toEqual([]);
    }
    expect(tokens({ 毕业日期: '2020-06-30', 年薪: 100000, 没有: '本科', 学历: 7 })).toEqual([]);
  });

  test('know the classes of a university wherever the vocabulary derives them', () => {
    const { facts } = workspace.vocabularies.person;
    const derived = facts.filter(({ by }) => by === 'university');
    expect(derived.length).toBeGreaterThan(1);
    for (const { name, of } of derived) expect(tokens({ [facts[of ?? -1]?.name ?? '']: '吉林大学' })).toContain(factToken('person', name, '985'));
    expect(tokens({ 毕业院校: '北华大学' })).toEqual([factToken('person', '毕业院校', '北华大学')]);
  });

  test('of people and organisations never meet', () => {
    expect(nameToken('person', '张三')).not.toBe(nameToken('organisation', '张三'));
  });

  test('stay the same: they are stored', () => {
    expect(nameToken('person', '张三')).toBe(1126113307059740);
    expect(Number.isSafeInteger(factToken('person', '学历', '博士研究生'))).toBe(true);
  });

  test('come back from how they are kept', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 52 - 1 })), (all) => {
        expect(unpackTokens(packTokens(all))).toEqual(all);
      }),
    );
  });
});

test('pairs leave signs and spaces out and keep characters whole', () => {
  expect(pairsOf('张 三·丰')).toEqual(['张三', '三丰']);
  expect(pairsOf('𬭎三')).toEqual(['𬭎三']);
  expect(pairsOf('吉林市（样例）有限公司').slice(0, 4)).toEqual(['吉林', '林市', '市样', '样例']);
  expect(pairsOf('张')).toEqual([]);
});
