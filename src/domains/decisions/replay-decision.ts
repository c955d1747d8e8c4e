// Works a stored decision out again: with what it rested on, which must give the same, and with what holds now, which tells what changed.

import type { Amount, BenefitResult } from '../../policy/index.ts';
import { spell } from './spell.ts';
import type { Tx } from '../../storage/database.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import type { EvaluatedBenefits, PinnedPack } from '../packs/index.ts';
import { factsForEvaluation } from '../registry/index.ts';
import { Refusal } from '../../contract/errors.ts';
import type { EvaluationSubject, OpenedDecision } from './decision.ts';
import type { DecisionParts } from './decision-parts.ts';
import { listFacts, openInReach } from './read-decision.ts';

/** An answer of the engine about the benefit. */
export interface ReplayedAnswer {
  readonly status: BenefitResult['status'];
  readonly amount: Amount | null;
}

/** One thing that is not as it was. Values of facts are in the form of the policy contract; null where there is none. */
export interface ReplayChange {
  readonly what: 'pack' | 'parameter' | 'reading' | 'fact';
  readonly name: string;
  readonly before: unknown;
  readonly now: unknown;
}

/** What a replay found. */
export interface Replay {
  readonly decision: OpenedDecision;
  readonly before: ReplayedAnswer;
  /** With the stored facts under the pinned version, parameters and readings; null where that version cannot answer any more. */
  readonly again: ReplayedAnswer | null;
  /** Whether that is what was answered then: it has to be. */
  readonly isSame: boolean;
  /** With the facts, version and settings of now, for the same day; null where the policy has no such benefit now, or the facts do not fit it. */
  readonly now: ReplayedAnswer | null;
  readonly changes: readonly ReplayChange[];
  /** Sensitive facts that are held and were not compared: the caller may not see them. */
  readonly withheld: readonly string[];
}

/** Replays a decision. @throws Refusal not-found, decision-damaged. */
export async function replayDecision(tx: Tx, scope: Scope<'decision.replay'>, parts: DecisionParts, decisionId: string, now: Date): Promise<Replay> {
  const decision = await openInReach(tx, scope, parts, decisionId);
  const { benefit } = decision.explanation.zh;
  const before: ReplayedAnswer = { status: benefit.status, amount: benefit.amount ?? null };
  const { policyId, benefitId, packHash, on, parameters, readings } = decision;
  const pinned = await findPinned(tx, scope, parts, decision);
  const again = pinned === undefined ? null : answer(pinned.under({ parameters, readings }), benefitId, decision.facts, on);

  const inForce = await parts.packs.inForce(tx, scope, policyId, on);
  const known = await factsForEvaluation(tx, scopeAlso(scope, 'fact.read'), parts.registry, decision.partyId, { on, knownAt: now, purpose: 'eligibility', askedAt: now });
  const withheld = known.withheld.map(({ name }) => name);
  const changes = [
    ...(inForce?.packHash === packHash ? [] : [{ what: 'pack', name: policyId, before: packHash, now: inForce?.packHash ?? null } satisfies ReplayChange]),
    // Of a policy that takes no applications any more nothing is set: the version that is gone says it all.
    ...(inForce === undefined ? [] : [...compare('parameter', parameters, inForce.parameters), ...compare('reading', readings, inForce.readings)]),
    ...compare('fact', valuesOf(decision.facts), valuesOf(known)).filter(({ name }) => !withheld.includes(name)),
  ];
  return {
    decision,
    before,
    again,
    isSame: again !== null && spell(again) === spell(before),
    now: inForce === undefined ? null : answer(inForce, benefitId, known, on),
    changes,
    withheld,
  };
}

async function findPinned(tx: Tx, scope: Scope<'decision.replay'>, { packs }: Pick<DecisionParts, 'packs'>, { packHash, on }: OpenedDecision): Promise<PinnedPack | undefined> {
  try {
    return await packs.pinned(tx, scope, packHash, Number(on.slice(0, 4)));
  } catch (error) {
    // The city does not have the version any more: that is an answer too.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function answer(pack: PinnedPack, benefitId: string, { subject, facts }: EvaluationSubject, on: string): ReplayedAnswer | null {
  let evaluated: EvaluatedBenefits;
  try {
    evaluated = pack.evaluate({ subject, facts }, on);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
  const result = evaluated.result(benefitId);
  return result === undefined ? null : { status: result.status, amount: result.amount ?? null };
}

function valuesOf(subject: EvaluationSubject): Readonly<Record<string, unknown>> {
  return Object.fromEntries(listFacts(subject).map(({ name, value }) => [name, value]));
}

function compare(what: ReplayChange['what'], before: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): ReplayChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((name) => (spell(before[name] ?? null) === spell(now[name] ?? null) ? [] : [{ what, name, before: before[name] ?? null, now: now[name] ?? null }]));
}
