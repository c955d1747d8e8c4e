// Who calls and in which capacity: what a session or a key stands for.
import type { Role } from '../../contract/permissions.ts';

/** In which capacity somebody acts; one session has one at a time. */
export type Capacity =
  | { readonly kind: 'anyone' }
  /** `actsFor`: family members who agreed, and children; `guardianOf`: the children among them, whom an officer saw to be the person's. */
  | { readonly kind: 'person'; readonly partyId: string; readonly actsFor: readonly string[]; readonly guardianOf?: readonly string[] }
  | { readonly kind: 'agent'; readonly organisationId: string; readonly partyId: string }
  /** `codes`: the department's jurisdiction and all below it. */
  | { readonly kind: 'officer'; readonly departmentId: string; readonly codes: readonly string[]; readonly roles: readonly Role[] }
  /** One of the three administrators. */
  | { readonly kind: 'administrator'; readonly role: Role }
  /** An account that is signed in and has not yet claimed who it is, or has a second factor still to show. */
  | { readonly kind: 'account' }
  | { readonly kind: 'feed'; readonly departmentId: string; readonly keyId: string }
  | { readonly kind: 'job'; readonly name: string };

/** Whoever acts. */
export interface Actor {
  readonly accountId: string | null;
  readonly sessionId: string | null;
  readonly capacity: Capacity;
}

/** An actor of a tenant. */
export interface Caller {
  readonly tenantId: number;
  readonly actor: Actor;
}

/** Somebody who has not signed in. */
export function anyone(tenantId: number): Caller {
  return { tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'anyone' } } };
}

/** The roles that a capacity carries; whoever is signed in may besides do what anyone may. */
export function rolesOf(capacity: Capacity): readonly Role[] {
  switch (capacity.kind) {
    case 'officer':
      return ['anyone', 'account', ...capacity.roles];
    case 'administrator':
      return ['anyone', 'account', capacity.role];
    case 'account':
      return ['anyone', 'account'];
    case 'person':
    case 'agent':
      return ['anyone', 'account', capacity.kind];
    case 'anyone':
      return ['anyone'];
    case 'feed':
    case 'job':
      return [capacity.kind];
  }
}
