// Which funds are known by name: those that policies in force name, and those that stand on the books; so that a budget is not set for a misspelt one.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import type { Packs } from '../packs/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { listFundNames } from './state-store.ts';

/** An employer that pays by itself has no budget here. */
const EMPLOYER_FUND = '用人单位';

/** A fund by its name. */
export interface KnownFund {
  readonly fund: string;
  /** A policy in force is paid from it. */
  readonly isInPolicies: boolean;
  /** It has a budget, or something is promised from it. */
  readonly isOnBooks: boolean;
}

/** The funds that are known on a day, `YYYY-MM-DD`; those of policies first. */
export async function knownFunds(tx: Tx, scope: Scope<'ledger.read' | 'budget.propose'>, packs: Packs, on: string): Promise<readonly KnownFund[]> {
  const inForce = await packs.listInForce(tx, jobScope(scope.tenantId, 'ledger', 'pack.use'), on);
  const named = new Set(inForce.flatMap(({ policy }) => policy.benefits.flatMap(({ funds }) => funds.map(({ fund }) => fund))).filter((fund) => fund !== EMPLOYER_FUND));
  const booked = new Set(await listFundNames(tx, scope));
  const both = [...named, ...Array.from(booked).filter((fund) => !named.has(fund)).sort()];
  return both.map((fund) => ({ fund, isInPolicies: named.has(fund), isOnBooks: booked.has(fund) }));
}

/** @throws Refusal fund-unknown with the funds that are known: no policy names it, and nothing was ever booked on it */
export async function refuseUnknownFund(tx: Tx, scope: Scope<'budget.propose'>, packs: Packs, fund: string, on: string): Promise<void> {
  const known = await knownFunds(tx, scope, packs, on);
  if (!known.some((each) => each.fund === fund)) throw new Refusal('fund-unknown', { fund, known: known.length === 0 ? '—' : known.map((each) => each.fund).join('、') });
}
