// What everybody sees of lists while they are published, and what officers see of theirs at any time.

import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { readCases } from '../cases/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { isFoundIn, isShownOn, type PublicList, type ShownEntry } from './publicity.ts';
import { openOnce } from './opened-names.ts';
import type { PublicityParts } from './publicity-parts.ts';
import { type EntryRow, findList, listEntries, type ListScope } from './publicity-store.ts';
import { entryPlace } from './sealed-columns.ts';

/** An entry, opened. */
export interface OpenedEntry extends ShownEntry {
  readonly entryId: string;
  readonly place: number;
  readonly caseId: string;
  readonly amountFen: number | null;
}

/** A list that is shown today. @throws Refusal not-found: one that was withdrawn is answered as one that never was. */
export async function getShownList(tx: Tx, scope: Scope<'publicity.view' | 'objection.make'>, listId: string, now: Date): Promise<PublicList> {
  const list = await findList(tx, scope, listId);
  if (list === undefined || !isShownOn(list, dayOf(now))) throw new Refusal('not-found');
  return list;
}

/** A list of the officer's jurisdictions, whatever its state. @throws Refusal not-found. */
export async function getOwnList(tx: Tx, scope: Scope<'publicity.read'>, listId: string): Promise<PublicList> {
  const list = await findList(tx, scope, listId);
  const { reach } = scope;
  if (list === undefined || reach.kind !== 'jurisdictions' || !reach.codes.includes(list.jurisdictionCode)) throw new Refusal('not-found');
  return list;
}

/**
 * Names are sealed, so where somebody looks for one the list is read through: so many entries at once, and so many in one call. Where a list is
 * longer the next page goes on from there, so that nobody keeps the server busy with one question.
 */
const usualReading = { atOnce: 500, most: 5000 };

/**
 * A page of entries, and the place after which the next one begins. What was revoked or changed meanwhile is shown to nobody any more.
 * @param q part of a name or of an organisation; empty for all. A page of a long list may then have fewer entries than were asked for, and a next one.
 */
export async function pageEntries(
  tx: Tx,
  scope: ListScope,
  parts: Pick<PublicityParts, 'protector'>,
  list: PublicList,
  { after, limit, isPublic, q }: { readonly after: number; readonly limit: number; readonly isPublic: boolean; readonly q: string },
  reading = usualReading,
): Promise<{ readonly entries: readonly OpenedEntry[]; readonly next: number | null }> {
  const found: OpenedEntry[] = [];
  const atOnce = q === '' ? limit + 1 : reading.atOnce;
  for (let from = after, read = 0; ; ) {
    const rows = await listEntries(tx, scope, list.listId, { after: from, limit: atOnce });
    const named = rows.map((row) => openEntry(parts, scope.tenantId, list.listId, row, isPublic && q !== '')).filter(({ name, employerName }) => isFoundIn(q, name, employerName));
    const standing = isPublic ? new Set(await listInPublication(tx, scope.tenantId, list.listId, named)) : undefined;
    found.push(...named.filter(({ caseId }) => standing?.has(caseId) !== false));
    const last = rows.at(-1);
    if (found.length > limit) return { entries: found.slice(0, limit), next: found[limit - 1]?.place ?? null };
    if (rows.length < atOnce || last === undefined) return { entries: found, next: null };
    from = last.place;
    read += rows.length;
    if (q !== '' && read >= reading.most) return { entries: found, next: from };
  }
}

/** The cases of entries that are in publication on this list; a case that was changed stands on another one afterwards. */
async function listInPublication(tx: Tx, tenantId: number, listId: string, entries: readonly Pick<EntryRow, 'caseId'>[]): Promise<readonly string[]> {
  const cases = await readCases(tx, jobScope(tenantId, 'publicity', 'case.read'), entries.map(({ caseId }) => caseId));
  return cases.filter(({ status, progress }) => status === 'in-publication' && progress.publication?.listId === listId).map(({ caseId }) => caseId);
}

/** Whether an entry of a list still stands. */
export async function isInPublication(tx: Tx, tenantId: number, listId: string, entry: EntryRow): Promise<boolean> {
  return (await listInPublication(tx, tenantId, listId, [entry])).length === 1;
}

/** What is shown of an entry. @param isKept whether it is kept open for the next search of what is public */
export function openEntry({ protector }: Pick<PublicityParts, 'protector'>, tenantId: number, listId: string, row: EntryRow, isKept = false): OpenedEntry {
  const open = (): ShownEntry => JSON.parse(protector.openText(entryPlace(tenantId, listId, row.entryId), row.shownSealed)) as ShownEntry;
  const shown = isKept ? openOnce(protector, tenantId, row.entryId, open) : open();
  return { ...shown, entryId: row.entryId, place: row.place, caseId: row.caseId, amountFen: row.amountFen };
}
