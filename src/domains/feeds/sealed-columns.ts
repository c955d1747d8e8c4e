// The sealed columns of feeds, for the rotation of keys.
import type { SealedColumn } from '../protection/index.ts';

/** What a row's key is hashed for. */
export const KEY_PURPOSE = 'feed-key';

export const feedsSealedColumns: readonly SealedColumn[] = [
  {
    table: 'feed_rows',
    column: 'content_sealed',
    rowColumns: ['delivery_id', 'row_number'],
    searches: [{ column: 'key_search', purpose: KEY_PURPOSE, of: keyIn }],
  },
  { table: 'disagreements', column: 'held_sealed', rowColumns: ['disagreement_id'] },
  { table: 'disagreements', column: 'delivered_sealed', rowColumns: ['disagreement_id'] },
  { table: 'disagreements', column: 'words_sealed', rowColumns: ['disagreement_id'] },
  { table: 'disagreements', column: 'reason_sealed', rowColumns: ['disagreement_id'] },
];

/** The canonical key of a row of an unknown party; other rows have none. */
function keyIn(content: string): string | undefined {
  const { knownKey } = JSON.parse(content) as { readonly knownKey?: string };
  return knownKey;
}
