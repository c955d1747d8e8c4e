// Hears what somebody says before filing: which of it counts beside the record, for whoever may declare it; nothing is kept.
import type { EvaluationSubject, FactBook, PartyKind } from '../registry/index.ts';
import { canDeclare, type Declaring } from './missing-facts.ts';

/** For whom it is said, and by whom. */
interface Hearing {
  readonly kind: PartyKind;
  readonly declaring: Declaring;
  /** The day, `YYYY-MM-DD`. */
  readonly on: string;
}

/** What became of it. */
interface Heard {
  /** The record with what counts of it. */
  readonly subject: EvaluationSubject;
  /** Flat names and values of what counts. */
  readonly counted: ReadonlyMap<string, unknown>;
  readonly leftOut: readonly { readonly name: string; readonly because: 'known' | 'others' | 'unfit' }[];
}

const EMPLOYER = '用人单位';

/**
 * Adds to the record what is said. A department's word and a paper's go before it; what only an employer or a review can say, what is derived
 * and what cannot be read is left out, with the reason.
 * @param told flat names, as the calculator writes them: `用人单位.规上`
 */
export function hearTold(onRecord: EvaluationSubject, book: FactBook, told: Readonly<Record<string, unknown>>, { kind, declaring, on }: Hearing): Heard {
  const counted = new Map<string, unknown>();
  const leftOut: Heard['leftOut'][number][] = [];
  for (const [name, value] of Object.entries(told)) {
    const fact = book.fact(kind, name);
    if (fact === undefined || fact.from === '推算') leftOut.push({ name, because: 'unfit' });
    else if (!canDeclare(fact, declaring)) leftOut.push({ name, because: 'others' });
    else if (!mayReplace(onRecord, name)) leftOut.push({ name, because: 'known' });
    else if (book.check({ kind, facts: { [name]: value }, origin: '申报', asOf: on }).length > 0) leftOut.push({ name, because: 'unfit' });
    else counted.set(name, value);
  }
  const facts: Record<string, unknown> = { ...onRecord.facts };
  const employer: Record<string, unknown> = { ...groupOf(onRecord) };
  for (const [name, value] of counted) {
    if (name.startsWith(`${EMPLOYER}.`)) employer[name.slice(EMPLOYER.length + 1)] = value;
    else facts[name] = value;
  }
  if (Object.keys(employer).length > 0) facts[EMPLOYER] = employer;
  return { subject: { ...onRecord, facts }, counted, leftOut };
}

/** Whether nobody has said it yet, or only the party itself. */
function mayReplace(onRecord: EvaluationSubject, name: string): boolean {
  if (onRecord.withheld.some((one) => one.name === name)) return false;
  const value = name.startsWith(`${EMPLOYER}.`) ? groupOf(onRecord)[name.slice(EMPLOYER.length + 1)] : onRecord.facts[name];
  const origin = onRecord.origins[name];
  return value === undefined || (origin?.source === 'statement' && origin.origin === '申报' && origin.trustClass === 'D');
}

function groupOf({ facts }: EvaluationSubject): Readonly<Record<string, unknown>> {
  const group = facts[EMPLOYER];
  return typeof group === 'object' && group !== null ? { ...group } : {};
}
