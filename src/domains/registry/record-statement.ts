// Records what a source says of parties, and corrections; nothing that was said before is changed.
import { type ErrorDetail, Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { insertStatements, readStatements } from './fact-store.ts';
import type { FactStatement } from './known-facts.ts';
import { noPapers } from './papers-port.ts';
import { dayOf, earlierDay, nameActor, type PartyKind } from './party.ts';
import { getPartyInReach, readKinds } from './party-store.ts';
import { refreshSearch } from './refresh-search.ts';
import type { RegistryTools } from './registry-tools.ts';
import { checkDates, checkSource, type NewStatement, openStatement, sealStatement } from './statement.ts';

/** What became of one statement of a batch. */
export type Recorded = { readonly statementId: string } | { readonly details: readonly ErrorDetail[] };

/**
 * Records one statement.
 * @returns besides, the official names that may be meant by a university that was not recognised.
 * @throws Refusal not-found, input-invalid with every fact that is wrong, correction-too-weak, evidence-unfit.
 */
export async function recordStatement(
  tx: Tx,
  scope: Scope<'fact.record'>,
  tools: RegistryTools,
  statement: NewStatement,
  now: Date,
): Promise<{ readonly partyId: string; readonly statementId: string; readonly universities: readonly string[] }> {
  const party = await getPartyInReach(tx, scope, statement.partyId, 'own');
  // A correction stands with what it corrects, which may lie under the id of a party that was merged.
  const corrected = typeof statement.corrects !== 'string' ? undefined : await getCorrected(tx, scope, tools, party.ids, statement.corrects, now);
  if (corrected !== undefined && statement.trustClass > corrected.trustClass) throw new Refusal('correction-too-weak', { class: corrected.trustClass });
  const made = makeStatement(scope, tools, { ...statement, partyId: corrected?.partyId ?? party.partyId }, party.kind, corrected, now);
  if ('details' in made) throw new Refusal('input-invalid', { count: made.details.length }, made.details);
  const { evidenceId } = made;
  // A correction may rest on what the statement rested on: that was looked at then.
  if (evidenceId !== null && evidenceId !== corrected?.evidenceId) {
    // What a correction takes back has no value, so nothing proves it.
    const stated = Object.keys(made.facts).filter((name) => made.facts[name] !== null);
    await (tools.papers ?? noPapers).require(tx, scope, { evidenceId, partyIds: [party.partyId], on: earlierDay(made.validTo, now), facts: stated });
  }
  await insertStatements(tx, scope, [sealStatement(tools.protector, scope.tenantId, made)]);
  await refreshSearch(tx, scope, tools, party.kind, party.ids);
  return { partyId: party.partyId, statementId: made.statementId, universities: tools.factBook.hintUniversities(made.facts) };
}

/**
 * Records statements of many parties at once, for deliveries and imports; each by itself, none on a paper. Corrections go by {@link recordStatement}.
 * @param scope reaches the whole city.
 */
export async function recordStatements(tx: Tx, scope: Scope<'fact.record'>, tools: RegistryTools, statements: readonly NewStatement[], now: Date): Promise<readonly Recorded[]> {
  if (scope.reach.kind !== 'tenant') throw new Error('statements of many parties are recorded in a scope that reaches the whole city');
  const kinds = await readKinds(tx, scope, statements.map(({ partyId }) => partyId));
  const rows: FactStatement[] = [];
  const recorded = statements.map((statement): Recorded => {
    const kind = kinds.get(statement.partyId);
    if (kind === undefined) return { details: [{ field: 'partyId', zh: '没有这个主体，或者已经注销。', en: 'There is no such party, or it was deleted.' }] };
    const made = makeStatement(scope, tools, { ...statement, corrects: null, evidenceId: null }, kind, undefined, now);
    if ('details' in made) return made;
    rows.push(made);
    return { statementId: made.statementId };
  });
  await insertStatements(tx, scope, rows.map((row) => sealStatement(tools.protector, scope.tenantId, row)));
  for (const kind of ['person', 'organisation'] as const) {
    const ids = [...new Set(rows.map(({ partyId }) => partyId))].filter((id) => kinds.get(id) === kind);
    await refreshSearch(tx, scope, tools, kind, ids);
  }
  return recorded;
}

async function getCorrected(
  tx: Tx,
  scope: Scope<'fact.record'>,
  { protector }: RegistryTools,
  partyIds: readonly string[],
  statementId: string,
  now: Date,
): Promise<FactStatement> {
  const row = (await readStatements(tx, scope, partyIds, now)).find((one) => one.statementId === statementId);
  if (row === undefined) throw new Refusal('not-found');
  return openStatement(protector, scope.tenantId, row);
}

/** A statement ready to be stored, or everything that is wrong with it. */
function makeStatement(
  scope: Scope<'fact.record'>,
  { factBook }: RegistryTools,
  statement: NewStatement,
  kind: PartyKind,
  corrected: FactStatement | undefined,
  now: Date,
): FactStatement | { readonly details: readonly ErrorDetail[] } {
  const { origin, trustClass, purpose, asOf } = statement;
  const facts = nameEmployerFacts(statement.facts);
  const wrongSource = checkSource(scope.actor, statement);
  const names = Object.keys(facts);
  const details: ErrorDetail[] = [
    ...(wrongSource === undefined ? [] : [wrongSource]),
    ...checkDates(statement, dayOf(now)),
    ...factBook.check({ kind, facts, origin, asOf }),
  ];
  if (names.length === 0) details.push({ field: 'facts', zh: '请至少写一个事实。', en: 'Give at least one fact.' });
  for (const name of names) {
    if (corrected === undefined && facts[name] === null) details.push({ field: `facts.${name}`, zh: `“${name}”没有值；要撤回以前的值，请更正那一条。`, en: `"${name}" has no value; to take a value back, correct the statement that gave it.` });
    if (corrected !== undefined && !Object.hasOwn(corrected.facts, name)) details.push({ field: `facts.${name}`, zh: `被更正的那一条里没有“${name}”。`, en: `The statement that is corrected does not speak of "${name}".` });
  }
  if (details.length > 0) return { details };
  const { capacity } = scope.actor;
  return {
    statementId: newId(),
    partyId: statement.partyId,
    origin,
    trustClass,
    // An officer speaks for the department that appointed them, whatever is entered.
    departmentId: capacity.kind === 'officer' ? (origin === '申报' ? null : capacity.departmentId) : (statement.departmentId ?? null),
    // What people tell of themselves rests on no paper; whoever checked a paper names it.
    evidenceId: origin === '申报' ? null : (statement.evidenceId ?? null),
    deliveryId: statement.deliveryId ?? null,
    purpose,
    asOf,
    validFrom: statement.validFrom ?? null,
    validTo: statement.validTo ?? null,
    recordedAt: now,
    recordedBy: nameActor(scope.actor),
    corrects: statement.corrects ?? null,
    facts,
    recognised: factBook.recognise(facts),
  };
}

const EMPLOYER = '用人单位';

/** Facts by their full names: what stands in a group 用人单位, as the policy contract writes it, becomes 用人单位.X. */
function nameEmployerFacts(facts: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const group = facts[EMPLOYER];
  if (typeof group !== 'object' || group === null || Array.isArray(group)) return facts;
  const { [EMPLOYER]: _group, ...others } = facts;
  return { ...others, ...Object.fromEntries(Object.entries(group).map(([name, value]) => [`${EMPLOYER}.${name}`, value as unknown])) };
}
