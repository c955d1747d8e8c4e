// Opens payments: the domain with the ledger, the cases and the registry that it asks, and the messages that it sends.
import { type Commitments, readCases } from '../domains/cases/index.ts';
import { getDecisionRow } from '../domains/decisions/index.ts';
import { beginPayment, commit, demand, failPayment, fundStates, listParts, release, returnPayment, settleDemand, settlePayment, writeOff } from '../domains/ledger/index.ts';
import type { SendMessage } from '../domains/messages/index.ts';
import type { Packs } from '../domains/packs/index.ts';
import {
  type BankAccounts, cancelSchedule, type CaseStanding, type DecisionToPay, employersOn, type FactsOfPerson, type HoldsOfCases, type KnownFlag, type LedgerOfPayments, type OpenedAccount, type PaymentNews, type PaymentParts,
  scheduleInstalments, standingOf,
} from '../domains/payments/index.ts';
import { jobScope, jobScopeFor } from '../domains/permissions/index.ts';
import { type BankAccountRow, countOtherHolders, dayOf, type KnownFact, listMergedIds, openBankAccount, readBankAccounts, readEmployments, readKnownFacts, readOrganisations, readPeople, type RegistryTools, resolveParties } from '../domains/registry/index.ts';
import type { Fact } from '../policy/index.ts';
import type { Database, Tx } from '../storage/database.ts';

/** What payments stand on. */
export interface PaymentSettings {
  readonly db: Database;
  readonly packs: Packs;
  readonly registry: RegistryTools;
  readonly sendMessage: SendMessage;
  readonly findAccounts: (tx: Tx, scope: ReturnType<typeof jobScope<'message.send'>>, partyId: string) => Promise<readonly string[]>;
}

const JOB = 'payments';

/** Opens payments. */
export function openPayments({ db, packs, registry, sendMessage, findAccounts }: PaymentSettings): PaymentParts {
  const tell = async (tx: Tx, tenantId: number, news: readonly PaymentNews[]): Promise<void> => {
    const scope = jobScope(tenantId, JOB, 'message.send');
    for (const { kind, partyId, about } of news) {
      const template = templateOf[kind];
      for (const accountId of await findAccounts(tx, scope, partyId)) await sendMessage(tx, scope, { to: { accountId }, template, values: {}, about });
    }
  };
  return { db, protector: registry.protector, ledger, cases: { ...cases, listSameMatter: listSameMatter(packs) }, accounts: bankAccounts(registry), people: facts(registry), tell };
}

const templateOf = { paid: 'payment.made', failed: 'payment.failed', returned: 'payment.failed', cancelled: 'payment.cancelled', demanded: 'repayment.demanded' } as const;

const ledger: LedgerOfPayments = {
  async hasBudget(tx, by, { fund, jurisdictionCode, year }) {
    const states = await fundStates(tx, jobScopeFor(by, JOB, 'ledger.read'), { unit: 'fen', fund, jurisdictionCode, fromYear: year, toYear: year });
    return states.some(({ isOpen }) => isOpen);
  },
  commit: (tx, by, { caseId, decisionId, parts }, now) =>
    commit(tx, jobScopeFor(by, JOB, 'ledger.commit'), { caseId, decisionId, parts: parts.map(({ fen, ...part }) => ({ ...part, unit: 'fen', amount: fen })) }, now),
  release: async (tx, by, { partIds, reason, document }, now) => void (await release(tx, jobScopeFor(by, JOB, 'ledger.commit'), { partIds, reason, document }, now)),
  begin: (tx, by, batchId, payments, now) =>
    beginPayment(tx, jobScopeFor(by, JOB, 'ledger.pay'), { batchId, payments: payments.map(({ paymentId, parts }) => ({ paymentId, parts: amountsOf(parts) })) }, now),
  settle: (tx, by, paymentIds, now) => settlePayment(tx, jobScopeFor(by, JOB, 'ledger.pay'), { paymentIds }, now),
  fail: (tx, by, paymentIds, now) => failPayment(tx, jobScopeFor(by, JOB, 'ledger.pay'), { paymentIds }, now),
  takeBack: (tx, by, paymentIds, now) => returnPayment(tx, jobScopeFor(by, JOB, 'ledger.pay'), { paymentIds }, now),
  demand: (tx, by, { movementId, parts, document }, now) => demand(tx, jobScopeFor(by, JOB, 'ledger.pay'), { demandId: movementId, parts: amountsOf(parts), document }, now),
  settleDemand: (tx, by, { movementId, parts, document }, now) => settleDemand(tx, jobScopeFor(by, JOB, 'ledger.pay'), { settlementId: movementId, parts: amountsOf(parts), document }, now),
  writeOff: (tx, by, { movementId, parts, document }, now) => writeOff(tx, jobScopeFor(by, JOB, 'ledger.pay'), { writeOffId: movementId, parts: amountsOf(parts), document }, now),
  async readGiven(tx, by, caseIds) {
    if (caseIds.length === 0) return new Map();
    const given = new Map<string, number>();
    for (const part of await listParts(tx, jobScopeFor(by, JOB, 'ledger.read'), { caseIds, unit: 'fen' })) given.set(part.caseId, (given.get(part.caseId) ?? 0) + givenOf(part));
    return given;
  },
};

/** What of a part is given: what is asked back is no longer, what was written off was. */
function givenOf({ paying, paid, writtenOff }: { readonly paying: number; readonly paid: number; readonly writtenOff: number }): number {
  return paying + paid + writtenOff;
}

function amountsOf(parts: readonly { readonly partId: string; readonly fen: number }[]): readonly { readonly partId: string; readonly amount: number }[] {
  return parts.map(({ partId, fen }) => ({ partId, amount: fen }));
}

function listSameMatter(packs: Packs): HoldsOfCases['listSameMatter'] {
  return async (tx, tenantId, benefits, now) => {
    const on = dayOf(now);
    const groups = (await packs.listInForce(tx, jobScope(tenantId, JOB, 'pack.use'), on)).flatMap((pack) => pack.mattersOn(on).map((matter) => matter.benefits));
    return new Map(benefits.map((own) => [own, new Set(groups.filter((group) => group.includes(own)).flat().filter((id) => id !== own))]));
  };
}

const cases: Omit<HoldsOfCases, 'listSameMatter'> = {
  async readStandings(tx, tenantId, caseIds) {
    const rows = await readCases(tx, jobScope(tenantId, JOB, 'case.read'), caseIds);
    return new Map(rows.map(({ caseId, status, progress }): [string, CaseStanding] => [caseId, { stage: stageOf(status), holds: progress.holdReasons.map(({ referenceId }) => referenceId) }]));
  },
  async findDecision(tx, tenantId, caseId) {
    const [row] = await readCases(tx, jobScope(tenantId, JOB, 'case.read'), [caseId]);
    if (row === undefined || row.decisionId === null) return undefined;
    const { decisionId, number } = await getDecisionRow(tx, jobScope(tenantId, JOB, 'decision.read'), row.decisionId);
    return { decisionId, number };
  },
};

/** A case is paid once it is settled: granted, published, and no objection upheld. */
function stageOf(status: Awaited<ReturnType<typeof readCases>>[number]['status']): CaseStanding['stage'] {
  switch (status) {
    case 'settled':
      return 'payable';
    case 'granted':
    case 'in-publication':
    case 'in-appeal':
      return 'not-yet';
    default:
      return 'over';
  }
}

function bankAccounts(tools: RegistryTools): BankAccounts {
  return {
    async readOpen(tx, tenantId, partyIds) {
      const scope = jobScope(tenantId, JOB, 'bank-account.reveal');
      const kept = await resolveParties(tx, scope, partyIds);
      const ids = await listMergedIds(tx, scope, [...new Set(kept.values())]);
      const open = ids.size === 0 ? [] : (await readBankAccounts(tx, scope, [...ids.keys()])).filter(({ closedAt }) => closedAt === null);
      // The latest comes first.
      const byParty = new Map<string, BankAccountRow>();
      for (const row of open) {
        const party = ids.get(row.partyId) ?? row.partyId;
        if (!byParty.has(party)) byParty.set(party, row);
      }
      const opened = new Map<string, OpenedAccount>();
      for (const partyId of partyIds) {
        const party = kept.get(partyId);
        const row = party === undefined ? undefined : byParty.get(party);
        if (row === undefined) continue;
        const number = openBankAccount(tools, tenantId, row);
        const own = [...ids].filter(([, each]) => each === party).map(([id]) => id);
        const otherHolders = await countOtherHolders(tx, scope, tools.protector.searchKeys(tenantId, 'bank-account', number), own);
        opened.set(partyId, { bankAccountId: row.bankAccountId, bankName: row.bankName, holderName: row.holderName, number, otherHolders });
      }
      return opened;
    },
  };
}

function facts(tools: RegistryTools): FactsOfPerson {
  return {
    async readState(tx, tenantId, partyId, names, now) {
      const on = dayOf(now);
      const scope = jobScope(tenantId, JOB, 'fact.read');
      const kept = (await resolveParties(tx, scope, [partyId])).get(partyId);
      if (kept === undefined) return { isThere: false, name: '', facts: new Map(), employerIds: undefined };
      const said = (await readKnownFacts(tx, scope, tools, kept, { on, knownAt: now, purpose: 'payment', askedAt: now })).facts;
      const known = new Map(names.flatMap((fact): readonly [string, KnownFlag][] => {
        const found = said.get(fact);
        return found === undefined ? [] : [[fact, flagOf(found)]];
      }));
      const [name = ''] = (await namesOf(tx, tenantId, [kept])).values();
      return { isThere: true, name, facts: known, employerIds: await employersOf(tx, tenantId, kept, on) };
    },
    async readNames(tx, tenantId, partyIds) {
      const kept = await resolveParties(tx, jobScope(tenantId, JOB, 'person.read'), partyIds);
      const names = await namesOf(tx, tenantId, [...new Set(kept.values())]);
      return new Map([...kept].flatMap(([asked, found]) => (names.has(found) ? [[asked, names.get(found) ?? '']] : [])));
    },
    async readIds(tx, tenantId, partyIds) {
      const scope = jobScope(tenantId, JOB, 'person.read');
      const kept = await resolveParties(tx, scope, partyIds);
      const merged = [...(await listMergedIds(tx, scope, [...new Set(kept.values())]))];
      return new Map([...kept].map(([asked, found]) => [asked, merged.flatMap(([id, into]) => (into === found ? [id] : []))]));
    },
  };
}

async function namesOf(tx: Tx, tenantId: number, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await readPeople(tx, jobScope(tenantId, JOB, 'person.read'), partyIds);
  const left = partyIds.filter((id) => !people.some(({ partyId }) => partyId === id));
  const organisations = await readOrganisations(tx, jobScope(tenantId, JOB, 'organisation.read'), left);
  return new Map([...people, ...organisations].map(({ partyId, name }) => [partyId, name]));
}

/** A flag as it is known, and what those who profit from it said later to the contrary. */
function flagOf({ value, statement, others, name }: KnownFact): KnownFlag {
  const denial = others.find((other) => other.trustClass === 'D' && other.facts[name] === false && other.recordedAt.getTime() >= statement.recordedAt.getTime());
  return { value, asOf: statement.asOf, statementId: statement.statementId, isProved: statement.trustClass !== 'D', deniedBy: denial?.statementId ?? null };
}

/** With whom somebody is on a day, under every id of those organisations; undefined where no employment is on record. */
async function employersOf(tx: Tx, tenantId: number, partyId: string, on: string): Promise<readonly string[] | undefined> {
  const scope = jobScope(tenantId, JOB, 'person.read');
  const employments = await readEmployments(tx, scope, [...(await listMergedIds(tx, scope, [partyId])).keys()]);
  const kept = await resolveParties(tx, scope, [...new Set(employments.map(({ organisationId }) => organisationId))]);
  const employers = employersOn(employments.map((one) => ({ ...one, organisationId: kept.get(one.organisationId) ?? one.organisationId })), on);
  return employers && [...(await listMergedIds(tx, scope, employers)).keys()];
}

/** What a schedule's 发前核对 asks of people besides its own flag: social insurance goes with being at the post. */
const ALWAYS = ['缴纳社保'];

/** Instalments for what cases grant: scheduled and committed with the decision, taken back with its revocation. */
export function openCommitments(parts: PaymentParts, packs: Packs, personFacts: readonly Fact[]): Commitments {
  return {
    async commit(tx, by, { parts: shares, instalments, ...commitment }, now) {
      const { tenantId } = by;
      const scope = jobScopeFor(by, JOB, 'payment.schedule');
      const [row] = await readCases(tx, jobScope(tenantId, JOB, 'case.read'), [commitment.caseId]);
      if (row === undefined) throw new Error('a case that was decided is not there');
      const { policy } = await packs.pinned(tx, jobScope(tenantId, JOB, 'pack.use'), row.packHash, row.settingsYear);
      const benefit = policy.benefits.find(({ id }) => id === commitment.benefitId);
      const check = benefit?.subject === 'person' && benefit.schedule?.check !== undefined ? personFacts[benefit.schedule.check]?.name : undefined;
      const planned = instalments.map(({ no, dueOn: due, amount: fen }): DecisionToPay['instalments'][number] => ({
        no, due, fen,
        shares: shares.filter(({ instalmentNo }) => instalmentNo === no).map(({ partId, fund, jurisdictionCode, amount }) => ({ partId, fund, jurisdictionCode, fen: amount })),
      }));
      const { subjectId: partyId, employerId, ...rest } = commitment;
      const asksMore = check !== undefined;
      await scheduleInstalments(tx, scope, parts, { ...rest, partyId, employerId: asksMore ? employerId : null, checks: asksMore ? [check, ...ALWAYS] : [], instalments: planned }, now);
    },
    async standing(tx, by, caseId) {
      const { left, instalments: scheduled } = await standingOf(tx, jobScopeFor(by, JOB, 'payment.schedule'), caseId);
      const held = await listParts(tx, jobScopeFor(by, JOB, 'ledger.read'), { caseIds: [caseId] });
      const given = new Map(held.map((part) => [part.partId, givenOf(part)]));
      const kept = scheduled.map(({ due, shares }) => ({ due, shares: shares.map(({ partId, fund, jurisdictionCode }) => ({ fund, jurisdictionCode, fen: given.get(partId) ?? 0 })).filter(({ fen }) => fen > 0) }));
      return { left, given: kept.filter(({ shares }) => shares.length > 0) };
    },
    async release(tx, by, caseId, why, now) {
      await cancelSchedule(tx, jobScopeFor(by, JOB, 'payment.schedule'), parts, caseId, why, now);
    },
  };
}
