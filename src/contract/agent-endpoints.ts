// Acting for others: an organisation's agents, and family members who agreed or are children.
import { z } from 'zod';
import { identityNumberField, personName, phoneField } from './access-endpoints.ts';
import { defineEndpoint } from './endpoint.ts';

const instant = z.iso.datetime();
const agencyParams = z.object({ agencyId: z.uuid() });

const agency = z.object({
  agencyId: z.uuid(),
  organisationId: z.uuid(),
  phone: z.string().describe('中间四位遮住 / the four digits in the middle are masked'),
  state: z.enum(['invited', 'accepted', 'ended']),
  canManage: z.boolean(),
  grantedAs: z.enum(['agent', 'officer']),
  invitedAt: instant,
  validTo: z.iso.date().nullable(),
});

const agencies = z.object({ items: z.array(agency) });
const terms = {
  canManage: z.boolean().default(false).describe('可以再请、解除别的经办人 / may invite and end other agents'),
  validTo: z.iso.date().nullable().default(null).describe('到哪天为止，含当天；空为不限 / the last day; empty for no end'),
};

export const appointFirstAgent = defineEndpoint({
  id: 'agent.appoint',
  method: 'POST',
  path: '/access/organisations/:organisationId/agents',
  tag: 'agents',
  permission: 'agent.appoint',
  summary: { zh: '凭授权材料，给单位设经办人', en: 'Appoint an organisation’s agent on evidence' },
  params: z.object({ organisationId: z.uuid() }),
  body: z.object({ phone: phoneField, evidenceId: z.uuid().describe('法定代表人授权书 / the authorisation of the legal representative'), ...terms }),
  response: z.object({ agencyId: z.uuid() }),
  status: 201,
  errors: ['evidence-unfit', 'own-hands-refused'],
});

export const listAgents = defineEndpoint({
  id: 'agents.list',
  method: 'GET',
  path: '/access/agents',
  tag: 'agents',
  permission: 'agent.manage',
  summary: { zh: '本单位的经办人', en: 'The agents of my organisation' },
  response: agencies,
});

export const inviteAgent = defineEndpoint({
  id: 'agent.invite',
  method: 'POST',
  path: '/access/agents',
  tag: 'agents',
  permission: 'agent.manage',
  summary: { zh: '请一位经办人；对方登录后接受', en: 'Invite an agent, who accepts after signing in' },
  body: z.object({ phone: phoneField, ...terms }),
  response: z.object({ agencyId: z.uuid() }),
  status: 201,
  rate: 'sensitive',
  errors: ['agent-cannot-manage', 'own-hands-refused'],
});

export const endAgency = defineEndpoint({
  id: 'agent.end',
  method: 'DELETE',
  path: '/access/agents/:agencyId',
  tag: 'agents',
  permission: 'agent.manage',
  summary: { zh: '解除经办人；对方以单位身份的登录随之退出', en: 'End an agent’s authority and sessions' },
  params: agencyParams,
  errors: ['agent-cannot-manage'],
});

export const listOwnAgencies = defineEndpoint({
  id: 'agencies.own',
  method: 'GET',
  path: '/access/agencies',
  tag: 'agents',
  permission: 'agent.become',
  summary: { zh: '请我做经办人的单位', en: 'Organisations that asked me to act for them' },
  response: z.object({ items: z.array(agency.extend({ organisationName: z.string() })) }),
});

export const acceptAgency = defineEndpoint({
  id: 'agent.accept',
  method: 'POST',
  path: '/access/agencies/:agencyId/acceptance',
  tag: 'agents',
  permission: 'agent.become',
  summary: { zh: '接受做经办人', en: 'Agree to act for an organisation' },
  params: agencyParams,
  errors: ['own-hands-refused', 'settled-already'],
});

export const leaveAgency = defineEndpoint({
  id: 'agent.leave',
  method: 'DELETE',
  path: '/access/agencies/:agencyId',
  tag: 'agents',
  permission: 'agent.become',
  summary: { zh: '不再做经办人', en: 'Stop acting for an organisation' },
  params: agencyParams,
});

const familyParams = z.object({ linkId: z.uuid() });
const relation = z.enum(['child', 'spouse', 'parent']);

const familyLink = z.object({
  linkId: z.uuid(),
  relation,
  name: z.string(),
  /** mine: I act for them; theirs: somebody asks to act, or acts, for me. */
  side: z.enum(['mine', 'theirs']),
  state: z.enum(['asked', 'confirmed', 'ended']),
  basis: z.enum(['consent', 'guardian']).nullable(),
  askedAt: instant,
  validTo: z.iso.date().nullable(),
});

export const listFamily = defineEndpoint({
  id: 'family.list',
  method: 'GET',
  path: '/access/family',
  tag: 'agents',
  permission: 'family.manage',
  summary: { zh: '我替谁办、谁替我办', en: 'For whom I act, and who acts for me' },
  response: z.object({ items: z.array(familyLink) }),
});

export const askFamily = defineEndpoint({
  id: 'family.ask',
  method: 'POST',
  path: '/access/family',
  tag: 'agents',
  permission: 'family.manage',
  summary: { zh: '请求替家人办事', en: 'Ask to act for a family member' },
  body: z.object({ relation, name: personName, identityNumber: identityNumberField }),
  response: z.object({ linkId: z.uuid() }).describe('不论登记库里有没有这个人，答复都一样 / the same whether or not the registry knows the person'),
  status: 201,
  rate: 'sensitive',
  ownTransaction: true,
  audited: 'inside',
  errors: ['own-hands-refused', 'too-many-attempts'],
});

export const agreeFamily = defineEndpoint({
  id: 'family.agree',
  method: 'POST',
  path: '/access/family/:linkId/agreement',
  tag: 'agents',
  permission: 'family.manage',
  summary: { zh: '同意家人替我办事', en: 'Agree that a family member acts for me' },
  params: familyParams,
  errors: ['settled-already'],
});

export const endFamily = defineEndpoint({
  id: 'family.end',
  method: 'DELETE',
  path: '/access/family/:linkId',
  tag: 'agents',
  permission: 'family.manage',
  summary: { zh: '不再代办，或者不再让人代办', en: 'End acting for one another; either side may' },
  params: familyParams,
  errors: ['settled-already'],
});

export const confirmGuardian = defineEndpoint({
  id: 'family.confirm-guardian',
  method: 'POST',
  path: '/access/family/:linkId/guardian',
  tag: 'agents',
  permission: 'family.confirm',
  summary: { zh: '看过户口簿或出生证，确认监护关系', en: 'Confirm a guardian after seeing the evidence' },
  params: familyParams,
  body: z.object({ evidenceId: z.uuid() }),
  errors: ['evidence-unfit', 'guardian-of-age', 'settled-already'],
});
