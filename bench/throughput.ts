// Part 3: people per second and time per person of every engine, each in its own process, taking turns in rounds.
import type { ChildProcess } from 'node:child_process';
import type { Ask, Way } from './engine-process.ts';
import type { Engine } from './engines/engine.ts';
import { ask, start } from './measuring-process.ts';
import { median, percentile } from './numbers.ts';
import type { Timing } from './repeat.ts';
import { roundMs, rounds } from './setting.ts';

export interface Speed {
  /** Facts already in the engine's own form. */
  perSecond: number;
  /** From the contract's input objects. */
  perSecondFromObjects: number;
  p50Ns: number;
  p99Ns: number;
  samplePeople: number;
}

/** Speeds by engine id; every engine runs once in every round, so that a slow minute of the machine hits all alike. */
export async function measureSpeeds(engines: readonly Engine[]): Promise<Map<string, Speed>> {
  const processes = new Map<string, ChildProcess>();
  for (const { id } of engines) processes.set(id, await start('engine-process.ts', id));
  const timings = new Map<string, Record<Way, Timing[]>>(engines.map(({ id }) => [id, { bound: [], objects: [], inFlight: [] }]));
  // The round before the first warms everybody up and is thrown away.
  for (let round = -1; round < rounds; round++) {
    for (const engine of engines) {
      const ways: Way[] = engine.inFlight !== undefined && engine.inFlight > 1 ? ['bound', 'objects', 'inFlight'] : ['bound', 'objects'];
      for (const way of ways) {
        const timing = await ask<Ask>(processes.get(engine.id)!, { way, ms: roundMs });
        if (round >= 0) timings.get(engine.id)![way].push(timing);
      }
    }
  }
  for (const child of processes.values()) child.kill();
  return new Map(engines.map(({ id }) => [id, summarise(timings.get(id)!)]));
}

function summarise({ bound, objects, inFlight }: Record<Way, Timing[]>): Speed {
  const speed = (timings: Timing[]): number => median(timings.map(({ peoplePerSecond }) => peoplePerSecond));
  const inRounds = (share: number): number =>
    median(
      bound.map(({ samplesNs }) =>
        percentile(
          samplesNs.slice().sort((a, b) => a - b),
          share,
        ),
      ),
    );
  return {
    perSecond: inFlight.length > 0 ? Math.max(speed(bound), speed(inFlight)) : speed(bound),
    perSecondFromObjects: speed(objects),
    p50Ns: inRounds(0.5),
    p99Ns: inRounds(0.99),
    samplePeople: bound[0]!.samplePeople,
  };
}
