// The only SQL on recoveries: access given back by two officials.
import type { Tx } from '../../storage/database.ts';
import type { Scope } from '../permissions/index.ts';

/** A recovery that waits for the second official. */
export interface Recovery {
  readonly recoveryId: string;
  readonly accountId: string;
  readonly phoneSealed: Buffer | null;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly duty: string;
}

/** Whoever settles recoveries. */
export type SettleScope = Scope<'recovery.confirm' | 'staff.confirm'>;

/** Adds a recovery. @returns false where one of the same account is open. */
export async function insertRecovery(
  tx: Tx,
  scope: Scope<'recovery.open' | 'staff.manage'>,
  recovery: { readonly recoveryId: string; readonly accountId: string; readonly phoneSealed: Uint8Array | null; readonly openedBy: string },
  now: Date,
): Promise<boolean> {
  const done = await tx
    .insertInto('recoveries')
    .values({ tenant_id: scope.tenantId, recovery_id: recovery.recoveryId, account_id: recovery.accountId, phone_sealed: recovery.phoneSealed, opened_by: recovery.openedBy, opened_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

const selectOpen = (tx: Tx, scope: SettleScope) =>
  tx
    .selectFrom('recoveries as r')
    .innerJoin('accounts as a', (join) => join.onRef('a.tenant_id', '=', 'r.tenant_id').onRef('a.account_id', '=', 'r.account_id'))
    .where('r.tenant_id', '=', scope.tenantId)
    .where('r.settled_at', 'is', null)
    // People's wait for an official at a window, those of staff for the system administrator.
    .where('a.duty', scope.permission === 'recovery.confirm' ? '=' : '<>', 'person')
    .select(['r.recovery_id', 'r.account_id', 'r.phone_sealed', 'r.opened_by', 'r.opened_at', 'a.duty']);

const asRecovery = (row: Awaited<ReturnType<ReturnType<typeof selectOpen>['executeTakeFirstOrThrow']>>): Recovery => ({
  recoveryId: row.recovery_id,
  accountId: row.account_id,
  phoneSealed: row.phone_sealed,
  openedBy: row.opened_by,
  openedAt: row.opened_at,
  duty: row.duty,
});

/** Recoveries that wait, of people or of staff as the permission says. */
export async function listOpenRecoveries(tx: Tx, scope: SettleScope): Promise<readonly Recovery[]> {
  return (await selectOpen(tx, scope).orderBy('r.recovery_id').execute()).map(asRecovery);
}

/** A recovery that waits, locked against a second decision. */
export async function findOpenRecovery(tx: Tx, scope: SettleScope, recoveryId: string): Promise<Recovery | undefined> {
  const row = await selectOpen(tx, scope).where('r.recovery_id', '=', recoveryId).forUpdate('r').executeTakeFirst();
  return row && asRecovery(row);
}

/** Writes how a recovery ended. */
export async function closeRecovery(tx: Tx, scope: SettleScope, recoveryId: string, outcome: 'done' | 'refused', now: Date): Promise<void> {
  await tx
    .updateTable('recoveries')
    .set({ outcome, settled_at: now, settled_by: scope.actor.accountId })
    .where('tenant_id', '=', scope.tenantId)
    .where('recovery_id', '=', recoveryId)
    .execute();
}
