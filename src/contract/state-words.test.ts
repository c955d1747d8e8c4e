// Whoever comes too late reads what something has become, in words.
import { expect, test } from 'vitest';
import { caseStatuses } from './case-statuses.ts';
import { type ErrorCode, errors, tellError } from './errors.ts';

const states: readonly (readonly [ErrorCode, 'state' | 'status', readonly string[]])[] = [
  ['batch-state-unfit', 'state', ['prepared', 'approved-once', 'approved', 'sent', 'closed', 'cancelled']],
  ['case-status-unfit', 'status', caseStatuses],
  ['evidence-not-ready', 'status', ['uploading', 'checking', 'refused', 'withdrawn', 'expired']],
  ['finding-state-unfit', 'state', ['open', 'confirmed', 'dismissed', 'closed']],
  ['instalment-state-unfit', 'state', ['waiting', 'in-doubt', 'ready', 'in-batch', 'paid', 'offset', 'returned', 'cancelled']],
  ['objection-answered', 'state', ['open', 'dismissed', 'upheld', 'remedied']],
  ['pack-state-unfit', 'state', ['draft', 'checked', 'approved', 'published', 'withdrawn']],
  ['payment-state-unfit', 'state', ['open', 'sent', 'paid', 'failed', 'returned', 'dropped']],
  ['repayment-state-unfit', 'state', ['proposed', 'demanded', 'settled', 'cancelled']],
];

test('every refusal that tells a state tells it in words', () => {
  const telling = Object.keys(errors).filter((code) => /\{(state|status)\}/.test(errors[code as ErrorCode].zh));
  expect(telling.toSorted()).toEqual(states.map(([code]) => code).toSorted());
  for (const [code, name, all] of states) {
    for (const state of all) expect(tellError(code, { [name]: state }, 'zh'), `${code} ${state}`).not.toMatch(/[a-z]/);
  }
  expect(tellError('repayment-state-unfit', { state: 'proposed' }, 'zh')).toContain('“已提出，等核准”');
  expect(tellError('batch-state-unfit', { state: 'sent' }, 'en')).toContain('with the bank');
  // A state that nobody named, and what only looks like one, stand as they are.
  expect(tellError('batch-state-unfit', { state: 'constructor' }, 'zh')).toContain('constructor');
});
