// How what a cell holds becomes text: dates by their number format, numbers without exponent, text without what nobody sees.

// Spaces of every width, no-break and zero-width ones, and the byte-order mark; also what a line break inside a cell leaves.
const edges = /^[\s\u00a0\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]+|[\s\u00a0\u200b-\u200f\u2028-\u202f\u2060\u3000\ufeff]+$/gu;
// Control characters, and marks that turn the direction of writing: they hide what a text really says.
const hidden = /[[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]--[\t\n]]/gv;
const needsTidying = /^[\s\u3000]|[\s\u3000]$|[\p{Cc}\u00a0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ufffe\uffff]/u;

/** A text without spaces at its ends and without what nobody sees; line breaks inside become `\n`. */
export function tidyText(text: string): string {
  if (!needsTidying.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(hidden, '').replace(edges, '');
}

/** Full-width letters, digits and signs as half-width ones, and no spaces at all: how codes and numbers are compared. */
export function halfWidth(text: string): string {
  if (/^[!-~]*$/.test(text)) return text;
  return text.normalize('NFKC').replace(/\s+/gu, '');
}

/** `_x000D_` and the like stand for characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function unescapeExcel(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
}

// Formats without a code of their own that show a date; 27 to 36 and 50 to 58 are those of Chinese, Japanese and Korean Excel.
const dateFormats = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** Whether a number format shows a date; a time of day alone is none. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return dateFormats.has(id);
  // Without texts in quotes, escaped characters, and conditions, colours and locales in brackets.
  const plain = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  return /[yd年日]|e(?![+-])/.test(plain) && !/general|[0#?]/.test(plain);
}

const DAY_MS = 86_400_000;
// 1899-12-30: Excel takes 1900 for a leap year, so its count fits the calendar from 1 March 1900 on.
const EPOCH_1900 = Date.UTC(1899, 11, 30);
// The Macintosh system counts from 1 January 1904.
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LEAP_DAY_THAT_NEVER_WAS = 60;
const LAST_DAY = 2_958_465;

/** A date serial as text; undefined where no date has it (before 1900, after 9999, or the 29 February 1900 that never was). */
export function dateOfSerial(serial: number, is1904: boolean): string | undefined {
  if (!Number.isInteger(serial)) return instantOfSerial(serial, is1904);
  const known = is1904 ? dates1904 : dates1900;
  const found = known.get(serial);
  if (found !== undefined) return found;
  const made = instantOfSerial(serial, is1904);
  // A long list has few different days; a bound keeps a malicious one from filling the memory.
  if (made !== undefined && known.size < 50_000) known.set(serial, made);
  return made;
}

const dates1900 = new Map<number, string>();
const dates1904 = new Map<number, string>();

function instantOfSerial(serial: number, is1904: boolean): string | undefined {
  let day = Math.floor(serial);
  // A fraction is a time of day, kept to the second.
  let second = Math.round((serial - day) * 86_400);
  if (second === 86_400) {
    day += 1;
    second = 0;
  }
  if (day < (is1904 ? 0 : 1) || day > LAST_DAY || (!is1904 && day === LEAP_DAY_THAT_NEVER_WAS)) return undefined;
  const shift = !is1904 && day < LEAP_DAY_THAT_NEVER_WAS ? 1 : 0;
  const instant = new Date((is1904 ? EPOCH_1904 : EPOCH_1900) + (day + shift) * DAY_MS + second * 1000).toISOString();
  return second === 0 ? instant.slice(0, 10) : `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;
}

// Digits that a double keeps; Excel itself keeps 15.
const EXACT_DIGITS = 15;

/** A number as plain decimals, as Excel would show it: 15 digits, no exponent. */
export function plainNumber(raw: string): { readonly text: string; readonly lostDigits: boolean } | undefined {
  if (/^-?\d{1,15}$/.test(raw)) return { text: raw.replace(/^(-?)0+(?=\d)/, '$1'), lostDigits: false };
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(raw)) return undefined;
  const number = Number(raw);
  if (!Number.isFinite(number)) return undefined;
  if (Math.abs(number) >= 1e15) {
    // Written with all its zeros, so that a person recognises the number whose end is gone.
    const [mantissa = '', exponent = ''] = number.toExponential(EXACT_DIGITS - 1).split('e+');
    const digits = mantissa.replace('.', '');
    return { text: digits.padEnd(Number(exponent) + 1 + (number < 0 ? 1 : 0), '0'), lostDigits: true };
  }
  return { text: decimals(Number(number.toPrecision(EXACT_DIGITS))), lostDigits: false };
}

function decimals(number: number): string {
  const text = String(number);
  // Below 1e-6 JavaScript writes an exponent.
  return text.includes('e') ? number.toFixed(20).replace(/\.?0+$/, '') : text;
}

const datePatterns = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?(?:[T\s].*)?$/,
  /^(\d{4})(\d{2})(\d{2})$/,
];

/**
 * A date as people write it (2026/6/30, 2026.6.30, 2026年6月30日, 20260630, full-width too, with a time of day or without) as
 * `YYYY-MM-DD`; undefined for what is no date, for a day that the calendar does not have, and for orders that do not say themselves
 * which figure is the month (30/6/2026).
 */
export function readDateText(text: string): string | undefined {
  const found = readDates.get(text);
  if (found !== undefined) return found;
  const date = readNewDate(text);
  if (date !== undefined && readDates.size < 50_000) readDates.set(text, date);
  return date;
}

// The same few days come again and again in a long list.
const readDates = new Map<string, string>();

function readNewDate(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s*([-/.年月])\s*/g, '$1').trim();
  for (const pattern of datePatterns) {
    const found = pattern.exec(plain);
    if (found === null) continue;
    const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
    const date = new Date(Date.UTC(year, month - 1, day));
    const exists = year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return exists ? date.toISOString().slice(0, 10) : undefined;
  }
  return undefined;
}
