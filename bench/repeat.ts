// Times a step again and again: one sample a step, a step being one person or a batch of them.

export interface Timing {
  peoplePerSecond: number;
  /** Nanoseconds for one person: of single people, or of batches divided by their size. */
  samplesNs: number[];
  /** How many people one sample is. */
  samplePeople: number;
}

/** Runs a step again and again until the time is over; a step is one sample. */
export async function repeat(ms: number, samplePeople: number, step: (index: number) => void | Promise<void>): Promise<Timing> {
  const samplesNs: number[] = [];
  const start = performance.now();
  let now = start;
  let index = 0;
  while (now - start < ms) {
    const done = step(index++);
    if (done !== undefined) await done;
    const then = performance.now();
    samplesNs.push(((then - now) * 1e6) / samplePeople);
    now = then;
  }
  return { peoplePerSecond: (index * samplePeople) / ((now - start) / 1000), samplesNs, samplePeople };
}
