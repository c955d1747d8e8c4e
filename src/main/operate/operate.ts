// The entry of the commands of operation, bundled apart: what evaluates loads none of it.
import { readArguments } from '../../cli/arguments.ts';
import type { Console } from '../../cli/console.ts';
import { messages } from '../../cli/messages.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { ProtectionError } from '../../domains/protection/index.ts';
import type { Language } from '../../policy/problems.ts';
import { MigrationError } from '../../storage/migrate.ts';
import { DatabaseUnavailable } from '../../storage/unavailable.ts';
import { NoDataHere } from '../refuse-empty.ts';
import { SettingsError } from '../settings.ts';
import { BackupError } from './backup/manifest.ts';
import { CallError, type Environment, type OperateCall, type OperateCommand } from './command.ts';
import { operateCommands } from './commands.ts';

const CLEAR = '\r\u001B[K';
const TELL_EVERY_MS = 200;

/**
 * Runs one command.
 * @returns the exit status: 0 done, 1 not done, 2 called wrongly, or for a place without data.
 */
export async function operate(name: string, argv: readonly string[], console: Console, language: Language, environment: Environment = process.env): Promise<number> {
  const load = operateCommands[name];
  if (load === undefined) throw new RangeError(name);
  const command = await load();
  const isZh = language === 'zh';
  if (argv.includes('--help')) {
    await console.out(command.help[language]);
    return 0;
  }
  const line = makeProgressLine(console);
  try {
    return await command.run(makeCall(command, argv, console, language, environment, line));
  } catch (error) {
    line.clear();
    if (error instanceof CallError) await console.err(`${isZh ? error.zh : error.en}\n`);
    else if (error instanceof UsageError || isTold(error)) await console.err(`${(error as Error).message}\n`);
    else await console.err(`${messages[language].internalError(error instanceof Error ? error.message : String(error))}\n`);
    if (!isTold(error) && !(error instanceof CallError || error instanceof UsageError) && environment['WUTONG_DEBUG'] !== undefined && error instanceof Error) await console.err(`${error.stack ?? ''}\n`);
    return error instanceof CallError || error instanceof UsageError || error instanceof SettingsError || error instanceof NoDataHere ? 2 : 1;
  } finally {
    line.clear();
  }
}

function makeCall(command: OperateCommand, argv: readonly string[], console: Console, language: Language, environment: Environment, line: ProgressLine): OperateCall {
  const isZh = language === 'zh';
  return {
    args: readArguments(argv, command.options, messages[language]),
    console, language, environment,
    tell: async (zh, en) => {
      line.clear();
      await console.out(`${isZh ? zh : en}\n`);
    },
    progress: (zh, en) => line.show(isZh ? zh : en),
  };
}

interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

/** One line on standard error that is written over; nothing where nobody watches. */
function makeProgressLine(console: Console): ProgressLine {
  let isShown = false;
  let last = 0;
  return {
    show(text) {
      if (!console.isWatched || performance.now() - last < TELL_EVERY_MS) return;
      last = performance.now();
      isShown = true;
      void console.err(`${CLEAR}${text}`);
    },
    clear() {
      if (isShown) void console.err(CLEAR);
      isShown = false;
    },
  };
}

/** Errors whose message is complete, in both languages. */
function isTold(error: unknown): boolean {
  return [BackupError, DatabaseUnavailable, MigrationError, ProtectionError, SettingsError].some((kind) => error instanceof kind);
}
