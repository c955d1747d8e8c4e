-- Publicity (公示): lists of cases that were granted, shown to everybody for some working days, and objections to what they say.

-- 公示名单. Its window is counted when it is opened; afterwards nobody but officers sees it.
create table public_lists (
  tenant_id         integer not null,
  list_id           uuid not null,
  jurisdiction_code text not null,
  department_id     uuid not null,
  policy_id         text not null check (length(policy_id) between 1 and 100),
  benefit_id        text not null check (length(benefit_id) between 1 and 100),
  -- { policy: { zh, en }, benefit: { zh, en } }
  titles            jsonb not null,
  working_days      integer not null check (working_days between 1 and 365),
  -- The day of opening does not count; until_on is the last day on which it is shown.
  opens_on          date not null,
  until_on          date not null,
  -- gathering: cases are still being added.
  state             text not null check (state in ('gathering', 'open', 'closed')),
  entries           integer not null default 0 check (entries >= 0),
  opened_by         text not null check (length(opened_by) between 1 and 100),
  opened_at         timestamptz not null,
  closed_at         timestamptz,
  primary key (tenant_id, list_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  check (until_on > opens_on),
  check ((state = 'closed') = (closed_at is not null))
);
create index public_lists_shown on public_lists (tenant_id, until_on, list_id) where state <> 'closed';
create index public_lists_by_jurisdiction on public_lists (tenant_id, jurisdiction_code, list_id);
-- One list of a benefit and jurisdiction is gathered at a time.
create unique index public_lists_gathering on public_lists (tenant_id, jurisdiction_code, policy_id, benefit_id) where state = 'gathering';
select fence_tenant('public_lists', 'select, insert, update');

-- One case on a list: what is shown of it is taken from its decision, and sealed here, for it is public for a time only.
create table public_entries (
  tenant_id     integer not null,
  list_id       uuid not null,
  entry_id      uuid not null,
  place         integer not null check (place > 0),
  case_id       uuid not null,
  decision_id   uuid not null,
  amount_fen    bigint check (amount_fen >= 0),
  shown_sealed  bytea not null,
  primary key (tenant_id, list_id, entry_id),
  unique (tenant_id, list_id, place),
  unique (tenant_id, list_id, case_id),
  foreign key (tenant_id, list_id) references public_lists (tenant_id, list_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, decision_id) references decisions (tenant_id, decision_id)
);
create index public_entries_by_case on public_entries (tenant_id, case_id);
create index public_entries_by_decision on public_entries (tenant_id, decision_id);
select fence_tenant('public_entries', 'select, insert');

-- 异议. Anybody may object; what they write and how they are reached is sealed.
create table objections (
  tenant_id         integer not null,
  objection_id      uuid not null,
  list_id           uuid not null,
  entry_id          uuid not null,
  case_id           uuid not null,
  jurisdiction_code text not null,
  -- open: the case is held · dismissed: released · upheld: held until the case is revoked or put right · remedied: put right and released.
  state             text not null check (state in ('open', 'dismissed', 'upheld', 'remedied')),
  text_sealed       bytea not null,
  contact_sealed    bytea not null,
  language          text not null check (language in ('zh', 'en')),
  -- The code on the receipt, by which whoever objected reads the answer.
  code_digest       bytea not null check (octet_length(code_digest) = 32),
  answer_sealed     bytea,
  answered_by       text,
  department_id     uuid,
  answered_at       timestamptz,
  made_at           timestamptz not null,
  -- Counts changes, for the ETag.
  version           integer not null default 1 check (version > 0),
  primary key (tenant_id, objection_id),
  unique (tenant_id, code_digest),
  foreign key (tenant_id, list_id, entry_id) references public_entries (tenant_id, list_id, entry_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  check ((state = 'open') = (answered_at is null)),
  check (num_nulls(answer_sealed, answered_by, department_id, answered_at) in (0, 4))
);
create index objections_by_jurisdiction on objections (tenant_id, jurisdiction_code, objection_id);
create index objections_open on objections (tenant_id, jurisdiction_code, made_at) where state = 'open';
create index objections_by_entry on objections (tenant_id, list_id, entry_id);
create index objections_by_case on objections (tenant_id, case_id);
select fence_tenant('objections', 'select, insert, update');
