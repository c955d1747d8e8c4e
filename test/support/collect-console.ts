// A console that keeps what a command writes, for tests that run commands in process.
import type { Console } from '../../src/cli/console.ts';

/** What was written. */
export interface CollectedConsole extends Console {
  readonly written: { out: string; err: string };
}

/** A console without a person or a terminal. */
export function collectConsole(): CollectedConsole {
  const written = { out: '', err: '' };
  return {
    written,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    input: () => {
      throw new Error('no standard input');
    },
    width: undefined,
    isWatched: false,
  };
}
