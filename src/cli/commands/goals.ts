// wutong goals: goals, duties and tasks of a jurisdiction, with department, deadline, numbers and clause.

import { byDeadline, type GoalRow, goalRowsOf } from '../../policy/goal-rows.ts';
import { isInForce } from '../../policy/in-force.ts';
import { levelsOf } from '../../policy/levels.ts';
import type { CityEntry, FullModule } from '../../policy/manifest.ts';
import { nearest } from '../../policy/problems.ts';
import { type Arguments, chooseOf, valueOf } from '../arguments.ts';
import type { Call, Command } from '../command.ts';
import type { Messages } from '../messages.ts';
import { type GoalsReport, tellGoals } from '../output/goals-report.ts';
import { reportFormats } from '../output/readings-report.ts';
import { changedSource, importPack, loadManifest } from '../program.ts';
import { findCity, nothingInForce, readDate, unknownPolicy } from '../request.ts';
import { UsageError } from '../usage-error.ts';

const kinds = ['goal', 'duty', 'task'] as const;

export const command: Command = {
  options: { city: 'value', policy: 'values', department: 'values', kind: 'values', date: 'value', levels: 'value', sort: 'value', format: 'value' },
  async run(call: Call): Promise<number> {
    const { args, console, say, language } = call;
    const format = chooseOf(valueOf(args, 'format') ?? 'table', reportFormats, '--format', say);
    const sort = chooseOf(valueOf(args, 'sort') ?? 'document', ['document', 'deadline'], '--sort', say);
    const levels = chooseOf(valueOf(args, 'levels') ?? 'own', ['own', 'all'], '--levels', say);
    const wanted = (args.values.get('kind') ?? []).map((kind) => chooseOf(kind, kinds, '--kind', say));
    const date = valueOf(args, 'date');
    const day = date === undefined ? undefined : readDate('--date', date, say);
    if (args.files[0] !== undefined) throw new UsageError(say.noPositional(args.files[0]));
    const manifest = await loadManifest(say);
    const city = findCity(manifest, valueOf(args, 'city'), say);
    const chain = levels === 'all' ? levelsOf(manifest.cities, city.id) : [city];
    const names = Object.assign({}, ...[...chain].reverse().map((level) => level.names)) as Readonly<Record<string, string>>;
    const chosen = choosePolicies(chain, args, say);
    const entries = chosen.filter((entry) => day === undefined || isInForce(entry, day));
    // As evaluate does: a day on which nothing is in force is a slip, not an empty list.
    if (day !== undefined && entries.length === 0) throw nothingInForce(day, chosen, chain, say);
    const full = await Promise.all(entries.map(({ full: file }) => importPack<FullModule>(file, say)));
    const all = full.flatMap(({ policy }) => goalRowsOf(policy));
    const departments = chooseDepartments(all, names, call);
    const rows = all.filter(({ kind, lead, support }) => (wanted.length === 0 || wanted.includes(kind)) && (departments === undefined || [lead, ...support].some((name) => departments.has(name))));
    const changed = changedSource(manifest);
    if (changed !== undefined) await console.err(`${say.staleBuild(changed)}\n`);
    const report: GoalsReport = { city: city.id, cityTitle: city.title[language], rows: sort === 'deadline' ? rows.sort(byDeadline) : rows, say, language, width: console.width, names };
    await console.out(tellGoals(report, format));
    return 0;
  },
};

/** The policies named, of any level that is asked about, or all. @throws UsageError where one is not there. */
function choosePolicies(chain: readonly CityEntry[], args: Arguments, say: Messages): CityEntry['policies'] {
  const all = chain.flatMap(({ policies }) => policies);
  const wanted = args.values.get('policy') ?? [];
  const known = all.map(({ id }) => id);
  for (const id of wanted) if (!known.includes(id)) throw unknownPolicy(id, known, chain.flatMap(({ named }) => named), say);
  return wanted.length === 0 ? all : all.filter(({ id }) => wanted.includes(id));
}

/** Chinese names of the departments asked for, in either language; undefined for all. @throws UsageError where one is not known. */
function chooseDepartments(rows: readonly GoalRow[], names: Readonly<Record<string, string>>, { args, say, language }: Call): ReadonlySet<string> | undefined {
  const wanted = args.values.get('department');
  if (wanted === undefined) return undefined;
  const acting = [...new Set(rows.flatMap(({ lead, support }) => [lead, ...support]))];
  const chinese = new Map([...acting, ...Object.keys(names)].flatMap((name) => [[name, name], [(names[name] ?? name).toLowerCase(), name]] as const));
  return new Set(
    wanted.map((name) => {
      const found = chinese.get(name) ?? chinese.get(name.toLowerCase());
      if (found === undefined) throw new UsageError(say.unknownDepartment(name, nearest(name, [...acting, ...acting.map((each) => names[each] ?? each)]), acting.map((each) => (language === 'zh' ? each : (names[each] ?? each)))));
      return found;
    }),
  );
}
