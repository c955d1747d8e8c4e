-- The ledger: accounts in any unit, transfers between them that are only ever added, what was promised to a case part by part, and budgets set by two people.

-- 账户: how much of a unit a fund of a jurisdiction has in a year, in one role. Kept here: what came in, what went out, what is held by pending transfers.
create table ledger_accounts (
  tenant_id         integer not null references tenants,
  account_id        uuid not null,
  unit              text not null check (unit in ('fen', 'post', 'room-night')),
  jurisdiction_code text not null,
  -- The fund as packs name it.
  fund              text not null check (fund <> ''),
  year              integer not null check (year between 2000 and 2199),
  -- source: where budgets come from, the only one that is below zero by nature.
  role              text not null check (role in ('source', 'free', 'committed', 'paid', 'receivable', 'recovered', 'written-off')),
  credited          bigint not null default 0 check (credited >= 0),
  debited           bigint not null default 0 check (debited >= 0),
  held              bigint not null default 0 check (held >= 0),
  -- Null: may go below anything. `free` gets its floor when the year's budget is set.
  floor             bigint,
  primary key (tenant_id, account_id),
  unique (tenant_id, jurisdiction_code, fund, unit, year, role),
  -- So that both sides of a transfer have its unit and place.
  unique (tenant_id, unit, jurisdiction_code, account_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  constraint ledger_accounts_floor check (credited - debited - held >= floor),
  check ((role in ('source', 'free')) or floor is not null)
);
-- What an account is can never be changed, only how much.
select fence_tenant('ledger_accounts', 'select, insert, update (credited, debited, held, floor)');

-- 约定: what was promised to a case, one part for each instalment and fund. How much of it is where; together always the whole.
create table ledger_parts (
  tenant_id         integer not null references tenants,
  part_id           uuid not null,
  case_id           uuid not null,
  decision_id       uuid not null,
  unit              text not null check (unit in ('fen', 'post', 'room-night')),
  jurisdiction_code text not null,
  fund              text not null check (fund <> ''),
  year              integer not null,
  amount            bigint not null check (amount > 0),
  committed         bigint not null check (committed >= 0),
  paying            bigint not null default 0 check (paying >= 0),
  paid              bigint not null default 0 check (paid >= 0),
  released          bigint not null default 0 check (released >= 0),
  receivable        bigint not null default 0 check (receivable >= 0),
  recovered         bigint not null default 0 check (recovered >= 0),
  written_off       bigint not null default 0 check (written_off >= 0),
  recorded_at       timestamptz not null,
  primary key (tenant_id, part_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  constraint ledger_parts_whole check (committed + paying + paid + released + receivable + recovered + written_off = amount)
);
create index ledger_parts_by_case on ledger_parts (tenant_id, case_id, part_id);
create index ledger_parts_by_decision on ledger_parts (tenant_id, decision_id, part_id);
create index ledger_parts_by_fund on ledger_parts (tenant_id, jurisdiction_code, fund, year, recorded_at, part_id);
create index ledger_parts_by_time on ledger_parts (tenant_id, recorded_at, part_id);
select fence_tenant('ledger_parts', 'select, insert, update (committed, paying, paid, released, receivable, recovered, written_off)');

-- 分录: never changed, never deleted. A pending one is ended by one that posts or voids it.
create table ledger_transfers (
  tenant_id         integer not null references tenants,
  -- Chosen by whoever books it: sent again, it is the same transfer.
  transfer_id       uuid not null,
  kind              text not null check (kind in ('posted', 'pending', 'post', 'void')),
  pending_id        uuid,
  unit              text not null,
  jurisdiction_code text not null,
  from_account_id   uuid not null,
  to_account_id     uuid not null,
  amount            bigint not null check (amount > 0),
  reason            text not null check (reason <> ''),
  part_id           uuid,
  -- The payment, demand, receipt or release that it belongs to, by the id of whoever booked it.
  operation_id      uuid,
  case_id           uuid,
  decision_id       uuid,
  batch_id          uuid,
  -- 文号
  document          text check (document <> ''),
  recorded_at       timestamptz not null,
  -- The account, or the job by name.
  recorded_by       text not null,
  primary key (tenant_id, transfer_id),
  -- A pending one ends once.
  unique (tenant_id, pending_id),
  foreign key (tenant_id, pending_id) references ledger_transfers (tenant_id, transfer_id),
  foreign key (tenant_id, unit, jurisdiction_code, from_account_id) references ledger_accounts (tenant_id, unit, jurisdiction_code, account_id),
  foreign key (tenant_id, unit, jurisdiction_code, to_account_id) references ledger_accounts (tenant_id, unit, jurisdiction_code, account_id),
  foreign key (tenant_id, part_id) references ledger_parts (tenant_id, part_id),
  check (from_account_id <> to_account_id),
  check ((kind in ('post', 'void')) = (pending_id is not null))
);
create index ledger_transfers_from on ledger_transfers (tenant_id, from_account_id, recorded_at, transfer_id);
create index ledger_transfers_to on ledger_transfers (tenant_id, to_account_id, recorded_at, transfer_id);
create index ledger_transfers_by_time on ledger_transfers (tenant_id, recorded_at, transfer_id);
create index ledger_transfers_by_part on ledger_transfers (tenant_id, part_id, recorded_at, transfer_id) where part_id is not null;
create index ledger_transfers_by_operation on ledger_transfers (tenant_id, operation_id, transfer_id) where operation_id is not null;
create index ledger_transfers_by_case on ledger_transfers (tenant_id, case_id, recorded_at, transfer_id) where case_id is not null;
create index ledger_transfers_by_batch on ledger_transfers (tenant_id, batch_id, recorded_at, transfer_id) where batch_id is not null;
-- Commitments and payments are most of all transfers, and are found by the account; the others would be sought among them.
create index ledger_transfers_rare on ledger_transfers (tenant_id, reason, recorded_at, transfer_id) where reason not in ('commitment', 'payment');
create index ledger_transfers_by_document on ledger_transfers (tenant_id, document, recorded_at, transfer_id) where document is not null;
select fence_tenant('ledger_transfers', 'select, insert');

-- 预算: what a fund of a jurisdiction may spend in a year, proposed by one person and confirmed by another.
create table ledger_budgets (
  tenant_id         integer not null references tenants,
  budget_id         uuid not null,
  unit              text not null check (unit in ('fen', 'post', 'room-night')),
  jurisdiction_code text not null,
  fund              text not null check (fund <> ''),
  year              integer not null check (year between 2000 and 2199),
  -- The whole budget, and what it was before; null: the year was not open.
  amount            bigint not null check (amount >= 0),
  before            bigint check (before >= 0),
  -- 文号 of the decision.
  reference         text not null check (reference <> ''),
  state             text not null check (state in ('proposed', 'confirmed', 'withdrawn')),
  proposed_at       timestamptz not null,
  proposed_by       uuid not null,
  settled_at        timestamptz,
  settled_by        uuid,
  primary key (tenant_id, budget_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  check (before is distinct from amount),
  check ((state = 'proposed') = (settled_at is null)),
  check (num_nulls(settled_at, settled_by) in (0, 2)),
  -- Two people.
  constraint ledger_budgets_two_people check (state <> 'confirmed' or settled_by <> proposed_by)
);
-- One proposal at a time for each.
create unique index ledger_budgets_open on ledger_budgets (tenant_id, jurisdiction_code, fund, unit, year) where state = 'proposed';
create index ledger_budgets_by_time on ledger_budgets (tenant_id, proposed_at, budget_id);
create index ledger_budgets_by_fund on ledger_budgets (tenant_id, jurisdiction_code, fund, year, proposed_at, budget_id);
select fence_tenant('ledger_budgets', 'select, insert, update (state, settled_at, settled_by)');
