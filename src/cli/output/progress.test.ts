// Progress: a line that is rewritten and taken away where a person watches, messages on lines of their own, nothing elsewhere.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Console } from '../console.ts';
import { messages } from '../messages.ts';
import { makeProgress } from './progress.ts';

let told = '';
const console: Console = {
  out: () => undefined,
  err: (text) => {
    told += text;
    return undefined;
  },
  input: () => {
    throw new Error('nothing is read here');
  },
  width: 80,
  isWatched: true,
};

beforeEach(() => {
  told = '';
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Works through 4096 subjects of a millisecond each, with a message on the way. */
function work(isWatched: boolean): string {
  const progress = makeProgress(console, isWatched, messages.en);
  for (let count = 0; count < 4096; count++) {
    vi.advanceTimersByTime(1);
    progress.step();
    if (count === 1500) void progress.console.err('line 1501: bad\n');
  }
  progress.end();
  return told;
}

test('where a person watches it is told and taken away again', () => {
  const clear = '\r\u001B[K';
  expect(work(true)).toBe(`${clear}1,024 done…${clear}line 1501: bad\n${clear}2,048 done…${clear}3,072 done…${clear}4,096 done…${clear}`);
});

test('elsewhere only messages are written', () => {
  expect(work(false)).toBe('line 1501: bad\n');
});
