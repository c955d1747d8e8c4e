-- The registry: people and organisations, what is known of them and from whom, consents, and what was done about doubles.
-- Rows of people and statements are narrow and have few indexes: a city of 1.58 million is loaded in minutes.

-- 主体: everybody who can have facts, evidence, cases and money. A merged party stays, and points to the one that it turned out to be.
create table parties (
  tenant_id   integer not null references tenants,
  party_id    uuid not null,
  kind        text not null check (kind in ('person', 'organisation')),
  status      text not null default 'active' check (status in ('active', 'merged', 'deleted')),
  -- Counts the changes of the party's own data, for ETags.
  version     integer not null default 1,
  merged_into uuid,
  created_at  timestamptz not null,
  updated_at  timestamptz not null,
  -- Set once the party asked to be deleted and law did not require more than what is left.
  deleted_at  timestamptz,
  primary key (tenant_id, party_id),
  foreign key (tenant_id, merged_into) references parties (tenant_id, party_id),
  check (merged_into is distinct from party_id),
  check ((merged_into is not null) = (status = 'merged')),
  check ((deleted_at is not null) = (status = 'deleted'))
);
create index parties_merged on parties (tenant_id, merged_into) where merged_into is not null;
select fence_tenant('parties');

-- 自然人. The number in force stands here, numbers from before in party_identifiers.
create table people (
  tenant_id         integer not null,
  party_id          uuid not null,
  -- Who looks after the person: a jurisdiction of the tenant.
  jurisdiction_code text not null,
  name              text not null check (name <> ''),
  -- The kind of the number: identity-number.ts, or another document of identity.
  id_kind           text check (id_kind in ('resident', 'hong-kong-macau-taiwan', 'permanent-resident', 'permanent-resident-old', 'other')),
  -- The canonical number, sealed; keyed hashes of the whole and of its last four characters.
  number_sealed     bytea,
  number_search     bytea,
  last_four_search  bytea,
  birth_date        date,
  sex               text check (sex in ('male', 'female')),
  phone_sealed      bytea,
  phone_search      bytea,
  primary key (tenant_id, party_id),
  -- One number, one person: a double of it is found when it is entered.
  unique (tenant_id, number_search),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  check (num_nulls(id_kind, number_sealed, number_search, last_four_search) in (0, 4)),
  check (num_nulls(phone_sealed, phone_search) in (0, 2))
);
create index people_last_four on people (tenant_id, last_four_search);
create index people_phone on people (tenant_id, phone_search) where phone_search is not null;
-- Doubles are looked for among those born on one day.
create index people_birth_date on people (tenant_id, birth_date);
select fence_tenant('people');

-- 单位. The code of an organisation is public.
create table organisations (
  tenant_id         integer not null,
  party_id          uuid not null,
  jurisdiction_code text not null,
  name              text not null check (name <> ''),
  -- GB 32100, 18 characters.
  credit_code       text check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  registered_on     date,
  address           text,
  phone_sealed      bytea,
  phone_search      bytea,
  primary key (tenant_id, party_id),
  unique (tenant_id, credit_code),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  check (num_nulls(phone_sealed, phone_search) in (0, 2))
);
create index organisations_name on organisations (tenant_id, name);
select fence_tenant('organisations');

-- 曾用名 of either kind.
create table party_names (
  tenant_id   integer not null,
  party_id    uuid not null,
  name_id     uuid not null,
  name        text not null check (name <> ''),
  -- The last day on which it was the name.
  valid_to    date,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (tenant_id, party_id, name_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
create index party_names_name on party_names (tenant_id, name);
select fence_tenant('party_names');

-- 曾用证件: numbers that a person had before or has besides; the same party is found by each of them.
create table party_identifiers (
  tenant_id      integer not null,
  party_id       uuid not null,
  identifier_id  uuid not null,
  id_kind        text not null check (id_kind in ('resident', 'hong-kong-macau-taiwan', 'permanent-resident', 'permanent-resident-old', 'other')),
  number_sealed  bytea not null,
  number_search  bytea not null,
  valid_from     date,
  valid_to       date,
  recorded_at    timestamptz not null,
  recorded_by    text not null,
  primary key (tenant_id, party_id, identifier_id),
  unique (tenant_id, party_id, number_search),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  check (valid_to >= valid_from)
);
create index party_identifiers_number on party_identifiers (tenant_id, number_search);
select fence_tenant('party_identifiers');

-- 银行账户
create table bank_accounts (
  tenant_id         integer not null,
  party_id          uuid not null,
  bank_account_id   uuid not null,
  bank_name         text not null,
  holder_name       text not null,
  number_sealed     bytea not null,
  number_search     bytea not null,
  -- Whether the number satisfies Luhn's check; a warning, since old accounts do not.
  is_number_checked boolean not null,
  recorded_at       timestamptz not null,
  recorded_by       text not null,
  -- From then on nothing is paid to it.
  closed_at         timestamptz,
  primary key (tenant_id, party_id, bank_account_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
-- The same account under several people is looked for before money is paid.
create index bank_accounts_number on bank_accounts (tenant_id, number_search);
select fence_tenant('bank_accounts');

-- 事实: what a source said of a party, one row a statement with one fact or many. Rows are added and never changed: a correction is a row
-- that names the statement it corrects. What was known on a day is computed from them (known-facts.ts).
create table fact_statements (
  tenant_id       integer not null,
  party_id        uuid not null,
  statement_id    uuid not null,
  origin          text not null check (origin in ('申报', '材料', '共享', '认定')),
  -- A from the issuer, B checked at a counter, C uploaded, D told by oneself (国办函〔2016〕108号).
  trust_class     text not null check (trust_class in ('A', 'B', 'C', 'D')),
  -- The department that says it; null where the party does.
  department_id   uuid,
  evidence_id     uuid,
  -- The delivery of a feed that it came with.
  delivery_id     uuid,
  -- What it was collected for (purposes.ts).
  purpose         text not null,
  -- The day of which the source speaks.
  as_of           date not null,
  -- First and last day on which it holds; null: no bound is stated.
  valid_from      date,
  valid_to        date,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  -- The statement of the same party that this one corrects, fact by fact; null values take a fact back.
  corrects        uuid,
  -- Values by the names of the vocabulary, as the source wrote them.
  facts           jsonb not null check (jsonb_typeof(facts) = 'object'),
  -- Sensitive values (sensitive-facts.ts), sealed as one JSON object.
  sensitive_sealed bytea,
  -- What was recognised in a value as written: {"毕业院校": "吉林大学"} for 吉大.
  recognised      jsonb,
  primary key (tenant_id, party_id, statement_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, party_id, corrects) references fact_statements (tenant_id, party_id, statement_id),
  check (valid_to >= valid_from)
);
create index fact_statements_evidence on fact_statements (tenant_id, evidence_id) where evidence_id is not null;
create index fact_statements_delivery on fact_statements (tenant_id, delivery_id) where delivery_id is not null;
-- Rows are deleted at a person's request only, where no law keeps them.
select fence_tenant('fact_statements', 'select, insert, delete');

-- 任职: who works for whom.
create table employments (
  tenant_id       integer not null,
  party_id        uuid not null,
  employment_id   uuid not null,
  organisation_id uuid not null,
  post            text,
  started_on      date not null,
  -- The last day.
  ended_on        date,
  origin          text not null check (origin in ('申报', '材料', '共享', '认定')),
  trust_class     text not null check (trust_class in ('A', 'B', 'C', 'D')),
  department_id   uuid,
  evidence_id     uuid,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  -- From then on another row says it better, or it was taken back.
  superseded_at   timestamptz,
  primary key (tenant_id, party_id, employment_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, organisation_id) references parties (tenant_id, party_id),
  check (ended_on >= started_on)
);
create index employments_organisation on employments (tenant_id, organisation_id, party_id);
select fence_tenant('employments');

-- 亲属
create table family_relations (
  tenant_id       integer not null,
  party_id        uuid not null,
  relation_id     uuid not null,
  relative_id     uuid not null,
  -- What the relative is to the party.
  relation        text not null check (relation in ('spouse', 'parent', 'child', 'guardian', 'ward')),
  origin          text not null check (origin in ('申报', '材料', '共享', '认定')),
  trust_class     text not null check (trust_class in ('A', 'B', 'C', 'D')),
  evidence_id     uuid,
  valid_from      date,
  valid_to        date,
  recorded_at     timestamptz not null,
  recorded_by     text not null,
  superseded_at   timestamptz,
  primary key (tenant_id, party_id, relation_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, relative_id) references parties (tenant_id, party_id),
  check (relative_id <> party_id),
  check (valid_to >= valid_from)
);
create index family_relations_relative on family_relations (tenant_id, relative_id);
select fence_tenant('family_relations');

-- 单独同意: for one purpose, groups of sensitive facts, until a day.
create table consents (
  tenant_id       integer not null,
  party_id        uuid not null,
  consent_id      uuid not null,
  purpose         text not null,
  fact_groups     text[] not null check (cardinality(fact_groups) > 0),
  -- Which wording of the notice was agreed to.
  wording_version text not null,
  given_at        timestamptz not null,
  given_by        text not null,
  -- The last day on which it holds.
  expires_on      date not null,
  withdrawn_at    timestamptz,
  withdrawn_by    text,
  primary key (tenant_id, party_id, consent_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id)
);
select fence_tenant('consents');

-- 个人的请求: a copy, a correction, a deletion (个人信息保护法 第四十四至五十条).
create table subject_requests (
  tenant_id    integer not null,
  party_id     uuid not null,
  request_id   uuid not null,
  kind         text not null check (kind in ('copy', 'correct', 'delete')),
  -- In the person's own words.
  words_sealed bytea,
  asked_at     timestamptz not null,
  asked_by     text not null,
  due_on       date not null,
  answered_at  timestamptz,
  answered_by  text,
  outcome      text check (outcome in ('done', 'partly', 'refused')),
  -- What was done, what is kept, why and until when; no personal values.
  answer       jsonb,
  primary key (tenant_id, party_id, request_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  check (num_nulls(answered_at, answered_by, outcome, answer) in (0, 4))
);
create index subject_requests_due on subject_requests (tenant_id, due_on) where answered_at is null;
select fence_tenant('subject_requests');

-- 疑似重复: two parties that may be one, the smaller id first.
create table duplicate_candidates (
  tenant_id       integer not null,
  first_party_id  uuid not null,
  second_party_id uuid not null,
  -- Why: codes of find-duplicates.ts.
  reasons         text[] not null check (cardinality(reasons) > 0),
  score           smallint not null,
  found_at        timestamptz not null,
  found_by        text not null,
  state           text not null default 'open' check (state in ('open', 'same', 'different')),
  decided_at      timestamptz,
  decided_by      text,
  primary key (tenant_id, first_party_id, second_party_id),
  foreign key (tenant_id, first_party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, second_party_id) references parties (tenant_id, party_id),
  check (first_party_id < second_party_id)
);
create index duplicate_candidates_second on duplicate_candidates (tenant_id, second_party_id);
create index duplicate_candidates_open on duplicate_candidates (tenant_id, score) where state = 'open';
select fence_tenant('duplicate_candidates');

-- 合并: every merge and its undoing; nothing that belongs to a party moves.
create table party_merges (
  tenant_id       integer not null,
  merge_id        uuid not null,
  kept_party_id   uuid not null,
  merged_party_id uuid not null,
  reason          text not null,
  merged_at       timestamptz not null,
  merged_by       text not null,
  undone_at       timestamptz,
  undone_by       text,
  undone_reason   text,
  primary key (tenant_id, merge_id),
  foreign key (tenant_id, kept_party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, merged_party_id) references parties (tenant_id, party_id),
  check (kept_party_id <> merged_party_id)
);
create index party_merges_kept on party_merges (tenant_id, kept_party_id);
create index party_merges_merged on party_merges (tenant_id, merged_party_id);
select fence_tenant('party_merges');
