-- The ground of every table: cities as tenants, their jurisdictions and departments, and the wall between tenants.

-- Makes a role that the server can work as, or takes the one that is there: roles belong to the whole cluster,
-- so another database, or an administrator, may have made it.
create function ensure_role(role_name text) returns void
  language plpgsql
  as $$
begin
  if not exists (select from pg_roles where rolname = role_name) then
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end if;
  begin
    execute format('grant %I to %I', role_name, current_user);
  exception when insufficient_privilege then
    -- Who may not grant it has it from an administrator; without it no session could start.
    null;
  end;
  execute format('grant usage on schema %I to %I', current_schema(), role_name);
end
$$;

-- What the server works as: no owner of anything, so that row-level security holds for it.
select ensure_role('wutong_app');
-- So that a server can tell whether it fits the database.
grant select on schema_migrations to wutong_app;

-- The tenant of the running transaction; null outside of one, so that every row stays hidden.
create function current_tenant() returns integer
  language sql stable parallel safe
  as $$ select nullif(current_setting('wutong.tenant_id', true), '')::integer $$;

-- Puts a table behind the wall and grants the server what it may do with it.
create function fence_tenant(table_name text, rights text default 'select, insert, update, delete') returns void
  language plpgsql
  as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('alter table %I force row level security', table_name);
  execute format(
    'create policy tenant_wall on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
    table_name);
  execute format('grant %s on %I to wutong_app', rights, table_name);
end
$$;

-- Global: which cities there are. A reference table that every node holds.
create table tenants (
  tenant_id  integer primary key check (tenant_id > 0),
  code       text not null unique check (code ~ '^[a-z][a-z0-9-]{1,62}$'),
  name       text not null,
  -- The division whose prefecture the city is, GB/T 2260.
  place_code text not null check (place_code ~ '^\d{6}$'),
  -- Host names under which the city's pages are reached; with one tenant they may be empty.
  hosts      text[] not null default '{}',
  created_at timestamptz not null default now()
);
grant select on tenants to wutong_app;

-- 辖区: the city itself, its counties, districts and zones.
create table jurisdictions (
  tenant_id   integer not null references tenants,
  code        text not null check (code ~ '^\d{6}$'),
  parent_code text,
  name        text not null,
  primary key (tenant_id, code),
  foreign key (tenant_id, parent_code) references jurisdictions (tenant_id, code)
);
select fence_tenant('jurisdictions');

-- 部门
create table departments (
  tenant_id         integer not null references tenants,
  department_id     uuid not null,
  code              text not null,
  name              text not null,
  jurisdiction_code text not null,
  telephone         text,
  closed_on         date,
  -- Counts changes, for the ETag.
  version           integer not null default 1,
  primary key (tenant_id, department_id),
  unique (tenant_id, code),
  foreign key (tenant_id, jurisdiction_code) references jurisdictions (tenant_id, code)
);
select fence_tenant('departments');

-- Answers already given to calls with an idempotency key, so that a retry changes nothing twice.
create table idempotency_keys (
  tenant_id    integer not null references tenants,
  -- Keyed digest, in hex, of who called, the route and the key that the caller chose.
  key_digest   text not null,
  body_digest  bytea not null,
  status       integer,
  -- Sealed: an answer may hold personal data.
  answer_sealed bytea,
  created_at   timestamptz not null default now(),
  primary key (tenant_id, key_digest)
);
create index idempotency_keys_by_age on idempotency_keys (tenant_id, created_at);
select fence_tenant('idempotency_keys');
