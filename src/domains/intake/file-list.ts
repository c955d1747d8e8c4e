// Orders an application for everybody of an import: an agent asks, a job works through it.
import { Refusal } from '../../contract/errors.ts';
import type { ChosenBenefit } from '../../contract/intake-endpoints.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { openApplication } from '../cases/index.ts';
import { findImport, listImportedParties } from '../imports/index.ts';
import { type Scope, scopeAlso } from '../permissions/index.ts';
import { dayOf, getPartyInReach, noPapers } from '../registry/index.ts';
import { offeredOf, resultOf } from './choose-benefits.ts';
import type { IntakeParts } from './intake-parts.ts';
import { type ApplicationList, findList, insertList, type ListedBenefit, listUnfinished, resumeList } from './intake-store.ts';

/** What is asked for. */
export interface ListAsking {
  readonly importId: string;
  readonly benefits: readonly ChosenBenefit[];
  readonly evidenceIds: readonly string[];
  readonly filesUnlikely: boolean;
}

/**
 * Orders it; while the same is unfinished, asking again answers with that, and lets it go on where it was stopped.
 * @throws Refusal import-not-found, application-import-unfit, application-benefit-unfit, evidence-unfit.
 */
export async function fileList(tx: Tx, scope: Scope<'application.file-list'>, parts: IntakeParts, asking: ListAsking, now: Date): Promise<ApplicationList> {
  const { importId, filesUnlikely } = asking;
  const { capacity, accountId } = scope.actor;
  const reading = scopeAlso(scope, 'import.read');
  const found = await findImport(tx, reading, importId);
  if (found === undefined || capacity.kind !== 'agent') throw new Refusal('import-not-found');
  if (found.kind !== 'people' || found.state !== 'done') throw new Refusal('application-import-unfit');
  const today = dayOf(now);
  const filing = scopeAlso(scope, 'application.file');
  const offered = offeredOf(await parts.packs.listInForce(tx, scope, today), 'person', asking.benefits, today);
  // Whether it takes applications today is the engine's to say, whoever asks.
  for (const one of offered) resultOf(one.pack.evaluate({ subject: 'person', facts: {} }, today), one);
  const benefits = offered.map(({ pack, benefit, period }): ListedBenefit => ({ policyId: pack.policyId, benefitId: benefit.id, period }));
  const same = (await listUnfinished(tx, scope, importId)).find((list) => isSameWish(list, benefits, filesUnlikely));
  if (same !== undefined) {
    await resumeList(tx, scope, same.applicationId);
    return getList(tx, scope, same.applicationId);
  }
  const organisation = await getPartyInReach(tx, filing, capacity.organisationId);
  for (const evidenceId of asking.evidenceIds) await (parts.registry.papers ?? noPapers).require(tx, scope, { evidenceId, partyIds: [organisation.partyId], on: today });
  const partyIds = await listImportedParties(tx, reading, found);
  if (partyIds.length === 0) throw new Refusal('application-import-unfit');
  const applicationId = newId();
  await openApplication(tx, filing, { applicationId, applicantId: organisation.partyId, channel: 'list', importId, jurisdictionCode: organisation.jurisdictionCode, filedAt: now });
  const toldBy = [...new Set([found.createdBy, found.confirmedBy, accountId].filter((by) => by !== null))];
  const list = { applicationId, importId, organisationId: organisation.partyId, accountId, agentId: capacity.partyId, toldBy, benefits, evidenceIds: [...new Set(asking.evidenceIds)], filesUnlikely, filedAt: now };
  await insertList(tx, scope, list, partyIds);
  return getList(tx, scope, applicationId);
}

function isSameWish(list: Pick<ApplicationList, 'benefits' | 'filesUnlikely'>, benefits: readonly ListedBenefit[], filesUnlikely: boolean): boolean {
  const key = (some: readonly ListedBenefit[]): string => some.map(({ policyId, benefitId, period }) => `${policyId}/${benefitId}/${period}`).sort().join(' ');
  return list.filesUnlikely === filesUnlikely && key(list.benefits) === key(benefits);
}

async function getList(tx: Tx, scope: Scope<'application.file-list'>, applicationId: string): Promise<ApplicationList> {
  const list = await findList(tx, scope, applicationId);
  if (list === undefined) throw new Error('the list that was just ordered is not there');
  return list;
}
