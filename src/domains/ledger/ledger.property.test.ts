// Random operations in every unit, by several connections at once, on the real database: balances are sums, floors hold, retries change nothing, nobody is locked for good.
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTenant, makeTestDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { Refusal } from '../../contract/errors.ts';
import { newId, type Tx } from '../../storage/database.ts';
import { jobScope } from '../permissions/index.ts';
import { accountRoles, units } from './account.ts';
import {
  type AccountRole, beginPayment, checkLedger, commit, demand, failPayment, openYear, release, returnPayment, settleDemand, settlePayment, transfer, type Unit, writeOff,
} from './index.ts';

let database: TestDatabase;
let tenantId: number;
beforeAll(async () => {
  database = await makeTestDatabase({ connections: 6 });
  tenantId = await makeTenant(database, { jurisdictions: [{ code: '220202', name: '昌邑区' }] });
});
afterAll(() => database.drop());

const now = new Date('2026-11-21T04:00:00Z');
const codes = ['220200', '220202'] as const;
const years = [2026, 2027] as const;
const fund = '样例资金';
const placeRoles: readonly AccountRole[] = accountRoles;

/** What somebody does; `at` picks one of the things that were made before. */
type Step =
  | { readonly do: 'open'; readonly pot: Pot; readonly amount: number }
  | { readonly do: 'commit'; readonly parts: readonly { readonly pot: Pot; readonly amount: number }[] }
  | { readonly do: 'begin'; readonly at: readonly number[]; readonly share: number | undefined }
  | { readonly do: 'settle' | 'fail' | 'return'; readonly at: number }
  | { readonly do: 'release'; readonly at: readonly number[]; readonly amount: number | undefined }
  | { readonly do: 'demand' | 'recover' | 'write-off'; readonly at: number; readonly amount: number }
  | { readonly do: 'transfer'; readonly pot: Pot; readonly moves: readonly { readonly from: AccountRole; readonly to: AccountRole; readonly amount: number; readonly isPending: boolean }[] }
  | { readonly do: 'end'; readonly at: number; readonly kind: 'post' | 'void' }
  | { readonly do: 'again'; readonly at: number };
interface Pot {
  readonly unit: Unit;
  readonly jurisdictionCode: string;
  readonly fund: string;
  readonly year: number;
}

const amount = fc.integer({ min: 1, max: 40 });
const index = fc.nat({ max: 1000 });
const pot = fc.record({ unit: fc.constantFrom(...units), jurisdictionCode: fc.constantFrom(...codes), fund: fc.constant(fund), year: fc.constantFrom(...years) });
const role = fc.constantFrom(...placeRoles);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), pot, amount: fc.nat({ max: 3000 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('commit' as const), parts: fc.array(fc.record({ pot, amount }), { minLength: 1, maxLength: 5 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('begin' as const), at: fc.array(index, { minLength: 1, maxLength: 4 }), share: fc.option(amount, { nil: undefined, freq: 1 }) }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constantFrom('settle' as const, 'settle' as const, 'settle' as const, 'fail' as const, 'return' as const), at: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), at: fc.array(index, { minLength: 1, maxLength: 3 }), amount: fc.option(amount, { nil: undefined }) }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constantFrom('demand' as const, 'recover' as const, 'recover' as const, 'write-off' as const), at: index, amount }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('transfer' as const), pot, moves: fc.array(fc.record({ from: fc.oneof(role, fc.constant('free' as const)), to: role, amount, isPending: fc.boolean() }), { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), at: index, kind: fc.constantFrom('post' as const, 'void' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('again' as const), at: index }) },
);

/** What was made so far, shared by all who work at once. */
interface Made {
  readonly parts: string[];
  readonly payments: string[];
  /** The parts of each payment; of those that were settled; of those that were demanded back. */
  readonly partsOf: Map<string, readonly string[]>;
  readonly paid: string[];
  readonly demanded: string[];
  readonly pendings: string[];
  /** What was done, to be done again. */
  readonly done: Work['run'][];
}

/** A step with all its ids chosen. */
interface Work {
  readonly run: (tx: Tx) => Promise<unknown>;
  readonly keep: () => void;
  /** Releases whatever is committed at the time: done again later it may release what has come back since. */
  readonly isOfTheMoment?: boolean;
}

const pay = () => jobScope(tenantId, 'test', 'ledger.pay');
const promise = () => jobScope(tenantId, 'test', 'ledger.commit');

/** The work of a step; undefined where there is nothing yet to do it with. */
function workOf(given: Step, made: Made): Work | undefined {
  // One of the latest, so that steps meet.
  const pick = (from: readonly string[], at: number): string | undefined => from[from.length - 1 - (at % Math.max(1, Math.min(from.length, 5)))];
  const pickAll = (from: readonly string[], at: readonly number[]): readonly string[] => [...new Set(at.flatMap((each) => pick(from, each) ?? []))];
  const nothing = (): void => {};
  switch (given.do) {
    case 'open': {
      const year = { ...given.pot, budgetId: newId(), amount: given.amount, reference: '样财〔2026〕1号', proposedBy: newId(), confirmedBy: newId() };
      return { run: (tx) => openYear(tx, jobScope(tenantId, 'test', 'budget.record'), year, now), keep: nothing };
    }
    case 'commit': {
      const parts = given.parts.map((part) => ({ ...part.pot, partId: newId(), amount: part.amount }));
      const commitment = { caseId: newId(), decisionId: newId(), parts };
      return { run: (tx) => commit(tx, promise(), commitment, now), keep: () => void made.parts.push(...parts.map(({ partId }) => partId)) };
    }
    case 'begin': {
      const parts = pickAll(made.parts, given.at).map((partId) => ({ partId, amount: given.share }));
      const paymentId = newId();
      return parts.length === 0 ? undefined : { run: (tx) => beginPayment(tx, pay(), { batchId: null, payments: [{ paymentId, parts }] }, now), keep: () => { made.payments.push(paymentId); made.partsOf.set(paymentId, parts.map(({ partId }) => partId)); } };
    }
    case 'settle':
    case 'fail':
    case 'return': {
      const paymentId = pick(made.payments, given.at);
      const act = { settle: settlePayment, fail: failPayment, return: returnPayment }[given.do];
      return paymentId === undefined ? undefined : { run: (tx) => act(tx, pay(), { paymentIds: [paymentId] }, now), keep: () => void (given.do === 'settle' && made.paid.push(...(made.partsOf.get(paymentId) ?? []))) };
    }
    case 'release': {
      const partIds = pickAll(made.parts, given.at);
      const what = given.amount === undefined ? { partIds } : { releaseId: newId(), parts: partIds.map((partId) => ({ partId, amount: given.amount ?? 0 })) };
      return partIds.length === 0 ? undefined : { run: (tx) => release(tx, promise(), { reason: 'revoked', ...what }, now), keep: nothing, isOfTheMoment: given.amount === undefined };
    }
    case 'demand':
    case 'recover':
    case 'write-off': {
      const partId = pick(given.do === 'demand' ? made.paid : made.demanded, given.at);
      if (partId === undefined) return undefined;
      const id = newId();
      const parts = [{ partId, amount: given.do === 'demand' ? given.amount : 1 + (given.amount % 6) }];
      const isFree = given.at % 2 === 0;
      const act = {
        demand: (tx: Tx) => demand(tx, pay(), { demandId: id, parts }, now),
        recover: (tx: Tx) => settleDemand(tx, pay(), { settlementId: id, parts, isFree, freeYear: given.at % 3 === 0 ? 2029 : undefined }, now),
        'write-off': (tx: Tx) => writeOff(tx, pay(), { writeOffId: id, parts, document: '样财〔2026〕9号' }, now),
      }[given.do];
      return { run: act, keep: () => void (given.do === 'demand' && made.demanded.push(partId)) };
    }
    case 'transfer': {
      const { unit, jurisdictionCode, fund, year } = given.pot;
      const transfers = given.moves
        // What people have set or been promised is moved by its own functions; here only rooms and posts, seats in use and given back.
        .filter(({ from, to }) => from !== to && from !== 'source' && to !== 'source')
        .map(({ from, to, isPending, ...move }) => ({ transferId: newId(), kind: isPending ? ('pending' as const) : ('posted' as const), unit, jurisdictionCode, from: { fund, year, role: from }, to: { fund, year, role: to }, reason: { kind: 'use' as const }, ...move }));
      const pendings = transfers.filter(({ kind }) => kind === 'pending').map(({ transferId }) => transferId);
      return transfers.length === 0 ? undefined : { run: (tx) => transfer(tx, pay(), transfers, now), keep: () => void made.pendings.push(...pendings) };
    }
    case 'end': {
      const pendingId = pick(made.pendings, given.at);
      const transferId = newId();
      return pendingId === undefined ? undefined : { run: (tx) => transfer(tx, pay(), [{ transferId, kind: given.kind, pendingId, reason: { kind: 'use' } }], now), keep: nothing };
    }
    case 'again': {
      const run = made.done[given.at % Math.max(1, made.done.length)];
      return run && { run, keep: nothing };
    }
  }
}

/** One transaction and no second try: a deadlock is an error here. */
const once = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
  database.db.kysely.transaction().execute(async (tx) => {
    await sql.raw(`set local wutong.tenant_id = '${tenantId}'`).execute(tx);
    return work(tx);
  });
const check = () => once((tx) => checkLedger(tx, jobScope(tenantId, 'test', 'ledger.check')));
const expected = new Set(['ledger-floor', 'ledger-part', 'ledger-conflict', 'ledger-not-paid', 'budget-missing', 'budget-same', 'budget-below-committed', 'budget-before-changed', 'not-found', 'settled-already']);

test('whatever is booked, by however many at once, every balance is the sum of its transfers', async () => {
  const told = new Map<string, number>();
  const count = (what: string): void => void told.set(what, (told.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 25, maxLength: 50 }), { minLength: 3, maxLength: 4 }), async (workers) => {
      const made: Made = { parts: [], payments: [], partsOf: new Map(), paid: [], demanded: [], pendings: [], done: [] };
      let isWorking = true;
      // Somebody looks all the time: what is not whole at any moment is found.
      const watch = async (): Promise<readonly unknown[]> => {
        for (;;) {
          const { findings } = await check();
          if (findings.length > 0 || !isWorking) return findings;
        }
      };
      const work = async (steps: readonly Step[]): Promise<void> => {
        for (const each of steps) {
          const does = workOf(each, made);
          if (does === undefined) continue;
          try {
            await once(does.run);
            does.keep();
            if (each.do !== 'again' && does.isOfTheMoment !== true) made.done.push(does.run);
            count(each.do);
          } catch (error) {
            // What was booked once is never refused.
            if (!(error instanceof Refusal) || !expected.has(error.code) || each.do === 'again') throw error;
            count(error.code);
          }
        }
      };
      const working = Promise.all(workers.map(work)).finally(() => (isWorking = false));
      const [found] = await Promise.all([watch(), working]);
      expect(found).toEqual([]);
      const before = await check();
      expect(before.findings).toEqual([]);
      expect(before.units.every(({ sum }) => sum === 0)).toBe(true);
      // All of it once more, by all at once: the same ids change nothing.
      await Promise.all(made.done.map((run) => once(run)));
      expect(await check()).toEqual(before);
    }),
    // Who comes first differs every time, so a smaller example would say no more.
    { numRuns: 12, endOnFailure: true },
  );
  // The walk came everywhere.
  const everywhere = ['open', 'commit', 'begin', 'settle', 'fail', 'return', 'release', 'demand', 'recover', 'write-off', 'transfer', 'end', 'again', 'ledger-floor', 'ledger-part'];
  expect(everywhere.filter((what) => !told.has(what))).toEqual([]);
});
