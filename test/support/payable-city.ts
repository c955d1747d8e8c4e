// A city in which something can be paid: a fund with a budget, people at their posts with accounts, and what was granted to them.
import type { CaseState } from '../../src/domains/cases/index.ts';
import { openYear } from '../../src/domains/ledger/index.ts';
import { checkDue, scheduleInstalments } from '../../src/domains/payments/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { yuanOfFen } from '../../src/spreadsheet/index.ts';
import { inTenant, newId, type Tx } from '../../src/storage/database.ts';
import { startApi, type Answered, type TestApi, type TestCaller } from './api.ts';
import { addBareCase } from './bare-case.ts';
import { enterOrganisation, enterPerson } from './registry-samples.ts';

/** The day on which samples are paid, and a moment of it. */
export const payDay = '2026-07-01';
export const payMoment = new Date('2026-07-01T02:00:00Z');

/** The fund that pays. */
export const sampleFund = '县区人才专项资金';

/** Somebody who was granted something. */
export interface Payable {
  readonly partyId: string;
  readonly employerId: string;
  readonly caseId: string;
  readonly decisionId: string;
}

/** A running city with people who are paid in it. */
export interface PayableCity {
  readonly api: TestApi;
  readonly intake: TestCaller;
  /** Officers of the district's finance: whoever prepares, two who approve, and one more. */
  readonly finance: readonly [TestCaller, TestCaller, TestCaller, TestCaller];
  inCity<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Enters somebody and grants yearly instalments, the first due on {@link payDay}; each can be left out or made wrong. */
  grant(terms?: GrantTerms): Promise<Payable>;
  /** Checks what is due. */
  check(): Promise<number>;
  /** The instalments of a case, the first due first. */
  instalments(caseId: string): Promise<readonly Body[]>;
  /** A batch of these cases' ready instalments, prepared; its id and ETag. */
  prepare(...caseIds: readonly string[]): Promise<{ readonly batchId: string; readonly etag: string }>;
  approve(by: TestCaller, batchId: string): Promise<Answered>;
  send(by: TestCaller, batchId: string): Promise<Answered>;
  /** Prepared, approved by two, sent; gives the batch and its payments. */
  sent(...caseIds: readonly string[]): Promise<{ readonly batchId: string; readonly payments: readonly Body[] }>;
  /** Imports a result: what became of each payment. */
  answer(batchId: string, lines: readonly { readonly paymentNumber: string; readonly fen: number; readonly result: string; readonly reason?: string }[]): Promise<Answered>;
}

type Body = Answered['body'];
type CaseProgress = CaseState['progress'];
type Listed = { readonly items: readonly unknown[] };

/** What differs from somebody who is simply paid. */
export interface GrantTerms {
  readonly fens?: readonly number[];
  readonly name?: string;
  readonly holderName?: string | null;
  readonly atPost?: boolean | null;
  readonly asOf?: string;
  readonly employmentEndedOn?: string;
  readonly status?: string;
  readonly holds?: readonly string[];
  /** Shares of each instalment in millionths; the district's fund alone where they are not given. */
  readonly shares?: readonly { readonly fund: string; readonly jurisdictionCode: string; readonly micro: number }[];
}

let accounts = 0;

/** A card number by Luhn's check; each call gives another. */
function sampleAccount(): string {
  const digits = `622202${String(1_000_000_000 + ++accounts)}`;
  const sum = Array.from(digits).reverse().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Starts the city; whoever starts it stops its interface. */
export async function startPayableCity(): Promise<PayableCity> {
  const api = await startApi();
  api.setNow(payMoment);
  const { tenantId } = api;
  const inCity = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(api.parts.db, tenantId, work);
  const intake = api.officer('changyi-hrss', 'intake');
  const finance = [0, 1, 2, 3].map(() => api.officer('changyi-hrss', 'finance')) as unknown as PayableCity['finance'];
  for (const jurisdictionCode of ['220202', '220200']) {
    for (const year of [2026, 2027, 2028]) {
      const budget = { unit: 'fen' as const, jurisdictionCode, fund: sampleFund, year, amount: 1_000_000_000_00, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() };
      await inCity((tx) => openYear(tx, jobScope(tenantId, 'test', 'budget.record'), budget, payMoment));
    }
  }
  const employerId = await enterOrganisation(intake);
  const city: PayableCity = {
    api,
    intake,
    finance,
    inCity,
    async grant({ fens = [2_400_000, 2_400_000], name = '张三一', holderName = name, atPost = true, asOf = '2026-06-20', employmentEndedOn, status = 'settled', holds = [], shares = [{ fund: sampleFund, jurisdictionCode: '220202', micro: 1_000_000 }] } = {}) {
      const partyId = await enterPerson(intake, { name });
      fine(await intake.post(`/people/${partyId}/employments`, { organisationId: employerId, startedOn: '2025-07-01', origin: '材料', trustClass: 'B', ...(employmentEndedOn === undefined ? {} : { endedOn: employmentEndedOn }) }));
      if (holderName !== null) fine(await intake.post(`/parties/${partyId}/bank-accounts`, { bankName: '样例银行昌邑支行', holderName, number: sampleAccount() }));
      if (atPost !== null) {
        fine(await intake.post(`/people/${partyId}/statements`, { origin: '材料', trustClass: 'B', purpose: 'payment', asOf, facts: { 在岗: atPost, 缴纳社保: true } }));
      }
      const progress = settledProgress(api.departments['changyi-hrss'], holds);
      const caseId = await addBareCase(api, partyId, { status, employer_id: employerId, progress, benefit_id: 'living-subsidy', holds: holds.length });
      const decisionId = newId();
      const decision = {
        decisionId, caseId, partyId, employerId, caseNumber: `样例-${caseId.slice(-8)}`, policyId: 'jilin-city-2021', benefitId: 'living-subsidy', jurisdictionCode: '220202', checks: ['在岗', '缴纳社保'],
        instalments: fens.map((fen, at) => ({ no: at + 1, due: `${2026 + at}-07-01`, fen, shares: split(fen, shares) })),
      };
      await inCity((tx) => scheduleInstalments(tx, jobScope(tenantId, 'test', 'payment.schedule'), api.parts.payments, decision, payMoment));
      return { partyId, employerId, caseId, decisionId };
    },
    check: () => checkDue(api.parts.db, api.parts.payments, tenantId, payMoment),
    instalments: async (caseId) => bodyOf<Listed>(await finance[0].get(`/instalments?caseId=${caseId}`)).items,
    async prepare(...caseIds) {
      const ids: string[] = [];
      for (const caseId of caseIds) for (const one of (await city.instalments(caseId)) as readonly { state: string; instalmentId: string }[]) if (one.state === 'ready') ids.push(one.instalmentId);
      const answered = fine(await finance[0].post('/payment-batches', { jurisdictionCode: '220202', dueTo: payDay, instalmentIds: ids }));
      return { batchId: bodyOf<{ batch: { batchId: string } }>(answered).batch.batchId, etag: answered.headers.get('etag') ?? '' };
    },
    approve: (by, batchId) => step(by, batchId, 'approvals'),
    send: (by, batchId) => step(by, batchId, 'sending'),
    async sent(...caseIds) {
      await city.check();
      const { batchId } = await city.prepare(...caseIds);
      fine(await city.approve(finance[1], batchId));
      fine(await city.approve(finance[2], batchId));
      fine(await city.send(finance[0], batchId));
      return { batchId, payments: bodyOf<Listed>(await finance[0].get(`/payment-batches/${batchId}/payments?limit=200`)).items };
    },
    answer: (batchId, lines) => {
      const rows = lines.map(({ paymentNumber, fen, result, reason = '' }) => `${paymentNumber},${yuanOfFen(fen)},${result},${payDay},${reason}`);
      const bytes = Buffer.from(`\ufeff付款编号,金额（元）,结果,日期,原因\r\n${rows.join('\r\n')}\r\n`);
      return finance[0].call('POST', `/payment-batches/${batchId}/results?fileName=${encodeURIComponent('结果.csv')}`, { bytes });
    },
  };
  return city;
}

/** The rest of a case's state, of one that was granted after nobody's review. */
export function settledProgress(departmentId: string, holds: readonly string[]): string {
  const department = { departmentId, name: '昌邑区人社局' };
  const progress: CaseProgress = {
    plan: { procedureId: null, acceptBy: department, steps: [], decideBy: department, acceptanceDays: 5, promisedDays: 20, legalDays: null, appealDays: 20, publicityDays: null, apart: [] },
    clock: { runningSince: null, usedDays: 0, stepUsedDays: 0, dueOn: null, legalDueOn: null, missingYear: null },
    opinions: [], promises: [], supplementsAsked: 0, supplement: null,
    holdReasons: holds.map((referenceId) => ({ reason: 'objection', referenceId })),
    publication: null, assignees: {}, acts: [], resumeAt: null, before: null, appealsMade: 0, undoUntil: null, closedOn: null,
  };
  return JSON.stringify(progress);
}

async function step(by: TestCaller, batchId: string, what: 'approvals' | 'sending'): Promise<Answered> {
  const etag = (await by.get(`/payment-batches/${batchId}`)).headers.get('etag') ?? '';
  return by.post(`/payment-batches/${batchId}/${what}`, undefined, { 'if-match': etag });
}

function split(fen: number, shares: NonNullable<GrantTerms['shares']>): readonly { readonly fund: string; readonly jurisdictionCode: string; readonly fen: number }[] {
  let left = fen;
  return shares.map(({ fund, jurisdictionCode, micro }, at) => {
    const part = at === shares.length - 1 ? left : Math.floor((fen * micro) / 1_000_000);
    left -= part;
    return { fund, jurisdictionCode, fen: part };
  });
}

/** The answer, if it is a good one. */
export function fine(answered: Answered): Answered {
  if (answered.status >= 300) throw new Error(`${answered.status} ${answered.raw.toString('utf8')}`);
  return answered;
}

/** What a good answer says. */
export function bodyOf<T>(answered: Answered): T {
  return fine(answered).body as T;
}
