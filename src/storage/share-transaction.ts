// Lets pieces of work that come at the same moment share one transaction: they begin, commit and are written to disk together. Where one of them
// fails, nothing of any is kept, and each is done again in a transaction of its own.
import { type Database, inTenant, type Manner, type Tx } from './database.ts';
import { wasRolledBack } from './transaction.ts';

/** Pieces of one transaction. */
const MOST_TOGETHER = 32;
/** Transactions at a time: while one waits for the database, the next is worked out. */
const MOST_LANES = 2;
/** So many are worth a transaction of their own beside one that runs; fewer wait for it, since each transaction costs much before its first piece. */
const ENOUGH = 16;
/** Where many come, those who were answered just now come back within this time: they go along. */
const LINGER_MS = 2;
/** So many in the transaction before say that many come. */
const MANY = 8;
/** A piece that has to wait for somebody else's row for longer does not keep the others waiting. */
const LOCK_TIMEOUT_MS = 50;
const TOGETHER: Manner = { lockTimeoutMs: LOCK_TIMEOUT_MS, keepsPlans: true };

interface Piece {
  readonly work: (tx: Tx) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Lanes {
  running: number;
  /** One begins at the end of this moment and takes along whatever has come by then. */
  isStarting: boolean;
  readonly waiting: Piece[];
  /** Of the transaction that ended last. */
  last: { readonly pieces: number; readonly at: number };
  /** Set while the next one waits for those who come back. */
  lingering: NodeJS.Timeout | undefined;
}

/** One of several pieces failed before anything was committed. */
class NotTogether extends Error {}

/** Shares transactions of one database. */
export class SharedTransactions {
  readonly #db: Database;
  readonly #lanes = new Map<number, Lanes>();

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Runs `work` in a transaction in which only the tenant's rows exist, perhaps with others of the same moment. It may be run twice, the second
   * time alone, so it must do nothing outside the transaction.
   */
  run<T>(tenantId: number, work: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const lanes = this.#lanes.get(tenantId) ?? { running: 0, isStarting: false, waiting: [], last: { pieces: 0, at: 0 }, lingering: undefined };
      this.#lanes.set(tenantId, lanes);
      lanes.waiting.push({ work, resolve: resolve as Piece['resolve'], reject });
      this.#startIfWorth(tenantId, lanes);
    });
  }

  #startIfWorth(tenantId: number, lanes: Lanes): void {
    const { running, waiting, last } = lanes;
    const isWorth = running === 0 ? waiting.length > 0 : running < MOST_LANES && waiting.length >= ENOUGH;
    if (!isWorth || lanes.isStarting) return;
    const isFull = waiting.length >= Math.min(last.pieces, MOST_TOGETHER);
    const left = last.pieces < MANY ? 0 : last.at + LINGER_MS - performance.now();
    if (running > 0 || isFull || left <= 0) {
      this.#start(tenantId, lanes);
      return;
    }
    lanes.lingering ??= setTimeout(() => {
      lanes.lingering = undefined;
      if (lanes.running === 0 && !lanes.isStarting && lanes.waiting.length > 0) this.#start(tenantId, lanes);
    }, left);
  }

  #start(tenantId: number, lanes: Lanes): void {
    clearTimeout(lanes.lingering);
    lanes.lingering = undefined;
    lanes.running++;
    lanes.isStarting = true;
    // What came in this very moment goes along.
    setImmediate(() => {
      lanes.isStarting = false;
      const pieces = lanes.waiting.splice(0, MOST_TOGETHER);
      void this.#together(tenantId, pieces).finally(() => {
        lanes.running--;
        lanes.last = { pieces: pieces.length, at: performance.now() };
        this.#startIfWorth(tenantId, lanes);
      });
      this.#startIfWorth(tenantId, lanes);
    });
  }

  async #together(tenantId: number, pieces: readonly Piece[]): Promise<void> {
    try {
      const results = await inTenant(this.#db, tenantId, async (tx) => {
        // All have to be through before the transaction ends, also where one has failed.
        const settled = await Promise.allSettled(pieces.map(({ work }) => work(tx)));
        return settled.map((one) => {
          if (one.status === 'rejected') throw pieces.length === 1 ? one.reason : new NotTogether();
          return one.value;
        });
      }, TOGETHER);
      for (const [at, { resolve }] of pieces.entries()) resolve(results[at]);
    } catch (error) {
      // Not in the lane any more: whoever waits for a row may wait long.
      if (error instanceof NotTogether || isLockTimeout(error) || (pieces.length > 1 && wasRolledBack(error))) void this.#alone(tenantId, pieces);
      // What one piece throws is its own answer. Else nobody knows whether it was committed: to do it again is for whoever asked to decide.
      else for (const { reject } of pieces) reject(error);
    }
  }

  async #alone(tenantId: number, pieces: readonly Piece[]): Promise<void> {
    await Promise.all(pieces.map(({ work, resolve, reject }) => inTenant(this.#db, tenantId, work).then(resolve, reject)));
  }
}

/** lock_not_available. */
function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}
