// What watches over a demonstration's year: public lists with objections, reports, an inspection with its findings; and a policy that is being changed.
import { demoPlaces } from '../../demo/plan-year.ts';
import { runLists } from '../../domains/publicity/index.ts';
import { dayOf } from '../../domains/registry/index.ts';
import type { DemoCases } from './demo-cases.ts';
import type { Desk } from './demo-desk.ts';
import type { DemoParties } from './demo-people.ts';
import type { Staff } from './demo-staff.ts';

const policyId = 'jilin-city-2021';
const hrss = '昌邑区人社局';

/** Watching at work. */
export interface DemoWatch {
  /** Publishes what was granted, in every place; whoever objects does so at once. `left`: one benefit stays to be published by whoever tries it. */
  publish(left: boolean): Promise<void>;
  /** Gathers lists and ends what is over. */
  follow(): Promise<void>;
  /** Answers the objections that wait, but for the last. */
  answerObjections(): Promise<void>;
  /** A report that is handled, and one that nobody has seen yet. */
  report(isHandled: boolean): Promise<void>;
  inspect(): Promise<void>;
  draftPolicy(): Promise<void>;
}

/** Opens it. */
export function openDemoWatch(desk: Desk, staff: Staff, parties: DemoParties, cases: DemoCases): DemoWatch {
  const { parts, tenantId, clock } = desk;
  const follow = (): Promise<void> => runLists(parts.db, parts.publicity.parts, tenantId, clock.now());
  let objections = 0;
  return {
    follow,
    async publish(left) {
      const opened: string[] = [];
      for (const jurisdictionCode of demoPlaces) {
        for (const benefitId of ['living-subsidy', 'home-subsidy', ...(left ? [] : ['internship-allowance'])]) {
          const name = jurisdictionCode === demoPlaces[0] ? hrss : (cases.all.find((one) => one.jurisdictionCode === jurisdictionCode)?.decideBy ?? hrss);
          const answer = await (await staff.officer(name, 'approver')).ask('POST', '/publicity/lists', { jurisdictionCode, policyId, benefitId });
          // Objections are made where the most is at stake.
          if (answer.status === 201 && benefitId !== 'internship-allowance') opened.push((answer.body as { listId: string }).listId);
        }
      }
      await follow();
      const [listId] = opened;
      if (listId === undefined || objections >= MOST_OBJECTIONS) return;
      const { items } = await desk.anyone().get<{ items: readonly { entryId: string }[] }>(`/public-lists/${listId}/entries`);
      const entry = items.at(-1);
      if (entry === undefined) return;
      await desk.anyone().post(`/public-lists/${listId}/entries/${entry.entryId}/objections`, { text: objectionTexts[objections % objectionTexts.length], name: '', reach: `1549300000${objections}` });
      objections++;
    },
    async answerObjections() {
      const reviewer = await staff.officer(hrss, 'reviewer');
      const { items } = await reviewer.get<{ items: readonly { objectionId: string; state: string }[] }>('/objections?limit=50');
      for (const [at, { objectionId, state }] of items.entries()) {
        if (state !== 'open') continue;
        const path = `/objections/${objectionId}`;
        await reviewer.act(path, `${path}/answer`, { outcome: at % 2 === 0 ? 'dismissed' : 'upheld', text: at % 2 === 0 ? '已到单位核实，本人在岗，社保连续缴纳。' : '情况属实，已要求单位更正。' });
      }
    },
    async report(isHandled) {
      const text = isHandled ? '某样例公司有人挂名领补贴，平时不来上班。' : '听说有两个人的劳动合同是后补的，请查一查。';
      await desk.anyone().post('/reports', { text, jurisdictionCode: demoPlaces[0] });
      if (!isHandled) return;
      const reviewer = await staff.officer(hrss, 'reviewer');
      const { items } = await reviewer.get<{ items: readonly { reportId: string }[] }>('/reports?state=received');
      const reportId = items[0]?.reportId ?? '';
      await reviewer.post(`/reports/${reportId}/messages`, { text: '请问是哪家单位、从什么时候开始的？' });
      await reviewer.post(`/reports/${reportId}/answer`, { outcome: 'unclear', text: '查了单位的考勤和社保，没有发现问题；有新的情况请再告诉我们。' });
    },
    async inspect() {
      const [reviewer, approver] = [await staff.officer(hrss, 'reviewer'), await staff.officer(hrss, 'approver')];
      const { planId } = await reviewer.post<{ planId: string }>('/inspection-plans', { jurisdictionCode: demoPlaces[0], title: '年中在岗检查', policyId, benefitId: 'living-subsidy', wanted: 6 });
      const drawn = await reviewer.ask('POST', `/inspection-plans/${planId}/draw`);
      if (drawn.status >= 300) return;
      const { items } = await reviewer.get<{ items: readonly { caseId: string }[] }>(`/inspection-plans/${planId}/candidates?drawn=true&limit=50`);
      for (const [at, { caseId }] of items.entries()) {
        if (at === 5) continue;
        await reviewer.post(`/inspection-plans/${planId}/candidates/${caseId}/visit`, { atPost: at < 2 ? 'no' : 'yes', usefulness: at < 2 ? 'not' : 'useful', note: at < 2 ? '两次上门都不在，同事说已经离职。' : '在岗，负责的工作和申请时说的一致。', visitedOn: dayOf(clock.now()) });
      }
      const [one, other] = items;
      if (one !== undefined) {
        const { findingId } = await reviewer.post<{ findingId: string }>('/findings', { caseId: one.caseId, planId, text: '上门两次都不在岗，考勤停在两个月前。' });
        await approver.post(`/findings/${findingId}/decision`, { outcome: 'confirmed', reason: '考勤、社保、同事说法一致。', document: '样例查〔2026〕1号' });
      }
      if (other !== undefined) await reviewer.post('/findings', { caseId: other.caseId, planId, text: '社保由另一家单位缴纳，需要进一步核实。' });
      await reviewer.post('/inspection-plans', { jurisdictionCode: demoPlaces[0], title: '年底住房补贴抽查', policyId, benefitId: 'home-subsidy', wanted: 3 });
    },
    async draftPolicy() {
      const policy = await staff.officer('吉林市人社局', 'policy');
      const { items } = await policy.get<{ items: readonly { packId: string }[] }>(`/packs?policy=${policyId}`);
      const basedOn = items[0]?.packId ?? '';
      const { files } = await policy.get<{ files: Readonly<Record<string, string>> }>(`/packs/${basedOn}/files`);
      const changed = {
        'policy.yaml': files['policy.yaml']?.replace('{ 当: 丁档, 得: 300元 }', '{ 当: 丁档, 得: 400元 }') ?? '',
        'living-subsidy.yaml': files['living-subsidy.yaml']?.replace('金额: 18000元', '金额: 24000元') ?? '',
      };
      await policy.post('/packs', { policyId, basedOn, files: changed, note: '丁档每月提高到 400 元，征求意见' });
    },
  };
}

const MOST_OBJECTIONS = 9;
const objectionTexts = ['这个人已经离开公司了，请查一查。', '他的合同好像只签了三年。', '听说他早就享受过一次补贴。'];
