-- Evidence (材料): papers of a party, the pieces in which they arrive, what rests on them, and how much they are trusted.

-- 材料. The bytes lie outside the database, sealed under the paper's own data key, which stands here sealed.
create table evidence (
  tenant_id        integer not null,
  evidence_id      uuid not null,
  party_id         uuid not null,
  -- The kind of paper by its Chinese name, as packs name what they ask for.
  kind             text not null check (length(kind) between 1 and 60),
  status           text not null check (status in ('uploading', 'checking', 'clean', 'refused', 'withdrawn', 'expired')),
  -- 可信等级: A from the issuer, B original seen at a window, C uploaded, D self-declared.
  trust_class      text not null check (trust_class in ('A', 'B', 'C', 'D')),
  -- Through whom the bytes came.
  origin           text not null check (origin in ('issuer', 'department', 'window', 'upload', 'self')),
  -- The department that delivered it or took it in.
  department_id    uuid,
  -- The organisation whose agent uploaded it for one of its people; its agents see what they brought, and nothing else of the person.
  organisation_id  uuid,
  issued_by        text check (length(issued_by) between 1 and 100),
  issued_on        date,
  -- The last day on which it is valid; null where papers of its kind do not expire.
  expires_on       date,
  -- What the uploader called the file; names of files hold names of people.
  file_name_sealed bytea,
  size_bytes       integer not null check (size_bytes > 0),
  received_bytes   integer not null default 0 check (received_bytes between 0 and size_bytes),
  -- An upload not finished by then is given up.
  upload_until     timestamptz not null,
  -- What the bytes say, known once they are checked.
  content_type     text,
  pages            integer check (pages > 0),
  -- What an officer should know: signed, attachments, forms …
  remarks          text[] not null default '{}',
  refused_because  text,
  -- The paper already held, where this one was the same file.
  same_as          uuid,
  -- clean, infected or not-scanned, and by what.
  scan_verdict     text check (scan_verdict in ('clean', 'infected', 'not-scanned')),
  scan_engine      text,
  -- How often it brought the inspector down.
  check_falls      integer not null default 0,
  -- While one process checks, others leave it alone.
  checking_until   timestamptz,
  -- Keyed digest of the content: the same file is recognised.
  content_digest   bytea check (octet_length(content_digest) = 32),
  -- The sealed data key; without it the bytes are gone for good.
  data_key_sealed  bytea,
  blob_id          uuid,
  -- Counts changes, for ETags.
  version          integer not null default 1,
  created_at       timestamptz not null,
  created_by       uuid,
  settled_at       timestamptz,
  primary key (tenant_id, evidence_id),
  unique (tenant_id, blob_id),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  foreign key (tenant_id, organisation_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, same_as) references evidence (tenant_id, evidence_id),
  check (expires_on >= issued_on),
  check ((status = 'clean') = (blob_id is not null)),
  check (status <> 'clean' or num_nulls(content_type, content_digest, data_key_sealed, scan_verdict) = 0),
  check ((status = 'refused') = (refused_because is not null))
);
create index evidence_by_party on evidence (tenant_id, party_id, kind);
create index evidence_by_content on evidence (tenant_id, content_digest) where content_digest is not null;
-- What waits to be checked, and uploads that may be given up.
create index evidence_unsettled on evidence (tenant_id, status, upload_until) where status in ('uploading', 'checking');
select fence_tenant('evidence');

-- The pieces of an upload, each in a sealed file of its own until the whole is checked.
create table evidence_pieces (
  tenant_id    integer not null,
  evidence_id  uuid not null,
  offset_bytes integer not null check (offset_bytes >= 0),
  size_bytes   integer not null check (size_bytes > 0),
  piece_id     uuid not null,
  primary key (tenant_id, evidence_id, offset_bytes),
  unique (tenant_id, piece_id),
  foreign key (tenant_id, evidence_id) references evidence (tenant_id, evidence_id)
);
select fence_tenant('evidence_pieces');

-- What rests on a paper: facts, cases, agents. While something does, the owner cannot take it back.
create table evidence_uses (
  tenant_id   integer not null,
  evidence_id uuid not null,
  user_kind   text not null check (user_kind ~ '^[a-z]+(-[a-z]+)*$'),
  user_id     text not null,
  used_at     timestamptz not null,
  -- From then on nothing rests on it; the row stays, since it once did.
  released_at timestamptz,
  primary key (tenant_id, evidence_id, user_kind, user_id),
  foreign key (tenant_id, evidence_id) references evidence (tenant_id, evidence_id)
);
create index evidence_uses_by_user on evidence_uses (tenant_id, user_kind, user_id);
select fence_tenant('evidence_uses');

-- How a paper came to be trusted as it is, one row a change; never changed.
create table evidence_trust_changes (
  tenant_id     integer not null,
  evidence_id   uuid not null,
  change_id     uuid not null,
  from_class    text not null check (from_class in ('A', 'B', 'C', 'D')),
  to_class      text not null check (to_class in ('A', 'B', 'C', 'D')),
  basis         text not null check (basis in ('original-seen', 'issuer-asked', 'doubted')),
  department_id uuid not null,
  changed_by    uuid not null,
  changed_at    timestamptz not null,
  primary key (tenant_id, evidence_id, change_id),
  foreign key (tenant_id, evidence_id) references evidence (tenant_id, evidence_id),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  check (from_class <> to_class)
);
select fence_tenant('evidence_trust_changes', 'select, insert');

-- What rests on a paper elsewhere is found by it; most rows name none, so these stay small.
create index fact_statements_by_evidence on fact_statements (tenant_id, evidence_id) where evidence_id is not null;
create index employments_by_evidence on employments (tenant_id, evidence_id) where evidence_id is not null;
create index family_relations_by_evidence on family_relations (tenant_id, evidence_id) where evidence_id is not null;
create index agencies_by_evidence on agencies (tenant_id, evidence_id) where evidence_id is not null;
create index family_links_by_evidence on family_links (tenant_id, evidence_id) where evidence_id is not null;
