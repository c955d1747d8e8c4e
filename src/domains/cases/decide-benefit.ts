// Makes a decision about a case whole: judges the facts again, fixes amount and instalments, has it recorded and the money set aside.

import { v5 } from 'uuid';
import { Refusal } from '../../contract/errors.ts';
import type { Benefit, BenefitResult } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import { listJurisdictions } from '../departments/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf, factsForEvaluation, getPartyInReach, isNumberUnsettled, nameActor } from '../registry/index.ts';
import type { CaseRow } from './case-store.ts';
import type { CaseTools, CommittedPart, DecisionToRecord, GivenOutcome, MoneyStanding, PayingFund, RecordedInstalment } from './cases-parts.ts';
import { changeOutcome, EMPLOYER_FUND } from './change-outcome.ts';
import { type DaysOfGrant, layOutGrant } from './lay-out-grant.ts';
import { chainOf } from './resolve-department.ts';
import { refuseSecondOfMatter } from './same-matter.ts';
import { refuseOverCap } from './total-cap.ts';

/** What is decided, besides who decides. */
export interface Deciding {
  readonly decisionId: string;
  readonly kind: DecisionToRecord['kind'];
  /** The amount that the approver states, in fen; without it what the engine works out. Of a change it is always stated. */
  readonly amountFen: number | undefined;
  /** Of a change: the days of what is left, where they are to be others. Of a grant: its days, where the document gives none. */
  readonly instalments?: readonly { readonly due: string; readonly fen: number }[] | undefined;
  readonly reasons: string;
  readonly departmentId: string;
  readonly now: Date;
}

/**
 * Records a decision and sets its money aside.
 * @returns what is paid in all, in fen; null where no money is given
 * @throws Refusal case-amount-open, case-days-open, case-same-matter, case-total-over, changed-meanwhile, person-number-unsettled; what a change of amounts, recording and the ledger refuse
 */
export async function decideBenefit(tx: Tx, scope: Scope<'case.decide'>, tools: CaseTools, row: CaseRow, deciding: Deciding): Promise<number | null> {
  const { decisionId, kind, amountFen, instalments: wished, reasons, departmentId, now } = deciding;
  const job = jobScope(scope.tenantId, 'cases', 'fact.read');
  const pack = await tools.packs.pinned(tx, scope, row.packHash, row.settingsYear);
  const benefit = pack.policy.benefits.find(({ id }) => id === row.benefitId);
  if (benefit === undefined) throw new RangeError(`${row.policyId} has no benefit ${row.benefitId}`);
  // Judged for the day of the application, by all that is known now: what came as a supplement counts, what befell the person later does not.
  const on = dayOf(row.filedAt);
  const facts = await factsForEvaluation(tx, job, tools.registry, row.subjectId, { on, knownAt: now, purpose: 'eligibility', askedAt: now });
  const evaluated = pack.evaluate(facts, on);
  const result = evaluated.result(row.benefitId);
  const subject = await getPartyInReach(tx, job, row.subjectId);
  if (kind === 'grant' && (await isNumberUnsettled(tx, scope, subject.ids))) throw new Refusal('person-number-unsettled');
  if (kind === 'grant') await refuseSecondOfMatter(tx, scope, tools, row, subject.ids, pack, now);
  const employer = row.employerId === null ? null : await getPartyInReach(tx, job, row.employerId);
  const standing = kind === 'change' ? await tools.commitments.standing(tx, scope, row.caseId) : undefined;
  const outcome: GivenOutcome =
    standing !== undefined
      ? changeOutcome({ beforeFen: row.grantedFen, amountFen: amountFen ?? 0, instalments: wished }, standing, await fundsOf(tx, scope.tenantId, row, benefit), dayOf(now))
      : kind === 'grant'
        ? await outcomeOf(tx, scope.tenantId, row, benefit, result, amountFen, { schedule: benefit.schedule, subject: facts, vocabulary: pack.vocabularies[facts.subject], wished, today: dayOf(now) })
        : { kind: 'none' };
  if (outcome.kind === 'money') await refuseOverCap(tx, scope, row, subject.ids, pack, outcome.amountFen);
  if (outcome.kind === 'money') refuseFarDays(outcome.instalments, dayOf(now));
  const { instalments } = await tools.decisions.record(tx, scope, {
    decisionId,
    caseId: row.caseId,
    caseNumber: row.caseNumber,
    kind,
    ...((kind === 'revoke' || kind === 'change') && row.decisionId !== null ? { followsDecisionId: row.decisionId } : {}),
    subject: { partyId: subject.partyId, name: subject.name },
    applicantId: row.applicantId,
    employer: employer === null ? null : { partyId: employer.partyId, name: employer.name },
    jurisdictionCode: row.jurisdictionCode,
    pack,
    benefitId: row.benefitId,
    facts,
    on,
    evaluated,
    outcome,
    reasons,
    decidedBy: nameActor(scope.actor),
    departmentId,
    now,
  });
  if (kind === 'revoke') await tools.commitments.release(tx, scope, row.caseId, 'revoked', now);
  if (standing !== undefined) {
    await tools.commitments.release(tx, scope, row.caseId, 'changed', now);
    // Only now are its instalments locked: where something left for the bank or came back since, the amounts are no longer right.
    if (givenFen(await tools.commitments.standing(tx, scope, row.caseId)) !== givenFen(standing)) throw new Refusal('changed-meanwhile');
  }
  if (outcome.kind === 'none') return null;
  // What was given is paid already, under the ids that it had.
  const unpaid = instalments.slice(outcome.given?.length ?? 0);
  const toPay = publicPartOf(unpaid);
  if (toPay.length > 0) {
    const { caseId, caseNumber, employerId, policyId, benefitId, jurisdictionCode } = row;
    const commitment = { caseId, caseNumber, decisionId, subjectId: subject.partyId, employerId, policyId, benefitId, jurisdictionCode, instalments: toPay, parts: partsOf(decisionId, unpaid) };
    await tools.commitments.commit(tx, scope, commitment, now);
  }
  return outcome.amountFen;
}

/** The parts that funds undertake to pay; what an employer pays by itself is nobody's budget. */
function partsOf(decisionId: string, instalments: readonly RecordedInstalment[]): readonly CommittedPart[] {
  return instalments.flatMap(({ no, due, shares }) =>
    shares.flatMap(({ fund, jurisdictionCode, fen }, index) =>
      fund === EMPLOYER_FUND || fen === 0
        ? []
        : [{ partId: v5(`${no}/${index + 1}`, decisionId), instalmentNo: no, dueOn: due, fund, jurisdictionCode, year: Number(due.slice(0, 4)), unit: 'fen' as const, amount: fen }],
    ),
  );
}

/** What is left of each instalment for public money; whole where no fund is named: then somebody has to say who pays before it can be. */
function publicPartOf(instalments: readonly RecordedInstalment[]): readonly { readonly no: number; readonly dueOn: string; readonly amount: number }[] {
  return instalments
    .map(({ no, due, fen, shares }) => ({ no, dueOn: due, amount: shares.reduce((left, share) => (share.fund === EMPLOYER_FUND ? left - share.fen : left), fen) }))
    .filter(({ amount }) => amount > 0);
}

async function outcomeOf(tx: Tx, tenantId: number, row: CaseRow, benefit: Benefit, result: BenefitResult | undefined, stated: number | undefined, days: DaysOfGrant): Promise<GivenOutcome> {
  const amount = result?.amount;
  const amountFen = stated ?? (amount?.kind === 'exact' ? amount.totalFen : undefined);
  if (amountFen === undefined) {
    if (benefit.amount.kind === 'none' || benefit.amount.kind === 'unstated' || (benefit.kind !== 'grant' && benefit.kind !== 'award')) return { kind: 'none' };
    throw new Refusal('case-amount-open');
  }
  // What gives nothing is no grant: it would use up the person's place.
  if (stated === 0) {
    throw new Refusal('input-invalid', { count: 1 }, [{ field: 'amountFen', zh: '准予享受的金额要大于 0；一分不给，就作出不予享受的决定。', en: 'What is granted is more than 0; to give nothing, refuse.' }]);
  }
  if (amountFen === 0) return { kind: 'none' };
  return { kind: 'money', amountFen, instalments: layOutGrant(amountFen, days), funds: await fundsOf(tx, tenantId, row, benefit) };
}

/** The funds that pay a benefit, each of the jurisdiction whose it is. */
async function fundsOf(tx: Tx, tenantId: number, row: CaseRow, benefit: Benefit): Promise<readonly PayingFund[]> {
  const chain = chainOf(row.jurisdictionCode, await listJurisdictions(tx, jobScope(tenantId, 'cases', 'department.read')));
  const city = chain.at(-1) ?? row.jurisdictionCode;
  return benefit.funds.map(({ fund, micro }) => ({ fund, jurisdictionCode: /^(?:县区|各县|同级|用人单位)/.test(fund) ? row.jurisdictionCode : city, micro }));
}

/** Years before and after today in which a decision may have something paid: the longest term of the documents is far shorter. */
const YEARS_AROUND = 20;

/** @throws Refusal input-invalid for a day that no budget will ever have: a slip of a year, here or in a fact such as the contract's. */
function refuseFarDays(instalments: readonly { readonly due: string }[], today: string): void {
  const year = Number(today.slice(0, 4));
  const details = instalments.flatMap(({ due }, at) =>
    Math.abs(Number(due.slice(0, 4)) - year) <= YEARS_AROUND
      ? []
      : [{ field: `instalments.${at}.due`, zh: `第 ${at + 1} 期的日期是 ${due}，和今天差了 ${YEARS_AROUND} 年以上。请核对日期，或者算出它的事实（例如合同起始日）。`, en: `Instalment ${at + 1} would be due on ${due}, more than ${YEARS_AROUND} years from today. Check the day, or the fact that it follows from (such as the start of the contract).` }],
  );
  if (details.length > 0) throw new Refusal('input-invalid', { count: details.length }, details);
}

function givenFen({ given }: MoneyStanding): number {
  return given.reduce((total, { shares }) => shares.reduce((sum, { fen }) => sum + fen, total), 0);
}
