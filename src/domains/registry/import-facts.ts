// What imports of people and of organisations share: who says it, what became of a row, and which of its facts are new.
import type { ErrorDetail } from '../../contract/errors.ts';
import { newId } from '../../storage/database.ts';
import type { StatementRow } from './fact-store.ts';
import { isSameValue, knownFacts, type StatementOrigin, type TrustClass } from './known-facts.ts';
import type { RegistryTools } from './registry-tools.ts';
import { openStatement, sealStatement } from './statement.ts';

/** Who says what is imported, and how far it counts. */
export interface ImportSource {
  readonly origin: StatementOrigin;
  readonly trustClass: TrustClass;
  readonly departmentId: string | null;
  /** The organisation that says it of its own people; null where a department does. */
  readonly organisationId: string | null;
  readonly purpose: string;
  /** The day of which it speaks, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly recordedBy: string;
  /** Jurisdictions whose parties may be changed; null where parties that are there already keep their own data, and only facts are added. */
  readonly changes: ReadonlySet<string> | null;
}

/** What became of one row of a batch. */
export type Imported =
  | {
      readonly outcome: 'added' | 'updated' | 'unchanged';
      readonly partyId: string;
      /** Whether the party itself came with this row; what is told may be the same for one who was there. */
      readonly isNew: boolean;
      /** Who has the number that the row gives, under another name: the row is about somebody of its own until a steward has looked. */
      readonly standsFor: string | null;
    }
  /** Maybe somebody who is there already: not written, unless doubles are. */
  | { readonly outcome: 'double' }
  | { readonly outcome: 'wrong'; readonly details: readonly ErrorDetail[] };

/** Of a row that is about a party which was there before. */
export const there = { isNew: false, standsFor: null } as const;

/** Of whom the lists of an import's owner spoke before, by the place of their row in the batch. */
export interface BroughtBefore {
  readonly any: ReadonlySet<number>;
  /** Whose row says word for word what it said the last time: it changes nothing. */
  readonly same: ReadonlySet<number>;
}

/** How a batch is taken in. */
export interface ImportManner {
  readonly now: Date;
  /** Doubles are looked for among those who were there before; so the check and the run of one list find the same. */
  readonly thereBefore: Date;
  readonly before: (holders: ReadonlyMap<number, string>) => Promise<BroughtBefore>;
  /** The people whom the owner's lists brought in with the number of somebody who goes by another name, by whom that is. */
  readonly standIns: (holderIds: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Only says what would be done. */
  readonly isTrial: boolean;
  /** Writes rows that may be doubles of somebody too. */
  readonly withDoubles: boolean;
}

/** The facts of a row that say something new: neither what is known, nor what the same source said last. */
export function newFacts(
  { protector }: RegistryTools,
  tenantId: number,
  source: ImportSource,
  rows: readonly StatementRow[],
  facts: Readonly<Record<string, unknown>>,
  now: Date,
): Readonly<Record<string, unknown>> {
  const statements = rows.map((row) => openStatement(protector, tenantId, row));
  const known = knownFacts(statements, { on: source.asOf, knownAt: now });
  const own = statements.filter(
    ({ origin, departmentId, recordedBy }) => origin === source.origin && departmentId === source.departmentId && (departmentId !== null || recordedBy === source.recordedBy),
  );
  return Object.fromEntries(
    Object.entries(facts).filter(([name, value]) => {
      // An organisation is not told, by what counts as new, what others have said of somebody.
      const found = source.changes === null ? undefined : known.get(name);
      if (found !== undefined && !isOlder(source, found.statement.asOf) && (isSameValue(found.value, value) || isSameValue(found.written, value))) return false;
      const last = own.findLast((statement) => Object.hasOwn(statement.facts, name));
      return last === undefined || !isSameValue(last.facts[name], value) || isOlder(source, last.asOf);
    }),
  );
}

/** What is said to pay by is said of a day: the same of a later day is news, since payments rest on nothing old. */
function isOlder({ purpose, asOf }: ImportSource, before: string): boolean {
  return saysOfDays(purpose) && before < asOf;
}

/** Whether what is said for this purpose is news each time that it is said of a later day. */
export function saysOfDays(purpose: string): boolean {
  return purpose === 'payment';
}

/** The statement by which a source says facts of a party. */
export function statementOf({ protector, factBook }: RegistryTools, tenantId: number, source: ImportSource, partyId: string, facts: Readonly<Record<string, unknown>>, now: Date): StatementRow {
  return sealStatement(protector, tenantId, {
    partyId,
    statementId: newId(),
    origin: source.origin,
    trustClass: source.trustClass,
    departmentId: source.departmentId,
    evidenceId: null,
    deliveryId: null,
    purpose: source.purpose,
    asOf: source.asOf,
    validFrom: null,
    validTo: null,
    recordedAt: now,
    recordedBy: source.recordedBy,
    corrects: null,
    facts,
    recognised: factBook.recognise(facts),
  });
}
