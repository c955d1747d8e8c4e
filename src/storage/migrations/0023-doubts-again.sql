-- An instalment in doubt is looked at again each day, as one that waits is: what was missing may be there by then.
alter table instalments drop constraint instalments_check1;
alter table instalments add constraint instalments_look_on_check
  check ((state <> 'waiting' or look_on is not null) and (state in ('waiting', 'in-doubt') or look_on is null));
update instalments set look_on = due_on where state = 'in-doubt';
drop index instalments_waiting;
create index instalments_to_look_at on instalments (tenant_id, look_on, instalment_id) where look_on is not null;
