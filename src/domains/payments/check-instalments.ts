// Checks due instalments: ready where nothing speaks against paying, in doubt where something does, waiting where the case is on its way; the latter two are looked at again each day.
import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { dayOf } from '../registry/index.ts';
import { dayAfter, isBefore, stepInstalment } from './instalment.ts';
import { type InstalmentChange, findDue, updateInstalments } from './instalment-store.ts';
import { keepDoubts, lookAtInstalments } from './look-before-paying.ts';
import type { PaymentParts } from './ports.ts';

/** What a check found. */
export interface Checked {
  readonly ready: number;
  readonly inDoubt: number;
  readonly waiting: number;
}

/** Looks at instalments anew; those not due, or on their way to the bank and beyond, stay as they are. */
export async function checkInstalments(tx: Tx, scope: Scope<'payment.check'>, parts: PaymentParts, ids: readonly string[], now: Date): Promise<Checked> {
  const today = dayOf(now);
  const looked = (await lookAtInstalments(tx, scope, parts, ids, () => true, now)).filter(({ row }) => isBefore(row.state) && row.dueOn <= today);
  await keepDoubts(tx, scope, looked, now);
  const changes: InstalmentChange[] = [];
  for (const { row, isEarly, doubts } of looked) {
    const next = stepInstalment(row, isEarly ? { do: 'wait' } : { do: 'check', isDoubtful: doubts.length > 0 });
    if (next !== undefined) changes.push({ ...row, ...next, lookOn: dayAfter(today), checkedAt: now });
  }
  await updateInstalments(tx, scope, changes, now);
  const count = (state: string): number => changes.filter((change) => change.state === state).length;
  return { ready: count('ready'), inDoubt: count('in-doubt'), waiting: count('waiting') };
}

const AT_ONCE = 100;

/** Checks everything that is due in a city, a hundred at a time. @returns how many were looked at */
export async function checkDue(db: Database, parts: PaymentParts, tenantId: number, now: Date, isStopping: () => boolean = () => false): Promise<number> {
  const scope = jobScope(tenantId, 'payments', 'payment.check');
  for (let checked = 0; ; ) {
    if (isStopping()) return checked;
    const found = await inTenant(db, tenantId, async (tx) => {
      const due = await findDue(tx, scope, dayOf(now), AT_ONCE);
      if (due.length > 0) await checkInstalments(tx, scope, parts, due, now);
      return due.length;
    });
    checked += found;
    if (found < AT_ONCE) return checked;
  }
}
