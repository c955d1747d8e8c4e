// The mark of a demonstration and the accounts that it shows: written by the owner alone, the mark in no other transaction than the one that founds the city.
import { sql } from 'kysely';
import type { Protector, SealedColumn } from '../../domains/protection/index.ts';
import { type Database, inTenant, type Tx } from '../../storage/database.ts';

/** What a demonstration is filled with. */
export interface DemoSize {
  readonly seed: number;
  readonly people: number;
  /** The last day of its year, `YYYY-MM-DD`. */
  readonly lastOn: string;
}

/** A mark as it stands. */
export interface DemoMark extends DemoSize {
  readonly tenantId: number;
  readonly state: 'filling' | 'ready';
  readonly perCent: number;
}

/** What the demonstration's page shows of an account. */
interface ShownAccount {
  readonly login: string | null;
  readonly password: string | null;
  /** Of the second factor, base32. */
  readonly secret: string | null;
  readonly phone: string;
  readonly name: string;
  /** Asked for in a browser that is not known; people alone. */
  readonly identityNumber: string | null;
}

/** An account to show, and what it is one of. */
export interface DemoAccount {
  readonly accountId: string;
  readonly kind: string;
  readonly shown: ShownAccount;
}

/** For the rotation of keys. */
export const demoSealedColumns: readonly SealedColumn[] = [{ table: 'demo_accounts', column: 'shown_sealed', rowColumns: ['account_id'] }];

/** Marks the city that `tx` is founding; the database refuses it for any other. */
export async function markDemo(tx: Tx, tenantId: number, { seed, people, lastOn }: DemoSize): Promise<void> {
  // The moment of this transaction, which is the city's own if the city is founded by it.
  await tx.insertInto('demo_marks').values({ tenant_id: tenantId, founded_at: sql<Date>`now()`, seed, people, last_on: lastOn, state: 'filling' }).execute();
}

/** The mark of the city; undefined for a real one. */
export async function readMark(db: Database, tenantId: number): Promise<DemoMark | undefined> {
  const row = await inTenant(db, tenantId, (tx) =>
    tx.selectFrom('demo_marks').select(['seed', 'people', 'last_on', 'state', 'per_cent']).where('tenant_id', '=', tenantId).executeTakeFirst(),
  );
  return row && { tenantId, seed: row.seed, people: row.people, lastOn: row.last_on, state: row.state === 'ready' ? 'ready' : 'filling', perCent: row.per_cent };
}

/** Whether the city of a transaction is a demonstration. */
export async function isMarked(tx: Tx, tenantId: number): Promise<boolean> {
  return (await tx.selectFrom('demo_marks').select('tenant_id').where('tenant_id', '=', tenantId).executeTakeFirst()) !== undefined;
}

/** Writes how far the year has gone; the owner's work. */
export async function writeProgress(owner: Database, tenantId: number, perCent: number): Promise<void> {
  await inTenant(owner, tenantId, (tx) => tx.updateTable('demo_marks').set({ per_cent: Math.min(99, Math.max(0, Math.round(perCent))) }).where('tenant_id', '=', tenantId).execute());
}

/** Ends the filling: from here on the accounts are shown. The owner's work, in one transaction. */
export async function finishDemo(owner: Database, protector: Protector, tenantId: number, accounts: readonly DemoAccount[], now: Date): Promise<void> {
  await inTenant(owner, tenantId, async (tx) => {
    const rows = accounts.map(({ accountId, kind, shown }, place) => ({
      tenant_id: tenantId,
      account_id: accountId,
      place,
      kind,
      shown_sealed: Buffer.from(protector.seal(placeOf(tenantId, accountId), JSON.stringify(shown))),
    }));
    await tx.insertInto('demo_accounts').values(rows).execute();
    await tx.updateTable('demo_marks').set({ state: 'ready', per_cent: 100, ready_at: now }).where('tenant_id', '=', tenantId).execute();
  });
}

/** The accounts of a demonstration in the order in which they are shown; none in a real city. */
export async function readDemoAccounts(db: Database, protector: Protector, tenantId: number): Promise<readonly DemoAccount[]> {
  const rows = await inTenant(db, tenantId, (tx) => tx.selectFrom('demo_accounts').select(['account_id', 'kind', 'shown_sealed']).where('tenant_id', '=', tenantId).orderBy('place').execute());
  return rows.map(({ account_id: accountId, kind, shown_sealed: sealed }) => ({ accountId, kind, shown: JSON.parse(protector.openText(placeOf(tenantId, accountId), sealed)) as ShownAccount }));
}

function placeOf(tenantId: number, accountId: string): { readonly tenantId: number; readonly table: string; readonly column: string; readonly row: string } {
  return { tenantId, table: 'demo_accounts', column: 'shown_sealed', row: accountId };
}
