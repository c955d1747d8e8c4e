// What became of each clause of a document: the benefits, goals, duties and whatever else rests on it.

import type { BenefitKind, Policy, Words } from '../policy/model.ts';
import { parentsOf } from './clause-number.ts';

/** The sorts of things that rest on clauses. */
export type CitationSort = 'benefit' | 'goal' | 'duty' | 'procedure' | 'narrative' | 'definition' | 'parameter' | 'reading' | 'matter';

/** Something that rests on a clause. */
export interface Citation {
  readonly sort: CitationSort;
  /** Its id; definitions, parameters, readings and same-matter groups go by their name. */
  readonly id: string;
  readonly title: Words;
  /** Of a benefit. */
  readonly kind?: BenefitKind;
}

/** A clause of the document and what became of it. */
export interface CoverageRow {
  readonly clause: string;
  readonly title: Words;
  /** How many clauses it stands below. */
  readonly depth: number;
  readonly citations: readonly Citation[];
  /** Whether clauses stand below it, so that nothing need rest on itself. */
  readonly isHeading: boolean;
  /** False where nothing rests on it and it is no heading. */
  readonly isCovered: boolean;
}

/** The coverage of a policy, a row for each clause in the order of the document. */
export function coverageOf(policy: Policy): CoverageRow[] {
  const citations = gatherCitations(policy);
  const ids = policy.clauses.map(({ id }) => id);
  const parents = parentsOf(ids);
  const headings = new Set(parents.values());
  const depthOf = (clause: string): number => {
    const parent = parents.get(clause);
    return parent === undefined ? 0 : depthOf(parent) + 1;
  };
  return policy.clauses.map(({ id, title }) => {
    const own = [...(citations.get(id)?.values() ?? [])];
    const isHeading = headings.has(id);
    return { clause: id, title, depth: depthOf(id), citations: own, isHeading, isCovered: own.length > 0 || isHeading };
  });
}

/** What rests on each clause, each thing once; things in the order of {@link CitationSort}. */
function gatherCitations(policy: Policy): ReadonlyMap<string, ReadonlyMap<string, Citation>> {
  const found = new Map<string, Map<string, Citation>>();
  const cite = (citation: Citation, clauses: Iterable<string | undefined>): void => {
    for (const clause of clauses) {
      if (clause === undefined) continue;
      const things = found.get(clause) ?? new Map<string, Citation>();
      // A benefit for several kinds of subject is one thing.
      things.set(`${citation.sort}/${citation.id}`, citation);
      found.set(clause, things);
    }
  };
  for (const { id, title, kind, clause, also, condition, amount } of policy.benefits) cite({ sort: 'benefit', id, title, kind }, [clause, ...also, ...notedClauses([condition, amount])]);
  for (const { id, title, clause, also, targets } of policy.goals) cite({ sort: 'goal', id, title }, [clause, ...also, ...targets.map((target) => target.clause)]);
  for (const { id, title, clause, also, targets } of policy.duties) cite({ sort: 'duty', id, title }, [clause, ...also, ...targets.map((target) => target.clause)]);
  for (const { id, title, clause, also, steps } of policy.procedures) cite({ sort: 'procedure', id, title }, [clause, ...also, ...steps.map((step) => step.clause)]);
  for (const { id, title, clause, also } of policy.narratives) cite({ sort: 'narrative', id, title }, [clause, ...also]);
  for (const definition of policy.definitions) {
    const { name, note } = definition;
    cite({ sort: 'definition', id: name, title: note.words ?? { zh: name, en: name } }, notedClauses(definition));
  }
  for (const { name, words, clause } of policy.parameters) cite({ sort: 'parameter', id: name, title: words }, [clause]);
  for (const { name, question, clause } of policy.readings) cite({ sort: 'reading', id: name, title: question }, [clause]);
  for (const { name, words, clause } of policy.matters) cite({ sort: 'matter', id: name, title: words }, [clause]);
  return found;
}

/** The clauses in the notes of conditions, however deep they stand in a rule. */
function notedClauses(rule: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('note' in node && typeof node.note === 'object' && node.note !== null && 'clause' in node.note && typeof node.note.clause === 'string') found.add(node.note.clause);
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(rule);
  return found;
}
