// Whether a delivered value may be recorded, says nothing new, or contradicts what is held: the rule, pure.
import { compareStatements, type FactStatement, isSameValue } from '../registry/index.ts';

/** A value of one fact as a department delivered it. Dates are `YYYY-MM-DD`. */
export interface DeliveredValue {
  readonly fact: string;
  readonly value: unknown;
  readonly departmentId: string;
  readonly asOf: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** What is to be done with it. */
export type Verdict =
  | { readonly kind: 'record' }
  | { readonly kind: 'unchanged' }
  /** Nothing is recorded until somebody has looked; the held value keeps serving. */
  | { readonly kind: 'disagrees'; readonly held: FactStatement; readonly heldValue: unknown };

/** What a feed delivers comes from the issuer: no other value is trusted more. */
export const DELIVERED_TRUST = 'A';

/**
 * Compares a delivered value with all that was ever said of its party.
 * Held against it is what stands for its as-of day among the statements whose validity overlaps with its own:
 * 1. nothing: it is recorded;
 * 2. the same value, from the same department, of the same day or a later one: it says nothing new;
 * 3. the same value otherwise: it is recorded, as word from another source or of a later day;
 * 4. another value of the same department: it is recorded, and the later day counts: a department may change its mind, and its past is kept;
 * 5. another value that is trusted less: it is recorded, and serves from now on;
 * 6. another value, trusted as much, from another source: they disagree.
 */
export function compareDelivered(statements: readonly FactStatement[], delivered: DeliveredValue): Verdict {
  const held = statementsOf(statements, delivered.fact)
    .filter((statement) => overlaps(statement, delivered))
    .sort((a, b) => compareStatements(a, b, delivered.asOf))[0];
  if (held === undefined) return { kind: 'record' };
  const heldValue = valueIn(held, delivered.fact);
  const isOwn = held.origin === '共享' && held.departmentId === delivered.departmentId;
  if (isSameValue(heldValue, delivered.value)) return isOwn && held.asOf >= delivered.asOf && covers(held, delivered) ? { kind: 'unchanged' } : { kind: 'record' };
  if (isOwn || held.trustClass > DELIVERED_TRUST) return { kind: 'record' };
  return { kind: 'disagrees', held, heldValue };
}

/** The value that a statement gives a fact: the recognised form where there is one. */
export function valueIn(statement: FactStatement, fact: string): unknown {
  return statement.recognised?.[fact] ?? statement.facts[fact];
}

/** The statements that speak of a fact and were not corrected in it. */
function statementsOf(statements: readonly FactStatement[], fact: string): FactStatement[] {
  const corrected = new Set(statements.flatMap(({ corrects, facts }) => (corrects !== null && Object.hasOwn(facts, fact) ? [corrects] : [])));
  return statements.filter((statement) => !corrected.has(statement.statementId) && Object.hasOwn(statement.facts, fact) && statement.facts[fact] !== null);
}

type Span = Pick<DeliveredValue, 'validFrom' | 'validTo'>;

/** Whether two spans have a day in common; no bound reaches for ever. */
function overlaps(a: Span, b: Span): boolean {
  return (a.validFrom === null || b.validTo === null || a.validFrom <= b.validTo) && (b.validFrom === null || a.validTo === null || b.validFrom <= a.validTo);
}

/** Whether `a` lasts at least as long as `b`, at both ends. */
function covers(a: Span, b: Span): boolean {
  return (a.validFrom === null || (b.validFrom !== null && a.validFrom <= b.validFrom)) && (a.validTo === null || (b.validTo !== null && a.validTo >= b.validTo));
}
