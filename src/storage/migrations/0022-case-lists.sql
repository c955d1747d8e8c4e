-- Lists of cases: what waits for a department carries what its lists are narrowed by, and every deadline is walked state by state.

-- As the case's row has them; written with it. A queue is narrowed without looking at the cases behind it.
alter table case_tasks add column status text, add column jurisdiction_code text, add column policy_id text, add column benefit_id text;
update case_tasks t set status = c.status, jurisdiction_code = c.jurisdiction_code, policy_id = c.policy_id, benefit_id = c.benefit_id
from cases c where c.tenant_id = t.tenant_id and c.case_id = t.case_id;
alter table case_tasks
  alter column status set not null, alter column jurisdiction_code set not null, alter column policy_id set not null, alter column benefit_id set not null;
create index case_tasks_newest on case_tasks (tenant_id, department_id, case_id);

-- The newest of a county, of all states.
create index cases_newest on cases (tenant_id, jurisdiction_code, case_id);
-- One range for each state serves lists with a state and lists without.
create index cases_by_benefit_state_deadline on cases (tenant_id, policy_id, benefit_id, jurisdiction_code, status, due_on, case_id) where due_on is not null;
drop index cases_by_deadline;
drop index cases_by_benefit_deadline;
