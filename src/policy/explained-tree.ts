// How the conditions of an explanation hang together: definitions are looked up, what has nothing to tell is passed over.
// tell-explanation.ts and the calculator's pages tell the same tree, each in its own form.

import type { ExplainedCondition, Explanation } from './explain.ts';

/** Looks conditions up in one explanation. */
export class ExplainedTree {
  private readonly definitions: Explanation['definitions'];

  constructor({ definitions }: Pick<Explanation, 'definitions'>) {
    this.definitions = definitions;
  }

  /** What a definition says; undefined for a condition that names none. */
  bodyOf(condition: ExplainedCondition, policy: string): ExplainedCondition | undefined {
    return condition.definition === undefined ? undefined : this.definitions[`${policy}/${condition.definition}`];
  }

  /** The body of a definition that is one expression without words, perhaps behind a reading. */
  plainBody(condition: ExplainedCondition, policy: string): ExplainedCondition | undefined {
    const body = this.bodyOf(condition, policy);
    const inner = body?.kind === 'reading' ? body.items?.[0] : body;
    return inner?.kind === 'leaf' && (inner.words === undefined || inner === body) ? inner : undefined;
  }

  /** What stands below a condition; a definition's body is looked up, and a plain list is opened. */
  itemsOf(condition: ExplainedCondition, policy: string): readonly ExplainedCondition[] {
    if (condition.definition === undefined) return condition.items ?? [];
    const body = this.bodyOf(condition, policy);
    // Between a definition and the branch of a reading that is in force, or a group without words, there is nothing to tell.
    if (body === undefined || body.kind === 'leaf' || this.plainBody(condition, policy) !== undefined) return [];
    return (body.items ?? []).filter((item) => item.words !== undefined || item.items !== undefined || item.facts !== undefined);
  }

  /** The facts that a condition without lines of its own below it looks at. */
  factsBelow(condition: ExplainedCondition, policy: string): readonly string[] {
    if (condition.facts !== undefined) return condition.facts;
    if (condition.kind === 'not') return (condition.items ?? []).flatMap((item) => this.factsBelow(item, policy));
    // A definition that is one expression has no lines of its own below it, so its facts stand beside its name.
    const body = this.plainBody(condition, policy);
    return body === undefined ? [] : this.factsBelow(body, policy);
  }

  /** The conditions that make a condition fail, as deep as they can be told: of alternatives that all fail, the group itself. */
  failures(condition: ExplainedCondition, policy: string): readonly ExplainedCondition[] {
    if (condition.outcome !== 'no') return [];
    const inner = this.itemsOf(condition, policy);
    if (condition.kind === 'not' || condition.kind === 'leaf' || condition.kind === 'any' || inner.length === 0) return [condition];
    return inner.flatMap((item) => this.failures(item, policy));
  }
}

/** Whether a condition has anything to tell: a reading that asks nothing more has not. */
export function isTelling(condition: ExplainedCondition): boolean {
  return condition.words !== undefined || condition.rule !== undefined || condition.definition !== undefined || condition.items !== undefined || condition.facts !== undefined;
}
