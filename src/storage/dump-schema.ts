// Writes a schema as SQL that makes it again: the committed schema.sql, which shows what all migrations together come to.
import type { Column, Grant, Policy, Schema, Table } from './read-schema.ts';

const head = `-- Written by \`npm run schema\` from the migrations; edit those, not this file.
-- The whole database as it stands after the newest migration: what to read first, and what a test compares.

set check_function_bodies = off;
`;

const commands: Readonly<Record<string, string>> = { '*': 'all', r: 'select', a: 'insert', w: 'update', d: 'delete' };

/** The text of schema.sql; the same for the same schema on every version of PostgreSQL. */
export function dumpSchema(schema: Schema): string {
  const parts = [head];
  for (const name of schema.extensions) parts.push(`create extension ${quoted(name)};\n`);
  for (const { name, definition } of schema.types) {
    const [kind = '', ...rest] = definition.split(' ');
    parts.push(kind === 'enum' ? `create type ${quoted(name)} as enum ${rest.join(' ')};\n` : `create ${kind} ${quoted(name)} as ${rest.join(' ')};\n`);
  }
  for (const name of schema.sequences) parts.push(`create sequence ${quoted(name)};\n`);
  for (const { definition } of schema.routines) parts.push(`${tidyRoutine(definition)};\n`);
  // Parents before their partitions, tables before views.
  const rank = (table: Table): number => (table.viewDefinition !== null ? 2 : table.partitionOf !== null ? 1 : 0);
  const tables = [...schema.tables].sort((a, b) => rank(a) - rank(b));
  for (const table of tables) parts.push(tableText(table));
  const keys = tables.flatMap((table) =>
    table.constraints.filter((each) => each.kind === 'f').map((each) => `alter table ${quoted(table.name)} add constraint ${quoted(each.name)} ${tidy(each.definition)};\n`),
  );
  if (keys.length > 0) parts.push(keys.join(''));
  return parts.join('\n');
}

function tableText(table: Table): string {
  const name = quoted(table.name);
  const lines: string[] = [];
  if (table.viewDefinition !== null) {
    lines.push(`create ${table.kind === 'm' ? 'materialized ' : ''}view ${name}${options(table)} as\n${table.viewDefinition.replace(/;\s*$/, '')};`);
  } else if (table.partitionOf !== null) {
    lines.push(`create table ${name} partition of ${quoted(table.partitionOf)} ${table.partitionBound ?? ''}${partitionKey(table)};`);
  } else {
    const inside = [
      ...table.columns.map(columnText),
      ...table.constraints.filter((each) => each.kind !== 'f').map((each) => `constraint ${quoted(each.name)} ${tidy(each.definition)}`),
    ];
    const kind = table.persistence === 'u' ? 'unlogged table' : 'table';
    lines.push(`create ${kind} ${name} (\n${inside.map((line) => `  ${line}`).join(',\n')}\n)${partitionKey(table)}${options(table)};`);
  }
  if (table.comment !== null) lines.push(`comment on ${table.viewDefinition === null ? 'table' : 'view'} ${name} is ${literal(table.comment)};`);
  for (const { definition } of table.indexes) lines.push(`${definition.replace(/^CREATE (UNIQUE )?INDEX (\S+) ON (ONLY )?(\S+) USING /, (_all, unique) => tidyIndex(definition, unique !== undefined))};`);
  if (table.hasRowSecurity) lines.push(`alter table ${name} enable row level security;`);
  if (table.isRowSecurityForced) lines.push(`alter table ${name} force row level security;`);
  for (const policy of table.policies) lines.push(policyText(table, policy));
  for (const trigger of table.triggers) lines.push(`${trigger};`);
  lines.push(...grantTexts(table.name, table.grants));
  return `${lines.join('\n')}\n`;
}

function columnText(column: Column): string {
  const words = [quoted(column.name), column.type];
  if (column.collation !== null) words.push(`collate ${column.collation}`);
  if (column.isRequired) words.push('not null');
  if (column.identity !== '') words.push(`generated ${column.identity === 'a' ? 'always' : 'by default'} as identity`);
  else if (column.isGenerated) words.push(`generated always as (${column.expression}) stored`);
  else if (column.expression !== null) words.push(`default ${column.expression}`);
  return words.join(' ');
}

function policyText(table: Table, policy: Policy): string {
  const words = [`create policy ${quoted(policy.name)} on ${quoted(table.name)}`];
  if (!policy.isPermissive) words.push('as restrictive');
  words.push(`for ${commands[policy.command] ?? policy.command} to ${policy.roles.join(', ')}`);
  if (policy.using !== null) words.push(`using (${policy.using})`);
  if (policy.check !== null) words.push(`with check (${policy.check})`);
  return `${words.join(' ')};`;
}

/** One sentence for each role and set of rights. */
function grantTexts(table: string, grants: readonly Grant[]): string[] {
  const rights = new Map<string, string[]>();
  for (const { grantee, privilege, column } of grants) {
    const list = rights.get(grantee) ?? [];
    list.push(column === null ? privilege : `${privilege} (${quoted(column)})`);
    rights.set(grantee, list);
  }
  return [...rights].map(([grantee, list]) => `grant ${list.join(', ')} on ${quoted(table)} to ${grantee};`);
}

function partitionKey(table: Table): string {
  return table.partitionKey === null ? '' : ` partition by ${table.partitionKey.toLowerCase()}`;
}

function options(table: Table): string {
  return table.options.length === 0 ? '' : ` with (${table.options.join(', ')})`;
}

/** `create index name on table (…)`, with a method only where it is not the usual one. */
function tidyIndex(definition: string, isUnique: boolean): string {
  const [, , name = '', , table = ''] = /^CREATE (UNIQUE )?INDEX (\S+) ON (ONLY )?(\S+) USING /.exec(definition) ?? [];
  return `create ${isUnique ? 'unique ' : ''}index ${name} on ${table.replace(/^public\./, '')} using `;
}

/** PostgreSQL's own spelling with the loud words in small letters, so that the dump reads like the migrations. */
function tidy(definition: string): string {
  return definition.replace(/^(PRIMARY KEY|UNIQUE NULLS NOT DISTINCT|UNIQUE|CHECK|FOREIGN KEY|EXCLUDE USING)/, (words) => words.toLowerCase()).replace(/\) REFERENCES /, ') references ');
}

function tidyRoutine(definition: string): string {
  return definition.trimEnd().replace(/^CREATE OR REPLACE (FUNCTION|PROCEDURE) public\./, (_all, kind: string) => `create ${kind.toLowerCase()} `);
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
