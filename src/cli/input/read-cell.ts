// A cell of a table as people write it, to a fact's value in the contract's form.

import type { Fact } from '../../policy/model.ts';

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['是', 'true', '1', 'yes'].map((word) => [word, true] as const),
  ...['否', 'false', '0', 'no'].map((word) => [word, false] as const),
]);

/**
 * The value that a cell means. What cannot be read stays the text it is, so that the engine says what it expected.
 * @param text the cell, trimmed and not empty
 */
export function readCell(text: string, fact: Fact): unknown {
  switch (fact.type) {
    case 'flag':
      return flags.get(text.toLowerCase()) ?? text;
    case 'money':
      return readNumber(text.replace(/元$/, '')) ?? text;
    case 'years':
      return readNumber(text.replace(/年$/, '')) ?? text;
    case 'share': {
      const percent = /^(.*)[%％]$/.exec(text);
      if (percent === null) return readNumber(text) ?? text;
      const value = readNumber(percent[1] ?? '');
      return value === undefined ? text : Math.round(value * 10_000) / 1_000_000;
    }
    case 'number':
    case 'months':
    case 'days':
      return readNumber(text) ?? text;
    case 'date':
      return readDate(text);
    case 'kinds':
    case 'places':
      // An empty cell is not known; that there are none has to be said.
      if (text === '无' && fact.values?.includes(text) !== true) return [];
      return text.split(/[、;；,，]/).map((item) => item.trim()).filter((item) => item !== '');
    default:
      return text;
  }
}

/** A number, thousands separators allowed where they stand right; undefined for anything else. */
function readNumber(text: string): number | undefined {
  const plain = /^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(text.trim()) ? text.replace(/[,，]/g, '') : text;
  return /^\s*-?\d+(\.\d+)?([eE][+-]?\d+)?\s*$/.test(plain) ? Number(plain) : undefined;
}

/** A date in one of the spellings of spreadsheets, as `YYYY-MM-DD`; any other text as it is. */
function readDate(text: string): string {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  return match === null ? text : [match[1], match[2]?.padStart(2, '0'), match[3]?.padStart(2, '0')].join('-');
}
