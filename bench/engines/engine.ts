// What every engine of the benchmark takes and gives: one small interface, plain numbers, no engine's own types.
import type { Person } from '../people.ts';

/** The setting of one run: the date asked about and the parameters of the pack. */
export interface Setting {
  /** `YYYY-MM-DD` */
  date: string;
  /** 同级留成比例 as written in the document's terms: 0.4 is 40%. */
  retainedShare: number;
}

export type Status = 0 | 1 | 2;
export const NO: Status = 0;
export const YES: Status = 1;
export const UNKNOWN: Status = 2;

/** The answer to the six-benefit task. Money is fen; where the status is no, both ends are 0. */
export interface SixAnswer {
  living: Status;
  livingLo: number;
  livingHi: number;
  home: Status;
  homeLo: number;
  homeHi: number;
  apartment: Status;
  highEnd: Status;
  highEndLo: number;
  highEndHi: number;
  tax: Status;
  taxLo: number;
  taxHi: number;
  /** Total of the best combination under the same-matter rules. */
  planFen: number;
}

export const statusFields = ['living', 'home', 'apartment', 'highEnd', 'tax'] as const;
export const answerFields = [
  'living',
  'livingLo',
  'livingHi',
  'home',
  'homeLo',
  'homeHi',
  'apartment',
  'highEnd',
  'highEndLo',
  'highEndHi',
  'tax',
  'taxLo',
  'taxHi',
  'planFen',
] as const satisfies readonly (keyof SixAnswer)[];

export function emptyAnswer(): SixAnswer {
  return {
    living: NO,
    livingLo: 0,
    livingHi: 0,
    home: NO,
    homeLo: 0,
    homeHi: 0,
    apartment: NO,
    highEnd: NO,
    highEndLo: 0,
    highEndHi: 0,
    tax: NO,
    taxLo: 0,
    taxHi: 0,
    planFen: 0,
  };
}

/** An engine with the rules loaded and everything compiled that it can compile. */
export interface Prepared<Bound = unknown> {
  /** From the contract's input object to what the engine wants to be given. */
  bind(person: Person): Bound;
  /** Writes the answer into `out`, so that no engine pays for the benchmark's own objects. */
  evaluate(bound: Bound, out: SixAnswer): void | Promise<void>;
  /** For engines that can take a whole population at once. */
  batch?: Batch;
}

export interface Batch<Columns = unknown> {
  bind(people: readonly Person[]): Columns;
  /** Evaluates everybody; the answers stay in the engine's own columns. */
  evaluate(columns: Columns): void;
  /** Reads one answer out of the columns, for the check of agreement. */
  read(columns: Columns, index: number, out: SixAnswer): void;
}

export interface Engine {
  id: string;
  title: string;
  /** npm package, where the engine comes from one. */
  package?: string;
  /** How a fact that is not known was given to it, and how its answer was read; without it, it is not asked about missing facts. */
  missing?: string;
  /** Answers by a promise; then up to `inFlight` people are asked at once when throughput is measured. */
  inFlight?: number;
  /** How many people of the common population it is asked about in the check of agreement. */
  agreementPeople: number;
  prepare(setting: Setting): Prepared | Promise<Prepared>;
}

/** Keeps the types of one engine's own bound facts inside its file. */
export function prepared<Bound>(engine: Prepared<Bound>): Prepared {
  return engine as unknown as Prepared;
}

/** Likewise for columns. */
export function batch<Columns>(engine: Batch<Columns>): Batch {
  return engine as unknown as Batch;
}
