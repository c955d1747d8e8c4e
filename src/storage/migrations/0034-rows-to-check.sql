-- 待核对的行: of somebody whose employment only the employer itself says, an employer is not told what others asked for; an officer looks at such rows.

-- checking: not filed, an officer looks: somebody else asked for it already, or the person took back what the employer had asked for.
alter table application_rows drop constraint application_rows_outcome_check;
alter table application_rows add constraint application_rows_outcome_check check (outcome in ('filed', 'exists', 'unlikely', 'left', 'refused', 'checking'));
alter table application_rows drop constraint application_rows_check;
alter table application_rows add constraint application_rows_check check (outcome is null or (outcome in ('filed', 'exists', 'checking')) = (case_id is not null));
