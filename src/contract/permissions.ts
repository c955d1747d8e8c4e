// The permission table: every act that the system knows, who may do it, and how far each holder's right reaches.

/**
 * In what role somebody acts.
 * anyone: without signing in · account: signed in, in whatever capacity of a person's own · person: 本人 · agent: 单位经办人 · intake 受理 · reviewer 审核 · approver 审批 · finance 财务 ·
 * leader 领导 · policy 政策编制 · steward 数据管理 · system-admin 系统管理员 · security-admin 安全管理员 · audit-admin 审计管理员 ·
 * feed: a department's system · job: the server itself.
 */
export type Role = (typeof roles)[number];

/** All roles, officers' in the order of the work. */
export const roles = [
  'anyone', 'account', 'person', 'agent',
  'intake', 'reviewer', 'approver', 'finance', 'leader', 'policy', 'steward',
  'system-admin', 'security-admin', 'audit-admin',
  'feed', 'job',
] as const;

/** Roles that an appointment to a department can carry. */
export const officerRoles = ['intake', 'reviewer', 'approver', 'finance', 'leader', 'policy', 'steward'] as const;

/** Roles that release money: an appointment with one of them needs a second administrator’s yes. */
export const moneyRoles = ['approver', 'finance'] as const satisfies readonly (typeof officerRoles)[number][];

/** The three administrators of 等保2.0 三级: three people, none of them an officer. */
export const administratorRoles = ['system-admin', 'security-admin', 'audit-admin'] as const;

/**
 * How far a right reaches: own: the person alone, and children whose guardian the person is · self: the person and all those acted for ·
 * organisation: the organisation acted for and its people ·
 * department: what belongs to the department · jurisdiction: the department's jurisdiction and all below · tenant: the city ·
 * none: nothing of anybody's.
 */
export type ReachKind = 'none' | 'own' | 'self' | 'organisation' | 'department' | 'jurisdiction' | 'tenant';

/** One row of the table. */
export interface PermissionRow {
  /** What it lets somebody do, for administrators. */
  readonly zh: string;
  readonly en: string;
  readonly holders: Readonly<Partial<Record<Role, ReachKind>>>;
}

/** Rows in alphabetical order of their names; a name is thing.act. */
export const permissions = {
  'access.enter': { zh: '登录、注册、找回账号', en: 'sign in, register, recover an account', holders: { anyone: 'none' } },
  'access.own': { zh: '管理自己的账号和登录', en: 'manage one’s own account and sessions', holders: { account: 'none' } },
  'access.resolve': { zh: '认出登录状态和密钥属于谁', en: 'find whom a session or key stands for', holders: { job: 'tenant' } },
  'access.tidy': { zh: '清除过期的登录和验证码', en: 'remove expired sessions and codes', holders: { job: 'tenant' } },
  'agent.appoint': { zh: '凭材料设单位的第一位经办人', en: 'appoint an organisation’s first agent on evidence', holders: { intake: 'jurisdiction' } },
  'agent.become': { zh: '接受做单位的经办人', en: 'agree to act for an organisation', holders: { person: 'self', agent: 'self' } },
  'agent.manage': { zh: '管理本单位的经办人', en: 'manage the agents of one’s organisation', holders: { agent: 'organisation' } },
  'audit.read': { zh: '查看审计记录', en: 'read the audit trail', holders: { 'audit-admin': 'tenant' } },
  'audit.refused': { zh: '记下被拒绝的操作', en: 'write down what was refused', holders: { anyone: 'none', feed: 'none', job: 'none' } },
  'audit.seal': { zh: '为审计记录加链', en: 'seal the audit trail', holders: { job: 'tenant' } },
  'audit.verify': { zh: '核对审计链', en: 'verify the audit trail', holders: { job: 'tenant' } },
  'bank-account.read': { zh: '查看收款账户（隐去中间）', en: 'see bank accounts, masked', holders: { person: 'self', agent: 'organisation', finance: 'jurisdiction' } },
  'bank-account.reveal': { zh: '查看完整的收款账号', en: 'see a bank account in full', holders: { finance: 'jurisdiction', job: 'tenant' } },
  'bank-account.write': { zh: '登记、停用收款账户', en: 'enter and close bank accounts', holders: { person: 'own', agent: 'organisation', intake: 'jurisdiction' } },
  'claim.decide': { zh: '核对实名认领', en: 'decide who somebody is', holders: { intake: 'tenant', steward: 'tenant' } },
  'claim.make': { zh: '实名认领自己的记录', en: 'say which registry record is one’s own', holders: { account: 'none' } },
  'consent.read': { zh: '查看单独同意', en: 'see consents', holders: { person: 'self', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'consent.write': { zh: '给出、撤回单独同意', en: 'give and withdraw consents', holders: { person: 'own', intake: 'jurisdiction' } },
  'department.read': {
    zh: '查看部门和辖区',
    en: 'read departments and jurisdictions',
    holders: { anyone: 'tenant', person: 'tenant', agent: 'tenant', intake: 'tenant', reviewer: 'tenant', approver: 'tenant', finance: 'tenant', leader: 'tenant', policy: 'tenant', steward: 'tenant', 'system-admin': 'tenant', 'security-admin': 'tenant', 'audit-admin': 'tenant', job: 'tenant' },
  },
  'department.write': { zh: '设置部门和辖区', en: 'set up departments and jurisdictions', holders: { 'system-admin': 'tenant', job: 'tenant' } },
  'disagreement.answer': { zh: '答复关于自己记录的询问', en: 'answer a question about one’s own record', holders: { person: 'self', agent: 'organisation' } },
  'disagreement.read': { zh: '查看不一致的记录', en: 'see records that disagree', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'disagreement.settle': { zh: '处理不一致的记录', en: 'settle records that disagree', holders: { reviewer: 'jurisdiction', steward: 'jurisdiction' } },
  'duplicate.review': { zh: '核对疑似重复，合并和撤销合并', en: 'review possible doubles, merge and undo merges', holders: { steward: 'jurisdiction' } },
  'duplicate.scan': { zh: '查找疑似重复', en: 'look for possible doubles', holders: { steward: 'tenant', job: 'tenant' } },
  'evidence.check': { zh: '检查、清理上传的材料', en: 'check what was uploaded and clear away what is left', holders: { job: 'tenant' } },
  'evidence.read': {
    zh: '查看材料',
    en: 'look at papers',
    holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', job: 'tenant' },
  },
  'evidence.trust': { zh: '核对原件，改材料的可信等级', en: 'see the original and change how far a paper is trusted', holders: { intake: 'jurisdiction', reviewer: 'jurisdiction' } },
  'evidence.upload': { zh: '上传材料', en: 'upload papers', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction' } },
  'evidence.use': {
    zh: '办事时引用材料',
    en: 'rest something on a paper',
    holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', job: 'tenant' },
  },
  'evidence.withdraw': { zh: '撤回材料', en: 'take back papers', holders: { person: 'self', agent: 'organisation' } },
  'fact.read': { zh: '查看事实和来源', en: 'see facts and where they come from', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'fact.read-sensitive': { zh: '查看敏感事实（要有单独同意或法定职责）', en: 'see sensitive facts, given a consent or a legal duty', holders: { person: 'self', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', job: 'tenant' } },
  'fact.record': { zh: '记录、更正事实', en: 'record and correct facts', holders: { person: 'own', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'fact.supervise': { zh: '为审计和监督检查查看敏感事实', en: 'see sensitive facts for audit and supervision', holders: { leader: 'jurisdiction' } },
  'family.confirm': { zh: '凭材料确认监护关系', en: 'confirm guardians on evidence', holders: { intake: 'tenant' } },
  'family.manage': { zh: '管理家人代办', en: 'manage acting for one’s family', holders: { person: 'self' } },
  'feed-key.manage': { zh: '管理部门报送数据的密钥', en: 'manage the keys of departments’ systems', holders: { 'security-admin': 'tenant' } },
  'feed.deliver': { zh: '报送数据', en: 'deliver facts', holders: { feed: 'department', steward: 'department' } },
  'feed.process': { zh: '处理报送的数据', en: 'work through delivered facts', holders: { job: 'tenant' } },
  'feed.read': { zh: '查看数据来源和报送情况', en: 'see feeds and their deliveries', holders: { feed: 'department', steward: 'department', 'system-admin': 'tenant' } },
  'feed.write': { zh: '设置数据来源', en: 'set up feeds', holders: { steward: 'department', 'system-admin': 'tenant' } },
  'held-data.read': { zh: '查看和复制系统里关于自己的全部信息', en: 'see and copy everything held about oneself', holders: { person: 'self' } },
  'idempotency.forget': { zh: '清除过期的重试记录', en: 'forget old idempotency keys', holders: { job: 'tenant' } },
  'identity-number.reveal': { zh: '查看完整的证件号码', en: 'see an identity number in full', holders: { person: 'self', reviewer: 'jurisdiction', finance: 'jurisdiction', steward: 'jurisdiction' } },
  'identity-provider.manage': { zh: '设置外部身份系统', en: 'set up outside identity providers', holders: { 'system-admin': 'tenant' } },
  'import.decide': { zh: '确认、取消导入', en: 'confirm and cancel imports', holders: { intake: 'department', steward: 'department', agent: 'organisation' } },
  'import.organisations': { zh: '从表格导入单位', en: 'import organisations from spreadsheets', holders: { intake: 'jurisdiction', steward: 'jurisdiction' } },
  'import.people': { zh: '从表格导入个人', en: 'import people from spreadsheets', holders: { intake: 'jurisdiction', steward: 'jurisdiction', agent: 'organisation' } },
  'import.read': { zh: '查看导入', en: 'see imports', holders: { intake: 'department', steward: 'department', agent: 'organisation' } },
  'import.run': { zh: '检查、写入导入的表格', en: 'check and write imported spreadsheets', holders: { job: 'tenant' } },
  'message.read': { zh: '查看自己的消息', en: 'read one’s own messages', holders: { account: 'none' } },
  'message.send': { zh: '发送消息', en: 'send messages', holders: { job: 'tenant' } },
  'organisation.export': { zh: '导出单位名单', en: 'export lists of organisations', holders: { reviewer: 'tenant', approver: 'tenant', leader: 'tenant', steward: 'tenant' } },
  'organisation.read': { zh: '查看单位', en: 'see organisations', holders: { person: 'tenant', agent: 'tenant', intake: 'tenant', reviewer: 'tenant', approver: 'tenant', finance: 'tenant', leader: 'tenant', policy: 'tenant', steward: 'tenant', job: 'tenant' } },
  'organisation.write': { zh: '登记、修改单位', en: 'enter and change organisations', holders: { intake: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'outbox.read': { zh: '查看发件箱', en: 'look at the outbox', holders: { 'system-admin': 'tenant', job: 'tenant' } },
  'outbox.retry': { zh: '重发没发出去的消息', en: 'send dead messages again', holders: { 'system-admin': 'tenant' } },
  'person.export': { zh: '导出人员名单（证件号码隐去中间）', en: 'export lists of people, identity numbers masked', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction', leader: 'jurisdiction', steward: 'jurisdiction' } },
  'person.match': { zh: '按证件号码找人', en: 'find a person by identity number', holders: { job: 'tenant' } },
  'person.read': { zh: '查看个人（证件号码隐去中间）', en: 'see people, identity numbers masked', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'person.write': { zh: '登记、修改个人', en: 'enter and change people', holders: { intake: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'recovery.confirm': { zh: '复核窗口找回', en: 'confirm a recovery at the window', holders: { reviewer: 'tenant', steward: 'tenant' } },
  'recovery.open': { zh: '在窗口办理找回账号', en: 'open a recovery at the window', holders: { intake: 'tenant' } },
  'search.follow': { zh: '逐日更新检索', en: 'keep search true from day to day', holders: { job: 'tenant' } },
  'staff.confirm': { zh: '复核管理员账号、放款岗位的任职和工作人员找回', en: 'confirm administrators, appointments that release money, and recoveries of staff', holders: { 'system-admin': 'tenant' } },
  'staff.found': { zh: '设立最初的三位管理员', en: 'create the first three administrators', holders: { job: 'tenant' } },
  'staff.manage': { zh: '设工作人员账号、任职和授权', en: 'manage accounts, appointments and roles of staff', holders: { 'security-admin': 'tenant' } },
  'subject-request.answer': { zh: '答复本人的复制、更正、删除请求', en: 'answer people’s requests about their data', holders: { steward: 'jurisdiction' } },
  'subject-request.ask': { zh: '请求复制、更正、删除自己的信息', en: 'ask for a copy, a correction or a deletion of one’s data', holders: { person: 'own' } },
  'subject-request.read': { zh: '查看本人的请求和答复', en: 'see requests about data and their answers', holders: { person: 'self', steward: 'jurisdiction' } },
  'university.suggest': { zh: '按写法找院校', en: 'find universities by what people write', holders: { anyone: 'none' } },
} as const satisfies Readonly<Record<string, PermissionRow>>;

/** The name of a row. */
export type Permission = keyof typeof permissions;

/** The row of a permission, with every role that it may name. */
export function permissionRow(permission: Permission): PermissionRow {
  return permissions[permission];
}
