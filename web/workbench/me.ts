// Who works here now: the account, the capacity, and which sections it opens.
import type { readMe } from '../../src/contract/access-endpoints.ts';
import { type Permission, permissionRow, type Role } from '../../src/contract/permissions.ts';
import type { Answer } from '../client/call.ts';

/** The account with its capacity, as the interface tells. */
export type Me = Answer<typeof readMe>['data'];

/** What one asks for to act in another capacity. */
export type Switch = { readonly kind: 'own' } | { readonly kind: 'agent'; readonly agencyId: string } | { readonly kind: 'officer'; readonly appointmentId: string };

/** In which roles the present capacity acts. */
function rolesOf({ capacity }: Pick<Me, 'capacity'>): readonly Role[] {
  switch (capacity.kind) {
    case 'officer':
      return capacity.roles as readonly Role[];
    case 'administrator':
      return [capacity.role as Role];
    case 'agent':
      return ['agent', 'account'];
    case 'person':
      return ['person', 'account'];
    case 'account':
      return ['account'];
  }
}

/** Whether the present capacity may do it at all; the server decides about whom. */
export function may(me: Pick<Me, 'capacity'>, permission: Permission): boolean {
  const { holders } = permissionRow(permission);
  return rolesOf(me).some((role) => holders[role] !== undefined);
}

/** Asks for that capacity. */
export function switchTo(capacity: Me['capacity']): Switch {
  switch (capacity.kind) {
    case 'officer':
      return { kind: 'officer', appointmentId: capacity.appointmentId };
    case 'agent':
      return { kind: 'agent', agencyId: capacity.agencyId };
    default:
      return { kind: 'own' };
  }
}
