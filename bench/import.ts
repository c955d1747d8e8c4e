// Measures importing a list of 100,000 people from xlsx: checked, confirmed and written into an empty city, then the same file again. Prints seconds and memory.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openKeys } from '../src/adapters/cryptography/sm4-protector.ts';
import { type ImportParts, processNext } from '../src/domains/imports/index.ts';
import { receiveImport } from '../src/domains/imports/receive-import.ts';
import { scopeFor } from '../src/domains/permissions/index.ts';
import { openFactBook } from '../src/domains/registry/index.ts';
import { importPack, openManifest, openReferenceData } from '../src/main/open-packs.ts';
import type { VocabularyModule } from '../src/policy/manifest.ts';
import { inTenant, newId, openDatabase } from '../src/storage/database.ts';
import { openEmbedded } from '../src/storage/embedded/open-embedded.ts';
import { migrate } from '../src/storage/migrate.ts';

const ROWS = Number(process.argv[2] ?? 100_000);
const TENANT = 1;
const MIB = 2 ** 20;
// Of /proc: a hundredth of a second.
const TICKS = 100;
// Budgets: 100,000 people within this time, by a server that never holds more. PostgreSQL's memory is its own setting (shared_buffers), told beside it.
const MOST_SECONDS = 20;
const MOST_MB = 400;

// As `npm start` runs the server.
const flags = ['--max-semi-space-size=8', '--heap-growing-percent=100'];
if (!flags.every((flag) => process.execArgv.includes(flag))) {
  const { status } = spawnSync(process.execPath, [...flags, ...process.argv.slice(1)], { stdio: 'inherit' });
  process.exit(status ?? 1);
}

const folder = mkdtempSync(join(tmpdir(), 'wutong-bench-import-'));
const embedded = await openEmbedded({ environment: { ...process.env, WUTONG_DATA: folder }, home: folder });
const departmentId = newId();
const seconds = new Map<string, number>();

try {
  await migrate(embedded.url);
  const owner = new pg.Client({ connectionString: embedded.url });
  // A failure before the end stops the database under it, which is then not the failure to show.
  owner.on('error', () => {});
  await owner.connect();
  await owner.query(`insert into tenants (tenant_id, code, name, place_code) values ($1, 'sample', '样例市', '220200')`, [TENANT]);
  await owner.query(`insert into jurisdictions (tenant_id, code, parent_code, name) values ($1, '220200', null, '样例市'), ($1, '220202', '220200', '昌邑区')`, [TENANT]);
  await owner.query(`insert into departments (tenant_id, department_id, code, name, jurisdiction_code) values ($1, $2, 'hrss', '样例市人社局', '220202')`, [TENANT, departmentId]);

  const db = openDatabase(embedded.url, { connections: 4 });
  const protector = await openKeys({ path: join(folder, 'keys', 'wutong.keys'), hasSealedData: () => Promise.resolve(false) });
  const { vocabularies } = await importPack<VocabularyModule>((await openManifest()).vocabulary);
  const parts: ImportParts = { db, tools: { protector, factBook: openFactBook({ vocabularies, reference: await openReferenceData() }) }, vocabularies, readCaseSubjects: () => Promise.resolve([]) };
  const officer = { kind: 'officer', departmentId, codes: ['220202'], roles: ['steward'] } as const;
  const scope = scopeFor({ tenantId: TENANT, actor: { accountId: newId(), sessionId: null, capacity: officer } }, 'import.people');

  // By another process: what writing takes is not the import's.
  const sample = join(folder, 'people.xlsx');
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'import-sample.ts'), sample, String(ROWS)], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the sample was not written');
  const bytes = readFileSync(sample);
  console.log(`${ROWS} rows × 12 columns, ${(bytes.length / MIB).toFixed(1)} MiB of xlsx`);
  await measure('checked', () => receiveAndCheck(bytes));
  await owner.query(`update imports set state = 'confirmed', with_doubles = false`);
  await measure('written', () => processNext(parts, TENANT, newId()));
  console.log('written:', JSON.stringify((await owner.query('select done from imports')).rows[0]));
  await measure('checked again', () => receiveAndCheck(bytes));
  console.log('again:', JSON.stringify((await owner.query('select found from imports order by created_at desc limit 1')).rows[0]));

  const total = (seconds.get('checked') ?? 0) + (seconds.get('written') ?? 0);
  // Of kibibytes.
  const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
  console.log(`checked and written in ${total.toFixed(1)} s (budget ${MOST_SECONDS}); the server at most ${Math.round(peakMb)} MB, the second check included (budget ${MOST_MB}); beside it PostgreSQL ${Math.round((postgresMib() * MIB) / 1e6)} MB`);
  await db.close();
  await owner.end();

  async function receiveAndCheck(file: Buffer): Promise<void> {
    const handedIn = { kind: 'people', fileName: 'people.xlsx', bytes: file, asOf: undefined, purpose: 'eligibility', papersSeen: true } as const;
    await inTenant(db, TENANT, (tx) => receiveImport(tx, scope, parts, handedIn, new Date()));
    await processNext(parts, TENANT, newId());
  }
} finally {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const [begin, cpu, postgres] = [performance.now(), process.cpuUsage(), postgresSeconds()];
  await work();
  const took = (performance.now() - begin) / 1000;
  const used = process.cpuUsage(cpu);
  seconds.set(name, took);
  const processor = `${((used.user + used.system) / 1e6).toFixed(1)} s of processor in the server, ${(postgresSeconds() - postgres).toFixed(1)} s in PostgreSQL`;
  console.log(`${name}: ${took.toFixed(1)} s (${processor}); memory of the server ${Math.round(process.memoryUsage().rss / MIB)} MiB`);
}

function postgresIds(): readonly string[] {
  const postmaster = Number(readFileSync(join(embedded.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && (Number(name) === postmaster || Number(statOf(name)[1]) === postmaster));
}

/** Fields of a process behind its name: state, parent, …; empty for one that has ended. Linux only. */
function statOf(id: string): readonly string[] {
  const file = `/proc/${id}/stat`;
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^.*\) /s, '').split(' ') : [];
}

/** Processor time of PostgreSQL so far; connections stay open, so none is lost. */
function postgresSeconds(): number {
  return postgresIds().reduce((sum, id) => sum + (Number(statOf(id)[11] ?? 0) + Number(statOf(id)[12] ?? 0)) / TICKS, 0);
}

/** What the processes of PostgreSQL hold for themselves; what they share is counted once. Linux only. */
function postgresMib(): number {
  return postgresIds().reduce((sum, id) => sum + proportionalKib(id), 0) / 1024;
}

function proportionalKib(id: string): number {
  const file = `/proc/${id}/smaps_rollup`;
  return existsSync(file) ? Number(/^Pss:\s+(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) : 0;
}
