// What a state is called in a refusal, so that whoever was overtaken by somebody else reads words and not a code.
import { caseStatusWords } from './case-statuses.ts';

type StateWords = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

const batches: StateWords = {
  prepared: { zh: '已编制，等核准', en: 'prepared, waits for approval' },
  'approved-once': { zh: '一人已核准', en: 'approved by one' },
  approved: { zh: '两人已核准，可交银行', en: 'approved by two, can go' },
  sent: { zh: '银行处理中', en: 'with the bank' },
  closed: { zh: '已办结', en: 'closed' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
};

const findings: StateWords = {
  open: { zh: '待决定', en: 'to be decided' },
  confirmed: { zh: '已认定，停发着', en: 'confirmed, held' },
  dismissed: { zh: '不成立', en: 'dismissed' },
  closed: { zh: '已了结', en: 'closed' },
};

const instalments: StateWords = {
  waiting: { zh: '未到期或待核对', en: 'not due or not checked' },
  'in-doubt': { zh: '有疑点', en: 'in doubt' },
  ready: { zh: '可发放', en: 'can be paid' },
  'in-batch': { zh: '在批次里', en: 'in a batch' },
  paid: { zh: '已付', en: 'paid' },
  offset: { zh: '已抵扣', en: 'set off' },
  returned: { zh: '退汇', en: 'came back' },
  cancelled: { zh: '不再发放', en: 'not paid any more' },
};

const objections: StateWords = {
  open: { zh: '待答复', en: 'waiting' },
  dismissed: { zh: '不成立', en: 'dismissed' },
  upheld: { zh: '成立', en: 'upheld' },
  remedied: { zh: '已纠正', en: 'put right' },
};

const packs: StateWords = {
  draft: { zh: '草稿，检查没通过', en: 'draft, does not check' },
  checked: { zh: '检查通过，等核准', en: 'checks, waits for approval' },
  approved: { zh: '已核准，等发布', en: 'approved, to be published' },
  published: { zh: '已发布', en: 'published' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
};

const papers: StateWords = {
  uploading: { zh: '还没传完', en: 'being uploaded' },
  checking: { zh: '正在检查', en: 'being checked' },
  clean: { zh: '检查通过', en: 'checked' },
  refused: { zh: '没有收下', en: 'refused' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  expired: { zh: '已过期', en: 'expired' },
};

const payments: StateWords = {
  open: { zh: '未发出', en: 'not sent' },
  sent: { zh: '银行处理中', en: 'with the bank' },
  paid: { zh: '成功', en: 'paid' },
  failed: { zh: '失败', en: 'failed' },
  returned: { zh: '退汇', en: 'came back' },
  dropped: { zh: '已取出', en: 'taken out' },
};

const repayments: StateWords = {
  proposed: { zh: '已提出，等核准', en: 'proposed, waits for approval' },
  demanded: { zh: '已要求归还', en: 'demanded' },
  settled: { zh: '已结清', en: 'settled' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
};

/** By the code of the refusal. */
const byCode: Readonly<Record<string, StateWords>> = {
  'batch-state-unfit': batches,
  'case-status-unfit': caseStatusWords,
  'evidence-not-ready': papers,
  'finding-state-unfit': findings,
  'instalment-state-unfit': instalments,
  'objection-answered': objections,
  'pack-state-unfit': packs,
  'payment-state-unfit': payments,
  'repayment-state-unfit': repayments,
};

/** The name of a state that a refusal speaks of; undefined where it has none. */
export function tellState(code: string, state: string, language: 'zh' | 'en'): string | undefined {
  const words = byCode[code];
  return words !== undefined && Object.hasOwn(words, state) ? words[state]?.[language] : undefined;
}
