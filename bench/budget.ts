// Part 4: what one person costs, all benefits of the city at once, in rounds of one process a subject.
import type { ChildProcess } from 'node:child_process';
import type { BudgetSubject } from './budget-subjects.ts';
import { ask, start } from './measuring-process.ts';
import { median, percentile } from './numbers.ts';
import { roundMs, rounds } from './setting.ts';

export interface Cost {
  p50Ns: number;
  p99Ns: number;
}

/** Medians over the rounds, by subject id. */
export async function measureBudget(subjects: readonly BudgetSubject[]): Promise<Map<string, Cost>> {
  const processes = new Map<string, ChildProcess>();
  for (const { id } of subjects) processes.set(id, await start('budget-process.ts', id));
  const samples = new Map<string, number[][]>(subjects.map(({ id }) => [id, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { id } of subjects) {
      const { samplesNs } = await ask(processes.get(id)!, { ms: roundMs });
      if (round >= 0) samples.get(id)!.push(samplesNs.sort((a, b) => a - b));
    }
  }
  for (const child of processes.values()) child.kill();
  return new Map(
    [...samples].map(([id, all]) => {
      const inRounds = (share: number): number => median(all.map((sorted) => percentile(sorted, share)));
      return [id, { p50Ns: inRounds(0.5), p99Ns: inRounds(0.99) }];
    }),
  );
}
