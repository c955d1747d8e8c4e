-- Policies as packs: versions with their life, the models that they compiled to by content hash, and what is set for a year by decision.

-- The facts that rules may ask about, as they were when a pack was compiled: a pack that is pinned for years is read with its own.
create table pack_vocabularies (
  tenant_id       integer not null references tenants,
  vocabulary_hash text not null check (vocabulary_hash ~ '^[0-9a-f]{64}$'),
  -- The JSON text that the hash is of.
  vocabularies    text not null,
  primary key (tenant_id, vocabulary_hash)
);
select fence_tenant('pack_vocabularies', 'select, insert');

-- What a pack compiled to; never changed, so that whatever names the hash finds the same rules for ever.
create table pack_models (
  tenant_id       integer not null,
  pack_hash       text not null check (pack_hash ~ '^[0-9a-f]{64}$'),
  policy_id       text not null,
  vocabulary_hash text not null,
  -- The JSON text of the typed policy; with the vocabulary's hash it is what pack_hash is of.
  model           text not null,
  primary key (tenant_id, pack_hash),
  foreign key (tenant_id, vocabulary_hash) references pack_vocabularies (tenant_id, vocabulary_hash)
);
select fence_tenant('pack_models', 'select, insert');

-- 政策的一个版本
create table packs (
  tenant_id     integer not null references tenants,
  pack_id       uuid not null,
  policy_id     text not null check (policy_id ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
  -- The jurisdiction's folder of packs: the city, one above it or one within it.
  city_id       text not null,
  state         text not null check (state in ('draft', 'checked', 'approved', 'published', 'withdrawn')),
  -- The YAML files by path.
  source        jsonb not null,
  -- Null until it checks without fault.
  pack_hash     text,
  -- What the check found, in both languages.
  check_report  jsonb,
  -- The version that this one sets right.
  corrects      uuid,
  note_sealed   bytea,
  drafted_at    timestamptz not null,
  -- An account, or `build` for what came with the program.
  drafted_by    text not null,
  checked_at    timestamptz,
  approved_at   timestamptz,
  approved_by   text,
  published_at  timestamptz,
  published_by  text,
  effective_on  date,
  withdrawn_at  timestamptz,
  withdrawn_by  text,
  reason_sealed bytea,
  version       integer not null default 1,
  primary key (tenant_id, pack_id),
  foreign key (tenant_id, pack_hash) references pack_models (tenant_id, pack_hash),
  foreign key (tenant_id, corrects) references packs (tenant_id, pack_id),
  check (state in ('draft', 'withdrawn') or pack_hash is not null),
  check (state <> 'published' or num_nulls(published_at, published_by, effective_on) = 0),
  check (state <> 'withdrawn' or num_nulls(withdrawn_at, withdrawn_by) = 0),
  -- Two pairs of eyes: nobody approves their own.
  check (approved_by is null or approved_by <> drafted_by),
  check (num_nulls(approved_at, approved_by) in (0, 2))
);
create index packs_drafted on packs (tenant_id, drafted_at, pack_id);
create index packs_policy on packs (tenant_id, policy_id, drafted_at, pack_id);
create index packs_published on packs (tenant_id, policy_id, effective_on, published_at) where state = 'published';
create index packs_hash on packs (tenant_id, pack_hash);
select fence_tenant('packs');

-- What the office sets for a year by decision: parameters, readings of open questions, promised working days.
create table pack_settings (
  tenant_id          integer not null references tenants,
  setting_id         uuid not null,
  policy_id          text not null,
  kind               text not null check (kind in ('parameter', 'reading', 'promise')),
  -- A parameter's or a reading's name; of a promise `procedure/step`, steps counted from 1, or `procedure/publicity`.
  name               text not null,
  year               integer not null check (year between 2000 and 2100),
  -- A parameter encoded as a fact of its type, the alternative of a reading, or working days.
  value              jsonb not null,
  -- The same as it was written: a share as 0.4, money in yuan.
  written_value      jsonb not null,
  -- 文号
  decision_reference text not null,
  state              text not null check (state in ('proposed', 'approved', 'declined', 'replaced')),
  proposed_at        timestamptz not null,
  proposed_by        text not null,
  settled_at         timestamptz,
  settled_by         text,
  replaced_at        timestamptz,
  primary key (tenant_id, setting_id),
  check ((state = 'proposed') = (settled_by is null)),
  check (num_nulls(settled_at, settled_by) in (0, 2)),
  check (state not in ('approved', 'replaced') or settled_by <> proposed_by),
  check ((state = 'replaced') = (replaced_at is not null))
);
create unique index pack_settings_in_force on pack_settings (tenant_id, policy_id, kind, name, year) where state = 'approved';
create index pack_settings_policy on pack_settings (tenant_id, policy_id, setting_id);
select fence_tenant('pack_settings');
