-- 批量登记收款账户: an employer's agent hands in the payee accounts of its employees as a list.

alter table imports drop constraint imports_kind_check;
alter table imports add constraint imports_kind_check check (kind in ('people', 'organisations', 'accounts'));
-- The employer whose list gave the account: only such an account may its next list replace. Null where its holder or the window entered it.
alter table bank_accounts add column given_by_id uuid;
