// Whether a delivered value may be recorded, says nothing new, or contradicts what is held: the rule, pure.
import { compareStatements, type FactStatement, isSameValue } from '../registry/index.ts';
import { addDays } from './day.ts';

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
 * Compares a delivered value with all that was ever said of its party. Held against it is, of every source, what it says for the as-of day and for
 * every other day of the delivered validity on which its word changes:
 * 1. another source, trusted as much, says something else: they disagree;
 * 2. the same department said something else of the very same day: they disagree too, since no day tells which of the two is right;
 * 3. the same department said the same, of the same day or a later one: it says nothing new;
 * 4. anything else is recorded: there is nothing, or it is word from a second source or of a later day, or what is trusted less gives way, or the
 *    department changed its mind: then the later day counts, and its past is kept.
 */
export function compareDelivered(statements: readonly FactStatement[], delivered: DeliveredValue): Verdict {
  const { fact, asOf } = delivered;
  const isOwn = ({ origin, departmentId }: FactStatement): boolean => origin === '共享' && departmentId === delivered.departmentId;
  const held = statementsOf(statements, fact)
    .filter((statement) => overlaps(statement, delivered))
    .sort((a, b) => compareStatements(a, b, asOf));
  const foreign = held.filter((statement) => !isOwn(statement) && statement.trustClass <= DELIVERED_TRUST);
  for (const day of daysThatCount(held, delivered)) {
    // The first of each source that holds on the day is its word for it.
    const words = new Map<string, FactStatement>();
    for (const statement of foreign.filter((one) => holdsOn(one, day)).sort((a, b) => compareStatements(b, a, day))) words.set(`${statement.origin} ${statement.departmentId}`, statement);
    const other = [...words.values()].toReversed().find((statement) => !isSameValue(valueIn(statement, fact), delivered.value));
    if (other !== undefined) return { kind: 'disagrees', held: other, heldValue: valueIn(other, fact) };
  }
  const ofSameDay = held.find((statement) => isOwn(statement) && statement.asOf === asOf && !isSameValue(valueIn(statement, fact), delivered.value));
  if (ofSameDay !== undefined) return { kind: 'disagrees', held: ofSameDay, heldValue: valueIn(ofSameDay, fact) };
  const own = held.find(isOwn);
  const isKnown = own !== undefined && isSameValue(valueIn(own, fact), delivered.value) && own.asOf >= asOf && covers(own, delivered);
  return { kind: isKnown ? 'unchanged' : 'record' };
}

/** The value that a statement gives a fact: the recognised form where there is one. */
function valueIn(statement: FactStatement, fact: string): unknown {
  return statement.recognised?.[fact] ?? statement.facts[fact];
}

/** The statements that speak of a fact and were not corrected in it. */
function statementsOf(statements: readonly FactStatement[], fact: string): FactStatement[] {
  const corrected = new Set(statements.flatMap(({ corrects, facts }) => (corrects !== null && Object.hasOwn(facts, fact) ? [corrects] : [])));
  return statements.filter((statement) => !corrected.has(statement.statementId) && Object.hasOwn(statement.facts, fact) && statement.facts[fact] !== null);
}

type Span = Pick<DeliveredValue, 'validFrom' | 'validTo'>;

/** The days that tell all others: the as-of day, and those on which something begins, ends or has just ended, within the delivered span. */
function daysThatCount(held: readonly FactStatement[], { asOf, validFrom, validTo }: DeliveredValue): readonly string[] {
  const edges = [{ validFrom, validTo }, ...held].flatMap((span) => [span.validFrom, span.validTo]).filter((day) => day !== null);
  const days = [asOf, ...edges, ...edges.map((day) => addDays(day, 1)), ...edges.map((day) => addDays(day, -1))];
  return [...new Set(days)].filter((day) => holdsOn({ validFrom, validTo }, day));
}

function holdsOn({ validFrom, validTo }: Span, day: string): boolean {
  return (validFrom === null || validFrom <= day) && (validTo === null || validTo >= day);
}

/** Whether two spans have a day in common; no bound reaches for ever. */
function overlaps(a: Span, b: Span): boolean {
  return (a.validFrom === null || b.validTo === null || a.validFrom <= b.validTo) && (b.validFrom === null || a.validTo === null || b.validFrom <= a.validTo);
}

/** Whether `a` lasts at least as long as `b`, at both ends. */
function covers(a: Span, b: Span): boolean {
  return (a.validFrom === null || (b.validFrom !== null && a.validFrom <= b.validFrom)) && (a.validTo === null || (b.validTo !== null && a.validTo >= b.validTo));
}
