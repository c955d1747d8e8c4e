// Loads seeded cases of the people of a tenant: by COPY from several workers, each range of people in one transaction, again and again until all are there.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { type CasesLoaded, caseTables, type CaseWorkerTask } from './load-cases-worker.ts';
import { areEmpty, isSuspended, type LoadedSet, restoreIndexes, shareOut, suspendIndexes } from './suspend-indexes.ts';

/** What a load needs. */
interface CaseLoad extends Pick<CaseWorkerTask, 'url' | 'keysFile' | 'tenantId' | 'setting' | 'city' | 'cases'> {
  readonly workers?: number;
  /** About how many cases one transaction loads. */
  readonly batchSize?: number;
  readonly onProgress?: (progress: CaseProgress) => void;
}

/** How far a load is. */
export type CaseProgress =
  | { readonly step: 'cases'; readonly done: number; readonly of: number; readonly perSecond: number }
  | { readonly step: 'index'; readonly name: string }
  | { readonly step: 'statistics' };

/** What a load did. */
export interface CaseLoadOutcome {
  /** Seeded cases that are there now, and those of them that an earlier run had loaded. */
  readonly cases: number;
  readonly already: number;
  readonly seconds: number;
}

const BATCH = 4000;
const MOST_PEOPLE = 200_000;
const loadedSet: LoadedSet = { list: 'seed_suspended_cases', tables: caseTables };

/**
 * Loads cases of the people that are there, spread evenly over them. The same load again adds only what is missing; one that was cut off goes
 * on where it stopped. Into empty tables it loads without indexes and builds them at the end.
 * @throws RangeError where there are no people.
 */
export async function loadCases(load: CaseLoad): Promise<CaseLoadOutcome> {
  const { url, tenantId, cases, batchSize = BATCH, onProgress = () => {} } = load;
  const started = performance.now();
  const connection = { connectionString: url, options: '-c timezone=UTC', application_name: 'wutong seed' };
  const client = new pg.Client(connection);
  const helper = new pg.Client(connection);
  await client.connect();
  await helper.connect();
  try {
    const { rows: counted } = await client.query<{ people: number }>(`select count(*)::integer as people from parties where tenant_id = $1 and kind = 'person' and status = 'active'`, [tenantId]);
    const people = counted[0]?.people ?? 0;
    if (people === 0) throw new RangeError('there are no people whose cases could be made');
    let isFast = await isSuspended(client, loadedSet);
    const isFresh = !isFast && (await areEmpty(client, loadedSet));
    if (isFresh) {
      await suspendIndexes(client, loadedSet);
      isFast = true;
    }
    // In tables with rows the wall that also stands before the owner would refuse COPY.
    if (!isFast) for (const table of caseTables) await client.query(`alter table ${table} no force row level security`);
    const rangeSize = Math.min(MOST_PEOPLE, Math.max(1, Math.ceil((batchSize * people) / Math.max(1, cases))));
    const starts = await findStarts(client, tenantId, rangeSize);
    const { made, already } = await runWorkers(load, { people, starts, rangeSize, isFresh });
    if (isFast) await restoreIndexes([client, helper], loadedSet, (name) => onProgress({ step: 'index', name }));
    onProgress({ step: 'statistics' });
    await shareOut([client, helper], '64MB', ['case_events', 'cases', ...caseTables.filter((table) => table !== 'case_events' && table !== 'cases')], async (each, table) => void (await each.query(`vacuum (analyze) ${table}`)));
    return { cases: made, already, seconds: (performance.now() - started) / 1000 };
  } finally {
    // Where indexes are still away the next load has the wall put back with them.
    if (!(await isSuspended(client, loadedSet).catch(() => true))) for (const table of caseTables) await client.query(`alter table ${table} force row level security`).catch(() => {});
    await client.end();
    await helper.end();
  }
}

/** Finishes a load that was cut off, without loading more: puts indexes and references back. */
export async function finishCases(url: string): Promise<void> {
  const connection = { connectionString: url, options: '-c timezone=UTC', application_name: 'wutong seed' };
  const client = new pg.Client(connection);
  const helper = new pg.Client(connection);
  await client.connect();
  await helper.connect();
  try {
    if (await isSuspended(client, loadedSet)) await restoreIndexes([client, helper], loadedSet, () => {});
  } finally {
    await client.end();
    await helper.end();
  }
}

/** The first person of each range of so many people. */
async function findStarts(client: pg.ClientBase, tenantId: number, rangeSize: number): Promise<readonly string[]> {
  const { rows } = await client.query<{ party_id: string }>(
    `select party_id from (select party_id, row_number() over (order by party_id) - 1 as place from parties where tenant_id = $1 and kind = 'person' and status = 'active') placed
     where place % $2 = 0 order by party_id`,
    [tenantId, rangeSize],
  );
  return rows.map(({ party_id }) => party_id);
}

async function runWorkers(load: CaseLoad, found: Pick<CaseWorkerTask, 'people' | 'starts' | 'rangeSize' | 'isFresh'>): Promise<CasesLoaded> {
  const { url, keysFile, tenantId, setting, city, cases, onProgress = () => {} } = load;
  const next = new Int32Array(new SharedArrayBuffer(4));
  const task: CaseWorkerTask = { url, keysFile, tenantId, setting, city, cases, next, ...found };
  const started = performance.now();
  let made = 0;
  let already = 0;
  // One more than there are processors: while one waits for the database, another makes cases.
  const count = Math.min(load.workers ?? Math.min(8, availableParallelism() + 1), found.starts.length);
  const workers = Array.from({ length: count }, () => new Worker(new URL('./load-cases-worker.ts', import.meta.url), { workerData: task }));
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((finish, fail) => {
            worker.on('message', (told: CasesLoaded) => {
              made += told.made;
              already += told.already;
              onProgress({ step: 'cases', done: made, of: cases, perSecond: made / ((performance.now() - started) / 1000) });
            });
            worker.once('error', fail);
            worker.once('exit', (code) => (code === 0 ? finish() : fail(new Error(`a worker ended with ${code}`))));
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { made, already };
}
