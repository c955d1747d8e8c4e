// Answers as NDJSON: one line a subject, the form of the contract.

import type { Writer } from './writer.ts';

export const ndjsonWriter: Writer = {
  begin: () => '',
  answer: (evaluation) => `${JSON.stringify(evaluation)}\n`,
  end: () => '',
};
