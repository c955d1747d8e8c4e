-- 认可追回: what the program proposes to ask back has a person behind it, before another demands it.

alter table repayments add column adopted_by text;
alter table repayments add column adopted_at timestamptz;
alter table repayments add check (num_nulls(adopted_by, adopted_at) in (0, 2));
-- Only what the program proposed is adopted, and never demanded by whoever adopted it.
alter table repayments add check (adopted_by is null or proposed_by like 'job:%');
alter table repayments add check (state not in ('demanded', 'settled') or adopted_by is null or decided_by <> adopted_by);
