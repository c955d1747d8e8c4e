// The entry of the command line: picks the command and loads nothing but that.

import { languageOf, readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { type Console, processConsole } from './console.ts';
import { type Messages, messages } from './messages.ts';
import { type Language, nearest } from '../policy/problems.ts';
import { NotBuiltError, programRoot } from './program.ts';
import { UsageError } from './usage-error.ts';

const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  evaluate: () => import('./commands/evaluate.ts'),
  explain: () => import('./commands/explain.ts'),
  next: () => import('./commands/next.ts'),
  check: () => import('./commands/check.ts'),
  format: () => import('./commands/format.ts'),
  where: () => import('./commands/where.ts'),
  coverage: () => import('./commands/coverage.ts'),
  readings: () => import('./commands/readings.ts'),
  goals: () => import('./commands/goals.ts'),
};

/** Commands that work on the database; they stand in a bundle of their own, so that what evaluates loads none of it. */
const operating: readonly string[] = ['account', 'audit', 'backup', 'keys', 'ledger', 'migrate', 'restore'];

/** Runs the program with the arguments behind its name. @returns the exit status. */
export async function main(argv: readonly string[], given?: Console): Promise<number> {
  const language = languageOf(argv);
  const say = messages[language];
  const console = given ?? processConsole(say.cannotWrite);
  try {
    return await dispatch(argv, console, language, say);
  } catch (error) {
    const isOurs = error instanceof UsageError || error instanceof NotBuiltError;
    const text = error instanceof Error ? error.message : String(error);
    await console.err(isOurs ? `${text}\n` : `${say.internalError(text)}\n`);
    // Whoever mends the program needs the place; whoever uses it does not.
    if (!isOurs && process.env['WUTONG_DEBUG'] !== undefined && error instanceof Error) await console.err(`${error.stack ?? ''}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function dispatch(argv: readonly string[], console: Console, language: Language, say: Messages): Promise<number> {
  const [name, ...rest] = argv.filter((item, index) => !isLeadingLanguage(argv, item, index));
  if (name === '--version') {
    const { readFileSync } = await import('node:fs');
    const { version } = JSON.parse(readFileSync(`${programRoot}package.json`, 'utf8')) as { version: string };
    await console.out(`${version}\n`);
    return 0;
  }
  const topicOfHelp = name === 'help' ? rest[0] : undefined;
  if (operating.includes(topicOfHelp ?? name ?? '')) {
    const { operate } = await import('./operate.ts');
    return operate(topicOfHelp ?? name ?? '', topicOfHelp === undefined ? rest : ['--help'], console, language, say);
  }
  if (name === undefined || name === '--help' || name === 'help' || rest.includes('--help')) {
    const { helpOf } = await import('./help.ts');
    const topic = name === 'help' ? rest[0] : name;
    const isKnown = topic !== undefined && Object.hasOwn(commands, topic);
    if (topic !== undefined && !isKnown && !topic.startsWith('-')) throw unknownCommand(topic, say);
    const text = helpOf(isKnown ? topic : undefined, language);
    // Called with nothing, it has not done what was asked: nothing was.
    if (name === undefined) await console.err(text);
    else await console.out(text);
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) throw name.startsWith('-') ? new UsageError(say.unknownOption(name, undefined)) : unknownCommand(name, say);
  const { command } = await load();
  return command.run({ args: readArguments(rest, command.options, say), console, language, say });
}

/** `--lang en` may stand before the command too. */
function isLeadingLanguage(argv: readonly string[], item: string, index: number): boolean {
  const isFirst = index === 0 && item.startsWith('--lang');
  return isFirst || (index === 1 && argv[0] === '--lang');
}

function unknownCommand(name: string, say: Messages): UsageError {
  return new UsageError(say.unknownCommand(name, nearest(name, [...Object.keys(commands), ...operating]), [...Object.keys(commands), ...operating]));
}
