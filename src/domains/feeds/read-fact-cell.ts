// The text of a cell, as people write it, to a fact's value in the form of the policy contract.
import type { Fact } from '../../policy/model.ts';
import { readDateText } from '../../spreadsheet/index.ts';

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['是', '有', '对', 'true', '1', 'yes', 'y', '√'].map((word) => [word, true] as const),
  ...['否', '无', '不是', '没有', 'false', '0', 'no', 'n', '×'].map((word) => [word, false] as const),
]);

/** Whether a fact counts something in a unit. */
export function isCounted({ type }: Fact): boolean {
  return type === 'money' || type === 'years' || type === 'months' || type === 'days' || type === 'share' || type === 'number';
}

/**
 * The value that a cell means. What cannot be read stays the text it is, so that the check says what it expected.
 * @param text tidied and not empty
 */
export function readFactCell(text: string, fact: Fact): unknown {
  switch (fact.type) {
    case 'flag':
      return flags.get(text.toLowerCase()) ?? text;
    case 'money':
      return readNumber(text.replace(/^[¥￥]/, '').replace(/元$/, '')) ?? text;
    case 'years':
      return readNumber(text.replace(/年$/, '')) ?? text;
    case 'share': {
      const percent = /^(.*)[%％]$/.exec(text)?.[1];
      if (percent === undefined) return readNumber(text) ?? text;
      const value = readNumber(percent);
      return value === undefined ? text : Math.round(value * 10_000) / 1_000_000;
    }
    case 'number':
      return readNumber(text.replace(/[个人名家套处间户件项次]$/, '')) ?? text;
    case 'months':
      return readNumber(text.replace(/个?月$/, '')) ?? text;
    case 'days':
      return readNumber(text.replace(/[天日]$/, '')) ?? text;
    case 'date':
      return readDateText(text) ?? text;
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
  const trimmed = text.trim();
  const plain = /^-?\d{1,3}([,，]\d{3})+(\.\d+)?$/.test(trimmed) ? trimmed.replace(/[,，]/g, '') : trimmed;
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}
