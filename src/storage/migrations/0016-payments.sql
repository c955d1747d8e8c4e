-- Payments: instalments of granted decisions, doubts for people, batches for the bank with what the bank answered, and money asked back.
-- How much is left of a fund stands in the ledger alone; here stands what is to be paid, to whom, and how far that is.

-- 分期: one payment of a decision. waiting → ready (checked, nothing against it) or in-doubt (a person looks) → in-batch → paid;
-- a payment that failed makes it ready again, one that came back makes it returned; offset: set against money that the payee owes; cancelled.
create table instalments (
  tenant_id         integer not null references tenants,
  instalment_id     uuid not null,
  decision_id       uuid not null,
  case_id           uuid not null,
  case_number       text not null,
  -- 1 for the first of the decision.
  instalment_number integer not null check (instalment_number > 0),
  -- Who is paid.
  party_id          uuid not null,
  -- With whom the payee has to be still; null where the decision does not rest on it.
  employer_id       uuid,
  policy_id         text not null,
  benefit_id        text not null,
  -- Whose finance department pays.
  jurisdiction_code text not null,
  due_on            date not null,
  amount_fen        bigint not null check (amount_fen > 0),
  -- What of it is set against money that the payee owes.
  offset_fen        bigint not null default 0 check (offset_fen between 0 and amount_fen),
  -- Names of flags that have to be true before it is paid.
  checks            text[] not null,
  state             text not null check (state in ('waiting', 'in-doubt', 'ready', 'in-batch', 'paid', 'offset', 'returned', 'cancelled')),
  -- While it waits: the day on which it is looked at next.
  look_on           date,
  checked_at        timestamptz,
  -- How many payments of it were prepared.
  attempts          integer not null default 0 check (attempts >= 0),
  version           integer not null default 1,
  created_at        timestamptz not null,
  changed_at        timestamptz not null,
  primary key (tenant_id, instalment_id),
  -- The same decision scheduled twice is the same schedule.
  unique (tenant_id, decision_id, instalment_number),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, employer_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  check ((state = 'waiting') = (look_on is not null)),
  check (state <> 'offset' or offset_fen = amount_fen)
);
create index instalments_due on instalments (tenant_id, jurisdiction_code, due_on, instalment_id);
create index instalments_by_state on instalments (tenant_id, jurisdiction_code, state, due_on, instalment_id);
create index instalments_waiting on instalments (tenant_id, look_on, instalment_id) where state = 'waiting';
create index instalments_by_party on instalments (tenant_id, party_id, due_on);
create index instalments_by_case on instalments (tenant_id, case_id);
select fence_tenant('instalments', 'select, insert, update');

-- What each fund gives of an instalment; the part under which the ledger holds it committed.
create table instalment_shares (
  tenant_id         integer not null,
  instalment_id     uuid not null,
  share_number      integer not null check (share_number > 0),
  part_id           uuid not null,
  fund              text not null,
  jurisdiction_code text not null,
  year              integer not null,
  amount_fen        bigint not null check (amount_fen > 0),
  offset_fen        bigint not null default 0 check (offset_fen between 0 and amount_fen),
  primary key (tenant_id, instalment_id, share_number),
  unique (tenant_id, part_id),
  foreign key (tenant_id, instalment_id) references instalments (tenant_id, instalment_id)
);
select fence_tenant('instalment_shares', 'select, insert, update');

-- 疑点: why a person has to look before it is paid, and what the person said.
create table payment_doubts (
  tenant_id         integer not null,
  doubt_id          uuid not null,
  instalment_id     uuid not null,
  jurisdiction_code text not null,
  -- doubt.ts names them.
  kind              text not null,
  -- The flag that does not hold, by its name.
  fact              text,
  -- What it rests on: a hold, an account, a statement. Who settles a doubt settles it for this.
  about_id          uuid,
  opened_at         timestamptz not null,
  -- pay: all the same · wait: look again on a later day · cancel: it is not paid · gone: what was doubtful no longer is.
  settled_as        text check (settled_as in ('pay', 'wait', 'cancel', 'gone')),
  reason_sealed     bytea,
  settled_at        timestamptz,
  settled_by        text,
  primary key (tenant_id, doubt_id),
  foreign key (tenant_id, instalment_id) references instalments (tenant_id, instalment_id),
  check ((settled_as is null) = (settled_at is null)),
  check ((settled_at is null) = (settled_by is null)),
  check (reason_sealed is not null or settled_as is null or settled_as = 'gone')
);
create index payment_doubts_open on payment_doubts (tenant_id, jurisdiction_code, doubt_id) where settled_at is null;
create index payment_doubts_by_place on payment_doubts (tenant_id, jurisdiction_code, doubt_id);
create index payment_doubts_of on payment_doubts (tenant_id, instalment_id, doubt_id);
select fence_tenant('payment_doubts', 'select, insert, update');

-- 批次: prepared by one, approved by two others, sent to the bank, closed when every line has an answer.
create table payment_batches (
  tenant_id          integer not null references tenants,
  batch_id           uuid not null,
  batch_number       text not null check (batch_number <> ''),
  jurisdiction_code  text not null,
  department_id      uuid not null,
  state              text not null check (state in ('prepared', 'approved-once', 'approved', 'sent', 'closed', 'cancelled')),
  line_count         integer not null check (line_count > 0),
  total_fen          bigint not null check (total_fen > 0),
  prepared_by        uuid not null,
  prepared_at        timestamptz not null,
  first_approved_by  uuid,
  first_approved_at  timestamptz,
  second_approved_by uuid,
  second_approved_at timestamptz,
  -- What left for the bank: lines that were held meanwhile are not in it.
  sent_by            uuid,
  sent_at            timestamptz,
  sent_count         integer,
  sent_fen           bigint,
  closed_at          timestamptz,
  cancelled_by       uuid,
  cancelled_at       timestamptz,
  reason_sealed      bytea,
  version            integer not null default 1,
  primary key (tenant_id, batch_id),
  unique (tenant_id, batch_number),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  foreign key (tenant_id, department_id) references departments (tenant_id, department_id),
  -- Two people, and neither of them prepared it.
  check (first_approved_by <> prepared_by),
  check (second_approved_by <> prepared_by),
  check (second_approved_by <> first_approved_by),
  check (num_nulls(first_approved_by, first_approved_at) in (0, 2)),
  check (num_nulls(second_approved_by, second_approved_at) in (0, 2)),
  check (first_approved_at is not null or state in ('prepared', 'cancelled')),
  check (second_approved_at is not null or state in ('prepared', 'approved-once', 'cancelled')),
  check (num_nulls(sent_by, sent_at, sent_count, sent_fen) in (0, 4)),
  check ((sent_at is not null) = (state in ('sent', 'closed'))),
  check (sent_fen <= total_fen),
  check ((closed_at is not null) = (state = 'closed')),
  check ((cancelled_at is not null) = (state = 'cancelled')),
  check (num_nulls(cancelled_at, cancelled_by, reason_sealed) in (0, 3))
);
create index payment_batches_by_place on payment_batches (tenant_id, jurisdiction_code, batch_id);
select fence_tenant('payment_batches', 'select, insert, update');

-- Numbers of batches and repayments, counted for each jurisdiction and year.
create table payment_numbers (
  tenant_id         integer not null references tenants,
  kind              text not null check (kind in ('batch', 'repayment')),
  jurisdiction_code text not null,
  year              integer not null,
  last_number       integer not null check (last_number > 0),
  primary key (tenant_id, kind, jurisdiction_code, year)
);
select fence_tenant('payment_numbers', 'select, insert, update');

-- 付款: one try to pay an instalment, a line of a batch. open → sent → paid or failed; returned: paid, and it came back; dropped: taken out before sending.
create table payments (
  tenant_id      integer not null,
  payment_id     uuid not null,
  batch_id       uuid not null,
  line_number    integer not null check (line_number > 0),
  -- What the bank is given and gives back: the batch's number and the line's.
  payment_number text not null,
  instalment_id  uuid not null,
  attempt        integer not null check (attempt > 0),
  party_id       uuid not null,
  amount_fen     bigint not null check (amount_fen > 0),
  state          text not null check (state in ('open', 'sent', 'paid', 'failed', 'returned', 'dropped')),
  -- The account at approval: holder, bank and number, as they go into the file.
  account_id     uuid,
  account_sealed bytea,
  -- What the bank said.
  result_id      uuid,
  settled_on     date,
  bank_reference text,
  reason_sealed  bytea,
  returned_on    date,
  return_sealed  bytea,
  primary key (tenant_id, payment_id),
  unique (tenant_id, batch_id, line_number),
  unique (tenant_id, payment_number),
  unique (tenant_id, instalment_id, attempt),
  foreign key (tenant_id, batch_id) references payment_batches (tenant_id, batch_id),
  foreign key (tenant_id, instalment_id) references instalments (tenant_id, instalment_id),
  check (num_nulls(account_id, account_sealed) in (0, 2)),
  check (account_id is not null or state in ('open', 'dropped')),
  check ((settled_on is not null) = (state in ('paid', 'failed', 'returned'))),
  check ((returned_on is not null) = (state = 'returned'))
);
-- An instalment is on its way or paid once, whoever does what at the same moment.
create unique index payments_once on payments (tenant_id, instalment_id) where state in ('open', 'sent', 'paid');
create index payments_by_state on payments (tenant_id, batch_id, state, line_number);
create index payments_by_party on payments (tenant_id, party_id);
select fence_tenant('payments', 'select, insert, update');

-- 银行结果: a file that the bank answered with. The same file twice is one.
create table payment_results (
  tenant_id      integer not null,
  result_id      uuid not null,
  batch_id       uuid not null,
  file_name      text not null,
  -- Keyed digest of the file.
  file_digest    bytea not null,
  content_sealed bytea not null,
  paid_count     integer not null check (paid_count >= 0),
  failed_count   integer not null check (failed_count >= 0),
  returned_count integer not null check (returned_count >= 0),
  known_count    integer not null check (known_count >= 0),
  imported_by    uuid not null,
  imported_at    timestamptz not null,
  primary key (tenant_id, result_id),
  unique (tenant_id, file_digest),
  foreign key (tenant_id, batch_id) references payment_batches (tenant_id, batch_id)
);
create index payment_results_of on payment_results (tenant_id, batch_id, result_id);
select fence_tenant('payment_results', 'select, insert');

-- 追回: money that was paid wrongly and is asked back. proposed → demanded (another person) → settled; what cannot be had is written off by two people.
create table repayments (
  tenant_id          integer not null references tenants,
  repayment_id        uuid not null,
  repayment_number    text not null check (repayment_number <> ''),
  case_id            uuid not null,
  -- Whose debt it is: whoever was paid.
  party_id           uuid not null,
  jurisdiction_code  text not null,
  -- What the demand rests on: a decision's number, and the finding or decision itself.
  document           text not null check (document <> ''),
  about_id           uuid,
  reason_sealed      bytea not null,
  amount_fen         bigint not null check (amount_fen > 0),
  received_fen       bigint not null default 0 check (received_fen >= 0),
  offset_fen         bigint not null default 0 check (offset_fen >= 0),
  written_off_fen    bigint not null default 0 check (written_off_fen >= 0),
  state              text not null check (state in ('proposed', 'demanded', 'settled', 'cancelled')),
  proposed_by        text not null,
  proposed_at        timestamptz not null,
  decided_by         text,
  decided_at         timestamptz,
  -- A write-off that waits for, or has, its second person.
  write_off_document text,
  write_off_fen      bigint check (write_off_fen > 0),
  write_off_by       text,
  write_off_at       timestamptz,
  settled_at         timestamptz,
  version            integer not null default 1,
  primary key (tenant_id, repayment_id),
  unique (tenant_id, repayment_number),
  foreign key (tenant_id, party_id) references parties (tenant_id, party_id),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code),
  check (received_fen + offset_fen + written_off_fen <= amount_fen),
  -- Nobody demands what they proposed themselves.
  check (state not in ('demanded', 'settled') or decided_by <> proposed_by),
  check (num_nulls(decided_by, decided_at) in (0, 2)),
  check ((decided_at is null) = (state = 'proposed')),
  check ((settled_at is not null) = (state = 'settled')),
  check (state <> 'settled' or received_fen + offset_fen + written_off_fen = amount_fen),
  check (num_nulls(write_off_document, write_off_fen, write_off_by, write_off_at) in (0, 4))
);
create index repayments_by_place on repayments (tenant_id, jurisdiction_code, repayment_id);
create index repayments_by_party on repayments (tenant_id, party_id, repayment_id);
create index repayments_by_case on repayments (tenant_id, case_id);
select fence_tenant('repayments', 'select, insert, update');

-- What of which payment is asked back, by the part of the ledger that it was paid from.
create table repayment_parts (
  tenant_id       integer not null,
  repayment_id     uuid not null,
  payment_id      uuid not null,
  part_id         uuid not null,
  amount_fen      bigint not null check (amount_fen > 0),
  -- What of it came back, was set off or was written off.
  settled_fen     bigint not null default 0 check (settled_fen between 0 and amount_fen),
  primary key (tenant_id, repayment_id, payment_id, part_id),
  foreign key (tenant_id, repayment_id) references repayments (tenant_id, repayment_id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, payment_id),
  foreign key (tenant_id, part_id) references instalment_shares (tenant_id, part_id)
);
create index repayment_parts_of on repayment_parts (tenant_id, payment_id);
select fence_tenant('repayment_parts', 'select, insert, update');

-- By when the debtor pays how much back.
create table repayment_terms (
  tenant_id   integer not null,
  repayment_id uuid not null,
  term_number integer not null check (term_number > 0),
  due_on      date not null,
  amount_fen  bigint not null check (amount_fen > 0),
  primary key (tenant_id, repayment_id, term_number),
  foreign key (tenant_id, repayment_id) references repayments (tenant_id, repayment_id)
);
select fence_tenant('repayment_terms', 'select, insert');

-- What came back, was set against a later instalment, or was written off.
create table repayment_receipts (
  tenant_id      integer not null,
  receipt_id     uuid not null,
  repayment_id    uuid not null,
  kind           text not null check (kind in ('received', 'offset', 'written-off')),
  amount_fen     bigint not null check (amount_fen > 0),
  -- The instalment that it was set against.
  instalment_id  uuid,
  received_on    date not null,
  -- The bank's number of the payment, or the number of the decision that writes off: the same one twice is one.
  bank_reference text,
  recorded_by    text not null,
  recorded_at    timestamptz not null,
  primary key (tenant_id, receipt_id),
  unique (tenant_id, repayment_id, bank_reference),
  foreign key (tenant_id, repayment_id) references repayments (tenant_id, repayment_id),
  foreign key (tenant_id, instalment_id) references instalments (tenant_id, instalment_id),
  check ((kind = 'offset') = (instalment_id is not null)),
  check ((kind = 'offset') = (bank_reference is null))
);
create index repayment_receipts_of on repayment_receipts (tenant_id, repayment_id, receipt_id);
select fence_tenant('repayment_receipts', 'select, insert');
