// What every command of operation is: its options, its help, and what it does.
import type { Arguments, OptionKind } from '../../cli/arguments.ts';
import type { Console } from '../../cli/console.ts';
import type { Language } from '../../policy/problems.ts';

/** The environment that settings are read from. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a command is given. */
export interface OperateCall {
  readonly args: Arguments;
  readonly console: Console;
  readonly language: Language;
  readonly environment: Environment;
  /** Writes a line for the person at the terminal, to standard output. */
  readonly tell: (zh: string, en: string) => Promise<void>;
  /** A line about what is under way, to standard error, where a person watches; the next one replaces it. */
  readonly progress: (zh: string, en: string) => void;
}

/** A command. */
export interface OperateCommand {
  readonly options: Readonly<Record<string, OptionKind>>;
  readonly help: { readonly zh: string; readonly en: string };
  /** Gives the exit status. */
  run(call: OperateCall): Promise<number>;
}

/** A mistake in how a command was called, in both languages; exit status 2. */
export class CallError extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string) {
    super(`${zh}\n${en}`);
    this.zh = zh;
    this.en = en;
  }
}
