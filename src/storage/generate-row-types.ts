// Writes the types of all rows from the schema: the committed row-types.ts, which makes a query that fits no table fail to compile.
import type { Column, Schema, Table } from './read-schema.ts';

const head = `// Written by \`npm run schema\` from the migrations: the rows of every table as queries see them; edit the migrations, not this file.
import type { ColumnType } from 'kysely';

/** Has a default, so that an insert may leave it out. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

/** Computed by the database. */
type Computed<T> = ColumnType<T, never, never>;

/** Read as a Buffer, written from any bytes. */
type Bytes = ColumnType<Buffer, Uint8Array, Uint8Array>;

/** Read as what JSON.parse gives, written as text: the driver would turn a list into an array of PostgreSQL. */
type Json = ColumnType<unknown, string, string>;
`;

/**
 * How a value of PostgreSQL arrives in JavaScript, by the parsers of database.ts.
 * int8 is a number: fen and sequence numbers stay below 2^53 (90 trillion yuan), and the parser fails beyond it instead of rounding;
 * numeric stays text, because it may hold more digits than a number. A date is text, 2026-06-30: it is no instant.
 */
const scalars: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  float4: 'number',
  float8: 'number',
  numeric: 'string',
  text: 'string',
  varchar: 'string',
  bpchar: 'string',
  name: 'string',
  uuid: 'string',
  inet: 'string',
  date: 'string',
  timestamptz: 'Date',
  bytea: 'Bytes',
  json: 'Json',
  jsonb: 'Json',
};

/** Element types whose arrays the driver reads as it reads the element. */
const listable = new Set(['bool', 'int2', 'int4', 'text', 'varchar', 'uuid']);

/** What must be said of a column with another type. */
export class UnknownTypeError extends Error {}

/**
 * The text of row-types.ts.
 * @throws UnknownTypeError for a column whose type nobody has decided how to read.
 */
export function generateRowTypes(schema: Schema): string {
  // A partition has its parent's rows.
  const tables = schema.tables.filter((table) => table.partitionOf === null);
  const used = new Set<string>();
  const interfaces = tables.map((table) => {
    const lines = table.columns.map((column) => {
      const type = columnType(table, column);
      for (const name of type.match(/\b(?:Defaulted|Computed|Bytes|Json)\b/g) ?? []) used.add(name);
      return `  ${column.name}: ${type};`;
    });
    return `export interface ${interfaceName(table)} {\n${lines.join('\n')}\n}\n`;
  });
  const list = tables.map((table) => `  ${table.name}: ${interfaceName(table)};`);
  // Only what some column needs.
  const [imports = '', ...kinds] = head.split('\n\n');
  const needed = kinds.map((text) => text.trimEnd()).filter((text) => used.has(/type (\w+)/.exec(text)?.[1] ?? ''));
  return [`${imports}\n`, ...needed.map((text) => `${text}\n`), ...interfaces, `/** Every table by its name. */\nexport interface DB {\n${list.join('\n')}\n}\n`].join('\n');
}

function columnType(table: Table, column: Column): string {
  const base = baseType(table, column);
  const type = column.isRequired && table.viewDefinition === null ? base : `${base} | null`;
  const isComputed = column.isGenerated || column.identity === 'a' || table.viewDefinition !== null;
  const hasDefault = column.expression !== null || column.identity === 'd';
  const sides = { Bytes: ['Buffer', 'Uint8Array'], Json: ['unknown', 'string'] }[base];
  if (sides === undefined) return isComputed ? `Computed<${type}>` : hasDefault ? `Defaulted<${type}>` : type;
  const [read = '', written = ''] = sides.map((side) => (type.endsWith(' | null') && side !== 'unknown' ? `${side} | null` : side));
  if (isComputed) return `Computed<${read}>`;
  if (hasDefault) return `ColumnType<${read}, ${written} | undefined, ${written}>`;
  return type === base ? base : `ColumnType<${read}, ${written}, ${written}>`;
}

function baseType(table: Table, column: Column): string {
  const scalar = column.labels.length > 0 ? column.labels.map((label) => `'${label}'`).join(' | ') : scalars[column.baseType];
  const isKnown = scalar !== undefined && (!column.isArray || listable.has(column.baseType));
  if (!isKnown) {
    throw new UnknownTypeError(
      `${table.name}.${column.name}: 还没有决定 ${column.type} 在程序里是什么类型，见 src/storage/generate-row-types.ts\n` +
        `${table.name}.${column.name}: nobody has decided how ${column.type} is read; see src/storage/generate-row-types.ts`,
    );
  }
  return column.isArray ? `${scalar}[]` : scalar;
}

/** identity_numbers → IdentityNumbersRow. */
function interfaceName(table: Table): string {
  return `${table.name.replace(/(?:^|_)([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())}Row`;
}
