// Gives cases their numbers: 220202-2026-000123, by jurisdiction and year. Numbers may be left out, none is given twice.

import { type Database, inTenant, type Tx } from '../../storage/database.ts';
import { jobScope, type Scope } from '../permissions/index.ts';
import { takeNumbers } from './case-store.ts';

/** Gives numbers to cases. */
export interface CaseNumbers {
  /** The next number of a jurisdiction in a year. */
  take(tx: Tx, scope: Scope<'application.file'>, jurisdictionCode: string, year: number): Promise<string>;
}

/** Numbers from `next` to `last`, both included. */
interface Range {
  next: number;
  readonly last: number;
}

interface Stock {
  readonly ranges: Range[];
  askedAt: number;
  refilling: boolean;
}

/** Where two are asked for within this time, a stock is laid in. */
const BUSY_WITHIN_MS = 1000;
const STOCK = 200;
/** A new stock is laid in before the last one is used up, so that nobody goes to the counter meanwhile. */
const LOW = 100;

/**
 * Numbers straight from the counter while few are asked for. The counter is one row, held until its transaction ends; so under load a process
 * lays in a stock beside the transactions, and nobody waits for anybody.
 */
export function openCaseNumbers(db: Database): CaseNumbers {
  const stocks = new Map<string, Stock>();
  const refill = async (tenantId: number, jurisdictionCode: string, year: number, stock: Stock): Promise<void> => {
    stock.refilling = true;
    try {
      const last = await inTenant(db, tenantId, (tx) => takeNumbers(tx, jobScope(tenantId, 'case-numbers', 'application.file'), jurisdictionCode, year, STOCK));
      stock.ranges.push({ next: last - STOCK + 1, last });
    } catch {
      // The next one comes from the counter itself, and tells what is wrong.
    } finally {
      stock.refilling = false;
    }
  };
  return {
    async take(tx, scope, jurisdictionCode, year) {
      const key = `${scope.tenantId} ${jurisdictionCode} ${year}`;
      const stock = stocks.get(key) ?? { ranges: [], askedAt: 0, refilling: false };
      stocks.set(key, stock);
      const isBusy = Date.now() - stock.askedAt < BUSY_WITHIN_MS;
      stock.askedAt = Date.now();
      const number = takeFrom(stock) ?? (await takeNumbers(tx, scope, jurisdictionCode, year, 1));
      const left = stock.ranges.reduce((sum, { next, last }) => sum + last - next + 1, 0);
      if (isBusy && !stock.refilling && left < LOW) void refill(scope.tenantId, jurisdictionCode, year, stock);
      return `${jurisdictionCode}-${year}-${String(number).padStart(6, '0')}`;
    },
  };
}

function takeFrom({ ranges }: Stock): number | undefined {
  const [first] = ranges;
  if (first === undefined) return undefined;
  const number = first.next++;
  if (first.next > first.last) ranges.shift();
  return number;
}
