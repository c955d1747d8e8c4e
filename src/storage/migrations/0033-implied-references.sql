-- References that others imply are not checked once more for every application, entry and task.

-- Its jurisdiction is one of the tenant's.
alter table applications drop constraint applications_tenant_id_fkey;
-- Each stands in the queue by the statement that adds the entry, whose tenant is checked.
alter table audit_queue drop constraint audit_queue_tenant_id_fkey;
-- A department is closed, never deleted: that its tasks and rows name one that is there is seen when they are made.
revoke delete on departments from wutong_app;
alter table case_tasks drop constraint case_tasks_tenant_id_department_id_fkey;
