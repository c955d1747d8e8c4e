-- References that others imply are not checked once more for every application, entry and task; nor does every write lock the row of its city.

-- Its jurisdiction is one of the tenant's.
alter table applications drop constraint applications_tenant_id_fkey;
-- The wall lets in rows of the transaction's own tenant alone; the chain that an entry is sealed into is one of a tenant's.
alter table audit_entries drop constraint audit_entries_tenant_id_fkey;
alter table audit_queue drop constraint audit_queue_tenant_id_fkey;
-- A task is derived from its case's plan, whose departments were read in the same transaction; a department is closed, never deleted.
revoke delete on departments from wutong_app;
alter table case_tasks drop constraint case_tasks_tenant_id_department_id_fkey;
