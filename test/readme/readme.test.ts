// Both READMEs tell the truth: their commands run, and every figure of their worked example is what the engine answers.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatYuan, tellDate } from '../../src/policy/index.ts';
import { sample } from './show-sample.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const answers = new Map<string, string>();
/** What a command prints; one that both READMEs name is run once. */
const run = (args: readonly string[]): string => {
  const key = args.join(' ');
  const known = answers.get(key) ?? execFileSync(process.execPath, ['bin/wutong.js', ...args], { cwd: root, encoding: 'utf8' });
  answers.set(key, known);
  return known;
};

interface Explained {
  readonly id: string;
  readonly benefits: readonly {
    readonly benefit: string;
    readonly status: string;
    readonly clause: string;
    readonly amount?: { readonly totalFen?: number; readonly instalments?: readonly { readonly due: string; readonly fen: number }[] };
  }[];
  readonly plan: { readonly totalFen: number };
}

/** The examples as the engine explains them, by id. */
function explain(language: 'zh' | 'en'): ReadonlyMap<string, Explained> {
  const people = JSON.parse(run(['explain', '--city', 'jilin-city', '--date', sample.date, '--lang', language, '--format', 'json', 'examples/people.ndjson'])) as Explained[];
  return new Map(people.map((person) => [person.id, person]));
}

const pages = [
  ['README.zh-CN.md', 'zh', explain('zh')],
  ['README.md', 'en', explain('en')],
] as const;

describe.each(pages)('%s', (file, language, people) => {
  const text = read(file);
  const benefitOf = (id: string, name: string): Explained['benefits'][number] => {
    const found = people.get(id)?.benefits.find(({ benefit, status }) => benefit === name && status === 'yes');
    if (found === undefined) throw new Error(`${id} ${name}`);
    return found;
  };

  test('begins with what it is, in five lines, and a picture', () => {
    const [, what = '', picture = ''] = text.split('\n\n').filter((part) => !/^\[(中文|English)\]/.test(part));
    expect(what.split('\n')).toHaveLength(5);
    expect(picture).toMatch(/^!\[.+\]\(docs\/calculator(\.en)?\.png\)$/);
  });

  test('its worked example says what the engine answers: sums, days, clauses, who pays', () => {
    const [living, home] = [benefitOf(sample.id, 'living-subsidy'), benefitOf(sample.id, 'home-subsidy')];
    const instalments = living.amount?.instalments ?? [];
    expect(instalments).toHaveLength(5);
    expect(new Set(instalments.map(({ fen }) => fen)).size).toBe(1);
    const [part = 0] = instalments.map(({ fen }) => fen);
    const sums = [living.amount?.totalFen, home.amount?.totalFen, people.get(sample.id)?.plan.totalFen, part, part / 12, benefitOf('张三一', 'living-subsidy').amount?.totalFen];
    for (const fen of sums) expect(text).toContain(`${formatYuan(fen ?? 0)} ${language === 'zh' ? '元' : 'yuan'}`);
    for (const due of [instalments[0]?.due, instalments[4]?.due, benefitOf('张三一', 'living-subsidy').amount?.instalments?.[0]?.due]) {
      expect(text).toContain(tellDate(due ?? '', language));
    }
    for (const { clause } of [living, home]) expect(text).toContain(clause);
    const told = run(['explain', '--city', 'jilin-city', '--date', sample.date, '--lang', language, 'examples/people.ndjson']).split(`\n${sample.id} `)[1] ?? '';
    const funds = [...told.matchAll(/(?:资金：|Paid by: )(\D+) [\d,]+/g)].map(([, fund = '']) => fund.toLowerCase()).slice(0, 2);
    expect(funds).toHaveLength(2);
    for (const fund of funds) expect(text.toLowerCase()).toContain(fund);
  });

  test('its picture is described by the figures of the example', () => {
    const described = /!\[(.+)\]/.exec(text)?.[1];
    for (const fen of [benefitOf(sample.id, 'living-subsidy').amount?.totalFen, people.get(sample.id)?.plan.totalFen]) expect(described).toContain(formatYuan(fen ?? 0));
  });

  test('it counts clauses, benefits, goals, duties and procedures as `wutong coverage` does', () => {
    const said = run(['coverage', '--city', 'jilin-city', '--lang', language]).trim().split('\n').at(-1) ?? '';
    const counts = [...said.matchAll(/\d+/g)].map(([figure]) => figure);
    expect(counts).toHaveLength(6);
    // Narratives promise nothing to anybody, so that nobody need count them.
    for (const count of counts.slice(0, 5)) expect(text).toMatch(new RegExp(`(?<!\\d)${count}(?!\\d)`));
    const benefitsOf = (...which: string[]): string => String((JSON.parse(run(['check', ...which, '--format', 'json'])) as { benefits: number }).benefits);
    expect(counts).toContain(benefitsOf('--city', 'jilin-city'));
    expect(text).toMatch(new RegExp(`(?<!\\d)${benefitsOf()}(?!\\d)`));
  });
});

describe.each([
  ['README.zh-CN.md', ['explain', 'evaluate', 'evaluate', 'evaluate', 'readings', 'goals', 'coverage', 'where', 'check', 'format']],
  ['README.md', ['explain', 'evaluate', 'evaluate', 'evaluate', 'readings', 'goals', 'coverage', 'where', 'check', 'format']],
  ['docs/calculator.md', ['next']],
  ['docs/calculator.en.md', ['next']],
])('the commands of %s', (file, expected) => {
  const text = read(file);

  test('that are the program’s run', () => {
    const commands = [...text.matchAll(/^npx wutong (.+)$/gm), ...text.matchAll(/`npx wutong ([^`]+)`/g)].map((match) => (match[1] ?? '').split(' '));
    expect(commands.map(([name]) => name)).toEqual(expected);
    for (const args of commands.filter(([name]) => name !== 'format')) expect(run(args)).not.toBe('');
    // `format` rewrites the packs, so its harmless form is run; it throws where they are not as it writes them.
    if (expected.includes('format')) run(['format', '--check']);
  });

  test('that are npm’s are there, and the files that node runs', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w:-]+)/g)].map(([, name = '']) => name);
    expect(named).toContain('start');
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
    for (const [, path = ''] of text.matchAll(/node tools\/run\.mjs (\S+\.ts)/g)) expect(read(path)).not.toBe('');
  });
});
