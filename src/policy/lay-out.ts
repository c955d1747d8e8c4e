// Lays an amount out by a benefit's schedule: the one rule of when each part is due and how much it is.
import { addMonths, type DateNumber, formatDate } from './calendar.ts';
import type { Schedule } from './model.ts';
import { splitFen } from './money.ts';

/** One part of what is paid, and when it is due. */
export interface Instalment {
  /** `YYYY-MM-DD`. */
  readonly due: string;
  readonly fen: number;
}

/** The parts of an amount in equal shares, one each time that the schedule's months have passed since `start`; they add up to it. */
export function layOut(totalFen: number, { count, months }: Pick<Schedule, 'count' | 'months'>, start: DateNumber): Instalment[] {
  const equal = Array.from({ length: count }, () => 1);
  return splitFen(totalFen, equal).map((fen, index) => ({ due: formatDate(addMonths(start, months * (index + 1))), fen }));
}
