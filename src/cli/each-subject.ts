// Works through the subjects of an input in order: writes what each gives, tells what is wrong with the others, holds back
// where the reader of the output is slower.

import { harmless, type Language, type Problem, tellProblem } from '../policy/problems.ts';
import type { Console } from './console.ts';
import type { Entries, Entry } from './input/entry.ts';
import type { Messages } from './messages.ts';

/** What becomes of one subject: text to write, or what is wrong with it. */
export type Written = { readonly text: string } | { readonly problems: readonly Problem[] };

const ENOUGH = 64 * 1024;

/** Writes every subject of the input. @returns the exit status: 0, or 2 where one was not valid. */
export async function eachSubject(entries: Entries, work: (input: unknown) => Written, console: Console, say: Messages, language: Language): Promise<number> {
  let status = 0;
  let held = '';
  for await (const batch of entries) {
    for (const entry of batch) {
      const written = workOn(entry, work, say, language);
      if ('text' in written) held += written.text;
      else {
        status = 2;
        await console.err(`${harmless(say.atLine(say.where(entry.where), written.fault))}\n`);
      }
      if (held.length >= ENOUGH) {
        await console.out(held);
        held = '';
      }
    }
    // What a person types or a pipe trickles in is answered at once.
    if (held !== '') {
      await console.out(held);
      held = '';
    }
  }
  return status;
}

function workOn(entry: Entry, work: (input: unknown) => Written, say: Messages, language: Language): { readonly text: string } | { readonly fault: string } {
  if ('fault' in entry) return entry;
  try {
    const written = work(entry.input);
    if ('text' in written) return written;
    return { fault: say.joinProblems(written.problems.map((problem) => tellProblem(problem, language))) };
  } catch (error) {
    // Brackets nested by the ten thousand exhaust the stack where a value is shown.
    if (error instanceof RangeError && error.message.includes('call stack')) return { fault: say.tooDeep() };
    throw error;
  }
}
