// Records a decision, whole: its number, its amounts, its reasons, what it rested on and the letter's matter, signed, in the caller's transaction.

import { maskIdentityNumber } from '../../contract/identity-number.ts';
import { Refusal } from '../../contract/errors.ts';
import { type Amount, type Benefit, formatYuan, type Language } from '../../policy/index.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { findAccountsOf } from '../access/index.ts';
import { listDepartments } from '../departments/index.ts';
import { jobScope, type Scope, scopeAlso } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import { dayOf, openNumber, readOrganisations, readPeople } from '../registry/index.ts';
import { appealBody } from './appeal-body.ts';
import type { KeptExplanation, LetterMatter, NewDecision, StoredDecision } from './decision.ts';
import type { RecordingTools } from './decision-parts.ts';
import { type CityOfDecision, findFollower, getDecisionRow, insertDecision, readCity, takeNumber } from './decisions-store.ts';
import { sealDecision } from './seal-decision.ts';
import { shareInstalments } from './share-instalments.ts';
import { tellConditions } from './tell-conditions.ts';
import { makeCode } from './verification-code.ts';

/**
 * Records a decision in `tx`; it stands if, and only if, the transaction is committed, and its number is taken with it. The person is told.
 * Whether this decision may be made (state of the case, distinct people) is for the caller to know.
 * @throws Refusal decision-amount-unfit where the rules give other amounts, decision-followed where the earlier decision was changed already.
 * @throws RangeError where instalments, kind and outcome do not fit each other: a fault of the program.
 */
export async function recordDecision(tx: Tx, scope: Scope<'decision.make'>, tools: RecordingTools, made: NewDecision): Promise<StoredDecision> {
  const { tenantId } = scope;
  const { pack, benefitId, facts, outcome, evaluated } = made;
  const benefit = pack.policy.benefits.find(({ id, subject }) => id === benefitId && subject === facts.subject);
  if (benefit === undefined) throw new RangeError(`${pack.policyId} has no benefit ${benefitId} for ${facts.subject}`);
  const result = evaluated.result(benefitId);
  refuseMisfits(made, result?.amount ?? widestAmount(made), benefit);
  const instalments = outcome.kind === 'money' ? [...(outcome.given ?? []), ...shareInstalments(outcome.instalments, outcome.funds)].map((each, at) => ({ ...each, no: at + 1 })) : [];

  const follows = made.followsDecisionId === undefined ? undefined : await getDecisionRow(tx, scope, made.followsDecisionId);
  const city = await readCity(tx, scope);
  const department = (await listDepartments(tx, scopeAlso(scope, 'department.read'))).find(({ departmentId }) => departmentId === made.departmentId);
  if (department === undefined) throw new Refusal('not-found');

  const explanation = { zh: keepExplanation(made, 'zh'), en: keepExplanation(made, 'en') };
  const vocabulary = pack.vocabularies[facts.subject];
  const departmentNameEn = tools.englishName?.(department.code);
  const letter: LetterMatter = {
    toName: made.subject.name,
    toNumber: await readMaskedNumber(tx, scope, tools.protector, made),
    employerName: made.employer?.name ?? null,
    departmentName: department.name,
    ...(departmentNameEn === undefined ? {} : { departmentNameEn }),
    cityName: city.name,
    policyTitle: pack.policy.title,
    benefitTitle: benefit.title,
    clause: benefit.clause,
    conditions: { zh: tellConditions(explanation.zh, made.kind, vocabulary, 'zh'), en: tellConditions(explanation.en, made.kind, vocabulary, 'en') },
    checkedBefore: checkedBefore(made, benefit),
    reasons: made.reasons,
    jurisdictions: jurisdictionsOf(made, city),
    appealTo: appealBody({ code: department.jurisdictionCode, name: city.jurisdictions.get(department.jurisdictionCode) ?? city.name }, city.name),
    follows: follows === undefined ? null : { number: follows.number, on: dayOf(follows.decidedAt), amountFen: follows.amountFen },
  };

  const year = Number(dayOf(made.now).slice(0, 4));
  const count = await takeNumber(tx, scope, made.departmentId, year);
  const stored: StoredDecision = {
    decisionId: made.decisionId ?? newId(),
    caseId: made.caseId,
    caseNumber: made.caseNumber,
    number: numberOfDecision(department.name, year, count),
    kind: made.kind,
    followsDecisionId: made.followsDecisionId ?? null,
    partyId: made.subject.partyId,
    applicantId: made.applicantId === undefined || made.applicantId === made.subject.partyId ? null : made.applicantId,
    employerId: made.employer?.partyId ?? null,
    jurisdictionCode: made.jurisdictionCode,
    departmentId: made.departmentId,
    policyId: pack.policyId,
    benefitId,
    packHash: pack.packHash,
    on: made.on,
    parameters: pack.parameters,
    readings: pack.readings,
    status: result?.status ?? 'unknown',
    amountFen: outcome.kind === 'money' ? outcome.amountFen : null,
    quantity: outcome.kind === 'quantity' ? outcome.quantity : null,
    unit: outcome.kind === 'money' ? 'fen' : outcome.kind === 'quantity' ? outcome.unit : null,
    instalments,
    decidedBy: made.decidedBy,
    decidedAt: made.now,
  };
  const sealed = sealDecision(tools.protector, tenantId, stored, { facts, explanation, letter, code: makeCode() });
  if (!(await insertDecision(tx, scope, { ...stored, ...sealed }, { year, count }))) {
    const later = await findFollower(tx, scope, made.followsDecisionId ?? '');
    throw new Refusal('decision-followed', { number: later?.number ?? '' });
  }
  await tell(tx, scope, tools, stored);
  return stored;
}

/** 文书号: 样例市人社局人才决〔2026〕1号. */
export function numberOfDecision(departmentName: string, year: number, count: number): string {
  return `${departmentName}人才决〔${year}〕${count}号`;
}

/** What the rules give at most and at least to anybody, where they give this person nothing: whoever decides otherwise stays within that. */
function widestAmount({ pack, benefitId, facts, on }: NewDecision): Amount | undefined {
  return pack.evaluate({ subject: facts.subject, facts: {} }, on).result(benefitId)?.amount;
}

/** Stops what no decision can be, and amounts that the rules do not give. */
function refuseMisfits({ kind, followsDecisionId, outcome }: NewDecision, amount: Amount | undefined, { subject, termMonths }: Pick<Benefit, 'subject' | 'termMonths'>): void {
  const isLater = kind === 'change' || kind === 'revoke';
  if (isLater !== (followsDecisionId !== undefined)) throw new RangeError(`a decision of kind ${kind} ${isLater ? 'follows another' : 'follows none'}`);
  if ((kind === 'refuse' || kind === 'revoke') && outcome.kind !== 'none') throw new RangeError(`a decision of kind ${kind} gives nothing`);
  if (outcome.kind !== 'money') return;
  const { amountFen } = outcome;
  if ([...(outcome.given ?? []), ...outcome.instalments].reduce((sum, { fen }) => sum + fen, 0) !== amountFen) throw new RangeError('the instalments add up to the amount');
  if (amount === undefined) return;
  // An amount for each person or project is multiplied by what the case knows; one for each month or year has the benefit's term.
  // What is given by the year without a term has a case for each year: a person's is one amount, while an organisation may have several projects.
  const isOne = amount.per === undefined || (amount.per === 'year' && termMonths === undefined && subject === 'person');
  const times = isOne ? 1 : timesOf(amount.per, termMonths);
  if (times === undefined) return;
  const [leastOnce, toOnce] = boundsOf(amount);
  const [least, to] = isOne ? [leastOnce, toOnce] : [0, toOnce * times];
  // Who left early is given less by a change than the rules give whoever stays.
  const from = kind === 'change' ? 0 : least;
  if (amountFen < from || amountFen > to) {
    throw new Refusal('decision-amount-unfit', { amount: formatYuan(amountFen), from: formatYuan(from), to: to === Infinity ? '∞' : formatYuan(to) });
  }
}

/** How often an amount for each month or year is given at most; undefined where the rules do not say. */
function timesOf(per: Amount['per'], termMonths: number | undefined): number | undefined {
  if (termMonths === undefined) return undefined;
  return per === 'month' ? termMonths : per === 'year' ? Math.ceil(termMonths / 12) : undefined;
}

function boundsOf(amount: Amount): readonly [from: number, to: number] {
  switch (amount.kind) {
    case 'exact':
      return [amount.totalFen, amount.totalFen];
    case 'range':
      return [amount.minFen, amount.maxFen];
    case 'upTo':
      return [0, amount.maxFen];
    case 'atLeast':
      return [amount.minFen, Infinity];
    case 'share':
    case 'unstated':
    case 'none':
      return [0, Infinity];
  }
}

/** The part of the whole explanation that is about the benefit: its definitions, theirs, and the facts that they looked at. */
function keepExplanation({ evaluated, benefitId }: NewDecision, language: Language): KeptExplanation {
  const { benefits, definitions, facts, date } = evaluated.explanation(language);
  const benefit = benefits.find((each) => each.benefit === benefitId);
  if (benefit === undefined) throw new RangeError(`no answer about ${benefitId}`);
  const kept: Record<string, KeptExplanation['definitions'][string]> = {};
  const names = new Set<string>([...benefit.missing, ...(benefit.amount?.missing ?? [])]);
  const walk = (condition: KeptExplanation['definitions'][string]): void => {
    for (const name of condition.facts ?? []) names.add(name);
    for (const item of condition.items ?? []) walk(item);
    if (condition.definition === undefined) return;
    const key = `${benefit.policy}/${condition.definition}`;
    const body = definitions[key];
    if (body === undefined || kept[key] !== undefined) return;
    kept[key] = body;
    walk(body);
  };
  walk(benefit.condition);
  return { date, benefit, definitions: kept, facts: Object.fromEntries(Object.entries(facts).filter(([name]) => names.has(name))) };
}

/** The subject's number of identity or credit code, with the middle left out; a credit code is public and stands whole. */
async function readMaskedNumber(tx: Tx, scope: Scope<'decision.make'>, protector: Protector, { subject: { partyId }, facts }: NewDecision): Promise<string | null> {
  if (facts.subject === 'organisation') return (await readOrganisations(tx, scope, [partyId]))[0]?.creditCode ?? null;
  const [person] = await readPeople(tx, scope, [partyId]);
  const number = person === undefined ? null : openNumber(protector, scope.tenantId, person);
  return number === null ? null : maskIdentityNumber(number);
}

/** What is checked again before each payment, as the vocabulary calls it. */
function checkedBefore({ pack, facts }: NewDecision, { schedule }: Benefit): LetterMatter['checkedBefore'] {
  const fact = schedule?.check === undefined ? undefined : pack.vocabularies[facts.subject].facts[schedule.check];
  return fact === undefined ? null : { zh: fact.name, en: fact.en };
}

function jurisdictionsOf({ outcome }: NewDecision, { jurisdictions }: CityOfDecision): LetterMatter['jurisdictions'] {
  if (outcome.kind !== 'money') return {};
  return Object.fromEntries(outcome.funds.map(({ jurisdictionCode }) => [jurisdictionCode, jurisdictions.get(jurisdictionCode) ?? jurisdictionCode]));
}

/** Tells whoever holds an account of the party, and of whoever asked for it: the agents of the employer that filed. */
async function tell(tx: Tx, scope: Scope<'decision.make'>, { sendMessage }: RecordingTools, { decisionId, departmentId, partyId, applicantId, decidedAt }: StoredDecision): Promise<void> {
  const sending = jobScope(scope.tenantId, 'decisions', 'message.send');
  const parties = applicantId === null ? [partyId] : [partyId, applicantId];
  const accounts = new Set<string>();
  for (const each of parties) for (const accountId of await findAccountsOf(tx, sending, each, decidedAt)) accounts.add(accountId);
  for (const accountId of accounts) await sendMessage(tx, scope, { to: { accountId }, template: 'decision.made', values: { department: departmentId }, about: { kind: 'decision', id: decisionId } });
}
