// Seats that too many want at once, booked straight in the ledger: as many as were acknowledged are taken, and never more than there are.
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Refusal } from '../../src/contract/errors.ts';
import { commit, openYear, release } from '../../src/domains/ledger/index.ts';
import { jobScope } from '../../src/domains/permissions/index.ts';
import { newId } from '../../src/storage/database.ts';
import type { FaultCity } from './fault-city.ts';

/** Who wants seats. */
export interface Seats {
  /** What was acknowledged and refused. */
  readonly counts: () => { readonly taken: number; readonly given: number; readonly refused: number };
  readonly stop: () => Promise<void>;
  /** What is not as it was acknowledged; nobody must be under way. */
  readonly check: () => Promise<readonly string[]>;
}

const SEATS = 25;
const TAKERS = 3;
const PAUSE_MS = 60;
const pot = { unit: 'post', jurisdictionCode: '220202', fund: '样例编制', year: 2026 } as const;

/** Opens so many posts and begins to take them and give them back; each try is repeated under its ids until it is answered. */
export async function startSeats({ inCity, tenantId, now }: FaultCity): Promise<Seats> {
  await inCity((tx) => openYear(tx, jobScope(tenantId, 'faults', 'budget.record'), { ...pot, amount: SEATS, reference: '样编〔2026〕1号', proposedBy: newId(), confirmedBy: newId() }, now()));
  const held = new Set<string>();
  let [taken, given, refused] = [0, 0, 0];
  let isStopping = false;
  const scope = jobScope(tenantId, 'faults', 'ledger.commit');

  /** False where it was refused; anything else that goes wrong is tried again. */
  const answered = async (work: () => Promise<unknown>): Promise<boolean> => {
    for (;;) {
      try {
        await work();
        return true;
      } catch (error) {
        if (error instanceof Refusal && error.code === 'ledger-floor') return false;
        if (error instanceof Refusal) throw error;
        await sleep(50);
      }
    }
  };
  const taker = async (): Promise<void> => {
    while (!isStopping) {
      const [caseId, decisionId, partId] = [newId(), newId(), newId()];
      if (await answered(() => inCity((tx) => commit(tx, scope, { caseId, decisionId, parts: [{ partId, ...pot, amount: 1 }] }, now())))) {
        taken++;
        held.add(partId);
      } else {
        refused++;
        // None is left: whoever has waited longest for this gives one back.
        const [oldest] = held;
        if (oldest !== undefined && held.delete(oldest)) {
          await answered(() => inCity((tx) => release(tx, scope, { partIds: [oldest], reason: 'changed' }, now())));
          given++;
        }
      }
      await sleep(PAUSE_MS);
    }
  };
  const running = Array.from({ length: TAKERS }, taker);
  return {
    counts: () => ({ taken, given, refused }),
    async stop() {
      isStopping = true;
      await Promise.all(running);
    },
    check: () =>
      inCity(async (tx) => {
        const { rows } = await sql<{ committed: number }>`
          select coalesce(sum(credited - debited), 0)::integer as committed from ledger_accounts
          where tenant_id = ${tenantId} and unit = ${pot.unit} and fund = ${pot.fund} and role = 'committed'`.execute(tx);
        const committed = rows[0]?.committed ?? 0;
        return [
          ...(committed === held.size ? [] : [`${held.size} seats were acknowledged as taken, ${committed} are`]),
          ...(committed <= SEATS ? [] : [`${committed} of ${SEATS} seats are taken`]),
        ];
      }),
  };
}
