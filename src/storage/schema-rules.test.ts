// Every table keeps the rules that let Wutong grow and keep cities apart: read from the database, and shown to catch tables that break them.
import type pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { asOwner, makeTenant, makeTestDatabase } from '../../test/support/database.ts';
import { postgresChoices } from '../../test/support/postgres.ts';
import { inTenant } from './database.ts';
import { readMigrations } from './migrate.ts';
import { readSchema, type Schema, type Table } from './read-schema.ts';

/** Tables of no single city. */
const globalTables = new Set(['schema_migrations', 'tenants']);

/** Functions that may work with their owner's rights, each with a reason here. */
const trustedFunctions = new Set<string>();

const wall = '(tenant_id = (( SELECT current_tenant() AS current_tenant)))';

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
    if (name.endsWith('_at') && baseType !== 'timestamptz') faults.push(`${name} is an instant, so timestamptz`);
    if (/(_on|^valid_(from|to|until))$/.test(name) && baseType !== 'date') faults.push(`${name} is a calendar date, so date`);
    if (name.endsWith('_fen') && baseType !== 'int8') faults.push(`${name} is money, so bigint fen`);
    if (/_(sealed|search)$/.test(name) && (baseType !== 'bytea' || isArray)) faults.push(`${name} is no text, so bytea`);
    // Never as text: sealed, or as a keyed digest.
    if (/(^|_)(phone|mobile|id_number|identity_number|passport_number|bank_account|account_number|password|secret)$/.test(name) && baseType !== 'bytea' && baseType !== 'uuid') {
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
        (r.rolcanlogin and r.rolname not in ('wutong_login', 'wutong_sealer_login'), 'may log in'), (r.rolcanlogin and r.rolinherit, 'has the rights of its roles unasked'), (r.rolreplication, 'may replicate'),
        -- Another test makes a login of an earlier version, which took both, and sees that it is brought down to one.
        (exists (select from pg_auth_members m where m.member = r.oid and not (r.rolname = 'wutong_login' and m.roleid::regrole::text ~ '^wutong_(app|sealer)$' or r.rolname = 'wutong_sealer_login' and m.roleid::regrole::text = 'wutong_sealer')), 'is a member of another role'),
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
    expect(schema.tables.map((table) => table.name)).toEqual(expect.arrayContaining([...globalTables]));
    expect(findFaults(schema)).toEqual([]);
    expect(roleFaults).toEqual([]);
  });

  test('planted tables and roles that break a rule are caught, each for its own fault', async () => {
    const { ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    const before = await asOwner({ ownerUrl }, async (client) => findFaults(await readSchema(client)));
    const faults = await asOwner({ ownerUrl }, async (client) => {
      for (const [statements] of planted) await client.query(statements);
      return findFaults(await readSchema(client));
    });
    expect(faults.filter((fault) => !before.includes(fault)).sort()).toEqual(planted.flatMap(([, ...caught]) => caught).sort());
  });

  test('a role with a right too many is caught', async () => {
    const { ownerUrl, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    await asOwner({ ownerUrl }, async (client) => {
      // Roles belong to the whole server, so they are planted in a transaction that never ends well.
      await client.query('begin');
      await client.query('create role wutong_planted login bypassrls createdb; create table owned (x integer); grant create on schema public to wutong_planted; alter table owned owner to wutong_planted');
      expect((await findRoleFaults(client)).filter((fault) => fault.startsWith('wutong_planted: '))).toEqual(
        ['has the rights of its roles unasked', 'makes databases', 'may create in public', 'may log in', 'owns something', 'passes row-level security'].map((fault) => `wutong_planted: ${fault}`),
      );
      await client.query('rollback');
    });
  });

  test('behind the wall: the server sees and writes the rows of the tenant that it named, and no other', async () => {
    const { ownerUrl, db, drop } = await makeTestDatabase({ on });
    onTestFinished(drop);
    const [one, two] = [await makeTenant({ ownerUrl }, { code: 'one' }), await makeTenant({ ownerUrl }, { code: 'two' })];
    const inside = await inTenant(db, one, (tx) => tx.selectFrom('jurisdictions').select(['tenant_id', 'code']).execute());
    expect(inside).toEqual([{ tenant_id: one, code: '220200' }]);
    const add = (tenantId: number) => inTenant(db, one, (tx) => tx.insertInto('jurisdictions').values({ tenant_id: tenantId, code: '220299', name: '样例县' }).execute());
    await add(one);
    await expect(add(two)).rejects.toThrow(/row-level security/);
    // Outside of a tenant there is nothing at all.
    expect(await db.kysely.selectFrom('jurisdictions').selectAll().execute()).toEqual([]);
    expect(await inTenant(db, one, (tx) => tx.deleteFrom('jurisdictions').where('tenant_id', '=', two).executeTakeFirst())).toEqual({ numDeletedRows: 0n });
    // Nothing of the one transaction stays on the connection for the next.
    expect((await db.pool.query(`select current_tenant() as tenant, current_user as role`)).rows).toEqual([{ tenant: null, role: 'wutong_app' }]);
  });
});

test('the migrations lock by rows and tables: no advisory lock, no LISTEN', () => {
  const found = readMigrations().filter(({ sql }) => /advisory_|^\s*(listen|notify)\b|pg_notify/im.test(sql));
  expect(found.map((each) => each.file)).toEqual([]);
});

/** A table that breaks no rule, with more columns, constraints or ends. */
const tableWith = (name: string, more: string, after = `select fence_tenant('${name}')`): string =>
  `create table ${name} (tenant_id integer not null, id uuid not null, primary key (tenant_id, id)${more === '' ? '' : `, ${more}`}); ${after}`;

const planted: readonly (readonly [statements: string, ...faults: string[]])[] = [
  [tableWith('planted_good', 'name text, unique (tenant_id, name)')],
  [`create table planted_lonely (id uuid primary key); grant select on planted_lonely to wutong_app`, 'planted_lonely: no tenant_id'],
  [`create table planted_late (id uuid not null, tenant_id integer not null, primary key (id, tenant_id)); select fence_tenant('planted_late')`, 'planted_late: planted_late_pkey does not begin with tenant_id'],
  [`create table planted_keyless (tenant_id integer not null); select fence_tenant('planted_keyless')`, 'planted_keyless: no primary key'],
  [
    `create table planted_tenant (tenant_id bigint default 1, id uuid, primary key (tenant_id, id)); select fence_tenant('planted_tenant')`,
    'planted_tenant: tenant_id is not "integer not null"',
    'planted_tenant: tenant_id has a default',
  ],
  [tableWith('planted_unique', 'name text unique'), 'planted_unique: planted_unique_name_key does not begin with tenant_id'],
  [
    tableWith('planted_from', 'department_id uuid, foreign key (tenant_id, department_id) references departments on delete set null'),
    'planted_from: planted_from_tenant_id_department_id_fkey empties columns, tenant_id among them',
  ],
  [
    `create table planted_goal (tenant_id integer not null, id uuid not null, primary key (tenant_id, id), unique (id, tenant_id)); select fence_tenant('planted_goal');
     ${tableWith('planted_pointing', 'goal uuid, foreign key (goal, tenant_id) references planted_goal (id, tenant_id)')}`,
    'planted_goal: planted_goal_id_tenant_id_key does not begin with tenant_id',
    'planted_pointing: planted_pointing_goal_tenant_id_fkey does not begin with tenant_id',
  ],
  [`${tableWith('planted_index', 'name text')}; create index planted_by_name on planted_index (name); create index planted_by_words on planted_index (lower(name), tenant_id)`, 'planted_index: planted_by_name does not begin with tenant_id', 'planted_index: planted_by_words does not begin with tenant_id'],
  [tableWith('planted_open', '', 'grant select on planted_open to wutong_app'), 'planted_open: row-level security is off', 'planted_open: row-level security does not hold for the owner', 'planted_open: no tenant_wall'],
  [`${tableWith('planted_unforced', '')}; alter table planted_unforced no force row level security`, 'planted_unforced: row-level security does not hold for the owner'],
  [`${tableWith('planted_low', '')}; drop policy tenant_wall on planted_low; create policy tenant_wall on planted_low using (true)`, 'planted_low: no tenant_wall', 'planted_low: the policy tenant_wall opens the wall'],
  [`${tableWith('planted_gate', '')}; create policy gate on planted_gate for select using (true); create policy narrow on planted_gate as restrictive using (id is not null)`, 'planted_gate: the policy gate opens the wall'],
  [`${tableWith('planted_reading', '')}; drop policy tenant_wall on planted_reading; create policy tenant_wall on planted_reading for select using (tenant_id = (select current_tenant()))`, 'planted_reading: no tenant_wall', 'planted_reading: the policy tenant_wall opens the wall'],
  [`${tableWith('planted_given', '')}; grant truncate, references on planted_given to wutong_app; grant select on planted_given to public`, 'planted_given: wutong_app may truncate', 'planted_given: wutong_app may references', 'planted_given: select granted to public'],
  [tableWith('planted_serial', 'number serial'), 'planted_serial_number_seq: a sequence; ids are made by the program', 'planted_serial: number counts by itself'],
  [tableWith('planted_identity', 'number bigint generated always as identity'), 'planted_identity: number counts by itself'],
  [tableWith('planted_random', 'other uuid default gen_random_uuid()'), 'planted_random: other is made by the database; newId() makes ids that lie together'],
  [
    `create function planted_act() returns trigger language plpgsql as 'begin return new; end'; ${tableWith('planted_trigger', '')}; create trigger acting before insert on planted_trigger for each row execute function planted_act()`,
    'planted_trigger: a trigger: CREATE TRIGGER acting BEFORE INSERT ON planted_trigger FOR EACH ROW EXECUTE FUNCTION planted_act()',
  ],
  [tableWith('planted_exclusive', 'a int4, exclude using btree (a with =)'), 'planted_exclusive: an exclusion constraint: planted_exclusive_a_excl'],
  [`create unlogged table planted_unlogged (tenant_id integer not null, id uuid not null, primary key (tenant_id, id)); select fence_tenant('planted_unlogged')`, 'planted_unlogged: unlogged: empty after a crash'],
  [`create view planted_view as select tenant_id, department_id from departments`, 'planted_view: a view without security_invoker shows every tenant'],
  [`create view planted_seen with (security_invoker = true) as select tenant_id, department_id from departments`],
  [`create function planted_trusted() returns integer language sql security definer as 'select 1'`, "planted_trusted: works with its owner's rights, past every wall"],
  [`create type planted_mood as enum ('good')`, 'planted_mood: a type of its own, hard to change later'],
  [
    tableWith(
      'planted_types',
      `noted_at timestamp, paid_on timestamptz, valid_from text, amount_fen numeric, name_sealed text, number_search text, other_sealed bytea[], home_phone text, identity_number text, secret bytea, password uuid, short varchar(9), price money, telephone text`,
    ),
    'planted_types: noted_at is timestamp without time zone, which is not among the usual types',
    'planted_types: noted_at is an instant, so timestamptz',
    'planted_types: paid_on is a calendar date, so date',
    'planted_types: valid_from is a calendar date, so date',
    'planted_types: amount_fen is money, so bigint fen',
    'planted_types: name_sealed is no text, so bytea',
    'planted_types: number_search is no text, so bytea',
    'planted_types: other_sealed is no text, so bytea',
    'planted_types: home_phone is secret, so bytea and sealed',
    'planted_types: identity_number is secret, so bytea and sealed',
    'planted_types: short is character varying(9), which is not among the usual types',
    'planted_types: price is money, which is not among the usual types',
  ],
];
