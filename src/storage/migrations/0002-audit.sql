-- The audit trail: entries written in the transaction of what they tell, chained afterwards by one sealer, and a signed root a day.

-- What the sealer works as: it chains entries and can neither write nor change one.
select ensure_role('wutong_sealer');
grant select on tenants to wutong_sealer;

-- Who did, saw or exported what. References only, never a personal value, so that deletion stays possible.
-- No references to accounts, sessions or objects: the trail outlives what it tells of.
create table audit_entries (
  tenant_id   integer not null references tenants,
  -- UUIDv7, so that the order of ids is the order of time.
  entry_id    uuid not null,
  at          timestamptz not null,
  account_id  uuid,
  session_id  uuid,
  -- In which capacity: its kind and ids.
  capacity    jsonb not null,
  -- thing.act, as endpoints and jobs are named.
  action      text not null check (action <> ''),
  outcome     text not null check (outcome in ('done', 'refused')),
  object_kind text,
  object_id   text,
  detail      jsonb not null default '{}',
  request_id  text,
  primary key (tenant_id, entry_id)
);
create index audit_entries_by_action on audit_entries (tenant_id, action, entry_id);
create index audit_entries_by_object on audit_entries (tenant_id, object_kind, object_id, entry_id) where object_kind is not null;
create index audit_entries_by_account on audit_entries (tenant_id, account_id, entry_id) where account_id is not null;
-- Attempts that were refused are few, and what an auditor looks at first.
create index audit_entries_refused on audit_entries (tenant_id, entry_id) where outcome = 'refused';
select fence_tenant('audit_entries', 'select, insert');
grant select on audit_entries to wutong_sealer;

-- Entries that wait for the sealer, written in the same transaction.
-- No reference to the entry: the check would cost every write, and verification finds a row that leads nowhere.
create table audit_queue (
  tenant_id integer not null references tenants,
  entry_id  uuid not null,
  primary key (tenant_id, entry_id)
);
select fence_tenant('audit_queue', 'select, insert');
grant select, delete on audit_queue to wutong_sealer;

-- The chain: each digest is SM3 over the digest before it, tenant, number, instant and the whole entry.
create table audit_seals (
  tenant_id integer not null references tenants,
  seq       bigint not null check (seq > 0),
  entry_id  uuid not null,
  digest    bytea not null check (octet_length(digest) = 32),
  previous  bytea not null check (octet_length(previous) = 32),
  sealed_at timestamptz not null,
  primary key (tenant_id, seq),
  unique (tenant_id, entry_id)
);
select fence_tenant('audit_seals', 'select');
grant select, insert on audit_seals to wutong_sealer;

-- Where the chain ends, signed; whoever seals holds this row, so there is one sealer however many servers run.
create table audit_heads (
  tenant_id integer primary key references tenants,
  seq       bigint not null check (seq >= 0),
  digest    bytea not null check (octet_length(digest) = 32),
  sealed_at timestamptz not null,
  key_id    text not null,
  signature bytea not null
);
select fence_tenant('audit_heads', 'select');
grant select, insert, update on audit_heads to wutong_sealer;

-- One root for every day on which something was sealed, days of Asia/Shanghai.
create table audit_roots (
  tenant_id integer not null references tenants,
  on_day    date not null,
  first_seq bigint not null,
  last_seq  bigint not null,
  root      bytea not null check (octet_length(root) = 32),
  key_id    text not null,
  signature bytea not null,
  primary key (tenant_id, on_day),
  check (first_seq > 0 and last_seq >= first_seq)
);
select fence_tenant('audit_roots', 'select');
grant select, insert on audit_roots to wutong_sealer;
