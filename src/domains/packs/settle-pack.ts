// Approves, publishes and withdraws versions: the first by somebody else than who drafted it.
import { Refusal } from '../../contract/errors.ts';
import { formatDate } from '../../policy/index.ts';
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';
import { dayOf, nameActor } from '../registry/index.ts';
import type { PackParts } from './draft-pack.ts';
import { yearOf } from './open-pack.ts';
import { mayApprove, mayPublish, mayWithdraw } from './pack.ts';
import { getPack, isPublished, type PackRow, type PackStep, takeStep } from './packs-store.ts';
import { refuseStep } from './refuse-step.ts';

/** @throws Refusal not-found, changed-meanwhile, pack-state-unfit, own-hands-refused. */
export async function approvePack(tx: Tx, scope: Scope<'pack.approve'>, packId: string, version: number, now: Date): Promise<PackRow> {
  const row = await getAt(tx, scope, packId, version);
  const by = nameActor(scope.actor);
  refuseStep(mayApprove(row, by), row);
  return take(tx, scope, row, { to: 'approved', by, now });
}

/** @throws Refusal not-found, changed-meanwhile, pack-state-unfit, pack-date-wrong. */
export async function publishPack(tx: Tx, scope: Scope<'pack.publish'>, { packs }: PackParts, packId: string, version: number, effectiveOn: string, now: Date): Promise<PackRow> {
  const row = await getAt(tx, scope, packId, version);
  if (row.packHash === null) throw new Refusal('pack-state-unfit', { state: row.state });
  const { policy } = await packs.open(tx, scope, row.packHash, [], yearOf(effectiveOn));
  const policyFrom = formatDate(policy.from);
  const isFirst = !(await isPublished(tx, scope, row.policyId));
  refuseStep(mayPublish(row, effectiveOn, { today: dayOf(now), isFirst, policyFrom }), row, policyFrom);
  return take(tx, scope, row, { to: 'published', by: nameActor(scope.actor), now, effectiveOn });
}

/** @throws Refusal not-found, changed-meanwhile, pack-state-unfit. */
export async function withdrawPack(tx: Tx, scope: Scope<'pack.publish'>, { protector }: PackParts, packId: string, version: number, reason: string, now: Date): Promise<PackRow> {
  const row = await getAt(tx, scope, packId, version);
  refuseStep(mayWithdraw(row, dayOf(now)), row);
  const reasonSealed = protector.seal({ tenantId: scope.tenantId, table: 'packs', column: 'reason_sealed', row: packId }, reason);
  return take(tx, scope, row, { to: 'withdrawn', by: nameActor(scope.actor), now, reasonSealed });
}

type Stepping = Scope<'pack.approve' | 'pack.publish'>;

/** The version as the caller saw it. */
async function getAt(tx: Tx, scope: Stepping, packId: string, version: number): Promise<PackRow> {
  const row = await getPack(tx, scope, packId);
  if (row.version !== version) throw new Refusal('changed-meanwhile');
  return row;
}

async function take(tx: Tx, scope: Stepping, row: PackRow, step: PackStep): Promise<PackRow> {
  if (!(await takeStep(tx, scope, row.packId, row.version, step))) throw new Refusal('changed-meanwhile');
  return getPack(tx, scope, row.packId);
}
