// wutong coverage: what became of every clause of a document, and which clauses nothing was made of.

import { type Citation, type CitationSort, type CoverageRow, coverageOf } from '../../authoring/coverage.ts';
import { isAdvice } from '../../authoring/diagnostics.ts';
import { loadCity, openWorkspace } from '../../authoring/workspace.ts';
import type { NamedPolicy, Policy } from '../../policy/model.ts';
import type { Language } from '../../policy/problems.ts';
import { chooseOf, valueOf } from '../arguments.ts';
import { chooseCities } from '../choose-cities.ts';
import type { Call, Command } from '../command.ts';
import type { Messages } from '../messages.ts';
import { padTo, wrap } from '../output/columns.ts';
import { unknownPolicy } from '../request.ts';
import { UsageError } from '../usage-error.ts';
import { findRoot } from '../workspace-root.ts';

const formats = ['table', 'words', 'json'] as const;

/** The coverage of one policy. */
interface Covered {
  readonly city: string;
  readonly policy: Policy;
  readonly rows: readonly CoverageRow[];
}

export const command: Command = {
  options: { city: 'value', policy: 'values', root: 'value', format: 'value' },
  async run({ args, console, say, language }: Call): Promise<number> {
    const format = chooseOf(valueOf(args, 'format') ?? 'table', formats, '--format', say);
    if (args.files[0] !== undefined) throw new UsageError(say.noPositional(args.files[0]));
    const root = findRoot(args, say);
    const workspace = openWorkspace(root);
    const all: Covered[] = [];
    const bare: string[] = [];
    const named: NamedPolicy[] = [];
    let isBroken = false;
    for (const city of chooseCities(workspace, args, say)) {
      const { source, diagnostics } = loadCity(workspace, city);
      if (!diagnostics.every(isAdvice)) {
        isBroken = true;
        await console.err(`${say.coverageBroken(city)}\n`);
      }
      if (source !== undefined && source.policies.length === 0) bare.push(`${source.city.title[language]} (${city})`);
      named.push(...(source?.city.named ?? []).map(({ policy }) => policy));
      for (const { policy } of source?.policies ?? []) all.push({ city, policy, rows: coverageOf(policy) });
    }
    const chosen = choosePolicies(all, named, args.values.get('policy') ?? [], say);
    const teller = { say, language, width: Math.min(120, Math.max(60, console.width ?? 96)) };
    if (format === 'json') await console.out(`${JSON.stringify(chosen.map(asData), undefined, 2)}\n`);
    else if (all.length > 0) await console.out(chosen.map((covered) => tellPolicy(covered, format, teller)).join('\n'));
    // Of a jurisdiction whose documents are not at hand nothing can be missing.
    else await console.out(bare.map((city) => `${say.coverageNoPolicy(city)}\n`).join(''));
    return isBroken || chosen.some(({ rows }) => rows.some(({ isCovered }) => !isCovered)) ? 1 : 0;
  },
};

function choosePolicies(all: readonly Covered[], named: readonly NamedPolicy[], wanted: readonly string[], say: Messages): readonly Covered[] {
  const known = [...new Set(all.map(({ policy }) => policy.id))];
  for (const id of wanted) if (!known.includes(id)) throw unknownPolicy(id, known, named, say);
  return wanted.length === 0 ? all : all.filter(({ policy }) => wanted.includes(policy.id));
}

/** The coverage for other programs: nothing in it depends on the language. */
function asData({ city, policy, rows }: Covered): unknown {
  return { city, policy: policy.id, missing: rows.filter(({ isCovered }) => !isCovered).map(({ clause }) => clause), clauses: rows };
}

interface Teller {
  readonly say: Messages;
  readonly language: Language;
  readonly width: number;
}

function tellPolicy({ city, policy, rows }: Covered, format: 'table' | 'words', teller: Teller): string {
  const { say, language } = teller;
  const lines = format === 'table' ? tellTable(rows, teller) : rows.flatMap((row) => tellWords(row, teller));
  const missing = rows.filter(({ isCovered }) => !isCovered);
  const ending =
    missing.length === 0
      ? [say.coverageWhole(rows.length, countSorts(rows))]
      : [say.coverageMissing(missing.length), ...missing.map(({ clause, title }) => `  ${clause} ${title[language]}`), say.coverageAdvice()];
  return `${[`${policy.title[language]} · ${city}/${policy.id}`, '', ...lines, '', ...ending].join('\n')}\n`;
}

/** How many things of each sort rest on the clauses. */
function countSorts(rows: readonly CoverageRow[]): Readonly<Partial<Record<CitationSort, number>>> {
  const seen = new Map<CitationSort, Set<string>>();
  for (const { sort, id } of rows.flatMap(({ citations }) => citations)) seen.set(sort, (seen.get(sort) ?? new Set()).add(id));
  return Object.fromEntries([...seen].map(([sort, ids]) => [sort, ids.size]));
}

function tellTable(rows: readonly CoverageRow[], { say, language, width }: Teller): string[] {
  const gap = '  ';
  const [first, second] = [24, Math.floor((width - 28) * 0.42)];
  const widths = [first, second, width - 28 - second];
  return [say.coverageHeader.map((text) => [text]), ...rows.map((row) => cellsOf(row, say, language))].flatMap((cells) => {
    const wrapped = cells.map((paragraphs, column) => paragraphs.flatMap((text) => wrap(text, widths[column] ?? 1)));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) => wrapped.map((column, index) => padTo(column[line] ?? '', widths[index] ?? 1)).join(gap).trimEnd());
  });
}

/** Number, title, and a paragraph for each sort of things that rest on the clause. */
function cellsOf({ clause, title, citations, isHeading }: CoverageRow, say: Messages, language: Language): readonly (readonly string[])[] {
  const sorts = [...new Set(citations.map(({ sort }) => sort))];
  const became = sorts.map((sort) => say.coverageSort(say.citation[sort], citations.filter((each) => each.sort === sort).map((each) => nameOf(each, language)).join(say.listSeparator)));
  return [[clause], [title[language]], became.length > 0 ? became : [isHeading ? say.coverageBelow() : say.coverageNothing()]];
}

function tellWords({ clause, title, depth, citations, isHeading }: CoverageRow, { say, language }: Teller): string[] {
  const indent = '  '.repeat(depth);
  const sortOf = ({ sort, kind }: Citation): string => (kind === undefined ? say.citation[sort] : say.coverageKind(say.citation[sort], say.benefitKind[kind]));
  const things = citations.map((each) => `· ${say.coverageSort(sortOf(each), nameOf(each, language))} [${each.id}]`);
  const told = things.length > 0 ? things : [isHeading ? say.coverageBelow() : say.coverageNothing()];
  return [`${indent}${clause} ${title[language]}`, ...told.map((text) => `${indent}  ${text}`)];
}

/** What has a name of its own in Chinese goes by it; its title is a sentence. */
function nameOf({ sort, id, title }: Citation, language: Language): string {
  const isNamed = sort === 'definition' || sort === 'parameter' || sort === 'reading' || sort === 'matter';
  return isNamed && language === 'zh' ? id : title[language];
}
