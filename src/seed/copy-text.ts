// The text form of PostgreSQL's COPY: rows of columns between tabs.

/** A value of a column: null, text, a number, bytes, or truth. */
export type CopyValue = string | number | boolean | null | Uint8Array;

const special = /[\\\t\n\r]/;

/** One row, with its line end. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let at = 0; at < values.length; at++) {
    if (at > 0) line += '\t';
    line += copyText(values[at] ?? null);
  }
  return `${line}\n`;
}

function copyText(value: CopyValue): string {
  if (value === null) return String.raw`\N`;
  if (typeof value === 'string') return special.test(value) ? value.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found) : value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 't' : 'f';
  return String.raw`\\x` + Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': String.raw`\t`, '\n': String.raw`\n`, '\r': String.raw`\r` };
