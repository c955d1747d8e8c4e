-- Access: accounts and how they prove themselves, sessions and capacities, appointments, agents, family, claims and recovery.

-- 账号. Its duty is fixed when it is made: that keeps the three administrators and the officers apart, whatever is granted later.
create table accounts (
  tenant_id      integer not null references tenants,
  account_id     uuid not null,
  duty           text not null check (duty in ('person', 'officer', 'system-admin', 'security-admin', 'audit-admin')),
  -- Staff sign in by a name of their own, people by telephone.
  login_sealed   bytea,
  login_search   bytea,
  phone_sealed   bytea,
  phone_search   bytea,
  -- The real name of an officer or administrator; a person's stands in the registry.
  name_sealed    bytea,
  -- The registry record that a person has claimed and that was found to be theirs.
  party_id       uuid,
  -- Which version of the notice on personal information was shown and accepted.
  notice_version text,
  created_at     timestamptz not null,
  created_by     uuid,
  -- An administrator's account serves once a second administrator has confirmed it.
  confirmed_at   timestamptz,
  confirmed_by   uuid,
  suspended_at   timestamptz,
  suspended_by   uuid,
  last_entry_at  timestamptz,
  primary key (tenant_id, account_id),
  unique (tenant_id, account_id, duty),
  unique (tenant_id, login_search),
  unique (tenant_id, party_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, created_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, confirmed_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, suspended_by) references accounts (tenant_id, account_id),
  check ((login_sealed is null) = (login_search is null)),
  check ((phone_sealed is null) = (phone_search is null)),
  check (duty = 'person' or (login_search is not null and phone_search is not null and name_sealed is not null)),
  check (duty = 'person' or party_id is null),
  check (confirmed_by is distinct from created_by or confirmed_by is null),
  check (suspended_by is distinct from account_id or suspended_by is null)
);
-- A telephone belongs to one person's account and, besides, to one account of staff: nobody holds two offices under one telephone.
create unique index accounts_by_phone_of_person on accounts (tenant_id, phone_search) where duty = 'person';
create unique index accounts_by_phone_of_staff on accounts (tenant_id, phone_search) where duty <> 'person';
select fence_tenant('accounts');

create table passwords (
  tenant_id   integer not null references tenants,
  account_id  uuid not null,
  -- argon2id in PHC form, parameters and salt inside.
  hash        text not null check (hash like '$argon2id$%'),
  -- A one-time password only leads to choosing one's own.
  is_one_time boolean not null default false,
  expires_at  timestamptz,
  changed_at  timestamptz not null,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id)
);
select fence_tenant('passwords');

-- 第二重验证: a secret shared with the authenticator; the last step used, so that no code counts twice.
create table second_factors (
  tenant_id      integer not null references tenants,
  account_id     uuid not null,
  secret_sealed  bytea,
  confirmed_at   timestamptz,
  last_step      bigint not null default 0,
  -- The secret of an enrolment under way; the one in force serves until its first code has been shown.
  pending_sealed bytea,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id),
  check ((secret_sealed is null) = (confirmed_at is null))
);
select fence_tenant('second_factors');

create table recovery_codes (
  tenant_id   integer not null references tenants,
  account_id  uuid not null,
  code_digest bytea not null check (octet_length(code_digest) = 32),
  used_at     timestamptz,
  primary key (tenant_id, account_id, code_digest),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id)
);
select fence_tenant('recovery_codes');

-- 外部身份系统: OpenID Connect issuers that a city lets people sign in by.
create table identity_providers (
  tenant_id     integer not null references tenants,
  provider_id   uuid not null,
  issuer        text not null,
  client_id     text not null,
  secret_sealed bytea,
  -- Where the issuer sends people back to; registered there.
  return_url    text not null,
  name_zh       text not null,
  name_en       text not null,
  is_open       boolean not null default true,
  primary key (tenant_id, provider_id),
  unique (tenant_id, issuer, client_id)
);
select fence_tenant('identity_providers');

-- Who an account is at an issuer: by subject only, never by name, mail or telephone.
create table outside_identities (
  tenant_id   integer not null references tenants,
  provider_id uuid not null,
  subject     text not null check (length(subject) between 1 and 255),
  account_id  uuid not null,
  linked_at   timestamptz not null,
  primary key (tenant_id, provider_id, subject),
  foreign key (tenant_id, provider_id) references identity_providers (tenant_id, provider_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id)
);
create index outside_identities_by_account on outside_identities (tenant_id, account_id);
select fence_tenant('outside_identities');

-- A visit to an issuer under way; used once, by the browser that began it.
create table provider_visits (
  tenant_id       integer not null references tenants,
  visit_id        uuid not null,
  provider_id     uuid not null,
  state_digest    bytea not null check (octet_length(state_digest) = 32),
  browser_digest  bytea not null check (octet_length(browser_digest) = 32),
  verifier_sealed bytea not null,
  nonce           text not null,
  expires_at      timestamptz not null,
  primary key (tenant_id, visit_id),
  unique (tenant_id, state_digest),
  foreign key (tenant_id, provider_id) references identity_providers (tenant_id, provider_id)
);
create index provider_visits_by_expiry on provider_visits (tenant_id, expires_at);
select fence_tenant('provider_visits');

-- Codes sent to a telephone; only their digest is kept, tries are counted, one use.
create table phone_codes (
  tenant_id    integer not null references tenants,
  code_id      uuid not null,
  phone_sealed bytea not null,
  code_digest  bytea not null check (octet_length(code_digest) = 32),
  tries        integer not null default 0,
  sent_at      timestamptz not null,
  expires_at   timestamptz not null,
  used_at      timestamptz,
  primary key (tenant_id, code_id)
);
create index phone_codes_by_expiry on phone_codes (tenant_id, expires_at);
select fence_tenant('phone_codes');

-- Failed attempts by what was attempted (a login, a telephone, an address); kept for names nobody has just as for others.
create table throttles (
  tenant_id      integer not null references tenants,
  gate           text not null,
  subject_digest bytea not null check (octet_length(subject_digest) = 32),
  failures       integer not null,
  last_failed_at timestamptz not null,
  blocked_until  timestamptz,
  primary key (tenant_id, gate, subject_digest)
);
create index throttles_by_age on throttles (tenant_id, last_failed_at);
select fence_tenant('throttles');

-- A sign-in of which a step is still to be done; no session, so it opens nothing.
create table pending_sign_ins (
  tenant_id    integer not null references tenants,
  sign_in_id   uuid not null,
  account_id   uuid not null,
  token_digest bytea not null check (octet_length(token_digest) = 32),
  steps        text[] not null,
  method       text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  primary key (tenant_id, sign_in_id),
  unique (tenant_id, token_digest),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id)
);
create index pending_sign_ins_by_account on pending_sign_ins (tenant_id, account_id);
create index pending_sign_ins_by_expiry on pending_sign_ins (tenant_id, expires_at);
select fence_tenant('pending_sign_ins');

-- 任职: an officer's work in a department, from a day to a day.
create table appointments (
  tenant_id      integer not null references tenants,
  appointment_id uuid not null,
  account_id     uuid not null,
  duty           text not null default 'officer' check (duty = 'officer'),
  department_id  uuid not null,
  roles          text[] not null
    check (cardinality(roles) > 0 and roles <@ array['intake', 'reviewer', 'approver', 'finance', 'leader', 'policy', 'steward']),
  valid_from     date not null,
  valid_to       date,
  granted_by     uuid not null,
  granted_at     timestamptz not null,
  ended_at       timestamptz,
  ended_by       uuid,
  primary key (tenant_id, appointment_id),
  -- Only an officer's account: an administrator's has another duty and finds no row here.
  foreign key (tenant_id, account_id, duty) references accounts (tenant_id, account_id, duty),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  foreign key (tenant_id, granted_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, ended_by) references accounts (tenant_id, account_id),
  check (granted_by <> account_id),
  check (valid_to is null or valid_to >= valid_from)
);
create index appointments_by_account on appointments (tenant_id, account_id);
create index appointments_by_department on appointments (tenant_id, department_id);
select fence_tenant('appointments');

-- 经办人: a person who acts for an organisation. Invited by telephone; the account is known once they accept.
create table agencies (
  tenant_id       integer not null references tenants,
  agency_id       uuid not null,
  organisation_id uuid not null,
  phone_sealed    bytea not null,
  phone_search    bytea not null,
  account_id      uuid,
  -- What the agent may do for the organisation; manage: invite and revoke other agents besides.
  can_manage      boolean not null default false,
  -- On what the first agent rests: the organisation itself (another agent), or an officer who saw the evidence.
  granted_as      text not null check (granted_as in ('agent', 'officer')),
  evidence_id     uuid,
  valid_to        date,
  invited_by      uuid not null,
  invited_at      timestamptz not null,
  accepted_at     timestamptz,
  revoked_at      timestamptz,
  revoked_by      uuid,
  primary key (tenant_id, agency_id),
  foreign key (tenant_id, organisation_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id),
  foreign key (tenant_id, invited_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, revoked_by) references accounts (tenant_id, account_id),
  check ((account_id is null) = (accepted_at is null)),
  -- Nobody lets themselves in.
  check (account_id is null or invited_by <> account_id),
  check (granted_as = 'agent' or evidence_id is not null)
);
create index agencies_by_organisation on agencies (tenant_id, organisation_id);
create index agencies_by_account on agencies (tenant_id, account_id);
create index agencies_by_phone on agencies (tenant_id, phone_search);
select fence_tenant('agencies');

-- 家人代办: one person acts for another, who agreed or is a child.
create table family_links (
  tenant_id     integer not null references tenants,
  link_id       uuid not null,
  -- Who acts.
  party_id      uuid not null,
  relation      text not null check (relation in ('child', 'spouse', 'parent')),
  -- For whom: as named by the one who asks, and the record once it is settled who that is.
  name_sealed   bytea not null,
  number_sealed bytea not null,
  number_search bytea not null,
  for_party_id  uuid,
  asked_by      uuid not null,
  asked_at      timestamptz not null,
  -- consent: the other person agreed; guardian: an officer saw that a minor is the asker's child.
  basis         text check (basis in ('consent', 'guardian')),
  evidence_id   uuid,
  confirmed_by  uuid,
  confirmed_at  timestamptz,
  -- A guardian's right ends when the child comes of age.
  valid_to      date,
  ended_at      timestamptz,
  ended_by      uuid,
  primary key (tenant_id, link_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, for_party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, asked_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, confirmed_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, ended_by) references accounts (tenant_id, account_id),
  check ((confirmed_at is null) = (confirmed_by is null) and (confirmed_at is null) = (basis is null)),
  check (confirmed_at is null or for_party_id is not null),
  check (confirmed_by is null or confirmed_by <> asked_by),
  check (basis is distinct from 'guardian' or (relation = 'child' and valid_to is not null))
);
create index family_links_by_party on family_links (tenant_id, party_id);
create index family_links_by_other on family_links (tenant_id, for_party_id);
create index family_links_by_number on family_links (tenant_id, number_search);
select fence_tenant('family_links');

-- 实名认领: an account says which person it is. What was found about it stays inside; the asker reads the outcome only.
create table claims (
  tenant_id     integer not null references tenants,
  claim_id      uuid not null,
  account_id    uuid not null,
  name_sealed   bytea not null,
  number_sealed bytea not null,
  number_search bytea not null,
  party_id      uuid,
  finding       text not null check (finding in ('matches', 'no-record', 'name-differs', 'phone-differs', 'already-claimed', 'several-records')),
  outcome       text not null check (outcome in ('waiting', 'confirmed', 'refused')),
  claimed_at    timestamptz not null,
  decided_at    timestamptz,
  -- Null where everything matched and no officer was needed.
  decided_by    uuid,
  primary key (tenant_id, claim_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, decided_by) references accounts (tenant_id, account_id),
  check (outcome <> 'confirmed' or party_id is not null),
  check (decided_by is null or decided_by <> account_id),
  check ((outcome = 'waiting') = (decided_at is null))
);
create unique index claims_waiting on claims (tenant_id, account_id) where outcome = 'waiting';
create index claims_by_outcome on claims (tenant_id, outcome, claimed_at);
create index claims_by_number on claims (tenant_id, number_search);
select fence_tenant('claims');

-- 找回: somebody lost a telephone, a password or a second factor, and two officials give access back. Never one alone.
create table recoveries (
  tenant_id    integer not null references tenants,
  recovery_id  uuid not null,
  account_id   uuid not null,
  -- The telephone from now on, verified at the window; null keeps the old one.
  phone_sealed bytea,
  opened_by    uuid not null,
  opened_at    timestamptz not null,
  settled_by   uuid,
  settled_at   timestamptz,
  outcome      text check (outcome in ('done', 'refused')),
  primary key (tenant_id, recovery_id),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id),
  foreign key (tenant_id, opened_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, settled_by) references accounts (tenant_id, account_id),
  check (settled_by is null or settled_by <> opened_by),
  check (opened_by <> account_id and settled_by is distinct from account_id),
  check ((settled_at is null) = (outcome is null) and (settled_at is null) = (settled_by is null))
);
create unique index recoveries_open on recoveries (tenant_id, account_id) where settled_at is null;
select fence_tenant('recoveries');

-- 会话: who is signed in, in which capacity. The token itself is nowhere; its digest finds the row.
create table sessions (
  tenant_id       integer not null references tenants,
  session_id      uuid not null,
  account_id      uuid not null,
  token_digest    bytea not null check (octet_length(token_digest) = 32),
  -- The capacity: at most one of the two; neither is the account's own (person, administrator).
  appointment_id  uuid,
  agency_id       uuid,
  created_at      timestamptz not null,
  -- When the holder last proved who they are; acts that matter ask for a recent proof.
  proved_at       timestamptz not null,
  last_seen_at    timestamptz not null,
  idle_expires_at timestamptz not null,
  expires_at      timestamptz not null,
  ended_at        timestamptz,
  ended_because   text check (ended_because in ('signed-out', 'revoked', 'switched', 'password-changed', 'rights-changed', 'recovered')),
  address         text not null,
  user_agent      text not null,
  primary key (tenant_id, session_id),
  unique (tenant_id, token_digest),
  foreign key (tenant_id, account_id) references accounts (tenant_id, account_id),
  foreign key (tenant_id, appointment_id) references appointments (tenant_id, appointment_id),
  foreign key (tenant_id, agency_id) references agencies (tenant_id, agency_id),
  check (appointment_id is null or agency_id is null),
  check ((ended_at is null) = (ended_because is null))
);
create index sessions_by_account on sessions (tenant_id, account_id) where ended_at is null;
create index sessions_by_expiry on sessions (tenant_id, expires_at);
select fence_tenant('sessions');

-- Keys by which a department's system delivers facts.
create table feed_keys (
  tenant_id     integer not null references tenants,
  key_id        uuid not null,
  department_id uuid not null,
  label         text not null,
  purpose       text not null,
  token_digest  bytea not null check (octet_length(token_digest) = 32),
  created_by    uuid not null,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  revoked_by    uuid,
  last_used_on  date,
  primary key (tenant_id, key_id),
  unique (tenant_id, token_digest),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  foreign key (tenant_id, created_by) references accounts (tenant_id, account_id),
  foreign key (tenant_id, revoked_by) references accounts (tenant_id, account_id)
);
create index feed_keys_by_department on feed_keys (tenant_id, department_id);
select fence_tenant('feed_keys');
