// Routes of one's own account, and of saying who one is.
import {
  beginOwnEnrolment as beginOwnEnrolmentEndpoint, changePassword as changePasswordEndpoint, changePhone as changePhoneEndpoint, confirmOwnEnrolment as confirmOwnEnrolmentEndpoint,
  listSessions, makeClaim as makeClaimEndpoint, proveAgain as proveAgainEndpoint, readMe, removeSecondFactor, renewRecoveryCodes as renewRecoveryCodesEndpoint, revokeOtherSessions,
  revokeSession, signOut, switchCapacity as switchCapacityEndpoint,
} from '../../contract/access-endpoints.ts';
import { Refusal } from '../../contract/errors.ts';
import { maskPhone } from '../../contract/identity-number.ts';
import { inTenant } from '../../storage/database.ts';
import { reply, type Route, route } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { makeClaim } from './claims.ts';
import { clientOf, noSession, sessionCookie } from './cookies.ts';
import { isAdministrator } from './duty.ts';
import { beginOwnEnrolment, changePassword, changePhone, confirmOwnEnrolment, dropSecondFactor, type OwnAccount, proveAgain, readOwnAccount, renewRecoveryCodes, switchCapacity } from './own-account.ts';
import { type CapacityChoice, endOwnSession, endSessions, listOwnSessions } from './session-store.ts';

/** The capacities of an account, its own first. */
function capacitiesOf({ account, appointments, agencies }: OwnAccount) {
  const { duty, partyId } = account;
  const own = isAdministrator(duty)
    ? ({ kind: 'administrator', role: duty } as const)
    : partyId !== null
      ? ({ kind: 'person', partyId } as const)
      : ({ kind: 'account' } as const);
  return [
    own,
    ...appointments.map(({ appointmentId, departmentId, departmentName, roles }) => ({ kind: 'officer' as const, appointmentId, departmentId, departmentName, roles: [...roles] })),
    ...agencies.map(({ agencyId, organisationId, organisationName }) => ({ kind: 'agent' as const, agencyId, organisationId, organisationName })),
  ];
}

/** The capacity of a session among those of its account. */
function chosen(own: OwnAccount, { appointmentId, agencyId }: CapacityChoice) {
  const all = capacitiesOf(own);
  return all.find((each) => (each.kind === 'officer' && each.appointmentId === appointmentId) || (each.kind === 'agent' && each.agencyId === agencyId)) ?? all[0] ?? ({ kind: 'account' } as const);
}

/** Routes of whoever is signed in. */
export function ownRoutes(parts: AccessParts): readonly Route[] {
  return [
    route(readMe, async (call) => {
      const own = await readOwnAccount(call.tx, parts, call.scope, call.now);
      const { account, phone, session, recoveryCodesLeft, claim } = own;
      return {
        accountId: account.accountId,
        duty: account.duty,
        phone: phone === undefined ? null : maskPhone(phone),
        capacity: chosen(own, session.choice),
        capacities: capacitiesOf(own),
        hasPassword: account.password !== undefined,
        hasSecondFactor: account.hasSecondFactor,
        recoveryCodesLeft,
        claim,
        sessionEndsAt: session.expiresAt.toISOString(),
        provedAt: session.provedAt.toISOString(),
      };
    }),
    route(signOut, async (call) => {
      if (call.scope.actor.sessionId !== null) await endOwnSession(call.tx, call.scope, call.scope.actor.sessionId, 'signed-out', call.now);
      return reply(undefined, { cookies: [noSession] });
    }),
    route(listSessions, async (call) => ({
      items: (await listOwnSessions(call.tx, call.scope, call.now)).map(({ sessionId, createdAt, lastSeenAt, address, userAgent }) => ({
        sessionId,
        isThis: sessionId === call.scope.actor.sessionId,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        address,
        userAgent,
      })),
    })),
    route(revokeSession, async (call) => {
      if (!(await endOwnSession(call.tx, call.scope, call.params.sessionId, 'revoked', call.now))) throw new Refusal('not-found');
      call.audit({ object: { kind: 'session', id: call.params.sessionId } });
      return undefined;
    }),
    route(revokeOtherSessions, async (call) => {
      const { accountId, sessionId } = call.scope.actor;
      const ended = accountId === null ? 0 : await endSessions(call.tx, call.scope, { accountId, except: sessionId }, 'revoked', call.now);
      call.audit({ detail: { ended } });
      return { ended };
    }),
    route(switchCapacityEndpoint, async (call) => {
      const own = await readOwnAccount(call.tx, parts, call.scope, call.now);
      const { choice, ...session } = await switchCapacity(call.tx, call.scope, call.body, clientOf(call), call.now);
      call.audit({ object: { kind: 'session', id: session.sessionId }, detail: { capacity: call.body.kind } });
      return reply({ sessionId: session.sessionId, capacity: chosen(own, choice) }, { cookies: [sessionCookie(session)] });
    }),
    route(proveAgainEndpoint, async (call) => {
      await proveAgain(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record);
      return undefined;
    }),
    route(changePasswordEndpoint, async (call) => {
      const session = await changePassword(call.db, parts, call.scope, { current: call.body.current, password: call.body.password, client: clientOf(call) }, call.now, call.record);
      return reply({ sessionId: session.sessionId }, { cookies: [sessionCookie(session)] });
    }),
    route(changePhoneEndpoint, async (call) => {
      await changePhone(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record);
      return undefined;
    }),
    route(beginOwnEnrolmentEndpoint, (call) => inTenant(call.db, call.scope.tenantId, (tx) => beginOwnEnrolment(tx, parts, call.scope, call.now, call.record))),
    route(confirmOwnEnrolmentEndpoint, async (call) => ({ recoveryCodes: [...(await confirmOwnEnrolment(call.db, parts, call.scope, call.body.code, call.now, call.record))] })),
    route(renewRecoveryCodesEndpoint, async (call) => ({
      recoveryCodes: [...(await inTenant(call.db, call.scope.tenantId, (tx) => renewRecoveryCodes(tx, parts, call.scope, call.now, call.record)))],
    })),
    route(removeSecondFactor, async (call) => {
      await dropSecondFactor(call.tx, parts, call.scope, call.now);
      return undefined;
    }),
    route(makeClaimEndpoint, async (call) => {
      await makeClaim(call.db, parts, call.scope, call.body, call.now, call.record);
      return { received: true as const };
    }),
  ];
}
