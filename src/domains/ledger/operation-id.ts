// Ids of transfers that follow from what they belong to, so that the same operation twice is booked once.
import { v5 } from 'uuid';

type Step = 'begin' | 'settle' | 'fail' | 'return' | 'release' | 'demand' | 'recover' | 'reuse' | 'write-off' | 'budget';

/** The id of what `step` of an operation books for a part. */
export function transferIdOf(operationId: string, step: Step, partId: string): string {
  return v5(`${step} ${partId}`, operationId);
}
