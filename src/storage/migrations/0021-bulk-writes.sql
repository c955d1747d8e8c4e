-- Less work for lists and loads: what is written with its party, and never without it, is not looked up for each row again.

-- Each of these keys cost a look-up and a lock of the row above for every row below: a fifth of what writing a person took, and all people of
-- a city locked the one row of tenants. The wall lets nobody write for another tenant, people are written with their party in one
-- transaction, statements only of a party that was found; and a party, once there, stays: nobody at the server may delete one.
alter table parties drop constraint parties_tenant_id_fkey;
alter table people drop constraint people_tenant_id_party_id_fkey;
alter table fact_statements drop constraint fact_statements_tenant_id_party_id_fkey;
revoke delete on parties from wutong_app;

-- 读好的行: the rows of a list as its check read them, so that the run need not read the file once more; gone once the run is over.
create table import_rows (
  tenant_id   integer not null,
  import_id   uuid not null,
  -- Rows of the sheet from and up to which they stand, and how many there are.
  first_row   integer not null,
  last_row    integer not null,
  row_count   integer not null,
  -- What reading them depended on besides the file (kept-rows.ts); where that has changed, the file is read again.
  read_with   text not null,
  rows_sealed bytea not null,
  primary key (tenant_id, import_id, first_row),
  foreign key (tenant_id, import_id) references imports (tenant_id, import_id)
);
-- Pressed and sealed already.
alter table import_rows alter column rows_sealed set storage external;
select fence_tenant('import_rows');
