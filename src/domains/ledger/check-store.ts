// The only SQL that checks the ledger: every balance beside the sum of its transfers, each check one statement, so that a running server does not disturb it.
import { sql } from 'kysely';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import type { AccountKey, Unit } from './account.ts';

type Checking = Scope<'ledger.check'>;

/** How many of each there are, and what all accounts of a unit come to. */
export interface LedgerTotals {
  readonly accounts: number;
  readonly transfers: number;
  readonly parts: number;
  readonly units: readonly { readonly unit: Unit; readonly sum: number }[];
}

/** An account that is not what its transfers make it. */
export interface WrongAccount extends AccountKey {
  readonly accountId: string;
  readonly credited: number;
  readonly debited: number;
  readonly held: number;
  readonly floor: number | null;
  readonly creditedByTransfers: number;
  readonly debitedByTransfers: number;
  readonly heldByTransfers: number;
}

/** Counts, and sums over units. */
export async function readTotals(tx: Tx, scope: Checking): Promise<LedgerTotals> {
  const { rows: [counts] } = await sql<Omit<LedgerTotals, 'units'>>`
    select (select count(*) from ledger_accounts where tenant_id = ${scope.tenantId}) as accounts, (select count(*) from ledger_transfers where tenant_id = ${scope.tenantId}) as transfers,
      (select count(*) from ledger_parts where tenant_id = ${scope.tenantId}) as parts`.execute(tx);
  const { rows: units } = await sql<LedgerTotals['units'][number]>`
    select unit, sum(credited - debited)::bigint as sum from ledger_accounts where tenant_id = ${scope.tenantId} group by unit order by unit`.execute(tx);
  return { accounts: counts?.accounts ?? 0, transfers: counts?.transfers ?? 0, parts: counts?.parts ?? 0, units };
}

/** Accounts whose balances are not the sums of their transfers, or that are below their floor. */
export async function listWrongAccounts(tx: Tx, scope: Checking, limit: number): Promise<readonly WrongAccount[]> {
  const { rows } = await sql<WrongAccount>`
    with sums as (
      select account_id, sum(credited)::bigint as credited, sum(debited)::bigint as debited, sum(held)::bigint as held from (
        select to_account_id as account_id, amount as credited, 0 as debited, 0 as held from ledger_transfers where tenant_id = ${scope.tenantId} and kind in ('posted', 'post')
        union all
        select from_account_id, 0, case when kind in ('posted', 'post') then amount else 0 end, case kind when 'pending' then amount when 'posted' then 0 else -amount end
        from ledger_transfers where tenant_id = ${scope.tenantId}
      ) each group by account_id)
    select a.account_id as "accountId", a.unit, a.jurisdiction_code as "jurisdictionCode", a.fund, a.year, a.role, a.credited, a.debited, a.held, a.floor,
      coalesce(s.credited, 0) as "creditedByTransfers", coalesce(s.debited, 0) as "debitedByTransfers", coalesce(s.held, 0) as "heldByTransfers"
    from ledger_accounts a left join sums s on s.account_id = a.account_id
    where a.tenant_id = ${scope.tenantId}
      and ((a.credited, a.debited, a.held) is distinct from (coalesce(s.credited, 0), coalesce(s.debited, 0), coalesce(s.held, 0)) or a.credited - a.debited - a.held < a.floor)
    order by a.account_id limit ${limit}`.execute(tx);
  return rows;
}

/** Parts that are not where their transfers put them, by id. */
export async function listWrongParts(tx: Tx, scope: Checking, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly partId: string }>`
    with moved as (
      select t.part_id, t.kind, t.amount, f.role as out_of, o.role as goes_to from ledger_transfers t
      join ledger_accounts f on f.tenant_id = t.tenant_id and f.account_id = t.from_account_id
      join ledger_accounts o on o.tenant_id = t.tenant_id and o.account_id = t.to_account_id
      where t.tenant_id = ${scope.tenantId} and t.part_id is not null),
    places as (
      select part_id,
        coalesce(sum(amount) filter (where out_of = 'free'), 0) as promised,
        coalesce(sum(case when kind = 'pending' then amount when kind in ('post', 'void') then -amount end), 0) as paying,
        coalesce(sum(amount) filter (where goes_to = 'free' and out_of = 'committed'), 0) as released,
        coalesce(sum(amount) filter (where goes_to = 'paid' and kind in ('posted', 'post')), 0) - coalesce(sum(amount) filter (where out_of = 'paid'), 0) as paid,
        coalesce(sum(amount) filter (where goes_to = 'receivable'), 0) - coalesce(sum(amount) filter (where out_of = 'receivable'), 0) as receivable,
        coalesce(sum(amount) filter (where goes_to = 'recovered'), 0) as recovered,
        coalesce(sum(amount) filter (where goes_to = 'written-off'), 0) as written_off
      from moved group by part_id)
    select p.part_id as "partId" from ledger_parts p left join places s on s.part_id = p.part_id
    where p.tenant_id = ${scope.tenantId}
      and (p.amount, p.paying, p.released, p.paid, p.receivable, p.recovered, p.written_off) is distinct from (s.promised, s.paying, s.released, s.paid, s.receivable, s.recovered, s.written_off)
    order by p.part_id limit ${limit}`.execute(tx);
  return rows.map(({ partId }) => partId);
}

/** Ends of pending transfers that end something else: another amount, other accounts, or what was not pending; by id. */
export async function listWrongEnds(tx: Tx, scope: Checking, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly transferId: string }>`
    select e.transfer_id as "transferId" from ledger_transfers e left join ledger_transfers p on p.tenant_id = e.tenant_id and p.transfer_id = e.pending_id
    where e.tenant_id = ${scope.tenantId} and e.pending_id is not null
      and ('pending', e.amount, e.from_account_id, e.to_account_id, e.part_id) is distinct from (p.kind, p.amount, p.from_account_id, p.to_account_id, p.part_id)
    order by e.transfer_id limit ${limit}`.execute(tx);
  return rows.map(({ transferId }) => transferId);
}

/** Funds and years whose budget is not what was confirmed. */
export async function listWrongBudgets(tx: Tx, scope: Checking, limit: number): Promise<readonly (Omit<AccountKey, 'role'> & { readonly budget: number; readonly decided: number })[]> {
  const { rows } = await sql<Omit<AccountKey, 'role'> & { readonly budget: number; readonly decided: number }>`
    with decided as (
      -- Each began from what the one before had set, so that their changes add up to the last, in whatever order they are read.
      select jurisdiction_code, fund, unit, year, sum(amount - coalesce(before, 0))::bigint as amount from ledger_budgets
      where tenant_id = ${scope.tenantId} and state = 'confirmed' group by jurisdiction_code, fund, unit, year)
    select a.jurisdiction_code as "jurisdictionCode", a.fund, a.unit, a.year, a.debited - a.credited as budget, coalesce(d.amount, 0) as decided
    from ledger_accounts a left join decided d on (d.jurisdiction_code, d.fund, d.unit, d.year) = (a.jurisdiction_code, a.fund, a.unit, a.year)
    where a.tenant_id = ${scope.tenantId} and a.role = 'source' and a.debited - a.credited <> coalesce(d.amount, 0)
    order by 1, 2, 3, 4 limit ${limit}`.execute(tx);
  return rows;
}
