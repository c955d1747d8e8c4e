// Runs the whole benchmark: agreement first, then the tables; prints them and writes results/latest.md.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { checkAgreement } from './agreement.ts';
import { budgetSubjects } from './budget-subjects.ts';
import { measureBudget } from './budget.ts';
import { measureColdStarts, measureCommands, measureMemory } from './cold.ts';
import type { Engine } from './engines/engine.ts';
import { allBenefits } from './engines/hand-all.ts';
import { engineIds, isWutongBuilt, loadEngine } from './engines/index.ts';
import { reportMissing } from './missing.ts';
import { ratio, significant, time } from './numbers.ts';
import { makePeople } from './people.ts';
import { writePlainJavaScript } from './plain-javascript.ts';
import {
  agreementPeople,
  batchPeople,
  benchFolder,
  coldStarts,
  missingPeople,
  missingShare,
  projectFolder,
  roundMs,
  rounds,
  seed,
  setting,
  timedPeople,
} from './setting.ts';
import { asMarkdown, asText, type Table } from './table.ts';
import { measureSpeeds } from './throughput.ts';

// Stripping types is experimental in this Node, and says so on every run.
process.removeAllListeners('warning');

const started = performance.now();
const asked = process.argv.slice(2);
const engines = await Promise.all(engineIds.filter((id) => asked.length === 0 || asked.includes(id)).map((id) => loadEngine(id)));
const tables: Table[] = [];

const say = (text: string): void => console.log(`[${((performance.now() - started) / 1000).toFixed(0).padStart(3)} s] ${text}`);

function publish(table: Table): void {
  tables.push(table);
  console.log(`\n${asText(table)}`);
}

function titleOf(engine: Engine): string {
  if (engine.package === undefined) return engine.title;
  const { version } = JSON.parse(readFileSync(join(benchFolder, 'node_modules', engine.package, 'package.json'), 'utf8')) as { version: string };
  return `${engine.title} (${version})`;
}

async function agreement(): Promise<void> {
  const rows: string[][] = [];
  for (const engine of engines) {
    const result = await checkAgreement(engine);
    if (typeof result !== 'number') {
      console.error(`${result.engine} disagrees with the hand-written reference on\n${JSON.stringify(result.person)}\n${result.fields.join('\n')}`);
      process.exit(1);
    }
    rows.push([titleOf(engine), result.toLocaleString('en-US'), 'all']);
    say(`${engine.id} agrees on ${result} people`);
  }
  publish({
    title: 'Agreement, all facts known',
    notes: [`Status and amount of five benefits and the total of the best combination, for seeded people (seed ${seed}), against the hand-written reference.`],
    columns: ['engine', 'people asked', 'agreeing'],
    rows,
  });
}

async function wholePack(): Promise<void> {
  const { compareWholePack } = await import('./whole-pack.ts');
  const rows: string[][] = [];
  for (const missing of [0, missingShare, 0.4]) {
    const { people, differing, first } = await compareWholePack(missing);
    if (first !== undefined) {
      console.error(`Wutong and the hand-written rules differ on ${first.text}\n${JSON.stringify(first.person)}`);
      if (missing === 0) process.exit(1);
    }
    rows.push([`${missing * 100}%`, people.toLocaleString('en-US'), (people * allBenefits.length).toLocaleString('en-US'), differing.toLocaleString('en-US')]);
  }
  say('the whole pack compared');
  publish({
    title: `Agreement of Wutong on all ${allBenefits.length} benefits with a formula`,
    notes: [
      'Status, lowest and highest amount, and the list of missing facts, against the hand-written three-valued rules. Only a difference with all facts known ends the run.',
    ],
    columns: ['facts unknown', 'people', 'answers', 'differing'],
    rows,
  });
}

async function speeds(): Promise<void> {
  const ids = engines.map(({ id }) => id);
  const plain = writePlainJavaScript();
  const cold = measureColdStarts(ids, plain);
  const memory = measureMemory(ids, plain);
  say('cold starts and memory measured');
  const all = await measureSpeeds(engines);
  say('speeds measured');
  const base = all.get('wutong') ?? all.get('hand-objects');
  const reference = all.has('wutong') ? 'Wutong’s kernel' : 'hand-written JS';
  const megabytes = (bytes: number): string => significant(bytes / 1e6);
  const rows = engines.map((engine) => {
    const speed = all.get(engine.id)!;
    const held = memory.get(engine.id)!;
    return [
      titleOf(engine),
      significant(speed.perSecond),
      base === undefined ? '-' : ratio(base.perSecond / speed.perSecond),
      significant(speed.perSecondFromObjects),
      `${time(speed.p50Ns)}${speed.samplePeople > 1 ? ' *' : ''}`,
      `${time(speed.p99Ns)}${speed.samplePeople > 1 ? ' *' : ''}`,
      megabytes(held.heapBytes),
      megabytes(held.rssBytes),
      `${cold.get(engine.id)!.toFixed(0)} ms`,
      ratio(cold.get(engine.id)! / cold.get('node')!),
    ];
  });
  const bare = memory.get('node')!;
  rows.push(['Node alone', '-', '-', '-', '-', '-', megabytes(bare.heapBytes), megabytes(bare.rssBytes), `${cold.get('node')!.toFixed(0)} ms`, ratio(1)]);
  publish({
    title: 'Table 1: the six-benefit task, all facts known',
    notes: [
      `People per second over ${timedPeople.toLocaleString('en-US')} distinct people; one process per engine, taking turns; medians of ${rounds} rounds of ${roundMs} ms. “${reference} is faster” is its people per second over the engine’s.`,
      `* One sample is a batch of ${batchPeople} distinct people over its size, so p99 is that of batches; without *, one sample is one person.`,
      'Wutong answers all 14 benefits each time, with what is missing; every other engine the six asked for.',
      `Heap and rss: after 1,000 people and a collection. Cold start: a new process until one person is answered, median of ${coldStarts}.`,
    ],
    columns: ['engine', 'people/s', `${reference} is faster`, 'people/s from JSON objects', 'p50', 'p99', 'heap MB', 'rss MB', 'cold start', 'of Node alone'],
    rows,
  });
}

async function missingFacts(): Promise<void> {
  const rows: string[][] = [];
  for (const engine of engines) {
    if (engine.missing === undefined) continue;
    const report = await reportMissing(engine);
    rows.push([
      titleOf(engine),
      ...[report.yes, report.no, report.unknown, report.failed, report.needlesslyOpen, report.unfoundedPeople, report.falsePeople].map((count) =>
        count.toLocaleString('en-US'),
      ),
    ]);
  }
  say('missing facts compared');
  publish({
    title: `Table 2: with ${missingShare * 100}% of facts unknown`,
    notes: [
      `${missingPeople.toLocaleString('en-US')} people, five answers each. “unfounded”: people given a yes or no that the known facts do not bear out (three-valued truth says otherwise). “false”: people given a yes or no that is false once all their facts are known. “needlessly open”: answers left open, or never given, that the known facts settle.`,
      'How a missing fact was given, and the answer read:',
      ...engines.filter(({ missing }) => missing !== undefined).map(({ title, missing }) => `- ${title}: ${missing}.`),
    ],
    columns: ['engine', 'yes', 'no', 'unknown', 'failed', 'needlessly open', 'people with unfounded', 'people with false'],
    rows,
  });
}

async function budget(): Promise<void> {
  const subjects = await budgetSubjects();
  const costs = await measureBudget(subjects);
  say('one-person budget measured');
  const known = costs.get('hand-three')!.p50Ns;
  const unknown = costs.get('hand-three-missing')!.p50Ns;
  publish({
    title: 'Table 3: one person, all benefits with a formula at once',
    notes: [
      `* One sample is a batch of ${batchPeople} distinct people over its size. “of hand-written”: over the hand-written three-valued rules on the same people.`,
    ],
    columns: ['what', 'benefits', 'p50', 'p99', 'of hand-written'],
    rows: subjects.map(({ id, title, results, samplePeople, missing }) => {
      const { p50Ns, p99Ns } = costs.get(id)!;
      const star = samplePeople > 1 ? ' *' : '';
      return [title, String(results), time(p50Ns) + star, time(p99Ns) + star, ratio(p50Ns / (missing > 0 ? unknown : known))];
    }),
  });
}

function commandLine(): void {
  const file = join(mkdtempSync(join(tmpdir(), 'wutong-bench-')), 'person.ndjson');
  writeFileSync(file, `${JSON.stringify(makePeople({ count: 1, seed, facts: 'all' })[0])}\n`);
  const program = join(projectFolder, 'bin', 'wutong.js');
  const times = measureCommands(
    new Map([
      ['node -e 0', [process.execPath, '-e', '0']],
      [
        `node bin/wutong.js evaluate --city jilin-city --date ${setting.date} FILE`,
        [process.execPath, program, 'evaluate', '--city', 'jilin-city', '--date', setting.date, file],
      ],
    ]),
  );
  rmSync(dirname(file), { recursive: true });
  const bare = times.get('node -e 0')!;
  publish({
    title: 'Table 4: the command line from a cold start, one person',
    notes: [`Median of ${coldStarts}, from start to end of the process.`],
    columns: ['command', 'time', 'of Node alone'],
    rows: [...times].map(([command, ms]) => [command, `${ms.toFixed(0)} ms`, ratio(ms / bare)]),
  });
}

function writeResults(): void {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}-${process.arch}`;
  const head = [
    '# Results',
    '',
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}. Node ${process.versions.node}. Rules as of ${setting.date}, 同级留成比例 ${setting.retainedShare}.`,
    `What is measured and how: [README](../README.md). Up to ${agreementPeople.toLocaleString('en-US')} people are checked for agreement before anything is timed.`,
    '',
  ];
  mkdirSync(join(benchFolder, 'results'), { recursive: true });
  writeFileSync(join(benchFolder, 'results', 'latest.md'), [...head, ...tables.map(asMarkdown)].join('\n'));
}

await agreement();
if (isWutongBuilt && asked.length === 0) await wholePack();
await missingFacts();
await speeds();
if (asked.length === 0) await budget();
if (isWutongBuilt && asked.length === 0) commandLine();
// A run of some engines only is for trying; it leaves the results of the last whole run.
if (asked.length === 0) writeResults();
say('done');
process.exit(0);
