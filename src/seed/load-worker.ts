// One worker of a load: takes the next batch of people, makes and seals their rows, and copies them in one transaction.
import { parentPort, workerData } from 'node:worker_threads';
import pg from 'pg';
import { type KeyedProtector, openKeys } from '../adapters/cryptography/sm4-protector.ts';
import type { Sealer } from '../domains/protection/index.ts';
import { openFactBook } from '../domains/registry/index.ts';
import type { ReferenceData } from '../policy/reference.ts';
import type { SubjectKind, Vocabulary } from '../policy/model.ts';
import { copyTables } from './copy-tables.ts';
import { makeOrganisation } from './organisations.ts';
import { makePeople, recordedAtMs } from './people.ts';
import type { SchoolList } from './schools.ts';
import { addPerson, clearRows, emptyRows, loadedTables, type RowSetting } from './seeded-rows.ts';

/** What a worker is started with; everything can be posted to it. */
export interface WorkerTask {
  readonly url: string;
  readonly keysFile: string;
  readonly packs: { readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>; readonly reference: ReferenceData };
  readonly schools: SchoolList;
  readonly setting: Omit<RowSetting, 'protector' | 'factBook'>;
  readonly people: number;
  readonly batchSize: number;
  /** Shared by all workers: the next batch that nobody has taken. */
  readonly next: Int32Array;
  /** What an earlier run has loaded of each batch. */
  readonly states: readonly BatchState[];
}

/** What of a batch is there: `begun` where an earlier run was asked for fewer people. */
export type BatchState = 'missing' | 'begun' | 'loaded';

/** Ids of the people of a batch that are there: they were recorded at instants that follow from their numbers. */
async function findPresent(client: pg.ClientBase, tenantId: number, from: number, to: number): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ party_id: string }>(
    `select party_id from parties where tenant_id = $1 and kind = 'person' and created_at >= $2 and created_at < $3`,
    [tenantId, new Date(recordedAtMs(from)), new Date(recordedAtMs(to))],
  );
  return new Set(rows.map(({ party_id }) => party_id));
}

/** Seals as the protector does, and remembers the keys of last four characters: there are 11,000 of them, and each comes a hundred times. */
function rememberLastFour(protector: KeyedProtector): Sealer {
  const kept = new Map<string, Uint8Array>();
  let keyId = protector.currentKeyId();
  return {
    seal: (place, plain) => protector.seal(place, plain),
    searchKey(tenantId, purpose, value) {
      if (purpose !== 'last-four') return protector.searchKey(tenantId, purpose, value);
      if (keyId !== protector.currentKeyId()) {
        kept.clear();
        keyId = protector.currentKeyId();
      }
      const found = kept.get(value) ?? protector.searchKey(tenantId, purpose, value);
      kept.set(value, found);
      return found;
    },
  };
}

async function work(task: WorkerTask): Promise<void> {
  const { setting, batchSize, people, schools } = task;
  const protector = await openKeys({ path: task.keysFile, hasSealedData: async () => true });
  const whole: RowSetting = { ...setting, protector: rememberLastFour(protector), factBook: openFactBook(task.packs) };
  const client = new pg.Client({ connectionString: task.url, options: '-c timezone=UTC -c synchronous_commit=off', application_name: 'wutong seed' });
  client.on('error', () => {});
  await client.connect();
  const employers = new Map<number, string>();
  const employerId = (number: number): string => {
    const known = employers.get(number) ?? makeOrganisation(setting.seed, number).partyId;
    employers.set(number, known);
    return known;
  };
  // The copy of one batch runs while the next is made, each in memory of its own.
  let rows = emptyRows();
  let sent = emptyRows();
  let copying: Promise<void> = Promise.resolve();
  try {
    let made = 0;
    const generator = makePeople({ seed: setting.seed, to: people, schools, wants: (index) => index >= made });
    for (;;) {
      const batch = Atomics.add(task.next, 0, 1);
      const from = batch * batchSize;
      if (from >= people) break;
      if (task.states[batch] === 'loaded') continue;
      made = from;
      let count = 0;
      const to = Math.min(people, from + batchSize);
      const present = task.states[batch] === 'begun' ? await findPresent(client, setting.tenantId, from, to) : undefined;
      for (let step = generator.next(); !step.done; step = generator.next()) {
        const person = step.value;
        if (present?.has(person.partyId) !== true) {
          addPerson(rows, person, person.employment === null ? null : employerId(person.employment.organisation), whole);
          count++;
        }
        if (person.index === to - 1) break;
        // Lets the copy of the batch before go on.
        if (person.index % 500 === 0) await new Promise((resume) => setImmediate(resume));
      }
      await copying;
      [rows, sent] = [sent, rows];
      clearRows(rows);
      copying = copyTables(client, loadedTables, sent).then(() => parentPort?.postMessage(count));
      copying.catch(() => {});
    }
    await copying;
  } finally {
    await client.end();
  }
}

if (parentPort !== null) await work(workerData as WorkerTask);
