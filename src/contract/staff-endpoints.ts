// The administration of access: accounts of staff and their appointments, confirmations by a second person, claims, recoveries, keys of feeds, identity providers.
import { z } from 'zod';
import { identityNumberField, personName, phoneField, sixDigits } from './access-endpoints.ts';
import { defineEndpoint } from './endpoint.ts';
import { pageFields, pageOf } from './page.ts';
import { administratorRoles, officerRoles } from './permissions.ts';

const instant = z.iso.datetime();
const accountParams = z.object({ accountId: z.uuid() });
const tag = 'staff';

const appointmentTerms = {
  departmentId: z.uuid(),
  roles: z.array(z.enum(officerRoles)).min(1).max(officerRoles.length),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable().default(null).describe('到哪天为止，含当天；空为不限 / the last day; empty for no end'),
};

const grantedTerms = { departmentId: z.uuid(), departmentName: z.string(), roles: z.array(z.string()), validFrom: z.iso.date(), validTo: z.iso.date().nullable() };

const appointmentState = z
  .enum(['waiting', 'in-force'])
  .describe('waiting：含审批或财务，等系统管理员确认，确认前没有权限 / with approver or finance: waits for the system administrator and gives no right before');

const appointment = z.object({ appointmentId: z.uuid(), ...grantedTerms, state: appointmentState });

const staffMember = z.object({
  accountId: z.uuid(),
  login: z.string(),
  name: z.string(),
  duty: z.enum(['officer', ...administratorRoles]),
  state: z.enum(['waiting', 'inactive', 'active', 'suspended']).describe('waiting：等第二位管理员确认；inactive：本人还没有启用 / waiting for a second administrator; not yet activated by its holder'),
  appointments: z.array(appointment),
});

const staffConditions = {
  q: z.string().trim().max(100).optional().describe('姓名或登录名里的字 / part of a name or a login'),
  duty: staffMember.shape.duty.optional(),
  state: staffMember.shape.state.optional(),
  department: z.uuid().optional(),
};

export const listStaff = defineEndpoint({
  id: 'staff.list',
  method: 'GET',
  path: '/access/staff',
  tag,
  permission: 'staff.manage',
  summary: { zh: '工作人员账号和任职', en: 'Accounts of staff and their appointments' },
  query: z.object({
    ...pageFields,
    accountId: z.uuid().optional(),
    ...staffConditions,
  }),
  response: pageOf(staffMember),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

/** 账号清单 */
export const exportStaff = defineEndpoint({
  id: 'staff.export',
  method: 'GET',
  path: '/access/staff/export',
  tag,
  permission: 'staff.manage',
  summary: { zh: '导出符合条件的账号和任职', en: 'Export the accounts that match, with their appointments' },
  query: z.object({ ...staffConditions, format: z.enum(['xlsx', 'csv']).default('xlsx').describe('文件格式 / format') }),
  audit: 'exported',
  bytes: 'response',
  contentTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv; charset=utf-8'],
  rate: 'sensitive',
  errors: ['export-too-large'],
});

const MOST_NAMES = 100;
const uuidText = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const colleague = z.object({
  accountId: z.uuid(),
  name: z.string(),
  duty: z.enum(['officer', ...administratorRoles]),
  isPresent: z.boolean().describe('现在还在任 / whether in office now'),
  appointments: z.array(z.object({ departmentId: z.uuid(), departmentName: z.string(), roles: z.array(z.string()) })),
});

/** 同事：姓名、部门、岗位，没有电话 */
export const listColleagues = defineEndpoint({
  id: 'colleagues.list',
  method: 'GET',
  path: '/access/colleagues',
  tag,
  permission: 'colleague.read',
  summary: { zh: '同事的姓名、部门和岗位：本辖区的，和办同一件的上级的', en: 'Names, departments and roles of colleagues: of one’s jurisdiction, and of those above that act in the same cases' },
  query: z.object({
    ...pageFields,
    ids: z
      .string()
      .regex(new RegExp(`^${uuidText}(,${uuidText}){0,${MOST_NAMES - 1}}$`), `账号，逗号分开，最多 ${MOST_NAMES} 个 / accounts, separated by commas, at most ${MOST_NAMES}`)
      .optional()
      .describe('只问这些账号，离任的也答 / only these accounts, those who left included'),
    department: z.uuid().optional().describe('现在在这个部门任职的 / appointed to this department now'),
  }),
  response: pageOf(colleague),
  errors: ['cursor-invalid'],
});

/** A new member of staff. */
export const newStaffFields = z.object({
  login: z.string().regex(/^[a-z][a-z0-9._-]{2,39}$/, '3 到 40 个小写字母、数字或 . _ -，字母开头 / 3 to 40 small letters, figures or . _ -, a letter first'),
  name: personName,
  phone: phoneField,
  duty: z.enum(['officer', ...administratorRoles]),
});

export const createStaff = defineEndpoint({
  id: 'staff.create',
  method: 'POST',
  path: '/access/staff',
  tag,
  permission: 'staff.manage',
  summary: { zh: '新设工作人员账号；管理员账号要系统管理员确认', en: 'Create an account of staff; administrators wait for the system administrator' },
  body: newStaffFields,
  response: z.object({ accountId: z.uuid() }),
  status: 201,
  errors: ['login-taken'],
});

export const appoint = defineEndpoint({
  id: 'staff.appoint',
  method: 'POST',
  path: '/access/staff/:accountId/appointments',
  tag,
  permission: 'staff.manage',
  summary: { zh: '任职并授权；本人的登录随之退出。审批和财务要系统管理员确认', en: 'Appoint to a department with roles; ends the holder’s sessions. Approvers and finance wait for the system administrator' },
  params: accountParams,
  body: z.object(appointmentTerms),
  response: z.object({ appointmentId: z.uuid(), state: appointmentState }),
  status: 201,
  errors: ['duty-conflict', 'own-hands-refused'],
});

export const endAppointment = defineEndpoint({
  id: 'staff.end-appointment',
  method: 'DELETE',
  path: '/access/appointments/:appointmentId',
  tag,
  permission: 'staff.manage',
  summary: { zh: '免职；本人的登录随之退出', en: 'End an appointment and the holder’s sessions' },
  params: z.object({ appointmentId: z.uuid() }),
  errors: ['settled-already'],
});

export const suspendStaff = defineEndpoint({
  id: 'staff.suspend',
  method: 'POST',
  path: '/access/staff/:accountId/suspension',
  tag,
  permission: 'staff.manage',
  summary: { zh: '停用工作人员账号', en: 'Suspend an account of staff' },
  params: accountParams,
  errors: ['own-hands-refused'],
});

export const resumeStaff = defineEndpoint({
  id: 'staff.resume',
  method: 'DELETE',
  path: '/access/staff/:accountId/suspension',
  tag,
  permission: 'staff.manage',
  summary: { zh: '恢复工作人员账号', en: 'Lift the suspension of an account of staff' },
  params: accountParams,
  errors: ['own-hands-refused'],
});

export const openStaffRecovery = defineEndpoint({
  id: 'staff.open-recovery',
  method: 'POST',
  path: '/access/staff/:accountId/recovery',
  tag,
  permission: 'staff.manage',
  summary: { zh: '工作人员丢了密码或动态码：提出重设，等系统管理员确认', en: 'Ask for a reset of a member of staff; the system administrator confirms' },
  params: accountParams,
  body: z.object({ phone: phoneField.optional().describe('换了手机号的，填新的 / the new telephone, where it changed') }),
  response: z.object({ recoveryId: z.uuid() }),
  status: 201,
  errors: ['own-hands-refused', 'settled-already'],
});

const confirmation = z.object({
  kind: z.enum(['administrator', 'appointment', 'recovery']),
  id: z.uuid(),
  login: z.string(),
  duty: z.string(),
  askedAt: instant,
  appointment: z.object(grantedTerms).optional().describe('kind 是 appointment 时：哪个部门、什么角色、哪天起止 / of an appointment: where, as what, from when to when'),
});

export const listConfirmations = defineEndpoint({
  id: 'confirmations.list',
  method: 'GET',
  path: '/access/confirmations',
  tag,
  permission: 'staff.confirm',
  summary: { zh: '等系统管理员确认的事', en: 'What waits for the system administrator' },
  response: z.object({ items: z.array(confirmation) }),
});

export const settleConfirmation = defineEndpoint({
  id: 'confirmation.settle',
  method: 'POST',
  path: '/access/confirmations/:kind/:id',
  tag,
  permission: 'staff.confirm',
  summary: { zh: '确认或驳回', en: 'Confirm or refuse' },
  params: z.object({ kind: z.enum(['administrator', 'appointment', 'recovery']), id: z.uuid() }),
  body: z.object({ confirm: z.boolean() }),
  errors: ['own-hands-refused', 'settled-already'],
});

const claim = z.object({
  claimId: z.uuid(),
  name: z.string(),
  identityNumber: z.string(),
  finding: z.enum(['matches', 'no-record', 'name-differs', 'phone-differs', 'already-claimed', 'several-records']),
  partyId: z.uuid().nullable(),
  claimedAt: instant,
});

export const listClaims = defineEndpoint({
  id: 'claims.list',
  method: 'GET',
  path: '/access/claims',
  tag,
  permission: 'claim.decide',
  summary: { zh: '等核对的实名认领', en: 'Claims that wait for a decision' },
  query: z.object(pageFields),
  response: pageOf(claim),
  audit: 'seen',
  errors: ['cursor-invalid'],
});

export const decideClaim = defineEndpoint({
  id: 'claim.decide',
  method: 'POST',
  path: '/access/claims/:claimId/decision',
  tag,
  permission: 'claim.decide',
  summary: { zh: '看过证件，确认或驳回认领', en: 'Confirm or refuse a claim after seeing the document' },
  params: z.object({ claimId: z.uuid() }),
  body: z.object({ confirm: z.boolean() }),
  errors: ['already-claimed', 'own-hands-refused', 'records-doubled', 'settled-already'],
});

export const openRecovery = defineEndpoint({
  id: 'recovery.open',
  method: 'POST',
  path: '/access/recoveries',
  tag,
  permission: 'recovery.open',
  summary: { zh: '窗口看过证件，给本人换手机号、重设登录；等第二个人复核', en: 'At the window: give access back to somebody whose document was seen; a second official confirms' },
  body: z.object({ name: personName, identityNumber: identityNumberField, codeId: z.uuid(), code: sixDigits }),
  response: z.object({ recoveryId: z.uuid() }),
  status: 201,
  rate: 'sensitive',
  ownTransaction: true,
  audited: 'inside',
  errors: ['code-refused', 'not-found', 'settled-already'],
});

const recovery = z.object({ recoveryId: z.uuid(), name: z.string(), identityNumber: z.string().describe('遮住中间 / masked'), phone: z.string(), openedAt: instant });

export const listRecoveries = defineEndpoint({
  id: 'recoveries.list',
  method: 'GET',
  path: '/access/recoveries',
  tag,
  permission: 'recovery.confirm',
  summary: { zh: '等复核的找回', en: 'Recoveries that wait for the second official' },
  response: z.object({ items: z.array(recovery) }),
  audit: 'seen',
});

export const settleRecovery = defineEndpoint({
  id: 'recovery.settle',
  method: 'POST',
  path: '/access/recoveries/:recoveryId/decision',
  tag,
  permission: 'recovery.confirm',
  summary: { zh: '复核窗口找回', en: 'Confirm or refuse a recovery at the window' },
  params: z.object({ recoveryId: z.uuid() }),
  body: z.object({ confirm: z.boolean() }),
  errors: ['own-hands-refused', 'phone-taken', 'settled-already'],
});

const feedKey = z.object({
  keyId: z.uuid(),
  departmentId: z.uuid(),
  label: z.string(),
  purpose: z.string(),
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.nullable(),
  lastUsedOn: z.iso.date().nullable(),
});

export const listFeedKeys = defineEndpoint({
  id: 'feed-keys.list',
  method: 'GET',
  path: '/access/feed-keys',
  tag,
  permission: 'feed-key.manage',
  summary: { zh: '部门报送数据的密钥', en: 'Keys of departments’ systems' },
  response: z.object({ items: z.array(feedKey) }),
});

export const createFeedKey = defineEndpoint({
  id: 'feed-key.create',
  method: 'POST',
  path: '/access/feed-keys',
  tag,
  permission: 'feed-key.manage',
  summary: { zh: '给部门的系统发密钥，只显示一次', en: 'Issue a key to a department’s system; shown once' },
  body: z.object({
    departmentId: z.uuid(),
    label: z.string().trim().min(1).max(100),
    purpose: z.string().trim().min(1).max(200).describe('报送什么、用来做什么 / what is delivered, and for what'),
    validDays: z.number().int().min(1).max(366).default(366),
  }),
  response: z.object({ keyId: z.uuid(), key: z.string().describe('放在 Authorization: Bearer 后面 / goes behind Authorization: Bearer') }),
  status: 201,
  ownTransaction: true,
  audited: 'inside',
  errors: ['not-found'],
});

export const revokeFeedKey = defineEndpoint({
  id: 'feed-key.revoke',
  method: 'DELETE',
  path: '/access/feed-keys/:keyId',
  tag,
  permission: 'feed-key.manage',
  summary: { zh: '作废密钥', en: 'Revoke a key' },
  params: z.object({ keyId: z.uuid() }),
});

const provider = z.object({
  providerId: z.uuid(),
  issuer: z.url(),
  clientId: z.string(),
  returnUrl: z.url(),
  name: z.object({ zh: z.string(), en: z.string() }),
  isOpen: z.boolean(),
  hasSecret: z.boolean(),
});

export const listProviders = defineEndpoint({
  id: 'identity-providers.list',
  method: 'GET',
  path: '/access/identity-providers',
  tag,
  permission: 'identity-provider.manage',
  summary: { zh: '外部身份系统的设置', en: 'Settings of identity providers' },
  response: z.object({ items: z.array(provider) }),
});

export const addProvider = defineEndpoint({
  id: 'identity-provider.add',
  method: 'POST',
  path: '/access/identity-providers',
  tag,
  permission: 'identity-provider.manage',
  summary: { zh: '接入外部身份系统（OpenID Connect）', en: 'Add an OpenID Connect provider' },
  body: z.object({
    issuer: z.url({ protocol: /^https?$/ }).describe('https:// 开头；http:// 只用于本机试用 / https://; http:// only on one’s own machine, for trying things out'),
    clientId: z.string().min(1).max(200),
    clientSecret: z.string().min(1).max(500).nullable().default(null),
    returnUrl: z.url({ protocol: /^https?$/ }),
    name: z.object({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) }),
  }),
  response: z.object({ providerId: z.uuid() }),
  status: 201,
  errors: ['provider-issuer-unfit', 'settled-already'],
});

export const changeProvider = defineEndpoint({
  id: 'identity-provider.change',
  method: 'PATCH',
  path: '/access/identity-providers/:providerId',
  tag,
  permission: 'identity-provider.manage',
  summary: { zh: '改外部身份系统的设置，或者停用', en: 'Change the settings of an identity provider, or close it' },
  params: z.object({ providerId: z.uuid() }),
  body: z.object({ isOpen: z.boolean().optional(), clientSecret: z.string().min(1).max(500).optional(), returnUrl: z.url({ protocol: /^https?$/ }).optional() }),
});
