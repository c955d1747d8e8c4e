// Loads seeded people and their employers into a tenant: by COPY from several workers, again and again until everybody is there.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { openFactBook } from '../domains/registry/index.ts';
import type { Protector } from '../domains/protection/index.ts';
import { copyTables } from './copy-tables.ts';
import type { BatchState, WorkerTask } from './load-worker.ts';
import { makeOrganisation, MOST_ORGANISATIONS } from './organisations.ts';
import { employerOf, makePeople } from './people.ts';
import { addOrganisation, emptyRows, type LoadedTable, loadedTables } from './seeded-rows.ts';
import { areEmpty, isSuspended, type LoadedSet, type Pair, restoreIndexes, shareOut, suspendIndexes } from './suspend-indexes.ts';

/** What a load needs. */
export interface LoadOptions {
  /** The owner's address. */
  readonly url: string;
  readonly keysFile: string;
  readonly protector: Protector;
  readonly packs: WorkerTask['packs'];
  readonly schools: WorkerTask['schools'];
  readonly setting: WorkerTask['setting'];
  readonly people: number;
  readonly workers?: number;
  readonly batchSize?: number;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** How far a load is. */
export type LoadProgress =
  | { readonly step: 'employers'; readonly count: number }
  | { readonly step: 'people'; readonly done: number; readonly of: number; readonly perSecond: number; readonly secondsLeft: number }
  | { readonly step: 'index'; readonly name: string }
  | { readonly step: 'statistics' };

/** What a load did. */
export interface LoadOutcome {
  readonly people: number;
  readonly employers: number;
  /** People that an earlier run had loaded. */
  readonly already: number;
  readonly seconds: number;
}

const BATCH = 5_000;
const tables = Object.keys(loadedTables) as LoadedTable[];
const loadedSet: LoadedSet = { list: 'seed_suspended', tables };

/**
 * Loads people 0 up to `people`. Each batch is one transaction; a load that was cut off goes on where it stopped when the same is asked
 * again. Into empty tables it loads without indexes and builds them at the end.
 */
export async function loadPeople(options: LoadOptions): Promise<LoadOutcome> {
  const { url, people, batchSize = BATCH, onProgress = () => {} } = options;
  const started = performance.now();
  const connection = { connectionString: url, options: '-c timezone=UTC', application_name: 'wutong seed' };
  const client = new pg.Client(connection);
  const helper = new pg.Client(connection);
  await client.connect();
  await helper.connect();
  try {
    let isFast = await isSuspended(client, loadedSet);
    if (!isFast && (await areEmpty(client, loadedSet))) {
      await suspendIndexes(client, loadedSet);
      isFast = true;
    }
    // In tables with rows the wall that also stands before the owner would refuse COPY.
    if (!isFast) for (const table of tables) await client.query(`alter table ${table} no force row level security`);
    const employers = await loadEmployers(client, options);
    onProgress({ step: 'employers', count: employers });
    const states = await findLoaded(client, options, batchSize);
    const already = states.reduce((sum, state, batch) => sum + (state === 'loaded' ? Math.min(batchSize, people - batch * batchSize) : 0), 0);
    await runWorkers(options, batchSize, states, already);
    if (isFast) await restoreIndexes([client, helper], loadedSet, (name) => onProgress({ step: 'index', name }));
    else for (const table of tables) await client.query(`alter table ${table} force row level security`);
    onProgress({ step: 'statistics' });
    await tidyUp([client, helper]);
    return { people, employers, already, seconds: (performance.now() - started) / 1000 };
  } finally {
    await client.end();
    await helper.end();
  }
}

/** Lists read indexes alone, which needs the visibility map; the planner needs to know which tokens are common. */
async function tidyUp(clients: Pair): Promise<void> {
  // The largest goes first: the other connection gets through the rest meanwhile.
  await shareOut(clients, '64MB', ['search_tokens', ...tables.filter((table) => table !== 'search_tokens')], async (client, table) => void (await client.query(`vacuum (analyze) ${table}`)));
}

/** Loads the employers of the people, those that are missing. @returns how many there are. */
async function loadEmployers(client: pg.ClientBase, { setting, people, protector, packs }: LoadOptions): Promise<number> {
  const needed = new Uint8Array(MOST_ORGANISATIONS);
  for (let index = 0; index < people; index++) needed[employerOf(setting.seed, index)] = 1;
  const { rows: present } = await client.query<{ party_id: string }>(`select party_id from parties where tenant_id = $1 and kind = 'organisation'`, [setting.tenantId]);
  const known = new Set(present.map(({ party_id }) => party_id));
  const whole = { ...setting, protector, factBook: openFactBook(packs) };
  let rows = emptyRows();
  let count = 0;
  for (let number = 0; number < MOST_ORGANISATIONS; number++) {
    if (needed[number] === 0) continue;
    count++;
    const organisation = makeOrganisation(setting.seed, number);
    if (!known.has(organisation.partyId)) addOrganisation(rows, organisation, whole);
    if (count % BATCH === 0) {
      await copyTables(client, loadedTables, rows);
      rows = emptyRows();
    }
  }
  await copyTables(client, loadedTables, rows);
  return count;
}

/** What an earlier run has loaded: a batch is one transaction, so its first person tells, and its last whether it was asked for whole. */
async function findLoaded(client: pg.ClientBase, { setting, people, schools }: LoadOptions, batchSize: number): Promise<BatchState[]> {
  const batches = Math.ceil(people / batchSize);
  const { rows: any } = await client.query(`select from parties where tenant_id = $1 and kind = 'person' limit 1`, [setting.tenantId]);
  if (any.length === 0) return Array.from({ length: batches }, () => 'missing');
  const isEdge = (index: number): boolean => index % batchSize === 0 || index % batchSize === batchSize - 1 || index === people - 1;
  const edges = [...makePeople({ seed: setting.seed, to: people, schools, wants: isEdge })];
  const { rows } = await client.query<{ party_id: string }>(`select party_id from parties where tenant_id = $1 and party_id = any($2::uuid[])`, [setting.tenantId, edges.map(({ partyId }) => partyId)]);
  const found = new Set(rows.map(({ party_id }) => party_id));
  const states = Array.from({ length: batches }, (): BatchState => 'loaded');
  for (const { index, partyId } of edges) {
    if (found.has(partyId)) continue;
    states[Math.floor(index / batchSize)] = index % batchSize === 0 ? 'missing' : 'begun';
    if (index % batchSize === 0) continue;
    const first = edges.find((edge) => edge.index === index - (index % batchSize));
    if (first !== undefined && !found.has(first.partyId)) states[Math.floor(index / batchSize)] = 'missing';
  }
  return states;
}

async function runWorkers(options: LoadOptions, batchSize: number, states: readonly BatchState[], already: number): Promise<void> {
  const { url, keysFile, packs, schools, setting, people, onProgress = () => {} } = options;
  if (states.every((state) => state === 'loaded')) return;
  const next = new Int32Array(new SharedArrayBuffer(4));
  const task: WorkerTask = { url, keysFile, packs, schools, setting, people, batchSize, next, states };
  const started = performance.now();
  let loaded = 0;
  // One more than there are processors: while one waits for the database, another makes people.
  const count = Math.min(options.workers ?? Math.min(8, availableParallelism() + 1), states.length);
  const workers = Array.from({ length: count }, () => new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: task }));
  try {
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((finish, fail) => {
            worker.on('message', (count: number) => {
              loaded += count;
              const perSecond = loaded / ((performance.now() - started) / 1000);
              onProgress({ step: 'people', done: already + loaded, of: people, perSecond, secondsLeft: (people - already - loaded) / perSecond });
            });
            worker.once('error', fail);
            worker.once('exit', (code) => (code === 0 ? finish() : fail(new Error(`a worker ended with ${code}`))));
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
