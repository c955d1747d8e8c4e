// Explanations of benefits for several kinds of subject: each kind is answered and explained by its own entry.

import { expect, test } from 'vitest';
import { benefitsForOthers, checkFiles, editPack, projectWorkspace } from '../../test/support/small-pack.ts';
import { compilePolicy } from '../authoring/build-packs.ts';
import { makeEngine } from './engine.ts';
import { type Explanation, makeExplainer } from './explain.ts';
import type { CompiledPolicy } from './kernel.ts';
import { openReference } from './reference.ts';
import { tellExplanation } from './tell-explanation.ts';

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

test('a benefit that asks nothing says so, with its clause', () => {
  const explanation = explain('organisation', {});
  expect(explanation.benefits[0]?.condition).toEqual({ outcome: 'yes', kind: 'leaf', words: '没有能用事实判断的条件', clause: '第二条', rule: '不另要求' });
  expect(explanation.facts).toEqual({});
  const told = tellExplanation(explanation, { language: 'zh', vocabulary: vocabularies.organisation, reference: openReference(workspace.reference), names: {}, titles: new Map() });
  expect(told).toContain('没有能用事实判断的条件');
  expect(told).not.toContain('undefined');
});

test('the module of a policy carries no provisions and no directory of clauses', () => {
  expect(Object.keys(compiled.policy).filter((key) => ['goals', 'duties', 'narratives', 'procedures', 'clauses', 'definitions'].includes(key))).toEqual([]);
  expect(code).not.toContain('公布享受名单');
});
