// Interpreter, generated JavaScript and generated SQL agree on every case of every pack and on 100,000 random subjects.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compilePolicy } from '../../src/authoring/build-packs.ts';
import { Diagnostics } from '../../src/authoring/diagnostics.ts';
import { generateSql } from '../../src/authoring/generate-sql.ts';
import { prepareCases, type ReadyCase } from '../../src/authoring/run-cases.ts';
import { listCities, loadCity, openWorkspace } from '../../src/authoring/workspace.ts';
import { bind, type Subject } from '../../src/policy/bind.ts';
import { interpret, makeScene, type Setting } from '../../src/policy/interpret.ts';
import { bitsOf, type CompiledPolicy, type Kernel, kernelRuntime, type KernelOutput, makeKernelOutput, statusOfCode, wordCount } from '../../src/policy/kernel.ts';
import type { Policy, SubjectKind } from '../../src/policy/model.ts';
import { openReference } from '../../src/policy/reference.ts';
import { connect } from '../support/postgres.ts';
import { flatten, randomPeople } from '../support/random-people.ts';
import { loadPopulation, readRow } from '../support/sql-population.ts';

const root = join(import.meta.dirname, '../..');
const workspace = openWorkspace(root);
const folder = mkdtempSync(join(tmpdir(), 'wutong-agreement-'));
const people = 100_000;
const others = 3_000;
const seed = 20261121;

interface Pack {
  readonly policy: Policy;
  readonly compiled: CompiledPolicy;
  readonly cases: readonly ReadyCase[];
  readonly literals: ReadonlyMap<string, number>;
}

async function openPacks(): Promise<Pack[]> {
  const packs: Pack[] = [];
  for (const city of listCities(root)) {
    for (const source of loadCity(workspace, city).source?.policies ?? []) {
      const file = join(folder, `${source.policy.id}.mjs`);
      writeFileSync(file, compilePolicy(source.policy, workspace));
      const { compiled } = (await import(pathToFileURL(file).href)) as { compiled: CompiledPolicy };
      const literals = new Map(compiled.literals.map((text, index) => [text, index + 1]));
      packs.push({ policy: source.policy, compiled, cases: prepareCases(source, workspace, new Diagnostics()), literals });
    }
  }
  return packs;
}

const packs = await openPacks();
let client: pg.Client;

beforeAll(async () => {
  client = await connect();
  await client.query('set jit = off');
});

afterAll(async () => {
  await client.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Lives to draw from. What a review decides comes out every way by itself; a computed benefit needs a whole life that fits, so its cases are drawn three times as often. */
function basesOf(cases: readonly ReadyCase[]): Record<string, unknown>[] {
  return cases.flatMap(({ benefit, source }) => Array.from({ length: benefit.reviewed ? 1 : 3 }, () => flatten(source.facts)));
}

function usualSetting(policy: Policy, date: number, share: number | null): Setting {
  return {
    date,
    parameters: new Map(policy.parameters.map(({ name, value }) => [name, value ?? share])),
    readings: new Map(policy.readings.map(({ name, inForce }) => [name, inForce])),
  };
}

function makeKernel(pack: Pack, kind: SubjectKind, setting: Setting): Kernel {
  const factory = pack.compiled.kernels[kind];
  if (factory === undefined) throw new Error(`no kernel for ${kind}`);
  return factory(kernelRuntime, {
    date: setting.date,
    parameters: pack.policy.parameters.map(({ name }) => setting.parameters.get(name) ?? null),
    readings: pack.policy.readings.map(({ name }) => setting.readings.get(name) ?? 0),
    literals: [...pack.literals.values()],
  });
}

function outputFor(pack: Pack, kind: SubjectKind): KernelOutput {
  const benefits = pack.policy.benefits.filter(({ subject }) => subject === kind);
  return makeKernelOutput(benefits.length, workspace.vocabularies[kind].facts.length, pack.policy.parameters.length);
}

/** What a kernel or SQL says of one benefit, as one line that can be compared and read. */
function lineOf(out: KernelOutput, index: number, facts: number, parameters: number): string {
  const status = statusOfCode[out.status[index] ?? 0];
  const missing = bitsOf(out.missing, index, wordCount(facts)).join();
  if (status === 'no') return 'no';
  const open = bitsOf(out.amountMissing, index, wordCount(facts)).join();
  const unset = bitsOf(out.amountParameters, index, wordCount(parameters)).join();
  return `${status} missing ${missing} amount ${out.low[index]}..${out.high[index]} open ${open} unset ${unset}`;
}

/** What the interpreter says of all benefits of a kind, in the same form. */
function interpretAll(pack: Pack, kind: SubjectKind, subject: Subject, setting: Setting): string[] {
  const scene = makeScene(pack.policy, workspace.vocabularies[kind], subject, setting, pack.literals);
  return pack.policy.benefits
    .filter((benefit) => benefit.subject === kind)
    .map((benefit) => {
      const { status, missing, amount } = interpret(benefit, scene);
      if (status === 'no') return 'no';
      const open = [...amount.missing].sort((a, b) => a - b).join();
      const unset = pack.policy.parameters.flatMap(({ name }, index) => (amount.parameters.has(name) ? [index] : [])).join();
      return `${status} missing ${missing.join()} amount ${amount.low}..${amount.high} open ${open} unset ${unset}`;
    });
}

async function sqlAll(pack: Pack, kind: SubjectKind, subjects: readonly Subject[], setting: Setting): Promise<string[][]> {
  const table = `people_${Math.floor(performance.now())}_${kind}`;
  const vocabulary = workspace.vocabularies[kind];
  await loadPopulation(client, vocabulary, table, subjects);
  const query = generateSql(pack.policy, vocabulary, kind, setting, { table, universities: workspace.reference.universities });
  const { rows } = await client.query<unknown[]>({ text: `select * from (${query}) as answers order by id`, rowMode: 'array' });
  await client.query(`drop table "${table}"`);
  return rows.map((row) => {
    const out = outputFor(pack, kind);
    readRow(row, pack.policy, vocabulary, out);
    return Array.from(out.status, (_, index) => lineOf(out, index, vocabulary.facts.length, pack.policy.parameters.length));
  });
}

function runKernel(pack: Pack, kind: SubjectKind, kernel: Kernel, subject: Subject): string[] {
  const out = outputFor(pack, kind);
  kernel(subject.slots, subject.places, out);
  return Array.from(out.status, (_, index) => lineOf(out, index, workspace.vocabularies[kind].facts.length, pack.policy.parameters.length));
}

/** How many cases the checker asks for; one of a benefit for several kinds of subject counts once. */
function neededCases(benefits: Policy['benefits']): number {
  const needed = new Map(benefits.map(({ id, condition, reviewed }) => [id, condition.op === 'always' ? 1 : reviewed ? 2 : 4]));
  return [...needed.values()].reduce((sum, count) => sum + count, 0);
}

/** Whether a condition looks at facts while the readings are as they are in force; one that does not is the same for everybody. */
function looksAtFacts(condition: unknown, policy: Policy): boolean {
  if (typeof condition !== 'object' || condition === null) return false;
  if ('slot' in condition) return true;
  if ('definition' in condition) return looksAtFacts(policy.definitions.find(({ name }) => name === condition.definition), policy);
  if ('branches' in condition && Array.isArray(condition.branches) && 'reading' in condition) {
    return looksAtFacts(condition.branches[policy.readings.find(({ name }) => name === condition.reading)?.inForce ?? 0], policy);
  }
  return Object.values(condition).some((part) => looksAtFacts(part, policy));
}

describe.each(packs.map((pack) => [pack.policy.id, pack] as const))('%s', (_, pack) => {
  const kinds = [...new Set(pack.policy.benefits.map(({ subject }) => subject))];

  test('the three back ends agree on every case', async () => {
    expect(pack.cases.length).toBeGreaterThanOrEqual(neededCases(pack.policy.benefits));
    const expected: string[] = [];
    const fromKernel: string[] = [];
    const fromSql: string[] = [];
    for (const { benefit, subject, setting, source } of pack.cases) {
      const kind = benefit.subject;
      expected.push(`${source.name}: ${interpretAll(pack, kind, subject, setting).join('\n')}`);
      fromKernel.push(`${source.name}: ${runKernel(pack, kind, makeKernel(pack, kind, setting), subject).join('\n')}`);
    }
    expect(fromKernel).toEqual(expected);
    // One query for all cases of a setting: cases mostly share theirs.
    const groups = Map.groupBy(pack.cases, ({ benefit, setting }) => JSON.stringify([benefit.subject, setting.date, [...setting.parameters], [...setting.readings]]));
    for (const group of groups.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const kind = first.benefit.subject;
      const answers = await sqlAll(pack, kind, group.map(({ subject }) => subject), first.setting);
      group.forEach((item, index) => (fromSql[pack.cases.indexOf(item)] = `${item.source.name}: ${answers[index]?.join('\n')}`));
    }
    expect(fromSql).toEqual(expected);
  });

  test('the three back ends agree under every alternative of every reading', async () => {
    const usual = usualSetting(pack.policy, 20260630, null);
    // Bound anew, for what is derived depends on the date asked about.
    const binding = { vocabularies: workspace.vocabularies, reference: openReference(workspace.reference), literals: pack.literals, date: usual.date };
    let tried = 0;
    for (const kind of kinds) {
      const subjects = pack.cases.filter(({ benefit }) => benefit.subject === kind).flatMap(({ source }): Subject[] => {
        const bound = bind({ id: source.name, subject: kind, facts: source.facts }, binding);
        return 'subject' in bound ? [bound.subject] : [];
      });
      tried += subjects.length;
      for (const { name, alternatives } of pack.policy.readings) {
        for (const alternative of alternatives.keys()) {
          const setting = { ...usual, readings: new Map([...usual.readings, [name, alternative]]) };
          const kernel = makeKernel(pack, kind, setting);
          const fromSql = await sqlAll(pack, kind, subjects, setting);
          const expected = subjects.map((subject) => `${name} ${alternative}: ${interpretAll(pack, kind, subject, setting).join('\n')}`);
          expect(subjects.map((subject) => `${name} ${alternative}: ${runKernel(pack, kind, kernel, subject).join('\n')}`)).toEqual(expected);
          expect(fromSql.map((lines) => `${name} ${alternative}: ${lines.join('\n')}`)).toEqual(expected);
        }
      }
    }
    expect(tried).toBeGreaterThanOrEqual(neededCases(pack.policy.benefits));
  });

  test.each(kinds)('the three back ends agree on random subjects: %s', async (kind) => {
    const vocabulary = workspace.vocabularies[kind];
    const source = {
      vocabulary,
      policy: pack.policy,
      bases: basesOf(pack.cases.filter(({ benefit }) => benefit.subject === kind)),
      places: workspace.reference.places,
      universities: workspace.reference.universities.map(([name]) => name),
    };
    const date = 20260630;
    const binding = { vocabularies: workspace.vocabularies, reference: openReference(workspace.reference), literals: pack.literals, date };
    const total = kind === 'person' ? people : others;
    const subjects = randomPeople(source, seed, total).flatMap((input): Subject[] => {
      const bound = bind(input, binding);
      return 'subject' in bound ? [bound.subject] : [];
    });
    expect(subjects).toHaveLength(total);
    const seen = new Map<string, number>();
    // Gathered and matched once: the matcher is too slow to be asked 200,000 times.
    const differences: string[] = [];
    const half = Math.ceil(subjects.length / 2);
    for (const [part, share] of [[subjects.slice(0, half), 400_000], [subjects.slice(half), null]] as const) {
      const setting = usualSetting(pack.policy, date, share);
      const kernel = makeKernel(pack, kind, setting);
      const fromSql = await sqlAll(pack, kind, part, setting);
      expect(fromSql).toHaveLength(part.length);
      for (const [index, subject] of part.entries()) {
        const expected = interpretAll(pack, kind, subject, setting);
        const fromKernel = runKernel(pack, kind, kernel, subject);
        if (fromKernel.join() !== expected.join()) differences.push(`subject ${index}: JavaScript says\n${fromKernel.join('\n')}\nthe interpreter\n${expected.join('\n')}`);
        if (fromSql[index]?.join() !== expected.join()) differences.push(`subject ${index}: SQL says\n${fromSql[index]?.join('\n')}\nthe interpreter\n${expected.join('\n')}`);
        expected.forEach((line, benefit) => {
          const key = `${benefit} ${line.split(' ', 1)[0]}`;
          seen.set(key, (seen.get(key) ?? 0) + 1);
        });
      }
    }
    expect(differences.slice(0, 3)).toEqual([]);
    // The comparison is worth something only where every benefit was met, denied and left open many times, as far as it can be.
    const benefits = pack.policy.benefits.filter(({ subject }) => subject === kind);
    const count = (index: number, ...statuses: string[]): number => statuses.reduce((sum, status) => sum + (seen.get(`${index} ${status}`) ?? 0), 0);
    const possible = ({ condition, reviewed }: Policy['benefits'][number]): readonly (readonly string[])[] => {
      if (condition.op === 'always') return [[reviewed ? 'review' : 'yes']];
      if (!looksAtFacts(condition, pack.policy)) return [['yes', 'no', 'review']];
      return reviewed ? [['no'], ['unknown', 'review']] : [['yes'], ['no'], ['unknown', 'review']];
    };
    const rare = benefits.flatMap((benefit, index) =>
      possible(benefit).filter((statuses) => count(index, ...statuses) < total / 2000).map((statuses) => `${benefit.id} ${statuses.join('/')} ${count(index, ...statuses)}`),
    );
    expect(rare).toEqual([]);
  }, 300_000);
});
