// Makes scopes: what a store function needs to touch a row, and only the permission table can give.
import { Refusal } from '../../contract/errors.ts';
import { type Permission, permissionRow, type ReachKind } from '../../contract/permissions.ts';
import { type Actor, type Caller, type Capacity, rolesOf } from './caller.ts';

/** Whose rows a scope may touch. */
export type Reach =
  /** Nobody's: rows that belong to no party, or to the account itself. */
  | { readonly kind: 'none' }
  | { readonly kind: 'parties'; readonly partyIds: readonly string[] }
  /** The organisation, its own rows and those of the people that work for it. */
  | { readonly kind: 'organisation'; readonly organisationId: string; readonly partyId: string }
  | { readonly kind: 'department'; readonly departmentId: string }
  /** A jurisdiction and all below it. */
  | { readonly kind: 'jurisdictions'; readonly codes: readonly string[]; readonly departmentId: string }
  | { readonly kind: 'tenant' };

declare const madeByTable: unique symbol;

/** Leave to do one thing for one tenant, as far as `reach` goes. Only this file makes one. */
export interface Scope<P extends Permission = Permission> {
  readonly tenantId: number;
  readonly permission: P;
  readonly actor: Actor;
  readonly reach: Reach;
  readonly [madeByTable]: true;
}

/** From narrow to wide: of several roles the widest counts. */
const widths: readonly ReachKind[] = ['none', 'own', 'self', 'organisation', 'department', 'jurisdiction', 'tenant'];

/**
 * The scope in which `caller` may do `permission`.
 * @throws Refusal sign-in-required for somebody not signed in, not-permitted for everybody else whom the table does not name.
 */
export function scopeFor<P extends Permission>(caller: Caller, permission: P): Scope<P> {
  const { holders } = permissionRow(permission);
  const { capacity } = caller.actor;
  const held = rolesOf(capacity).flatMap((role) => holders[role] ?? []);
  const widest = widths.findLast((width) => held.includes(width));
  const reach = widest === undefined ? undefined : reachOf(widest, capacity);
  if (reach === undefined) {
    if (capacity.kind === 'anyone') throw new Refusal('sign-in-required');
    throw new Refusal('not-permitted', { permission });
  }
  return { tenantId: caller.tenantId, permission, actor: caller.actor, reach } as Scope<P>;
}

/** The scope of work that the server does by itself; the table must name the role `job`. */
export function jobScope<P extends Permission>(tenantId: number, name: string, permission: P): Scope<P> {
  return scopeFor({ tenantId, actor: { accountId: null, sessionId: null, capacity: { kind: 'job', name } } }, permission);
}

/** Work that the server does because of what somebody does in another scope: a job's right, in the name of that account. */
export function jobScopeFor<P extends Permission>({ tenantId, actor }: Pick<Scope, 'tenantId' | 'actor'>, name: string, permission: P): Scope<P> {
  return scopeFor({ tenantId, actor: { ...actor, capacity: { kind: 'job', name } } }, permission);
}

/** The same caller's scope for another permission; for use cases that need a second right. */
export function scopeAlso<P extends Permission>(scope: Scope, permission: P): Scope<P> {
  return scopeFor({ tenantId: scope.tenantId, actor: scope.actor }, permission);
}

/**
 * Refuses a person who names a grown-up relative for what only that relative may do. Whom one acts for is no secret to oneself, so this says
 * why; anybody else stays not found.
 * @throws Refusal person-must-act
 */
export function refuseForRelative({ actor: { capacity }, permission, reach }: Scope, named: readonly unknown[]): void {
  if (capacity.kind !== 'person' || permissionRow(permission).holders.person !== 'own' || reach.kind !== 'parties') return;
  const { partyIds } = reach;
  if (capacity.actsFor.some((partyId) => !partyIds.includes(partyId) && named.includes(partyId))) throw new Refusal('person-must-act');
}

/** What a width means for a capacity; undefined where it means nothing, which refuses. */
function reachOf(width: ReachKind, capacity: Capacity): Reach | undefined {
  switch (width) {
    case 'none':
      return { kind: 'none' };
    case 'tenant':
      return { kind: 'tenant' };
    case 'own':
      // Only whom law lets the person decide for: those of the family who are of age decide themselves.
      if (capacity.kind === 'person') return { kind: 'parties', partyIds: [capacity.partyId, ...(capacity.guardianOf ?? [])] };
      return capacity.kind === 'agent' ? { kind: 'parties', partyIds: [capacity.partyId] } : undefined;
    case 'self':
      if (capacity.kind === 'person') return { kind: 'parties', partyIds: [capacity.partyId, ...capacity.actsFor] };
      // An agent is a person too, with a right to what is the agent's own.
      return capacity.kind === 'agent' ? { kind: 'parties', partyIds: [capacity.partyId] } : undefined;
    case 'organisation':
      return capacity.kind === 'agent' ? { kind: 'organisation', organisationId: capacity.organisationId, partyId: capacity.partyId } : undefined;
    case 'department':
      return capacity.kind === 'officer' || capacity.kind === 'feed' ? { kind: 'department', departmentId: capacity.departmentId } : undefined;
    case 'jurisdiction':
      return capacity.kind === 'officer' ? { kind: 'jurisdictions', codes: capacity.codes, departmentId: capacity.departmentId } : undefined;
  }
}
