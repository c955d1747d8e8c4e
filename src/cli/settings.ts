// Reads --set and --reading: what the office would set instead of what the packs say.

import { parseDate } from '../policy/calendar.ts';
import type { PolicyOutline } from '../policy/kernel.ts';
import type { Parameter } from '../policy/model.ts';
import { nearest } from '../policy/problems.ts';
import { MAX_FEN, MAX_NUMBER, MAX_YEARS, MICRO } from '../policy/values.ts';
import type { Messages } from './messages.ts';
import { UsageError } from './usage-error.ts';

/** Parameters given as NAME=VALUE, encoded by their types. @throws UsageError where a name or a value is not right. */
export function readParameters(given: readonly string[], policies: readonly PolicyOutline[], say: Messages): ReadonlyMap<string, number> {
  const all = policies.flatMap(({ parameters }) => parameters);
  const names = [...new Set(all.map(({ name }) => name))];
  const pairs = readPairs('--set', given, say);
  return new Map(
    [...pairs].map(([name, value]) => {
      const found = all.filter((parameter) => parameter.name === name);
      const [first] = found;
      if (first === undefined) throw new UsageError(say.unknownParameter(name, nearest(name, names), names));
      if (found.some(({ type }) => type !== first.type)) throw new UsageError(say.ambiguousSetting('--set', name));
      return [name, encodeParameter(first, value, say)];
    }),
  );
}

/**
 * Readings given as NAME=ALTERNATIVE or POLICY/NAME=ALTERNATIVE, as indexes by `policy/name`. Policies may have readings of one
 * name: a name alone means each of them that has such an alternative.
 * @throws UsageError where a name or an alternative does not exist.
 */
export function readReadings(given: readonly string[], policies: readonly PolicyOutline[], say: Messages): ReadonlyMap<string, number> {
  const all = policies.flatMap(({ id, readings }) => readings.map((reading) => ({ id, reading, key: `${id}/${reading.name}` })));
  const names = [...new Set(all.map(({ reading }) => reading.name))];
  const chosen = new Map<string, number>();
  for (const [name, value] of readPairs('--reading', given, say)) {
    const found = all.filter(({ reading, key }) => name === (name.includes('/') ? key : reading.name));
    if (found.length === 0) {
      const known = name.includes('/') ? all.map(({ key }) => key) : names;
      throw new UsageError(say.unknownReading(name, nearest(name, known), known));
    }
    const hits = found.flatMap(({ reading, key }) => {
      const index = reading.alternatives.findIndex((alternative) => alternative.name === value);
      return index < 0 ? [] : [[key, index] as const];
    });
    if (hits.length === 0) throw new UsageError(say.unknownAlternative(name, value, [...new Set(found.flatMap(({ reading }) => reading.alternatives.map((item) => item.name)))]));
    for (const [key, index] of hits) {
      if ((chosen.get(key) ?? index) !== index) throw new UsageError(say.settingTwice('--reading', key));
      chosen.set(key, index);
    }
  }
  return chosen;
}

function readPairs(option: string, given: readonly string[], say: Messages): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    const name = text.slice(0, at).trim();
    const value = text.slice(at + 1).trim();
    if (at < 0 || name === '' || value === '') throw new UsageError(say.badSetting(option, text));
    if (pairs.has(name)) throw new UsageError(say.settingTwice(option, name));
    pairs.set(name, value);
  }
  return pairs;
}

/** A parameter's value, held as a fact of its type is. */
function encodeParameter({ name, type }: Parameter, text: string, say: Messages): number {
  const need = (value: number | undefined, most: number, tell: (name: string, value: string) => string): number => {
    if (value === undefined || value > most) throw new UsageError(tell(name, text));
    return value;
  };
  switch (type) {
    case 'share': {
      const percent = /^(.*)[%％]$/.exec(text);
      return need(percent === null ? readDecimal(text, 6) : readDecimal((percent[1] ?? '').trim(), 4), MICRO, say.badShare);
    }
    case 'money': {
      const unit = /^(.*?)\s*(万元|元)$/.exec(text);
      return need(readDecimal(unit?.[1] ?? text, unit?.[2] === '万元' ? 6 : 2), MAX_FEN, say.badMoney);
    }
    case 'number':
      return need(readDecimal(text, 6), MAX_NUMBER * MICRO, say.badNumber);
    case 'years': {
      const digits = text.replace(/\s*年$/, '');
      // Whole years only: a parameter may move a date, and no day lies half a year of days away.
      return need(/^\d+$/.test(digits) ? Number(digits) : undefined, MAX_YEARS, say.badYears);
    }
    case 'date':
      return need(parseDate(text), Infinity, say.badDateSetting);
    default:
      throw new UsageError(say.cannotSet(name));
  }
}

/** A decimal as an integer of its last allowed digit, read from its digits so that nothing is rounded; undefined for another form. */
function readDecimal(text: string, decimals: number): number | undefined {
  const match = /^(\d{1,15})(?:\.(\d+))?$/.exec(text);
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (match === null || fraction.length > decimals) return undefined;
  return Number(`${match[1]}${fraction.padEnd(decimals, '0')}`);
}
