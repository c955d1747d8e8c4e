-- 演示: a city that is a demonstration, from the transaction that founded it, and the accounts that it shows how to enter. A real city has neither.

-- So that a mark can name the moment at which its city was founded.
alter table tenants add unique (tenant_id, created_at);

-- 演示的记号: one row, written in the very transaction that founds the city. marked_at is the moment of that transaction and has to be the city's own,
-- so a city that was founded without it can never be marked.
create table demo_marks (
  tenant_id  integer not null,
  founded_at timestamptz not null,
  marked_at  timestamptz not null default now(),
  -- What it is filled with: the same seed, size and last day make the same people and cases.
  seed       integer not null,
  people     integer not null check (people > 0),
  last_on    date not null,
  -- filling → ready
  state      text not null check (state in ('filling', 'ready')),
  -- Per cent of the year that have passed in it.
  per_cent   smallint not null default 0 check (per_cent between 0 and 100),
  ready_at   timestamptz,
  primary key (tenant_id),
  foreign key (tenant_id, founded_at) references tenants (tenant_id, created_at),
  check (marked_at = founded_at),
  check ((state = 'ready') = (ready_at is not null))
);
select fence_tenant('demo_marks', 'select');

-- 演示账号: how to enter as each role; only where there is a mark.
create table demo_accounts (
  tenant_id       integer not null,
  account_id      uuid not null,
  -- In which order the page shows them.
  place           smallint not null,
  -- What it is an account of, such as reviewer; the page has the words.
  kind            text not null,
  shown_sealed    bytea not null,
  primary key (tenant_id, account_id),
  unique (tenant_id, place),
  foreign key (tenant_id) references demo_marks (tenant_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id)
);
select fence_tenant('demo_accounts', 'select');
