// Every table keeps the rules that let Wutong grow and keep cities apart: read from the database, and shown to catch tables that break them.
import type pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { asOwner, makeEmptyDatabase, makeTestDatabase } from '../../test/support/database.ts';
import { postgresChoices } from '../../test/support/postgres.ts';
import { readMigrations } from './migrate.ts';
import { readSchema, type Schema, type Table } from './read-schema.ts';

/** Tables of no single city. */
const globalTables = new Set(['schema_migrations', 'tenants']);

/** Functions that may work with their owner's rights, each with a reason here. */
const trustedFunctions = new Set<string>();

const wall = '(tenant_id = current_tenant())';

/** What a role of the server may be given on a table. */
const usualRights = new Set(['select', 'insert', 'update', 'delete']);

/** Types that mean one thing on every PostgreSQL and in row-types.ts. */
const usualTypes = new Set(['bool', 'int2', 'int4', 'int8', 'float8', 'numeric', 'text', 'uuid', 'date', 'timestamptz', 'jsonb', 'bytea', 'inet']);

/** Every rule that the schema breaks, as `table: what`. */
function findFaults(schema: Schema): string[] {
  const faults: string[] = [];
  for (const name of schema.sequences) faults.push(`${name}: a sequence; ids are made by the program`);
  for (const name of schema.extensions) faults.push(`${name}: an extension, which not every PostgreSQL has`);
  for (const { name, definition } of schema.types) if (!definition.startsWith('domain ')) faults.push(`${name}: a type of its own, hard to change later`);
  for (const routine of schema.routines) {
    if (routine.isSecurityDefiner && !trustedFunctions.has(routine.name)) faults.push(`${routine.name}: works with its owner's rights, past every wall`);
    if (routine.ownerName.startsWith('wutong_')) faults.push(`${routine.name}: owned by ${routine.ownerName}`);
  }
  for (const table of schema.tables) {
    for (const what of [...structureFaults(table), ...columnFaults(table), ...(globalTables.has(table.name) ? [] : tenantFaults(table))]) faults.push(`${table.name}: ${what}`);
  }
  return faults;
}

function structureFaults(table: Table): string[] {
  const faults: string[] = [];
  if (table.kind === 'v') {
    if (!table.options.some((option) => /^security_invoker=(true|on|1)$/.test(option))) faults.push('a view without security_invoker shows every tenant');
  } else if (table.kind !== 'r' && table.kind !== 'p') faults.push('neither table nor view');
  else if (!table.constraints.some((each) => each.kind === 'p') && table.partitionOf === null) faults.push('no primary key');
  if (table.persistence !== 'p') faults.push('unlogged: empty after a crash');
  if (table.ownerName.startsWith('wutong_')) faults.push(`owned by ${table.ownerName}`);
  for (const trigger of table.triggers) faults.push(`a trigger: ${trigger}`);
  for (const { kind, name, definition } of table.constraints) {
    if (kind === 'x') faults.push(`an exclusion constraint: ${name}`);
    if (kind === 'f' && /ON (DELETE|UPDATE) SET (NULL|DEFAULT)/.test(definition)) faults.push(`${name} empties columns, tenant_id among them`);
  }
  for (const { grantee, privilege } of table.grants) {
    if (!grantee.startsWith('wutong_')) faults.push(`${privilege} granted to ${grantee}`);
    else if (!usualRights.has(privilege)) faults.push(`${grantee} may ${privilege}`);
  }
  return faults;
}

function columnFaults(table: Table): string[] {
  const faults: string[] = [];
  for (const { name, baseType, type, isArray, identity, expression } of table.columns) {
    if (identity !== '' || /nextval\(/.test(expression ?? '')) faults.push(`${name} counts by itself`);
    if (/uuid\w*\(/.test(expression ?? '')) faults.push(`${name} is made by the database; newId() makes ids that lie together`);
    if (!usualTypes.has(baseType)) faults.push(`${name} is ${type}, which is not among the usual types`);
    if (/_at$/.test(name) && baseType !== 'timestamptz') faults.push(`${name} is an instant, so timestamptz`);
    if (/(_on|^valid_(from|to|until))$/.test(name) && baseType !== 'date') faults.push(`${name} is a calendar date, so date`);
    if (/_fen$/.test(name) && baseType !== 'int8') faults.push(`${name} is money, so bigint fen`);
    if (/_(sealed|search|digest)$/.test(name) && (baseType !== 'bytea' || isArray)) faults.push(`${name} is no text, so bytea`);
    // Never as text: sealed, or as a keyed digest.
    if (/(^|_)(phone|mobile|id_number|identity_number|passport_number|bank_account|account_number|password|secret|token)$/.test(name) && baseType !== 'bytea' && baseType !== 'uuid') {
      faults.push(`${name} is secret, so bytea and sealed`);
    }
  }
  return faults;
}

function tenantFaults(table: Table): string[] {
  const faults: string[] = [];
  const tenant = table.columns.find((each) => each.name === 'tenant_id');
  if (tenant === undefined) return ['no tenant_id'];
  if (tenant.type !== 'integer' || (!tenant.isRequired && table.kind !== 'v')) faults.push('tenant_id is not "integer not null"');
  if (tenant.expression !== null) faults.push('tenant_id has a default');
  for (const { kind, name, columns } of table.constraints) if (kind !== 'c' && kind !== 'x' && columns[0] !== 'tenant_id') faults.push(`${name} does not begin with tenant_id`);
  for (const { name, columns } of table.indexes) if (columns[0] !== 'tenant_id') faults.push(`${name} does not begin with tenant_id`);
  if (table.kind === 'v') return faults;
  if (!table.hasRowSecurity) faults.push('row-level security is off');
  if (!table.isRowSecurityForced) faults.push('row-level security does not hold for the owner');
  const walls = table.policies.filter((each) => each.name === 'tenant_wall' && each.command === '*' && each.roles.join() === 'public' && `(${each.using})` === wall && `(${each.check})` === wall);
  if (walls.length !== 1) faults.push('no tenant_wall');
  // Permissive policies add up: any other one would be a gate in the wall.
  for (const policy of table.policies) if (policy.isPermissive && !walls.includes(policy)) faults.push(`the policy ${policy.name} opens the wall`);
  return faults;
}

/** Every right that a role of the server has too many. */
async function findRoleFaults(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(`
    select r.rolname || ': ' || f.fault as fault from pg_roles r,
      lateral (values
        (r.rolsuper, 'is superuser'), (r.rolbypassrls, 'passes row-level security'), (r.rolcreaterole, 'makes roles'), (r.rolcreatedb, 'makes databases'),
        (r.rolcanlogin, 'may log in'), (r.rolreplication, 'may replicate'),
        (exists (select from pg_auth_members m where m.member = r.oid), 'is a member of another role'),
        (has_schema_privilege(r.oid, 'public', 'create'), 'may create in public'),
        (exists (select from pg_shdepend d where d.refobjid = r.oid and d.deptype = 'o' and d.dbid in (0, (select oid from pg_database where datname = current_database()))), 'owns something')
      ) f (holds, fault)
    where r.rolname ~ '^wutong_' and f.holds order by 1`);
  return rows.map((row) => row.fault);
}

describe.each(postgresChoices)('on %s', (on) => {
  test('this schema keeps every rule', async () => {
    const { ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    const [schema, roleFaults] = await asOwner({ ownerUrl }, async (client) => [await readSchema(client), await findRoleFaults(client)] as const);
    expect(schema.tables.length).toBeGreaterThan(globalTables.size);
    for (const name of globalTables) expect(schema.tables.some((table) => table.name === name), name).toBe(true);
    expect(findFaults(schema)).toEqual([]);
    expect(roleFaults).toEqual([]);
  });

  test('planted tables that break a rule are caught, each for its own fault', async () => {
    const { ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    for (const [statements, fault] of planted) {
      const faults = await asOwner({ ownerUrl }, async (client) => {
        await client.query('begin');
        // readSchema ends a transaction of its own, so what is planted is dropped, not rolled back.
        await client.query(`create schema planted; ${statements}; commit`);
        const found = findFaults(await readSchema(client));
        await client.query(`drop owned by current_user cascade`).catch(() => {});
        return found;
      });
      expect(faults, statements).toContain(fault);
    }
  });
});

const good = 'tenant_id integer not null, id uuid not null';
const planted: readonly (readonly [statements: string, fault: string])[] = [];
