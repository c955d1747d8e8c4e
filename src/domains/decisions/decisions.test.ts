// Decisions with a real database, real packs and real PDFs: recorded whole, read by whom they concern, checked by strangers, worked out again.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi, type TestCaller } from '../../../test/support/api.ts';
import { asOwner } from '../../../test/support/database.ts';
import { enterOrganisation, enterPerson, sampleNumber } from '../../../test/support/registry-samples.ts';
import { decideSample, foundSamplePacks, getSamplePack, sampleBenefit as BENEFIT, sampleDay as ON, type SampleDecision, samplePolicy as POLICY } from '../../../test/support/sample-decision.ts';
import { bare, readPdf } from '../../../test/print/read-pdf.ts';
import { inTenant, newId, type Tx } from '../../storage/database.ts';
import { jobScope, scopeFor } from '../permissions/index.ts';
import { factsForEvaluation, recordStatements } from '../registry/index.ts';
import type { StoredDecision } from './decision.ts';
import { decisionsParticipant } from './held-decisions.ts';

let api: TestApi;
let officer: TestCaller;
let approver: TestCaller;
let number: string;
let personId: string;
let employerId: string;

const graduate = {
  学历: '硕士研究生', 全日制: true, 毕业院校: '吉林大学', 毕业日期: '2024-06-30', 初次就业: true, 缴纳社保: true, 合同起始日: '2024-07-01', 合同年限: 5, 入住人才公寓: false,
  '用人单位.单位类型': '企业', '用人单位.所有制': '民营', '用人单位.规上': true, '用人单位.所在地': '220202',
};

const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(api.parts.db, api.tenantId, work);

async function say(partyId: string, facts: Readonly<Record<string, unknown>>, asOf: string): Promise<void> {
  const source = { origin: '共享', trustClass: 'A', departmentId: api.departments['city-hrss'], purpose: 'eligibility', asOf } as const;
  const [recorded] = await within((tx) => recordStatements(tx, jobScope(api.tenantId, 'test', 'fact.record'), api.parts.registry, [{ partyId, ...source, facts }], new Date()));
  if (recorded === undefined || 'details' in recorded) throw new Error(JSON.stringify(recorded));
}

async function addGraduate(facts: Readonly<Record<string, unknown>> = {}, name = '张三一'): Promise<{ partyId: string; number: string }> {
  const own = sampleNumber({ birthDate: '1999-05-05' });
  const partyId = await enterPerson(officer, { name, number: own });
  await say(partyId, { ...graduate, ...facts }, '2026-06-01');
  return { partyId, number: own };
}

const decide = (partyId: string, more: SampleDecision = {}): Promise<StoredDecision> => decideSample(api, partyId, more);

async function readLetter(decisionId: string, language: 'zh' | 'en', by: TestCaller = approver) {
  const answer = await by.get(`/decisions/${decisionId}/letter?language=${language}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  const pdf = await readPdf(answer.raw);
  return { pdf, text: pdf.pages.map(({ plain }) => plain).join(''), raw: answer.raw };
}

beforeAll(async () => {
  api = await startApi({ hosts: ['127.0.0.1', 'rencai.example.cn'] });
  await foundSamplePacks(api);
  officer = api.officer('changyi-hrss', 'intake');
  approver = api.officer('changyi-hrss', 'approver');
  ({ partyId: personId, number } = await addGraduate());
  employerId = await enterOrganisation(officer);
});
afterAll(() => api.stop());

describe('a decision', () => {
  test('is stored whole, with what it rested on, and read back as it was made', async () => {
    const made = await decide(personId, { employer: { partyId: employerId, name: '样例一公司' } });
    expect(made).toMatchObject({ kind: 'grant', status: 'yes', amountFen: 12_000_000, unit: 'fen', quantity: null, policyId: POLICY, benefitId: BENEFIT });
    const { status, body } = await approver.get(`/decisions/${made.decisionId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ number: made.number, name: '张三一', departmentName: '昌邑区人社局', benefit: { zh: '企业引才生活补贴' }, on: ON, packHash: made.packHash, followedBy: null, appealTo: '昌邑区人民政府' });
    expect(body.instalments.map(({ due, fen }: { due: string; fen: number }) => [due, fen])).toEqual([2025, 2026, 2027, 2028, 2029].map((year) => [`${year}-07-01`, 2_400_000]));
    expect(body.instalments[0].shares).toEqual([{ fund: '县区人才专项资金', jurisdictionCode: '220202', fen: 2_400_000 }]);
    const known = new Map<string, { value: unknown; origin: { source: string; trustClass?: string } }>(body.facts.map((fact: { name: string }) => [fact.name, fact]));
    expect(known.get('合同年限')).toMatchObject({ value: 5, origin: { source: 'statement', origin: '共享', trustClass: 'A' } });
    expect(known.get('用人单位.规上')).toMatchObject({ value: true });
    expect(known.get('出生日期')).toMatchObject({ value: '1999-05-05', origin: { source: 'register' } });
    expect(body.conditions.every(({ outcome }: { outcome: string }) => outcome === 'yes')).toBe(true);
    expect(body.readings['提前离开怎么办']).toEqual(expect.any(String));
  });

  test('counts its numbers by department and year, without gaps, however many come at once', async () => {
    const numbersOf = async (): Promise<number[]> =>
      asOwner(api.database, async (client) => {
        const { rows } = await client.query<{ count: number }>('select number_count as count from decisions where department_id = $1 order by 1', [api.departments['longtan-hrss']]);
        return rows.map((row) => row.count);
      });
    const departmentId = api.departments['longtan-hrss'];
    const people = await Promise.all(Array.from({ length: 6 }, () => addGraduate()));
    const made = await Promise.all(people.map(({ partyId }) => decide(partyId, { departmentId })));
    expect(made.map((one) => one.number).sort()).toEqual([1, 2, 3, 4, 5, 6].map((count) => `龙潭区人社局人才决〔2026〕${count}号`));
    // One that fails takes no number with it.
    await expect(decide(people[0]?.partyId ?? '', { departmentId, caseId: newId() })).rejects.toThrow(/foreign key/);
    const [next] = [await decide(people[1]?.partyId ?? '', { departmentId })];
    expect(next?.number).toBe('龙潭区人社局人才决〔2026〕7号');
    // 1 January in Shanghai is still 31 December in UTC: the year is the city's.
    const newYear = await decide(people[2]?.partyId ?? '', { departmentId, now: new Date('2026-12-31T16:30:00Z') });
    expect(newYear.number).toBe('龙潭区人社局人才决〔2027〕1号');
    expect(await numbersOf()).toEqual([1, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('gives only what the rules give', async () => {
    const { partyId } = await addGraduate();
    const funds = [{ fund: '县区人才专项资金', jurisdictionCode: '220202', micro: 1_000_000 }];
    const outcome = { kind: 'money', amountFen: 12_000_001, instalments: [{ due: '2026-07-01', fen: 12_000_001 }], funds } as const;
    await expect(decide(partyId, { outcome })).rejects.toMatchObject({ code: 'decision-amount-unfit', values: { amount: '120,000.01', from: '120,000', to: '120,000' } });
    await expect(decide(partyId, { outcome: { ...outcome, amountFen: 12_000_000 } })).rejects.toThrow(RangeError);
    await expect(decide(partyId, { kind: 'refuse', outcome: { ...outcome, amountFen: 12_000_001 } })).rejects.toThrow(RangeError);
    await expect(decide(partyId, { kind: 'revoke' })).rejects.toThrow(RangeError);
  });

  test('gives whom the rules give nothing no more than they give anybody', async () => {
    const { partyId } = await addGraduate({ 学历: '高中' });
    const grantOf = (amountFen: number) => decide(partyId, { outcome: { kind: 'money', amountFen, instalments: [{ due: '2026-07-01', fen: amountFen }], funds: [{ fund: '县区人才专项资金', jurisdictionCode: '220202', micro: 1_000_000 }] } });
    await expect(grantOf(100_000_000_00)).rejects.toMatchObject({ code: 'decision-amount-unfit' });
    expect(await grantOf(6_000_000)).toMatchObject({ kind: 'grant', amountFen: 6_000_000 });
  });

  test('gives a person one year’s amount of what is given by the year', async () => {
    const { partyId } = await addGraduate();
    const grantOf = (amountFen: number) => decide(partyId, { benefitId: 'income-tax-reward', outcome: { kind: 'money', amountFen, instalments: [{ due: '2026-07-01', fen: amountFen }], funds: [] } });
    await expect(grantOf(20_000_001)).rejects.toMatchObject({ code: 'decision-amount-unfit', values: { to: '200,000' } });
    expect(await grantOf(20_000_000)).toMatchObject({ amountFen: 20_000_000 });
  });

  test('keeps names, numbers, facts and reasons sealed', async () => {
    const made = await decide(personId, { kind: 'refuse', reasons: '样例理由：合同不在原件上' });
    const text = await asOwner(api.database, async (client) => {
      const { rows } = await client.query<{ text: string }>('select d::text as text from decisions d where decision_id = $1', [made.decisionId]);
      return rows[0]?.text ?? '';
    });
    expect(text).toContain(made.number);
    for (const secret of ['张三一', number, '1999-05-05', '样例理由', '吉林大学', '硕士']) expect(text).not.toContain(secret);
    expect(text).not.toContain(Buffer.from('张三一').toString('hex'));
  });

  test('that somebody changed in the database is not given out', async () => {
    const made = await decide(personId);
    const code = String((await approver.get(`/decisions/${made.decisionId}`)).body.verificationCode);
    await asOwner(api.database, (client) => client.query(`update decisions set amount_fen = amount_fen + 1 where decision_id = $1`, [made.decisionId]));
    for (const path of [`/decisions/${made.decisionId}`, `/decisions/${made.decisionId}/letter`, `/decisions/${made.decisionId}/replay`]) expect((await approver.get(path)).body.error.code).toBe('decision-damaged');
    expect((await api.anyone().get(`/decisions/verify?code=${code}`)).body.error.code).toBe('decision-damaged');
  });

  test('cannot be changed or deleted by the server itself', async () => {
    const made = await decide(personId);
    await expect(within((tx) => tx.updateTable('decisions').set({ number: 'x' }).where('tenant_id', '=', api.tenantId).where('decision_id', '=', made.decisionId).execute())).rejects.toThrow(/permission denied/);
    await expect(within((tx) => tx.deleteFrom('decisions').where('tenant_id', '=', api.tenantId).where('decision_id', '=', made.decisionId).execute())).rejects.toThrow(/permission denied/);
  });
});

describe('whom it concerns', () => {
  test('the person reads all of it, the agent that filed what was decided, officers without the right no sensitive facts, and nobody else anything', async () => {
    const employer = { partyId: employerId, name: '样例一公司' };
    const made = await decide(personId, { employer, applicantId: employerId });
    const alone = await decide(personId, { employer, applicantId: personId });
    const own = await api.person(personId).get(`/decisions/${made.decisionId}`);
    expect(own.body.facts.length).toBeGreaterThan(8);
    expect(own.body.withheld).toEqual([]);
    const agent = api.agent(employerId);
    const seen = await agent.get(`/decisions/${made.decisionId}`);
    expect(seen.body).toMatchObject({ number: made.number, facts: [] });
    // What a person asked for alone is no business of the employer.
    expect((await agent.get(`/decisions/${alone.decisionId}`)).status).toBe(404);
    const strangers = [api.person(newId()), api.agent(newId()), api.officer('longtan-hrss', 'approver')];
    for (const stranger of strangers) {
      expect((await stranger.get(`/decisions/${made.decisionId}`)).body.error.code).toBe('not-found');
      expect((await stranger.get(`/decisions/${made.decisionId}/letter`)).status).toBe(404);
      expect((await stranger.get(`/parties/${personId}/decisions`)).status).toBe(404);
    }
    expect((await api.anyone().get(`/decisions/${made.decisionId}`)).body.error.code).toBe('sign-in-required');
    expect((await api.person(personId).get(`/decisions/${made.decisionId}/replay`)).body.error.code).toBe('not-permitted');
  });

  test('a list of one’s own goes page by page, newest first, and every decision stands in it once', async () => {
    const { partyId } = await addGraduate();
    const made: string[] = [];
    for (let count = 0; count < 5; count++) made.push((await decide(partyId)).decisionId);
    const me = api.person(partyId);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { body: { items: { decisionId: string }[]; nextCursor: string | null } } = await me.get(`/parties/${partyId}/decisions?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.body.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.body.items.map(({ decisionId }) => decisionId));
      cursor = page.body.nextCursor;
    }
    expect(seen).toEqual([...made].reverse());
    expect((await me.get(`/parties/${partyId}/decisions?cursor=WyJ4Il0`)).body.error.code).toBe('cursor-invalid');
  });

  test('the person’s own copy has it, and deleting the person leaves it', async () => {
    const made = await decide(personId);
    const copy = await api.person(personId).get(`/people/${personId}/held-data`);
    expect(copy.status).toBe(200);
    expect(JSON.stringify(copy.body)).toContain(made.number);
    const capacity = { kind: 'officer', departmentId: api.departments['changyi-hrss'], codes: ['220202'], roles: ['steward'] } as const;
    const scope = scopeFor({ tenantId: api.tenantId, actor: { accountId: newId(), sessionId: null, capacity } }, 'subject-request.answer');
    const participant = decisionsParticipant(api.parts.protector);
    const [kept] = await within((tx) => participant.findKept(tx, scope, [personId]));
    expect(kept).toMatchObject({ needsIdentity: true, until: null });
    expect(await within((tx) => participant.deleteRest(tx, scope, [personId]))).toBe(0);
    expect((await approver.get(`/decisions/${made.decisionId}`)).status).toBe(200);
    expect(await within((tx) => participant.findKept(tx, scope, [newId()]))).toEqual([]);
  });
});

describe('a letter', () => {
  test('of a grant says who, what, how much in figures and capitals, when, by which fund, and how to appeal and to check it', async () => {
    const made = await decide(personId, { employer: { partyId: employerId, name: '样例一公司' }, reasons: '符合条件，准予。' });
    const { verificationCode } = (await approver.get(`/decisions/${made.decisionId}`)).body;
    const { pdf, text } = await readLetter(made.decisionId, 'zh', api.person(personId));
    expect([pdf.language, pdf.isMarked]).toEqual(['zh-CN', true]);
    for (const { width, height } of pdf.pages) expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    const inOrder = [
      '昌邑区人社局', '准予决定书', made.number, '张三一：', `证件号码${number.slice(0, 3)}***********${number.slice(-4)}`, '用人单位样例一公司', '企业引才生活补贴', '120,000元', '人民币壹拾贰万元整', '✓', '全日制本科以上', '附件1三（二）1（3）',
      '符合条件，准予。', '2025年7月1日', '24,000元', '县区人才专项资金（昌邑区）', '2029年7月1日', '合计', '在岗', '六十日内向昌邑区人民政府申请行政复议', '六个月内向人民法院提起行政诉讼', '2026年7月8日', verificationCode, 'https://127.0.0.1/verify',
    ];
    let from = 0;
    for (const part of inOrder) {
      const found = text.indexOf(bare(String(part)), from);
      expect(found, `${part}`).toBeGreaterThanOrEqual(from);
      from = found;
    }
    expect(text).not.toContain(number);
  });

  test('in English says the same, and that the Chinese one is the decision', async () => {
    const made = await decide(personId);
    const { pdf, text } = await readLetter(made.decisionId, 'en');
    expect(pdf.language).toBe('en');
    for (const part of ['Decision: granted', 'To 张三一', '120,000 yuan', '人民币壹拾贰万元整', '1 July 2025', 'within 60 days', 'within six months', '8 July 2026', 'This is a translation']) expect(text).toContain(bare(part));
  });

  test('of a refusal names what failed and what was known, with its clause, and pays nothing', async () => {
    const { partyId } = await addGraduate({ 合同年限: 3 }, '张三二');
    const made = await decide(partyId, { name: '张三二', kind: 'refuse', reasons: '劳动合同只签了三年。' });
    const { text } = await readLetter(made.decisionId, 'zh');
    for (const part of ['不予决定书', '不予“企业引才生活补贴”', '不符合的条件', '合同年限：3年', '附件1三', '劳动合同只签了三年。', '申请行政复议']) expect(text).toContain(bare(part));
    for (const part of ['人民币', '合计', '张三一']) expect(text).not.toContain(part);
    const english = await readLetter(made.decisionId, 'en');
    expect(english.text).toContain(bare('Decision: refused'));
    expect(english.text).toContain(bare('3 years'));
  });

  test('of a revocation names the decision that it takes back; nobody takes one back twice', async () => {
    const granted = await decide(personId);
    const revoked = await decide(personId, { kind: 'revoke', caseId: granted.caseId, followsDecisionId: granted.decisionId, reasons: '已经离开该企业。' });
    const { text } = await readLetter(revoked.decisionId, 'zh');
    expect(text).not.toContain('✓');
    for (const part of ['撤销决定书', `撤销${granted.number}`, '已经离开该企业。', '申请行政复议']) expect(text).toContain(bare(part));
    expect((await approver.get(`/decisions/${granted.decisionId}`)).body.followedBy).toMatchObject({ number: revoked.number, kind: 'revoke' });
    await expect(decide(personId, { kind: 'revoke', caseId: granted.caseId, followsDecisionId: granted.decisionId })).rejects.toMatchObject({ code: 'decision-followed', values: { number: revoked.number } });
  });

  test('of what two funds pay tells the share of each, and no fen is lost', async () => {
    const funds = [{ fund: '市人才专项资金', jurisdictionCode: '220200', micro: 333_333 }, { fund: '县区人才专项资金', jurisdictionCode: '220202', micro: 666_667 }];
    const instalments = [2025, 2026, 2027, 2028, 2029].map((year) => ({ due: `${year}-07-01`, fen: 2_400_000 }));
    const made = await decide(personId, { outcome: { kind: 'money', amountFen: 12_000_000, instalments, funds } });
    expect(made.instalments.map(({ shares }) => shares.reduce((sum, { fen }) => sum + fen, 0))).toEqual([2_400_000, 2_400_000, 2_400_000, 2_400_000, 2_400_000]);
    const { text } = await readLetter(made.decisionId, 'zh');
    expect(text).toContain(bare('市人才专项资金（样例市） 7,999.99 元；县区人才专项资金（昌邑区） 16,000.01 元'));
  });

  test('is the same bytes each time', async () => {
    const made = await decide(personId);
    const [one, other] = [await readLetter(made.decisionId, 'zh'), await readLetter(made.decisionId, 'zh')];
    expect(one.raw.equals(other.raw)).toBe(true);
  });

  test('prints the rare characters of names, and for one that the face lacks its code and where it is written in', async () => {
    const { partyId } = await addGraduate({}, '张三一');
    const rare = await readLetter((await decide(partyId, { name: '张䶮㛃𬭎〇\u{E0100}𠮷鿰 Łukasz' })).decisionId, 'zh');
    expect(rare.text).toContain(bare('张䶮㛃𬭎〇𠮷鿰 Łukasz：'));
    expect(rare.text).not.toContain('U+');
    const made = await decide(partyId, { name: '张\u{2A6D0}\u{3134F}一' });
    const { text } = await readLetter(made.decisionId, 'zh');
    for (const part of ['张［U+2A6D0 U+3134F］一：', '“［U+…］”处是印刷字库里没有的字', '到昌邑区人社局，由工作人员手写补上并盖章']) expect(text).toContain(bare(part));
    const english = await readLetter(made.decisionId, 'en');
    for (const part of ['To 张[U+2A6D0 U+3134F]一', '“[U+…]” stands for a character', 'written in by hand']) expect(english.text).toContain(bare(part));
  });
});

describe('checking a letter', () => {
  test('anybody who holds it sees what is on it, the name masked, and whether it still stands', async () => {
    const granted = await decide(personId);
    const code = String((await approver.get(`/decisions/${granted.decisionId}`)).body.verificationCode);
    const { status, body } = await api.anyone().get(`/decisions/verify?code=${encodeURIComponent(code.toLowerCase().replaceAll('-', ' '))}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      number: granted.number, kind: 'grant', on: '2026-07-08', departmentName: '昌邑区人社局', name: '张*一', amountFen: 12_000_000, quantity: null, unit: 'fen', followedBy: null,
      benefit: { zh: '企业引才生活补贴', en: expect.any(String) }, policy: { zh: expect.any(String), en: expect.any(String) },
    });
    const revoked = await decide(personId, { kind: 'revoke', caseId: granted.caseId, followsDecisionId: granted.decisionId });
    expect((await api.anyone().get(`/decisions/verify?code=${code}`)).body.followedBy).toEqual({ number: revoked.number, kind: 'revoke', on: '2026-07-08' });
  });

  test('a wrong code, no code at all and the code of another city are answered alike', async () => {
    const granted = await decide(personId);
    const code = String((await approver.get(`/decisions/${granted.decisionId}`)).body.verificationCode);
    const wrong = `${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`;
    const answers = await Promise.all([wrong, 'ACDE-FHJK-MN23-4567', '1', `'; select 1 --`].map((each) => api.anyone().get(`/decisions/verify?code=${encodeURIComponent(each)}`)));
    for (const { status, body } of answers) {
      expect(status).toBe(404);
      expect({ ...body.error, requestId: '' }).toEqual({ ...answers[0]?.body.error, requestId: '' });
    }
    expect((await api.anyone().get(`/decisions/verify?code=${code}`)).status).toBe(200);
  });
});

describe('worked out again', () => {
  test('it is the same as long as nothing changed', async () => {
    const { partyId } = await addGraduate();
    const made = await decide(partyId);
    const { status, body } = await approver.get(`/decisions/${made.decisionId}/replay`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ isSame: true, changes: [], withheld: [], before: { status: 'yes', amount: { kind: 'exact', totalFen: 12_000_000 } } });
    expect(body.again).toEqual(body.before);
    expect(body.now).toEqual(body.before);
  });

  test('a fact that is told otherwise now is named, and what would follow from it; what was decided stays the same', async () => {
    const { partyId } = await addGraduate();
    const made = await decide(partyId);
    await say(partyId, { 合同年限: 3 }, '2026-06-20');
    const { body } = await approver.get(`/decisions/${made.decisionId}/replay`);
    expect(body).toMatchObject({ isSame: true, again: { status: 'yes' }, now: { status: 'no' } });
    expect(body.changes).toEqual([{ what: 'fact', name: '合同年限', before: 5, now: 3 }]);
  });

  test('another reading, parameter or version in force is named', async () => {
    const { partyId } = await addGraduate();
    const pack = await within((tx) => getSamplePack(api, tx));
    const reading = pack.policy.readings.find(({ alternatives }) => alternatives.length > 1);
    const [first, second] = reading?.alternatives.map(({ name }) => name) ?? [];
    const other = pack.readings[reading?.name ?? ''] === first ? second : first;
    const parameter = pack.policy.parameters.find(({ type }) => type === 'money' || type === 'number')?.name ?? pack.policy.parameters[0]?.name ?? '';
    const under = pack.under({ readings: { ...pack.readings, [reading?.name ?? '']: other ?? '' }, parameters: { ...pack.parameters, [parameter]: 12345 } });
    const facts = await within((tx) => factsForEvaluation(tx, jobScope(api.tenantId, 'test', 'fact.read'), api.parts.registry, partyId, { on: ON, knownAt: new Date() }));
    const made = await decide(partyId, { pack: under, evaluated: under.evaluate(facts, ON) });
    const { body } = await approver.get(`/decisions/${made.decisionId}/replay`);
    expect(body.isSame).toBe(true);
    expect(body.changes).toEqual([
      { what: 'parameter', name: parameter, before: 12345, now: pack.parameters[parameter] },
      { what: 'reading', name: reading?.name, before: other, now: pack.readings[reading?.name ?? ''] },
    ]);
    // A version that the city no longer has cannot answer: that is told, not guessed.
    const gone = await decide(partyId, { pack: { ...pack, packHash: 'f'.repeat(64) } });
    const replayed = (await approver.get(`/decisions/${gone.decisionId}/replay`)).body;
    expect(replayed).toMatchObject({ again: null, isSame: false, now: { status: 'yes' } });
    expect(replayed.changes).toEqual([{ what: 'pack', name: POLICY, before: 'f'.repeat(64), now: pack.packHash }]);
  });
});
