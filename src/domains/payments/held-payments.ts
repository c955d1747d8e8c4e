// A person's rights over payments: what is held of them, and why it has to stay.
import type { DeletionParticipant } from '../registry/index.ts';
import { listHeldInstalments } from './instalment-store.ts';
import { listHeldRepayments } from './repayment-store.ts';
import { instalmentStateWords, repaymentStateWords } from './words.ts';

/** Payments as a part of what is held of a person. */
export const paymentsParticipant: DeletionParticipant = {
  async findKept(tx, scope, partyIds) {
    const [instalments, repayments] = [await listHeldInstalments(tx, scope, partyIds), await listHeldRepayments(tx, scope, partyIds)];
    if (instalments.length + repayments.length === 0) return [];
    return [
      {
        what: { zh: `发放和追回的记录，${instalments.length + repayments.length} 条`, en: `records of payments and repayments: ${instalments.length + repayments.length}` },
        why: { zh: '《会计档案管理办法》：会计凭证保存 30 年', en: 'Measures for the Administration of Accounting Archives: vouchers are kept for 30 years' },
        until: null,
        needsIdentity: true,
      },
    ];
  },
  deleteRest: () => Promise.resolve(0),
  async describeHeld(tx, scope, partyIds) {
    const instalments = (await listHeldInstalments(tx, scope, partyIds)).map(({ caseNumber, policyId, benefitId, instalmentNumber, dueOn, amountFen, offsetFen, state }) => ({
      caseNumber, policyId, benefitId, instalmentNumber, dueOn, amountFen, offsetFen, state: instalmentStateWords[state].zh,
    }));
    const repayments = (await listHeldRepayments(tx, scope, partyIds)).map(({ repaymentNumber, document, amountFen, receivedFen, offsetFen, writtenOffFen, state }) => ({
      repaymentNumber, document, amountFen, receivedFen, offsetFen, writtenOffFen, state: repaymentStateWords[state].zh,
    }));
    return [
      { key: 'instalments', title: { zh: '发放的待遇', en: 'Benefits paid' }, rows: instalments },
      { key: 'repayments', title: { zh: '要归还的钱', en: 'Money asked back' }, rows: repayments },
    ];
  },
};
