// Keeps what was opened of published entries for the next search: entries never change, and all of it is public while its list is shown.
import type { Protector } from '../protection/index.ts';
import type { ShownEntry } from './publicity.ts';

/** Some ten lists of the largest kind, a few megabytes. */
const MOST_KEPT = 20_000;

const kept = new WeakMap<Protector, Map<string, ShownEntry>>();

/** What is shown of an entry, opened once for this process as long as it is among those looked at last. */
export function openOnce(protector: Protector, tenantId: number, entryId: string, open: () => ShownEntry): ShownEntry {
  const own = kept.get(protector) ?? new Map<string, ShownEntry>();
  kept.set(protector, own);
  const key = `${tenantId} ${entryId}`;
  const shown = own.get(key) ?? open();
  // The one looked at last stands last; the first is the one to go.
  own.delete(key);
  own.set(key, shown);
  const [oldest] = own.size > MOST_KEPT ? own.keys() : [];
  if (oldest !== undefined) own.delete(oldest);
  return shown;
}
