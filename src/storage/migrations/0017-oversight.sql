-- Oversight: reports of fraud by anybody, inspections by lot, and findings that hold payments.

-- 举报. Anonymous or named; what it says and how its maker is reached is sealed.
create table fraud_reports (
  tenant_id         integer not null references tenants,
  report_id         uuid not null,
  jurisdiction_code text not null,
  -- Who made it, where it was made under a name by somebody signed in.
  party_id          uuid,
  text_sealed       bytea not null,
  contact_sealed    bytea,
  -- The code on the receipt, by which whoever made it follows it.
  code_digest       bytea not null check (octet_length(code_digest) = 32),
  -- The case that it turned out to be about.
  case_id           uuid,
  state             text not null check (state in ('received', 'examining', 'upheld', 'not-upheld', 'unclear')),
  answer_sealed     bytea,
  answered_by       text,
  answered_at       timestamptz,
  made_at           timestamptz not null,
  version           integer not null default 1,
  primary key (tenant_id, report_id),
  unique (tenant_id, code_digest),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  check (num_nulls(answer_sealed, answered_by, answered_at) in (0, 3)),
  check ((answered_at is not null) = (state in ('upheld', 'not-upheld', 'unclear')))
);
create index fraud_reports_by_place on fraud_reports (tenant_id, jurisdiction_code, report_id);
create index fraud_reports_by_party on fraud_reports (tenant_id, party_id) where party_id is not null;
select fence_tenant('fraud_reports', 'select, insert, update');

-- What was written after a report: by whoever made it, with the code, and by the office.
create table report_messages (
  tenant_id   integer not null,
  report_id   uuid not null,
  message_id  uuid not null,
  side        text not null check (side in ('reporter', 'office')),
  text_sealed bytea not null,
  written_at  timestamptz not null,
  primary key (tenant_id, report_id, message_id),
  foreign key (tenant_id, report_id) references fraud_reports (tenant_id, report_id)
);
select fence_tenant('report_messages', 'select, insert');

-- 检查计划: how many of whom are visited, drawn by lot once.
create table inspection_plans (
  tenant_id         integer not null references tenants,
  plan_id           uuid not null,
  jurisdiction_code text not null,
  title             text not null check (title <> ''),
  policy_id         text not null,
  benefit_id        text,
  wanted            integer not null check (wanted > 0),
  state             text not null check (state in ('planned', 'drawn')),
  -- 32 bytes in hexadecimal, made by the server at the draw; with the candidates it gives the same lot again.
  seed              text check (seed ~ '^[0-9a-f]{64}$'),
  candidates        integer check (candidates >= 0),
  planned_by        text not null,
  planned_at        timestamptz not null,
  drawn_by          text,
  drawn_at          timestamptz,
  primary key (tenant_id, plan_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  check ((state = 'drawn') = (seed is not null)),
  check (num_nulls(seed, candidates, drawn_by, drawn_at) in (0, 4))
);
create index inspection_plans_by_place on inspection_plans (tenant_id, jurisdiction_code, plan_id);
select fence_tenant('inspection_plans', 'select, insert, update');

-- Everybody who could have been drawn, in the order of the lot, and what was found of those who were.
create table inspection_candidates (
  tenant_id    integer not null,
  plan_id      uuid not null,
  case_id      uuid not null,
  place        integer not null check (place > 0),
  party_id     uuid not null,
  employer_id  uuid,
  is_drawn     boolean not null,
  -- 在岗, 作用
  at_post      text check (at_post in ('yes', 'no', 'not-met')),
  usefulness   text check (usefulness in ('useful', 'partly', 'not')),
  note_sealed  bytea,
  visited_on   date,
  recorded_by  text,
  recorded_at  timestamptz,
  version      integer not null default 1,
  primary key (tenant_id, plan_id, case_id),
  unique (tenant_id, plan_id, place),
  foreign key (tenant_id, plan_id) references inspection_plans (tenant_id, plan_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  check (num_nulls(at_post, visited_on, recorded_by, recorded_at) in (0, 4)),
  check (at_post is null or is_drawn)
);
create index inspection_candidates_by_party on inspection_candidates (tenant_id, party_id);
create index inspection_candidates_by_case on inspection_candidates (tenant_id, case_id);
select fence_tenant('inspection_candidates', 'select, insert, update');

-- 检查结论: something is wrong with a case. It holds the case until it is dismissed, or what followed from it is done.
create table findings (
  tenant_id         integer not null references tenants,
  finding_id        uuid not null,
  case_id           uuid not null,
  jurisdiction_code text not null,
  plan_id           uuid,
  report_id         uuid,
  text_sealed       bytea not null,
  state             text not null check (state in ('open', 'confirmed', 'dismissed', 'closed')),
  found_by          text not null,
  found_at          timestamptz not null,
  decided_by        text,
  decided_at        timestamptz,
  decision_sealed   bytea,
  -- The number of the decision that confirms it.
  document          text,
  closed_by         text,
  closed_at         timestamptz,
  version           integer not null default 1,
  primary key (tenant_id, finding_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  foreign key (tenant_id, plan_id) references inspection_plans (tenant_id, plan_id),
  foreign key (tenant_id, report_id) references fraud_reports (tenant_id, report_id),
  -- Two people.
  check (decided_by <> found_by),
  check (num_nulls(decided_by, decided_at, decision_sealed) in (0, 3)),
  check ((decided_at is null) = (state = 'open')),
  check (document is not null or state not in ('confirmed', 'closed')),
  check ((closed_at is not null) = (state = 'closed')),
  check (num_nulls(closed_at, closed_by) in (0, 2))
);
create index findings_by_place on findings (tenant_id, jurisdiction_code, finding_id);
create index findings_by_case on findings (tenant_id, case_id);
select fence_tenant('findings', 'select, insert, update');

-- 连带责任: who answers for it besides whoever was paid.
create table finding_liabilities (
  tenant_id  integer not null,
  finding_id uuid not null,
  party_id   uuid not null,
  role       text not null check (role in ('payee', 'employer', 'recommender')),
  primary key (tenant_id, finding_id, party_id, role),
  foreign key (tenant_id, finding_id) references findings (tenant_id, finding_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
create index finding_liabilities_by_party on finding_liabilities (tenant_id, party_id);
select fence_tenant('finding_liabilities', 'select, insert');
