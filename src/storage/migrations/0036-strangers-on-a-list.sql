-- What an employer's list says of people whom only the employer calls its own is taken in alike, whether anybody knew them before.

alter table imported_rows
  -- In which row of the file; null where that was not kept yet.
  add column row_number integer,
  -- Who has the number that the list gives this person, under another name: a steward finds out which of the two it belongs to.
  add column stands_for uuid;
create index imported_rows_stand_ins on imported_rows (tenant_id, stands_for, owner_id) where stands_for is not null;
