// Reads what people write into fields: dates and numbers, forgiving about form, strict about sense.

/** What was read, or which word of the catalogue says what is wrong. */
export type Read<Value> = { readonly value: Value } | { readonly problem: Problem };

export type Problem =
  | { readonly code: 'dateIncomplete' | 'numberMissing' | 'numberWhole' | 'numberDecimals' | 'numberNegative' }
  | { readonly code: 'dateImpossible' | 'dateEarly' | 'dateLate' | 'numberMost'; readonly text: string };

/** Full-width figures as plain ones, without spaces and separators. */
const plain = (text: string): string =>
  text.replaceAll(/[０-９．]/gu, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0)).replaceAll(/[\s,，]/gu, '');

/**
 * A date from year, month and day as written.
 * @param earliest,latest `YYYY-MM-DD`, both allowed
 */
export function readDate(parts: readonly [string, string, string], earliest: string, latest: string): Read<string> {
  const [year = '', month = '', day = ''] = parts.map(plain);
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return { problem: { code: 'dateIncomplete' } };
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== value) return { problem: { code: 'dateImpossible', text: value } };
  if (value < earliest) return { problem: { code: 'dateEarly', text: earliest } };
  if (value > latest) return { problem: { code: 'dateLate', text: latest } };
  return { value };
}

/** Year, month and day of a pasted date such as `2021-07-01`, `2021/7/1`, `2021年7月1日`, `20210701`; undefined where it is none. */
export function splitDate(text: string): [string, string, string] | undefined {
  const found = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?$/.exec(plain(text));
  return found === null ? undefined : [found[1] ?? '', found[2] ?? '', found[3] ?? ''];
}

/**
 * A number as written, separators and full-width figures allowed.
 * @param decimals places after the point at most
 */
export function readNumber(text: string, decimals: 0 | 2, most: number): Read<number> {
  const written = plain(text);
  if (written.startsWith('-')) return { problem: { code: 'numberNegative' } };
  const found = /^(\d+)(?:\.(\d+))?$/.exec(written);
  if (found === null) return { problem: { code: 'numberMissing' } };
  const places = found[2]?.length ?? 0;
  if (decimals === 0 && places > 0) return { problem: { code: 'numberWhole' } };
  if (places > 2) return { problem: { code: 'numberDecimals' } };
  const value = Number(written);
  if (value > most) return { problem: { code: 'numberMost', text: groupFigures(String(most)) } };
  return { value };
}

/** `1234567.5` as `1,234,567.5`; what is no number stays as it is. */
export function groupFigures(text: string): string {
  const written = plain(text);
  if (!/^\d+(\.\d*)?$/.test(written)) return text;
  const [whole = '', rest] = written.split('.');
  return whole.replaceAll(/\B(?=(\d{3})+$)/g, ',') + (rest === undefined ? '' : `.${rest}`);
}
