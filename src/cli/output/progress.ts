// Tells on standard error how far long work has come, where a person watches; files and pipes get nothing of it.

import type { Console } from '../console.ts';
import type { Messages } from '../messages.ts';

/** How far the work has come. */
export interface Progress {
  /** To be called for every subject. */
  step(): void;
  /** The console to write messages to meanwhile: they do not run into the line of progress. */
  readonly console: Console;
  /** Takes the line away. */
  end(): void;
}

const LOOK_EVERY = 1024;
const TELL_EVERY_MS = 500;
const CLEAR = '\r\u001B[K';

/** Progress of a run; the first word of it comes after half a second. */
export function makeProgress(console: Console, isWatched: boolean, say: Messages): Progress {
  let count = 0;
  let last = performance.now();
  let isShown = false;
  const clear = (): string => {
    const text = isShown ? CLEAR : '';
    isShown = false;
    return text;
  };
  return {
    step() {
      count++;
      if (!isWatched || count % LOOK_EVERY !== 0 || performance.now() - last < TELL_EVERY_MS) return;
      last = performance.now();
      isShown = true;
      void console.err(`${CLEAR}${say.progress(count)}`);
    },
    console: { ...console, err: (text) => console.err(clear() + text) },
    end() {
      if (isShown) void console.err(clear());
    },
  };
}
