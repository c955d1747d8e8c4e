// Carries out one command on many cases, each with its own outcome: what one is refused for leaves the others alone.

import { sql } from 'kysely';
import { Refusal, tellError } from '../../contract/errors.ts';
import type { Tx } from '../../storage/database.ts';
import { applyCommand, type CommandRequest } from './apply-command.ts';
import type { CaseStatus } from './case.ts';
import type { ChangingScope } from './case-store.ts';
import type { CaseTools } from './cases-parts.ts';

/** A case with what is to be done to it. */
export interface BatchItem extends CommandRequest {
  readonly caseId: string;
}

/** What became of one. */
export interface BatchOutcome {
  readonly caseId: string;
  readonly outcome: 'done' | 'refused';
  readonly version: number | null;
  readonly status: CaseStatus | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** Carries out all of them in the caller's transaction, in one order of cases whatever order they came in; outcomes in the order of the items. */
export async function applyBatch(tx: Tx, scope: ChangingScope, tools: CaseTools, items: readonly BatchItem[], now: Date, language: 'zh' | 'en'): Promise<readonly BatchOutcome[]> {
  const outcomes = new Map<BatchItem, BatchOutcome>();
  // Two batches that share cases wait for each other, and not in a circle.
  for (const item of [...items].sort((a, b) => (a.caseId < b.caseId ? -1 : 1))) outcomes.set(item, await applyOne(tx, scope, tools, item, now, language));
  return items.flatMap((item) => outcomes.get(item) ?? []);
}

async function applyOne(tx: Tx, scope: ChangingScope, tools: CaseTools, item: BatchItem, now: Date, language: 'zh' | 'en'): Promise<BatchOutcome> {
  const { caseId } = item;
  await sql`savepoint one_case`.execute(tx);
  try {
    const { version, status } = await applyCommand(tx, scope, tools, caseId, item, now);
    await sql`release savepoint one_case`.execute(tx);
    return { caseId, outcome: 'done', version, status, error: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What was written before it was refused goes.
    await sql`rollback to savepoint one_case`.execute(tx);
    await sql`release savepoint one_case`.execute(tx);
    return { caseId, outcome: 'refused', version: null, status: null, error: { code: error.code, message: tellError(error.code, error.values, language) } };
  }
}
