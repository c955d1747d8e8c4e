-- Imports of people and organisations from spreadsheets: the file as it came, what was found wrong, and how far the work is.

-- 导入
create table imports (
  tenant_id         integer not null references tenants,
  import_id         uuid not null,
  kind              text not null check (kind in ('people', 'organisations')),
  file_name         text not null,
  file_bytes        integer not null,
  -- On whose behalf: the officers' department, or the organisation of the agent.
  owner_kind        text not null check (owner_kind in ('department', 'organisation')),
  owner_id          uuid not null,
  -- Where a row without a jurisdiction of its own goes, and into which jurisdictions rows may go.
  jurisdiction_code text not null,
  writable_codes    text[] not null,
  -- The day of which the facts speak, and what they are collected for (purposes.ts).
  as_of             date not null,
  purpose           text not null,
  -- Whether the papers behind the list were seen (class B), or not yet (class C).
  is_checked        boolean not null,
  -- waiting → checking → checked → confirmed → running → done; refused and cancelled end it.
  state             text not null check (state in ('waiting', 'checking', 'checked', 'confirmed', 'running', 'done', 'refused', 'cancelled')),
  -- Why the file is not read: a code of the contract, with its values.
  refusal           jsonb,
  -- What the sheet is: format, name, headings, sheets and columns that are left out.
  sheet             jsonb,
  rows_total        integer,
  -- Rows looked at in the present pass, for progress.
  rows_read         integer not null default 0,
  -- What the check found, and what the run did: rows by outcome.
  found             jsonb,
  done              jsonb,
  -- Whether rows that may be doubles of somebody are written all the same.
  with_doubles      boolean,
  -- Rows up to this number of the sheet are written; a run that was interrupted goes on behind it.
  written_to        integer not null default 0,
  -- Who works on it and until when; another process takes over once that is past.
  lease_by          uuid,
  lease_until       timestamptz,
  created_at        timestamptz not null,
  created_by        text not null,
  checked_at        timestamptz,
  confirmed_at      timestamptz,
  confirmed_by      text,
  cancel_asked_at   timestamptz,
  finished_at       timestamptz,
  -- From then on the file and what was wrong with it are gone.
  emptied_at        timestamptz,
  primary key (tenant_id, import_id),
  check ((state = 'refused') = (refusal is not null)),
  check (num_nulls(lease_by, lease_until) in (0, 2))
);
create index imports_open on imports (tenant_id, created_at) where state in ('waiting', 'checking', 'confirmed', 'running');
create index imports_owner on imports (tenant_id, owner_id, import_id);
create index imports_finished on imports (tenant_id, finished_at) where emptied_at is null;
select fence_tenant('imports');

-- The file as it came, in pieces.
create table import_pieces (
  tenant_id      integer not null,
  import_id      uuid not null,
  piece_number   integer not null,
  content_sealed bytea not null,
  primary key (tenant_id, import_id, piece_number),
  foreign key (tenant_id, import_id) references imports (tenant_id, import_id)
);
select fence_tenant('import_pieces');

-- What is wrong with a row, cell by cell; the words may hold what the cell holds.
create table import_problems (
  tenant_id       integer not null,
  import_id       uuid not null,
  row_number      integer not null,
  problems_sealed bytea not null,
  primary key (tenant_id, import_id, row_number),
  foreign key (tenant_id, import_id) references imports (tenant_id, import_id)
);
select fence_tenant('import_problems');

-- The last row that each owner imported of a party, as a keyed digest: the same row again changes nothing.
create table imported_rows (
  tenant_id  integer not null,
  party_id   uuid not null,
  owner_id   uuid not null,
  row_digest bytea not null,
  import_id  uuid not null,
  -- Without foreign keys: a row for everybody who was ever imported, and nothing rests on it but that a second import is quick.
  primary key (tenant_id, party_id, owner_id)
);
select fence_tenant('imported_rows');

-- People known by another document than a resident number are few; whoever is imported is compared with those of the same name and birth date.
create index people_other_documents on people (tenant_id, birth_date, name) where id_kind is distinct from 'resident';
