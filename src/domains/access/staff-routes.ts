// Routes of the administration of access.
import { Refusal } from '../../contract/errors.ts';
import { maskIdentityNumber, maskPhone } from '../../contract/identity-number.ts';
import { readCursor, writeCursor } from '../../contract/page.ts';
import {
  addProvider, appoint, changeProvider, createFeedKey, createStaff as createStaffEndpoint, decideClaim as decideClaimEndpoint, endAppointment as endAppointmentEndpoint, exportStaff,
  listClaims as listClaimsEndpoint, listColleagues as listColleaguesEndpoint, listConfirmations, listFeedKeys, listProviders, listRecoveries as listRecoveriesEndpoint, listStaff as listStaffEndpoint,
  openRecovery as openRecoveryEndpoint, openStaffRecovery as openStaffRecoveryEndpoint, resumeStaff, revokeFeedKey, settleConfirmation, settleRecovery as settleRecoveryEndpoint,
  suspendStaff as suspendStaffEndpoint,
} from '../../contract/staff-endpoints.ts';
import { inTenant, newId } from '../../storage/database.ts';
import { type Route, route } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import type { Appointment } from './appointment-store.ts';
import { decideClaim, listClaims } from './claims.ts';
import { listColleagues } from './colleagues.ts';
import { clientOf } from './cookies.ts';
import { writeStaff } from './export-staff.ts';
import { issueFeedKey } from './feed-keys.ts';
import { listKeys, revokeKey } from './feed-key-store.ts';
import { insertProvider, listAllProviders, updateProvider } from './provider-store.ts';
import { listRecoveries, openRecovery, openStaffRecovery, settleRecovery } from './recover-account.ts';
import { refuseUnsafeIssuer } from './refuse-unsafe-issuer.ts';
import { rowIn } from './sealed-columns.ts';
import { appointOfficer, confirmAdministrator, confirmAppointment, createStaff, endAppointment, listAppointmentsToConfirm, listStaff, listWaitingAdministrators, suspendStaff } from './staff.ts';

/** Where a list goes on: after the id of the last item. */
function after(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const [id] = readCursor(cursor, 1) ?? [];
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('cursor-invalid');
  return id;
}

/** A page from one row more than it holds. */
function pageOfRows<Row, Item>(rows: readonly Row[], limit: number, idOf: (row: Row) => string, tell: (row: Row) => Item): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(tell), nextCursor: rows.length > limit && last !== undefined ? writeCursor([idOf(last)]) : null };
}

/** What an appointment lets its holder do, where and how long. */
function termsOf({ departmentId, departmentName, roles, validFrom, validTo }: Omit<Appointment, 'confirmedAt'>) {
  return { departmentId, departmentName, roles: [...roles], validFrom, validTo };
}

/** Routes of administrators, and of officers at the window. */
export function staffRoutes(parts: AccessParts): readonly Route[] {
  const { protector } = parts;
  return [
    route(listStaffEndpoint, async (call) => {
      const { cursor, limit, department, ...filter } = call.query;
      const rows = await listStaff(call.tx, parts, call.scope, { ...filter, departmentId: department }, { after: after(cursor), limit });
      return pageOfRows(rows, limit, (row) => row.accountId, (row) => ({
        ...row,
        appointments: row.appointments.map(({ confirmedAt, ...each }) => ({ ...termsOf(each), appointmentId: each.appointmentId, state: confirmedAt === null ? ('waiting' as const) : ('in-force' as const) })),
      }));
    }),
    route(exportStaff, async ({ tx, scope, query: { format, department, ...filter }, language, audit }) => {
      const file = await writeStaff(tx, parts, scope, { ...filter, departmentId: department }, format, language);
      // Which conditions there were, never what was typed.
      audit({ detail: { rows: file.rows, conditions: Object.entries({ ...filter, department }).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [name])).sort().join(' ') } });
      return file;
    }),
    route(listColleaguesEndpoint, async (call) => {
      const { cursor, limit, ids, department } = call.query;
      const rows = await listColleagues(call.tx, parts, call.scope, { after: after(cursor), limit, ids: ids?.split(','), departmentId: department }, call.now);
      return pageOfRows(rows, limit, (row) => row.accountId, (row) => row);
    }),
    route(createStaffEndpoint, async (call) => {
      const accountId = await createStaff(call.tx, parts, call.scope, call.body, call.now);
      call.audit({ object: { kind: 'account', id: accountId }, detail: { duty: call.body.duty } });
      return { accountId };
    }),
    route(appoint, async (call) => {
      const { appointmentId, isWaiting } = await appointOfficer(call.tx, call.scope, call.params.accountId, call.body, call.now);
      const { departmentId, roles } = call.body;
      call.audit({ object: { kind: 'account', id: call.params.accountId }, detail: { appointmentId, departmentId, roles: roles.join(' '), waiting: isWaiting } });
      return { appointmentId, state: isWaiting ? ('waiting' as const) : ('in-force' as const) };
    }),
    route(endAppointmentEndpoint, async (call) => {
      await endAppointment(call.tx, call.scope, call.params.appointmentId, call.now);
      call.audit({ object: { kind: 'appointment', id: call.params.appointmentId } });
      return undefined;
    }),
    route(suspendStaffEndpoint, async (call) => {
      await suspendStaff(call.tx, call.scope, call.params.accountId, true, call.now);
      call.audit({ object: { kind: 'account', id: call.params.accountId } });
      return undefined;
    }),
    route(resumeStaff, async (call) => {
      await suspendStaff(call.tx, call.scope, call.params.accountId, false, call.now);
      call.audit({ object: { kind: 'account', id: call.params.accountId } });
      return undefined;
    }),
    route(openStaffRecoveryEndpoint, async (call) => {
      const recoveryId = await openStaffRecovery(call.tx, parts, call.scope, call.params.accountId, call.body.phone, call.now);
      call.audit({ object: { kind: 'account', id: call.params.accountId }, detail: { recoveryId } });
      return { recoveryId };
    }),
    route(listConfirmations, async (call) => {
      const administrators = await listWaitingAdministrators(call.tx, parts, call.scope);
      const appointments = await listAppointmentsToConfirm(call.tx, parts, call.scope);
      const recoveries = await listRecoveries(call.tx, parts, call.scope);
      return {
        items: [
          ...administrators.map(({ accountId, login, duty, createdAt }) => ({ kind: 'administrator' as const, id: accountId, login, duty, askedAt: createdAt.toISOString() })),
          ...appointments.map((each) => ({
            kind: 'appointment' as const,
            id: each.appointmentId,
            login: each.login,
            duty: 'officer',
            askedAt: each.grantedAt.toISOString(),
            appointment: termsOf(each),
          })),
          ...recoveries.map(({ recoveryId, account, openedAt }) => ({
            kind: 'recovery' as const,
            id: recoveryId,
            login: account.loginSealed === null ? '' : rowIn(protector, call.scope.tenantId, 'accounts', account.accountId).open('login_sealed', account.loginSealed),
            duty: account.duty,
            askedAt: openedAt.toISOString(),
          })),
        ],
      };
    }),
    route(settleConfirmation, async (call) => {
      const { kind, id } = call.params;
      if (kind === 'administrator') await confirmAdministrator(call.tx, call.scope, id, call.body.confirm, call.now);
      else if (kind === 'appointment') await confirmAppointment(call.tx, call.scope, id, call.body.confirm, call.now);
      else await settleRecovery(call.tx, parts, call.scope, id, call.body.confirm, call.now);
      call.audit({ object: { kind: kind === 'administrator' ? 'account' : kind, id }, detail: { confirm: call.body.confirm } });
      return undefined;
    }),
    route(listClaimsEndpoint, async (call) => {
      const { cursor, limit } = call.query;
      const rows = await listClaims(call.tx, parts, call.scope, { after: after(cursor), limit });
      return pageOfRows(rows, limit, (row) => row.claimId, ({ claimId, name, identityNumber, finding, partyId, claimedAt }) => ({
        claimId,
        name,
        identityNumber,
        finding,
        partyId,
        claimedAt: claimedAt.toISOString(),
      }));
    }),
    route(decideClaimEndpoint, async (call) => {
      await decideClaim(call.tx, parts, call.scope, call.params.claimId, call.body.confirm, call.now);
      call.audit({ object: { kind: 'claim', id: call.params.claimId }, detail: { confirm: call.body.confirm } });
      return undefined;
    }),
    route(openRecoveryEndpoint, async (call) => {
      const recoveryId = await openRecovery(call.db, parts, call.scope, { ...call.body, client: clientOf(call) }, call.now, call.record);
      return { recoveryId };
    }),
    route(listRecoveriesEndpoint, async (call) => {
      const items = [];
      for (const { recoveryId, account, phone, openedAt } of await listRecoveries(call.tx, parts, call.scope)) {
        const person = account.partyId === null ? undefined : await parts.people.findPerson(call.tx, call.scope, account.partyId);
        const number = person?.identityNumber ?? null;
        items.push({
          recoveryId,
          name: person?.name ?? '',
          identityNumber: number === null ? '' : maskIdentityNumber(number),
          phone: phone === undefined ? '' : maskPhone(phone),
          openedAt: openedAt.toISOString(),
        });
      }
      return { items };
    }),
    route(settleRecoveryEndpoint, async (call) => {
      await settleRecovery(call.tx, parts, call.scope, call.params.recoveryId, call.body.confirm, call.now);
      call.audit({ object: { kind: 'recovery', id: call.params.recoveryId }, detail: { confirm: call.body.confirm } });
      return undefined;
    }),
    route(listFeedKeys, async (call) => ({
      items: (await listKeys(call.tx, call.scope)).map(({ createdAt, expiresAt, revokedAt, ...key }) => ({
        ...key,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        revokedAt: revokedAt?.toISOString() ?? null,
      })),
    })),
    route(createFeedKey, async (call) => {
      // In a transaction of its own, so that no kept answer ever holds the key.
      return inTenant(call.db, call.scope.tenantId, (tx) => issueFeedKey(tx, call.scope, call.body, call.now, call.record));
    }),
    route(revokeFeedKey, async (call) => {
      if (!(await revokeKey(call.tx, call.scope, call.params.keyId, call.now))) throw new Refusal('not-found');
      call.audit({ object: { kind: 'feed-key', id: call.params.keyId } });
      return undefined;
    }),
    route(listProviders, async (call) => ({
      items: (await listAllProviders(call.tx, call.scope)).map(({ secretSealed, ...provider }) => ({ ...provider, hasSecret: secretSealed !== null })),
    })),
    route(addProvider, async (call) => {
      const { issuer, clientId, clientSecret, returnUrl, name } = call.body;
      refuseUnsafeIssuer(issuer, call.client);
      const providerId = newId();
      const secretSealed = clientSecret === null ? null : rowIn(protector, call.scope.tenantId, 'identity_providers', providerId).seal('secret_sealed', clientSecret);
      if (!(await insertProvider(call.tx, call.scope, { providerId, issuer, clientId, secretSealed, returnUrl, name }))) throw new Refusal('settled-already');
      call.audit({ object: { kind: 'identity-provider', id: providerId } });
      return { providerId };
    }),
    route(changeProvider, async (call) => {
      const { isOpen, clientSecret, returnUrl } = call.body;
      const { providerId } = call.params;
      const secretSealed = clientSecret === undefined ? undefined : rowIn(protector, call.scope.tenantId, 'identity_providers', providerId).seal('secret_sealed', clientSecret);
      if (!(await updateProvider(call.tx, call.scope, providerId, { isOpen, secretSealed, returnUrl }))) throw new Refusal('not-found');
      call.audit({ object: { kind: 'identity-provider', id: providerId }, detail: { isOpen: isOpen ?? null, changedSecret: clientSecret !== undefined } });
      return undefined;
    }),
  ];
}
