// What roles, kinds of accounts and states of accounts are called, on pages and in exported sheets alike.

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Of officers. */
export const officerRoleWords = {
  intake: { zh: '受理', en: 'intake' },
  reviewer: { zh: '审核', en: 'reviewer' },
  approver: { zh: '审批', en: 'approver' },
  finance: { zh: '财务', en: 'finance' },
  leader: { zh: '领导', en: 'leader' },
  policy: { zh: '政策编制', en: 'policy' },
  steward: { zh: '数据管理', en: 'data steward' },
} as const satisfies Readonly<Record<string, Words>>;

/** Of those who administer, who are three people. */
export const administratorWords = {
  'system-admin': { zh: '系统管理员', en: 'system administrator' },
  'security-admin': { zh: '安全管理员', en: 'security administrator' },
  'audit-admin': { zh: '审计管理员', en: 'audit administrator' },
} as const satisfies Readonly<Record<string, Words>>;

/** What an account is for. */
export const dutyWords = { officer: { zh: '工作人员', en: 'officer' }, ...administratorWords } as const satisfies Readonly<Record<string, Words>>;

/** Of an account of staff. */
export const accountStateWords = {
  waiting: { zh: '等系统管理员确认', en: 'waits for the system administrator' },
  inactive: { zh: '本人还没有启用', en: 'not activated yet' },
  active: { zh: '在用', en: 'in use' },
  suspended: { zh: '已停用', en: 'suspended' },
} as const satisfies Readonly<Record<string, Words>>;

/** Words of one language. */
export function inLanguage<Key extends string>(words: Readonly<Record<Key, Words>>, language: 'zh' | 'en'): Readonly<Record<Key, string>> {
  return Object.fromEntries(Object.entries<Words>(words).map(([key, word]) => [key, word[language]])) as Record<Key, string>;
}
