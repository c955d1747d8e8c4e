// Random numbers from a seed: the same seed, place and purpose give the same numbers on every machine.

/** What a stream of numbers is for; each has its own, so that a change of one leaves the others alone. */
export type Purpose = 'person' | 'organisation' | 'name' | 'facts' | 'id' | 'case';

const purposeNumbers: Readonly<Record<Purpose, number>> = { person: 0x1a2b3c4d, organisation: 0x2c3d4e5f, name: 0x3e4f5a6b, facts: 0x4a5b6c7d, id: 0x5c6d7e8f, case: 0x6d7e8f9a };

/** Values with weights, ready to draw from. */
export interface Weighted<T> {
  readonly values: readonly T[];
  /** Running sums up to 1. */
  readonly sums: Float64Array;
}

/** Makes a table of `[value, weight]` ready; weights need not add up to anything. */
export function weighted<T>(pairs: readonly (readonly [T, number])[]): Weighted<T> {
  const total = pairs.reduce((sum, [, weight]) => sum + weight, 0);
  let running = 0;
  const sums = Float64Array.from(pairs, ([, weight]) => (running += weight) / total);
  return { values: pairs.map(([value]) => value), sums };
}

/** A stream of random numbers (sfc32, seeded by splitmix32). `restart` makes it another stream without a new object. */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(seed: number, purpose: Purpose, index: number) {
    this.restart(seed, purpose, index);
  }

  /** Begins the stream of a seed, purpose and index. */
  restart(seed: number, purpose: Purpose, index: number): void {
    this.#a = mix(seed ^ purposeNumbers[purpose]);
    this.#b = mix(this.#a + index);
    this.#c = mix(this.#b ^ (seed + Math.floor(index / 0x100000000)));
    this.#counter = 1;
    for (let round = 0; round < 8; round++) this.bits();
  }

  /** 32 random bits. */
  bits(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in [0, 1). */
  share(): number {
    return this.bits() / 0x100000000;
  }

  /** True with this chance. */
  chance(share: number): boolean {
    return this.share() < share;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.share() * (high - low + 1));
  }

  /** One of a list, each as likely. @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T {
    const found = list[Math.floor(this.share() * list.length)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  /** One of a table by its weights. */
  draw<T>({ values, sums }: Weighted<T>): T {
    const at = this.share();
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 1) > at) high = middle;
      else low = middle + 1;
    }
    const found = values[low];
    if (found === undefined) throw new RangeError('nothing to draw from');
    return found;
  }
}

/** splitmix32's finisher. */
function mix(value: number): number {
  let mixed = (value + 0x9e3779b9) | 0;
  mixed ^= mixed >>> 16;
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) | 0;
}
