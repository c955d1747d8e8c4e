// The real packs made ready for tests of the engine and the calculator: policies, an interpreting engine, and people who know everything of themselves.
import { join } from 'node:path';
import { Diagnostics } from '../../src/authoring/diagnostics.ts';
import { readQuestions } from '../../src/authoring/read-questions.ts';
import { prepareCases, type ReadyCase } from '../../src/authoring/run-cases.ts';
import { loadChain, openWorkspace, type Workspace } from '../../src/authoring/workspace.ts';
import { type Engine, interpretPolicy, makeEngine, openReference, parseDate, type Policy, type Questions, type SubjectKind } from '../../src/policy/index.ts';
import { flatten, randomPeople } from './random-people.ts';
import { chanceOf } from './random-policies.ts';

/** A city's packs, and those of the levels above it, with what they are read from. */
export interface RealPacks {
  readonly workspace: Workspace;
  readonly questions: Questions;
  readonly title: { readonly zh: string; readonly en: string };
  readonly code: number;
  readonly names: Readonly<Record<string, string>>;
  readonly policies: readonly Policy[];
  readonly cases: readonly ReadyCase[];
  engine(date: string): Engine;
}

/** Opens the packs of a city and of the levels above it, its own first; Jilin City where none is named. @throws Error where they cannot be read. */
export function openRealPacks(id = 'jilin-city'): RealPacks {
  const root = join(import.meta.dirname, '../..');
  const workspace = openWorkspace(root);
  const levels = loadChain(workspace, id);
  const [source] = levels;
  const [fault] = levels.flatMap(({ diagnostics }) => diagnostics);
  if (source === undefined || fault !== undefined) throw new Error(`the packs of ${id} cannot be read: ${JSON.stringify(fault)}`);
  const sources = levels.flatMap((level) => level.policies);
  const policies = sources.map(({ policy }) => policy);
  const compiled = policies.map((policy) => interpretPolicy(policy, workspace.vocabularies));
  return {
    workspace,
    questions: readQuestions(root, workspace.vocabularies),
    title: source.city.title,
    code: source.city.code,
    names: Object.fromEntries(levels.toReversed().flatMap(({ city }) => [...city.departments, ...[...city.funds].map(([zh, words]): [string, string] => [zh, words.en])])),
    policies,
    cases: sources.flatMap((policy) => prepareCases(policy, workspace, new Diagnostics())),
    engine: (date) => makeEngine({ policies: compiled, vocabularies: workspace.vocabularies, reference: openReference(workspace.reference), date: parseDate(date) ?? 0 }),
  };
}

/** Facts by full name: `用人单位.规上` beside `学历`. */
export type FlatFacts = Readonly<Record<string, unknown>>;

/** Subjects by a seed that know all that may be asked, and nothing that only a review can settle; every one of them is valid on the date. */
export function knowingPeople(packs: RealPacks, kind: SubjectKind, date: string, seed: number, count: number): FlatFacts[] {
  const engine = packs.engine(date);
  const { facts } = packs.workspace.vocabularies[kind];
  const [policy] = packs.policies;
  const bases = packs.cases.filter(({ benefit }) => benefit.subject === kind).map(({ source }) => flatten(source.facts));
  if (policy === undefined || bases.length === 0) throw new Error(`no cases for ${kind}`);
  const source = { vocabulary: packs.workspace.vocabularies[kind], policy, bases, places: packs.workspace.reference.places, universities: packs.workspace.reference.universities.map(([name]) => name) };
  const people = randomPeople(source, seed, count * 12).map((person) => flatten(person.facts));
  const asked = facts.filter(({ from }) => from !== '认定' && from !== '推算').map(({ name }) => name);
  const pool = new Map(asked.map((name) => [name, people.flatMap((person) => (person[name] === undefined || person[name] === null ? [] : [person[name]]))]));
  const chance = chanceOf(seed);
  const found: FlatFacts[] = [];
  for (const person of people) {
    const whole: Record<string, unknown> = {};
    for (const name of asked) {
      const value = person[name] ?? chance.pick(pool.get(name) ?? []);
      if (value !== undefined) whole[name] = value;
    }
    // Whoever has no employer has nothing to say of one.
    if (whole['用人单位.单位类型'] === '无') for (const name of asked) if (name.startsWith('用人单位.') && name !== '用人单位.单位类型') delete whole[name];
    if ('subject' in engine.bindSubject(inputOf(kind, whole))) found.push(whole);
    if (found.length === count) break;
  }
  if (found.length < count) throw new Error(`only ${found.length} of ${count} people are valid`);
  return found;
}

/** Flat facts in the contract's form. */
export function inputOf(subject: SubjectKind, facts: FlatFacts): { readonly id: null; readonly subject: SubjectKind; readonly facts: Readonly<Record<string, unknown>> } {
  const employer: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (name.startsWith('用人单位.')) employer[name.slice('用人单位.'.length)] = value;
    else own[name] = value;
  }
  return { id: null, subject, facts: Object.keys(employer).length === 0 ? own : { ...own, 用人单位: employer } };
}
