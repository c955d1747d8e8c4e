// Reads a decision as a caller may see it, writes its letter, and answers strangers who hold one.

import { type SensitiveGroupCode, sensitiveGroupOf } from '../../contract/sensitive-facts.ts';
import { Refusal } from '../../contract/errors.ts';
import type { Language } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import type { EvaluationSubject, OpenedDecision, StoredDecision } from './decision.ts';
import type { DecisionParts } from './decision-parts.ts';
import { type DecisionReader, findByCode, findFollower, getDecisionRow, readCity } from './decisions-store.ts';
import { maskName } from './mask-name.ts';
import { digestOfCode, openDecision } from './seal-decision.ts';
import { spellMissing } from './spell-missing.ts';
import { withoutKnown } from './tell-conditions.ts';
import { readCode } from './verification-code.ts';
import { writeLetter } from './write-letter.ts';

/** A decision, opened and proved. @throws Refusal not-found, decision-damaged. */
export async function openInReach(tx: Tx, scope: DecisionReader, { protector }: Pick<DecisionParts, 'protector'>, decisionId: string): Promise<OpenedDecision> {
  const opened = openDecision(protector, scope.tenantId, await getDecisionRow(tx, scope, decisionId));
  if (!opened.isIntact) throw new Refusal('decision-damaged');
  return opened;
}

/** A fact that a decision rested on, as a reader may see it. */
export interface ShownFact {
  readonly name: string;
  readonly value: unknown;
  readonly origin: EvaluationSubject['origins'][string] | undefined;
}

const EMPLOYER = '用人单位';

/** Facts by their full names; what the employer is stands as 用人单位.X. */
export function listFacts({ facts, origins }: Pick<EvaluationSubject, 'facts' | 'origins'>): readonly ShownFact[] {
  return Object.entries(facts).flatMap(([name, value]): ShownFact[] => {
    if (name !== EMPLOYER || typeof value !== 'object' || value === null || Array.isArray(value)) return [{ name, value, origin: origins[name] }];
    return Object.entries(value).map(([part, inner]) => ({ name: `${EMPLOYER}.${part}`, value: inner as unknown, origin: origins[`${EMPLOYER}.${part}`] }));
  });
}

/**
 * The facts that a reader sees: one's own whole; an officer's without the sensitive ones, unless the office gives the right to them; an agent's
 * none, since a decision tells an employer what was decided and not what is known of the person.
 */
export function factsShownTo(scope: Scope<'decision.read'>, decision: Pick<OpenedDecision, 'facts'>): { readonly facts: readonly ShownFact[]; readonly withheld: readonly SensitiveGroupCode[] } {
  const all = listFacts(decision.facts);
  if (scope.reach.kind === 'parties') return { facts: all, withheld: [] };
  if (scope.reach.kind === 'organisation') return { facts: decision.facts.subject === 'organisation' ? all : [], withheld: [] };
  const maySensitive = mayDo(() => scopeAlso(scope, 'fact.read-sensitive'));
  const withheld = new Set<SensitiveGroupCode>();
  const facts = all.filter(({ name }) => {
    const group = sensitiveGroupOf(name);
    if (group === undefined || maySensitive) return true;
    withheld.add(group);
    return false;
  });
  return { facts, withheld: [...withheld] };
}

/** The same decision as a reader may see it: to an agent, conditions of a person are told without what was known of the person. */
export function toldTo(scope: Scope<'decision.read'>, decision: OpenedDecision): OpenedDecision {
  if (scope.reach.kind !== 'organisation' || decision.facts.subject === 'organisation') return decision;
  const { zh, en } = decision.letter.conditions;
  const plain = (told: typeof zh): typeof zh => told.map((each) => ({ ...each, text: withoutKnown(each.text) }));
  return { ...decision, letter: { ...decision.letter, conditions: { zh: plain(zh), en: plain(en) } } };
}

function mayDo(make: () => unknown): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** The letter of a decision as a PDF. @throws Refusal not-found, decision-damaged. */
export async function letterOf(
  tx: Tx,
  scope: Scope<'decision.read'>,
  parts: Pick<DecisionParts, 'findUnprintable' | 'isDemonstration' | 'protector' | 'printLetter'>,
  decisionId: string,
  { language, host }: { readonly language: Language; readonly host: string },
): Promise<{ readonly pdf: Uint8Array; readonly decision: StoredDecision }> {
  const decision = await openInReach(tx, scope, parts, decisionId);
  const city = await readCity(tx, scope);
  const isSample = await parts.isDemonstration(tx, scope.tenantId);
  const letter = writeLetter(toldTo(scope, decision), language, `https://${city.hosts[0] ?? host}/verify`, isSample);
  return { pdf: await parts.printLetter(spellMissing(letter, parts.findUnprintable)), decision };
}

/** What a stranger with a letter learns: enough to see that the letter is right, nothing that is not on it. */
export interface VerifiedDecision {
  readonly number: string;
  readonly kind: OpenedDecision['kind'];
  readonly on: string;
  readonly departmentName: string;
  readonly name: string;
  readonly benefit: OpenedDecision['letter']['benefitTitle'];
  readonly policy: OpenedDecision['letter']['policyTitle'];
  readonly amountFen: number | null;
  readonly quantity: number | null;
  readonly unit: OpenedDecision['unit'];
  /** A later decision that changed or revoked it. */
  readonly followedBy: { readonly number: string; readonly kind: OpenedDecision['kind']; readonly on: string } | null;
}

/**
 * Checks a code. A code that is no code and one that no letter has are answered alike, and looked for by keyed digest alone.
 * @throws Refusal decision-unknown-code, decision-damaged.
 */
export async function verifyCode(tx: Tx, scope: Scope<'decision.verify'>, { protector }: Pick<DecisionParts, 'protector'>, typed: string): Promise<VerifiedDecision> {
  const code = readCode(typed);
  // A typing mistake costs the same look-up, so that nobody learns which codes could be any.
  const row = await findByCode(tx, scope, digestOfCode(protector, scope.tenantId, code ?? ''));
  if (code === undefined || row === undefined) throw new Refusal('decision-unknown-code');
  const decision = openDecision(protector, scope.tenantId, row);
  if (!decision.isIntact) throw new Refusal('decision-damaged');
  const { letter } = decision;
  const later = await findFollower(tx, scope, decision.decisionId);
  return {
    number: decision.number,
    kind: decision.kind,
    on: dayOf(decision.decidedAt),
    departmentName: letter.departmentName,
    name: decision.facts.subject === 'person' ? maskName(letter.toName) : letter.toName,
    benefit: letter.benefitTitle,
    policy: letter.policyTitle,
    amountFen: decision.amountFen,
    quantity: decision.quantity,
    unit: decision.unit,
    followedBy: later === undefined ? null : { number: later.number, kind: later.kind, on: dayOf(later.decidedAt) },
  };
}
