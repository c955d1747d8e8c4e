// wutong where: in which file and line a benefit or another provision is written, and what computes it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place } from '../../authoring/diagnostics.ts';
import type { BenefitSource } from '../../authoring/read-benefit.ts';
import { loadCity, openWorkspace } from '../../authoring/workspace.ts';
import type { Manifest } from '../../policy/manifest.ts';
import type { Policy, Provision, Words } from '../../policy/model.ts';
import { nearest } from '../../policy/problems.ts';
import { chooseCities } from '../choose-cities.ts';
import type { Call, Command } from '../command.ts';
import type { Messages } from '../messages.ts';
import { padTo } from '../output/columns.ts';
import { UsageError } from '../usage-error.ts';
import { findRoot } from '../workspace-root.ts';

/** A benefit, or another provision, with the city and policy that it belongs to. */
interface Found {
  readonly city: string;
  readonly policy: string;
  readonly id: string;
  readonly title: Words;
  readonly source: BenefitSource | Provision;
}

export const command: Command = {
  options: { city: 'value', root: 'value' },
  async run({ args, console, say, language }: Call): Promise<number> {
    const name = args.files.join(' ').trim();
    if (name === '') throw new UsageError(say.whereNoName());
    const root = findRoot(args, say);
    const workspace = openWorkspace(root);
    const all: Found[] = [];
    for (const city of chooseCities(root, args, say)) {
      const { source, diagnostics } = loadCity(workspace, city);
      if (diagnostics.length > 0) await console.err(`${say.whereBroken(city)}\n`);
      for (const { policy, benefits } of source?.policies ?? []) all.push(...gather(city, policy, benefits));
    }
    const matches = findMatches(name, all);
    if (matches.length === 0) {
      await console.err(`${say.whereNone(name, suggest(name, all))}\n`);
      return 1;
    }
    const modules = await readModules(root);
    const pages = matches.map((found) => `${found.title[language]} (${found.id}) · ${found.city}/${found.policy}\n${tellPlaces(found, modules, say)}`);
    await console.out(pages.join('\n'));
    return 0;
  },
};

/** All that a policy has, a benefit for several kinds of subject once, with the cases of all of them. */
function gather(city: string, policy: Policy, benefits: readonly BenefitSource[]): Found[] {
  const byId = new Map<string, BenefitSource>();
  for (const source of benefits) byId.set(source.benefit.id, { ...source, cases: [...(byId.get(source.benefit.id)?.cases ?? []), ...source.cases] });
  const of = (id: string, title: Words, source: Found['source']): Found => ({ city, policy: policy.id, id, title, source });
  const provisions: readonly Provision[] = [...policy.goals, ...policy.duties, ...policy.procedures, ...policy.narratives];
  return [...[...byId.values()].map((source) => of(source.benefit.id, source.benefit.title, source)), ...provisions.map((source) => of(source.id, source.title, source))];
}

function namesOf({ policy, id, title }: Found): string[] {
  return [id, title.zh, title.en, `${policy}/${id}`];
}

/** Its names, and the addresses of its page. */
function wholeNamesOf(found: Found): string[] {
  const path = `${found.city}/${found.policy}/${found.id}`;
  return [...namesOf(found), path, `/b/${path}`, `/en/b/${path}`];
}

/** What has exactly this name, else what has it in its name. */
function findMatches(name: string, all: readonly Found[]): readonly Found[] {
  const wanted = name.toLowerCase();
  const exact = all.filter((found) => wholeNamesOf(found).some((each) => each.toLowerCase() === wanted));
  return exact.length > 0 ? exact : all.filter((found) => namesOf(found).some((each) => each.toLowerCase().includes(wanted)));
}

/** Up to three names like this one, the nearest first. */
function suggest(name: string, all: readonly Found[]): string[] {
  const names = new Set(all.flatMap(({ id, title }) => [id, title.zh]));
  const near: string[] = [];
  while (near.length < 3) {
    const next = nearest(name, names);
    if (next === undefined) break;
    near.push(next);
    names.delete(next);
  }
  return near;
}

function tellPlaces({ city, policy, source }: Found, modules: ReadonlyMap<string, string>, say: Messages): string {
  const rows = 'benefit' in source ? tellBenefit(source, modules.get(`${city}/${policy}`), say) : tellProvision(source, say);
  // A benefit has a page of its own; the others stand on the policy's.
  const page = 'benefit' in source ? `/b/${city}/${policy}/${source.benefit.id}` : `/b/${city}/${policy}`;
  return [...rows, [say.whereLabels.page, page] as const].map(([label, text]) => `  ${padTo(label, 11)} ${text}\n`).join('');
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
