// wutong where: in which file and line a benefit, another provision, a clause or a document is written, and what computes it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place } from '../../authoring/diagnostics.ts';
import type { BenefitSource } from '../../authoring/read-benefit.ts';
import type { PolicySource } from '../../authoring/read-policy.ts';
import { type CitySource, loadCity, openWorkspace } from '../../authoring/workspace.ts';
import type { Manifest } from '../../policy/manifest.ts';
import type { Provision, Words } from '../../policy/model.ts';
import { nearest } from '../../policy/problems.ts';
import { chooseCities } from '../choose-cities.ts';
import type { Call, Command } from '../command.ts';
import type { Messages } from '../messages.ts';
import { padTo } from '../output/columns.ts';
import { UsageError } from '../usage-error.ts';
import { findRoot } from '../workspace-root.ts';

/** What can be asked for: a jurisdiction, a document, a clause, a benefit or another provision. */
interface Found {
  readonly city: string;
  readonly policy?: string;
  readonly id: string;
  readonly title: Words;
  /** The address of its page, decoded. */
  readonly page: string;
  /** A clause is found by its whole number alone: its signs stand in many titles. */
  readonly isClause?: true;
  readonly tell: (modules: ReadonlyMap<string, string>) => Labelled;
}

export const command: Command = {
  options: { city: 'value', root: 'value' },
  async run({ args, console, say, language }: Call): Promise<number> {
    const name = plainName(args.files.join(' '));
    if (name === '') throw new UsageError(say.whereNoName());
    const root = findRoot(args, say);
    const workspace = openWorkspace(root);
    const all: Found[] = [];
    for (const city of chooseCities(workspace, args, say)) {
      const { source, diagnostics } = loadCity(workspace, city);
      if (diagnostics.length > 0) await console.err(`${say.whereBroken(city)}\n`);
      if (source !== undefined) all.push(...gather(source, say));
    }
    const matches = findMatches(name, all);
    if (matches.length === 0) {
      await console.err(`${say.whereNone(name, suggest(name, all))}\n`);
      return 1;
    }
    const modules = await readModules(root);
    const pages = matches.map((found) => `${found.title[language]} (${found.id}) · ${[found.city, found.policy].filter((part) => part !== undefined && part !== found.id).join('/') || found.id}\n${tellPlaces(found, modules, say)}`);
    await console.out(pages.join('\n'));
    return 0;
  },
};

/** What was asked for; of the address of a page, however it was copied, the decoded path without host, language and ending. */
function plainName(asked: string): string {
  const name = asked.trim();
  const path = /^(?:[a-z]+:\/\/[^/]*)?(?:\/en)?(\/[bc]\/[^?#]*)/i.exec(name)?.[1];
  if (path === undefined) return name;
  return decode(path).replace(/\/+$/, '').replace(/\.(html|pdf)$/, '');
}

/** An address as a reader sees it; one that is cut off within a character stays as it is. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** All that a jurisdiction has, a benefit for several kinds of subject once, with the cases of all of them. */
function gather({ city, policies }: CitySource, say: Messages): Found[] {
  const labels = say.whereLabels;
  const cityFile = `cities/${city.id}/city.yaml`;
  const home = `/b/${city.id}`;
  return [
    { city: city.id, id: city.id, title: city.title, page: home, tell: () => [[labels.rule, `${cityFile}:1`]] },
    ...city.named.map(({ policy: { id, title }, place }): Found => ({ city: city.id, policy: id, id, title, page: home, tell: () => [[labels.rule, at(place)], [labels.content, say.whereNameOnly()]] })),
    ...policies.flatMap((policy) => gatherPolicy(policy, say)),
  ];
}

function gatherPolicy({ policy, benefits, clausePlaces, place }: PolicySource, say: Messages): Found[] {
  const { id, city } = policy;
  const page = `/b/${city}/${id}`;
  const labels = say.whereLabels;
  const byId = new Map<string, BenefitSource>();
  for (const source of benefits) byId.set(source.benefit.id, { ...source, cases: [...(byId.get(source.benefit.id)?.cases ?? []), ...source.cases] });
  const provisions: readonly Provision[] = [...policy.goals, ...policy.duties, ...policy.procedures, ...policy.narratives];
  const moduleOf = (modules: ReadonlyMap<string, string>): string | undefined => modules.get(`${city}/${id}`);
  return [
    { city, policy: id, id, title: policy.title, page, tell: (modules) => [[labels.rule, at(place)], [labels.module, moduleOf(modules) ?? say.whereNotBuilt()]] },
    // A benefit has a page of its own; the other provisions stand on the policy's.
    ...[...byId.values()].map((source): Found => ({ city, policy: id, id: source.benefit.id, title: source.benefit.title, page: `${page}/${source.benefit.id}`, tell: (modules) => tellBenefit(source, moduleOf(modules), say) })),
    ...provisions.map((source): Found => ({ city, policy: id, id: source.id, title: source.title, page, tell: () => tellProvision(source, say) })),
    ...policy.clauses.flatMap((clause): Found[] => {
      const written = clausePlaces.get(clause.id);
      return written === undefined ? [] : [{ city, policy: id, id: clause.id, title: clause.title, page: `/c/${city}/${clause.id}`, isClause: true, tell: () => [[labels.rule, at(written)]] }];
    }),
  ];
}

function namesOf({ policy, id, title }: Found): string[] {
  return [id, title.zh, title.en, ...(policy === undefined || policy === id ? [] : [`${policy}/${id}`])];
}

/** Its names, and the address of its page where that is its own. */
function wholeNamesOf(found: Found): string[] {
  const path = [found.city, ...(found.policy === undefined || found.policy === found.id ? [] : [found.policy]), found.id].join('/');
  const own = found.page.endsWith(`/${found.id}`) ? [found.page] : [];
  return found.isClause ? [found.id, ...own, `${found.city}/${found.id}`] : [...namesOf(found), path, `/b/${path}`, ...own];
}

/** Names are compared as they are read: brackets of either width are the same. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** What has exactly this name, else what has it in its name. */
function findMatches(name: string, all: readonly Found[]): readonly Found[] {
  const wanted = folded(name);
  const exact = all.filter((found) => wholeNamesOf(found).some((each) => folded(each) === wanted));
  return exact.length > 0 ? exact : all.filter((found) => found.isClause !== true && namesOf(found).some((each) => folded(each).includes(wanted)));
}

/** Up to three names like this one, the nearest first. */
function suggest(name: string, all: readonly Found[]): string[] {
  const names = new Set(all.flatMap(({ id, title, isClause }) => (isClause === true ? [] : [id, title.zh])));
  const near: string[] = [];
  while (near.length < 3) {
    const next = nearest(name, names);
    if (next === undefined) break;
    near.push(next);
    names.delete(next);
  }
  return near;
}

function tellPlaces({ page, tell }: Found, modules: ReadonlyMap<string, string>, say: Messages): string {
  return [...tell(modules), [say.whereLabels.page, page] as const].map(([label, text]) => `  ${padTo(label, 11)} ${text}\n`).join('');
}

type Labelled = readonly (readonly [label: string, text: string])[];

const at = ({ file, line }: Pick<Place, 'file' | 'line'>): string => `${file}:${line}`;

/** Nothing computes a provision that is no benefit: where it stands is all there is. */
function tellProvision(source: Provision, { whereLabels }: Messages): Labelled {
  return [[whereLabels.rule, at(source)], [whereLabels.clause, [source.clause, ...source.also].join(' ')]];
}

function tellBenefit({ places, cases }: BenefitSource, module: string | undefined, say: Messages): Labelled {
  // A key that is not there is placed where the file begins.
  const optional = (place: Place): string => (place.line === places.rule.line && place.column === places.rule.column ? say.whereAbsent() : at(place));
  const labels = say.whereLabels;
  return [
    [labels.rule, at(places.rule)],
    [labels.condition, at(places.condition)],
    [labels.amount, at(places.amount)],
    [labels.payment, optional(places.payment)],
    [labels.funds, optional(places.funds)],
    [labels.cases, cases.length === 0 ? say.whereAbsent() : at(places.cases) + say.whereCases(cases.length)],
    [labels.module, module ?? say.whereNotBuilt()],
  ];
}

/** The built module of each policy, by its id, as a path from the root; none where it is not built. */
async function readModules(root: string): Promise<ReadonlyMap<string, string>> {
  const file = join(root, 'dist/packs/manifest.js');
  if (!existsSync(file)) return new Map();
  const { manifest } = (await import(pathToFileURL(file).href)) as { readonly manifest: Manifest };
  return new Map(manifest.cities.flatMap(({ id: city, policies }) => policies.map(({ id, module }) => [`${city}/${id}`, `dist/packs/${module}`] as const)));
}
