// What the events of cases are called, for people, in both languages.

import type { Words } from '../../policy/index.ts';
import type { CaseEvent } from './case.ts';

/** What happened. */
export const eventWords: Readonly<Record<CaseEvent['kind'], Words>> = {
  filed: { zh: '提交申请', en: 'Filed' },
  accepted: { zh: '受理', en: 'Accepted' },
  'promise-made': { zh: '承诺后补材料', en: 'Papers promised for later' },
  'promise-kept': { zh: '补交了承诺的材料', en: 'A promised paper came' },
  'promise-broken': { zh: '承诺的材料没有按期交', en: 'A promised paper did not come' },
  declined: { zh: '不予受理', en: 'Not accepted' },
  'supplement-asked': { zh: '要求补正', en: 'A supplement was asked for' },
  'supplement-answered': { zh: '交了补正', en: 'The supplement came' },
  'opinion-given': { zh: '部门提出意见', en: 'A department gave its opinion' },
  'step-begun': { zh: '进入下一步', en: 'The next step began' },
  'review-ended': { zh: '审核完毕，待决定', en: 'The review ended' },
  returned: { zh: '退回前面的步骤', en: 'Returned to an earlier step' },
  transferred: { zh: '转办', en: 'Passed on to another department' },
  'signer-added': { zh: '加签', en: 'Another department was added' },
  granted: { zh: '决定给予', en: 'Granted' },
  refused: { zh: '决定不予给予', en: 'Refused' },
  'publication-begun': { zh: '开始公示', en: 'Publication began' },
  'publication-ended': { zh: '公示结束', en: 'Publication ended' },
  'publication-withdrawn': { zh: '公示撤回，等下一次公示', en: 'The list was taken back; waits to be published again' },
  settled: { zh: '办结', en: 'Settled' },
  changed: { zh: '变更决定', en: 'The decision was changed' },
  revoked: { zh: '撤销决定', en: 'The decision was revoked' },
  withdrawn: { zh: '撤回', en: 'Withdrawn' },
  'withdrawal-undone': { zh: '恢复撤回的申请', en: 'The withdrawal was undone' },
  held: { zh: '暂停', en: 'Held' },
  released: { zh: '恢复办理', en: 'Released' },
  appealed: { zh: '申诉', en: 'Appealed' },
  'appeal-answered': { zh: '答复申诉', en: 'The appeal was answered' },
  escalated: { zh: '催办', en: 'Found to be late' },
  assigned: { zh: '分派', en: 'Assigned' },
  noted: { zh: '记备注', en: 'A note was written' },
};
