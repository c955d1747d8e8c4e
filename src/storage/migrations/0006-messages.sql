-- Messages: what stands in somebody's inbox, what waits to go out by SMS, and which channels somebody does not want.

-- 收件箱: one row for each message that an account finds when it signs in. The texts hold no personal data; what it is about is a reference.
create table messages (
  tenant_id  integer not null references tenants,
  message_id uuid not null,
  account_id uuid not null,
  template   text not null,
  title_zh   text not null,
  title_en   text not null,
  body_zh    text not null,
  body_en    text not null,
  about_kind text,
  about_id   text,
  created_at timestamptz not null,
  read_at    timestamptz,
  primary key (tenant_id, message_id),
  check ((about_kind is null) = (about_id is null))
);
create index messages_by_account on messages (tenant_id, account_id, message_id);
create index messages_unread on messages (tenant_id, account_id, message_id) where read_at is null;
select fence_tenant('messages');

-- 发件箱: one row for each SMS, written in the transaction of what it tells of. Its id is what a receiver recognises a repetition by.
create table outbox (
  tenant_id    integer not null references tenants,
  outbox_id    uuid not null,
  account_id   uuid,
  template     text not null,
  -- Both are emptied once the message has gone or will never go.
  phone_sealed bytea,
  text_sealed  bytea,
  -- Goes at night too: what somebody waits for at this moment.
  is_urgent    boolean not null,
  status       text not null check (status in ('waiting', 'sent', 'dead', 'expired')),
  attempts     integer not null default 0 check (attempts >= 0),
  -- When it may be tried next; whoever tries it moves this on first, so that nobody else does at the same time.
  due_at       timestamptz not null,
  -- After this it is of no use any more.
  expires_at   timestamptz,
  last_fault   text,
  created_at   timestamptz not null,
  ended_at     timestamptz,
  primary key (tenant_id, outbox_id),
  check ((status = 'waiting') = (ended_at is null)),
  check (status in ('sent', 'expired') or (phone_sealed is not null and text_sealed is not null))
);
create index outbox_waiting on outbox (tenant_id, is_urgent, due_at) where status = 'waiting';
create index outbox_by_status on outbox (tenant_id, status, outbox_id);
create index outbox_by_account on outbox (tenant_id, account_id) where account_id is not null;
select fence_tenant('outbox');

-- Channels that an account has switched off; without a row everything comes.
create table message_preferences (
  tenant_id  integer not null references tenants,
  account_id uuid not null,
  sms        boolean not null,
  in_app     boolean not null,
  changed_at timestamptz not null,
  primary key (tenant_id, account_id)
);
select fence_tenant('message_preferences');
