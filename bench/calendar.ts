// Calendar dates as integers yyyymmdd; 29 February plus n years is 28 February in a common year.

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Reads `YYYY-MM-DD`, which is trusted to be a date. */
export function dateNumber(text: string): number {
  return Number(text.slice(0, 4)) * 10000 + Number(text.slice(5, 7)) * 100 + Number(text.slice(8, 10));
}

export function dateText(date: number): string {
  const text = String(date);
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

export function addYears(date: number, years: number): number {
  const moved = date + years * 10000;
  return moved % 10000 === 229 && !isLeapYear(Math.floor(moved / 10000)) ? moved - 1 : moved;
}

/** The same on the written form, for engines that are given dates as text. */
export function addYearsText(date: string, years: number): string {
  return dateText(addYears(dateNumber(date), years));
}

/** Anniversaries passed, by the rule of {@link addYears}. */
export function wholeYears(from: number, to: number): number {
  if (to <= from) return 0;
  const years = Math.floor(to / 10000) - Math.floor(from / 10000);
  return addYears(from, years) <= to ? years : years - 1;
}
