// What payments need of others: the ledger, cases, the registry; filled where the server is put together.
import type { Database, Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { Protector } from '../protection/index.ts';
import type { CaseStanding, PayeeState } from './doubt.ts';
import type { PartAmount } from './instalment.ts';

/** A payment, as the ledger books it. Ids of its transfers follow from `paymentId`, so that the same one twice is one. */
export interface PaymentMovement {
  readonly paymentId: string;
  readonly parts: readonly PartAmount[];
}

/** A movement of the ledger for money asked back; `movementId` names the demand, the receipt or the write-off. */
export interface RepaymentMovement {
  readonly movementId: string;
  readonly parts: readonly PartAmount[];
  /** The number of the decision or document that it rests on. */
  readonly document: string;
}

/** What one fund will give of one instalment, in fen. */
export interface PartToCommit {
  readonly partId: string;
  readonly fund: string;
  readonly jurisdictionCode: string;
  readonly year: number;
  readonly fen: number;
}

/** Who acts, for whom the ledger books: its entries name that account, or the job. */
type Acting = Pick<Scope, 'tenantId' | 'actor'>;

/** The ledger, as payments use it. Everything happens in `tx`, and the same movement twice is one. */
export interface LedgerOfPayments {
  /** Whether a fund has a budget of a year. */
  hasBudget(tx: Tx, by: Acting, pot: { readonly fund: string; readonly jurisdictionCode: string; readonly year: number }): Promise<boolean>;
  /** What funds will give, each part under its id. */
  commit(tx: Tx, by: Acting, commitment: { readonly caseId: string; readonly decisionId: string; readonly parts: readonly PartToCommit[] }, now: Date): Promise<void>;
  /** What is still committed of parts will not be paid: free again. */
  release(tx: Tx, by: Acting, release: { readonly partIds: readonly string[]; readonly reason: 'changed' | 'condition-unmet' | 'revoked'; readonly document?: string | undefined }, now: Date): Promise<void>;
  /** Committed, now on its way to the bank. @throws Refusal where no budget or too little is there */
  begin(tx: Tx, by: Acting, batchId: string | null, payments: readonly PaymentMovement[], now: Date): Promise<void>;
  /** The bank has paid what was on its way. */
  settle(tx: Tx, by: Acting, paymentIds: readonly string[], now: Date): Promise<void>;
  /** The bank has not paid it: committed again. */
  fail(tx: Tx, by: Acting, paymentIds: readonly string[], now: Date): Promise<void>;
  /** What was paid came back: committed again. */
  takeBack(tx: Tx, by: Acting, paymentIds: readonly string[], now: Date): Promise<void>;
  demand(tx: Tx, by: Acting, movement: RepaymentMovement, now: Date): Promise<void>;
  settleDemand(tx: Tx, by: Acting, movement: RepaymentMovement, now: Date): Promise<void>;
  writeOff(tx: Tx, by: Acting, movement: RepaymentMovement, now: Date): Promise<void>;
  /** What was paid of cases, is with the bank, or was given up, in fen: what is asked back is no longer given. Cases of which nothing is may be left out. */
  readGiven(tx: Tx, by: Acting, caseIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** Cases, as payments ask about them. */
export interface HoldsOfCases {
  /** How cases stand, by case. A case that is not there is over. */
  readStandings(tx: Tx, tenantId: number, caseIds: readonly string[]): Promise<ReadonlyMap<string, CaseStanding>>;
  /** The benefits (`policy/benefit`) of which one person gets one, in force on the day of `now`: of each asked for those beside it, itself left out. */
  listSameMatter(tx: Tx, tenantId: number, benefits: readonly string[], now: Date): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** The last decision of a case, by its number; undefined where none is stored. */
  findDecision(tx: Tx, tenantId: number, caseId: string): Promise<{ readonly decisionId: string; readonly number: string } | undefined>;
}

/** A bank account, opened. */
export interface OpenedAccount {
  readonly bankAccountId: string;
  readonly bankName: string;
  readonly holderName: string;
  readonly number: string;
  readonly otherHolders: number;
}

/** Bank accounts of the registry. */
export interface BankAccounts {
  /** The account to pay to, by party: the latest that is not closed. */
  readOpen(tx: Tx, tenantId: number, partyIds: readonly string[]): Promise<ReadonlyMap<string, OpenedAccount>>;
}

/** What the registry knows of payees. */
export interface FactsOfPerson {
  /** As it is known by `now`. @param facts names of flags */
  readState(tx: Tx, tenantId: number, partyId: string, facts: readonly string[], now: Date): Promise<PayeeState>;
  /** Names by party, for lists; parties that are gone are left out. */
  readNames(tx: Tx, tenantId: number, partyIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Every id under which rows of the same party stand, those of entries that were merged included; by the id asked with. */
  readIds(tx: Tx, tenantId: number, partyIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
}

/** Told that something became of a payment, in its transaction; sends messages, settles cases. */
export interface PaymentNews {
  readonly kind: 'paid' | 'failed' | 'returned' | 'cancelled' | 'demanded';
  readonly partyId: string;
  readonly caseId: string;
  readonly fen: number;
  readonly about: { readonly kind: 'instalment' | 'repayment'; readonly id: string };
}

/** What payments work with; made once when the server starts. */
export interface PaymentParts {
  readonly db: Database;
  readonly protector: Protector;
  readonly ledger: LedgerOfPayments;
  readonly cases: HoldsOfCases;
  readonly accounts: BankAccounts;
  readonly people: FactsOfPerson;
  readonly tell?: (tx: Tx, tenantId: number, news: readonly PaymentNews[]) => Promise<void>;
}
