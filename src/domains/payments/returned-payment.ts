// A payment that came back from the bank although it is asked back already: booked against the demand where it meets it whole, else told what to do first.
import type { Words } from '../../policy/index.ts';
import { formatYuan } from '../../policy/money.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { nameActor } from '../registry/index.ts';
import type { Scope } from '../permissions/index.ts';
import type { PaymentParts } from './ports.ts';
import { type DebtPart, owedFen } from './repayment.ts';
import { type DebtOfPayment, insertReceipt, settleParts, updateRepayment } from './repayment-store.ts';

/** How a return can be booked: to the fund as money that is promised again, against what is demanded, or not before something else is done. */
export type ReturnFit = 'to-fund' | 'against-demand' | { readonly first: Words };

/**
 * How the return of a payment can be booked; pure. The bank gives back the whole of a payment, so a demand takes it only where it is of the
 * whole and nothing of it was met otherwise. A proposal of this payment alone falls with it.
 */
export function judgeReturn(amountFen: number, debts: readonly DebtOfPayment[]): ReturnFit {
  const live = debts.filter(({ repayment }) => repayment.state !== 'cancelled');
  const demanded = live.filter(({ repayment }) => repayment.state !== 'proposed');
  const shared = live.find(({ repayment, isAlone }) => repayment.state === 'proposed' && (!isAlone || demanded.length > 0));
  if (shared !== undefined) {
    const { repaymentNumber } = shared.repayment;
    return {
      first: {
        zh: `这笔付款在追回 ${repaymentNumber} 里，那份还没有核准。请先撤销那份提议，再登记这笔退汇。`,
        en: `this payment is in the repayment ${repaymentNumber}, which is only proposed. Cancel that proposal first, then book this return.`,
      },
    };
  }
  if (demanded.length === 0) return 'to-fund';
  const numbers = demanded.map(({ repayment }) => repayment.repaymentNumber);
  const settledFen = sumOf(demanded, ({ settledFen: fen }) => fen);
  const askedFen = sumOf(demanded, (part) => part.amountFen);
  if (settledFen > 0) {
    return {
      first: {
        zh: `这笔付款已经要求归还（${numbers.join('、')}），其中 ${formatYuan(settledFen)} 元已经收回、抵扣或核销，不能整笔登记退汇。请去掉这一行再导入；银行退回的钱在追回里登记收款，最多 ${formatYuan(askedFen - settledFen)} 元，多出的退给本人。`,
        en: `this payment is demanded back (${numbers.join(', ')}) and ${formatYuan(settledFen)} yuan of it was received, set off or written off, so its return cannot be booked whole. Leave this row out and import again; book what the bank gave back as a receipt of the repayment, ${formatYuan(askedFen - settledFen)} yuan at most, and give the rest to the payee.`,
      },
    };
  }
  if (askedFen < amountFen) {
    return {
      first: {
        zh: `这笔付款只要求归还了 ${formatYuan(askedFen)} 元（${numbers.join('、')}），银行退回的是整笔。请先把其余的 ${formatYuan(amountFen - askedFen)} 元也提出追回、由另一人核准，再登记这笔退汇。`,
        en: `only ${formatYuan(askedFen)} yuan of this payment is demanded back (${numbers.join(', ')}), and the bank gave back the whole. Ask back the other ${formatYuan(amountFen - askedFen)} yuan too and have it demanded first, then book this return.`,
      },
    };
  }
  return 'against-demand';
}

function sumOf(debts: readonly DebtOfPayment[], of: (part: DebtPart) => number): number {
  return debts.reduce((sum, { parts }) => parts.reduce((total, part) => total + of(part), sum), 0);
}

/** A return that meets what is demanded, or takes the place of what was only proposed. */
export interface MetReturn {
  /** `YYYY-MM-DD` */
  readonly on: string;
  readonly paymentNumber: string;
  readonly debts: readonly DebtOfPayment[];
}

/** Books what came back on the demands that it meets, which owe as much less; a proposal of the payment alone is cancelled. The repayments are locked. */
export async function meetDemands(tx: Tx, scope: Scope<'payment.book'>, parts: Pick<PaymentParts, 'ledger'>, returned: readonly MetReturn[], now: Date): Promise<void> {
  const by = nameActor(scope.actor);
  // One demand may be of several payments that came back: each takes from what the one before left.
  const received = new Map<string, number>();
  for (const { on, paymentNumber, debts } of returned) {
    for (const { repayment, parts: owed } of debts) {
      const { repaymentId, repaymentNumber, document, state } = repayment;
      if (state === 'proposed') await updateRepayment(tx, scope, repaymentId, { state: 'cancelled', decidedBy: by, decidedAt: now });
      if (state !== 'demanded') continue;
      const fen = owed.reduce((sum, part) => sum + part.amountFen, 0);
      const receiptId = newId();
      await insertReceipt(tx, scope, { receiptId, repaymentId, kind: 'received', amountFen: fen, instalmentId: null, receivedOn: on, bankReference: `退汇${paymentNumber}/${repaymentNumber}`, recordedBy: by, recordedAt: now });
      await settleParts(tx, scope, repaymentId, owed.map((part) => ({ part, fen: part.amountFen })));
      await parts.ledger.settleDemand(tx, scope, { movementId: receiptId, parts: owed.map(({ partId, amountFen }) => ({ partId, fen: amountFen })), document }, now);
      const receivedFen = (received.get(repaymentId) ?? repayment.receivedFen) + fen;
      received.set(repaymentId, receivedFen);
      const left = owedFen({ ...repayment, receivedFen });
      await updateRepayment(tx, scope, repaymentId, { receivedFen, ...(left === 0 ? { writeOff: null, state: 'settled' as const, settledAt: now } : {}) });
    }
  }
}
