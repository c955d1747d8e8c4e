// Reads from PostgreSQL's catalogue what a schema consists of, alike on every version, for the dump, the row types and the rules.
import type pg from 'pg';

/** A column of a table or view. */
export interface Column {
  readonly name: string;
  /** As SQL writes it, such as `integer` or `text[]`. */
  readonly type: string;
  /** The value behind a domain, the element of an array: a name of pg_type such as int4. */
  readonly baseType: string;
  readonly isArray: boolean;
  /** The values of an enumerated type, in order. */
  readonly labels: readonly string[];
  readonly isRequired: boolean;
  /** The default, or the expression of a generated column. */
  readonly expression: string | null;
  readonly isGenerated: boolean;
  /** a: always · d: by default · empty: no identity column. */
  readonly identity: '' | 'a' | 'd';
  /** A collation other than the type's own. */
  readonly collation: string | null;
}

/** A primary key, unique, foreign key, check or exclusion constraint. */
export interface Constraint {
  readonly name: string;
  readonly kind: 'p' | 'u' | 'f' | 'c' | 'x' | 't';
  readonly columns: readonly string[];
  readonly definition: string;
}

/** An index that no constraint made. */
export interface Index {
  readonly name: string;
  /** Its columns in order; empty words where an expression stands. */
  readonly columns: readonly string[];
  readonly definition: string;
}

/** A rule of row-level security. */
export interface Policy {
  readonly name: string;
  readonly isPermissive: boolean;
  /** r, a, w, d: one command · *: all. */
  readonly command: string;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

/** What a role besides the owner may do with a table, view, function or column. */
export interface Grant {
  readonly grantee: string;
  readonly privilege: string;
  /** Of one column alone. */
  readonly column: string | null;
}

/** A table, partitioned or not, or a view. */
export interface Table {
  readonly name: string;
  /** r: table · p: partitioned table · v: view · m: materialised view · f: foreign table. */
  readonly kind: string;
  /** p: permanent · u: unlogged, empty after a crash. */
  readonly persistence: string;
  readonly partitionKey: string | null;
  readonly partitionOf: string | null;
  readonly partitionBound: string | null;
  readonly options: readonly string[];
  readonly hasRowSecurity: boolean;
  readonly isRowSecurityForced: boolean;
  readonly ownerName: string;
  readonly comment: string | null;
  readonly viewDefinition: string | null;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
  readonly policies: readonly Policy[];
  readonly triggers: readonly string[];
  readonly grants: readonly Grant[];
}

/** A function or procedure. */
export interface Routine {
  readonly name: string;
  readonly signature: string;
  readonly definition: string;
  readonly ownerName: string;
  readonly isSecurityDefiner: boolean;
}

/** All that the migrations made in schema public. */
export interface Schema {
  readonly extensions: readonly string[];
  /** Enumerated types, domains and composite types, as sentences that make them. */
  readonly types: readonly { readonly name: string; readonly definition: string }[];
  /** Those of identity columns stand with their column. */
  readonly sequences: readonly string[];
  readonly routines: readonly Routine[];
  readonly tables: readonly Table[];
}

/** Names in the order of their bytes, whatever the database's collation. */
const byName = `collate "C"`;

const tablesQuery = `
select c.relname as name, c.relkind as kind, c.relpersistence as persistence,
  pg_get_partkeydef(c.oid) as "partitionKey",
  (select p.relname from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid) as "partitionOf",
  pg_get_expr(c.relpartbound, c.oid) as "partitionBound",
  coalesce(c.reloptions, '{}') as options,
  c.relrowsecurity as "hasRowSecurity", c.relforcerowsecurity as "isRowSecurityForced",
  pg_get_userbyid(c.relowner) as "ownerName",
  obj_description(c.oid, 'pg_class') as comment,
  case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid, true) end as "viewDefinition",
  coalesce((
    select json_agg(json_build_object(
      'name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod),
      'baseType', (select coalesce(b.typname, e.typname, t.typname)),
      'isArray', t.typelem <> 0 and t.typlen = -1 and e.oid is not null,
      'labels', coalesce((
        select json_agg(l.enumlabel order by l.enumsortorder) from pg_enum l
        where l.enumtypid = coalesce(b.oid, e.oid, t.oid)), '[]'),
      'isRequired', a.attnotnull,
      'expression', pg_get_expr(d.adbin, d.adrelid, true),
      'isGenerated', a.attgenerated <> '',
      'identity', a.attidentity,
      'collation', case when a.attcollation <> t.typcollation then (select quote_ident(collname) from pg_collation where oid = a.attcollation) end
    ) order by a.attnum)
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    left join pg_type b on b.oid = t.typbasetype and t.typbasetype <> 0
    left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  ), '[]') as columns,
  coalesce((
    select json_agg(json_build_object(
      'name', k.conname, 'kind', k.contype,
      'columns', coalesce((
        select json_agg(a.attname order by o.place) from unnest(k.conkey) with ordinality o(number, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = o.number), '[]'),
      'definition', pg_get_constraintdef(k.oid, true)
    ) order by array_position(array['p', 'u', 'x', 'c', 'f', 't'], k.contype::text), k.conname ${byName})
    from pg_constraint k
    -- Newer versions list "not null" as constraints too; here it belongs to the column.
    where k.conrelid = c.oid and k.contype <> 'n' and k.conparentid = 0
  ), '[]') as constraints,
  coalesce((
    select json_agg(json_build_object(
      'name', ic.relname,
      'columns', (
        select json_agg(coalesce(a.attname, '') order by o.place) from unnest(i.indkey::int[]) with ordinality o(number, place)
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = o.number and o.number > 0
        where o.place <= i.indnkeyatts),
      'definition', pg_get_indexdef(i.indexrelid, 0, true)
    ) order by ic.relname ${byName})
    from pg_index i join pg_class ic on ic.oid = i.indexrelid
    where i.indrelid = c.oid and not ic.relispartition
      and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  ), '[]') as indexes,
  coalesce((
    select json_agg(json_build_object(
      'name', p.polname, 'isPermissive', p.polpermissive, 'command', p.polcmd,
      'roles', (
        select json_agg(case when r = 0 then 'public' else pg_get_userbyid(r)::text end order by r) from unnest(p.polroles) r),
      'using', pg_get_expr(p.polqual, p.polrelid, true), 'check', pg_get_expr(p.polwithcheck, p.polrelid, true)
    ) order by p.polname ${byName})
    from pg_policy p where p.polrelid = c.oid
  ), '[]') as policies,
  coalesce((
    select json_agg(pg_get_triggerdef(t.oid, true) order by t.tgname ${byName}) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal
  ), '[]') as triggers,
  coalesce((
    select json_agg(json_build_object('grantee', g.grantee, 'privilege', g.privilege, 'column', g.column_name)
      order by g.grantee ${byName}, g.column_name ${byName} nulls first, g.privilege ${byName})
    from (
      select case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee)::text end as grantee,
        lower(x.privilege_type) as privilege, null::name as column_name
      from aclexplode(c.relacl) x where x.grantee <> c.relowner
      union all
      select case when x.grantee = 0 then 'public' else pg_get_userbyid(x.grantee)::text end, lower(x.privilege_type), a.attname
      from pg_attribute a, aclexplode(a.attacl) x where a.attrelid = c.oid and x.grantee <> c.relowner
    ) g
  ), '[]') as grants
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by c.relname ${byName}`;

const routinesQuery = `
select p.proname as name, p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as signature,
  pg_get_functiondef(p.oid) as definition, pg_get_userbyid(p.proowner) as "ownerName", p.prosecdef as "isSecurityDefiner"
from pg_proc p
where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
order by p.proname ${byName}, pg_get_function_identity_arguments(p.oid) ${byName}`;

const typesQuery = `
select t.typname as name,
  case t.typtype
    when 'e' then 'enum (' || (select string_agg(quote_literal(l.enumlabel), ', ' order by l.enumsortorder) from pg_enum l where l.enumtypid = t.oid) || ')'
    when 'd' then 'domain ' || format_type(t.typbasetype, t.typtypmod) || case when t.typnotnull then ' not null' else '' end
      || coalesce(' default ' || t.typdefault, '')
      || coalesce((select string_agg(' ' || pg_get_constraintdef(k.oid, true), '' order by k.conname ${byName}) from pg_constraint k where k.contypid = t.oid and k.contype <> 'n'), '')
    else 'other' end as definition
from pg_type t
where t.typnamespace = 'public'::regnamespace and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and exists (select from pg_class c where c.oid = t.typrelid and c.relkind = 'c'))
  and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
order by t.typname ${byName}`;

/** Reads schema public as it is now; the client's search path does not matter. */
export async function readSchema(client: pg.Client | pg.PoolClient): Promise<Schema> {
  // Names are written without their schema only where the search path finds them there.
  await client.query('begin');
  try {
    await client.query('set local search_path = public');
    const names = async (text: string): Promise<string[]> => (await client.query<{ name: string }>(text)).rows.map((row) => row.name);
    return {
      extensions: await names(`select extname as name from pg_extension where extname <> 'plpgsql' order by extname ${byName}`),
      types: (await client.query<{ name: string; definition: string }>(typesQuery)).rows,
      sequences: await names(`select relname as name from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'S'
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i') order by relname ${byName}`),
      routines: (await client.query<Routine>(routinesQuery)).rows,
      tables: (await client.query<Table>(tablesQuery)).rows,
    };
  } finally {
    await client.query('rollback');
  }
}
