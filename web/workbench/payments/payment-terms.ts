// Terms by which somebody repays: as equal as fen allow, one a month.

/** One term. */
interface Term {
  readonly dueOn: string;
  readonly fen: number;
}

/** So many terms from a day on, one a month; what does not divide goes to the first. A month that is too short ends earlier. */
export function makeTerms(fen: number, count: number, firstOn: string): readonly Term[] {
  const [year = 0, month = 1, day = 1] = firstOn.split('-').map(Number);
  const each = Math.floor(fen / count);
  return Array.from({ length: count }, (_, at) => {
    const months = year * 12 + (month - 1) + at;
    const [y, m] = [Math.floor(months / 12), (months % 12) + 1];
    const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
    const dueOn = `${y}-${String(m).padStart(2, '0')}-${String(Math.min(day, last)).padStart(2, '0')}`;
    return { dueOn, fen: at === 0 ? fen - each * (count - 1) : each };
  });
}
