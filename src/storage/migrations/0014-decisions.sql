-- Decisions (决定): stored whole when they are made, never changed and never worked out again to pay by; and the counters of their numbers.

create table decisions (
  tenant_id          integer not null,
  decision_id        uuid not null,
  case_id            uuid not null,
  case_number        text not null check (length(case_number) between 1 and 60),
  -- 文书号: of a department and year, without gaps.
  department_id      uuid not null,
  number_year        integer not null check (number_year between 2000 and 9999),
  number_count       integer not null check (number_count > 0),
  number             text not null check (length(number) between 1 and 120),
  kind               text not null check (kind in ('grant', 'refuse', 'change', 'revoke')),
  -- The decision that this one changes or revokes.
  follows_decision_id uuid,
  party_id           uuid not null,
  -- Who asked for it, where that was another: the employer that filed for its people, a parent.
  applicant_id       uuid,
  employer_id        uuid,
  jurisdiction_code  text not null,
  policy_id          text not null check (length(policy_id) between 1 and 100),
  benefit_id         text not null check (length(benefit_id) between 1 and 100),
  pack_hash          text not null check (length(pack_hash) between 8 and 128),
  -- The day on which the facts were judged.
  judged_on          date not null,
  -- What the office had set, and how the open questions were read, by name.
  parameters         jsonb not null,
  readings           jsonb not null,
  -- The engine's answer.
  status             text not null check (status in ('yes', 'no', 'unknown', 'review')),
  amount_fen         bigint check (amount_fen >= 0),
  quantity           bigint check (quantity > 0),
  unit               text check (unit in ('fen', 'post', 'room-night')),
  -- [{ no, due, fen, shares: [{ fund, jurisdictionCode, fen }] }]
  instalments        jsonb not null,
  -- Every fact with its origin; the explanation in both languages; what the letter says of people and in people's words.
  facts_sealed       bytea not null,
  explanation_sealed bytea not null,
  letter_sealed      bytea not null,
  decided_by         text not null check (length(decided_by) between 1 and 100),
  decided_at         timestamptz not null,
  -- The code on the letter: found by its keyed digest, shown from the sealed form.
  code_digest        bytea not null check (octet_length(code_digest) = 32),
  code_sealed        bytea not null,
  -- Keyed digest over all of it, and the signature over that.
  digest             bytea not null check (octet_length(digest) = 32),
  signature          bytea not null,
  signature_key      text not null,
  primary key (tenant_id, decision_id),
  unique (tenant_id, department_id, number_year, number_count),
  unique (tenant_id, code_digest),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, applicant_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, employer_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  foreign key (tenant_id, follows_decision_id) references decisions (tenant_id, decision_id),
  check ((kind in ('change', 'revoke')) = (follows_decision_id is not null)),
  check ((unit = 'fen') = (amount_fen is not null)),
  check ((unit in ('post', 'room-night')) = (quantity is not null)),
  check (kind in ('grant', 'change') or unit is null)
);
create index decisions_by_case on decisions (tenant_id, case_id, decided_at);
create index decisions_by_party on decisions (tenant_id, party_id, decided_at desc);
create index decisions_by_applicant on decisions (tenant_id, applicant_id, decided_at desc) where applicant_id is not null;
create index decisions_by_jurisdiction on decisions (tenant_id, jurisdiction_code, decided_at desc);
-- A decision is followed by one at most: whoever comes second reads again.
create unique index decisions_followed_once on decisions (tenant_id, follows_decision_id) where follows_decision_id is not null;
select fence_tenant('decisions', 'select, insert');

-- How far each department has counted in a year.
create table decision_counters (
  tenant_id     integer not null,
  department_id uuid not null,
  number_year   integer not null,
  last_count    integer not null check (last_count > 0),
  primary key (tenant_id, department_id, number_year),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id)
);
select fence_tenant('decision_counters', 'select, insert, update');
