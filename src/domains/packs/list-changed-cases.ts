// The open cases that another version would answer differently, a page of cases at a time.
import { Refusal } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import { type ChangedAnswer, compareVersions } from './compare-versions.ts';
import type { PackParts } from './draft-pack.ts';
import type { OpenCase } from './pack-ports.ts';
import { getPack, listApproved } from './packs-store.ts';
import type { PinnedPack } from './pinned-pack.ts';

/** A case with what it is now and what it would be. */
export interface ChangedCase extends ChangedAnswer {
  readonly caseId: string;
  readonly caseNumber: string;
}

/** A page of open cases, and those of them that would change. */
export interface ChangedCases {
  readonly examined: number;
  readonly items: readonly ChangedCase[];
  /** The last case that was looked at, where there may be more. */
  readonly last: string | undefined;
}

/** @throws Refusal not-found, pack-state-unfit for a version that does not check. */
export async function listChangedCases(tx: Tx, scope: Scope<'pack.read'>, { packs, openCases }: PackParts, packId: string, page: { readonly after: string | undefined; readonly limit: number }): Promise<ChangedCases> {
  const row = await getPack(tx, scope, packId);
  const { packHash } = row;
  if (packHash === null) throw new Refusal('pack-state-unfit', { state: row.state });
  const cases = await openCases.list(tx, scope, row.policyId, page.after, page.limit + 1);
  const examined = cases.slice(0, page.limit);
  const approvedIn = new Map<number, PinnedPack>();
  const items: ChangedCase[] = [];
  for (const each of examined) {
    if (each.packHash === packHash) continue;
    const fresh = approvedIn.get(each.year) ?? (await packs.open(tx, scope, packHash, (await listApproved(tx, scopeAlso(scope, 'pack.use'), row.policyId, each.year)).get(row.policyId) ?? [], each.year));
    approvedIn.set(each.year, fresh);
    const change = changeOf(await packs.pinned(tx, scope, each.packHash, each.year), fresh, each);
    if (change !== undefined) items.push({ caseId: each.caseId, caseNumber: each.caseNumber, ...change });
  }
  return { examined: examined.length, items, last: cases.length > page.limit ? examined.at(-1)?.caseId : undefined };
}

/** What would change of the benefit that a case is about. */
function changeOf(before: PinnedPack, after: PinnedPack, { benefitId, facts, on }: OpenCase): ChangedAnswer | undefined {
  try {
    return compareVersions(before, after, facts, on).find((change) => change.benefitId === benefitId);
  } catch (error) {
    // Facts that one of the two versions takes for none: people have to look at the case.
    if (error instanceof Refusal && error.code === 'facts-unfit') return { benefitId, before: null, after: null };
    throw error;
  }
}
