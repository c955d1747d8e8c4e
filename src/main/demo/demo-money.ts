// Money of a demonstration: budgets by two people, checks of what is due, batches by three, the bank's answers, returns, and money asked back.
import { addDays } from '../../demo/days.ts';
import { demoPlaceNames, demoPlaces, type DemoPlan } from '../../demo/plan-year.ts';
import { checkDue } from '../../domains/payments/index.ts';
import { yuanOfFen } from '../../spreadsheet/index.ts';
import type { DemoCases } from './demo-cases.ts';
import type { Desk, Hand } from './demo-desk.ts';
import type { DemoParties } from './demo-people.ts';
import type { Staff } from './demo-staff.ts';

const financeOffice = '吉林市财政局';
const fund = '县区人才专项资金';
const FEN_A_PERSON = 6_000_000;

interface Payment {
  readonly paymentId: string;
  readonly paymentNumber: string;
  readonly amountFen: number;
  readonly partyId: string;
}

/** Money at work. */
export interface DemoMoney {
  /** The budgets of the years, and next year's that waits for its second person. */
  openYears(years: readonly number[]): Promise<void>;
  /** Bank accounts of whoever was granted something since. */
  openAccounts(): Promise<void>;
  /** A day on which is paid: what is due is checked, batched, approved and sent. `left`: the batches stay on the way. */
  pay(day: string, left: boolean): Promise<void>;
  /** The bank's answers to what was sent before. */
  bookResults(day: string): Promise<void>;
  /** One payment that came back and one that is asked back. */
  askBack(day: string): Promise<void>;
}

/** Opens it. */
export function openDemoMoney(desk: Desk, staff: Staff, parties: DemoParties, cases: DemoCases, plan: DemoPlan): DemoMoney {
  const { parts, tenantId, clock } = desk;
  const finance = (place: number): Promise<Hand> => staff.officer(financeOffice, 'finance', place);
  const accounts = new Set<number>();
  const sent: string[] = [];
  const paid: Payment[] = [];
  const mended = new Set<number>();
  let lines = 0;

  const propose = async (jurisdictionCode: string, year: number): Promise<string> => {
    const amount = plan.people.length * (jurisdictionCode === demoPlaces[0] ? FEN_A_PERSON : FEN_A_PERSON / 2);
    const { id } = await (await finance(0)).post<{ id: string }>('/ledger/budgets', { unit: 'fen', jurisdictionCode, fund, year, amount, reference: `样例财〔${year}〕${jurisdictionCode.slice(-2)}号` });
    return id;
  };

  const openAccount = async (person: number, holderName: string, number: string): Promise<void> => {
    const partyId = await parties.person(person);
    const place = plan.people[person]?.jurisdictionCode ?? '';
    const window = await staff.officer(`${demoPlaceNames[place] ?? ''}人社局`, 'intake');
    await window.post(`/parties/${partyId}/bank-accounts`, { bankName: '样例银行吉林支行', holderName, number });
  };

  /** Names the fund of what the documents name none for, but for one, which is left to whoever tries it; where its year has no budget yet, it goes on waiting. */
  const nameFunds = async (): Promise<void> => {
    const { items } = await (await finance(0)).get<{ items: readonly { instalmentId: string; jurisdictionCode: string }[] }>('/payment-doubts?status=open&kind=fund-missing&limit=200');
    for (const { instalmentId, jurisdictionCode } of items.slice(0, -1)) {
      await (await finance(0)).ask('POST', `/instalments/${instalmentId}/fund`, { fund, jurisdictionCode, document: '样例财〔2026〕15号' });
    }
  };

  const listPayments = async (batchId: string): Promise<readonly Payment[]> => {
    const all: Payment[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: readonly Payment[]; nextCursor: string | null } = await (await finance(0)).get(`/payment-batches/${batchId}/payments?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
      all.push(...page.items);
      cursor = page.nextCursor;
    }
    return all;
  };

  return {
    async openYears(years) {
      const [last] = years.toReversed();
      for (const year of years) {
        for (const place of demoPlaces) {
          const budgetId = await propose(place, year);
          await (await finance(1)).post(`/ledger/budgets/${budgetId}/confirmation`);
        }
      }
      if (last !== undefined) await propose(demoPlaces[0], last + 1);
    },
    async openAccounts() {
      for (const { filing, grantedOn } of cases.all) {
        const person = plan.people[filing.person];
        if (grantedOn === null || person === undefined || accounts.has(person.index) || person.payee === 'without-account') continue;
        accounts.add(person.index);
        await openAccount(person.index, person.payee === 'other-holder' ? `${person.name}甲` : person.name, cardNumber(person.index));
      }
    },
    async pay(day, left) {
      const granted = cases.all.filter(({ grantedOn, stage }) => grantedOn !== null && stage !== 'over').map(({ filing }) => filing.person);
      await parties.tellPresence([...new Set(granted)], day);
      await checkDue(parts.db, parts.payments, tenantId, clock.now());
      await nameFunds();
      for (const [at, jurisdictionCode] of demoPlaces.entries()) {
        const answer = await (await finance(0)).ask('POST', '/payment-batches', { jurisdictionCode, dueTo: day });
        if (answer.status !== 201) continue;
        const { batchId } = (answer.body as { batch: { batchId: string } }).batch;
        const step = async (by: Hand, what: 'approvals' | 'sending'): Promise<void> => void (await by.act(`/payment-batches/${batchId}`, `/payment-batches/${batchId}/${what}`));
        // The last ones: one is at the bank, one waits to be sent, one to be approved.
        if (left && at === 2) continue;
        await step(await finance(1), 'approvals');
        await step(await finance(2), 'approvals');
        if (left && at === 1) continue;
        await step(await finance(0), 'sending');
        if (!left) sent.push(batchId);
      }
    },
    async bookResults(day) {
      for (const batchId of sent.splice(0)) {
        const payments = await listPayments(batchId);
        const rows = payments.map(({ paymentNumber, amountFen, partyId }) => {
          const person = parties.personOf(partyId);
          const isWrong = person !== undefined && plan.people[person]?.payee === 'wrong-account' && !mended.has(person);
          if (isWrong) mended.add(person);
          return `${paymentNumber},${yuanOfFen(amountFen)},${isWrong ? '失败' : '成功'},${day},${isWrong ? '账号不存在' : ''}`;
        });
        const bytes = Buffer.from(`\ufeff付款编号,金额（元）,结果,日期,原因\r\n${rows.join('\r\n')}\r\n`);
        const booked = await finance(0);
        await booked.send('POST', `/payment-batches/${batchId}/results?fileName=${encodeURIComponent(`结果${++lines}.csv`)}`, bytes);
        paid.push(...payments.filter((_, at) => rows[at]?.includes('成功') === true));
      }
    },
    async askBack(day) {
      const [returned, wrong, more] = paid;
      const officer = await finance(0);
      if (returned !== undefined) await officer.post(`/payments/${returned.paymentId}/return`, { on: day, reason: '账户已销户，银行退回。' });
      if (wrong === undefined || more === undefined) return;
      const asked = async (payment: Payment, at: number): Promise<string> =>
        (await officer.post<{ repaymentId: string }>('/repayments', { payments: [{ paymentId: payment.paymentId }], document: `样例追〔${day.slice(0, 4)}〕${at}号`, reason: '发放以后查实已经离职，多发的应当退回。', terms: [] })).repaymentId;
      const demanded = await asked(wrong, 1);
      await (await finance(1)).post(`/repayments/${demanded}/demand`);
      await officer.post(`/repayments/${demanded}/receipts`, { fen: Math.floor(wrong.amountFen / 4), on: addDays(day, 0), bankReference: `YL${day.replaceAll('-', '')}01` });
      await asked(more, 2);
    },
  };
}


/** A card number by Luhn's check. */
function cardNumber(index: number): string {
  const digits = `622202${String(1_000_000_000 + index)}`;
  const sum = Array.from(digits).reverse().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
