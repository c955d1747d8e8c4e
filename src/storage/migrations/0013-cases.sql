-- Cases: one application for several benefits, a case for each of them, everything that happened to a case as events, and what waits for whom.

-- 申请: what was filed at once. Its cases go their own ways.
create table applications (
  tenant_id         integer not null references tenants,
  application_id    uuid not null,
  -- Who asks: a person, or an organisation for itself or for its people.
  applicant_id      uuid not null,
  -- Through which door it came: online by the person, online by an agent, at a window, from a list.
  channel           text not null check (channel in ('person', 'agent', 'window', 'list')),
  -- The import that names the people, where it came from a list.
  import_id         uuid,
  jurisdiction_code text not null,
  filed_at          timestamptz not null,
  filed_by          text not null,
  primary key (tenant_id, application_id),
  foreign key (tenant_id, applicant_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code)
);
create index applications_applicant on applications (tenant_id, applicant_id, application_id);
create index applications_import on applications (tenant_id, import_id) where import_id is not null;
select fence_tenant('applications', 'select, insert');

-- 办件: where a case stands. The row is what its events add up to, written with each of them.
create table cases (
  tenant_id         integer not null,
  case_id           uuid not null,
  case_number       text not null,
  application_id    uuid not null,
  applicant_id      uuid not null,
  subject_id        uuid not null,
  -- With whom the case rests; null for what has no employer.
  employer_id       uuid,
  policy_id         text not null,
  benefit_id        text not null,
  -- For what time it is asked: a year such as 2026, or 'once'.
  period            text not null check (period ~ '^[0-9a-z-]{1,20}$'),
  jurisdiction_code text not null,
  -- The version of the policy that the case pinned, and the year of its settings.
  pack_hash         text not null,
  settings_year     integer not null,
  status            text not null check (status in (
    'filed', 'not-accepted', 'in-review', 'awaiting-supplement', 'deciding', 'refused', 'granted', 'in-publication', 'settled', 'revoked', 'withdrawn', 'in-appeal')),
  -- The step of the review; 0 before it began.
  step_number       integer not null check (step_number >= 0),
  -- The day by which whoever has it now is to be done; null where nobody is to do anything, or the clock stands still.
  due_on            date,
  -- The day on which a job looks at it next; found again from here whatever was lost.
  look_on           date,
  -- The year whose notice of holidays is missing, so that no deadline can be told yet.
  missing_year      integer,
  -- How late it is: 0 in time, 1 due today, 2 overdue, 3 beyond what the law allows.
  lateness          smallint not null default 0 check (lateness between 0 and 3),
  -- Open reasons that hold it: an objection, a finding, a broken promise.
  holds             integer not null default 0 check (holds >= 0),
  -- What the engine said when it was filed, and what would be paid; null where no amount is known.
  engine_status     text not null check (engine_status in ('yes', 'no', 'unknown', 'review')),
  expected_fen      bigint check (expected_fen >= 0),
  decision_id       uuid,
  -- What was granted, once it was.
  granted_fen       bigint check (granted_fen >= 0),
  -- The rest of the state: plan, clock, opinions, promises, who did what; no personal values.
  progress          jsonb not null,
  -- The number of its last event; counts changes, for the ETag.
  version           integer not null check (version > 0),
  filed_at          timestamptz not null,
  changed_at        timestamptz not null,
  primary key (tenant_id, case_id),
  unique (tenant_id, case_number),
  foreign key (tenant_id, application_id) references applications (tenant_id, application_id),
  foreign key (tenant_id, subject_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code)
);
-- 一人一期一项一件: whoever is faster has it.
create unique index cases_one_open on cases (tenant_id, subject_id, policy_id, benefit_id, period) where status not in ('not-accepted', 'refused', 'revoked', 'withdrawn');
-- Lists walk one range of an index for each jurisdiction and state; none is walked without a jurisdiction but those of one party.
create index cases_by_state on cases (tenant_id, jurisdiction_code, status, case_id);
create index cases_by_deadline on cases (tenant_id, jurisdiction_code, due_on, case_id) where due_on is not null;
create index cases_by_state_deadline on cases (tenant_id, jurisdiction_code, status, due_on, case_id) where due_on is not null;
create index cases_by_benefit on cases (tenant_id, policy_id, benefit_id, jurisdiction_code, status, case_id);
create index cases_by_benefit_deadline on cases (tenant_id, policy_id, benefit_id, jurisdiction_code, due_on, case_id) where due_on is not null;
create index cases_held on cases (tenant_id, jurisdiction_code, case_id) where holds > 0;
create index cases_by_subject on cases (tenant_id, subject_id, case_id);
create index cases_by_applicant on cases (tenant_id, applicant_id, case_id);
create index cases_by_employer on cases (tenant_id, employer_id, case_id) where employer_id is not null;
create index cases_by_application on cases (tenant_id, application_id);
create index cases_by_pack on cases (tenant_id, pack_hash, status);
create index cases_to_look_at on cases (tenant_id, look_on, case_id) where look_on is not null;
create index cases_without_calendar on cases (tenant_id, missing_year, case_id) where missing_year is not null;
select fence_tenant('cases', 'select, insert, update');

-- 办件经过: added and never changed. References and keyed digests only.
create table case_events (
  tenant_id      integer not null,
  case_id        uuid not null,
  event_number   integer not null check (event_number > 0),
  kind           text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  schema_version smallint not null,
  happened_at    timestamptz not null,
  -- Who did it: the capacity, the account and the department; null where there is none.
  actor_kind     text not null check (actor_kind in ('person', 'agent', 'officer', 'job')),
  account_id     uuid,
  department_id  uuid,
  data           jsonb not null check (jsonb_typeof(data) = 'object'),
  primary key (tenant_id, case_id, event_number),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id)
);
select fence_tenant('case_events', 'select, insert');

-- What people wrote about a case, sealed: reasons, requests, answers, notes among officers.
create table case_texts (
  tenant_id     integer not null,
  case_id       uuid not null,
  text_id       uuid not null,
  -- Whether the applicant reads it too.
  audience      text not null check (audience in ('everybody', 'officers')),
  text_sealed   bytea not null,
  written_at    timestamptz not null,
  account_id    uuid,
  department_id uuid,
  primary key (tenant_id, case_id, text_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id)
);
select fence_tenant('case_texts', 'select, insert');

-- 办件材料: what a case rests on.
create table case_papers (
  tenant_id   integer not null,
  case_id     uuid not null,
  evidence_id uuid not null,
  -- When it was handed in: with the application, as a supplement, to keep a promise, with an appeal.
  occasion    text not null check (occasion in ('filing', 'supplement', 'promise', 'appeal')),
  added_at    timestamptz not null,
  primary key (tenant_id, case_id, evidence_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, evidence_id) references evidence (tenant_id, evidence_id)
);
create index case_papers_evidence on case_papers (tenant_id, evidence_id);
select fence_tenant('case_papers', 'select, insert');

-- 待办: what waits for which department, and who took it. Follows from the case's row.
create table case_tasks (
  tenant_id     integer not null,
  case_id       uuid not null,
  department_id uuid not null,
  act           text not null check (act in ('accept', 'review', 'decide', 'answer-appeal')),
  -- The account of the officer who took it, or was given it.
  assignee_id   uuid,
  due_on        date,
  primary key (tenant_id, case_id, department_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id)
);
create index case_tasks_queue on case_tasks (tenant_id, department_id, due_on, case_id);
create index case_tasks_assignee on case_tasks (tenant_id, assignee_id, due_on, case_id) where assignee_id is not null;
select fence_tenant('case_tasks');

-- The last number given to a case of a jurisdiction in a year.
create table case_numbers (
  tenant_id         integer not null,
  jurisdiction_code text not null,
  year              integer not null,
  last_number       integer not null,
  primary key (tenant_id, jurisdiction_code, year),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code)
);
select fence_tenant('case_numbers', 'select, insert, update');
