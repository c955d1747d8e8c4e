// Sums of money over any number of people: whole fen without a limit, in yuan for people, as plain digits in JSON.

/** A sum in fen as yuan with separators, with a minus sign where it is below zero. */
export function formatSum(fen: bigint): string {
  const size = fen < 0n ? -fen : fen;
  const whole = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = size % 100n;
  return `${fen < 0n ? '-' : ''}${whole}${rest === 0n ? '' : `.${String(rest).padStart(2, '0')}`}`;
}

/** A sum in fen as yuan without separators, as spreadsheets calculate with it. */
export function plainSum(fen: bigint): string {
  return formatSum(fen).replaceAll(',', '');
}

/** JSON in which sums are numbers of any length; `indent` as for JSON.stringify. */
export function sumsToJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `\u0000${item}\u0000` : item), indent);
  return text.replaceAll(/"\\u0000(-?\d+)\\u0000"/g, '$1');
}
