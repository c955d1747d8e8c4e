// Goals, duties and tasks of a policy as rows: one for each number to be reached, one for each duty without a number.

import type { Frequency, Goal, Duty, Policy, Target, Words } from './model.ts';

/** 目标 a number to be reached; 职责 what is done again and again; 任务 what is done once. */
export type GoalRowKind = 'goal' | 'duty' | 'task';

/** One row. Its id stays the same as long as the pack keeps the order of the numbers, so that live figures can be kept under it. */
export interface GoalRow {
  /** `policy/item#n` for the n-th number of a goal or a duty, `policy/item` for one without numbers. */
  readonly id: string;
  readonly kind: GoalRowKind;
  readonly city: string;
  readonly policy: string;
  readonly policyTitle: Words;
  readonly item: string;
  readonly title: Words;
  readonly words: Words;
  /** The number: what is counted, where it starts, what it should be, what it is. */
  readonly target?: Target;
  /** How much of the target is reached, in thousandths, rounded down; absent where it cannot be computed. */
  readonly reachedThousandths?: number;
  /** The last day on which it counts: its own deadline, else the end of its last year, else the day on which the duty is due. */
  readonly deadline?: number;
  /** How often it is to be done or reached. */
  readonly frequency?: Frequency;
  /** The day of the year on which it falls due. */
  readonly day?: Duty['day'];
  readonly whom?: Words;
  readonly lead: string;
  readonly support: readonly string[];
  readonly clause: string;
  readonly clauseTitle?: Words;
}

/** The rows of a policy: goals, then duties, each in the pack's order. */
export function goalRowsOf(policy: Policy): GoalRow[] {
  const titles = new Map(policy.clauses.map(({ id, title }) => [id, title]));
  return [...policy.goals.flatMap((goal) => rowsOf(policy, titles, goal, undefined)), ...policy.duties.flatMap((duty) => rowsOf(policy, titles, duty, duty))];
}

function rowsOf(policy: Policy, titles: ReadonlyMap<string, Words>, item: Goal | Duty, duty: Duty | undefined): GoalRow[] {
  const numbers: readonly (Target | undefined)[] = item.targets.length === 0 ? [undefined] : item.targets;
  return numbers.map((target, index): GoalRow => {
    const clause = target?.clause ?? item.clause;
    const clauseTitle = titles.get(clause);
    const deadline = target?.by ?? (target?.to === undefined ? duty?.due : lastDayOf(target.to));
    const frequency = target?.every ?? duty?.frequency;
    const thousandths = target === undefined ? undefined : reachedThousandths(target);
    return {
      id: target === undefined ? `${policy.id}/${item.id}` : `${policy.id}/${item.id}#${index + 1}`,
      kind: duty === undefined ? 'goal' : duty.frequency === 'once' ? 'task' : 'duty',
      city: policy.city,
      policy: policy.id,
      policyTitle: policy.short,
      item: item.id,
      title: item.title,
      words: item.words,
      ...(target === undefined ? {} : { target }),
      ...(thousandths === undefined ? {} : { reachedThousandths: thousandths }),
      ...(deadline === undefined ? {} : { deadline }),
      ...(frequency === undefined ? {} : { frequency }),
      ...(duty?.day === undefined ? {} : { day: duty.day }),
      ...(duty?.whom === undefined ? {} : { whom: duty.whom }),
      lead: target?.lead ?? item.lead,
      support: item.support,
      clause,
      ...(clauseTitle === undefined ? {} : { clauseTitle }),
    };
  });
}

function lastDayOf(year: number): number {
  return year * 10_000 + 1231;
}

/**
 * How much of a target is reached, in thousandths and rounded down, so that nothing short of it is told as whole. Where the
 * number is to fall from its base, what counts is how far it has fallen.
 */
function reachedThousandths({ target, reached, base }: Pick<Target, 'target' | 'reached' | 'base'>): number | undefined {
  if (target === undefined || reached === undefined) return undefined;
  const isToFall = base !== undefined && base > target;
  const [done, whole] = isToFall ? [base - reached, base - target] : [reached, target];
  if (whole <= 0) return undefined;
  // The numbers are decimals as the document writes them: a quotient that is whole but for the last bits is whole.
  const thousandths = (done / whole) * 1000;
  return Math.floor(Math.abs(thousandths - Math.round(thousandths)) < 1e-6 ? Math.round(thousandths) : thousandths);
}

/** By deadline: what has a date, the earliest first; then what comes back on a day of the year; then the rest. What is equal keeps its order. */
export function byDeadline(a: GoalRow, b: GoalRow): number {
  const [first, second] = [deadlineOrder(a), deadlineOrder(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function deadlineOrder({ deadline, day }: GoalRow): number {
  return deadline ?? (day === undefined ? Infinity : 1e8 + day.month * 100 + day.day);
}
