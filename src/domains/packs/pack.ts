// What a version of a policy's pack is: its states and how one leads to another, and who may take the step. Pure.

/**
 * draft (does not check yet) → checked → approved by a second person → published with the day from which it holds. Whatever has not begun to
 * hold may be withdrawn.
 */
export type PackState = 'draft' | 'checked' | 'approved' | 'published' | 'withdrawn';

/** Who drafted what came with the program. */
export const theBuild = 'build';

/** What of a version decides about its next step. */
export interface PackLife {
  readonly state: PackState;
  readonly draftedBy: string;
  /** `YYYY-MM-DD`; null until it is published. */
  readonly effectiveOn: string | null;
}

/** Why a step cannot be taken. */
export type StepRefusal = 'state' | 'own-hands' | 'not-own' | 'date';

/** Whether `by` may still change the files: what somebody approved is what is published, and a draft has one author, so that another can approve. */
export function mayChange({ state, draftedBy }: PackLife, by: string): StepRefusal | undefined {
  if (state !== 'draft' && state !== 'checked') return 'state';
  return by === draftedBy ? undefined : 'not-own';
}

/** Whether `by` may approve: the version checks, and somebody else drafted it. */
export function mayApprove({ state, draftedBy }: PackLife, by: string): StepRefusal | undefined {
  if (state !== 'checked') return 'state';
  return by === draftedBy ? 'own-hands' : undefined;
}

/**
 * Whether it may be published to hold from `effectiveOn`.
 * @param today `YYYY-MM-DD`. Days that are past got their answers: only a policy's first version may hold from one, not before the policy does.
 */
export function mayPublish({ state }: PackLife, effectiveOn: string, { today, isFirst, policyFrom }: { readonly today: string; readonly isFirst: boolean; readonly policyFrom: string }): StepRefusal | undefined {
  if (state !== 'approved') return 'state';
  if (effectiveOn < policyFrom || (!isFirst && effectiveOn < today)) return 'date';
  return undefined;
}

/** Whether it may be withdrawn: nothing rests on it yet. */
export function mayWithdraw({ state, effectiveOn }: PackLife, today: string): StepRefusal | undefined {
  if (state === 'withdrawn') return 'state';
  return state === 'published' && (effectiveOn ?? '') <= today ? 'state' : undefined;
}
