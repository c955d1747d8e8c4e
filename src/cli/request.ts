// What evaluate and explain have in common: the city, the policies in force, the date and the settings, made into an engine.

import { type DateNumber, formatDate, parseDate } from '../policy/calendar.ts';
import { type Engine, type EngineOptions, makeEngine } from '../policy/engine.ts';
import { isInForce } from '../policy/in-force.ts';
import type { CompiledPolicy } from '../policy/kernel.ts';
import { levelsOf } from '../policy/levels.ts';
import type { CityEntry, Manifest, PolicyEntry, ReferenceModule, VocabularyModule } from '../policy/manifest.ts';
import type { NamedPolicy, SubjectKind, Vocabulary } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import { openReference, type Reference } from '../policy/reference.ts';
import { type Arguments, type OptionKind, valueOf } from './arguments.ts';
import type { Call } from './command.ts';
import { matchCity } from './match-city.ts';
import type { Messages } from './messages.ts';
import { changedSource, importPack, loadManifest } from './program.ts';
import { readParameters, readReadings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/** Options of every command that evaluates. */
export const requestOptions = {
  city: 'value',
  policy: 'values',
  date: 'value',
  under: 'value',
  set: 'values',
  reading: 'values',
  input: 'value',
  encoding: 'value',
  format: 'value',
} as const satisfies Readonly<Record<string, OptionKind>>;

/** All that answers the subjects of one run. */
export interface Request {
  readonly engine: Engine;
  /** What the engine was made with. */
  readonly options: EngineOptions;
  readonly city: CityEntry;
  /** The city and the jurisdictions above it, its own first. */
  readonly levels: readonly CityEntry[];
  /** The policies that answer, those of the nearer level first. */
  readonly entries: readonly PolicyEntry[];
  readonly policies: readonly CompiledPolicy[];
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  readonly reference: Reference;
  readonly file: string;
}

/** Makes the engine that a call asks for. @throws UsageError where the call is not right. */
export async function readRequest({ args, console, say }: Call): Promise<Request> {
  const file = onlyFile(args, say);
  const date = readDate('--date', valueOf(args, 'date') ?? todayInShanghai(), say);
  const earlier = valueOf(args, 'under');
  const under = earlier === undefined ? date : readDate('--under', earlier, say);
  // An application cannot be filed after the day on which it is judged.
  if (under > date) throw new UsageError(say.underAfterDate(formatDate(under), formatDate(date)));
  const manifest = await loadManifest(say);
  const city = findCity(manifest, valueOf(args, 'city'), say);
  const levels = levelsOf(manifest.cities, city.id);
  const entries = findPolicies(levels, args.values.get('policy') ?? [], under, say);
  const [{ vocabularies }, { reference: data }, ...modules] = await Promise.all([
    importPack<VocabularyModule>(manifest.vocabulary, say),
    importPack<ReferenceModule>(manifest.reference, say),
    ...entries.map(({ module }) => importPack<{ readonly compiled: CompiledPolicy }>(module, say)),
  ]);
  const policies = modules.map(({ compiled }) => compiled);
  const outlines = policies.map(({ policy }) => policy);
  const reference = openReference(data);
  const parameters = readParameters(args.values.get('set') ?? [], outlines, say);
  const readings = readReadings(args.values.get('reading') ?? [], outlines, say);
  const changed = changedSource(manifest);
  if (changed !== undefined) await console.err(`${say.staleBuild(changed)}\n`);
  const options: EngineOptions = { policies, vocabularies, reference, date, under, parameters, readings };
  const engine = makeEngine(options);
  return { engine, options, city, levels, entries, policies, vocabularies, reference, file };
}

function onlyFile({ files }: Arguments, say: Messages): string {
  const [file] = files;
  if (file === undefined) throw new UsageError(say.noFile());
  if (files.length > 1) throw new UsageError(say.manyFiles(files));
  return file;
}

/** The city's clocks count, wherever the program runs. */
function todayInShanghai(): string {
  const shanghai = 8 * 60 * 60 * 1000;
  return new Date(Date.now() + shanghai).toISOString().slice(0, 10);
}

export function readDate(option: string, text: string, say: Messages): DateNumber {
  const date = parseDate(text);
  if (date === undefined) throw new UsageError(say.badDate(option, text));
  return date;
}

/** A city by its id, its title, long or short, or its division code. */
export function findCity({ cities }: Manifest, name: string | undefined, say: Messages): CityEntry {
  const known = cities.map(({ id }) => id);
  if (name === undefined) throw new UsageError(say.noCity(known));
  return matchCity(name, cities, say);
}

/** The policies asked for, or all of the levels, as far as they are in force on the day whose rules answer; in their order. */
function findPolicies(levels: readonly CityEntry[], names: readonly string[], under: DateNumber, say: Messages): readonly PolicyEntry[] {
  const policies = levels.flatMap((level) => level.policies);
  const known = policies.map(({ id }) => id);
  for (const name of names) if (!known.includes(name)) throw unknownPolicy(name, known, levels.flatMap((level) => level.named), say);
  const asked = names.length === 0 ? policies : policies.filter(({ id }) => names.includes(id));
  const inForce = asked.filter((policy) => isInForce(policy, under));
  // Who names a policy wants that one answered; silence about it would mislead.
  const missed = names.length === 0 ? (inForce.length > 0 ? [] : asked) : asked.filter((policy) => !inForce.includes(policy));
  if (missed.length === 0 && inForce.length > 0) return inForce;
  throw nothingInForce(under, missed, names.length > 0 ? [] : levels, say);
}

/** What is said of a day on which nothing that was asked about is in force: the days of each policy, and what is known by name only. */
export function nothingInForce(day: DateNumber, missed: readonly PolicyEntry[], levels: readonly CityEntry[], say: Messages): UsageError {
  const told = (date: DateNumber | undefined): string | undefined => (date === undefined ? undefined : formatDate(date));
  const spans = missed.map(({ id, from, to }) => say.inForce(id, formatDate(from), told(to)));
  const named = levels.flatMap((level) => level.named.map(({ id, title, from, to }) => say.namedOnly(id, title, told(from), told(to))));
  return new UsageError(say.nothingInForce(formatDate(day), spans, named));
}

/** What is said of a policy that is not there: that its name is all that is known of it, or which there are. */
export function unknownPolicy(name: string, known: readonly string[], named: readonly NamedPolicy[], say: Messages): UsageError {
  const document = named.find(({ id, title }) => [id, title.zh, title.en].includes(name));
  return new UsageError(document === undefined ? say.unknownPolicy(name, nearest(name, known), known) : say.policyByNameOnly(document.id, document.title, known));
}
