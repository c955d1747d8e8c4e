-- Written by `npm run schema` from the migrations; edit those, not this file.
-- The whole database as it stands after the newest migration: what to read first, and what a test compares.

set check_function_bodies = off;

create function current_tenant()
 RETURNS integer
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('wutong.tenant_id', true), '')::integer $function$;

create function ensure_role(role_name text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from pg_roles where rolname = role_name) then
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end if;
  begin
    execute format('grant %I to %I', role_name, current_user);
  exception when insufficient_privilege then
    -- Who may not grant it has it from an administrator; without it no session could start.
    null;
  end;
  execute format('grant usage on schema %I to %I', current_schema(), role_name);
end
$function$;

create function fence_tenant(table_name text, rights text DEFAULT 'select, insert, update, delete'::text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  -- As a subquery it is asked once; as a plain call, for every row.
  execute format(
    'create policy tenant_wall on %I using (tenant_id = (select current_tenant())) with check (tenant_id = (select current_tenant()))',
    table_name);
  execute format('grant %s on %I to wutong_app', rights, table_name);
end
$function$;

create table accounts (
  tenant_id integer not null,
  account_id uuid not null,
  duty text not null,
  login_sealed bytea,
  login_search bytea,
  phone_sealed bytea,
  phone_search bytea,
  name_sealed bytea,
  party_id uuid,
  notice_version text,
  created_at timestamp with time zone not null,
  created_by uuid,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  suspended_at timestamp with time zone,
  suspended_by uuid,
  last_entry_at timestamp with time zone,
  constraint accounts_pkey primary key (tenant_id, account_id),
  constraint accounts_tenant_id_account_id_duty_key unique (tenant_id, account_id, duty),
  constraint accounts_tenant_id_login_search_key unique (tenant_id, login_search),
  constraint accounts_tenant_id_party_id_key unique (tenant_id, party_id),
  constraint accounts_check check ((login_sealed IS NULL) = (login_search IS NULL)),
  constraint accounts_check1 check ((phone_sealed IS NULL) = (phone_search IS NULL)),
  constraint accounts_check2 check (duty = 'person'::text OR login_search IS NOT NULL AND phone_search IS NOT NULL AND name_sealed IS NOT NULL),
  constraint accounts_check3 check (duty = 'person'::text OR party_id IS NULL),
  constraint accounts_check4 check (confirmed_by IS DISTINCT FROM created_by OR confirmed_by IS NULL),
  constraint accounts_check5 check (suspended_by IS DISTINCT FROM account_id OR suspended_by IS NULL),
  constraint accounts_duty_check check (duty = ANY (ARRAY['person'::text, 'officer'::text, 'system-admin'::text, 'security-admin'::text, 'audit-admin'::text]))
);
create unique index accounts_by_phone_of_person on accounts using btree (tenant_id, phone_search) WHERE duty = 'person'::text;
create unique index accounts_by_phone_of_staff on accounts using btree (tenant_id, phone_search) WHERE duty <> 'person'::text;
alter table accounts enable row level security;
alter table accounts force row level security;
create policy tenant_wall on accounts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on accounts to wutong_app;

create table agencies (
  tenant_id integer not null,
  agency_id uuid not null,
  organisation_id uuid not null,
  phone_sealed bytea not null,
  phone_search bytea not null,
  account_id uuid,
  can_manage boolean not null default false,
  granted_as text not null,
  evidence_id uuid,
  valid_to date,
  invited_by uuid not null,
  invited_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  constraint agencies_pkey primary key (tenant_id, agency_id),
  constraint agencies_check check ((account_id IS NULL) = (accepted_at IS NULL)),
  constraint agencies_check1 check (account_id IS NULL OR invited_by <> account_id),
  constraint agencies_check2 check (granted_as = 'agent'::text OR evidence_id IS NOT NULL),
  constraint agencies_granted_as_check check (granted_as = ANY (ARRAY['agent'::text, 'officer'::text]))
);
create index agencies_by_account on agencies using btree (tenant_id, account_id);
create index agencies_by_evidence on agencies using btree (tenant_id, evidence_id) WHERE evidence_id IS NOT NULL;
create index agencies_by_organisation on agencies using btree (tenant_id, organisation_id);
create index agencies_by_phone on agencies using btree (tenant_id, phone_search);
alter table agencies enable row level security;
alter table agencies force row level security;
create policy tenant_wall on agencies for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on agencies to wutong_app;

create table application_lists (
  tenant_id integer not null,
  application_id uuid not null,
  import_id uuid not null,
  organisation_id uuid not null,
  account_id uuid,
  agent_id uuid not null,
  told_by text[] not null,
  benefits jsonb not null,
  evidence_ids uuid[] not null,
  files_unlikely boolean not null,
  state text not null,
  rows_total integer not null,
  rows_done integer not null default 0,
  counts jsonb not null,
  failures integer not null default 0,
  filed_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint application_lists_pkey primary key (tenant_id, application_id),
  constraint application_lists_state_check check (state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'stopped'::text]))
);
create index application_lists_import on application_lists using btree (tenant_id, import_id, application_id);
create index application_lists_open on application_lists using btree (tenant_id, application_id) WHERE state = ANY (ARRAY['waiting'::text, 'running'::text]);
alter table application_lists enable row level security;
alter table application_lists force row level security;
create policy tenant_wall on application_lists for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on application_lists to wutong_app;

create table application_promises (
  tenant_id integer not null,
  application_id uuid not null,
  paper text not null,
  due_on date not null,
  constraint application_promises_pkey primary key (tenant_id, application_id, paper)
);
alter table application_promises enable row level security;
alter table application_promises force row level security;
create policy tenant_wall on application_promises for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on application_promises to wutong_app;

create table application_rows (
  tenant_id integer not null,
  application_id uuid not null,
  row_number integer not null,
  party_id uuid not null,
  policy_id text not null,
  benefit_id text not null,
  period text not null,
  outcome text,
  case_id uuid,
  detail_sealed bytea,
  constraint application_rows_pkey primary key (tenant_id, application_id, row_number),
  constraint application_rows_check check (outcome IS NULL OR (outcome = ANY (ARRAY['filed'::text, 'exists'::text, 'checking'::text])) = (case_id IS NOT NULL)),
  constraint application_rows_outcome_check check (outcome = ANY (ARRAY['filed'::text, 'exists'::text, 'unlikely'::text, 'left'::text, 'refused'::text, 'checking'::text]))
);
create index application_rows_party on application_rows using btree (tenant_id, party_id);
create index application_rows_waiting on application_rows using btree (tenant_id, application_id, row_number) WHERE outcome IS NULL;
alter table application_rows enable row level security;
alter table application_rows force row level security;
create policy tenant_wall on application_rows for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on application_rows to wutong_app;

create table applications (
  tenant_id integer not null,
  application_id uuid not null,
  applicant_id uuid not null,
  channel text not null,
  import_id uuid,
  jurisdiction_code text not null,
  filed_at timestamp with time zone not null,
  filed_by text not null,
  constraint applications_pkey primary key (tenant_id, application_id),
  constraint applications_channel_check check (channel = ANY (ARRAY['person'::text, 'agent'::text, 'window'::text, 'list'::text]))
);
create index applications_applicant on applications using btree (tenant_id, applicant_id, application_id);
create index applications_import on applications using btree (tenant_id, import_id) WHERE import_id IS NOT NULL;
create index applications_jurisdiction on applications using btree (tenant_id, jurisdiction_code, application_id);
alter table applications enable row level security;
alter table applications force row level security;
create policy tenant_wall on applications for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on applications to wutong_app;

create table appointments (
  tenant_id integer not null,
  appointment_id uuid not null,
  account_id uuid not null,
  duty text not null default 'officer'::text,
  department_id uuid not null,
  roles text[] not null,
  valid_from date not null,
  valid_to date,
  granted_by uuid not null,
  granted_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  constraint appointments_pkey primary key (tenant_id, appointment_id),
  constraint appointments_check check (granted_by <> account_id),
  constraint appointments_check1 check (valid_to IS NULL OR valid_to >= valid_from),
  constraint appointments_check2 check (confirmed_by IS NULL OR confirmed_by <> granted_by AND confirmed_by <> account_id),
  constraint appointments_check3 check (NOT roles && ARRAY['approver'::text, 'finance'::text] OR (confirmed_at IS NULL) = (confirmed_by IS NULL)),
  constraint appointments_duty_check check (duty = 'officer'::text),
  constraint appointments_roles_check check (cardinality(roles) > 0 AND roles <@ ARRAY['intake'::text, 'reviewer'::text, 'approver'::text, 'finance'::text, 'leader'::text, 'policy'::text, 'steward'::text])
);
create index appointments_by_account on appointments using btree (tenant_id, account_id);
create index appointments_by_department on appointments using btree (tenant_id, department_id);
create index appointments_waiting on appointments using btree (tenant_id, appointment_id) WHERE confirmed_at IS NULL AND ended_at IS NULL;
alter table appointments enable row level security;
alter table appointments force row level security;
create policy tenant_wall on appointments for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on appointments to wutong_app;

create table audit_entries (
  tenant_id integer not null,
  entry_id uuid not null,
  at timestamp with time zone not null,
  account_id uuid,
  session_id uuid,
  capacity jsonb not null,
  action text not null,
  outcome text not null,
  object_kind text,
  object_id text,
  detail jsonb not null default '{}'::jsonb,
  request_id text,
  constraint audit_entries_pkey primary key (tenant_id, entry_id),
  constraint audit_entries_action_check check (action <> ''::text),
  constraint audit_entries_outcome_check check (outcome = ANY (ARRAY['done'::text, 'refused'::text]))
);
create index audit_entries_by_account on audit_entries using btree (tenant_id, account_id, entry_id) WHERE account_id IS NOT NULL;
create index audit_entries_by_action on audit_entries using btree (tenant_id, action, entry_id);
create index audit_entries_by_object on audit_entries using btree (tenant_id, object_kind, object_id, entry_id) WHERE object_kind IS NOT NULL;
create index audit_entries_refused on audit_entries using btree (tenant_id, entry_id) WHERE outcome = 'refused'::text;
alter table audit_entries enable row level security;
alter table audit_entries force row level security;
create policy tenant_wall on audit_entries for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on audit_entries to wutong_app;
grant select on audit_entries to wutong_sealer;

create table audit_heads (
  tenant_id integer not null,
  seq bigint not null,
  digest bytea not null,
  sealed_at timestamp with time zone not null,
  key_id text not null,
  signature bytea not null,
  constraint audit_heads_pkey primary key (tenant_id),
  constraint audit_heads_digest_check check (octet_length(digest) = 32),
  constraint audit_heads_seq_check check (seq >= 0)
);
alter table audit_heads enable row level security;
alter table audit_heads force row level security;
create policy tenant_wall on audit_heads for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant select on audit_heads to wutong_app;
grant insert, select, update on audit_heads to wutong_sealer;

create table audit_queue (
  tenant_id integer not null,
  entry_id uuid not null,
  constraint audit_queue_pkey primary key (tenant_id, entry_id)
);
alter table audit_queue enable row level security;
alter table audit_queue force row level security;
create policy tenant_wall on audit_queue for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on audit_queue to wutong_app;
grant delete, select on audit_queue to wutong_sealer;

create table audit_roots (
  tenant_id integer not null,
  on_day date not null,
  first_seq bigint not null,
  last_seq bigint not null,
  root bytea not null,
  key_id text not null,
  signature bytea not null,
  constraint audit_roots_pkey primary key (tenant_id, on_day),
  constraint audit_roots_check check (first_seq > 0 AND last_seq >= first_seq),
  constraint audit_roots_root_check check (octet_length(root) = 32)
);
alter table audit_roots enable row level security;
alter table audit_roots force row level security;
create policy tenant_wall on audit_roots for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant select on audit_roots to wutong_app;
grant insert, select on audit_roots to wutong_sealer;

create table audit_seals (
  tenant_id integer not null,
  seq bigint not null,
  entry_id uuid not null,
  digest bytea not null,
  previous bytea not null,
  sealed_at timestamp with time zone not null,
  constraint audit_seals_pkey primary key (tenant_id, seq),
  constraint audit_seals_tenant_id_entry_id_key unique (tenant_id, entry_id),
  constraint audit_seals_digest_check check (octet_length(digest) = 32),
  constraint audit_seals_previous_check check (octet_length(previous) = 32),
  constraint audit_seals_seq_check check (seq > 0)
);
alter table audit_seals enable row level security;
alter table audit_seals force row level security;
create policy tenant_wall on audit_seals for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant select on audit_seals to wutong_app;
grant insert, select on audit_seals to wutong_sealer;

create table bank_accounts (
  tenant_id integer not null,
  party_id uuid not null,
  bank_account_id uuid not null,
  bank_name text not null,
  holder_name text not null,
  number_sealed bytea not null,
  number_search bytea not null,
  is_number_checked boolean not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  closed_at timestamp with time zone,
  given_by_id uuid,
  constraint bank_accounts_pkey primary key (tenant_id, party_id, bank_account_id)
);
create index bank_accounts_number on bank_accounts using btree (tenant_id, number_search);
alter table bank_accounts enable row level security;
alter table bank_accounts force row level security;
create policy tenant_wall on bank_accounts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on bank_accounts to wutong_app;

create table case_events (
  tenant_id integer not null,
  case_id uuid not null,
  event_number integer not null,
  kind text not null,
  schema_version smallint not null,
  happened_at timestamp with time zone not null,
  actor_kind text not null,
  account_id uuid,
  department_id uuid,
  data jsonb not null,
  constraint case_events_pkey primary key (tenant_id, case_id, event_number),
  constraint case_events_actor_kind_check check (actor_kind = ANY (ARRAY['person'::text, 'agent'::text, 'officer'::text, 'job'::text])),
  constraint case_events_data_check check (jsonb_typeof(data) = 'object'::text),
  constraint case_events_event_number_check check (event_number > 0),
  constraint case_events_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$'::text)
);
alter table case_events enable row level security;
alter table case_events force row level security;
create policy tenant_wall on case_events for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on case_events to wutong_app;

create table case_numbers (
  tenant_id integer not null,
  jurisdiction_code text not null,
  year integer not null,
  last_number integer not null,
  constraint case_numbers_pkey primary key (tenant_id, jurisdiction_code, year)
);
alter table case_numbers enable row level security;
alter table case_numbers force row level security;
create policy tenant_wall on case_numbers for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on case_numbers to wutong_app;

create table case_papers (
  tenant_id integer not null,
  case_id uuid not null,
  evidence_id uuid not null,
  occasion text not null,
  added_at timestamp with time zone not null,
  constraint case_papers_pkey primary key (tenant_id, case_id, evidence_id),
  constraint case_papers_occasion_check check (occasion = ANY (ARRAY['filing'::text, 'supplement'::text, 'promise'::text, 'appeal'::text]))
);
create index case_papers_evidence on case_papers using btree (tenant_id, evidence_id);
alter table case_papers enable row level security;
alter table case_papers force row level security;
create policy tenant_wall on case_papers for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on case_papers to wutong_app;

create table case_tasks (
  tenant_id integer not null,
  case_id uuid not null,
  department_id uuid not null,
  act text not null,
  assignee_id uuid,
  due_on date,
  status text not null,
  jurisdiction_code text not null,
  policy_id text not null,
  benefit_id text not null,
  constraint case_tasks_pkey primary key (tenant_id, case_id, department_id),
  constraint case_tasks_act_check check (act = ANY (ARRAY['accept'::text, 'review'::text, 'decide'::text, 'answer-appeal'::text]))
);
create index case_tasks_assignee on case_tasks using btree (tenant_id, assignee_id, due_on, case_id) WHERE assignee_id IS NOT NULL;
create index case_tasks_newest on case_tasks using btree (tenant_id, department_id, case_id);
create index case_tasks_queue on case_tasks using btree (tenant_id, department_id, due_on, case_id);
alter table case_tasks enable row level security;
alter table case_tasks force row level security;
create policy tenant_wall on case_tasks for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on case_tasks to wutong_app;

create table case_texts (
  tenant_id integer not null,
  case_id uuid not null,
  text_id uuid not null,
  audience text not null,
  text_sealed bytea not null,
  written_at timestamp with time zone not null,
  account_id uuid,
  department_id uuid,
  constraint case_texts_pkey primary key (tenant_id, case_id, text_id),
  constraint case_texts_audience_check check (audience = ANY (ARRAY['everybody'::text, 'officers'::text]))
);
alter table case_texts enable row level security;
alter table case_texts force row level security;
create policy tenant_wall on case_texts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on case_texts to wutong_app;

create table cases (
  tenant_id integer not null,
  case_id uuid not null,
  case_number text not null,
  application_id uuid not null,
  applicant_id uuid not null,
  subject_id uuid not null,
  employer_id uuid,
  policy_id text not null,
  benefit_id text not null,
  period text not null,
  jurisdiction_code text not null,
  pack_hash text not null,
  settings_year integer not null,
  status text not null,
  step_number integer not null,
  due_on date,
  look_on date,
  missing_year integer,
  lateness smallint not null default 0,
  holds integer not null default 0,
  engine_status text not null,
  expected_fen bigint,
  decision_id uuid,
  granted_fen bigint,
  progress jsonb not null,
  version integer not null,
  filed_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  plan_id uuid not null,
  constraint cases_pkey primary key (tenant_id, case_id),
  constraint cases_tenant_id_case_number_key unique (tenant_id, case_number),
  constraint cases_engine_status_check check (engine_status = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text, 'review'::text])),
  constraint cases_expected_fen_check check (expected_fen >= 0),
  constraint cases_granted_fen_check check (granted_fen >= 0),
  constraint cases_holds_check check (holds >= 0),
  constraint cases_lateness_check check (lateness >= 0 AND lateness <= 3),
  constraint cases_period_check check (period ~ '^[0-9a-z-]{1,20}$'::text),
  constraint cases_status_check check (status = ANY (ARRAY['filed'::text, 'not-accepted'::text, 'in-review'::text, 'awaiting-supplement'::text, 'deciding'::text, 'refused'::text, 'granted'::text, 'in-publication'::text, 'settled'::text, 'revoked'::text, 'withdrawn'::text, 'in-appeal'::text])),
  constraint cases_step_number_check check (step_number >= 0),
  constraint cases_version_check check (version > 0)
);
create index cases_by_applicant on cases using btree (tenant_id, applicant_id, case_id);
create index cases_by_application on cases using btree (tenant_id, application_id);
create index cases_by_benefit on cases using btree (tenant_id, policy_id, benefit_id, jurisdiction_code, status, case_id);
create index cases_by_benefit_state_deadline on cases using btree (tenant_id, policy_id, benefit_id, jurisdiction_code, status, due_on, case_id) WHERE due_on IS NOT NULL;
create index cases_by_employer on cases using btree (tenant_id, employer_id, case_id) WHERE employer_id IS NOT NULL;
create index cases_by_pack on cases using btree (tenant_id, pack_hash, status);
create index cases_by_state on cases using btree (tenant_id, jurisdiction_code, status, case_id);
create index cases_by_state_deadline on cases using btree (tenant_id, jurisdiction_code, status, due_on, case_id) WHERE due_on IS NOT NULL;
create index cases_by_subject on cases using btree (tenant_id, subject_id, case_id);
create index cases_held on cases using btree (tenant_id, jurisdiction_code, case_id) WHERE holds > 0;
create index cases_newest on cases using btree (tenant_id, jurisdiction_code, case_id);
create unique index cases_one_open on cases using btree (tenant_id, subject_id, policy_id, benefit_id, period) WHERE status <> ALL (ARRAY['not-accepted'::text, 'refused'::text, 'revoked'::text, 'withdrawn'::text]);
create index cases_to_look_at on cases using btree (tenant_id, look_on, case_id) WHERE look_on IS NOT NULL;
create index cases_without_calendar on cases using btree (tenant_id, missing_year, case_id) WHERE missing_year IS NOT NULL;
alter table cases enable row level security;
alter table cases force row level security;
create policy tenant_wall on cases for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on cases to wutong_app;

create table claims (
  tenant_id integer not null,
  claim_id uuid not null,
  account_id uuid not null,
  name_sealed bytea not null,
  number_sealed bytea not null,
  number_search bytea not null,
  party_id uuid,
  finding text not null,
  outcome text not null,
  claimed_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  constraint claims_pkey primary key (tenant_id, claim_id),
  constraint claims_check check (outcome <> 'confirmed'::text OR party_id IS NOT NULL),
  constraint claims_check1 check (decided_by IS NULL OR decided_by <> account_id),
  constraint claims_check2 check ((outcome = 'waiting'::text) = (decided_at IS NULL)),
  constraint claims_finding_check check (finding = ANY (ARRAY['matches'::text, 'no-record'::text, 'name-differs'::text, 'phone-differs'::text, 'already-claimed'::text, 'several-records'::text])),
  constraint claims_outcome_check check (outcome = ANY (ARRAY['waiting'::text, 'confirmed'::text, 'refused'::text]))
);
create index claims_by_number on claims using btree (tenant_id, number_search);
create index claims_by_outcome on claims using btree (tenant_id, outcome, claimed_at);
create unique index claims_waiting on claims using btree (tenant_id, account_id) WHERE outcome = 'waiting'::text;
alter table claims enable row level security;
alter table claims force row level security;
create policy tenant_wall on claims for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on claims to wutong_app;

create table consents (
  tenant_id integer not null,
  party_id uuid not null,
  consent_id uuid not null,
  purpose text not null,
  fact_groups text[] not null,
  wording_version text not null,
  given_at timestamp with time zone not null,
  given_by text not null,
  expires_on date not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  evidence_id uuid,
  constraint consents_pkey primary key (tenant_id, party_id, consent_id),
  constraint consents_fact_groups_check check (cardinality(fact_groups) > 0)
);
alter table consents enable row level security;
alter table consents force row level security;
create policy tenant_wall on consents for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on consents to wutong_app;

create table decision_counters (
  tenant_id integer not null,
  department_id uuid not null,
  number_year integer not null,
  last_count integer not null,
  constraint decision_counters_pkey primary key (tenant_id, department_id, number_year),
  constraint decision_counters_last_count_check check (last_count > 0)
);
alter table decision_counters enable row level security;
alter table decision_counters force row level security;
create policy tenant_wall on decision_counters for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on decision_counters to wutong_app;

create table decisions (
  tenant_id integer not null,
  decision_id uuid not null,
  case_id uuid not null,
  case_number text not null,
  department_id uuid not null,
  number_year integer not null,
  number_count integer not null,
  number text not null,
  kind text not null,
  follows_decision_id uuid,
  party_id uuid not null,
  applicant_id uuid,
  employer_id uuid,
  jurisdiction_code text not null,
  policy_id text not null,
  benefit_id text not null,
  pack_hash text not null,
  judged_on date not null,
  parameters jsonb not null,
  readings jsonb not null,
  status text not null,
  amount_fen bigint,
  quantity bigint,
  unit text,
  instalments jsonb not null,
  facts_sealed bytea not null,
  explanation_sealed bytea not null,
  letter_sealed bytea not null,
  decided_by text not null,
  decided_at timestamp with time zone not null,
  code_digest bytea not null,
  code_sealed bytea not null,
  digest bytea not null,
  signature bytea not null,
  signature_key text not null,
  constraint decisions_pkey primary key (tenant_id, decision_id),
  constraint decisions_tenant_id_code_digest_key unique (tenant_id, code_digest),
  constraint decisions_tenant_id_department_id_number_year_number_count_key unique (tenant_id, department_id, number_year, number_count),
  constraint decisions_amount_fen_check check (amount_fen >= 0),
  constraint decisions_benefit_id_check check (length(benefit_id) >= 1 AND length(benefit_id) <= 100),
  constraint decisions_case_number_check check (length(case_number) >= 1 AND length(case_number) <= 60),
  constraint decisions_check check ((kind = ANY (ARRAY['change'::text, 'revoke'::text])) = (follows_decision_id IS NOT NULL)),
  constraint decisions_check1 check ((unit = 'fen'::text) = (amount_fen IS NOT NULL)),
  constraint decisions_check2 check ((unit = ANY (ARRAY['post'::text, 'room-night'::text])) = (quantity IS NOT NULL)),
  constraint decisions_check3 check ((kind = ANY (ARRAY['grant'::text, 'change'::text])) OR unit IS NULL),
  constraint decisions_code_digest_check check (octet_length(code_digest) = 32),
  constraint decisions_decided_by_check check (length(decided_by) >= 1 AND length(decided_by) <= 100),
  constraint decisions_digest_check check (octet_length(digest) = 32),
  constraint decisions_kind_check check (kind = ANY (ARRAY['grant'::text, 'refuse'::text, 'change'::text, 'revoke'::text])),
  constraint decisions_number_check check (length(number) >= 1 AND length(number) <= 120),
  constraint decisions_number_count_check check (number_count > 0),
  constraint decisions_number_year_check check (number_year >= 2000 AND number_year <= 9999),
  constraint decisions_pack_hash_check check (length(pack_hash) >= 8 AND length(pack_hash) <= 128),
  constraint decisions_policy_id_check check (length(policy_id) >= 1 AND length(policy_id) <= 100),
  constraint decisions_quantity_check check (quantity > 0),
  constraint decisions_status_check check (status = ANY (ARRAY['yes'::text, 'no'::text, 'unknown'::text, 'review'::text])),
  constraint decisions_unit_check check (unit = ANY (ARRAY['fen'::text, 'post'::text, 'room-night'::text]))
);
create index decisions_by_applicant on decisions using btree (tenant_id, applicant_id, decided_at DESC) WHERE applicant_id IS NOT NULL;
create index decisions_by_case on decisions using btree (tenant_id, case_id, decided_at);
create index decisions_by_jurisdiction on decisions using btree (tenant_id, jurisdiction_code, decided_at DESC);
create index decisions_by_party on decisions using btree (tenant_id, party_id, decided_at DESC);
create unique index decisions_followed_once on decisions using btree (tenant_id, follows_decision_id) WHERE follows_decision_id IS NOT NULL;
alter table decisions enable row level security;
alter table decisions force row level security;
create policy tenant_wall on decisions for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on decisions to wutong_app;

create table demo_accounts (
  tenant_id integer not null,
  account_id uuid not null,
  place smallint not null,
  kind text not null,
  shown_sealed bytea not null,
  constraint demo_accounts_pkey primary key (tenant_id, account_id),
  constraint demo_accounts_tenant_id_place_key unique (tenant_id, place)
);
alter table demo_accounts enable row level security;
alter table demo_accounts force row level security;
create policy tenant_wall on demo_accounts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant select on demo_accounts to wutong_app;

create table demo_marks (
  tenant_id integer not null,
  founded_at timestamp with time zone not null,
  marked_at timestamp with time zone not null default now(),
  seed integer not null,
  people integer not null,
  last_on date not null,
  state text not null,
  per_cent smallint not null default 0,
  ready_at timestamp with time zone,
  constraint demo_marks_pkey primary key (tenant_id),
  constraint demo_marks_check check (marked_at = founded_at),
  constraint demo_marks_check1 check ((state = 'ready'::text) = (ready_at IS NOT NULL)),
  constraint demo_marks_people_check check (people > 0),
  constraint demo_marks_per_cent_check check (per_cent >= 0 AND per_cent <= 100),
  constraint demo_marks_state_check check (state = ANY (ARRAY['filling'::text, 'ready'::text]))
);
alter table demo_marks enable row level security;
alter table demo_marks force row level security;
create policy tenant_wall on demo_marks for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant select on demo_marks to wutong_app;

create table departments (
  tenant_id integer not null,
  department_id uuid not null,
  code text not null,
  name text not null,
  jurisdiction_code text not null,
  telephone text,
  closed_on date,
  version integer not null default 1,
  constraint departments_pkey primary key (tenant_id, department_id),
  constraint departments_tenant_id_code_key unique (tenant_id, code)
);
alter table departments enable row level security;
alter table departments force row level security;
create policy tenant_wall on departments for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on departments to wutong_app;

create table disagreements (
  tenant_id integer not null,
  disagreement_id uuid not null,
  party_id uuid not null,
  jurisdiction_code text not null,
  fact text not null,
  status text not null,
  held_statement_id uuid not null,
  held_sealed bytea not null,
  held_digest bytea not null,
  held_origin text not null,
  held_trust text not null,
  held_department_id uuid,
  held_evidence_id uuid,
  held_as_of date not null,
  held_from date,
  held_to date,
  feed_id uuid not null,
  department_id uuid not null,
  delivery_id uuid not null,
  times integer not null default 1,
  delivered_sealed bytea not null,
  delivered_digest bytea not null,
  delivered_as_of date not null,
  delivered_from date,
  delivered_to date,
  answer text,
  words_sealed bytea,
  asked_at timestamp with time zone,
  answered_at timestamp with time zone,
  settled_as text,
  reason_sealed bytea,
  settled_at timestamp with time zone,
  settled_by uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint disagreements_pkey primary key (tenant_id, disagreement_id),
  constraint disagreements_answer_check check (answer = ANY (ARRAY['held'::text, 'delivered'::text, 'neither'::text])),
  constraint disagreements_check check ((status = 'settled'::text) = (settled_as IS NOT NULL)),
  constraint disagreements_check1 check (num_nulls(settled_as, reason_sealed, settled_at) = ANY (ARRAY[0, 3])),
  constraint disagreements_settled_as_check check (settled_as = ANY (ARRAY['held'::text, 'delivered'::text, 'both'::text])),
  constraint disagreements_status_check check (status = ANY (ARRAY['open'::text, 'asked'::text, 'settled'::text]))
);
create index disagreements_by_feed on disagreements using btree (tenant_id, feed_id, status, disagreement_id);
create index disagreements_by_party on disagreements using btree (tenant_id, party_id, fact);
create index disagreements_by_place on disagreements using btree (tenant_id, jurisdiction_code, status, disagreement_id);
create index disagreements_by_status on disagreements using btree (tenant_id, status, disagreement_id);
create unique index disagreements_open on disagreements using btree (tenant_id, party_id, fact, department_id) WHERE status <> 'settled'::text;
alter table disagreements enable row level security;
alter table disagreements force row level security;
create policy tenant_wall on disagreements for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on disagreements to wutong_app;

create table duplicate_candidates (
  tenant_id integer not null,
  first_party_id uuid not null,
  second_party_id uuid not null,
  reasons text[] not null,
  score smallint not null,
  found_at timestamp with time zone not null,
  found_by text not null,
  state text not null default 'open'::text,
  decided_at timestamp with time zone,
  decided_by text,
  constraint duplicate_candidates_pkey primary key (tenant_id, first_party_id, second_party_id),
  constraint duplicate_candidates_check check (first_party_id < second_party_id),
  constraint duplicate_candidates_reasons_check check (cardinality(reasons) > 0),
  constraint duplicate_candidates_state_check check (state = ANY (ARRAY['open'::text, 'same'::text, 'different'::text]))
);
create index duplicate_candidates_open on duplicate_candidates using btree (tenant_id, score) WHERE state = 'open'::text;
create index duplicate_candidates_second on duplicate_candidates using btree (tenant_id, second_party_id);
alter table duplicate_candidates enable row level security;
alter table duplicate_candidates force row level security;
create policy tenant_wall on duplicate_candidates for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on duplicate_candidates to wutong_app;

create table employments (
  tenant_id integer not null,
  party_id uuid not null,
  employment_id uuid not null,
  organisation_id uuid not null,
  post text,
  started_on date not null,
  ended_on date,
  origin text not null,
  trust_class text not null,
  department_id uuid,
  evidence_id uuid,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  superseded_at timestamp with time zone,
  constraint employments_pkey primary key (tenant_id, party_id, employment_id),
  constraint employments_check check (ended_on >= started_on),
  constraint employments_origin_check check (origin = ANY (ARRAY['申报'::text, '材料'::text, '共享'::text, '认定'::text])),
  constraint employments_trust_class_check check (trust_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))
);
create index employments_by_evidence on employments using btree (tenant_id, evidence_id) WHERE evidence_id IS NOT NULL;
create index employments_organisation on employments using btree (tenant_id, organisation_id, party_id);
alter table employments enable row level security;
alter table employments force row level security;
create policy tenant_wall on employments for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on employments to wutong_app;

create table evidence (
  tenant_id integer not null,
  evidence_id uuid not null,
  party_id uuid not null,
  kind text not null,
  status text not null,
  trust_class text not null,
  origin text not null,
  department_id uuid,
  organisation_id uuid,
  issued_by text,
  issued_on date,
  expires_on date,
  file_name_sealed bytea,
  size_bytes integer not null,
  received_bytes integer not null default 0,
  upload_until timestamp with time zone not null,
  content_type text,
  pages integer,
  remarks text[] not null default '{}'::text[],
  refused_because text,
  same_as uuid,
  scan_verdict text,
  scan_engine text,
  check_falls integer not null default 0,
  checking_until timestamp with time zone,
  content_digest bytea,
  data_key_sealed bytea,
  blob_id uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid,
  settled_at timestamp with time zone,
  constraint evidence_pkey primary key (tenant_id, evidence_id),
  constraint evidence_tenant_id_blob_id_key unique (tenant_id, blob_id),
  constraint evidence_check check (received_bytes >= 0 AND received_bytes <= size_bytes),
  constraint evidence_check1 check (expires_on >= issued_on),
  constraint evidence_check2 check ((status = 'clean'::text) = (blob_id IS NOT NULL)),
  constraint evidence_check3 check (status <> 'clean'::text OR num_nulls(content_type, content_digest, data_key_sealed, scan_verdict) = 0),
  constraint evidence_check4 check ((status = 'refused'::text) = (refused_because IS NOT NULL)),
  constraint evidence_content_digest_check check (octet_length(content_digest) = 32),
  constraint evidence_issued_by_check check (length(issued_by) >= 1 AND length(issued_by) <= 100),
  constraint evidence_kind_check check (length(kind) >= 1 AND length(kind) <= 60),
  constraint evidence_origin_check check (origin = ANY (ARRAY['issuer'::text, 'department'::text, 'window'::text, 'upload'::text, 'self'::text])),
  constraint evidence_pages_check check (pages > 0),
  constraint evidence_scan_verdict_check check (scan_verdict = ANY (ARRAY['clean'::text, 'infected'::text, 'not-scanned'::text])),
  constraint evidence_size_bytes_check check (size_bytes > 0),
  constraint evidence_status_check check (status = ANY (ARRAY['uploading'::text, 'checking'::text, 'clean'::text, 'refused'::text, 'withdrawn'::text, 'expired'::text])),
  constraint evidence_trust_class_check check (trust_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))
);
create index evidence_by_content on evidence using btree (tenant_id, content_digest) WHERE content_digest IS NOT NULL;
create index evidence_by_party on evidence using btree (tenant_id, party_id, kind);
create index evidence_unsettled on evidence using btree (tenant_id, status, upload_until) WHERE status = ANY (ARRAY['uploading'::text, 'checking'::text]);
alter table evidence enable row level security;
alter table evidence force row level security;
create policy tenant_wall on evidence for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on evidence to wutong_app;

create table evidence_pieces (
  tenant_id integer not null,
  evidence_id uuid not null,
  offset_bytes integer not null,
  size_bytes integer not null,
  piece_id uuid not null,
  constraint evidence_pieces_pkey primary key (tenant_id, evidence_id, offset_bytes),
  constraint evidence_pieces_tenant_id_piece_id_key unique (tenant_id, piece_id),
  constraint evidence_pieces_offset_bytes_check check (offset_bytes >= 0),
  constraint evidence_pieces_size_bytes_check check (size_bytes > 0)
);
alter table evidence_pieces enable row level security;
alter table evidence_pieces force row level security;
create policy tenant_wall on evidence_pieces for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on evidence_pieces to wutong_app;

create table evidence_trust_changes (
  tenant_id integer not null,
  evidence_id uuid not null,
  change_id uuid not null,
  from_class text not null,
  to_class text not null,
  basis text not null,
  department_id uuid not null,
  changed_by uuid not null,
  changed_at timestamp with time zone not null,
  constraint evidence_trust_changes_pkey primary key (tenant_id, evidence_id, change_id),
  constraint evidence_trust_changes_basis_check check (basis = ANY (ARRAY['original-seen'::text, 'issuer-asked'::text, 'doubted'::text])),
  constraint evidence_trust_changes_check check (from_class <> to_class),
  constraint evidence_trust_changes_from_class_check check (from_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text])),
  constraint evidence_trust_changes_to_class_check check (to_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))
);
alter table evidence_trust_changes enable row level security;
alter table evidence_trust_changes force row level security;
create policy tenant_wall on evidence_trust_changes for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on evidence_trust_changes to wutong_app;

create table evidence_uses (
  tenant_id integer not null,
  evidence_id uuid not null,
  user_kind text not null,
  user_id text not null,
  used_at timestamp with time zone not null,
  released_at timestamp with time zone,
  constraint evidence_uses_pkey primary key (tenant_id, evidence_id, user_kind, user_id),
  constraint evidence_uses_user_kind_check check (user_kind ~ '^[a-z]+(-[a-z]+)*$'::text)
);
create index evidence_uses_by_user on evidence_uses using btree (tenant_id, user_kind, user_id);
alter table evidence_uses enable row level security;
alter table evidence_uses force row level security;
create policy tenant_wall on evidence_uses for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on evidence_uses to wutong_app;

create table fact_statements (
  tenant_id integer not null,
  party_id uuid not null,
  statement_id uuid not null,
  origin text not null,
  trust_class text not null,
  department_id uuid,
  evidence_id uuid,
  delivery_id uuid,
  purpose text not null,
  as_of date not null,
  valid_from date,
  valid_to date,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  corrects uuid,
  facts jsonb not null,
  sensitive_sealed bytea,
  recognised jsonb,
  constraint fact_statements_pkey primary key (tenant_id, party_id, statement_id),
  constraint fact_statements_check check (valid_to >= valid_from),
  constraint fact_statements_facts_check check (jsonb_typeof(facts) = 'object'::text),
  constraint fact_statements_origin_check check (origin = ANY (ARRAY['申报'::text, '材料'::text, '共享'::text, '认定'::text])),
  constraint fact_statements_trust_class_check check (trust_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))
);
create index fact_statements_by_evidence on fact_statements using btree (tenant_id, evidence_id) WHERE evidence_id IS NOT NULL;
create index fact_statements_delivery on fact_statements using btree (tenant_id, delivery_id) WHERE delivery_id IS NOT NULL;
alter table fact_statements enable row level security;
alter table fact_statements force row level security;
create policy tenant_wall on fact_statements for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select on fact_statements to wutong_app;

create table family_links (
  tenant_id integer not null,
  link_id uuid not null,
  party_id uuid not null,
  relation text not null,
  name_sealed bytea not null,
  number_sealed bytea not null,
  number_search bytea not null,
  for_party_id uuid,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  basis text,
  evidence_id uuid,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  valid_to date,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint family_links_pkey primary key (tenant_id, link_id),
  constraint family_links_basis_check check (basis = ANY (ARRAY['consent'::text, 'guardian'::text])),
  constraint family_links_check check ((confirmed_at IS NULL) = (confirmed_by IS NULL) AND (confirmed_at IS NULL) = (basis IS NULL)),
  constraint family_links_check1 check (confirmed_at IS NULL OR for_party_id IS NOT NULL),
  constraint family_links_check2 check (confirmed_by IS NULL OR confirmed_by <> asked_by),
  constraint family_links_check3 check (basis IS DISTINCT FROM 'guardian'::text OR relation = 'child'::text AND valid_to IS NOT NULL),
  constraint family_links_relation_check check (relation = ANY (ARRAY['child'::text, 'spouse'::text, 'parent'::text]))
);
create index family_links_by_evidence on family_links using btree (tenant_id, evidence_id) WHERE evidence_id IS NOT NULL;
create index family_links_by_number on family_links using btree (tenant_id, number_search);
create index family_links_by_other on family_links using btree (tenant_id, for_party_id);
create index family_links_by_party on family_links using btree (tenant_id, party_id);
alter table family_links enable row level security;
alter table family_links force row level security;
create policy tenant_wall on family_links for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on family_links to wutong_app;

create table family_relations (
  tenant_id integer not null,
  party_id uuid not null,
  relation_id uuid not null,
  relative_id uuid not null,
  relation text not null,
  origin text not null,
  trust_class text not null,
  evidence_id uuid,
  valid_from date,
  valid_to date,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  superseded_at timestamp with time zone,
  constraint family_relations_pkey primary key (tenant_id, party_id, relation_id),
  constraint family_relations_check check (relative_id <> party_id),
  constraint family_relations_check1 check (valid_to >= valid_from),
  constraint family_relations_origin_check check (origin = ANY (ARRAY['申报'::text, '材料'::text, '共享'::text, '认定'::text])),
  constraint family_relations_relation_check check (relation = ANY (ARRAY['spouse'::text, 'parent'::text, 'child'::text, 'guardian'::text, 'ward'::text])),
  constraint family_relations_trust_class_check check (trust_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text]))
);
create index family_relations_by_evidence on family_relations using btree (tenant_id, evidence_id) WHERE evidence_id IS NOT NULL;
create index family_relations_relative on family_relations using btree (tenant_id, relative_id);
alter table family_relations enable row level security;
alter table family_relations force row level security;
create policy tenant_wall on family_relations for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on family_relations to wutong_app;

create table feed_deliveries (
  tenant_id integer not null,
  delivery_id uuid not null,
  feed_id uuid not null,
  sender_number text not null,
  content_digest bytea not null,
  as_of date,
  format text not null,
  status text not null,
  total integer not null,
  accepted integer not null default 0,
  unchanged integer not null default 0,
  unknown integer not null default 0,
  invalid integer not null default 0,
  matched_later integer not null default 0,
  expired integer not null default 0,
  disagreeing integer not null default 0,
  received_at timestamp with time zone not null,
  received_by text not null,
  account_id uuid,
  ended_at timestamp with time zone,
  constraint feed_deliveries_pkey primary key (tenant_id, delivery_id),
  constraint feed_deliveries_tenant_id_feed_id_sender_number_key unique (tenant_id, feed_id, sender_number),
  constraint feed_deliveries_check check ((status = 'done'::text) = (ended_at IS NOT NULL)),
  constraint feed_deliveries_format_check check (format = ANY (ARRAY['json'::text, 'ndjson'::text, 'csv'::text, 'xlsx'::text])),
  constraint feed_deliveries_sender_number_check check (sender_number <> ''::text),
  constraint feed_deliveries_status_check check (status = ANY (ARRAY['waiting'::text, 'done'::text])),
  constraint feed_deliveries_total_check check (total >= 0)
);
create index feed_deliveries_by_feed on feed_deliveries using btree (tenant_id, feed_id, delivery_id);
create index feed_deliveries_waiting on feed_deliveries using btree (tenant_id, delivery_id) WHERE status = 'waiting'::text;
alter table feed_deliveries enable row level security;
alter table feed_deliveries force row level security;
create policy tenant_wall on feed_deliveries for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on feed_deliveries to wutong_app;

create table feed_keys (
  tenant_id integer not null,
  key_id uuid not null,
  department_id uuid not null,
  label text not null,
  purpose text not null,
  token_digest bytea not null,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  last_used_on date,
  constraint feed_keys_pkey primary key (tenant_id, key_id),
  constraint feed_keys_tenant_id_token_digest_key unique (tenant_id, token_digest),
  constraint feed_keys_token_digest_check check (octet_length(token_digest) = 32)
);
create index feed_keys_by_department on feed_keys using btree (tenant_id, department_id);
alter table feed_keys enable row level security;
alter table feed_keys force row level security;
create policy tenant_wall on feed_keys for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on feed_keys to wutong_app;

create table feed_rows (
  tenant_id integer not null,
  delivery_id uuid not null,
  row_number integer not null,
  status text not null,
  content_sealed bytea,
  expires_on date,
  constraint feed_rows_pkey primary key (tenant_id, delivery_id, row_number),
  constraint feed_rows_check check ((status = 'expired'::text) = (content_sealed IS NULL)),
  constraint feed_rows_check1 check ((status = 'unknown'::text) = (expires_on IS NOT NULL)),
  constraint feed_rows_row_number_check check (row_number > 0),
  constraint feed_rows_status_check check (status = ANY (ARRAY['waiting'::text, 'unknown'::text, 'invalid'::text, 'expired'::text]))
);
create index feed_rows_by_status on feed_rows using btree (tenant_id, delivery_id, status, row_number);
create index feed_rows_unknown on feed_rows using btree (tenant_id, delivery_id, row_number) WHERE status = 'unknown'::text;
create index feed_rows_unknown_expiry on feed_rows using btree (tenant_id, expires_on) WHERE status = 'unknown'::text;
alter table feed_rows enable row level security;
alter table feed_rows force row level security;
create policy tenant_wall on feed_rows for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on feed_rows to wutong_app;

create table feed_turns (
  tenant_id integer not null,
  swept_on date,
  constraint feed_turns_pkey primary key (tenant_id)
);
alter table feed_turns enable row level security;
alter table feed_turns force row level security;
create policy tenant_wall on feed_turns for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on feed_turns to wutong_app;

create table feeds (
  tenant_id integer not null,
  feed_id uuid not null,
  department_id uuid not null,
  name text not null,
  purpose text not null,
  legal_basis text not null,
  subject_kind text not null,
  facts text[] not null,
  as_of_rule text not null,
  every_days integer,
  keep_unknown_days integer not null,
  contact text,
  status text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid,
  changed_at timestamp with time zone not null,
  last_as_of date,
  last_ended_at timestamp with time zone,
  late_told_on date,
  constraint feeds_pkey primary key (tenant_id, feed_id),
  constraint feeds_as_of_rule_check check (as_of_rule = ANY (ARRAY['delivery'::text, 'row'::text])),
  constraint feeds_every_days_check check (every_days > 0),
  constraint feeds_facts_check check (cardinality(facts) > 0),
  constraint feeds_keep_unknown_days_check check (keep_unknown_days >= 0 AND keep_unknown_days <= 365),
  constraint feeds_legal_basis_check check (legal_basis <> ''::text),
  constraint feeds_name_check check (name <> ''::text),
  constraint feeds_status_check check (status = ANY (ARRAY['active'::text, 'stopped'::text])),
  constraint feeds_subject_kind_check check (subject_kind = ANY (ARRAY['person'::text, 'organisation'::text]))
);
create index feeds_by_department on feeds using btree (tenant_id, department_id, feed_id);
alter table feeds enable row level security;
alter table feeds force row level security;
create policy tenant_wall on feeds for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on feeds to wutong_app;

create table finding_liabilities (
  tenant_id integer not null,
  finding_id uuid not null,
  party_id uuid not null,
  role text not null,
  constraint finding_liabilities_pkey primary key (tenant_id, finding_id, party_id, role),
  constraint finding_liabilities_role_check check (role = ANY (ARRAY['payee'::text, 'employer'::text, 'recommender'::text]))
);
create index finding_liabilities_by_party on finding_liabilities using btree (tenant_id, party_id);
alter table finding_liabilities enable row level security;
alter table finding_liabilities force row level security;
create policy tenant_wall on finding_liabilities for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on finding_liabilities to wutong_app;

create table findings (
  tenant_id integer not null,
  finding_id uuid not null,
  case_id uuid not null,
  jurisdiction_code text not null,
  plan_id uuid,
  report_id uuid,
  text_sealed bytea not null,
  state text not null,
  found_by text not null,
  found_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  decision_sealed bytea,
  document text,
  closed_by text,
  closed_at timestamp with time zone,
  version integer not null default 1,
  constraint findings_pkey primary key (tenant_id, finding_id),
  constraint findings_check check (decided_by <> found_by),
  constraint findings_check1 check (num_nulls(decided_by, decided_at, decision_sealed) = ANY (ARRAY[0, 3])),
  constraint findings_check2 check ((decided_at IS NULL) = (state = 'open'::text)),
  constraint findings_check3 check (document IS NOT NULL OR (state <> ALL (ARRAY['confirmed'::text, 'closed'::text]))),
  constraint findings_check4 check ((closed_at IS NOT NULL) = (state = 'closed'::text)),
  constraint findings_check5 check (num_nulls(closed_at, closed_by) = ANY (ARRAY[0, 2])),
  constraint findings_state_check check (state = ANY (ARRAY['open'::text, 'confirmed'::text, 'dismissed'::text, 'closed'::text]))
);
create index findings_by_case on findings using btree (tenant_id, case_id);
create index findings_by_place on findings using btree (tenant_id, jurisdiction_code, finding_id);
alter table findings enable row level security;
alter table findings force row level security;
create policy tenant_wall on findings for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on findings to wutong_app;

create table fraud_reports (
  tenant_id integer not null,
  report_id uuid not null,
  jurisdiction_code text not null,
  party_id uuid,
  text_sealed bytea not null,
  contact_sealed bytea,
  code_digest bytea not null,
  case_id uuid,
  state text not null,
  answer_sealed bytea,
  answered_by text,
  answered_at timestamp with time zone,
  made_at timestamp with time zone not null,
  version integer not null default 1,
  constraint fraud_reports_pkey primary key (tenant_id, report_id),
  constraint fraud_reports_tenant_id_code_digest_key unique (tenant_id, code_digest),
  constraint fraud_reports_check check (num_nulls(answer_sealed, answered_by, answered_at) = ANY (ARRAY[0, 3])),
  constraint fraud_reports_check1 check ((answered_at IS NOT NULL) = (state = ANY (ARRAY['upheld'::text, 'not-upheld'::text, 'unclear'::text]))),
  constraint fraud_reports_code_digest_check check (octet_length(code_digest) = 32),
  constraint fraud_reports_state_check check (state = ANY (ARRAY['received'::text, 'examining'::text, 'upheld'::text, 'not-upheld'::text, 'unclear'::text]))
);
create index fraud_reports_by_party on fraud_reports using btree (tenant_id, party_id) WHERE party_id IS NOT NULL;
create index fraud_reports_by_place on fraud_reports using btree (tenant_id, jurisdiction_code, report_id);
alter table fraud_reports enable row level security;
alter table fraud_reports force row level security;
create policy tenant_wall on fraud_reports for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on fraud_reports to wutong_app;

create table idempotency_keys (
  tenant_id integer not null,
  key_digest text not null,
  body_digest bytea not null,
  status integer,
  answer_sealed bytea,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_pkey primary key (tenant_id, key_digest)
);
create index idempotency_keys_by_age on idempotency_keys using btree (tenant_id, created_at);
alter table idempotency_keys enable row level security;
alter table idempotency_keys force row level security;
create policy tenant_wall on idempotency_keys for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on idempotency_keys to wutong_app;

create table identity_providers (
  tenant_id integer not null,
  provider_id uuid not null,
  issuer text not null,
  client_id text not null,
  secret_sealed bytea,
  return_url text not null,
  name_zh text not null,
  name_en text not null,
  is_open boolean not null default true,
  constraint identity_providers_pkey primary key (tenant_id, provider_id),
  constraint identity_providers_tenant_id_issuer_client_id_key unique (tenant_id, issuer, client_id)
);
alter table identity_providers enable row level security;
alter table identity_providers force row level security;
create policy tenant_wall on identity_providers for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on identity_providers to wutong_app;

create table import_pieces (
  tenant_id integer not null,
  import_id uuid not null,
  piece_number integer not null,
  content_sealed bytea not null,
  constraint import_pieces_pkey primary key (tenant_id, import_id, piece_number)
);
alter table import_pieces enable row level security;
alter table import_pieces force row level security;
create policy tenant_wall on import_pieces for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on import_pieces to wutong_app;

create table import_problems (
  tenant_id integer not null,
  import_id uuid not null,
  row_number integer not null,
  problems_sealed bytea not null,
  constraint import_problems_pkey primary key (tenant_id, import_id, row_number)
);
alter table import_problems enable row level security;
alter table import_problems force row level security;
create policy tenant_wall on import_problems for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on import_problems to wutong_app;

create table import_rows (
  tenant_id integer not null,
  import_id uuid not null,
  first_row integer not null,
  last_row integer not null,
  row_count integer not null,
  read_with text not null,
  rows_sealed bytea not null,
  constraint import_rows_pkey primary key (tenant_id, import_id, first_row)
);
alter table import_rows enable row level security;
alter table import_rows force row level security;
create policy tenant_wall on import_rows for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on import_rows to wutong_app;

create table imported_rows (
  tenant_id integer not null,
  party_id uuid not null,
  owner_id uuid not null,
  row_digest bytea not null,
  import_id uuid not null,
  row_number integer,
  stands_for uuid,
  constraint imported_rows_pkey primary key (tenant_id, party_id, owner_id)
);
create index imported_rows_import on imported_rows using btree (tenant_id, import_id, party_id);
create index imported_rows_stand_ins on imported_rows using btree (tenant_id, stands_for, owner_id) WHERE stands_for IS NOT NULL;
alter table imported_rows enable row level security;
alter table imported_rows force row level security;
create policy tenant_wall on imported_rows for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on imported_rows to wutong_app;

create table imports (
  tenant_id integer not null,
  import_id uuid not null,
  kind text not null,
  file_name text not null,
  file_bytes integer not null,
  owner_kind text not null,
  owner_id uuid not null,
  jurisdiction_code text not null,
  writable_codes text[] not null,
  as_of date not null,
  purpose text not null,
  is_checked boolean not null,
  state text not null,
  refusal jsonb,
  sheet jsonb,
  rows_total integer,
  rows_read integer not null default 0,
  found jsonb,
  done jsonb,
  with_doubles boolean,
  written_to integer not null default 0,
  lease_by uuid,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  checked_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  confirmed_by text,
  cancel_asked_at timestamp with time zone,
  finished_at timestamp with time zone,
  emptied_at timestamp with time zone,
  attempts integer not null default 0,
  constraint imports_pkey primary key (tenant_id, import_id),
  constraint imports_check check ((state = 'refused'::text) = (refusal IS NOT NULL)),
  constraint imports_check1 check (num_nulls(lease_by, lease_until) = ANY (ARRAY[0, 2])),
  constraint imports_kind_check check (kind = ANY (ARRAY['people'::text, 'organisations'::text, 'accounts'::text])),
  constraint imports_owner_kind_check check (owner_kind = ANY (ARRAY['department'::text, 'organisation'::text])),
  constraint imports_state_check check (state = ANY (ARRAY['waiting'::text, 'checking'::text, 'checked'::text, 'confirmed'::text, 'running'::text, 'done'::text, 'refused'::text, 'cancelled'::text]))
);
create index imports_finished on imports using btree (tenant_id, finished_at) WHERE emptied_at IS NULL;
create index imports_open on imports using btree (tenant_id, created_at) WHERE state = ANY (ARRAY['waiting'::text, 'checking'::text, 'confirmed'::text, 'running'::text]);
create index imports_owner on imports using btree (tenant_id, owner_id, import_id);
alter table imports enable row level security;
alter table imports force row level security;
create policy tenant_wall on imports for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on imports to wutong_app;

create table inspection_candidates (
  tenant_id integer not null,
  plan_id uuid not null,
  case_id uuid not null,
  place integer not null,
  party_id uuid not null,
  employer_id uuid,
  is_drawn boolean not null,
  at_post text,
  usefulness text,
  note_sealed bytea,
  visited_on date,
  recorded_by text,
  recorded_at timestamp with time zone,
  version integer not null default 1,
  constraint inspection_candidates_pkey primary key (tenant_id, plan_id, case_id),
  constraint inspection_candidates_tenant_id_plan_id_place_key unique (tenant_id, plan_id, place),
  constraint inspection_candidates_at_post_check check (at_post = ANY (ARRAY['yes'::text, 'no'::text, 'not-met'::text])),
  constraint inspection_candidates_check check (num_nulls(at_post, visited_on, recorded_by, recorded_at) = ANY (ARRAY[0, 4])),
  constraint inspection_candidates_check1 check (at_post IS NULL OR is_drawn),
  constraint inspection_candidates_place_check check (place > 0),
  constraint inspection_candidates_usefulness_check check (usefulness = ANY (ARRAY['useful'::text, 'partly'::text, 'not'::text]))
);
create index inspection_candidates_by_case on inspection_candidates using btree (tenant_id, case_id);
create index inspection_candidates_by_party on inspection_candidates using btree (tenant_id, party_id);
alter table inspection_candidates enable row level security;
alter table inspection_candidates force row level security;
create policy tenant_wall on inspection_candidates for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on inspection_candidates to wutong_app;

create table inspection_plans (
  tenant_id integer not null,
  plan_id uuid not null,
  jurisdiction_code text not null,
  title text not null,
  policy_id text not null,
  benefit_id text,
  wanted integer not null,
  state text not null,
  seed text,
  candidates integer,
  planned_by text not null,
  planned_at timestamp with time zone not null,
  drawn_by text,
  drawn_at timestamp with time zone,
  constraint inspection_plans_pkey primary key (tenant_id, plan_id),
  constraint inspection_plans_candidates_check check (candidates >= 0),
  constraint inspection_plans_check check ((state = 'drawn'::text) = (seed IS NOT NULL)),
  constraint inspection_plans_check1 check (num_nulls(seed, candidates, drawn_by, drawn_at) = ANY (ARRAY[0, 4])),
  constraint inspection_plans_seed_check check (seed ~ '^[0-9a-f]{64}$'::text),
  constraint inspection_plans_state_check check (state = ANY (ARRAY['planned'::text, 'drawn'::text])),
  constraint inspection_plans_title_check check (title <> ''::text),
  constraint inspection_plans_wanted_check check (wanted > 0)
);
create index inspection_plans_by_place on inspection_plans using btree (tenant_id, jurisdiction_code, plan_id);
alter table inspection_plans enable row level security;
alter table inspection_plans force row level security;
create policy tenant_wall on inspection_plans for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on inspection_plans to wutong_app;

create table instalment_shares (
  tenant_id integer not null,
  instalment_id uuid not null,
  share_number integer not null,
  part_id uuid not null,
  fund text not null,
  jurisdiction_code text not null,
  year integer not null,
  amount_fen bigint not null,
  offset_fen bigint not null default 0,
  constraint instalment_shares_pkey primary key (tenant_id, instalment_id, share_number),
  constraint instalment_shares_tenant_id_part_id_key unique (tenant_id, part_id),
  constraint instalment_shares_amount_fen_check check (amount_fen > 0),
  constraint instalment_shares_check check (offset_fen >= 0 AND offset_fen <= amount_fen),
  constraint instalment_shares_share_number_check check (share_number > 0)
);
alter table instalment_shares enable row level security;
alter table instalment_shares force row level security;
create policy tenant_wall on instalment_shares for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on instalment_shares to wutong_app;

create table instalments (
  tenant_id integer not null,
  instalment_id uuid not null,
  decision_id uuid not null,
  case_id uuid not null,
  case_number text not null,
  instalment_number integer not null,
  party_id uuid not null,
  employer_id uuid,
  policy_id text not null,
  benefit_id text not null,
  jurisdiction_code text not null,
  due_on date not null,
  amount_fen bigint not null,
  offset_fen bigint not null default 0,
  checks text[] not null,
  state text not null,
  look_on date,
  checked_at timestamp with time zone,
  attempts integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint instalments_pkey primary key (tenant_id, instalment_id),
  constraint instalments_tenant_id_decision_id_instalment_number_key unique (tenant_id, decision_id, instalment_number),
  constraint instalments_amount_fen_check check (amount_fen > 0),
  constraint instalments_attempts_check check (attempts >= 0),
  constraint instalments_check check (offset_fen >= 0 AND offset_fen <= amount_fen),
  constraint instalments_check2 check (state <> 'offset'::text OR offset_fen = amount_fen),
  constraint instalments_instalment_number_check check (instalment_number > 0),
  constraint instalments_look_on_check check ((state <> 'waiting'::text OR look_on IS NOT NULL) AND ((state = ANY (ARRAY['waiting'::text, 'in-doubt'::text])) OR look_on IS NULL)),
  constraint instalments_state_check check (state = ANY (ARRAY['waiting'::text, 'in-doubt'::text, 'ready'::text, 'in-batch'::text, 'paid'::text, 'offset'::text, 'returned'::text, 'cancelled'::text]))
);
create index instalments_by_case on instalments using btree (tenant_id, case_id);
create index instalments_by_party on instalments using btree (tenant_id, party_id, due_on);
create index instalments_by_state on instalments using btree (tenant_id, jurisdiction_code, state, due_on, instalment_id);
create index instalments_due on instalments using btree (tenant_id, jurisdiction_code, due_on, instalment_id);
create index instalments_to_look_at on instalments using btree (tenant_id, look_on, instalment_id) WHERE look_on IS NOT NULL;
alter table instalments enable row level security;
alter table instalments force row level security;
create policy tenant_wall on instalments for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on instalments to wutong_app;

create table jurisdictions (
  tenant_id integer not null,
  code text not null,
  parent_code text,
  name text not null,
  constraint jurisdictions_pkey primary key (tenant_id, code),
  constraint jurisdictions_code_check check (code ~ '^\d{6}$'::text)
);
alter table jurisdictions enable row level security;
alter table jurisdictions force row level security;
create policy tenant_wall on jurisdictions for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on jurisdictions to wutong_app;

create table ledger_accounts (
  tenant_id integer not null,
  account_id uuid not null,
  unit text not null,
  jurisdiction_code text not null,
  fund text not null,
  year integer not null,
  role text not null,
  credited bigint not null default 0,
  debited bigint not null default 0,
  held bigint not null default 0,
  floor bigint,
  constraint ledger_accounts_pkey primary key (tenant_id, account_id),
  constraint ledger_accounts_tenant_id_jurisdiction_code_fund_unit_year__key unique (tenant_id, jurisdiction_code, fund, unit, year, role),
  constraint ledger_accounts_tenant_id_unit_jurisdiction_code_account_id_key unique (tenant_id, unit, jurisdiction_code, account_id),
  constraint ledger_accounts_check check ((role = ANY (ARRAY['source'::text, 'free'::text])) OR floor IS NOT NULL),
  constraint ledger_accounts_credited_check check (credited >= 0),
  constraint ledger_accounts_debited_check check (debited >= 0),
  constraint ledger_accounts_floor check ((credited - debited - held) >= floor),
  constraint ledger_accounts_fund_check check (fund <> ''::text),
  constraint ledger_accounts_held_check check (held >= 0),
  constraint ledger_accounts_role_check check (role = ANY (ARRAY['source'::text, 'free'::text, 'committed'::text, 'paid'::text, 'receivable'::text, 'recovered'::text, 'written-off'::text])),
  constraint ledger_accounts_unit_check check (unit = ANY (ARRAY['fen'::text, 'post'::text, 'room-night'::text])),
  constraint ledger_accounts_year_check check (year >= 2000 AND year <= 2199)
);
alter table ledger_accounts enable row level security;
alter table ledger_accounts force row level security;
create policy tenant_wall on ledger_accounts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update (credited), update (debited), update (floor), update (held) on ledger_accounts to wutong_app;

create table ledger_budgets (
  tenant_id integer not null,
  budget_id uuid not null,
  unit text not null,
  jurisdiction_code text not null,
  fund text not null,
  year integer not null,
  amount bigint not null,
  before bigint,
  reference text not null,
  state text not null,
  proposed_at timestamp with time zone not null,
  proposed_by uuid not null,
  settled_at timestamp with time zone,
  settled_by uuid,
  constraint ledger_budgets_pkey primary key (tenant_id, budget_id),
  constraint ledger_budgets_amount_check check (amount >= 0),
  constraint ledger_budgets_before_check check (before >= 0),
  constraint ledger_budgets_check check (before IS DISTINCT FROM amount),
  constraint ledger_budgets_check1 check ((state = 'proposed'::text) = (settled_at IS NULL)),
  constraint ledger_budgets_check2 check (num_nulls(settled_at, settled_by) = ANY (ARRAY[0, 2])),
  constraint ledger_budgets_fund_check check (fund <> ''::text),
  constraint ledger_budgets_reference_check check (reference <> ''::text),
  constraint ledger_budgets_state_check check (state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'withdrawn'::text])),
  constraint ledger_budgets_two_people check (state <> 'confirmed'::text OR settled_by <> proposed_by),
  constraint ledger_budgets_unit_check check (unit = ANY (ARRAY['fen'::text, 'post'::text, 'room-night'::text])),
  constraint ledger_budgets_year_check check (year >= 2000 AND year <= 2199)
);
create index ledger_budgets_by_fund on ledger_budgets using btree (tenant_id, jurisdiction_code, fund, year, proposed_at, budget_id);
create index ledger_budgets_by_time on ledger_budgets using btree (tenant_id, proposed_at, budget_id);
create unique index ledger_budgets_open on ledger_budgets using btree (tenant_id, jurisdiction_code, fund, unit, year) WHERE state = 'proposed'::text;
alter table ledger_budgets enable row level security;
alter table ledger_budgets force row level security;
create policy tenant_wall on ledger_budgets for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update (settled_at), update (settled_by), update (state) on ledger_budgets to wutong_app;

create table ledger_parts (
  tenant_id integer not null,
  part_id uuid not null,
  case_id uuid not null,
  decision_id uuid not null,
  unit text not null,
  jurisdiction_code text not null,
  fund text not null,
  year integer not null,
  amount bigint not null,
  committed bigint not null,
  paying bigint not null default 0,
  paid bigint not null default 0,
  released bigint not null default 0,
  receivable bigint not null default 0,
  recovered bigint not null default 0,
  written_off bigint not null default 0,
  recorded_at timestamp with time zone not null,
  constraint ledger_parts_pkey primary key (tenant_id, part_id),
  constraint ledger_parts_amount_check check (amount > 0),
  constraint ledger_parts_committed_check check (committed >= 0),
  constraint ledger_parts_fund_check check (fund <> ''::text),
  constraint ledger_parts_paid_check check (paid >= 0),
  constraint ledger_parts_paying_check check (paying >= 0),
  constraint ledger_parts_receivable_check check (receivable >= 0),
  constraint ledger_parts_recovered_check check (recovered >= 0),
  constraint ledger_parts_released_check check (released >= 0),
  constraint ledger_parts_unit_check check (unit = ANY (ARRAY['fen'::text, 'post'::text, 'room-night'::text])),
  constraint ledger_parts_whole check ((committed + paying + paid + released + receivable + recovered + written_off) = amount),
  constraint ledger_parts_written_off_check check (written_off >= 0)
);
create index ledger_parts_by_case on ledger_parts using btree (tenant_id, case_id, part_id);
create index ledger_parts_by_decision on ledger_parts using btree (tenant_id, decision_id, part_id);
create index ledger_parts_by_fund on ledger_parts using btree (tenant_id, jurisdiction_code, fund, year, recorded_at, part_id);
create index ledger_parts_by_time on ledger_parts using btree (tenant_id, recorded_at, part_id);
alter table ledger_parts enable row level security;
alter table ledger_parts force row level security;
create policy tenant_wall on ledger_parts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update (committed), update (paid), update (paying), update (receivable), update (recovered), update (released), update (written_off) on ledger_parts to wutong_app;

create table ledger_transfers (
  tenant_id integer not null,
  transfer_id uuid not null,
  kind text not null,
  pending_id uuid,
  unit text not null,
  jurisdiction_code text not null,
  from_account_id uuid not null,
  to_account_id uuid not null,
  amount bigint not null,
  reason text not null,
  part_id uuid,
  operation_id uuid,
  case_id uuid,
  decision_id uuid,
  batch_id uuid,
  document text,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  constraint ledger_transfers_pkey primary key (tenant_id, transfer_id),
  constraint ledger_transfers_tenant_id_pending_id_key unique (tenant_id, pending_id),
  constraint ledger_transfers_amount_check check (amount > 0),
  constraint ledger_transfers_check check (from_account_id <> to_account_id),
  constraint ledger_transfers_check1 check ((kind = ANY (ARRAY['post'::text, 'void'::text])) = (pending_id IS NOT NULL)),
  constraint ledger_transfers_document_check check (document <> ''::text),
  constraint ledger_transfers_kind_check check (kind = ANY (ARRAY['posted'::text, 'pending'::text, 'post'::text, 'void'::text])),
  constraint ledger_transfers_reason_check check (reason <> ''::text)
);
create index ledger_transfers_by_batch on ledger_transfers using btree (tenant_id, batch_id, recorded_at, transfer_id) WHERE batch_id IS NOT NULL;
create index ledger_transfers_by_case on ledger_transfers using btree (tenant_id, case_id, recorded_at, transfer_id) WHERE case_id IS NOT NULL;
create index ledger_transfers_by_document on ledger_transfers using btree (tenant_id, document, recorded_at, transfer_id) WHERE document IS NOT NULL;
create index ledger_transfers_by_operation on ledger_transfers using btree (tenant_id, operation_id, transfer_id) WHERE operation_id IS NOT NULL;
create index ledger_transfers_by_part on ledger_transfers using btree (tenant_id, part_id, recorded_at, transfer_id) WHERE part_id IS NOT NULL;
create index ledger_transfers_by_time on ledger_transfers using btree (tenant_id, recorded_at, transfer_id);
create index ledger_transfers_from on ledger_transfers using btree (tenant_id, from_account_id, recorded_at, transfer_id);
create index ledger_transfers_rare on ledger_transfers using btree (tenant_id, reason, recorded_at, transfer_id) WHERE reason <> ALL (ARRAY['commitment'::text, 'payment'::text]);
create index ledger_transfers_to on ledger_transfers using btree (tenant_id, to_account_id, recorded_at, transfer_id);
alter table ledger_transfers enable row level security;
alter table ledger_transfers force row level security;
create policy tenant_wall on ledger_transfers for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on ledger_transfers to wutong_app;

create table message_preferences (
  tenant_id integer not null,
  account_id uuid not null,
  sms boolean not null,
  in_app boolean not null,
  changed_at timestamp with time zone not null,
  constraint message_preferences_pkey primary key (tenant_id, account_id)
);
alter table message_preferences enable row level security;
alter table message_preferences force row level security;
create policy tenant_wall on message_preferences for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on message_preferences to wutong_app;

create table messages (
  tenant_id integer not null,
  message_id uuid not null,
  account_id uuid not null,
  template text not null,
  title_zh text not null,
  title_en text not null,
  body_zh text not null,
  body_en text not null,
  about_kind text,
  about_id text,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint messages_pkey primary key (tenant_id, message_id),
  constraint messages_check check ((about_kind IS NULL) = (about_id IS NULL))
);
create index messages_by_account on messages using btree (tenant_id, account_id, message_id);
create index messages_unread on messages using btree (tenant_id, account_id, message_id) WHERE read_at IS NULL;
alter table messages enable row level security;
alter table messages force row level security;
create policy tenant_wall on messages for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on messages to wutong_app;

create table objections (
  tenant_id integer not null,
  objection_id uuid not null,
  list_id uuid not null,
  entry_id uuid not null,
  case_id uuid not null,
  jurisdiction_code text not null,
  state text not null,
  text_sealed bytea not null,
  contact_sealed bytea not null,
  language text not null,
  code_digest bytea not null,
  answer_sealed bytea,
  answered_by text,
  department_id uuid,
  answered_at timestamp with time zone,
  made_at timestamp with time zone not null,
  version integer not null default 1,
  constraint objections_pkey primary key (tenant_id, objection_id),
  constraint objections_tenant_id_code_digest_key unique (tenant_id, code_digest),
  constraint objections_check check ((state = 'open'::text) = (answered_at IS NULL)),
  constraint objections_check1 check (num_nulls(answer_sealed, answered_by, department_id, answered_at) = ANY (ARRAY[0, 4])),
  constraint objections_code_digest_check check (octet_length(code_digest) = 32),
  constraint objections_language_check check (language = ANY (ARRAY['zh'::text, 'en'::text])),
  constraint objections_state_check check (state = ANY (ARRAY['open'::text, 'dismissed'::text, 'upheld'::text, 'remedied'::text])),
  constraint objections_version_check check (version > 0)
);
create index objections_by_case on objections using btree (tenant_id, case_id);
create index objections_by_entry on objections using btree (tenant_id, list_id, entry_id);
create index objections_by_jurisdiction on objections using btree (tenant_id, jurisdiction_code, objection_id);
create index objections_open on objections using btree (tenant_id, jurisdiction_code, made_at) WHERE state = 'open'::text;
alter table objections enable row level security;
alter table objections force row level security;
create policy tenant_wall on objections for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on objections to wutong_app;

create table organisation_spellings (
  tenant_id integer not null,
  party_id uuid not null,
  spelling_no smallint not null,
  name_order bigint not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  tokens bytea,
  constraint organisation_spellings_pkey primary key (tenant_id, party_id, spelling_no),
  constraint organisation_spellings_check check ((tokens IS NULL) = (spelling_no > 0)),
  constraint organisation_spellings_spelling_no_check check (spelling_no >= 0)
);
create index organisation_spellings_initials on organisation_spellings using btree (tenant_id, initials, name_order, party_id) INCLUDE (pinyin);
create index organisation_spellings_order on organisation_spellings using btree (tenant_id, name_order, party_id) WHERE spelling_no = 0;
create index organisation_spellings_other_initials on organisation_spellings using btree (tenant_id, initials, name_order, party_id) INCLUDE (pinyin) WHERE spelling_no > 0;
create index organisation_spellings_others on organisation_spellings using btree (tenant_id, pinyin, name_order, party_id) WHERE spelling_no > 0;
create index organisation_spellings_pinyin on organisation_spellings using btree (tenant_id, pinyin, name_order, party_id);
alter table organisation_spellings enable row level security;
alter table organisation_spellings force row level security;
create policy tenant_wall on organisation_spellings for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on organisation_spellings to wutong_app;

create table organisations (
  tenant_id integer not null,
  party_id uuid not null,
  jurisdiction_code text not null,
  name text not null,
  credit_code text,
  registered_on date,
  address text,
  phone_sealed bytea,
  phone_search bytea,
  constraint organisations_pkey primary key (tenant_id, party_id),
  constraint organisations_tenant_id_credit_code_key unique (tenant_id, credit_code),
  constraint organisations_check check (num_nulls(phone_sealed, phone_search) = ANY (ARRAY[0, 2])),
  constraint organisations_credit_code_check check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'::text),
  constraint organisations_name_check check (name <> ''::text)
);
create index organisations_name on organisations using btree (tenant_id, name);
alter table organisations enable row level security;
alter table organisations force row level security;
create policy tenant_wall on organisations for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on organisations to wutong_app;

create table outbox (
  tenant_id integer not null,
  outbox_id uuid not null,
  account_id uuid,
  template text not null,
  phone_sealed bytea,
  text_sealed bytea,
  is_urgent boolean not null,
  status text not null,
  attempts integer not null default 0,
  due_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_fault text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint outbox_pkey primary key (tenant_id, outbox_id),
  constraint outbox_attempts_check check (attempts >= 0),
  constraint outbox_check check ((status = 'waiting'::text) = (ended_at IS NULL)),
  constraint outbox_check1 check ((status = ANY (ARRAY['sent'::text, 'expired'::text])) OR phone_sealed IS NOT NULL AND text_sealed IS NOT NULL),
  constraint outbox_status_check check (status = ANY (ARRAY['waiting'::text, 'sent'::text, 'dead'::text, 'expired'::text]))
);
create index outbox_by_account on outbox using btree (tenant_id, account_id) WHERE account_id IS NOT NULL;
create index outbox_by_status on outbox using btree (tenant_id, status, outbox_id);
create index outbox_waiting on outbox using btree (tenant_id, is_urgent, due_at) WHERE status = 'waiting'::text;
alter table outbox enable row level security;
alter table outbox force row level security;
create policy tenant_wall on outbox for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on outbox to wutong_app;

create table outside_identities (
  tenant_id integer not null,
  provider_id uuid not null,
  subject text not null,
  account_id uuid not null,
  linked_at timestamp with time zone not null,
  constraint outside_identities_pkey primary key (tenant_id, provider_id, subject),
  constraint outside_identities_subject_check check (length(subject) >= 1 AND length(subject) <= 255)
);
create index outside_identities_by_account on outside_identities using btree (tenant_id, account_id);
alter table outside_identities enable row level security;
alter table outside_identities force row level security;
create policy tenant_wall on outside_identities for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on outside_identities to wutong_app;

create table pack_models (
  tenant_id integer not null,
  pack_hash text not null,
  policy_id text not null,
  vocabulary_hash text not null,
  model text not null,
  constraint pack_models_pkey primary key (tenant_id, pack_hash),
  constraint pack_models_pack_hash_check check (pack_hash ~ '^[0-9a-f]{64}$'::text)
);
alter table pack_models enable row level security;
alter table pack_models force row level security;
create policy tenant_wall on pack_models for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on pack_models to wutong_app;

create table pack_settings (
  tenant_id integer not null,
  setting_id uuid not null,
  policy_id text not null,
  kind text not null,
  name text not null,
  year integer not null,
  value jsonb not null,
  written_value jsonb not null,
  decision_reference text not null,
  state text not null,
  proposed_at timestamp with time zone not null,
  proposed_by text not null,
  settled_at timestamp with time zone,
  settled_by text,
  replaced_at timestamp with time zone,
  constraint pack_settings_pkey primary key (tenant_id, setting_id),
  constraint pack_settings_check check ((state = 'proposed'::text) = (settled_by IS NULL)),
  constraint pack_settings_check1 check (num_nulls(settled_at, settled_by) = ANY (ARRAY[0, 2])),
  constraint pack_settings_check2 check ((state <> ALL (ARRAY['approved'::text, 'replaced'::text])) OR settled_by <> proposed_by),
  constraint pack_settings_check3 check ((state = 'replaced'::text) = (replaced_at IS NOT NULL)),
  constraint pack_settings_kind_check check (kind = ANY (ARRAY['parameter'::text, 'reading'::text, 'promise'::text])),
  constraint pack_settings_state_check check (state = ANY (ARRAY['proposed'::text, 'approved'::text, 'declined'::text, 'replaced'::text])),
  constraint pack_settings_year_check check (year >= 2000 AND year <= 2100)
);
create unique index pack_settings_in_force on pack_settings using btree (tenant_id, policy_id, kind, name, year) WHERE state = 'approved'::text;
create index pack_settings_policy on pack_settings using btree (tenant_id, policy_id, setting_id);
alter table pack_settings enable row level security;
alter table pack_settings force row level security;
create policy tenant_wall on pack_settings for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on pack_settings to wutong_app;

create table pack_vocabularies (
  tenant_id integer not null,
  vocabulary_hash text not null,
  vocabularies text not null,
  constraint pack_vocabularies_pkey primary key (tenant_id, vocabulary_hash),
  constraint pack_vocabularies_vocabulary_hash_check check (vocabulary_hash ~ '^[0-9a-f]{64}$'::text)
);
alter table pack_vocabularies enable row level security;
alter table pack_vocabularies force row level security;
create policy tenant_wall on pack_vocabularies for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on pack_vocabularies to wutong_app;

create table packs (
  tenant_id integer not null,
  pack_id uuid not null,
  policy_id text not null,
  city_id text not null,
  state text not null,
  source jsonb not null,
  pack_hash text,
  check_report jsonb,
  corrects uuid,
  note_sealed bytea,
  drafted_at timestamp with time zone not null,
  drafted_by text not null,
  checked_at timestamp with time zone,
  approved_at timestamp with time zone,
  approved_by text,
  published_at timestamp with time zone,
  published_by text,
  effective_on date,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  reason_sealed bytea,
  version integer not null default 1,
  constraint packs_pkey primary key (tenant_id, pack_id),
  constraint packs_check check ((state = ANY (ARRAY['draft'::text, 'withdrawn'::text])) OR pack_hash IS NOT NULL),
  constraint packs_check1 check (state <> 'published'::text OR num_nulls(published_at, published_by, effective_on) = 0),
  constraint packs_check2 check (state <> 'withdrawn'::text OR num_nulls(withdrawn_at, withdrawn_by) = 0),
  constraint packs_check3 check (approved_by IS NULL OR approved_by <> drafted_by),
  constraint packs_check4 check (num_nulls(approved_at, approved_by) = ANY (ARRAY[0, 2])),
  constraint packs_policy_id_check check (policy_id ~ '^[a-z0-9][a-z0-9.-]{0,99}$'::text),
  constraint packs_state_check check (state = ANY (ARRAY['draft'::text, 'checked'::text, 'approved'::text, 'published'::text, 'withdrawn'::text]))
);
create index packs_drafted on packs using btree (tenant_id, drafted_at, pack_id);
create index packs_hash on packs using btree (tenant_id, pack_hash);
create index packs_policy on packs using btree (tenant_id, policy_id, drafted_at, pack_id);
create index packs_published on packs using btree (tenant_id, policy_id, effective_on, published_at) WHERE state = 'published'::text;
alter table packs enable row level security;
alter table packs force row level security;
create policy tenant_wall on packs for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on packs to wutong_app;

create table parties (
  tenant_id integer not null,
  party_id uuid not null,
  kind text not null,
  status text not null default 'active'::text,
  version integer not null default 1,
  merged_into uuid,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  constraint parties_pkey primary key (tenant_id, party_id),
  constraint parties_check check (merged_into IS DISTINCT FROM party_id),
  constraint parties_check1 check ((merged_into IS NOT NULL) = (status = 'merged'::text)),
  constraint parties_check2 check ((deleted_at IS NOT NULL) = (status = 'deleted'::text)),
  constraint parties_kind_check check (kind = ANY (ARRAY['person'::text, 'organisation'::text])),
  constraint parties_status_check check (status = ANY (ARRAY['active'::text, 'merged'::text, 'deleted'::text]))
);
create index parties_merged on parties using btree (tenant_id, merged_into) WHERE merged_into IS NOT NULL;
alter table parties enable row level security;
alter table parties force row level security;
create policy tenant_wall on parties for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on parties to wutong_app;

create table party_identifiers (
  tenant_id integer not null,
  party_id uuid not null,
  identifier_id uuid not null,
  id_kind text not null,
  number_sealed bytea not null,
  number_search bytea not null,
  valid_from date,
  valid_to date,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  constraint party_identifiers_pkey primary key (tenant_id, party_id, identifier_id),
  constraint party_identifiers_tenant_id_party_id_number_search_key unique (tenant_id, party_id, number_search),
  constraint party_identifiers_check check (valid_to >= valid_from),
  constraint party_identifiers_id_kind_check check (id_kind = ANY (ARRAY['resident'::text, 'hong-kong-macau-taiwan'::text, 'permanent-resident'::text, 'permanent-resident-old'::text, 'other'::text]))
);
create index party_identifiers_number on party_identifiers using btree (tenant_id, number_search);
alter table party_identifiers enable row level security;
alter table party_identifiers force row level security;
create policy tenant_wall on party_identifiers for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on party_identifiers to wutong_app;

create table party_merges (
  tenant_id integer not null,
  merge_id uuid not null,
  kept_party_id uuid not null,
  merged_party_id uuid not null,
  reason text not null,
  merged_at timestamp with time zone not null,
  merged_by text not null,
  undone_at timestamp with time zone,
  undone_by text,
  undone_reason text,
  constraint party_merges_pkey primary key (tenant_id, merge_id),
  constraint party_merges_check check (kept_party_id <> merged_party_id)
);
create index party_merges_kept on party_merges using btree (tenant_id, kept_party_id);
create index party_merges_merged on party_merges using btree (tenant_id, merged_party_id);
alter table party_merges enable row level security;
alter table party_merges force row level security;
create policy tenant_wall on party_merges for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on party_merges to wutong_app;

create table party_names (
  tenant_id integer not null,
  party_id uuid not null,
  name_id uuid not null,
  name text not null,
  valid_to date,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  constraint party_names_pkey primary key (tenant_id, party_id, name_id),
  constraint party_names_name_check check (name <> ''::text)
);
create index party_names_name on party_names using btree (tenant_id, name);
alter table party_names enable row level security;
alter table party_names force row level security;
create policy tenant_wall on party_names for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on party_names to wutong_app;

create table passwords (
  tenant_id integer not null,
  account_id uuid not null,
  hash text not null,
  is_one_time boolean not null default false,
  expires_at timestamp with time zone,
  changed_at timestamp with time zone not null,
  constraint passwords_pkey primary key (tenant_id, account_id),
  constraint passwords_hash_check check (hash ~~ '$argon2id$%'::text)
);
alter table passwords enable row level security;
alter table passwords force row level security;
create policy tenant_wall on passwords for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on passwords to wutong_app;

create table payment_batches (
  tenant_id integer not null,
  batch_id uuid not null,
  batch_number text not null,
  jurisdiction_code text not null,
  department_id uuid not null,
  state text not null,
  line_count integer not null,
  total_fen bigint not null,
  prepared_by uuid not null,
  prepared_at timestamp with time zone not null,
  first_approved_by uuid,
  first_approved_at timestamp with time zone,
  second_approved_by uuid,
  second_approved_at timestamp with time zone,
  sent_by uuid,
  sent_at timestamp with time zone,
  sent_count integer,
  sent_fen bigint,
  closed_at timestamp with time zone,
  cancelled_by uuid,
  cancelled_at timestamp with time zone,
  reason_sealed bytea,
  version integer not null default 1,
  constraint payment_batches_pkey primary key (tenant_id, batch_id),
  constraint payment_batches_tenant_id_batch_number_key unique (tenant_id, batch_number),
  constraint payment_batches_batch_number_check check (batch_number <> ''::text),
  constraint payment_batches_check check (first_approved_by <> prepared_by),
  constraint payment_batches_check1 check (second_approved_by <> prepared_by),
  constraint payment_batches_check10 check ((closed_at IS NOT NULL) = (state = 'closed'::text)),
  constraint payment_batches_check11 check ((cancelled_at IS NOT NULL) = (state = 'cancelled'::text)),
  constraint payment_batches_check12 check (num_nulls(cancelled_at, cancelled_by, reason_sealed) = ANY (ARRAY[0, 3])),
  constraint payment_batches_check2 check (second_approved_by <> first_approved_by),
  constraint payment_batches_check3 check (num_nulls(first_approved_by, first_approved_at) = ANY (ARRAY[0, 2])),
  constraint payment_batches_check4 check (num_nulls(second_approved_by, second_approved_at) = ANY (ARRAY[0, 2])),
  constraint payment_batches_check5 check (first_approved_at IS NOT NULL OR (state = ANY (ARRAY['prepared'::text, 'cancelled'::text]))),
  constraint payment_batches_check6 check (second_approved_at IS NOT NULL OR (state = ANY (ARRAY['prepared'::text, 'approved-once'::text, 'cancelled'::text]))),
  constraint payment_batches_check7 check (num_nulls(sent_by, sent_at, sent_count, sent_fen) = ANY (ARRAY[0, 4])),
  constraint payment_batches_check8 check ((sent_at IS NOT NULL) = (state = ANY (ARRAY['sent'::text, 'closed'::text]))),
  constraint payment_batches_check9 check (sent_fen <= total_fen),
  constraint payment_batches_line_count_check check (line_count > 0),
  constraint payment_batches_state_check check (state = ANY (ARRAY['prepared'::text, 'approved-once'::text, 'approved'::text, 'sent'::text, 'closed'::text, 'cancelled'::text])),
  constraint payment_batches_total_fen_check check (total_fen > 0)
);
create index payment_batches_by_place on payment_batches using btree (tenant_id, jurisdiction_code, batch_id);
alter table payment_batches enable row level security;
alter table payment_batches force row level security;
create policy tenant_wall on payment_batches for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on payment_batches to wutong_app;

create table payment_doubts (
  tenant_id integer not null,
  doubt_id uuid not null,
  instalment_id uuid not null,
  jurisdiction_code text not null,
  kind text not null,
  fact text,
  about_id uuid,
  opened_at timestamp with time zone not null,
  settled_as text,
  reason_sealed bytea,
  settled_at timestamp with time zone,
  settled_by text,
  constraint payment_doubts_pkey primary key (tenant_id, doubt_id),
  constraint payment_doubts_check check ((settled_as IS NULL) = (settled_at IS NULL)),
  constraint payment_doubts_check1 check ((settled_at IS NULL) = (settled_by IS NULL)),
  constraint payment_doubts_check2 check (reason_sealed IS NOT NULL OR settled_as IS NULL OR settled_as = 'gone'::text),
  constraint payment_doubts_settled_as_check check (settled_as = ANY (ARRAY['pay'::text, 'wait'::text, 'cancel'::text, 'gone'::text]))
);
create index payment_doubts_by_place on payment_doubts using btree (tenant_id, jurisdiction_code, doubt_id);
create index payment_doubts_of on payment_doubts using btree (tenant_id, instalment_id, doubt_id);
create index payment_doubts_open on payment_doubts using btree (tenant_id, jurisdiction_code, doubt_id) WHERE settled_at IS NULL;
alter table payment_doubts enable row level security;
alter table payment_doubts force row level security;
create policy tenant_wall on payment_doubts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on payment_doubts to wutong_app;

create table payment_numbers (
  tenant_id integer not null,
  kind text not null,
  jurisdiction_code text not null,
  year integer not null,
  last_number integer not null,
  constraint payment_numbers_pkey primary key (tenant_id, kind, jurisdiction_code, year),
  constraint payment_numbers_kind_check check (kind = ANY (ARRAY['batch'::text, 'repayment'::text])),
  constraint payment_numbers_last_number_check check (last_number > 0)
);
alter table payment_numbers enable row level security;
alter table payment_numbers force row level security;
create policy tenant_wall on payment_numbers for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on payment_numbers to wutong_app;

create table payment_results (
  tenant_id integer not null,
  result_id uuid not null,
  batch_id uuid not null,
  file_name text not null,
  file_digest bytea not null,
  content_sealed bytea not null,
  paid_count integer not null,
  failed_count integer not null,
  returned_count integer not null,
  known_count integer not null,
  imported_by uuid not null,
  imported_at timestamp with time zone not null,
  constraint payment_results_pkey primary key (tenant_id, result_id),
  constraint payment_results_tenant_id_file_digest_key unique (tenant_id, file_digest),
  constraint payment_results_failed_count_check check (failed_count >= 0),
  constraint payment_results_known_count_check check (known_count >= 0),
  constraint payment_results_paid_count_check check (paid_count >= 0),
  constraint payment_results_returned_count_check check (returned_count >= 0)
);
create index payment_results_of on payment_results using btree (tenant_id, batch_id, result_id);
alter table payment_results enable row level security;
alter table payment_results force row level security;
create policy tenant_wall on payment_results for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on payment_results to wutong_app;

create table payments (
  tenant_id integer not null,
  payment_id uuid not null,
  batch_id uuid not null,
  line_number integer not null,
  payment_number text not null,
  instalment_id uuid not null,
  attempt integer not null,
  party_id uuid not null,
  amount_fen bigint not null,
  state text not null,
  account_id uuid,
  account_sealed bytea,
  result_id uuid,
  settled_on date,
  bank_reference text,
  reason_sealed bytea,
  returned_on date,
  return_sealed bytea,
  constraint payments_pkey primary key (tenant_id, payment_id),
  constraint payments_tenant_id_batch_id_line_number_key unique (tenant_id, batch_id, line_number),
  constraint payments_tenant_id_instalment_id_attempt_key unique (tenant_id, instalment_id, attempt),
  constraint payments_tenant_id_payment_number_key unique (tenant_id, payment_number),
  constraint payments_amount_fen_check check (amount_fen > 0),
  constraint payments_attempt_check check (attempt > 0),
  constraint payments_check check (num_nulls(account_id, account_sealed) = ANY (ARRAY[0, 2])),
  constraint payments_check1 check (account_id IS NOT NULL OR (state = ANY (ARRAY['open'::text, 'dropped'::text]))),
  constraint payments_check2 check ((settled_on IS NOT NULL) = (state = ANY (ARRAY['paid'::text, 'failed'::text, 'returned'::text]))),
  constraint payments_check3 check ((returned_on IS NOT NULL) = (state = 'returned'::text)),
  constraint payments_line_number_check check (line_number > 0),
  constraint payments_state_check check (state = ANY (ARRAY['open'::text, 'sent'::text, 'paid'::text, 'failed'::text, 'returned'::text, 'dropped'::text]))
);
create index payments_by_party on payments using btree (tenant_id, party_id);
create index payments_by_state on payments using btree (tenant_id, batch_id, state, line_number);
create unique index payments_once on payments using btree (tenant_id, instalment_id) WHERE state = ANY (ARRAY['open'::text, 'sent'::text, 'paid'::text]);
alter table payments enable row level security;
alter table payments force row level security;
create policy tenant_wall on payments for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on payments to wutong_app;

create table pending_sign_ins (
  tenant_id integer not null,
  sign_in_id uuid not null,
  account_id uuid not null,
  token_digest bytea not null,
  steps text[] not null,
  method text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint pending_sign_ins_pkey primary key (tenant_id, sign_in_id),
  constraint pending_sign_ins_tenant_id_token_digest_key unique (tenant_id, token_digest),
  constraint pending_sign_ins_token_digest_check check (octet_length(token_digest) = 32)
);
create index pending_sign_ins_by_account on pending_sign_ins using btree (tenant_id, account_id);
create index pending_sign_ins_by_expiry on pending_sign_ins using btree (tenant_id, expires_at);
alter table pending_sign_ins enable row level security;
alter table pending_sign_ins force row level security;
create policy tenant_wall on pending_sign_ins for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on pending_sign_ins to wutong_app;

create table people (
  tenant_id integer not null,
  party_id uuid not null,
  jurisdiction_code text not null,
  name text not null,
  id_kind text,
  number_sealed bytea,
  number_search bytea,
  last_four_search bytea,
  birth_date date,
  sex text,
  phone_sealed bytea,
  phone_search bytea,
  constraint people_pkey primary key (tenant_id, party_id),
  constraint people_tenant_id_number_search_key unique (tenant_id, number_search),
  constraint people_check check (num_nulls(id_kind, number_sealed, number_search, last_four_search) = ANY (ARRAY[0, 4])),
  constraint people_check1 check (num_nulls(phone_sealed, phone_search) = ANY (ARRAY[0, 2])),
  constraint people_id_kind_check check (id_kind = ANY (ARRAY['resident'::text, 'hong-kong-macau-taiwan'::text, 'permanent-resident'::text, 'permanent-resident-old'::text, 'other'::text])),
  constraint people_name_check check (name <> ''::text),
  constraint people_sex_check check (sex = ANY (ARRAY['male'::text, 'female'::text]))
);
create index people_birth_date on people using btree (tenant_id, birth_date);
create index people_last_four on people using btree (tenant_id, last_four_search);
create index people_other_documents on people using btree (tenant_id, birth_date, name) WHERE id_kind IS DISTINCT FROM 'resident'::text;
create index people_phone on people using btree (tenant_id, phone_search) WHERE phone_search IS NOT NULL;
alter table people enable row level security;
alter table people force row level security;
create policy tenant_wall on people for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on people to wutong_app;

create table person_spellings (
  tenant_id integer not null,
  party_id uuid not null,
  spelling_no smallint not null,
  name_order bigint not null,
  pinyin text collate "C" not null,
  initials text collate "C" not null,
  tokens bytea,
  constraint person_spellings_pkey primary key (tenant_id, party_id, spelling_no),
  constraint person_spellings_check check ((tokens IS NULL) = (spelling_no > 0)),
  constraint person_spellings_spelling_no_check check (spelling_no >= 0)
);
create index person_spellings_initials on person_spellings using btree (tenant_id, initials, name_order, party_id) INCLUDE (pinyin);
create index person_spellings_order on person_spellings using btree (tenant_id, name_order, party_id) WHERE spelling_no = 0;
create index person_spellings_other_initials on person_spellings using btree (tenant_id, initials, name_order, party_id) INCLUDE (pinyin) WHERE spelling_no > 0;
create index person_spellings_others on person_spellings using btree (tenant_id, pinyin, name_order, party_id) WHERE spelling_no > 0;
create index person_spellings_pinyin on person_spellings using btree (tenant_id, pinyin, name_order, party_id);
alter table person_spellings enable row level security;
alter table person_spellings force row level security;
create policy tenant_wall on person_spellings for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on person_spellings to wutong_app;

create table phone_codes (
  tenant_id integer not null,
  code_id uuid not null,
  phone_sealed bytea not null,
  code_digest bytea not null,
  tries integer not null default 0,
  sent_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint phone_codes_pkey primary key (tenant_id, code_id),
  constraint phone_codes_code_digest_check check (octet_length(code_digest) = 32)
);
create index phone_codes_by_expiry on phone_codes using btree (tenant_id, expires_at);
alter table phone_codes enable row level security;
alter table phone_codes force row level security;
create policy tenant_wall on phone_codes for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on phone_codes to wutong_app;

create table procedure_plans (
  tenant_id integer not null,
  plan_id uuid not null,
  plan jsonb not null,
  constraint procedure_plans_pkey primary key (tenant_id, plan_id),
  constraint procedure_plans_plan_check check (jsonb_typeof(plan) = 'object'::text)
);
alter table procedure_plans enable row level security;
alter table procedure_plans force row level security;
create policy tenant_wall on procedure_plans for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on procedure_plans to wutong_app;

create table provider_visits (
  tenant_id integer not null,
  visit_id uuid not null,
  provider_id uuid not null,
  state_digest bytea not null,
  browser_digest bytea not null,
  verifier_sealed bytea not null,
  nonce text not null,
  expires_at timestamp with time zone not null,
  constraint provider_visits_pkey primary key (tenant_id, visit_id),
  constraint provider_visits_tenant_id_state_digest_key unique (tenant_id, state_digest),
  constraint provider_visits_browser_digest_check check (octet_length(browser_digest) = 32),
  constraint provider_visits_state_digest_check check (octet_length(state_digest) = 32)
);
create index provider_visits_by_expiry on provider_visits using btree (tenant_id, expires_at);
alter table provider_visits enable row level security;
alter table provider_visits force row level security;
create policy tenant_wall on provider_visits for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on provider_visits to wutong_app;

create table public_entries (
  tenant_id integer not null,
  list_id uuid not null,
  entry_id uuid not null,
  place integer not null,
  case_id uuid not null,
  decision_id uuid not null,
  amount_fen bigint,
  shown_sealed bytea not null,
  constraint public_entries_pkey primary key (tenant_id, list_id, entry_id),
  constraint public_entries_tenant_id_list_id_case_id_key unique (tenant_id, list_id, case_id),
  constraint public_entries_tenant_id_list_id_place_key unique (tenant_id, list_id, place),
  constraint public_entries_amount_fen_check check (amount_fen >= 0),
  constraint public_entries_place_check check (place > 0)
);
create index public_entries_by_case on public_entries using btree (tenant_id, case_id);
create index public_entries_by_decision on public_entries using btree (tenant_id, decision_id);
alter table public_entries enable row level security;
alter table public_entries force row level security;
create policy tenant_wall on public_entries for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on public_entries to wutong_app;

create table public_lists (
  tenant_id integer not null,
  list_id uuid not null,
  jurisdiction_code text not null,
  department_id uuid not null,
  policy_id text not null,
  benefit_id text not null,
  titles jsonb not null,
  working_days integer not null,
  opens_on date not null,
  until_on date not null,
  state text not null,
  entries integer not null default 0,
  opened_by text not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  taken_back_at timestamp with time zone,
  taken_back_by text,
  taken_back_reason_sealed bytea,
  constraint public_lists_pkey primary key (tenant_id, list_id),
  constraint public_lists_benefit_id_check check (length(benefit_id) >= 1 AND length(benefit_id) <= 100),
  constraint public_lists_check check (until_on > opens_on),
  constraint public_lists_closed_check check (
CASE state
    WHEN 'closed'::text THEN closed_at IS NOT NULL
    WHEN 'taken-back'::text THEN true
    ELSE closed_at IS NULL
END),
  constraint public_lists_entries_check check (entries >= 0),
  constraint public_lists_opened_by_check check (length(opened_by) >= 1 AND length(opened_by) <= 100),
  constraint public_lists_policy_id_check check (length(policy_id) >= 1 AND length(policy_id) <= 100),
  constraint public_lists_state_check check (state = ANY (ARRAY['gathering'::text, 'open'::text, 'closed'::text, 'taken-back'::text])),
  constraint public_lists_taken_back_by_check check (length(taken_back_by) >= 1 AND length(taken_back_by) <= 100),
  constraint public_lists_taken_back_check check (num_nulls(taken_back_at, taken_back_by, taken_back_reason_sealed) =
CASE state
    WHEN 'taken-back'::text THEN 0
    ELSE 3
END),
  constraint public_lists_working_days_check check (working_days >= 1 AND working_days <= 365)
);
create index public_lists_by_jurisdiction on public_lists using btree (tenant_id, jurisdiction_code, list_id);
create unique index public_lists_gathering on public_lists using btree (tenant_id, jurisdiction_code, policy_id, benefit_id) WHERE state = 'gathering'::text;
create index public_lists_shown on public_lists using btree (tenant_id, until_on, list_id) WHERE state <> 'closed'::text;
create index public_lists_taken_back on public_lists using btree (tenant_id, list_id) WHERE state = 'taken-back'::text AND closed_at IS NULL;
alter table public_lists enable row level security;
alter table public_lists force row level security;
create policy tenant_wall on public_lists for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on public_lists to wutong_app;

create table recoveries (
  tenant_id integer not null,
  recovery_id uuid not null,
  account_id uuid not null,
  phone_sealed bytea,
  opened_by uuid not null,
  opened_at timestamp with time zone not null,
  settled_by uuid,
  settled_at timestamp with time zone,
  outcome text,
  constraint recoveries_pkey primary key (tenant_id, recovery_id),
  constraint recoveries_check check (settled_by IS NULL OR settled_by <> opened_by),
  constraint recoveries_check1 check (opened_by <> account_id AND settled_by IS DISTINCT FROM account_id),
  constraint recoveries_check2 check ((settled_at IS NULL) = (outcome IS NULL) AND (settled_at IS NULL) = (settled_by IS NULL)),
  constraint recoveries_outcome_check check (outcome = ANY (ARRAY['done'::text, 'refused'::text]))
);
create unique index recoveries_open on recoveries using btree (tenant_id, account_id) WHERE settled_at IS NULL;
alter table recoveries enable row level security;
alter table recoveries force row level security;
create policy tenant_wall on recoveries for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on recoveries to wutong_app;

create table recovery_codes (
  tenant_id integer not null,
  account_id uuid not null,
  code_digest bytea not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey primary key (tenant_id, account_id, code_digest),
  constraint recovery_codes_code_digest_check check (octet_length(code_digest) = 32)
);
alter table recovery_codes enable row level security;
alter table recovery_codes force row level security;
create policy tenant_wall on recovery_codes for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on recovery_codes to wutong_app;

create table repayment_parts (
  tenant_id integer not null,
  repayment_id uuid not null,
  payment_id uuid not null,
  part_id uuid not null,
  amount_fen bigint not null,
  settled_fen bigint not null default 0,
  constraint repayment_parts_pkey primary key (tenant_id, repayment_id, payment_id, part_id),
  constraint repayment_parts_amount_fen_check check (amount_fen > 0),
  constraint repayment_parts_check check (settled_fen >= 0 AND settled_fen <= amount_fen)
);
create index repayment_parts_of on repayment_parts using btree (tenant_id, payment_id);
alter table repayment_parts enable row level security;
alter table repayment_parts force row level security;
create policy tenant_wall on repayment_parts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on repayment_parts to wutong_app;

create table repayment_receipts (
  tenant_id integer not null,
  receipt_id uuid not null,
  repayment_id uuid not null,
  kind text not null,
  amount_fen bigint not null,
  instalment_id uuid,
  received_on date not null,
  bank_reference text,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  received_reference text,
  constraint repayment_receipts_pkey primary key (tenant_id, receipt_id),
  constraint repayment_receipts_tenant_id_repayment_id_bank_reference_key unique (tenant_id, repayment_id, bank_reference),
  constraint repayment_receipts_amount_fen_check check (amount_fen > 0),
  constraint repayment_receipts_check check ((kind = 'offset'::text) = (instalment_id IS NOT NULL)),
  constraint repayment_receipts_check1 check ((kind = 'offset'::text) = (bank_reference IS NULL)),
  constraint repayment_receipts_check2 check (received_reference IS NULL OR kind = 'received'::text AND received_reference = bank_reference),
  constraint repayment_receipts_kind_check check (kind = ANY (ARRAY['received'::text, 'offset'::text, 'written-off'::text]))
);
create unique index repayment_receipts_by_reference on repayment_receipts using btree (tenant_id, received_reference) WHERE received_reference IS NOT NULL;
create index repayment_receipts_of on repayment_receipts using btree (tenant_id, repayment_id, receipt_id);
create index repayment_receipts_of_bank on repayment_receipts using btree (tenant_id, bank_reference) WHERE bank_reference IS NOT NULL;
alter table repayment_receipts enable row level security;
alter table repayment_receipts force row level security;
create policy tenant_wall on repayment_receipts for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on repayment_receipts to wutong_app;

create table repayment_terms (
  tenant_id integer not null,
  repayment_id uuid not null,
  term_number integer not null,
  due_on date not null,
  amount_fen bigint not null,
  constraint repayment_terms_pkey primary key (tenant_id, repayment_id, term_number),
  constraint repayment_terms_amount_fen_check check (amount_fen > 0),
  constraint repayment_terms_term_number_check check (term_number > 0)
);
alter table repayment_terms enable row level security;
alter table repayment_terms force row level security;
create policy tenant_wall on repayment_terms for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on repayment_terms to wutong_app;

create table repayments (
  tenant_id integer not null,
  repayment_id uuid not null,
  repayment_number text not null,
  case_id uuid not null,
  party_id uuid not null,
  jurisdiction_code text not null,
  document text not null,
  about_id uuid,
  reason_sealed bytea not null,
  amount_fen bigint not null,
  received_fen bigint not null default 0,
  offset_fen bigint not null default 0,
  written_off_fen bigint not null default 0,
  state text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  write_off_document text,
  write_off_fen bigint,
  write_off_by text,
  write_off_at timestamp with time zone,
  settled_at timestamp with time zone,
  version integer not null default 1,
  adopted_by text,
  adopted_at timestamp with time zone,
  constraint repayments_pkey primary key (tenant_id, repayment_id),
  constraint repayments_tenant_id_repayment_number_key unique (tenant_id, repayment_number),
  constraint repayments_amount_fen_check check (amount_fen > 0),
  constraint repayments_check check ((received_fen + offset_fen + written_off_fen) <= amount_fen),
  constraint repayments_check1 check ((state <> ALL (ARRAY['demanded'::text, 'settled'::text])) OR decided_by <> proposed_by),
  constraint repayments_check2 check (num_nulls(decided_by, decided_at) = ANY (ARRAY[0, 2])),
  constraint repayments_check3 check ((decided_at IS NULL) = (state = 'proposed'::text)),
  constraint repayments_check4 check ((settled_at IS NOT NULL) = (state = 'settled'::text)),
  constraint repayments_check5 check (state <> 'settled'::text OR (received_fen + offset_fen + written_off_fen) = amount_fen),
  constraint repayments_check6 check (num_nulls(write_off_document, write_off_fen, write_off_by, write_off_at) = ANY (ARRAY[0, 4])),
  constraint repayments_check7 check (num_nulls(adopted_by, adopted_at) = ANY (ARRAY[0, 2])),
  constraint repayments_check8 check (adopted_by IS NULL OR proposed_by ~~ 'job:%'::text),
  constraint repayments_check9 check ((state <> ALL (ARRAY['demanded'::text, 'settled'::text])) OR adopted_by IS NULL OR decided_by <> adopted_by),
  constraint repayments_document_check check (document <> ''::text),
  constraint repayments_offset_fen_check check (offset_fen >= 0),
  constraint repayments_received_fen_check check (received_fen >= 0),
  constraint repayments_repayment_number_check check (repayment_number <> ''::text),
  constraint repayments_state_check check (state = ANY (ARRAY['proposed'::text, 'demanded'::text, 'settled'::text, 'cancelled'::text])),
  constraint repayments_write_off_fen_check check (write_off_fen > 0),
  constraint repayments_written_off_fen_check check (written_off_fen >= 0)
);
create index repayments_by_case on repayments using btree (tenant_id, case_id);
create index repayments_by_party on repayments using btree (tenant_id, party_id, repayment_id);
create index repayments_by_place on repayments using btree (tenant_id, jurisdiction_code, repayment_id);
alter table repayments enable row level security;
alter table repayments force row level security;
create policy tenant_wall on repayments for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select, update on repayments to wutong_app;

create table report_messages (
  tenant_id integer not null,
  report_id uuid not null,
  message_id uuid not null,
  side text not null,
  text_sealed bytea not null,
  written_at timestamp with time zone not null,
  constraint report_messages_pkey primary key (tenant_id, report_id, message_id),
  constraint report_messages_side_check check (side = ANY (ARRAY['reporter'::text, 'office'::text]))
);
alter table report_messages enable row level security;
alter table report_messages force row level security;
create policy tenant_wall on report_messages for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant insert, select on report_messages to wutong_app;

create table schema_migrations (
  number integer not null,
  file text not null,
  digest text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey primary key (number)
);
grant select on schema_migrations to wutong_app;

create table search_days (
  tenant_id integer not null,
  followed_to date not null,
  constraint search_days_pkey primary key (tenant_id)
);
alter table search_days enable row level security;
alter table search_days force row level security;
create policy tenant_wall on search_days for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on search_days to wutong_app;

create table search_tokens (
  tenant_id integer not null,
  token bigint not null,
  name_order bigint not null,
  party_id uuid not null,
  constraint search_tokens_pkey primary key (tenant_id, token, name_order, party_id)
);
alter table search_tokens enable row level security;
alter table search_tokens force row level security;
create policy tenant_wall on search_tokens for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on search_tokens to wutong_app;

create table second_factors (
  tenant_id integer not null,
  account_id uuid not null,
  secret_sealed bytea,
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  pending_sealed bytea,
  constraint second_factors_pkey primary key (tenant_id, account_id),
  constraint second_factors_check check ((secret_sealed IS NULL) = (confirmed_at IS NULL))
);
alter table second_factors enable row level security;
alter table second_factors force row level security;
create policy tenant_wall on second_factors for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on second_factors to wutong_app;

create table sessions (
  tenant_id integer not null,
  session_id uuid not null,
  account_id uuid not null,
  token_digest bytea not null,
  appointment_id uuid,
  agency_id uuid,
  created_at timestamp with time zone not null,
  proved_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  idle_expires_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_because text,
  address text not null,
  user_agent text not null,
  constraint sessions_pkey primary key (tenant_id, session_id),
  constraint sessions_tenant_id_token_digest_key unique (tenant_id, token_digest),
  constraint sessions_check check (appointment_id IS NULL OR agency_id IS NULL),
  constraint sessions_check1 check ((ended_at IS NULL) = (ended_because IS NULL)),
  constraint sessions_ended_because_check check (ended_because = ANY (ARRAY['signed-out'::text, 'revoked'::text, 'switched'::text, 'password-changed'::text, 'rights-changed'::text, 'recovered'::text])),
  constraint sessions_token_digest_check check (octet_length(token_digest) = 32)
);
create index sessions_by_account on sessions using btree (tenant_id, account_id) WHERE ended_at IS NULL;
create index sessions_by_expiry on sessions using btree (tenant_id, expires_at);
alter table sessions enable row level security;
alter table sessions force row level security;
create policy tenant_wall on sessions for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on sessions to wutong_app;

create table subject_requests (
  tenant_id integer not null,
  party_id uuid not null,
  request_id uuid not null,
  kind text not null,
  words_sealed bytea,
  asked_at timestamp with time zone not null,
  asked_by text not null,
  due_on date not null,
  answered_at timestamp with time zone,
  answered_by text,
  outcome text,
  answer jsonb,
  constraint subject_requests_pkey primary key (tenant_id, party_id, request_id),
  constraint subject_requests_check check (num_nulls(answered_at, answered_by, outcome, answer) = ANY (ARRAY[0, 4])),
  constraint subject_requests_kind_check check (kind = ANY (ARRAY['copy'::text, 'correct'::text, 'delete'::text])),
  constraint subject_requests_outcome_check check (outcome = ANY (ARRAY['done'::text, 'partly'::text, 'refused'::text]))
);
create index subject_requests_due on subject_requests using btree (tenant_id, due_on) WHERE answered_at IS NULL;
alter table subject_requests enable row level security;
alter table subject_requests force row level security;
create policy tenant_wall on subject_requests for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on subject_requests to wutong_app;

create table tenants (
  tenant_id integer not null,
  code text not null,
  name text not null,
  place_code text not null,
  hosts text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default now(),
  constraint tenants_pkey primary key (tenant_id),
  constraint tenants_code_key unique (code),
  constraint tenants_tenant_id_created_at_key unique (tenant_id, created_at),
  constraint tenants_code_check check (code ~ '^[a-z][a-z0-9-]{1,62}$'::text),
  constraint tenants_place_code_check check (place_code ~ '^\d{6}$'::text),
  constraint tenants_tenant_id_check check (tenant_id > 0)
);
grant select on tenants to wutong_app;
grant select on tenants to wutong_sealer;

create table throttles (
  tenant_id integer not null,
  gate text not null,
  subject_digest bytea not null,
  failures integer not null,
  last_failed_at timestamp with time zone not null,
  blocked_until timestamp with time zone,
  constraint throttles_pkey primary key (tenant_id, gate, subject_digest),
  constraint throttles_subject_digest_check check (octet_length(subject_digest) = 32)
);
create index throttles_by_age on throttles using btree (tenant_id, last_failed_at);
alter table throttles enable row level security;
alter table throttles force row level security;
create policy tenant_wall on throttles for all to public using (tenant_id = (( SELECT current_tenant() AS current_tenant))) with check (tenant_id = (( SELECT current_tenant() AS current_tenant)));
grant delete, insert, select, update on throttles to wutong_app;

alter table accounts add constraint accounts_tenant_id_confirmed_by_fkey foreign key (tenant_id, confirmed_by) references accounts(tenant_id, account_id);
alter table accounts add constraint accounts_tenant_id_created_by_fkey foreign key (tenant_id, created_by) references accounts(tenant_id, account_id);
alter table accounts add constraint accounts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table accounts add constraint accounts_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table accounts add constraint accounts_tenant_id_suspended_by_fkey foreign key (tenant_id, suspended_by) references accounts(tenant_id, account_id);
alter table agencies add constraint agencies_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table agencies add constraint agencies_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table agencies add constraint agencies_tenant_id_invited_by_fkey foreign key (tenant_id, invited_by) references accounts(tenant_id, account_id);
alter table agencies add constraint agencies_tenant_id_organisation_id_fkey foreign key (tenant_id, organisation_id) references parties(tenant_id, party_id);
alter table agencies add constraint agencies_tenant_id_revoked_by_fkey foreign key (tenant_id, revoked_by) references accounts(tenant_id, account_id);
alter table application_lists add constraint application_lists_tenant_id_application_id_fkey foreign key (tenant_id, application_id) references applications(tenant_id, application_id);
alter table application_promises add constraint application_promises_tenant_id_application_id_fkey foreign key (tenant_id, application_id) references applications(tenant_id, application_id);
alter table application_rows add constraint application_rows_tenant_id_application_id_fkey foreign key (tenant_id, application_id) references application_lists(tenant_id, application_id);
alter table applications add constraint applications_tenant_id_applicant_id_fkey foreign key (tenant_id, applicant_id) references parties(tenant_id, party_id);
alter table applications add constraint applications_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table appointments add constraint appointments_tenant_id_account_id_duty_fkey foreign key (tenant_id, account_id, duty) references accounts(tenant_id, account_id, duty);
alter table appointments add constraint appointments_tenant_id_confirmed_by_fkey foreign key (tenant_id, confirmed_by) references accounts(tenant_id, account_id);
alter table appointments add constraint appointments_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table appointments add constraint appointments_tenant_id_ended_by_fkey foreign key (tenant_id, ended_by) references accounts(tenant_id, account_id);
alter table appointments add constraint appointments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table appointments add constraint appointments_tenant_id_granted_by_fkey foreign key (tenant_id, granted_by) references accounts(tenant_id, account_id);
alter table audit_heads add constraint audit_heads_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table audit_roots add constraint audit_roots_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table audit_seals add constraint audit_seals_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table bank_accounts add constraint bank_accounts_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table case_events add constraint case_events_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table case_numbers add constraint case_numbers_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table case_papers add constraint case_papers_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table case_papers add constraint case_papers_tenant_id_evidence_id_fkey foreign key (tenant_id, evidence_id) references evidence(tenant_id, evidence_id);
alter table case_tasks add constraint case_tasks_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table case_texts add constraint case_texts_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table cases add constraint cases_tenant_id_application_id_fkey foreign key (tenant_id, application_id) references applications(tenant_id, application_id);
alter table cases add constraint cases_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table cases add constraint cases_tenant_id_subject_id_fkey foreign key (tenant_id, subject_id) references parties(tenant_id, party_id);
alter table claims add constraint claims_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table claims add constraint claims_tenant_id_decided_by_fkey foreign key (tenant_id, decided_by) references accounts(tenant_id, account_id);
alter table claims add constraint claims_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table claims add constraint claims_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table consents add constraint consents_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table decision_counters add constraint decision_counters_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table decisions add constraint decisions_tenant_id_applicant_id_fkey foreign key (tenant_id, applicant_id) references parties(tenant_id, party_id);
alter table decisions add constraint decisions_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table decisions add constraint decisions_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table decisions add constraint decisions_tenant_id_employer_id_fkey foreign key (tenant_id, employer_id) references parties(tenant_id, party_id);
alter table decisions add constraint decisions_tenant_id_follows_decision_id_fkey foreign key (tenant_id, follows_decision_id) references decisions(tenant_id, decision_id);
alter table decisions add constraint decisions_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table decisions add constraint decisions_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table demo_accounts add constraint demo_accounts_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table demo_accounts add constraint demo_accounts_tenant_id_fkey foreign key (tenant_id) references demo_marks(tenant_id);
alter table demo_marks add constraint demo_marks_tenant_id_founded_at_fkey foreign key (tenant_id, founded_at) references tenants(tenant_id, created_at);
alter table departments add constraint departments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table departments add constraint departments_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table disagreements add constraint disagreements_tenant_id_delivery_id_fkey foreign key (tenant_id, delivery_id) references feed_deliveries(tenant_id, delivery_id);
alter table disagreements add constraint disagreements_tenant_id_feed_id_fkey foreign key (tenant_id, feed_id) references feeds(tenant_id, feed_id);
alter table disagreements add constraint disagreements_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table duplicate_candidates add constraint duplicate_candidates_tenant_id_first_party_id_fkey foreign key (tenant_id, first_party_id) references parties(tenant_id, party_id);
alter table duplicate_candidates add constraint duplicate_candidates_tenant_id_second_party_id_fkey foreign key (tenant_id, second_party_id) references parties(tenant_id, party_id);
alter table employments add constraint employments_tenant_id_organisation_id_fkey foreign key (tenant_id, organisation_id) references parties(tenant_id, party_id);
alter table employments add constraint employments_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table evidence add constraint evidence_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table evidence add constraint evidence_tenant_id_organisation_id_fkey foreign key (tenant_id, organisation_id) references parties(tenant_id, party_id);
alter table evidence add constraint evidence_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table evidence add constraint evidence_tenant_id_same_as_fkey foreign key (tenant_id, same_as) references evidence(tenant_id, evidence_id);
alter table evidence_pieces add constraint evidence_pieces_tenant_id_evidence_id_fkey foreign key (tenant_id, evidence_id) references evidence(tenant_id, evidence_id);
alter table evidence_trust_changes add constraint evidence_trust_changes_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table evidence_trust_changes add constraint evidence_trust_changes_tenant_id_evidence_id_fkey foreign key (tenant_id, evidence_id) references evidence(tenant_id, evidence_id);
alter table evidence_uses add constraint evidence_uses_tenant_id_evidence_id_fkey foreign key (tenant_id, evidence_id) references evidence(tenant_id, evidence_id);
alter table fact_statements add constraint fact_statements_tenant_id_party_id_corrects_fkey foreign key (tenant_id, party_id, corrects) references fact_statements(tenant_id, party_id, statement_id);
alter table family_links add constraint family_links_tenant_id_asked_by_fkey foreign key (tenant_id, asked_by) references accounts(tenant_id, account_id);
alter table family_links add constraint family_links_tenant_id_confirmed_by_fkey foreign key (tenant_id, confirmed_by) references accounts(tenant_id, account_id);
alter table family_links add constraint family_links_tenant_id_ended_by_fkey foreign key (tenant_id, ended_by) references accounts(tenant_id, account_id);
alter table family_links add constraint family_links_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table family_links add constraint family_links_tenant_id_for_party_id_fkey foreign key (tenant_id, for_party_id) references parties(tenant_id, party_id);
alter table family_links add constraint family_links_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table family_relations add constraint family_relations_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table family_relations add constraint family_relations_tenant_id_relative_id_fkey foreign key (tenant_id, relative_id) references parties(tenant_id, party_id);
alter table feed_deliveries add constraint feed_deliveries_tenant_id_feed_id_fkey foreign key (tenant_id, feed_id) references feeds(tenant_id, feed_id);
alter table feed_deliveries add constraint feed_deliveries_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table feed_keys add constraint feed_keys_tenant_id_created_by_fkey foreign key (tenant_id, created_by) references accounts(tenant_id, account_id);
alter table feed_keys add constraint feed_keys_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table feed_keys add constraint feed_keys_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table feed_keys add constraint feed_keys_tenant_id_revoked_by_fkey foreign key (tenant_id, revoked_by) references accounts(tenant_id, account_id);
alter table feed_rows add constraint feed_rows_tenant_id_delivery_id_fkey foreign key (tenant_id, delivery_id) references feed_deliveries(tenant_id, delivery_id);
alter table feed_rows add constraint feed_rows_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table feed_turns add constraint feed_turns_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table feeds add constraint feeds_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table feeds add constraint feeds_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table finding_liabilities add constraint finding_liabilities_tenant_id_finding_id_fkey foreign key (tenant_id, finding_id) references findings(tenant_id, finding_id);
alter table finding_liabilities add constraint finding_liabilities_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table findings add constraint findings_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table findings add constraint findings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table findings add constraint findings_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table findings add constraint findings_tenant_id_plan_id_fkey foreign key (tenant_id, plan_id) references inspection_plans(tenant_id, plan_id);
alter table findings add constraint findings_tenant_id_report_id_fkey foreign key (tenant_id, report_id) references fraud_reports(tenant_id, report_id);
alter table fraud_reports add constraint fraud_reports_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table fraud_reports add constraint fraud_reports_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table fraud_reports add constraint fraud_reports_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table fraud_reports add constraint fraud_reports_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table identity_providers add constraint identity_providers_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table import_pieces add constraint import_pieces_tenant_id_import_id_fkey foreign key (tenant_id, import_id) references imports(tenant_id, import_id);
alter table import_problems add constraint import_problems_tenant_id_import_id_fkey foreign key (tenant_id, import_id) references imports(tenant_id, import_id);
alter table import_rows add constraint import_rows_tenant_id_import_id_fkey foreign key (tenant_id, import_id) references imports(tenant_id, import_id);
alter table imports add constraint imports_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table inspection_candidates add constraint inspection_candidates_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table inspection_candidates add constraint inspection_candidates_tenant_id_plan_id_fkey foreign key (tenant_id, plan_id) references inspection_plans(tenant_id, plan_id);
alter table inspection_plans add constraint inspection_plans_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table inspection_plans add constraint inspection_plans_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table instalment_shares add constraint instalment_shares_tenant_id_instalment_id_fkey foreign key (tenant_id, instalment_id) references instalments(tenant_id, instalment_id);
alter table instalments add constraint instalments_tenant_id_employer_id_fkey foreign key (tenant_id, employer_id) references parties(tenant_id, party_id);
alter table instalments add constraint instalments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table instalments add constraint instalments_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table instalments add constraint instalments_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table jurisdictions add constraint jurisdictions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table jurisdictions add constraint jurisdictions_tenant_id_parent_code_fkey foreign key (tenant_id, parent_code) references jurisdictions(tenant_id, code);
alter table ledger_accounts add constraint ledger_accounts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table ledger_accounts add constraint ledger_accounts_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table ledger_budgets add constraint ledger_budgets_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table ledger_budgets add constraint ledger_budgets_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table ledger_parts add constraint ledger_parts_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table ledger_parts add constraint ledger_parts_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table ledger_transfers add constraint ledger_transfers_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table ledger_transfers add constraint ledger_transfers_tenant_id_part_id_fkey foreign key (tenant_id, part_id) references ledger_parts(tenant_id, part_id);
alter table ledger_transfers add constraint ledger_transfers_tenant_id_pending_id_fkey foreign key (tenant_id, pending_id) references ledger_transfers(tenant_id, transfer_id);
alter table ledger_transfers add constraint ledger_transfers_tenant_id_unit_jurisdiction_code_from_acc_fkey foreign key (tenant_id, unit, jurisdiction_code, from_account_id) references ledger_accounts(tenant_id, unit, jurisdiction_code, account_id);
alter table ledger_transfers add constraint ledger_transfers_tenant_id_unit_jurisdiction_code_to_accou_fkey foreign key (tenant_id, unit, jurisdiction_code, to_account_id) references ledger_accounts(tenant_id, unit, jurisdiction_code, account_id);
alter table message_preferences add constraint message_preferences_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table messages add constraint messages_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table objections add constraint objections_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table objections add constraint objections_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table objections add constraint objections_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table objections add constraint objections_tenant_id_list_id_entry_id_fkey foreign key (tenant_id, list_id, entry_id) references public_entries(tenant_id, list_id, entry_id);
alter table organisations add constraint organisations_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table outbox add constraint outbox_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table outside_identities add constraint outside_identities_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table outside_identities add constraint outside_identities_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table outside_identities add constraint outside_identities_tenant_id_provider_id_fkey foreign key (tenant_id, provider_id) references identity_providers(tenant_id, provider_id);
alter table pack_models add constraint pack_models_tenant_id_vocabulary_hash_fkey foreign key (tenant_id, vocabulary_hash) references pack_vocabularies(tenant_id, vocabulary_hash);
alter table pack_settings add constraint pack_settings_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table pack_vocabularies add constraint pack_vocabularies_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table packs add constraint packs_tenant_id_corrects_fkey foreign key (tenant_id, corrects) references packs(tenant_id, pack_id);
alter table packs add constraint packs_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table packs add constraint packs_tenant_id_pack_hash_fkey foreign key (tenant_id, pack_hash) references pack_models(tenant_id, pack_hash);
alter table parties add constraint parties_tenant_id_merged_into_fkey foreign key (tenant_id, merged_into) references parties(tenant_id, party_id);
alter table party_identifiers add constraint party_identifiers_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table party_merges add constraint party_merges_tenant_id_kept_party_id_fkey foreign key (tenant_id, kept_party_id) references parties(tenant_id, party_id);
alter table party_merges add constraint party_merges_tenant_id_merged_party_id_fkey foreign key (tenant_id, merged_party_id) references parties(tenant_id, party_id);
alter table party_names add constraint party_names_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table passwords add constraint passwords_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table passwords add constraint passwords_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table payment_batches add constraint payment_batches_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table payment_batches add constraint payment_batches_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table payment_batches add constraint payment_batches_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table payment_doubts add constraint payment_doubts_tenant_id_instalment_id_fkey foreign key (tenant_id, instalment_id) references instalments(tenant_id, instalment_id);
alter table payment_numbers add constraint payment_numbers_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table payment_results add constraint payment_results_tenant_id_batch_id_fkey foreign key (tenant_id, batch_id) references payment_batches(tenant_id, batch_id);
alter table payments add constraint payments_tenant_id_batch_id_fkey foreign key (tenant_id, batch_id) references payment_batches(tenant_id, batch_id);
alter table payments add constraint payments_tenant_id_instalment_id_fkey foreign key (tenant_id, instalment_id) references instalments(tenant_id, instalment_id);
alter table pending_sign_ins add constraint pending_sign_ins_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table pending_sign_ins add constraint pending_sign_ins_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table phone_codes add constraint phone_codes_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table procedure_plans add constraint procedure_plans_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table provider_visits add constraint provider_visits_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table provider_visits add constraint provider_visits_tenant_id_provider_id_fkey foreign key (tenant_id, provider_id) references identity_providers(tenant_id, provider_id);
alter table public_entries add constraint public_entries_tenant_id_case_id_fkey foreign key (tenant_id, case_id) references cases(tenant_id, case_id);
alter table public_entries add constraint public_entries_tenant_id_decision_id_fkey foreign key (tenant_id, decision_id) references decisions(tenant_id, decision_id);
alter table public_entries add constraint public_entries_tenant_id_list_id_fkey foreign key (tenant_id, list_id) references public_lists(tenant_id, list_id);
alter table public_lists add constraint public_lists_tenant_id_department_id_fkey foreign key (tenant_id, department_id) references departments(tenant_id, department_id);
alter table public_lists add constraint public_lists_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table recoveries add constraint recoveries_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table recoveries add constraint recoveries_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table recoveries add constraint recoveries_tenant_id_opened_by_fkey foreign key (tenant_id, opened_by) references accounts(tenant_id, account_id);
alter table recoveries add constraint recoveries_tenant_id_settled_by_fkey foreign key (tenant_id, settled_by) references accounts(tenant_id, account_id);
alter table recovery_codes add constraint recovery_codes_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table recovery_codes add constraint recovery_codes_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table repayment_parts add constraint repayment_parts_tenant_id_part_id_fkey foreign key (tenant_id, part_id) references instalment_shares(tenant_id, part_id);
alter table repayment_parts add constraint repayment_parts_tenant_id_payment_id_fkey foreign key (tenant_id, payment_id) references payments(tenant_id, payment_id);
alter table repayment_parts add constraint repayment_parts_tenant_id_repayment_id_fkey foreign key (tenant_id, repayment_id) references repayments(tenant_id, repayment_id);
alter table repayment_receipts add constraint repayment_receipts_tenant_id_instalment_id_fkey foreign key (tenant_id, instalment_id) references instalments(tenant_id, instalment_id);
alter table repayment_receipts add constraint repayment_receipts_tenant_id_repayment_id_fkey foreign key (tenant_id, repayment_id) references repayments(tenant_id, repayment_id);
alter table repayment_terms add constraint repayment_terms_tenant_id_repayment_id_fkey foreign key (tenant_id, repayment_id) references repayments(tenant_id, repayment_id);
alter table repayments add constraint repayments_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table repayments add constraint repayments_tenant_id_jurisdiction_code_fkey foreign key (tenant_id, jurisdiction_code) references jurisdictions(tenant_id, code);
alter table repayments add constraint repayments_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table report_messages add constraint report_messages_tenant_id_report_id_fkey foreign key (tenant_id, report_id) references fraud_reports(tenant_id, report_id);
alter table search_days add constraint search_days_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table second_factors add constraint second_factors_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table second_factors add constraint second_factors_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table sessions add constraint sessions_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, account_id);
alter table sessions add constraint sessions_tenant_id_agency_id_fkey foreign key (tenant_id, agency_id) references agencies(tenant_id, agency_id);
alter table sessions add constraint sessions_tenant_id_appointment_id_fkey foreign key (tenant_id, appointment_id) references appointments(tenant_id, appointment_id);
alter table sessions add constraint sessions_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
alter table subject_requests add constraint subject_requests_tenant_id_party_id_fkey foreign key (tenant_id, party_id) references parties(tenant_id, party_id);
alter table throttles add constraint throttles_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id);
