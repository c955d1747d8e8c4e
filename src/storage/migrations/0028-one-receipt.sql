-- What came in once at the bank is booked once, whichever repayment it is booked on.

-- The bank's number of money received; null for what was booked before, which is compared by bank_reference.
alter table repayment_receipts add column received_reference text check (received_reference is null or (kind = 'received' and received_reference = bank_reference));
create unique index repayment_receipts_by_reference on repayment_receipts (tenant_id, received_reference) where received_reference is not null;
create index repayment_receipts_of_bank on repayment_receipts (tenant_id, bank_reference) where bank_reference is not null;
