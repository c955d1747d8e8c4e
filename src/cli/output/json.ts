// Answers as one JSON array, an answer a line.

import type { Writer } from './writer.ts';

/** Makes a writer of a JSON array. */
export function makeJsonWriter(): Writer {
  let count = 0;
  return {
    begin: () => '[',
    answer: (evaluation) => `${count++ === 0 ? '\n' : ',\n'}${JSON.stringify(evaluation)}`,
    end: () => (count === 0 ? ']\n' : '\n]\n'),
  };
}
