// Cases of a demonstration go their ways: accepted, reviewed by the departments, supplemented, decided, withdrawn, appealed against, each as its fate says.
import { addDays, daysBetween } from '../../demo/days.ts';
import { type DemoFiling, demoPlaceNames, type DemoPlan, type Fate } from '../../demo/plan-year.ts';
import type { Hand } from './demo-desk.ts';
import { makePaper } from './demo-paper.ts';
import type { DemoParties } from './demo-people.ts';
import type { Staff } from './demo-staff.ts';

const policyId = 'jilin-city-2021';

type Stage = 'filed' | 'in-review' | 'supplement' | 'deciding' | 'granted' | 'refused' | 'appeal' | 'over';

/** A case under way. */
interface DemoCase {
  readonly caseId: string;
  readonly filing: DemoFiling;
  readonly fate: Fate;
  readonly acceptBy: string;
  readonly reviewBy: readonly string[];
  readonly decideBy: string;
  readonly jurisdictionCode: string;
  /** Whoever answers for it: the person, the employer's agent, the window. */
  readonly side: Hand;
  stage: Stage;
  /** The version after the last step. */
  etag: string;
  /** The day of the last step. */
  since: string;
  spoken: number;
  isSupplemented: boolean;
  isAppealed: boolean;
  isReopened: boolean;
  grantedOn: string | null;
}

/** Cases at work. */
export interface DemoCases {
  readonly all: readonly DemoCase[];
  file(filing: DemoFiling): Promise<void>;
  /** Files an employer's whole list. */
  fileList(employer: number, filings: readonly DemoFiling[]): Promise<void>;
  /** One working day of all offices. */
  workDay(day: string): Promise<void>;
}

/** Opens it. */
export function openDemoCases(staff: Staff, parties: DemoParties, plan: DemoPlan): DemoCases {
  const all: DemoCase[] = [];
  let papers = 0;

  const add = async (caseId: string, filing: DemoFiling, side: Hand): Promise<void> => {
    const person = plan.people[filing.person];
    const seen = await side.get<{ acceptBy: string; decideBy: string; jurisdictionCode: string; steps: readonly { departments: readonly { name: string }[] }[] }>(`/cases/${caseId}`);
    all.push({
      caseId, filing, fate: filing.fate, acceptBy: seen.acceptBy, decideBy: seen.decideBy, jurisdictionCode: seen.jurisdictionCode ?? person?.jurisdictionCode ?? '',
      reviewBy: seen.steps.flatMap(({ departments }) => departments.map(({ name }) => name)), side,
      stage: 'filed', etag: '', since: filing.on, spoken: 0, isSupplemented: false, isAppealed: false, isReopened: false, grantedOn: null,
    });
  };

  /** Whether the fate lets a case go beyond a stage. */
  const mayLeave = ({ fate }: DemoCase, stage: Stage): boolean => {
    if (fate === 'stay-filed' || fate === 'late') return stage !== 'filed';
    if (fate === 'stay-deciding') return stage !== 'deciding';
    return true;
  };

  const act = async (one: DemoCase, hand: Hand, path: string, body: unknown, day: string): Promise<void> => {
    const { told, etag } = await hand.actFrom<{ status: string }>(one.etag, `/cases/${one.caseId}`, `/cases/${one.caseId}/${path}`, body);
    one.etag = etag;
    one.stage = stageOf[told.status] ?? 'over';
    one.since = day;
  };

  /** Who hands a person's papers in: people of lists bring them to the window. */
  const bringer = async ({ filing, side }: DemoCase): Promise<{ readonly hand: Hand; readonly person: string }> => {
    const place = plan.people[filing.person]?.jurisdictionCode ?? '';
    return { hand: filing.by === 'list' ? await staff.officer(`${demoPlaceNames[place] ?? ''}人社局`, 'intake') : side, person: await parties.person(filing.person) };
  };

  const accept = async (one: DemoCase, day: string): Promise<void> => {
    const officer = await staff.officer(one.acceptBy, 'intake');
    if (one.fate === 'decline') return act(one, officer, 'declination', { reason: '不在本区受理范围，请到单位所在地申请。' }, day);
    if (one.fate === 'withdraw') return act(one, one.side, 'withdrawal', undefined, day);
    if (one.fate === 'promise') return act(one, officer, 'acceptance', { promise: { papers: ['学历证书'], dueOn: addDays(day, 20) } }, day);
    await act(one, officer, 'acceptance', {}, day);
  };

  const review = async (one: DemoCase, day: string): Promise<void> => {
    const department = one.reviewBy[one.spoken] ?? '';
    const officer = await staff.officer(department, 'reviewer');
    if (one.fate.startsWith('supplement') && !one.isSupplemented) {
      one.isSupplemented = true;
      return act(one, officer, 'supplement-request', { words: '合同复印件看不清，请补一份；社保从哪个月开始缴，也请说明。', papers: ['劳动合同'], workingDays: 15 }, day);
    }
    if (one.fate === 'stay-review' && one.spoken === 1) return;
    const isAgainst = !one.isReopened && (one.fate === 'refuse' || one.fate.startsWith('appeal'));
    const words = isAgainst ? '劳动合同的年限不够五年，不符合条件。' : one.spoken === 0 ? '学历、合同、社保都核对过。' : undefined;
    one.spoken++;
    await act(one, officer, 'opinion', { opinion: isAgainst ? 'disagree' : 'agree', ...(words === undefined ? {} : { words }) }, day);
  };

  const answer = async (one: DemoCase, day: string): Promise<void> => {
    if (one.fate === 'supplement-open' || daysBetween(one.since, day) < 5) return;
    const { hand, person } = await bringer(one);
    const evidenceIds = papers++ < MOST_PAPERS ? [await makePaper(hand, person, '劳动合同', 'Contract of employment')] : [];
    await act(one, hand, 'supplement', { words: '重新扫描了合同；社保从入职当月开始缴。', evidenceIds }, day);
  };

  const decide = async (one: DemoCase, day: string): Promise<void> => {
    // Whoever decided before, or answered the appeal, does not decide again.
    const officer = await staff.officer(one.decideBy, 'approver', one.isReopened ? 2 : 0);
    const isRefused = !one.isReopened && (one.fate === 'refuse' || one.fate.startsWith('appeal'));
    if (one.fate === 'promise') {
      const { hand, person } = await bringer(one);
      await act(one, hand, 'promises/kept', { paper: '学历证书', evidenceId: await makePaper(hand, person, '学历证书', 'Diploma') }, day);
    }
    if (isRefused) return act(one, officer, 'decision', { outcome: 'refuse', reason: '劳动合同年限不够五年，按附件1三（二）不符合条件。' }, day);
    const amount = one.filing.benefit === 'internship-allowance' ? { amountFen: 150_000 } : {};
    try {
      await act(one, officer, 'decision', { outcome: 'grant', reason: '条件都符合，同意。', ...amount }, day);
      one.grantedOn = day;
    } catch (error) {
      // What the rules do not give is not granted.
      if (!/case-(?:amount|days)-open/.test(String(error))) throw error;
      await act(one, officer, 'decision', { outcome: 'refuse', reason: '按现有的事实还不符合条件，可以补齐以后再申请。' }, day);
    }
  };

  const appeal = async (one: DemoCase, day: string): Promise<void> => {
    if (!one.fate.startsWith('appeal') || one.isAppealed || daysBetween(one.since, day) < 4) return;
    one.isAppealed = true;
    await act(one, one.side, 'appeal', { words: '合同其实签了五年，附上补充协议，请再看一看。' }, day);
  };

  const answerAppeal = async (one: DemoCase, day: string): Promise<void> => {
    if (one.fate === 'appeal-open' || daysBetween(one.since, day) < 6) return;
    const officer = await staff.officer(one.decideBy, 'approver', 1);
    const isReopened = one.fate === 'appeal-reopened';
    one.isReopened = isReopened;
    one.spoken = 0;
    await act(one, officer, 'appeal/answer', { outcome: isReopened ? 'reopened' : 'upheld', reason: isReopened ? '补充协议有效，重新办理。' : '补充协议没有双方签字，维持原决定。' }, day);
  };

  const revoke = async (one: DemoCase, day: string): Promise<void> => {
    if (one.fate !== 'revoke' || one.grantedOn === null || daysBetween(one.grantedOn, day) < 40) return;
    await act(one, await staff.officer(one.decideBy, 'approver', 1), 'revocation', { reason: '查实入职日期填写有误，撤销原决定。' }, day);
  };

  const steps: Readonly<Record<Stage, (one: DemoCase, day: string) => Promise<void>>> = {
    filed: accept, 'in-review': review, supplement: answer, deciding: decide, refused: appeal, appeal: answerAppeal, granted: revoke, over: async () => {},
  };

  return {
    all,
    async file(filing) {
      const { person, benefit, by } = filing;
      const jurisdictionCode = plan.people[person]?.jurisdictionCode ?? '';
      const subjectId = await parties.person(person);
      const side = by === 'person' ? (await parties.account(person)).hand : await staff.officer(`${demoPlaceNames[jurisdictionCode] ?? ''}人社局`, 'intake');
      const wantsPaper = benefit === 'home-subsidy' ? '购房发票' : '劳动合同';
      const evidenceIds = by === 'person' && papers++ < MOST_PAPERS ? [await makePaper(side, subjectId, wantsPaper, wantsPaper === '购房发票' ? 'Invoice of a home' : 'Contract of employment')] : [];
      const { items } = await side.post<{ items: readonly { caseId: string }[] }>('/applications', { ...(by === 'person' ? {} : { subjectId }), benefits: [{ policyId, benefitId: benefit }], evidenceIds });
      const [first] = items;
      if (first !== undefined) await add(first.caseId, filing, side);
    },
    async fileList(employer, filings) {
      const cases = await parties.fileList(employer);
      const { hand } = await parties.agent(employer);
      for (const filing of filings) {
        const caseId = cases.get(filing.person);
        if (caseId !== undefined) await add(caseId, filing, hand);
      }
    },
    async workDay(day) {
      // Each case at most a step a day, two days after the last.
      for (const one of all) if (daysBetween(one.since, day) >= 2 && mayLeave(one, one.stage)) await steps[one.stage](one, day);
    },
  };
}

const MOST_PAPERS = 24;

/** What waits to be done with a case of a status; nothing with any other. */
const stageOf: Readonly<Record<string, Stage>> = {
  filed: 'filed', 'in-review': 'in-review', 'awaiting-supplement': 'supplement', deciding: 'deciding', granted: 'granted', 'in-publication': 'granted', settled: 'granted', refused: 'refused', 'in-appeal': 'appeal',
};
