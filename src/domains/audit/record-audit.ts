// Writes one row of the audit trail in the transaction of what it tells of.
import type { Permission } from '../../contract/permissions.ts';
import { newId, type Tx } from '../../storage/database.ts';
import type { Capacity, Scope } from '../permissions/index.ts';
import { insertEntry } from './audit-store.ts';
import type { AuditEntry } from './entry.ts';

/** Adds `entry` to the trail of the scope's tenant, to be sealed within two seconds after the commit. */
export async function recordAudit(tx: Tx, scope: Scope<Permission>, entry: AuditEntry): Promise<void> {
  await insertEntry(tx, scope, newId(), new Date(), JSON.stringify(briefly(scope.actor.capacity)), entry);
}

/** As whom somebody acted; what follows from it, such as all places below a jurisdiction, is left out. */
function briefly(capacity: Capacity): Readonly<Record<string, unknown>> {
  switch (capacity.kind) {
    case 'person':
      return { kind: 'person', partyId: capacity.partyId };
    case 'officer':
      return { kind: 'officer', departmentId: capacity.departmentId, roles: capacity.roles };
    default:
      return { ...capacity };
  }
}
