-- 放款的任职要两位管理员: whoever appoints an officer that approves or pays does not do so alone.

alter table appointments
  -- When it came into force; null while a second administrator has not said yes.
  add column confirmed_at timestamptz,
  -- The second administrator, where one is needed.
  add column confirmed_by uuid;

-- Appointments that release no money are in force as before; the others wait.
-- The owner of the table, who need be no superuser, reaches all cities for this moment only.
alter table appointments no force row level security;
update appointments set confirmed_at = granted_at where not roles && array['approver', 'finance'];
alter table appointments force row level security;

alter table appointments
  add foreign key (tenant_id, confirmed_by) references accounts (tenant_id, account_id),
  add check (confirmed_by is null or (confirmed_by <> granted_by and confirmed_by <> account_id)),
  add check (not roles && array['approver', 'finance'] or (confirmed_at is null) = (confirmed_by is null));

create index appointments_waiting on appointments (tenant_id, appointment_id) where confirmed_at is null and ended_at is null;
