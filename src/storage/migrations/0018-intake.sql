-- Applications for whole lists, worked through row by row, and papers that applicants promise for later.

-- 名单申请: how far an application for everybody of an import is.
create table application_lists (
  tenant_id       integer not null,
  application_id  uuid not null,
  import_id       uuid not null,
  organisation_id uuid not null,
  -- The agent who asked, and in whose name the rows are filed; null for what no account asked.
  account_id      uuid,
  agent_id        uuid not null,
  -- Who told the facts of the list: the accounts that sent and confirmed the import.
  told_by         text[] not null,
  -- The chosen benefits: [{policyId, benefitId, period}].
  benefits        jsonb not null,
  -- The organisation's papers that every case rests on.
  evidence_ids    uuid[] not null,
  -- Whether what the engine says no to is filed as well.
  files_unlikely  boolean not null,
  -- waiting → running → done; stopped after it failed again and again.
  state           text not null check (state in ('waiting', 'running', 'done', 'stopped')),
  rows_total      integer not null,
  rows_done       integer not null default 0,
  -- Rows by outcome, and of the filed those with missing facts.
  counts          jsonb not null,
  -- Failures since a batch was last done.
  failures        integer not null default 0,
  filed_at        timestamptz not null,
  finished_at     timestamptz,
  primary key (tenant_id, application_id),
  foreign key (tenant_id, application_id) references applications (tenant_id, application_id)
);
create index application_lists_open on application_lists (tenant_id, application_id) where state in ('waiting', 'running');
create index application_lists_import on application_lists (tenant_id, import_id, application_id);
select fence_tenant('application_lists', 'select, insert, update');

-- 名单申请的行: one person and benefit of a list, and what became of it.
create table application_rows (
  tenant_id      integer not null,
  application_id uuid not null,
  row_number     integer not null,
  party_id       uuid not null,
  policy_id      text not null,
  benefit_id     text not null,
  period         text not null,
  -- filed: a case was opened · exists: there was one · unlikely: the engine says no · left: works elsewhere by now · refused; null while it waits.
  outcome        text check (outcome in ('filed', 'exists', 'unlikely', 'left', 'refused')),
  -- Without a foreign key: a case that exists may be anybody's.
  case_id        uuid,
  -- Reasons and names of missing facts, in both languages.
  detail_sealed  bytea,
  primary key (tenant_id, application_id, row_number),
  foreign key (tenant_id, application_id) references application_lists (tenant_id, application_id),
  check (outcome is null or (outcome in ('filed', 'exists')) = (case_id is not null))
);
create index application_rows_waiting on application_rows (tenant_id, application_id, row_number) where outcome is null;
create index application_rows_party on application_rows (tenant_id, party_id);
select fence_tenant('application_rows');

-- 容缺承诺: papers that the applicant offers to bring later; whoever accepts the case decides.
create table application_promises (
  tenant_id      integer not null,
  application_id uuid not null,
  paper          text not null,
  due_on         date not null,
  primary key (tenant_id, application_id, paper),
  foreign key (tenant_id, application_id) references applications (tenant_id, application_id)
);
select fence_tenant('application_promises', 'select, insert');

-- Applications of a jurisdiction, the newest first.
create index applications_jurisdiction on applications (tenant_id, jurisdiction_code, application_id);

-- Who stood in an import.
create index imported_rows_import on imported_rows (tenant_id, import_id, party_id);
