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
  'application.file': { zh: '提交申请', en: 'file applications', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', job: 'tenant' } },
  'application.file-list': { zh: '为一次导入里的每个人申请', en: 'file for everybody of an import', holders: { agent: 'organisation' } },
  'application.read': { zh: '查看申请', en: 'see applications', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', job: 'tenant' } },
  'application.work': { zh: '办理名单申请', en: 'work through applications for lists', holders: { job: 'tenant' } },
  'audit.read': { zh: '查看审计记录', en: 'read the audit trail', holders: { 'audit-admin': 'tenant' } },
  'audit.refused': { zh: '记下被拒绝的操作', en: 'write down what was refused', holders: { anyone: 'none', feed: 'none', job: 'none' } },
  'audit.seal': { zh: '为审计记录加链', en: 'seal the audit trail', holders: { job: 'tenant' } },
  'audit.verify': { zh: '核对审计链', en: 'verify the audit trail', holders: { job: 'tenant' } },
  'bank-account.read': { zh: '查看收款账户（隐去中间）', en: 'see bank accounts, masked', holders: { person: 'self', agent: 'organisation', finance: 'jurisdiction' } },
  'bank-account.reveal': { zh: '查看完整的收款账号', en: 'see a bank account in full', holders: { finance: 'jurisdiction', job: 'tenant' } },
  'bank-account.write': { zh: '登记、停用收款账户', en: 'enter and close bank accounts', holders: { person: 'own', agent: 'organisation', intake: 'jurisdiction' } },
  'budget.confirm': { zh: '复核、撤回年度预算', en: 'confirm yearly budgets and take proposals back', holders: { finance: 'jurisdiction', leader: 'jurisdiction' } },
  'budget.propose': { zh: '提出年度预算', en: 'propose yearly budgets', holders: { finance: 'jurisdiction' } },
  'budget.record': { zh: '补记两人已定的预算', en: 'record budgets that two people have decided', holders: { job: 'tenant' } },
  'case.accept': { zh: '受理、不予受理', en: 'accept and decline cases', holders: { intake: 'jurisdiction' } },
  'case.answer': { zh: '补正、撤回、申诉', en: 'supplement, withdraw and appeal one’s cases', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction' } },
  'case.ask-supplement': { zh: '要求补正', en: 'ask for what is missing', holders: { intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction' } },
  'case.assign': { zh: '分派待办', en: 'assign cases to officers', holders: { approver: 'jurisdiction' } },
  'case.claim': { zh: '领取、交还待办', en: 'take cases and give them back', holders: { intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction' } },
  'case.decide': { zh: '决定、变更和撤销决定、答复申诉', en: 'decide cases, change and revoke decisions, answer appeals', holders: { approver: 'jurisdiction' } },
  'case.escalate': { zh: '查看哪些办件超期并催办', en: 'look which cases are late', holders: { job: 'tenant' } },
  'case.export': {
    zh: '按筛选导出办件：自己的、本单位的、本辖区的',
    en: 'export cases as filtered: one’s own, one’s organisation’s, or one’s jurisdiction’s',
    holders: { person: 'self', agent: 'organisation', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction' },
  },
  'case.hold': { zh: '暂停、恢复办件', en: 'hold and release cases', holders: { job: 'tenant' } },
  'case.note': { zh: '记工作人员备注', en: 'write and read officers’ notes', holders: { intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction' } },
  'case.publish': { zh: '开始、结束公示', en: 'begin and end the publication of cases', holders: { job: 'tenant' } },
  'case.read': { zh: '查看办件', en: 'see cases', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', job: 'tenant' } },
  'case.review': { zh: '提审核意见、转办、加签', en: 'give opinions, pass cases on, add signers', holders: { reviewer: 'jurisdiction' } },
  'case.steer': { zh: '退回、认定未补正或未兑现承诺', en: 'return cases, find that nothing was supplied or a promise was broken', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction' } },
  'claim.decide': { zh: '核对实名认领', en: 'decide who somebody is', holders: { intake: 'tenant', steward: 'tenant' } },
  'claim.make': { zh: '实名认领自己的记录', en: 'say which registry record is one’s own', holders: { account: 'none' } },
  'colleague.read': {
    zh: '查看同事的姓名、部门和岗位',
    en: 'see colleagues’ names, departments and roles',
    holders: {
      intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', policy: 'jurisdiction', steward: 'jurisdiction',
      'system-admin': 'tenant', 'security-admin': 'tenant', 'audit-admin': 'tenant',
    },
  },
  'consent.read': { zh: '查看单独同意', en: 'see consents', holders: { person: 'self', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'consent.write': { zh: '给出、撤回单独同意', en: 'give and withdraw consents', holders: { person: 'own', intake: 'jurisdiction' } },
  'decision.make': { zh: '作出决定', en: 'make decisions', holders: { approver: 'jurisdiction', job: 'tenant' } },
  'decision.read': {
    zh: '查看决定和决定书',
    en: 'see decisions and their letters',
    holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', job: 'tenant' },
  },
  'decision.replay': { zh: '重算决定，看有没有变化', en: 'work a decision out again and see what changed', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction', job: 'tenant' } },
  'decision.verify': { zh: '凭校验码核对决定书', en: 'check a letter by its code', holders: { anyone: 'none' } },
  'department.read': {
    zh: '查看部门和辖区',
    en: 'read departments and jurisdictions',
    holders: { anyone: 'tenant', person: 'tenant', agent: 'tenant', intake: 'tenant', reviewer: 'tenant', approver: 'tenant', finance: 'tenant', leader: 'tenant', policy: 'tenant', steward: 'tenant', 'system-admin': 'tenant', 'security-admin': 'tenant', 'audit-admin': 'tenant', job: 'tenant' },
  },
  'department.write': { zh: '设置部门和辖区', en: 'set up departments and jurisdictions', holders: { 'system-admin': 'tenant', job: 'tenant' } },
  'disagreement.answer': { zh: '答复关于自己记录的询问', en: 'answer a question about one’s own record', holders: { person: 'own', agent: 'organisation' } },
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
  'evidence.withdraw': { zh: '撤回材料', en: 'take back papers', holders: { person: 'own', agent: 'organisation' } },
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
  'held-data.read': { zh: '查看和复制系统里关于自己的全部信息', en: 'see and copy everything held about oneself', holders: { person: 'own' } },
  'idempotency.forget': { zh: '清除过期的重试记录', en: 'forget old idempotency keys', holders: { job: 'tenant' } },
  'identity-number.reveal': { zh: '查看完整的证件号码', en: 'see an identity number in full', holders: { person: 'own', reviewer: 'jurisdiction', finance: 'jurisdiction', steward: 'jurisdiction' } },
  'identity-provider.manage': { zh: '设置外部身份系统', en: 'set up outside identity providers', holders: { 'system-admin': 'tenant' } },
  'import.accounts': { zh: '从表格登记本单位员工的收款账户', en: 'enter payee accounts of one’s employees from spreadsheets', holders: { agent: 'organisation', job: 'tenant' } },
  'import.decide': { zh: '确认、取消导入', en: 'confirm and cancel imports', holders: { intake: 'department', steward: 'department', agent: 'organisation' } },
  'import.organisations': { zh: '从表格导入单位', en: 'import organisations from spreadsheets', holders: { intake: 'jurisdiction', steward: 'jurisdiction' } },
  'import.people': { zh: '从表格导入个人', en: 'import people from spreadsheets', holders: { intake: 'jurisdiction', steward: 'jurisdiction', agent: 'organisation' } },
  'import.read': { zh: '查看导入', en: 'see imports', holders: { intake: 'department', steward: 'department', agent: 'organisation' } },
  'import.run': { zh: '检查、写入导入的表格', en: 'check and write imported spreadsheets', holders: { job: 'tenant' } },
  'inspection.decide': { zh: '对别人提出的检查结论作出决定、解除暂停', en: 'decide findings that somebody else recorded, and end their hold', holders: { approver: 'jurisdiction' } },
  'inspection.find': { zh: '提出检查结论（暂停发放）', en: 'record findings, which hold payments', holders: { reviewer: 'jurisdiction' } },
  'inspection.plan': { zh: '编制检查计划、抽取', en: 'plan inspections and draw the lot', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction' } },
  'inspection.read': { zh: '查看检查和结论', en: 'see inspections and findings', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction' } },
  'inspection.record': { zh: '登记检查结果', en: 'record what an inspection found', holders: { reviewer: 'jurisdiction' } },
  'ledger.check': { zh: '核对总账', en: 'check the ledger', holders: { job: 'tenant' } },
  'ledger.commit': { zh: '在总账里约定和放开额度', en: 'commit and release amounts in the ledger', holders: { approver: 'jurisdiction', job: 'tenant' } },
  'ledger.pay': { zh: '在总账里记支付、退回和追回', en: 'book payments, returns and recoveries in the ledger', holders: { finance: 'jurisdiction', job: 'tenant' } },
  'ledger.read': { zh: '查看总账和预算', en: 'see the ledger and budgets', holders: { approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', job: 'tenant' } },
  'message.read': { zh: '查看自己的消息', en: 'read one’s own messages', holders: { account: 'none' } },
  'message.send': { zh: '发送消息', en: 'send messages', holders: { job: 'tenant' } },
  'objection.answer': { zh: '答复公示异议', en: 'answer objections to what was published', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction' } },
  'objection.make': { zh: '对公示提出异议、凭回执查看答复', en: 'object to what was published, and read the answer by the receipt', holders: { anyone: 'none' } },
  'objection.read': { zh: '查看公示异议', en: 'see objections to what was published', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction' } },
  'organisation.export': { zh: '导出单位名单', en: 'export lists of organisations', holders: { reviewer: 'tenant', approver: 'tenant', leader: 'tenant', steward: 'tenant' } },
  'organisation.read': { zh: '查看单位', en: 'see organisations', holders: { person: 'tenant', agent: 'tenant', intake: 'tenant', reviewer: 'tenant', approver: 'tenant', finance: 'tenant', leader: 'tenant', policy: 'tenant', steward: 'tenant', job: 'tenant' } },
  'organisation.write': { zh: '登记、修改单位', en: 'enter and change organisations', holders: { intake: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'outbox.read': { zh: '查看发件箱', en: 'look at the outbox', holders: { 'system-admin': 'tenant', job: 'tenant' } },
  'outbox.retry': { zh: '重发没发出去的消息', en: 'send dead messages again', holders: { 'system-admin': 'tenant' } },
  'pack.approve': { zh: '核准别人编制的政策版本', en: 'approve versions of policies that somebody else drafted', holders: { approver: 'tenant', policy: 'tenant' } },
  'pack.draft': { zh: '编制政策版本', en: 'draft versions of policies', holders: { policy: 'tenant' } },
  'pack.found': { zh: '放入随程序来的政策', en: 'put in the policies that came with the program', holders: { job: 'tenant' } },
  'pack.publish': { zh: '发布、撤回政策版本', en: 'publish and withdraw versions of policies', holders: { policy: 'tenant' } },
  'pack.read': { zh: '查看政策的各个版本和设定', en: 'see versions of policies and what is set', holders: { intake: 'tenant', reviewer: 'tenant', approver: 'tenant', finance: 'tenant', leader: 'tenant', policy: 'tenant' } },
  'pack.use': { zh: '按已发布的政策计算', en: 'be answered by published policies', holders: { anyone: 'tenant', feed: 'tenant', job: 'tenant' } },
  'payment.approve': { zh: '核准付款批次（不能是编制的人）', en: 'approve payment batches that somebody else prepared', holders: { finance: 'jurisdiction', approver: 'jurisdiction' } },
  'payment.book': { zh: '登记银行结果、退汇和还款', en: 'book what the bank answered, what came back and what was repaid', holders: { finance: 'jurisdiction' } },
  'payment.check': { zh: '发放前核对，处理疑点', en: 'check conditions before payment and settle doubts', holders: { reviewer: 'jurisdiction', finance: 'jurisdiction', job: 'tenant' } },
  'payment.export': { zh: '导出发放名单', en: 'export lists of payments', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction' } },
  'payment.fund': { zh: '给没有写明资金的分期定资金', en: 'name the fund of instalments for which no fund is named', holders: { finance: 'jurisdiction' } },
  'payment.prepare': { zh: '编制、撤销付款批次', en: 'prepare and cancel payment batches', holders: { finance: 'jurisdiction' } },
  'payment.read': { zh: '查看发放情况', en: 'see instalments and payments', holders: { person: 'self', agent: 'organisation', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', job: 'tenant' } },
  'payment.recover': { zh: '提出追回（认可系统提出的）、抵扣和核销', en: 'ask money back, adopt what the program proposed to, set it off, propose to write it off', holders: { reviewer: 'jurisdiction', finance: 'jurisdiction', job: 'tenant' } },
  'payment.recover-approve': { zh: '核准别人提出或认可的追回、别人提出的核销', en: 'approve that money is asked back or written off, as somebody else proposed or adopted', holders: { approver: 'jurisdiction', finance: 'jurisdiction' } },
  'payment.schedule': { zh: '按决定排定分期', en: 'schedule the instalments of decisions', holders: { job: 'tenant' } },
  'payment.send': { zh: '把批次交给银行，下载银行文件', en: 'hand a batch to the bank and download its file', holders: { finance: 'jurisdiction' } },
  'person.export': { zh: '导出人员名单（证件号码隐去中间）', en: 'export lists of people, identity numbers masked', holders: { reviewer: 'jurisdiction', approver: 'jurisdiction', leader: 'jurisdiction', steward: 'jurisdiction' } },
  'person.match': { zh: '按证件号码找人', en: 'find a person by identity number', holders: { job: 'tenant' } },
  'person.read': { zh: '查看个人（证件号码隐去中间）', en: 'see people, identity numbers masked', holders: { person: 'self', agent: 'organisation', intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'person.write': { zh: '登记、修改个人', en: 'enter and change people', holders: { intake: 'jurisdiction', steward: 'jurisdiction', job: 'tenant' } },
  'publicity.open': { zh: '发起公示', en: 'publish granted cases', holders: { approver: 'jurisdiction' } },
  'publicity.read': { zh: '查看本辖区的公示和异议数', en: 'see the lists of one’s jurisdiction and how many objections there are', holders: { intake: 'jurisdiction', reviewer: 'jurisdiction', approver: 'jurisdiction', finance: 'jurisdiction', leader: 'jurisdiction' } },
  'publicity.run': { zh: '编制公示名单、到期撤下', en: 'gather public lists and withdraw them in time', holders: { job: 'tenant' } },
  'publicity.take-back': { zh: '到期以前撤回公示', en: 'take a public list back before its time', holders: { approver: 'jurisdiction' } },
  'publicity.view': { zh: '查看正在公示的名单', en: 'see the lists that are published', holders: { anyone: 'none' } },
  'recovery.confirm': { zh: '复核窗口找回', en: 'confirm a recovery at the window', holders: { reviewer: 'tenant', steward: 'tenant' } },
  'recovery.open': { zh: '在窗口办理找回账号', en: 'open a recovery at the window', holders: { intake: 'tenant' } },
  'report.handle': { zh: '办理举报', en: 'handle reports of fraud', holders: { reviewer: 'jurisdiction' } },
  'report.make': { zh: '举报、凭回执查看', en: 'report fraud and follow one’s report', holders: { anyone: 'tenant' } },
  'report.read': { zh: '查看举报', en: 'see reports of fraud', holders: { reviewer: 'jurisdiction', leader: 'jurisdiction' } },
  'search.follow': { zh: '逐日更新检索', en: 'keep search true from day to day', holders: { job: 'tenant' } },
  'setting.approve': { zh: '核准别人提出的年度设定', en: 'approve what somebody else proposed to set for a year', holders: { approver: 'tenant', policy: 'tenant' } },
  'setting.propose': { zh: '提出年度设定（参数、解读、承诺时限）', en: 'propose what to set for a year: parameters, readings, promised days', holders: { policy: 'tenant' } },
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

/** Whether a text names a row of the table. */
export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text);
}

/** The row of a permission, with every role that it may name. */
export function permissionRow(permission: Permission): PermissionRow {
  return permissions[permission];
}
