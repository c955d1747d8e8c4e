// Refuses a step of a version's life for the reason that its rules give.
import { Refusal } from '../../contract/errors.ts';
import type { StepRefusal } from './pack.ts';
import type { PackRow } from './packs-store.ts';

/** @throws Refusal pack-state-unfit, own-hands-refused, pack-not-own, pack-date-wrong. */
export function refuseStep(refusal: StepRefusal | undefined, { state }: PackRow, policyFrom = ''): void {
  switch (refusal) {
    case undefined:
      return;
    case 'state':
      throw new Refusal('pack-state-unfit', { state });
    case 'own-hands':
      throw new Refusal('own-hands-refused');
    case 'not-own':
      throw new Refusal('pack-not-own');
    case 'date':
      throw new Refusal('pack-date-wrong', { from: policyFrom });
  }
}
