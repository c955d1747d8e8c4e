// Measures the load of a city and the first page of every kind of list of people and of cases on it, under the application's role with row-level
// security on; written to results/lists.md. `npm run bench:lists` from the project folder; a number of people and one of cases may follow.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openKeys } from '../src/adapters/cryptography/sm4-protector.ts';
import { openWorkspace } from '../src/authoring/workspace.ts';
import { type CaseFilter, listCases } from '../src/domains/cases/list-cases.ts';
import { readCaseWords } from '../src/domains/cases/list-words.ts';
import { type Capacity, jobScope, scopeFor } from '../src/domains/permissions/index.ts';
import { dayOf, openFactBook } from '../src/domains/registry/index.ts';
import { readFactFilters, type ListSort } from '../src/domains/registry/list-filter.ts';
import { listPeople } from '../src/domains/registry/list-parties.ts';
import type { ListScope } from '../src/domains/registry/list-store.ts';
import { spellName } from '../src/domains/registry/name-order.ts';
import { findDatabase } from '../src/main/database.ts';
import { foundCityNamed } from '../src/main/found-first-city.ts';
import { seedCases } from '../src/main/seed-cases.ts';
import { loadPeople } from '../src/seed/load-people.ts';
import { makeOrganisation } from '../src/seed/organisations.ts';
import { makePeople } from '../src/seed/people.ts';
import { schoolsOf } from '../src/seed/schools.ts';
import { inTenant, openDatabase } from '../src/storage/database.ts';
import { asMarkdown, asText, type Table } from './table.ts';

const people = Number(process.argv[2] ?? 1_580_000);
const cases = Number(process.argv[3] ?? 1_000_000);
const SEED = 7;
const SAMPLES = 60;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'wutong-bench-lists-'));
const keysFile = join(folder, 'wutong.keys');
// PostgreSQL runs as somebody else where this runs as root.
chmodSync(folder, 0o755);
mkdirSync(join(folder, 'data'));

/** A list to measure; `sample` varies what is asked. */
interface Measured {
  readonly name: string;
  readonly q?: (sample: number) => string;
  readonly employer?: (sample: number) => string;
  readonly facts?: Readonly<Record<string, string>>;
  readonly sort?: ListSort;
  readonly inDistrict?: boolean;
}

/** A list of cases to measure. */
interface MeasuredCases {
  readonly name: string;
  readonly q?: (sample: number) => string;
  readonly filter?: Partial<CaseFilter>;
  /** What differs from question to question besides the words. */
  readonly ofSample?: (sample: number) => Partial<CaseFilter>;
}

/** Asks for a list again and again. @returns its row of the table. */
async function measure(name: string, ask: (sample: number) => Promise<number>): Promise<string[]> {
  const times: number[] = [];
  let found = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const start = performance.now();
    found += await ask(sample);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(1);
  const row = [name, at(0.5), at(0.95), at(1), (found / SAMPLES).toFixed(0)];
  console.log(row.join('  '));
  return row;
}

const environment = { ...process.env, WUTONG_DATA: process.env['DATABASE_URL'] === undefined ? join(folder, 'data') : undefined };
const database = await findDatabase({ environment });
const db = openDatabase(database.url, { connections: 4 });
try {
  const protector = await openKeys({ path: keysFile, hasSealedData: async () => false });
  const { tenantId } = await foundCityNamed(database.url, 'jilin-city');
  const { vocabularies, reference } = openWorkspace(root);
  const schools = schoolsOf(reference);
  console.log(`${people} people into ${database.told.en}`);
  const setting = { tenantId, seed: SEED, departments: {}, topJurisdiction: '220200', today: '2026-11-21' };
  const loaded = await loadPeople({ url: database.url, keysFile, protector, packs: { vocabularies, reference }, schools, setting, people });
  console.log(`loaded in ${loaded.seconds.toFixed(1)} s`);

  const tools = { protector, factBook: openFactBook({ vocabularies, reference }) };
  const known = [...makePeople({ seed: SEED, to: people, schools, wants: (index) => index % Math.max(1, Math.floor(people / SAMPLES)) === 0 && index > 0 })].filter(({ number, idKind }) => number !== null && idKind === 'resident');
  const person = (sample: number) => known[sample % known.length] ?? known[0];
  const surname = (sample: number): string => Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗')[sample % 20] ?? '王';
  const pinyin = (sample: number): string => spellName(surname(sample))[0].pinyin;
  const district: Capacity = { kind: 'officer', departmentId: '00000000-0000-7000-8000-000000000001', codes: ['220202'], roles: ['reviewer'] };
  const lists: readonly Measured[] = [
    { name: 'everybody by pinyin' },
    { name: 'everybody, the latest first', sort: 'recent' },
    { name: 'a district', inDistrict: true },
    { name: 'a surname', q: surname },
    { name: 'two characters of a name', q: (sample) => person(sample)?.name.slice(-2) ?? '' },
    { name: 'a whole name', q: (sample) => person(sample)?.name ?? '' },
    { name: 'pinyin of a surname', q: pinyin },
    { name: 'pinyin of a surname in a district, the latest first', q: pinyin, inDistrict: true, sort: 'recent' },
    { name: 'pinyin of a name', q: (sample) => spellName(person(sample)?.name ?? '')[0].pinyin },
    { name: 'two initials', q: (sample) => spellName(person(sample)?.name ?? '')[0].initials.slice(0, 2) },
    { name: 'two initials in a district', q: (sample) => spellName(person(sample)?.name ?? '')[0].initials.slice(0, 2), inDistrict: true },
    { name: 'initials of a name', q: (sample) => spellName(person(sample)?.name ?? '')[0].initials },
    { name: 'an identity number', q: (sample) => person(sample)?.number ?? '' },
    { name: 'the last four', q: (sample) => person(sample)?.number?.slice(-4) ?? '' },
    { name: 'a telephone', q: (sample) => person(sample)?.phone ?? '15400000001' },
    { name: 'an employer', employer: (sample) => makeOrganisation(SEED, sample * 3).partyId },
    { name: 'an employer by words', employer: (sample) => makeOrganisation(SEED, sample * 3).name.slice(3, 6) },
    { name: 'a rare fact (博士研究生)', facts: { 学历: '博士研究生' } },
    { name: 'a rare fact in a district', facts: { 学历: '博士研究生' }, inDistrict: true },
    { name: 'a common fact (本科), the latest first', facts: { 学历: '本科' }, sort: 'recent' },
    { name: 'a common fact in a district', facts: { 学历: '本科' }, inDistrict: true },
    { name: 'two facts and a surname in a district', q: surname, facts: { 学历: '本科,硕士研究生', 缴纳社保: '是' }, inDistrict: true },
    { name: 'two facts that hardly go together', facts: { 学历: '高中', 职称: '中级' } },
  ];
  const rows: string[][] = [];
  for (const { name, q, employer, facts = {}, sort = 'name', inDistrict = false } of lists) {
    const scope: ListScope = inDistrict ? scopeFor({ tenantId, actor: { accountId: null, sessionId: null, capacity: district } }, 'person.read') : jobScope(tenantId, 'bench', 'person.read');
    const read = readFactFilters('person', Object.fromEntries(Object.entries(facts).map(([fact, value]) => [`fact.${fact}`, value])), tools.factBook);
    rows.push(
      await measure(name, async (sample) => {
        const filter = { q: q?.(sample) ?? '', employer: employer?.(sample), jurisdiction: undefined, facts: read.facts };
        return (await inTenant(db, tenantId, (tx) => listPeople(tx, scope, tools, filter, { sort, limit: 50 }, new Date()))).items.length;
      }),
    );
  }
  const table: Table = {
    title: `First page of every list on ${people.toLocaleString('en-US')} people`,
    notes: [
      `${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GiB; one caller, ${SAMPLES} different questions each; 50 people a page, with what a page shows of each and the count, in one transaction behind the tenant's wall. Loaded in ${loaded.seconds.toFixed(0)} s.`,
    ],
    columns: ['list', 'p50 ms', 'p95 ms', 'longest ms', 'people a page'],
    rows,
  };
  console.log(asText(table));

  console.log(`${cases} cases`);
  const now = new Date();
  const filed = await seedCases({ db, url: database.url, tenantId, keysFile, seed: SEED, cases, now, say: (_zh, en) => console.log(en) });
  const { codes, offices } = await inTenant(db, tenantId, async (tx) => ({
    codes: (await tx.selectFrom('jurisdictions').select('code').where('tenant_id', '=', tenantId).execute()).map(({ code }) => code),
    offices: await sql<{ department_id: string; tasks: number }>`select department_id, count(*)::integer as tasks from case_tasks where tenant_id = ${tenantId} group by 1 order by 2 desc limit 1`.execute(tx),
  }));
  const [busiest] = offices.rows;
  const ofCity: Capacity = { kind: 'officer', departmentId: busiest?.department_id ?? '', codes, roles: ['reviewer'] };
  const asOfficer = (capacity: Capacity) => scopeFor({ tenantId, actor: { accountId: null, sessionId: null, capacity } }, 'case.read');
  const benefit = { policyId: 'jilin-city-2021', benefitId: 'living-subsidy' };
  const caseLists: readonly MeasuredCases[] = [
    { name: 'newest' },
    { name: 'by deadline', filter: { sort: 'deadline' } },
    { name: 'a state', filter: { statuses: ['settled'] } },
    { name: 'a state by deadline', filter: { sort: 'deadline', statuses: ['in-review'] } },
    { name: 'a benefit', filter: benefit },
    { name: 'a benefit in a state by deadline', filter: { ...benefit, sort: 'deadline', statuses: ['in-review'] } },
    { name: 'due within five working days', filter: { sort: 'deadline', dueBy: dayOf(new Date(now.getTime() + 7 * 86_400_000)) } },
    { name: 'overdue, newest', filter: { isLate: true } },
    { name: `the queue of the busiest office (${busiest?.tasks ?? 0})`, filter: { sort: 'deadline', queue: 'department' } },
    { name: 'its queue of a benefit', filter: { ...benefit, sort: 'deadline', queue: 'department' } },
    { name: 'its queue, newest', filter: { queue: 'nobody' } },
    { name: 'held', filter: { isHeld: true } },
    { name: 'a person', ofSample: (sample) => ({ personId: person(sample)?.partyId }) },
    { name: 'an employer', ofSample: (sample) => ({ employerId: makeOrganisation(SEED, sample * 3).partyId }) },
    { name: 'a whole name', q: (sample) => person(sample)?.name ?? '' },
    { name: 'an identity number', q: (sample) => person(sample)?.number ?? '' },
    { name: 'the last four', q: (sample) => person(sample)?.number?.slice(-4) ?? '' },
    { name: 'two characters of a name', q: (sample) => person(sample)?.name.slice(-2) ?? '' },
    { name: 'pinyin of a name', q: (sample) => spellName(person(sample)?.name ?? '')[0].pinyin },
    { name: 'two initials', q: (sample) => spellName(person(sample)?.name ?? '')[0].initials.slice(0, 2) },
    { name: 'a surname', q: surname },
    { name: 'a surname by deadline', q: surname, filter: { sort: 'deadline' } },
    { name: 'a surname in a state', q: surname, filter: { statuses: ['refused'] } },
    { name: 'pinyin of a surname', q: pinyin },
    { name: 'pinyin of a surname in the queue', q: pinyin, filter: { sort: 'deadline', queue: 'department' } },
    { name: 'words of an employer', q: (sample) => makeOrganisation(SEED, sample * 3).name.slice(3, 6) },
    { name: 'the number of a case', q: (sample) => `2026-${sample + 1}` },
  ];
  const caseRows: string[][] = [];
  for (const [who, capacity] of [['city', ofCity], ['county', { ...ofCity, codes: ['220202'] }]] as const) {
    for (const { name, q, filter = {}, ofSample = () => ({}) } of caseLists) {
      caseRows.push(
        await measure(`${who}: ${name}`, async (sample) => {
          const scope = asOfficer(capacity);
          const page = await inTenant(db, tenantId, async (tx) => {
            const words = q === undefined ? undefined : await readCaseWords(tx, scope, tools, q(sample), now);
            return listCases(tx, scope, { sort: 'newest', ...filter, ...ofSample(sample), words }, { limit: 50 }, now);
          });
          return page.rows.length;
        }),
      );
    }
  }
  const caseTable: Table = {
    title: `First page of every list of ${cases.toLocaleString('en-US')} cases`,
    notes: [`As above; an officer who sees all counties of the city, and one of a county. Loaded in ${filed.seconds.toFixed(0)} s.`],
    columns: ['list', 'p50 ms', 'p95 ms', 'longest ms', 'cases a page'],
    rows: caseRows,
  };
  console.log(asText(caseTable));
  writeFileSync(join(import.meta.dirname, 'results/lists.md'), `${asMarkdown(table)}\n${asMarkdown(caseTable)}`);
} finally {
  await db.close();
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
}
