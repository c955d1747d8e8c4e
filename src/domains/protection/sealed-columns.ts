// What the rotation of keys must know of a table: which columns are sealed, and which keyed hashes are made from them.

import type { Protector } from './protector.ts';

/** A keyed hash that stands in the same row as the sealed value it is made from. */
export interface SearchColumn {
  /** The `bytea` column that holds `searchKey(tenantId, purpose, …)`. */
  readonly column: string;
  readonly purpose: string;
  /** What of the opened value is hashed; the value itself where it is not given. Undefined leaves the column as it is. */
  readonly of?: (plain: string) => string | undefined;
}

/**
 * A sealed column. Every domain exports its own as a constant; a test reads the schema and fails for a `bytea` column named `…_sealed`
 * that no domain names, and for one named `…_search` that no sealed column feeds.
 */
export interface SealedColumn {
  readonly table: string;
  /** The column, named `…_sealed`, of type `bytea`. */
  readonly column: string;
  /** The primary key without tenant_id: it finds the row, and its values as text, joined by "/", are `Place.row`. */
  readonly rowColumns: readonly [string, ...string[]];
  /** The keyed hashes in the same row, named `…_search`, that are made from this column. */
  readonly searches?: readonly SearchColumn[];
}

/** `Place.row` from the values of `rowColumns`, in their order. */
export function rowOf(...keyValues: readonly (string | number | bigint)[]): string {
  return keyValues.join('/');
}

/** The new values of a row's columns under the keys in force: the sealed column again, and every search column it feeds. */
export function sealAgain(protector: Protector, column: SealedColumn, tenantId: number, row: string, sealed: Uint8Array): Record<string, Uint8Array> {
  const place = { tenantId, table: column.table, column: column.column, row };
  const plain = protector.open(place, sealed);
  const values: Record<string, Uint8Array> = { [column.column]: protector.seal(place, plain) };
  if (column.searches !== undefined && column.searches.length > 0) {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
    for (const search of column.searches) {
      const hashed = search.of === undefined ? text : search.of(text);
      if (hashed !== undefined) values[search.column] = protector.searchKey(tenantId, search.purpose, hashed);
    }
  }
  return values;
}
