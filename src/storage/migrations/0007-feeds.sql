-- Fact feeds: what a department has agreed to deliver, what it delivered, rows that wait, and values that disagree with what is held.

-- 数据来源: an agreement with a department on which facts it delivers, what for and on what ground in law.
create table feeds (
  tenant_id         integer not null references tenants,
  feed_id           uuid not null,
  department_id     uuid not null,
  name              text not null check (name <> ''),
  -- A code of purposes.ts, and the rule that lets the department hand it over.
  purpose           text not null,
  legal_basis       text not null check (legal_basis <> ''),
  subject_kind      text not null check (subject_kind in ('person', 'organisation')),
  -- Names of the vocabulary; anything else is refused.
  facts             text[] not null check (cardinality(facts) > 0),
  -- Whether one date stands for a whole delivery, or each row has its own.
  as_of_rule        text not null check (as_of_rule in ('delivery', 'row')),
  -- A new delivery is expected within so many days; null: there is no rhythm.
  every_days        integer check (every_days > 0),
  -- How long rows of people and organisations that are not registered are kept, sealed.
  keep_unknown_days integer not null check (keep_unknown_days between 0 and 365),
  -- The office to ask, not a person.
  contact           text,
  status            text not null check (status in ('active', 'stopped')),
  version           integer not null default 1,
  created_at        timestamptz not null,
  created_by        uuid,
  changed_at        timestamptz not null,
  -- The latest day that a finished delivery speaks of.
  last_as_of        date,
  last_ended_at     timestamptz,
  -- The day on which somebody was told that it is late.
  late_told_on      date,
  primary key (tenant_id, feed_id),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id)
);
create index feeds_by_department on feeds (tenant_id, department_id, feed_id);
select fence_tenant('feeds', 'select, insert, update');

-- 报送批次
create table feed_deliveries (
  tenant_id      integer not null references tenants,
  delivery_id    uuid not null,
  feed_id        uuid not null,
  -- The sender's own number for it: sent again, it is the same delivery.
  sender_number  text not null check (sender_number <> ''),
  -- Keyed digest of what was delivered, so that the same number cannot stand for something else.
  content_digest bytea not null,
  as_of          date,
  format         text not null check (format in ('json', 'ndjson', 'csv', 'xlsx')),
  status         text not null check (status in ('waiting', 'done')),
  total          integer not null check (total >= 0),
  -- What became of the rows; what waits is total less their sum.
  accepted       integer not null default 0,
  unchanged      integer not null default 0,
  unknown        integer not null default 0,
  invalid        integer not null default 0,
  -- Rows of unknown parties that were matched later, and those whose time was over.
  matched_later  integer not null default 0,
  expired        integer not null default 0,
  -- Single values that went to the queue of disagreements.
  disagreeing    integer not null default 0,
  received_at    timestamptz not null,
  received_by    text not null,
  -- Whom to tell at the end.
  account_id     uuid,
  ended_at       timestamptz,
  primary key (tenant_id, delivery_id),
  unique (tenant_id, feed_id, sender_number),
  foreign key (tenant_id, feed_id) references feeds (tenant_id, feed_id),
  check ((status = 'done') = (ended_at is not null))
);
create index feed_deliveries_by_feed on feed_deliveries (tenant_id, feed_id, delivery_id);
create index feed_deliveries_waiting on feed_deliveries (tenant_id, delivery_id) where status = 'waiting';
select fence_tenant('feed_deliveries', 'select, insert, update');

-- Rows that wait, that nobody is known for, or that are not valid. A row that was taken is deleted: the registry's statement names the delivery.
create table feed_rows (
  tenant_id      integer not null references tenants,
  delivery_id    uuid not null,
  row_number     integer not null check (row_number > 0),
  status         text not null check (status in ('waiting', 'unknown', 'invalid', 'expired')),
  -- The row while it may still be taken; of an invalid one only what is wrong with it.
  content_sealed bytea,
  -- The last day on which a row of an unknown party is kept.
  expires_on     date,
  primary key (tenant_id, delivery_id, row_number),
  foreign key (tenant_id, delivery_id) references feed_deliveries (tenant_id, delivery_id),
  check ((status = 'expired') = (content_sealed is null)),
  check ((status = 'unknown') = (expires_on is not null))
);
create index feed_rows_by_status on feed_rows (tenant_id, delivery_id, status, row_number);
create index feed_rows_unknown on feed_rows (tenant_id, delivery_id, row_number) where status = 'unknown';
create index feed_rows_unknown_expiry on feed_rows (tenant_id, expires_on) where status = 'unknown';
select fence_tenant('feed_rows');

-- Whose turn it is: rows of a tenant are worked through by one process at a time, so that two departments that say
-- different things in the same second still meet.
create table feed_turns (
  tenant_id  integer primary key references tenants,
  swept_on   date
);
select fence_tenant('feed_turns', 'select, insert, update');

-- 不一致: a delivered value that contradicts one that is held. The held one serves until somebody has looked.
create table disagreements (
  tenant_id          integer not null references tenants,
  disagreement_id    uuid not null,
  party_id           uuid not null,
  -- Where the party belonged when it came up: whose officers look after it.
  jurisdiction_code  text not null,
  fact               text not null,
  status             text not null check (status in ('open', 'asked', 'settled')),
  held_statement_id  uuid not null,
  held_sealed        bytea not null,
  -- Tell the same value from another without opening either.
  held_digest        bytea not null,
  held_origin        text not null,
  held_trust         text not null,
  held_department_id uuid,
  held_evidence_id   uuid,
  held_as_of         date not null,
  held_from          date,
  held_to            date,
  feed_id            uuid not null,
  department_id      uuid not null,
  -- The delivery that said it last, and how many did.
  delivery_id        uuid not null,
  times              integer not null default 1,
  delivered_sealed   bytea not null,
  delivered_digest   bytea not null,
  delivered_as_of    date not null,
  delivered_from     date,
  delivered_to       date,
  -- What the party answered when asked: held, delivered or neither, and in its own words.
  answer             text check (answer in ('held', 'delivered', 'neither')),
  words_sealed       bytea,
  asked_at           timestamptz,
  answered_at        timestamptz,
  settled_as         text check (settled_as in ('held', 'delivered', 'both')),
  reason_sealed      bytea,
  settled_at         timestamptz,
  settled_by         uuid,
  version            integer not null default 1,
  created_at         timestamptz not null,
  primary key (tenant_id, disagreement_id),
  foreign key (tenant_id, feed_id) references feeds (tenant_id, feed_id),
  foreign key (tenant_id, delivery_id) references feed_deliveries (tenant_id, delivery_id),
  check ((status = 'settled') = (settled_as is not null)),
  check (num_nulls(settled_as, reason_sealed, settled_at) in (0, 3))
);
-- One open question for each fact and department; what comes again is counted.
create unique index disagreements_open on disagreements (tenant_id, party_id, fact, department_id) where status <> 'settled';
create index disagreements_by_party on disagreements (tenant_id, party_id, fact);
create index disagreements_by_status on disagreements (tenant_id, status, disagreement_id);
create index disagreements_by_place on disagreements (tenant_id, jurisdiction_code, status, disagreement_id);
create index disagreements_by_feed on disagreements (tenant_id, feed_id, status, disagreement_id);
select fence_tenant('disagreements');
