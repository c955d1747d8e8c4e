// Explanations of benefits for several kinds of subject: each kind is answered and explained by its own entry.

import { expect, test } from 'vitest';
import { benefitsForOthers, checkFiles, editPack, projectWorkspace } from '../../test/support/small-pack.ts';
import { compilePolicy } from '../authoring/build-packs.ts';
import { makeEngine } from './engine.ts';
import { type Explanation, makeExplainer } from './explain.ts';
import type { CompiledPolicy } from './kernel.ts';
import { factsLookedAt, papersNeeded } from './facts-looked-at.ts';
import { openReference } from './reference.ts';
import { tellAmount, tellExplanation } from './tell-explanation.ts';

const workspace = projectWorkspace();
const policy = checkFiles(editPack(benefitsForOthers)).source?.policies[0]?.policy;
if (policy === undefined) throw new Error('the pack cannot be read');
const { vocabularies } = workspace;
const code = compilePolicy(policy, workspace);
const { compiled } = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as { compiled: CompiledPolicy };
const engine = makeEngine({ policies: [compiled], vocabularies, reference: openReference(workspace.reference), date: 20260630 });

function explain(kind: 'person' | 'organisation' | 'team', facts: Readonly<Record<string, unknown>>): Explanation {
  const bound = engine.bindSubject({ id: kind, subject: kind, facts });
  if ('problems' in bound) throw new Error(JSON.stringify(bound.problems));
  return makeExplainer(engine, { policies: [policy as NonNullable<typeof policy>], vocabulary: vocabularies[kind], language: 'zh' }).explain(bound.subject);
}

const summary = ({ benefits }: Explanation): unknown => benefits.map(({ benefit, status, missing }) => [benefit, status, missing]);

test('every kind of subject gets its own benefits, a shared one among them', () => {
  expect(summary(explain('organisation', { 所有制: '民营' }))).toEqual([['prize', 'review', []]]);
  expect(summary(explain('team', {}))).toEqual([['team-room', 'yes', []]]);
  expect(summary(explain('person', { 学历: '专科', 人才类别: 'E' }))).toEqual([
    ['living', 'no', []],
    ['tax-reward', 'no', []],
    ['prize', 'review', []],
  ]);
});

test('one benefit explained alone is what the whole explanation says of it, also from an answer that was given before', () => {
  const bound = engine.bindSubject({ id: 'one', subject: 'person', facts: { 学历: '专科', 人才类别: 'E' } });
  if ('problems' in bound) throw new Error(JSON.stringify(bound.problems));
  const explainer = makeExplainer(engine, { policies: [policy as NonNullable<typeof policy>], vocabulary: vocabularies.person, language: 'zh' });
  const whole = explainer.explain(bound.subject);
  expect(whole.benefits.map(({ benefit }) => benefit)).toEqual(['living', 'tax-reward', 'prize']);
  for (const each of whole.benefits) {
    const alone = explainer.explain(bound.subject, each.benefit);
    expect(alone.benefits).toEqual([each]);
    expect(whole.definitions).toMatchObject(alone.definitions);
    expect(whole.facts).toMatchObject(alone.facts);
    expect(explainer.explain(bound.subject, each.benefit, engine.answer(bound.subject))).toEqual(alone);
  }
});

test('a benefit that asks nothing says so, with its clause', () => {
  const explanation = explain('organisation', {});
  expect(explanation.benefits[0]?.condition).toEqual({ outcome: 'yes', kind: 'leaf', words: '没有能用事实判断的条件', clause: '第二条', rule: '不另要求' });
  expect(explanation.facts).toEqual({});
  const told = tellExplanation(explanation, { language: 'zh', vocabulary: vocabularies.organisation, reference: openReference(workspace.reference), names: {}, titles: new Map() });
  // Where nothing is asked nothing was met.
  expect(told).toContain('· 没有能用事实判断的条件');
  expect(told).not.toContain('✓');
  expect(told).not.toContain('undefined');
});

test('only papers are asked for that the rule in force has a use for, each for just that', () => {
  const papers = (proves: string): unknown => {
    const edited = checkFiles(editPack([{ file: 'talent-2025/living.yaml', find: '证明: [合同起始日, 合同年限]', replace: `证明: [${proves}]` }])).source?.policies[0]?.policy;
    if (edited === undefined) throw new Error('the pack cannot be read');
    const [own] = edited.benefits;
    const { facts } = vocabularies.person;
    const needed = (reading: number): unknown => (own === undefined ? undefined : papersNeeded(own, factsLookedAt(own, edited, facts, new Map([['看哪个学历', reading]])), facts).map((paper) => paper.proves));
    return [needed(0), needed(1)];
  };
  expect(papers('合同起始日, 年薪')).toEqual([[['合同起始日']], [['合同起始日']]]);
  expect(papers('年薪')).toEqual([[], []]);
  // Under one reading the first university is looked at, under the other the last.
  expect(papers('第一学历院校')).toEqual([[], [['第一学历院校']]]);
  expect(papers('毕业院校')).toEqual([[['毕业院校']], []]);
});

test('whoever is not named is not named: no department where only words stand in its place', () => {
  const explanation = explain('organisation', {});
  const [lead = ''] = explanation.benefits.map((benefit) => benefit.lead);
  const tell = (unnamed: readonly string[]): string => tellExplanation(explanation, { language: 'zh', vocabulary: vocabularies.organisation, reference: openReference(workspace.reference), names: {}, titles: new Map(), unnamed: new Set(unnamed) });
  expect(tell([])).toContain(`由 ${lead}`);
  expect(tell([lead])).not.toContain(lead);
  expect(tell([lead])).toContain('还没有写由谁负责');
});

test('an amount that goes by a figure nobody has set says so, and names the figure', () => {
  const open = { kind: 'unstated', missing: ['最低工资'], per: 'month' } as const;
  expect(tellAmount(open, 'zh')).toBe('每月按最低工资算，数还没有定');
  expect(tellAmount(open, 'en', () => 'the minimum wage')).toBe('by the minimum wage, not settled yet');
  expect(tellAmount(open, 'en')).toBe('by a figure that is not settled yet');
  expect([tellAmount({ kind: 'unstated' }, 'zh'), tellAmount({ kind: 'unstated' }, 'en')]).toEqual(['没有写数额', 'no amount is named']);
});

test('the module of a policy carries no provisions and no directory of clauses', () => {
  const whole = compilePolicy({ ...(policy as NonNullable<typeof policy>), source: { zh: '只有一篇报道', en: 'Only a press report' } }, workspace);
  expect(Object.keys(compiled.policy).filter((key) => ['goals', 'duties', 'narratives', 'procedures', 'clauses', 'definitions'].includes(key))).toEqual([]);
  expect(whole).not.toContain('只有一篇报道');
  expect(code).not.toContain('公布享受名单');
});
