// The test's own book of the county's talent fund: what was decided, paid and came back, year by year, added up by hand beside the ledger.

/** A year of the fund, in fen, as the ledger shows it. */
interface FundYear {
  readonly year: number;
  readonly isOpen: boolean;
  readonly budget: number;
  readonly free: number;
  readonly committed: number;
  readonly paying: number;
  readonly paid: number;
  readonly receivable: number;
  readonly recovered: number;
  readonly writtenOff: number;
}

type Place = 'committed' | 'paying' | 'paid' | 'receivable';
/** `recovered`: all that ever came back; it is free again. */
type Kept = { isOpen: boolean; budget: number; recovered: number } & Record<Place, number>;

/** The book. */
export class FundBook {
  readonly #years = new Map<number, Kept>();

  #of(year: number): Kept {
    const there = this.#years.get(year) ?? { isOpen: false, budget: 0, committed: 0, paying: 0, paid: 0, receivable: 0, recovered: 0 };
    this.#years.set(year, there);
    return there;
  }

  /** A budget for the whole year. */
  open(year: number, fen: number): void {
    Object.assign(this.#of(year), { isOpen: true, budget: fen });
  }

  /** Something is promised of a year. */
  promise(year: number, fen: number): void {
    this.#of(year).committed += fen;
  }

  /** What was promised, at the bank, paid or owed goes somewhere else; to nowhere: it is free again. */
  move(year: number, from: Place, to: Place | 'free', fen: number): void {
    const there = this.#of(year);
    there[from] -= fen;
    if (to !== 'free') there[to] += fen;
  }

  /** What was owed came back, and is free again. */
  recover(year: number, fen: number): void {
    this.move(year, 'receivable', 'free', fen);
    this.#of(year).recovered += fen;
  }

  /** What is promised of a year and not paid. */
  promisedOf(year: number): number {
    return this.#of(year).committed;
  }

  /** All years about which something was written, the first first. */
  years(): readonly FundYear[] {
    return [...this.#years.entries()]
      .sort(([a], [b]) => a - b)
      .map(([year, { isOpen, budget, committed, paying, paid, receivable, recovered }]) => ({
        year, isOpen, budget, free: budget - committed - paid - receivable - paying, committed, paying, paid, receivable, recovered, writtenOff: 0,
      }));
  }
}
