// How answers are written: something before the first, something for each, something after the last.

import type { Evaluation } from '../../policy/engine.ts';

/** Writes answers in one format. Nothing is held back from one answer to the next, so that output of any length streams. */
export interface Writer {
  begin(): string;
  answer(evaluation: Evaluation): string;
  end(): string;
}
