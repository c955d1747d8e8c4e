// Employers and people of a demonstration enter: at the window, by an employer's spreadsheet, and some with an account of their own.
import { jobScope } from '../../domains/permissions/index.ts';
import { dayOf, recordStatements } from '../../domains/registry/index.ts';
import { workNextBatch } from '../../domains/intake/index.ts';
import { processNext } from '../../domains/imports/index.ts';
import { type DemoEmployer, demoPlaceNames, type DemoPerson, type DemoPlan } from '../../demo/plan-year.ts';
import { inTenant, newId } from '../../storage/database.ts';
import type { Desk, Hand } from './demo-desk.ts';
import { makePaper } from './demo-paper.ts';
import { proveByPhone, type Staff } from './demo-staff.ts';

const JOB = 'demo';
const policyId = 'jilin-city-2021';
/** Who knows of people and organisations what the year needs. */
const knowing = { person: '吉林市社保局', organisation: '吉林市市场监管局' } as const;

/** Somebody with an account. */
interface Entered {
  readonly accountId: string;
  readonly hand: Hand;
}

/** People and employers at work. */
export interface DemoParties {
  /** The party of a person of the plan, entered when first needed. */
  person(index: number): Promise<string>;
  employer(index: number): Promise<string>;
  /** The person's own account, opened when first needed. */
  account(index: number): Promise<Entered>;
  /** Whoever acts for an employer, appointed when first needed. */
  agent(index: number): Promise<Entered>;
  /** Enters once more, so that the account does not count as forgotten. */
  enterAgain(index: number): Promise<void>;
  agentAgain(index: number): Promise<void>;
  /** Files an employer's list of hires. @returns the case of each person of the plan. */
  fileList(index: number): Promise<ReadonlyMap<number, string>>;
  /** Sends a list that waits to be confirmed, with rows to correct. */
  sendUnconfirmed(index: number): Promise<void>;
  /** What departments know of people on a day: whether they are at their post and insured. */
  tellPresence(people: readonly number[], on: string): Promise<void>;
  personOf(partyId: string): number | undefined;
}

/** Opens it; nobody is entered yet. */
export function openParties(desk: Desk, staff: Staff, plan: DemoPlan): DemoParties {
  const { parts, tenantId, clock } = desk;
  const people = new Map<number, Promise<string>>();
  const indexes = new Map<string, number>();
  const employers = new Map<number, Promise<string>>();
  const accounts = new Map<number, Promise<Entered>>();
  const agents = new Map<number, Promise<Entered>>();
  const once = <T>(known: Map<number, Promise<T>>, index: number, make: () => Promise<T>): Promise<T> => {
    const there = known.get(index);
    if (there !== undefined) return there;
    const making = make();
    known.set(index, making);
    return making;
  };
  const personAt = (index: number): DemoPerson => plan.people[index] ?? fail(`no person ${index}`);
  const employerAt = (index: number): DemoEmployer => plan.employers[index] ?? fail(`no employer ${index}`);
  const window = (jurisdictionCode: string): Promise<Hand> => staff.officer(`${demoPlaceNames[jurisdictionCode] ?? ''}人社局`, 'intake');
  const departmentId = (name: string): string => staff.departments.find((each) => each.name === name)?.departmentId ?? fail(`no department ${name}`);

  const tell = async (kind: keyof typeof knowing, purpose: 'eligibility' | 'payment', told: readonly { readonly partyId: string; readonly facts: Readonly<Record<string, unknown>> }[], asOf: string): Promise<void> => {
    if (told.length === 0) return;
    const source = { origin: '共享', trustClass: 'A', departmentId: departmentId(knowing[kind]), purpose, asOf } as const;
    const scope = jobScope(tenantId, JOB, 'fact.record');
    const recorded = await inTenant(parts.db, tenantId, (tx) => recordStatements(tx, scope, parts.registry, told.map((each) => ({ ...each, ...source })), clock.now()));
    for (const one of recorded) if ('details' in one) throw new Error(JSON.stringify(one.details));
  };

  const parties: DemoParties = {
    person: (index) =>
      once(people, index, async () => {
        const { name, number, phone, jurisdictionCode, employer, hiredOn, facts } = personAt(index);
        const organisationId = await parties.employer(employer);
        const officer = await window(jurisdictionCode);
        const { partyId } = await officer.post<{ partyId: string }>('/people', { name, jurisdictionCode, document: { kind: 'number', number }, phone });
        await officer.post(`/people/${partyId}/employments`, { organisationId, startedOn: hiredOn, origin: '材料', trustClass: 'B' });
        await tell('person', 'eligibility', [{ partyId, facts }], today());
        indexes.set(partyId, index);
        return partyId;
      }),
    employer: (index) =>
      once(employers, index, async () => {
        const { name, creditCode, jurisdictionCode } = employerAt(index);
        const { partyId } = await (await window(jurisdictionCode)).post<{ partyId: string }>('/organisations', { name, jurisdictionCode, creditCode });
        await tell('organisation', 'eligibility', [{ partyId, facts: { 单位类型: '企业', 所有制: '民营', 规上: true, 所在地: jurisdictionCode } }], today());
        return partyId;
      }),
    account: (index) =>
      once(accounts, index, async () => {
        const { name, number, phone } = personAt(index);
        const partyId = await parties.person(index);
        const accountId = await enter(phone, { name, identityNumber: number });
        return { accountId, hand: desk.as(accountId, { kind: 'person', partyId, actsFor: [] }) };
      }),
    agent: (index) =>
      once(agents, index, async () => {
        const { jurisdictionCode, agent } = employerAt(index);
        const organisationId = await parties.employer(index);
        const officer = await window(jurisdictionCode);
        const { partyId } = await officer.post<{ partyId: string }>('/people', { name: agent.name, jurisdictionCode, document: { kind: 'number', number: agent.number }, phone: agent.phone });
        const accountId = await enter(agent.phone, { name: agent.name, identityNumber: agent.number });
        const evidenceId = await makePaper(officer, organisationId, '授权委托书', `Authorisation ${index + 1}`);
        await officer.post(`/access/organisations/${organisationId}/agents`, { phone: agent.phone, evidenceId, canManage: true });
        const own = desk.as(accountId, { kind: 'person', partyId, actsFor: [] });
        const { items } = await own.get<{ items: readonly { agencyId: string }[] }>('/access/agencies');
        await own.post(`/access/agencies/${items[0]?.agencyId ?? ''}/acceptance`);
        return { accountId, hand: desk.as(accountId, { kind: 'agent', organisationId, partyId }) };
      }),
    async enterAgain(index) {
      const { name, number, phone } = personAt(index);
      await enter(phone, { name, identityNumber: number });
    },
    async agentAgain(index) {
      const { name, number, phone } = employerAt(index).agent;
      await enter(phone, { name, identityNumber: number });
    },
    async fileList(index) {
      const { hand } = await parties.agent(index);
      const hires = plan.people.filter(({ employer, isListed }) => employer === index && isListed);
      const importId = await send(hand, sheetOf(hires, index % 3 === 0 ? [wrongRow] : []), '新招人员.csv');
      await hand.post(`/imports/${importId}/confirmation`, { withDoubles: true });
      await workImports();
      const chosen = { importId, benefits: [{ policyId, benefitId: 'living-subsidy' }], filesUnlikely: true };
      const { applicationId } = await hand.post<{ applicationId: string }>('/applications/from-import', chosen);
      while (await workNextBatch({ db: parts.db, parts: parts.intake, tenantId, now: clock.now() }));
      // Asked by the window, which is told of everybody by the record's own id.
      const officer = await window(employerAt(index).jurisdictionCode);
      const { items } = await officer.get<{ items: readonly { subject: { partyId: string; name: string }; caseId: string | null }[] }>(`/applications/${applicationId}/rows?limit=200`);
      const cases = new Map<number, string>();
      for (const { subject, caseId } of items) {
        const hire = hires.find(({ name }) => name === subject.name);
        if (hire === undefined) continue;
        people.set(hire.index, Promise.resolve(subject.partyId));
        indexes.set(subject.partyId, hire.index);
        if (caseId !== null) cases.set(hire.index, caseId);
      }
      return cases;
    },
    async sendUnconfirmed(index) {
      const { hand } = await parties.agent(index);
      const strangers = plan.people.slice(0, 3).map((person, at): DemoPerson => ({ ...person, name: `${person.name}甲`, number: employerAt(at).agent.number }));
      await send(hand, sheetOf(strangers, [wrongRow, otherWrongRow]), '新招人员（待确认）.csv');
    },
    async tellPresence(indexesOf, on) {
      const told = await Promise.all(indexesOf.map(async (index) => ({ partyId: await parties.person(index), facts: { 在岗: personAt(index).payee !== 'left', 缴纳社保: true } })));
      await tell('person', 'payment', told, on);
    },
    personOf: (partyId) => indexes.get(partyId),
  };
  return parties;

  function today(): string {
    return dayOf(clock.now());
  }

  /** Enters by telephone, and says who it is: the registry knows the telephone, so it is settled at once. */
  async function enter(phone: string, identity: { readonly name: string; readonly identityNumber: string }): Promise<string> {
    const hand = desk.anyone();
    const proof = await proveByPhone(desk, hand, phone);
    const first = await hand.ask('POST', '/access/sign-in/code', proof);
    const { next, stepToken } = first.body as { next?: string; stepToken?: string };
    const last = next === 'real-name' ? await hand.ask('POST', '/access/sign-in/real-name', { stepToken, ...identity }) : first;
    const token = last.cookies.find(({ name }) => name === 'wutong_session')?.value;
    if (token === undefined) throw new Error(`${last.status} ${JSON.stringify(last.body)}`);
    const own = desk.anyone(decodeURIComponent(token));
    const me = await own.get<{ accountId: string; claim: string }>('/access/me');
    if (me.claim === 'none') await own.post('/access/claim', identity);
    return me.accountId;
  }

  async function send(hand: Hand, bytes: Buffer, fileName: string): Promise<string> {
    const { importId } = await hand.send<{ importId: string }>('POST', `/imports/people?fileName=${encodeURIComponent(fileName)}`, bytes);
    await workImports();
    return importId;
  }

  async function workImports(): Promise<void> {
    const worker = newId();
    while (await processNext(parts.imports, tenantId, worker));
  }
}

const headings = ['姓名', '身份证号', '手机', '入职日期', '学历', '全日制', '毕业院校', '毕业日期', '初次就业', '缴纳社保', '合同起始日', '合同年限', '入住人才公寓'] as const;
/** What people do get wrong: a number with a figure too few, a day that is none. */
const wrongRow = ['赵六甲', '22020219990101', '', '2025年13月1日', '本科', '是', '北华大学', '2024-06-30', '是', '是', '2025-07-01', '5', '否'];
const otherWrongRow = ['', '220202199903050000', '', '2025-07-01', '研究生吧', '是', '吉林大学', '2024-06-30', '是', '是', '2025-07-01', '五年左右', '否'];

function sheetOf(hires: readonly DemoPerson[], wrong: readonly (readonly string[])[]): Buffer {
  const rows = hires.map(({ name, number, phone, hiredOn, facts }) =>
    headings.map((heading) => {
      if (heading === '姓名') return name;
      if (heading === '身份证号') return number;
      if (heading === '手机') return phone;
      if (heading === '入职日期') return hiredOn;
      const value = facts[heading];
      return value === true ? '是' : value === false ? '否' : String(value ?? '');
    }),
  );
  return Buffer.from(`\ufeff${[headings, ...rows, ...wrong].map((row) => row.join(',')).join('\r\n')}\r\n`);
}

function fail(message: string): never {
  throw new RangeError(message);
}
