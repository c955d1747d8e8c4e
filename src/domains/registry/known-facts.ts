// What is known of a party for a day, as of an instant, from all that was ever said: the rule of precedence, pure.

/** 申报 told by the party, 材料 proved by a paper, 共享 held by another department, 认定 decided in a review. */
export type StatementOrigin = '申报' | '材料' | '共享' | '认定';

/** A from the issuer, B checked at a counter, C uploaded, D told by oneself (国办函〔2016〕108号). */
export type TrustClass = 'A' | 'B' | 'C' | 'D';

/** All trust classes, the most trusted first. */
export const trustClasses = ['A', 'B', 'C', 'D'] as const;

/** All origins. */
export const statementOrigins = ['申报', '材料', '共享', '认定'] as const;

/** What a source said of a party. Dates are `YYYY-MM-DD`. */
export interface FactStatement {
  readonly statementId: string;
  readonly partyId: string;
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly departmentId: string | null;
  readonly evidenceId: string | null;
  readonly deliveryId: string | null;
  readonly purpose: string;
  /** The day of which the source speaks. */
  readonly asOf: string;
  /** First and last day on which it holds; null: no bound is stated. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  /** The statement that it corrects, fact by fact. */
  readonly corrects: string | null;
  /** Values by name, as the source wrote them; null takes a fact of the corrected statement back. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What was recognised in a value as written, such as a university's official name. */
  readonly recognised: Readonly<Record<string, string>> | null;
}

/** A fact that is known, and from which statement. */
export interface KnownFact {
  readonly name: string;
  /** What rules are asked with: the recognised form where there is one. */
  readonly value: unknown;
  /** As the source wrote it, where that differs. */
  readonly written?: unknown;
  readonly statement: FactStatement;
  /** Statements that hold for the day too and say something else. */
  readonly others: readonly FactStatement[];
}

/** The day asked about, and when one asks: statements recorded later are not seen. */
export interface AsOf {
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly knownAt: Date;
}

/**
 * Which of two statements about one fact stands, for the day `on`; negative where `a` does. In this order:
 * 1. the better trust class;
 * 2. what speaks of a day up to `on`, the latest first; then what speaks of a later day, the earliest first: the last word before the
 *    day counts, and failing that the first one after;
 * 3. what was recorded later;
 * 4. the greater id, so that the answer never depends on the order of rows.
 */
export function compareStatements(a: FactStatement, b: FactStatement, on: string): number {
  if (a.trustClass !== b.trustClass) return a.trustClass < b.trustClass ? -1 : 1;
  if (a.asOf !== b.asOf) {
    const isBefore = a.asOf <= on;
    if (isBefore !== b.asOf <= on) return isBefore ? -1 : 1;
    return a.asOf > b.asOf === isBefore ? -1 : 1;
  }
  const later = b.recordedAt.getTime() - a.recordedAt.getTime();
  if (later !== 0) return later;
  return a.statementId === b.statementId ? 0 : a.statementId > b.statementId ? -1 : 1;
}

/**
 * The facts known for a day, as of an instant. A statement speaks of the day if it lies within its bounds. A correction takes the place of
 * the corrected statement for every fact that it names, whatever its own bounds say: what it corrects was wrong.
 */
export function knownFacts(statements: readonly FactStatement[], { on, knownAt }: AsOf): ReadonlyMap<string, KnownFact> {
  const recorded = statements.filter((statement) => statement.recordedAt.getTime() <= knownAt.getTime());
  const [only] = recorded;
  // Of most people one statement is all there is.
  if (only !== undefined && recorded.length === 1 && only.corrects === null) return factsOf(only, on);
  const corrected = new Map<string, Set<string>>();
  for (const { corrects, facts } of recorded) {
    if (corrects === null) continue;
    const names = corrected.get(corrects) ?? new Set();
    for (const name of Object.keys(facts)) names.add(name);
    corrected.set(corrects, names);
  }
  const speaking = new Map<string, FactStatement[]>();
  for (const statement of recorded) {
    if (!speaksOf(statement, on)) continue;
    for (const [name, value] of Object.entries(statement.facts)) {
      if (value === null || corrected.get(statement.statementId)?.has(name) === true) continue;
      const others = speaking.get(name);
      if (others === undefined) speaking.set(name, [statement]);
      else others.push(statement);
    }
  }
  const known = new Map<string, KnownFact>();
  for (const name of [...speaking.keys()].sort()) {
    const [first, ...rest] = (speaking.get(name) ?? []).sort((a, b) => compareStatements(a, b, on));
    if (first !== undefined) known.set(name, knownFact(first, name, rest));
  }
  return known;
}

function factsOf(statement: FactStatement, on: string): ReadonlyMap<string, KnownFact> {
  const known = new Map<string, KnownFact>();
  if (!speaksOf(statement, on)) return known;
  for (const name of Object.keys(statement.facts).sort()) {
    if (statement.facts[name] !== null) known.set(name, knownFact(statement, name, []));
  }
  return known;
}

/** Whether a day lies within the bounds of a statement. */
function speaksOf({ validFrom, validTo }: FactStatement, on: string): boolean {
  return (validFrom === null || validFrom <= on) && (validTo === null || validTo >= on);
}

function knownFact(statement: FactStatement, name: string, rest: readonly FactStatement[]): KnownFact {
  const value = valueOf(statement, name);
  const written = statement.facts[name];
  const others = rest.length === 0 ? rest : rest.filter((other) => !isSameValue(valueOf(other, name), value));
  return value === written ? { name, value, statement, others } : { name, value, written, statement, others };
}

function valueOf(statement: FactStatement, name: string): unknown {
  return statement.recognised?.[name] ?? statement.facts[name];
}

/** Whether two values of a fact say the same; a set is the same in any order. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return spellSet(a) === spellSet(b);
  return a === b;
}

function spellSet(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).sort((a, b) => (a < b ? -1 : 1)).join();
}
