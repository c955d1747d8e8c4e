// Measures what it takes to submit an application (validated, evaluated, stored, audited) beside a bare insert through the same driver in the same
// run: over HTTP at 32 connections, and in process. `npm run bench:submit` from the project folder; a number of applications may follow.
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { recordAudit } from '../src/domains/audit/index.ts';
import { fileApplication } from '../src/domains/intake/file-application.ts';
import { scopeFor } from '../src/domains/permissions/index.ts';
import { inTenant, newId } from '../src/storage/database.ts';
import { startCity } from './own-city.ts';
import type { CallerTask } from './submit-caller.ts';
import { asMarkdown, asText, type Table } from './table.ts';

const applications = Number(process.argv[2] ?? 3000);
const AT_ONCE = 32;
/** Of each way, before anything is measured: what a server's first second costs is no measure of it. */
const WARM_UP = 1000;
/** What is compared is done in so many turns, so that both meet the machine as it is at that moment. */
const TURNS = 10;
/** Of /proc: a hundredth of a second. */
const TICK_MS = 10;
const benefit = { policyId: 'jilin-city-2021', benefitId: 'living-subsidy' };

/** What one way of writing took. */
interface Taken {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Of this process, which has the server and, over HTTP, the client too. */
  readonly processorMs: number;
  /** Of PostgreSQL, where it runs below this process; else 0. */
  readonly databaseMs: number;
  readonly statements: number;
}

/** A way of writing: does it so often, so many at once, and gives the milliseconds of each. */
interface Way {
  readonly name: string;
  readonly work: (times: number) => Promise<number[]>;
}

let statements = 0;
const query = Reflect.get(pg.Client.prototype, 'query') as (...given: readonly unknown[]) => unknown;
Reflect.set(pg.Client.prototype, 'query', function counted(this: unknown, ...given: readonly unknown[]): unknown {
  statements++;
  return Reflect.apply(query, this, given);
});

const city = await startCity(2 * (applications + WARM_UP), AT_ONCE, (server) => {
  server.post('/bare', async (_request, reply) => {
    await insertBare();
    return reply.code(201).send({ done: true });
  });
});
const { parts, tenantId } = city;
const { rows: people } = await inTenant(parts.db, tenantId, async (tx) => ({ rows: await tx.selectFrom('people').select(['party_id', 'jurisdiction_code']).where('tenant_id', '=', tenantId).orderBy('party_id').execute() }));
const somebody = people[0];
try {
  let next = 0;
  const takePerson = (): { readonly partyId: string } => {
    const person = people[next++];
    if (person === undefined) throw new Error('there is nobody left who has not asked');
    return { partyId: person.party_id };
  };

  /** Measures two ways in turns: the first is what the second is held against. */
  const measureBeside = async (...ways: readonly [Way, Way]): Promise<readonly [Taken, Taken]> => {
    const times: [number[], number[]] = [[], []];
    const spent = ways.map(() => ({ seconds: 0, processor: 0, database: 0, statements: 0 }));
    for (const { work } of ways) await work(WARM_UP);
    for (let turn = 0; turn < TURNS; turn++) {
      for (const way of turn % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const sum = spent[way];
        if (sum === undefined) continue;
        statements = 0;
        const cpu = process.cpuUsage();
        const database = databaseMs();
        const started = performance.now();
        const taken = await ways[way].work(Math.ceil(applications / TURNS));
        const { user, system } = process.cpuUsage(cpu);
        sum.seconds += (performance.now() - started) / 1000;
        sum.processor += (user + system) / 1000;
        sum.database += databaseMs() - database;
        sum.statements += statements;
        times[way].push(...taken);
      }
    }
    const tell = (way: 0 | 1): Taken => {
      const all = times[way].sort((a, b) => a - b);
      const { seconds = 1, processor = 0, database = 0, statements: sent = 0 } = spent[way] ?? {};
      const at = (share: number): number => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
      const { name } = ways[way];
      const taken = { name, perSecond: all.length / seconds, p50: at(0.5), p99: at(0.99), processorMs: processor / all.length, databaseMs: database / all.length, statements: sent / all.length };
      console.log(`${name}: ${taken.perSecond.toFixed(0)} a second, p99 ${taken.p99.toFixed(1)} ms, ${taken.processorMs.toFixed(2)} ms of processor time and ${taken.databaseMs.toFixed(2)} ms of PostgreSQL's, ${taken.statements.toFixed(1)} statements`);
      return taken;
    };
    return [tell(0), tell(1)];
  };

  /** Calls by callers over HTTP, each with a token of its own. */
  const byCallers = (path: string, body: string, token: () => string): Way['work'] & { readonly end: () => Promise<unknown> } => {
    const task: CallerTask = { url: `${city.url}${path}`, body, atOnce: AT_ONCE };
    const callers = new Worker(new URL('./submit-caller.ts', import.meta.url), { workerData: task });
    const work = async (times: number): Promise<number[]> => {
      callers.postMessage(Array.from({ length: times }, token));
      const [taken] = (await once(callers, 'message')) as [number[]];
      return taken;
    };
    return Object.assign(work, { end: () => callers.terminate() });
  };

  const submit = inTurns(async () => {
    const { partyId } = takePerson();
    const scope = scopeFor({ tenantId, actor: { accountId: newId(), sessionId: newId(), capacity: { kind: 'person', partyId, actsFor: [] } } }, 'application.file');
    await parts.api.shared.run(tenantId, async (tx) => {
      const { items } = await fileApplication(tx, scope, parts.intake, { subjectId: undefined, benefits: [benefit], facts: {}, evidenceIds: [], promises: [] }, new Date(), 'zh');
      if (items[0]?.outcome !== 'filed') throw new Error(JSON.stringify(items));
      await recordAudit(tx, scope, { action: 'applications.file', object: { kind: 'case', id: items[0].caseId } });
    });
  });
  const [bare, inProcess] = await measureBeside({ name: 'a bare insert', work: inTurns(insertBare) }, { name: 'in process', work: submit });
  const signIn = (): string => city.signIn({ kind: 'person', partyId: takePerson().partyId, actsFor: [] });
  const calls = byCallers('/api/v1/applications', JSON.stringify({ benefits: [benefit] }), signIn);
  const bareCalls = byCallers('/bare', '{}', newId);
  // Threads that still wait for work would keep the process alive.
  const [bareHttp, http] = await measureBeside({ name: 'a bare insert over HTTP', work: bareCalls }, { name: 'over HTTP', work: calls }).finally(() => Promise.all([calls.end(), bareCalls.end()]));
  const table: Table = {
    title: `Submitting an application, ${AT_ONCE} at once`,
    notes: [
      `${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${(loadavg()[0] ?? 0).toFixed(1)}; ${applications.toLocaleString('en-US')} of each, in turns of ${Math.ceil(applications / TURNS).toLocaleString('en-US')} after ${WARM_UP.toLocaleString('en-US')} of each that were not measured, one benefit each, in one run, by one driver; ` +
        `over HTTP with an idempotency key. Callers over HTTP are a thread of their own. The bare insert is one small row in a transaction behind the tenant's wall; over HTTP the same web server does it for each call, and nothing else.`,
      `Of the bare insert's rate: ${percent(inProcess, bare)} in process; over HTTP ${percent(http, bareHttp)} of the bare insert over HTTP, ${percent(http, bare)} of the one in process (budget: 70%, p99 of 50 ms). ` +
        `Of its processor time in both together: ${(costOf(inProcess) / costOf(bare)).toFixed(1)} times in process, ${(costOf(http) / costOf(bare)).toFixed(1)} times over HTTP.`,
    ],
    columns: ['way', 'a second', 'p50 ms', 'p99 ms', 'processor ms', 'PostgreSQL ms', 'statements'],
    rows: [bare, inProcess, bareHttp, http].map((one) => [one.name, one.perSecond.toFixed(0), one.p50.toFixed(1), one.p99.toFixed(1), one.processorMs.toFixed(2), one.databaseMs.toFixed(2), one.statements.toFixed(1)]),
  };
  console.log(asText(table));
  writeFileSync(join(import.meta.dirname, 'results/submit.md'), asMarkdown(table));
} finally {
  await city.close();
}

/** A small row in a transaction of its own. */
async function insertBare(): Promise<void> {
  const { party_id = '', jurisdiction_code = '' } = somebody ?? {};
  await inTenant(parts.db, tenantId, async (tx) => {
    await tx.insertInto('applications').values({ tenant_id: tenantId, application_id: newId(), applicant_id: party_id, channel: 'person', import_id: null, jurisdiction_code, filed_at: new Date(), filed_by: 'bench' }).execute();
  });
}

function percent(one: Taken, other: Taken): string {
  return `${((one.perSecond / other.perSecond) * 100).toFixed(0)}%`;
}

/** Processor time of one, here and in PostgreSQL, in milliseconds. */
function costOf({ processorMs, databaseMs: inDatabase }: Taken): number {
  return processorMs + inDatabase;
}

/** Processor time of all PostgreSQL's processes below this one, those that ended included, in milliseconds. */
function databaseMs(): number {
  const processes = new Map<number, { readonly name: string; readonly parent: number; readonly ticks: number }>();
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
      processes.set(Number(id), { name: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')), parent: parent ?? 0, ticks: rest.slice(9, 13).reduce((sum, each) => sum + each, 0) });
    } catch {
      // It ended meanwhile.
    }
  }
  const isBelow = (id: number): boolean => id === process.pid || (id > 1 && isBelow(processes.get(id)?.parent ?? 0));
  let ticks = 0;
  for (const [id, one] of processes) if (one.name === 'postgres' && isBelow(id)) ticks += one.ticks;
  return ticks * TICK_MS;
}

/** Does something as often as is asked, so many at once; gives the milliseconds of each. */
function inTurns(work: () => Promise<void>): (times: number) => Promise<number[]> {
  return async (times) => {
    const taken: number[] = [];
    let left = times;
    const turns = async (): Promise<void> => {
      while (left-- > 0) {
        const start = performance.now();
        await work();
        taken.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, turns));
    return taken;
  };
}
