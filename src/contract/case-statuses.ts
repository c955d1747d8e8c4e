// The states of a case and what they are called, for the server and for pages alike.
import type { Words } from '../policy/index.ts';

/** 状态, in the order of the work. */
export const caseStatuses = [
  'filed', 'not-accepted', 'in-review', 'awaiting-supplement', 'deciding', 'refused', 'granted', 'in-publication', 'settled', 'revoked', 'withdrawn', 'in-appeal',
] as const;

/** Where a case stands. */
export type CaseStatus = (typeof caseStatuses)[number];

/** What the states are called. */
export const caseStatusWords: Readonly<Record<CaseStatus, Words>> = {
  filed: { zh: '已提交', en: 'Filed' },
  'not-accepted': { zh: '不予受理', en: 'Not accepted' },
  'in-review': { zh: '审核中', en: 'In review' },
  'awaiting-supplement': { zh: '等补正', en: 'Waiting for a supplement' },
  deciding: { zh: '待决定', en: 'To be decided' },
  refused: { zh: '不予给予', en: 'Refused' },
  granted: { zh: '已给予', en: 'Granted' },
  'in-publication': { zh: '公示中', en: 'Published' },
  settled: { zh: '已办结', en: 'Settled' },
  revoked: { zh: '已撤销', en: 'Revoked' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  'in-appeal': { zh: '申诉中', en: 'In appeal' },
};
