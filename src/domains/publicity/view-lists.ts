// What everybody sees of lists while they are published, and what officers see of theirs at any time.

import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { readCases } from '../cases/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { isFoundIn, isShownOn, type PublicList, type ShownEntry } from './publicity.ts';
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

/** Entries that are opened at once where somebody looks for a name: names are sealed, so the list is read through. */
const OPENED_AT_ONCE = 500;

/**
 * A page of entries, and the place after which the next one begins. What was revoked meanwhile is shown to nobody any more.
 * @param q part of a name or of an organisation; empty for all
 */
export async function pageEntries(
  tx: Tx,
  scope: ListScope,
  parts: Pick<PublicityParts, 'protector'>,
  list: PublicList,
  { after, limit, isPublic, q }: { readonly after: number; readonly limit: number; readonly isPublic: boolean; readonly q: string },
): Promise<{ readonly entries: readonly OpenedEntry[]; readonly next: number | null }> {
  const found: OpenedEntry[] = [];
  const atOnce = q === '' ? limit + 1 : OPENED_AT_ONCE;
  for (let from = after; ; ) {
    const rows = await listEntries(tx, scope, list.listId, { after: from, limit: atOnce });
    const named = rows.map((row) => openEntry(parts, scope.tenantId, list.listId, row)).filter(({ name, employerName }) => isFoundIn(q, name, employerName));
    const standing = isPublic ? new Set(await listInPublication(tx, scope.tenantId, named)) : undefined;
    found.push(...named.filter(({ caseId }) => standing?.has(caseId) !== false));
    const last = rows.at(-1);
    if (found.length > limit) return { entries: found.slice(0, limit), next: found[limit - 1]?.place ?? null };
    if (rows.length < atOnce || last === undefined) return { entries: found, next: null };
    from = last.place;
  }
}

/** The cases of entries that are in publication. */
async function listInPublication(tx: Tx, tenantId: number, entries: readonly Pick<EntryRow, 'caseId'>[]): Promise<readonly string[]> {
  const cases = await readCases(tx, jobScope(tenantId, 'publicity', 'case.read'), entries.map(({ caseId }) => caseId));
  return cases.filter(({ status }) => status === 'in-publication').map(({ caseId }) => caseId);
}

/** Whether an entry still stands. */
export async function isInPublication(tx: Tx, tenantId: number, entry: EntryRow): Promise<boolean> {
  return (await listInPublication(tx, tenantId, [entry])).length === 1;
}

/** What is shown of an entry. */
export function openEntry({ protector }: Pick<PublicityParts, 'protector'>, tenantId: number, listId: string, row: EntryRow): OpenedEntry {
  const shown = JSON.parse(protector.openText(entryPlace(tenantId, listId, row.entryId), row.shownSealed)) as ShownEntry;
  return { ...shown, entryId: row.entryId, place: row.place, caseId: row.caseId, amountFen: row.amountFen };
}
