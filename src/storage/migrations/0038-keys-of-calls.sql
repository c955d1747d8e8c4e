-- 幂等键不再引用租户表: each call wrote its key and then its answer, and each of the two locked the city's one row of tenants beside all others of that moment.
-- The wall says whose it is; a city is never deleted.

alter table idempotency_keys drop constraint idempotency_keys_tenant_id_fkey;
