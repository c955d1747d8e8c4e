// What personal data are used for: the few purposes, and for each whether law asks for the person's consent or itself is the ground.

/** One purpose. */
export interface PurposeEntry {
  readonly zh: string;
  readonly en: string;
  /** consent: sensitive facts are read with a separate consent that is in force; duty: law itself asks for it. */
  readonly basis: 'consent' | 'duty';
  /** The rule that it rests on. */
  readonly law: { readonly zh: string; readonly en: string };
}

const consent = {
  zh: '《个人信息保护法》第二十九条：处理敏感个人信息应当取得个人的单独同意',
  en: 'Personal Information Protection Law, article 29: sensitive data need a separate consent',
};

/** Purposes by code; a change of them is a change of this program, since each has its ground in law. */
export const purposes = {
  eligibility: { zh: '判断符合哪些待遇，办理申请', en: 'judging entitlement and handling applications', basis: 'consent', law: consent },
  payment: { zh: '核对并发放待遇', en: 'checking and paying benefits', basis: 'consent', law: consent },
  recognition: { zh: '人才认定和评审', en: 'recognition and review of talents', basis: 'consent', law: consent },
  service: { zh: '提供服务和联系', en: 'services and contact', basis: 'consent', law: consent },
  supervision: {
    zh: '审计和监督检查',
    en: 'audit and supervision',
    basis: 'duty',
    law: {
      zh: '《个人信息保护法》第十三条第一款第三项、第三十四条：国家机关依照法律、行政法规履行职责所必需；《审计法》',
      en: 'Personal Information Protection Law, articles 13 (1) (3) and 34: needed for a duty laid down by law; Audit Law',
    },
  },
  'own-request': {
    zh: '答复本人查阅、复制、更正、删除的请求',
    en: 'answering the person’s own request to see, copy, correct or delete',
    basis: 'duty',
    law: {
      zh: '《个人信息保护法》第四十五条至第四十七条、第五十条',
      en: 'Personal Information Protection Law, articles 45 to 47 and 50',
    },
  },
} as const satisfies Readonly<Record<string, PurposeEntry>>;

/** The code of a purpose. */
export type Purpose = keyof typeof purposes;

/** All codes, for schemas. */
export const purposeCodes = Object.keys(purposes) as [Purpose, ...Purpose[]];
