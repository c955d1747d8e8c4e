// Breaks a city under load, fault after fault, checks it, and tells in one table what was done, lost and refused.
import { setTimeout as sleep } from 'node:timers/promises';
import { runLists } from '../../src/domains/publicity/index.ts';
import { checkDue } from '../../src/domains/payments/index.ts';
import { escalateCases } from '../../src/domains/cases/index.ts';
import { Random } from '../../src/seed/random.ts';
import { makeCaller } from './caller.ts';
import { type Checked, checkCity } from './check-city.ts';
import { type FaultCity, type Half, startFaultCity } from './fault-city.ts';
import { startSeats } from './seats.ts';
import { startWalk } from './walk.ts';

/** What to do to the city. */
export interface BreakPlan {
  readonly seed: number;
  /** How often a server is killed, now and then both at once; windows kill one more. */
  readonly serverKills: number;
  readonly databaseKills: number;
  readonly clockJumps: number;
  /** It goes on until at least so long has passed. */
  readonly minutes?: number;
  readonly walkers: number;
  /** Told what happens. */
  readonly say?: (line: string) => void;
}

/** What came of it. */
export interface Outcome {
  /** The table, a row each: what, how often. */
  readonly table: readonly (readonly [what: string, count: number])[];
  readonly stages: ReadonlyMap<string, number>;
  readonly breaches: readonly string[];
}

/** What four people are paid in a year: the fund has enough for four times as many as there are kills, and then not. */
const YEAR_FEN = 4 * 2_400_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Five working days and the days off between. */
const WINDOW_DAYS = 8;
/** The calendar is published for the year in which it begins; that many windows fit. */
const MOST_WINDOWS = 18;
const LEAST_BETWEEN = 8;
/** Of everything that is counted, so much has been done before the end, however slow the machine is. */
export const LEAST_DONE = 11;
/** Nothing is acknowledged for so long: it does not go on. Far longer than a start on a busy machine. */
const STANDSTILL_MS = 180_000;
/** More breaches are only counted. */
const MOST_TOLD = 50;

type Fault = 'server' | 'both' | 'database' | 'forward' | 'back' | 'window';

/** Does it all; the city is made for it and removed afterwards. */
export async function breakCity({ seed, serverKills, databaseKills, clockJumps, minutes = 0, walkers, say = () => {} }: BreakPlan): Promise<Outcome> {
  const random = new Random(seed, 'facts', 0);
  const begun = performance.now();
  const city = await startFaultCity({ yearFen: YEAR_FEN * Math.max(3, serverKills) });
  try {
    say(`the city stands after ${seconds(begun)} s`);
    const calls = new Random(seed, 'name', 0);
    const caller = makeCaller(city, () => calls.between(0, 1));
    const seats = await startSeats(city);
    const walk = startWalk(city, caller, { seed, walkers });
    const again = startJobsAgain(city, random);
    const done = { server: 0, both: 0, database: 0, forward: 0, back: 0, window: 0 } satisfies Record<Fault, number>;
    let starts = 0;
    const acknowledged = (): number => sumOf(caller.counts.done);
    let told = 0;
    const tell = (line: string): void => {
      say(`${seconds(begun)} s  ${line}`);
      for (; told < caller.breaches.length && told < MOST_TOLD; told++) say(`   breach: ${caller.breaches[told] ?? ''}`);
    };

    /** Waits for work, not for a time: what does not go on at all is a breach. */
    const until = async (isEnough: () => boolean): Promise<void> => {
      for (let [last, since] = [acknowledged(), performance.now()]; !isEnough(); await sleep(20)) {
        if (acknowledged() > last) [last, since] = [acknowledged(), performance.now()];
        if (performance.now() - since > STANDSTILL_MS) return void caller.breaches.push(`nothing was acknowledged for ${STANDSTILL_MS / 1000} s`);
      }
    };
    const restart = async (half: Half): Promise<void> => {
      half.server = await half.city.start();
      starts++;
    };
    const kill = async (...halves: readonly Half[]): Promise<void> => {
      await Promise.all(
        halves.map(async (half) => {
          const { server } = half;
          half.server = undefined;
          await server?.kill();
        }),
      );
    };
    const carryOut: Readonly<Record<Fault, () => Promise<void>>> = {
      server: async () => {
        const half = random.pick(city.halves);
        await kill(half);
        await restart(half);
      },
      both: async () => {
        await kill(...city.halves);
        // The one that keeps the database is there first.
        for (const half of city.halves) await restart(half);
      },
      database: async () => {
        process.kill(city.postgresPid(), 'SIGKILL');
        await sleep(random.between(100, 1500));
      },
      forward: () => city.moveClock(random.between(1, 30) * HOUR_MS),
      back: () => city.moveClock(-random.between(1, 30) * HOUR_MS),
      // Keys of repeated calls are kept for two days: nobody is under way when weeks pass.
      window: async () => {
        await walk.rest();
        await city.moveClock(WINDOW_DAYS * DAY_MS);
        // Whoever starts looks at once.
        await kill(city.halves[1]);
        await restart(city.halves[1]);
        walk.goOn();
      },
    };

    // Both at the same moment: two of the kills.
    const both = Math.max(1, Math.floor(serverKills / 10));
    const plan = shuffle(random, [
      ...repeat('server', serverKills - 2 * both),
      ...repeat('both', both),
      ...repeat('database', databaseKills),
      ...repeat('forward', Math.ceil(clockJumps / 2)),
      ...repeat('back', Math.floor(clockJumps / 2)),
    ]);
    const windows = Math.min(MOST_WINDOWS, Math.max(2, Math.floor(plan.length / 3)));
    const every = Math.max(1, Math.floor(plan.length / windows));
    const faults = plan.flatMap((fault, at): readonly Fault[] => (at % every === every - 1 && at / every < windows ? [fault, 'window'] : [fault]));
    const pauseMs = (minutes * 60_000) / Math.max(1, faults.length);
    for (const [at, fault] of faults.entries()) {
      const [before, since] = [acknowledged(), performance.now()];
      // Under load: something is acknowledged before every fault; and it comes at any moment of what is under way.
      await until(() => acknowledged() >= before + LEAST_BETWEEN && performance.now() - since >= pauseMs);
      await sleep(random.between(0, 150));
      await carryOut[fault]();
      done[fault]++;
      tell(`${fault.padEnd(9)} ${at + 1}/${faults.length}  acknowledged ${acknowledged()}  cases ${walk.known.cases.size}  in the bank's book ${walk.known.bank.size}  breaches ${caller.breaches.length}`);
    }
    const before = acknowledged();
    await until(() => acknowledged() >= before + 20 && Math.min(walk.known.cases.size, seats.counts().taken, again.count()) >= LEAST_DONE);
    await again.stop();
    await seats.stop();
    await walk.rest();
    tell('at rest');
    const checked: Checked = await checkCity(city, walk.known, caller.counts, seats);
    caller.breaches.push(...checked.breaches);
    tell('checked');
    await walk.stop();
    const { taken, given, refused } = seats.counts();
    return {
      stages: walk.known.stages,
      breaches: caller.breaches,
      table: [
        ['operations acknowledged', acknowledged()],
        ['seats taken', taken],
        ['seats given back', given],
        ['seats refused: none left', refused],
        ['servers killed (-9)', done.server + 2 * done.both + done.window],
        ['servers started again', starts],
        ['database killed (-9)', done.database],
        ['clock jumps forward', done.forward + done.window],
        ['clock jumps back', done.back],
        ['jobs delivered once more', again.count()],
        ['calls repeated', caller.counts.retries],
        ['repeats answered from what was kept', caller.counts.duplicates],
        ['calls refused', sumOf(caller.counts.refused)],
        ['of them: the fund has not enough', caller.counts.refused.get('ledger-floor') ?? 0],
        ['of them: somebody was faster', sumOf(caller.counts.refused) - (caller.counts.refused.get('ledger-floor') ?? 0)],
        ['cases compared with their events', checked.cases],
        ['events', checked.events],
        ['payments compared with the bank’s book', checked.payments],
        ['transfers of the ledger', checked.transfers],
        ['entries of the trail verified', checked.sealed],
        ['breaches', caller.breaches.length],
      ],
    };
  } finally {
    await city.remove();
  }
}

/** The same jobs as both servers do, once more and at the same time as them, twice over. */
function startJobsAgain({ parts, tenantId, now }: FaultCity, random: Random): { readonly count: () => number; readonly stop: () => Promise<void> } {
  let count = 0;
  let isStopping = false;
  const stopped = (): boolean => isStopping;
  const jobs = [
    (): Promise<unknown> => runLists(parts.db, parts.publicity.parts, tenantId, now(), stopped),
    (): Promise<unknown> => checkDue(parts.db, parts.payments, tenantId, now(), stopped),
    (): Promise<unknown> => escalateCases(parts.db, parts.cases.tools, tenantId, now(), stopped),
  ];
  const running = (async () => {
    while (!isStopping) {
      const job = random.pick(jobs);
      // What the database refuses while it is down is the job's next time.
      const ended = await Promise.allSettled([job(), job()]);
      count += ended.filter(({ status }) => status === 'fulfilled').length;
      await sleep(random.between(50, 400));
    }
  })();
  return {
    count: () => count,
    stop: () => {
      isStopping = true;
      return running;
    },
  };
}

function repeat(fault: Fault, times: number): readonly Fault[] {
  return Array.from({ length: Math.max(0, times) }, () => fault);
}

function shuffle<T>(random: Random, list: readonly T[]): readonly T[] {
  return list.map((value) => ({ value, at: random.share() })).sort((a, b) => a.at - b.at).map(({ value }) => value);
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return Array.from(counts.values()).reduce((sum, count) => sum + count, 0);
}

function seconds(begun: number): number {
  return Math.round((performance.now() - begun) / 1000);
}
