// A process of one engine: it waits, times the engine for a while when asked, and reports; so no engine shares another's heap or caches.
import { emptyAnswer, type Prepared } from './engines/engine.ts';
import { loadEngine } from './engines/index.ts';
import { median } from './numbers.ts';
import { makePeople, type Person } from './people.ts';
import { repeat, type Timing } from './repeat.ts';
import { batchBelowMicroseconds, batchPeople, seed, setting, timedPeople } from './setting.ts';

/** What the parent may ask for: people already bound, people as contract objects, or several people in flight at once. */
export type Way = 'bound' | 'objects' | 'inFlight';

export interface Ask {
  way: Way;
  ms: number;
}

const out = emptyAnswer();
const engine = await loadEngine(process.argv[2]!);
const subject = await engine.prepare(setting);
const ways = subject.batch === undefined ? forPeople(subject) : forColumns(subject.batch);

function forPeople(prepared: Prepared): (ask: Ask) => Promise<Timing> {
  const people = makePeople({ count: timedPeople, seed });
  const bound = people.map((person) => prepared.bind(person));
  let samplePeople = 0;

  const step = (way: Way): ((index: number) => void | Promise<void>) => {
    const one =
      way === 'objects'
        ? (at: number) => prepared.evaluate(prepared.bind(people[at % people.length]!), out)
        : (at: number) => prepared.evaluate(bound[at % bound.length], out);
    if (samplePeople === 1) return one;
    return (index) => {
      const first = index * samplePeople;
      for (let at = first; at < first + samplePeople; at++) void one(at);
    };
  };
  const severalInFlight = async (ms: number): Promise<Timing> => {
    const start = performance.now();
    let asked = 0;
    const keepAsking = async (): Promise<void> => {
      while (performance.now() - start < ms) await prepared.evaluate(bound[asked++ % bound.length], emptyAnswer());
    };
    await Promise.all(Array.from({ length: engine.inFlight ?? 1 }, keepAsking));
    return { peoplePerSecond: asked / ((performance.now() - start) / 1000), samplesNs: [], samplePeople: 1 };
  };
  return async ({ way, ms }) => {
    if (way === 'inFlight') return severalInFlight(ms);
    if (samplePeople === 0) samplePeople = await chooseSample(prepared, bound);
    return repeat(ms, samplePeople, step(way));
  };
}

/** One person a sample, unless one person takes too little time to be measured. */
async function chooseSample(prepared: Prepared, bound: unknown[]): Promise<number> {
  if (engine.inFlight !== undefined) return 1;
  // Warm first: what is not yet compiled says nothing of what it will take.
  const { samplesNs } = await repeat(300, 1, (index) => prepared.evaluate(bound[index % bound.length], out));
  const microseconds = median(samplesNs.slice(-300)) / 1000;
  return microseconds < batchBelowMicroseconds ? batchPeople : 1;
}

function forColumns(batch: NonNullable<Prepared['batch']>): (ask: Ask) => Promise<Timing> {
  // Ten times the people, so that the columns do not all stay in a cache.
  const sets: unknown[] = [];
  const people: Person[][] = [];
  for (let at = 0; at < (timedPeople / batchPeople) * 10; at++) {
    people.push(makePeople({ count: batchPeople, seed: seed + at }));
    sets.push(batch.bind(people[at]!));
  }
  people.length = 20;
  return ({ way, ms }) =>
    repeat(
      ms,
      batchPeople,
      way === 'objects' ? (index) => batch.evaluate(batch.bind(people[index % people.length]!)) : (index) => batch.evaluate(sets[index % sets.length]),
    );
}

process.on('message', (ask: Ask) => {
  void ways(ask).then((timing) => process.send?.(timing));
});
process.send?.('ready');
