-- 撤回公示: a list is taken back before its window ends. Nobody sees it from that moment; its cases then go back, batch by batch, and wait for another list.

alter table public_lists drop constraint public_lists_state_check;
alter table public_lists add constraint public_lists_state_check check (state in ('gathering', 'open', 'closed', 'taken-back'));
-- Of a list that was taken back, closed_at says that all of its cases are back.
alter table public_lists drop constraint public_lists_check1;
alter table public_lists add constraint public_lists_closed_check check (case state when 'closed' then closed_at is not null when 'taken-back' then true else closed_at is null end);
alter table public_lists add column taken_back_at timestamptz;
alter table public_lists add column taken_back_by text check (length(taken_back_by) between 1 and 100);
alter table public_lists add column taken_back_reason_sealed bytea;
alter table public_lists add constraint public_lists_taken_back_check check (num_nulls(taken_back_at, taken_back_by, taken_back_reason_sealed) = case state when 'taken-back' then 0 else 3 end);
create index public_lists_taken_back on public_lists (tenant_id, list_id) where state = 'taken-back' and closed_at is null;
