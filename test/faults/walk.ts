// The load: officers, people and the bank who bring cases and payments through every stage at random, and the bank's own book of what it has paid.
import { setTimeout as sleep } from 'node:timers/promises';
import { sampleCode, sampleNumber } from '../support/registry-samples.ts';
import { dayOf } from '../../src/domains/registry/index.ts';
import { Random } from '../../src/seed/random.ts';
import { yuanOfFen } from '../../src/spreadsheet/index.ts';
import type { Body, Caller, Told } from './caller.ts';
import { type FaultCity, type Officer, place } from './fault-city.ts';

/** What the walk knows to be true, because it was answered. */
export interface Known {
  /** By case: how often each kind of event was acknowledged. */
  readonly cases: Map<string, Map<string, number>>;
  /** People who were entered. */
  readonly people: string[];
  /** By payment number: what the bank moved. A number is paid once, whatever comes again. */
  readonly bank: Map<string, { readonly fen: number; readonly isPaid: boolean; isReturned: boolean }>;
  /** Stages in which something was acknowledged, counted. */
  readonly stages: Map<string, number>;
}

/** A walk under way. */
export interface Walk {
  readonly known: Known;
  /** Waits until everything under way is answered; nothing is begun before {@link Walk.goOn}. */
  readonly rest: () => Promise<void>;
  readonly goOn: () => void;
  /** Ends it once everything under way is answered. */
  readonly stop: () => Promise<void>;
}

const graduate = {
  学历: '硕士研究生', 全日制: true, 毕业院校: '吉林大学', 毕业日期: '2024-06-30', 初次就业: true, 缴纳社保: true, 合同起始日: '2024-07-01', 合同年限: 5, 入住人才公寓: false, 在岗: true,
  '用人单位.单位类型': '企业', '用人单位.所有制': '民营', '用人单位.规上': true, '用人单位.所在地': '220202',
};

/** Below that, people are entered and file before anything else. */
const FEW_CASES = 12;

/** Refusals that come of two doing the same, of what has changed meanwhile, of weeks that have passed, or of money that is not there; any other is a mistake. */
const expected = new Set([
  'changed-meanwhile', 'precondition-required', 'case-status-unfit', 'case-opinion-given', 'case-supplement-once', 'case-held', 'case-undo-late', 'case-appeal-late', 'case-appeal-once', 'case-exists', 'case-claimed', 'case-not-yours',
  'own-hands-refused', 'ledger-floor', 'publicity-nothing', 'publicity-running', 'objection-answered', 'not-found', 'batch-empty', 'batch-state-unfit', 'result-imported-already', 'result-rows-wrong', 'payment-state-unfit',
  'instalment-state-unfit', 'repayment-state-unfit', 'repayment-too-large', 'settled-already', 'doubt-not-passable', 'ledger-part', 'payment-asked-back',
]);
/** What is written down with a day. */
const dated = new Set(['payments.return', 'repayments.receive']);

/** Starts so many walkers; each begins something as soon as it has finished what it did. */
export function startWalk(city: FaultCity, caller: Caller, { seed, walkers }: { readonly seed: number; readonly walkers: number }): Walk {
  const known: Known = { cases: new Map(), people: [], bank: new Map(), stages: new Map() };
  let isStopping = false;
  let resting: { readonly promise: Promise<void>; readonly resolve: () => void } | undefined;
  let employerId: string | undefined;
  let underWay = 0;

  const act = async (stage: string, id: string, by: Officer | undefined, path: string, more: { body?: unknown; bytes?: Uint8Array; etag?: string } = {}): Promise<Told> => {
    const told = await caller.act({ id, by, path, ...more });
    if (told.isDone) known.stages.set(stage, (known.stages.get(stage) ?? 0) + 1);
    // Where the clock went back, today may be before the day on which a batch was sent, paid or a repayment demanded.
    else if (!expected.has(told.code) && !(dated.has(id) && told.code === 'input-invalid' && city.isBehind())) caller.breaches.push(`${id}: ${told.code} ${JSON.stringify(told.body)}`);
    return told;
  };
  const onCase = async (stage: string, id: string, event: string, by: Officer, caseId: string, path: string, body: unknown, etag?: string): Promise<Told> => {
    const told = await act(stage, id, by, `/cases/${caseId}/${path}`, { body, ...(etag === undefined ? {} : { etag }) });
    if (told.isDone) noteEvent(known, caseId, event);
    return told;
  };

  let entered = 0;
  const enter = async (random: Random): Promise<void> => {
    if (employerId === undefined) {
      const told = await act('enter', 'organisations.create', 'intake', '/organisations', { body: { name: '样例一公司', jurisdictionCode: place.jurisdictionCode, creditCode: sampleCode() } });
      employerId ??= told.body.partyId;
    }
    // The samples' numbers of a day come again after 500.
    const birthDate = new Date(Date.UTC(1970, 0, 1 + Math.floor(entered++ / 400))).toISOString().slice(0, 10);
    const name = `张三${'一二三四五六七八九十'[random.between(0, 9)] ?? ''}`;
    const told = await act('enter', 'people.create', 'intake', '/people', { body: { name, jurisdictionCode: place.jurisdictionCode, document: { kind: 'number', number: sampleNumber({ birthDate }) } } });
    const partyId = told.body.partyId ?? '';
    known.people.push(partyId);
    await act('enter', 'people.record-employment', 'intake', `/people/${partyId}/employments`, { body: { organisationId: employerId, startedOn: '2024-07-01', origin: '材料', trustClass: 'B' } });
    await act('enter', 'bank-accounts.add', 'intake', `/parties/${partyId}/bank-accounts`, { body: { bankName: '样例银行昌邑支行', holderName: name, number: sampleCard() } });
    await act('enter', 'people.record-statement', 'intake', `/people/${partyId}/statements`, { body: { origin: '材料', trustClass: 'B', purpose: 'eligibility', asOf: '2026-06-30', facts: graduate } });
    const filed = await act('file', 'applications.file', 'intake', '/applications', { body: { subjectId: partyId, benefits: [{ policyId: place.policyId, benefitId: place.benefitId }] } });
    for (const item of filed.body.items ?? []) if (item.outcome === 'filed') noteEvent(known, item.caseId ?? '', 'filed');
    // The same once more: there is one case already, and no second.
    if (random.chance(0.1)) {
      const again = await act('file again', 'applications.file', 'intake', '/applications', { body: { subjectId: partyId, benefits: [{ policyId: place.policyId, benefitId: place.benefitId }] } });
      if (again.body.items?.[0]?.outcome !== 'exists') caller.breaches.push(`a second case for ${partyId}: ${JSON.stringify(again.body)}`);
    }
  };

  const work = async (random: Random): Promise<void> => {
    const ids = Array.from(known.cases.keys());
    if (ids.length === 0) return;
    const caseId = random.pick(ids);
    const seen = await caller.look('approver', `/cases/${caseId}`);
    if (!seen.isDone) return void caller.breaches.push(`case ${caseId} was acknowledged and cannot be seen: ${seen.code}`);
    const { etag } = seen;
    if (random.chance(0.05)) await onCase('note', 'cases.note', 'noted', 'reviewer', caseId, 'notes', { words: '样例备注' });
    switch (seen.body.status) {
      case 'filed':
        if (random.chance(0.12)) await onCase('supplement', 'cases.ask-supplement', 'supplement-asked', 'intake', caseId, 'supplement-request', { words: '请补劳动合同', papers: ['劳动合同'] }, etag);
        else if (random.chance(0.06)) await onCase('withdraw', 'cases.withdraw', 'withdrawn', 'intake', caseId, 'withdrawal', undefined, etag);
        else await onCase('accept', 'cases.accept', 'accepted', 'intake', caseId, 'acceptance', {}, etag);
        break;
      case 'awaiting-supplement':
        await onCase('supplement', 'cases.answer-supplement', 'supplement-answered', 'intake', caseId, 'supplement', { words: '已经补了' }, etag);
        break;
      case 'in-review':
        // Both at once where both are there: one of them has to look again.
        await Promise.all([
          onCase('opinion', 'cases.give-opinion', 'opinion-given', 'reviewer', caseId, 'opinion', { opinion: 'agree' }, etag),
          ...(random.chance(0.5) ? [onCase('opinion', 'cases.give-opinion', 'opinion-given', 'accountant', caseId, 'opinion', { opinion: 'agree' }, etag)] : []),
        ]);
        if (random.chance(0.5)) await onCase('opinion', 'cases.give-opinion', 'opinion-given', 'accountant', caseId, 'opinion', { opinion: 'agree' }, (await caller.look('accountant', `/cases/${caseId}`)).etag);
        break;
      case 'deciding':
        await decide(random, caseId, etag);
        break;
      case 'refused':
        if (random.chance(0.5)) await onCase('appeal', 'cases.appeal', 'appealed', 'intake', caseId, 'appeal', { words: '请再看一次' }, etag);
        break;
      case 'in-appeal':
        await onCase('appeal', 'cases.answer-appeal', 'appeal-answered', 'judge', caseId, 'appeal/answer', { outcome: random.chance(0.5) ? 'upheld' : 'reopened', reason: '看过了' }, etag);
        break;
      case 'withdrawn':
        await onCase('withdraw', 'cases.undo-withdrawal', 'withdrawal-undone', 'intake', caseId, 'withdrawal/undo', undefined, etag);
        break;
      case 'granted':
      case 'in-publication':
        if (random.chance(0.03)) await onCase('revoke', 'cases.revoke', 'revoked', random.chance(0.5) ? 'approver' : 'judge', caseId, 'revocation', { reason: '材料不实' }, etag);
        break;
      default:
    }
  };

  const decide = async (random: Random, caseId: string, etag: string): Promise<void> => {
    const isGrant = random.chance(0.9);
    const [decision, other] = await Promise.all([
      caller.act({ id: 'cases.decide', by: 'approver', path: `/cases/${caseId}/decision`, body: { outcome: isGrant ? 'grant' : 'refuse', reason: '样例理由' }, etag }),
      // Another approver at the same moment: one of the two decides.
      random.chance(0.2) ? caller.act({ id: 'cases.decide', by: 'judge', path: `/cases/${caseId}/decision`, body: { outcome: 'refuse', reason: '样例理由' }, etag }) : undefined,
    ]);
    if (decision.isDone) noteEvent(known, caseId, isGrant ? 'granted' : 'refused');
    if (other?.isDone === true) noteEvent(known, caseId, 'refused');
    for (const told of [decision, other]) {
      if (told === undefined) continue;
      // Where the clock went back, what is known may be of tomorrow: not yet enough to work an amount out, so the case waits.
      if (told.isDone) known.stages.set('decide', (known.stages.get('decide') ?? 0) + 1);
      else if (!expected.has(told.code) && !((told.code === 'case-amount-open' || told.code === 'case-days-open') && city.isBehind())) caller.breaches.push(`cases.decide: ${told.code} ${JSON.stringify(told.body)}`);
    }
    // The fund has not enough: refused in words.
    if (decision.code === 'ledger-floor') await onCase('decide', 'cases.decide', 'refused', 'approver', caseId, 'decision', { outcome: 'refuse', reason: '资金不足' }, etag);
  };

  const publish = async (random: Random): Promise<void> => {
    if (random.chance(0.4)) await act('publish', 'publicity.open', random.chance(0.5) ? 'approver' : 'judge', '/publicity/lists', { body: { jurisdictionCode: place.jurisdictionCode, policyId: place.policyId, benefitId: place.benefitId } });
    const lists = (await caller.look(undefined, '/public-lists')).body.items ?? [];
    if (lists.length > 0 && random.chance(0.3)) {
      const { listId } = random.pick(lists);
      const entries = (await caller.look(undefined, `/public-lists/${listId}/entries?limit=50`)).body.items ?? [];
      if (entries.length > 0) {
        const { entryId } = random.pick(entries);
        await act('object', 'objections.make', undefined, `/public-lists/${listId}/entries/${entryId}/objections`, { body: { text: '这个人已经离开了', reach: 'sample@example.com' } });
      }
    }
    for (const state of ['open', 'upheld'] as const) {
      const waiting = (await caller.look('approver', `/objections?state=${state}&limit=20`)).body.items ?? [];
      if (waiting.length === 0) continue;
      const { objectionId } = random.pick(waiting);
      const { etag } = await caller.look('judge', `/objections/${objectionId}`);
      const outcome = state === 'upheld' ? 'remedied' : random.chance(0.8) ? 'dismissed' : 'upheld';
      await act('object', 'objections.answer', 'judge', `/objections/${objectionId}/answer`, { body: { outcome, text: '核对过了' }, etag });
    }
  };

  const listed = async (by: Officer, path: string): Promise<readonly Body[]> => (await caller.look(by, path)).body.items ?? [];

  const pay = async (random: Random): Promise<void> => {
    const waiting = await listed('preparer', '/instalments?state=waiting&dueTo=2026-12-31&limit=50');
    if (waiting.length > 0) await act('check', 'instalments.check', 'preparer', '/instalments/checks', { body: { instalmentIds: waiting.map(({ instalmentId }) => instalmentId ?? '') } });
    const doubts = await listed('reviewer', '/payment-doubts?status=open&limit=20');
    if (doubts.length > 0) {
      const { doubtId, isPassable } = random.pick(doubts);
      if (isPassable === true) await act('check', 'payment-doubts.settle', 'reviewer', `/payment-doubts/${doubtId}/settlement`, { body: { as: 'pay', reason: '核对过了' } });
    }
    const ready = await listed('preparer', '/instalments?state=ready&limit=50');
    if (ready.length > 0) {
      const some = ready.slice(0, random.between(1, 8)).map(({ instalmentId }) => instalmentId);
      const prepare = (by: Officer): Promise<Told> => act('prepare', 'payment-batches.prepare', by, '/payment-batches', { body: { jurisdictionCode: place.jurisdictionCode, dueTo: '2026-12-31', instalmentIds: some } });
      // Two officers at once want to pay the same.
      await Promise.all([prepare('preparer'), ...(random.chance(0.3) ? [prepare('sender')] : [])]);
    }
    for (const state of ['prepared', 'approved-once', 'approved', 'sent'] as const) {
      const batches = await listed('preparer', `/payment-batches?state=${state}&limit=20&sort=oldest`);
      if (batches.length > 0) await carry(random, state, random.pick(batches).batchId ?? '');
    }
    const returned = await listed('preparer', '/instalments?state=returned&limit=20');
    if (returned.length > 0) await act('retry', 'instalments.retry', 'preparer', `/instalments/${random.pick(returned).instalmentId}/retry`);
    if (random.chance(0.3)) await recover(random);
  };

  const carry = async (random: Random, state: 'prepared' | 'approved-once' | 'approved' | 'sent', batchId: string): Promise<void> => {
    const path = `/payment-batches/${batchId}`;
    const { etag, body } = await caller.look('preparer', path);
    if (state === 'prepared' && random.chance(0.05)) return void (await act('cancel', 'payment-batches.cancel', 'preparer', `${path}/cancellation`, { body: { reason: '样例' }, etag }));
    if (state === 'prepared' || state === 'approved-once') {
      const approve = (by: Officer): Promise<Told> => act('approve', 'payment-batches.approve', by, `${path}/approvals`, { etag });
      return void (await Promise.all([approve(state === 'prepared' ? 'first' : 'second'), ...(random.chance(0.2) ? [approve('second')] : [])]));
    }
    if (state === 'approved') {
      const send = (by: Officer): Promise<Told> => act('send', 'payment-batches.send', by, `${path}/sending`, { etag });
      return void (await Promise.all([send('sender'), ...(random.chance(0.3) ? [send('preparer')] : [])]));
    }
    await answerBatch(random, path, dayOf(new Date(body.sentAt ?? 0)));
  };

  /** The bank takes the file, pays each number once on the day it was given it, and answers; the answer is sent by one officer or by two at once. */
  const answerBatch = async (random: Random, path: string, on: string): Promise<void> => {
    const lines = readFile(await caller.read('sender', `${path}/bank-file?format=csv`));
    for (const { number, fen } of lines) if (!known.bank.has(number)) known.bank.set(number, { fen, isPaid: random.chance(0.85), isReturned: false });
    const rows = lines.map(({ number, fen }) => `${number},${yuanOfFen(fen)},${known.bank.get(number)?.isPaid === true ? '成功' : '失败'},${on},${known.bank.get(number)?.isPaid === true ? '' : '账号不符'}`);
    if (rows.length === 0) return;
    const bytes = Buffer.from(`\ufeff付款编号,金额（元）,结果,日期,原因\r\n${rows.join('\r\n')}\r\n`);
    const book = (by: Officer): Promise<Told> => act('result', 'payment-batches.import-result', by, `${path}/results?fileName=${encodeURIComponent('结果.csv')}`, { bytes });
    await Promise.all([book('sender'), ...(random.chance(0.3) ? [book('preparer')] : [])]);
  };

  /** Something that was paid comes back from the bank, or is asked back. */
  const recover = async (random: Random): Promise<void> => {
    const batches = await listed('preparer', '/payment-batches?state=closed&limit=50');
    if (batches.length > 0) {
      const paid = await listed('sender', `/payment-batches/${random.pick(batches).batchId}/payments?state=paid&limit=50`);
      if (paid.length > 0) {
        const { paymentId, paymentNumber } = random.pick(paid);
        if (random.chance(0.5)) {
          const told = await act('return', 'payments.return', 'sender', `/payments/${paymentId}/return`, { body: { on: dayOf(city.now()), reason: '账户已销户' } });
          const line = known.bank.get(paymentNumber ?? '');
          if (told.isDone && line !== undefined) line.isReturned = true;
        } else await act('recovery', 'repayments.propose', 'preparer', '/repayments', { body: { payments: [{ paymentId }], document: '样例追〔2026〕1号', reason: '提前离开' } });
      }
    }
    const proposed = await listed('first', '/repayments?state=proposed&limit=20');
    const byProgram = proposed.filter(({ waitsForAdoption }) => waitsForAdoption === true);
    if (byProgram.length > 0) await act('recovery', 'repayments.adopt', 'preparer', `/repayments/${random.pick(byProgram).repaymentId}/adoption`);
    if (proposed.length > 0) await act('recovery', 'repayments.demand', 'first', `/repayments/${random.pick(proposed).repaymentId}/demand`);
    const demanded = await listed('first', '/repayments?state=demanded&limit=20');
    if (demanded.length === 0) return;
    const { repaymentId, owedFen } = random.pick(demanded);
    if (random.chance(0.6)) {
      const fen = random.between(1, owedFen ?? 1);
      await act('recovery', 'repayments.receive', 'sender', `/repayments/${repaymentId}/receipts`, { body: { fen, on: dayOf(city.now()), bankReference: `R${random.bits()}` } });
    } else {
      const told = await act('recovery', 'repayments.propose-write-off', 'preparer', `/repayments/${repaymentId}/write-off`, { body: { document: '样例核〔2026〕1号' } });
      if (told.isDone) await act('recovery', 'repayments.write-off', 'second', `/repayments/${repaymentId}/write-off/approval`, { etag: told.etag });
    }
  };

  const walker = async (at: number): Promise<void> => {
    const random = new Random(seed, 'id', at);
    while (!isStopping) {
      if (resting !== undefined) {
        await resting.promise;
        continue;
      }
      underWay++;
      try {
        const share = random.share();
        // The first walkers pay, so that there is one who looks for money at any time.
        if (at === 0) await pay(random);
        else if (share < (known.cases.size < FEW_CASES ? 0.6 : 0.1)) await enter(random);
        else if (share < 0.2) await publish(random);
        else if (share < 0.28) await pay(random);
        else await work(random);
      } catch (error) {
        caller.breaches.push(`the walk itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        await sleep(500);
      } finally {
        underWay--;
      }
      if (at === 0) await sleep(100);
    }
  };
  const running = Array.from({ length: walkers }, (_, at) => walker(at));
  return {
    known,
    async rest() {
      resting ??= Promise.withResolvers<void>();
      while (underWay > 0) await sleep(20);
    },
    goOn() {
      resting?.resolve();
      resting = undefined;
    },
    async stop() {
      isStopping = true;
      resting?.resolve();
      await Promise.all(running);
    },
  };
}

function noteEvent({ cases }: Known, caseId: string, event: string): void {
  const events = cases.get(caseId) ?? new Map<string, number>();
  cases.set(caseId, events);
  events.set(event, (events.get(event) ?? 0) + 1);
}

/** The lines of a file for the bank, without its last one. */
function readFile(text: string): readonly { readonly number: string; readonly fen: number }[] {
  const [heading = '', ...rows] = text.replace(/^\ufeff/, '').split(/\r?\n/).filter((row) => row !== '');
  const columns = heading.split(',');
  const [number, amount] = ['Payment number', 'Amount (yuan)'].map((name) => columns.indexOf(name));
  return rows
    .map((row) => row.split(',').map((cell) => cell.replaceAll('"', '')))
    .map((cells) => ({ number: cells[number ?? 0] ?? '', fen: Math.round(Number(cells[amount ?? 0]) * 100) }))
    .filter((line) => line.number !== 'Total' && line.number !== '' && line.fen > 0);
}

let cards = 0;

/** A card number by Luhn's check; each call gives another. */
function sampleCard(): string {
  const digits = `622202${String(1_000_000_000 + ++cards)}`;
  const sum = Array.from(digits).reverse().reduce((total, digit, at) => {
    const doubled = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
