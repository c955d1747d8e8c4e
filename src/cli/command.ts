// What every command is: the options that it knows, and what it does with a call.

import type { Language } from '../policy/problems.ts';
import type { Arguments, OptionKind } from './arguments.ts';
import type { Console } from './console.ts';
import type { Messages } from './messages.ts';

/** What a command is given. */
export interface Call {
  readonly args: Arguments;
  readonly console: Console;
  readonly language: Language;
  readonly say: Messages;
}

/** A command: its options, and what it does; it gives the exit status. */
export interface Command {
  readonly options: Readonly<Record<string, OptionKind>>;
  run(call: Call): Promise<number>;
}
