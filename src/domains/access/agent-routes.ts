// Routes of acting for others.
import {
  acceptAgency as acceptAgencyEndpoint, agreeFamily as agreeFamilyEndpoint, appointFirstAgent, askFamily as askFamilyEndpoint, confirmGuardian as confirmGuardianEndpoint, endAgency,
  endFamily as endFamilyEndpoint, inviteAgent as inviteAgentEndpoint, leaveAgency as leaveAgencyEndpoint, listAgents as listAgentsEndpoint, listFamily as listFamilyEndpoint,
  listOwnAgencies as listOwnAgenciesEndpoint,
} from '../../contract/agent-endpoints.ts';
import { type Route, route } from '../permissions/index.ts';
import type { AccessParts } from './access-parts.ts';
import { acceptAgency, appointAgent, endAgent, inviteAgent, leaveAgency, listAgents, listOwnAgencies, type SeenAgency } from './agents.ts';
import { agreeFamily, askFamily, confirmGuardian, endFamily, listFamily } from './family.ts';

const tellAgency = ({ agencyId, organisationId, phone, state, canManage, grantedAs, invitedAt, validTo }: SeenAgency) => ({
  agencyId,
  organisationId,
  phone,
  state,
  canManage,
  grantedAs,
  invitedAt: invitedAt.toISOString(),
  validTo,
});

/** Routes of agents and family. */
export function agentRoutes(parts: AccessParts): readonly Route[] {
  return [
    route(appointFirstAgent, async (call) => {
      const agencyId = await appointAgent(call.tx, parts, call.scope, call.params.organisationId, call.body, call.now);
      call.audit({ object: { kind: 'agency', id: agencyId }, detail: { organisationId: call.params.organisationId, evidenceId: call.body.evidenceId } });
      return { agencyId };
    }),
    route(listAgentsEndpoint, async (call) => ({ items: (await listAgents(call.tx, parts, call.scope, call.now)).map(tellAgency) })),
    route(inviteAgentEndpoint, async (call) => {
      const agencyId = await inviteAgent(call.tx, parts, call.scope, call.body, call.now);
      call.audit({ object: { kind: 'agency', id: agencyId }, detail: { canManage: call.body.canManage } });
      return { agencyId };
    }),
    route(endAgency, async (call) => {
      await endAgent(call.tx, parts, call.scope, call.params.agencyId, call.now);
      call.audit({ object: { kind: 'agency', id: call.params.agencyId } });
      return undefined;
    }),
    route(listOwnAgenciesEndpoint, async (call) => {
      const offered = await listOwnAgencies(call.tx, parts, call.scope, call.now);
      const names = await parts.people.namesOf(call.tx, call.scope.tenantId, offered.map(({ organisationId }) => organisationId));
      return { items: offered.map((agency) => ({ ...tellAgency(agency), organisationName: names.get(agency.organisationId) ?? '' })) };
    }),
    route(acceptAgencyEndpoint, async (call) => {
      await acceptAgency(call.tx, parts, call.scope, call.params.agencyId, call.now);
      call.audit({ object: { kind: 'agency', id: call.params.agencyId } });
      return undefined;
    }),
    route(leaveAgencyEndpoint, async (call) => {
      await leaveAgency(call.tx, parts, call.scope, call.params.agencyId, call.now);
      call.audit({ object: { kind: 'agency', id: call.params.agencyId } });
      return undefined;
    }),
    route(listFamilyEndpoint, async (call) => ({
      items: (await listFamily(call.tx, parts, call.scope, call.now)).map(({ linkId, relation, name, side, state, basis, askedAt, validTo }) => ({
        linkId,
        relation,
        name,
        side,
        state,
        basis,
        askedAt: askedAt.toISOString(),
        validTo,
      })),
    })),
    route(askFamilyEndpoint, async (call) => {
      const linkId = await askFamily(call.db, parts, call.scope, call.body, call.now, call.record);
      return { linkId };
    }),
    route(agreeFamilyEndpoint, async (call) => {
      await agreeFamily(call.tx, call.scope, call.params.linkId, call.now);
      call.audit({ object: { kind: 'family-link', id: call.params.linkId } });
      return undefined;
    }),
    route(endFamilyEndpoint, async (call) => {
      await endFamily(call.tx, call.scope, call.params.linkId, call.now);
      call.audit({ object: { kind: 'family-link', id: call.params.linkId } });
      return undefined;
    }),
    route(confirmGuardianEndpoint, async (call) => {
      await confirmGuardian(call.tx, parts, call.scope, call.params.linkId, call.body.evidenceId, call.now);
      call.audit({ object: { kind: 'family-link', id: call.params.linkId }, detail: { evidenceId: call.body.evidenceId } });
      return undefined;
    }),
  ];
}
