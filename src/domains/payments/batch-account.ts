// The account of a payment as it was approved: sealed with the payment, opened for the bank's file and, masked, for people.
import type { Protector } from '../protection/index.ts';
import type { PaymentRow } from './batch-store.ts';
import type { OpenedAccount } from './ports.ts';
import { openWords, sealWords } from './seal-words.ts';

/** What a payment needs of an account. */
export type BatchAccount = Pick<OpenedAccount, 'bankAccountId' | 'bankName' | 'holderName' | 'number'>;

const column = { table: 'payments', column: 'account_sealed' } as const;

/** The columns of a payment that freeze an account. */
export function sealAccount(protector: Protector, tenantId: number, paymentId: string, { bankAccountId, bankName, holderName, number }: BatchAccount): { readonly accountId: string; readonly accountSealed: Uint8Array } {
  return { accountId: bankAccountId, accountSealed: sealWords(protector, tenantId, column, paymentId, JSON.stringify({ bankName, holderName, number })) };
}

/** The account of a payment; undefined before it was approved. */
export function openAccount(protector: Protector, tenantId: number, { paymentId, accountId, accountSealed }: PaymentRow): BatchAccount | undefined {
  const text = openWords(protector, tenantId, column, paymentId, accountSealed);
  if (text === null || accountId === null) return undefined;
  return { bankAccountId: accountId, ...(JSON.parse(text) as Omit<BatchAccount, 'bankAccountId'>) };
}
