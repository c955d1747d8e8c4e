// The whole permission table, both ways: whom it names gets a scope of exactly that reach, everybody else is refused.
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../contract/errors.ts';
import { administratorRoles, officerRoles, type Permission, permissionRow, permissions, type ReachKind, type Role, roles } from '../../contract/permissions.ts';
import { anyone, type Caller, type Capacity } from './caller.ts';
import { jobScope, type Reach, scopeAlso, scopeFor } from './scope.ts';

const all = Object.keys(permissions) as Permission[];
const departmentId = '00000000-0000-7000-8000-000000000001';
const codes = ['220202', '220271'];

/** A capacity that carries a role and no other of its kind. */
function capacityOf(role: Role): Capacity {
  switch (role) {
    case 'anyone':
    case 'account':
      return { kind: role };
    case 'person':
      return { kind: 'person', partyId: 'person', actsFor: ['spouse', 'child'], guardianOf: ['child'] };
    case 'agent':
      return { kind: 'agent', organisationId: 'organisation', partyId: 'person' };
    case 'system-admin':
    case 'security-admin':
    case 'audit-admin':
      return { kind: 'administrator', role };
    case 'feed':
      return { kind: 'feed', departmentId, keyId: 'key' };
    case 'job':
      return { kind: 'job', name: 'job' };
    default:
      return { kind: 'officer', departmentId, codes, roles: [role] };
  }
}

/** Roles that whoever has a role has besides: signed in, one may what an account may, and what anyone may. */
function impliedBy(role: Role): readonly Role[] {
  if (role === 'feed' || role === 'job') return [role];
  return role === 'anyone' ? ['anyone'] : ['anyone', 'account', role];
}

/** What a reach of the table must come to for a role; null where it cannot mean anything. */
function reachFor(kind: ReachKind, role: Role): Reach | null {
  const isOfficer = (officerRoles as readonly Role[]).includes(role);
  switch (kind) {
    case 'none':
    case 'tenant':
      return { kind };
    case 'own':
      return role === 'person' ? { kind: 'parties', partyIds: ['person', 'child'] } : role === 'agent' ? { kind: 'parties', partyIds: ['person'] } : null;
    case 'self':
      return role === 'person' ? { kind: 'parties', partyIds: ['person', 'spouse', 'child'] } : role === 'agent' ? { kind: 'parties', partyIds: ['person'] } : null;
    case 'organisation':
      return role === 'agent' ? { kind: 'organisation', organisationId: 'organisation', partyId: 'person' } : null;
    case 'department':
      return isOfficer || role === 'feed' ? { kind: 'department', departmentId } : null;
    case 'jurisdiction':
      return isOfficer ? { kind: 'jurisdictions', codes, departmentId } : null;
  }
}

const widths: readonly ReachKind[] = ['none', 'own', 'self', 'organisation', 'department', 'jurisdiction', 'tenant'];
const callerOf = (capacity: Capacity): Caller => ({ tenantId: 7, actor: { accountId: 'account', sessionId: 'session', capacity } });

/** The scope, or the code of the refusal. */
function scopeOrCode(caller: Caller, permission: Permission): unknown {
  try {
    return scopeFor(caller, permission);
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
}

const pairs = all.flatMap((permission) => roles.map((role) => [permission, role] as const));

describe('every permission with every role', () => {
  test.each(pairs)('%s by %s', (permission, role) => {
    const { holders } = permissionRow(permission);
    const kinds = impliedBy(role).flatMap((each) => holders[each] ?? []);
    const widest = widths.findLast((width) => kinds.includes(width));
    const caller = callerOf(capacityOf(role));
    const reach = widest === undefined ? undefined : reachFor(widest, role);
    const refusal = role === 'anyone' ? 'sign-in-required' : 'not-permitted';
    // A reach of null is one that this role cannot have: it must not stand in the table.
    const expected = reach === undefined ? refusal : { tenantId: 7, permission, actor: caller.actor, reach };
    expect(scopeOrCode(caller, permission)).toEqual(expected);
  });

  test('the table was looked at whole', () => {
    expect(all.length).toBeGreaterThan(30);
    expect(pairs).toHaveLength(all.length * roles.length);
  });
});

describe('the table itself', () => {
  test('rows stand in alphabetical order, named thing.act, with words in both languages', () => {
    expect(all).toEqual([...all].sort());
    for (const permission of all) {
      expect(permission).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
      const { zh, en, holders } = permissionRow(permission);
      expect(zh).toMatch(/[一-鿿]/);
      expect(en).toMatch(/^[a-z’A-Z]/);
      expect(Object.keys(holders).length).toBeGreaterThan(0);
    }
  });

  /** What tells of people, organisations or their papers. */
  const personal = /^(bank-account|claim\.decide|consent|disagreement|employment|evidence|fact|family|held-data|identity-number|import|organisation|person|people|recovery|search|subject-request|party)\b/;

  test.each(administratorRoles)('%s holds nothing that shows people', (role) => {
    const held = all.filter((permission) => role in permissionRow(permission).holders);
    expect(held.length).toBeGreaterThan(0);
    expect(held.filter((permission) => personal.test(permission))).toEqual([]);
  });

  test('no two administrators share a right that changes anything', () => {
    const shared = all.filter((permission) => administratorRoles.filter((role) => role in permissionRow(permission).holders).length > 1);
    expect(shared.filter((permission) => !permission.endsWith('.read'))).toEqual([]);
  });

  test('the audit administrator reads: the trail, whose names stand in it, and what everybody sees', () => {
    const held = all.filter((permission) => 'audit-admin' in permissionRow(permission).holders);
    expect(held.filter((permission) => !permission.startsWith('audit.') && permission !== 'colleague.read' && permission !== 'department.read')).toEqual([]);
    for (const other of roles.filter((role) => role !== 'audit-admin')) expect(permissionRow('audit.read').holders[other]).toBeUndefined();
  });

  test('what the server does by itself nobody else may do unless the row says so, and a job may nothing else', () => {
    expect(() => jobScope(7, 'sample', 'staff.manage')).toThrow(Refusal);
    expect(jobScope(7, 'sample', 'access.tidy').actor.capacity).toEqual({ kind: 'job', name: 'sample' });
  });
});

describe('for a relative', () => {
  test.each(['bank-account.write', 'consent.write', 'disagreement.answer', 'evidence.withdraw', 'fact.record', 'held-data.read', 'identity-number.reveal', 'subject-request.ask'] as const)('%s is for the person and the guardian of a child alone', (permission) => {
    const caller = callerOf({ kind: 'person', partyId: 'person', actsFor: ['spouse', 'child'], guardianOf: ['child'] });
    expect(scopeFor(caller, permission).reach).toEqual({ kind: 'parties', partyIds: ['person', 'child'] });
  });
});

describe('of several roles', () => {
  test('the widest reach counts, and a role that the row does not name adds nothing', () => {
    const officer = callerOf({ kind: 'officer', departmentId, codes, roles: ['intake', 'finance'] });
    expect(scopeFor(officer, 'claim.decide').reach).toEqual({ kind: 'tenant' });
    expect(() => scopeFor(officer, 'recovery.confirm')).toThrow(Refusal);
  });

  test('an officer without a role is signed in and no more', () => {
    const bare = callerOf({ kind: 'officer', departmentId, codes, roles: [] });
    expect(scopeFor(bare, 'access.own').reach).toEqual({ kind: 'none' });
    expect(() => scopeFor(bare, 'claim.decide')).toThrow(Refusal);
  });

  test('a second right of the same caller is asked of the table too', () => {
    const scope = scopeFor(callerOf(capacityOf('intake')), 'claim.decide');
    expect(scopeAlso(scope, 'recovery.open').permission).toBe('recovery.open');
    expect(() => scopeAlso(scope, 'recovery.confirm')).toThrow(Refusal);
    expect(() => scopeFor(anyone(7), 'access.own')).toThrow(expect.objectContaining({ code: 'sign-in-required' }));
  });
});
