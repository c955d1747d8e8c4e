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

/** The three administrators of 等保2.0 三级: three people, none of them an officer. */
export const administratorRoles = ['system-admin', 'security-admin', 'audit-admin'] as const;

/**
 * How far a right reaches: self: the person and those acted for · organisation: the organisation acted for and its people ·
 * department: what belongs to the department · jurisdiction: the department's jurisdiction and all below · tenant: the city ·
 * none: nothing of anybody's.
 */
export type ReachKind = 'none' | 'self' | 'organisation' | 'department' | 'jurisdiction' | 'tenant';

/** One row of the table. */
export interface PermissionRow {
  /** What it lets somebody do, for administrators. */
  readonly zh: string;
  readonly en: string;
  readonly holders: Readonly<Partial<Record<Role, ReachKind>>>;
}

/** Rows in alphabetical order of their names; a name is thing.act. */
export const permissions = {
  'audit.read': { zh: '查看审计记录', en: 'read the audit trail', holders: { 'audit-admin': 'tenant' } },
  'audit.refused': { zh: '记下被拒绝的操作', en: 'write down what was refused', holders: { anyone: 'none', feed: 'none', job: 'none' } },
  'audit.seal': { zh: '为审计记录加链', en: 'seal the audit trail', holders: { job: 'tenant' } },
  'audit.verify': { zh: '核对审计链', en: 'verify the audit trail', holders: { job: 'tenant' } },
  'department.read': {
    zh: '查看部门和辖区',
    en: 'read departments and jurisdictions',
    holders: { anyone: 'tenant', person: 'tenant', agent: 'tenant', intake: 'tenant', reviewer: 'tenant', approver: 'tenant', finance: 'tenant', leader: 'tenant', policy: 'tenant', steward: 'tenant', 'system-admin': 'tenant', 'security-admin': 'tenant', 'audit-admin': 'tenant' },
  },
  'department.write': { zh: '设置部门和辖区', en: 'set up departments and jurisdictions', holders: { 'system-admin': 'tenant', job: 'tenant' } },
  'idempotency.forget': { zh: '清除过期的重试记录', en: 'forget old idempotency keys', holders: { job: 'tenant' } },
} as const satisfies Readonly<Record<string, PermissionRow>>;

/** The name of a row. */
export type Permission = keyof typeof permissions;

/** The row of a permission, with every role that it may name. */
export function permissionRow(permission: Permission): PermissionRow {
  return permissions[permission];
}
