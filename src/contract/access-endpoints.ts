// How people enter and keep their account: codes, sign-in and its steps, sessions, capacities, password, second factor, claim.
import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { nameField } from './hidden-characters.ts';

/** A mobile number of the mainland. */
export const phoneField = z.string().regex(/^1[3-9]\d{9}$/, '应当是 11 位手机号 / a mobile number of 11 digits is expected').describe('手机号 / mobile number');
export const sixDigits = z.string().regex(/^\d{6}$/, '应当是 6 位数字 / six digits are expected');
const password = z.string().min(1).max(512);
const stepToken = z.string().max(100).describe('登录还差一步时给的凭据，10 分钟有效 / what the answer before gave; good for ten minutes');
const phoneCode = { codeId: z.uuid().describe('codes.send 给的编号 / as codes.send gave it'), code: sixDigits };
export const personName = nameField(100);
export const identityNumberField = z.string().trim().min(15).max(20).describe('证件号码 / identity number');

/** In which capacity a session acts. */
const capacitySummary = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('account') }),
  z.object({ kind: z.literal('person'), partyId: z.uuid() }),
  z.object({ kind: z.literal('agent'), agencyId: z.uuid(), organisationId: z.uuid(), organisationName: z.string() }),
  z.object({ kind: z.literal('officer'), appointmentId: z.uuid(), departmentId: z.uuid(), departmentName: z.string(), roles: z.array(z.string()) }),
  z.object({ kind: z.literal('administrator'), role: z.string() }),
]);

/** The answer to every proof: the session is open, or what is still to be done. */
const signInAnswer = z.object({
  next: z
    .enum(['done', 'second-factor', 'new-password', 'enrol-second-factor', 'real-name'])
    .describe('done：已登录，凭据在 cookie 里；real-name：再填姓名和证件号码 / done: signed in, the token is in the cookie; real-name: name and identity number are asked for'),
  stepToken: z.string().nullable(),
  sessionId: z.uuid().nullable(),
  recoveryCodes: z.array(z.string()).optional().describe('只显示这一次 / shown this once'),
});

const enter = { tag: 'access', permission: 'access.enter', rate: 'sensitive', ownTransaction: true, audited: 'inside' } as const;

export const sendCode = defineEndpoint({
  ...enter,
  id: 'codes.send',
  method: 'POST',
  path: '/access/codes',
  summary: { zh: '给手机发验证码', en: 'Send a code to a telephone' },
  body: z.object({ phone: phoneField, purpose: z.enum(['enter', 'recover', 'change-phone']).default('enter') }),
  response: z.object({ codeId: z.uuid(), expiresInSeconds: z.number().int(), resendInSeconds: z.number().int() }),
  status: 202,
  errors: ['too-many-attempts'],
});

export const signInByCode = defineEndpoint({
  ...enter,
  id: 'sign-in.by-code',
  method: 'POST',
  path: '/access/sign-in/code',
  summary: { zh: '用验证码登录；第一次来的同时注册', en: 'Sign in by code; registers whoever comes for the first time' },
  body: z.object({ ...phoneCode, noticeVersion: z.string().max(40).optional().describe('已同意的个人信息处理告知的版本 / version of the notice that was accepted') }),
  response: signInAnswer,
  errors: ['code-refused', 'notice-needed', 'recovery-needed', 'too-many-attempts'],
});

export const signInByPassword = defineEndpoint({
  ...enter,
  id: 'sign-in.by-password',
  method: 'POST',
  path: '/access/sign-in/password',
  summary: { zh: '用密码登录', en: 'Sign in by password' },
  body: z.object({ login: z.string().trim().min(1).max(100).describe('手机号，或者工作人员登录名 / telephone, or the login of staff'), password }),
  response: signInAnswer,
  errors: ['sign-in-refused', 'too-many-attempts'],
});

export const showSecondFactor = defineEndpoint({
  ...enter,
  id: 'sign-in.second-factor',
  method: 'POST',
  path: '/access/sign-in/second-factor',
  summary: { zh: '登录第二步：动态码或恢复码', en: 'Second step: a code of the authenticator, or a recovery code' },
  body: z.object({ stepToken, code: z.string().trim().min(6).max(20) }),
  response: signInAnswer,
  errors: ['second-factor-refused', 'step-expired', 'too-many-attempts'],
});

export const showRealName = defineEndpoint({
  ...enter,
  id: 'sign-in.real-name',
  method: 'POST',
  path: '/access/sign-in/real-name',
  summary: { zh: '登录第二步：换了手机或电脑，或者 30 天没登录，核对姓名和证件号码', en: 'Second step on a new device or after thirty days: name and identity number' },
  body: z.object({ stepToken, name: personName, identityNumber: identityNumberField }),
  response: signInAnswer,
  errors: ['identity-differs', 'step-expired', 'too-many-attempts'],
});

export const chooseNewPassword = defineEndpoint({
  ...enter,
  id: 'sign-in.new-password',
  method: 'POST',
  path: '/access/sign-in/new-password',
  summary: { zh: '登录中设新密码', en: 'Choose a new password during sign-in' },
  body: z.object({ stepToken, password }),
  response: signInAnswer,
  errors: ['password-unfit', 'step-expired'],
});

const enrolment = z.object({ secret: z.string(), address: z.string().describe('otpauth 地址，画成二维码 / otpauth address, to be drawn as a QR code') });

export const beginEnrolment = defineEndpoint({
  ...enter,
  id: 'sign-in.begin-enrolment',
  method: 'POST',
  path: '/access/sign-in/enrolment',
  summary: { zh: '登录中绑定动态码', en: 'Begin to enrol a second factor during sign-in' },
  body: z.object({ stepToken }),
  response: enrolment,
  errors: ['step-expired'],
});

export const confirmEnrolment = defineEndpoint({
  ...enter,
  id: 'sign-in.confirm-enrolment',
  method: 'POST',
  path: '/access/sign-in/enrolment/confirm',
  summary: { zh: '输入第一个动态码，完成绑定', en: 'Complete the enrolment with a first code' },
  body: z.object({ stepToken, code: sixDigits }),
  response: signInAnswer,
  errors: ['second-factor-refused', 'step-expired', 'too-many-attempts'],
});

export const activateStaff = defineEndpoint({
  ...enter,
  id: 'staff.activate',
  method: 'POST',
  path: '/access/staff-activation',
  summary: { zh: '工作人员启用账号：手机验证码加自己设的密码', en: 'Staff activate their account by telephone and choose a password' },
  body: z.object({ login: z.string().trim().min(1).max(100), ...phoneCode, password }),
  response: signInAnswer,
  errors: ['password-unfit', 'sign-in-refused', 'too-many-attempts'],
});

export const recoverBySelf = defineEndpoint({
  ...enter,
  id: 'account.recover',
  method: 'POST',
  path: '/access/recovery',
  summary: { zh: '找回账号：手机验证码加姓名和证件号码', en: 'Recover an account by telephone, name and identity number' },
  body: z.object({ ...phoneCode, name: personName, identityNumber: identityNumberField, password: password.describe('新密码 / the new password') }),
  response: z.object({ received: z.literal(true) }).describe('不论是否找到账号，答复都一样；找到的可以用新密码登录 / the same whether or not an account was found; if it was, the new password serves'),
  status: 202,
  errors: ['code-refused', 'password-unfit', 'too-many-attempts'],
});

export const listOpenProviders = defineEndpoint({
  id: 'identity-providers.offered',
  method: 'GET',
  path: '/access/providers',
  tag: 'access',
  permission: 'access.enter',
  summary: { zh: '可以用来登录的外部身份系统', en: 'Identity providers by which one can sign in' },
  response: z.object({ items: z.array(z.object({ providerId: z.uuid(), name: z.object({ zh: z.string(), en: z.string() }) })) }),
});

export const beginProviderVisit = defineEndpoint({
  ...enter,
  id: 'sign-in.begin-provider',
  method: 'POST',
  path: '/access/providers/:providerId/visit',
  summary: { zh: '去外部身份系统登录', en: 'Begin to sign in at an identity provider' },
  params: z.object({ providerId: z.uuid() }),
  response: z.object({ goTo: z.url() }),
  errors: ['provider-unreachable'],
});

export const endProviderVisit = defineEndpoint({
  ...enter,
  id: 'sign-in.by-provider',
  method: 'POST',
  path: '/access/providers/return',
  summary: { zh: '从外部身份系统回来', en: 'Come back from an identity provider' },
  body: z.object({
    query: z.string().min(1).max(8000).describe('回来的网址里问号后面的全部 / everything behind the question mark of the address'),
    noticeVersion: z.string().max(40).optional(),
  }),
  response: signInAnswer,
  errors: ['notice-needed', 'proof-needed', 'provider-refused', 'provider-unreachable'],
});

const own = { tag: 'access', permission: 'access.own' } as const;

export const readMe = defineEndpoint({
  ...own,
  id: 'account.read',
  method: 'GET',
  path: '/access/me',
  summary: { zh: '我的账号', en: 'My account' },
  response: z.object({
    accountId: z.uuid(),
    duty: z.enum(['person', 'officer', 'system-admin', 'security-admin', 'audit-admin']),
    phone: z.string().nullable().describe('中间四位遮住 / the four digits in the middle are masked'),
    capacity: capacitySummary,
    capacities: z.array(capacitySummary),
    hasPassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    recoveryCodesLeft: z.number().int(),
    claim: z.enum(['none', 'waiting', 'confirmed', 'refused']),
    sessionEndsAt: z.iso.datetime(),
    provedAt: z.iso.datetime(),
  }),
});

export const signOut = defineEndpoint({ ...own, id: 'session.sign-out', method: 'POST', path: '/access/sign-out', summary: { zh: '退出登录', en: 'Sign out' } });

export const listSessions = defineEndpoint({
  ...own,
  id: 'sessions.list',
  method: 'GET',
  path: '/access/sessions',
  summary: { zh: '我在哪些地方登录着', en: 'Where I am signed in' },
  response: z.object({
    items: z.array(
      z.object({ sessionId: z.uuid(), isThis: z.boolean(), createdAt: z.iso.datetime(), lastSeenAt: z.iso.datetime(), address: z.string(), userAgent: z.string() }),
    ),
  }),
});

export const revokeSession = defineEndpoint({
  ...own,
  id: 'session.revoke',
  method: 'DELETE',
  path: '/access/sessions/:sessionId',
  summary: { zh: '退出一处登录', en: 'End one of my sessions' },
  params: z.object({ sessionId: z.uuid() }),
});

export const revokeOtherSessions = defineEndpoint({
  ...own,
  id: 'sessions.revoke-others',
  method: 'DELETE',
  path: '/access/sessions',
  summary: { zh: '退出别处的全部登录', en: 'End all my other sessions' },
  response: z.object({ ended: z.number().int() }),
});

export const switchCapacity = defineEndpoint({
  ...own,
  id: 'session.switch-capacity',
  method: 'POST',
  path: '/access/capacity',
  summary: { zh: '换一个身份办事；登录凭据同时换新', en: 'Act in another capacity, in a new session' },
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('own') }),
    z.object({ kind: z.literal('agent'), agencyId: z.uuid() }),
    z.object({ kind: z.literal('officer'), appointmentId: z.uuid() }),
  ]),
  response: z.object({ sessionId: z.uuid(), capacity: capacitySummary }),
  errors: ['capacity-missing'],
});

export const proveAgain = defineEndpoint({
  ...own,
  id: 'session.prove',
  method: 'POST',
  path: '/access/proof',
  summary: { zh: '再验证一次本人，15 分钟内有效', en: 'Prove once more that it is you, good for 15 minutes' },
  body: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('password'), password }),
    z.object({ kind: z.literal('second-factor'), code: z.string().trim().min(6).max(20) }),
    z.object({ kind: z.literal('phone-code'), ...phoneCode }),
  ]),
  rate: 'sensitive',
  ownTransaction: true,
  audited: 'inside',
  errors: ['sign-in-refused', 'too-many-attempts'],
});

export const changePassword = defineEndpoint({
  ...own,
  id: 'account.change-password',
  method: 'POST',
  path: '/access/password',
  summary: { zh: '设置或更换密码；别处的登录随之退出', en: 'Set or change the password; all other sessions end' },
  body: z.object({ current: password.optional().describe('原来的密码，有的话必填 / the present one, where there is one'), password }),
  response: z.object({ sessionId: z.uuid() }),
  rate: 'sensitive',
  ownTransaction: true,
  audited: 'inside',
  errors: ['password-unfit', 'proof-needed', 'sign-in-refused', 'too-many-attempts'],
});

export const changePhone = defineEndpoint({
  ...own,
  id: 'account.change-phone',
  method: 'POST',
  path: '/access/phone',
  summary: { zh: '绑定或更换手机号', en: 'Set or change the telephone' },
  body: z.object(phoneCode),
  rate: 'sensitive',
  ownTransaction: true,
  audited: 'inside',
  errors: ['code-refused', 'phone-taken', 'proof-needed'],
});

export const beginOwnEnrolment = defineEndpoint({
  ...own,
  id: 'second-factor.begin',
  method: 'POST',
  path: '/access/second-factor',
  // So that no kept answer ever holds the secret.
  ownTransaction: true,
  audited: 'inside',
  summary: { zh: '绑定或更换动态码', en: 'Enrol or replace the second factor' },
  response: enrolment,
  errors: ['proof-needed'],
});

const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()).describe('只显示这一次 / shown this once') });

export const confirmOwnEnrolment = defineEndpoint({
  ...own,
  id: 'second-factor.confirm',
  method: 'POST',
  path: '/access/second-factor/confirm',
  summary: { zh: '输入第一个动态码，完成绑定', en: 'Complete the enrolment with a first code' },
  body: z.object({ code: sixDigits }),
  response: recoveryCodes,
  rate: 'sensitive',
  ownTransaction: true,
  audited: 'inside',
  errors: ['proof-needed', 'second-factor-refused', 'too-many-attempts'],
});

export const renewRecoveryCodes = defineEndpoint({
  ...own,
  id: 'second-factor.renew-recovery-codes',
  method: 'POST',
  path: '/access/second-factor/recovery-codes',
  summary: { zh: '换一组新的恢复码', en: 'Replace the recovery codes' },
  response: recoveryCodes,
  ownTransaction: true,
  audited: 'inside',
  errors: ['not-found', 'proof-needed'],
});

export const removeSecondFactor = defineEndpoint({
  ...own,
  id: 'second-factor.remove',
  method: 'DELETE',
  path: '/access/second-factor',
  summary: { zh: '取消动态码（工作人员不能取消）', en: 'Remove the second factor (staff may not)' },
  errors: ['duty-conflict', 'proof-needed'],
});

export const makeClaim = defineEndpoint({
  id: 'claim.make',
  method: 'POST',
  path: '/access/claim',
  tag: 'access',
  permission: 'claim.make',
  summary: { zh: '实名认领', en: 'Say who you are' },
  body: z.object({ name: personName, identityNumber: identityNumberField }),
  response: z.object({ received: z.literal(true) }).describe('不论登记库里有没有，答复都一样 / the same whether or not the registry holds a record'),
  status: 202,
  rate: 'sensitive',
  ownTransaction: true,
  audited: 'inside',
  errors: ['already-claimed', 'duty-conflict', 'too-many-attempts'],
});
