// Opens the folder of cities: reads every file of a city, its policies and benefits, and gathers what is wrong with them.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { SubjectKind, Vocabulary } from '../policy/model.ts';
import type { ReferenceData } from '../policy/reference.ts';
import type { WorkingCalendar } from '../policy/working-days.ts';
import { type Diagnostic, Diagnostics, type Place } from './diagnostics.ts';
import type { Scope } from './check-expression.ts';
import { nearest } from '../policy/problems.ts';
import { levelsOf } from '../policy/levels.ts';
import { type City, readCity } from './read-city.ts';
import { type PolicyFiles, type PolicySource, readPolicy } from './read-policy.ts';
import { provisionSorts } from './read-provisions.ts';
import { readReferenceFolder } from './read-reference.ts';
import { settleSupersessions } from './settle-supersessions.ts';
import { readYaml, type YamlFile } from './yaml-source.ts';

/** The folder of cities with its reference data. */
export interface Workspace {
  readonly root: string;
  readonly vocabularies: Readonly<Record<SubjectKind, Vocabulary>>;
  readonly reference: ReferenceData;
  readonly calendar: WorkingCalendar;
}

/** A city with its policies, and everything that is wrong with them. */
export interface CitySource {
  readonly city: City;
  readonly policies: readonly PolicySource[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens a workspace. @throws Error where the reference data cannot be read. */
export function openWorkspace(root: string): Workspace {
  return { root, ...readReferenceFolder(root) };
}

/** The ids of all cities, in the order of their folders' names. */
export function listCities(root: string): string[] {
  const folder = join(root, 'cities');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'city.yaml')))
    .map((entry) => entry.name)
    .sort();
}

/** Reads one city. Undefined where its city.yaml cannot be read at all; the reasons stand in `diagnostics`. */
export function loadCity(workspace: Workspace, id: string): { readonly source?: CitySource; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics = new Diagnostics();
  const folder = join(workspace.root, 'cities', id);
  const open = (path: string): YamlFile | undefined => openYaml(workspace.root, path, diagnostics);
  const cityFile = open(join(folder, 'city.yaml'));
  if (cityFile === undefined) return { diagnostics: diagnostics.list };
  const city = readCity(id, cityFile, diagnostics);
  const others = readCities(workspace.root).filter((other) => other.id !== id);
  checkParent(city, others, diagnostics);
  const homes = claimPolicies(city, others, diagnostics);
  const place = makePlaceFinder(workspace.reference);
  const policies: PolicySource[] = [];
  const seen = new Map<string, Place>();
  for (const { id: policyId, place: at } of city.policies) {
    const path = join(folder, policyId, 'policy.yaml');
    const first = seen.get(policyId);
    // A policy that is listed twice was reported.
    if (first !== undefined) continue;
    if (!existsSync(path)) diagnostics.add('missing-file', at, { id: policyId, file: `${policyId}/policy.yaml` });
    else {
      seen.set(policyId, at);
      const file = open(path);
      if (file !== undefined) policies.push(readPolicy(policyId, city, file, openBeside(join(folder, policyId), open), { vocabularies: workspace.vocabularies, place }, diagnostics));
    }
  }
  return { source: { ...settleSupersessions({ city, policies }, homes, diagnostics), diagnostics: diagnostics.list }, diagnostics: diagnostics.list };
}

/** A city and those above it, its own first, each with what is wrong with itself; it ends where a city.yaml cannot be read. */
export function loadChain(workspace: Workspace, id: string): readonly CitySource[] {
  return loadLevels(workspace, levelsFrom(workspace, id));
}

/** As {@link loadChain} without the city itself, for whoever has read that one. */
export function loadAbove(workspace: Workspace, id: string): readonly CitySource[] {
  return loadLevels(workspace, levelsFrom(workspace, id).slice(1));
}

function levelsFrom(workspace: Workspace, id: string): readonly string[] {
  return levelsOf(readCities(workspace.root).map((city) => ({ id: city.id, ...(city.parent === undefined ? {} : { parent: city.parent.id }) })), id).map((level) => level.id);
}

function loadLevels(workspace: Workspace, ids: readonly string[]): readonly CitySource[] {
  return ids.flatMap((id) => {
    const { source } = loadCity(workspace, id);
    return source === undefined ? [] : [source];
  });
}

/** Every city.yaml that can be read, in the order of their folders' names; what is wrong with one is told where it is checked. */
function readCities(root: string): City[] {
  return listCities(root).flatMap((id) => {
    const diagnostics = new Diagnostics();
    const file = openYaml(root, join(root, 'cities', id, 'city.yaml'), diagnostics);
    return file === undefined ? [] : [readCity(id, file, diagnostics)];
  });
}

/** The jurisdiction above exists, and the way up does not lead back. */
function checkParent(city: City, others: readonly City[], diagnostics: Diagnostics): void {
  if (city.parent === undefined) return;
  const path = [city.id];
  for (let at: City | undefined = city; at?.parent !== undefined; ) {
    const above: string = at.parent.id;
    path.push(above);
    if (above === city.id) diagnostics.add('circular-parents', city.parent.place, { path: path.join(' → ') });
    // A circle above that leaves this city out is told where it is.
    if (path.indexOf(above) < path.length - 1) return;
    at = others.find((other) => other.id === above);
  }
  const known = others.map(({ id }) => id);
  if (city.parent.id !== city.id && !known.includes(city.parent.id)) diagnostics.add('unknown-parent', city.parent.place, { id: city.parent.id, near: nearest(city.parent.id, known) ?? '' });
}

/** Ids of policies, known whole or by name only, are unique over all cities. @returns the city that has each. */
function claimPolicies(city: City, others: readonly City[], diagnostics: Diagnostics): ReadonlyMap<string, string> {
  const idsOf = ({ policies, named }: City): { readonly id: string; readonly place: Place }[] => [...policies, ...named.map(({ policy, place }) => ({ id: policy.id, place }))];
  const claimed = new Map<string, { readonly city: string; readonly place: Place }>();
  for (const other of others) for (const { id, place } of idsOf(other)) if (!claimed.has(id)) claimed.set(id, { city: other.id, place });
  const own = new Map<string, Place>();
  for (const { id, place } of idsOf(city)) {
    const first = own.get(id);
    const elsewhere = claimed.get(id);
    own.set(id, first ?? place);
    if (first !== undefined) diagnostics.add('duplicate-id', place, { id, first: `${first.line}:${first.column}` });
    // Told once: in the city whose folder comes later.
    else if (elsewhere !== undefined && elsewhere.city < city.id) diagnostics.add('duplicate-id', place, { id, first: `${elsewhere.place.file}:${elsewhere.place.line}:${elsewhere.place.column}` });
  }
  return new Map([...claimed].map(([id, { city: home }]) => [id, home]));
}

/** The files of a folder beside policy.yaml; undefined for one that is there but cannot be read. */
function openBeside(folder: string, open: (path: string) => YamlFile | undefined): PolicyFiles {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.yaml'))
    .map(({ name }) => name.slice(0, -'.yaml'.length))
    .sort();
  const files = new Map(names.filter((name) => name !== 'policy').map((name) => [name, open(join(folder, `${name}.yaml`))]));
  const provisions = new Map(provisionSorts.filter((sort) => files.has(sort)).map((sort) => [sort, files.get(sort)]));
  for (const sort of provisionSorts) files.delete(sort);
  return { benefits: files, provisions };
}

/** Reads a YAML file, naming it by its path from the root with forward slashes. */
function openYaml(root: string, path: string, diagnostics: Diagnostics): YamlFile | undefined {
  const name = relative(root, path).split(sep).join('/');
  try {
    return readYaml(name, new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)), diagnostics);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    diagnostics.add('not-utf8', { file: name, line: 1, column: 1 });
    return undefined;
  }
}

/** Finds places by code or by a name that only one place of the country has. */
export function makePlaceFinder(reference: ReferenceData): Scope['place'] {
  const codes = new Set(reference.places);
  const byName = new Map<string, number[]>();
  reference.placeNames.forEach((name, index) => {
    const code = reference.places[index];
    if (code !== undefined) byName.set(name, [...(byName.get(name) ?? []), code]);
  });
  return (text) => {
    if (/^\d{6}$/.test(text) && codes.has(Number(text))) return { code: Number(text) };
    const found = byName.get(text) ?? [];
    return found.length === 1 && found[0] !== undefined ? { code: found[0] } : { candidates: found.map(String) };
  };
}
