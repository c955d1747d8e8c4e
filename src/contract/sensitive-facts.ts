// Which facts are sensitive, in which group people consent to them, and why (个人信息保护法 第二十八条).

/** A group of facts that one consent covers. */
export interface SensitiveGroup {
  readonly zh: string;
  readonly en: string;
  readonly why: { readonly zh: string; readonly en: string };
  /** Names of the vocabulary. */
  readonly facts: readonly string[];
}

/** Groups by code. Identity numbers and bank accounts are sensitive too: they are no facts, and a permission of their own guards them. */
export const sensitiveGroups = {
  income: {
    zh: '收入和纳税',
    en: 'income and tax',
    why: {
      zh: '收入和纳税数额泄露后容易危害财产安全，属于第二十八条所说的敏感个人信息',
      en: 'what somebody earns and pays in tax endangers property once it leaks: sensitive under article 28',
    },
    facts: ['年薪', '年缴个税', '创业投资额'],
  },
  property: {
    zh: '住房和财产',
    en: 'homes and property',
    why: {
      zh: '名下住房反映家庭财产和住处，泄露后容易危害人身、财产安全',
      en: 'homes tell of a family’s property and where it lives: a leak endangers persons and property',
    },
    facts: ['家庭城区住房套数', '购房日期', '购房地', '本人名下购房'],
  },
  family: {
    zh: '家人和他们的住处',
    en: 'family and where it lives',
    why: {
      zh: '家人在哪里常住涉及他人的行踪和人身安全',
      en: 'where relatives live touches the whereabouts and the safety of others',
    },
    facts: ['亲属常驻地'],
  },
  minor: {
    zh: '不满十四周岁时的全部事实',
    en: 'everything about somebody under fourteen',
    why: {
      zh: '不满十四周岁未成年人的个人信息都是敏感个人信息，由监护人同意（第二十八条、第三十一条）',
      en: 'everything about somebody under fourteen is sensitive, and a guardian consents (articles 28 and 31)',
    },
    facts: [],
  },
} as const satisfies Readonly<Record<string, SensitiveGroup>>;

/** The code of a group. */
export type SensitiveGroupCode = keyof typeof sensitiveGroups;

/** All codes, for schemas. */
export const sensitiveGroupCodes = Object.keys(sensitiveGroups) as [SensitiveGroupCode, ...SensitiveGroupCode[]];

const groupByFact = new Map<string, SensitiveGroupCode>(
  sensitiveGroupCodes.flatMap((code) => sensitiveGroups[code].facts.map((fact): [string, SensitiveGroupCode] => [fact, code])),
);

/** The group of a sensitive fact; undefined for a fact that is not sensitive. */
export function sensitiveGroupOf(fact: string): SensitiveGroupCode | undefined {
  return groupByFact.get(fact);
}

/** From this age on, in years, only the facts that are listed are sensitive. */
const AGE_OF_OWN_CONSENT = 14;

/** Whether somebody born on a day is still under fourteen on another; both `YYYY-MM-DD`. */
export function isMinor(birthDate: string | null, day: string): boolean {
  if (birthDate === null) return false;
  return `${Number(birthDate.slice(0, 4)) + AGE_OF_OWN_CONSENT}${birthDate.slice(4)}` > day;
}

/** Facts in two parts: those that stand as they are, and those that are sealed. */
export function splitSensitive(facts: Readonly<Record<string, unknown>>): { readonly plain: Record<string, unknown>; readonly sensitive: Record<string, unknown> } {
  const names = Object.keys(facts);
  if (!names.some((name) => groupByFact.has(name))) return { plain: { ...facts }, sensitive: {} };
  const plain: Record<string, unknown> = {};
  const sensitive: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) (groupByFact.has(name) ? sensitive : plain)[name] = value;
  return { plain, sensitive };
}
