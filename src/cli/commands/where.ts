// wutong where: in which file and line a benefit is written, and what computes it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Place } from '../../authoring/diagnostics.ts';
import type { BenefitSource } from '../../authoring/read-benefit.ts';
import { loadCity, openWorkspace } from '../../authoring/workspace.ts';
import type { Manifest } from '../../policy/manifest.ts';
import { nearest } from '../../policy/problems.ts';
import { chooseCities } from '../choose-cities.ts';
import type { Call, Command } from '../command.ts';
import type { Messages } from '../messages.ts';
import { padTo } from '../output/columns.ts';
import { UsageError } from '../usage-error.ts';
import { findRoot } from '../workspace-root.ts';

/** A benefit with the city and policy that it belongs to. */
interface Found {
  readonly city: string;
  readonly policy: string;
  readonly source: BenefitSource;
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
      for (const policy of source?.policies ?? []) for (const benefit of policy.benefits) all.push({ city, policy: policy.policy.id, source: benefit });
    }
    const matches = findMatches(name, all);
    if (matches.length === 0) {
      await console.err(`${say.whereNone(name, suggest(name, all))}\n`);
      return 1;
    }
    const modules = await readModules(root);
    const pages = matches.map((found) => `${found.source.benefit.title[language]} (${found.source.benefit.id}) · ${found.city}/${found.policy}\n${tellPlaces(found, modules, say)}`);
    await console.out(pages.join('\n'));
    return 0;
  },
};

function namesOf({ policy, source: { benefit } }: Found): string[] {
  return [benefit.id, benefit.title.zh, benefit.title.en, `${policy}/${benefit.id}`];
}

/** Benefits with exactly this name, else those whose name contains it. */
function findMatches(name: string, all: readonly Found[]): readonly Found[] {
  const wanted = name.toLowerCase();
  const exact = all.filter((found) => namesOf(found).some((each) => each.toLowerCase() === wanted));
  return exact.length > 0 ? exact : all.filter((found) => namesOf(found).some((each) => each.toLowerCase().includes(wanted)));
}

/** Up to three benefits with names like this one, the nearest first. */
function suggest(name: string, all: readonly Found[]): string[] {
  const names = new Set(all.flatMap(({ source: { benefit } }) => [benefit.id, benefit.title.zh]));
  const near: string[] = [];
  while (near.length < 3) {
    const next = nearest(name, names);
    if (next === undefined) break;
    near.push(next);
    names.delete(next);
  }
  return near;
}

function tellPlaces({ city, policy, source: { places, cases } }: Found, modules: ReadonlyMap<string, string>, say: Messages): string {
  const at = ({ file, line }: Place): string => `${file}:${line}`;
  // A key that is not there is placed where the file begins.
  const optional = (place: Place): string => (place.line === places.rule.line && place.column === places.rule.column ? say.whereAbsent() : at(place));
  const labels = say.whereLabels;
  const rows: readonly (readonly [string, string])[] = [
    [labels.rule, at(places.rule)],
    [labels.condition, at(places.condition)],
    [labels.amount, at(places.amount)],
    [labels.payment, optional(places.payment)],
    [labels.funds, optional(places.funds)],
    [labels.cases, cases.length === 0 ? say.whereAbsent() : at(places.cases) + say.whereCases(cases.length)],
    [labels.module, modules.get(`${city}/${policy}`) ?? say.whereNotBuilt()],
  ];
  return rows.map(([label, text]) => `  ${padTo(label, 11)} ${text}\n`).join('');
}

/** The built module of each policy, by its id, as a path from the root; none where it is not built. */
async function readModules(root: string): Promise<ReadonlyMap<string, string>> {
  const file = join(root, 'dist/packs/manifest.js');
  if (!existsSync(file)) return new Map();
  const { manifest } = (await import(pathToFileURL(file).href)) as { readonly manifest: Manifest };
  return new Map(manifest.cities.flatMap(({ id: city, policies }) => policies.map(({ id, module }) => [`${city}/${id}`, `dist/packs/${module}`] as const)));
}
