// Checks a city whole: reading, tables, same-matter groups, cases, clauses. This is what `wutong check` and the build run.

import type { Diagnostic } from './diagnostics.ts';
import { findGaps } from './clause-number.ts';
import { coverageOf } from './coverage.ts';
import { Diagnostics, isAdvice } from './diagnostics.ts';
import { components, MAX_COMPONENT } from '../policy/plan.ts';
import { nearest } from '../policy/problems.ts';
import { proveTables } from './prove-tables.ts';
import type { PolicySource } from './read-policy.ts';
import { runCases } from './run-cases.ts';
import { type CitySource, loadAbove, loadCity, type Workspace } from './workspace.ts';

/** What checking found. */
export interface Checked {
  readonly source?: CitySource;
  readonly diagnostics: readonly Diagnostic[];
  readonly policies: number;
  readonly benefits: number;
  readonly cases: number;
}

/** Checks one city. Proofs and cases run only for policies that could be read without fault. */
export function checkCity(workspace: Workspace, id: string): Checked {
  const loaded = loadCity(workspace, id);
  const all = new Diagnostics();
  all.list.push(...loaded.diagnostics);
  const { source } = loaded;
  if (source === undefined) return { diagnostics: all.list, policies: 0, benefits: 0, cases: 0 };
  let cases = 0;
  if (all.list.every(isAdvice)) {
    for (const policy of source.policies) {
      proveTables(policy, workspace.vocabularies, workspace.reference, all);
      cases += runCases(policy, workspace, all);
      checkClauses(policy, all);
    }
    // The levels above are read for their benefits; what is wrong with them is told where they are checked.
    const above = source.city.parent === undefined ? [] : loadAbove(workspace, id);
    const isChainKnown = all.list.every(({ code }) => code !== 'unknown-parent');
    if (isChainKnown && above.every((level) => level.diagnostics.every(isAdvice))) checkMatters(source.policies, above.flatMap((level) => level.policies), all);
  }
  const byPlace = [...all.list].sort((a, b) => a.place.file.localeCompare(b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column);
  return { source, diagnostics: byPlace, policies: source.policies.length, benefits: source.policies.reduce((sum, { policy }) => sum + new Set(policy.benefits.map((benefit) => benefit.id)).size, 0), cases };
}

/** The best combination is exact only while the benefits that exclude each other stay few enough. */
function checkMatters(own: readonly PolicySource[], above: readonly PolicySource[], diagnostics: Diagnostics): void {
  const policies = [...own, ...above];
  // A benefit for several kinds of subject stands there once for each.
  const ids = [...new Set(policies.flatMap(({ policy }) => policy.benefits.map((benefit) => `${policy.id}/${benefit.id}`)))];
  const groups = policies.flatMap(({ policy }) =>
    policy.matters.map((matter) => matter.benefits.map((id) => ids.indexOf(id.includes('/') ? id : `${policy.id}/${id}`)).filter((index) => index >= 0)),
  );
  for (const { policy, place } of own) {
    for (const id of policy.matters.flatMap((matter) => matter.benefits)) {
      if (id.includes('/') && !ids.includes(id)) diagnostics.add('unknown-benefit', place, { id, near: nearest(id, ids) ?? '' });
    }
  }
  const first = own[0];
  const largest = Math.max(0, ...components(ids.length, groups).map((component) => component.length));
  if (largest > MAX_COMPONENT && first !== undefined) diagnostics.add('matter-too-large', first.place, { count: String(largest), most: String(MAX_COMPONENT) });
}

/** Every clause of the document has become something, and none is left out of the directory. */
function checkClauses({ policy, clausePlaces, place }: PolicySource, diagnostics: Diagnostics): void {
  for (const { clause, expected } of findGaps(policy.clauses.map(({ id }) => id))) diagnostics.add('clause-gap', clausePlaces.get(clause) ?? place, { clause, expected });
  for (const { clause, title, isCovered } of coverageOf(policy)) {
    if (!isCovered) diagnostics.add('uncovered-clause', clausePlaces.get(clause) ?? place, { clause, title: title.zh, titleEn: title.en });
  }
}
