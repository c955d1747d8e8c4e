// What everybody sees of lists while they are published, and what officers see of theirs at any time.

import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { readCases } from '../cases/index.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { isShownOn, type PublicList, type ShownEntry } from './publicity.ts';
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

/** A page of entries, and the place after which the next one begins. What was revoked meanwhile is shown to nobody any more. */
export async function pageEntries(
  tx: Tx,
  scope: ListScope,
  parts: Pick<PublicityParts, 'protector'>,
  list: PublicList,
  { after, limit, isPublic }: { readonly after: number; readonly limit: number; readonly isPublic: boolean },
): Promise<{ readonly entries: readonly OpenedEntry[]; readonly next: number | null }> {
  const rows = await listEntries(tx, scope, list.listId, { after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const standing = new Set(isPublic ? await listInPublication(tx, scope.tenantId, page) : page.map(({ caseId }) => caseId));
  return { entries: page.filter(({ caseId }) => standing.has(caseId)).map((row) => openEntry(parts, scope.tenantId, list.listId, row)), next: rows.length > limit ? (page.at(-1)?.place ?? null) : null };
}

/** The cases of entries that are in publication. */
async function listInPublication(tx: Tx, tenantId: number, entries: readonly EntryRow[]): Promise<readonly string[]> {
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
